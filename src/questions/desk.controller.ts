import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { DeskService } from './desk.service.js';
import { PublicAnswersService } from './public-answers.service.js';
import { PROGRAMME_DESK } from './question-states.js';
import {
  AnswerDto,
  CloseDto,
  DeskQuery,
  DeskQuestionsPage,
  PassOnDto,
  PublicationDto,
  WholeQuestionAnswer,
} from './questions.dto.js';

/** The questions of a centre, or of the programme's own desk. */
@ApiTags('centre')
@May('questions.answer')
@Controller('api/v1/centre/questions')
export class DeskController {
  constructor(
    private readonly desk: DeskService,
    private readonly answers: PublicAnswersService,
  ) {}

  @Get()
  @May('questions.read')
  @ApiOperation({ summary: 'Questions of the desk: open ones by the day they are due, overdue first' })
  @ApiOkResponse({ type: DeskQuestionsPage })
  list(@CurrentActor() actor: Actor, @Query() { region, ...wish }: DeskQuery): Promise<DeskQuestionsPage> {
    return this.desk.list(actor, this.desk.deskOf(actor, region), wish);
  }

  @Get(':id')
  @May('questions.read')
  @ApiOperation({ summary: 'One question with the receipts of its answer and its history' })
  @ApiOkResponse({ type: WholeQuestionAnswer })
  one(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<WholeQuestionAnswer> {
    return this.desk.one(actor, id);
  }

  @Post(':id/take')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a question in hand' })
  @ApiOkResponse({ type: WholeQuestionAnswer })
  async take(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<WholeQuestionAnswer> {
    await this.desk.take(actor, id);
    return this.desk.one(actor, id);
  }

  @Post(':id/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a question back; a supervisor also one that a colleague holds' })
  @ApiOkResponse({ type: WholeQuestionAnswer })
  async release(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<WholeQuestionAnswer> {
    await this.desk.release(actor, id);
    return this.desk.one(actor, id);
  }

  @Post(':id/answer')
  @HttpCode(200)
  @ApiOperation({ summary: 'Answer a question: its asker is told by their channel' })
  @ApiOkResponse({ type: WholeQuestionAnswer })
  async answer(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { text }: AnswerDto,
  ): Promise<WholeQuestionAnswer> {
    await this.desk.answer(actor, id, text);
    return this.desk.one(actor, id);
  }

  @Post(':id/pass-on')
  @HttpCode(204)
  @ApiOperation({ summary: 'Give a question to the desk that it concerns' })
  @ApiNoContentResponse()
  passOn(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { to }: PassOnDto,
  ): Promise<void> {
    return this.desk.passOn(actor, id, to === PROGRAMME_DESK ? null : to);
  }

  @Post(':id/close')
  @HttpCode(200)
  @ApiOperation({ summary: 'Close a question without an answer of its own; its asker reads why' })
  @ApiOkResponse({ type: WholeQuestionAnswer })
  async close(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: CloseDto,
  ): Promise<WholeQuestionAnswer> {
    await this.desk.close(actor, id, reason);
    return this.desk.one(actor, id);
  }

  @Put(':id/draft')
  @May('questions.publish')
  @HttpCode(204)
  @ApiOperation({ summary: 'Keep a draft of the public answer' })
  @ApiNoContentResponse()
  save(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() wish: PublicationDto,
  ): Promise<void> {
    return this.answers.save(actor, id, wish);
  }

  @Put(':id/publication')
  @May('questions.publish')
  @HttpCode(204)
  @ApiOperation({ summary: 'Make an answer public in three languages, or change what is public' })
  @ApiNoContentResponse()
  publish(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() wish: PublicationDto,
  ): Promise<void> {
    return this.answers.publish(actor, id, wish);
  }

  @Delete(':id/publication')
  @May('questions.publish')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take an answer out of the public' })
  @ApiNoContentResponse()
  unpublish(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.answers.unpublish(actor, id);
  }
}
