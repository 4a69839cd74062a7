import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { outboxEvent } from '../outbox/outbox.queries.js';
import { JobHandlers } from '../queue/job-handlers.js';
import { MatchRun } from './match-run.entity.js';
import { MatchingService } from './matching.service.js';
import { MatchShardsService } from './match-shards.service.js';
import { WholeRunService } from './whole-run.service.js';

/** The jobs `rematch` and `rematch-shard`: do the run that an event asks for, once however often they run. */
@Injectable()
export class MatchProcessor implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly matching: MatchingService,
    private readonly wholeRuns: WholeRunService,
    private readonly shards: MatchShardsService,
  ) {}

  onModuleInit(): void {
    this.handlers.register('rematch', async ({ eventId }, job) => {
      const event = await outboxEvent(this.dataSource, eventId);
      if (event === undefined) throw new Error(`There is no event ${eventId}.`);
      const { householdId = null, vacancyId, reason = 'requested', runId = eventId } = event.payload;
      const isByName = event.payload['runId'] !== undefined;
      const overAll = (): Promise<void> => this.wholeRuns.process({ eventId, runId, reason, isByName }, job);
      if (householdId === null && vacancyId === undefined) return overAll();
      if (await this.dataSource.manager.existsBy(MatchRun, { id: runId, status: 'done' })) return;
      const vacancyIds = vacancyId === undefined ? null : [vacancyId];
      // Met by any run over all that has read what the event tells of: a feed's, or that of another who waited.
      const asked = await this.matching.runAsked(eventId, reason, { runId, householdId, vacancyIds });
      if (asked === 'too many') await overAll();
    });
    this.handlers.register('rematch-shard', async ({ shard }) => {
      if (shard === undefined) throw new Error('A job names no shard.');
      await this.shards.work(shard);
    });
  }
}
