import type { DistrictOptions, HouseholdOptions } from './household.js';
import type { PreparedHousehold } from './prepared.js';

/**
 * A household's most promising districts, as plain values that one process hands to another. Vacancies are indices into a ranker's,
 * which every process that ranks the same market has in the same order.
 */
export interface Shortlist {
  householdId: string;
  adults: { seekerId: string; vacancies: Int32Array; chance: Float64Array; base: Float64Array }[];
  districts: DistrictOptions[];
  /** A score that no plan in any other district passes; null: there is no other. */
  restBound: number | null;
}

/** The first `count` districts of a household's options, with nothing of the others but their bound. */
export function shortlistOf({ household, adults, districts }: HouseholdOptions, count: number): Shortlist {
  const kept = districts.slice(0, count).map((district) => ({ ...district, ranges: [...district.ranges] }));
  const short = adults.map(({ seeker, vacancies, chance, base }, adult) => {
    // In the order they had: a range stays together, and ties go as they went.
    const ordered = [...kept].sort((a, b) => a.ranges[adult]!.start - b.ranges[adult]!.start);
    const size = ordered.reduce((sum, { ranges }) => sum + ranges[adult]!.end - ranges[adult]!.start, 0);
    const own = {
      seekerId: seeker.profile.id,
      vacancies: new Int32Array(size),
      chance: new Float64Array(size),
      base: new Float64Array(size),
    };
    let at = 0;
    for (const district of ordered) {
      const { start, end } = district.ranges[adult]!;
      own.vacancies.set(vacancies.subarray(start, end), at);
      own.chance.set(chance.subarray(start, end), at);
      own.base.set(base.subarray(start, end), at);
      district.ranges[adult] = { start: at, end: at + end - start };
      at += end - start;
    }
    return own;
  });
  return {
    householdId: household.profile.id,
    adults: short,
    districts: kept,
    restBound: districts[count]?.bound ?? null,
  };
}

/** The options that a shortlist stands for; `all` answers those of every district, and is asked at most once. */
export function optionsFrom(
  { adults, districts, restBound }: Shortlist,
  household: PreparedHousehold,
  all: () => HouseholdOptions,
): HouseholdOptions {
  let whole: HouseholdOptions | null = null;
  return {
    household,
    adults: adults.map(({ seekerId, ...lists }) => ({
      seeker: household.seekers.find(({ profile }) => profile.id === seekerId)!,
      ...lists,
    })),
    districts,
    rest: restBound === null ? null : { bound: restBound, all: () => (whole ??= all()) },
  };
}
