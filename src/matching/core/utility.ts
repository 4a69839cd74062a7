import type { Corridor, HouseholdProfile, RegionFacts, VacancyOffer } from './types.js';
import type { Weights } from './weights.js';

/** The value of a part in 0..1; `stated` is false when it is neutral because a source is silent. */
export interface Value {
  value: number;
  stated: boolean;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * Pay a person compares an offer with: today's, at least the legal minimum wage (a person without pay would not work for less);
 * where today's pay is not stated, the average pay at home. Null when neither is known.
 */
export function comparisonPayTenge(
  payTenge: number | null,
  home: RegionFacts | undefined,
  { pay }: Weights,
): number | null {
  const today = payTenge ?? home?.averagePayTenge ?? null;
  return today === null ? null : Math.max(today, pay.minimumWageTenge);
}

/**
 * Real pay gain: 0.5 at the same real pay, 1 when it doubles, 0 when it halves: equal ratios count equally, as in logarithmic
 * utility of income. `costRatio` is the living cost there ÷ the living cost here. Neutral when either pay is not stated.
 */
export function payValue(offered: number | null, today: number | null, costRatio: number, { neutral }: Weights): Value {
  if (offered === null || today === null) return { value: neutral, stated: false };
  if (offered <= 0) return { value: 0, stated: true };
  return { value: clamp(0.5 + 0.5 * Math.log2(offered / costRatio / today)), stated: true };
}

/** Living cost there ÷ here; 1 where a source is missing for either. */
export function livingCostRatio(there: RegionFacts | undefined, here: RegionFacts | undefined): number {
  const to = there?.livingCostTenge ?? null;
  const from = here?.livingCostTenge ?? null;
  return to === null || from === null || to <= 0 || from <= 0 ? 1 : to / from;
}

export function housingValue(housing: VacancyOffer['housing'], weights: Weights): Value {
  return housing === null
    ? { value: weights.housing.notStated, stated: false }
    : { value: weights.housing[housing], stated: true };
}

/** Schools count seven parts in ten for a household with children of school age, medicine the rest; medicine alone without. */
export function servicesValue(region: RegionFacts | undefined, schoolAgeChildren: number, { neutral }: Weights): Value {
  const schools = region?.schools ?? null;
  const medicine = region?.medicine ?? null;
  const value =
    schoolAgeChildren > 0 ? 0.7 * (schools ?? neutral) + 0.3 * (medicine ?? neutral) : (medicine ?? neutral);
  return { value: clamp(value), stated: medicine !== null && (schoolAgeChildren === 0 || schools !== null) };
}

/** Half for the kind of settlement, half for the region; a wish that is not held is met. */
export function settlementValue(
  household: Pick<HouseholdProfile, 'settlementWish' | 'wishedRegionCodes'>,
  vacancy: Pick<VacancyOffer, 'settlementType' | 'regionCode'>,
  { neutral }: Weights,
): Value {
  const asked = household.settlementWish !== 'any';
  const unknown = asked && vacancy.settlementType === null;
  const settlement = !asked || vacancy.settlementType === household.settlementWish ? 1 : unknown ? neutral : 0;
  const wished = household.wishedRegionCodes;
  const region = wished.length === 0 || wished.includes(vacancy.regionCode) ? 1 : 0;
  return { value: (settlement + region) / 2, stated: !unknown };
}

/** The smoothed tension of the vacancy's occupation in its region, as τ ÷ (1 + τ). */
export function shortageValue(tension: number): number {
  return tension / (1 + tension);
}

/** Support a moving household of a size can claim in a kind of settlement, in MCI: moving money and a year's rent. */
export function supportMci(persons: number, settlement: 'urban' | 'rural', { support }: Weights): number {
  const scale = settlement === 'urban' ? support.rentMciUrban : support.rentMciRural;
  const rent = scale[Math.min(Math.max(persons, 1), 5) - 1] ?? 0;
  return support.movingMciPerPerson * persons + support.rentMonths * rent;
}

/**
 * Support money against the most that a household of this size can claim anywhere. An unknown kind of settlement counts as rural,
 * the lesser claim; unstated employment is worth the neutral share of it, since only permanent work is supported.
 */
export function supportValue(
  persons: number,
  vacancy: Pick<VacancyOffer, 'settlementType' | 'employment'>,
  weights: Weights,
): Value {
  const most = Math.max(supportMci(persons, 'urban', weights), supportMci(persons, 'rural', weights));
  if (most <= 0) return { value: 0, stated: true };
  const claim = supportMci(persons, vacancy.settlementType ?? 'rural', weights) / most;
  if (vacancy.employment === null) return { value: clamp(claim * weights.neutral), stated: false };
  return { value: vacancy.employment === 'permanent' ? clamp(claim) : 0, stated: vacancy.settlementType !== null };
}

/** People from the same place already there: relatives of the household, or a documented route from its region. */
export function corridorValue(
  household: Pick<HouseholdProfile, 'homeRegionCode' | 'relativesRegionCodes'>,
  regionCode: string,
  corridors: readonly Corridor[],
  { corridor }: Weights,
): number {
  const known = corridors.some(({ from, to }) => from === household.homeRegionCode && to.includes(regionCode));
  return Math.max(
    household.relativesRegionCodes.includes(regionCode) ? corridor.relatives : 0,
    known ? corridor.documented : 0,
  );
}
