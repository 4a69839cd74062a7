import { isRelated } from './core/chance.js';
import type { VacancyOffer } from './core/types.js';
import type { Employment, Housing } from '../vacancies/connector.js';

/**
 * How far the promised pay may fall before people who were proposed the vacancy are told: 5 %. Less is what rounding, or
 * restating gross as net of the 2 % health contribution, makes; a household moves on far larger differences.
 */
const PAY_TOLERANCE = 0.05;

/** What a vacancy said of itself when the placement was made: the household is told this and must find it. */
export interface PlacementPromise {
  payMinTenge: number | null;
  payMaxTenge: number | null;
  housing: Housing | null;
  employment: Employment | null;
  districtKato: string;
  /** The vacancy's occupation; absent in placements made before it was kept. */
  isco?: string | null;
}

/** The same facts as they are now, and whether the vacancy can still be had. */
export interface PresentFacts extends Omit<PlacementPromise, 'districtKato' | 'isco'> {
  regionCode: string;
  /** Null: no longer known, which is no move while the region is the same. */
  districtKato: string | null;
  status: 'open' | 'closed';
  /** `YYYY-MM-DD`, the last day; null when the source states none. */
  validUntil: string | null;
  isco: string | null;
}

export type BrokenPromise =
  'vacancy_closed' | 'moved' | 'pay_reduced' | 'housing_lost' | 'employment_worsened' | 'occupation_changed';

/** The same facts of one adult's job. */
export interface PlacedFacts extends PresentFacts, Pick<VacancyOffer, 'regulated'> {
  /** The adult's own occupation. */
  seekerIsco: string;
}

/**
 * `brokenPromise` for whoever was proposed the job: a vacancy whose occupation is read otherwise now (an officer corrected its title)
 * breaks it only where the adult's own has nothing to do with that. What people were told, title, pay and place, is still so.
 */
export function brokenFor(promise: PlacementPromise, now: PlacedFacts, today: string): BrokenPromise | null {
  const broken = brokenPromise(promise, now, today);
  return broken === 'occupation_changed' && isRelated(now.seekerIsco, now) ? null : broken;
}

const HOUSING_RANK: Record<Housing, number> = { none: 0, help: 1, provided: 2 };

/**
 * What of a promise no longer holds, or null when all of it does: the one rule by which everybody judges. Whatever can break a
 * promise is an event of its own (`vacancies/worse-terms.ts`), so that this is asked in time. Better terms never break a promise, and what was never promised cannot be lost. `today` is the date in Kazakhstan.
 */
export function brokenPromise(promise: PlacementPromise, now: PresentFacts, today: string): BrokenPromise | null {
  if (now.status === 'closed' || (now.validUntil !== null && now.validUntil < today)) return 'vacancy_closed';
  if (hasMoved(promise, now)) return 'moved';
  if (paysLess(promise, now)) return 'pay_reduced';
  if (
    promise.housing !== null &&
    (now.housing === null ? 0 : HOUSING_RANK[now.housing]) < HOUSING_RANK[promise.housing]
  ) {
    return 'housing_lost';
  }
  if (promise.employment === 'permanent' && now.employment !== 'permanent') return 'employment_worsened';
  if (promise.isco !== undefined && promise.isco !== now.isco) return 'occupation_changed';
  return null;
}

/** The first two digits of KATO are the region's number. */
function hasMoved({ districtKato }: PlacementPromise, now: PresentFacts): boolean {
  if (now.districtKato !== null) return now.districtKato !== districtKato;
  return now.regionCode !== `KZ-${districtKato.slice(0, 2)}`;
}

/**
 * The lower end of a range is what is promised; the upper end is, only where no lower one was stated. A lower end that is
 * no longer stated counts as reduced.
 */
function paysLess(promise: PlacementPromise, now: PresentFacts): boolean {
  const [promised, offered] =
    promise.payMinTenge === null
      ? [promise.payMaxTenge, now.payMaxTenge ?? now.payMinTenge]
      : [promise.payMinTenge, now.payMinTenge];
  return promised !== null && (offered ?? 0) < promised * (1 - PAY_TOLERANCE);
}
