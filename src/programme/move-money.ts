import { Problem, type ProblemParams } from '../shared/problem.js';
import { type BudgetAdult, type BudgetQuestion, type MonthlyBudget, monthlyBudget } from './budget.js';
import type { DatedProgramme } from './dated-programme.js';
import { type SettlementKind, type SupportSheet, supportSheet } from './support.js';
import type { SupportRules } from './support-rules.js';

/** A household's move to a job, or to jobs in one district. */
export interface Move {
  members: number;
  homeRegionCode: string;
  regionCode: string;
  /** Null: neither town nor village is known, or there is a job in each. */
  settlementType: SettlementKind | null;
  adults: readonly BudgetAdult[];
  housingProvided: boolean;
  /** The household has moved by the programme and has not gone back: another job there brings no second support. */
  movedAlready?: boolean;
  /** It lives in the region by that move, with this job or another: its month there is compared with nothing. */
  livesThere?: boolean;
  /** As the household states it. */
  rentTenge?: BudgetQuestion['rentTenge'];
}

/** What a move comes to: the support, or why there is none, and the month before and after; after the move, there alone. */
export interface MoveMoney {
  sheet: SupportSheet | null;
  /** `verified`: false where the list that it rests on comes from no written source. */
  refusal: { code: string; params: ProblemParams; verified: boolean } | null;
  budget: MonthlyBudget;
}

/**
 * The support sheet and the monthly budget of a move by the rules of a day. Pure. What forbids the support stands in `refusal`:
 * `support.moved_already`, `support.region_not_reception`, `support.region_not_departure`, and the errors of `supportSheet`.
 */
export function moveMoney(rules: SupportRules, programme: DatedProgramme, move: Move): MoveMoney {
  const { sheet, refusal } = supportOf(rules, programme, move);
  const { livingCosts } = programme;
  const budget = monthlyBudget({
    members: move.members,
    adults: move.adults,
    livingCost: {
      here: livingCosts.get(move.homeRegionCode) ?? null,
      there: livingCosts.get(move.regionCode) ?? null,
    },
    rentTenge: move.rentTenge ?? { here: null, there: null },
    housingProvided: move.housingProvided,
    livesThere: move.livesThere,
    rentSupport: sheet?.lines.find(({ code }) => code === 'rent') ?? null,
  });
  return { sheet, refusal, budget };
}

function supportOf(rules: SupportRules, programme: DatedProgramme, move: Move): Pick<MoveMoney, 'sheet' | 'refusal'> {
  const { on, version } = programme;
  const isOn = (list: 'departure' | 'reception', code: string): boolean =>
    version[list].some(({ regionCode }) => regionCode === code);
  const refused = (
    code: string,
    params: ProblemParams = {},
    verified = true,
  ): Pick<MoveMoney, 'sheet' | 'refusal'> => ({
    sheet: null,
    refusal: { code, params, verified },
  });
  if (move.movedAlready === true) return refused('support.moved_already');
  if (!isOn('reception', move.regionCode))
    return refused('support.region_not_reception', { date: on }, version.verified);
  if (!isOn('departure', move.homeRegionCode)) {
    return refused('support.region_not_departure', { date: on }, version.verified);
  }
  try {
    return { sheet: supportSheet(rules, { ...move, on }), refusal: null };
  } catch (error) {
    if (error instanceof Problem) return refused(error.code, error.params);
    throw error;
  }
}
