import type { EntityManager } from 'typeorm';
import { newId } from '../shared/ids.js';
import { AuditEntry } from './audit-entry.entity.js';

export interface AuditRecord {
  at: Date;
  /** A token's or account's id, or the name of the rule or job that acted. */
  actor: { id: string; role: string };
  regionCode: string | null;
  subject: 'proposal' | 'vacancy' | 'household' | 'auto_approve_rule' | 'notice_queue' | 'api_token';
  subjectId: string;
  action: string;
  from: string | null;
  to: string | null;
  reason?: string | null;
  /** Ids and codes; no personal data. */
  details?: Record<string, string | number | boolean | null | string[]>;
}

/** Writes one line of the audit log in the transaction of the change it tells of. */
export async function recordAudit(tx: EntityManager, record: AuditRecord): Promise<void> {
  await tx.insert(AuditEntry, {
    id: newId(),
    at: record.at,
    actor: record.actor.id,
    actorRole: record.actor.role,
    regionCode: record.regionCode,
    subject: record.subject,
    subjectId: record.subjectId,
    action: record.action,
    fromState: record.from,
    toState: record.to,
    reason: record.reason ?? null,
    details: (record.details ?? {}) as object,
  });
}
