import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fromRoot } from '../../src/config/paths.js';
import { buildProgram, processesNaming, startProgram } from '../support/program.js';
import { feed, record } from '../support/ingest.js';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'qonys-cli-'));
const home = join(folder, 'home');
const vacancies = join(folder, 'vacancies.ndjson');

beforeAll(() => {
  buildProgram();
  const until = { valid_until: null, published: '2026-09-03' };
  writeFileSync(vacancies, feed([record({ id: '1', ...until }), record({ id: '2', ...until, openings: 'many' })]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs `bin/qonys.mjs` as a shell would, with no environment but the home and some settings, and waits for its end. */
async function qonys(
  args: string[],
  { input, root = fromRoot(), settings = {} }: { input?: string; root?: string; settings?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'bin', 'qonys.mjs'), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], QONYS_HOME: home, ...settings },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

const counts = (out: string): Record<string, number> => {
  const { read, inserted, unchanged, rejectedCount } = JSON.parse(out) as Record<string, number>;
  return { read: read!, inserted: inserted!, unchanged: unchanged!, rejectedCount: rejectedCount! };
};

describe('qonys where nothing runs', () => {
  it('starts the embedded database for itself, and leaves no process of it behind', async () => {
    const first = await qonys(['ingest', 'vacancies.ndjson', '--json']);
    expect({ ...first, out: counts(first.out) }).toEqual({
      code: 0,
      out: { read: 2, inserted: 1, unchanged: 0, rejectedCount: 1 },
      err: '',
    });
    expect(processesNaming(home)).toEqual([]);
    expect(existsSync(join(home, 'run.json'))).toBe(false);
  });

  it('finds what an earlier command left; standard input is read too', async () => {
    const again = await qonys(['ingest', '-', '--json'], { input: feed([record({ id: '1', valid_until: null })]) });
    expect(again.code).toBe(0);
    expect(counts(again.out)).toEqual({ read: 1, inserted: 0, unchanged: 1, rejectedCount: 0 });
    expect(processesNaming(home)).toEqual([]);
  });

  it('a refusal ends with exit code 1, one sentence, and no process either', async () => {
    const missing = await qonys(['ingest', 'nothing-here.ndjson']);
    expect(missing).toEqual({ code: 1, out: '', err: 'There is no file nothing-here.ndjson.\n' });
    const unknown = await qonys(['mismatch', '--source', 'nowhere']);
    expect(unknown).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^No vacancy comes from "nowhere"\..*\n$/),
    });
    expect(processesNaming(home)).toEqual([]);
  });

  it('a fault that nobody foresaw is one sentence and exit code 1; DEBUG shows where it was', async () => {
    const noDatabase = createServer((socket) =>
      socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n'),
    );
    await new Promise<void>((resolve) => noDatabase.listen(0, '127.0.0.1', resolve));
    const { port } = noDatabase.address() as AddressInfo;
    const settings = {
      DATABASE_URL: `postgres://qonys@127.0.0.1:${port}/qonys`,
      QONYS_IIN_KEY: randomBytes(32).toString('base64'),
      QONYS_IIN_INDEX_KEY: randomBytes(32).toString('base64'),
      QONYS_AUTH_SECRET: randomBytes(32).toString('base64'),
    };
    try {
      const plain = await qonys(['migrate', '--json'], { settings });
      expect(plain).toEqual({ code: 1, out: '', err: expect.stringMatching(/^An unexpected fault: [^\n]+\n$/) });
      const whole = await qonys(['migrate', '--json'], { settings: { ...settings, DEBUG: '1' } });
      expect(whole).toEqual({ code: 1, out: '', err: expect.stringMatching(/\n\s+at /) });
    } finally {
      noDatabase.close();
    }
  });

  it('wrong usage starts nothing', async () => {
    expect(await qonys(['mismatch', '--jsn'])).toMatchObject({ code: 2, out: '' });
    expect((await qonys(['--help'])).out).toMatch(/^Usage: qonys /);
  });
});

describe('qonys cut short', () => {
  it('Ctrl-C while it reads ends with 130, nothing applied and no process left', async () => {
    const child = spawn(process.execPath, [fromRoot('bin', 'qonys.mjs'), 'ingest', '-'], {
      cwd: folder,
      env: { PATH: process.env['PATH'], QONYS_HOME: home },
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const [header, first] = feed([
      record({ id: '8', valid_until: null }),
      record({ id: '9', valid_until: null }),
    ]).split('\n');
    child.stdin.write(`${header}\n${first}\n`);
    // The database that the command starts for itself is up when its folder says so; the file goes on for ever.
    while (!existsSync(join(home, 'run.json'))) await wait(50);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(err).toBe('Stopped. Nothing was applied.\n');
    expect(processesNaming(home)).toEqual([]);
    const again = await qonys(['ingest', '-', '--json'], { input: feed([record({ id: '8', valid_until: null })]) });
    expect(counts(again.out)).toMatchObject({ read: 1, inserted: 1 });
  });

  it('a reader that stops early does not hurt', async () => {
    const child = spawn(process.execPath, [fromRoot('bin', 'qonys.mjs'), 'mismatch', '--json'], {
      cwd: folder,
      env: { PATH: process.env['PATH'], QONYS_HOME: home },
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(err).toBe('');
    expect(processesNaming(home)).toEqual([]);
  });
});

describe('qonys in the image', () => {
  it('runs from what the Dockerfile copies, where neither sources nor the build are', async () => {
    const image = join(folder, 'image');
    const dockerfile = readFileSync(fromRoot('Dockerfile'), 'utf8');
    const copied = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map(([, path]) => path!);
    expect(copied).toEqual(expect.arrayContaining(['bin', 'dist', 'node_modules']));
    for (const path of copied) {
      mkdirSync(dirname(join(image, path)), { recursive: true });
      if (path === 'node_modules') symlinkSync(fromRoot(path), join(image, path));
      else cpSync(fromRoot(path), join(image, path), { recursive: true });
    }
    const made = await qonys(['token', '--role', 'analyst', '--json'], { root: image });
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(made.out)).toMatchObject({ token: expect.any(String) });
  });
});

describe('qonys beside a running program', () => {
  it('joins its database and leaves it running', async () => {
    const env = { QONYS_HOME: home, PORT: '0', QONYS_DEMO: 'no' };
    const program = startProgram('dist/src/start.js', { env });
    try {
      const [, url] = await program.says(/^Qonys is ready: (\S+)$/m);
      const postgres = processesNaming(home).length;
      const made = await qonys(['token', '--role', 'analyst', '--json']);
      expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });
      const { token } = JSON.parse(made.out) as { token: string };
      const me = await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
      expect([me.status, await me.json()]).toEqual([200, expect.objectContaining({ role: 'analyst' })]);
      const posted = await qonys(['ingest', vacancies, '--source', 'second', '--json']);
      expect(counts(posted.out)).toMatchObject({ read: 2, inserted: 1 });
      const { items } = (await (await fetch(`${url}/api/v1/vacancies?source=second`)).json()) as {
        items: { externalId: string; region: string; kato: string }[];
      };
      expect(items).toMatchObject([{ externalId: '1', region: 'KZ-35', kato: '352410000' }]);
      expect(processesNaming(home).length).toBeGreaterThanOrEqual(postgres - 2);
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    } finally {
      program.kill('SIGINT');
      expect(await program.ended).toBe(0);
    }
    expect(processesNaming(home)).toEqual([]);
  });
});
