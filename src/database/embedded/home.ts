import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { access, constants, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, canEnter, makeFolder, postgresAccount } from './account.js';
import { EmbeddedRefusal, systemCode } from './refusal.js';

/** Where databases lie whose home folder the `postgres` user cannot enter. */
const SYSTEM_PLACE = '/var/lib/qonys';

/** Made once for an embedded installation and kept in `secrets.json`, readable by its owner only. */
export interface EmbeddedSecrets {
  databasePassword: string;
  /** 32 bytes each, for the configuration's `iinKey` and `iinIndexKey`. */
  iinKey: Buffer;
  iinIndexKey: Buffer;
  /** 32 bytes, for the configuration's `authSecret`. */
  authSecret: Buffer;
}

/** Where the database of a home lies and who runs it. */
export interface Place {
  /** The home itself, or a folder under /var/lib/qonys. Binaries that must be copied go here too. */
  folder: string;
  dataFolder: string;
  account: Account;
  /** The port of the last start, taken again when it is free. */
  port: number | null;
}

/** `database.json`: what a later start must find again. */
interface DatabaseFile {
  home: string;
  place: string;
  port: number | null;
}

/** Makes the home folder. Root's can be passed through, since `postgres` must reach the data in it; a user's is closed. */
export async function makeHome(home: string): Promise<void> {
  await makeFolder(home, process.getuid?.() === 0 ? 0o711 : 0o700);
  await access(home, constants.R_OK | constants.W_OK | constants.X_OK);
}

/**
 * Finds or chooses the place of the home's database. It stays where it was chosen first. Only under root, and where the account
 * cannot enter the home (`/root/qonys`, a 0700 folder), it lies under /var/lib/qonys; `database.json` in the home says so.
 */
export async function findPlace(home: string): Promise<Place> {
  const file = await readDatabaseFile(home);
  if (file !== null && (await isOurs(file, home))) {
    const folder = file.home === file.place ? home : file.place;
    const dataFolder = join(folder, 'postgres');
    return { folder, dataFolder, account: await postgresAccount(dataFolder), port: file.port };
  }
  const account = await postgresAccount(join(home, 'postgres'));
  const folder = await choosePlace(home, account);
  await savePlace(home, folder, null);
  return { folder, dataFolder: join(folder, 'postgres'), account, port: null };
}

/** Keeps the place and the port for the next start. */
export async function savePlace(home: string, place: string, port: number | null): Promise<void> {
  await writeWhole(join(home, 'database.json'), { home, place, port } satisfies DatabaseFile, 0o644);
}

async function choosePlace(home: string, account: Account): Promise<string> {
  if (account === undefined || (await canEnter(home, account))) return home;
  const name = createHash('sha256')
    .update(await realpath(home))
    .digest('hex')
    .slice(0, 16);
  const folder = await ofNobodyElse(home, join(SYSTEM_PLACE, name));
  await makeFolder(SYSTEM_PLACE, 0o711);
  await makeFolder(folder, 0o711);
  if (await canEnter(folder, account)) return folder;
  throw new EmbeddedRefusal(
    `The user "postgres" can enter neither ${home} nor ${folder}; set QONYS_HOME to a folder that others can enter.`,
  );
}

/**
 * The folder, or one beside it where the data of a home that stood at this path and was deleted lies in it: without that home's secrets
 * nobody can read it, and a new one has to begin all the same.
 */
async function ofNobodyElse(home: string, first: string): Promise<string> {
  if ((await readOrNull(join(home, 'secrets.json'))) !== null) return first;
  for (let folder = first, n = 2; ; folder = `${first}-${n++}`) {
    const left = await access(join(folder, 'postgres')).then(
      () => true,
      () => false,
    );
    if (!left) return folder;
  }
}

/** A home that was moved keeps its database; of a home that was copied only the original does. */
async function isOurs(file: DatabaseFile, home: string): Promise<boolean> {
  if (file.home === home || file.home === file.place) return true;
  const original = await readDatabaseFile(file.home).catch(() => null);
  return original?.place !== file.place;
}

async function readDatabaseFile(home: string): Promise<DatabaseFile | null> {
  const text = await readOrNull(join(home, 'database.json'));
  if (text === null) return null;
  try {
    return JSON.parse(text) as DatabaseFile;
  } catch {
    throw new EmbeddedRefusal(
      `${join(home, 'database.json')} is broken; restore it, or move ${home} away to begin anew.`,
    );
  }
}

/** The secrets of a home; null when it has none yet. */
export async function readSecrets(home: string): Promise<EmbeddedSecrets | null> {
  const text = await readOrNull(join(home, 'secrets.json'));
  if (text === null) return null;
  try {
    const file = JSON.parse(text) as Record<keyof EmbeddedSecrets, string>;
    if (file.authSecret === undefined) {
      // A home from before there were accounts.
      file.authSecret = randomBytes(32).toString('base64');
      await writeWhole(join(home, 'secrets.json'), file, 0o600);
    }
    return {
      databasePassword: file.databasePassword,
      iinKey: Buffer.from(file.iinKey, 'base64'),
      iinIndexKey: Buffer.from(file.iinIndexKey, 'base64'),
      authSecret: Buffer.from(file.authSecret, 'base64'),
    };
  } catch {
    throw new EmbeddedRefusal(
      `${join(home, 'secrets.json')} is broken; restore it: the database cannot be read without it.`,
    );
  }
}

export async function makeSecrets(home: string): Promise<EmbeddedSecrets> {
  const secrets = {
    databasePassword: randomBytes(24).toString('hex'),
    iinKey: randomBytes(32),
    iinIndexKey: randomBytes(32),
    authSecret: randomBytes(32),
  };
  await writeWhole(
    join(home, 'secrets.json'),
    {
      databasePassword: secrets.databasePassword,
      iinKey: secrets.iinKey.toString('base64'),
      iinIndexKey: secrets.iinIndexKey.toString('base64'),
      authSecret: secrets.authSecret.toString('base64'),
    },
    0o600,
  );
  return secrets;
}

/** Writes a file so that a crash leaves the old one or the new one. */
async function writeWhole(path: string, content: object, mode: number): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(content, null, 2), { mode, flush: true });
  await rename(draft, path);
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
