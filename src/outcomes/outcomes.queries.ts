import { type Sql, firstRow, rows } from '../database/sql.js';
import { MOVED_STATES } from '../matching/market.queries.js';
import { TAKE_FROM } from '../matching/second-chance-dates.js';
import { newId } from '../shared/ids.js';
import type { FollowUpMonth } from './follow-up-dates.js';
import type { FollowUpState } from './follow-up-states.js';
import type { Activity, Housing, Loss, OutcomeKind, ReturnReason } from './outcome-kinds.js';

/** An adult who arrived, how they stood when last heard of, and the job they came for. */
export interface ArrivedAdult {
  personId: string;
  position: number;
  activity: Activity | null;
  /** The vacancy of the match that they came with; null: none was found for them. */
  cameFor: string | null;
}

/** Everything a page or an answer needs to know of an arrival. */
export interface ArrivalState {
  arrivalId: string;
  householdId: string;
  applicationId: string;
  proposalId: string;
  regionCode: string;
  arrivedOn: string;
  persons: number;
  housing: Housing | null;
  returned: boolean;
  /** When the household was last heard of, `YYYY-MM-DD`; null: never. */
  heardOn: string | null;
  adults: ArrivedAdult[];
  /** Titles of the posts that the centre approved for their second chance and that they have not said to have taken. */
  approvedJobs: string[];
}

const ARRIVAL = `
  select r.id as "arrivalId", r.household_id as "householdId", r.application_id as "applicationId", a.proposal_id as "proposalId",
         r.region_code as "regionCode", r.arrived_on::text as "arrivedOn",
         (select count(*)::int from arrived_person p where p.arrival_id = r.id) as persons,
         (select o.kind from standing_outcome o where o.arrival_id = r.id and o.person_id is null order by o.id desc limit 1) as housing,
         exists (select from standing_outcome o where o.arrival_id = r.id and o.kind = 'returned') as returned,
         (select max(o.told_on)::text from standing_outcome o where o.arrival_id = r.id) as "heardOn",
         (select coalesce(jsonb_agg(jsonb_build_object('personId', p.id, 'position', p.position,
             'activity', (select o.kind from standing_outcome o where o.person_id = p.id and o.kind <> 'returned' order by o.id desc limit 1),
             'cameFor', (select v.title from placement pl join vacancy v on v.id = pl.vacancy_id
                         where pl.proposal_id = a.proposal_id and pl.seeker_id = p.seeker_id limit 1)
           ) order by p.position), '[]')
          from arrived_person p where p.arrival_id = r.id and p.adult) as adults,
         (select coalesce(jsonb_agg(v.title order by pl.id), '[]')
          from second_chance c join proposal p on p.id = c.proposal_id join placement pl on pl.proposal_id = p.id
          join vacancy v on v.id = pl.vacancy_id
          where c.arrival_id = r.id and c.state = 'proposed' and p.status = 'approved' and p.fulfilled_at is null
            and pl.withdrawn_at is null) as "approvedJobs"
  from arrival r join application a on a.id = r.application_id`;

/** The arrival of a household that has not gone back, or else its latest. */
export function arrivalOfHousehold(sql: Sql, householdId: string): Promise<ArrivalState | undefined> {
  return firstRow(sql, `${ARRIVAL} where r.household_id = $1 order by r.arrived_on desc, r.id desc limit 1`, [
    householdId,
  ]);
}

export function arrivalState(sql: Sql, arrivalId: string): Promise<ArrivalState | undefined> {
  return firstRow(sql, `${ARRIVAL} where r.id = $1`, [arrivalId]);
}

/** A follow-up as its centre sees it in a list: nobody's name. */
export interface FollowUpRow {
  id: string;
  householdId: string;
  proposalId: string;
  regionCode: string;
  arrivedOn: string;
  persons: number;
  /** The household is invented, for a demonstration. */
  synthetic: boolean;
  months: FollowUpMonth;
  dueOn: string;
  answerBy: string;
  closesOn: string;
  state: FollowUpState;
  ownerId: string | null;
  ownerLabel: string | null;
  askedAt: Date | null;
  missed: number;
  missedAt: Date | null;
  version: number;
}

const FOLLOW_UP = `
  select f.id, f.household_id as "householdId", a.proposal_id as "proposalId", f.region_code as "regionCode",
         r.arrived_on::text as "arrivedOn", (select count(*)::int from arrived_person p where p.arrival_id = r.id) as persons,
         r.synthetic, f.months, f.due_on::text as "dueOn", f.answer_by::text as "answerBy", f.closes_on::text as "closesOn", f.state,
         f.owner_id as "ownerId", f.owner_label as "ownerLabel", f.asked_at as "askedAt", f.missed, f.missed_at as "missedAt", f.version
  from follow_up f join arrival r on r.id = f.arrival_id join application a on a.id = r.application_id`;

/** `call`: the household's time to answer is over, so it is the centre's turn; `asked`: it may still answer; `coming`: due within four weeks. */
export const FOLLOW_UP_LISTS = ['call', 'asked', 'coming'] as const;
export type FollowUpList = (typeof FOLLOW_UP_LISTS)[number];

const IN_LIST: Record<FollowUpList, string> = {
  call: `f.state = 'unreached' or (f.state = 'asked' and f.answer_by < $2::date)`,
  asked: `f.state = 'asked' and f.answer_by >= $2::date`,
  coming: `f.state = 'due' and f.due_on < $2::date + 28`,
};

/** One region's, the earliest first, after the given one. */
export function followUpsIn(
  sql: Sql,
  ask: {
    regionCode: string;
    today: string;
    list: FollowUpList;
    after: { dueOn: string; id: string } | null;
    limit: number;
  },
): Promise<FollowUpRow[]> {
  return rows(
    sql,
    `${FOLLOW_UP}
     where f.region_code = $1 and (${IN_LIST[ask.list]})
       and ($3::date is null or (f.due_on, f.id) > ($3::date, $4::uuid))
     order by f.due_on, f.id limit $5`,
    [ask.regionCode, ask.today, ask.after?.dueOn ?? null, ask.after?.id ?? null, ask.limit],
  );
}

export function followUpRow(sql: Sql, id: string): Promise<FollowUpRow | undefined> {
  return firstRow(sql, `${FOLLOW_UP} where f.id = $1`, [id]);
}

/** How many each list of a region holds. */
export async function followUpCounts(
  sql: Sql,
  regionCode: string,
  today: string,
): Promise<Record<FollowUpList, number>> {
  const found = await firstRow<Record<FollowUpList, number>>(
    sql,
    `select ${FOLLOW_UP_LISTS.map((list) => `count(*) filter (where ${IN_LIST[list]})::int as ${list}`).join(', ')}
     from follow_up f where f.region_code = $1 and f.state in ('due', 'asked', 'unreached')`,
    [regionCode, today],
  );
  return found ?? { call: 0, asked: 0, coming: 0 };
}

/** A household's follow-ups, in their order. */
export function followUpsOfHousehold(
  sql: Sql,
  householdId: string,
): Promise<
  { id: string; arrivalId: string; months: FollowUpMonth; dueOn: string; answerBy: string; state: FollowUpState }[]
> {
  return rows(
    sql,
    `select id, arrival_id as "arrivalId", months, due_on::text as "dueOn", answer_by::text as "answerBy", state
     from follow_up where household_id = $1 order by due_on, id`,
    [householdId],
  );
}

/** Follow-ups whose day has come, locked; another process takes the others. */
export function dueFollowUps(
  tx: Sql,
  today: string,
  limit: number,
): Promise<{ id: string; householdId: string; regionCode: string; version: number }[]> {
  return rows(
    tx,
    `select f.id, f.household_id as "householdId", f.region_code as "regionCode", f.version from follow_up f
     where f.state = 'due' and f.due_on <= $1::date and f.closes_on > $1::date
     order by f.due_on, f.id limit $2 for update of f skip locked`,
    [today, limit],
  );
}

/**
 * Follow-ups that nobody answered in time, locked; and those that nobody was asked before the next one's day came (the arrival was
 * entered late): nobody is asked the same twice on one day.
 */
export function overFollowUps(
  tx: Sql,
  today: string,
  limit: number,
): Promise<{ id: string; regionCode: string; state: FollowUpState; version: number }[]> {
  return rows(
    tx,
    `select f.id, f.region_code as "regionCode", f.state, f.version from follow_up f
     where f.state in ('due', 'asked', 'unreached') and (f.closes_on <= $1::date or (f.state = 'due' and exists (
       select from follow_up later where later.arrival_id = f.arrival_id and later.due_on > f.due_on and later.due_on <= $1::date)))
     order by f.id limit $2 for update of f skip locked`,
    [today, limit],
  );
}

/** One line of how people were, to be added. */
export interface NewOutcome {
  id: string;
  personId: string | null;
  kind: OutcomeKind;
  reason: ReturnReason | null;
}

export async function insertOutcomes(
  tx: Sql,
  of: {
    arrivalId: string;
    householdId: string | null;
    regionCode: string;
    followUpId: string | null;
    via: 'household' | 'centre' | 'published';
    toldOn: string;
    at: Date;
    by: string;
  },
  outcomes: readonly NewOutcome[],
): Promise<void> {
  await tx.query(
    `insert into outcome (id, person_id, kind, reason, arrival_id, household_id, region_code, follow_up_id, via, told_on, recorded_at, recorded_by)
     select o.id, o.person_id, o.kind, o.reason, $2, $3, $4, $5, $6, $7::date, $8, $9
     from jsonb_to_recordset($1::jsonb) as o(id uuid, person_id uuid, kind text, reason text)`,
    [
      JSON.stringify(outcomes.map(({ id, personId, kind, reason }) => ({ id, person_id: personId, kind, reason }))),
      of.arrivalId,
      of.householdId,
      of.regionCode,
      of.followUpId,
      of.via,
      of.toldOn,
      of.at,
      of.by,
    ],
  );
}

/** Whether a household has been erased; it is not, before the transaction ends, where it has not. */
export async function isErased(tx: Sql, householdId: string): Promise<boolean> {
  const found = await firstRow<{ erased: boolean }>(
    tx,
    'select erased_at is not null as erased from household where id = $1 for share',
    [householdId],
  );
  return found?.erased ?? true;
}

/** Ids of everybody who arrived together. */
export async function peopleOf(tx: Sql, arrivalId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from arrived_person where arrival_id = $1 order by position`,
    [arrivalId],
  );
  return found.map(({ id }) => id);
}

/** SQL: that the arrived person `p` does not look for work, as last heard of. */
const LOOKS_FOR_NONE = `(select o.kind from standing_outcome o where o.person_id = p.id and o.kind <> 'returned' order by o.id desc limit 1)
  is distinct from 'looking'`;

/** Seekers who arrived and do not look for work, as last heard of: they have work, or want none. */
export async function seekersWithoutLoss(tx: Sql, arrivalId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select p.seeker_id as id from arrived_person p where p.arrival_id = $1 and p.seeker_id is not null and ${LOOKS_FOR_NONE}`,
    [arrivalId],
  );
  return found.map(({ id }) => id);
}

/** Who arrived of those for whom a proposal has a job, and whether a home comes with it. */
export function placedPeople(
  tx: Sql,
  arrivalId: string,
  proposalId: string,
): Promise<{ personId: string; housing: 'provided' | 'help' | 'none' | null }[]> {
  return rows(
    tx,
    `select p.id as "personId", v.housing from arrived_person p join placement pl on pl.seeker_id = p.seeker_id
     join vacancy v on v.id = pl.vacancy_id
     where p.arrival_id = $1 and pl.proposal_id = $2 and pl.withdrawn_at is null order by p.position`,
    [arrivalId, proposalId],
  );
}

/**
 * Households that still look for a second chance and were not tried since an instant. One waits until the proposal that it did not take is
 * withdrawn: that still holds its district.
 */
export function searchingChances(sql: Sql, triedBefore: Date, limit: number): Promise<{ id: string }[]> {
  return rows(
    sql,
    `select c.id from second_chance c where c.state = 'searching' and (c.tried_at is null or c.tried_at < $1)
       and not exists (select from proposal p where p.id = c.proposal_id and p.fulfilled_at is null
                       and p.status in ('waiting', 'claimed', 'returned', 'approved'))
     order by c.tried_at nulls first, c.id limit $2`,
    [triedBefore, limit],
  );
}

/** Chances whose proposal came to nothing, and those that are the household's to take since before an instant: they are looked for again. */
export function lapsedChances(sql: Sql, takenFromBefore: Date): Promise<{ id: string }[]> {
  return rows(
    sql,
    `select c.id from second_chance c join proposal p on p.id = c.proposal_id
     where c.state = 'proposed' and (p.status in ('rejected', 'referred', 'withdrawn')
       or (p.status = 'approved' and p.fulfilled_at is null and ${TAKE_FROM} < $1)) order by c.id`,
    [takenFromBefore],
  );
}

/** What a household that is being helped again sees and its centre. */
export interface ChanceRow {
  id: string;
  lost: Loss[];
  state: 'searching' | 'proposed' | 'ended';
  proposalId: string | null;
  /** Of what was found: the day by which its centre decides; null: nothing was found, or it is approved. */
  decidedBy: string | null;
  /** Since when what the centre approved is the household's to take; null: it has approved nothing, or nothing was found. */
  takeFrom: Date | null;
  /** Why nothing can be found: nobody may match the household, or nobody who lost work seeks any there. Null: nothing hinders it. */
  hindrance: 'no_consent' | 'nobody_seeks' | null;
  /** While nothing is found: the day of the next search, a day after the last one; null: it is over, or something was found. */
  searchesOn: string | null;
  openedAt: Date;
}

/** `triesAgainMs`: how long after a search that found nothing the next one comes. */
export function chancesOfHousehold(sql: Sql, householdId: string, triesAgainMs: number): Promise<ChanceRow[]> {
  return rows(
    sql,
    `select c.id, c.lost, c.state, c.proposal_id as "proposalId", c.opened_at as "openedAt",
            case when p.status in ('waiting', 'claimed', 'returned') then p.due_on::text end as "decidedBy",
            case when c.state = 'proposed' and p.status = 'approved' then ${TAKE_FROM} end as "takeFrom",
            case when c.state <> 'searching' then null when h.consent_matching_at is null then 'no_consent'
              when not exists (select from seeker s where s.household_id = h.id and s.seeks_work and ('home' = any(c.lost)
                or not exists (select from arrived_person p where p.arrival_id = c.arrival_id and p.seeker_id = s.id and ${LOOKS_FOR_NONE})))
                then 'nobody_seeks' end as hindrance,
            case when c.state = 'searching'
              then (coalesce(c.tried_at + $2 * interval '1 millisecond', c.opened_at) at time zone 'Asia/Almaty')::date::text end as "searchesOn"
     from second_chance c join household h on h.id = c.household_id left join proposal p on p.id = c.proposal_id
     where c.household_id = $1 order by c.opened_at desc, c.id desc`,
    [householdId, triesAgainMs],
  );
}

/** Arrivals that the ledger has as gone back and whose application a centre has set right since. */
export function returnsTakenBack(sql: Sql): Promise<{ arrivalId: string }[]> {
  return rows(
    sql,
    `select r.id as "arrivalId" from arrival r join application a on a.id = r.application_id
     where a.state in ${MOVED_STATES} and exists (select from standing_outcome o where o.arrival_id = r.id and o.kind = 'returned')
     order by r.id`,
  );
}

/** From here on the returns that were told of an arrival before count no more. */
export async function insertCorrection(
  tx: Sql,
  { arrivalId, householdId, regionCode }: Pick<ArrivalState, 'arrivalId' | 'householdId' | 'regionCode'>,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into return_correction (id, arrival_id, household_id, region_code, corrected_at) values ($1, $2, $3, $4, $5)`,
    [newId(), arrivalId, householdId, regionCode, at],
  );
}

/** Arrivals whose application a centre ended as returned, and of which nobody has told. */
export function returnsNoted(sql: Sql): Promise<{ arrivalId: string; reason: string | null }[]> {
  return rows(
    sql,
    `select r.id as "arrivalId", a.reason from arrival r join application a on a.id = r.application_id
     where a.state = 'returned' and not exists (select from standing_outcome o where o.arrival_id = r.id and o.kind = 'returned')
     order by r.id`,
  );
}
