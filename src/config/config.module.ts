import { type DynamicModule, Global, Module } from '@nestjs/common';
import { CLOCK, type Clock } from '../shared/clock.js';
import { clockWithPast } from '../shared/past.js';
import { CONFIG, type Config } from './config.js';

@Global()
@Module({})
export class ConfigModule {
  static with(config: Config, clock: Clock): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: CLOCK, useValue: clockWithPast(clock) },
      ],
      exports: [CONFIG, CLOCK],
    };
  }
}
