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
 * is not corrected either. For who lost a job or a home another one was looked for since, in vain; with `looksToday` it is looked for once more
 * today for the last of them, by the newest event.
 */
export async function settleEvents(
  tx: Sql,
  { present, regionCode, looksToday }: { present: Date; regionCode: string; looksToday: boolean },
): Promise<void> {
  await tx.query(
    `update outbox_event e set enqueued_at = created_at, finished_at = created_at
     where enqueued_at is null and created_at < $1
       and (topic <> 'settling.told' or exists (
         select from arrival r where r.id = (e.payload->>'arrivalId')::uuid and r.region_code = $3))
       and not ($2 and id is not distinct from (
         select o.id from outbox_event o join arrival r on r.id = (o.payload->>'arrivalId')::uuid
         where o.topic = 'settling.told' and o.enqueued_at is null and o.created_at < $1 and r.region_code = $3
         order by o.created_at desc limit 1))`,
    [present, looksToday, regionCode],
  );
  await tx.query(
    `update second_chance set tried_at = $1
     where state = 'searching' and region_code = $3 and not ($2 and id is not distinct from (
       select id from second_chance where state = 'searching' and region_code = $3 order by opened_at desc limit 1))`,
    [present, looksToday, regionCode],
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
              e.topic = 'proposal.withdrawn' and not coalesce(bool_or(e.topic in ('proposal.approved', 'proposal.returned'))
                over (partition by p.id order by e.created_at), false) as quiet
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
