import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { DataSource, type EntitySchema, type MixedList } from 'typeorm';
import { prepareDatabase } from '../../src/ready-database.js';

/** A database of one test file's own, on the run's real PostgreSQL. */
export interface TestDatabase {
  url: string;
  /** An initialised data source over it; `drop` closes it. */
  dataSource(...entities: EntityClass[]): Promise<DataSource>;
  /** Closes the data sources made here and removes the database, whoever else is still connected. */
  drop(): Promise<void>;
}

// TypeORM's own type of an entity class.
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type
export type EntityClass = Function | EntitySchema;

const TEMPLATE = 'qonys_test_template';
/** Held while one process makes the template, so that parallel test files wait for it instead of making their own. */
const TEMPLATE_LOCK = 5_550_123;

/** A fresh database with the schema and the reference data, cloned from the run's template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `qonys_test_${randomBytes(6).toString('hex')}`;
  await onServer(async (server) => {
    await server.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    try {
      await ensureTemplate(server);
      await server.query(`create database ${refuseRealName(name)} template ${TEMPLATE} strategy file_copy`);
    } finally {
      await server.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
    }
  });
  const url = databaseUrl(name);
  const open: DataSource[] = [];
  return {
    url,
    async dataSource(...entities) {
      const dataSource = new DataSource({
        type: 'postgres',
        url,
        entities: entities as MixedList<EntityClass>,
        poolSize: 5,
      });
      open.push(await dataSource.initialize());
      return dataSource;
    },
    async drop() {
      await Promise.all(
        open.splice(0).flatMap((dataSource) => (dataSource.isInitialized ? [dataSource.destroy()] : [])),
      );
      await onServer((server) => server.query(`drop database if exists ${refuseRealName(name)} with (force)`));
    },
  };
}

/** An empty database: no schema at all. For tests of the migrations and of a program's first start. */
export async function createEmptyDatabase(): Promise<Omit<TestDatabase, 'dataSource'>> {
  const name = `qonys_test_${randomBytes(6).toString('hex')}`;
  await onServer((server) => server.query(`create database ${refuseRealName(name)}`));
  return {
    url: databaseUrl(name),
    async drop() {
      await onServer((server) => server.query(`drop database if exists ${refuseRealName(name)} with (force)`));
    },
  };
}

/** The name, when it says that it is a test's; nothing here touches any other database. */
export function refuseRealName(name: string): string {
  if (!/^[a-z0-9_]+$/.test(name) || !name.includes('test')) throw new Error(`"${name}" is no test database.`);
  return name;
}

/** Makes the template once a run with the program's own functions. Its comment says that it is whole. */
async function ensureTemplate(server: pg.Client): Promise<void> {
  const found = await server.query<{ whole: boolean }>(
    `select coalesce(shobj_description(oid, 'pg_database') = 'whole', false) as whole from pg_database where datname = $1`,
    [TEMPLATE],
  );
  if (found.rows[0]?.whole) return;
  await server.query(`drop database if exists ${refuseRealName(TEMPLATE)} with (force)`);
  await server.query(`create database ${refuseRealName(TEMPLATE)}`);
  const url = databaseUrl(TEMPLATE);
  await prepareDatabase(url, new Date());
  await server.query(`comment on database ${refuseRealName(TEMPLATE)} is 'whole'`);
}

async function onServer<Result>(work: (server: pg.Client) => Promise<Result>): Promise<Result> {
  const server = new pg.Client({ connectionString: serverUrl('QONYS_TEST_POSTGRES_URL') });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

function databaseUrl(name: string): string {
  const url = new URL(serverUrl('QONYS_TEST_POSTGRES_URL'));
  url.pathname = `/${refuseRealName(name)}`;
  return url.href;
}

/** The address of one of the run's servers, as servers-up.mjs left it. */
export function serverUrl(name: 'QONYS_TEST_POSTGRES_URL' | 'QONYS_TEST_REDIS_URL'): string {
  const url = process.env[name];
  if (url === undefined) throw new Error(`${name} is missing: run this test in the Jest project "servers".`);
  return url;
}
