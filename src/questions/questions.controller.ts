import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { networkOf } from '../auth/visitor.js';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { AskService } from './ask.service.js';
import { PublicAnswersService } from './public-answers.service.js';
import {
  AnswersQuery,
  AskedAnswer,
  HelpedDto,
  LikelyDto,
  NewQuestionDto,
  OwnQuestionAnswer,
  PublicAnswerAnswer,
  PublicAnswersPage,
} from './questions.dto.js';

/** Asking, following, and what has been answered in public. */
@ApiTags('questions')
@Controller('api/v1')
export class QuestionsController {
  constructor(
    private readonly asking: AskService,
    private readonly answers: PublicAnswersService,
  ) {}

  @Post('questions')
  @May('questions.ask')
  @ApiOperation({
    summary: 'Ask about a region, a vacancy or the programme',
    description:
      'The centre concerned answers within three working days. Without a session a contact is needed; an IIN is refused.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: AskedAnswer })
  ask(
    @Req() request: Request,
    @CurrentActor() actor: Actor | undefined,
    @Body() { region, vacancy, ...wish }: NewQuestionDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<AskedAnswer> {
    const address = networkOf(request.ip ?? '');
    return this.asking.ask({ ...wish, regionCode: region, vacancyId: vacancy }, { actor, address }, key);
  }

  @Get('questions/own')
  @May('questions.own')
  @ApiOperation({ summary: 'What the own account has asked, the newest first' })
  @ApiOkResponse({ type: [OwnQuestionAnswer] })
  own(@CurrentActor() actor: Actor): Promise<OwnQuestionAnswer[]> {
    return this.asking.own(actor);
  }

  @Get('questions/asked/:token')
  @May('questions.follow')
  @ApiOperation({ summary: 'The question that a secret link opens, with its answer once there is one' })
  @ApiOkResponse({ type: OwnQuestionAnswer })
  follow(@Param('token') token: string): Promise<OwnQuestionAnswer> {
    return this.asking.follow(token);
  }

  @Delete('questions/asked/:token')
  @May('questions.follow')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a question back that nobody has answered: its words and the contact are removed' })
  @ApiNoContentResponse()
  withdraw(@Param('token') token: string): Promise<void> {
    return this.asking.withdraw(token);
  }

  @Get('answers')
  @May('answers.read')
  @ApiOperation({ summary: 'Public answers: the latest, or the nearest to some words in any language' })
  @ApiOkResponse({ type: PublicAnswersPage })
  list(@Query() query: AnswersQuery): Promise<PublicAnswersPage> {
    return this.answers.list(query);
  }

  @Post('answers/likely')
  @May('questions.ask')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Public answers that may answer a question before it is asked; its words stand in no address',
  })
  @ApiOkResponse({ type: [PublicAnswerAnswer] })
  likely(@Body() { text, region, vacancy }: LikelyDto): Promise<PublicAnswerAnswer[]> {
    return this.answers.likely(text, { region, vacancy });
  }

  @Get('answers/:id')
  @May('answers.read')
  @ApiOperation({ summary: 'One public answer in three languages' })
  @ApiOkResponse({ type: PublicAnswerAnswer })
  one(@Param('id', ParseUUIDPipe) id: string): Promise<PublicAnswerAnswer> {
    return this.answers.one(id);
  }

  @Post('answers/:id/helped')
  @May('questions.ask')
  @HttpCode(204)
  @ApiOperation({ summary: 'Say whether an answer helped' })
  @ApiNoContentResponse()
  helped(
    @Req() request: Request,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { helped }: HelpedDto,
  ): Promise<void> {
    return this.answers.helped(id, helped, networkOf(request.ip ?? ''));
  }
}
