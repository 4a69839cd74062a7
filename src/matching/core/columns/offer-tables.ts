import type { Weights } from '../weights.js';
import type { SeekerPostings } from './seeker-postings.js';
import type { Tables } from './tables.js';
import { DRIVING, EDUCATION_RANKS, type Postings, REQUIRED_YEARS, SETTLEMENTS } from './vacancy-columns.js';

/** What one vacancy is worth to people by each of their facts, and whom it does not take. */
export interface OfferTables {
  entry: number;
  region: number;
  gate: number;
  /** Tenge a month, and its log2; NaN where none is stated. */
  pay: number;
  logPay: number;
  requiredYears: number;
  /** By the seeker's education. */
  qualification: Float64Array;
  /** By home: log2 of the living cost there ÷ at home, and the corridor without relatives, not weighted. */
  logCost: Float64Array;
  corridor: Float64Array;
  /** Weighted, by wish × 2 + whether the region is wished. */
  settlement: Float64Array;
  /** Weighted, without and with children of school age. */
  services: readonly number[];
  /** Weighted, by persons. */
  support: Float64Array;
  /** Housing and shortage, weighted: the same for all. */
  fixed: number;
  /** 1 for the lists of driving categories that do not do. */
  lacks: Uint8Array;
  /** The least of `logCost`, the most beside the pay, the most of the corridor in full: for bounds. */
  leastLogCost: number;
  mostBeside: number;
  mostCorridor: number;
}

const largest = (values: Iterable<number>): number => Math.max(0, ...values);

export function offerTables(
  entry: number,
  postings: Postings,
  people: SeekerPostings,
  tables: Tables,
  { utility, corridor: route }: Weights,
): OfferTables {
  const region = postings.region[entry]!;
  const place = postings.place[entry]!;
  const gate = postings.gates[entry]!;
  const required = { education: postings.education[entry]!, driving: postings.driving[entry]! };
  const kind = tables.settlementOf[place]!;
  const { homes } = people;
  const logCost = new Float64Array(largest(homes) + 1);
  const corridor = new Float64Array(logCost.length);
  for (const home of homes) {
    const row = tables.from(home);
    logCost[home] = row.logCostRatio[region]!;
    corridor[home] = row.corridor[region]!;
  }
  const fixed = postings.fixed[entry]!;
  const services = [false, true].map((schoolAge) => tables.services(schoolAge)[region]!);
  const support = by(people.mostPersons + 1, (persons) => tables.support(persons)[place]!);
  const settlement = by(tables.bestSettlement.length, (wish) => tables.settlement[wish * SETTLEMENTS.length + kind]!);
  return {
    entry,
    region,
    gate,
    pay: postings.pay[entry]!,
    logPay: postings.logPay[entry]!,
    requiredYears: REQUIRED_YEARS[postings.years[entry]!]!,
    qualification: by(EDUCATION_RANKS, (own) => tables.qualification[own * EDUCATION_RANKS + required.education]!),
    logCost,
    corridor,
    settlement,
    services,
    support,
    fixed,
    lacks: Uint8Array.from({ length: people.mostDriving + 1 }, (_, own) =>
      tables.lacksCategory(own)[required.driving] === 1 || ((gate & DRIVING) !== 0 && !tables.drives(own)) ? 1 : 0,
    ),
    leastLogCost: Math.min(...homes.map((home) => logCost[home]!)),
    mostBeside: fixed + largest(services) + largest(settlement) + largest(support),
    mostCorridor: utility.corridor * Math.max(route.relatives, largest(corridor)),
  };
}

const by = (length: number, value: (at: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, at) => value(at));
