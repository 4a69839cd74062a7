import { Body, Controller, Delete, Get, Headers, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import {
  CorrectionAnswer,
  CorrectionDto,
  CorrectionsPage,
  CorrectionsQuery,
  UnsureQuery,
  UnsureTitlesPage,
} from './title-corrections.dto.js';
import { TitleCorrectionsService } from './title-corrections.service.js';

@ApiTags('occupations')
@Controller('api/v1/occupations')
export class TitleCorrectionsController {
  constructor(private readonly titles: TitleCorrectionsService) {}

  @Get('unsure')
  @May('titles.read')
  @ApiOperation({ summary: 'Titles of open vacancies whose occupation was only guessed, most openings first' })
  @ApiOkResponse({ type: UnsureTitlesPage })
  unsure(@Query() query: UnsureQuery): Promise<UnsureTitlesPage> {
    return this.titles.unsure(query);
  }

  @Get('corrections')
  @May('titles.read')
  @ApiOperation({ summary: 'What officers said that titles mean, the newest first' })
  @ApiOkResponse({ type: CorrectionsPage })
  list(@Query() { standing = false, cursor, limit }: CorrectionsQuery): Promise<CorrectionsPage> {
    return this.titles.list({ standing, cursor, limit });
  }

  @Post('corrections')
  @May('titles.correct')
  @ApiOperation({
    summary: 'Say what a title means',
    description: 'It stands in place of what was said before, and re-codes vacancies and people read by such a title.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: CorrectionAnswer })
  correct(
    @CurrentActor() actor: Actor,
    @Body() wish: CorrectionDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<CorrectionAnswer> {
    return this.titles.correct(actor, wish, key);
  }

  @Delete('corrections/:id')
  @May('titles.correct')
  @ApiOperation({ summary: 'Take a correction back: the title is what the program takes it for' })
  @ApiOkResponse({ type: CorrectionAnswer })
  withdraw(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<CorrectionAnswer> {
    return this.titles.withdraw(actor, id);
  }
}
