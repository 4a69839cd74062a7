import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { JobHandlers } from '../queue/job-handlers.js';
import { notifyQueueName } from '../queue/queues.js';
import { regionCodes } from './notifications.queries.js';
import { NotificationsService } from './notifications.service.js';

/** Serves the notice queue of every region. */
@Injectable()
export class NotificationsProcessor implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly notifications: NotificationsService,
  ) {}

  async onModuleInit(): Promise<void> {
    const queues = (await regionCodes(this.dataSource)).map(notifyQueueName);
    this.handlers.register(
      'notify',
      ({ eventId }, job) => this.notifications.notify(eventId, job.attemptsMade + 1 >= (job.opts.attempts ?? 1)),
      queues,
    );
  }
}
