import { type OpenPost, occupationPosts, unlockedPosts } from './unlocked-posts.js';

const POST: OpenPost = {
  iscoSure: true,
  regionCode: 'KZ-59',
  districtKato: '591000000',
  openings: 2,
  employment: 'permanent',
  experience: 'none',
  education: null,
  driving: [],
  payMinTenge: 200_000,
  payMaxTenge: 300_000,
  employerUnchecked: false,
};
const TARGET = { isco: '5120', driving: ['B'], mustStateDriving: false };
const EDUCATIONS = {
  own: ['basic_secondary', 'general_secondary'],
  accepted: ['basic_secondary', 'general_secondary', 'vocational'],
} as const;
const unlocked = (posts: Partial<OpenPost>[], target = TARGET) =>
  unlockedPosts(
    occupationPosts(posts.map((post) => ({ ...POST, ...post }))),
    new Set(['KZ-59', 'KZ-55']),
    target,
    EDUCATIONS,
  );

describe('posts that a course unlocks', () => {
  it('are counted by region and district, those without a district last', () => {
    expect(
      unlocked([
        { districtKato: null, openings: null },
        { regionCode: 'KZ-59', districtKato: '596000000' },
        { education: 'vocational', openings: 5 },
        {},
        { regionCode: 'KZ-55', districtKato: '551000000' },
        { regionCode: 'KZ-10', districtKato: '101000000' },
      ]),
    ).toEqual([
      {
        isco: '5120',
        regionCode: 'KZ-55',
        districtKato: '551000000',
        vacancies: 1,
        openings: 2,
        openingsAskingMore: 0,
      },
      {
        isco: '5120',
        regionCode: 'KZ-59',
        districtKato: '591000000',
        vacancies: 2,
        openings: 7,
        openingsAskingMore: 5,
      },
      {
        isco: '5120',
        regionCode: 'KZ-59',
        districtKato: '596000000',
        vacancies: 1,
        openings: 2,
        openingsAskingMore: 0,
      },
      { isco: '5120', regionCode: 'KZ-59', districtKato: null, vacancies: 1, openings: 1, openingsAskingMore: 0 },
    ]);
  });

  it.each<[string, Partial<OpenPost>]>([
    ['a guessed occupation', { iscoSure: false }],
    ['an unchecked firm', { employerUnchecked: true }],
    ['no opening left', { openings: 0 }],
    ['temporary work', { employment: 'temporary' }],
    ['experience asked for', { experience: '1-3' }],
    ['more education than is accepted', { education: 'higher' }],
    ['another category', { driving: ['C'] }],
  ])('are none with %s', (_, post) => {
    expect(unlocked([post])).toEqual([]);
  });

  it('state their category where the occupation is one of driving', () => {
    const driver = { ...TARGET, mustStateDriving: true };
    expect(unlocked([{}], driver)).toEqual([]);
    expect(unlocked([{ driving: ['B'] }], driver)).toHaveLength(1);
  });
});

describe('the median pay of an occupation', () => {
  const median = (pays: (number | null)[], more: Partial<OpenPost> = {}): number | null =>
    occupationPosts(pays.map((payMinTenge) => ({ ...POST, payMaxTenge: null, payMinTenge, ...more }))).medianPayTenge;

  it('is the middle one, of an even number the lower of the two', () => {
    expect(median([500, 100, 300, 200, 400])).toBe(300);
    expect(median([600, 500, 100, 300, 200, 400])).toBe(300);
  });

  it('takes the upper bound where only that is stated, and leaves out what states nothing or is a guess', () => {
    expect(median([100, 100, 100, 100, 100], { payMinTenge: null, payMaxTenge: 900 })).toBe(900);
    expect(median([1, 2, 3, 4, null])).toBeNull();
    expect(median([1, 2, 3, 4, 5], { iscoSure: false })).toBeNull();
  });
});
