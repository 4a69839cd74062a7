import type { HouseholdPlan } from './household.js';
import type { Ranker } from './rank.js';
import type { Scorer } from './score.js';
import { openingsOf } from './types.js';

/** A plan that became a proposal. */
export interface Allotment {
  householdId: string;
  plan: HouseholdPlan;
}

/** What stands already and is not decided anew. */
export interface Standing {
  /** Live proposals by vacancy id. */
  load: ReadonlyMap<string, number>;
  /** Districts already proposed, by household id. */
  districts: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The price of one more proposal for a vacancy that already has `load` of the `capacity` it takes: it rises evenly from 0 to
 * `fullPricePoints`, and no proposal goes beyond the capacity. The price is a visible part of the score, not a shuffle.
 */
export function congestionPrice(load: number, capacity: number, fullPricePoints: number): number {
  return load >= capacity ? Infinity : (fullPricePoints * load) / capacity;
}

/**
 * The allotments that still fit when other proposals have come to stand since they were computed: in their order, the best
 * first, leaving out what would pass the limit of a vacancy or of a household, or double a district.
 */
export function stillFitting(
  allotments: readonly Allotment[],
  standing: Standing,
  ranker: Ranker,
  scorer: Scorer,
): Allotment[] {
  const { congestion, proposals } = scorer.weights;
  const load = new Map(standing.load);
  const districts = new Map<string, Set<string>>();
  return allotments.filter(({ householdId, plan }) => {
    const held = districts.get(householdId) ?? new Set(standing.districts.get(householdId));
    districts.set(householdId, held);
    if (held.size >= proposals.districtsPerHousehold || held.has(plan.districtKato)) return false;
    const offers = plan.placements.map(({ vacancy }) => ranker.vacancies[vacancy]!.offer);
    const fits = offers.every((offer) => {
      const more = offers.filter(({ id }) => id === offer.id).length;
      return (load.get(offer.id) ?? 0) + more <= congestion.proposalsPerOpening * openingsOf(offer);
    });
    if (!fits) return false;
    held.add(plan.districtKato);
    for (const { id } of offers) load.set(id, (load.get(id) ?? 0) + 1);
    return true;
  });
}
