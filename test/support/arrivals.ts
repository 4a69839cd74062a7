import type { Sql } from '../../src/database/sql.js';
import type { Actor } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import {
  type HouseholdWish,
  type MadeHousehold,
  type MadeProposal,
  makeHousehold,
  makeProposal,
  makeVacancy,
} from './builders.js';

export interface MadeArrival {
  household: MadeHousehold;
  proposal: MadeProposal;
  applicationId: string;
}

/** A household that has arrived for the jobs of an approved proposal, as its application says. */
export async function makeArrival(
  sql: Sql,
  wish: { arrivedOn: string; districtKato?: string; household?: HouseholdWish },
): Promise<MadeArrival> {
  const household = await makeHousehold(sql, { adults: [{}], children: 2, ...wish.household });
  const vacancies = [await makeVacancy(sql, { districtKato: wish.districtKato })];
  const proposal = await makeProposal(sql, { household, vacancies, status: 'approved' });
  const applicationId = newId();
  await sql.query(
    `insert into application (id, household_id, proposal_id, region_code, home_region_code, category, persons, state, owner, due_on,
       quota_year, arrived_on, forwarded_at, decided_at, state_since, created_at, updated_at)
     values ($1, $2, $3, $4, 'KZ-61', 'settlers', $5, 'arrived', 'reception_centre', $6::date + 365, 2026, $6::date,
       $6::date - 30, $6::date - 20, $6::date, $6::date, $6::date)`,
    [applicationId, household.id, proposal.id, proposal.regionCode, household.persons, wish.arrivedOn],
  );
  return { household, proposal, applicationId };
}

/** Somebody of a household, signed in. */
export const ownActor = (householdId: string): Actor => ({
  id: newId(),
  label: 'test',
  role: 'migrant',
  regionCode: null,
  employerId: null,
  householdId,
  via: 'session',
});
