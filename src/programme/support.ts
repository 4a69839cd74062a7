import { Problem } from '../shared/problem.js';
import { type Measure, type SupportCode, type SupportRules, indexOn, measuresOn } from './support-rules.js';

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
  source: string;
  /** False where a figure in the line comes from no written source. */
  verified: boolean;
}

/** What a household may expect of the programme on a day. Tenge. */
export interface SupportSheet {
  on: string;
  mciTenge: number;
  settlementType: SettlementKind;
  lines: SupportLine[];
  /**
   * `min`: what is paid to every household that is taken in, with the smallest rent that the written ends of the scale allow;
   * `max`: with the largest, and with the whole housing certificate.
   */
  householdFirstYearTenge: { min: number; max: number };
}

export const MOST_MEMBERS = 20;

/**
 * The support of a household of `members` that moves on a day to a town or a village. Pure. Errors: `support.members_invalid`
 * (400), `support.index_unknown` (422). Sources of the figures: `data/programme/mci.json` and `support-measures.json`; the rules
 * are those of the seed paper, section 3.1 (Journal of Educational and Social Research 13(6), 2023).
 */
export function supportSheet(
  rules: SupportRules,
  { members, settlementType, on }: { members: number; settlementType: SettlementKind; on: string },
): SupportSheet {
  if (!Number.isInteger(members) || members < 1 || members > MOST_MEMBERS) {
    throw new Problem('support.members_invalid', 400, { most: MOST_MEMBERS });
  }
  const index = indexOn(rules, on);
  const sheet = { lines: [] as SupportLine[], min: 0, max: 0 };
  for (const measure of measuresOn(rules, on)) {
    const { mci, months, range, verified } = amountOf(measure, members, settlementType);
    sheet.lines.push({
      code: measure.code,
      mci,
      tenge: mci === null ? null : mci * index.tenge,
      months,
      payee: measure.payee,
      atMost: measure.kind === 'at_most',
      source: measure.source,
      verified: verified && measure.verified && (mci === null || index.verified),
    });
    if (measure.payee === 'employer') continue;
    sheet.min += range.min * index.tenge;
    sheet.max += range.max * index.tenge;
  }
  return {
    on,
    mciTenge: index.tenge,
    settlementType,
    lines: sheet.lines,
    householdFirstYearTenge: { min: sheet.min, max: sheet.max },
  };
}

interface Amount {
  /** Of one payment. */
  mci: number | null;
  months: number | null;
  /** MCI of the first year. */
  range: { min: number; max: number };
  verified: boolean;
}

function amountOf(measure: Measure, members: number, settlementType: SettlementKind): Amount {
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
      return rentOf(measure, members, settlementType);
  }
}

const once = (mci: number, min: number): Amount => ({ mci, months: null, range: { min, max: mci }, verified: true });

/** A step that is in no written source lies between the written ones on its two sides: the range is theirs. */
function rentOf(
  { scale, months }: Extract<Measure, { kind: 'by_size' }>,
  members: number,
  settlementType: SettlementKind,
): Amount {
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
