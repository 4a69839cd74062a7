import type { DataSource } from 'typeorm';
import { rows } from '../../src/database/sql.js';

/**
 * What `look` answers as soon as it answers something (not undefined, null or false). What is waited for happens in another process or
 * job, so it is asked for again and again; throws after `withinMs`.
 */
export async function until<Found>(
  look: () => Promise<Found | undefined | null | false> | Found | undefined | null | false,
  { withinMs = 90_000, everyMs = 20, what = 'what was waited for' } = {},
): Promise<Found> {
  for (const end = Date.now() + withinMs; ; await new Promise((done) => setTimeout(done, everyMs))) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > end) throw new Error(`In vain waited for: ${what}.`);
  }
}

/** Waits until a session of the database waits for a lock, with a statement like this. */
export async function untilOneWaits(dataSource: DataSource, statement: string): Promise<void> {
  const waiting = `select from pg_stat_activity
                   where datname = current_database() and wait_event_type = 'Lock' and query ilike $1`;
  await until(async () => (await rows(dataSource, waiting, [statement])).length > 0, {
    what: `a session that waits with ${statement}`,
  });
}
