import type { PreparedHousehold, PreparedSeeker, PreparedVacancy } from '../prepared.js';
import {
  type RankInput,
  type RankedSeeker,
  type RankedVacancy,
  type Ranker,
  type SeekerOptions,
  pairKey,
} from '../rank.js';
import type { RegionFacts } from '../types.js';
import type { Weights } from '../weights.js';
import { type MarketColumns, buildMarketColumns } from './market-columns.js';
import { MoveSearch } from './move-search.js';
import { PairScorer } from './pair-scorer.js';
import { MOVES, type SeekerColumns, SeekerColumnsBuilder } from './seeker-columns.js';
import { type SeekerPostings, buildSeekerPostings } from './seeker-postings.js';
import { SeekerSearch } from './seeker-search.js';
import { TopEntries } from './top-entries.js';
import { TopHeap } from './top-heap.js';
import type { Postings } from './vacancy-columns.js';

/** The ranker over columns: answers what `createPlainRanker` answers, to the last bit, and scores far fewer pairs. */
export function createIndexedRanker({ vacancies, ...input }: RankInput): Ranker {
  return createRankerOver(buildMarketColumns(input.scorer, input.rules, vacancies), input);
}

/** As `createIndexedRanker`, over columns that were built before by the same scorer: one set serves any number of rankers. */
export function createRankerOver(market: MarketColumns, input: Omit<RankInput, 'vacancies'>): Ranker {
  return new IndexedRanker(market, input);
}

class IndexedRanker implements Ranker {
  private counted = 0;
  private readonly columns: SeekerColumns;
  private readonly seekers: PreparedSeeker[] = [];
  private readonly seekerAt = new Map<string, number>();
  private readonly households = new Map<string, PreparedHousehold>();
  private readonly movePairs: PairScorer;
  private readonly localPairs: PairScorer;
  private readonly moves: MoveSearch;
  private readonly weights: Weights;
  private readonly pairsOf: (postings: Postings, columns: SeekerColumns) => PairScorer;
  /** Made when somebody first asks for the seekers of a vacancy: most rankers are asked for vacancies only. */
  private backwards: { search: SeekerSearch; people: SeekerPostings } | null = null;
  private readonly isExcluded: ((seeker: number, vacancy: number) => boolean) | null;

  constructor(
    private readonly market: MarketColumns,
    { scorer, rules, households, excluded }: Omit<RankInput, 'vacancies'>,
  ) {
    const facts = new Map<string, RegionFacts>(scorer.market.regions.map((region) => [region.code, region]));
    const count = households.reduce((sum, { seekers }) => sum + seekers.length, 0);
    const builder = new SeekerColumnsBuilder(count, market.names, rules, scorer.weights, facts);
    for (const profile of households) {
      const household = scorer.prepareHousehold(profile);
      this.households.set(profile.id, household);
      for (const seeker of household.seekers) {
        this.seekerAt.set(seeker.profile.id, this.seekers.length);
        this.seekers.push(seeker);
      }
      builder.add(profile);
    }
    const { weights } = scorer;
    this.columns = builder.build();
    this.pairsOf = (postings, columns) =>
      new PairScorer(weights, market.tables, postings, columns, builder.excludedDistricts);
    this.movePairs = this.pairsOf(market.moves, this.columns);
    this.localPairs = this.pairsOf(market.local, this.columns);
    this.weights = weights;
    const isExcluded =
      excluded === undefined || excluded.size === 0
        ? null
        : (seeker: number, vacancy: number): boolean =>
            excluded.has(pairKey(this.seekers[seeker]!.profile.id, market.vacancies[vacancy]!.offer.id));
    this.moves = new MoveSearch(this.movePairs, market.tables, market.moves, this.columns, isExcluded);
    this.isExcluded = isExcluded;
  }

  get vacancies(): readonly PreparedVacancy[] {
    return this.market.vacancies;
  }

  get pairsScored(): number {
    return this.counted + this.moves.scored;
  }

  household(householdId: string): PreparedHousehold | undefined {
    return this.households.get(householdId);
  }

  topVacancies(seekerId: string, k: number): RankedVacancy[] {
    const seeker = this.seekerAt.get(seekerId);
    if (seeker === undefined) return [];
    const top = new TopEntries(Math.min(k, this.market.vacancies.length));
    this.moves.search(seeker, top);
    return this.ranked(top, this.market.moves);
  }

  topLocal(seekerId: string, k: number): RankedVacancy[] {
    const seeker = this.seekerAt.get(seekerId);
    if (seeker === undefined) return [];
    const { market, columns, localPairs: pairs } = this;
    const { local: postings, tables } = market;
    const top = new TopEntries(Math.min(k, market.vacancies.length));
    top.clear();
    const home = columns.home[seeker]!;
    if (home >= postings.regions) return [];
    pairs.take(seeker, false);
    const related = tables.related(columns.occupation[seeker]!);
    related.wanted.forEach((occupation, fitAt) => {
      const list = occupation * postings.regions + home;
      const end = postings.start[list + 1];
      if (end === undefined || postings.start[list] === end) return;
      pairs.open(related, fitAt, home);
      for (let entry = postings.start[list]!; entry < end; entry++) {
        const fit = pairs.admits(entry) ? pairs.occupationFit(entry) : 0;
        if (fit === 0) continue;
        this.counted += 1;
        top.offer(pairs.sharedScore(pairs.chance(entry, fit), entry), postings.idRank[entry]!, entry);
      }
    });
    return this.ranked(top, postings);
  }

  topSeekers(vacancyId: string, k: number): RankedSeeker[] {
    const { market } = this;
    const index = market.indexOf.get(vacancyId);
    const entry = index === undefined ? -1 : market.moveEntryOf[index]!;
    if (entry < 0) return [];
    const { search, people } = (this.backwards ??= this.searchOfSeekers());
    const top = new TopHeap(Math.min(Math.max(0, k), people.columns.size));
    const before = search.scored;
    search.search(entry, market.names.occupations.find(market.vacancies[index!]!.offer.isco!), top);
    this.counted += search.scored - before;
    return top.drain().map(({ score, entry: at }) => {
      return { seekerId: this.seekers[people.origin[at]!]!.profile.id, score };
    });
  }

  options(seekerId: string): SeekerOptions | undefined {
    const at = this.seekerAt.get(seekerId);
    if (at === undefined) return undefined;
    const { market, columns, movePairs: pairs } = this;
    const { moves: postings, tables } = market;
    const seeker = this.seekers[at]!;
    const found: { index: number; chance: number; base: number }[] = [];
    if ((columns.flags[at]! & MOVES) !== 0) {
      pairs.take(at, true);
      const related = tables.related(columns.occupation[at]!);
      for (const [list, fitAt, region] of this.postingsFor(at, related.wanted)) {
        pairs.open(related, fitAt, region);
        for (let entry = postings.start[list]!; entry < postings.start[list + 1]!; entry++) {
          const fit = pairs.admits(entry) ? pairs.occupationFit(entry) : 0;
          const index = postings.vacancy[entry]!;
          if (fit === 0 || this.isExcluded?.(at, index)) continue;
          found.push({ index, chance: pairs.chance(entry, fit), base: pairs.base(entry) });
        }
      }
    }
    found.sort((a, b) => a.index - b.index);
    this.counted += found.length;
    return {
      seeker,
      vacancies: Int32Array.from(found, ({ index }) => index),
      chance: Float64Array.from(found, ({ chance }) => chance),
      base: Float64Array.from(found, ({ base }) => base),
    };
  }

  /** The postings a seeker may be moved to: list, place among the wanted occupations, region. */
  private *postingsFor(seeker: number, wanted: Int32Array): Iterable<[number, number, number]> {
    const { start, regions } = this.market.moves;
    const home = this.columns.home[seeker]!;
    const excluded = this.columns.excluded[seeker]!;
    for (let fitAt = 0; fitAt < wanted.length; fitAt++) {
      for (let region = 0; region < regions; region++) {
        const list = wanted[fitAt]! * regions + region;
        if (list + 1 >= start.length || start[list] === start[list + 1]) continue;
        if (region !== home && ((excluded >>> region) & 1) === 0) yield [list, fitAt, region];
      }
    }
  }

  private searchOfSeekers(): { search: SeekerSearch; people: SeekerPostings } {
    const { market, columns, seekers, weights } = this;
    const byId = Int32Array.from(seekers.keys());
    const idOf = (seeker: number): string => seekers[seeker]!.profile.id;
    byId.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    const idRanks = new Int32Array(seekers.length);
    byId.forEach((seeker, rank) => (idRanks[seeker] = rank));
    const people = buildSeekerPostings(columns, idRanks);
    const pairs = this.pairsOf(market.moves, people.columns);
    return { people, search: new SeekerSearch(pairs, weights, market.tables, market.moves, people, this.isExcluded) };
  }

  private ranked(top: TopEntries, postings: Postings): RankedVacancy[] {
    return Array.from({ length: top.size }, (_, i) => ({
      vacancyId: this.market.vacancies[postings.vacancy[top.entries[i]!]!]!.offer.id,
      score: top.scores[i]!,
    }));
  }
}
