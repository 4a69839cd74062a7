import { type Sql, rows } from '../../database/sql.js';
import type { SettlementKind } from '../../programme/support.js';
import type { Life } from './lives.js';

/** Households registered when their past began, and their posts were published before that: the demo's feed is of today alone. */
export async function backdate(tx: Sql, lives: readonly Life[]): Promise<void> {
  await tx.query(
    `update household h set created_at = l.at, updated_at = l.at, consent_matching_at = l.at, consent_notices_at = l.at,
            consent_sharing_at = l.at
     from jsonb_to_recordset($1::jsonb) as l(id uuid, at timestamptz) where h.id = l.id and h.synthetic`,
    [JSON.stringify(lives.map(({ householdId, registeredAt }) => ({ id: householdId, at: registeredAt })))],
  );
  await tx.query(
    `update vacancy v set published_on = least(v.published_on, was.day), first_seen_at = least(v.first_seen_at, was.at),
            changed_at = least(v.changed_at, was.at)
     from (select pl.vacancy_id, min(p.created_at) - interval '2 hours' as at, (min(p.created_at) - interval '3 days')::date as day
           from placement pl join proposal p on p.id = pl.proposal_id
           where p.household_id = any($1::uuid[]) group by 1) as was
     where v.id = was.vacancy_id and v.synthetic`,
    [lives.map(({ householdId }) => householdId)],
  );
}

/** Jobs of some proposals, those of a known firm with it. */
export function placementsOf(
  sql: Sql,
  proposalIds: readonly string[],
): Promise<{ id: string; proposalId: string; vacancyId: string; employerId: string | null }[]> {
  return rows(
    sql,
    `select pl.id, pl.proposal_id as "proposalId", pl.vacancy_id as "vacancyId", v.employer_id as "employerId"
     from placement pl join vacancy v on v.id = pl.vacancy_id where pl.proposal_id = any($1::uuid[]) order by pl.id`,
    [proposalIds],
  );
}

/** Where the households of arrivals live now, as the support for rent asks. */
export function homesOf(
  sql: Sql,
  arrivalIds: readonly string[],
): Promise<{ arrivalId: string; settlementType: SettlementKind }[]> {
  return rows(
    sql,
    `select r.id as "arrivalId", coalesce(min(v.settlement_type), 'rural') as "settlementType"
     from arrival r join application a on a.id = r.application_id join placement pl on pl.proposal_id = a.proposal_id
     join vacancy v on v.id = pl.vacancy_id where r.id = any($1::uuid[]) group by r.id`,
    [arrivalIds],
  );
}

/** Who went back or gave the move up looks for nothing any more. */
export async function endConsent(tx: Sql, householdIds: readonly string[]): Promise<void> {
  await tx.query('update household set consent_matching_at = null where id = any($1::uuid[]) and synthetic', [
    householdIds,
  ]);
}

/**
 * Everybody of the past was told of it then: its events are done, and their notices have receipts of that time. What was never told
 * is not corrected either. Events from `present` on go their usual way, and so does the newest word of a lost job or home: for
 * whoever looks for another chance it is looked today.
 */
export async function settleEvents(tx: Sql, present: Date): Promise<void> {
  await tx.query(
    `update outbox_event set enqueued_at = created_at, finished_at = created_at
     where enqueued_at is null and created_at < $1 and id is distinct from (
       select id from outbox_event where topic = 'settling.told' and enqueued_at is null and created_at < $1
       order by created_at desc limit 1)`,
    [present],
  );
  await tx.query(
    `insert into delivery (id, event_id, channel, recipient, region_code, topic, subject_id, status, message_ref, parts, attempts,
       suppressed_reason, language, created_at, first_sent_at, finished_at)
     select told.id, event_id, channel, recipient, region_code, topic, subject_id,
            case when quiet then 'suppressed' else 'delivered' end, told.id::text,
            case when not quiet and channel = 'sms' then 1 end, 1, case when quiet then 'never_told' end, language, created_at,
            case when not quiet then created_at + interval '40 seconds' end, created_at + interval '40 seconds'
     from (
       select uuidv7() as id, e.id as event_id, h.channel, h.id::text as recipient, e.region_code, e.topic,
              coalesce(p.id, (e.payload->>'subjectId')::uuid) as subject_id, h.language, e.created_at,
              e.topic = 'proposal.withdrawn' and not exists (
                select from outbox_event before where before.payload->>'proposalId' = p.id::text
                  and before.topic in ('proposal.approved', 'proposal.returned') and before.created_at < e.created_at) as quiet
       from outbox_event e
       left join proposal p on p.id = (e.payload->>'proposalId')::uuid
       join household h on h.id = coalesce(p.household_id, (e.payload->>'householdId')::uuid)
       where e.created_at < $1 and h.synthetic and h.channel in ('sms', 'email')
         and e.topic in ('proposal.approved', 'proposal.returned', 'proposal.withdrawn', 'application.changed', 'follow_up.asked')
         and not exists (select from delivery d where d.event_id = e.id)
     ) as told`,
    [present],
  );
}
