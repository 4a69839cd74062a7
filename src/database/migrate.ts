import pg from 'pg';
import { DataSource } from 'typeorm';
import { urlWithOption } from './app-role.js';
import { DatabaseRefusal } from './database-refusal.js';
import { migrateQueues } from './queue-schema.js';
import { MIGRATIONS } from './migrations.js';

/** `uuidv7()` and `returning old.*, new.*` came with this version. */
export const OLDEST_POSTGRES = 18;

/** The lock under which migrations run, so that processes starting together wait for the first. Any fixed number. */
const MIGRATION_LOCK = 7_145_221_990;

/**
 * Brings the schema of the program and of BullMQ's PostgreSQL backend up to date. Safe to call from many processes at once.
 * Answers the names of the migrations that ran.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const lock = new pg.Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    const version = await lock.query<{ server_version_num: string }>('show server_version_num');
    const major = Math.floor(Number(version.rows[0]?.server_version_num) / 10_000);
    if (major < OLDEST_POSTGRES) {
      throw new DatabaseRefusal(
        `PostgreSQL ${OLDEST_POSTGRES} or newer is needed; the server at DATABASE_URL is version ${major}.`,
      );
    }
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    // The owner of the tables is held by their policies like everybody else: a migration that changes rows must reach them.
    const dataSource = new DataSource({
      type: 'postgres',
      url: urlWithOption(databaseUrl, '-c qonys.role=program'),
      migrations: MIGRATIONS,
      migrationsTransactionMode: 'each',
      poolSize: 1,
    });
    await dataSource.initialize();
    try {
      const ran = await dataSource.runMigrations();
      await migrateQueues(lock);
      return ran.map((migration) => migration.name);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await lock.end();
  }
}
