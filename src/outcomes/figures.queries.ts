import { type Sql, rows } from '../database/sql.js';
import type { SupportCode } from '../programme/support-rules.js';
import type { Activity, Housing, ReturnReason } from './outcome-kinds.js';

/**
 * Only households that applied here: published tables have a source of their own. One that went back and came again counts once, as its
 * latest arrival in the region has it.
 */
export const APPLIED = `r.source = 'application' and not exists (select from arrival later
  where later.household_id = r.household_id and later.region_code = r.region_code and (later.arrived_on, later.id) > (r.arrived_on, r.id))`;

/** Of an arrival `r`: the household went back, everybody in it. */
export const HAS_RETURNED = `exists (select from standing_outcome o where o.arrival_id = r.id and o.kind = 'returned')`;

/** Adults who arrived, by how they stood when last heard of; null: not heard of yet. */
export function adultsByKind(
  sql: Sql,
): Promise<{ regionCode: string; kind: Activity | 'returned' | null; adults: number }[]> {
  return rows(
    sql,
    `select r.region_code as "regionCode", last.kind, count(*)::int as adults
     from arrival r join arrived_person p on p.arrival_id = r.id and p.adult
     left join lateral (select o.kind from standing_outcome o where o.person_id = p.id order by o.id desc limit 1) last on true
     where ${APPLIED} group by 1, 2`,
  );
}

/** Households behind each number of `adultsByKind`, also over regions, over kinds and over all (null); `not_heard`: no kind yet. */
export function householdsOfAdults(
  sql: Sql,
): Promise<{ regionCode: string | null; kind: Activity | 'returned' | 'not_heard' | null; households: number }[]> {
  return rows(
    sql,
    `select "regionCode", kind, count(distinct id)::int as households from (
       select r.id, r.region_code as "regionCode", coalesce(last.kind, 'not_heard') as kind
       from arrival r join arrived_person p on p.arrival_id = r.id and p.adult
       left join lateral (select o.kind from standing_outcome o where o.person_id = p.id order by o.id desc limit 1) last on true
       where ${APPLIED}) as adults
     group by cube ("regionCode", kind)`,
  );
}

/** Households that stayed, by how they were housed when last heard of; null: not heard of yet. */
export function householdsByHousing(
  sql: Sql,
): Promise<{ regionCode: string; kind: Housing | null; households: number }[]> {
  return rows(
    sql,
    `select r.region_code as "regionCode", last.kind, count(*)::int as households
     from arrival r
     left join lateral (select o.kind from standing_outcome o where o.arrival_id = r.id and o.person_id is null order by o.id desc limit 1) last on true
     where ${APPLIED} and not ${HAS_RETURNED} group by 1, 2`,
  );
}

/** Households that went back with everybody in them, by the reason that they gave last. */
export function returnsByReason(
  sql: Sql,
): Promise<{ regionCode: string; reason: ReturnReason; households: number; persons: number }[]> {
  return rows(
    sql,
    `select "regionCode", reason, count(*)::int as households, sum(persons)::int as persons from (
       select r.region_code as "regionCode", count(distinct o.person_id) as persons,
              (array_agg(o.reason order by o.id desc))[1] as reason
       from arrival r join standing_outcome o on o.arrival_id = r.id and o.kind = 'returned'
       where ${APPLIED} group by r.id) as went
     group by 1, 2`,
  );
}

/** Support paid between two dates, the last one not with it; what was taken back is left out. */
export function paymentsByMeasure(
  sql: Sql,
  from: string,
  until: string,
): Promise<{ regionCode: string; measure: SupportCode; tenge: number }[]> {
  return rows(
    sql,
    `select region_code as "regionCode", measure, sum(tenge)::float8 as tenge from support_payment
     where voided_at is null and paid_on >= $1::date and paid_on < $2::date group by 1, 2`,
    [from, until],
  );
}

/** Households behind each sum of `paymentsByMeasure`, also over regions, over measures and over all (null). */
export function paidHouseholds(
  sql: Sql,
  from: string,
  until: string,
): Promise<{ regionCode: string | null; measure: SupportCode | null; households: number }[]> {
  return rows(
    sql,
    `select region_code as "regionCode", measure, count(distinct household_id)::int as households from support_payment
     where voided_at is null and paid_on >= $1::date and paid_on < $2::date
     group by cube (region_code, measure)`,
    [from, until],
  );
}

/** Stands in place of a region for the programme's own desk. */
export const PROGRAMME = 'programme';

/** What began and ended on the same dates in a region. */
export interface EndedCount {
  regionCode: string;
  from: string;
  to: string;
  count: number;
}

/** Applications from the day on which they were made to the day on which they were first forwarded to the region, since an instant. */
export function forwardedApplications(sql: Sql, since: Date): Promise<EndedCount[]> {
  return rows(
    sql,
    `select region_code as "regionCode", (applied_at at time zone 'Asia/Almaty')::date::text as "from",
            (forwarded_at at time zone 'Asia/Almaty')::date::text as "to", count(*)::int as count
     from application where forwarded_at >= $1 and applied_at is not null group by 1, 2, 3`,
    [since],
  );
}

/** Applications from the day on which the reception region first had them, or else they were made, to the first decision, made since an instant. */
export function decidedApplications(sql: Sql, since: Date): Promise<EndedCount[]> {
  return rows(
    sql,
    `select region_code as "regionCode", (coalesce(forwarded_at, applied_at) at time zone 'Asia/Almaty')::date::text as "from",
            (decided_at at time zone 'Asia/Almaty')::date::text as "to", count(*)::int as count
     from application where decided_at >= $1 and coalesce(forwarded_at, applied_at) is not null group by 1, 2, 3`,
    [since],
  );
}

/** Questions to a desk, the programme's own among them, from the day on which they were asked to the answer, answered since an instant. */
export function answeredQuestions(sql: Sql, since: Date): Promise<EndedCount[]> {
  return rows(
    sql,
    `select coalesce(region_code, '${PROGRAMME}') as "regionCode", (created_at at time zone 'Asia/Almaty')::date::text as "from",
            (answered_at at time zone 'Asia/Almaty')::date::text as "to", count(*)::int as count
     from question where answered_at >= $1 group by 1, 2, 3`,
    [since],
  );
}

/** What waits for a desk of a region and how much of it is overdue. */
export interface WaitingCount {
  regionCode: string;
  open: number;
  overdue: number;
}

/** Applications that wait for their first decision in the hands of a centre: to be forwarded, or forwarded once already. */
export function undecidedApplications(sql: Sql, today: string, forwarded: boolean): Promise<WaitingCount[]> {
  return rows(
    sql,
    `select region_code as "regionCode", count(*)::int as open, count(*) filter (where due_on < $1::date)::int as overdue
     from application where ended_at is null and decided_at is null and owner in ('career_centre', 'reception_centre')
       and (forwarded_at is not null) = $2 group by 1`,
    [today, forwarded],
  );
}

/** Questions that wait for a desk, the programme's own among them. */
export function openQuestions(sql: Sql, today: string): Promise<WaitingCount[]> {
  return rows(
    sql,
    `select coalesce(region_code, '${PROGRAMME}') as "regionCode", count(*)::int as open, count(*) filter (where due_on < $1::date)::int as overdue
     from question where status in ('waiting', 'taken') group by 1`,
    [today],
  );
}
