import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from '../config/config.js';
import { urlAsRole } from '../database/app-role.js';

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
      connectionString: urlAsRole(config.databaseUrl, AUTH_ROLE),
      max: MOST_CONNECTIONS,
      application_name: 'qonys accounts',
    });
    // A connection that breaks while idle is replaced at the next question.
    this.pool.on('error', () => undefined);
  }

  async rows<Row extends pg.QueryResultRow>(text: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, parameters)).rows;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
