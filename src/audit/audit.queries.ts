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

export interface TrailLine extends AuditLine {
  id: string;
  subject: string;
  subjectId: string;
}

export interface TrailFilter {
  subject?: string;
  action?: string;
  /** The first instant, and the first one after the last. */
  from?: Date;
  until?: Date;
}

/** Everything that happened in a region, newest first, from before a line. */
export function regionTrail(
  sql: Sql,
  regionCode: string,
  filter: TrailFilter,
  slice: { before: { at: string; id: string } | null; limit: number },
): Promise<(TrailLine & { atKey: string })[]> {
  const { subject, action, from, until } = filter;
  return rows(
    sql,
    `select a.id, a.at, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "atKey", a.subject,
            a.subject_id as "subjectId", a.actor, t.label as "actorLabel", a.actor_role as "actorRole", a.action,
            a.from_state as "fromState", a.to_state as "toState", a.reason, a.details
     from audit_entry a left join api_token t on t.id::text = a.actor
     where a.region_code = $1 and ($2::text is null or a.subject = $2) and ($3::text is null or a.action = $3)
       and ($4::timestamptz is null or a.at >= $4) and ($5::timestamptz is null or a.at < $5)
       and ($6::timestamptz is null or (a.at, a.id) < ($6::timestamptz, $7::uuid))
     order by a.at desc, a.id desc limit $8`,
    [
      regionCode,
      subject ?? null,
      action ?? null,
      from ?? null,
      until ?? null,
      slice.before?.at ?? null,
      slice.before?.id ?? null,
      slice.limit,
    ],
  );
}
