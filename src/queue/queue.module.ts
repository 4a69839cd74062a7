import { type DynamicModule, Global, Module } from '@nestjs/common';
import { JobHandlers } from './job-handlers.js';
import { QueueService } from './queue.service.js';
import { WorkerHost } from './worker-host.js';

@Global()
@Module({})
export class QueueModule {
  /** `works`: whether this process runs jobs, or only adds them. */
  static with(works: boolean): DynamicModule {
    return {
      module: QueueModule,
      providers: [QueueService, JobHandlers, ...(works ? [WorkerHost] : [])],
      exports: [QueueService, JobHandlers],
    };
  }
}
