import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobHandlers } from '../queue/job-handlers.js';
import { ApplicationsCalendar } from './applications-calendar.service.js';

/** The job that comes round for applications. */
@Injectable()
export class ApplicationsProcessor implements OnModuleInit {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly calendar: ApplicationsCalendar,
  ) {}

  onModuleInit(): void {
    this.handlers.register('keep-applications', async () => {
      await this.calendar.keep();
    });
  }
}
