import { type HouseholdOptions, type HouseholdPlan, type PlannedPlacement, withDistrict } from './household.js';
import type { Ranker } from './rank.js';
import type { Scorer } from './score.js';
import { openingsOf } from './types.js';

/** A proposal of an earlier run: its jobs, each at the congestion price it was made at, in points. */
export interface WaitingPlan {
  districtKato: string;
  placements: readonly { seekerId: string; vacancyId: string; price: number }[];
}

/**
 * A waiting proposal as a plan of the present market, or null when it holds no longer: a job of it is not open to its adult any
 * more (closed, elsewhere, against a wish, refused), an adult no longer seeks work, or a placement has sunk more than
 * `clearlyBetterPoints` below the floor. A score that swings a little around the floor neither makes nor breaks a proposal.
 */
export function planAsItStands(
  options: HouseholdOptions,
  waiting: WaitingPlan,
  ranker: Ranker,
  scorer: Scorer,
): HouseholdPlan | null {
  const { household, adults, districts } = withDistrict(options, waiting.districtKato);
  const district = districts.find(({ districtKato }) => districtKato === waiting.districtKato);
  if (district === undefined || waiting.placements.length === 0) return null;
  const found = waiting.placements.flatMap(({ seekerId, vacancyId, price }) => {
    const adult = adults.findIndex(({ seeker }) => seeker.profile.id === seekerId);
    const own = adults[adult];
    const range = district.ranges[adult];
    if (own === undefined || range === undefined) return [];
    for (let at = range.start; at < range.end; at++) {
      const vacancy = own.vacancies[at]!;
      if (ranker.vacancies[vacancy]!.offer.id === vacancyId) return [{ seekerId, own, at, vacancy, price }];
    }
    return [];
  });
  if (found.length < waiting.placements.length) return null;
  const [first, second] = found;
  const shared = second !== undefined && first!.vacancy === second.vacancy;
  if (shared && openingsOf(ranker.vacancies[second.vacancy]!.offer) < 2) return null;
  const { clearlyBetterPoints, minimumPlacementScore } = scorer.weights.proposals;
  const placements = found.map(({ seekerId, own, at, vacancy, price }, i): PlannedPlacement => {
    const other = found[1 - i];
    const partner = household.seekers.length === 1 ? null : (other?.own.chance[other.at] ?? 0);
    const { chance, base } = own;
    const score = scorer.moveScore(household, district.regionCode, chance[at]!, base[at]!, partner) - price;
    return { seekerId, vacancy, partner, price, score };
  });
  if (placements.some(({ score }) => score <= 0 || score < minimumPlacementScore - clearlyBetterPoints)) return null;
  const score = placements.reduce((sum, placement) => sum + placement.score, 0) / household.seekers.length;
  return { districtKato: district.districtKato, regionCode: district.regionCode, score, placements };
}
