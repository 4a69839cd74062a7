import { parse } from 'csv-parse/sync';
import { type HeldPapers, type Missing, type OccupationRules, codeOf, drivingHeld, missingBetween } from './missing.js';
import { type NearOccupations, VIABLE } from './near-occupations.js';
import { PAPERS, knownOf, wordsOf } from './papers.js';
import { skillLevelOf } from './skill-level.js';

/** Kinds of short courses; every one has words in the locales (`course.…`). */
export const COURSE_KINDS = [
  'vocational',
  'driving',
  'machine',
  'guard',
  'boiler',
  'medical',
  'teaching',
  'workplace',
] as const;
export type CourseKind = (typeof COURSE_KINDS)[number];

/** What the law asks for before an examination; every one has words in the locales (`condition.…`). */
export const CONDITIONS = ['driving.has_b', 'driving.c1_one_year'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** Driving categories of which one is needed before the course. */
const NEEDED: Readonly<Record<Condition, readonly string[]>> = {
  'driving.has_b': ['B', 'C1', 'C', 'D1', 'D'],
  'driving.c1_one_year': ['C1', 'C'],
};

export interface Course {
  kind: CourseKind;
  /** Usual length in months. */
  months: number;
  /** A paper or a driving category that it ends with; null: a certificate of the course. */
  gives: string | null;
  condition: Condition | null;
  source: string;
  /** Such a course, or the paper it ends with, was seen in a public source. */
  verified: boolean;
  /** Its length was. */
  monthsVerified: boolean;
}

/** A way from one occupation to another by a short course. */
export interface Route {
  from: string;
  to: string;
  course: Course;
  similarity: number;
  missing: readonly Missing[];
}

type Row = Record<
  'from' | 'to' | 'kind' | 'months' | 'gives' | 'condition' | 'source' | 'verified' | 'months_verified',
  string
>;

/** One entry for each pair of unit groups of `data/occupations/courses.csv`. Throws on a kind or condition of another name. */
export function readCourses(csv: string): { from: string; to: string; course: Course }[] {
  return parse<Row>(csv, { columns: true }).flatMap((row) => {
    const course: Course = {
      kind: knownOf(COURSE_KINDS, row.kind),
      months: Number(row.months),
      gives: row.gives === '' ? null : row.gives,
      condition: row.condition === '' ? null : knownOf(CONDITIONS, row.condition),
      source: row.source,
      verified: row.verified === 'yes',
      monthsVerified: row.months_verified === 'yes',
    };
    return wordsOf(row.from).flatMap((from) => wordsOf(row.to).map((to) => ({ from, to, course })));
  });
}

/** A course no longer than this is short: what the employment centres pay for lasts one to six months. */
export const LONGEST_COURSE_MONTHS = 6;
/** Highest step of the skill level, and least pay against the former (Nesta, Mapping Career Causeways, 2020). */
export const HIGHEST_STEP = 1;
export const LEAST_PAY_RATIO = 0.75;

/** Why a route is none. */
export const ROUTE_FAILURES = [
  'route.to_itself',
  'route.dissimilar',
  'route.skill_level',
  'route.degree',
  'route.diploma',
  'route.paper_not_given',
  'route.condition',
  'route.nothing_to_learn',
  'route.too_long',
  'route.pay',
] as const;
export type RouteFailure = (typeof ROUTE_FAILURES)[number];

/**
 * Every rule that a route breaks for somebody; empty when it may be offered. `payRatio` is the new occupation's median pay ÷ the
 * former's, null when one of both is not known: then pay says nothing against the route.
 */
export function routeFailures(
  route: Route,
  held: HeldPapers,
  payRatio: number | null,
  rules: OccupationRules,
): RouteFailure[] {
  const { from, to, course, similarity, missing } = route;
  const lacks = (code: Missing['code']): boolean => missing.some((one) => one.code === code);
  const driving = drivingHeld(from, held, rules);
  const failed: RouteFailure[] = [];
  if (from === to) failed.push('route.to_itself');
  if (similarity < VIABLE) failed.push('route.dissimilar');
  if (skillLevelOf(to) - skillLevelOf(from) > HIGHEST_STEP) failed.push('route.skill_level');
  if (lacks('missing.education_higher')) failed.push('route.degree');
  if (lacks('missing.diploma_medicine') || lacks('missing.diploma_teaching')) failed.push('route.diploma');
  if (PAPERS.some((paper) => lacks(codeOf(paper)) && !isGiven(paper, route))) failed.push('route.paper_not_given');
  if (course.condition !== null && !NEEDED[course.condition].some((category) => driving.includes(category))) {
    failed.push('route.condition');
  }
  if (course.kind === 'driving' && course.gives !== null && driving.includes(course.gives)) {
    failed.push('route.nothing_to_learn');
  }
  if (!(course.months > 0 && course.months <= LONGEST_COURSE_MONTHS)) failed.push('route.too_long');
  if (payRatio !== null && payRatio < LEAST_PAY_RATIO) failed.push('route.pay');
  return failed;
}

function isGiven(paper: (typeof PAPERS)[number], { course, missing }: Route): boolean {
  if (paper !== 'driving') return course.gives === paper;
  return missing.some(({ categories }) => course.gives !== null && categories.includes(course.gives));
}

/** How vacancies of the exchange write the licence for tractors and self-propelled machines among the driving categories. */
const TRACTOR_CATEGORY = 'T';

/** The categories that somebody can show to an employer after a route's course: those held before and what it gives. */
export function drivingAfter({ from, course }: Route, held: HeldPapers, rules: OccupationRules): string[] {
  const after = [...drivingHeld(from, held, rules)];
  if (course.kind === 'driving' && course.gives !== null) after.push(course.gives);
  const hadTractor = rules.demands.get(from)?.paper === 'tractor_licence';
  if (hadTractor || course.gives === 'tractor_licence') after.push(TRACTOR_CATEGORY);
  return after;
}

/** Routes out of occupations for anybody; whether one may be offered to somebody, `routeFailures` says. */
export interface Routes {
  all: readonly { from: string; to: string; course: Course }[];
  from(isco: string, held: HeldPapers): Route[];
}

export function createRoutes(
  courses: readonly { from: string; to: string; course: Course }[],
  near: NearOccupations,
  rules: OccupationRules,
): Routes {
  return {
    all: courses,
    from: (isco, held) =>
      courses
        .filter(({ from }) => from === isco)
        .map(({ from, to, course }) => ({
          from,
          to,
          course,
          similarity: near.similarityOf(from, to),
          missing: missingBetween(from, to, held, rules),
        })),
  };
}
