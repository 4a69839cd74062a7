// Tests that start the program as other users need root. For anybody else they do not exist (`itAsRoot` in `test/support/root-only.ts`),
// so Jest cannot count them: their calls are counted in the files that it ran.
import { readFileSync } from 'node:fs';

const CALL = /^\s*itAsRoot\(/gm;

/** What is said after a run of these files by this user (`process.getuid()`): how many tests were left out; null: none. */
export function leftOut(files, uid) {
  if (uid === 0) return null;
  const count = files.reduce((sum, file) => sum + (readFileSync(file, 'utf8').match(CALL)?.length ?? 0), 0);
  if (count === 0) return null;
  const tests = count === 1 ? '1 test was' : `${count} tests were`;
  return `${tests} not run: to start the program as other users they need root, as in CI.`;
}
