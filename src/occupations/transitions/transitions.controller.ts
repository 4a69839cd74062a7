import { Controller, Get, Headers, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { chooseLanguage } from '../../i18n/language.js';
import { May } from '../../shared/permissions.js';
import { OccupationAnswer, occupationInWords } from './transitions.dto.js';
import { TransitionsService } from './transitions.service.js';

@ApiTags('occupations')
@Controller('api/v1/occupations')
export class TransitionsController {
  constructor(private readonly transitions: TransitionsService) {}

  @Get(':isco')
  @May('occupations.read')
  @ApiOperation({
    summary: 'An occupation: names, sector, skill level, and the nearest ones with what they ask besides',
  })
  @ApiParam({ name: 'isco', example: '3221' })
  @ApiOkResponse({ type: OccupationAnswer })
  occupation(@Param('isco') isco: string, @Headers('accept-language') wished?: string): OccupationAnswer {
    return occupationInWords(this.transitions.facts(isco), chooseLanguage(wished));
  }
}
