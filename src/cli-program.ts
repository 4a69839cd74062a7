import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import type { Config } from './config/config.js';
import { asSystem } from './database/scope.js';
import { joinDatabase } from './open-database.js';
import { prepareDatabase } from './ready-database.js';
import { systemClock } from './shared/clock.js';

// What the command line needs of the whole program: loaded only by the commands that use it, for it takes a second.

/** Opens the database, brings it up to date, does some work on it and closes it. */
async function withDatabase<Result>(
  config: Config,
  signal: AbortSignal,
  work: (opened: Config, migrations: string[]) => Promise<Result>,
): Promise<Result> {
  const opened = await joinDatabase(config, { signal });
  try {
    const { migrations } = await prepareDatabase(opened.config.databaseUrl, systemClock.now());
    return await work(opened.config, migrations);
  } finally {
    await opened.close();
  }
}

/** Answers the migrations that ran. */
export function migrateDatabase(config: Config, signal: AbortSignal): Promise<string[]> {
  return withDatabase(config, signal, (_, migrations) => Promise.resolve(migrations));
}

/** Opens the program's services for some work and closes them after it. */
export function withServices<Result>(
  config: Config,
  signal: AbortSignal,
  work: (services: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  const program = async (opened: Config): Promise<Result> => {
    const module = AppModule.forRole('api', opened);
    const services = await NestFactory.createApplicationContext(module, { abortOnError: false, logger: false });
    try {
      return await work(services);
    } finally {
      await services.close();
    }
  };
  // Starting and closing the services ask the database too.
  return withDatabase(config, signal, (opened) => asSystem(() => program(opened)));
}
