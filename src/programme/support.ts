import { Problem } from '../shared/problem.js';
import {
  type IndexRow,
  type Measure,
  type SupportCode,
  type SupportCondition,
  type SupportRules,
  indexOn,
  measuresOn,
} from './support-rules.js';

export type SettlementKind = 'urban' | 'rural';

/** One kind of support for one household. */
export interface SupportLine {
  code: SupportCode;
  /** Of one payment; null where no money is paid in hand. */
  mci: number | null;
  tenge: number | null;
  /** Payments, one a month; null for one that is paid once. */
  months: number | null;
  payee: 'household' | 'employer';
  /** The figure is the most that may be paid; what is paid depends on the home that is bought. */
  atMost: boolean;
  /** Of a home's price no more than so many percent are paid; null where no such share is set. */
  priceSharePercent: number | null;
  /** For so many years the employer hires the worker; null for what the household gets. */
  years: number | null;
  /** What must be true for it to be paid. */
  conditions: readonly SupportCondition[];
  /** What the household gets of it in the first twelve months; null for what is not paid to it in money. */
  firstYearTenge: TengeRange | null;
  source: string;
  /** False where a figure in the line comes from no written source. */
  verified: boolean;
}

export interface TengeRange {
  min: number;
  max: number;
}

/** What a household may expect of the programme on a day. Tenge. */
export interface SupportSheet {
  on: string;
  mciTenge: number;
  /** Where the index comes from, and since when it holds. */
  index: Pick<IndexRow, 'from' | 'source' | 'verified'>;
  /** Null: neither town nor village is known, so that the rent is a range over both. */
  settlementType: SettlementKind | null;
  lines: SupportLine[];
  /**
   * `min`: what is paid to every household that is taken in, with the smallest rent that the written ends of the scale allow;
   * `max`: with the largest, and with the whole housing certificate. The sum of the lines' `firstYearTenge`.
   */
  householdFirstYearTenge: TengeRange;
}

/** As many as a household can be: two adults, twenty children and seven others who move along (`households/household.dto.ts`). */
export const MOST_MEMBERS = 29;

/**
 * The support of a household of `members` that moves on a day to a town or a village; null: one of both. Pure. Errors: `support.members_invalid`
 * (400), `support.index_unknown` (422). Sources of the figures: `data/programme/mci.json` and `support-measures.json`; the rules
 * are those of the seed paper, section 3.1 (Journal of Educational and Social Research 13(6), 2023).
 */
export function supportSheet(
  rules: SupportRules,
  { members, settlementType, on }: { members: number; settlementType: SettlementKind | null; on: string },
): SupportSheet {
  if (!Number.isInteger(members) || members < 1 || members > MOST_MEMBERS) {
    throw new Problem('support.members_invalid', 400, { most: MOST_MEMBERS });
  }
  const index = indexOn(rules, on);
  const lines = measuresOn(rules, on).map((measure) => lineOf(measure, index, members, settlementType));
  const sum = (end: keyof TengeRange): number =>
    lines.reduce((total, { firstYearTenge }) => total + (firstYearTenge?.[end] ?? 0), 0);
  return {
    on,
    mciTenge: index.tenge,
    index: { from: index.from, source: index.source, verified: index.verified },
    settlementType,
    lines,
    householdFirstYearTenge: { min: sum('min'), max: sum('max') },
  };
}

function lineOf(
  measure: Measure,
  index: IndexRow,
  members: number,
  settlementType: SettlementKind | null,
): SupportLine {
  const { mci, months, range, verified } = amountOf(measure, members, settlementType);
  const { code, payee, kind, source } = measure;
  const isPaid = payee === 'household' && kind !== 'in_kind';
  return {
    code,
    mci,
    tenge: mci === null ? null : mci * index.tenge,
    months,
    payee,
    atMost: kind === 'at_most',
    priceSharePercent: kind === 'at_most' ? (measure.priceSharePercent ?? null) : null,
    years: kind === 'per_worker' ? measure.years : null,
    conditions: measure.conditions ?? [],
    firstYearTenge: isPaid ? { min: range.min * index.tenge, max: range.max * index.tenge } : null,
    source,
    verified: verified && measure.verified && (kind === 'in_kind' || index.verified),
  };
}

interface Amount {
  /** Of one payment. */
  mci: number | null;
  months: number | null;
  /** MCI of the first year. */
  range: TengeRange;
  verified: boolean;
}

function amountOf(measure: Measure, members: number, settlementType: SettlementKind | null): Amount {
  switch (measure.kind) {
    case 'per_person':
      return once(measure.mci * members, measure.mci * members);
    case 'per_worker':
      return once(measure.mci, measure.mci);
    case 'at_most':
      return once(measure.mci, 0);
    case 'in_kind':
      return { mci: null, months: null, range: { min: 0, max: 0 }, verified: true };
    case 'by_size':
      return settlementType === null ? rentSomewhere(measure, members) : rentOf(measure, members, settlementType);
  }
}

const once = (mci: number, min: number): Amount => ({ mci, months: null, range: { min, max: mci }, verified: true });

type RentMeasure = Extract<Measure, { kind: 'by_size' }>;

/** A step that is in no written source lies between the written ones on its two sides: the range is theirs. */
function rentOf({ scale, months }: RentMeasure, members: number, settlementType: SettlementKind): Amount {
  const at = scale.findLastIndex(({ persons }) => persons <= members);
  const step = scale[at]!;
  const mci = step[settlementType];
  const [below, above] = step.verified ? [step, step] : [scale[Math.max(0, at - 1)]!, scale[at + 1] ?? step];
  return {
    mci,
    months,
    range: { min: below[settlementType] * months, max: above[settlementType] * months },
    verified: step.verified,
  };
}

/** In a town or in a village, nobody knows which: no single figure, only the range over both. */
function rentSomewhere(measure: RentMeasure, members: number): Amount {
  const [town, village] = [rentOf(measure, members, 'urban'), rentOf(measure, members, 'rural')];
  return {
    mci: null,
    months: measure.months,
    range: { min: Math.min(town.range.min, village.range.min), max: Math.max(town.range.max, village.range.max) },
    verified: town.verified && village.verified,
  };
}

/** Of the lines that the first year's sum is made of. */
export const isFirstYearVerified = ({ lines }: SupportSheet): boolean =>
  lines.every(({ firstYearTenge, verified }) => firstYearTenge === null || verified);
