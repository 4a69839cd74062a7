import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.js';
import { migrateDatabase, withServices } from '../../src/cli-program.js';
import type { Config } from '../../src/config/config.js';
import { testConfig } from '../support/app.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

/** Other tests give commands services of their own; here they get them as `src/qonys.ts` does, scopes and all. */
describe('the program under a command', () => {
  let home: string;
  let database: TestDatabase;
  let config: Config;
  const { signal } = new AbortController();
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'qonys-test-cli-program-'));
    database = await createTestDatabase();
    config = testConfig(database.url, home, 'postgres');
  });
  afterAll(async () => {
    await database?.drop();
    await rm(home, { recursive: true, force: true });
  });

  it('runs commands that read and write, one after the other, and closes after each', async () => {
    const out: string[] = [];
    const qonys = (...args: string[]): Promise<number> =>
      runCli(args, {
        config, language: 'en', interactive: false, signal,
        print: (line) => void out.push(line),
        remark: (line) => void out.push(line),
        migrate: () => migrateDatabase(config, signal),
        withServices: (work) => withServices(config, signal, work),
      }); // prettier-ignore
    const answer = (): unknown => JSON.parse(out.splice(0).join('\n'));
    expect(await qonys('migrate', '--json')).toBe(0);
    expect(answer()).toEqual({ migrations: [] });
    expect(await qonys('token', '--role', 'analyst', '--json')).toBe(0);
    expect(answer()).toMatchObject({ token: expect.any(String) });
    expect(await qonys('queues', '--json')).toBe(0);
    expect(answer()).toBeInstanceOf(Object);
    const dataSource = await database.dataSource();
    const others = await dataSource.query<unknown[]>(
      `select application_name, query from pg_stat_activity
       where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    expect(others).toEqual([]);
  });

  it('closes the program when the work fails, and lets the fault out as it was', async () => {
    const fault = new Error('out of order');
    await expect(withServices(config, signal, () => Promise.reject(fault))).rejects.toBe(fault);
  });
});
