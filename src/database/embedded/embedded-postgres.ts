import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { findBinaries } from './binaries.js';
import { hasData, makeData, settleLeftover } from './data-folder.js';
import { type EmbeddedSecrets, findPlace, makeHome, makeSecrets, readSecrets, savePlace } from './home.js';
import { EmbeddedRefusal, plainly } from './refusal.js';
import { holdHome, livingRun } from './run-record.js';
import { type Server, startServer } from './server.js';

export { EmbeddedRefusal } from './refusal.js';
export { readSecrets } from './home.js';
export { alreadyRunning, livingRun } from './run-record.js';

const DATABASE = 'qonys';

/** The embedded PostgreSQL of a home folder, started by this process. */
export interface EmbeddedPostgres {
  url: string;
  secrets: EmbeddedSecrets;
  /** True when the data folder was made by this start. */
  firstStart: boolean;
  /** Tells other processes where the program answers. */
  recordHttpUrl(url: string): Promise<void>;
  /** Stops PostgreSQL; afterwards no process of it is left and the home is free. Calling it again waits for the first. */
  stop(): Promise<void>;
  /** Resolves with the reason when PostgreSQL has ended, stopped or not. */
  ended: Promise<string>;
}

export interface EmbeddedOptions {
  /** Ends a start under way: everything begun is undone, then the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  onProgress?: (sentence: string) => void;
}

/**
 * Starts the PostgreSQL that comes with the program, on the data in `home`, which is made when missing. Recovers from a crash of an
 * earlier start. Throws `EmbeddedRefusal`, one sentence, where it cannot run; also when another process runs this home.
 */
export async function startEmbeddedPostgres(home: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const { signal } = options;
  return plainly(home, async () => {
    await mkdir(dirname(home), { recursive: true });
    await makeHome(home);
    const held = await holdHome(home);
    try {
      const { server, secrets, firstStart } = await startData(home, options);
      const url = databaseUrl(server.port, secrets.databasePassword, DATABASE);
      let stopped: Promise<void> | undefined;
      const stop = (): Promise<void> => (stopped ??= server.stop().then(() => held.release()));
      try {
        await ensureDatabase(databaseUrl(server.port, secrets.databasePassword, 'postgres'), home);
        await held.record({ postgresPort: server.port });
        signal?.throwIfAborted();
      } catch (error) {
        await stop();
        throw error;
      }
      const recordHttpUrl = (httpUrl: string): Promise<void> => held.record({ httpUrl });
      return { url, secrets, firstStart, recordHttpUrl, stop, ended: server.ended };
    } catch (error) {
      await held.release();
      throw error;
    }
  });
}

/** The address of the database that another process runs in this home; null when none does. */
export async function findRunningEmbedded(home: string): Promise<string | null> {
  return plainly(home, async () => {
    const run = await livingRun(home);
    const secrets = run?.postgresPort ? await readSecrets(home) : null;
    return run?.postgresPort && secrets ? databaseUrl(run.postgresPort, secrets.databasePassword, DATABASE) : null;
  });
}

async function startData(
  home: string,
  { signal, onProgress }: EmbeddedOptions,
): Promise<{ server: Server; secrets: EmbeddedSecrets; firstStart: boolean }> {
  const place = await findPlace(home);
  const existing = await hasData(place);
  const known = await readSecrets(home);
  if (existing && known === null) {
    throw new EmbeddedRefusal(
      `${join(home, 'secrets.json')} is missing and the database cannot be read without it; restore it, or move ${place.dataFolder} away to begin anew.`,
    );
  }
  const secrets = known ?? (await makeSecrets(home));
  const binaries = await findBinaries(place);
  if (existing) {
    await settleLeftover(place);
  } else {
    const why = place.folder === home ? '' : ` (the user "postgres" cannot enter ${home})`;
    onProgress?.(`Making a database in ${place.dataFolder}${why}.`);
    await makeData(place, binaries, secrets.databasePassword, signal);
  }
  const server = await startServer({ binaries, place, logPath: join(home, 'postgres.log'), signal });
  if (server.port !== place.port) await savePlace(home, place.folder, server.port);
  return { server, secrets, firstStart: !existing };
}

/** INVALID_PASSWORD of PostgreSQL. */
const WRONG_PASSWORD = '28P01';

async function ensureDatabase(adminUrl: string, home: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  try {
    await admin.connect();
    const found = await admin.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await admin.query(`create database ${DATABASE}`);
  } catch (error) {
    if ((error as { code?: string }).code !== WRONG_PASSWORD) throw error;
    throw new EmbeddedRefusal(
      `The password in ${join(home, 'secrets.json')} is not that of the database beside it; restore the file that belongs to it.`,
    );
  } finally {
    await admin.end();
  }
}

function databaseUrl(port: number, password: string, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
}
