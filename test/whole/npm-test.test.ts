import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromRoot } from '../../src/config/paths.js';
import { itAsRoot } from '../support/root-only.js';

/** An ordinary user, who need not have an account. */
const SOMEBODY = { uid: 65_534, gid: 65_534 };

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(realpathSync(tmpdir()), 'qonys-path-'));
  chmodSync(path, 0o755);
});

afterEach(() => rmSync(path, { recursive: true }));

/** Puts a shell script into the only folder that `npm test` will look in for programs. */
function command(name: string, script: string): void {
  writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** Runs what `npm test` runs where no programs are but those put into `path`. */
function npmTest(
  args: string[],
  { root = fromRoot(), user = {} }: { root?: string; user?: { uid?: number; gid?: number } } = {},
): { status: number | null; stdout: string; said: string[] } {
  const run = spawnSync(process.execPath, [join(root, 'scripts', 'test.mjs'), ...args], {
    ...user,
    cwd: root,
    env: { PATH: path },
    encoding: 'utf8',
  });
  return { status: run.status, stdout: run.stdout, said: run.stderr.trimEnd().split('\n') };
}

const ONE_SPEC = ['--selectProjects', 'pure', '--testPathPatterns', 'src/shared/identity-number.spec'];

describe('npm test where programs are missing', () => {
  it('says in one sentence what to install, runs nothing and fails', () => {
    expect(npmTest(ONE_SPEC)).toEqual({
      status: 1,
      stdout: '',
      said: [
        'The tests need redis-server and Chromium (or Google Chrome); install what is missing ' +
          '(in Debian: redis-server and chromium) and run npm test again.',
      ],
    });
  });

  it('does not take a browser that fails to start for one, as the one that Ubuntu has without snap', () => {
    symlinkSync('/bin/true', join(path, 'redis-server'));
    command('chromium-browser', 'echo Command requires the chromium snap to be installed. >&2; exit 1');
    expect(npmTest(ONE_SPEC)).toMatchObject({
      status: 1,
      said: [expect.stringMatching(/^The tests need Chromium \(or Google Chrome\); /)],
    });
  });

  it('takes a browser of another name', () => {
    symlinkSync('/bin/true', join(path, 'redis-server'));
    symlinkSync('/bin/true', join(path, 'google-chrome-stable'));
    const { status, stdout } = npmTest(ONE_SPEC);
    expect(stdout).toMatch(/^[1-9]\d* passed, 0 failed\n$/);
    expect(status).toBe(0);
  });

  itAsRoot('installs them by apt as root, and goes on', () => {
    command('apt-get', `for last; do :; done; [ "$last" = update ] || /bin/ln -s /bin/true ${path}/"$last"`);
    const { status, stdout, said } = npmTest(ONE_SPEC);
    expect(said[0]).toBe('Installing redis-server and chromium by apt.');
    expect(stdout).toMatch(/^[1-9]\d* passed, 0 failed\n$/);
    expect(status).toBe(0);
  });

  itAsRoot('one that apt cannot bring does not keep the other away; the sentence says why', () => {
    command(
      'apt-get',
      `for last; do :; done
       case "$last" in
       update) echo 'W: Failed to fetch https://example.org/InRelease  Could not connect.' >&2 ;;
       redis-server) /bin/ln -s /bin/true ${path}/redis-server ;;
       chromium) echo "E: Package 'chromium' has no installation candidate" >&2; exit 100 ;;
       esac`,
    );
    expect(npmTest(ONE_SPEC)).toEqual({
      status: 1,
      stdout: '',
      said: [
        'Installing redis-server and chromium by apt.',
        'The tests need Chromium (or Google Chrome) and apt did not bring it (Failed to fetch https://example.org/InRelease Could not ' +
          "connect; Package 'chromium' has no installation candidate); " +
          'install what is missing (in Debian: chromium) and run npm test again.',
      ],
    });
  });

  itAsRoot('leaves apt alone for anybody else', () => {
    command('apt-get', `echo called > ${path}/called`);
    chmodSync(path, 0o777);
    const root = join(path, 'project');
    cpSync(fromRoot('scripts'), join(root, 'scripts'), { recursive: true });
    const { status, said } = npmTest([], { root, user: SOMEBODY });
    expect(said).toEqual([expect.stringMatching(/^The tests need redis-server and Chromium \(or Google Chrome\); /)]);
    expect(status).toBe(1);
    expect(existsSync(join(path, 'called'))).toBe(false);
  });
});
