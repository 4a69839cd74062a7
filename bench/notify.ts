import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import 'reflect-metadata';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { DemoGateway } from '../src/channels/demo-gateway.js';
import { type Config, loadConfig } from '../src/config/config.js';
import { fromRoot } from '../src/config/paths.js';
import { createProgram } from '../src/program.js';
import { openBackend } from '../src/queue/backend.js';
import { NOTIFY_QUEUE, jobOptionsOf, notifyQueueName } from '../src/queue/queues.js';
import { asSystem } from '../src/database/scope.js';
import { prepareDatabase } from '../src/ready-database.js';
import { makeApprovedProposals } from './approved-proposals.js';

/**
 * Notices a second from the outbox row to the receipt, beside bare BullMQ: as many jobs that do nothing, in as many queues
 * with the same options on the same backend, in the same run. The rate limit per region, which is the gateway's contract
 * and not our cost, is lifted in both.
 */
export interface NotifyResult {
  bench: 'notify';
  notices: number;
  rounds: number;
  backends: Record<'postgres' | 'redis', { noticesPerSecond: number; bareJobsPerSecond: number; ratio: number }>;
}

export async function benchNotify(notices: number, rounds: number): Promise<NotifyResult> {
  const servers = await startServers();
  const gateway = await startGateway();
  delete NOTIFY_QUEUE.limiter;
  try {
    const template = await makeTemplate(servers.postgresUrl);
    const measure = async (kind: 'postgres' | 'redis') => {
      const ours: number[] = [];
      const bare: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const database = await cloneDatabase(servers.postgresUrl, template, `qonys_test_bench_${kind}_${round}`);
        const home = await mkdtemp(join(tmpdir(), 'qonys-bench-'));
        const config = configFor(database, kind === 'redis' ? servers.redisUrl : null, home, gateway);
        bare.push(notices / (await timeBare(config, notices)));
        ours.push(notices / (await asSystem(() => timeNotices(config, notices))));
        await rm(home, { recursive: true, force: true });
      }
      const result = { noticesPerSecond: median(ours), bareJobsPerSecond: median(bare) };
      // Each round's pair was measured one after the other under the same load: the ratio is the median of those.
      const ratio = median(ours.map((rate, round) => rate / bare[round]!));
      return { ...result, ratio };
    };
    const backends = { postgres: await measure('postgres'), redis: await measure('redis') };
    return { bench: 'notify', notices, rounds, backends };
  } finally {
    gateway.process.disconnect();
    await servers.stop();
  }
}

const REGIONS = ['KZ-10', 'KZ-11', 'KZ-39', 'KZ-55', 'KZ-59', 'KZ-62', 'KZ-63', 'KZ-35'];

const LONGEST_MS = 15 * 60_000;

/** Seconds from the commit of the outbox rows to the last receipt. */
async function timeNotices(config: Config, notices: number): Promise<number> {
  const app = await createProgram('worker', config);
  await app.init();
  const dataSource = app.get(DataSource);
  const finished = async (): Promise<number> => {
    const [row] = await dataSource.query<{ done: string }[]>(
      `select count(*) as done from delivery where status = 'sent' and finished_at is not null`,
    );
    return Number(row?.done ?? 0);
  };
  await makeApprovedProposals(dataSource, {
    count: notices,
    regions: REGIONS,
    channels: ['sms', 'email'],
    at: new Date(),
  });
  const start = performance.now();
  await dataSource.query(`select pg_notify('qonys_outbox', '')`);
  while ((await finished()) < notices) {
    // A notice that fails for good would be waited for in vain.
    if (performance.now() - start > LONGEST_MS) throw new Error(`${await finished()} of ${notices} notices were sent.`);
    await new Promise((done) => setTimeout(done, 100));
  }
  const seconds = (performance.now() - start) / 1000;
  await app.close();
  return seconds;
}

/** Seconds to add as many jobs to BullMQ and to run them, with a processor that does nothing. */
async function timeBare(config: Config, jobs: number): Promise<number> {
  const fail = (error: Error): void => {
    throw error;
  };
  const backend = openBackend(config, fail);
  const names = REGIONS.map((region) => `bare-${notifyQueueName(region)}`);
  let left = jobs;
  let allDone = (): void => undefined;
  const done = new Promise<void>((resolve) => (allDone = resolve));
  const workers = names.map((name) =>
    backend.openWorker(
      name,
      async () => {
        left -= 1;
        if (left === 0) allDone();
      },
      { concurrency: NOTIFY_QUEUE.concurrency },
    ),
  );
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  const queues = names.map((name) => backend.openQueue(name, { defaultJobOptions: jobOptionsOf(NOTIFY_QUEUE) }));
  const start = performance.now();
  await Promise.all(
    queues.map((queue, q) => {
      const mine = Array.from({ length: jobs }, (_, n) => n).filter((n) => n % queues.length === q);
      return queue.addBulk(
        mine.map((n) => ({ name: 'bare', data: { eventId: `bare-${n}` }, opts: { jobId: `bare-${n}` } })),
      );
    }),
  );
  await done;
  const seconds = (performance.now() - start) / 1000;
  await Promise.all([...workers, ...queues].map((open) => open.close()));
  await backend.close();
  return seconds;
}

function configFor(databaseUrl: string, redisUrl: string | null, home: string, gateway: Gateway): Config {
  const key = (): string => randomBytes(32).toString('base64');
  return loadConfig({
    QONYS_HOME: home,
    DATABASE_URL: databaseUrl,
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
    QUEUE_PREFIX: `{${randomBytes(4).toString('hex')}}`,
    QONYS_IIN_KEY: key(),
    QONYS_IIN_INDEX_KEY: key(),
    QONYS_AUTH_SECRET: key(),
    SMS_GATEWAY_URL: gateway.sms.url,
    SMS_LOGIN: gateway.sms.login,
    SMS_PASSWORD: gateway.sms.password,
    SMTP_URL: gateway.smtp.url,
    MAIL_FROM: gateway.smtp.from,
    LOG_LEVEL: 'error',
  });
}

interface Gateway extends Pick<DemoGateway, 'sms' | 'smtp'> {
  process: ChildProcess;
}

async function startGateway(): Promise<Gateway> {
  const child = fork(fileURLToPath(new URL('./gateway-process.js', import.meta.url)));
  const [access] = (await once(child, 'message')) as [Pick<DemoGateway, 'sms' | 'smtp'>];
  return { ...access, process: child };
}

/** A PostgreSQL and a Redis of the run's own, started as the tests start theirs. */
async function startServers(): Promise<{ postgresUrl: string; redisUrl: string; stop(): Promise<void> }> {
  const script = async (name: string): Promise<() => Promise<void>> => {
    const url = pathToFileURL(fromRoot('test', 'support', `${name}.mjs`)).href;
    return ((await import(url)) as { default: () => Promise<void> }).default;
  };
  await (
    await script('servers-up')
  )();
  const { QONYS_TEST_POSTGRES_URL: postgresUrl = '', QONYS_TEST_REDIS_URL: redisUrl = '' } = process.env;
  return { postgresUrl, redisUrl, stop: await script('servers-down') };
}

async function makeTemplate(serverUrl: string): Promise<string> {
  const name = 'qonys_test_bench_template';
  await onServer(serverUrl, `create database ${name}`);
  await prepareDatabase(urlOf(serverUrl, name), new Date());
  return name;
}

async function cloneDatabase(serverUrl: string, template: string, name: string): Promise<string> {
  await onServer(serverUrl, `create database ${name} template ${template} strategy file_copy`);
  return urlOf(serverUrl, name);
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      notices: { type: 'string', default: '4000' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const result = await benchNotify(Number(values.notices), Number(values.rounds));
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } else {
    for (const [kind, { noticesPerSecond, bareJobsPerSecond, ratio }] of Object.entries(result.backends)) {
      process.stdout.write(
        `notify on ${kind}: ${noticesPerSecond.toFixed(0)} notices/s, bare BullMQ ${bareJobsPerSecond.toFixed(0)} jobs/s, ` +
          `ratio ${ratio.toFixed(3)} (${result.notices} notices, median of ${result.rounds})\n`,
      );
    }
  }
}
