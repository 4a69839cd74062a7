import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Job } from 'bullmq';
import { DataSource } from 'typeorm';
import { outboxEvent } from '../outbox/outbox.queries.js';
import { JobHandlers } from '../queue/job-handlers.js';
import { JobPutBack, isOutage } from '../queue/outage.js';
import { isBusy } from './ingest-run.queries.js';
import { IngestRunsService } from './ingest-runs.service.js';

/** After a wait that was in vain, other runs have their turn. */
const BUSY_AGAIN_MS = 30_000;

@Injectable()
export class IngestProcessor implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly runs: IngestRunsService,
  ) {}

  async onModuleInit(): Promise<void> {
    this.handlers.register('ingest', async ({ eventId }, job) => {
      const runId = (await outboxEvent(this.dataSource, eventId))?.payload['runId'];
      if (runId) await this.perform(runId, job);
    });
    await this.runs.sweepUploads();
  }

  /** The upload of a run outlives every failure but the last; to wait for another run of its source or host is none. */
  private async perform(runId: string, job: Job): Promise<void> {
    try {
      await this.runs.perform(runId);
    } catch (fault) {
      if (isBusy(fault)) {
        throw new JobPutBack(`The run ${runId} waits for another one's end.`, BUSY_AGAIN_MS);
      }
      if (!isOutage(fault) && job.attemptsMade + 1 >= (job.opts.attempts ?? 1)) await this.runs.discardUpload(runId);
      throw fault;
    }
  }
}
