import { type Sql, firstRow } from '../database/sql.js';
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

/** Events not yet in a queue, and the age of the oldest in seconds. */
export async function outboxLag(sql: Sql, at: Date): Promise<{ waiting: number; oldestSeconds: number }> {
  const row = await firstRow<{ waiting: string; oldest: Date | null }>(
    sql,
    `select count(*) as waiting, min(created_at) as oldest from outbox_event where enqueued_at is null`,
  );
  const oldest = row?.oldest ?? at;
  return { waiting: Number(row?.waiting ?? 0), oldestSeconds: Math.max(0, (at.getTime() - oldest.getTime()) / 1000) };
}
