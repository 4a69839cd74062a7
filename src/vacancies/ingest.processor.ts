import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { outboxEvent } from '../outbox/outbox.queries.js';
import { JobHandlers } from '../queue/job-handlers.js';
import { IngestRunsService } from './ingest-runs.service.js';

@Injectable()
export class IngestProcessor implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly runs: IngestRunsService,
  ) {}

  onModuleInit(): void {
    this.handlers.register('ingest', async ({ eventId }) => {
      const event = await outboxEvent(this.dataSource, eventId);
      if (event?.payload['runId']) await this.runs.perform(event.payload['runId']);
    });
  }
}
