import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, startMark } from './live-process.js';
import { EmbeddedRefusal, systemCode } from './refusal.js';

/** Who runs the embedded database of a home folder, in its `run.json`. It is the lock of the folder too. */
export interface RunRecord {
  pid: number;
  /** `startMark` of that process. */
  started: string | null;
  /** Null while the database is starting. */
  postgresPort: number | null;
  /** Null while the program is starting, or when a command-line command runs the database. */
  httpUrl: string | null;
}

/** The home folder, held by this process. */
export interface HeldHome {
  record(part: Partial<Pick<RunRecord, 'postgresPort' | 'httpUrl'>>): Promise<void>;
  release(): Promise<void>;
}

const MOST_ATTEMPTS = 10;
const recordPath = (home: string): string => join(home, 'run.json');

/** The record of the process that runs the home's database now; null when none does, or the one that did is dead. */
export async function livingRun(home: string): Promise<RunRecord | null> {
  const record = parse(await read(recordPath(home)));
  return record !== null && (await isLiving(record)) ? record : null;
}

/** One sentence for the second of two that want the same home. */
export function alreadyRunning(home: string, run: RunRecord): EmbeddedRefusal {
  const where = run.httpUrl ?? (run.postgresPort === null ? 'it is starting' : 'a qonys command is using it');
  return new EmbeddedRefusal(`Qonys already runs on ${home}: ${where} (process ${run.pid}).`);
}

/**
 * Takes the home folder for this process. A record of a process that died is taken over. Of several that try at once one gets it:
 * a hard link is made only where no file is. Refuses when a living process holds it.
 */
export async function holdHome(home: string): Promise<HeldHome> {
  const path = recordPath(home);
  const own = { pid: process.pid, started: await startMark(process.pid), postgresPort: null, httpUrl: null };
  let record: RunRecord = own;
  for (let attempt = 1; !(await linkNew(path, own)); attempt++) {
    const found = await read(path);
    const other = parse(found);
    if (other !== null && (await isLiving(other))) throw alreadyRunning(home, other);
    if (attempt === MOST_ATTEMPTS)
      throw new EmbeddedRefusal(`Qonys cannot take the lock ${path}; remove it if no Qonys runs.`);
    if (found !== null) await removeStale(path, found);
  }
  return {
    async record(part) {
      record = { ...record, ...part };
      const draft = `${path}.${randomUUID()}`;
      await writeFile(draft, JSON.stringify(record));
      await rename(draft, path);
    },
    async release() {
      if (parse(await read(path))?.pid === process.pid) await rm(path, { force: true });
    },
  };
}

async function linkNew(path: string, record: RunRecord): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(record));
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes the record with exactly this text; one that another process put there in between goes back. */
async function removeStale(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await read(aside)) !== text) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function isLiving(record: RunRecord): Promise<boolean> {
  if (!(await isAlive(record.pid))) return false;
  const mark = await startMark(record.pid);
  return mark === null || record.started === null || mark === record.started;
}

async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A record that a crash left half written counts as none. */
function parse(text: string | null): RunRecord | null {
  if (text === null) return null;
  try {
    const record = JSON.parse(text) as RunRecord;
    return Number.isInteger(record.pid) && record.pid > 0 ? record : null;
  } catch {
    return null;
  }
}
