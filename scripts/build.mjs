// Compiles src, migrations and bench into dist with swc, and trains the model of occupations from its labels, only when one of
// them changed since the last build.
// The new tree is built beside the old one and swapped in, so that processes started together do not disturb each other.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = dirname(import.meta.dirname);
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const folders = ['src', 'migrations', 'bench'].filter((folder) => existsSync(join(root, folder)));
const labels = join('data', 'occupations');
const model = 'occupations.model';

function newestChange() {
  let newest = 0;
  for (const name of ['.swcrc', 'package.json']) newest = Math.max(newest, statSync(join(root, name)).mtimeMs);
  for (const folder of [...folders, labels]) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      // Folders count too: their time changes when a file is removed.
      if (entry.isDirectory() || /\.(tsx?|txt|csv)$/.test(entry.name)) {
        newest = Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs);
      }
    }
  }
  return newest;
}

/** Puts the fresh tree in place. When another process has just done so, its tree is as good as ours. */
function swap(fresh, old) {
  try {
    renameSync(dist, old);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  try {
    renameSync(fresh, dist);
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  }
}

/** Answers true when something was compiled. Throws with the compiler's words when it fails. */
export function build() {
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= newestChange()) return false;
  const startedAt = new Date();
  const fresh = join(root, `dist.${process.pid}`);
  const old = join(root, `dist.${process.pid}.old`);
  const swc = join(dirname(createRequire(import.meta.url).resolve('@swc/cli/package.json')), 'bin/swc.js');
  mkdirSync(fresh);
  try {
    const run = spawnSync(process.execPath, [swc, ...folders, '--out-dir', fresh, '--quiet'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(`The build failed:\n${run.stdout}${run.stderr}`);
    const made = spawnSync(
      process.execPath,
      [join(fresh, 'src/occupations/resolver/make-model.js'), join(fresh, model), join(dist, model)],
      { cwd: root, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`The model of occupations cannot be made:\n${made.stdout}${made.stderr}`);
    writeFileSync(join(fresh, '.built'), '');
    // A source saved while the compiler ran is newer than this and compiled next time.
    utimesSync(join(fresh, '.built'), startedAt, startedAt);
    swap(fresh, old);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    build();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
