import { Inject, Injectable } from '@nestjs/common';
import { type Sql, together } from '../database/sql.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { dateInKazakhstan } from '../shared/clock.js';
import { moveFailures } from './core/eligibility.js';
import { createIndexedRanker } from './core/columns/indexed-ranker.js';
import { pairKey } from './core/rank.js';
import { Scorer } from './core/score.js';
import { withMovers } from './core/shortage.js';
import type { MarketSides } from './core/sides.js';
import {
  type Corridor,
  type HouseholdProfile,
  type LabourMarket,
  type MarketCount,
  type MoveRules,
  openingsOf,
} from './core/types.js';
import type { Weights } from './core/weights.js';
import {
  type OfferedVacancy,
  arrivedHousehold,
  marketCounts,
  moversOf,
  movingHouseholds,
  occupationsNear,
  openVacancies,
  regionFacts,
  vacancyOffers,
} from './market.queries.js';
import type { Ranked } from './proposal-draft.js';
import { householdsWaitingOn, refusedPairs, takenPairs, untakenPairs } from './proposal.queries.js';
import { marketSides } from './sides.queries.js';
import { CORRIDORS, WEIGHTS } from './weights.provider.js';

/** The market of one moment, ranked. */
export interface Snapshot extends Ranked {
  households: HouseholdProfile[];
  rules: MoveRules;
}

/** What a snapshot is made from but its households: plain values, the same for every process that ranks them. */
export interface MarketFacts {
  market: LabourMarket;
  weights: Weights;
  rules: MoveRules;
  vacancies: OfferedVacancy[];
  sides: MarketSides;
}

export interface SnapshotFacts extends MarketFacts {
  /** In the order of their ids. */
  households: HouseholdProfile[];
  /** Pairs of seeker and vacancy never to be proposed again (`pairKey`). */
  excluded: ReadonlySet<string>;
}

/** Ranks facts; the scorer is made from them unless there is one. */
export function snapshotOf(facts: SnapshotFacts, scorer = new Scorer(facts.market, facts.weights)): Snapshot {
  const { households, rules, vacancies, excluded, sides } = facts;
  const ranker = createIndexedRanker({ scorer, rules, households, vacancies, excluded });
  return { households, rules, scorer, ranker, sides, offers: new Map(vacancies.map((one) => [one.id, one])) };
}

const CONCERNED_AT_LEAST = 200;
const CONCERNED_PER_PROPOSAL = 4;

/** What scores are computed by: the rules of a day and the tensions of the whole market on it. */
export interface MarketOfDay {
  rules: MoveRules;
  scorer: Scorer;
}

/** Households as they have just been read, by id: they are not read again. */
type Known = ReadonlyMap<string, HouseholdProfile>;

/** What tells whom new or changed vacancies concern. */
export interface MayConcern {
  /** Of the vacancies those that people may be moved for. */
  offers: OfferedVacancy[];
  /** Households, by id. */
  waiting: readonly string[];
  households: HouseholdProfile[];
}

const byId = (one: HouseholdProfile, other: HouseholdProfile): number => (one.id < other.id ? -1 : 1);

/** A household that has arrived and looks again inside its region. */
export interface SecondChanceWish {
  /** Only posts with a home help it. */
  needsHome: boolean;
  /** Adults whom nothing is looked for, whatever their household says they seek. */
  exceptSeekers: readonly string[];
  /** Since when it has been looked for: what was approved for it since and not taken is not offered again. */
  since: Date;
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
   * The market of a moment with every household that may move; or some households with the vacancies that may fit somebody in them,
   * scored by the tensions of the whole market: one gets what a run over all would propose to it, and the rest stays unread.
   * A household that has arrived is in it only for its second chance, alone.
   */
  async take(
    sql: Sql,
    at: Date,
    householdIds: readonly string[] | null,
    { secondChance, market, known }: { secondChance?: SecondChanceWish; market?: MarketOfDay; known?: Known } = {},
  ): Promise<Snapshot> {
    const day = market ?? (await this.marketOn(sql, at));
    const [first] = householdIds ?? [];
    const facts =
      first !== undefined && secondChance !== undefined
        ? await this.readArrived(sql, day, first, secondChance)
        : await this.read(sql, day, householdIds, known);
    return snapshotOf(facts, day.scorer);
  }

  /** The facts that `take` ranks, but for a second chance. */
  async read(
    sql: Sql,
    { rules, scorer: { market, weights } }: MarketOfDay,
    householdIds: readonly string[] | null,
    known: Known = new Map(),
  ): Promise<SnapshotFacts> {
    const departure = [...rules.departureRegions];
    const unread = householdIds && householdIds.filter((id) => !known.has(id));
    const read = unread?.length === 0 ? [] : await movingHouseholds(sql, departure, unread);
    const households = [...(householdIds ?? []).flatMap((id) => known.get(id) ?? []), ...read].sort(byId);
    return this.facts(sql, { market, weights, rules, households }, householdIds);
  }

  /**
   * The facts for the second chance of a household that has arrived. It moved under the lists of its day: the two regions of its move
   * count as departure and reception whatever became of the lists since.
   */
  private async readArrived(
    sql: Sql,
    { rules, scorer: { market, weights } }: MarketOfDay,
    householdId: string,
    wish: SecondChanceWish,
  ): Promise<SnapshotFacts> {
    const arrived = await arrivedHousehold(sql, householdId, wish);
    const { departureRegions, receptionRegions } = rules;
    const own = arrived && {
      departureRegions: new Set([...departureRegions, arrived.fromRegionCode]),
      receptionRegions: new Set([...receptionRegions, arrived.toRegionCode]),
    };
    const households = arrived === undefined ? [] : [arrived.profile];
    const facts = await this.facts(sql, { market, weights, rules: { ...rules, ...own }, households }, [householdId]);
    // The post that somebody works at, or has just lost, is no second chance.
    const others = [...(await takenPairs(sql, householdId)), ...(await untakenPairs(sql, householdId, wish.since))];
    return { ...facts, excluded: new Set([...facts.excluded, ...others.map(keyOf)]) };
  }

  private async facts(
    sql: Sql,
    read: Pick<SnapshotFacts, 'market' | 'weights' | 'rules' | 'households'>,
    householdIds: readonly string[] | null,
  ): Promise<SnapshotFacts> {
    const { rules, households } = read;
    const regions = [...rules.receptionRegions, ...rules.departureRegions];
    const own = households.flatMap(({ seekers }) => seekers.map(({ isco }) => isco));
    const iscos = householdIds === null ? null : await occupationsNear(sql, own);
    const [vacancies, excluded, sides] = await together(sql, [
      () => openVacancies(sql, regions, rules.date, iscos),
      () => excludedPairs(sql, householdIds),
      () => marketSides(sql, rules.date),
    ]);
    return { ...read, vacancies, sides, excluded };
  }

  /** The vacancies that new or changed ones are, whoever waits for one of them, and everybody who may move in an occupation near one. */
  async mayConcern(sql: Sql, rules: MoveRules, vacancyIds: readonly string[]): Promise<MayConcern> {
    if (vacancyIds.length === 0) return { offers: [], waiting: [], households: [] };
    const [waiting, offers] = await together(sql, [
      () => householdsWaitingOn(sql, vacancyIds),
      async () => (await vacancyOffers(sql, vacancyIds)).filter((offer) => moveFailures(offer, rules).length === 0),
    ]);
    const near = await occupationsNear(
      sql,
      offers.flatMap(({ isco }) => (isco === null ? [] : [isco])),
    );
    const households = near.length === 0 ? [] : await moversOf(sql, [...rules.departureRegions], near);
    return { offers, waiting, households };
  }

  /**
   * The households that new or changed vacancies concern first: those of the best seekers of each, and those that wait for one already.
   * A vacancy takes `proposalsPerOpening` proposals for each opening; the best `CONCERNED_PER_PROPOSAL` times as many seekers are looked
   * at, and never fewer than `CONCERNED_AT_LEAST`. Where all of these have better, those after them are found by the next run over all.
   */
  concerned({ rules, scorer }: MarketOfDay, { offers, waiting, households }: MayConcern): string[] {
    const ids = new Set(waiting);
    const householdOf = new Map(households.flatMap(({ id, seekers }) => seekers.map((seeker) => [seeker.id, id])));
    const ranker = createIndexedRanker({ scorer, rules, households, vacancies: offers });
    for (const offer of offers) {
      const proposals = this.weights.congestion.proposalsPerOpening * openingsOf(offer);
      const count = Math.max(CONCERNED_AT_LEAST, CONCERNED_PER_PROPOSAL * proposals);
      for (const { seekerId } of ranker.topSeekers(offer.id, count)) ids.add(householdOf.get(seekerId)!);
    }
    return [...ids];
  }

  async marketOn(sql: Sql, at: Date): Promise<MarketOfDay> {
    const rules = await this.rules(at, sql);
    return { rules, scorer: await this.scorer(sql, rules) };
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
    const [counted, regions] = await together(sql, [() => marketCounts(sql, rules.date), () => regionFacts(sql)]);
    const counts = withMovers([...counted, ...besides], rules);
    return new Scorer({ counts, regions, corridors: this.corridors }, this.weights);
  }
}

/** Pairs that are never proposed again, of some households or (null) of all. */
export async function excludedPairs(sql: Sql, householdIds: readonly string[] | null): Promise<Set<string>> {
  const refused = await refusedPairs(sql, householdIds);
  return new Set(refused.map(keyOf));
}

const keyOf = ({ seekerId, vacancyId }: { seekerId: string; vacancyId: string }): string =>
  pairKey(seekerId, vacancyId);
