import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { BatchService } from '../../centres/batch.service.js';
import { type ProposalView, QueueViewService } from '../../centres/queue-view.service.js';
import { QuotaService } from '../../centres/quota.service.js';
import { CLOCK, type Clock } from '../../shared/clock.js';
import { May } from '../../shared/permissions.js';
import { Problem } from '../../shared/problem.js';
import { type PageAnswer, notAccepted, seeOther } from '../site/answers.js';
import { one, readForm, refusalOf, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { AlikePage, BatchPage } from './alike.js';
import { batchAddress, batchOfAddress, stayingInWords } from './batch-address.js';
import { inRegion } from './blocks.js';
import { CaseDesk } from './case-desk.js';
import { BatchForm, MOST_ON_PAGE, batchWish, listOf, queueWish } from './centre.form.js';
import { QueuePage } from './queue.js';
import { RegionOfDesk } from './region-of-desk.js';

/** An officer's queue and its cases. */
@PageController('centre')
export class CentrePages {
  constructor(
    private readonly desk: CaseDesk,
    private readonly regions: RegionOfDesk,
    private readonly views: QueueViewService,
    private readonly batches: BatchService,
    private readonly quotas: QuotaService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @May('queue.read')
  async queue(@Page() page: PageContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    return this.regions.with(page, query['region'], page.t('page.centre.queue_title'), async (region) => {
      const actor = page.actor!;
      const list = listOf(query['list']);
      const cursor = one(typedFields(query), 'cursor') || undefined;
      const onTop = list === 'all' && cursor === undefined;
      const wish = { ...queueWish(list), cursor, limit: MOST_ON_PAGE };
      const queue = await this.views.lines(actor, region.code, wish, onTop);
      const shown = [...queue.items, ...queue.mine].map(({ id }) => id);
      return QueuePage({
        page,
        region,
        list,
        queue,
        cursor,
        names: this.desk.names(page),
        alike: await this.batches.alike(actor, shown),
        done: await this.desk.done(page, query),
        now: this.clock.now(),
      });
    });
  }

  @Post('claim-next')
  @May('queue.decide')
  async claimNext(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    const typed = typedFields(body);
    return this.regions.with(page, one(typed, 'region'), null, async (region) => {
      const list = listOf(one(typed, 'list'));
      const onward: { list?: string } = list === 'all' ? {} : { list };
      const id = await this.desk.claimNext(page.actor!, region.code, list);
      if (id === null) return seeOther(page.href(inRegion(region, '/centre', onward)));
      const asked = new URLSearchParams({ done: 'claim', case: id, ...onward });
      return seeOther(page.href(`/centre/cases/${id}?${asked.toString()}`));
    });
  }

  @Get('cases/:id')
  @May('queue.read')
  async case(
    @Page() page: PageContext,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<PageAnswer> {
    const done = await this.desk.done(page, query);
    return this.desk.show(page, id, listOf(query['list']), { done });
  }

  @Post('cases/:id/claim')
  @May('queue.decide')
  claim(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    return this.desk.decide(page, id, 'claim', body);
  }

  @Post('cases/:id/release')
  @May('queue.decide')
  release(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    return this.desk.decide(page, id, 'release', body);
  }

  @Post('cases/:id/approve')
  @May('queue.decide')
  approve(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    return this.desk.decide(page, id, 'approve', body);
  }

  @Post('cases/:id/return')
  @May('queue.decide')
  return(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    return this.desk.decide(page, id, 'return', body);
  }

  @Post('cases/:id/refer')
  @May('queue.decide')
  refer(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    return this.desk.decide(page, id, 'refer', body);
  }

  @Post('cases/:id/reject')
  @May('queue.decide')
  reject(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    return this.desk.decide(page, id, 'reject', body);
  }

  @Get('cases/:id/alike')
  @May('queue.read')
  alike(@Page() page: PageContext, @Param('id') id: string): Promise<PageAnswer> {
    return this.alikeCases(page, id);
  }

  @Post('cases/:id/alike')
  @May('queue.decide')
  async decideTogether(@Page() page: PageContext, @Param('id') id: string, @Body() body: unknown): Promise<PageAnswer> {
    const actor = page.actor!;
    // Also refuses a case of another region before anything is done.
    const [asked] = await this.views.several(actor, id, [id]);
    if (asked === undefined) throw new Problem('proposal.unknown', 404);
    const { form, typed, problems } = await readForm(BatchForm, body);
    if (problems.length > 0) return notAccepted(await this.alikeCases(page, id, { typed, problems }));
    try {
      const lines = await this.batches.decide(actor, batchWish(form));
      return seeOther(page.href(`/centre/cases/${id}/alike/decided?${batchAddress(lines)}`));
    } catch (error) {
      return notAccepted(await this.alikeCases(page, id, { typed, problems: refusalOf(error) }));
    }
  }

  /** What became of a batch: which cases were decided and why others were not stands in the address, how they stand is read anew. */
  @Get('cases/:id/alike/decided')
  @May('queue.read')
  async decidedTogether(
    @Page() page: PageContext,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<PageAnswer> {
    const named = batchOfAddress(typedFields(query));
    const views = await this.views.several(page.actor!, id, [...new Set([id, ...named.keys()])]);
    const asked = views.find((view) => view.id === id);
    if (asked === undefined) throw new Problem('proposal.unknown', 404);
    const outcomes = views.flatMap((view) => {
      const problem = named.get(view.id);
      if (problem === undefined) return [];
      return [{ view, text: problem && stayingInWords(page, problem, view) }];
    });
    const quota = await this.quotas.inSight(asked.regionCode);
    return BatchPage({ page, back: this.queueOf(page, asked), names: this.desk.names(page), outcomes, quota });
  }

  /** The queue that a case stands in: who has no region of their own goes on in the case's. */
  private queueOf({ actor }: PageContext, view: ProposalView | undefined): string {
    const code = view?.regionCode;
    return actor!.regionCode === null && code !== undefined ? `/centre?region=${code}` : '/centre';
  }

  private async alikeCases(
    page: PageContext,
    id: string,
    state: Pick<Parameters<typeof AlikePage>[0], 'typed' | 'problems'> = { typed: {}, problems: [] },
  ): Promise<ReturnType<typeof AlikePage>> {
    const actor = page.actor!;
    const found = await this.batches.alike(actor, [id]);
    const [[asked], cases] = await Promise.all([
      this.views.several(actor, id, [id]),
      this.views.several(actor, id, found.get(id) ?? []),
    ]);
    const quota = await this.quotas.inSight(asked?.regionCode ?? '');
    return AlikePage({
      page,
      back: this.queueOf(page, asked),
      names: this.desk.names(page),
      id,
      cases,
      quota,
      now: this.clock.now(),
      ...state,
    });
  }
}
