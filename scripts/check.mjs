// `npm run check`: everything about the code that can be told without running it. Steps run two at a time; each one that fails
// prints what it found. `npm run check -- eslint knip` runs only those.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { build } from './build.mjs';

const root = dirname(import.meta.dirname);

/** Slowest first, so that two at a time end together. */
const STEPS = {
  eslint: ['npx', 'eslint', '.', '--max-warnings=0'],
  types: ['npx', 'tsc', '--noEmit', '-p', '.'],
  format: ['npx', 'prettier', '--check', '--log-level=warn', '.'],
  imports: ['npx', 'depcruise', 'src', '--output-type', 'err'],
  unused: ['npx', 'knip'],
  agreement: [process.execPath, 'scripts/check-agreement.mjs'],
  lock: [process.execPath, 'scripts/complete-lock.mjs', '--check'],
};

function run([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  console.error(`No such check: ${unknown.join(', ')}; there are ${Object.keys(STEPS).join(', ')}.`);
  process.exit(2);
}
build();
const queue = Object.entries(STEPS).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const failed = [];
await Promise.all(
  [1, 2].map(async () => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      const [name, command] = step;
      const started = performance.now();
      const { code, output } = await run(command);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (code !== 0) {
        failed.push(name);
        console.log(output.trimEnd());
      }
    }
  }),
);
if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);
