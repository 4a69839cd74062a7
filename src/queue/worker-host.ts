import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DelayedError, type Job } from 'bullmq';
import type { JobPayload, QonysWorker } from './backend.js';
import { CONFIG, type Config } from '../config/config.js';
import { JobHandlers } from './job-handlers.js';
import { JobPutBack, isOutage, outageWaitMs } from './outage.js';
import { QueueService } from './queue.service.js';
import { type JobName, SCHEDULES, queueOptions } from './queues.js';

/**
 * A killed worker's job is taken up again when its lock has run out and a check has found it: at most 15 s later.
 * It may be found so many times before it counts as failed; a job that is killed that often is at fault itself.
 */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;
const MOST_STALLS = 20;
/** A worker whose server is away fails ten times a second; it says so again after so long. */
const SAME_FAULT_AGAIN_MS = 10_000;
const FAULTS_KEPT = 20;
/** Where the queue's server is away at the start, what comes round is entered when it is back. */
const SCHEDULE_AGAIN_MS = 60_000;

/** Runs the workers: one for each queue that a handler serves. Present only in processes that work. */
@Injectable()
export class WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WorkerHost.name);
  private readonly workers: QonysWorker[] = [];
  private scheduling: NodeJS.Timeout | null = null;

  constructor(
    private readonly queues: QueueService,
    private readonly handlers: JobHandlers,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const name of this.handlers.queuesToServe()) this.workers.push(this.open(name));
    await Promise.all(this.workers.map((worker) => worker.waitUntilReady()));
    await this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.scheduling !== null) clearTimeout(this.scheduling);
    await Promise.allSettled(this.workers.map((worker) => worker.close()));
  }

  private async schedule(): Promise<void> {
    try {
      for (const [job, { everyMs }] of Object.entries(SCHEDULES)) await this.queues.schedule(job as JobName, everyMs);
    } catch (error) {
      this.logger.warn(`Jobs that come round are entered later: ${(error as Error).message}`);
      this.scheduling = setTimeout(() => void this.schedule(), SCHEDULE_AGAIN_MS);
      this.scheduling.unref();
    }
  }

  /** Does a job. One that an outage cuts off waits, longer each time, and uses up no attempt. */
  private async run(name: string, job: Job<JobPayload>): Promise<void> {
    try {
      await this.handlers.run(name, job);
    } catch (error) {
      if (!isOutage(error)) throw error;
      const { message } = error as Error;
      const putBack = error instanceof JobPutBack;
      const waitMs = putBack ? error.waitMs : outageWaitMs(job.attemptsStarted - job.attemptsMade - 1);
      this.logger[putBack ? 'debug' : 'warn'](
        `Job ${job.name} ${job.id ?? '?'} in ${name} waits ${waitMs / 1000} s: ${message}`,
      );
      await job.moveToDelayed(Date.now() + waitMs, job.token);
      throw new DelayedError(message);
    }
  }

  private open(name: string): QonysWorker {
    const { concurrency, limiter } = queueOptions(name, this.config);
    const worker = this.queues.backend.openWorker(name, (job) => this.run(name, job), {
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MOST_STALLS,
      ...(limiter && { limiter: { max: limiter.max, duration: limiter.durationMs } }),
    });
    const saidAt = new Map<string, number>();
    worker.on('error', ({ message }) => {
      if (Date.now() - (saidAt.get(message) ?? 0) < SAME_FAULT_AGAIN_MS) return;
      if (saidAt.size === FAULTS_KEPT) saidAt.clear();
      saidAt.set(message, Date.now());
      this.logger.warn(`Worker ${name}: ${message}`);
    });
    worker.on('failed', (job, error) => {
      this.logger.warn(`Job ${job?.name ?? '?'} ${job?.id ?? '?'} in ${name} failed: ${error.message}`);
    });
    return worker;
  }
}
