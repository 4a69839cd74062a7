import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { ProcessRole } from '../../src/app.module.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import { asSystem } from '../../src/database/scope.js';
import { createProgram } from '../../src/program.js';
import { type Clock, systemClock } from '../../src/shared/clock.js';
import { type EntityClass, type TestDatabase, createTestDatabase, serverUrl } from './database.js';

/** The real program on a random port, over a database and a queue of its own. */
export interface TestApp {
  /** `app.get(Service)` answers a service whose methods run as the program itself; requests are held by the policies. */
  app: NestExpressApplication;
  /** `http://127.0.0.1:port`, without a slash at the end. */
  url: string;
  config: Config;
  database: TestDatabase;
  /** Reads and writes everything, as the owner of the tables. `app.get(DataSource)` is the program's own. */
  dataSource: DataSource;
  /** Stops the program; removes the database unless it was given by the caller. */
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** What BullMQ works on. Default `postgres`, as `npm start` without REDIS_URL. */
  queue?: 'postgres' | 'redis';
  clock?: Clock;
  role?: ProcessRole;
  /** Shared by several programs of one test; then the caller drops it. */
  database?: TestDatabase;
  config?: Partial<Config>;
}

/** Builds and starts the program as `npm start` does, without the demo. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await createTestDatabase());
  const home = await mkdtemp(join(tmpdir(), 'qonys-test-home-'));
  const config = { ...testConfig(database.url, home, options.queue ?? 'postgres'), ...options.config };
  const app = await createProgram(options.role ?? 'all', config, options.clock ?? systemClock);
  await app.listen(config.port, '127.0.0.1');
  const entities = app.get(DataSource).entityMetadatas.map(({ target }) => target as EntityClass);
  const dataSource = await database.dataSource(...entities);
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  return {
    app: withServicesAsSystem(app),
    url: `http://127.0.0.1:${port}`,
    config,
    database,
    dataSource,
    async close() {
      await app.close();
      if (dataSource.isInitialized) await dataSource.destroy();
      if (options.database === undefined) await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A configuration as the environment would give it. Each database has its own queue prefix, so Redis can be shared. */
export function testConfig(databaseUrl: string, home: string, queue: 'postgres' | 'redis'): Config {
  return loadConfig({
    QONYS_HOME: home,
    DATABASE_URL: databaseUrl,
    ...(queue === 'redis' ? { REDIS_URL: serverUrl('QONYS_TEST_REDIS_URL') } : {}),
    QUEUE_PREFIX: `{${new URL(databaseUrl).pathname.slice(1)}}`,
    QONYS_IIN_KEY: randomBytes(32).toString('base64'),
    QONYS_IIN_INDEX_KEY: randomBytes(32).toString('base64'),
    QONYS_AUTH_SECRET: randomBytes(32).toString('base64'),
    PORT: '0',
    LOG_LEVEL: 'error',
  });
}

/** Tests call services from no request and no job: they act as the program itself. */
function withServicesAsSystem(app: NestExpressApplication): NestExpressApplication {
  return new Proxy(app, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== 'get') return typeof value === 'function' ? (value as Call).bind(target) : value;
      return (token: Parameters<typeof app.get>[0]) => {
        const service: unknown = target.get(token);
        const isPlain = typeof service !== 'object' || service === null || service instanceof DataSource;
        return isPlain ? service : methodsAsSystem(service);
      };
    },
  });
}

type Call = (...given: unknown[]) => unknown;

function methodsAsSystem(service: object): object {
  return new Proxy(service, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function'
        ? (...given: unknown[]) => asSystem(() => (value as Call).apply(target, given))
        : value;
    },
  });
}
