import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from '../config/config.js';
import { urlAsRole, urlWithOption } from '../database/app-role.js';
import { type ActorScope, scopeValues, setScope } from '../database/scope.js';

/** The database role that alone reads and writes sessions, password hashes and TOTP secrets. */
const AUTH_ROLE = 'qonys_auth';

const MOST_CONNECTIONS = 5;

/** The accounts' own few connections. Nothing but `src/auth` uses them, and they reach nothing but its tables. */
@Injectable()
export class AuthDatabase implements OnApplicationShutdown {
  readonly pool: pg.Pool;

  constructor(@Inject(CONFIG) config: Config) {
    if (config.databaseUrl === null) throw new Error('The database URL is not known yet.');
    this.pool = new pg.Pool({
      // Signing in is the program's; who is shown accounts asks by `rowsFor`.
      connectionString: urlWithOption(urlAsRole(config.databaseUrl, AUTH_ROLE), '-c qonys.role=program'),
      max: MOST_CONNECTIONS,
      application_name: 'qonys accounts',
    });
    // A connection that breaks while idle is replaced at the next question.
    this.pool.on('error', () => undefined);
  }

  async rows<Row extends pg.QueryResultRow>(text: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, parameters)).rows;
  }

  /** As `rows`; the connection keeps the statement's plan under its name. */
  async prepared<Row extends pg.QueryResultRow>(
    { name, text }: Readonly<{ name: string; text: string }>,
    parameters: unknown[],
  ): Promise<Row[]> {
    return (await this.pool.query<Row>({ name, text, values: parameters })).rows;
  }

  /** As `rows`, under the policies of somebody: what a forgotten condition would show more is not there. */
  async rowsFor<Row extends pg.QueryResultRow>(
    scope: ActorScope,
    text: string,
    parameters: unknown[] = [],
  ): Promise<Row[]> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      await client.query(setScope(true), scopeValues(scope));
      const { rows } = await client.query<Row>(text, parameters);
      await client.query('commit');
      client.release();
      return rows;
    } catch (fault) {
      // Not given back: its transaction ends with it, and the settings with that.
      client.release(true);
      throw fault;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
