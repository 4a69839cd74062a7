import { Inject, Injectable } from '@nestjs/common';
import type { Sql } from '../database/sql.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { dateInKazakhstan } from '../shared/clock.js';
import { createIndexedRanker } from './core/columns/indexed-ranker.js';
import { pairKey } from './core/rank.js';
import { Scorer } from './core/score.js';
import { withMovers } from './core/shortage.js';
import type { Corridor, HouseholdProfile, MarketCount, MoveRules } from './core/types.js';
import type { Weights } from './core/weights.js';
import {
  arrivedHousehold,
  marketCounts,
  movingHouseholds,
  occupationsFor,
  openVacancies,
  regionFacts,
} from './market.queries.js';
import type { Ranked } from './proposal-draft.js';
import { refusedPairs } from './proposal.queries.js';
import { marketSides } from './sides.queries.js';
import { CORRIDORS, WEIGHTS } from './weights.provider.js';

/** The market of one moment, ranked. */
export interface Snapshot extends Ranked {
  households: HouseholdProfile[];
  rules: MoveRules;
}

/** A household that has arrived and looks again inside its region; `needsHome`: only posts with a home help it. */
export interface SecondChanceWish {
  needsHome: boolean;
}

/** Reads the market and the programme's rules of a moment for the matching core. */
@Injectable()
export class SnapshotService {
  constructor(
    @Inject(WEIGHTS) private readonly weights: Weights,
    @Inject(CORRIDORS) private readonly corridors: Corridor[],
    private readonly programme: ProgrammeService,
  ) {}

  /**
   * The market of a moment with every household that may move; or one household with the vacancies that may fit somebody in it,
   * scored by the tensions of the whole market: it gets what a run over all would propose to it, and the rest stays unread.
   * A household that has arrived is in it only for its second chance.
   */
  async take(sql: Sql, at: Date, householdId: string | null, secondChance?: SecondChanceWish): Promise<Snapshot> {
    const rules = await this.rules(at, sql);
    const [reception, departure] = [[...rules.receptionRegions], [...rules.departureRegions]];
    const arrived = householdId !== null && secondChance !== undefined;
    const households = arrived
      ? await arrivedHousehold(sql, householdId, departure, secondChance)
      : await movingHouseholds(sql, departure, householdId);
    const iscos = householdId === null ? null : await occupationsFor(sql, households);
    const vacancies = await openVacancies(sql, [...reception, ...departure], rules.date, iscos);
    const scorer = await this.scorer(sql, rules);
    const refused = await refusedPairs(sql, householdId);
    const excluded = new Set(refused.map(({ seekerId, vacancyId }) => pairKey(seekerId, vacancyId)));
    const ranker = createIndexedRanker({ scorer, rules, households, vacancies, excluded });
    const sides = await marketSides(sql, rules.date);
    return { households, rules, scorer, ranker, sides, offers: new Map(vacancies.map((one) => [one.id, one])) };
  }

  /** The programme's rules; inside a transaction `sql` is that transaction. */
  async rules(at: Date, sql?: Sql): Promise<MoveRules> {
    const date = dateInKazakhstan(at);
    return {
      date,
      receptionRegions: new Set(await this.programme.receptionRegions(date, sql)),
      departureRegions: new Set(await this.programme.departureRegions(date, sql)),
      supportClaimed: true,
    };
  }

  /**
   * Scores by the market on the rules' date, people who wish to move counted where they may go. `besides`: what is to be counted
   * with it though it is not there yet.
   */
  async scorer(sql: Sql, rules: MoveRules, besides: readonly MarketCount[] = []): Promise<Scorer> {
    const counts = withMovers([...(await marketCounts(sql, rules.date)), ...besides], rules);
    return new Scorer({ counts, regions: await regionFacts(sql), corridors: this.corridors }, this.weights);
  }
}
