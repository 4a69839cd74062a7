import type { Explained, Part } from './parts.js';
import type { PreparedHousehold } from './prepared.js';
import type { Ranker, SeekerOptions } from './rank.js';
import type { Scorer } from './score.js';
import { openingsOf } from './types.js';

/** One adult's job in a plan. */
export interface PlannedPlacement {
  seekerId: string;
  /** Index into the ranker's vacancies. */
  vacancy: number;
  /** The partner's chance in the same district, 0 when the partner has no job there; null for a single working adult. */
  partner: number | null;
  /** Congestion price in points. */
  price: number;
  /** This adult's own score, 0..100, after the price. */
  score: number;
}

/** Jobs for a household in one district: for both adults where both can be placed. */
export interface HouseholdPlan {
  districtKato: string;
  regionCode: string;
  /** The mean of the working adults' scores, where an adult without a job counts 0: never the best member's alone. */
  score: number;
  placements: PlannedPlacement[];
}

/** What a district offers a household: a range of each adult's options, and a score that no plan there can pass. */
export interface DistrictOptions {
  districtKato: string;
  regionCode: string;
  ranges: { start: number; end: number }[];
  bound: number;
}

export interface HouseholdOptions {
  household: PreparedHousehold;
  adults: SeekerOptions[];
  /** The most promising first. */
  districts: DistrictOptions[];
  /** Where `districts` are only the first ones: a score that no plan in the others passes, and all of them. Null: there are no others. */
  rest: { bound: number; all: () => HouseholdOptions } | null;
}

/** The present price of one more proposal for a vacancy, in points; Infinity when it takes no more. `more` is how many. */
export type PriceOf = (vacancy: number, more: number) => number;

/** What a household would be offered if nobody else were there. */
export const FREE: PriceOf = () => 0;

interface Candidate {
  at: number;
  /** The score with the partner's best chance in the district: never less than the score in any pair. */
  bound: number;
  price: number;
}

/** Groups the options of a household's working adults by district. */
export function householdOptions(household: PreparedHousehold, ranker: Ranker, scorer: Scorer): HouseholdOptions {
  const adults = household.seekers
    .map((seeker) => ranker.options(seeker.profile.id))
    .filter((options) => options !== undefined);
  const districts = new Map<string, DistrictOptions>();
  adults.forEach((options, adult) => {
    options.vacancies.forEach((index, i) => {
      const { districtKato, regionCode } = ranker.vacancies[index]!.offer;
      if (districtKato === null) return;
      let district = districts.get(districtKato);
      if (district === undefined) {
        district = { districtKato, regionCode, ranges: adults.map(() => ({ start: 0, end: 0 })), bound: 0 };
        districts.set(districtKato, district);
      }
      const range = district.ranges[adult]!;
      if (range.end === 0) range.start = i;
      range.end = i + 1;
    });
  });
  for (const district of districts.values()) {
    const tops = adults.map((_, adult) =>
      candidates(household, adults, district, adult, FREE, scorer).reduce(
        (most, { bound }) => Math.max(most, bound),
        0,
      ),
    );
    district.bound = tops.reduce((sum, top) => sum + top, 0) / household.seekers.length;
  }
  const ordered = [...districts.values()].sort(
    (a, b) => b.bound - a.bound || (a.districtKato < b.districtKato ? -1 : 1),
  );
  return { household, adults, districts: ordered, rest: null };
}

/** Options among which a district is, if the household has it at all. */
export function withDistrict(options: HouseholdOptions, districtKato: string): HouseholdOptions {
  const { districts, rest } = options;
  return rest === null || districts.some((one) => one.districtKato === districtKato) ? options : rest.all();
}

/**
 * The best plan of a household in one district at the present prices: exact over all pairs of jobs. A job counts only when the
 * adult's score for it is positive and reaches `minimumPlacementScore` after the price; null when no adult can be placed so. Both adults may share one vacancy only when it has two openings. Ties go to the vacancies that
 * stand first in the ranker's order.
 */
export function bestPlan(
  { household, adults }: HouseholdOptions,
  district: DistrictOptions,
  priceOf: PriceOf,
  ranker: Ranker,
  scorer: Scorer,
): HouseholdPlan | null {
  const count = household.seekers.length;
  const lists = adults.map((_, adult) =>
    candidates(household, adults, district, adult, priceOf, scorer).sort((a, b) => b.bound - a.bound || a.at - b.at),
  );
  const scored = (adult: number, { at, price }: Candidate, partner: number | null): number =>
    afterPrice(scoreAt(household, adults[adult]!, district.regionCode, at, partner, scorer), price, scorer);
  const placed = (
    adult: number,
    { at, price }: Candidate,
    partner: number | null,
    score: number,
  ): PlannedPlacement => ({
    seekerId: adults[adult]!.seeker.profile.id,
    vacancy: adults[adult]!.vacancies[at]!,
    partner,
    price,
    score,
  });
  const plan = (placements: PlannedPlacement[]): HouseholdPlan => ({
    districtKato: district.districtKato,
    regionCode: district.regionCode,
    score: placements.reduce((sum, placement) => sum + placement.score, 0) / count,
    placements,
  });

  let best: HouseholdPlan | null = null as HouseholdPlan | null;
  const consider = (next: HouseholdPlan): void => {
    if (best === null || next.score > best.score || (next.score === best.score && firstOf(next, best))) best = next;
  };
  const [first = [], second = []] = lists;
  lists.forEach((list, adult) => {
    for (const one of list) {
      if (best !== null && one.bound / count < best.score) break;
      const partner = count === 1 ? null : 0;
      const score = scored(adult, one, partner);
      if (score > 0) consider(plan([placed(adult, one, partner, score)]));
    }
  });
  for (const a of first) {
    if (second.length === 0 || (best !== null && (a.bound + second[0]!.bound) / count < best.score)) break;
    for (const b of second) {
      if (best !== null && (a.bound + b.bound) / count < best.score) break;
      const vacancy = adults[0]!.vacancies[a.at]!;
      if (vacancy === adults[1]!.vacancies[b.at]!) {
        if (openingsOf(ranker.vacancies[vacancy]!.offer) < 2 || priceOf(vacancy, 2) === Infinity) continue;
      }
      const [chanceA, chanceB] = [adults[0]!.chance[a.at]!, adults[1]!.chance[b.at]!];
      const [scoreA, scoreB] = [scored(0, a, chanceB), scored(1, b, chanceA)];
      if (scoreA > 0 && scoreB > 0) consider(plan([placed(0, a, chanceB, scoreA), placed(1, b, chanceA, scoreB)]));
    }
  }
  return best;
}

/** The household's parts: each working adult's score at its share. They add up to the plan's score. */
export function householdParts(
  household: PreparedHousehold,
  plan: HouseholdPlan,
  explained: ReadonlyMap<string, Explained>,
): Part[] {
  const weight = 1 / household.seekers.length;
  return household.seekers.map(({ profile: { id } }) => {
    const own = explained.get(id);
    const isPlaced = own !== undefined && plan.placements.some(({ seekerId }) => seekerId === id);
    return isPlaced
      ? { code: 'part.adult', seekerId: id, value: own.score / 100, weight, contribution: own.score * weight }
      : { code: 'part.partner_without_job', seekerId: id, value: 0, weight, contribution: 0 };
  });
}

function candidates(
  household: PreparedHousehold,
  adults: SeekerOptions[],
  district: DistrictOptions,
  adult: number,
  priceOf: PriceOf,
  scorer: Scorer,
): Candidate[] {
  const options = adults[adult]!;
  const partner = household.seekers.length === 1 ? null : mostChance(adults, district, 1 - adult);
  const { start, end } = district.ranges[adult]!;
  const found: Candidate[] = [];
  for (let at = start; at < end; at++) {
    const price = priceOf(options.vacancies[at]!, 1);
    if (price === Infinity) continue;
    const bound = afterPrice(scoreAt(household, options, district.regionCode, at, partner, scorer), price, scorer);
    if (bound > 0) found.push({ at, bound, price });
  }
  return found;
}

/**
 * What is left of an adult's score after the congestion price; 0 for a job below the floor, which no plan may hold. The floor
 * judges the very score that is shown, movers and price counted: what is proposed must be worth an officer's time and a family's hope.
 */
function afterPrice(score: number, price: number, { weights }: Scorer): number {
  return score - price < weights.proposals.minimumPlacementScore ? 0 : score - price;
}

function mostChance(adults: SeekerOptions[], district: DistrictOptions, adult: number): number {
  const { start, end } = district.ranges[adult] ?? { start: 0, end: 0 };
  let most = 0;
  for (let i = start; i < end; i++) most = Math.max(most, adults[adult]!.chance[i]!);
  return most;
}

function scoreAt(
  household: PreparedHousehold,
  options: SeekerOptions,
  regionCode: string,
  at: number,
  partner: number | null,
  scorer: Scorer,
): number {
  return scorer.moveScore(household, regionCode, options.chance[at]!, options.base[at]!, partner);
}

/** True when a plan stands before another of the same score: more adults placed, then the earlier vacancies. */
function firstOf(one: HouseholdPlan, other: HouseholdPlan): boolean {
  if (one.placements.length !== other.placements.length) return one.placements.length > other.placements.length;
  for (const [i, { vacancy }] of one.placements.entries()) {
    const against = other.placements[i]!.vacancy;
    if (vacancy !== against) return vacancy < against;
  }
  return false;
}
