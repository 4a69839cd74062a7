import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DelayedError, type Job } from 'bullmq';
import type { DataSource } from 'typeorm';
import type { JobPayload } from '../queue/backend.js';
import { JobHandlers } from '../queue/job-handlers.js';
import { notifyQueueName } from '../queue/queues.js';
import { regionCodes } from './notifications.queries.js';
import { NoticeDelayed, NotificationsService } from './notifications.service.js';

/** Wait after a fault that is nobody's answer to this notice: a lost database, say. */
const FAULT_WAIT_MS = 5_000;

/** Serves the notice queue of every region. */
@Injectable()
export class NotificationsProcessor implements OnModuleInit {
  private readonly logger = new Logger(NotificationsProcessor.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly notifications: NotificationsService,
  ) {}

  async onModuleInit(): Promise<void> {
    const queues = (await regionCodes(this.dataSource)).map(notifyQueueName);
    this.handlers.register('notify', (payload, job) => this.process(payload, job), queues);
  }

  private async process({ eventId }: JobPayload, job: Job<JobPayload>): Promise<void> {
    try {
      await this.notifications.notify(eventId, job.attemptsMade + 1 >= (job.opts.attempts ?? 1));
    } catch (error) {
      if (error instanceof NoticeDelayed) throw error;
      // The attempts are for what gateways answer. A fault on our side uses none up, or an hour without the database
      // would leave every notice of that hour failed for ever.
      this.logger.warn(`The notice of ${eventId} waits: ${(error as Error).message}`);
      await job.moveToDelayed(Date.now() + FAULT_WAIT_MS, job.token);
      throw new DelayedError((error as Error).message);
    }
  }
}
