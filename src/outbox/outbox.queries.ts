import { type Sql, firstRow, rows } from '../database/sql.js';
import type { Topic } from '../queue/queues.js';

export interface OutboxEventRow {
  id: string;
  topic: Topic;
  regionCode: string | null;
  payload: Record<string, string>;
  createdAt: Date;
}

/** The event a job was set going by. */
export function outboxEvent(sql: Sql, id: string): Promise<OutboxEventRow | undefined> {
  return firstRow(
    sql,
    `select id, topic, region_code as "regionCode", payload, created_at as "createdAt" from outbox_event where id = $1`,
    [id],
  );
}

/** Whether what an event asks for has been done, by its own job or with another's. */
export async function isFinished(sql: Sql, id: string): Promise<boolean> {
  return (await rows(sql, `select from outbox_event where id = $1 and finished_at is not null`, [id])).length > 0;
}

/** An event that has been put into its queue and whose job has not been seen to end. */
export type UnfinishedEvent = Pick<OutboxEventRow, 'id' | 'topic' | 'regionCode' | 'createdAt'>;

/** Unfinished events in the order of their ids, after the one given. */
export function unfinishedEvents(
  sql: Sql,
  ask: { enqueuedBefore: Date; createdAfter: Date; after: string | null; limit: number },
): Promise<UnfinishedEvent[]> {
  return rows(
    sql,
    `select id, topic, region_code as "regionCode", created_at as "createdAt" from outbox_event
     where finished_at is null and enqueued_at < $1 and created_at > $2 and ($3::uuid is null or id > $3)
     order by id limit $4`,
    [ask.enqueuedBefore, ask.createdAfter, ask.after, ask.limit],
  );
}

/** Marks events whose jobs have ended. */
export async function finishEvents(sql: Sql, ids: readonly string[], at: Date): Promise<void> {
  await sql.query(`update outbox_event set finished_at = $2 where id = any($1::uuid[]) and finished_at is null`, [
    ids,
    at,
  ]);
}

/** How many events there are, and how many of them are not yet in a queue. */
export async function eventCounts(sql: Sql): Promise<{ all: number; waiting: number }> {
  const row = await firstRow<{ all: number; waiting: number }>(
    sql,
    `select count(*)::int as all, (count(*) filter (where enqueued_at is null))::int as waiting from outbox_event`,
  );
  return row!;
}

/** Events not yet in a queue, and the age of the oldest in seconds. */
export async function outboxLag(sql: Sql, at: Date): Promise<{ waiting: number; oldestSeconds: number }> {
  const row = await firstRow<{ waiting: string; oldest: Date | null }>(
    sql,
    `select count(*) as waiting, min(created_at) as oldest from outbox_event where enqueued_at is null`,
  );
  const oldest = row?.oldest ?? at;
  return { waiting: Number(row?.waiting ?? 0), oldestSeconds: Math.max(0, (at.getTime() - oldest.getTime()) / 1000) };
}
