import { type Sql, rows } from '../database/sql.js';
import { newId } from '../shared/ids.js';
import { followUpDates } from './follow-up-dates.js';

/** A household that has arrived and of which the ledger of outcomes does not know yet. */
interface NewArrival {
  applicationId: string;
  householdId: string;
  regionCode: string;
  arrivedOn: string;
  synthetic: boolean;
  /** Nobody is named, and nobody is asked. */
  erased: boolean;
  /** Children and other members: of them nobody asks how they work. */
  others: number;
  seekerIds: string[];
}

/** Those, the oldest first; the applications stay as they are until the transaction ends. */
function newArrivals(tx: Sql, limit: number): Promise<NewArrival[]> {
  return rows(
    tx,
    `select a.id as "applicationId", a.household_id as "householdId", a.region_code as "regionCode",
            a.arrived_on::text as "arrivedOn", h.synthetic, h.erased_at is not null as erased,
            -- Erased, a household says no more how many they were; its application does.
            case when h.erased_at is null then h.children + h.other_members
              else greatest(a.persons - (select count(*)::int from seeker s where s.household_id = h.id), 0) end as others,
            array(select s.id from seeker s where s.household_id = h.id order by s.position) as "seekerIds"
     from application a join household h on h.id = a.household_id
     where a.arrived_on is not null and not exists (select from arrival r where r.application_id = a.id)
     order by a.id limit $1 for share of a`,
    [limit],
  );
}

/**
 * Enters arrivals with each person and the four follow-ups, in the caller's transaction; answers how many households. Once for an
 * application, whoever comes first.
 */
export async function enterArrivals(tx: Sql, at: Date, limit: number): Promise<number> {
  // One process at a time: a lock on the applications alone would let another enter again what it read before the first had committed.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', ['arrivals']);
  const found = (await newArrivals(tx, limit)).map((arrival) => ({ ...arrival, id: newId() }));
  if (found.length === 0) return 0;
  const people = found.flatMap((arrival) =>
    [...arrival.seekerIds, ...Array.from({ length: arrival.others }, () => null)].map((seekerId, i) => ({
      ...ofArrival(arrival),
      id: newId(),
      position: i + 1,
      adult: seekerId !== null,
      seeker_id: arrival.erased ? null : seekerId,
    })),
  );
  const asked = found.filter(({ erased }) => !erased);
  const followUps = asked.flatMap((arrival) =>
    followUpDates(arrival.arrivedOn).map(({ months, dueOn, answerBy, closesOn }) => ({
      ...ofArrival(arrival),
      id: newId(),
      months,
      due_on: dueOn,
      answer_by: answerBy,
      closes_on: closesOn,
    })),
  );
  await tx.query(
    `insert into arrival (id, source, application_id, household_id, region_code, arrived_on, synthetic, created_at)
     select a.*, $2::timestamptz from jsonb_to_recordset($1::jsonb)
       as a(id uuid, source text, application_id uuid, household_id uuid, region_code text, arrived_on date, synthetic boolean)`,
    [
      JSON.stringify(
        found.map(({ id, applicationId, householdId, regionCode, arrivedOn, synthetic }) => ({
          id,
          source: 'application',
          application_id: applicationId,
          household_id: householdId,
          region_code: regionCode,
          arrived_on: arrivedOn,
          synthetic,
        })),
      ),
      at,
    ],
  );
  await insertPeople(tx, people);
  await tx.query(
    `update proposal p set fulfilled_at = $2 from application a
     where a.id = any($1::uuid[]) and p.id = a.proposal_id and p.fulfilled_at is null`,
    [found.map(({ applicationId }) => applicationId), at],
  );
  await tx.query(
    `insert into follow_up (id, arrival_id, household_id, region_code, months, due_on, answer_by, closes_on, state, created_at)
     select f.*, 'due', $2::timestamptz from jsonb_to_recordset($1::jsonb)
       as f(id uuid, arrival_id uuid, household_id uuid, region_code text, months smallint, due_on date, answer_by date, closes_on date)`,
    [JSON.stringify(followUps), at],
  );
  return found.length;
}

const ofArrival = ({ id, householdId, regionCode }: NewArrival & { id: string }): object => ({
  arrival_id: id,
  household_id: householdId,
  region_code: regionCode,
});

/** People of arrivals that are written already. */
export async function insertPeople(tx: Sql, people: readonly object[]): Promise<void> {
  await tx.query(
    `insert into arrived_person (id, arrival_id, household_id, region_code, position, adult, seeker_id)
     select p.* from jsonb_to_recordset($1::jsonb)
       as p(id uuid, arrival_id uuid, household_id uuid, region_code text, position smallint, adult boolean, seeker_id uuid)`,
    [JSON.stringify(people)],
  );
}
