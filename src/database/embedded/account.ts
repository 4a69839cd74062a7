import { execFile } from 'node:child_process';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EmbeddedRefusal, systemCode } from './refusal.js';

const run = promisify(execFile);

/** The user who runs PostgreSQL; undefined when that is simply the one who runs Qonys. */
export type Account = { uid: number; gid: number } | undefined;

/**
 * PostgreSQL refuses to run as root. Started by root it runs as the owner of an existing data folder (so that root can start what
 * an ordinary user began), otherwise as `postgres`, who is made when missing.
 */
export async function postgresAccount(dataFolder: string): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(dataFolder).catch(() => null);
  if (owner?.uid === 0) {
    throw new EmbeddedRefusal(
      `The database folder ${dataFolder} belongs to root, under whom PostgreSQL refuses to run; give it back: chown -R postgres ${dataFolder}`,
    );
  }
  if (owner !== null) return { uid: owner.uid, gid: owner.gid };
  return (await accountOf('postgres')) ?? (await makePostgres());
}

async function accountOf(name: string): Promise<Account> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function makePostgres(): Promise<Account> {
  // The second form is BusyBox's.
  for (const [command, ...flags] of [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
    ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', 'postgres'],
  ]) {
    await run(command!, flags).catch(() => undefined);
    const account = await accountOf('postgres');
    if (account) return account;
  }
  throw new EmbeddedRefusal(
    'PostgreSQL refuses to run as root and the user "postgres" cannot be made; run Qonys as an ordinary user, or set DATABASE_URL.',
  );
}

/** True when the account can enter the folder. Asked of the system itself, which alone knows modes, lists and mounts. */
export async function canEnter(folder: string, account: Account): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', env: {} });
    return true;
  } catch {
    return false;
  }
}

/** Makes a folder with exactly these permissions, whatever the umask; leaves one that exists as it is. */
export async function makeFolder(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    if (systemCode(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (systemCode(error) !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true, mode });
  }
  await chmod(folder, mode);
}
