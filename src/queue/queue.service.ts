import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Job } from 'bullmq';
import { CONFIG, type Config } from '../config/config.js';
import { Late, inTime } from '../shared/in-time.js';
import { Problem } from '../shared/problem.js';
import { type AddOptions, type JobPayload, type QonysQueue, type QueueBackend, openBackend } from './backend.js';
import { isOutage } from './outage.js';
import { JOBS, type JobName, jobOptionsOf, queueOptions } from './queues.js';

/** A job to be added: `jobId` is the outbox event's id, so that adding it twice has the effect of once. */
export interface NewJob {
  name: JobName;
  jobId: string;
  data: JobPayload;
  /** The job that waits for this one. */
  parent?: AddOptions['parent'];
}

/** BullMQ counts the jobs of a paused queue apart, and leaves them out unless they are asked for. */
const STATES = ['waiting', 'prioritized', 'active', 'delayed', 'failed', 'completed', 'paused'] as const;

/** Longest wait for a queue's answer; adding a batch of jobs may take longer, for nobody at a screen waits for it. */
const ANSWER_WITHIN_MS = 5_000;
const ADDED_WITHIN_MS = 10_000;

/**
 * Opens queues on demand and keeps them; the producers' side of BullMQ. Where the queue's server does not answer in time, every
 * method refuses with `queue.unavailable` (503).
 */
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
      queue = this.backend.openQueue(name, { defaultJobOptions: jobOptionsOf(queueOptions(name)) });
      queue.on('error', (error: Error) => this.logger.warn(`Queue ${name}: ${error.message}`));
      this.queues.set(name, queue);
    }
    return queue;
  }

  /** Adds jobs of one queue in one round trip. */
  async addAll(queueName: string, jobs: NewJob[]): Promise<void> {
    const bulk = jobs.map(({ name, jobId, data, parent }) => ({
      name,
      data,
      opts: { jobId, ...(parent && { parent, ignoreDependencyOnFailure: true }) },
    }));
    await this.ask(queueName, (queue) => queue.addBulk(bulk), ADDED_WITHIN_MS);
  }

  /** Lets a job come round every so often; said again, by any process, it is the same one. */
  async schedule(name: JobName, everyMs: number): Promise<void> {
    const template = { name, data: { eventId: '' } };
    await this.ask(JOBS[name], (queue) => queue.upsertJobScheduler(name, { every: everyMs }, template));
  }

  /** The job of an event; undefined when the queue does not have it, or no longer. */
  job(queueName: string, id: string): Promise<Job<JobPayload> | undefined> {
    return this.ask(queueName, (queue) => queue.getJob(id));
  }

  async pause(queueName: string): Promise<void> {
    await this.ask(queueName, (queue) => queue.pause());
  }

  async resume(queueName: string): Promise<void> {
    await this.ask(queueName, (queue) => queue.resume());
  }

  isPaused(queueName: string): Promise<boolean> {
    return this.ask(queueName, (queue) => queue.isPaused());
  }

  /** Jobs by state: `waiting`, `prioritized`, `active`, `delayed`, `failed`, `completed`, and `paused`: those that wait in a paused queue. */
  counts(queueName: string): Promise<Record<string, number>> {
    return this.ask(queueName, (queue) => queue.getJobCounts(...STATES));
  }

  /** The queue of a job that is not a region's notice. */
  queueOf(job: JobName): string {
    return JOBS[job];
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => inTime(queue.close(), ANSWER_WITHIN_MS)));
    await this.backend.close().catch((error: Error) => this.logger.warn(`Closing queues: ${error.message}`));
  }

  private async ask<Answer>(
    queueName: string,
    question: (queue: QonysQueue) => Promise<Answer>,
    withinMs = ANSWER_WITHIN_MS,
  ): Promise<Answer> {
    try {
      await this.backend.refuseAway();
      return await inTime(question(this.queue(queueName)), withinMs);
    } catch (error) {
      if (!isAway(error)) throw error;
      this.logger.warn(`Queue ${queueName}: ${(error as Error).message}`);
      this.forget(queueName);
      throw new Problem('queue.unavailable', 503);
    }
  }

  /** A queue that was opened while its server was silent never comes to life: the next question opens it anew. */
  private forget(queueName: string): void {
    const queue = this.queues.get(queueName);
    this.queues.delete(queueName);
    queue?.close().catch(() => undefined);
  }
}

/** What ioredis says when it gives a command up, and a cluster whose node is away. */
const GIVEN_UP =
  /^(Command timed out|Connection is closed|Reached the max retries per request|Stream isn't writeable|Failed to refresh slots cache|CLUSTERDOWN|Too many Cluster redirections)/;

function isAway(error: unknown): boolean {
  return error instanceof Late || isOutage(error) || GIVEN_UP.test((error as Error | null)?.message ?? '');
}
