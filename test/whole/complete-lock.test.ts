import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromRoot } from '../../src/config/paths.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'qonys-lock-'));
  cpSync(fromRoot('scripts', 'complete-lock.mjs'), join(root, 'scripts', 'complete-lock.mjs'));
});

afterEach(() => rmSync(root, { recursive: true }));

type Packages = Record<string, Record<string, unknown>>;

function completeLock(packages: Packages, ...args: string[]): { status: number | null; said: string } {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  const run = spawnSync(process.execPath, [join(root, 'scripts', 'complete-lock.mjs'), ...args], { encoding: 'utf8' });
  return { status: run.status, said: run.stderr };
}

const entries = (): Packages =>
  (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Packages }).packages;

const INCOMPLETE: Packages = {
  '': { name: 'ours' },
  'node_modules/fast': {
    version: '2.1.0',
    integrity: 'sha512-fast',
    optionalDependencies: { 'fast-linux-x64-gnu': '2.1.0', 'fast-darwin-arm64': '2.1.0' },
  },
  'node_modules/fast-linux-x64-gnu': { version: '2.1.0', integrity: 'sha512-linux', optional: true },
};

describe('the lock file', () => {
  it('names a package for another platform that npm left out, and enters it', () => {
    expect(completeLock(INCOMPLETE, '--check')).toEqual({
      status: 1,
      said: 'Not in package-lock.json: fast-darwin-arm64.\n',
    });
    expect(completeLock(INCOMPLETE).status).toBe(0);
    const complete = entries();
    expect(complete['node_modules/fast-darwin-arm64']).toEqual({
      version: '2.1.0',
      cpu: ['arm64'],
      os: ['darwin'],
      optional: true,
    });
    expect(completeLock(complete, '--check')).toEqual({ status: 0, said: '' });
  });

  it('has no other package whose content is not known', () => {
    const lost = { ...INCOMPLETE['node_modules/fast'], optionalDependencies: {}, integrity: undefined };
    expect(completeLock({ ...INCOMPLETE, 'node_modules/fast': lost }, '--check')).toEqual({
      status: 1,
      said: 'Without integrity in package-lock.json: node_modules/fast.\n',
    });
  });

  it('does not take another version for the one entered', () => {
    completeLock(INCOMPLETE);
    const complete = entries();
    const other = { ...complete['node_modules/fast-darwin-arm64'], version: '2.2.0' };
    expect(completeLock({ ...complete, 'node_modules/fast-darwin-arm64': other }, '--check')).toEqual({
      status: 1,
      said: 'Without integrity in package-lock.json: node_modules/fast-darwin-arm64.\n',
    });
  });
});
