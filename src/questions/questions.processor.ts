import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { JobHandlers } from '../queue/job-handlers.js';
import { notifyQueueName } from '../queue/queues.js';
import { AnswerDeliveryService } from './answer-delivery.service.js';

/** Serves the answers among the notices of every region. */
@Injectable()
export class QuestionsProcessor implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly answers: AnswerDeliveryService,
  ) {}

  async onModuleInit(): Promise<void> {
    const regions = await rows<{ code: string }>(this.dataSource, 'select code from region order by code');
    this.handlers.register(
      'deliver-answer',
      ({ eventId }, job) => this.answers.deliver(eventId, job.attemptsMade + 1 >= (job.opts.attempts ?? 1)),
      regions.map(({ code }) => notifyQueueName(code)),
    );
  }
}
