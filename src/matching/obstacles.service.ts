import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Actor } from '../shared/access.js';
import { Problem } from '../shared/problem.js';
import { type Failure, householdFailures } from './core/eligibility.js';
import { type SeekerObstacles, householdObstacles } from './core/obstacles.js';
import { refuseOthersHousehold } from './household-matches.service.js';
import { householdProfile } from './market.queries.js';
import { MarketService } from './market.service.js';
import { matchesOf } from './proposal.queries.js';

/** Why little or nothing is proposed to a household. */
export interface ObstaclesAnswer {
  householdId: string;
  /** What keeps the whole household out, whatever the vacancies. */
  failures: Failure[];
  seekers: SeekerObstacles[];
}

/** What stands between a household and the open posts of its occupations. */
@Injectable()
export class ObstaclesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly markets: MarketService,
  ) {}

  /**
   * By the shared market: what has changed in the last minute may not show yet. Error: `household.not_found` (404), for an
   * officer also where their region has no proposal for the household.
   */
  async obstacles(actor: Actor, householdId: string): Promise<ObstaclesAnswer> {
    refuseOthersHousehold(actor, householdId);
    const household = await householdProfile(this.dataSource, householdId);
    const isSeen =
      actor.regionCode === null || (await matchesOf(this.dataSource, householdId, actor.regionCode)).length > 0;
    if (household === undefined || !isSeen) throw new Problem('household.not_found', 404);
    const { rules, scorer, supported } = await this.markets.current();
    return {
      householdId,
      failures: householdFailures(household, rules),
      seekers: householdObstacles(household, supported, scorer),
    };
  }
}
