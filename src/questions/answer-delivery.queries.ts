import type { ChannelCode } from '../channels/channel.js';
import type { Claim } from '../channels/receipts.queries.js';
import { type Sql, firstRow } from '../database/sql.js';
import type { Language } from '../i18n/language.js';
import type { CloseReason, QuestionStatus } from './question-states.js';

/** Everything that decides whether, where and in which words an answer goes, as it is at this moment. */
export interface AnswerSubject {
  questionId: string;
  language: Language;
  /** What the event says has become of it: the message is that, or nothing. */
  outcome: 'answered' | 'closed';
  status: QuestionStatus;
  text: string | null;
  answer: string | null;
  closedReason: CloseReason | null;
  synthetic: boolean;
  contactChannel: 'sms' | 'email' | null;
  contactCipher: Buffer | null;
  accountId: string | null;
  /** Null: none, or erased. */
  householdId: string | null;
  householdChannel: ChannelCode | null;
  householdPhone: string | null;
  householdEmail: string | null;
}

/** The question of an event. */
export function answerSubject(sql: Sql, eventId: string): Promise<AnswerSubject | undefined> {
  return firstRow(
    sql,
    `select q.id as "questionId", q.language, replace(e.topic, 'question.', '') as outcome, q.status, q.text, q.answer,
            q.closed_reason as "closedReason", q.synthetic or coalesce(h.synthetic, false) as synthetic,
            q.contact_channel as "contactChannel", q.contact_cipher as "contactCipher", q.account_id as "accountId",
            h.id as "householdId", h.channel as "householdChannel", h.phone as "householdPhone", h.email as "householdEmail"
     from outbox_event e
     join question q on q.id = (e.payload->>'questionId')::uuid
     left join household h on h.id = q.household_id and h.erased_at is null
     where e.id = $1`,
    [eventId],
  );
}

/**
 * Takes the message of an event in hand: writes or renews its receipt as `sending`, in one statement of its own, so that a death
 * afterwards leaves a trace. Answers null when the event is unknown or its message is finished. What was begun on one channel goes
 * on there.
 */
export async function claimAnswer(
  sql: Sql,
  claim: { deliveryId: string; eventId: string; channel: ChannelCode; recipient: string; language: Language; at: Date },
): Promise<Claim | null> {
  const claimed = await firstRow<Claim>(
    sql,
    `insert into delivery as d
       (id, event_id, channel, recipient, region_code, topic, subject_id, status, message_ref, attempts, language, created_at)
     select $1::uuid, e.id, coalesce(begun.channel, $3), coalesce(begun.recipient, $4), e.region_code, e.topic,
            (e.payload->>'questionId')::uuid, 'sending', $1::text, 1, $5, $6
     from outbox_event e
     left join lateral (
       select channel, recipient from delivery b where b.event_id = e.id order by b.id limit 1
     ) begun on true
     where e.id = $2
     on conflict (event_id, channel, recipient) do update set
       doubts = d.doubts + (d.status = 'sending')::int, status = 'sending', attempts = d.attempts + 1, error_code = null
     where d.finished_at is null
     returning d.id as "deliveryId", d.channel, d.attempts, d.doubts`,
    [claim.deliveryId, claim.eventId, claim.channel, claim.recipient, claim.language, claim.at],
  );
  return claimed ?? null;
}
