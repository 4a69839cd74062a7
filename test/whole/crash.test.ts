import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { makeApprovedProposals } from '../../bench/approved-proposals.js';
import { type Arrival, type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { loadConfig } from '../../src/config/config.js';
import { fromRoot } from '../../src/config/paths.js';
import { firstRow, rows } from '../../src/database/sql.js';
import { openBackend } from '../../src/queue/backend.js';
import { notifyQueueName } from '../../src/queue/queues.js';
import { createTestDatabase, serverUrl, type TestDatabase } from '../support/database.js';
import serversDown from '../support/servers-down.mjs';
import serversUp from '../support/servers-up.mjs';

/**
 * Promise 1 of the design, measured where it counts: at the SMS gateway and the mail server. Real worker processes are
 * killed with SIGKILL while 2,000 approved proposals go out. Nothing may be missing; only what was in flight at a kill may
 * come twice, under the same Message-ID or gateway id, with a receipt that says so.
 */
const PROPOSALS = 2_000;
const KILLS = 5;
const WORKERS = 2;
const REGIONS = ['KZ-59', 'KZ-55', 'KZ-39', 'KZ-63', 'KZ-10', 'KZ-62'];
/** Half a minute is enough on a machine of its own; on a busy one a worker alone may take as long to start. */
const LONGEST_MS = 400_000;
/** Sends that one worker process has under way at most: 60 % of its pool of ten connections. */
const MOST_IN_FLIGHT = 6;

/** Numbers that are the same in every run (mulberry32), so that a failure can be looked at again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

beforeAll(async () => {
  await serversUp();
  const build = spawnSync(process.execPath, [fromRoot('scripts', 'build.mjs')], { encoding: 'utf8' });
  if (build.status !== 0) throw new Error(build.stderr);
}, 120_000);
afterAll(() => serversDown());

describe.each([
  ['postgres', 20261122],
  ['redis', 20261123],
] as const)('a worker that is killed while notices go out, with BullMQ on %s', (kind, seed) => {
  const random = seeded(seed);
  const arrivals: Arrival[] = [];
  const workers: ChildProcess[] = [];
  let onArrival = (): void => undefined;
  let stopping = false;
  let complaints = '';
  let gateway: DemoGateway;
  let database: TestDatabase;
  let dataSource: DataSource;
  let home: string;
  let environment: Record<string, string>;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'qonys-crash-'));
    // The gateway answers after a few milliseconds, as real ones do: that is when a kill leaves a send in doubt.
    gateway = await startDemoGateway({
      keep: 0,
      treat: (arrival) => {
        arrivals.push(arrival);
        onArrival();
        return { do: 'take', afterMs: 2 + random() * 10 };
      },
    });
    database = await createTestDatabase();
    dataSource = await database.dataSource();
    environment = {
      PATH: process.env['PATH'] ?? '',
      QONYS_HOME: home,
      DATABASE_URL: database.url,
      QUEUE_PREFIX: '{crash}',
      ...(kind === 'redis' ? { REDIS_URL: serverUrl('QONYS_TEST_REDIS_URL') } : {}),
      SMS_GATEWAY_URL: gateway.sms.url,
      SMS_LOGIN: gateway.sms.login,
      SMS_PASSWORD: gateway.sms.password,
      SMTP_URL: gateway.smtp.url,
      MAIL_FROM: gateway.smtp.from,
      QONYS_IIN_KEY: randomBytes(32).toString('base64'),
      QONYS_IIN_INDEX_KEY: randomBytes(32).toString('base64'),
      QONYS_AUTH_SECRET: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'error',
    };
    await makeApprovedProposals(dataSource, {
      count: PROPOSALS,
      regions: REGIONS,
      channels: ['sms', 'email'],
      at: new Date(),
    });
  }, 60_000);

  afterAll(async () => {
    stopping = true;
    await Promise.all(workers.splice(0).map(kill));
    await gateway.close();
    await database.drop();
    await rm(home, { recursive: true, force: true });
  });

  const startWorker = (): ChildProcess => {
    const child = spawn(process.execPath, [fromRoot('dist', 'src', 'main-worker.js')], {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.once('exit', (code) => {
      if (code !== null && !stopping) complaints += `\nA worker ended by itself with code ${code}.`;
    });
    workers.push(child);
    return child;
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const unfinished = async (): Promise<number> => {
    const row = await firstRow<{ finished: string }>(
      dataSource,
      `select count(*) as finished from delivery where finished_at is not null`,
    );
    return PROPOSALS - Number(row?.finished ?? 0);
  };

  it(
    'loses no notice, and repeats only those in flight at a kill, under the same id and marked in doubt',
    async () => {
      for (let n = 0; n < WORKERS; n++) startWorker();
      let kills = 0;
      const killed: Promise<void>[] = [];
      // Somewhere in each sixth of the whole, when a message has just reached the gateway and some milliseconds later.
      const points = Array.from(
        { length: KILLS },
        (_, n) => Math.floor(((n + random()) / (KILLS + 1)) * PROPOSALS) + 1,
      );
      onArrival = () => {
        if (arrivals.length < (points[kills] ?? Infinity)) return;
        kills += 1;
        const victim = workers.shift()!;
        killed.push(
          pause(random() * 6)
            .then(() => kill(victim))
            .then(() => void startWorker()),
        );
      };
      const deadline = Date.now() + LONGEST_MS;
      for (let left = PROPOSALS; left > 0; left = await unfinished()) {
        if (Date.now() > deadline) throw new Error(`${left} notices are still not finished.\n${complaints}`);
        await pause(200);
      }
      await Promise.all(killed);
      expect(kills).toBe(KILLS);

      const receipts = await rows<{ ref: string; channel: string; status: string; inDoubt: boolean; to: string }>(
        dataSource,
        `select d.message_ref as ref, d.channel, d.status, d.in_doubt as "inDoubt",
                case d.channel when 'sms' then h.phone else h.email end as to
         from delivery d join household h on h.id::text = d.recipient`,
      );
      const inDoubt = new Set(receipts.filter((receipt) => receipt.inDoubt).map(({ ref }) => ref));
      const cameTo = new Map<string, string[]>();
      for (const { channel, ref, to } of arrivals) {
        const bare = channel === 'email' ? ref.replace(/@qonys\.invalid$/, '') : ref;
        cameTo.set(bare, [...(cameTo.get(bare) ?? []), to]);
      }
      const repeated = [...cameTo].filter(([, to]) => to.length > 1).map(([ref]) => ref);
      process.stdout.write(
        `${kind}: ${arrivals.length} arrivals of ${receipts.length} notices after ${kills} kills, ` +
          `${repeated.length} repeated, ${inDoubt.size} in doubt\n`,
      );

      expect(receipts).toHaveLength(PROPOSALS);
      expect(new Set(receipts.map(({ status }) => status))).toEqual(new Set(['sent']));
      expect(receipts.filter(({ ref }) => !cameTo.has(ref))).toEqual([]);
      expect(cameTo.size).toBe(PROPOSALS);
      for (const { ref, to } of receipts) expect(new Set(cameTo.get(ref))).toEqual(new Set([to]));
      expect(repeated.filter((ref) => !inDoubt.has(ref))).toEqual([]);
      expect(inDoubt.size).toBeGreaterThan(0);
      expect(inDoubt.size).toBeLessThanOrEqual(KILLS * MOST_IN_FLIGHT);
      expect(complaints).toBe('');

      const queues = openBackend(loadConfig(environment), () => undefined);
      for (const region of REGIONS) {
        const queue = queues.openQueue(notifyQueueName(region), {});
        expect(await queue.getJobCounts()).toMatchObject({ failed: 0 });
        await queue.close();
      }
      await queues.close();
    },
    LONGEST_MS + 20_000,
  );
});
