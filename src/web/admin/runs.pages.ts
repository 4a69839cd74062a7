import { Get, Post, Query } from '@nestjs/common';
import { MatchingService } from '../../matching/matching.service.js';
import { May } from '../../shared/permissions.js';
import { IngestRunsService } from '../../vacancies/ingest-runs.service.js';
import { type PageAnswer, seeOther } from '../site/answers.js';
import { Page, type PageContext } from '../site/page-context.js';
import { PageController } from '../site/page-controller.js';
import { RunsPage } from './runs.js';

const RUNS_SHOWN = 20;

/** The latest runs of reading and matching. */
@PageController('admin/runs')
export class RunsPages {
  constructor(
    private readonly ingests: IngestRunsService,
    private readonly matching: MatchingService,
  ) {}

  @Get()
  @May('match_runs.read')
  async list(@Page() page: PageContext, @Query('done') done?: string): Promise<PageAnswer> {
    const [{ items }, matches] = await Promise.all([
      this.ingests.list(undefined, undefined, RUNS_SHOWN),
      this.matching.latestRuns(RUNS_SHOWN),
    ]);
    const inSight = matches.map(async (run) => ({
      ...run,
      parts: run.status === 'running' ? await this.matching.progressOf(run.id) : null,
    }));
    return RunsPage({ page, ingests: items, matches: await Promise.all(inSight), asked: done === 'asked' });
  }

  @Post('match')
  @May('match_runs.start')
  async ask(@Page() page: PageContext): Promise<PageAnswer> {
    await this.matching.requestRun('administrator');
    return seeOther(`${page.href('/admin/runs')}?done=asked`);
  }
}
