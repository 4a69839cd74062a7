import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { asSystem } from './scope.js';
import { inTransaction } from './transaction.js';

/**
 * Cancels what a connection is asked (a wait for a lock, a long statement, a COPY) as soon as the signal is aborted, by another
 * connection; the statement then fails with SQLSTATE 57014. Throws the signal's reason when it is aborted already. Answers what
 * ends the watch, to be called before the connection is given back.
 */
export async function cancelOnAbort(
  dataSource: DataSource,
  runner: QueryRunner,
  signal: AbortSignal | undefined,
): Promise<() => Promise<void>> {
  if (signal === undefined) return () => Promise.resolve();
  signal.throwIfAborted();
  const [own] = (await runner.query('select pg_backend_pid() as pid')) as { pid: number }[];
  let cancelling: Promise<unknown> = Promise.resolve();
  const cancel = (): void => {
    // What aborts the signal stands outside of any scope. A database that is gone has nothing left to cancel.
    cancelling = asSystem(() => inTransaction(dataSource, (tx) => cancelBackend(tx, own!.pid))).catch(() => undefined);
  };
  signal.addEventListener('abort', cancel, { once: true });
  return async () => {
    signal.removeEventListener('abort', cancel);
    await cancelling;
  };
}

/** A connection may be cancelled by the user it logged in as, not by the application's role, which it works as. */
async function cancelBackend(tx: EntityManager, pid: number): Promise<void> {
  await tx.query('set local role none');
  await tx.query('select pg_cancel_backend($1)', [pid]);
}
