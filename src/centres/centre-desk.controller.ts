import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { Account } from '../auth/account.js';
import { EmployersService } from '../employers/employers.service.js';
import { translate } from '../i18n/i18n.js';
import { chooseLanguage } from '../i18n/language.js';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { BatchService } from './batch.service.js';
import {
  AlikeAnswer,
  BatchLineAnswer,
  type FirmAccountAnswer,
  TrailAnswer,
  UncheckedFirmsAnswer,
} from './centres.answers.js';
import { BatchDto, TrailQuery, UncheckedFirmsQuery } from './centres.dto.js';
import { proposalInWords } from './centres.words.js';
import { QueueViewService } from './queue-view.service.js';
import { TrailService } from './trail.service.js';

const firmAccount = ({ id, label, email, createdAt, hasSecondFactor }: Account): FirmAccountAnswer => ({
  id,
  label,
  email,
  createdAt,
  hasSecondFactor,
});

/** What a centre does beside single decisions: alike cases together, the firms of its region, what happened there. */
@ApiTags('centre')
@Controller('api/v1/centre')
export class CentreDeskController {
  constructor(
    private readonly views: QueueViewService,
    private readonly batches: BatchService,
    private readonly trails: TrailService,
    private readonly employers: EmployersService,
  ) {}

  @Get('proposals/:id/alike')
  @May('queue.read')
  @ApiOperation({
    summary: 'Waiting proposals with the same vacancies, district and occupations: they can be decided together',
  })
  @ApiOkResponse({ type: AlikeAnswer })
  @ApiNotFoundResponse({ description: '`proposal.unknown`: there is none, or it is another region’s' })
  async alike(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Headers('accept-language') wished?: string,
  ): Promise<AlikeAnswer> {
    const found = await this.batches.alike(actor, [id]);
    const items = await this.views.several(actor, id, found.get(id) ?? []);
    return { proposalId: id, items: items.map((item) => proposalInWords(item, chooseLanguage(wished))) };
  }

  @Post('queue/batch')
  @May('queue.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Approve or reject alike proposals together; each has its own transition and audit line' })
  @ApiOkResponse({ type: [BatchLineAnswer] })
  @ApiUnprocessableEntityResponse({ description: '`batch.not_alike`: nothing was decided' })
  async batch(
    @CurrentActor() actor: Actor,
    @Body() wish: BatchDto,
    @Headers('accept-language') wished?: string,
  ): Promise<BatchLineAnswer[]> {
    const language = chooseLanguage(wished);
    const lines = await this.batches.decide(actor, wish);
    return lines.map(({ id, state, problem }) => ({
      id,
      state,
      code: problem?.code ?? null,
      text: problem && translate(language, problem.code, problem.params),
    }));
  }

  @Get('trail')
  @May('trail.read')
  @ApiOperation({ summary: 'The audit log of the region, newest first' })
  @ApiOkResponse({ type: TrailAnswer })
  async trail(@CurrentActor() actor: Actor, @Query() query: TrailQuery): Promise<TrailAnswer> {
    const regionCode = await this.views.regionOf(actor, query.region);
    return { regionCode, ...(await this.trails.list(regionCode, query)) };
  }

  @Get('employers')
  @May('employers.verify')
  @ApiOperation({
    summary: 'Firms with open vacancies in the region that no centre has checked; those with posts of their own first',
  })
  @ApiOkResponse({ type: UncheckedFirmsAnswer })
  async unchecked(@CurrentActor() actor: Actor, @Query() query: UncheckedFirmsQuery): Promise<UncheckedFirmsAnswer> {
    const regionCode = await this.views.regionOf(actor, query.region);
    const { items, nextCursor } = await this.employers.unchecked(regionCode, query);
    return {
      regionCode,
      items: items.map((firm) => ({ ...firm, accounts: firm.accounts.map(firmAccount) })),
      nextCursor,
    };
  }
}
