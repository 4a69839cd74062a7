import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { outboxEvent } from '../outbox/outbox.queries.js';
import { JobHandlers } from '../queue/job-handlers.js';
import { MatchRun } from './match-run.entity.js';
import { MatchingService } from './matching.service.js';

/** The job `rematch`: does the run that its event asks for, once however often the job runs. */
@Injectable()
export class MatchProcessor implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly matching: MatchingService,
  ) {}

  onModuleInit(): void {
    this.handlers.register('rematch', async ({ eventId }) => {
      const event = await outboxEvent(this.dataSource, eventId);
      if (event === undefined) throw new Error(`There is no event ${eventId}.`);
      const { householdId = null, vacancyId, reason = 'requested' } = event.payload;
      const { runId = eventId } = event.payload;
      if (await this.dataSource.manager.existsBy(MatchRun, { id: runId, status: 'done' })) return;
      // A run asked for by its id is done. Others, of one household or of all, are met by any run over all that has read what they
      // tell of: a feed's and its withdrawals', and households that waited behind it.
      if (event.payload['runId'] !== undefined) await this.matching.run(reason, { runId, householdId });
      else {
        const vacancyIds = vacancyId === undefined ? null : [vacancyId];
        await this.matching.runAsked(eventId, reason, { runId, householdId, vacancyIds });
      }
    });
  }
}
