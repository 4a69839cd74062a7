import { spawn } from 'node:child_process';
import { chown, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from './account.js';
import { type Binaries, EMBEDDED_MAJOR } from './binaries.js';
import type { Place } from './home.js';
import { belongsTo, isAlive } from './live-process.js';
import { EmbeddedRefusal, systemCode } from './refusal.js';

const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** The environment of PostgreSQL's programs: nothing of the caller's (PGDATA, PGOPTIONS …) may reach them. */
export const POSTGRES_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };

/** Whether there is a data folder to start from. Refuses one that is unreadable, foreign or of another major version. */
export async function hasData({ dataFolder, account }: Place): Promise<boolean> {
  let names: string[];
  try {
    names = await readdir(dataFolder);
    // Root reads everything; the account it starts PostgreSQL under does not.
    const { mode } = await stat(dataFolder);
    if (account && (mode & 0o700) !== 0o700) throw Object.assign(new Error(), { code: 'EACCES' });
    if (names.length === 0) return false;
    if (!names.includes('PG_VERSION')) {
      throw new EmbeddedRefusal(
        `${dataFolder} is not a PostgreSQL data folder; move it away, or set QONYS_HOME to another folder.`,
      );
    }
    const major = (await readFile(join(dataFolder, 'PG_VERSION'), 'utf8')).trim();
    if (major === String(EMBEDDED_MAJOR)) return true;
    throw new EmbeddedRefusal(
      `${dataFolder} was made by PostgreSQL ${major || '(unknown)'} and this Qonys brings ${EMBEDDED_MAJOR}; move the data with pg_dump, or set QONYS_HOME to another folder.`,
    );
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    if (systemCode(error) === 'ENOTDIR')
      throw new EmbeddedRefusal(`${dataFolder} is a file, not a data folder; move it away.`);
    if (systemCode(error) !== 'EACCES') throw error;
    throw new EmbeddedRefusal(
      `Qonys cannot read its database folder ${dataFolder} (permission denied); start it as the folder's owner, or set QONYS_HOME to another folder.`,
    );
  }
}

/**
 * `initdb` into a folder beside, which is then renamed: an interrupted one leaves no half-made data folder. The locale is C.UTF-8:
 * under plain C, `lower()` and `pg_trgm` pass over Cyrillic letters.
 */
export async function makeData(
  place: Place,
  binaries: Binaries,
  password: string,
  signal?: AbortSignal,
): Promise<void> {
  const draft = `${place.dataFolder}.new`;
  const passwordFile = join(draft, '..', 'postgres.password');
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (place.account) await chown(passwordFile, place.account.uid, place.account.gid);
    let failure = '';
    // C.UTF-8 is missing on older macOS only.
    for (const locale of ['C.UTF-8', 'en_US.UTF-8']) {
      await rm(draft, { recursive: true, force: true });
      await makeFolder(draft, 0o700);
      if (place.account) await chown(draft, place.account.uid, place.account.gid);
      const flags = [
        ...['--pgdata', draft, '--username', 'postgres', '--auth', 'scram-sha-256', '--pwfile', passwordFile],
        ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', locale],
        ...['--lc-messages', 'C', '--no-instructions'],
      ];
      failure = await initdb(binaries.initdb, flags, place, signal);
      if (failure === '') return await rename(draft, place.dataFolder);
      if (!failure.includes('invalid locale')) break;
    }
    throw new EmbeddedRefusal(`Qonys cannot make its database in ${place.dataFolder}: ${failure}`);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

/** Answers what initdb complained of, in one line; empty when it succeeded. An abort ends it with its children. */
async function initdb(command: string, flags: string[], place: Place, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, flags, {
      ...place.account,
      cwd: place.folder,
      env: POSTGRES_ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    const abort = (): void => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    signal?.addEventListener('abort', abort, { once: true });
    let complaint = '';
    child.stderr.on('data', (chunk) => (complaint += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => {
      signal?.removeEventListener('abort', abort);
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve(code === 0 ? '' : worst(complaint));
    });
  });
}

function worst(complaint: string): string {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => /error|fatal/i.test(line)) ?? lines.at(-1) ?? 'initdb failed';
}

/**
 * Stops a PostgreSQL that outlived a Qonys which was killed, and removes a lock file whose process id now belongs to something
 * else. Where the process is dead, PostgreSQL itself recovers from the lock file.
 */
export async function settleLeftover({ dataFolder }: Place): Promise<void> {
  const lockFile = join(dataFolder, 'postmaster.pid');
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  if (!Number.isInteger(pid) || pid <= 0 || !(await isAlive(pid))) return;
  if (!(await belongsTo(pid, dataFolder))) return rm(lockFile, { force: true });
  for (const [signal, patience] of [
    ['SIGINT', FAST_SHUTDOWN_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
  ] as const) {
    sendSignal(pid, signal);
    if (await diesWithin(pid, patience)) return;
  }
  throw new EmbeddedRefusal(
    `The PostgreSQL of an earlier start (process ${pid}) does not stop; end it, then start Qonys again.`,
  );
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return;
    throw new EmbeddedRefusal(`The database is still run by process ${pid} of another user; stop that one first.`);
  }
}

async function diesWithin(pid: number, patienceMs: number): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += LOOK_EVERY_MS) {
    if (!(await isAlive(pid))) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return false;
}
