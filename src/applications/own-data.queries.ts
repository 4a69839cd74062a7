import { type Sql, rows } from '../database/sql.js';

type Row = Record<string, unknown>;

/** Every table that holds something of a household, beside the household and its adults. Ids and codes as they are kept. */
export async function rowsOfHousehold(sql: Sql, householdId: string): Promise<Record<string, Row[]>> {
  const ask = (text: string): Promise<Row[]> => rows<Row>(sql, text, [householdId]);
  return {
    proposals: await ask(
      `select id, region_code, district_kato, persons, status, score, score_parts, local_alternative, reason, note, due_on::text,
              decided_at, created_at, updated_at
       from proposal where household_id = $1 order by id`,
    ),
    placements: await ask(
      `select pl.id, pl.proposal_id, pl.seeker_id, pl.vacancy_id, v.title as vacancy_title, v.employer_name, pl.score, pl.parts,
              pl.promise, pl.mismatch, pl.withdrawn_at, pl.withdrawn_reason
       from placement pl join proposal p on p.id = pl.proposal_id join vacancy v on v.id = pl.vacancy_id
       where p.household_id = $1 order by pl.id`,
    ),
    interests: await ask(
      `select id, proposal_id, placement_id, vacancy_id, region_code, expressed_at, shared_at, withdrawn_at
       from interest where household_id = $1 order by id`,
    ),
    applications: await ask(
      `select id, proposal_id, region_code, home_region_code, category, persons, state, owner, due_on::text, reason, note, job_lost_at,
              job_lost_reason, quota_year, interested_at, applied_at, forwarded_at, decided_at, waiting_since, reserved_at,
              contracted_at, arrived_on::text, ended_at
       from application where household_id = $1 order by id`,
    ),
    applicationSteps: await ask(
      `select application_id, action, from_state, to_state, owner, due_on::text, reason, note, at, actor_role
       from application_step where household_id = $1 order by at, id`,
    ),
    quotaReservations: await ask(
      `select application_id, year, region_code, category, persons, state, reserved_at, ended_at
       from quota_reservation where household_id = $1 order by id`,
    ),
    dismissals: await ask(
      `select id, scope, vacancy_id, district_kato, region_code, reason, at from dismissal where household_id = $1 order by id`,
    ),
    shareLinks: await ask(
      `select id, proposal_id, created_at, expires_at, revoked_at from share_link where household_id = $1 order by id`,
    ),
    arrivals: await ask(
      `select r.id, r.application_id, r.region_code, r.arrived_on::text,
              (select jsonb_agg(jsonb_build_object('id', p.id, 'adult', p.adult, 'seeker_id', p.seeker_id) order by p.position)
               from arrived_person p where p.arrival_id = r.id) as persons
       from arrival r where r.household_id = $1 order by r.id`,
    ),
    followUps: await ask(
      `select id, arrival_id, months, due_on::text, answer_by::text, state, asked_at, missed, missed_at, answered_at, via, closed_at, closed_reason
       from follow_up where household_id = $1 order by due_on, id`,
    ),
    outcomes: await ask(
      `select id, arrival_id, person_id, kind, reason, told_on::text, via, recorded_at from outcome where household_id = $1 order by id`,
    ),
    returnCorrections: await ask(
      `select id, arrival_id, corrected_at from return_correction where household_id = $1 order by id`,
    ),
    secondChances: await ask(
      `select id, lost, state, proposal_id, take_from, opened_at, tried_at, ended_at, ended_reason from second_chance where household_id = $1 order by id`,
    ),
    payments: await ask(
      `select id, measure, payee, tenge, paid_on::text, recorded_at, voided_at from support_payment where household_id = $1 order by id`,
    ),
    receipts: await ask(
      `select id, channel, topic, subject_id as proposal_id, status, parts, in_doubt, attempts, error_code, suppressed_reason,
              language, created_at, first_sent_at, finished_at
       from delivery where recipient = $1::text order by id`,
    ),
    messages: await ask(
      `select id, title, body, language, created_at, read_at from in_app_message where household_id = $1 order by id`,
    ),
  };
}

/** What an account has asked, and what it was answered. */
export function questionsOfAccount(sql: Sql, accountId: string): Promise<Row[]> {
  return rows(
    sql,
    `select id, language, about, about_region_code, vacancy_id, region_code, text, status, due_on::text, answer, answered_at,
            closed_reason, created_at
     from question where account_id = $1 order by id`,
    [accountId],
  );
}

/** What was done to a household and its proposals. Of who did it the role only: officers are people too. */
export function auditOfHousehold(sql: Sql, householdId: string): Promise<Row[]> {
  return rows(
    sql,
    `select at, subject, subject_id, actor_role, action, from_state, to_state, reason
     from audit_entry
     where (subject = 'household' and subject_id = $1)
        or (subject = 'proposal' and subject_id in (select id from proposal where household_id = $1))
        or (subject = 'question' and subject_id in (select id from question where household_id = $1))
        or (subject = 'application' and subject_id in (select id from application where household_id = $1))
        or (subject = 'follow_up' and subject_id in (select id from follow_up where household_id = $1))
        or (subject = 'second_chance' and subject_id in (select id from second_chance where household_id = $1))
        or (subject = 'support_payment' and subject_id in (select id from support_payment where household_id = $1))
     order by at, id`,
    [householdId],
  );
}
