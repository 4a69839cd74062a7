import { type Sql, firstRow, rows } from '../database/sql.js';

export interface HouseholdListRow {
  id: string;
  regionCode: string;
  adults: number;
  children: number;
  wishesMove: boolean;
  consentsToMatching: boolean;
  synthetic: boolean;
  createdAt: Date;
}

/** Households from the newest, at most `limit`, after the id `before`; erased ones are gone. */
export function listHouseholds(
  sql: Sql,
  ask: { regionCode: string | null; before: string | null; limit: number },
): Promise<HouseholdListRow[]> {
  return rows(
    sql,
    `select h.id, h.home_region_code as "regionCode", h.children, h.wishes_move as "wishesMove",
       (select count(*)::integer from seeker s where s.household_id = h.id) as adults,
       h.consent_matching_at is not null as "consentsToMatching", h.synthetic, h.created_at as "createdAt"
     from household h
     where h.erased_at is null and ($1::text is null or h.home_region_code = $1) and ($2::uuid is null or h.id < $2)
     order by h.id desc limit $3`,
    [ask.regionCode, ask.before, ask.limit],
  );
}

/** Who has this IIN, by its keyed index, and the home region. */
export function seekerByIinIndex(
  sql: Sql,
  index: Buffer,
): Promise<{ id: string; householdId: string; regionCode: string } | undefined> {
  return firstRow(
    sql,
    `select s.id, s.household_id as "householdId", h.home_region_code as "regionCode"
     from seeker s join household h on h.id = s.household_id where s.iin_index = $1`,
    [index],
  );
}

/** Whether any proposal was ever made to the household: then its row must stay. */
export async function hasProposals(sql: Sql, householdId: string): Promise<boolean> {
  return (await firstRow(sql, `select 1 from proposal where household_id = $1 limit 1`, [householdId])) !== undefined;
}

/** A seeker's row that says nothing of anybody but an occupation. */
const NOBODY = `given_name = null, family_name = null, iin_cipher = null, iin_index = null, birth_date = '1900-01-01',
  occupation_title = null, title_key = null, education = null, experience_years = 0, languages = '{}', driving = '{}', diplomas = '{}',
  pay_tenge = null, minimum_pay_tenge = null, permanent_only = false, seeks_work = false`;

/** Removes an adult from a household. A row that placements hang on stays, belongs to no household and says nothing of anybody. */
export async function removeAdult(sql: Sql, seekerId: string): Promise<void> {
  // Pay and relatives stand in the parts of a score, and in those of the local jobs beside it.
  await sql.query(`update placement set parts = '[]' where seeker_id = $1`, [seekerId]);
  await sql.query(
    `update proposal set score_parts = '[]', local_alternative = null
     where id in (select proposal_id from placement where seeker_id = $1)`,
    [seekerId],
  );
  await sql.query(
    `update proposal set local_alternative = null
     where household_id = (select household_id from seeker where id = $1)
       and jsonb_path_exists(local_alternative, '$.placements[*] ? (@.seekerId == $seeker)', jsonb_build_object('seeker', $1::text))`,
    [seekerId],
  );
  await sql.query(`delete from seeker where id = $1 and not exists (select 1 from placement where seeker_id = $1)`, [
    seekerId,
  ]);
  await sql.query(`update seeker set household_id = null, ${NOBODY} where id = $1`, [seekerId]);
}

/**
 * Removes the words of what a household, or an account, has asked, of the answer too, and where it went; one that nobody has
 * answered is taken back. What of it became public names nobody and stays.
 */
export async function eraseQuestions(
  sql: Sql,
  whose: { householdId: string } | { accountId: string },
  at: Date,
): Promise<void> {
  const [column, id] = 'householdId' in whose ? ['household_id', whose.householdId] : ['account_id', whose.accountId];
  await sql.query(
    `update question set text = null, answer = null, account_id = null, household_id = null, contact_channel = null,
       contact_cipher = null, erased_at = coalesce(erased_at, $2), updated_at = $2, version = version + 1,
       status = case when status in ('waiting', 'taken') then 'withdrawn' else status end
     where ${column} = $1`,
    [id, at],
  );
}

/**
 * Removes everything that says who a household is, and leaves what its proposals hang on: the home region, the occupations,
 * the number of persons and the score of each proposal. Officers' notes and the messages go too, for they speak of people, and
 * the parts of scores, for they tell pay and relatives.
 */
export async function erasePersonalData(sql: Sql, householdId: string, at: Date): Promise<void> {
  await sql.query(
    `update household h set home_kato = r.kato, home_district_kato = null, children = 0, school_age_children = 0, other_members = 0,
       relatives_region_codes = '{}', wished_region_codes = '{}', excluded_region_codes = '{}', settlement_wish = 'any',
       housing_required = false, corridor_off = false, wishes_move = false, channel = 'in_app', phone = null, email = null,
       consent_matching_at = null, consent_notices_at = null, consent_sharing_at = null,
       erased_at = $2, updated_at = $2, version = version + 1
     from region r where r.code = h.home_region_code and h.id = $1`,
    [householdId, at],
  );
  await sql.query(`update seeker set ${NOBODY} where household_id = $1`, [householdId]);
  await sql.query(`delete from in_app_message where household_id = $1`, [householdId]);
  await sql.query(`delete from dismissal where household_id = $1`, [householdId]);
  await sql.query(`delete from share_link where household_id = $1`, [householdId]);
  // How they were stays, of nobody: the programme's sums would change after the fact. Nobody asks them any more.
  await sql.query(`update follow_up set owner_id = null, owner_label = null where household_id = $1`, [householdId]);
  await sql.query(
    `update follow_up set state = 'closed', closed_at = $2, closed_reason = 'erased', version = version + 1
     where household_id = $1 and state in ('due', 'asked', 'unreached')`,
    [householdId, at],
  );
  await sql.query(
    `update second_chance set state = 'ended', ended_at = $2, ended_reason = 'erased' where household_id = $1 and state <> 'ended'`,
    [householdId, at],
  );
  await sql.query(
    `update interest set withdrawn_at = coalesce(withdrawn_at, $2), shared_at = null where household_id = $1`,
    [householdId, at],
  );
  await sql.query(`update application set note = null where household_id = $1`, [householdId]);
  await sql.query(`update application_step set note = null where household_id = $1`, [householdId]);
  await sql.query(
    `update placement set parts = '[]' where proposal_id in (select id from proposal where household_id = $1)`,
    [householdId],
  );
  await sql.query(
    `update proposal set note = null, score_parts = '[]', local_alternative = null where household_id = $1`,
    [householdId],
  );
}
