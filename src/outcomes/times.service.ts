import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { type Durations, durationsIn } from '../shared/durations.js';
import { hideSmall } from '../shared/small-counts.js';
import {
  type EndedCount,
  PROGRAMME,
  type WaitingCount,
  answeredQuestions,
  decidedApplications,
  forwardedApplications,
  openQuestions,
  undecidedApplications,
} from './figures.queries.js';

/** Looked back on: one year. */
const LOOKED_BACK_MS = 365 * 86_400_000;

export interface TimesOfRegion extends Durations {
  region: string;
  /** How many ended in the time that is looked back on; null: fewer than five. */
  ended: number | null;
  /** What waits for the region now, and how much of it is past its day; null: fewer than five, or such a number could be computed. */
  open: number | null;
  overdue: number | null;
}

export interface Times {
  asOf: Date;
  /** Applications, from the day on which they were made to the one on which they were first forwarded to the region. */
  forwards: TimesOfRegion[];
  /** And from there, or where they were decided without a forwarding from the making, to the first decision. */
  decisions: TimesOfRegion[];
  /** Questions, from the day on which they were asked to the answer; `programme` for the programme's own desk. */
  answers: TimesOfRegion[];
}

/** How long regions take, in working days, for those who look at all of them. Fewer than five of anything are not told. */
@Injectable()
export class TimesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly programme: ProgrammeService,
  ) {}

  async times(): Promise<Times> {
    const asOf = this.clock.now();
    const since = new Date(asOf.getTime() - LOOKED_BACK_MS);
    // Days and counts by region; no row of anybody is answered.
    const today = dateInKazakhstan(asOf);
    const [forwarded, unforwarded, decided, undecided, answered, asked] = await asSystem(() =>
      Promise.all([
        forwardedApplications(this.dataSource, since),
        undecidedApplications(this.dataSource, today, false),
        decidedApplications(this.dataSource, since),
        undecidedApplications(this.dataSource, today, true),
        answeredQuestions(this.dataSource, since),
        openQuestions(this.dataSource, today),
      ]),
    );
    const ever = await this.programme.everReceptionRegions();
    const counted = [forwarded, unforwarded, decided, undecided, answered, asked].flatMap((counts) =>
      counts.map(({ regionCode }) => regionCode),
    );
    const regions = [...new Set([...ever, ...counted.filter((code) => code !== PROGRAMME)])].sort();
    const of = (
      ended: readonly EndedCount[],
      waiting: readonly WaitingCount[],
      desks: readonly string[] = regions,
    ): TimesOfRegion[] =>
      desks.map((region) => ({
        region,
        ...durationsIn(ended.filter(({ regionCode }) => regionCode === region)),
        ...shownWaiting(waiting.find(({ regionCode }) => regionCode === region)),
      }));
    return {
      asOf,
      forwards: of(forwarded, unforwarded),
      decisions: of(decided, undecided),
      answers: of(answered, asked, [...regions, PROGRAMME]),
    };
  }
}

function shownWaiting({ open, overdue }: Pick<WaitingCount, 'open' | 'overdue'> = { open: 0, overdue: 0 }): {
  open: number | null;
  overdue: number | null;
} {
  const [shownOpen] = hideSmall([open]);
  const [shownOverdue] = hideSmall([overdue, open - overdue]);
  return { open: shownOpen!, overdue: shownOverdue! };
}
