import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { forgetContacts } from './questions.queries.js';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** An asker may say that nothing has come, and the gateway may be asked, for this long after the answer went out. */
export const CONTACT_KEPT_DAYS = 30;

/** Removes the phone numbers and addresses that askers left, some time after their answer. Any number of workers may do it. */
@Injectable()
export class ForgetContactsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ForgetContactsService.name);
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<unknown> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const work = (): void => {
      this.working = asSystem(() => this.forget()).catch((fault: unknown) => {
        this.logger.warn(`Forgetting contacts: ${String(fault)}`);
      });
    };
    work();
    this.timer = setInterval(work, EVERY_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.working;
  }

  /** Answers how many were removed. */
  forget(): Promise<number> {
    return forgetContacts(this.dataSource, new Date(this.clock.now().getTime() - CONTACT_KEPT_DAYS * DAY_MS));
  }
}
