import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { applicationReasonTable } from './application-reasons.js';
import { ApplicationsView } from './applications-view.service.js';
import {
  ApplicationAnswer,
  ApplicationListAnswer,
  ApplicationReasonAnswer,
  ApplicationsQuery,
  CentreStepDto,
  QuotaBalanceAnswer,
  QuotaRevisionDto,
  WithdrawApplicationDto,
} from './applications.dto.js';
import { ApplicationsService } from './applications.service.js';
import { QuotaRevisionsService } from './quota-revisions.service.js';

@ApiTags('applications')
@Controller('api/v1')
export class ApplicationsController {
  constructor(
    private readonly applications: ApplicationsService,
    private readonly views: ApplicationsView,
    private readonly revisions: QuotaRevisionsService,
  ) {}

  @Get('own-household/applications')
  @May('household.own')
  @ApiOperation({ summary: 'The own household’s applications: who has each, until when, and every step so far' })
  @ApiOkResponse({ type: [ApplicationAnswer] })
  own(@CurrentActor() actor: Actor): Promise<ApplicationAnswer[]> {
    return this.views.own(actor);
  }

  @Post('own-household/matches/:id/application')
  @May('household.own')
  @ApiOperation({ summary: 'Apply for an approved match; said twice it stands once' })
  @ApiCreatedResponse({ type: ApplicationAnswer })
  @ApiConflictResponse({ description: '`match.not_approved`, `application.open_already`, `application.not_needed`' })
  async apply(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<ApplicationAnswer> {
    const made = await this.applications.apply(actor, id);
    return (await this.views.own(actor)).find((one) => one.id === made)!;
  }

  @Post('own-household/applications/:id/papers')
  @May('household.own')
  @HttpCode(204)
  @ApiOperation({ summary: 'The papers that were asked for have been brought' })
  @ApiNoContentResponse()
  papers(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.applications.bringPapers(actor, id);
  }

  @Post('own-household/applications/:id/withdraw')
  @May('household.own')
  @HttpCode(204)
  @ApiOperation({ summary: 'Withdraw an application; a reserved place goes to the next' })
  @ApiNoContentResponse()
  withdraw(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: WithdrawApplicationDto,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.applications.withdraw(actor, id, reason);
  }

  @Get('applications')
  @May('applications.read')
  @ApiOperation({ summary: 'A region’s applications, the overdue first; those waiting for quota in their order' })
  @ApiOkResponse({ type: ApplicationListAnswer })
  async list(@CurrentActor() actor: Actor, @Query() query: ApplicationsQuery): Promise<ApplicationListAnswer> {
    return this.views.list(await this.views.regionOf(actor, query.region), query);
  }

  @Get('applications/reasons')
  @May('applications.read')
  @ApiOperation({ summary: 'Every reason of a step, with its words in three languages' })
  @ApiOkResponse({ type: [ApplicationReasonAnswer] })
  reasons(): ApplicationReasonAnswer[] {
    return applicationReasonTable();
  }

  @Get('applications/:id')
  @May('applications.read')
  @ApiOperation({ summary: 'An application of the region with its steps and what may be done now' })
  @ApiOkResponse({ type: ApplicationAnswer })
  @ApiNotFoundResponse({ description: '`application.unknown`: there is none, or it is another region’s' })
  one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ApplicationAnswer> {
    return this.views.one(actor, id);
  }

  @Post('applications/:id/steps')
  @May('applications.decide')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'A step of the centre: forward, ask, decide, refuse, extend, contract, arrive, settle, return; or take a return back that was recorded by mistake',
  })
  @ApiOkResponse({ type: ApplicationAnswer })
  @ApiConflictResponse({ description: '`transition.illegal`, `application.changed_meanwhile`, `application.moved_on`' })
  @ApiUnprocessableEntityResponse({ description: '`application.reason_needed`, `application.due_invalid`, …' })
  async step(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() step: CentreStepDto,
  ): Promise<ApplicationAnswer> {
    await this.applications.act(actor, id, step);
    return this.views.one(actor, id);
  }

  @Post('quotas')
  @May('quotas.revise')
  @ApiOperation({
    summary:
      'Revise a quota; said twice it stands once; one below what is reserved and taken is refused with the number',
  })
  @ApiCreatedResponse({ type: QuotaBalanceAnswer })
  @ApiConflictResponse({ description: '`quota.below_given`, `quota.revision_exists`, `quota.revision_overtaken`' })
  async revise(@CurrentActor() actor: Actor, @Body() revision: QuotaRevisionDto): Promise<QuotaBalanceAnswer> {
    const balance = await this.revisions.revise(actor, revision);
    const { regionCode, category, year, persons, verified, reserved, taken, left } = balance;
    return { regionCode, category, year, persons, verified, reserved, taken, left };
  }
}
