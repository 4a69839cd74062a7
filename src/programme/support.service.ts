import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { placeName } from '../reference/place-name.js';
import { PlaceService } from '../reference/place.service.js';
import { regionStatistics } from '../reference/reference.queries.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { type DatedProgramme, type ProgrammeFacts, knownFacts, programmeOn } from './dated-programme.js';
import { type Eligibility, type OwnAnswers, eligibilityOn } from './eligibility.js';
import { type EligibilityRules, readEligibilityRules } from './eligibility-rules.js';
import { type Move, type MoveMoney, moveMoney } from './move-money.js';
import {
  type NationalQuota,
  type ProgrammeOverview,
  programmeOverview,
  readNationalQuotas,
} from './programme-overview.js';
import { everyQuota, listedVersions } from './programme.queries.js';
import { calendarDate } from './programme.service.js';
import { type SupportSheet, supportSheet } from './support.js';
import { type SupportRules, indexOn, knownIndexOn, measuresOn, readSupportRules } from './support-rules.js';

/** What is asked: a household of `members` that moves to a place; `on` a day, today by default. */
export interface SupportQuestion {
  members: number;
  kato: string;
  on?: string;
}

/** Who asks whether they may apply: from a region to a place, as far as they say; `on` a day, today by default. */
export interface EligibilityAsked {
  homeRegionCode: string | null;
  kato: string;
  on?: string;
  answers: OwnAnswers;
  /** Null: not known. */
  children: number | null;
  /** Of the job there; null: none is looked at, or it does not say. */
  employment: string | null;
}

export interface EmployerSubsidy {
  mci: number;
  years: number;
  tenge: number;
  /** Of the index. */
  year: number;
  source: string;
  verified: boolean;
}

/** What the database holds of the programme is read again after so long. */
const FACTS_OLDEST_MS = 60_000;

/** The programme's support on a day: for a household in a place, for a move to a job, and who may apply. */
@Injectable()
export class SupportService {
  readonly rules: SupportRules = readSupportRules();
  private readonly eligibilityRules: EligibilityRules = readEligibilityRules();
  /** Totals of the whole country by year, with the revisions within it. */
  readonly nationalQuotas: readonly NationalQuota[] = readNationalQuotas();
  private read: { at: number; facts: Promise<ProgrammeFacts> } | null = null;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly places: PlaceService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Errors: those of `supportSheet`; `programme.date_invalid` (400), `support.place_unknown` (400), `support.place_unclear` (422) where
   * neither town nor village can be told, `support.not_reception` (422) for a place that the programme does not send to that day.
   */
  async sheet({ members, kato, on }: SupportQuestion): Promise<SupportSheet> {
    const { date, place, names } = this.placed(kato, on);
    const { settlementType } = place;
    if (settlementType === null) {
      // Where nobody is sent to, it does not matter which of the two the place is.
      mustReceive(await this.programmeOn(date), place.regionCode, names);
      throw new Problem('support.place_unclear', 422, names);
    }
    const sheet = supportSheet(this.rules, { members, settlementType, on: date });
    mustReceive(await this.programmeOn(date), place.regionCode, names);
    return sheet;
  }

  /**
   * Works out one move after another by the rules of a day, today by default, without asking the database for each. Errors:
   * `programme.date_invalid` (400), `programme.before_first_version` (422); what a single move is refused stands in its answer.
   */
  async moneyOn(on?: string): Promise<(move: Move) => MoveMoney> {
    const programme = await this.programmeOn(this.dayOf(on));
    return (move) => moveMoney(this.rules, programme, move);
  }

  /** Errors: as for `sheet`, but that a place need not be a town or a village. */
  async eligibility(asked: EligibilityAsked): Promise<Eligibility> {
    const { date, place, names } = this.placed(asked.kato, asked.on);
    const programme = await this.programmeOn(date);
    mustReceive(programme, place.regionCode, names);
    return this.eligibilityBetween({ ...asked, on: date, regionCode: place.regionCode });
  }

  /** The same for regions alone; a region that takes nobody in is a rule that is not met. Error: `support.index_unknown` (422). */
  async eligibilityBetween(
    asked: Omit<EligibilityAsked, 'kato' | 'on'> & { regionCode: string; on?: string },
  ): Promise<Eligibility> {
    const date = this.dayOf(asked.on);
    // Rules of a year whose index is not known are not known either.
    indexOn(this.rules, date);
    const programme = await this.programmeOn(date);
    const { answers, children } = asked;
    const known = knownFacts(programme, asked, asked.employment);
    return eligibilityOn(this.eligibilityRules, { on: programme.on, known, answers, children });
  }

  /** Everything in force on a day, today by default. Errors: `programme.date_invalid` (400), `support.index_unknown` (422). */
  async overview(on?: string): Promise<ProgrammeOverview> {
    const date = this.dayOf(on);
    indexOn(this.rules, date);
    const facts = await this.facts();
    return programmeOverview(this.rules, programmeOn(facts, date), facts.quotas, this.nationalQuotas);
  }

  /** Lists, quotas and living costs in force on a day. Errors: `programme.before_first_version` (422). */
  async programmeOn(date: string): Promise<DatedProgramme> {
    return programmeOn(await this.facts(), date);
  }

  /** What a firm gets today for each resettled worker whom it hires for so many years and houses; null where the index is not known. */
  employerSubsidy(): EmployerSubsidy | null {
    const on = this.today();
    const measure = measuresOn(this.rules, on).find((one) => one.kind === 'per_worker');
    const index = knownIndexOn(this.rules, on);
    if (measure === undefined || index === null) return null;
    const { mci, years, source } = measure;
    const verified = measure.verified && index.verified;
    return { mci, years, tenge: mci * index.tenge, year: Number(on.slice(0, 4)), source, verified };
  }

  /** The day asked for, today by default. Error: `programme.date_invalid` (400). */
  dayOf(on: string | undefined): string {
    return calendarDate(on ?? this.today());
  }

  private today(): string {
    return dateInKazakhstan(this.clock.now());
  }

  private placed(kato: string, on: string | undefined): Placed {
    const date = this.dayOf(on);
    const place = this.places.place(kato);
    if (place === null) throw new Problem('support.place_unknown', 400, { kato });
    return {
      date,
      place,
      names: { placeKk: placeName('kk', place), placeRu: placeName('ru', place), placeEn: placeName('en', place) },
    };
  }

  /** One reading for everybody, renewed when it is old; a reading that failed is forgotten. */
  private facts(): Promise<ProgrammeFacts> {
    const at = this.clock.now().getTime();
    if (this.read !== null && Math.abs(at - this.read.at) < FACTS_OLDEST_MS) return this.read.facts;
    const reading = { at, facts: this.readFacts() };
    this.read = reading;
    reading.facts.catch(() => {
      if (this.read === reading) this.read = null;
    });
    return reading.facts;
  }

  private async readFacts(): Promise<ProgrammeFacts> {
    const [versions, quotas, spending] = await Promise.all([
      listedVersions(this.dataSource),
      everyQuota(this.dataSource),
      regionStatistics(this.dataSource, 'spending_per_head'),
    ]);
    const livingCosts = spending.map(({ regionCode, value, period, source, verified }) => {
      return [regionCode, { perHeadTenge: Math.round(value), period, source, verified }] as const;
    });
    return { versions, quotas, livingCosts: new Map(livingCosts) };
  }
}

interface Placed {
  date: string;
  place: NonNullable<ReturnType<PlaceService['place']>>;
  names: { placeKk: string; placeRu: string; placeEn: string };
}

function mustReceive({ on, version }: DatedProgramme, regionCode: string, names: Placed['names']): void {
  if (version.reception.some((one) => one.regionCode === regionCode)) return;
  throw new Problem('support.not_reception', 422, { ...names, date: on });
}
