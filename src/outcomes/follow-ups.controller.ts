import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { Problem } from '../shared/problem.js';
import { AnswersService } from './answers.service.js';
import { FollowUpsService } from './follow-ups.service.js';
import {
  ArrivalAnswer,
  CallAnswerDto,
  FollowUpAnswer,
  FollowUpsPage,
  FollowUpsQuery,
  MissedCallDto,
  NewPaymentDto,
  PaymentAnswer,
  SettlingAnswer,
  SettlingAnswerDto,
  answerOf,
} from './outcomes.dto.js';
import { PaymentsService } from './payments.service.js';
import { TakenChancesService } from './taken-chances.service.js';

const TOOK_JOB_MISSING =
  '`settling.took_job_missing`: an approved job waits for them, and it is not said whether they took it';

@ApiTags('outcomes')
@Controller('api/v1')
export class FollowUpsController {
  constructor(
    private readonly followUps: FollowUpsService,
    private readonly answers: AnswersService,
    private readonly payments: PaymentsService,
    private readonly takenChances: TakenChancesService,
  ) {}

  @Get('own-household/settling')
  @May('household.own')
  @ApiOperation({ summary: 'How the own household is getting on after its arrival; 409 before it' })
  @ApiOkResponse({ type: SettlingAnswer })
  async own(@CurrentActor() actor: Actor): Promise<SettlingAnswer> {
    const own = await this.answers.own(actor);
    if (own === null) throw new Problem('settling.not_arrived', 409);
    return own;
  }

  @Post('own-household/settling')
  @May('household.own')
  @HttpCode(204)
  @ApiOperation({ summary: 'Tell how the own household is; answers whatever follow-up has been asked' })
  @ApiNoContentResponse()
  @ApiUnprocessableEntityResponse({ description: TOOK_JOB_MISSING })
  tell(@Body() body: SettlingAnswerDto, @CurrentActor() actor: Actor): Promise<void> {
    return this.answers.tell(actor, answerOf(body));
  }

  @Post('own-household/second-chance/taken')
  @May('household.own')
  @HttpCode(204)
  @ApiOperation({ summary: 'The job that the centre approved for the second chance has been taken' })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: '`second_chance.none`, `second_chance.not_approved`' })
  taken(@CurrentActor() actor: Actor): Promise<void> {
    return this.takenChances.own(actor);
  }

  @Post('centre/proposals/:id/taken')
  @May('follow_ups.record')
  @HttpCode(204)
  @ApiOperation({ summary: 'Note that a household has taken the approved job of its second chance' })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: '`second_chance.none`, `second_chance.not_approved`' })
  noteTaken(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.takenChances.noted(actor, id);
  }

  @Get('centre/follow-ups')
  @May('follow_ups.read')
  @ApiOperation({ summary: 'Follow-ups of a region: to be called, asked, or due within four weeks' })
  @ApiOkResponse({ type: FollowUpsPage })
  list(@Query() query: FollowUpsQuery, @CurrentActor() actor: Actor): Promise<FollowUpsPage> {
    const { region, list = 'call', cursor, limit } = query;
    return this.followUps.list(regionOf(actor, region), { list, cursor, limit });
  }

  @Get('follow-ups/:id')
  @May('follow_ups.read')
  @ApiOperation({ summary: 'One follow-up of the own region' })
  @ApiOkResponse({ type: FollowUpAnswer })
  one(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<FollowUpAnswer> {
    return this.followUps.one(actor, id);
  }

  @Get('follow-ups/:id/household')
  @May('follow_ups.read')
  @ApiOperation({ summary: 'How the household of a follow-up stood when last heard of' })
  @ApiOkResponse({ type: ArrivalAnswer })
  household(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<ArrivalAnswer> {
    return this.answers.ofFollowUp(actor, id);
  }

  @Post('follow-ups/:id/take')
  @May('follow_ups.record')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a follow-up in hand' })
  @ApiNoContentResponse()
  take(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.followUps.take(actor, id);
  }

  @Post('follow-ups/:id/miss')
  @May('follow_ups.record')
  @HttpCode(204)
  @ApiOperation({ summary: 'Note a call that reached nobody' })
  @ApiNoContentResponse()
  miss(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { version }: MissedCallDto,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.followUps.miss(actor, id, version);
  }

  @Post('follow-ups/:id/answer')
  @May('follow_ups.record')
  @HttpCode(204)
  @ApiOperation({ summary: 'Record what the household said on the phone' })
  @ApiNoContentResponse()
  @ApiUnprocessableEntityResponse({ description: TOOK_JOB_MISSING })
  async answer(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: CallAnswerDto,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    // That there is none of the own region is said before what the answer lacks.
    await this.followUps.one(actor, id);
    await this.answers.recordCall(actor, id, body.version, answerOf(body));
  }

  @Get('households/:id/payments')
  @May('payments.read')
  @ApiOperation({ summary: 'Support that was paid for a household of the own region' })
  @ApiOkResponse({ type: [PaymentAnswer] })
  paid(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<PaymentAnswer[]> {
    return this.payments.ofHousehold(actor, id);
  }

  @Post('households/:id/payments')
  @May('payments.record')
  @ApiOperation({ summary: 'Record support that was paid' })
  @ApiCreatedResponse({ type: PaymentAnswer })
  pay(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: NewPaymentDto,
    @CurrentActor() actor: Actor,
  ): Promise<PaymentAnswer> {
    return this.payments.record(actor, id, body);
  }

  @Post('payments/:id/void')
  @May('payments.record')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take back a payment that was recorded wrongly' })
  @ApiNoContentResponse()
  void(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.payments.void(actor, id);
  }
}

/** The region asked for: an officer's own, an administrator's as named. Errors: `auth.region_forbidden` (403), `centre.region_required` (400). */
function regionOf(actor: Actor, asked: string | undefined): string {
  if (actor.regionCode !== null && asked !== undefined && asked !== actor.regionCode) {
    throw new Problem('auth.region_forbidden', 403);
  }
  const region = actor.regionCode ?? asked;
  if (region === undefined) throw new Problem('centre.region_required', 400);
  return region;
}
