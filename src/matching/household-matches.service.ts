import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import type { BudgetQuestion } from '../programme/budget.js';
import type { Move, MoveMoney } from '../programme/move-money.js';
import { SupportService } from '../programme/support.service.js';
import type { Actor } from '../shared/access.js';
import { reach } from '../shared/permissions.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { type Failure, householdFailures, moveFailures, seekerFailures, wishFailures } from './core/eligibility.js';
import type { Explained } from './core/parts.js';
import type { HouseholdProfile } from './core/types.js';
import { type HouseholdMatch, type MatchedHousehold, matchedHousehold } from './household-matches.queries.js';
import { householdProfile, vacancyOffers } from './market.queries.js';
import { moveOfJobs } from './move-of-jobs.js';
import { type RefusedPair, refusedPairs } from './proposal.queries.js';
import { SnapshotService } from './snapshot.service.js';

/** A proposal with the support and the budget of today. */
export interface SupportedMatch extends Omit<HouseholdMatch, 'movedWith'> {
  support: MoveMoney;
}

/** Why a vacancy is or is not proposed to a household. */
export interface EligibilityAnswer {
  householdId: string;
  vacancyId: string;
  /** The least score that is proposed at all. */
  floor: number;
  /** Failures of the household, of the vacancy, and of the household's wishes. */
  failures: Failure[];
  seekers: {
    seekerId: string;
    /** Of this seeker for this vacancy. */
    failures: Failure[];
    eligible: boolean;
    /** The seeker-level score with its parts; null when the occupations have nothing to do with each other. */
    explained: Explained | null;
    /** No plan scores it higher: with a partner who is sure of work in the district. Null as `explained`. */
    mostScore: number | null;
    /** It was turned down, and what ends that; null: it was not. */
    refusedUntil: RefusedPair['until'] | null;
  }[];
}

/** What is matched for one household, and why not more. */
@Injectable()
export class HouseholdMatchesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly snapshots: SnapshotService,
    private readonly support: SupportService,
  ) {}

  /**
   * A household's proposals; an officer gets those of their own region. `household.not_found` when the officer's region has none,
   * and for everybody when the household does not exist or was erased. `rentTenge`: monthly, as the household states it.
   */
  async matches(actor: Actor, householdId: string, rentTenge?: BudgetQuestion['rentTenge']): Promise<SupportedMatch[]> {
    refuseOthersHousehold(actor, householdId);
    const matches = await this.ofHousehold(householdId, actor.regionCode, rentTenge);
    if (matches === undefined || (matches.length === 0 && actor.regionCode !== null)) {
      throw new Problem('household.not_found', 404);
    }
    return matches;
  }

  /** The same whoever asks; undefined when the household does not exist or was erased. `regionCode`: those of one region, or null. */
  async ofHousehold(
    householdId: string,
    regionCode: string | null,
    rentTenge?: BudgetQuestion['rentTenge'],
  ): Promise<SupportedMatch[] | undefined> {
    const household = await matchedHousehold(this.dataSource, householdId, regionCode);
    if (household === undefined) return undefined;
    const moneyOf = await this.support.moneyOn();
    return household.matches.map(({ movedWith, ...match }) => ({
      ...match,
      // The move that it has made stays paid for; any other would be a second one.
      support: moneyOf({
        ...moveOf(match, household),
        rentTenge,
        movedAlready: household.movedTo !== null && !movedWith,
      }),
    }));
  }

  async eligibility(actor: Actor, householdId: string, vacancyId: string): Promise<EligibilityAnswer> {
    refuseOthersHousehold(actor, householdId);
    if (actor.regionCode !== null) await this.matches(actor, householdId);
    const household = await this.profile(householdId);
    if (household === undefined) throw new Problem('household.not_found', 404);
    const [vacancy] = await vacancyOffers(this.dataSource, [vacancyId]);
    if (vacancy === undefined) throw new Problem('match.vacancy_not_found', 404);
    const rules = await this.snapshots.rules(this.clock.now());
    // How scarce the work is, counted over all households: no row of another household is answered.
    const scorer = await asSystem(() => this.snapshots.scorer(this.dataSource, rules));
    const { weights } = scorer;
    const refused = await refusedPairs(this.dataSource, [householdId]);
    const prepared = scorer.prepareVacancy(vacancy);
    const failures = [
      ...householdFailures(household, rules),
      ...moveFailures(vacancy, rules),
      ...wishFailures(household, vacancy),
    ];
    return {
      householdId,
      vacancyId,
      floor: weights.proposals.minimumPlacementScore,
      failures,
      seekers: scorer.prepareHousehold(household).seekers.map((seeker) => {
        const own = seekerFailures(seeker.profile, vacancy, weights);
        const related =
          !own.includes('eligibility.occupation_unknown') && !own.includes('eligibility.occupation_unrelated');
        const explained = related ? scorer.explainMove(seeker, prepared, null, 0) : null;
        const most = related && household.seekers.length > 1 ? scorer.explainMove(seeker, prepared, 1, 0) : explained;
        const untils = refused
          .filter((pair) => pair.seekerId === seeker.profile.id && pair.vacancyId === vacancyId)
          .map(({ until }) => until);
        return {
          seekerId: seeker.profile.id,
          failures: own,
          eligible: failures.length === 0 && own.length === 0,
          explained,
          mostScore: most?.score ?? null,
          refusedUntil: untils.includes('taken_back') ? 'taken_back' : (untils[0] ?? null),
        };
      }),
    };
  }

  private profile(householdId: string): Promise<HouseholdProfile | undefined> {
    return householdProfile(this.dataSource, householdId);
  }
}

/** Jobs that were taken back are no part of the move. */
function moveOf(
  match: Pick<HouseholdMatch, 'placements' | 'persons' | 'regionCode'>,
  { homeRegionCode, adults, movedTo }: Pick<MatchedHousehold, 'homeRegionCode' | 'adults' | 'movedTo'>,
): Move {
  const jobs = match.placements
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .map(({ seekerId, promise, settlementType }) => ({ ...promise, seekerId, settlementType }));
  const { persons, regionCode } = match;
  return moveOfJobs(jobs, { persons, homeRegionCode, regionCode, adults, livesThere: movedTo === regionCode });
}

/** A migrant asks for the own household only; that another exists is not told. */
export function refuseOthersHousehold(actor: Actor, householdId: string): void {
  if (reach(actor, 'matches.read') === 'own household' && actor.householdId !== householdId)
    throw new Problem('household.not_found', 404);
}
