import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { ApplicationStep } from '../../applications/application-step.entity.js';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import { OutboxEvent } from '../../outbox/outbox-event.entity.js';
import { SupportPayment } from '../../outcomes/support-payment.entity.js';

/** Rows that nothing reads before the transaction ends, in the order in which they refer to others. */
const KEPT: readonly EntityTarget<ObjectLiteral>[] = [ApplicationStep, SupportPayment, AuditEntry, OutboxEvent];

/** A transaction whose append-only rows are written together at its end, and the writing of them. */
export interface BundledWrites {
  tx: EntityManager;
  /** Writes what was kept. Nothing is kept any more after it. */
  flush(): Promise<void>;
}

/**
 * The same transaction for thousands of steps at once: what a step only adds (its line, its audit entry, its event) is kept and written by
 * few statements at the end, and the relay is not woken for events of the past. Everything else is written at once, as always.
 */
export function bundleWrites(tx: EntityManager): BundledWrites {
  const kept = new Map<unknown, ObjectLiteral[]>(KEPT.map((entity) => [entity, []]));
  const bundled = Object.create(tx) as EntityManager;
  bundled.insert = (async (entity: EntityTarget<ObjectLiteral>, row: ObjectLiteral | ObjectLiteral[]) => {
    const rows = kept.get(entity);
    if (rows === undefined) return tx.insert(entity, row);
    rows.push(...[row].flat());
    return undefined;
  }) as EntityManager['insert'];
  bundled.query = ((sql: string, parameters?: unknown[]) =>
    sql.startsWith('select pg_notify(') ? Promise.resolve([]) : tx.query(sql, parameters)) as EntityManager['query'];
  return {
    tx: bundled,
    async flush() {
      for (const [entity, rows] of kept) await writeAll(tx, entity as EntityTarget<ObjectLiteral>, rows.splice(0));
    },
  };
}

/** One statement for all rows of an entity: a thousand rows by TypeORM's own take it half a second. */
async function writeAll(
  tx: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly ObjectLiteral[],
): Promise<void> {
  const { tableName, columns } = tx.connection.getMetadata(entity);
  const names = columns.map(({ databaseName }) => databaseName).join(', ');
  const named = rows.map((row) =>
    Object.fromEntries(columns.map(({ databaseName, propertyName }) => [databaseName, row[propertyName] ?? null])),
  );
  await tx.query(
    `insert into ${tableName} (${names}) select ${names} from jsonb_populate_recordset(null::${tableName}, $1::jsonb)`,
    [JSON.stringify(named)],
  );
}
