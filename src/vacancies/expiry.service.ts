import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { asSystem } from '../database/scope.js';
import { IngestService } from './ingest.service.js';

/** Vacancies end at midnight in Kazakhstan; within the hour they are closed. */
const EVERY_MS = 3_600_000;

/** What time alone does to vacancies and runs: last days pass, and processes die. Any number of workers may do it. */
@Injectable()
export class ExpiryService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ExpiryService.name);
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly ingests: IngestService) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.work();
    this.timer = setInterval(() => {
      this.working = asSystem(() => this.work());
    }, EVERY_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.working;
  }

  private async work(): Promise<void> {
    try {
      await this.ingests.failAbandoned();
      await this.ingests.closeExpired();
    } catch (fault) {
      this.logger.warn(`Closing expired vacancies: ${String(fault)}`);
    }
  }
}
