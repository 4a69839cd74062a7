import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { asSystem } from './database/scope.js';
import { joinDatabase } from './open-database.js';
import { prepareDatabase } from './ready-database.js';

// What the command line needs of the whole program, loaded only by the commands that use it.
export { AppModule, asSystem, joinDatabase, prepareDatabase };

/** Opens the program's services for some work and closes them after it. */
export async function withProgram<Result>(
  module: ReturnType<typeof AppModule.forRole>,
  work: (services: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  const services = await NestFactory.createApplicationContext(module, { abortOnError: false, logger: false });
  try {
    return await work(services);
  } finally {
    await services.close();
  }
}
