import { performance } from 'node:perf_hooks';
import { createPlainRanker } from '../src/matching/core/rank.js';
import { buildMarketColumns, newTables } from '../src/matching/core/columns/market-columns.js';
import { PairScorer } from '../src/matching/core/columns/pair-scorer.js';
import { type SeekerPostings, buildSeekerPostings } from '../src/matching/core/columns/seeker-postings.js';
import { SeekerSearch } from '../src/matching/core/columns/seeker-search.js';
import { TopHeap } from '../src/matching/core/columns/top-heap.js';
import type { Scorer } from '../src/matching/core/score.js';
import type { VacancyOffer } from '../src/matching/core/types.js';
import { SCALE_RULES, SCALE_WEIGHTS, scaleHousehold, scaleVacancy } from './market-at-scale.js';
import { scaleScorer, seekersInColumns } from './scale-engine.js';
import { quantile } from './spread.js';

const BEST = 200;
const NEW_VACANCIES = 300;
/** The plain ranker keeps an object for each seeker, so the rows are compared among so many. */
const COMPARED_SEEKERS = 20_000;
const COMPARED_VACANCIES = 30;

export interface NewVacancyBench {
  seekers: number;
  newVacancies: number;
  best: number;
  /** Vacancies whose rows the plain ranker answered alike, to the last bit, and the seekers that they were chosen from. */
  compared: { vacancies: number; seekers: number };
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  estimatedPairs: number;
  scoredPairs: number;
  /** Seekers from their facts into columns and postings: once, before the first vacancy comes. */
  residentMs: number;
  peakRssMb: number;
}

/** Seekers who stay in memory, without an object for any of them. */
class ResidentSeekers {
  estimated = 0;
  scored = 0;
  private readonly known: ReturnType<typeof newTables>;
  private readonly people: SeekerPostings;
  private readonly excludedDistricts: ReadonlyMap<number, ReadonlySet<number>>;

  constructor(
    private readonly scorer: Scorer,
    seekers: number,
  ) {
    this.known = newTables(scorer);
    const { people, excludedDistricts } = seekersInColumns(scorer, this.known.names, 0, seekers);
    this.excludedDistricts = excludedDistricts;
    // Ids of the market at scale are in the order of their numbers.
    this.people = buildSeekerPostings(
      people,
      Int32Array.from({ length: seekers }, (_, i) => i),
    );
  }

  /** The best seekers of a vacancy that nobody knew before, from its plain facts. */
  best(offer: VacancyOffer): { seeker: number; score: number }[] {
    const { people, scorer } = this;
    const { moves, tables, names } = buildMarketColumns(scorer, SCALE_RULES, [offer], this.known);
    const pairs = new PairScorer(SCALE_WEIGHTS, tables, moves, people.columns, this.excludedDistricts);
    const search = new SeekerSearch(pairs, SCALE_WEIGHTS, tables, moves, people);
    const top = new TopHeap(BEST);
    search.search(0, names.occupations.find(offer.isco!), top);
    this.estimated += search.estimated;
    this.scored += search.scored;
    return top.drain().map(({ score, entry }) => ({ seeker: people.origin[entry]!, score }));
  }
}

/** One new vacancy after the other: its best 200 among so many seekers in memory, after rows were compared with the plain ranker's. */
export function benchNewVacancy(seekers: number, vacancies: number): NewVacancyBench {
  const { scorer } = scaleScorer(seekers, vacancies);
  const compared = compare(scorer, Math.min(seekers, COMPARED_SEEKERS), vacancies);
  const begun = performance.now();
  const resident = new ResidentSeekers(scorer, seekers);
  const residentMs = performance.now() - begun;
  const offers = Array.from({ length: NEW_VACANCIES }, (_, i) => scaleVacancy(vacancies + i));
  for (const offer of offers.slice(0, 20)) resident.best(offer);
  resident.estimated = resident.scored = 0;
  const times = offers.map((offer) => {
    const start = performance.now();
    resident.best(offer);
    return performance.now() - start;
  });
  return {
    seekers,
    newVacancies: NEW_VACANCIES,
    best: BEST,
    compared,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    maxMs: Math.max(...times),
    estimatedPairs: resident.estimated / NEW_VACANCIES,
    scoredPairs: resident.scored / NEW_VACANCIES,
    residentMs,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
}

function compare(scorer: Scorer, seekers: number, vacancies: number): NewVacancyBench['compared'] {
  const resident = new ResidentSeekers(scorer, seekers);
  const households = Array.from({ length: seekers }, (_, i) => scaleHousehold(i));
  const offers = Array.from({ length: COMPARED_VACANCIES }, (_, i) => scaleVacancy(vacancies + i));
  const plain = createPlainRanker({ scorer, rules: SCALE_RULES, households, vacancies: offers });
  for (const offer of offers) {
    const expected = plain.topSeekers(offer.id, BEST);
    const found = resident.best(offer).map(({ seeker, score }) => ({ seekerId: scaleHousehold(seeker).id, score }));
    if (JSON.stringify(expected) !== JSON.stringify(found)) throw new Error(`The rankers differ for ${offer.id}.`);
  }
  return { vacancies: COMPARED_VACANCIES, seekers };
}
