import { type Sql, rows } from '../database/sql.js';
import { nextState } from '../shared/transitions.js';
import type { MoveMismatch } from './core/mismatch.js';
import type { PlacementPromise, PresentFacts } from './promise.js';
import type { LocalAlternative, StayingComparison } from './proposal-draft.js';
import { PROPOSAL_STATES, type ProposalStatus } from './proposal-states.js';
import type { StoredPart } from './proposal.entity.js';

/** An open proposal as a run of the matcher sees it. */
export interface OpenProposal {
  id: string;
  householdId: string;
  regionCode: string;
  districtKato: string;
  status: Extract<ProposalStatus, 'waiting' | 'claimed' | 'returned' | 'approved'>;
  /** Made by an officer who referred it here: a run leaves it alone. */
  referred: boolean;
  /** An officer asked the household for something: it knows of the proposal, so a run leaves it alone. */
  told: boolean;
  version: number;
  score: number;
  persons: number;
  weightsVersion: number;
  /** Vacancies of its local alternative, in the order of the seekers. */
  localVacancyIds: string[];
  worseThanStaying: boolean;
  /** `price`: the congestion price of its score, in points. */
  placements: { seekerId: string; vacancyId: string; price: number; promise: PlacementPromise; needsCheck: string[] }[];
}

/** Every open proposal, or (not null) those of some households. */
export function openProposals(sql: Sql, householdIds: readonly string[] | null): Promise<OpenProposal[]> {
  return rows(
    sql,
    `select p.id, p.household_id as "householdId", p.region_code as "regionCode", p.district_kato as "districtKato", p.status,
            p.referred_from_id is not null as referred, p.decided_at is not null as told, p.version, p.score, p.persons, p.weights_version as "weightsVersion",
            jsonb_path_query_array(coalesce(p.local_alternative, '{}'), '$.placements[*].vacancyId') as "localVacancyIds",
            coalesce((p.local_alternative -> 'comparison' ->> 'worseThanStaying')::boolean, false) as "worseThanStaying",
            coalesce(jsonb_agg(jsonb_build_object('seekerId', pl.seeker_id, 'vacancyId', pl.vacancy_id, 'promise', pl.promise,
                                 'needsCheck', jsonb_path_query_array(pl.parts, '$[*].needsCheck[*]'), 'price', coalesce((price.part ->> 'value')::float8 * (price.part ->> 'weight')::float8, 0))
                               order by pl.seeker_id) filter (where pl.id is not null), '[]') as placements
     from proposal p left join placement pl on pl.proposal_id = p.id and pl.withdrawn_at is null
     left join lateral jsonb_path_query_first(pl.parts, '$[*] ? (@.code == "part.congestion")') as price(part) on true
     where p.status in ('waiting', 'claimed', 'returned', 'approved') and p.fulfilled_at is null
       and ($1::uuid[] is null or p.household_id = any($1::uuid[]))
     group by p.id order by p.id`,
    [householdIds],
  );
}

/** How many open proposals of other households stand on each of some vacancies, by vacancy id; none is not named. */
export async function loadOfOthers(
  sql: Sql,
  householdIds: readonly string[],
  vacancyIds: readonly string[],
): Promise<Map<string, number>> {
  const found = await rows<{ id: string; load: number }>(
    sql,
    `select pl.vacancy_id as id, count(*)::int as load
     from placement pl join proposal p on p.id = pl.proposal_id
     where pl.vacancy_id = any($2::uuid[]) and pl.withdrawn_at is null and p.household_id <> all($1::uuid[])
       and p.status in ('waiting', 'claimed', 'returned', 'approved') and p.fulfilled_at is null
     group by 1`,
    [householdIds, vacancyIds],
  );
  return new Map(found.map(({ id, load }) => [id, load]));
}

/** Households with a waiting proposal on one of some vacancies. */
export async function householdsWaitingOn(sql: Sql, vacancyIds: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    sql,
    `select distinct p.household_id as id from placement pl join proposal p on p.id = pl.proposal_id
     where pl.vacancy_id = any($1::uuid[]) and pl.withdrawn_at is null and p.status = 'waiting' order by 1`,
    [vacancyIds],
  );
  return found.map(({ id }) => id);
}

/** Locks some proposals, so that no officer takes one up while a run rewrites it, and answers those that are still as they were read. */
export async function lockUnchanged(
  sql: Sql,
  proposals: readonly Pick<OpenProposal, 'id' | 'version' | 'status' | 'referred'>[],
): Promise<Set<string>> {
  const found = await rows<Pick<OpenProposal, 'id' | 'version' | 'status' | 'referred'>>(
    sql,
    `select id, version, status, referred_from_id is not null as referred from proposal
     where id = any($1::uuid[]) order by id for update`,
    [proposals.map(({ id }) => id)],
  );
  const present = new Map(found.map((proposal) => [proposal.id, proposal]));
  const still = proposals.filter(({ id, version, status, referred }) => {
    const now = present.get(id);
    return now?.version === version && now.status === status && now.referred === referred;
  });
  return new Set(still.map(({ id }) => id));
}

/** What some vacancies say now; they are kept from changing until the transaction ends. */
export async function presentVacancies(sql: Sql, vacancyIds: readonly string[]): Promise<Map<string, PresentFacts>> {
  const found = await rows<PresentFacts & { id: string }>(
    sql,
    `select id, status, valid_until::text as "validUntil", region_code as "regionCode", district_kato as "districtKato", pay_min_tenge as "payMinTenge",
            pay_max_tenge as "payMaxTenge", housing, employment, isco
     from vacancy where id = any($1::uuid[]) order by id for share`,
    [vacancyIds],
  );
  return new Map(found.map((vacancy) => [vacancy.id, vacancy]));
}

/** Of some households, those that still consent and wish to move; they are kept from changing until the transaction ends. */
export async function stillMoving(sql: Sql, householdIds: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    sql,
    `select id from household where id = any($1::uuid[]) and consent_matching_at is not null and wishes_move
     order by id for share`,
    [householdIds],
  );
  return new Set(found.map(({ id }) => id));
}

/** Of some adults, those that are in a household and seek work. */
export async function stillSeeking(sql: Sql, seekerIds: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    sql,
    `select id from seeker where id = any($1::uuid[]) and household_id is not null and seeks_work`,
    [seekerIds],
  );
  return new Set(found.map(({ id }) => id));
}

export interface RefusedPair {
  seekerId: string;
  vacancyId: string;
  /** What ends it: a change of the vacancy, or that the household takes its dismissal back. */
  until: 'changed' | 'taken_back';
}

/**
 * Pairs that are not proposed again: an officer rejected or referred them, or the household asked to be left alone, and the
 * vacancy has not changed since. And those of a vacancy that the household said it is not interested in. Of one household or of all.
 */
export function refusedPairs(sql: Sql, householdIds: readonly string[] | null): Promise<RefusedPair[]> {
  return rows(
    sql,
    `select distinct pl.seeker_id as "seekerId", pl.vacancy_id as "vacancyId", 'changed' as until
     from proposal p join placement pl on pl.proposal_id = p.id join vacancy v on v.id = pl.vacancy_id
     where (p.status in ('rejected', 'referred') or (p.status = 'withdrawn' and p.reason = 'household_asked'))
       and v.changed_at <= coalesce(p.decided_at, p.updated_at) and ($1::uuid[] is null or p.household_id = any($1::uuid[]))
     union
     select s.id, d.vacancy_id, 'taken_back' from dismissal d join seeker s on s.household_id = d.household_id
     where d.vacancy_id is not null and ($1::uuid[] is null or d.household_id = any($1::uuid[]))`,
    [householdIds],
  );
}

/**
 * Pairs of a household that were proposed for its second chance since an instant, approved by its centre and not taken: another job is
 * looked for as long as the vacancy has not changed.
 */
export function untakenPairs(
  sql: Sql,
  householdId: string,
  since: Date,
): Promise<{ seekerId: string; vacancyId: string }[]> {
  return rows(
    sql,
    `select pl.seeker_id as "seekerId", pl.vacancy_id as "vacancyId"
     from proposal p join placement pl on pl.proposal_id = p.id join vacancy v on v.id = pl.vacancy_id
     where p.household_id = $1 and p.status = 'withdrawn' and p.reason = 'second_chance_over' and p.decided_at is not null
       and v.changed_at <= p.updated_at and p.created_at >= $2`,
    [householdId, since],
  );
}

/** Posts that a household moved for, or took as a second chance, each with whom it was for. */
export function takenPairs(sql: Sql, householdId: string): Promise<{ seekerId: string; vacancyId: string }[]> {
  return rows(
    sql,
    `select pl.seeker_id as "seekerId", pl.vacancy_id as "vacancyId" from proposal p join placement pl on pl.proposal_id = p.id
     where p.household_id = $1 and p.fulfilled_at is not null and pl.withdrawn_at is null`,
    [householdId],
  );
}

export interface NewPlacement {
  id: string;
  proposalId: string;
  seekerId: string;
  vacancyId: string;
  score: number;
  parts: StoredPart[];
  promise: PlacementPromise & { title: string; employerName: string };
  mismatch: MoveMismatch;
}

/** A proposal to be written: new, or in the place of a waiting one of the same household and district. */
export interface ProposalDraft {
  id: string;
  householdId: string;
  persons: number;
  regionCode: string;
  districtKato: string;
  score: number;
  scoreParts: StoredPart[];
  localAlternative: (LocalAlternative & { comparison: StayingComparison }) | null;
  referredFromId: string | null;
  placements: NewPlacement[];
}

/** What every draft of one run shares. */
export interface DraftContext {
  runId: string | null;
  weightsVersion: number;
  /** `YYYY-MM-DD` */
  dueOn: string;
  at: Date;
}

/** So many rows go to the database at once: enough to be quick, little enough to stay small in memory. */
const ROWS_AT_ONCE = 1_000;

function* inChunks<T>(items: readonly T[]): Generator<T[]> {
  for (let i = 0; i < items.length; i += ROWS_AT_ONCE) yield items.slice(i, i + ROWS_AT_ONCE);
}

export async function insertProposals(
  sql: Sql,
  drafts: readonly ProposalDraft[],
  context: DraftContext,
): Promise<void> {
  for (const chunk of inChunks(drafts)) {
    await sql.query(
      `insert into proposal (id, household_id, persons, region_code, district_kato, status, score, score_parts, weights_version,
                             run_id, local_alternative, due_on, referred_from_id, created_at, updated_at)
       select id, "householdId", persons, "regionCode", "districtKato", 'waiting', score, "scoreParts", $2,
              $3, "localAlternative", $4, "referredFromId", $5, $5
       from jsonb_to_recordset($1::jsonb) as d(id uuid, "householdId" uuid, persons smallint, "regionCode" text,
         "districtKato" text, score float8, "scoreParts" jsonb, "localAlternative" jsonb, "referredFromId" uuid)`,
      [JSON.stringify(chunk.map(withoutPlacements)), context.weightsVersion, context.runId, context.dueOn, context.at],
    );
  }
  await insertPlacements(sql, drafts);
}

/** Rewrites waiting proposals; their due date and their place in the queue stay. */
export async function updateProposals(
  sql: Sql,
  drafts: readonly ProposalDraft[],
  context: DraftContext,
): Promise<void> {
  for (const chunk of inChunks(drafts)) {
    await sql.query(
      `update proposal p set persons = d.persons, score = d.score, score_parts = d."scoreParts", weights_version = $2,
              run_id = $3, local_alternative = d."localAlternative", version = p.version + 1, updated_at = $4
       from jsonb_to_recordset($1::jsonb) as d(id uuid, persons smallint, score float8, "scoreParts" jsonb, "localAlternative" jsonb)
       where p.id = d.id`,
      [JSON.stringify(chunk.map(withoutPlacements)), context.weightsVersion, context.runId, context.at],
    );
    await sql.query('delete from placement where proposal_id = any($1::uuid[])', [chunk.map(({ id }) => id)]);
  }
  await insertPlacements(sql, drafts);
}

/**
 * Corrects the number of persons of open proposals whose household has grown or shrunk since, of one household or of all, and
 * answers them. Where an adult has left, those that counted them are withdrawn first, by a job of its own.
 */
export function recountPersons(
  sql: Sql,
  householdIds: readonly string[] | null,
  at: Date,
): Promise<{ id: string; regionCode: string; status: ProposalStatus; version: number }[]> {
  return rows(
    sql,
    `with corrected as (
       update proposal p set persons = h.persons, version = p.version + 1, updated_at = $2
       from (
         select id, children + other_members + (select count(*) from seeker s where s.household_id = household.id) as persons
         from household where erased_at is null and ($1::uuid[] is null or id = any($1::uuid[]))
       ) h
       where p.household_id = h.id and p.status in ('waiting', 'claimed', 'returned', 'approved') and p.fulfilled_at is null
         and p.persons <> h.persons and h.persons > 0
         and not exists (select from outbox_event e where e.topic = 'household.adult_removed' and e.finished_at is null
                           and e.payload ->> 'householdId' = h.id::text)
       returning p.id, p.region_code, p.status, p.version - 1 as version
     )
     select id, region_code as "regionCode", status, version from corrected order by id`,
    [householdIds, at],
  );
}

/** Withdraws waiting proposals whose district a run no longer chooses: nobody has been told of them (see `OpenProposal.told`). */
export async function withdrawSuperseded(sql: Sql, ids: readonly string[], actor: string, at: Date): Promise<void> {
  await sql.query(
    `update proposal set status = $4, reason = 'superseded', decided_by = $2, decided_at = $3,
            version = version + 1, updated_at = $3
     where id = any($1::uuid[])`,
    [ids, actor, at, nextState(PROPOSAL_STATES, 'waiting', 'withdraw')],
  );
  await sql.query(
    `update placement set withdrawn_at = $2, withdrawn_reason = 'superseded'
     where proposal_id = any($1::uuid[]) and withdrawn_at is null`,
    [ids, at],
  );
}

async function insertPlacements(sql: Sql, drafts: readonly ProposalDraft[]): Promise<void> {
  for (const chunk of inChunks(drafts.flatMap(({ placements }) => placements))) {
    await sql.query(
      `insert into placement (id, proposal_id, seeker_id, vacancy_id, score, parts, promise, mismatch)
       select id, "proposalId", "seekerId", "vacancyId", score, parts, promise, mismatch
       from jsonb_to_recordset($1::jsonb) as p(id uuid, "proposalId" uuid, "seekerId" uuid, "vacancyId" uuid, score float8,
         parts jsonb, promise jsonb, mismatch jsonb)`,
      [JSON.stringify(chunk)],
    );
  }
}

function withoutPlacements({ placements: _placements, ...draft }: ProposalDraft): Omit<ProposalDraft, 'placements'> {
  return draft;
}

/** SQL of the local alternative of a proposal `p`, each of its jobs with whether its vacancy is invented. */
export const LOCAL_ALTERNATIVE = `case when p.local_alternative is not null then p.local_alternative || jsonb_build_object('placements',
  (select coalesce(jsonb_agg(l.job || jsonb_build_object('synthetic', coalesce(lv.synthetic, false)) order by l.nth), '[]')
   from jsonb_array_elements(p.local_alternative -> 'placements') with ordinality l(job, nth)
   left join vacancy lv on lv.id = (l.job ->> 'vacancyId')::uuid)) end`;

/** Whether a household has a proposal in a region, whatever became of it. */
export async function hasProposalIn(sql: Sql, householdId: string, regionCode: string): Promise<boolean> {
  const found = await rows(sql, 'select from proposal where household_id = $1 and region_code = $2 limit 1', [
    householdId,
    regionCode,
  ]);
  return found.length > 0;
}
