import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { OccupationService } from '../occupations/occupation.service.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { type Failure, moveFailures } from './core/eligibility.js';
import { createPlainRanker } from './core/rank.js';
import type { VacancyOffer } from './core/types.js';
import type { Weights } from './core/weights.js';
import { movingHouseholds } from './market.queries.js';
import { SnapshotService } from './snapshot.service.js';
import { createSpecialityReader, readSpecialityTable } from './speciality.js';
import { atLeast } from './rounded-count.js';
import { WEIGHTS } from './weights.provider.js';

const SPECIALITIES = readSpecialityTable();

/** A vacancy that is not posted yet. */
export type ProspectiveVacancy = Pick<
  VacancyOffer,
  | 'isco' | 'iscoSure' | 'sector' | 'regionCode' | 'districtKato' | 'settlementType' | 'payMinTenge' | 'payMaxTenge'
  | 'employment' | 'education' | 'experience' | 'openings' | 'housing' | 'validUntil'
> & { title: string }; // prettier-ignore

/** What a firm could change to suit more households. */
export const IMPROVEMENTS = ['housing', 'pay', 'permanent'] as const;
export type Improvement = (typeof IMPROVEMENTS)[number];

/** How much higher the pay is that is tried, tenge a month. */
export const PAY_RISE_TENGE = 50_000;

export interface SuitableHouseholds {
  /** At least so many households, in steps of five; null: fewer than five, which could tell of a single one. */
  households: number | null;
  /** Why it would be proposed to nobody, whoever moves. */
  failures: Failure[];
  /** Changes with which there would be more, and how many then. */
  improvements: { improvement: Improvement; households: number }[];
}

/** How many households a vacancy would suit, before it is posted. */
@Injectable()
export class SuitableHouseholdsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WEIGHTS) private readonly weights: Weights,
    private readonly snapshots: SnapshotService,
    private readonly occupations: OccupationService,
  ) {}

  /**
   * Counts households of whom an adult may have the job by every rule of the matcher and reaches its least score, each change
   * tried by the same count. A firm's own check by a centre counts as done. Only rounded numbers leave this method.
   */
  count(vacancy: ProspectiveVacancy): Promise<SuitableHouseholds> {
    // A firm sees no household: what it is told are counts.
    return asSystem(async () => {
      const rules = await this.snapshots.rules(this.clock.now());
      const [households, scorer] = await Promise.all([
        movingHouseholds(this.dataSource, [...rules.departureRegions], null),
        this.snapshots.scorer(this.dataSource, rules),
      ]);
      const offer = this.offerOf(vacancy);
      const vacancies = [{ ...offer, id: 'as it is' }, ...IMPROVEMENTS.flatMap((one) => improved(offer, one) ?? [])];
      const ranker = createPlainRanker({ scorer, rules, households, vacancies });
      const householdOf = new Map(households.flatMap(({ id, seekers }) => seekers.map((one) => [one.id, id])));
      const suits = (id: string): number | null => {
        const reached = ranker
          .topSeekers(id, Infinity)
          .filter(({ score }) => score > 0 && score >= this.weights.proposals.minimumPlacementScore);
        return atLeast(new Set(reached.map(({ seekerId }) => householdOf.get(seekerId))).size);
      };
      const now = suits('as it is');
      const improvements = IMPROVEMENTS.flatMap((improvement) => {
        const then = suits(improvement);
        return then !== null && then > (now ?? 0) ? [{ improvement, households: then }] : [];
      });
      return { households: now, failures: moveFailures(offer, rules), improvements };
    });
  }

  private offerOf(vacancy: ProspectiveVacancy): VacancyOffer {
    const regulated = vacancy.isco === null ? null : this.occupations.regulatedOf(vacancy.isco);
    return {
      ...vacancy,
      id: '',
      status: 'open',
      regulated,
      specialities: createSpecialityReader(SPECIALITIES)(vacancy.title, regulated),
      languages: [],
      driving: [],
      employerUnchecked: false,
    };
  }
}

/** The vacancy with one change; null where it is so already, or where there is nothing to raise. */
function improved(offer: VacancyOffer, improvement: Improvement): VacancyOffer | null {
  const { housing, employment, payMinTenge, payMaxTenge } = offer;
  const raised = (pay: number | null): number | null => (pay === null ? null : pay + PAY_RISE_TENGE);
  switch (improvement) {
    case 'housing':
      return housing === 'provided' ? null : { ...offer, id: improvement, housing: 'provided' };
    case 'permanent':
      return employment === 'permanent' ? null : { ...offer, id: improvement, employment: 'permanent' };
    case 'pay':
      return payMinTenge === null && payMaxTenge === null
        ? null
        : { ...offer, id: improvement, payMinTenge: raised(payMinTenge), payMaxTenge: raised(payMaxTenge) };
  }
}
