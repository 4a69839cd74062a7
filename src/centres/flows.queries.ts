import { type Sql, rows } from '../database/sql.js';

/** Of one origin and one reception region. A household counts once in each state, its persons with it. */
export interface FlowCount {
  origin: string;
  reception: string;
  waitingHouseholds: number;
  waitingPersons: number;
  approvedHouseholds: number;
  approvedPersons: number;
  interestedHouseholds: number;
  interestedPersons: number;
}

/**
 * Proposals that stand, from where households live to the regions given. What was claimed still waits; what was returned
 * waits for its household and is left out. Interested: said yes to an approved match that still stands.
 */
export function flowCounts(sql: Sql, receptions: readonly string[]): Promise<FlowCount[]> {
  return rows(
    sql,
    `with yes as (
       select distinct i.proposal_id from interest i join placement pl on pl.id = i.placement_id
       where i.withdrawn_at is null and pl.withdrawn_at is null),
     moves as (
       select h.home_region_code as origin, p.region_code as reception,
              max(p.persons) filter (where p.status <> 'approved') as waiting,
              max(p.persons) filter (where p.status = 'approved') as approved,
              max(p.persons) filter (where p.status = 'approved' and yes.proposal_id is not null) as interested
       from proposal p join household h on h.id = p.household_id left join yes on yes.proposal_id = p.id
       where p.status in ('waiting', 'claimed', 'approved') and p.region_code = any($1::text[])
       group by p.household_id, 1, 2)
     select origin, reception,
            count(waiting)::int as "waitingHouseholds", coalesce(sum(waiting), 0)::int as "waitingPersons",
            count(approved)::int as "approvedHouseholds", coalesce(sum(approved), 0)::int as "approvedPersons",
            count(interested)::int as "interestedHouseholds", coalesce(sum(interested), 0)::int as "interestedPersons"
     from moves group by 1, 2 order by 1, 2`,
    [receptions],
  );
}
