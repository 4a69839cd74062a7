import { performance } from 'node:perf_hooks';
import { type MarketColumns, buildMarketColumns } from '../src/matching/core/columns/market-columns.js';
import { MoveSearch } from '../src/matching/core/columns/move-search.js';
import { PairScorer } from '../src/matching/core/columns/pair-scorer.js';
import { type SeekerColumns, SeekerColumnsBuilder } from '../src/matching/core/columns/seeker-columns.js';
import { TopEntries } from '../src/matching/core/columns/top-entries.js';
import { Scorer } from '../src/matching/core/score.js';
import type { RegionFacts, VacancyOffer } from '../src/matching/core/types.js';
import { SCALE_RULES, SCALE_WEIGHTS, scaleHousehold, scaleMarket, scaleVacancy } from './market-at-scale.js';

/** How many vacancies are found for each seeker. */
export const K = 20;

/** The made-up market of so many, and who scores it. */
export function scaleScorer(seekers: number, vacancies: number): { scorer: Scorer; offers: VacancyOffer[] } {
  const offers = Array.from({ length: vacancies }, (_, i) => scaleVacancy(i));
  return { offers, scorer: new Scorer(scaleMarket(seekers, offers), SCALE_WEIGHTS) };
}

/** A builder of columns for some of the seekers, and the columns of `first` up to `last`, not included. */
export function seekersInColumns(
  { market }: Scorer,
  names: MarketColumns['names'],
  first: number,
  last: number,
): { people: SeekerColumns; excludedDistricts: ReadonlyMap<number, ReadonlySet<number>> } {
  const facts = new Map<string, RegionFacts>(market.regions.map((region) => [region.code, region]));
  const builder = new SeekerColumnsBuilder(last - first, names, SCALE_RULES, SCALE_WEIGHTS, facts);
  for (let i = first; i < last; i++) builder.add(scaleHousehold(i));
  return { people: builder.build(), excludedDistricts: builder.excludedDistricts };
}

/** The engine over all vacancies of the market at scale and some of its seekers, with room for what it finds. */
export class ScaleEngine {
  /** Vacancies into columns and postings, from their plain facts. */
  readonly indexMs: number;
  /** `K` places for each seeker, the best first: the vacancy's number, -1 where there are fewer, and the score. */
  readonly found: Int32Array;
  readonly scores: Float64Array;
  readonly size: number;
  private readonly order: Int32Array;
  private readonly columns: MarketColumns;
  private readonly people: SeekerColumns;
  private readonly offerOf: Int32Array;
  private readonly moves: MoveSearch;

  constructor(seekers: number, vacancies: number, first: number, last: number) {
    const { scorer, offers } = scaleScorer(seekers, vacancies);
    const begun = performance.now();
    this.columns = buildMarketColumns(scorer, SCALE_RULES, offers);
    this.indexMs = performance.now() - begun;
    const { tables, moves, names } = this.columns;
    const { people, excludedDistricts } = seekersInColumns(scorer, names, first, last);
    this.offerOf = moves.vacancy.map((index) => Number(this.columns.vacancies[index]!.offer.id.slice(1)));
    const pairs = new PairScorer(SCALE_WEIGHTS, tables, moves, people, excludedDistricts);
    this.moves = new MoveSearch(pairs, tables, moves, people);
    this.people = people;
    this.size = people.size;
    this.scores = new Float64Array(people.size * K);
    this.found = new Int32Array(people.size * K);
    // By occupation: neighbours look through the same postings, which then are in the processor's cache.
    this.order = byOccupation(people.occupation, people.size);
  }

  get scored(): number {
    return this.moves.scored;
  }

  get estimated(): number {
    return this.moves.estimated;
  }

  get bytesPerSeeker(): number {
    return bytesOf(this.people) / this.size;
  }

  get bytesOfVacancies(): number {
    return bytesOf(this.columns.moves);
  }

  /** Finds the best moves of so many of the seekers, all unless said. */
  search(count = this.size): void {
    const { moves, scores, found, offerOf } = this;
    const top = new TopEntries(K);
    moves.scored = moves.estimated = 0;
    found.fill(-1);
    for (let i = 0; i < count; i++) {
      const seeker = this.order[i]!;
      moves.search(seeker, top);
      for (let place = 0; place < top.size; place++) {
        scores[seeker * K + place] = top.scores[place]!;
        found[seeker * K + place] = offerOf[top.entries[place]!]!;
      }
    }
  }
}

const bytesOf = (columns: object): number =>
  Object.values(columns).reduce(
    (sum: number, column: unknown) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0),
    0,
  );

/** Numbers of seekers ordered by occupation, in linear time. */
function byOccupation(occupation: Uint16Array, size: number): Int32Array {
  const starts = new Int32Array(65_537);
  for (let i = 0; i < size; i++) starts[occupation[i]! + 1]! += 1;
  for (let code = 0; code < 65_536; code++) starts[code + 1]! += starts[code]!;
  const order = new Int32Array(size);
  for (let i = 0; i < size; i++) order[starts[occupation[i]!]!++] = i;
  return order;
}
