import type { ChannelCode } from '../channels/channel.js';
import type { DeliveryStatus } from '../channels/receipts.queries.js';
import { type Sql, firstRow, rows } from '../database/sql.js';
import type { Language } from '../i18n/language.js';
import type { About, CloseReason, QuestionStatus } from './question-states.js';

/** A question as lists and pages read it; never with its asker's contact. */
export interface QuestionRow {
  id: string;
  language: Language;
  about: About;
  aboutRegionCode: string | null;
  vacancyId: string | null;
  vacancyTitle: string | null;
  regionCode: string | null;
  /** Null once its asker has taken it back or was erased. */
  text: string | null;
  status: QuestionStatus;
  /** A token's or account's id. */
  owner: string | null;
  dueOn: string;
  answer: string | null;
  answeredBy: string | null;
  answeredAt: Date | null;
  closedReason: CloseReason | null;
  synthetic: boolean;
  version: number;
  createdAt: Date;
  /** True when its answer is public. */
  published: boolean;
}

const FIELDS = `
  q.id, q.language, q.about, q.about_region_code as "aboutRegionCode", q.vacancy_id as "vacancyId", v.title as "vacancyTitle",
  q.region_code as "regionCode", q.text, q.status, q.owner, q.due_on::text as "dueOn", q.answer, q.answered_by as "answeredBy",
  q.answered_at as "answeredAt", q.closed_reason as "closedReason", q.synthetic, q.version, q.created_at as "createdAt",
  p.published_at is not null as published`;
const FROM = `from question q left join vacancy v on v.id = q.vacancy_id left join public_answer p on p.question_id = q.id`;

export function questionById(sql: Sql, id: string): Promise<QuestionRow | undefined> {
  return firstRow(sql, `select ${FIELDS} ${FROM} where q.id = $1`, [id]);
}

/** A desk: a region's centre, or `null` for the programme's own. */
const AT_DESK = 'q.region_code is not distinct from $1';

export const QUESTION_LISTS = ['open', 'answered', 'closed'] as const;
export type QuestionList = (typeof QUESTION_LISTS)[number];

/** What waits at a desk: overdue first, that is by the day it is due; then as it was asked. */
export function openQuestions(
  sql: Sql,
  desk: string | null,
  slice: { after: { dueOn: string; id: string } | null; overdueOn: string | null; limit: number },
): Promise<QuestionRow[]> {
  return rows(
    sql,
    `select ${FIELDS} ${FROM}
     where ${AT_DESK} and q.status in ('waiting', 'taken') and ($2::date is null or (q.due_on, q.id) > ($2::date, $3::uuid))
       and ($4::date is null or q.due_on < $4)
     order by q.due_on, q.id limit $5`,
    [desk, slice.after?.dueOn ?? null, slice.after?.id ?? null, slice.overdueOn, slice.limit],
  );
}

/** What a desk has answered, or closed otherwise; the newest first. */
export function endedQuestions(
  sql: Sql,
  desk: string | null,
  slice: { list: 'answered' | 'closed'; before: string | null; limit: number },
): Promise<QuestionRow[]> {
  const statuses = slice.list === 'answered' ? ['answered'] : ['closed', 'withdrawn'];
  return rows(
    sql,
    `select ${FIELDS} ${FROM}
     where ${AT_DESK} and q.status = any($2::text[]) and ($3::uuid is null or q.id < $3) order by q.id desc limit $4`,
    [desk, statuses, slice.before, slice.limit],
  );
}

export interface DeskCounts {
  open: number;
  overdue: number;
}

export async function deskCounts(sql: Sql, desk: string | null, today: string): Promise<DeskCounts> {
  const found = await firstRow<DeskCounts>(
    sql,
    `select count(*)::int as open, count(*) filter (where q.due_on < $2)::int as overdue
     from question q where ${AT_DESK} and q.status in ('waiting', 'taken')`,
    [desk, today],
  );
  return found ?? { open: 0, overdue: 0 };
}

/** What waits at each desk where something does, those with the most overdue first; null: the programme's own. */
export function openByDesk(sql: Sql, today: string): Promise<(DeskCounts & { regionCode: string | null })[]> {
  return rows(
    sql,
    `select region_code as "regionCode", count(*)::int as open, count(*) filter (where due_on < $1)::int as overdue
     from question where status in ('waiting', 'taken') group by 1 order by overdue desc, open desc, 1`,
    [today],
  );
}

/** Everything that waits at any desk, or at one; the day it is due first. */
export function waitingQuestions(
  sql: Sql,
  filter: { desk: string | null | undefined; overdueOn: string | null; limit: number },
): Promise<QuestionRow[]> {
  return rows(
    sql,
    `select ${FIELDS} ${FROM}
     where q.status in ('waiting', 'taken') and ($1::bool or q.region_code is not distinct from $2)
       and ($3::date is null or q.due_on < $3)
     order by q.due_on, q.id limit $4`,
    [filter.desk === undefined, filter.desk ?? null, filter.overdueOn, filter.limit],
  );
}

/** What an account has asked, the newest first. */
export function questionsOfAccount(sql: Sql, accountId: string, limit: number): Promise<QuestionRow[]> {
  return rows(sql, `select ${FIELDS} ${FROM} where q.account_id = $1 order by q.id desc limit $2`, [accountId, limit]);
}

/** What became of sending the answer. */
export interface AnswerReceipt {
  channel: ChannelCode;
  status: DeliveryStatus;
  errorCode: string | null;
  suppressedReason: string | null;
  inDoubt: boolean;
  finishedAt: Date | null;
}

export function answerReceipts(sql: Sql, questionId: string): Promise<AnswerReceipt[]> {
  return rows(
    sql,
    `select channel, status, error_code as "errorCode", suppressed_reason as "suppressedReason", in_doubt as "inDoubt",
            finished_at as "finishedAt"
     from delivery where subject_id = $1 and topic in ('question.answered', 'question.closed') order by id`,
    [questionId],
  );
}

/**
 * Removes the contacts of askers whose answer went out, or was given up, before an instant; of closed questions as soon as their
 * asker was told. Who wrote the address down once does
 * not stay known for ever; the answer stays behind its link.
 */
export async function forgetContacts(sql: Sql, answeredBefore: Date): Promise<number> {
  const gone = await rows(
    sql,
    `with gone as (
       update question q set contact_channel = null, contact_cipher = null
       where q.contact_cipher is not null and (q.status = 'withdrawn'
         or (q.status = 'closed' and (q.closed_at < $1 or exists (
           select from delivery d where d.subject_id = q.id and d.topic = 'question.closed' and d.finished_at is not null)))
         or (q.status = 'answered'
         and coalesce((select max(d.finished_at) from delivery d where d.subject_id = q.id and d.topic = 'question.answered'),
                      q.answered_at) < $1
         and not exists (select from delivery d where d.subject_id = q.id and d.topic = 'question.answered' and d.finished_at is null)))
       returning q.id)
     select id from gone`,
    [answeredBefore],
  );
  return gone.length;
}
