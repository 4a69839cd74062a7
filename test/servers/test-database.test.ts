import { createTestDatabase, refuseRealName } from '../support/database.js';
import { rows } from '../../src/database/sql.js';

describe('a test database', () => {
  it('has the whole schema, and is nobody else’s', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    try {
      const [first, second] = await Promise.all([one.dataSource(), other.dataSource()]);
      const tables = await rows<{ name: string }>(
        first,
        `select table_name as name from information_schema.tables where table_schema = 'public'`,
      );
      expect(tables.map((table) => table.name)).toEqual(expect.arrayContaining(['vacancy', 'household', 'proposal']));
      await first.query(`create table only_here (id int)`);
      expect(await rows(second, `select to_regclass('only_here') as found`)).toEqual([{ found: null }]);
    } finally {
      await Promise.all([one.drop(), other.drop()]);
    }
  });

  it('refuses a name that does not say "test"', () => {
    expect(() => refuseRealName('qonys')).toThrow('no test database');
    expect(() => refuseRealName('test; drop database qonys')).toThrow('no test database');
  });
});
