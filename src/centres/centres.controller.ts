import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import type { AuditLine } from '../audit/audit.queries.js';
import { chooseLanguage } from '../i18n/language.js';
import { moneyInWords } from '../matching/matching.words.js';
import { CurrentActor, type Actor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { AutoApproveService } from './auto-approve.service.js';
import {
  ApprovedAnswer,
  AuditLineAnswer,
  AutoApproveRuleAnswer,
  CentreSummaryAnswer,
  NoticeQueueAnswer,
  ProposalStateAnswer,
  QueueAnswer,
  ReasonAnswer,
  ReferralAnswer,
  WholeProposalAnswer,
} from './centres.answers.js';
import {
  AutoApproveRuleDto,
  DecisionDto,
  QueueQuery,
  ReferDto,
  RegionQuery,
  RejectDto,
  ReturnDto,
} from './centres.dto.js';
import { noticesInWords, proposalInWords, quotaInWords } from './centres.words.js';
import type { ProposalState } from './decision-rules.js';
import { NoticeQueueService } from './notice-queue.service.js';
import { QueueViewService } from './queue-view.service.js';
import { reasonTable } from './reasons.js';
import { Version, VersionIfAny } from './read-version.js';
import { ReferralService } from './referral.service.js';
import { type CentreSummary, ReviewSummaryService } from './review-summary.service.js';
import { ReviewService } from './review.service.js';

const IF_MATCH = { name: 'If-Match', required: false, description: 'The version read, as in the ETag: "3"' };

/** The ETag of a proposal is its version. */
function tagged<Answer extends { version: number }>(response: Response, answer: Answer): Answer {
  response.setHeader('ETag', `"${answer.version}"`);
  return answer;
}

@ApiTags('centre')
@May('queue.read')
@Controller('api/v1/centre')
export class CentresController {
  constructor(
    private readonly views: QueueViewService,
    private readonly summaries: ReviewSummaryService,
    private readonly reviews: ReviewService,
    private readonly referrals: ReferralService,
    private readonly rules: AutoApproveService,
    private readonly notices: NoticeQueueService,
  ) {}

  @Get('queue')
  @ApiOperation({ summary: 'The review queue of the region: overdue first, then oldest' })
  @ApiOkResponse({ type: QueueAnswer })
  async queue(
    @CurrentActor() actor: Actor,
    @Query() query: QueueQuery,
    @Headers('accept-language') wished?: string,
  ): Promise<QueueAnswer> {
    const queue = await this.views.queue(actor, await this.views.regionOf(actor, query.region), query);
    return { ...queue, items: queue.items.map((item) => proposalInWords(item, chooseLanguage(wished))) };
  }

  @Post('queue/claim-next')
  @May('queue.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Claim the first proposal that nobody works on' })
  @ApiOkResponse({ type: ProposalStateAnswer })
  @ApiNoContentResponse({ description: 'Nothing waits' })
  async claimNext(
    @CurrentActor() actor: Actor,
    @Query() query: RegionQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposalState | undefined> {
    const claimed = await this.reviews.claimNext(actor, await this.views.regionOf(actor, query.region));
    if (claimed !== null) return tagged(response, claimed);
    response.status(204);
    return undefined;
  }

  @Get('summary')
  @ApiOperation({ summary: 'Numbers of the queue, of today, of the quota and of the notices' })
  @ApiOkResponse({ type: CentreSummaryAnswer })
  async summary(@CurrentActor() actor: Actor, @Query() query: RegionQuery): Promise<CentreSummary> {
    return this.summaries.summary(await this.views.regionOf(actor, query.region));
  }

  @Get('reasons')
  @ApiOperation({ summary: 'Reasons of decisions, with their words in three languages' })
  @ApiOkResponse({ type: [ReasonAnswer] })
  reasons(): ReasonAnswer[] {
    return reasonTable();
  }

  @Get('proposals/:id')
  @ApiOperation({ summary: 'One proposal: household, jobs, score with its parts, local alternative, contact' })
  @ApiOkResponse({ type: WholeProposalAnswer })
  @ApiNotFoundResponse({ description: '`proposal.unknown`: there is none, or it is another region’s' })
  async proposal(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
    @Headers('accept-language') wished?: string,
  ): Promise<WholeProposalAnswer> {
    response.setHeader('Cache-Control', 'no-store');
    const language = chooseLanguage(wished);
    const view = await this.views.proposal(actor, id);
    const notices = noticesInWords(view.notices, language);
    const support = view.support && moneyInWords(view.support, language);
    return tagged(response, { ...proposalInWords(view, language), notices, support });
  }

  @Get('proposals/:id/audit')
  @ApiOperation({ summary: 'Every change of a proposal, oldest first' })
  @ApiOkResponse({ type: [AuditLineAnswer] })
  audit(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<AuditLine[]> {
    return this.views.audit(actor, id);
  }

  @Post('proposals/:id/claim')
  @May('queue.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a proposal for 15 minutes; the holder’s further claims renew that time' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: ProposalStateAnswer })
  @ApiConflictResponse({ description: '`proposal.claimed_by_another`, `proposal.changed_meanwhile`' })
  async claim(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @VersionIfAny() version: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposalState> {
    return tagged(response, await this.reviews.claim(actor, id, version));
  }

  @Post('proposals/:id/renew')
  @May('queue.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Lengthen one’s own claim, as long as it has not run out' })
  @ApiOkResponse({ type: ProposalStateAnswer })
  async renew(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposalState> {
    return tagged(response, await this.reviews.renew(actor, id));
  }

  @Post('proposals/:id/release')
  @May('queue.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a claim back; a supervisor may give back another’s' })
  @ApiOkResponse({ type: ProposalStateAnswer })
  async release(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposalState> {
    return tagged(response, await this.reviews.release(actor, id));
  }

  @Post('proposals/:id/approve')
  @May('queue.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Approve: the household is told through the region’s queue' })
  @ApiHeader(IF_MATCH)
  @ApiBody({ type: DecisionDto, required: false })
  @ApiOkResponse({ type: ApprovedAnswer })
  @ApiConflictResponse({ description: '`proposal.changed_meanwhile`, `proposal.vacancy_closed` and the like' })
  async approve(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Version() version: number,
    @Res({ passthrough: true }) response: Response,
    @Headers('accept-language') wished?: string,
  ): Promise<ApprovedAnswer> {
    const state = await this.reviews.approve(actor, id, { version });
    const quota = quotaInWords(await this.views.quotaOf(actor, id), chooseLanguage(wished));
    return tagged(response, { ...state, quota });
  }

  @Post('proposals/:id/return')
  @May('queue.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask the household for what is missing' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: ProposalStateAnswer })
  async return(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Version() version: number,
    @Body() { reason, note }: ReturnDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposalState> {
    return tagged(response, await this.reviews.returnForInformation(actor, id, { version, reason, note }));
  }

  @Post('proposals/:id/refer')
  @May('queue.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hand the household over to another region in which it has a match' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: ReferralAnswer })
  @ApiConflictResponse({ description: '`proposal.no_match_there`: the proposal stays as it is' })
  async refer(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Version() version: number,
    @Body() { region, reason, note }: ReferDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReferralAnswer> {
    return tagged(response, await this.referrals.refer(actor, id, region, { version, reason, note }));
  }

  @Post('proposals/:id/reject')
  @May('queue.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reject, with a reason' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: ProposalStateAnswer })
  async reject(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Version() version: number,
    @Body() { reason, note }: RejectDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposalState> {
    return tagged(response, await this.reviews.reject(actor, id, { version, reason, note }));
  }

  @Get('auto-approve-rule')
  @May('rules.read')
  @ApiOperation({ summary: 'The region’s rule for approving without looking' })
  @ApiOkResponse({ type: AutoApproveRuleAnswer })
  async rule(@CurrentActor() actor: Actor, @Query() query: RegionQuery): Promise<AutoApproveRuleAnswer> {
    return this.rules.terms(await this.views.regionOf(actor, query.region));
  }

  @Put('auto-approve-rule')
  @May('rules.set')
  @ApiOperation({ summary: 'Set the region’s rule; it holds for proposals made from now on' })
  @ApiOkResponse({ type: AutoApproveRuleAnswer })
  async setRule(
    @CurrentActor() actor: Actor,
    @Query() query: RegionQuery,
    @Body() terms: AutoApproveRuleDto,
  ): Promise<AutoApproveRuleAnswer> {
    return this.rules.setRule(actor, await this.views.regionOf(actor, query.region), terms);
  }

  @Post('notices/pause')
  @May('notices.pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hold the region’s notices back; none is lost' })
  @ApiOkResponse({ type: NoticeQueueAnswer })
  async pause(@CurrentActor() actor: Actor, @Query() query: RegionQuery): Promise<NoticeQueueAnswer> {
    return this.notices.pause(actor, await this.views.regionOf(actor, query.region));
  }

  @Post('notices/resume')
  @May('notices.pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let the region’s notices go again' })
  @ApiOkResponse({ type: NoticeQueueAnswer })
  async resume(@CurrentActor() actor: Actor, @Query() query: RegionQuery): Promise<NoticeQueueAnswer> {
    return this.notices.resume(actor, await this.views.regionOf(actor, query.region));
  }
}
