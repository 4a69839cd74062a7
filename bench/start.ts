/**
 * `npm run bench -- start`: how long a first start of a fresh home with the demo takes, and later starts of the same home, from the
 * process to its line "Qonys is ready". A home is made for each round and removed after it; the database is the embedded one.
 * `[--rounds 1] [--later 3] [--json]`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { fromRoot } from '../src/config/paths.js';
import { median } from './spread.js';

export interface StartResult {
  bench: 'start';
  rounds: number;
  /** Seconds of each round's first start, which makes the database, loads the demo and runs the main job through it. */
  firstSeconds: number[];
  /** Seconds of the later starts of all rounds, which keep the data. */
  laterSeconds: number[];
  medianFirstSeconds: number;
  medianLaterSeconds: number;
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1' },
    later: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const [rounds, later] = [Math.max(1, Number(values.rounds)), Math.max(1, Number(values.later))];

const firstSeconds: number[] = [];
const laterSeconds: number[] = [];
for (let round = 0; round < rounds; round++) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'qonys-bench-start-'));
  // As a folder of one's own commonly is: in one that others may not enter, root's data would lie elsewhere and outlive it.
  chmodSync(folder, 0o755);
  try {
    const home = join(folder, 'home');
    firstSeconds.push(await startOnce(home));
    for (let i = 0; i < later; i++) laterSeconds.push(await startOnce(home));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const result: StartResult = {
  bench: 'start',
  rounds,
  firstSeconds,
  laterSeconds,
  medianFirstSeconds: median(firstSeconds),
  medianLaterSeconds: median(laterSeconds),
};
process.stdout.write(`${values.json ? JSON.stringify(result) : inWords(result)}\n`);

/** Starts the program as `npm start` does once it is built, waits until it is ready, and ends it as Ctrl-C does. Answers the seconds. */
async function startOnce(home: string): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [fromRoot('dist', 'src', 'start.js')], {
    cwd: fromRoot(),
    // Nothing of an installation that the caller works with: neither its database nor its settings.
    env: { PATH: process.env['PATH'], QONYS_HOME: home, PORT: '0', QONYS_DEMO: 'yes' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  await untilReady(child);
  const seconds = Math.round((performance.now() - began) / 10) / 100;
  child.kill('SIGINT');
  await ended;
  return seconds;
}

/** Resolves at the line that says the program is ready; rejects with all it said when it ends without it. */
function untilReady(child: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (/^Qonys is ready: /m.test(said)) resolve();
      });
    }
    child.once('close', () => reject(new Error(`It ended before it was ready:\n${said}`)));
  });
}

function inWords({ medianFirstSeconds, medianLaterSeconds, laterSeconds: all, rounds: homes }: StartResult): string {
  const [first, again] = [medianFirstSeconds, medianLaterSeconds].map((seconds) => seconds.toFixed(1));
  return `First start with the demo ${first} s (median of ${homes}); later starts ${again} s (median of ${all.length}).`;
}
