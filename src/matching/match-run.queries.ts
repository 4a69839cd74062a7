import { type Sql, firstRow } from '../database/sql.js';

/** What PostgreSQL shows now, as `pg_snapshot` writes it. */
export async function currentSnapshot(sql: Sql): Promise<string> {
  const row = await firstRow<{ snapshot: string }>(sql, 'select pg_current_snapshot()::text as snapshot');
  return row!.snapshot;
}

/**
 * True when a run over all households is done whose reading showed the event's transaction. A snapshot from beyond the present
 * is another server's, whose backup was restored here: its transaction numbers say nothing of ours.
 */
export async function coveredByWholeRun(sql: Sql, eventId: string): Promise<boolean> {
  const row = await firstRow<{ covered: boolean }>(
    sql,
    `select exists (
       select from match_run r
       where r.status = 'done' and r.household_id is null
         and pg_snapshot_xmax(r.read_snapshot) > e.made_in
         and pg_snapshot_xmax(r.read_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
         and pg_visible_in_snapshot(e.made_in, r.read_snapshot)
     ) as covered
     from outbox_event e where e.id = $1`,
    [eventId],
  );
  return row?.covered ?? false;
}
