import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import pLimit from 'p-limit';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { OccupationService } from '../occupations/occupation.service.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { Late, inTime } from '../shared/in-time.js';
import { type Failure, moveFailures } from './core/eligibility.js';
import { createIndexedRanker } from './core/columns/indexed-ranker.js';
import type { Ranker } from './core/rank.js';
import type { Scorer } from './core/score.js';
import {
  type HouseholdProfile,
  type MarketCount,
  type MoveRules,
  type VacancyOffer,
  openingsOf,
} from './core/types.js';
import type { Weights } from './core/weights.js';
import { movingHouseholds, vacancyOffers } from './market.queries.js';
import { SnapshotService } from './snapshot.service.js';
import { readSpecialities } from './speciality.js';
import { atLeast } from './rounded-count.js';
import { WEIGHTS } from './weights.provider.js';

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

/** A count that was made: the vacancy as it was then, and when. */
interface KeptCount {
  changedAt: number;
  countedAt: number;
  households: number | null;
}

/** Households come and go by the hour, not by the minute. */
const COUNT_KEPT_MS = 15 * 60_000;
const MOST_KEPT = 10_000;

/** How many households a vacancy would suit, before and after it is posted. */
@Injectable()
export class SuitableHouseholdsService {
  private readonly logger = new Logger(SuitableHouseholdsService.name);
  private readonly kept = new Map<string, KeptCount>();
  /** One count of the market at a time, however many firms look at their lists. */
  private readonly turn = pLimit(1);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WEIGHTS) private readonly weights: Weights,
    private readonly snapshots: SnapshotService,
    private readonly occupations: OccupationService,
  ) {}

  /**
   * Counts households of whom an adult may have the job by every rule of the matcher and reaches its least score, each change
   * tried by the same count. A firm's own check by a centre counts as done. The market is that in which the vacancy will stand, so
   * its openings are counted where it is not open yet (`isOpen`). Only rounded numbers leave this method.
   */
  count(vacancy: ProspectiveVacancy, isOpen: boolean): Promise<SuitableHouseholds> {
    // A firm sees no household: what it is told are counts.
    return asSystem(async () => {
      const rules = await this.snapshots.rules(this.clock.now());
      const { households, scorer, householdOf } = await this.market(rules, isOpen ? [] : [marketOf(vacancy)]);
      const offer = this.offerOf(vacancy);
      const vacancies = [{ ...offer, id: 'as it is' }, ...IMPROVEMENTS.flatMap((one) => improved(offer, one) ?? [])];
      const ranker = createIndexedRanker({ scorer, rules, households, vacancies });
      const suits = (id: string): number | null => this.suiting(ranker, householdOf, id);
      const now = suits('as it is');
      const improvements = IMPROVEMENTS.flatMap((improvement) => {
        const then = suits(improvement);
        return then !== null && then > (now ?? 0) ? [{ improvement, households: then }] : [];
      });
      return { households: now, failures: moveFailures(offer, rules), improvements };
    });
  }

  /**
   * The same count for open vacancies, by their ids, as far as it is known within `mostWaitMs`: one reading of the households
   * for all of them, kept for a while, so that a list of vacancies waits for no count. What is missing is being counted.
   */
  async countEach(
    vacancies: readonly { id: string; changedAt: Date }[],
    mostWaitMs: number,
  ): Promise<Map<string, number | null>> {
    const now = this.clock.now().getTime();
    const isFresh = ({ id, changedAt }: (typeof vacancies)[number]): boolean => {
      const kept = this.kept.get(id);
      return kept?.changedAt === changedAt.getTime() && now - kept.countedAt < COUNT_KEPT_MS;
    };
    if (!vacancies.every(isFresh)) {
      const counting = this.turn(() => this.countAnew(vacancies.filter((one) => !isFresh(one))));
      counting.catch((fault: unknown) => this.logger.error('Households cannot be counted.', fault));
      // Whoever asks next learns of it; a list without its numbers is still a list.
      await inTime(counting, mostWaitMs).catch((fault: unknown) => {
        if (!(fault instanceof Late)) throw fault;
      });
    }
    return new Map(
      vacancies.flatMap(({ id, changedAt }) => {
        const kept = this.kept.get(id);
        return kept?.changedAt === changedAt.getTime() ? [[id, kept.households]] : [];
      }),
    );
  }

  private async countAnew(vacancies: readonly { id: string; changedAt: Date }[]): Promise<void> {
    if (vacancies.length === 0) return;
    await asSystem(async () => {
      const at = this.clock.now();
      const rules = await this.snapshots.rules(at);
      const ids = vacancies.map(({ id }) => id);
      const [{ households, scorer, householdOf }, offers] = await Promise.all([
        this.market(rules),
        vacancyOffers(this.dataSource, ids),
      ]);
      const checked = offers.map((offer) => ({ ...offer, employerUnchecked: false }));
      const ranker = createIndexedRanker({ scorer, rules, households, vacancies: checked });
      if (this.kept.size > MOST_KEPT) this.kept.clear();
      for (const { id, changedAt } of vacancies) {
        const households = this.suiting(ranker, householdOf, id);
        this.kept.set(id, { changedAt: changedAt.getTime(), countedAt: at.getTime(), households });
      }
    });
  }

  private async market(
    rules: MoveRules,
    besides: readonly MarketCount[] = [],
  ): Promise<{ households: HouseholdProfile[]; scorer: Scorer; householdOf: Map<string, string> }> {
    const [households, scorer] = await Promise.all([
      movingHouseholds(this.dataSource, [...rules.departureRegions], null),
      this.snapshots.scorer(this.dataSource, rules, besides),
    ]);
    const householdOf = new Map(households.flatMap(({ id, seekers }) => seekers.map((one) => [one.id, id])));
    return { households, scorer, householdOf };
  }

  private suiting(ranker: Ranker, householdOf: ReadonlyMap<string, string>, id: string): number | null {
    const reached = ranker
      .topSeekers(id, Infinity)
      .filter(({ score }) => score > 0 && score >= this.weights.proposals.minimumPlacementScore);
    return atLeast(new Set(reached.map(({ seekerId }) => householdOf.get(seekerId))).size);
  }

  private offerOf(vacancy: ProspectiveVacancy): VacancyOffer {
    const regulated = vacancy.isco === null ? null : this.occupations.regulatedOf(vacancy.isco);
    return {
      ...vacancy,
      id: '',
      status: 'open',
      regulated,
      specialities: readSpecialities(vacancy.title, vacancy.isco, regulated),
      languages: [],
      driving: [],
      employerUnchecked: false,
    };
  }
}

/** What a vacancy adds to the market. */
function marketOf(vacancy: ProspectiveVacancy): MarketCount {
  const { regionCode, isco, sector } = vacancy;
  const openings = openingsOf(vacancy);
  return { regionCode, isco, sector, openings, squaredOpenings: openings * openings, seekers: 0 };
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
