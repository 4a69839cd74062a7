import { runMigrations } from 'bullmq';
import type pg from 'pg';

/** PostgreSQL schema of BullMQ's own tables, apart from the program's. */
export const QUEUE_SCHEMA = 'bullmq';

/** Brings BullMQ's tables up to date. They exist on every installation, used only where no Redis is set. */
export async function migrateQueues(client: pg.Client): Promise<void> {
  await runMigrations(client, QUEUE_SCHEMA);
}
