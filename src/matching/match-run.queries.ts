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

/** Vacancies that events ask to be matched which no run has met yet, the earliest asked for first. */
export async function askedVacancies(sql: Sql, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    sql,
    `select e.payload ->> 'vacancyId' as id from outbox_event e
     where e.topic = 'match.requested' and e.finished_at is null and e.payload ? 'vacancyId' and not ${COVERED}
     group by 1 order by min(e.id::text) limit $1`,
    [limit],
  );
  return found.map(({ id }) => id);
}
