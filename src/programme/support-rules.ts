import { readFileSync } from 'node:fs';
import { fromRoot } from '../config/paths.js';
import { Problem } from '../shared/problem.js';

/** A monthly calculation index (MCI), in force from its day until the next one's, at most to the end of its year. */
export interface IndexRow {
  /** `YYYY-MM-DD`. */
  from: string;
  tenge: number;
  source: string;
  /** False where no written source gave the figure or its date. */
  verified: boolean;
}

/**
 * What support depends on: that the household buys or builds a home there, that the worker is hired for the years of the measure, that
 * the employer houses the worker.
 */
export const SUPPORT_CONDITIONS = ['home_bought_or_built', 'hired_for_years', 'worker_housed'] as const;
export type SupportCondition = (typeof SUPPORT_CONDITIONS)[number];

interface MeasureHead {
  code: SupportCode;
  /** The first day of this wording; it holds until the next row of the same code. */
  from: string;
  payee: 'household' | 'employer';
  /** What must be true for it to be paid; none where it is left out. */
  conditions?: readonly SupportCondition[];
  source: string;
  verified: boolean;
}

/** A step of the rent scale: for families of `persons` and more, up to the next step. MCI a month. */
export interface RentStep {
  persons: number;
  urban: number;
  rural: number;
  verified: boolean;
}

/**
 * One kind of support in one wording: so many MCI for each member (`per_person`), by the size of the family each month (`by_size`),
 * up to a cap (`at_most`), for each worker hired for so many years and housed (`per_worker`), or without money in hand (`in_kind`).
 */
export type Measure = MeasureHead &
  (
    | { kind: 'per_person'; mci: number }
    /** `priceSharePercent`: and no more than so many percent of the home's price. */
    | { kind: 'at_most'; mci: number; priceSharePercent?: number }
    | { kind: 'per_worker'; mci: number; years: number }
    | { kind: 'by_size'; months: number; scale: readonly RentStep[] }
    | { kind: 'in_kind' }
  );

export const SUPPORT_CODES = [
  'moving_grant',
  'rent',
  'housing_certificate',
  'short_course',
  'employer_subsidy',
] as const;
export type SupportCode = (typeof SUPPORT_CODES)[number];

/** The dated rules of the support, each list in the order of its dates. */
export interface SupportRules {
  indices: readonly IndexRow[];
  measures: readonly Measure[];
}

/** The rules as `data/programme` has them. A new order is a new row there. */
export function readSupportRules(): SupportRules {
  const read = <Rows>(name: string): Rows =>
    JSON.parse(readFileSync(fromRoot('data', 'programme', name), 'utf8')) as Rows;
  return { indices: read<IndexRow[]>('mci.json'), measures: read<Measure[]>('support-measures.json') };
}

/** The index in force on a day; null outside the years that are known: a year's index is set by that year's budget law alone. */
export function knownIndexOn({ indices }: SupportRules, date: string): IndexRow | null {
  const found = indices.findLast(({ from }) => from <= date);
  return found !== undefined && found.from.slice(0, 4) === date.slice(0, 4) ? found : null;
}

/** The index in force on a day. Error: `support.index_unknown` (422) before the first and after the last year that is known. */
export function indexOn(rules: SupportRules, date: string): IndexRow {
  const found = knownIndexOn(rules, date);
  if (found !== null) return found;
  const years = rules.indices.map(({ from }) => Number(from.slice(0, 4)));
  throw new Problem('support.index_unknown', 422, { date, first: years[0]!, last: years.at(-1)! });
}

/** The wordings in force on a day, in the order of `SUPPORT_CODES`; a kind of support that there is none of yet is left out. */
export function measuresOn({ measures }: SupportRules, date: string): Measure[] {
  return SUPPORT_CODES.flatMap((code) => {
    const found = measures.findLast((measure) => measure.code === code && measure.from <= date);
    return found === undefined ? [] : [found];
  });
}
