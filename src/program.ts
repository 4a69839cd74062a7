import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule, type ProcessRole } from './app.module.js';
import type { Config } from './config/config.js';
import { type Clock, systemClock } from './shared/clock.js';

/**
 * The whole program, built but not yet listening: the same for `npm start`, for the separate processes and for the tests.
 * `config.databaseUrl` names a database that has been migrated.
 */
export async function createProgram(
  role: ProcessRole,
  config: Config,
  clock: Clock = systemClock,
): Promise<NestExpressApplication> {
  return NestFactory.create<NestExpressApplication>(AppModule.forRole(role, config, clock), {
    abortOnError: false,
    bufferLogs: true,
    logger: ['error', 'warn'],
  });
}
