import type { EducationLevel, VacancyOffer } from './core/types.js';
import { openingsOf, promisedPayTenge } from './core/types.js';

/** What an open vacancy says to somebody who would come to it by a course. */
export type OpenPost = Pick<
  VacancyOffer,
  | 'iscoSure'
  | 'regionCode'
  | 'districtKato'
  | 'openings'
  | 'employment'
  | 'experience'
  | 'education'
  | 'driving'
  | 'payMinTenge'
  | 'payMaxTenge'
  | 'employerUnchecked'
>;

/** Whose posts a route opens: an occupation, and the driving categories that the person then has. */
export interface RouteTarget {
  isco: string;
  driving: readonly string[];
  /** A post of this occupation counts only when it states its driving category: it asks for one in any case. */
  mustStateDriving: boolean;
}

/** Open vacancies of an occupation in a district; `districtKato` null where only the region is known. */
export interface UnlockedPosts {
  isco: string;
  regionCode: string;
  districtKato: string | null;
  vacancies: number;
  /** Not stated counts as one. */
  openings: number;
  /** Of these, at vacancies that ask for more education than one has. */
  openingsAskingMore: number;
}

/** What the open vacancies of an occupation in the whole country come to, before anybody asks. */
export interface OccupationPosts {
  /** Those that somebody without experience in the occupation may apply for. */
  forBeginners: readonly OpenPost[];
  medianPayTenge: number | null;
}

export function occupationPosts(posts: readonly OpenPost[]): OccupationPosts {
  return { forBeginners: posts.filter(isForBeginners), medianPayTenge: medianPayTenge(posts) };
}

/**
 * Of an occupation's open vacancies those that somebody without experience in it may apply for, by region and district in their
 * order: surely of it, of an employer that is checked, permanent where that is stated, asking for no experience, for one of
 * the educations `accepted` and for no other category. `own`: the educations that one has.
 */
export function unlockedPosts(
  { forBeginners }: OccupationPosts,
  regionCodes: ReadonlySet<string>,
  { isco, driving, mustStateDriving }: RouteTarget,
  educations: { own: readonly EducationLevel[]; accepted: readonly EducationLevel[] },
): UnlockedPosts[] {
  const byPlace = new Map<string, UnlockedPosts>();
  for (const post of forBeginners) {
    const { regionCode, districtKato, education } = post;
    if (!regionCodes.has(regionCode)) continue;
    if (education !== null && !educations.accepted.includes(education)) continue;
    if (!post.driving.every((category) => driving.includes(category))) continue;
    if (mustStateDriving && post.driving.length === 0) continue;
    const key = `${regionCode} ${districtKato ?? '~'}`;
    let place = byPlace.get(key);
    if (place === undefined) {
      place = { isco, regionCode, districtKato, vacancies: 0, openings: 0, openingsAskingMore: 0 };
      byPlace.set(key, place);
    }
    place.vacancies += 1;
    place.openings += openingsOf(post);
    if (education !== null && !educations.own.includes(education)) place.openingsAskingMore += openingsOf(post);
  }
  return [...byPlace].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

function isForBeginners(post: OpenPost): boolean {
  return (
    post.iscoSure &&
    !post.employerUnchecked &&
    openingsOf(post) > 0 &&
    (post.employment === null || post.employment === 'permanent') &&
    (post.experience === null || post.experience === 'any' || post.experience === 'none')
  );
}

/** Fewer vacancies with a pay tell no median. */
const LEAST_PAID = 5;

/**
 * Median pay in tenge a month of vacancies that are surely of an occupation and state a pay: of lower bounds, of upper ones where only
 * they are stated. Of an even number the lower of the two in the middle; null where fewer than five state one.
 */
function medianPayTenge(posts: readonly OpenPost[]): number | null {
  const paid = posts
    .filter(({ iscoSure }) => iscoSure)
    .flatMap((post) => promisedPayTenge(post) ?? [])
    .sort((a, b) => a - b);
  return paid.length < LEAST_PAID ? null : paid[Math.ceil(paid.length / 2) - 1]!;
}
