/**
 * `npm run bench -- congestion [--vacancies N] [--seed N] [--json]`: how crowded proposals are, by five ways of making them over the fixed
 * set of `crowdedMarket`, each against the optimum of a linear programme under the same limits and against the best without any.
 */
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { allotProposals } from '../src/matching/core/allot.js';
import { createIndexedRanker } from '../src/matching/core/columns/indexed-ranker.js';
import type { Allotment } from '../src/matching/core/congestion.js';
import { type Exposure, exposureOf } from '../src/matching/core/exposure.js';
import {
  type HouseholdOptions,
  type HouseholdPlan,
  bestPlan,
  householdOptions,
} from '../src/matching/core/household.js';
import type { Ranker } from '../src/matching/core/rank.js';
import { Scorer } from '../src/matching/core/score.js';
import { openingsOf } from '../src/matching/core/types.js';
import { type Chance, seededChance } from '../src/shared/chance.js';
import { crowdedMarket } from './crowded-market.js';
import { SCALE_RULES, SCALE_WEIGHTS } from './market-at-scale.js';
import { proposalOptimum } from './proposal-optimum.js';

/** One way of making proposals. Points are those of all jobs proposed, before any price. */
export interface CongestionRow extends Exposure {
  points: number;
  /** ÷ the optimum under the limits; more than 1 only where the limits are not kept. */
  ofOptimum: number;
  /** ÷ the points of everybody's best without limits. */
  ofUnconstrained: number;
}

export interface CongestionBench {
  vacancies: number;
  /** Proposals that they take. */
  capacity: number;
  households: number;
  adults: number;
  /** Proposals wanted ÷ capacity. */
  demand: number;
  /** Of the choices without limits, those that fall on the most popular tenth of the vacancies. */
  topTenthOfChoices: number;
  optimum: { points: number; plans: number; ms: number };
  oursMs: number;
  ways: Record<Way, CongestionRow>;
}

/**
 * `naive`: everybody's best districts, whoever else goes there; `cutOff`: the same, where what came too late is dropped; `firstCome`:
 * everybody in turn the best of what is left; `shuffle`: everybody in turn by chance, the likelier the higher the score, of what is left.
 */
type Way = 'naive' | 'cutOff' | 'firstCome' | 'shuffle' | 'ours';

/** Everything that a way of making proposals may look at. */
interface Crowd {
  households: readonly HouseholdOptions[];
  capacity: readonly number[];
  ranker: Ranker;
  scorer: Scorer;
}

/** Runs every way over the fixed set of so many vacancies. Deterministic but for the clock. */
export async function benchCongestion(vacancyCount: number, seed = 6): Promise<CongestionBench> {
  const { market, vacancies, households } = crowdedMarket(vacancyCount, seed);
  const scorer = new Scorer(market, SCALE_WEIGHTS);
  const ranker = createIndexedRanker({ scorer, rules: SCALE_RULES, households, vacancies });
  const options = households.map(({ id }) => householdOptions(ranker.household(id)!, ranker, scorer));
  const capacity = ranker.vacancies.map(
    ({ offer }) => scorer.weights.congestion.proposalsPerOpening * openingsOf(offer),
  );
  const crowd: Crowd = { households: options, capacity, ranker, scorer };
  const started = performance.now();
  const ours = allotProposals(options, { load: new Map(), districts: new Map() }, ranker, scorer);
  const oursMs = performance.now() - started;
  const optimumStarted = performance.now();
  const { points, plans } = await proposalOptimum(options, capacity, ranker, scorer);
  const optimumMs = performance.now() - optimumStarted;
  const naive = inTurn(crowd, Infinity, best);
  const most = pointsOf(naive);
  const row = (made: readonly Allotment[]): CongestionRow => {
    const proposals = made.map(({ householdId, plan }) => ({ householdId, vacancies: vacanciesOf(plan) }));
    const own = pointsOf(made);
    return {
      points: own,
      ofOptimum: own / points,
      ofUnconstrained: own / most,
      ...exposureOf(proposals, capacity, households.length),
    };
  };
  const adults = households.reduce((sum, { seekers }) => sum + seekers.length, 0);
  const places = capacity.reduce((sum, one) => sum + one, 0);
  return {
    vacancies: vacancies.length,
    capacity: places,
    households: households.length,
    adults,
    demand: (adults * scorer.weights.proposals.districtsPerHousehold) / places,
    topTenthOfChoices: topTenth(naive, capacity.length),
    optimum: { points, plans, ms: optimumMs },
    oursMs,
    ways: {
      naive: row(naive),
      cutOff: row(cutOff(naive, capacity)),
      firstCome: row(inTurn(crowd, 1, best)),
      shuffle: row(inTurn(crowd, 1, byChance(seededChance(seed)))),
      ours: row(ours),
    },
  };
}

const vacanciesOf = (plan: HouseholdPlan): number[] => plan.placements.map(({ vacancy }) => vacancy);

/** Points before the price: what the proposals are worth to those who get them. */
const pointsOf = (made: readonly Allotment[]): number =>
  made.reduce((sum, { plan }) => sum + plan.placements.reduce((own, { score, price }) => own + score + price, 0), 0);

/** Orders the plans that a household may have: it gets the first ones. */
type Order = (plans: HouseholdPlan[]) => HouseholdPlan[];

const best: Order = (plans) => plans.sort((a, b) => b.score - a.score || (a.districtKato < b.districtKato ? -1 : 1));

/**
 * A draw without replacement in which a plan comes first with a probability in proportion to its score (Efraimidis and Spirakis,
 * Information Processing Letters 97(5), 2006).
 */
const byChance =
  (chance: Chance): Order =>
  (plans) =>
    plans
      .map((plan) => ({ plan, key: Math.log(chance.whole(1, 2 ** 30) / 2 ** 30) / plan.score }))
      .sort((a, b) => b.key - a.key)
      .map(({ plan }) => plan);

/** Household after household, each from what vacancies still take of `fold` times their capacity. */
function inTurn({ households, capacity, ranker, scorer }: Crowd, fold: number, order: Order): Allotment[] {
  const left = capacity.map((places) => places * fold);
  const priceOf = (vacancy: number, more: number): number => (left[vacancy]! >= more ? 0 : Infinity);
  return households.flatMap((options) => {
    const plans = options.districts.flatMap((district) => bestPlan(options, district, priceOf, ranker, scorer) ?? []);
    const taken = order(plans).slice(0, scorer.weights.proposals.districtsPerHousehold);
    for (const vacancy of taken.flatMap(vacanciesOf)) left[vacancy]! -= 1;
    return taken.map((plan) => ({ householdId: options.household.profile.id, plan }));
  });
}

function cutOff(made: readonly Allotment[], capacity: readonly number[]): Allotment[] {
  const left = [...capacity];
  return made.filter(({ plan }) => {
    const vacancies = vacanciesOf(plan);
    for (const vacancy of vacancies) left[vacancy]! -= 1;
    const fits = vacancies.every((vacancy) => left[vacancy]! >= 0);
    if (!fits) for (const vacancy of vacancies) left[vacancy]! += 1;
    return fits;
  });
}

function topTenth(made: readonly Allotment[], vacancyCount: number): number {
  const loads = new Map<number, number>();
  for (const vacancy of made.flatMap(({ plan }) => vacanciesOf(plan)))
    loads.set(vacancy, (loads.get(vacancy) ?? 0) + 1);
  const descending = [...loads.values()].sort((a, b) => b - a);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  return sum(descending.slice(0, Math.ceil(vacancyCount / 10))) / sum(descending);
}

const NAMES: Record<Way, string> = {
  naive: 'naive top-k, no limit',
  cutOff: 'naive top-k, cut off',
  firstCome: 'first come, best left',
  shuffle: 'shuffle by score',
  ours: 'Qonys',
};

function asTable({ ways }: CongestionBench): Record<string, Record<string, string>> {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const rows = Object.entries(ways).map(
    ([way, { ofOptimum, ofUnconstrained, placements, congestion, coverage, gini }]) => [
      NAMES[way as Way],
      {
        'of LP optimum': percent(ofOptimum),
        'of unlimited': percent(ofUnconstrained),
        placements: String(placements),
        'vacancies over': percent(congestion.vacanciesOver),
        'placements over': percent(congestion.placementsOver),
        fullest: congestion.fullest.toFixed(2),
        'vacancies covered': percent(coverage.vacancies),
        'households covered': percent(coverage.households),
        Gini: gini.toFixed(3),
      },
    ],
  );
  return Object.fromEntries(rows) as Record<string, Record<string, string>>;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      vacancies: { type: 'string', default: '200' },
      seed: { type: 'string', default: '6' },
    },
  });
  const bench = await benchCongestion(Number(values.vacancies), Number(values.seed));
  if (values.json) console.log(JSON.stringify(bench));
  else {
    const { ways: _ways, ...market } = bench;
    console.log(market);
    console.table(asTable(bench));
  }
}
