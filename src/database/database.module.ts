import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { APP_ROLE, urlAsRole } from './app-role.js';
import { MIGRATIONS } from './migrations.js';
import { ScopedPool } from './scoped-pool.js';
import './pg-types.js';

/** A wait for a connection ends: a caller that waits for ever holds what others wait for. */
const CONNECTION_WAIT_MS = 30_000;
/** Longer than any transaction has reason to think: one that was forgotten must not keep its locks. */
const IDLE_IN_TRANSACTION_MS = 300_000;

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => {
        if (config.databaseUrl === null) throw new Error('The database URL is not known yet.');
        return {
          type: 'postgres',
          url: urlAsRole(config.databaseUrl, APP_ROLE),
          driver: { Pool: ScopedPool },
          autoLoadEntities: true,
          synchronize: false,
          migrations: MIGRATIONS,
          migrationsRun: false,
          poolSize: config.databasePoolSize,
          connectTimeoutMS: CONNECTION_WAIT_MS,
          extra: { idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS },
          retryAttempts: 0,
          applicationName: 'qonys',
        };
      },
    }),
  ],
})
export class DatabaseModule {}
