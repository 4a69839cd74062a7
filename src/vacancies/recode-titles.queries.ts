import { type Sql, firstRow, rows } from '../database/sql.js';
import { worseTerms } from './worse-terms.js';

/** Which titles are to be read again: those of some keys, and longer ones that hold the words of one. */
export interface RecodedTitles {
  keys: string[];
  /** Of the keys, those that teach longer titles too. */
  phrases: string[];
}

/** SQL: whether a row's title is one of those asked for by `$1` and `$2`. Letters only: none is a sign of a pattern. */
const ASKED = (row: string): string => `(${row}.title_key = any($1::text[])
  or exists (select from unnest($2::text[]) phrase
             where position(' ' || phrase || ' ' in ' ' || ${row}.title_key || ' ') > 0))`;

/** A vacancy's title with all that it is read with. */
export interface VacancyQuestion {
  title: string;
  subtitle: string | null;
  areaId: number | null;
  education: string | null;
  skills: string[];
}

/** The different titles among stored vacancies whose occupation nobody stated. */
export function vacancyQuestions(sql: Sql, { keys, phrases }: RecodedTitles): Promise<VacancyQuestion[]> {
  return rows(
    sql,
    `select distinct v.title, v.subtitle, v.area_id as "areaId", v.education, v.skills from vacancy v where not v.isco_stated and ${ASKED('v')}`,
    [keys, phrases],
  );
}

/** How many vacancies a re-coding would look at, as far as `most` and one. */
export async function countRecoded(sql: Sql, { keys, phrases }: RecodedTitles, most: number): Promise<number> {
  const row = await firstRow<{ n: number }>(
    sql,
    `select count(*)::int as n from (select 1 from vacancy v where not v.isco_stated and ${ASKED('v')} limit $3) one`,
    [keys, phrases, most + 1],
  );
  return row?.n ?? 0;
}

export interface ReadVacancy extends VacancyQuestion {
  isco: string | null;
  sure: boolean;
}

/**
 * Gives stored vacancies the occupation that their titles are read as, in one statement, and their sector where it follows; writes
 * what that breaks of promises as the batch. Answers how many open ones changed and how many changes broke a promise.
 */
export async function recodeVacancies(
  tx: Sql,
  read: readonly ReadVacancy[],
  batchId: string,
  at: Date,
): Promise<{ open: number; changed: number; worsened: number }> {
  const row = await firstRow<{ open: number; changed: number; worsened: number }>(
    tx,
    `with reading as (
       select r.*, coalesce(o.sector, 'unstated') as sector
       from jsonb_to_recordset($1::jsonb) r(title text, subtitle text, "areaId" smallint, education text, skills text[], isco text, sure boolean)
       left join occupation o on o.isco = r.isco and r.sure
     ), changed as (
       update vacancy v set isco = r.isco, isco_sure = r.sure, changed_at = $3::timestamptz,
         sector = case when v.sector_follows then r.sector else v.sector end
       from reading r
       where not v.isco_stated and v.title = r.title and v.subtitle is not distinct from r.subtitle
         and v.area_id is not distinct from r."areaId" and v.education is not distinct from r.education
         and v.skills = r.skills
         and (v.isco is distinct from r.isco or v.isco_sure <> r.sure)
       returning old as before, new as after
     ), worsened as (
       insert into vacancy_change (id, batch_id, vacancy_id, change, details, at)
       select uuidv7(), $2, (c.after).id, worse.change, worse.details, $3::timestamptz
       from changed c cross join lateral (${worseTerms('(c.before)', '(c.after)')}) worse
       returning 1
     )
     select count(*)::int as changed, (count(*) filter (where (c.after).status = 'open'))::int as open,
       (select count(*)::int from worsened) as worsened
     from changed c`,
    [JSON.stringify(read), batchId, at],
  );
  return row ?? { open: 0, changed: 0, worsened: 0 };
}

/** The different titles of people whose occupation was read out of them. */
export async function seekerTitles(sql: Sql, { keys, phrases }: RecodedTitles): Promise<string[]> {
  const found = await rows<{ title: string }>(
    sql,
    `select distinct s.occupation_title as title from seeker s
     where not s.isco_stated and s.household_id is not null and ${ASKED('s')}`,
    [keys, phrases],
  );
  return found.map(({ title }) => title);
}

/** Gives people the occupation that their titles are read as. Answers whose it changed, with their household and its region. */
export function recodeSeekers(
  tx: Sql,
  read: readonly { title: string; isco: string }[],
): Promise<{ householdId: string; regionCode: string }[]> {
  // TypeORM answers rows and their count to an update; to a `with` the rows alone.
  return rows(
    tx,
    `with reading as (select * from jsonb_to_recordset($1::jsonb) r(title text, isco text)), changed as (
       update seeker s set isco = r.isco from reading r
       where not s.isco_stated and s.household_id is not null and s.occupation_title = r.title and s.isco <> r.isco
       returning s.household_id
     ) select h.id as "householdId", h.home_region_code as "regionCode"
       from changed c join household h on h.id = c.household_id where h.erased_at is null`,
    [JSON.stringify(read)],
  );
}

/** The keys of what was taught, or taken back, since a version of the lexicon. */
export async function taughtKeysSince(sql: Sql, version: number): Promise<string[]> {
  const found = await rows<{ key: string }>(
    sql,
    `select distinct title_key as key from title_correction where version > $1 or ended_version > $1`,
    [version],
  );
  return found.map(({ key }) => key);
}
