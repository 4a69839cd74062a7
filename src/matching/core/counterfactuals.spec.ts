import fc from 'fast-check';
import { RULES, aHousehold, aSeeker, aVacancy, crowds, scorer } from '../../../test/support/market.js';
import { buildMarketColumns } from './columns/market-columns.js';
import { type Change, type Outlook, type OtherOccupation, counterfactuals, outlookOf } from './counterfactuals.js';
import { bestPlan, householdOptions } from './household.js';
import { createPlainRanker, pairKey } from './rank.js';
import type { HouseholdProfile, SeekerProfile, VacancyOffer } from './types.js';

interface Case {
  household?: Partial<HouseholdProfile>;
  seeker?: Partial<SeekerProfile>;
  vacancies?: Partial<VacancyOffer>[];
  occupations?: OtherOccupation[];
}

const ask = ({ household, seeker, vacancies = [{}], occupations = [] }: Case): ReturnType<typeof counterfactuals> => {
  const offers = vacancies.map((over, i) => aVacancy({ id: `v${i}`, ...over }));
  const profile = aHousehold({ seekers: [aSeeker(seeker)], ...household });
  return counterfactuals(profile, occupations, {
    market: buildMarketColumns(scorer, RULES, offers),
    scorer,
    rules: RULES,
  });
};

const changes = (of: Case): Change[] => ask(of).changes.map(({ change }) => change);

describe('a single change', () => {
  it.each<[string, Case, Change]>([
    [
      'the category of lorries',
      { seeker: { driving: ['B'] }, vacancies: [{ driving: ['C'] }] },
      { code: 'change.driving', seekerId: 's1', category: 'C' },
    ],
    [
      'the first category',
      { vacancies: [{ driving: ['B'] }] },
      { code: 'change.driving', seekerId: 's1', category: 'B' },
    ],
    ['less pay', { seeker: { minimumPayTenge: 900_000 } }, { code: 'change.minimum_pay', seekerId: 's1' }],
    [
      'work that is not permanent',
      { seeker: { permanentOnly: true }, vacancies: [{ employment: null }] },
      { code: 'change.permanent_only', seekerId: 's1' },
    ],
    [
      'a home that one looks for',
      { household: { housingRequired: true }, vacancies: [{ housing: 'none' }] },
      { code: 'change.housing_required' },
    ],
    ['other places', { household: { excludedRegionCodes: ['KZ-59'] } }, { code: 'change.excluded_places' }],
    [
      'other work',
      {
        vacancies: [{ isco: '2222', regulated: 'driving', driving: ['C'], experience: 'none' }],
        occupations: [{ seekerId: 's1', isco: '2222', driving: ['B', 'C'] }],
      },
      { code: 'change.occupation', seekerId: 's1', isco: '2222' },
    ],
  ])('that opens a post is named: %s', (_, given, change) => {
    const { now, changes: found } = ask(given);
    expect(now).toEqual({ vacancies: 0, best: null, regionCode: null });
    expect(found).toMatchObject([{ change, outlook: { vacancies: 1, regionCode: 'KZ-59' } }]);
    expect(found[0]!.outlook.best).toBeGreaterThan(0);
  });

  it('that makes the best post better is named though it opens none', () => {
    const { now, changes: found } = ask({ vacancies: [{ education: 'post_secondary' }] });
    expect(found.map(({ change }) => change)).toEqual([
      { code: 'change.education', seekerId: 's1', education: 'post_secondary' },
    ]);
    expect(found[0]!.outlook).toMatchObject({ vacancies: now.vacancies });
    expect(found[0]!.outlook.best! - now.best!).toBeGreaterThan(1);
  });

  it('that helps nobody is not named', () => {
    expect(
      changes({ seeker: { minimumPayTenge: 1, permanentOnly: true }, household: { housingRequired: true } }),
    ).toEqual([]);
  });

  it('of the second adult is named as theirs', () => {
    const seekers = [aSeeker(), aSeeker({ id: 's2', isco: '2341', minimumPayTenge: 900_000 })];
    const teacher = { isco: '2341', sector: 'education' };
    expect(changes({ household: { seekers }, vacancies: [{}, teacher] })).toEqual([
      { code: 'change.minimum_pay', seekerId: 's2' },
    ]);
  });

  it('is ranked by the best post that it leads to, then by how many', () => {
    const vacancies = [
      { employment: 'temporary' as const, payMinTenge: 210_000, payMaxTenge: 210_000, driving: ['B'] },
      { payMinTenge: 400_000, payMaxTenge: 400_000, driving: ['B'], housing: 'provided' as const },
      { payMinTenge: 150_000, payMaxTenge: 150_000, housing: 'none' as const },
    ];
    const { changes: found } = ask({ seeker: { minimumPayTenge: 200_000 }, vacancies });
    expect(found.map(({ change }) => change.code)).toEqual(['change.driving', 'change.minimum_pay']);
  });

  it('leaves out what the household has said no to', () => {
    const market = buildMarketColumns(scorer, RULES, [aVacancy({ driving: ['B'] })]);
    const excluded = new Set([pairKey('s1', 'v1')]);
    expect(counterfactuals(aHousehold(), [], { market, scorer, rules: RULES, excluded }).changes).toEqual([]);
  });
});

it('the outlook is what the plain ranker and every district tell', () => {
  fc.assert(
    fc.property(crowds, ({ households, vacancies }) => {
      const [profile] = households as [HouseholdProfile];
      const market = buildMarketColumns(scorer, RULES, vacancies);
      const ranker = createPlainRanker({ scorer, rules: RULES, households: [profile], vacancies });
      const options = householdOptions(ranker.household(profile.id)!, ranker, scorer);
      const plans = options.districts.flatMap((district) => bestPlan(options, district, () => 0, ranker, scorer) ?? []);
      const floor = scorer.weights.proposals.minimumPlacementScore;
      const reached = profile.seekers.flatMap(({ id }) =>
        ranker.topVacancies(id, vacancies.length).filter(({ score }) => score > 0 && score >= floor),
      );
      const expected: Omit<Outlook, 'regionCode'> = {
        vacancies: new Set(reached.map(({ vacancyId }) => vacancyId)).size,
        best: plans.length === 0 ? null : Math.max(...plans.map(({ score }) => score)),
      };
      expect(outlookOf(profile, { market, scorer, rules: RULES })).toMatchObject(expected);
    }),
    { seed: 20261123, numRuns: 300 },
  );
});
