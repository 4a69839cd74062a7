import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { OccupationService } from '../occupations/occupation.service.js';
import type { HeldPapers, Missing } from '../occupations/transitions/missing.js';
import type { Route } from '../occupations/transitions/routes.js';
import { skillLevelOf } from '../occupations/transitions/skill-level.js';
import { TransitionsService } from '../occupations/transitions/transitions.service.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { PlaceService } from '../reference/place.service.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { groupBy } from '../shared/group-by.js';
import { Problem } from '../shared/problem.js';
import { occupationFit } from './core/chance.js';
import { EDUCATIONS, type EducationLevel } from './core/types.js';
import type { Weights } from './core/weights.js';
import { MarketService } from './market.service.js';
import { openPosts } from './retraining.queries.js';
import { type OccupationPosts, type UnlockedPosts, occupationPosts, unlockedPosts } from './unlocked-posts.js';
import { WEIGHTS } from './weights.provider.js';

/** Somebody who may take a course. Papers or education of null: not asked, and taken as their occupation has them. */
export interface CourseSeeker extends HeldPapers {
  isco: string;
  education: EducationLevel | null;
}

export interface UnlockedRoute {
  route: Route;
  /** Tenge a month, over the open vacancies of the country; null where too few state a pay. */
  formerPayTenge: number | null;
  payTenge: number | null;
  /** `payTenge` ÷ `formerPayTenge`; null where one of both is. */
  payRatio: number | null;
  /** True where matching proposes this work without any course, so that the course unlocks nothing new. */
  matchedAnyway: boolean;
  vacancies: number;
  openings: number;
  /** Of these, at vacancies that ask for more education than one has. */
  openingsAskingMore: number;
  /** With at least one vacancy, most openings first. */
  regions: RegionPosts[];
}

export interface RegionPosts extends PostCounts {
  regionCode: string;
  districts: Omit<UnlockedPosts, 'isco' | 'regionCode'>[];
}

export interface RoutesAnswered {
  /** Of the vacancies. */
  date: string;
  regionCodes: string[];
  /** Those that unlock something new first, then by openings. */
  routes: UnlockedRoute[];
}

/** A route of one of several people. */
export interface UnlockedRouteOf extends UnlockedRoute {
  /** Index into the people asked for. */
  adult: number;
}

/** A route that may be offered, with the driving categories that one has after it. */
interface OfferedRoute {
  route: Route;
  driving: readonly string[];
}

const NO_POSTS = occupationPosts([]);

/** Which occupations a short course opens to somebody, by the vacancies that it unlocks today. */
@Injectable()
export class RetrainingService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WEIGHTS) private readonly weights: Weights,
    private readonly transitions: TransitionsService,
    private readonly occupations: OccupationService,
    private readonly programme: ProgrammeService,
    private readonly places: PlaceService,
    private readonly markets: MarketService,
  ) {}

  /**
   * Routes that may be offered, in some regions or, by null, in all reception regions of today. Errors: `occupation.unknown` (404),
   * `region.unknown` (404).
   */
  async routes(seeker: CourseSeeker, wished: readonly string[] | null): Promise<RoutesAnswered> {
    this.transitions.mustBeKnown(seeker.isco);
    const known = new Set(this.places.regions().map(({ code }) => code));
    const unknown = wished?.find((code) => !known.has(code));
    if (unknown !== undefined) throw new Problem('region.unknown', 404, { code: unknown });
    const date = dateInKazakhstan(this.clock.now());
    const regionCodes = [...(wished ?? (await this.programme.receptionRegions(date)))];
    const offered = this.offeredTo(seeker);
    const iscos = [seeker.isco, ...offered.map(({ route }) => route.to)];
    const found = offered.length === 0 ? [] : await openPosts(this.dataSource, date, iscos);
    const posts = new Map([...groupBy(found, ({ isco }) => isco)].map(([isco, own]) => [isco, occupationPosts(own)]));
    return { date, regionCodes, routes: this.ranked(seeker, offered, regionCodes, posts) };
  }

  /**
   * The routes that unlock most for people who move together, in today's reception regions but for some: the first of each, then the
   * second of each. Only what opens a post today that is not matched anyway. By the shared market: what has changed in the last
   * minute may not show yet. Error: `occupation.unknown` (404).
   */
  async bestRoutes(
    seekers: readonly CourseSeeker[],
    exceptRegionCodes: readonly string[],
    limit: number,
  ): Promise<UnlockedRouteOf[]> {
    const { rules, posts } = await this.markets.current();
    const regionCodes = [...rules.receptionRegions].filter((code) => !exceptRegionCodes.includes(code));
    return seekers
      .flatMap((seeker, adult) =>
        this.ranked(seeker, this.offeredTo(seeker), regionCodes, posts)
          .filter(({ openings, matchedAnyway }) => openings > 0 && !matchedAnyway)
          .map((route, rank) => ({ rank, route: { ...route, adult } })),
      )
      .sort((a, b) => a.rank - b.rank || b.route.openings - a.route.openings)
      .slice(0, limit)
      .map(({ route }) => route);
  }

  /** Errors: `occupation.unknown` (404). */
  private offeredTo(seeker: CourseSeeker): OfferedRoute[] {
    this.transitions.mustBeKnown(seeker.isco);
    return this.transitions
      .routesFrom(seeker.isco, seeker)
      .filter((route) => this.transitions.failuresOf(route, seeker, null).length === 0)
      .map((route) => ({ route, driving: this.transitions.drivingAfter(route, seeker) }));
  }

  /** Of routes that may be offered, those that do not lead to less pay than one may be asked to take; the best first. */
  private ranked(
    seeker: CourseSeeker,
    offered: readonly OfferedRoute[],
    regionCodes: readonly string[],
    posts: ReadonlyMap<string, OccupationPosts>,
  ): UnlockedRoute[] {
    const regions = new Set(regionCodes);
    const educations = educationsOf(seeker);
    return offered
      .map(({ route, driving }) => {
        const target = { isco: route.to, driving, mustStateDriving: route.course.kind === 'driving' };
        const there = posts.get(route.to) ?? NO_POSTS;
        const { medianPayTenge: formerPayTenge } = posts.get(route.from) ?? NO_POSTS;
        const pays = { formerPayTenge, payTenge: there.medianPayTenge };
        return this.unlocked(route, unlockedPosts(there, regions, target, educations), pays);
      })
      .filter(({ route, payRatio }) => this.transitions.failuresOf(route, seeker, payRatio).length === 0)
      .sort(byPostsUnlocked);
  }

  private unlocked(
    route: Route,
    posts: readonly UnlockedPosts[],
    { formerPayTenge, payTenge }: Pick<UnlockedRoute, 'formerPayTenge' | 'payTenge'>,
  ): UnlockedRoute {
    return {
      route,
      formerPayTenge,
      payTenge,
      payRatio: formerPayTenge === null || payTenge === null ? null : payTenge / formerPayTenge,
      matchedAnyway: this.isMatchedAnyway(route),
      ...sumOf(posts),
      regions: regionsOf(posts),
    };
  }

  /** As the ranking reads nearness of occupations, and no driving licence in the way. */
  private isMatchedAnyway({ from, to, missing }: Route): boolean {
    const regulated = this.occupations.regulatedOf(to);
    const vacancy = { isco: to, iscoSure: true, regulated, specialities: [] };
    const lacksLicence = missing.some(({ code }: Missing) => code === 'missing.driving');
    return !lacksLicence && occupationFit({ isco: from, specialities: [] }, vacancy, this.weights) > 0;
  }
}

function byPostsUnlocked(a: UnlockedRoute, b: UnlockedRoute): number {
  return (
    Number(a.matchedAnyway) - Number(b.matchedAnyway) ||
    b.openings - a.openings ||
    b.route.similarity - a.route.similarity ||
    (a.route.to < b.route.to ? -1 : 1)
  );
}

type PostCounts = Pick<UnlockedPosts, 'vacancies' | 'openings' | 'openingsAskingMore'>;

function sumOf(posts: readonly UnlockedPosts[]): PostCounts {
  const sum = (count: keyof PostCounts): number => posts.reduce((total, one) => total + one[count], 0);
  return { vacancies: sum('vacancies'), openings: sum('openings'), openingsAskingMore: sum('openingsAskingMore') };
}

function regionsOf(posts: readonly UnlockedPosts[]): RegionPosts[] {
  const byOpenings = (a: { openings: number }, b: { openings: number }): number => b.openings - a.openings;
  return [...new Set(posts.map(({ regionCode }) => regionCode))]
    .map((regionCode) => {
      const own = posts.filter((one) => one.regionCode === regionCode);
      const districts = own.map(({ isco: _, regionCode: __, ...posts }) => posts);
      return { regionCode, ...sumOf(own), districts: districts.sort(byOpenings) };
    })
    .sort(byOpenings);
}

/**
 * Own education: what is stated, else what is usual (a degree for professions, a college for technicians and trades, school for simple
 * work). Accepted is what vacancies may ask for: that, and a college where one has school only, because the ranking proposes such
 * posts too (at a lower chance) and a certificate of the trade is what the course gives; how many ask for it is answered apart.
 */
function educationsOf({ isco, education }: CourseSeeker): Record<'own' | 'accepted', EducationLevel[]> {
  const level = skillLevelOf(isco);
  const usual: EducationLevel = level === 4 ? 'higher' : level === 1 ? 'general_secondary' : 'vocational';
  const rank = EDUCATIONS.indexOf(education ?? usual);
  const acceptedRank = Math.max(rank, EDUCATIONS.indexOf('vocational'));
  return { own: EDUCATIONS.slice(0, rank + 1), accepted: EDUCATIONS.slice(0, acceptedRank + 1) };
}
