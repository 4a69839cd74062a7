import {
  type Job,
  Queue,
  type QueueOptions as BullQueueOptions,
  Worker,
  type WorkerOptions,
  createPostgresBackend,
  withBackend,
} from 'bullmq';
import { once } from 'node:events';
import pg from 'pg';
import type { Config } from '../config/config.js';
import { QUEUE_SCHEMA } from '../database/queue-schema.js';
import { inTime } from '../shared/in-time.js';
import { ANSWER_WITHIN_MS, connectRedis } from './redis-connection.js';

/**
 * Job data: the id of the outbox event that set the job going, empty where time did, and of a shard, which its run set going. Everything
 * else is read when the job runs.
 */
export interface JobPayload {
  eventId: string;
  /** Of a rematch's shard: which of which snapshot. */
  shard?: { snapshotId: string; number: number };
}

/** How a job is added. A child's failure lets its parent go on, which sees for itself what is missing. */
export interface AddOptions {
  jobId: string;
  /** The job that waits for this one, with the queue it is in (`Job.queueQualifiedName`). */
  parent?: { id: string; queue: string };
  ignoreDependencyOnFailure?: boolean;
}

/** What the program uses of a BullMQ queue, whichever backend is behind it. */
export interface QonysQueue {
  readonly name: string;
  addBulk(jobs: { name: string; data: JobPayload; opts: AddOptions }[]): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    template: { name: string; data: JobPayload },
  ): Promise<unknown>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  isPaused(): Promise<boolean>;
  getJobCounts(...states: readonly string[]): Promise<Record<string, number>>;
  getJob(id: string): Promise<Job<JobPayload> | undefined>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** What the program uses of a BullMQ worker. */
export interface QonysWorker {
  readonly name: string;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: Job<JobPayload> | undefined, error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

export type Process = (job: Job<JobPayload>) => Promise<void>;

/** The two places where BullMQ can keep its jobs, behind one way to open queues and workers. */
export interface QueueBackend {
  readonly kind: 'postgres' | 'redis';
  openQueue(name: string, options: Omit<BullQueueOptions, 'connection'>): QonysQueue;
  openWorker(name: string, process: Process, options: Omit<WorkerOptions, 'connection'>): QonysWorker;
  /** Throws when the jobs cannot be reached. */
  ping(): Promise<void>;
  /** Throws when there is no connection now: before a command that would otherwise wait for one and then be obeyed, late. */
  refuseAway(): Promise<void>;
  close(): Promise<void>;
}

export function openBackend(config: Config, onError: (error: Error) => void): QueueBackend {
  if (config.redisUrl !== null || config.redisCluster !== null) return redisBackend(config, onError);
  if (config.databaseUrl === null) throw new Error('Neither a Redis nor a database URL is known.');
  return postgresBackend(config.databaseUrl, onError);
}

/** Longest wait for a connection to come about. */
const CONNECTED_WITHIN_MS = 2_000;

function redisBackend(config: Config, onError: (error: Error) => void): QueueBackend {
  const prefix = config.queuePrefix;
  const asking = connectRedis(config, 'ask', onError);
  let working: ReturnType<typeof connectRedis> | null = null;
  return {
    kind: 'redis',
    openQueue: (name, options) => new Queue<JobPayload>(name, { ...options, connection: asking, prefix }),
    openWorker: (name, process, options) => {
      const connection = (working ??= connectRedis(config, 'work', onError));
      return new Worker<JobPayload>(name, process, { ...options, connection, prefix });
    },
    ping: async () => {
      // Asks for a key, so that in a cluster the node answers that has the queues, not any.
      await asking.exists(prefix);
    },
    refuseAway: async () => {
      if (asking.status !== 'ready') await inTime(once(asking, 'ready'), CONNECTED_WITHIN_MS);
    },
    close: async () => {
      asking.disconnect();
      working?.disconnect();
    },
  };
}

/**
 * BullMQ's own PostgreSQL backend. Queues share one small pool; each worker has one connection of its own beside its
 * LISTEN connection, because workers that share a small pool wait for each other for ever.
 */
function postgresBackend(connectionString: string, onError: (error: Error) => void): QueueBackend {
  const { Queue: PgQueue, Worker: PgWorker } = withBackend(createPostgresBackend);
  const pool = new pg.Pool({
    connectionString,
    max: 4,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    application_name: 'qonys queues',
    options: `-c search_path=${QUEUE_SCHEMA}`,
  });
  pool.on('error', onError);
  // Every queue adds a listener of its own to the pool that all share.
  pool.setMaxListeners(0);
  const own = { connectionString, schema: QUEUE_SCHEMA, max: 1, application_name: 'qonys worker' };
  return {
    kind: 'postgres',
    openQueue: (name, options) => new PgQueue<JobPayload>(name, { ...options, connection: pool }),
    openWorker: (name, process, options) => new PgWorker<JobPayload>(name, process, { ...options, connection: own }),
    ping: async () => {
      await pool.query('select 1');
    },
    // A command takes its connection from the pool when it begins, or fails.
    refuseAway: () => Promise.resolve(),
    close: async () => {
      await pool.end();
    },
  };
}
