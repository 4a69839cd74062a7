import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { Scorer } from '../../src/matching/core/score.js';
import {
  EDUCATIONS,
  type HouseholdProfile,
  type LabourMarket,
  type MoveRules,
  type SeekerProfile,
  type VacancyOffer,
} from '../../src/matching/core/types.js';
import { type Weights, readWeights } from '../../src/matching/core/weights.js';

/** A small labour market for specs of the matching core: people of the south, posts of the north, and arbitraries of both. */

export const WEIGHTS: Weights = readWeights(
  JSON.parse(readFileSync(new URL('../../data/matching/weights.json', import.meta.url), 'utf8')),
);

export const RULES: MoveRules = {
  date: '2026-11-22',
  receptionRegions: new Set(['KZ-59', 'KZ-55', 'KZ-39']),
  departureRegions: new Set(['KZ-61', 'KZ-31']),
  supportClaimed: true,
};

export const MARKET: LabourMarket = {
  counts: [
    { regionCode: 'KZ-59', sector: 'medicine', isco: '2221', openings: 98, seekers: 12 },
    { regionCode: 'KZ-59', sector: 'education', isco: '2341', openings: 66, seekers: 90 },
    { regionCode: 'KZ-55', sector: 'education', isco: '2330', openings: 64, seekers: 3 },
    { regionCode: 'KZ-61', sector: 'education', isco: '2341', openings: 509, seekers: 700 },
    { regionCode: 'KZ-61', sector: 'medicine', isco: '2221', openings: 272, seekers: 400 },
  ],
  regions: [
    { code: 'KZ-59', livingCostTenge: 80_000, averagePayTenge: 240_000, schools: 0.9, medicine: 0.6 },
    { code: 'KZ-55', livingCostTenge: 85_000, averagePayTenge: 270_000, schools: 0.5, medicine: 0.7 },
    { code: 'KZ-61', livingCostTenge: 56_000, averagePayTenge: 220_000, schools: 0.2, medicine: 0.1 },
  ],
  corridors: [{ from: 'KZ-61', to: ['KZ-39', 'KZ-55', 'KZ-59'] }],
};

export const scorer = new Scorer(MARKET, WEIGHTS);

export function aSeeker(over: Partial<SeekerProfile> = {}): SeekerProfile {
  return {
    id: 's1',
    isco: '2221',
    specialities: [],
    education: 'vocational',
    experienceYears: 5,
    languages: ['kk', 'ru'],
    driving: [],
    diplomas: ['medicine', 'teaching'],
    payTenge: 180_000,
    minimumPayTenge: null,
    permanentOnly: false,
    ...over,
  };
}

export function aHousehold(over: Partial<HouseholdProfile> = {}): HouseholdProfile {
  const seekers = over.seekers ?? [aSeeker()];
  return {
    id: 'h1',
    homeRegionCode: 'KZ-61',
    homeDistrictKato: '612000000',
    children: 2,
    schoolAgeChildren: 1,
    persons: seekers.length + (over.children ?? 2),
    relativesRegionCodes: [],
    settlementWish: 'any',
    wishedRegionCodes: [],
    excludedRegionCodes: [],
    housingRequired: false,
    corridorOff: false,
    wishesMove: true,
    consentsToMatching: true,
    ...over,
    seekers,
  };
}

export function aVacancy(over: Partial<VacancyOffer> = {}): VacancyOffer {
  return {
    id: 'v1',
    status: 'open',
    validUntil: '2027-01-31',
    sector: 'medicine',
    isco: '2221',
    iscoSure: true,
    regulated: null,
    specialities: [],
    regionCode: 'KZ-59',
    districtKato: '591000000',
    settlementType: 'urban',
    payMinTenge: 250_000,
    payMaxTenge: 300_000,
    employment: 'permanent',
    education: 'vocational',
    experience: '1-3',
    openings: 2,
    languages: ['ru'],
    driving: [],
    housing: 'provided',
    employerUnchecked: false,
    ...over,
  };
}

const ISCOS = ['2221', '2222', '2211', '2341', '2330', '2250', '9334'];
const pay = fc.option(fc.integer({ min: 0, max: 900_000 }));
const languages = fc.subarray(['kk', 'ru', 'en']);
const specialities = fc.subarray(['surgery', 'therapy', 'physics']);
const driving = fc.subarray(['B', 'C', 'D']);

export const seekers = (id: string): fc.Arbitrary<SeekerProfile> =>
  fc.record({
    id: fc.constant(id),
    isco: fc.constantFrom(...ISCOS),
    specialities,
    education: fc.option(fc.constantFrom(...EDUCATIONS)),
    experienceYears: fc.double({ min: 0, max: 40, noNaN: true }),
    languages,
    driving,
    diplomas: fc.subarray(['medicine', 'teaching']),
    payTenge: pay,
    minimumPayTenge: fc.option(fc.integer({ min: 0, max: 400_000 })),
    permanentOnly: fc.boolean(),
  });

export const households = (id = 'h1'): fc.Arbitrary<HouseholdProfile> =>
  fc
    .record({
      adults: fc.integer({ min: 1, max: 2 }),
      first: seekers(`${id}-a`),
      second: seekers(`${id}-b`),
      homeRegionCode: fc.constantFrom('KZ-61', 'KZ-31'),
      children: fc.integer({ min: 0, max: 5 }),
      relativesRegionCodes: fc.subarray(['KZ-59', 'KZ-55']),
      settlementWish: fc.constantFrom('urban' as const, 'rural' as const, 'any' as const),
      wishedRegionCodes: fc.subarray(['KZ-59', 'KZ-55']),
      excludedRegionCodes: fc.subarray(['KZ-39']),
      housingRequired: fc.boolean(),
      corridorOff: fc.boolean(),
    })
    .map(({ adults, first, second, ...rest }) =>
      aHousehold({ id, ...rest, schoolAgeChildren: rest.children, seekers: adults === 1 ? [first] : [first, second] }),
    );

export const vacancies = (id = 'v1'): fc.Arbitrary<VacancyOffer> =>
  fc
    .record({
      status: fc.constantFrom('open' as const, 'open' as const, 'open' as const, 'closed' as const),
      validUntil: fc.option(fc.constantFrom('2026-11-21', '2026-11-22', '2027-01-31')),
      sector: fc.constantFrom('medicine', 'education', 'agriculture'),
      isco: fc.option(fc.constantFrom(...ISCOS), { freq: 9 }),
      iscoSure: fc.boolean(),
      regulated: fc.option(fc.constantFrom('medicine' as const, 'teaching' as const, 'driving' as const)),
      specialities,
      place: fc.constantFrom(
        ['KZ-59', '591000000'] as const,
        ['KZ-59', '595000000'] as const,
        ['KZ-55', '551000000'] as const,
        ['KZ-61', '612000000'] as const,
        ['KZ-39', null] as const,
      ),
      settlementType: fc.option(fc.constantFrom('urban' as const, 'rural' as const)),
      payMinTenge: pay,
      employment: fc.option(fc.constantFrom('permanent' as const, 'temporary' as const)),
      education: fc.option(fc.constantFrom(...EDUCATIONS)),
      experience: fc.option(
        fc.constantFrom('any' as const, 'none' as const, '1-3' as const, '3-5' as const, '5+' as const),
      ),
      openings: fc.option(fc.integer({ min: 0, max: 4 })),
      languages,
      driving: fc.oneof(fc.constant([]), driving),
      housing: fc.option(fc.constantFrom('provided' as const, 'help' as const, 'none' as const)),
    })
    .map(({ place, ...rest }) =>
      aVacancy({ id, ...rest, regionCode: place[0], districtKato: place[1], payMaxTenge: null }),
    );

/** A few households and vacancies with ids of their own. */
export const crowds = fc.record({
  households: fc
    .array(fc.integer(), { minLength: 1, maxLength: 8 })
    .chain((list) => fc.tuple(...list.map((_, i) => households(`h${i}`)))),
  vacancies: fc
    .array(fc.integer(), { minLength: 1, maxLength: 14 })
    .chain((list) => fc.tuple(...list.map((_, i) => vacancies(`v${i}`)))),
});
