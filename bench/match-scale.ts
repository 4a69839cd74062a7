import { createIndexedRanker } from '../src/matching/core/columns/indexed-ranker.js';
import { createPlainRanker } from '../src/matching/core/rank.js';
import { SCALE_RULES, scaleHousehold } from './market-at-scale.js';
import { K, scaleScorer } from './scale-engine.js';
import { type ScaleRun, searchByProcesses } from './scale-processes.js';
import { type SearchFloor, searchFloor } from './search-floor.js';

const COMPARED = 300;

export interface ScaleBench {
  /** Seekers whose rows the plain ranker and the ranker over columns answered alike, to the last bit, before anything was timed. */
  compared: number;
  eligiblePairsPerSeeker: number;
  /** Of the eligible pairs, those whose score was computed. */
  scoredShare: number;
  one: ScaleRun;
  two: ScaleRun;
  /** Time with one process ÷ time with two. */
  speedupOfTwo: number;
  floor: SearchFloor;
}

/** Exact top-20 of every seeker, by one process and by two, after the rows of some were compared with the plain ranker's. */
export async function benchMatchAtScale(seekers: number, vacancies: number, rounds: number): Promise<ScaleBench> {
  const { compared, eligible } = compare(seekers, vacancies);
  const one = await searchByProcesses(1, seekers, vacancies, seekers, rounds);
  const two = await searchByProcesses(2, seekers, vacancies, seekers, rounds);
  const eligiblePairsPerSeeker = eligible / compared;
  return {
    compared,
    eligiblePairsPerSeeker,
    scoredShare: one.scoredPairsPerSeeker / eligiblePairsPerSeeker,
    one,
    two,
    speedupOfTwo: one.searchMs.median / two.searchMs.median,
    floor: await searchFloor(seekers, vacancies),
  };
}

/** The same rows of some seekers from both rankers; throws when a bit differs. Answers how many pairs were eligible. */
function compare(seekers: number, vacancies: number): { compared: number; eligible: number } {
  const { scorer, offers } = scaleScorer(seekers, vacancies);
  const compared = Math.min(COMPARED, seekers);
  const households = Array.from({ length: compared }, (_, i) => scaleHousehold(Math.floor((i * seekers) / compared)));
  const input = { scorer, rules: SCALE_RULES, households, vacancies: offers };
  const [plain, indexed] = [createPlainRanker(input), createIndexedRanker(input)];
  for (const { id } of households) {
    const [expected, found] = [plain.topVacancies(id, K), indexed.topVacancies(id, K)];
    if (JSON.stringify(expected) !== JSON.stringify(found)) throw new Error(`The rankers differ for seeker ${id}.`);
  }
  return { compared, eligible: plain.pairsScored };
}
