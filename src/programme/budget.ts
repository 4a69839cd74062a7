import type { SupportLine, TengeRange } from './support.js';

/** An amount between two ends; an end of null is not stated («from 200,000»). */
export interface TengeSpan {
  min: number | null;
  max: number | null;
}

/** What people of a region spend in a month, per head: see `docs/decisions/support.md` for why the figure is read so. */
export interface LivingCost {
  perHeadTenge: number;
  period: string;
  source: string;
  verified: boolean;
}

/** An adult's pay today and in the job there. */
export interface BudgetAdult {
  /** Monthly; 0 without work, null when not stated. */
  payTenge: number | null;
  /** Null: no job for this adult in the move that is looked at. */
  job: { payMinTenge: number | null; payMaxTenge: number | null } | null;
}

export interface BudgetQuestion {
  /** Persons of the household, children too. */
  members: number;
  adults: readonly BudgetAdult[];
  /** Null where no source has the region's. */
  livingCost: { here: LivingCost | null; there: LivingCost | null };
  /** Monthly rent as the household states it; null: not stated. No source has the prices of rents. */
  rentTenge: { here: number | null; there: number | null };
  /** An employer there says that it provides housing; what it takes for it is not stated. */
  housingProvided: boolean;
  /** The programme's line for rent; null where it pays none. */
  rentSupport: Pick<SupportLine, 'months' | 'firstYearTenge' | 'source' | 'verified'> | null;
  /** The household lives there already: where it came from is no question, and no figure of that place is given. */
  livesThere?: boolean;
}

/** Whose word a figure is. `no_job`: nothing is earned, because the match has no job for that adult. */
export type BudgetSource = 'household' | 'employer' | 'statistics' | 'programme' | 'no_job';

/** A monthly amount of one place, with whose word it is. */
export interface BudgetFigure extends TengeSpan {
  source: BudgetSource;
  /** Where it is written; null for somebody's word. */
  reference: string | null;
  /** False where nobody but the one who says so has seen it, or where no written source gives it. */
  verified: boolean;
}

export type BudgetCode = 'pay' | 'living_cost' | 'rent' | 'rent_support';

/** One kind of money in both places; null: not stated. */
export interface BudgetLine {
  code: BudgetCode;
  /** Whose pay, by the place in the question's `adults`; null for what concerns the whole household. */
  adult: number | null;
  /** So many months it is paid; null: every month. */
  months: number | null;
  here: BudgetFigure | null;
  there: BudgetFigure | null;
}

/** What a reader must know to read the sums right. */
export type BudgetNote =
  'rent_not_counted' | 'rent_there_not_counted' | 'housing_provided' | 'costs_per_head' | 'pay_as_stated';

/** A household's month in both places. Tenge. */
export interface MonthlyBudget {
  members: number;
  /** False: the household has moved already, and nothing is compared with where it came from: all of `here` is null. */
  compared: boolean;
  lines: BudgetLine[];
  /**
   * Pay less living cost, and less the rent where it is stated; below zero where the money does not do. Null where the pay of an
   * adult or the living cost is not stated. `thereFirstYear`: while the programme pays towards a stated rent.
   */
  left: { here: TengeSpan | null; there: TengeSpan | null; thereFirstYear: TengeSpan | null };
  rentCounted: { here: boolean; there: boolean };
  notes: BudgetNote[];
}

/**
 * A household's monthly budget where it lives and where it would move to, or has moved to. Pure; nothing is guessed: what is not stated stays so,
 * and so does every sum that needs it. Living cost is the region's spending per head times the members.
 */
export function monthlyBudget(question: BudgetQuestion): MonthlyBudget {
  const { members, adults, housingProvided, rentSupport, livesThere = false } = question;
  const livingCost = livesThere ? { ...question.livingCost, here: null } : question.livingCost;
  const rentTenge = livesThere ? { ...question.rentTenge, here: null } : question.rentTenge;
  const pays = adults.map(({ payTenge, job }, adult): BudgetLine => {
    const here: BudgetFigure | null =
      livesThere || payTenge === null ? null : figure({ min: payTenge, max: payTenge }, 'household', null, false);
    return { code: 'pay', adult, months: null, here, there: payThere(job) };
  });
  const costs: BudgetLine = {
    code: 'living_cost',
    adult: null,
    months: null,
    here: costOf(livingCost.here, members),
    there: costOf(livingCost.there, members),
  };
  const rents: BudgetLine = {
    code: 'rent',
    adult: null,
    months: null,
    here: statedRent(rentTenge.here),
    there: statedRent(rentTenge.there),
  };
  const support = supportOf(rentSupport);
  const payOf = (place: 'here' | 'there'): TengeSpan | null => sumOf(pays.map((line) => line[place]));
  const beforeRent = {
    here: livesThere ? null : less(payOf('here'), costs.here),
    there: less(payOf('there'), costs.there),
  };
  const rentThere = rents.there ?? NOTHING;
  return {
    members,
    compared: !livesThere,
    lines: [...pays, costs, rents, ...(support === null ? [] : [support])],
    left: {
      here: less(beforeRent.here, rents.here ?? NOTHING),
      there: less(beforeRent.there, rentThere),
      thereFirstYear: less(beforeRent.there, supportedRent(rentThere, support?.there ?? NOTHING)),
    },
    rentCounted: { here: rents.here !== null, there: rents.there !== null },
    notes: [
      ...rentNotes(rents, livesThere),
      ...(housingProvided ? (['housing_provided'] as const) : []),
      ...(costs.here === null && costs.there === null ? [] : (['costs_per_head'] as const)),
      'pay_as_stated',
    ],
  };
}

function rentNotes({ here, there }: BudgetLine, livesThere: boolean): BudgetNote[] {
  if (there !== null && (livesThere || here !== null)) return [];
  return [livesThere ? 'rent_there_not_counted' : 'rent_not_counted'];
}

const NOTHING: TengeSpan = { min: 0, max: 0 };

const figure = (
  { min, max }: TengeSpan,
  source: BudgetSource,
  reference: string | null,
  verified: boolean,
): BudgetFigure => ({ min, max, source, reference, verified });

function payThere(job: BudgetAdult['job']): BudgetFigure | null {
  if (job === null) return figure(NOTHING, 'no_job', null, true);
  const { payMinTenge: min, payMaxTenge: max } = job;
  return min === null && max === null ? null : figure({ min, max }, 'employer', null, false);
}

function costOf(cost: LivingCost | null, members: number): BudgetFigure | null {
  if (cost === null) return null;
  const tenge = cost.perHeadTenge * members;
  return figure({ min: tenge, max: tenge }, 'statistics', `${cost.source}, ${cost.period}`, cost.verified);
}

function statedRent(tenge: number | null): BudgetFigure | null {
  return tenge === null ? null : figure({ min: tenge, max: tenge }, 'household', null, false);
}

function supportOf(rentSupport: BudgetQuestion['rentSupport']): BudgetLine | null {
  if (rentSupport?.firstYearTenge == null || rentSupport.months === null) return null;
  const { months, source, verified } = rentSupport;
  const { min, max }: TengeRange = rentSupport.firstYearTenge;
  const there = figure({ min: min / months, max: max / months }, 'programme', source, verified);
  return { code: 'rent_support', adult: null, months, here: null, there };
}

/** Null as soon as one of them is not stated. */
function sumOf(figures: readonly (TengeSpan | null)[]): TengeSpan | null {
  return figures.reduce<TengeSpan | null>(
    (sum, one) => (sum === null || one === null ? null : { min: plus(sum.min, one.min), max: plus(sum.max, one.max) }),
    NOTHING,
  );
}

const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/** The least is left of the least income after the greatest expense. */
function less(income: TengeSpan | null, expense: TengeSpan | null): TengeSpan | null {
  if (income === null || expense === null) return null;
  const minus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);
  return { min: minus(income.min, expense.max), max: minus(income.max, expense.min) };
}

/** What is left of a stated rent when the programme has paid its part; never less than nothing. */
function supportedRent(rent: TengeSpan, support: TengeSpan): TengeSpan {
  const after = (due: number | null, paid: number | null): number => Math.max(0, (due ?? 0) - (paid ?? 0));
  return { min: after(rent.min, support.max), max: after(rent.max, support.min) };
}
