import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { groupBy } from '../shared/group-by.js';
import { type MarketColumns, buildMarketColumns, underRules } from './core/columns/market-columns.js';
import type { Scorer } from './core/score.js';
import type { MarketSides } from './core/sides.js';
import { type MoveRules, openingsOf } from './core/types.js';
import { type OfferedVacancy, openVacancies } from './market.queries.js';
import { marketSides } from './sides.queries.js';
import { SnapshotService } from './snapshot.service.js';
import { type OccupationPosts, occupationPosts } from './unlocked-posts.js';

/** The open market of one moment, the same for everybody who asks, ready to be ranked. Nobody changes it. */
export interface Market {
  rules: MoveRules;
  scorer: Scorer;
  /** Vacancies of reception and departure regions, indexed for people whose move the programme supports. */
  supported: MarketColumns;
  /** The same for people whose move it does not support. */
  unsupported: MarketColumns;
  /** Vacancies of the indexes, by id. */
  offers: ReadonlyMap<string, OfferedVacancy>;
  /** Vacancies in north and south. */
  sides: MarketSides;
  /** The whole country's, by occupation (ISCO-08 unit group). */
  posts: ReadonlyMap<string, OccupationPosts>;
  /** What the reception regions have open. */
  counts: { vacancies: number; openings: number; withHousing: number };
}

/** No reader sees a market that was read longer ago than this; a vacancy that is opened is read anew in any case. */
export const MARKET_OLDEST_MS = 60_000;
/** From this age on the next one is read while readers still get this one, so that under traffic nobody waits for it. */
const MARKET_RENEWED_MS = 30_000;

interface Reading {
  begunAt: number;
  market: Promise<Market>;
}

/**
 * Shares one reading of the open market among all requests of this process. What changes in the database shows within
 * `MARKET_OLDEST_MS`, and a new day in Kazakhstan at once. Each process keeps its own and asks no other, so that this
 * holds for any number of them.
 */
@Injectable()
export class MarketService {
  private latest: (Reading & { date: string }) | null = null;
  private next: Reading | null = null;
  private readonly logger = new Logger(MarketService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly snapshots: SnapshotService,
  ) {}

  async current(): Promise<Market> {
    const now = this.clock.now();
    const { latest } = this;
    // A clock that was set back makes no market young.
    const age = latest === null ? Infinity : Math.abs(now.getTime() - latest.begunAt);
    if (latest === null || latest.date !== dateInKazakhstan(now) || age >= MARKET_OLDEST_MS) return this.renew(now);
    if (age >= MARKET_RENEWED_MS && this.next === null) {
      this.renew(now).catch((error: unknown) => this.logger.warn(`The market could not be read: ${String(error)}`));
    }
    return latest.market;
  }

  /** One reading at a time; one that was begun too long ago, or on another day, is of no use to who asks now. */
  private renew(now: Date): Promise<Market> {
    const begunAt = now.getTime();
    const date = dateInKazakhstan(now);
    const { next } = this;
    const isOfUse =
      next !== null &&
      Math.abs(begunAt - next.begunAt) < MARKET_OLDEST_MS &&
      dateInKazakhstan(new Date(next.begunAt)) === date;
    if (isOfUse) return next.market;
    const reading: Reading = { begunAt, market: this.read(now) };
    this.next = reading;
    const ended = (): void => {
      if (this.next === reading) this.next = null;
    };
    void reading.market.then(() => {
      if (this.latest === null || this.next === reading) this.latest = { ...reading, date };
      ended();
    }, ended);
    return reading.market;
  }

  /** Everybody's supply and demand, counted: no row of a person leaves this method. */
  private read(at: Date): Promise<Market> {
    return asSystem(async () => {
      const rules = await this.snapshots.rules(at);
      const [scorer, everywhere, sides] = await Promise.all([
        this.snapshots.scorer(this.dataSource, rules),
        openVacancies(this.dataSource, null, rules.date),
        marketSides(this.dataSource, rules.date),
      ]);
      return marketOf(rules, scorer, everywhere, sides);
    });
  }
}

function marketOf(rules: MoveRules, scorer: Scorer, everywhere: readonly OfferedVacancy[], sides: MarketSides): Market {
  const { receptionRegions, departureRegions } = rules;
  const there = everywhere.filter(({ regionCode }) => receptionRegions.has(regionCode));
  const offered = everywhere.filter(
    (one) => receptionRegions.has(one.regionCode) || departureRegions.has(one.regionCode),
  );
  const supported = buildMarketColumns(scorer, rules, offered);
  return {
    rules,
    scorer,
    supported,
    unsupported: underRules(supported, scorer, { ...rules, supportClaimed: false }),
    offers: new Map(offered.map((one) => [one.id, one])),
    sides,
    posts: new Map(
      [...groupBy(everywhere, ({ isco }) => isco ?? '')].map(([isco, own]) => [isco, occupationPosts(own)]),
    ),
    counts: {
      vacancies: there.length,
      openings: there.reduce((sum, vacancy) => sum + openingsOf(vacancy), 0),
      withHousing: there.filter(({ housing }) => housing === 'provided').length,
    },
  };
}
