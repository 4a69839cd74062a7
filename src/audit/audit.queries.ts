import { type Sql, rows } from '../database/sql.js';

export interface AuditLine {
  at: Date;
  /** A token's id, or the name of the rule or job that acted. */
  actor: string;
  /** The token's label, where the actor is one. */
  actorLabel: string | null;
  actorRole: string;
  action: string;
  fromState: string | null;
  toState: string | null;
  reason: string | null;
  details: Record<string, unknown>;
}

/** Everything that happened to one thing, oldest first. */
export function auditTrail(sql: Sql, subject: string, subjectId: string): Promise<AuditLine[]> {
  return rows(
    sql,
    `select a.at, a.actor, t.label as "actorLabel", a.actor_role as "actorRole", a.action,
            a.from_state as "fromState", a.to_state as "toState", a.reason, a.details
     from audit_entry a left join api_token t on t.id::text = a.actor
     where a.subject = $1 and a.subject_id = $2 order by a.at, a.id`,
    [subject, subjectId],
  );
}
