import { randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import { generateFeed } from '../../bench/feed-generator.js';
import type { Config } from '../../src/config/config.js';
import { rows } from '../../src/database/sql.js';
import { OccupationService } from '../../src/occupations/occupation.service.js';
import { OutboxEvent } from '../../src/outbox/outbox-event.entity.js';
import { PlaceService } from '../../src/reference/place.service.js';
import { systemClock } from '../../src/shared/clock.js';
import { IngestRunsService } from '../../src/vacancies/ingest-runs.service.js';
import { IngestService } from '../../src/vacancies/ingest.service.js';
import { type TestDatabase, createTestDatabase, serverUrl } from '../support/database.js';
import { feed, record } from '../support/ingest.js';
import { type RunningProgram, buildProgram, startProgram } from '../support/program.js';
import serversDown from '../support/servers-down.mjs';
import serversUp from '../support/servers-up.mjs';
import { until } from '../support/until.js';
import '../../src/database/pg-types.js';

/**
 * A process that is killed while it takes a feed in: nothing of the feed is half applied, the run is not said to go on for
 * ever, and the same feed goes in whole afterwards.
 */
const ADS = 4_000;
const KNOWN = record({ id: 'known', valid_until: null });
/** Where a run is, by the statement of it that PostgreSQL is busy with. */
const MOMENTS = { 'its records are copied': 'copy staged_vacancy%', 'they are applied': '%insert into vacancy (id%' };
const PATIENT = { withinMs: 120_000, everyMs: 10 };

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'qonys-ingest-crash-'));
const path = join(folder, 'feed.ndjson');

beforeAll(async () => {
  await serversUp();
  buildProgram();
  writeFileSync(path, [...generateFeed(ADS, new Date().toISOString())].join('').replaceAll('"2026-12-03"', 'null'));
}, 120_000);
afterAll(async () => {
  await serversDown();
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ['postgres', 'its records are copied'],
  ['redis', 'they are applied'],
] as const)('with BullMQ on %s, killed while %s', (queue, moment) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let runs: IngestRunsService;
  let environment: Record<string, string>;
  const programs: RunningProgram[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await database.dataSource(OutboxEvent);
    const home = join(folder, randomBytes(4).toString('hex'));
    environment = {
      QONYS_HOME: home,
      DATABASE_URL: database.url,
      QUEUE_PREFIX: `{${new URL(database.url).pathname.slice(1)}}`,
      ...(queue === 'redis' ? { REDIS_URL: serverUrl('QONYS_TEST_REDIS_URL') } : {}),
      QONYS_IIN_KEY: randomBytes(32).toString('base64'),
      QONYS_IIN_INDEX_KEY: randomBytes(32).toString('base64'),
      QONYS_AUTH_SECRET: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'error',
    };
    const [places, occupations] = [new PlaceService(dataSource), new OccupationService(dataSource)];
    await Promise.all([places.reload(), occupations.reload()]);
    const ingests = new IngestService(dataSource, systemClock, places, occupations);
    runs = new IngestRunsService(dataSource, { home } as Config, systemClock, ingests);
    const before = feed([KNOWN], { generatedAt: '2026-09-01T00:00:00+05:00' });
    await ingests.ingest({ bytes: Readable.from([Buffer.from(before)]), origin: 'before.ndjson' });
  });
  afterAll(async () => {
    for (const program of programs) program.kill('SIGKILL');
    await Promise.all(programs.map(({ ended }) => ended));
    await database.drop();
  });

  const start = (entry: string): RunningProgram => {
    const program = startProgram(entry, { env: environment });
    programs.push(program);
    return program;
  };
  const pidsNow = async (): Promise<number[]> =>
    (
      await rows<{ pid: number }>(dataSource, 'select pid from pg_stat_activity where datname = current_database()')
    ).map(({ pid }) => pid);
  /** Starts a program, kills it in the middle, and waits until PostgreSQL has noticed. */
  const killInTheMiddle = async (begin: () => RunningProgram): Promise<void> => {
    const ours = await pidsNow();
    const program = begin();
    const backends = async (): Promise<unknown[]> =>
      rows(
        dataSource,
        `select pid from pg_stat_activity where datname = current_database() and state = 'active' and query ilike $1
           and pid <> pg_backend_pid()`,
        [MOMENTS[moment]],
      );
    await until(async () => (await backends()).length > 0, { ...PATIENT, what: moment });
    // Every connection of the program, not only the one at work: a lock of the run is let go when the last one that holds it ends.
    const its = await rows<{ pid: number }>(
      dataSource,
      `select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and not pid = any($1)`,
      [ours],
    );
    program.kill('SIGKILL');
    expect(await program.ended).toBe('SIGKILL');
    const left = (): Promise<unknown[]> =>
      rows(dataSource, 'select pid from pg_stat_activity where pid = any($1)', [its.map(({ pid }) => pid)]);
    await until(async () => (await left()).length === 0, { ...PATIENT, what: 'its connections to end' });
  };
  const vacancies = (): Promise<{ status: string; count: number }[]> =>
    rows(dataSource, 'select status, count(*)::int as count from vacancy group by status order by status');
  const BEFORE = [{ status: 'open', count: 1 }];
  /** The feed is complete: it closes what was known before. */
  const AFTER = [
    { status: 'closed', count: 1 },
    { status: 'open', count: ADS },
  ];

  it('qonys ingest: nothing is applied, the run is reported as interrupted, and the file goes in afterwards', async () => {
    await killInTheMiddle(() => startProgramOf(path));
    expect(await vacancies()).toEqual(BEFORE);
    const { items } = await runs.list(undefined, undefined, 1);
    expect(items).toMatchObject([{ origin: path, status: 'failed', errorCode: 'ingest.interrupted', inserted: 0 }]);
    expect(items[0]?.finishedAt).toBeInstanceOf(Date);
    const again = startProgramOf(path);
    expect(await again.ended).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ read: ADS, inserted: ADS, closed: 1, rejectedCount: 0 });
    expect(await vacancies()).toEqual(AFTER);
  }, 200_000);

  it('a worker: nothing is applied, and the next worker does the job', async () => {
    await dataSource.query('truncate vacancy, ingest_run, outbox_event cascade');
    const before = await runs.requestUpload(
      Readable.from([Buffer.from(feed([KNOWN], { generatedAt: '2026-09-01T00:00:00+05:00' }))]),
      { origin: 'before.ndjson' },
    );
    await runs.perform(before);
    const id = await runs.requestUpload(createReadStream(path), { origin: 'upload.ndjson' });
    await killInTheMiddle(() => start('dist/src/main-worker.js'));
    expect(await vacancies()).toEqual(BEFORE);
    expect(await runs.one(id)).toMatchObject({
      status: 'failed',
      errorCode: 'ingest.interrupted',
      finishedAt: expect.any(Date) as Date,
    });
    start('dist/src/main-worker.js');
    const run = await until(
      async () => {
        const found = await runs.one(id);
        return found.status === 'applied' && found;
      },
      { ...PATIENT, what: 'the run to be done' },
    );
    expect(run).toMatchObject({ read: ADS, inserted: ADS, closed: 1, rejected: 0, errorCode: null });
    expect(await vacancies()).toEqual(AFTER);
  }, 300_000);

  function startProgramOf(file: string): RunningProgram {
    const program = startProgram(join('bin', 'qonys.mjs'), { env: environment, args: ['ingest', file, '--json'] });
    programs.push(program);
    return program;
  }
});
