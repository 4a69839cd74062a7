import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { APP_ROLE, urlAsRole } from './app-role.js';
import { MIGRATIONS } from './migrations.js';
import { ScopedPool } from './scoped-pool.js';
import './pg-types.js';

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
          retryAttempts: 0,
          applicationName: 'qonys',
        };
      },
    }),
  ],
})
export class DatabaseModule {}
