import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { type BrokenPromise, type PlacementPromise, type PresentFacts, brokenPromise } from '../matching/promise.js';

/** Why an open proposal is no longer true. */
export type Untruth = BrokenPromise | 'consent_missing';

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
    { id: string; proposalId: string; vacancyId: string; promise: PlacementPromise } & PresentFacts
  >(
    tx,
    `select pl.id, pl.proposal_id as "proposalId", pl.vacancy_id as "vacancyId", pl.promise,
            v.status, v.valid_until::text as "validUntil", v.district_kato as "districtKato",
            v.pay_min_tenge as "payMinTenge", v.pay_max_tenge as "payMaxTenge", v.housing, v.employment
     from placement pl join vacancy v on v.id = pl.vacancy_id
     where pl.proposal_id = any($1::uuid[]) and pl.withdrawn_at is null
     order by pl.id`,
    [proposalIds],
  );
  return placements.flatMap(({ id, proposalId, vacancyId, promise, ...now }) => {
    const broken = brokenPromise(promise, now, today);
    return broken === null ? [] : [{ placementId: id, proposalId, vacancyId, broken }];
  });
}

/** True while the household consents to be matched. Its row is kept from changing until the transaction ends. */
export async function householdConsents(tx: EntityManager, householdId: string): Promise<boolean> {
  const [household] = await rows<{ consents: boolean }>(
    tx,
    `select consent_matching_at is not null and wishes_move as consents from household where id = $1 for share`,
    [householdId],
  );
  return household?.consents ?? false;
}
