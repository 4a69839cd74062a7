import { type Sql, firstRow, rows } from '../database/sql.js';
import type { QuotaKey } from '../programme/quota-ledger.js';
import type { ApplicationOwner, ApplicationState } from './application-states.js';

/** The region and category of an application, which never change. */
export function quotaKeyOf(sql: Sql, id: string): Promise<QuotaKey | undefined> {
  return firstRow(sql, `select region_code as "regionCode", category from application where id = $1`, [id]);
}

/** How many persons a household is now, and where it lives; undefined: erased, or there is none. It cannot change before the transaction ends. */
export function householdNow(
  sql: Sql,
  householdId: string,
): Promise<{ persons: number; homeRegionCode: string } | undefined> {
  return firstRow(
    sql,
    `select h.children + h.other_members + (select count(*)::int from seeker s where s.household_id = h.id) as persons,
            h.home_region_code as "homeRegionCode"
     from household h where h.id = $1 and h.erased_at is null for share of h`,
    [householdId],
  );
}

/** The first of those who wait for a place of a quota, locked. */
export function nextWaiting(sql: Sql, { regionCode, category }: QuotaKey): Promise<{ id: string } | undefined> {
  return firstRow(
    sql,
    `select id from application where region_code = $1 and category = $2 and state = 'waiting_quota'
     order by wait_order limit 1 for update`,
    [regionCode, category],
  );
}

/** The next number in the order of the waiting; drawn under the balance's lock, so that it rises with time. */
export async function nextWaitOrder(sql: Sql): Promise<string> {
  const [row] = await rows<{ order: string }>(sql, `select nextval('application_wait')::text as order`);
  return row!.order;
}

/** Open applications whose due date has passed and that may end by themselves in their state. */
export function pastDue(
  sql: Sql,
  today: string,
  states: readonly ApplicationState[],
): Promise<{ id: string; state: ApplicationState; dueOn: string; stateSince: Date }[]> {
  return rows(
    sql,
    `select id, state, due_on::text as "dueOn", state_since as "stateSince" from application
     where ended_at is null and due_on < $1::date and state = any($2::text[]) order by region_code, due_on, id`,
    [today, states],
  );
}

/** Regions and categories with a quota of the year or with somebody waiting, in the order in which they are locked. */
export function quotaKeys(sql: Sql, year: number): Promise<QuotaKey[]> {
  return rows(
    sql,
    `select region_code as "regionCode", category from programme_quota where year = $1
     union select region_code, category from application where state = 'waiting_quota' order by 1, 2`,
    [year],
  );
}

/** An application with what a list shows of it; nobody is named. */
export interface ApplicationRow {
  id: string;
  householdId: string;
  proposalId: string;
  regionCode: string;
  homeRegionCode: string;
  districtKato: string;
  districtNameRu: string;
  districtNameKk: string;
  category: 'settlers' | 'kandas';
  persons: number;
  state: ApplicationState;
  owner: ApplicationOwner | null;
  dueOn: string | null;
  overdue: boolean;
  reason: string | null;
  note: string | null;
  jobLostAt: Date | null;
  jobLostReason: string | null;
  /** 1 for the first of those who wait for a place in the region. */
  waitPosition: number | null;
  quotaYear: number | null;
  appliedAt: Date | null;
  arrivedOn: string | null;
  endedAt: Date | null;
  stateSince: Date;
  version: number;
  createdAt: Date;
  /** The household is invented, for a demonstration. */
  synthetic: boolean;
  /** `synthetic`: the vacancy is invented, for a demonstration. */
  jobs: { vacancyId: string; title: string; employerName: string; position: number; synthetic: boolean }[];
}

const APPLICATION = (today: string): string => `
  select a.id, a.household_id as "householdId", a.proposal_id as "proposalId", a.region_code as "regionCode",
         a.home_region_code as "homeRegionCode", p.district_kato as "districtKato", d.name_ru as "districtNameRu",
         d.name_kk as "districtNameKk", a.category, a.persons, a.state, a.owner, a.due_on::text as "dueOn",
         a.ended_at is null and a.due_on < ${today}::date as overdue, a.reason, a.note, a.job_lost_at as "jobLostAt",
         a.job_lost_reason as "jobLostReason", a.quota_year as "quotaYear", a.applied_at as "appliedAt",
         a.arrived_on::text as "arrivedOn", a.ended_at as "endedAt", a.state_since as "stateSince", a.version,
         a.created_at as "createdAt",
         (select h.synthetic from household h where h.id = a.household_id) as synthetic,
         (select 1 + count(*)::int from application o
          where a.wait_order is not null and o.region_code = a.region_code and o.category = a.category
            and o.state = 'waiting_quota' and o.wait_order < a.wait_order
          having a.wait_order is not null) as "waitPosition",
         (select coalesce(json_agg(json_build_object('vacancyId', v.id, 'title', v.title, 'employerName', v.employer_name,
                   'position', s.position, 'synthetic', v.synthetic) order by s.position), '[]')
          from placement pl join vacancy v on v.id = pl.vacancy_id join seeker s on s.id = pl.seeker_id
          where pl.proposal_id = a.proposal_id) as jobs
  from application a join proposal p on p.id = a.proposal_id join place d on d.kato = p.district_kato`;

export function applicationRow(sql: Sql, id: string, today: string): Promise<ApplicationRow | undefined> {
  return firstRow(sql, `${APPLICATION('$2')} where a.id = $1`, [id, today]);
}

/** A household's own, the open ones first, then the newest. */
export function applicationsOfHousehold(sql: Sql, householdId: string, today: string): Promise<ApplicationRow[]> {
  return rows(
    sql,
    `${APPLICATION('$2')} where a.household_id = $1 order by a.ended_at is not null, a.updated_at desc, a.id desc`,
    [householdId, today],
  );
}

export interface ApplicationFilter {
  regionCode: string;
  /** Null: every open state but the mere interest. */
  state: ApplicationState | null;
  overdueOnly: boolean;
  /** The last line of the page before. */
  after: { sort: string; id: string } | null;
  limit: number;
}

/**
 * A region's applications: those that wait for quota in their order, open ones by due date (so that the overdue stand first), over
 * ones by their end, the newest first. `sort` is what the next page begins after.
 */
export function applicationsOfRegion(
  sql: Sql,
  { regionCode, state, overdueOnly, after, limit }: ApplicationFilter,
  today: string,
): Promise<(ApplicationRow & { sort: string })[]> {
  return rows(
    sql,
    `select * from (
       select found.*, case
           when found.state = 'waiting_quota' and $3::text is not null then lpad(w.wait_order::text, 20, '0')
           when found."endedAt" is not null then lpad((4102444800 - extract(epoch from found."endedAt"))::bigint::text, 20, '0')
           else found."dueOn" end as sort
       from (${APPLICATION('$2')} where a.region_code = $1
               and (case when $3::text is null then a.ended_at is null and a.state <> 'interested' else a.state = $3 end)
               and (not $4::bool or (a.ended_at is null and a.due_on < $2::date))) as found
       join application w on w.id = found.id) as listed
     where $5::text is null or (sort, id) > ($5, $6::uuid)
     order by sort, id limit $7`,
    [regionCode, today, state, overdueOnly, after?.sort ?? null, after?.id ?? null, limit],
  );
}

export interface StepRow {
  action: string;
  fromState: ApplicationState | null;
  toState: ApplicationState;
  owner: ApplicationOwner | null;
  dueOn: string | null;
  reason: string | null;
  note: string | null;
  at: Date;
  actorRole: string;
}

/** Every step of some applications, the oldest first. Of who took it the role only. */
export function stepsOf(sql: Sql, ids: readonly string[]): Promise<(StepRow & { applicationId: string })[]> {
  return rows(
    sql,
    `select application_id as "applicationId", action, from_state as "fromState", to_state as "toState", owner,
            due_on::text as "dueOn", reason, note, at, actor_role as "actorRole"
     from application_step where application_id = any($1::uuid[]) order by at, id`,
    [ids],
  );
}

/** What an application was when its return was recorded; null: it was not. */
export async function stateBeforeReturn(sql: Sql, id: string): Promise<ApplicationState | null> {
  const found = await firstRow<{ state: ApplicationState }>(
    sql,
    `select from_state as state from application_step where application_id = $1 and action = 'return' order by at desc, id desc limit 1`,
    [id],
  );
  return found?.state ?? null;
}

/** Open applications of a region by state, and how many are overdue. */
export function applicationCounts(
  sql: Sql,
  regionCode: string,
  today: string,
): Promise<{ state: ApplicationState; open: number; overdue: number }[]> {
  return rows(
    sql,
    `select state, count(*)::int as open, count(*) filter (where due_on < $2::date)::int as overdue
     from application where region_code = $1 and ended_at is null group by state`,
    [regionCode, today],
  );
}

/** Persons of those who wait for a place, and who is the first of them. */
export async function waitingFor(
  sql: Sql,
  { regionCode, category }: QuotaKey,
): Promise<{ persons: number; first: { id: string; persons: number } | null }> {
  const row = await firstRow<{ persons: number; first: { id: string; persons: number } | null }>(
    sql,
    `select coalesce(sum(persons), 0)::int as persons,
            (array_agg(jsonb_build_object('id', id, 'persons', persons) order by wait_order))[1] as first
     from application where region_code = $1 and category = $2 and state = 'waiting_quota'`,
    [regionCode, category],
  );
  return row ?? { persons: 0, first: null };
}

/** What a household itself asked for: no job was lost by it. */
export const OWN_WISH = `('consent_withdrawn', 'household_asked', 'household_dismissed', 'wish_changed', 'superseded')`;

/** States in which a household and its centre are told when the job is gone. */
export const JOB_MAY_BE_LOST = `('applied', 'papers_missing', 'forwarded', 'waiting_quota', 'approved')`;

/**
 * Open applications whose proposal was withdrawn and that do not say so yet: mere interest in it, and papers on their way for a job
 * that is gone. From the contract on the post is theirs.
 */
export function withdrawnUnder(
  sql: Sql,
  id: string | null = null,
): Promise<{ id: string; state: ApplicationState; reason: string | null }[]> {
  return rows(
    sql,
    `select a.id, a.state, p.reason from application a join proposal p on p.id = a.proposal_id
     where a.ended_at is null and p.status = 'withdrawn' and ($1::uuid is null or a.id = $1)
       and (a.state = 'interested'
         or (a.job_lost_at is null and coalesce(p.reason, '') not in ${OWN_WISH} and a.state in ${JOB_MAY_BE_LOST}))
     order by a.region_code, a.id`,
    [id],
  );
}

/**
 * Of a proposal, by its name in a statement: its application has ended, with no other begun since. An interest that came to nothing is
 * none: the household may still apply.
 */
export const applicationIsOver = (proposal: string): string => `(
  exists (select from application a where a.proposal_id = ${proposal}.id and a.ended_at is not null
    and coalesce(a.reason, '') not in ('interest_lapsed', 'interest_withdrawn'))
  and not exists (select from application a where a.proposal_id = ${proposal}.id and a.ended_at is null))`;
