import 'reflect-metadata';
import { jest } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { inTransaction } from '../../src/database/transaction.js';
import { recordEvent } from '../../src/outbox/outbox.js';
import { type ApiAnswer, type Caller, callerWith, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';

jest.setTimeout(120_000);

/** Longest wait of a caller when the queue does not answer. */
const PATIENCE_MS = 8_000;

describe.each([
  ['is gone', 'SIGKILL'],
  ['is there and does not answer', 'SIGSTOP'],
] as const)('when Redis %s', (_, signal) => {
  let redis: ChildProcess;
  let port: number;
  let app: TestApp;
  let supervisor: Caller;
  let anyone: Caller;

  beforeAll(async () => {
    port = await freePort();
    redis = await startRedis(port);
    app = await startTestApp({ config: { redisUrl: `redis://127.0.0.1:${port}`, logLevel: 'silent' } });
    supervisor = await signedIn(app, { role: 'supervisor', regionCode: 'KZ-59' });
    anyone = callerWith(app, null);
    expect((await supervisor('/api/v1/centre/summary')).status).toBe(200);
    redis.kill(signal);
    await new Promise((done) => setTimeout(done, 300));
  });
  afterAll(async () => {
    redis.kill('SIGCONT');
    await app.close();
    redis.kill('SIGKILL');
  });

  const quick = async (call: Promise<ApiAnswer>): Promise<ApiAnswer> => {
    const started = performance.now();
    const answer = await Promise.race([
      call,
      new Promise<never>((_, reject) => setTimeout(() => reject(new Error('No answer.')), PATIENCE_MS)),
    ]);
    expect(performance.now() - started).toBeLessThan(PATIENCE_MS);
    return answer;
  };

  it('a centre is told so', async () => {
    expect(await quick(supervisor('/api/v1/centre/summary'))).toMatchObject({
      status: 503,
      body: { code: 'queue.unavailable' },
    });
  });

  it('notices are not paused, and nobody is told that they were', async () => {
    const answer = await quick(supervisor('/api/v1/centre/notices/pause', { method: 'POST' }));
    expect(answer).toMatchObject({ status: 503, body: { code: 'queue.unavailable' } });
    const lines = await app.dataSource.query(`select 1 from audit_entry where subject = 'notice_queue'`);
    expect(lines).toEqual([]);
  });

  it('monitoring reads everything else, and that the queue is away', async () => {
    const { status, text } = await quick(anyone('/metrics'));
    expect(status).toBe(200);
    expect(text).toMatch(/^qonys_source_up\{source="queue"\} 0$/m);
    expect(text).toMatch(/^qonys_source_up\{source="database"\} 1$/m);
    expect(text).toMatch(/^qonys_outbox_waiting \d+$/m);
    expect(await quick(anyone('/health/ready'))).toMatchObject({ status: 503, body: { checks: { queue: 'down' } } });
  });

  it('an event keeps no row locked for long, and is carried once Redis is back', async () => {
    const id = await inTransaction(app.dataSource, (tx) =>
      recordEvent(tx, { topic: 'match.requested', regionCode: null, payload: { reason: 'test' } }, new Date()),
    );
    await new Promise((done) => setTimeout(done, 1_500));
    // A relay that waited for Redis without end would hold this row's lock with it.
    await app.dataSource.transaction(async (tx) => {
      await tx.query(`set local lock_timeout = '${PATIENCE_MS + 4_000}ms'`);
      await tx.query(`select from outbox_event where id = $1 for update`, [id]);
    });
    if (signal === 'SIGSTOP') redis.kill('SIGCONT');
    else redis = await startRedis(port);
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((done) => setTimeout(done, 100))) {
      const [event] = await app.dataSource.query<{ finished_at: Date | null }[]>(
        `select finished_at from outbox_event where id = $1`,
        [id],
      );
      if (event?.finished_at) return;
    }
    throw new Error('The event was never carried.');
  });
});

async function startRedis(port: number): Promise<ChildProcess> {
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', [...flags, '--maxmemory-policy', 'noeviction'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) if (/Ready to accept/.test(chunk.toString())) break;
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
