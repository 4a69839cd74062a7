import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { firstRow, rows } from '../../src/database/sql.js';
import { inTransaction } from '../../src/database/transaction.js';
import { OutboxEvent } from '../../src/outbox/outbox-event.entity.js';
import { recordEvent } from '../../src/outbox/outbox.js';
import { seededChance } from '../../src/shared/chance.js';
import { makeHousehold, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase, serverUrl } from '../support/database.js';
import { type RunningProgram, buildProgram, startProgram } from '../support/program.js';
import serversDown from '../support/servers-down.mjs';
import serversUp from '../support/servers-up.mjs';
import { until } from '../support/until.js';

/**
 * A run over all in shards, whose workers are killed with SIGKILL: the first as soon as it has written the shards down, the second when half of
 * them are done. It comes to what a run in one piece comes to, and counts once.
 */
const HOUSEHOLDS = 160;
const SHARD = 4;
const SHARDS = HOUSEHOLDS / SHARD;
const LONGEST_MS = 240_000;
/** Often enough to catch a shard while it is computed. */
const PATIENT = { withinMs: LONGEST_MS, everyMs: 2 };

beforeAll(async () => {
  await serversUp();
  buildProgram();
}, 120_000);
afterAll(() => serversDown());

describe.each(['postgres', 'redis'] as const)(
  'workers that are killed while they rematch, with BullMQ on %s',
  (kind) => {
    let database: TestDatabase;
    let dataSource: DataSource;
    let home: string;
    const workers: RunningProgram[] = [];

    beforeAll(async () => {
      home = await mkdtemp(join(tmpdir(), 'qonys-rematch-'));
      database = await createTestDatabase();
      dataSource = await database.dataSource(OutboxEvent);
      const chance = seededChance(6);
      for (let i = 0; i < 60; i++) {
        await makeVacancy(dataSource, {
          districtKato: `${chance.pick(['55', '59', '63'])}${chance.whole(10, 24)}00000`,
          isco: chance.pick(['2221', '6130']),
          payMinTenge: chance.whole(200, 400) * 1_000,
          payMaxTenge: null,
          openings: chance.whole(1, 3),
        });
      }
      for (let i = 0; i < HOUSEHOLDS; i++) {
        await makeHousehold(dataSource, {
          adults: [{ columns: { experience_years: chance.whole(0, 9) } }, { isco: '6130' }].slice(
            0,
            chance.whole(1, 2),
          ),
        });
      }
    }, 60_000);
    afterAll(async () => {
      for (const worker of workers) worker.kill('SIGKILL');
      await Promise.all(workers.map(({ ended }) => ended));
      await database.drop();
      await rm(home, { recursive: true, force: true });
    });

    const startWorker = (shard: number): RunningProgram => {
      const worker = startProgram('dist/src/main-worker.js', {
        env: {
          QONYS_HOME: home,
          DATABASE_URL: database.url,
          QUEUE_PREFIX: '{rematch}',
          ...(kind === 'redis' ? { REDIS_URL: serverUrl('QONYS_TEST_REDIS_URL') } : {}),
          MATCH_SHARD_HOUSEHOLDS: String(shard),
          QONYS_IIN_KEY: randomBytes(32).toString('base64'),
          QONYS_IIN_INDEX_KEY: randomBytes(32).toString('base64'),
          QONYS_AUTH_SECRET: randomBytes(32).toString('base64'),
          LOG_LEVEL: 'error',
        },
      });
      workers.push(worker);
      return worker;
    };
    const kill = async (worker: RunningProgram): Promise<void> => {
      worker.kill('SIGKILL');
      expect(await worker.ended).toBe('SIGKILL');
      workers.splice(workers.indexOf(worker), 1);
    };
    const request = (): Promise<string> =>
      inTransaction(dataSource, (tx) =>
        recordEvent(tx, { topic: 'match.requested', regionCode: null, payload: { reason: 'test' } }, new Date()),
      );
    const isDone = async (id: string): Promise<boolean> =>
      (await rows(dataSource, `select from match_run where id = $1 and status = 'done'`, [id])).length > 0;
    const shardsDone = async (id: string): Promise<number> => {
      const row = await firstRow<{ done: number }>(
        dataSource,
        `select count(h.finished_at)::int as done from match_snapshot s join match_shard h on h.snapshot_id = s.id where s.run_id = $1`,
        [id],
      );
      return row!.done;
    };
    const proposed = (): Promise<object[]> =>
      rows(
        dataSource,
        `select p.household_id, p.district_kato, p.score, pl.seeker_id, pl.vacancy_id, pl.parts
       from proposal p join placement pl on pl.proposal_id = p.id where p.status = 'waiting' order by 1, 2, 4`,
      );

    it(
      'does every shard again that died with its worker, and the run once',
      async () => {
        const first = startWorker(SHARD);
        const id = await request();
        for (const [at, worker] of [
          [0, first],
          [SHARDS / 2, null],
        ] as const) {
          const victim = worker ?? startWorker(SHARD);
          await until(async () => (await rows(dataSource, 'select from match_snapshot')).length > 0, PATIENT);
          await until(async () => (await shardsDone(id)) >= at || (await isDone(id)), PATIENT);
          expect(await isDone(id)).toBe(false);
          await kill(victim);
        }
        startWorker(SHARD);
        startWorker(SHARD);
        await until(() => isDone(id), PATIENT);
        const found = await proposed();
        expect(await rows(dataSource, 'select households, proposals_made from match_run')).toEqual([
          {
            households: HOUSEHOLDS,
            proposals_made: new Set(found.map((one) => JSON.stringify(Object.values(one).slice(0, 2)))).size,
          },
        ]);
        const told = `select count(*)::int as told from outbox_event where topic = 'proposals.made'`;
        expect(await rows(dataSource, told)).toEqual([{ told: 1 }]);
        expect(await rows(dataSource, 'select from match_shard')).toEqual([]);

        // The same market in one piece, by a worker whose shards hold everybody.
        await Promise.all(
          workers.splice(0).map(async (worker) => {
            worker.kill('SIGTERM');
            await worker.ended;
          }),
        );
        await dataSource.query('delete from proposal');
        startWorker(HOUSEHOLDS);
        const whole = await request();
        await until(() => isDone(whole), PATIENT);
        expect(found.length).toBeGreaterThan(HOUSEHOLDS / 4);
        expect(await proposed()).toEqual(found);
      },
      LONGEST_MS + 60_000,
    );
  },
);
