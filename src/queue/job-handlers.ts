import { Injectable } from '@nestjs/common';
import type { Job } from 'bullmq';
import { asSystem } from '../database/scope.js';
import type { JobPayload } from './backend.js';
import { JOBS, type JobName } from './queues.js';

export type JobHandler = (payload: JobPayload, job: Job<JobPayload>) => Promise<void>;

/** Which function does which job, and in which queues. Processors enter themselves in `onModuleInit`. */
@Injectable()
export class JobHandlers {
  private readonly handlers = new Map<JobName, JobHandler>();
  private readonly listeners: ((eventId: string) => void)[] = [];
  private readonly queueNames = new Map<string, Set<JobName>>();

  /** `queueNames`: where the job arrives, if not in the one queue that the job table names (a region's notices). */
  register(job: JobName, handler: JobHandler, queueNames: string[] = [JOBS[job]]): void {
    if (this.handlers.has(job)) throw new Error(`Two handlers for the job ${job}.`);
    this.handlers.set(job, handler);
    for (const name of queueNames) this.queueNames.set(name, (this.queueNames.get(name) ?? new Set()).add(job));
  }

  /** Calls `listener` with the id of each event whose job has ended well. */
  onDone(listener: (eventId: string) => void): void {
    this.listeners.push(listener);
  }

  /** Does a job. */
  async run(queueName: string, job: Job<JobPayload>): Promise<void> {
    await this.handlerOf(queueName, job.name)(job.data, job);
    if (job.data.eventId !== '') for (const listener of this.listeners) listener(job.data.eventId);
  }

  /** Every queue that needs a worker. Throws when a job of the table has no handler, so that none waits for ever. */
  queuesToServe(): string[] {
    const missing = (Object.keys(JOBS) as JobName[]).filter((job) => !this.handlers.has(job));
    if (missing.length > 0) throw new Error(`No handler for: ${missing.join(', ')}.`);
    return [...this.queueNames.keys()].sort();
  }

  /** The function that does a job, as the program itself: a job acts for nobody in particular. */
  handlerOf(queueName: string, jobName: string): JobHandler {
    const job = jobName as JobName;
    const handler = this.queueNames.get(queueName)?.has(job) ? this.handlers.get(job) : undefined;
    if (handler === undefined) throw new Error(`The queue ${queueName} got a job it does not know: ${jobName}.`);
    return (payload, job) => asSystem(() => handler(payload, job));
  }
}
