import pg from 'pg';
import type { DataSource } from 'typeorm';

/**
 * Runs `work` while nobody else, in any process, works under the same key; waits for its turn without limit. The lock has a
 * connection of its own, outside of the pool: whoever waits for a turn keeps no connection from the one whose turn it is.
 * Aborted while it waits it throws the signal's reason.
 */
export async function inTurn<Result>(
  dataSource: DataSource,
  key: number,
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const { url } = dataSource.options as { url?: string };
  const lock = new pg.Client({ connectionString: url, application_name: 'qonys turn', keepAlive: true });
  // A lost connection gives the lock back; the work itself fails or ends by its own connections.
  lock.on('error', () => undefined);
  const giveUp = (): void => void lock.end().catch(() => undefined);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    await lock.connect();
    await lock.query('select pg_advisory_lock($1)', [key]).catch((fault: unknown) => {
      signal?.throwIfAborted();
      throw fault;
    });
    signal?.removeEventListener('abort', giveUp);
    return await work();
  } finally {
    signal?.removeEventListener('abort', giveUp);
    await lock.end().catch(() => undefined);
  }
}
