import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createIndexedRanker } from '../src/matching/core/columns/indexed-ranker.js';
import { buildMarketColumns } from '../src/matching/core/columns/market-columns.js';
import { MoveSearch } from '../src/matching/core/columns/move-search.js';
import { PairScorer } from '../src/matching/core/columns/pair-scorer.js';
import { SeekerColumnsBuilder } from '../src/matching/core/columns/seeker-columns.js';
import { TopEntries } from '../src/matching/core/columns/top-entries.js';
import { createPlainRanker } from '../src/matching/core/rank.js';
import { Scorer } from '../src/matching/core/score.js';
import { SCALE_RULES, SCALE_WEIGHTS, scaleHousehold, scaleMarket, scaleVacancy } from './market-at-scale.js';

const K = 20;
const COMPARED = 300;

/** What one process did with its share of the seekers. */
interface Shard {
  /** Vacancies into columns and postings, from their plain facts. */
  indexMs: number;
  searchMs: number;
  cpuMs: number;
  scored: number;
  estimated: number;
  found: number;
  peakRssMb: number;
}

export interface ScaleRun {
  processes: number;
  searchMs: number;
  seekersPerSecond: number;
  /** Seekers in a second of processor time of one process: what a busy machine does not blur. */
  seekersPerCpuSecond: number;
  indexMs: number;
  peakRssMb: number;
}

export interface ScaleBench {
  seekers: number;
  vacancies: number;
  k: number;
  /** Seekers whose rows the plain ranker and the ranker over columns answered alike, to the last bit, before anything was timed. */
  compared: number;
  eligiblePairsPerSeeker: number;
  scoredPairsPerSeeker: number;
  estimatedPairsPerSeeker: number;
  /** Of the eligible pairs, those whose score was computed. */
  scoredShare: number;
  runs: ScaleRun[];
  /** Time with one process ÷ time with two. */
  speedupOfTwo: number;
}

/** One process: makes its seekers, waits for the word, finds the best moves of each and keeps them. */
async function work(seekers: number, vacancies: number, first: number, last: number): Promise<void> {
  const offers = Array.from({ length: vacancies }, (_, i) => scaleVacancy(i));
  const market = scaleMarket(seekers, offers);
  const scorer = new Scorer(market, SCALE_WEIGHTS);
  const begun = performance.now();
  const columns = buildMarketColumns(scorer, SCALE_RULES, offers);
  const indexMs = performance.now() - begun;
  const facts = new Map(market.regions.map((region) => [region.code, region]));
  const builder = new SeekerColumnsBuilder(last - first, columns.names, SCALE_RULES, SCALE_WEIGHTS, facts);
  for (let i = first; i < last; i++) builder.add(scaleHousehold(i));
  const people = builder.build();
  const pairs = new PairScorer(SCALE_WEIGHTS, columns.tables, columns.moves, people, builder.excludedDistricts);
  const search = new MoveSearch(pairs, columns.tables, columns.moves, people);
  const scores = new Float64Array(people.size * K);
  const found = new Int32Array(people.size * K).fill(-1);
  const top = new TopEntries(K);
  for (let i = 0; i < Math.min(2_000, people.size); i++) search.search(i, top);
  search.scored = search.estimated = 0;
  process.send!('ready');
  await once(process, 'message');

  const start = performance.now();
  const cpu = process.cpuUsage();
  // By occupation: neighbours look through the same postings, which then are in the processor's cache.
  const order = byOccupation(people.occupation, people.size);
  let rows = 0;
  for (const seeker of order) {
    search.search(seeker, top);
    for (let i = 0; i < top.size; i++) {
      scores[seeker * K + i] = top.scores[i]!;
      found[seeker * K + i] = columns.moves.vacancy[top.entries[i]!]!;
    }
    rows += top.size;
  }
  const { user, system } = process.cpuUsage(cpu);
  const shard: Shard = {
    indexMs,
    searchMs: performance.now() - start,
    cpuMs: (user + system) / 1000,
    scored: search.scored,
    estimated: search.estimated,
    found: rows,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
  process.send!(shard);
  process.disconnect();
}

/** Numbers of seekers ordered by occupation, in linear time. */
function byOccupation(occupation: Uint16Array, size: number): Int32Array {
  const starts = new Int32Array(65_537);
  for (let i = 0; i < size; i++) starts[occupation[i]! + 1]! += 1;
  for (let code = 0; code < 65_536; code++) starts[code + 1]! += starts[code]!;
  const order = new Int32Array(size);
  for (let i = 0; i < size; i++) order[starts[occupation[i]!]!++] = i;
  return order;
}

async function run(seekers: number, vacancies: number, processes: number): Promise<{ run: ScaleRun; shards: Shard[] }> {
  const share = Math.ceil(seekers / processes);
  const workers = Array.from({ length: processes }, (_, i) =>
    fork(fileURLToPath(import.meta.url), [
      'work',
      ...[seekers, vacancies, i * share, Math.min(seekers, (i + 1) * share)].map(String),
    ]),
  );
  const ended = workers.map((worker) => once(worker, 'exit'));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const start = performance.now();
  const shards = await Promise.all(
    workers.map(async (worker) => {
      worker.send('go');
      const [shard] = (await once(worker, 'message')) as [Shard];
      return shard;
    }),
  );
  const searchMs = performance.now() - start;
  await Promise.all(ended);
  const cpuMs = shards.reduce((sum, shard) => sum + shard.cpuMs, 0);
  return {
    shards,
    run: {
      processes,
      searchMs: Math.round(searchMs),
      seekersPerSecond: Math.round((seekers / searchMs) * 1000),
      seekersPerCpuSecond: Math.round((seekers / cpuMs) * 1000),
      indexMs: Math.round(Math.max(...shards.map((shard) => shard.indexMs))),
      peakRssMb: Math.round(shards.reduce((sum, shard) => sum + shard.peakRssMb, 0)),
    },
  };
}

/** The same rows of some seekers from both rankers; throws when a bit differs. Answers how many pairs were eligible. */
function compare(seekers: number, vacancies: number): { compared: number; eligible: number } {
  const offers = Array.from({ length: vacancies }, (_, i) => scaleVacancy(i));
  const scorer = new Scorer(scaleMarket(seekers, offers), SCALE_WEIGHTS);
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

/** Exact top-20 of every seeker, by one process and by two, after the rows of some were compared with the plain ranker's. */
export async function benchMatchAtScale(seekers: number, vacancies: number): Promise<ScaleBench> {
  const { compared, eligible } = compare(seekers, vacancies);
  const one = await run(seekers, vacancies, 1);
  const two = await run(seekers, vacancies, 2);
  const shard = one.shards[0]!;
  const eligiblePairsPerSeeker = eligible / compared;
  const scoredPairsPerSeeker = shard.scored / seekers;
  return {
    seekers,
    vacancies,
    k: K,
    compared,
    eligiblePairsPerSeeker,
    scoredPairsPerSeeker,
    estimatedPairsPerSeeker: shard.estimated / seekers,
    scoredShare: scoredPairsPerSeeker / eligiblePairsPerSeeker,
    runs: [one.run, two.run],
    speedupOfTwo: one.run.searchMs / two.run.searchMs,
  };
}

const [role, ...sizes] = process.argv.slice(2);
if (role === 'work') {
  const [seekers, vacancies, first, last] = sizes.map(Number) as [number, number, number, number];
  await work(seekers, vacancies, first, last);
}
