import { applicationIsOver } from '../applications/applications.queries.js';
import { type Sql, rows } from '../database/sql.js';
import { ARRIVED } from '../matching/market.queries.js';
import { APPLIED, HAS_RETURNED } from './figures.queries.js';
import { FLOW_STATES } from './flows.js';

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
  arrivedHouseholds: number;
  arrivedPersons: number;
  returnedHouseholds: number;
  returnedPersons: number;
}

/**
 * Who would move, and who has, to the regions given. Of proposals those that stand, from where households live: what was claimed still
 * waits; what was returned waits for its household and is left out, and so is what an application has ended or led to. Interested: said yes to an
 * approved match that still stands. Arrived: as the ledger of arrivals has them, like the figures of who stayed and who went back, so that
 * the three add up; from where the application was made, whatever home they have written since. Who went back is among them.
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
              max(p.persons) filter (where p.status = 'approved' and yes.proposal_id is not null) as interested,
              null::int as arrived, null::int as returned
       from proposal p join household h on h.id = p.household_id left join yes on yes.proposal_id = p.id
       where p.status in ('waiting', 'claimed', 'approved') and p.fulfilled_at is null and p.region_code = any($1::text[])
         and not ${ARRIVED} and not ${applicationIsOver('p')}
       group by p.household_id, 1, 2
       union all
       select a.home_region_code, r.region_code, null, null, null, people.persons, case when ${HAS_RETURNED} then people.persons end
       from arrival r join application a on a.id = r.application_id
       cross join lateral (select count(*)::int as persons from arrived_person p where p.arrival_id = r.id) as people
       where ${APPLIED} and r.region_code = any($1::text[]))
     select origin, reception, ${FLOW_STATES.map(
       (state) => `count(${state})::int as "${state}Households", coalesce(sum(${state}), 0)::int as "${state}Persons"`,
     ).join(', ')}
     from moves group by 1, 2 order by 1, 2`,
    [receptions],
  );
}
