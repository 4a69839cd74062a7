import { occupationFit } from './chance.js';
import {
  type HouseholdProfile,
  type MoveRules,
  type SeekerProfile,
  type VacancyOffer,
  openingsOf,
  promisedPayTenge,
} from './types.js';
import type { Weights } from './weights.js';

/** Why a vacancy is not proposed to a person: every code has words in the locales. */
export const FAILURES = [
  'eligibility.no_consent',
  'eligibility.no_wish_to_move',
  'eligibility.not_departure_region',
  'eligibility.nobody_seeks_work',
  'eligibility.vacancy_closed',
  'eligibility.vacancy_expired',
  'eligibility.no_openings',
  'eligibility.place_unknown',
  'eligibility.not_reception_region',
  'eligibility.not_permanent',
  'eligibility.employer_unchecked',
  'eligibility.home_region',
  'eligibility.region_excluded',
  'eligibility.district_excluded',
  'eligibility.housing_required',
  'eligibility.pay_below_minimum',
  'eligibility.pay_not_stated',
  'eligibility.permanent_only',
  'eligibility.occupation_unknown',
  'eligibility.occupation_unrelated',
  'eligibility.medical_diploma_missing',
  'eligibility.teaching_diploma_missing',
  'eligibility.driving_category_missing',
] as const;
export type Failure = (typeof FAILURES)[number];

/** What keeps a whole household out of matching, whatever the vacancy. */
export function householdFailures(household: HouseholdProfile, rules: MoveRules): Failure[] {
  const failed: Failure[] = [];
  if (!household.consentsToMatching) failed.push('eligibility.no_consent');
  if (!household.wishesMove) failed.push('eligibility.no_wish_to_move');
  if (!rules.departureRegions.has(household.homeRegionCode)) failed.push('eligibility.not_departure_region');
  if (household.seekers.length === 0) failed.push('eligibility.nobody_seeks_work');
  return failed;
}

/** What keeps a vacancy from being filled by anybody: it is over. */
export function standingFailures(vacancy: VacancyOffer, date: string): Failure[] {
  const failed: Failure[] = [];
  if (vacancy.status !== 'open') failed.push('eligibility.vacancy_closed');
  if (vacancy.validUntil !== null && vacancy.validUntil < date) failed.push('eligibility.vacancy_expired');
  if (openingsOf(vacancy) === 0) failed.push('eligibility.no_openings');
  return failed;
}

/**
 * What keeps a vacancy from being the end of a supported move, whoever moves. Employment that the source does not state is
 * let through (the support part says so); only stated temporary, seasonal or remote work fails.
 */
export function moveFailures(vacancy: VacancyOffer, rules: MoveRules): Failure[] {
  const failed = standingFailures(vacancy, rules.date);
  if (vacancy.districtKato === null) failed.push('eligibility.place_unknown');
  if (!rules.receptionRegions.has(vacancy.regionCode)) failed.push('eligibility.not_reception_region');
  if (rules.supportClaimed && vacancy.employment !== null && vacancy.employment !== 'permanent') {
    failed.push('eligibility.not_permanent');
  }
  if (vacancy.employerUnchecked) failed.push('eligibility.employer_unchecked');
  return failed;
}

/** What the household's own wishes rule out. A wish that the vacancy's silence cannot meet counts as not met. */
export function wishFailures(household: HouseholdProfile, vacancy: VacancyOffer): Failure[] {
  const failed: Failure[] = [];
  if (vacancy.regionCode === household.homeRegionCode) failed.push('eligibility.home_region');
  if (household.excludedRegionCodes.includes(vacancy.regionCode)) failed.push('eligibility.region_excluded');
  if (vacancy.districtKato !== null && household.excludedDistrictKatos?.includes(vacancy.districtKato)) {
    failed.push('eligibility.district_excluded');
  }
  if (household.housingRequired && vacancy.housing !== 'provided') failed.push('eligibility.housing_required');
  return failed;
}

/** What keeps one seeker from one vacancy, moving or not: pay, permanence, occupation, papers. */
export function seekerFailures(seeker: SeekerProfile, vacancy: VacancyOffer, weights: Weights): Failure[] {
  const failed: Failure[] = [];
  if (seeker.minimumPayTenge !== null && seeker.minimumPayTenge > 0) {
    const pay = promisedPayTenge(vacancy);
    if (pay === null) failed.push('eligibility.pay_not_stated');
    else if (pay < seeker.minimumPayTenge) failed.push('eligibility.pay_below_minimum');
  }
  if (seeker.permanentOnly && vacancy.employment !== 'permanent') failed.push('eligibility.permanent_only');
  if (vacancy.isco === null) failed.push('eligibility.occupation_unknown');
  else if (occupationFit(seeker, vacancy, weights) === 0) failed.push('eligibility.occupation_unrelated');
  if (vacancy.regulated === 'medicine' && !seeker.diplomas.includes('medicine')) {
    failed.push('eligibility.medical_diploma_missing');
  }
  if (vacancy.regulated === 'teaching' && !seeker.diplomas.includes('teaching')) {
    failed.push('eligibility.teaching_diploma_missing');
  }
  const lacksCategory = vacancy.driving.some((category) => !seeker.driving.includes(category));
  const lacksAny = vacancy.regulated === 'driving' && seeker.driving.length === 0;
  if (lacksCategory || lacksAny) failed.push('eligibility.driving_category_missing');
  return failed;
}

/** Every reason, in the order of `FAILURES`, why a vacancy is not proposed to a seeker of a household; empty when it may be. */
export function relocationFailures(
  household: HouseholdProfile,
  seeker: SeekerProfile,
  vacancy: VacancyOffer,
  rules: MoveRules,
  weights: Weights,
): Failure[] {
  return [
    ...householdFailures(household, rules),
    ...moveFailures(vacancy, rules),
    ...wishFailures(household, vacancy),
    ...seekerFailures(seeker, vacancy, weights),
  ];
}
