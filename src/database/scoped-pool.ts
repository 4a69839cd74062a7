import pg from 'pg';
import { Problem } from '../shared/problem.js';
import { currentScope, scopeValues, setScope } from './scope.js';

type Done = (release?: Error | boolean) => void;
type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, done: Done) => void;

/**
 * A pool whose connections have the scope of the code that takes them, before it can use them. A connection that had
 * another scope is told the new one first; one that cannot be told is thrown away. Without a scope nothing is handed out.
 */
export class ScopedPool extends pg.Pool {
  /** What each connection was told last, as far as that is certain. */
  private readonly told = new WeakMap<pg.PoolClient, string>();

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    const client = this.connectScoped();
    if (callback === undefined) return client;
    client.then(
      // The callback's own faults are its caller's, not the pool's.
      (ready) => void process.nextTick(callback, undefined, ready, (fault?: Error | boolean) => ready.release(fault)),
      (error: Error) => void process.nextTick(callback, error, undefined, () => undefined),
    );
  }

  private async connectScoped(): Promise<pg.PoolClient> {
    const values = scopeValues(currentScope());
    const wished = JSON.stringify(values);
    const client = await this.cleanClient();
    if (this.told.get(client) === wished) return client;
    this.told.delete(client);
    try {
      await client.query(setScope(false), values);
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
    this.told.set(client, wished);
    return client;
  }

  /** A connection that stands in no transaction: settings made inside another's would end with it. */
  private async cleanClient(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await super.connect().catch(refuseWhenBusy);
      const status = client.getTransactionStatus();
      if (status === null || status === 'I') return client;
      client.release(true);
    }
  }
}

/** pg gives its time-out neither a code nor a class. */
function refuseWhenBusy(error: Error): never {
  if (error.message === 'timeout exceeded when trying to connect') throw new Problem('server.unavailable', 503);
  throw error;
}
