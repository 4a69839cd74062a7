import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { type Durations, durationsIn } from '../shared/durations.js';
import { type EndedCount, answeredQuestions, decidedApplications } from './figures.queries.js';

/** Looked back on: one year. */
const LOOKED_BACK_MS = 365 * 86_400_000;

export interface TimesOfRegion extends Durations {
  region: string;
  /** How many ended in the time that is looked back on; null: fewer than five. */
  ended: number | null;
}

export interface Times {
  asOf: Date;
  /** Applications, from the day on which the region had them to its first decision. */
  decisions: TimesOfRegion[];
  /** Questions, from the day on which they were asked to the answer. */
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
    const [decided, answered] = await asSystem(() =>
      Promise.all([decidedApplications(this.dataSource, since), answeredQuestions(this.dataSource, since)]),
    );
    const ever = await this.programme.everReceptionRegions();
    const regions = [...new Set([...ever, ...[...decided, ...answered].map(({ regionCode }) => regionCode)])].sort();
    const of = (counts: readonly EndedCount[]): TimesOfRegion[] =>
      regions.map((region) => ({ region, ...durationsIn(counts.filter(({ regionCode }) => regionCode === region)) }));
    return { asOf, decisions: of(decided), answers: of(answered) };
  }
}
