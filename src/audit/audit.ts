import type { EntityManager } from 'typeorm';
import { newId } from '../shared/ids.js';
import { AuditEntry } from './audit-entry.entity.js';

/** Everything the log may tell of; the pages have words for each. */
export const AUDIT_ACTIONS = [
  'propose', 'rescore', 'recount', 'claim', 'release', 'put_back', 'approve', 'return', 'refer', 'reject', 'withdraw',
  'take_referral', 'read_contact', 'find_by_iin', 'express_interest', 'withdraw_interest', 'share_contact', 'hide_contact',
  'dismiss', 'undo_dismiss', 'erase', 'register', 'verify', 'close', 'set', 'pause', 'resume', 'create', 'change', 'disable',
  'enable', 'delete', 'reset_second_factor', 'sign_out', 'revoke', 'correct', 'undo_correct', 'recode',
  'ask', 'take', 'pass_on', 'answer', 'publish', 'unpublish',
  'start', 'apply', 'ask_papers', 'forward', 'wait', 'extend', 'contract', 'arrive', 'settle', 'take_back', 'lapse', 'lose_job', 'refuse', 'refused_action',
  'revise_quota',
  'ask_household', 'record_answer', 'miss', 'void',
] as const; // prettier-ignore
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Everything that something may be told of; the pages have words for each. */
export const AUDIT_SUBJECTS = [
  'proposal', 'application', 'quota', 'vacancy', 'employer', 'household', 'auto_approve_rule', 'notice_queue', 'api_token', 'account', 'title_correction', 'question', 'follow_up', 'second_chance', 'support_payment',
] as const; // prettier-ignore
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];

export interface AuditRecord {
  at: Date;
  /** A token's or account's id, or the name of the rule or job that acted. */
  actor: { id: string; role: string };
  regionCode: string | null;
  subject: AuditSubject;
  subjectId: string;
  action: AuditAction;
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

/** Writes many lines at once: the changes of one run. */
export async function recordAudits(tx: EntityManager, records: readonly AuditRecord[]): Promise<void> {
  for (let i = 0; i < records.length; i += 1_000) {
    const lines = records.slice(i, i + 1_000).map(({ actor, ...record }) => ({
      ...record,
      id: newId(),
      actor: actor.id,
      actorRole: actor.role,
      reason: record.reason ?? null,
      details: record.details ?? {},
    }));
    await tx.query(
      `insert into audit_entry (id, at, actor, actor_role, region_code, subject, subject_id, action, from_state, to_state, reason, details)
       select id, at, actor, "actorRole", "regionCode", subject, "subjectId", action, "from", "to", reason, details
       from jsonb_to_recordset($1::jsonb) as a(id uuid, at timestamptz, actor text, "actorRole" text, "regionCode" text, subject text,
         "subjectId" uuid, action text, "from" text, "to" text, reason text, details jsonb)`,
      [JSON.stringify(lines)],
    );
  }
}
