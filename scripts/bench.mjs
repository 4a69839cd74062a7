// `npm run bench`: every benchmark, one after the other. `npm run bench -- ingest` runs one; what follows its name goes to it
// (`--json`, sizes). With several and `--json`, one JSON object by name is printed.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';

const root = dirname(import.meta.dirname);
const NAMES = ['congestion', 'ingest', 'match', 'notify', 'resolve', 'start', 'support', 'web'];
const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('-') && NAMES.includes(arg));
const rest = args.filter((arg) => !wanted.includes(arg));
if (wanted.length === 0 && rest.some((arg) => !arg.startsWith('-'))) {
  console.error(`No such benchmark; there are ${NAMES.join(', ')}.`);
  process.exit(2);
}
build();
const json = args.includes('--json');
const names = wanted.length > 0 ? wanted : NAMES;
const results = {};
for (const name of names) {
  if (!json && names.length > 1) console.log(`\n${name}`);
  const run = spawnSync(process.execPath, [join(root, 'dist', 'bench', `${name}.js`), ...rest], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', json ? 'pipe' : 'inherit', 'inherit'],
  });
  if (run.status !== 0) process.exit(run.status ?? 1);
  if (json) results[name] = JSON.parse(run.stdout);
}
if (json) console.log(JSON.stringify(names.length === 1 ? results[names[0]] : results));
