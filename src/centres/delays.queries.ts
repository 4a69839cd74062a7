import { type Sql, rows } from '../database/sql.js';

/** What waits for the centre of each region that has anything; a case that was returned waits for its household. */
export function waitingByRegion(
  sql: Sql,
  today: string,
): Promise<{ regionCode: string; waiting: number; overdue: number }[]> {
  return rows(
    sql,
    `select region_code as "regionCode", count(*)::int as waiting, count(*) filter (where due_on < $1::date)::int as overdue
     from proposal where status in ('waiting', 'claimed') group by 1 order by 1`,
    [today],
  );
}

/** Decisions that people of the centres made, alike ones together. Days are those of Kazakhstan. */
export interface DecisionCount {
  regionCode: string;
  action: 'approve' | 'return' | 'refer' | 'reject';
  reason: string | null;
  proposedOn: string;
  decidedOn: string;
  decisions: number;
}

/** Since an instant. What a rule approved waited for nobody and is left out. */
export function decisionCounts(sql: Sql, regions: readonly string[], since: Date): Promise<DecisionCount[]> {
  return rows(
    sql,
    `select a.region_code as "regionCode", a.action, a.reason,
            (p.created_at at time zone 'Asia/Almaty')::date::text as "proposedOn",
            (a.at at time zone 'Asia/Almaty')::date::text as "decidedOn", count(*)::int as decisions
     from audit_entry a join proposal p on p.id = a.subject_id
     where a.region_code = any($1::text[]) and a.at >= $2 and a.subject = 'proposal'
       and a.action in ('approve', 'return', 'refer', 'reject') and a.actor ~ '^[0-9a-f]{8}-'
     group by 1, 2, 3, 4, 5`,
    [regions, since],
  );
}
