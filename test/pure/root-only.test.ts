import { leftOut } from '../../scripts/root-only.mjs';
import { fromRoot } from '../../src/config/paths.js';

const START = fromRoot('test', 'whole', 'start.test.ts');
const NPM_TEST = fromRoot('test', 'whole', 'npm-test.test.ts');

describe('tests that need root', () => {
  it('are counted for anybody else, in the files that ran', () => {
    expect(leftOut([START, NPM_TEST], 1000)).toBe(
      '5 tests were not run: to start the program as other users they need root, as in CI.',
    );
    expect(leftOut([START], undefined)).toMatch(/^2 tests were not run: /);
  });

  it('are no matter where none was asked for, and run as root', () => {
    expect(leftOut([fromRoot('test', 'pure', 'compose.test.ts')], 1000)).toBeNull();
    expect(leftOut([START, NPM_TEST], 0)).toBeNull();
  });
});
