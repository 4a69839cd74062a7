import { type Sql, firstRow, rows } from '../database/sql.js';

/** What PostgreSQL shows now, as `pg_snapshot` writes it. */
export async function currentSnapshot(sql: Sql): Promise<string> {
  const row = await firstRow<{ snapshot: string }>(sql, 'select pg_current_snapshot()::text as snapshot');
  return row!.snapshot;
}

/**
 * Of an event `e`: a run is done whose reading showed the event's transaction, over all households or over the event's vacancy.
 * A snapshot from beyond the present is another server's, whose backup was restored here: its transaction numbers say nothing of ours.
 */
const COVERED = `exists (
  select from match_run r
  where r.status = 'done' and r.household_id is null
    and (r.vacancy_ids is null or r.vacancy_ids @> array[(e.payload ->> 'vacancyId')::uuid])
    and pg_snapshot_xmax(r.read_snapshot) > e.made_in
    and pg_snapshot_xmax(r.read_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
    and pg_visible_in_snapshot(e.made_in, r.read_snapshot))`;

/** True when a run has met the event's wish (`COVERED`). */
export async function coveredByRun(sql: Sql, eventId: string): Promise<boolean> {
  const row = await firstRow<{ covered: boolean }>(
    sql,
    `select ${COVERED} as covered from outbox_event e where e.id = $1`,
    [eventId],
  );
  return row?.covered ?? false;
}

/**
 * Of an event `e`: it asks for a match that nobody has done yet. One whose own run has failed is left to its own job, so that it
 * cannot fail those of others. The two cases of `enqueued_at` are those of the indexes of unsent and of unfinished events, which
 * answer it.
 */
const UNMET = `e.topic = 'match.requested'
  and e.finished_at is null and (e.enqueued_at is null or e.enqueued_at is not null)
  and not exists (select from match_run r where r.id = e.id and r.status in ('done', 'failed')) and not ${COVERED}`;

/** Vacancies that events ask to be matched which no run has met yet, the earliest asked for first. */
export async function askedVacancies(sql: Sql, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    sql,
    `select e.payload ->> 'vacancyId' as id from outbox_event e
     where ${UNMET} and e.payload ? 'vacancyId'
     group by 1 order by min(e.id::text) limit $1`,
    [limit],
  );
  return found.map(({ id }) => id);
}

/** A household that an event asks to be matched. */
export interface AskedHousehold {
  eventId: string;
  householdId: string;
}

/** Households that events ask to be matched which no run has met yet, the earliest asked for first. */
export function askedHouseholds(sql: Sql, limit: number): Promise<AskedHousehold[]> {
  return rows(
    sql,
    `select e.id as "eventId", e.payload ->> 'householdId' as "householdId" from outbox_event e
     where ${UNMET} and e.payload ? 'householdId' order by e.id limit $1`,
    [limit],
  );
}

/** Whether the run of an id has failed before. */
export async function hasFailed(sql: Sql, runId: string): Promise<boolean> {
  return (await rows(sql, `select from match_run where id = $1 and status = 'failed'`, [runId])).length > 0;
}
