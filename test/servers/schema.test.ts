import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { DataSource } from 'typeorm';
import { DoubtsAndNames1764840000000 } from '../../migrations/1764840000000-doubts-and-names.js';
import { SecondChanceTakeFrom1764995000000 } from '../../migrations/1764995000000-second-chance-take-from.js';
import { fromRoot } from '../../src/config/paths.js';
import { migrate } from '../../src/database/migrate.js';
import { MIGRATIONS } from '../../src/database/migrations.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { createEmptyDatabase } from '../support/database.js';

/** The beginning of each landed migration's SHA-256. A new migration is added, none is changed. */
const LANDED = {
  '1764000000000-initial.ts': '28d8ec6c6524f91c',
  '1764100000000-placement-mismatch.ts': '0d9b5fef90fda412',
  '1764200000000-vacancy-read-apart.ts': 'c734ded6b708c868',
  '1764300000000-accounts.ts': 'b125ad1febba98e2',
  '1764400000000-row-level-security.ts': '02902766c6f1a612',
  '1764500000000-vacancy-search.ts': '9c663f8a3bf67e3d',
  '1764600000000-notices.ts': '8760db010dde1b9e',
  '1764700000000-migrant-desk.ts': '3131616370b0013d',
  '1764750000000-match-run-snapshot.ts': '5e3833f728dea08d',
  '1764800000000-notices-read.ts': '74ea8a66944193bd',
  '1764810000000-audit-truncate.ts': 'b50c5a759dc345b3',
  '1764820000000-rejected-absent.ts': '577ab6027511711d',
  '1764830000000-firm-owner.ts': '63304d30233dedcb',
  '1764840000000-doubts-and-names.ts': '8fce11761430f553',
  '1764853710000-title-corrections.ts': '33bf3e7da5e550d6',
  '1764900000000-applications.ts': '21ff6ec6ffa6024d',
  '1764910000000-questions.ts': 'bb6c55bec7eca271',
  '1764920000000-outcomes.ts': 'f8cac782bc16df44',
  '1764930000000-match-run-vacancies.ts': '9c9c551e7c25232c',
  '1764940000000-match-shards.ts': '7dcf66efd9cfe3f8',
  '1764970000000-accounts-and-quotas.ts': 'eddb002a9ebc2a6b',
  '1764985000000-second-chances-and-returns.ts': 'c2e3f72329943e1d',
  '1764990000000-other-members.ts': '20a54a8af3bc5c87',
  '1764995000000-second-chance-take-from.ts': '5ac962d988e88401',
  '1764996000000-rejected-as-of.ts': '417626f8eda8b974',
  '1764997000000-owner-of-approved.ts': 'ffa0c83b0ec6b909',
};

const EVENT = '0192f0aa-0000-7000-8000-000000000001';

describe('migrations', () => {
  it('bring an empty database up to date once, however many processes start together', async () => {
    const database = await createEmptyDatabase();
    try {
      const ran = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
      expect(ran.flat()).toHaveLength(MIGRATIONS.length);
      expect(await migrate(database.url)).toEqual([]);
    } finally {
      await database.drop();
    }
  });

  it('that have landed never change: a database that ran them would go without the change', () => {
    const files = readdirSync(fromRoot('migrations')).sort();
    const hashes = files.map((file) => {
      const text = readFileSync(fromRoot('migrations', file));
      return [file, createHash('sha256').update(text).digest('hex').slice(0, 16)];
    });
    expect(Object.fromEntries(hashes)).toEqual(LANDED);
    expect(files).toHaveLength(MIGRATIONS.length);
  });

  it('carry over what an earlier version wrote: doubts of notices, occupations without a name, refused records', async () => {
    const database = await createEmptyDatabase();
    const before = MIGRATIONS.slice(0, MIGRATIONS.indexOf(DoubtsAndNames1764840000000));
    const dataSource = new DataSource({ type: 'postgres', url: database.url, migrations: before });
    try {
      await dataSource.initialize();
      await dataSource.runMigrations({ transaction: 'each' });
      await dataSource.query(`insert into occupation (isco, title_en) values ('2221', 'Nursing professionals')`);
      await dataSource.query(
        `insert into outbox_event (id, topic, payload, created_at) values ($1, 'proposal.approved', '{}', now())`,
        [EVENT],
      );
      for (const [channel, inDoubt] of [
        ['sms', true],
        ['in_app', false],
      ]) {
        await dataSource.query(
          `insert into delivery (id, event_id, channel, recipient, topic, subject_id, status, message_ref, in_doubt, created_at)
           values (gen_random_uuid(), $1, $2, 'x', 'proposal.approved', $1, 'failed', 'x', $3, now())`,
          [EVENT, channel, inDoubt],
        );
      }
      for (const [ref, generatedAt] of [
        ['dated', '2026-09-03T01:00:00Z'],
        ['undated', null],
      ]) {
        await dataSource.query(
          `with run as (
             insert into ingest_run (id, source, connector, origin, status, started_at, generated_at)
             values (gen_random_uuid(), 'enbek', 'enbek-feed', 'a', 'applied', now(), $2) returning id
           )
           insert into rejected_record (id, run_id, source, connector, origin, ref, code, raw, rejected_at)
           select gen_random_uuid(), id, 'enbek', 'enbek-feed', 'a', $1, 'record.not_object', $1, '2026-09-03T02:00:00Z' from run`,
          [ref, generatedAt],
        );
      }
      expect(await migrate(database.url)).toHaveLength(MIGRATIONS.length - before.length);
      expect(await dataSource.query(`select ref, as_of from rejected_record order by ref`)).toEqual([
        { ref: 'dated', as_of: new Date('2026-09-03T01:00:00Z') },
        { ref: 'undated', as_of: new Date('2026-09-03T02:00:00Z') },
      ]);
      expect(await dataSource.query(`select channel, doubts, in_doubt from delivery order by channel`)).toEqual([
        { channel: 'in_app', doubts: 0, in_doubt: false },
        { channel: 'sms', doubts: 1, in_doubt: true },
      ]);
      expect(await dataSource.query(`select title_ru from occupation`)).toEqual([
        { title_ru: 'Nursing professionals' },
      ]);
    } finally {
      await dataSource.destroy();
      await database.drop();
    }
  });

  it('give who stands before an approved second chance all the days to take it', async () => {
    const database = await createEmptyDatabase();
    const before = MIGRATIONS.slice(0, MIGRATIONS.indexOf(SecondChanceTakeFrom1764995000000));
    const dataSource = new DataSource({ type: 'postgres', url: database.url, migrations: before });
    try {
      await dataSource.initialize();
      await dataSource.runMigrations({ transaction: 'each' });
      // A second chance alone, without what it is of.
      await dataSource.query(`
        set session_replication_role = replica;
        insert into second_chance (id, arrival_id, household_id, region_code, lost, state, proposal_id, opened_at)
        select '${EVENT}', '${EVENT}', '${EVENT}', 'KZ-59', '{job}', 'proposed', '${EVENT}', '2026-01-01';
        set session_replication_role = origin`);
      expect(await migrate(database.url)).toHaveLength(MIGRATIONS.length - before.length);
      expect(
        await dataSource.query(`select take_from > now() - interval '1 hour' as whole from second_chance`),
      ).toEqual([{ whole: true }]);
    } finally {
      await dataSource.destroy();
      await database.drop();
    }
  });

  it('refuse to go back', async () => {
    for (const migration of MIGRATIONS) await expect(new migration().down()).rejects.toThrow('forward');
  });
});

describe('entities', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ role: 'api' });
  });
  afterAll(() => app.close());

  it('agree with the migrated tables: every column, its type and whether it may be null', async () => {
    const { dataSource } = app;
    const columns = await dataSource.query<{ table: string; column: string; type: string; nullable: boolean }[]>(
      `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type, not a.attnotnull as nullable
         from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`,
    );
    const tables = new Set(dataSource.entityMetadatas.map(({ tableName }) => tableName));
    const inTables = columns
      .filter(({ table }) => tables.has(table))
      .map(({ table, column, type, nullable }) => `${table}.${column} ${type}${nullable ? ' null' : ''}`);
    const inEntities = dataSource.entityMetadatas.flatMap(({ tableName, columns: own }) =>
      own.map((column) => {
        const type = `${TYPES[String(column.type)] ?? String(column.type)}${column.isArray ? '[]' : ''}`;
        return `${tableName}.${column.databaseName} ${type}${column.isNullable ? ' null' : ''}`;
      }),
    );
    expect(tables.size).toBeGreaterThan(10);
    // What PostgreSQL alone fills and compares has no type that TypeORM knows: a text there, or nothing.
    const itsOwn = (column: string): boolean => /^(match_run\.read_snapshot|outbox_event\.made_in) /.test(column);
    expect(inEntities.filter((column) => !itsOwn(column)).sort()).toEqual(
      inTables.filter((column) => !itsOwn(column)).sort(),
    );
    expect(inTables).toEqual(
      expect.arrayContaining(['match_run.read_snapshot pg_snapshot null', 'outbox_event.made_in xid8']),
    );
  });
});

/** Short names that TypeORM and PostgreSQL take, by the names PostgreSQL shows. */
const TYPES: Record<string, string> = {
  timestamptz: 'timestamp with time zone',
  float8: 'double precision',
  int: 'integer',
  varchar: 'character varying',
};
