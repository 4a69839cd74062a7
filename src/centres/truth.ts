import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { type Failure, seekerFailures, wishFailures } from '../matching/core/eligibility.js';
import type { Weights } from '../matching/core/weights.js';
import { ARRIVED, hasMoved, householdProfile, vacancyOffers } from '../matching/market.queries.js';
import { type BrokenPromise, type PlacedFacts, type PlacementPromise, brokenFor } from '../matching/promise.js';

/** Why an open proposal is no longer true. */
export type Untruth = BrokenPromise | 'consent_missing' | 'wish_changed';

export interface BrokenPlacement {
  placementId: string;
  proposalId: string;
  vacancyId: string;
  broken: BrokenPromise;
}

/** The placements of some proposals whose vacancy no longer keeps its promise, in the order of their ids. */
export async function brokenPlacements(
  tx: EntityManager,
  proposalIds: string[],
  today: string,
): Promise<BrokenPlacement[]> {
  const placements = await rows<
    { id: string; proposalId: string; vacancyId: string; promise: PlacementPromise } & PlacedFacts
  >(
    tx,
    `select pl.id, pl.proposal_id as "proposalId", pl.vacancy_id as "vacancyId", pl.promise,
            v.status, v.valid_until::text as "validUntil", v.region_code as "regionCode", v.district_kato as "districtKato",
            v.pay_min_tenge as "payMinTenge", v.pay_max_tenge as "payMaxTenge", v.housing, v.employment, v.isco,
            o.regulated, s.isco as "seekerIsco"
     from placement pl join vacancy v on v.id = pl.vacancy_id join seeker s on s.id = pl.seeker_id
     left join occupation o on o.isco = v.isco
     where pl.proposal_id = any($1::uuid[]) and pl.withdrawn_at is null
     order by pl.id`,
    [proposalIds],
  );
  return placements.flatMap(({ id, proposalId, vacancyId, promise, ...now }) => {
    const broken = brokenFor(promise, now, today);
    return broken === null ? [] : [{ placementId: id, proposalId, vacancyId, broken }];
  });
}

/** The household's own hard wishes: those that it may change after it was matched. */
const WISHES: ReadonlySet<Failure> = new Set([
  'eligibility.home_region',
  'eligibility.region_excluded',
  'eligibility.district_excluded',
  'eligibility.housing_required',
  'eligibility.pay_below_minimum',
  'eligibility.pay_not_stated',
  'eligibility.permanent_only',
]);

/**
 * True when the household's wishes of today rule out a job of the proposal, it has said that it is not interested in one, or an
 * adult with a job in it looks for none any more: the rule by which the matcher proposes (`matching/core/eligibility.ts`). Of who has
 * moved the region that they live in rules nothing out: a second chance is one there. The caller keeps the household from changing
 * (`takenBackBy`).
 */
export async function wishesRuleOut(
  tx: EntityManager,
  proposal: { id: string; householdId: string },
  weights: Weights,
): Promise<boolean> {
  const household = await householdProfile(tx, proposal.householdId);
  if (household === undefined) return true;
  const placements = await rows<{ seekerId: string; vacancyId: string; dismissed: boolean }>(
    tx,
    `select seeker_id as "seekerId", vacancy_id as "vacancyId",
            exists (select from dismissal d where d.household_id = $2 and d.vacancy_id = pl.vacancy_id) as dismissed
     from placement pl where proposal_id = $1 and withdrawn_at is null`,
    [proposal.id, proposal.householdId],
  );
  const offers = await vacancyOffers(
    tx,
    placements.map(({ vacancyId }) => vacancyId),
  );
  const moved = await hasMoved(tx, proposal.householdId);
  return placements.some(({ seekerId, vacancyId, dismissed }) => {
    const seeker = household.seekers.find(({ id }) => id === seekerId);
    const vacancy = offers.find(({ id }) => id === vacancyId);
    if (dismissed || seeker === undefined || vacancy === undefined) return true;
    const failed = [...wishFailures(household, vacancy), ...seekerFailures(seeker, vacancy, weights)];
    return failed.some((failure) => WISHES.has(failure) && !(moved && failure === 'eligibility.home_region'));
  });
}

/**
 * Why a household may be proposed nothing any more: it has taken back its consent to be matched, or, of one that has not moved yet, its
 * wish to move; null while both stand. Its row is kept from changing until the transaction ends.
 */
export async function takenBackBy(
  tx: EntityManager,
  householdId: string,
): Promise<'consent_withdrawn' | 'wish_changed' | null> {
  const [household] = await rows<{ consents: boolean; moves: boolean }>(
    tx,
    `select h.consent_matching_at is not null as consents, h.wishes_move or ${ARRIVED} as moves
     from household h where h.id = $1 for share of h`,
    [householdId],
  );
  if (!household?.consents) return 'consent_withdrawn';
  return household.moves ? null : 'wish_changed';
}

/** How many persons a household is now. The caller keeps it from changing (`takenBackBy`). */
export async function personsIn(tx: EntityManager, householdId: string): Promise<number> {
  const [household] = await rows<{ persons: number }>(
    tx,
    `select h.children + h.other_members + (select count(*)::int from seeker s where s.household_id = h.id) as persons
     from household h where h.id = $1`,
    [householdId],
  );
  return household!.persons;
}
