import TinyQueue from 'tinyqueue';
import { type HouseholdOptions, type HouseholdPlan, type PriceOf, bestPlan } from './household.js';
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
 * Hands out proposals in the order of their priced scores, the best first: at most `proposalsPerOpening` for each opening and
 * `districtsPerHousehold` districts for each household. Prices only rise, so a plan whose prices have not moved since it was
 * computed is still its household's best; one whose prices have is computed again. Deterministic: ties go to the smaller
 * household id, then the smaller district code.
 */
export function allotProposals(
  households: readonly HouseholdOptions[],
  standing: Standing,
  ranker: Ranker,
  scorer: Scorer,
): Allotment[] {
  const { congestion, proposals } = scorer.weights;
  const capacity = ranker.vacancies.map(({ offer }) => congestion.proposalsPerOpening * openingsOf(offer));
  const load = ranker.vacancies.map(({ offer }) => standing.load.get(offer.id) ?? 0);
  const priceOf: PriceOf = (vacancy, more) =>
    congestionPrice(load[vacancy]! + more - 1, capacity[vacancy]!, congestion.fullPricePoints);

  const taken = new Map(
    households.map(({ household: { profile } }) => [profile.id, new Set(standing.districts.get(profile.id))] as const),
  );
  const next = (options: HouseholdOptions): Waiting | null => {
    const held = taken.get(options.household.profile.id)!;
    if (held.size >= proposals.districtsPerHousehold) return null;
    const plan = bestDistrict(options, held, priceOf, ranker, scorer);
    return plan === null ? null : { options, plan };
  };

  const queue = new TinyQueue(
    households.map(next).filter((waiting) => waiting !== null),
    before,
  );
  const made: Allotment[] = [];
  for (let top = queue.pop(); top !== undefined; top = queue.pop()) {
    const { options, plan } = top;
    if (
      plan.placements.every(
        ({ vacancy, price }) => priceOf(vacancy, sharing(plan, vacancy)) < Infinity && priceOf(vacancy, 1) === price,
      )
    ) {
      const householdId = options.household.profile.id;
      for (const { vacancy } of plan.placements) load[vacancy]! += 1;
      taken.get(householdId)!.add(plan.districtKato);
      made.push({ householdId, plan });
    }
    const again = next(options);
    if (again !== null) queue.push(again);
  }
  return made;
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

interface Waiting {
  options: HouseholdOptions;
  plan: HouseholdPlan;
}

const sharing = (plan: HouseholdPlan, vacancy: number): number =>
  plan.placements.filter((placement) => placement.vacancy === vacancy).length;

function before(a: Waiting, b: Waiting): number {
  const [x, y] = [a.options.household.profile.id, b.options.household.profile.id];
  return b.plan.score - a.plan.score || (x < y ? -1 : x > y ? 1 : a.plan.districtKato < b.plan.districtKato ? -1 : 1);
}

/** The best plan over the districts not yet held; stops at the first district whose bound the best so far has reached. */
function bestDistrict(
  options: HouseholdOptions,
  held: ReadonlySet<string>,
  priceOf: PriceOf,
  ranker: Ranker,
  scorer: Scorer,
): HouseholdPlan | null {
  let best: HouseholdPlan | null = null;
  for (const district of options.districts) {
    if (best !== null && district.bound < best.score) break;
    if (held.has(district.districtKato)) continue;
    const plan = bestPlan(options, district, priceOf, ranker, scorer);
    if (plan === null) continue;
    const sooner = best !== null && plan.score === best.score && plan.districtKato < best.districtKato;
    if (best === null || plan.score > best.score || sooner) best = plan;
  }
  return best;
}
