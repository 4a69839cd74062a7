import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { inTransaction } from '../database/transaction.js';
import { type QuotaKey, openBalance } from '../programme/quota-ledger.js';
import { eachAlone } from '../queue/each-alone.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { ApplicationFlow, type StepActor } from './application-flow.service.js';
import { APPLICATION_STATES, APPLICATION_TABLE } from './application-states.js';
import { pastDue, quotaKeys } from './applications.queries.js';
import { deadlineOn } from './deadlines.js';

const CALENDAR: StepActor = { id: 'keep-applications', role: 'system' };

/** States that end by themselves when nobody acts. */
const LAPSING = APPLICATION_STATES.filter((state) => APPLICATION_TABLE[state].lapse !== undefined);

export interface Kept {
  /** Applications that ended because nobody acted in time. */
  lapsed: number;
  /** Those that got a place because a quota grew; places that others left are given at once. */
  movedUp: number;
}

/** What time alone does to applications: quotas come into force, the waiting move up, waits lapse. It may run twice without harm. */
@Injectable()
export class ApplicationsCalendar {
  private readonly logger = new Logger(ApplicationsCalendar.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly flow: ApplicationFlow,
  ) {}

  async keep(): Promise<Kept> {
    const kept: Kept = { movedUp: 0, lapsed: 0 };
    const steps = [
      { name: 'The quotas', work: () => this.bringQuotasUp(kept) },
      { name: 'What is over', work: () => this.lapse(kept) },
    ];
    await eachAlone(
      steps,
      ({ work }) => work(),
      this.logger,
      ({ name }) => name,
    );
    return kept;
  }

  private async bringQuotasUp(kept: Kept): Promise<void> {
    const year = Number(this.flow.today().slice(0, 4));
    const bringUp = async (key: QuotaKey): Promise<void> => {
      kept.movedUp += await inTransaction(this.dataSource, async (tx) => {
        const at = this.clock.now();
        const balance = await openBalance(tx, key, dateInKazakhstan(at), { actor: CALENDAR.id, at });
        if (balance.refusedPersons !== null) {
          const { regionCode, category, refusedPersons, reserved, taken } = balance;
          this.logger.warn(
            `quota.below_given: The quota of ${regionCode} (${category}) of ${refusedPersons} persons does not count: ${reserved + taken} are given.`,
          );
        }
        return this.flow.moveUp(tx, balance, at);
      });
    };
    const keys = await quotaKeys(this.dataSource, year);
    await eachAlone(
      keys,
      bringUp,
      this.logger,
      ({ regionCode, category }) => `The quota of ${regionCode} (${category}) could not be brought up`,
    );
  }

  private async lapse(kept: Kept): Promise<void> {
    const over = await pastDue(this.dataSource, this.flow.today(), LAPSING);
    const lapse = async ({ id }: { id: string }): Promise<void> => {
      kept.lapsed += await this.lapseOne(id);
    };
    await eachAlone(over, lapse, this.logger, ({ id }) => `The application ${id} could not lapse`);
  }

  private lapseOne(id: string): Promise<number> {
    return inTransaction(this.dataSource, (tx) =>
      this.flow.locked(tx, id, CALENDAR, async (application, balance) => {
        const { state, stateSince, dueOn } = application;
        // Somebody may have acted since the list was made.
        if (dueOn === null || APPLICATION_TABLE[state].lapse === undefined) return 0;
        const { lapsesAfter } = deadlineOn(this.flow.deadlines, state, dateInKazakhstan(stateSince), dueOn);
        if (lapsesAfter === null || lapsesAfter >= this.flow.today()) return 0;
        const reason = state === 'interested' ? 'interest_lapsed' : 'deadline_passed';
        const change = { action: 'lapse', actor: CALENDAR, at: this.clock.now(), reason } as const;
        await this.flow.carryOut(tx, balance, application, change);
        return 1;
      }),
    );
  }
}
