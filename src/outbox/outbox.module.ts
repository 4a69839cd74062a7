import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OutboxEvent } from './outbox-event.entity.js';
import { RelayService } from './relay.service.js';
import { SweeperService } from './sweeper.service.js';

@Module({})
export class OutboxModule {
  /** `works`: whether this process also carries events to the queues. */
  static with(works: boolean): DynamicModule {
    return {
      module: OutboxModule,
      imports: [TypeOrmModule.forFeature([OutboxEvent])],
      providers: works ? [RelayService, SweeperService] : [],
    };
  }
}
