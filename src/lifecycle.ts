import { setTimeout } from 'node:timers/promises';
import { ConfigError } from './config/config.js';
import { DatabaseRefusal } from './database/database-refusal.js';
import { EmbeddedRefusal } from './database/embedded/embedded-postgres.js';

/** Something that cannot be, said in one sentence for the person at the terminal. */
export class Refusal extends Error {}

/** What a program's `main` gets. */
export interface Life {
  /** Aborted when the program is told to stop. */
  signal: AbortSignal;
  /** Adds something to be closed at the end; the last added is closed first. */
  closeLater(close: () => Promise<void>): void;
  /** Ends the program with this sentence and exit code 1, because something it needs is gone. */
  fail(reason: Error): void;
}

/** A job may take longer than a person at Ctrl-C will wait; it is made to be taken up again by the next start. */
const LONGEST_JOB_WAIT_MS = 8_000;
/**
 * A separate process is stopped by a program, which has patience: longer than a gateway or a mail server may take to answer
 * (10 s at each of its steps), so that no send is cut off. The grace periods in `docker-compose.yml` are longer still.
 */
export const LONGEST_SEND_WAIT_MS = 30_000;
/** What is still open after this is left to the operating system, and PostgreSQL to its supervisor. */
export const LONGEST_CLOSE_MS = 35_000;

/**
 * Runs `main`, then waits for Ctrl-C (or SIGTERM, SIGHUP), closes what was opened and exits: 0 after a stop that was asked for,
 * 1 with one sentence on standard error after a refusal. A stop also ends a `main` that is still starting. A second Ctrl-C
 * does not wait.
 */
export async function runUntilStopped(main: (life: Life) => Promise<void>): Promise<never> {
  const stopping = new AbortController();
  const closers: (() => Promise<void>)[] = [];
  let fail: (reason: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(130);
      process.stderr.write('Stopping.\n');
      stopping.abort();
    });
  }
  let exitCode = 0;
  const life: Life = { signal: stopping.signal, closeLater: (close) => void closers.push(close), fail };
  const mainDone = main(life);
  try {
    await Promise.race([mainDone.then(() => stopped), stopped, failed]);
  } catch (error) {
    exitCode = 1;
    process.stderr.write(`${sentenceOf(error)}\n`);
  }
  globalThis.setTimeout(() => process.exit(exitCode || 1), LONGEST_CLOSE_MS).unref();
  // What is being opened right now must be closed too, so a starting `main` is waited for; the signal hurries it.
  stopping.abort();
  const closeAll = async (): Promise<void> => {
    for (let close = closers.pop(); close; close = closers.pop()) await close().catch(complain);
  };
  await closeAll();
  await mainDone.catch(() => undefined);
  await closeAll();
  process.exit(exitCode);
}

/** Closes the application, waiting a while for jobs that run. */
export async function closeApplication(
  app: { close(): Promise<void> },
  longestWaitMs = LONGEST_JOB_WAIT_MS,
): Promise<void> {
  const late = new AbortController();
  const unfinished = setTimeout(longestWaitMs, 'unfinished', { signal: late.signal }).catch(() => undefined);
  const outcome = await Promise.race([app.close(), unfinished]);
  late.abort();
  if (outcome === 'unfinished') process.stderr.write('A job is not finished; the next start takes it up again.\n');
}

function complain(error: unknown): void {
  process.stderr.write(`While stopping: ${sentenceOf(error)}\n`);
}

const KNOWN = [Refusal, EmbeddedRefusal, ConfigError, DatabaseRefusal];
/** SQLSTATE of a wrong password, of a user who may not connect, and of a database that is not there. */
const REFUSED_AT_THE_DOOR: ReadonlySet<string> = new Set(['28P01', '28000', '3D000']);

/** One sentence for what may go wrong outside the program; the whole stack for what may not, unless `stack` is `hidden`. */
export function sentenceOf(error: unknown, stack: 'shown' | 'hidden' = 'shown'): string {
  if (KNOWN.some((kind) => error instanceof kind)) return (error as Error).message;
  if (!(error instanceof Error)) return String(error);
  const { code, address, port } = error as { code?: string; address?: string; port?: number };
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EHOSTUNREACH' || code === 'ETIMEDOUT') {
    const where = address === undefined ? (error as { hostname?: string }).hostname : `${address}:${port}`;
    return `No server answers at ${where ?? 'the address given'} (${code}); check DATABASE_URL, and REDIS_URL or REDIS_CLUSTER.`;
  }
  if (REFUSED_AT_THE_DOOR.has(code ?? '')) return `PostgreSQL lets nobody in so: ${error.message}; check DATABASE_URL.`;
  if (stack === 'shown') return error.stack ?? error.message;
  const words = error.message.trim().replace(/\s+/gu, ' ') || error.name;
  return `An unexpected fault: ${/[.!?]$/u.test(words) ? words : `${words}.`} DEBUG=1 shows where.`;
}
