import {
  type Job,
  Queue,
  type QueueOptions as BullQueueOptions,
  Worker,
  type WorkerOptions,
  createPostgresBackend,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Config } from '../config/config.js';
import { QUEUE_SCHEMA } from '../database/queue-schema.js';

/** Job data: the id of the outbox event that set the job going. Everything else is read when the job runs. */
export interface JobPayload {
  eventId: string;
}

/** What the program uses of a BullMQ queue, whichever backend is behind it. */
export interface QonysQueue {
  readonly name: string;
  addBulk(jobs: { name: string; data: JobPayload; opts: { jobId: string } }[]): Promise<unknown>;
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
  close(): Promise<void>;
}

export function openBackend(config: Config, onError: (error: Error) => void): QueueBackend {
  if (config.redisUrl !== null) return redisBackend(config.redisUrl, config.queuePrefix, onError);
  if (config.databaseUrl === null) throw new Error('Neither a Redis nor a database URL is known.');
  return postgresBackend(config.databaseUrl, onError);
}

function redisBackend(url: string, prefix: string, onError: (error: Error) => void): QueueBackend {
  // Workers block on their connection and must wait out a restart of Redis instead of failing: null, as BullMQ asks.
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.on('error', onError);
  return {
    kind: 'redis',
    openQueue: (name, options) => new Queue<JobPayload>(name, { ...options, connection, prefix }),
    openWorker: (name, process, options) => new Worker<JobPayload>(name, process, { ...options, connection, prefix }),
    ping: async () => {
      await connection.ping();
    },
    close: async () => {
      connection.disconnect();
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
    close: async () => {
      await pool.end();
    },
  };
}
