import fc from 'fast-check';
import { RULES, WEIGHTS, aHousehold, aSeeker, aVacancy, households, vacancies } from '../../../test/support/market.js';
import { FAILURES, type Failure, relocationFailures } from './eligibility.js';
import type { HouseholdProfile, SeekerProfile, VacancyOffer } from './types.js';

interface Case {
  household?: Partial<HouseholdProfile>;
  seeker?: Partial<SeekerProfile>;
  vacancy?: Partial<VacancyOffer>;
}

const failures = ({ household, seeker, vacancy }: Case): Failure[] => {
  const one = aSeeker(seeker);
  return relocationFailures(aHousehold({ seekers: [one], ...household }), one, aVacancy(vacancy), RULES, WEIGHTS);
};

const CASES: Record<Failure, Case[]> = {
  'eligibility.no_consent': [{ household: { consentsToMatching: false } }],
  'eligibility.no_wish_to_move': [{ household: { wishesMove: false } }],
  'eligibility.not_departure_region': [{ household: { homeRegionCode: 'KZ-23' } }],
  'eligibility.nobody_seeks_work': [{ household: { seekers: [] } }],
  'eligibility.vacancy_closed': [{ vacancy: { status: 'closed' } }],
  'eligibility.vacancy_expired': [{ vacancy: { validUntil: '2026-11-21' } }],
  'eligibility.no_openings': [{ vacancy: { openings: 0 } }],
  'eligibility.place_unknown': [{ vacancy: { districtKato: null } }],
  'eligibility.not_reception_region': [{ vacancy: { regionCode: 'KZ-75' } }],
  'eligibility.not_permanent': [{ vacancy: { employment: 'seasonal' } }, { vacancy: { employment: 'remote' } }],
  'eligibility.employer_unchecked': [{ vacancy: { employerUnchecked: true } }],
  'eligibility.home_region': [{ household: { homeRegionCode: 'KZ-31' }, vacancy: { regionCode: 'KZ-31' } }],
  'eligibility.region_excluded': [{ household: { excludedRegionCodes: ['KZ-59'] } }],
  'eligibility.district_excluded': [
    { household: { excludedDistrictKatos: ['551000000', '591000000'] }, vacancy: { districtKato: '591000000' } },
  ],
  'eligibility.housing_required': [
    { household: { housingRequired: true }, vacancy: { housing: 'help' } },
    { household: { housingRequired: true }, vacancy: { housing: null } },
  ],
  'eligibility.pay_below_minimum': [{ seeker: { minimumPayTenge: 250_001 } }],
  'eligibility.pay_not_stated': [{ seeker: { minimumPayTenge: 1 }, vacancy: { payMinTenge: null, payMaxTenge: null } }],
  'eligibility.permanent_only': [{ seeker: { permanentOnly: true }, vacancy: { employment: null } }],
  'eligibility.occupation_unknown': [{ vacancy: { isco: null } }],
  'eligibility.occupation_unrelated': [
    { vacancy: { isco: '2330' } },
    { seeker: { isco: '2221' }, vacancy: { isco: '2212', regulated: 'medicine' } },
  ],
  'eligibility.medical_diploma_missing': [{ seeker: { diplomas: [] }, vacancy: { regulated: 'medicine' } }],
  'eligibility.teaching_diploma_missing': [{ seeker: { diplomas: [] }, vacancy: { regulated: 'teaching' } }],
  'eligibility.driving_category_missing': [
    { seeker: { driving: ['B'] }, vacancy: { driving: ['B', 'C'] } },
    { vacancy: { regulated: 'driving' } },
  ],
};

describe('eligibility', () => {
  it('lets a fitting pair through', () => {
    expect(failures({})).toEqual([]);
    expect(failures({ vacancy: { regulated: 'medicine' } })).toEqual([]);
    expect(failures({ seeker: { driving: ['B'] }, vacancy: { regulated: 'driving' } })).toEqual([]);
  });

  it.each(FAILURES)('answers %s', (code) => {
    for (const one of CASES[code]) expect(failures(one)).toContain(code);
  });

  it('stands on its last day, and asks of an unstated employment nothing but what the person wished', () => {
    expect(failures({ vacancy: { validUntil: '2026-11-22' } })).toEqual([]);
    expect(failures({ vacancy: { employment: null } })).toEqual([]);
  });

  it('names every failure at once, each one once, in the order of the list', () => {
    fc.assert(
      fc.property(households(), vacancies(), (household, vacancy) => {
        const found = relocationFailures(household, household.seekers[0]!, vacancy, RULES, WEIGHTS);
        expect(found).toEqual(FAILURES.filter((code) => found.includes(code)));
      }),
    );
  });
});
