import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Job } from 'bullmq';
import { CONFIG, type Config } from '../config/config.js';
import { type JobPayload, type QonysQueue, type QueueBackend, openBackend } from './backend.js';
import { JOBS, type JobName, queueOptions } from './queues.js';

/** A job to be added: `jobId` is the outbox event's id, so that adding it twice has the effect of once. */
export interface NewJob {
  name: JobName;
  jobId: string;
  data: JobPayload;
}

/** BullMQ counts the jobs of a paused queue apart, and leaves them out unless they are asked for. */
const STATES = ['waiting', 'prioritized', 'active', 'delayed', 'failed', 'completed', 'paused'] as const;

/** Opens queues on demand and keeps them; the producers' side of BullMQ. */
@Injectable()
export class QueueService implements OnApplicationShutdown {
  private readonly logger = new Logger(QueueService.name);
  private readonly queues = new Map<string, QonysQueue>();
  readonly backend: QueueBackend;

  constructor(@Inject(CONFIG) config: Config) {
    this.backend = openBackend(config, (error) => this.logger.warn(`Queue connection: ${error.message}`));
  }

  queue(name: string): QonysQueue {
    let queue = this.queues.get(name);
    if (queue === undefined) {
      const { attempts, backoffMs } = queueOptions(name);
      queue = this.backend.openQueue(name, {
        defaultJobOptions: {
          attempts,
          backoff: { type: 'exponential', delay: backoffMs, jitter: 0.5 },
          // A finished job's id no longer deduplicates; `delivery` and idempotent handlers do that.
          removeOnComplete: { count: 1_000 },
          removeOnFail: { count: 10_000 },
        },
      });
      queue.on('error', (error: Error) => this.logger.warn(`Queue ${name}: ${error.message}`));
      this.queues.set(name, queue);
    }
    return queue;
  }

  /** Adds jobs of one queue in one round trip. */
  async addAll(queueName: string, jobs: NewJob[]): Promise<void> {
    await this.queue(queueName).addBulk(jobs.map(({ name, jobId, data }) => ({ name, data, opts: { jobId } })));
  }

  /** The job of an event; undefined when the queue does not have it, or no longer. */
  job(queueName: string, id: string): Promise<Job<JobPayload> | undefined> {
    return this.queue(queueName).getJob(id);
  }

  async pause(queueName: string): Promise<void> {
    await this.queue(queueName).pause();
  }

  async resume(queueName: string): Promise<void> {
    await this.queue(queueName).resume();
  }

  isPaused(queueName: string): Promise<boolean> {
    return this.queue(queueName).isPaused();
  }

  /** Jobs by state: `waiting`, `prioritized`, `active`, `delayed`, `failed`, `completed`, and `paused`: those that wait in a paused queue. */
  counts(queueName: string): Promise<Record<string, number>> {
    return this.queue(queueName).getJobCounts(...STATES);
  }

  /** The queue of a job that is not a region's notice. */
  queueOf(job: JobName): string {
    return JOBS[job];
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    await this.backend.close().catch((error: Error) => this.logger.warn(`Closing queues: ${error.message}`));
  }
}
