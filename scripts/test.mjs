// `npm test`: finds or installs the programs that the tests need, builds, runs Jest with the arguments given, and ends with the
// line "N passed, N failed". A test that was skipped, and a run without tests, count as failed; those that need root are counted for
// anybody else in the line before: nothing is passed over in silence.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';
import { provide } from './programs.mjs';
import { leftOut } from './root-only.mjs';
import { testEnvironment } from './test-environment.mjs';

const root = dirname(import.meta.dirname);

function runJest(args, outputFile) {
  const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js');
  const child = spawn(process.execPath, [jest, ...args, '--json', `--outputFile=${outputFile}`], {
    cwd: root,
    env: testEnvironment(process.env),
    // The same JSON goes to standard output, where nobody wants it.
    stdio: ['inherit', 'ignore', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

/**
 * Passed and failed tests by Jest's own count, and what is to be said of those that were not there for this user. With a name pattern the
 * tests it leaves out are not skipped ones.
 */
function count(outputFile, args) {
  if (!existsSync(outputFile)) return { passed: 0, failed: 1, notRun: null };
  const result = JSON.parse(readFileSync(outputFile, 'utf8'));
  const chosen = args.some((arg) => /^(-t|--testNamePattern)/.test(arg));
  const skipped = (chosen ? 0 : result.numPendingTests) + result.numTodoTests;
  if (skipped > 0) console.error(`${skipped} tests were skipped, which counts as failed.`);
  const files = result.testResults.map(({ name }) => name);
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites + skipped;
  return { passed: result.numPassedTests, failed, notRun: leftOut(files, process.getuid?.()) };
}

const args = process.argv.slice(2);
const lacking = provide();
if (lacking) {
  console.error(lacking);
  process.exit(1);
}
build();
const folder = mkdtempSync(join(tmpdir(), 'qonys-results-'));
const outputFile = join(folder, 'results.json');
const exitCode = await runJest(args, outputFile);
const { passed, failed, notRun } = count(outputFile, args);
rmSync(folder, { recursive: true, force: true });
if (passed + failed === 0) console.error('No test ran, which counts as a failure.');
if (notRun !== null) console.error(notRun);
console.log(`${passed} passed, ${failed} failed`);
process.exit(exitCode === 0 && failed === 0 && passed > 0 ? 0 : 1);
