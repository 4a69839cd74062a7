import { migrate } from '../../src/database/migrate.js';
import { MIGRATIONS } from '../../src/database/migrations.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { createEmptyDatabase } from '../support/database.js';

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
