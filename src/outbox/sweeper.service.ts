import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { JobHandlers } from '../queue/job-handlers.js';
import { QueueService } from '../queue/queue.service.js';
import { queueOptions } from '../queue/queues.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { jobOf } from './outbox.js';
import { type UnfinishedEvent, finishEvents, unfinishedEvents } from './outbox.queries.js';

const SWEEP_MS = 60_000;
const PAGE = 500;
/** A job that has been in its queue for less than this is left to the queue; a failed one waits as long at least. */
const PATIENCE_MS = 10 * 60_000;
/** After this a job that still fails stays failed, for a person to look at; the metrics count it. */
const GIVEN_UP_MS = 30 * 24 * 3_600_000;
const FLUSH_MS = 1_000;

/**
 * Sees every event through. Marks those whose job is done; from the others adds jobs again that a queue has lost, and
 * tries failed ones again, each time after as long a wait as they have failed so far. Jobs may run twice without harm, so any
 * number of processes may sweep.
 */
@Injectable()
export class SweeperService implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(SweeperService.name);
  private readonly timers: NodeJS.Timeout[] = [];
  private done: string[] = [];
  /** The last event of the page before. */
  private after: string | null = null;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queues: QueueService,
    private readonly handlers: JobHandlers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.onDone((eventId) => this.done.push(eventId));
    const every = (ms: number, work: () => Promise<unknown>): void => {
      const run = (): Promise<unknown> =>
        asSystem(work).catch((error: Error) => this.logger.warn(`Unfinished events: ${error.message}`));
      this.timers.push(setInterval(() => void run(), ms));
    };
    every(FLUSH_MS, () => this.flush());
    every(SWEEP_MS, () => this.sweep(this.clock.now()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await asSystem(() => this.flush()).catch(() => undefined);
  }

  /** Marks the events whose jobs have ended here. What a death leaves unmarked the sweep finds. */
  private async flush(): Promise<void> {
    if (this.done.length === 0) return;
    const ids = this.done;
    this.done = [];
    try {
      await finishEvents(this.dataSource, ids, this.clock.now());
    } catch (error) {
      this.done.push(...ids);
      throw error;
    }
  }

  /** Looks after one page of unfinished events, the next one each time. Answers how many jobs it set going again. */
  async sweep(at: Date): Promise<number> {
    const events = await unfinishedEvents(this.dataSource, {
      enqueuedBefore: new Date(at.getTime() - PATIENCE_MS),
      createdAfter: new Date(at.getTime() - GIVEN_UP_MS),
      after: this.after,
      limit: PAGE,
    });
    this.after = events.length === PAGE ? events.at(-1)!.id : null;
    let restarted = 0;
    for (const event of events) if (await this.lookAfter(event, at)) restarted += 1;
    if (restarted > 0) this.logger.warn(`${restarted} jobs that were lost or had failed are tried again.`);
    return restarted;
  }

  /** Answers whether the event's job was set going again. */
  private async lookAfter(event: UnfinishedEvent, at: Date): Promise<boolean> {
    const { queueName, job: newJob } = jobOf(event);
    const job = await this.queues.job(queueName, event.id);
    if (job === undefined) {
      await this.queues.addAll(queueName, [newJob]);
      return true;
    }
    const state = await job.getState();
    const final = state === 'completed' || (state === 'failed' && queueOptions(queueName).failsForGood === true);
    if (final) this.done.push(event.id);
    if (state !== 'failed' || final) return false;
    const failedAt = job.finishedOn ?? 0;
    const wait = Math.max(PATIENCE_MS, failedAt - event.createdAt.getTime());
    if (at.getTime() < failedAt + wait) return false;
    // Another process may have been quicker: then it is no longer failed.
    await job.retry('failed').catch(() => undefined);
    return true;
  }
}
