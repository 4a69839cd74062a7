import { type Sql, firstRow, rows } from '../database/sql.js';
import type { ProposalStatus } from '../matching/proposal-states.js';
import type { PlacementPromise } from '../matching/promise.js';
import type { StoredPart } from '../matching/proposal.entity.js';

/** States that wait for an officer or for the household's answer: the queue. */
export const QUEUED_STATUSES = ['waiting', 'claimed', 'returned'] as const satisfies ProposalStatus[];

/** The region of a proposal, which never changes. */
export async function regionOfProposal(sql: Sql, id: string): Promise<string | undefined> {
  return (await firstRow<{ code: string }>(sql, `select region_code as code from proposal where id = $1`, [id]))?.code;
}

/** The first proposal that nobody works on, locked; those that another officer is just taking are passed over. */
export async function nextInQueue(sql: Sql, regionCode: string, at: Date): Promise<string | undefined> {
  const row = await firstRow<{ id: string }>(
    sql,
    `select id from proposal
     where region_code = $1 and (status = 'waiting' or (status = 'claimed' and claimed_until <= $2))
     order by due_on, created_at, id limit 1 for update skip locked`,
    [regionCode, at],
  );
  return row?.id;
}

/** A proposal's own columns and its household's summary: no name, no phone, no identity number. */
export interface ProposalRow {
  id: string;
  status: ProposalStatus;
  version: number;
  regionCode: string;
  districtKato: string;
  districtNameRu: string;
  districtNameKk: string;
  persons: number;
  score: number;
  scoreParts: StoredPart[];
  weightsVersion: number;
  localAlternative: object | null;
  claimedBy: string | null;
  claimedByLabel: string | null;
  claimedUntil: Date | null;
  dueOn: string;
  overdue: boolean;
  reason: string | null;
  note: string | null;
  referredFromId: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  createdAt: Date;
  /** `created_at` to the microsecond: a key that a JavaScript date would cut. */
  createdKey: string;
  household: {
    id: string;
    homeKato: string;
    homeNameRu: string;
    homeNameKk: string;
    homeRegionCode: string;
    children: number;
    schoolAgeChildren: number;
    relativesRegionCodes: string[];
    wishedRegionCodes: string[];
    settlementWish: string;
    housingRequired: boolean;
    language: string;
    /** False: whatever is decided, the household is not told. */
    consentsToNotices: boolean;
    synthetic: boolean;
  };
}

const PROPOSAL = `
  select p.id, p.status, p.version, p.region_code as "regionCode", p.district_kato as "districtKato",
         d.name_ru as "districtNameRu", d.name_kk as "districtNameKk", p.persons, p.score, p.score_parts as "scoreParts",
         p.weights_version as "weightsVersion", p.local_alternative as "localAlternative",
         p.claimed_by as "claimedBy", t.label as "claimedByLabel", p.claimed_until as "claimedUntil",
         p.due_on::text as "dueOn", p.status = any('{waiting,claimed,returned}') and p.due_on < $1::date as overdue,
         p.reason, p.note, p.referred_from_id as "referredFromId",
         p.decided_by as "decidedBy", p.decided_at as "decidedAt", p.created_at as "createdAt",
         to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdKey",
         jsonb_build_object(
           'id', h.id, 'homeKato', h.home_kato, 'homeNameRu', home.name_ru, 'homeNameKk', home.name_kk,
           'homeRegionCode', h.home_region_code, 'children', h.children, 'schoolAgeChildren', h.school_age_children,
           'relativesRegionCodes', h.relatives_region_codes, 'wishedRegionCodes', h.wished_region_codes,
           'settlementWish', h.settlement_wish, 'housingRequired', h.housing_required, 'language', h.language,
           'consentsToNotices', h.consent_notices_at is not null, 'synthetic', h.synthetic) as household
  from proposal p
  join household h on h.id = p.household_id
  join place home on home.kato = h.home_kato
  join place d on d.kato = p.district_kato
  left join api_token t on t.id = p.claimed_by`;

export interface QueueSlice {
  regionCode: string;
  statuses: readonly ProposalStatus[];
  /** `YYYY-MM-DD` in Kazakhstan. */
  today: string;
  /** due date, creation and id of the last proposal of the page before. */
  after: [string, string, string] | null;
  limit: number;
}

/** A region's queue: overdue first, then oldest. Reads one row more than the page, which tells whether there is a next one. */
export function queueSlice(sql: Sql, slice: QueueSlice): Promise<ProposalRow[]> {
  const after = slice.after ?? [null, null, null];
  return rows(
    sql,
    `${PROPOSAL}
     where p.region_code = $2 and p.status = any($3::text[])
       and ($4::date is null or (p.due_on, p.created_at, p.id) > ($4::date, $5::timestamptz, $6::uuid))
     order by p.due_on, p.created_at, p.id limit $7`,
    [slice.today, slice.regionCode, slice.statuses, ...after, slice.limit + 1],
  );
}

export function proposalById(sql: Sql, id: string, today: string): Promise<ProposalRow | undefined> {
  return firstRow(sql, `${PROPOSAL} where p.id = $2`, [today, id]);
}

/** A working adult as an officer sees them; names stand in the contact only. */
export interface PersonRow {
  householdId: string;
  id: string;
  position: number;
  birthYear: number;
  isco: string;
  occupationTitle: string | null;
  education: string | null;
  experienceYears: number;
  languages: string[];
  driving: string[];
  diplomas: string[];
  payTenge: number | null;
  minimumPayTenge: number | null;
  seeksWork: boolean;
}

export function personsOf(sql: Sql, householdIds: string[]): Promise<PersonRow[]> {
  return rows(
    sql,
    `select s.household_id as "householdId", s.id, s.position,
            extract(year from s.birth_date)::int as "birthYear", s.isco,
            coalesce(s.occupation_title, o.title_ru, o.title_en) as "occupationTitle", s.education,
            s.experience_years::float8 as "experienceYears", s.languages, s.driving, s.diplomas,
            s.pay_tenge as "payTenge", s.minimum_pay_tenge as "minimumPayTenge", s.seeks_work as "seeksWork"
     from seeker s join occupation o on o.isco = s.isco
     where s.household_id = any($1::uuid[]) order by s.household_id, s.position`,
    [householdIds],
  );
}

/** A placement with its vacancy as it is now and as it was promised. */
export interface PlacementRow {
  proposalId: string;
  id: string;
  seekerId: string;
  score: number;
  parts: StoredPart[];
  promise: PlacementPromise;
  withdrawnAt: Date | null;
  withdrawnReason: string | null;
  vacancy: {
    id: string;
    title: string;
    subtitle: string | null;
    employerName: string;
    employerVerified: boolean;
    payMinTenge: number | null;
    payMaxTenge: number | null;
    employment: string | null;
    openings: number | null;
    housing: string | null;
    /** `employer_claim`: nobody has checked it; `inspected`: a centre has. */
    housingProvenance: string | null;
    locationText: string;
    url: string | null;
    status: 'open' | 'closed';
    validUntil: string | null;
    synthetic: boolean;
  };
}

export function placementsOf(sql: Sql, proposalIds: string[]): Promise<PlacementRow[]> {
  return rows(
    sql,
    `select pl.proposal_id as "proposalId", pl.id, pl.seeker_id as "seekerId", pl.score, pl.parts, pl.promise,
            pl.withdrawn_at as "withdrawnAt", pl.withdrawn_reason as "withdrawnReason",
            jsonb_build_object(
              'id', v.id, 'title', v.title, 'subtitle', v.subtitle, 'employerName', v.employer_name,
              'employerVerified', e.verified_at is not null, 'payMinTenge', v.pay_min_tenge, 'payMaxTenge', v.pay_max_tenge,
              'employment', v.employment, 'openings', v.openings, 'housing', v.housing,
              'housingProvenance', v.housing_provenance, 'locationText', v.location_text, 'url', v.url,
              'status', v.status, 'validUntil', v.valid_until, 'synthetic', v.synthetic) as vacancy
     from placement pl
     join vacancy v on v.id = pl.vacancy_id
     join seeker s on s.id = pl.seeker_id
     left join employer e on e.id = v.employer_id
     where pl.proposal_id = any($1::uuid[]) order by pl.proposal_id, s.position`,
    [proposalIds],
  );
}

/** How one notice about a proposal ended, or stands: to whom and with which words it does not say. */
export interface NoticeRow {
  topic: string;
  channel: string;
  status: string;
  suppressedReason: string | null;
  errorCode: string | null;
  inDoubt: boolean;
  createdAt: Date;
  finishedAt: Date | null;
}

/** The receipts of what a household was told of a proposal, oldest first. */
export function noticesOf(sql: Sql, proposalId: string): Promise<NoticeRow[]> {
  return rows(
    sql,
    `select topic, channel, status, suppressed_reason as "suppressedReason", error_code as "errorCode",
            in_doubt as "inDoubt", created_at as "createdAt", finished_at as "finishedAt"
     from delivery where subject_id = $1 order by id`,
    [proposalId],
  );
}

/** Proposals of a region by state, with how many are overdue. A claim that has run out counts as waiting. */
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
    `select count(*) filter (where status = 'waiting' or (status = 'claimed' and claimed_until <= $3))::int as waiting,
            count(*) filter (where status = 'claimed' and claimed_until > $3)::int as claimed,
            count(*) filter (where status = 'returned')::int as returned,
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

/** Persons of the households with an approved proposal of a calendar year in a region; a household counts once. */
export async function approvedPersons(sql: Sql, regionCode: string, year: number): Promise<number> {
  const row = await firstRow<{ persons: number }>(
    sql,
    `select coalesce(sum(persons), 0)::int as persons from (
       select household_id, max(persons) as persons from proposal
       where region_code = $1 and status = 'approved'
         and decided_at >= $2 and decided_at < $3
       group by household_id) as household_persons`,
    [regionCode, startOfDay(`${year}-01-01`), startOfDay(`${year + 1}-01-01`)],
  );
  return row?.persons ?? 0;
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

/** Regions that ever had a proposal. */
export async function regionsWithProposals(sql: Sql): Promise<string[]> {
  const found = await rows<{ code: string }>(sql, `select distinct region_code as code from proposal`);
  return found.map(({ code }) => code);
}

/** Midnight in Kazakhstan at the start of a calendar date. */
function startOfDay(date: string): Date {
  return new Date(`${date}T00:00:00+05:00`);
}

/** The open proposal of a household in a region, locked: one that is not decided yet before an approved one, then the best. */
export function openIn(
  sql: Sql,
  householdId: string,
  regionCode: string,
): Promise<{ id: string; status: ProposalStatus } | undefined> {
  return firstRow(
    sql,
    `select id, status from proposal
     where household_id = $1 and region_code = $2 and status in ('waiting', 'claimed', 'returned', 'approved')
     order by status = 'approved', score desc, id limit 1 for update`,
    [householdId, regionCode],
  );
}

export async function regionExists(sql: Sql, regionCode: string): Promise<boolean> {
  return (await firstRow(sql, `select 1 from region where code = $1`, [regionCode])) !== undefined;
}
