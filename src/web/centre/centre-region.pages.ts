import { Body, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import type { TrailLine } from '../../audit/audit.queries.js';
import { AutoApproveService } from '../../centres/auto-approve.service.js';
import { NoticeQueueService } from '../../centres/notice-queue.service.js';
import { ReviewSummaryService } from '../../centres/review-summary.service.js';
import { TrailService } from '../../centres/trail.service.js';
import { EmployersService } from '../../employers/employers.service.js';
import { isUuid } from '../../shared/ids.js';
import { DeskService } from '../../questions/desk.service.js';
import { May, reach } from '../../shared/permissions.js';
import { type FieldProblem, Problem } from '../../shared/problem.js';
import { IngestService } from '../../vacancies/ingest.service.js';
import { RejectedService } from '../../vacancies/rejected.service.js';
import { type PageAnswer, PageWithStatus, notAccepted, seeOther } from '../site/answers.js';
import { type Typed, one, readForm, refusalOf, typedFields } from '../site/form.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { type Region, inRegion } from './blocks.js';
import { MOST_ON_PAGE, RuleForm, TrailForm, ruleTerms, saysTheSame } from './centre.form.js';
import { type HistoryLine, lineInWords } from './history.js';
import { FirmsPage, RejectedPage, TrailPage, firmAccountField, firmPeople } from './region-lists.js';
import { RegionOfDesk } from './region-of-desk.js';
import { TODAY_DONE, TodayPage, type TodayProps } from './today.js';

/** A region beside its queue: today, its notices and rule, refused records, firms, what happened. */
@PageController('centre')
export class CentreRegionPages {
  constructor(
    private readonly regions: RegionOfDesk,
    private readonly summaries: ReviewSummaryService,
    private readonly rules: AutoApproveService,
    private readonly notices: NoticeQueueService,
    private readonly rejected: RejectedService,
    private readonly ingests: IngestService,
    private readonly employers: EmployersService,
    private readonly trails: TrailService,
    private readonly desk: DeskService,
  ) {}

  @Get('today')
  @May('queue.read')
  today(@Page() page: PageContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    const done = TODAY_DONE.find((known) => known === query['done']) ?? null;
    return this.of(page, query['region'], 'today_title', async (region) =>
      TodayPage(await this.todayProps(page, region, { done })),
    );
  }

  @Post('today/pause')
  @May('notices.pause')
  pause(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    return this.of(page, one(typedFields(body), 'region'), null, async (region) => {
      await this.notices.pause(page.actor!, region.code);
      return seeOther(page.href(inRegion(region, '/centre/today', { done: 'pause' })));
    });
  }

  @Post('today/resume')
  @May('notices.pause')
  resume(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    return this.of(page, one(typedFields(body), 'region'), null, async (region) => {
      await this.notices.resume(page.actor!, region.code);
      return seeOther(page.href(inRegion(region, '/centre/today', { done: 'resume' })));
    });
  }

  @Post('today/rule')
  @May('rules.set')
  setRule(@Page() page: PageContext, @Body() body: unknown): Promise<PageAnswer> {
    return this.of(page, one(typedFields(body), 'region'), null, async (region) => {
      const { form, typed, problems } = await readForm(RuleForm, body);
      if (problems.length > 0) {
        const props = await this.todayProps(page, region, { ruleForm: { page, typed, problems } });
        return new PageWithStatus(422, TodayPage(props));
      }
      const terms = ruleTerms(form);
      const before = await this.rules.terms(region.code);
      if (before.createdAt === null || !saysTheSame(before, terms)) {
        await this.rules.setRule(page.actor!, region.code, terms);
      }
      return seeOther(page.href(inRegion(region, '/centre/today', { done: 'rule' })));
    });
  }

  @Get('rejected')
  @May('rejected.read')
  refused(@Page() page: PageContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    const { cursor, retried } = texts(query, ['cursor', 'retried']);
    return this.of(page, query['region'], 'rejected_title', async (region) => {
      const wish = { region: region.code, cursor, limit: MOST_ON_PAGE };
      const records = await this.rejected.list(wish, page.actor!, page.language);
      const outcome = retried === 'taken' || retried === 'refused' ? retried : null;
      const mayRetry = reach(page.actor!, 'rejected.retry') !== 'none';
      return RejectedPage({ page, region, cursor, records, mayRetry, retried: outcome });
    });
  }

  @Post('rejected/:id/retry')
  @May('rejected.retry')
  retry(@Page() page: PageContext, @Param('id', ParseUUIDPipe) id: string, @Body() body: unknown): Promise<PageAnswer> {
    return this.of(page, one(typedFields(body), 'region'), null, async (region) => {
      const reports = await this.ingests.retryRejected([id]);
      const taken =
        reports.length > 0 && reports.every(({ status, rejectedCount }) => status === 'applied' && rejectedCount === 0);
      return seeOther(page.href(inRegion(region, '/centre/rejected', { retried: taken ? 'taken' : 'refused' })));
    });
  }

  @Get('employers')
  @May('employers.verify')
  firms(@Page() page: PageContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    const { cursor, verified } = texts(query, ['cursor', 'verified']);
    return this.of(page, query['region'], 'firms_title', (region) =>
      this.firmsPage(page, region, { cursor, verified }),
    );
  }

  @Post('employers/:id/verify')
  @May('employers.verify')
  verify(
    @Page() page: PageContext,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: unknown,
  ): Promise<PageAnswer> {
    return this.of(page, one(typedFields(body), 'region'), null, async (region) => {
      const typed = typedFields(body);
      try {
        await this.employers.verify(page.actor!, id, firmPeople(typed));
        return seeOther(page.href(inRegion(region, '/centre/employers', { verified: id })));
      } catch (error) {
        if (!(error instanceof Problem && error.code === 'employer.account_unanswered')) throw error;
        const { cursor } = texts(typed, ['cursor']);
        const problems = error.fields.map((problem) => ({ ...problem, field: firmAccountField(problem.field) }));
        return notAccepted(await this.firmsPage(page, region, { cursor, typed, problems }));
      }
    });
  }

  private async firmsPage(
    page: PageContext,
    region: Region,
    wish: { cursor?: string; verified?: string; typed?: Typed; problems?: readonly FieldProblem[] },
  ): Promise<VNode> {
    const { cursor, verified, typed = {}, problems = [] } = wish;
    const firms = await this.employers.unchecked(region.code, { cursor, limit: MOST_ON_PAGE });
    const state = { page, typed, problems };
    return FirmsPage({ page, region, cursor, firms, state, verified: await this.verifiedName(verified) });
  }

  @Get('trail')
  @May('trail.read')
  trail(@Page() page: PageContext, @Query() query: Record<string, unknown>): Promise<PageAnswer> {
    return this.of(page, query['region'], 'trail_title', async (region) => {
      const { form, typed, problems } = await readForm(TrailForm, query);
      try {
        if (problems.length > 0) throw new Problem('request.invalid', 400, {}, problems);
        const { items, nextCursor } = await this.trails.list(region.code, { ...form, limit: MOST_ON_PAGE });
        const lines = items.map((line) => trailLine(page, line));
        return TrailPage({
          page,
          region,
          cursor: form.cursor,
          state: { page, typed, problems: [] },
          lines,
          nextCursor,
        });
      } catch (error) {
        const state = { page, typed, problems: refusalOf(error) };
        return new PageWithStatus(422, TrailPage({ page, region, state, lines: [], nextCursor: null }));
      }
    });
  }

  private of(
    page: PageContext,
    asked: unknown,
    title: string | null,
    answer: (region: Region) => Promise<PageAnswer>,
  ): Promise<PageAnswer> {
    return this.regions.with(page, asked, title && page.t(`page.centre.${title}`), answer);
  }

  private async todayProps(page: PageContext, region: Region, more: Partial<TodayProps>): Promise<TodayProps> {
    const [summary, rule, questions] = await Promise.all([
      this.summaries.summary(region.code),
      this.rules.terms(region.code),
      this.desk.counts(region.code),
    ]);
    const typed: Typed = {
      enabled: rule.enabled ? 'yes' : undefined,
      minScore: String(rule.minScore),
      sectors: [...rule.sectors],
      housingRequired: rule.housingRequired ? 'yes' : undefined,
      allAdultsPlaced: rule.allAdultsPlaced ? 'yes' : undefined,
    };
    return {
      page,
      region,
      summary,
      questions,
      rule,
      mayPause: reach(page.actor!, 'notices.pause') !== 'none',
      mayRule: reach(page.actor!, 'rules.set') !== 'none',
      ruleForm: { page, typed, problems: [] },
      done: null,
      ...more,
    };
  }

  /** The name of the firm that was just verified, as the address names it by id. */
  private async verifiedName(id: string | undefined): Promise<string | null> {
    if (id === undefined || !isUuid(id)) return null;
    try {
      const { name, verifiedAt } = await this.employers.one(id);
      return verifiedAt === null ? null : name;
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }
}

/** A case by its page; of anything else what it is. */
function trailLine(page: PageContext, line: TrailLine): HistoryLine {
  if (line.subject === 'proposal') return lineInWords(page, line, `/centre/cases/${line.subjectId}`);
  const words = lineInWords(
    page,
    line,
    line.subject === 'application' ? `/centre/applications/${line.subjectId}` : null,
  );
  return { ...words, what: `${words.what} (${page.t(`page.centre.subject_${line.subject}`)})` };
}

/** Single texts of a query by name. */
function texts<Name extends string>(
  query: Record<string, unknown>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const typed = typedFields(query);
  const found = names.map((name) => [name, one(typed, name) || undefined]);
  return Object.fromEntries(found) as Partial<Record<Name, string>>;
}
