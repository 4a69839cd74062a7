import type { Sql } from '../database/sql.js';
import { JobPutBack } from '../queue/outage.js';
import { type OpenSnapshot, openSnapshots } from './match-shards.queries.js';

/** How long a job waits for a run over all before it asks again. */
const AGAIN_MS = 1_000;
/** A run of which nothing was done for so long is lost: its job was. */
const LOST_MS = 15 * 60_000;

const isAlive = ({ aliveAt }: OpenSnapshot, now: Date): boolean => now.getTime() - aliveAt.getTime() < LOST_MS;

/** Puts a job back while a run over all that has superseded another is under way: such a one is left to its end. */
export function waitForLast(others: readonly OpenSnapshot[], now: Date): void {
  if (others.some((other) => other.supersedes !== null && isAlive(other, now))) {
    throw new JobPutBack('Another run over all is left to its end.', AGAIN_MS);
  }
}

/**
 * Puts a job of a household or of vacancies back while a run over all is under way: what it wrote now would be judged at the end of
 * that run by what was known at its beginning.
 */
export async function waitForWholeRun(sql: Sql, now: Date): Promise<void> {
  if ((await openSnapshots(sql)).some((open) => isAlive(open, now))) {
    throw new JobPutBack('A run over all is under way.', AGAIN_MS);
  }
}
