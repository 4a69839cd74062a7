import { isDeepStrictEqual } from 'node:util';
import type { Household } from './household.entity.js';
import type { Seeker } from './seeker.entity.js';

/** What the matcher reads of a household (`matching/market.queries.ts`); how it is told, and in which language, is no part of it. */
const OF_HOUSEHOLD = [
  'homeRegionCode',
  'homeDistrictKato',
  'children',
  'schoolAgeChildren',
  'otherMembers',
  'relativesRegionCodes',
  'settlementWish',
  'wishedRegionCodes',
  'excludedRegionCodes',
  'housingRequired',
  'corridorOff',
  'wishesMove',
] as const satisfies (keyof Household)[];

/** The same of an adult: no name, no birth date, no number. */
const OF_ADULT = [
  'isco',
  'occupationTitle',
  'education',
  'experienceYears',
  'languages',
  'driving',
  'diplomas',
  'payTenge',
  'minimumPayTenge',
  'permanentOnly',
  'seeksWork',
] as const satisfies (keyof Seeker)[];

type ReadHousehold = Pick<Household, (typeof OF_HOUSEHOLD)[number] | 'consentMatchingAt'>;
type ReadAdult = Readonly<Record<(typeof OF_ADULT)[number], unknown>>;

/** True when a change of a household may change what is proposed to it. */
export function matchingReads(before: ReadHousehold, after: ReadHousehold): boolean {
  const consents = [before, after].map(({ consentMatchingAt }) => consentMatchingAt !== null);
  return consents[0] !== consents[1] || differs(before, after, OF_HOUSEHOLD);
}

/** The same of an adult, who was in the household before. */
export function matchingReadsAdult(before: ReadAdult, after: Partial<ReadAdult>): boolean {
  return differs(before, { ...before, ...after }, OF_ADULT);
}

function differs<Row>(before: Row, after: Row, names: readonly (keyof Row)[]): boolean {
  return names.some((name) => !isDeepStrictEqual(before[name], after[name]));
}
