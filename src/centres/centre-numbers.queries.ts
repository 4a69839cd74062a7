import { applicationIsOver } from '../applications/applications.queries.js';
import { type Sql, firstRow, rows } from '../database/sql.js';
import { MOVED_STATES } from '../matching/market.queries.js';
import { QUEUED_STATUSES } from './proposal-view.queries.js';
import { NOTICE_WAITS } from './unreached.queries.js';

/** Proposals of a region by state, with how many are overdue. A claim that has run out counts as what it was before. */
export interface QueueCounts {
  waiting: number;
  claimed: number;
  returned: number;
  overdue: number;
  approved: number;
}

export async function queueCounts(sql: Sql, regionCode: string, today: string, at: Date): Promise<QueueCounts> {
  const row = await firstRow<QueueCounts>(
    sql,
    `select count(*) filter (where status = 'waiting' or (status = 'claimed' and claimed_until <= $3 and decided_at is null))::int as waiting,
            count(*) filter (where status = 'claimed' and claimed_until > $3)::int as claimed,
            count(*) filter (where status = 'returned' or (status = 'claimed' and claimed_until <= $3 and decided_at is not null))::int as returned,
            count(*) filter (where status = any($4::text[]) and due_on < $2::date)::int as overdue,
            count(*) filter (where status = 'approved')::int as approved
     from proposal where region_code = $1`,
    [regionCode, today, at, QUEUED_STATUSES],
  );
  return row ?? { waiting: 0, claimed: 0, returned: 0, overdue: 0, approved: 0 };
}

/** What was decided in a region on one day in Kazakhstan, by kind of decision. `byRule`: approvals of those. */
export interface DayNumbers {
  approved: number;
  byRule: number;
  returned: number;
  referred: number;
  rejected: number;
  withdrawn: number;
}

export async function dayNumbers(sql: Sql, regionCode: string, today: string): Promise<DayNumbers> {
  const row = await firstRow<DayNumbers>(
    sql,
    `select count(*) filter (where action = 'approve')::int as approved,
            count(*) filter (where action = 'approve' and actor = 'rule')::int as "byRule",
            count(*) filter (where action = 'return')::int as returned,
            count(*) filter (where action = 'refer')::int as referred,
            count(*) filter (where action = 'reject')::int as rejected,
            count(*) filter (where action = 'withdraw')::int as withdrawn
     from audit_entry
     where region_code = $1 and subject = 'proposal'
       and at >= $2 and at < $2::timestamptz + interval '24 hours'`,
    [regionCode, startOfDay(today)],
  );
  return row ?? { approved: 0, byRule: 0, returned: 0, referred: 0, rejected: 0, withdrawn: 0 };
}

/** Of a proposal whose household takes no further place of its region's quota: it has moved already, or holds a place there. */
const HAS_PLACE = `exists (select from application a
  where a.household_id = proposal.household_id and (a.state in ${MOVED_STATES}
    or (a.region_code = proposal.region_code and a.state in ('approved', 'contracted'))))`;

/** Persons of the households with an approved proposal of a calendar year in a region that may still ask for a quota place; a household counts once. */
export async function approvedPersons(sql: Sql, regionCode: string, year: number): Promise<number> {
  const row = await firstRow<{ persons: number }>(
    sql,
    `select coalesce(sum(persons), 0)::int as persons from (
       select household_id, max(persons) as persons from proposal
       where region_code = $1 and status = 'approved' and fulfilled_at is null
         and decided_at >= $2 and decided_at < $3 and not ${HAS_PLACE} and not ${applicationIsOver('proposal')}
       group by household_id) as household_persons`,
    [regionCode, startOfDay(`${year}-01-01`), startOfDay(`${year + 1}-01-01`)],
  );
  return row?.persons ?? 0;
}

/**
 * Of some households with a proposal in a region, those whose approval takes no more of its quota: another was approved this year and is
 * counted in `approvedPersons`, or they have a place.
 */
export async function countedHouseholds(
  sql: Sql,
  regionCode: string,
  year: number,
  householdIds: readonly string[],
): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    sql,
    `select distinct household_id as id from proposal
     where region_code = $1 and household_id = any($4::uuid[])
       and ((status = 'approved' and fulfilled_at is null and decided_at >= $2 and decided_at < $3 and not ${applicationIsOver('proposal')}) or ${HAS_PLACE})`,
    [regionCode, startOfDay(`${year}-01-01`), startOfDay(`${year + 1}-01-01`), householdIds],
  );
  return new Set(found.map(({ id }) => id));
}

/** Notices of a region that have gone out, however often a person was told. */
export async function noticesSent(sql: Sql, regionCode: string): Promise<number> {
  const row = await firstRow<{ sent: number }>(
    sql,
    `select count(*)::int as sent from delivery where region_code = $1 and status in ('sent', 'delivered')`,
    [regionCode],
  );
  return row?.sent ?? 0;
}

/** Receipts of a region's notices of one day in Kazakhstan by how they ended; `inDoubt`: of any day, not known to have arrived. */
export interface ReceiptNumbers {
  sent: number;
  failed: number;
  suppressed: number;
  inDoubt: number;
}

export async function receiptNumbers(sql: Sql, regionCode: string, today: string): Promise<ReceiptNumbers> {
  const row = await firstRow<ReceiptNumbers>(
    sql,
    `select count(*) filter (where today and status in ('sent', 'delivered'))::int as sent,
            count(*) filter (where today and status = 'failed' and not waits)::int as failed,
            count(*) filter (where today and status = 'suppressed')::int as suppressed,
            count(*) filter (where in_doubt)::int as "inDoubt"
     from (select status, in_doubt, ${NOTICE_WAITS} as waits, coalesce(finished_at, created_at) >= $2
                    and coalesce(finished_at, created_at) < $2::timestamptz + interval '24 hours' as today
           from delivery where region_code = $1) as receipts`,
    [regionCode, startOfDay(today)],
  );
  return row ?? { sent: 0, failed: 0, suppressed: 0, inDoubt: 0 };
}

/** Medians in days, with fractions; null where there is nothing to take one of. */
export interface Waits {
  /** How long what waits for the centre has waited. */
  waitingDays: number | null;
  /** How long it took what people (no rule, no run) decided today. */
  decidedDays: number | null;
}

export async function waits(sql: Sql, regionCode: string, today: string, at: Date): Promise<Waits> {
  const row = await firstRow<Waits>(
    sql,
    `select percentile_cont(0.5) within group (order by extract(epoch from $3::timestamptz - created_at) / 86400)
              filter (where status in ('waiting', 'claimed')) as "waitingDays",
            percentile_cont(0.5) within group (order by extract(epoch from decided_at - created_at) / 86400)
              filter (where decided_by ~ '^[0-9a-f]{8}-' and status in ('returned', 'approved', 'referred', 'rejected')
                and decided_at >= $2 and decided_at < $2::timestamptz + interval '24 hours') as "decidedDays"
     from proposal where region_code = $1`,
    [regionCode, startOfDay(today), at],
  );
  return row ?? { waitingDays: null, decidedDays: null };
}

/** Regions that ever had a proposal. */
export async function regionsWithProposals(sql: Sql): Promise<string[]> {
  const found = await rows<{ code: string }>(sql, `select distinct region_code as code from proposal`);
  return found.map(({ code }) => code);
}

/** Midnight in Kazakhstan at the start of a calendar date. */
function startOfDay(date: string): Date {
  return new Date(`${date}T00:00:00+05:00`);
}
