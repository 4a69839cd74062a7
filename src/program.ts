import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule, type ProcessRole } from './app.module.js';
import type { Config } from './config/config.js';
import { asSystem } from './database/scope.js';
import { type Clock, systemClock } from './shared/clock.js';
import { configureHttp } from './web/http.js';

/**
 * The whole program, started but not yet listening: the same for `npm start`, for the separate processes and for the tests.
 * `config.databaseUrl` names a database that has been migrated.
 */
export async function createProgram(
  role: ProcessRole,
  config: Config,
  clock: Clock = systemClock,
): Promise<NestExpressApplication> {
  return asSystem(async () => {
    const app = await NestFactory.create<NestExpressApplication>(AppModule.forRole(role, config, clock), {
      abortOnError: false,
      bodyParser: false,
      bufferLogs: true,
      logger: ['error', 'warn'],
    });
    configureHttp(app, { isWorker: role === 'worker' });
    return app.init();
  });
}
