import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { groupBy } from '../shared/group-by.js';
import { newId } from '../shared/ids.js';
import { createRankerOver } from './core/columns/indexed-ranker.js';
import { type MarketColumns, buildMarketColumns } from './core/columns/market-columns.js';
import { type HouseholdOptions, householdOptions } from './core/household.js';
import { Scorer } from './core/score.js';
import { seekerOfPair } from './core/rank.js';
import { type Shortlist, optionsFrom, shortlistOf } from './core/shortlist.js';
import type { HouseholdProfile, MoveRules } from './core/types.js';
import { type RankedHouseholds, type StartedRun, inTurns } from './match-runs.service.js';
import { type MarketFacts, type SnapshotFacts, excludedPairs, snapshotOf } from './snapshot.service.js';
import { pack, unpack } from './packing.js';
import {
  type OpenSnapshot,
  finishShard,
  finishedShards,
  marketOf,
  shardToDo,
  shardsToDo,
  writeShard,
  writeSnapshot,
} from './match-shards.queries.js';

/** A shard of a run, by the snapshot that all shards of the run see. */
export interface ShardId {
  snapshotId: string;
  number: number;
}

interface ShardInput {
  households: HouseholdProfile[];
  excluded: ReadonlySet<string>;
}

/** A market as a worker keeps it for the shards of one snapshot. */
interface ShardMarket {
  snapshotId: string;
  rules: MoveRules;
  scorer: Scorer;
  columns: MarketColumns;
}

/**
 * Districts of each household that a shard hands on; the others it only bounds. Where they could matter, because the first ones are
 * full, whoever collects the shards ranks the household itself: what comes out is the same for any number.
 */
const DISTRICTS_HANDED_ON = 12;
/** A worker forgets the market after this; a run whose shards take longer reads it again. */
const MARKET_KEPT_MS = 5 * 60_000;

/**
 * A run over all in shards of households, which any number of processes compute. What they compute from is written down once, so that
 * all see the same; a shard that is done twice, because its worker died or was thought dead, counts once.
 */
@Injectable()
export class MatchShardsService {
  private market: ShardMarket | null = null;
  private forgetting: NodeJS.Timeout | null = null;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Fewer households than make two shards are quicker done where they are. */
  isWorthIt({ households }: SnapshotFacts): boolean {
    return households.length > this.config.matchShardHouseholds;
  }

  /** Writes down, in the caller's transaction, what a run is to be computed from. */
  async write(tx: EntityManager, run: StartedRun, facts: SnapshotFacts): Promise<OpenSnapshot> {
    const { households, excluded, ...market } = facts;
    const size = this.config.matchShardHouseholds;
    const pairsOf = groupBy([...excluded], seekerOfPair);
    const snapshot = { id: newId(), runId: run.id, takenAt: run.at, readSnapshot: run.readSnapshot };
    await writeSnapshot(tx, snapshot, await pack(market satisfies MarketFacts));
    // One after the other: all of them as bytes would be a country's households twice in memory.
    for (let number = 0; number * size < households.length; number++) {
      const own = households.slice(number * size, (number + 1) * size);
      const pairs = own.flatMap(({ seekers }) => seekers.flatMap(({ id }) => pairsOf.get(id) ?? []));
      const input = await pack({ households: own, excluded: new Set(pairs) } satisfies ShardInput);
      await writeShard(tx, { snapshotId: snapshot.id, number }, input);
    }
    return { ...snapshot, aliveAt: run.at, supersedes: null };
  }

  /** Ranks the households of a shard. One that is done, or whose run has ended without it, is left alone. */
  async work({ snapshotId, number }: ShardId): Promise<void> {
    const input = await shardToDo(this.dataSource, snapshotId, number);
    const market = input === undefined ? null : await this.marketFor(snapshotId);
    if (input === undefined || market === null) return;
    const { households, excluded } = await unpack<ShardInput>(input);
    const { rules, scorer, columns } = market;
    const ranker = createRankerOver(columns, { scorer, rules, households, excluded });
    const lists: Shortlist[] = [];
    for await (const { id } of inTurns(households)) {
      lists.push(shortlistOf(householdOptions(ranker.household(id)!, ranker, scorer), DISTRICTS_HANDED_ON));
    }
    const counted = { pairsScored: ranker.pairsScored, at: this.clock.now() };
    await finishShard(this.dataSource, { snapshotId, number }, await pack(lists), counted);
  }

  /**
   * What all the shards of a run came to. Who has refused a post since the snapshot was taken is ranked anew without it.
   * Throws when a shard is not done.
   */
  async collect({ id }: OpenSnapshot): Promise<RankedHouseholds> {
    const missing = await shardsToDo(this.dataSource, id);
    if (missing.length > 0) throw new Error(`The shards ${missing.join(', ')} of the snapshot ${id} are not done.`);
    const facts = await this.facts(id);
    if (facts === null) throw new Error(`There is no snapshot ${id}.`);
    const households: HouseholdProfile[] = [];
    const lists: Shortlist[] = [];
    const before = new Set<string>();
    let pairsScored = 0;
    for await (const row of finishedShards(this.dataSource, id)) {
      const input = await unpack<ShardInput>(row.households);
      households.push(...input.households);
      for (const pair of input.excluded) before.add(pair);
      lists.push(...(await unpack<Shortlist[]>(row.shortlists)));
      pairsScored += row.pairsScored;
    }
    const now = await excludedPairs(this.dataSource, null);
    const refusing = new Set([...now].filter((pair) => !before.has(pair)).map(seekerOfPair));
    const snapshot = snapshotOf({ ...facts, households, excluded: new Set([...before, ...now]) });
    const { ranker, scorer } = snapshot;
    const options = new Map<string, HouseholdOptions>();
    for await (const list of inTurns(lists)) {
      const household = ranker.household(list.householdId)!;
      const all = (): HouseholdOptions => householdOptions(household, ranker, scorer);
      const isNew = household.seekers.some(({ profile }) => refusing.has(profile.id));
      options.set(list.householdId, isNew ? all() : optionsFrom(list, household, all));
    }
    return { snapshot, options, pairsScored };
  }

  private async facts(snapshotId: string): Promise<MarketFacts | null> {
    const bytes = await marketOf(this.dataSource, snapshotId);
    return bytes === undefined ? null : unpack<MarketFacts>(bytes);
  }

  private async marketFor(snapshotId: string): Promise<ShardMarket | null> {
    if (this.market?.snapshotId === snapshotId) return this.market;
    const facts = await this.facts(snapshotId);
    if (facts === null) return null;
    const { market, weights, rules, vacancies } = facts;
    if (this.forgetting !== null) clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => (this.market = null), MARKET_KEPT_MS).unref();
    const scorer = new Scorer(market, weights);
    this.market = { snapshotId, rules, scorer, columns: buildMarketColumns(scorer, rules, vacancies) };
    return this.market;
  }
}
