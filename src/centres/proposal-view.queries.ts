import { type Sql, firstRow, rows } from '../database/sql.js';
import type { MoveMismatch } from '../matching/core/mismatch.js';
import type { PlacementPromise } from '../matching/promise.js';
import type { LocalAlternative, StayingComparison } from '../matching/proposal-draft.js';
import { LOCAL_ALTERNATIVE } from '../matching/proposal.queries.js';
import type { ProposalStatus } from '../matching/proposal-states.js';
import type { StoredPart } from '../matching/proposal.entity.js';
import { TAKE_FROM } from '../matching/second-chance-dates.js';

/** States that wait for an officer or for the household's answer: the queue. */
export const QUEUED_STATUSES = ['waiting', 'claimed', 'returned'] as const satisfies ProposalStatus[];

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
  localAlternative: (LocalAlternative & { comparison?: StayingComparison }) | null;
  claimedBy: string | null;
  claimedByLabel: string | null;
  claimedUntil: Date | null;
  dueOn: string;
  overdue: boolean;
  /** The household was asked for something and has changed what it says of itself since. */
  answered: boolean;
  /** The household or one of its jobs is invented, for a demonstration. */
  synthetic: boolean;
  reason: string | null;
  note: string | null;
  referredFromId: string | null;
  /** What the household lost after it had arrived here, so that it is matched again; null: it has not moved yet. */
  secondChance: ('job' | 'home')[] | null;
  /** Since when an approved second chance is its household's to take; null: it is none, or not approved. */
  takeFrom: Date | null;
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
    otherMembers: number;
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

const OVERDUE = `p.status = any('{waiting,claimed,returned}') and p.due_on < $1::date`;
const ANSWERED = `p.status = any('{waiting,claimed,returned}') and coalesce(h.updated_at > p.decided_at, false)`;
const SYNTHETIC = `(h.synthetic or exists (
  select from placement sp join vacancy sv on sv.id = sp.vacancy_id where sp.proposal_id = p.id and sv.synthetic))`;
const CREATED_KEY = `to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const PROPOSAL = `
  select p.id, p.status, p.version, p.region_code as "regionCode", p.district_kato as "districtKato",
         d.name_ru as "districtNameRu", d.name_kk as "districtNameKk", p.persons, p.score, p.score_parts as "scoreParts",
         p.weights_version as "weightsVersion", ${LOCAL_ALTERNATIVE} as "localAlternative",
         p.claimed_by as "claimedBy", t.label as "claimedByLabel", p.claimed_until as "claimedUntil",
         p.due_on::text as "dueOn", ${OVERDUE} as overdue,
         ${ANSWERED} as answered, ${SYNTHETIC} as synthetic,
         p.reason, p.note, p.referred_from_id as "referredFromId",
         (select c.lost from second_chance c where c.proposal_id = p.id limit 1) as "secondChance",
         (select ${TAKE_FROM} from second_chance c
          where c.proposal_id = p.id and c.state = 'proposed' and p.status = 'approved' limit 1) as "takeFrom",
         p.decided_by as "decidedBy", p.decided_at as "decidedAt", p.created_at as "createdAt",
         ${CREATED_KEY} as "createdKey",
         jsonb_build_object(
           'id', h.id, 'homeKato', h.home_kato, 'homeNameRu', home.name_ru, 'homeNameKk', home.name_kk,
           'homeRegionCode', h.home_region_code, 'children', h.children, 'schoolAgeChildren', h.school_age_children, 'otherMembers', h.other_members,
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
  filter?: QueueFilter;
}

/** What is left out of a queue; several together leave out more. */
export interface QueueFilter {
  /** Only what is overdue. */
  overdue?: boolean;
  /** Only what this actor holds by a claim that has not run out at `at`. */
  heldBy?: { id: string; at: Date };
  /** Only where at least one job comes with housing, by the employer's claim or inspected. */
  housing?: boolean;
}

const FILTERED = `
       and (not $8::boolean or p.due_on < $1::date)
       and ($9::uuid is null or (p.claimed_by = $9::uuid and p.claimed_until > $10::timestamptz))
       and (not $11::boolean or exists (
         select from placement pl join vacancy v on v.id = pl.vacancy_id
         where pl.proposal_id = p.id and pl.withdrawn_at is null and v.housing = 'provided'))`;

const sliceCondition = `
     where p.region_code = $2 and p.status = any($3::text[])
       and ($4::date is null or (p.due_on, p.created_at, p.id) > ($4::date, $5::timestamptz, $6::uuid))
       ${FILTERED}
     order by p.due_on, p.created_at, p.id limit $7`;

function sliceValues({ today, regionCode, statuses, after, limit, filter = {} }: QueueSlice): unknown[] {
  const { overdue = false, heldBy, housing = false } = filter;
  const from = after ?? [null, null, null];
  return [today, regionCode, statuses, ...from, limit + 1, overdue, heldBy?.id ?? null, heldBy?.at ?? null, housing];
}

/** A region's queue: overdue first, then oldest. Reads one row more than the page, which tells whether there is a next one. */
export function queueSlice(sql: Sql, slice: QueueSlice): Promise<ProposalRow[]> {
  return rows(sql, `${PROPOSAL} ${sliceCondition}`, sliceValues(slice));
}

/** A case as a list of the queue says it: in one line, with no more read than that line shows. */
export type QueueLineRow = Pick<
  ProposalRow,
  | 'id'
  | 'status'
  | 'districtKato'
  | 'persons'
  | 'score'
  | 'claimedBy'
  | 'claimedByLabel'
  | 'claimedUntil'
  | 'dueOn'
  | 'overdue'
  | 'answered'
  | 'synthetic'
  | 'secondChance'
  | 'createdKey'
> & {
  household: Pick<ProposalRow['household'], 'homeRegionCode'>;
  adults: Pick<PersonRow, 'isco' | 'seeksWork'>[];
  /** Something of a job is to be looked at by a person before anybody is sent. */
  toCheck: boolean;
};

/** As `queueSlice`, for a list. */
export function queueLines(sql: Sql, slice: QueueSlice): Promise<QueueLineRow[]> {
  return rows(
    sql,
    `select p.id, p.status, p.district_kato as "districtKato", p.persons, p.score, p.claimed_by as "claimedBy",
            t.label as "claimedByLabel", p.claimed_until as "claimedUntil", p.due_on::text as "dueOn", ${OVERDUE} as overdue,
            ${ANSWERED} as answered, ${SYNTHETIC} as synthetic, (select c.lost from second_chance c where c.proposal_id = p.id limit 1) as "secondChance", ${CREATED_KEY} as "createdKey",
            jsonb_build_object('homeRegionCode', h.home_region_code) as household,
            array(select jsonb_build_object('isco', s.isco, 'seeksWork', s.seeks_work) from seeker s
                  where s.household_id = p.household_id order by s.position) as adults,
            exists (select from placement pl where pl.proposal_id = p.id
                    and jsonb_path_exists(pl.parts, '$[*].needsCheck[*]')) as "toCheck"
     from proposal p join household h on h.id = p.household_id left join api_token t on t.id = p.claimed_by
     ${sliceCondition}`,
    sliceValues(slice),
  );
}

/** Whether an actor holds anything in a region's queue. */
export async function holdsAny(sql: Sql, regionCode: string, actorId: string, at: Date): Promise<boolean> {
  const found = await firstRow(
    sql,
    `select 1 from proposal where region_code = $1 and status = any('{waiting,claimed,returned}')
       and claimed_by = $2::uuid and claimed_until > $3::timestamptz limit 1`,
    [regionCode, actorId, at],
  );
  return found !== undefined;
}

/** Ids beside a place in a queue: the one before it and the one after it; null at the ends. */
export async function neighboursOf(
  sql: Sql,
  { regionCode, statuses, today, after, filter = {} }: Omit<QueueSlice, 'limit'> & { after: [string, string, string] },
): Promise<{ previousId: string | null; nextId: string | null }> {
  const { overdue = false, heldBy, housing = false } = filter;
  const beside = (comparison: string, order: string): string => `
    (select p.id from proposal p
     where p.region_code = $2 and p.status = any($3::text[])
       and (p.due_on, p.created_at, p.id) ${comparison} ($4::date, $5::timestamptz, $6::uuid)
       ${FILTERED}
     order by p.due_on ${order}, p.created_at ${order}, p.id ${order} limit $7)`;
  const row = await firstRow<{ previousId: string | null; nextId: string | null }>(
    sql,
    `select ${beside('<', 'desc')} as "previousId", ${beside('>', 'asc')} as "nextId"`,
    [today, regionCode, statuses, ...after, 1, overdue, heldBy?.id ?? null, heldBy?.at ?? null, housing],
  );
  return row ?? { previousId: null, nextId: null };
}

export function proposalById(sql: Sql, id: string, today: string): Promise<ProposalRow | undefined> {
  return firstRow(sql, `${PROPOSAL} where p.id = $2`, [today, id]);
}

export function proposalsByIds(sql: Sql, ids: readonly string[], today: string): Promise<ProposalRow[]> {
  return rows(sql, `${PROPOSAL} where p.id = any($2::uuid[])`, [today, ids]);
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
  /** Null on placements made before it was recorded. */
  mismatch: MoveMismatch | null;
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
    /** As the words were understood. */
    region: string;
    districtKato: string | null;
    kato: string | null;
    placeMatch: string;
    url: string | null;
    status: 'open' | 'closed';
    validUntil: string | null;
    synthetic: boolean;
  };
}

export function placementsOf(sql: Sql, proposalIds: string[]): Promise<PlacementRow[]> {
  return rows(
    sql,
    `select pl.proposal_id as "proposalId", pl.id, pl.seeker_id as "seekerId", pl.score, pl.parts, pl.promise, pl.mismatch,
            pl.withdrawn_at as "withdrawnAt", pl.withdrawn_reason as "withdrawnReason",
            jsonb_build_object(
              'id', v.id, 'title', v.title, 'subtitle', v.subtitle, 'employerName', v.employer_name,
              'employerVerified', e.verified_at is not null, 'payMinTenge', v.pay_min_tenge, 'payMaxTenge', v.pay_max_tenge,
              'employment', v.employment, 'openings', v.openings, 'housing', v.housing,
              'housingProvenance', v.housing_provenance, 'locationText', v.location_text, 'region', v.region_code,
              'districtKato', v.district_kato, 'kato', v.kato, 'placeMatch', v.place_match, 'url', v.url,
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
  /** When the household read it; only ever of what was written in the app. */
  readAt: Date | null;
}

/** The receipts of what a household was told of a proposal, oldest first. */
export function noticesOf(sql: Sql, proposalId: string): Promise<NoticeRow[]> {
  return rows(
    sql,
    `select d.topic, d.channel, d.status, d.suppressed_reason as "suppressedReason", d.error_code as "errorCode",
            d.in_doubt as "inDoubt", d.created_at as "createdAt", d.finished_at as "finishedAt", m.read_at as "readAt"
     from delivery d left join in_app_message m on m.delivery_id = d.id where d.subject_id = $1 order by d.id`,
    [proposalId],
  );
}
