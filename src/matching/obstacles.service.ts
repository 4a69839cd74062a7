import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { TransitionsService } from '../occupations/transitions/transitions.service.js';
import type { Actor } from '../shared/access.js';
import { Problem } from '../shared/problem.js';
import { type Counterfactual, type OtherOccupation, type Outlook, counterfactuals } from './core/counterfactuals.js';
import { type Failure, householdFailures } from './core/eligibility.js';
import { type SeekerObstacles, householdObstacles } from './core/obstacles.js';
import type { HouseholdProfile } from './core/types.js';
import { refuseOthersHousehold } from './household-matches.service.js';
import { householdProfile } from './market.queries.js';
import { type Market, MarketService } from './market.service.js';
import { hasProposalIn } from './proposal.queries.js';
import { RetrainingService } from './retraining.service.js';
import { excludedPairs } from './snapshot.service.js';

/** Why little or nothing is proposed to a household. */
export interface ObstaclesAnswer {
  householdId: string;
  /** What keeps the whole household out, whatever the vacancies. */
  failures: Failure[];
  seekers: SeekerObstacles[];
}

/** What would be open to a household if one thing about it were different. */
export interface ChangesAnswer {
  householdId: string;
  /** What keeps the whole household out: nothing is open then, whatever else changes. */
  failures: Failure[];
  now: Outlook;
  /** What helps most first. */
  changes: Counterfactual[];
}

/** So many short courses of a household are tried, those that open most posts. */
const MOST_COURSES = 4;

/** What stands between a household and the open posts, and what would move it out of the way. */
@Injectable()
export class ObstaclesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly markets: MarketService,
    private readonly retraining: RetrainingService,
    private readonly transitions: TransitionsService,
  ) {}

  /**
   * By the shared market: what has changed in the last minute may not show yet. Error: `household.not_found` (404), for an
   * officer also where their region has no proposal for the household.
   */
  async obstacles(actor: Actor, householdId: string): Promise<ObstaclesAnswer> {
    const { household, market, failures } = await this.seen(actor, householdId);
    return { householdId, failures, seekers: householdObstacles(household, market.supported, market.scorer) };
  }

  /** The household ranked anew after each single change (see `counterfactuals`), by the shared market. Error: as of `obstacles`. */
  async changes(actor: Actor, householdId: string): Promise<ChangesAnswer> {
    const { household, market, failures } = await this.seen(actor, householdId);
    if (failures.length > 0) {
      return { householdId, failures, now: { vacancies: 0, best: null, regionCode: null }, changes: [] };
    }
    const { now, changes } = counterfactuals(household, await this.learnable(household), {
      market: market.supported,
      scorer: market.scorer,
      rules: market.rules,
      excluded: await excludedPairs(this.dataSource, [householdId]),
    });
    return { householdId, failures, now, changes };
  }

  private async seen(
    actor: Actor,
    householdId: string,
  ): Promise<{ household: HouseholdProfile; market: Market; failures: Failure[] }> {
    refuseOthersHousehold(actor, householdId);
    const household = await householdProfile(this.dataSource, householdId);
    const { regionCode } = actor;
    const isSeen = regionCode === null || (await hasProposalIn(this.dataSource, householdId, regionCode));
    if (household === undefined || !isSeen) throw new Problem('household.not_found', 404);
    const market = await this.markets.current();
    return { household, market, failures: householdFailures(household, market.rules) };
  }

  /** Work that a short course would open to somebody of the household. */
  private async learnable({
    seekers,
    homeRegionCode,
    excludedRegionCodes,
  }: HouseholdProfile): Promise<OtherOccupation[]> {
    const routes = await this.retraining.bestRoutes(seekers, [homeRegionCode, ...excludedRegionCodes], MOST_COURSES);
    return routes.map(({ adult, route }) => {
      const seeker = seekers[adult]!;
      return { seekerId: seeker.id, isco: route.to, driving: this.transitions.drivingAfter(route, seeker) };
    });
  }
}
