import { randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, createTestDatabase, serverUrl } from '../support/database.js';
import { feed, record } from '../support/ingest.js';
import { type RunningProgram, buildProgram, startProgram } from '../support/program.js';
import serversDown from '../support/servers-down.mjs';
import serversUp from '../support/servers-up.mjs';
import { until } from '../support/until.js';

/** An installation on real servers, as docker-compose.yml starts it: two processes that answer requests, one that works. */
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'qonys-processes-'));
const programs: RunningProgram[] = [];
let database: TestDatabase;
let environment: Record<string, string>;

beforeAll(async () => {
  await serversUp();
  buildProgram();
  database = await createTestDatabase();
  environment = {
    // One folder for all of them, where an upload waits for its worker.
    QONYS_HOME: folder,
    DATABASE_URL: database.url,
    REDIS_URL: serverUrl('QONYS_TEST_REDIS_URL'),
    QUEUE_PREFIX: `{${new URL(database.url).pathname.slice(1)}}`,
    QONYS_IIN_KEY: randomBytes(32).toString('base64'),
    QONYS_IIN_INDEX_KEY: randomBytes(32).toString('base64'),
    QONYS_AUTH_SECRET: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'error',
  };
}, 120_000);
afterAll(async () => {
  for (const program of programs) program.kill('SIGKILL');
  await Promise.all(programs.map(({ ended }) => ended));
  await database.drop();
  await serversDown();
  rmSync(folder, { recursive: true, force: true });
});

function start(role: 'api' | 'worker'): RunningProgram {
  const port: Record<string, string> = role === 'api' ? { PORT: '0' } : { WORKER_PORT: '0' };
  const program = startProgram(`dist/src/main-${role}.js`, { env: { ...environment, ...port } });
  programs.push(program);
  return program;
}

const addressOf = async (program: RunningProgram, role: 'api' | 'worker'): Promise<string> =>
  (await program.says(new RegExp(`^Qonys ${role} is ready: (http://localhost:\\d+)$`, 'm')))[1]!;

it('takes a feed at one API process, works it in the worker, and shows it at the other API process', async () => {
  const [one, other, worker] = [start('api'), start('api'), start('worker')];
  const first = await addressOf(one, 'api');
  const second = await addressOf(other, 'api');
  const health = await addressOf(worker, 'worker');
  for (const url of [first, second, health]) {
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'up', checks: { database: 'up', queue: 'up', migrations: 'current' } },
    ]);
  }

  // Who watches over a worker asks for nothing else of it.
  const statusAt = async (path: string): Promise<number> => (await fetch(health + path)).status;
  expect(
    await Promise.all(['/health/live', '/metrics', '/api/v1/vacancies', '/kk/', '/api/docs'].map(statusAt)),
  ).toEqual([200, 200, 404, 404, 404]);

  const made = startProgram('bin/qonys.mjs', {
    args: ['token', '--role', 'administrator', '--json'],
    env: environment,
  });
  programs.push(made);
  expect(await made.ended).toBe(0);
  const { token } = JSON.parse(made.stdout) as { token: string };
  const authorization = `Bearer ${token}`;
  const today = new Date();
  const day = today.toISOString().slice(0, 10);
  const text = feed([record({ id: '1', published: day, valid_until: null }), 'no record'], {
    generatedAt: today.toISOString(),
  });
  const taken = await fetch(`${first}/api/v1/ingest-runs?origin=feed.ndjson`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-ndjson' },
    body: text,
  });
  expect(taken.status).toBe(202);
  const { id } = (await taken.json()) as { id: string };
  const read = async (path: string): Promise<Record<string, unknown>> =>
    (await (await fetch(`${second}${path}`, { headers: { authorization } })).json()) as Record<string, unknown>;
  const run = await until(
    async () => {
      const found = await read(`/api/v1/ingest-runs/${id}`);
      return found['status'] === 'queued' || found['status'] === 'running' ? null : found;
    },
    { what: 'the end of the run' },
  );
  expect(run).toMatchObject({ id, status: 'applied', origin: 'feed.ndjson', read: 2, inserted: 1, rejected: 1 });
  const list = (await read('/api/v1/vacancies')) as { total: number; items: { id: string; externalId: string }[] };
  expect([list.total, list.items.map(({ externalId }) => externalId)]).toEqual([1, ['1']]);
  expect(await read(`/api/v1/vacancies/${list.items[0]!.id}`)).toMatchObject({ externalId: '1', status: 'open' });

  for (const program of [one, other, worker]) program.kill('SIGINT');
  expect(await Promise.all([one, other, worker].map(({ ended }) => ended))).toEqual([0, 0, 0]);
  for (const { stderr } of [one, other, worker]) expect(stderr).toBe('Stopping.\n');
});
