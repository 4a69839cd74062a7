import type { ApplicationOwner, ApplicationState } from '../applications/application-states.js';
import { JOB_MAY_BE_LOST, OWN_WISH } from '../applications/applications.queries.js';
import type { ChannelCode } from '../channels/channel.js';
import type { Claim, DeliveryStatus } from '../channels/receipts.queries.js';
import { type Sql, firstRow, rows } from '../database/sql.js';
import type { Language } from '../i18n/language.js';
import { ARRIVED } from '../matching/market.queries.js';
import type { PlacedFacts, PlacementPromise } from '../matching/promise.js';
import type { ProposalStatus } from '../matching/proposal-states.js';
import type { DeliveryAnswer } from './notifications.dto.js';

/** The topics of which households are told, and what each notice is about. */
export const NOTICE_OF = {
  'proposal.approved': 'approved',
  'proposal.returned': 'returned',
  'proposal.withdrawn': 'withdrawn',
  'application.changed': 'application',
  'application.job_lost': 'job_lost',
} as const;
export type NoticeTopic = keyof typeof NOTICE_OF;

/** Whom an event `e` is told to: the household of its proposal, or the one that it names with another subject. */
const RECIPIENT = `
     left join proposal p on p.id = (e.payload->>'proposalId')::uuid
     join household h on h.id = coalesce(p.household_id, (e.payload->>'householdId')::uuid)`;

/**
 * Takes the notice of an event in hand: writes or renews its receipt as `sending`, in one statement of its own, so that
 * a death afterwards leaves a trace. Answers null when the event is unknown or its notice is finished.
 *
 * A receipt found as `sending` was left by a worker that died, or is held by another one that lives: in doubt. This
 * statement then waits for the other's transaction, and claims nothing if the notice went out in it. A notice that
 * was begun on one channel goes on there. `open` are the channels that this installation has.
 */
export async function claimDelivery(
  sql: Sql,
  claim: { deliveryId: string; eventId: string; open: ChannelCode[]; at: Date },
): Promise<Claim | null> {
  const claimed = await firstRow<Claim>(
    sql,
    `insert into delivery as d
       (id, event_id, channel, recipient, region_code, topic, subject_id, status, message_ref, attempts, language, created_at)
     select $1::uuid, e.id, coalesce(begun.channel, case when h.channel = any($3::text[]) then h.channel else 'in_app' end),
            h.id::text, e.region_code, e.topic, coalesce(p.id, (e.payload->>'subjectId')::uuid), 'sending', $1::text, 1, h.language, $4
     from outbox_event e ${RECIPIENT}
     left join lateral (
       select channel from delivery b where b.event_id = e.id and b.recipient = h.id::text order by b.id limit 1
     ) begun on true
     where e.id = $2
     on conflict (event_id, channel, recipient) do update set
       doubts = d.doubts + (d.status = 'sending')::int, status = 'sending', attempts = d.attempts + 1, error_code = null
     where d.finished_at is null
     returning d.id as "deliveryId", d.channel, d.attempts, d.doubts`,
    [claim.deliveryId, claim.eventId, claim.open, claim.at],
  );
  return claimed ?? null;
}

/** Whether the notice of an event is meant to go by a channel. */
export async function goesBy(sql: Sql, eventId: string, channel: ChannelCode): Promise<boolean> {
  const found = await rows(
    sql,
    `select h.channel from outbox_event e ${RECIPIENT} where e.id = $1 and h.channel = $2`,
    [eventId, channel],
  );
  return found.length > 0;
}

/** Whether the household wishes to be told; it cannot take that back before the transaction ends. */
export async function holdConsent(sql: Sql, householdId: string): Promise<boolean> {
  const household = await firstRow<{ consents: boolean }>(
    sql,
    `select consent_notices_at is not null and erased_at is null as consents from household where id = $1 for share`,
    [householdId],
  );
  return household?.consents ?? false;
}

/** A job of the proposal as it is now, and what was promised of it. */
export interface NoticePlacement extends PlacedFacts {
  title: string;
  inspected: boolean;
  promise: PlacementPromise;
  withdrawn: boolean;
}

/** Whom a notice is for, as it is at this moment. */
export interface NoticeRecipient {
  householdId: string;
  language: Language;
  phone: string | null;
  email: string | null;
  ownChannel: ChannelCode;
  consentsToNotices: boolean;
  synthetic: boolean;
}

/** A notice of another subject than a proposal: what it says is its feature's (`channels/notice-writers.ts`). */
export interface OtherSubject extends NoticeRecipient {
  topic: string;
  subjectId: string;
}

/** Everything that decides whether and what a household is told of a proposal, as it is at this moment. */
export interface NoticeSubject extends NoticeRecipient {
  topic: NoticeTopic;
  proposalId: string;
  status: ProposalStatus;
  /** The household may be matched: it consents and wishes to move, or has moved; after a second chance: one is looked for again. */
  searching: boolean;
  /** True once an officer has decided something of the proposal, if only to ask for information. */
  decided: boolean;
  reason: string | null;
  note: string | null;
  /** True when the same thing happened to the proposal again: the notice of that is the true one. */
  superseded: boolean;
  district: string;
  region: string;
  placements: NoticePlacement[];
  /** An application for it is on its way, whose own notice says that the job is gone. */
  underApplication: boolean;
  /** Of a notice about an application, as it stands now. */
  application: NoticeApplication | null;
}

export interface NoticeApplication {
  state: ApplicationState;
  owner: ApplicationOwner | null;
  /** `YYYY-MM-DD` */
  dueOn: string | null;
  reason: string | null;
  note: string | null;
  jobLostReason: string | null;
}

/** The subject of a receipt that the caller has locked, where it is no proposal. */
export function otherSubject(sql: Sql, deliveryId: string): Promise<OtherSubject | undefined> {
  return firstRow(
    sql,
    `select d.topic, d.subject_id as "subjectId", h.id as "householdId", h.language, h.phone, h.email, h.channel as "ownChannel",
            h.consent_notices_at is not null as "consentsToNotices", h.synthetic
     from delivery d join household h on h.id = d.recipient::uuid
     where d.id = $1 and d.topic <> all($2::text[])`,
    [deliveryId, Object.keys(NOTICE_OF)],
  );
}

/** The subject of a receipt that the caller has locked, where it is a proposal. */
export function noticeSubject(sql: Sql, deliveryId: string): Promise<NoticeSubject | undefined> {
  return firstRow(
    sql,
    `select d.topic, p.id as "proposalId", p.status, p.decided_at is not null as decided,
            h.consent_matching_at is not null and case when p.reason = 'second_chance_over'
              then exists (select from second_chance c where c.household_id = h.id and c.state <> 'ended')
                and exists (select from seeker s where s.household_id = h.id and s.seeks_work)
              else h.wishes_move or ${ARRIVED} end as searching, p.reason, p.note,
            exists (select from outbox_event later where later.payload->>'proposalId' = p.id::text
                    and later.topic = d.topic and later.id > d.event_id) as superseded,
            coalesce(p.reason, '') not in ${OWN_WISH} and exists (
              select from application a where a.proposal_id = p.id and a.state in ${JOB_MAY_BE_LOST}) as "underApplication",
            (select json_build_object('state', a.state, 'owner', a.owner, 'dueOn', a.due_on, 'reason', a.reason, 'note', a.note,
                      'jobLostReason', a.job_lost_reason)
             from outbox_event e join application a on a.id = (e.payload->>'applicationId')::uuid
             where e.id = d.event_id) as application,
            h.id as "householdId", h.language, h.phone, h.email, h.channel as "ownChannel",
            h.consent_notices_at is not null as "consentsToNotices", h.synthetic,
            case h.language when 'kk' then district.name_kk else district.name_ru end as district,
            case h.language when 'kk' then r.name_kk when 'ru' then r.name_ru else r.name_en end as region,
            (select coalesce(json_agg(json_build_object(
                      'title', v.title, 'payMinTenge', v.pay_min_tenge, 'payMaxTenge', v.pay_max_tenge,
                      'housing', v.housing, 'inspected', v.housing_provenance is not distinct from 'inspected',
                      'employment', v.employment, 'regionCode', v.region_code, 'districtKato', v.district_kato, 'status', v.status,
                      'validUntil', v.valid_until, 'isco', v.isco, 'regulated', o.regulated, 'seekerIsco', s.isco, 'promise', pl.promise, 'withdrawn', pl.withdrawn_at is not null
                    ) order by s.position), '[]')
             from placement pl join vacancy v on v.id = pl.vacancy_id join seeker s on s.id = pl.seeker_id
             left join occupation o on o.isco = v.isco
             where pl.proposal_id = p.id) as placements
     from delivery d
     join proposal p on p.id = d.subject_id
     join household h on h.id = p.household_id
     join region r on r.code = p.region_code
     join place district on district.kato = p.district_kato
     where d.id = $1`,
    [deliveryId],
  );
}

/** Whether a household was told of a proposal: certainly not, certainly or perhaps, or not yet decided. */
export type Told = 'no' | 'yes' | 'undecided';

/** The receipts of what a household was told of a proposal. */
const TOLD = `from delivery where subject_id = $1 and topic in ('proposal.approved', 'proposal.returned')`;

/**
 * Locks those receipts, so that a notice on its way is waited for, and reads them only then: it may have gone in-app in the
 * meantime, with a receipt that the first statement could not see. A receipt that stands at `sending` with nobody holding it
 * belongs to a job that has yet to come back: undecided.
 */
export async function wasTold(sql: Sql, proposalId: string): Promise<Told> {
  await sql.query(`select ${TOLD} order by id for update`, [proposalId]);
  const receipts = await rows<{ status: DeliveryStatus; inDoubt: boolean }>(
    sql,
    `select status, in_doubt as "inDoubt" ${TOLD}`,
    [proposalId],
  );
  if (receipts.some(({ status, inDoubt }) => status === 'sent' || status === 'delivered' || inDoubt)) return 'yes';
  return receipts.some(({ status }) => status === 'sending') ? 'undecided' : 'no';
}

/** Receipts, newest first, after the given id. Null filters let everything through. */
export function listDeliveries(
  sql: Sql,
  filter: {
    eventId: string | null;
    proposalId: string | null;
    regionCode: string | null;
    before: string | null;
    limit: number;
  },
): Promise<Omit<DeliveryAnswer, 'text'>[]> {
  return rows(
    sql,
    `select id, event_id as event, topic, case when topic ~ '^(proposal|application)[.]' then subject_id end as proposal,
            case when recipient <> subject_id::text then recipient end as household, region_code as region, channel, status, attempts, in_doubt as "inDoubt", parts, message_ref as "messageRef", gateway_ref as "gatewayRef",
            error_code as "errorCode", suppressed_reason as "suppressedReason", language,
            created_at as "createdAt", first_sent_at as "firstSentAt", finished_at as "finishedAt"
     from delivery
     where ($1::uuid is null or event_id = $1) and ($2::uuid is null or subject_id = $2)
       and ($3::text is null or region_code = $3) and ($4::uuid is null or id < $4)
     order by id desc limit $5`,
    [filter.eventId, filter.proposalId, filter.regionCode, filter.before, filter.limit],
  );
}

/** The codes of all regions: each has a queue of notices, whether it receives people today or did so once. */
export async function regionCodes(sql: Sql): Promise<string[]> {
  return (await rows<{ code: string }>(sql, `select code from region order by code`)).map(({ code }) => code);
}
