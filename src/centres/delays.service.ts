import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { isKazakhHoliday } from '../shared/working-days.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { hideSmall } from '../shared/small-counts.js';
import {
  type DecidedIn,
  type Decision,
  type ReasonCount,
  decisionsOf,
  durationsOf,
  mondayOf,
  reasonsOf,
} from './delays.js';
import { decisionCounts, waitingByRegion } from './delays.queries.js';

/** Weeks that are looked back on, the present one with them. */
const WEEKS = 12;
const WEEK_MS = 7 * 86_400_000;

/** Counts of households that are null are of fewer than five. */
export interface CentreDelays extends DecidedIn, Record<Decision, number | null> {
  region: string;
  waiting: number | null;
  overdue: number | null;
  /** Without the weeks' numbers: with the sum they would tell the small ones. */
  byWeek: (Omit<DecidedIn, 'decided'> & { week: string })[];
}

export interface Delays {
  asOf: Date;
  /** The Monday of each week, the oldest first. */
  weeks: string[];
  centres: CentreDelays[];
  reasons: ReasonCount[];
}

/** How long people wait for each centre, for those who look at all of them. No count below five is told. */
@Injectable()
export class DelaysService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly programme: ProgrammeService,
  ) {}

  async delays(): Promise<Delays> {
    const asOf = this.clock.now();
    const today = dateInKazakhstan(asOf);
    const thisWeek = Date.parse(mondayOf(today));
    const weeks = Array.from({ length: WEEKS }, (_, i) =>
      new Date(thisWeek - (WEEKS - 1 - i) * WEEK_MS).toISOString().slice(0, 10),
    );
    const [receiving, ever] = await Promise.all([
      this.programme.receptionRegions(today),
      this.programme.everReceptionRegions(),
    ]);
    const since = new Date(`${weeks[0]}T00:00:00+05:00`);
    // Counts of all centres together, small ones hidden; no row of any household is answered.
    const [waiting, decisions] = await asSystem(() =>
      Promise.all([waitingByRegion(this.dataSource, today), decisionCounts(this.dataSource, ever, since)]),
    );
    // A region that takes settlers no more is shown while there is something of it.
    const left = [...waiting, ...decisions].map(({ regionCode }) => regionCode);
    const regions = ever.filter((region) => receiving.includes(region) || left.includes(region));
    const centres = regions.map((region): CentreDelays => {
      const own = decisions.filter(({ regionCode }) => regionCode === region);
      const queue = waiting.find(({ regionCode }) => regionCode === region) ?? { waiting: 0, overdue: 0 };
      const [shown] = hideSmall([queue.waiting]);
      const [overdue] = hideSmall([queue.overdue, queue.waiting - queue.overdue]);
      const byWeek = weeks.map((week) => {
        const inWeek = own.filter(({ decidedOn }) => mondayOf(decidedOn) === week);
        const { medianDays, p90Days } = durationsOf(inWeek, isKazakhHoliday);
        return { week, medianDays, p90Days };
      });
      return {
        region,
        waiting: shown!,
        overdue: overdue!,
        ...durationsOf(own, isKazakhHoliday),
        ...decisionsOf(own),
        byWeek,
      };
    });
    return { asOf, weeks, centres, reasons: reasonsOf(decisions) };
  }
}
