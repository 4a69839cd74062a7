import { occupationFit } from './chance.js';
import type { MarketColumns } from './columns/market-columns.js';
import { type Failure, seekerFailures, wishFailures } from './eligibility.js';
import type { PreparedSeeker, PreparedVacancy } from './prepared.js';
import type { Scorer } from './score.js';
import { EDUCATIONS, type HouseholdProfile } from './types.js';

/** What keeps the open posts of a person's own occupation away from that person; every code has words in the locales. */
const OBSTACLES = [
  'obstacle.nothing_open',
  'obstacle.medical_diploma',
  'obstacle.teaching_diploma',
  'obstacle.driving_category',
  'obstacle.education_not_stated',
  'obstacle.minimum_pay',
  'obstacle.permanent_only',
  'obstacle.housing_required',
  'obstacle.excluded_places',
  'obstacle.low_chance',
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

export interface SeekerObstacles {
  seekerId: string;
  /** Open posts of the occupation that a move may end in, outside the home region. */
  vacancies: number;
  /** The commonest first; `vacancies` is how many posts each keeps away, a post counting for everything that does. */
  obstacles: { code: Obstacle; vacancies: number }[];
}

/** More than these would be no advice. */
const MOST_NAMED = 3;

/** Failures that the person or the household can do something about, or should know of. */
const OBSTACLE_OF: Partial<Record<Failure, Obstacle>> = {
  'eligibility.medical_diploma_missing': 'obstacle.medical_diploma',
  'eligibility.teaching_diploma_missing': 'obstacle.teaching_diploma',
  'eligibility.driving_category_missing': 'obstacle.driving_category',
  'eligibility.pay_below_minimum': 'obstacle.minimum_pay',
  'eligibility.pay_not_stated': 'obstacle.minimum_pay',
  'eligibility.permanent_only': 'obstacle.permanent_only',
  'eligibility.housing_required': 'obstacle.housing_required',
  'eligibility.region_excluded': 'obstacle.excluded_places',
  'eligibility.district_excluded': 'obstacle.excluded_places',
};

/**
 * For each adult of a household, by the failures of the matcher itself: what keeps posts of the occupation away. Posts of the
 * adult's own unit group where there are any, of the fitting ones otherwise. A score below the floor of proposals counts as
 * `education_not_stated` where the same person with enough education would reach it, otherwise as `low_chance`; the latter only
 * for posts that nothing else keeps away.
 */
export function householdObstacles(
  profile: HouseholdProfile,
  market: MarketColumns,
  scorer: Scorer,
): SeekerObstacles[] {
  return scorer.prepareHousehold(profile).seekers.map((seeker) => {
    const posts = ownPosts(seeker, market, scorer);
    const counts = new Map<Obstacle, number>();
    for (const post of posts) {
      for (const code of obstaclesOf(seeker, post, scorer)) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    if (posts.length === 0) counts.set('obstacle.nothing_open', 0);
    const obstacles = OBSTACLES.flatMap((code) => {
      const vacancies = counts.get(code);
      return vacancies === undefined ? [] : [{ code, vacancies }];
    });
    return {
      seekerId: seeker.profile.id,
      vacancies: posts.length,
      obstacles: obstacles.sort((a, b) => b.vacancies - a.vacancies).slice(0, MOST_NAMED),
    };
  });
}

function ownPosts({ profile, household }: PreparedSeeker, market: MarketColumns, scorer: Scorer): PreparedVacancy[] {
  const fitting = Array.from(market.moves.vacancy, (at) => market.vacancies[at]!)
    .filter(({ offer }) => offer.regionCode !== household.profile.homeRegionCode)
    .filter(({ offer }) => occupationFit(profile, offer, scorer.weights) > 0);
  const own = fitting.filter(({ offer }) => offer.isco === profile.isco);
  return own.length > 0 ? own : fitting;
}

function obstaclesOf(seeker: PreparedSeeker, post: PreparedVacancy, scorer: Scorer): Set<Obstacle> {
  const { household, profile } = seeker;
  const failures = [
    ...wishFailures(household.profile, post.offer),
    ...seekerFailures(profile, post.offer, scorer.weights),
  ];
  const found = new Set(failures.flatMap((failure) => OBSTACLE_OF[failure] ?? []));
  if (reachesFloor(seeker, post, scorer)) return found;
  const educated = { ...seeker, educationRank: EDUCATIONS.length };
  if (profile.education === null && reachesFloor(educated, post, scorer)) found.add('obstacle.education_not_stated');
  else if (found.size === 0) found.add('obstacle.low_chance');
  return found;
}

/** As a plan of this adult alone is judged, before any congestion price. */
function reachesFloor(seeker: PreparedSeeker, post: PreparedVacancy, scorer: Scorer): boolean {
  const { household } = seeker;
  const partner = household.seekers.length === 1 ? null : 0;
  const [chance, base] = [scorer.chance(seeker, post), scorer.moveBase(seeker, post)];
  const score = scorer.moveScore(household, post.offer.regionCode, chance, base, partner);
  return score > 0 && score >= scorer.weights.proposals.minimumPlacementScore;
}
