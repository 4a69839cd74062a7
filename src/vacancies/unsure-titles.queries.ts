import { type Sql, rows } from '../database/sql.js';

export interface UnsureFilter {
  /** Region of the vacancies; null for all. */
  region: string | null;
  areaId: number | null;
  /** `YYYY-MM-DD` in Kazakhstan: what is over needs nobody. */
  today: string;
}

/** Titles that share a key: how many open vacancies, their openings, and people who call themselves so. */
export interface UnsureRow {
  key: string;
  vacancies: number;
  openings: number;
  seekers: number;
}

/** SQL: open vacancies whose occupation was guessed and of whose title nobody has said what it means. */
const UNSURE = `v.status = 'open' and not v.isco_sure and not v.isco_stated and v.title_key is not null
  and ($1::text is null or v.region_code = $1) and ($2::smallint is null or v.area_id = $2)
  and (v.valid_until is null or v.valid_until >= $3::date)
  and not exists (select from title_correction c where c.title_key = v.title_key and c.ended_at is null)`;

/** Those with the most openings first, then with the most people. `after`: openings, people and key of the last one seen. */
export function unsureTitles(
  sql: Sql,
  { region, areaId, today }: UnsureFilter,
  { after, limit }: { after: [number, number, string] | null; limit: number },
): Promise<UnsureRow[]> {
  const [openings = null, seekers = null, key = null] = after ?? [];
  return rows(
    sql,
    `with grouped as (
       select v.title_key as key, count(*)::int as vacancies, sum(greatest(coalesce(v.openings, 1), 1))::int as openings
       from vacancy v where ${UNSURE} group by v.title_key
     ), counted as (
       select g.*, coalesce(s.seekers, 0) as seekers
       from grouped g left join (
         select s.title_key, count(*)::int as seekers from seeker s
         where s.title_key is not null and s.household_id is not null and s.seeks_work group by s.title_key
       ) s on s.title_key = g.key
     )
     select * from counted
     where $4::int is null or (-openings, -seekers, key collate "C") > (-$4::int, -$5::int, $6::text collate "C")
     order by openings desc, seekers desc, key collate "C" limit $7`,
    [region, areaId, today, openings, seekers, key, limit],
  );
}

/** How many different titles wait. */
export async function countUnsure(sql: Sql, { region, areaId, today }: UnsureFilter): Promise<number> {
  const [row] = await rows<{ n: number }>(
    sql,
    `select count(distinct v.title_key)::int as n from vacancy v where ${UNSURE}`,
    [region, areaId, today],
  );
  return row?.n ?? 0;
}

/** What an officer sees of one key: its spellings and areas, the most frequent first, and the newest vacancy. */
export interface UnsureDetails {
  key: string;
  spellings: string[];
  areaIds: number[];
  example: {
    id: string;
    title: string;
    subtitle: string | null;
    areaId: number | null;
    education: string | null;
    skills: string[];
    regionCode: string;
    employerName: string;
    /** Invented, for a demonstration. */
    synthetic: boolean;
  };
}

const MOST_SPELLINGS = 5;

export function unsureDetails(
  sql: Sql,
  { region, areaId, today }: UnsureFilter,
  keys: readonly string[],
): Promise<UnsureDetails[]> {
  return rows(
    sql,
    `with open as (
       select v.* from vacancy v where ${UNSURE} and v.title_key = any($4::text[])
     )
     select k.key,
       array(select title from open o where o.title_key = k.key group by title order by count(*) desc, title limit ${MOST_SPELLINGS}) as spellings,
       array(select area_id from open o where o.title_key = k.key and area_id is not null group by area_id order by count(*) desc, area_id)
         as "areaIds",
       (select jsonb_build_object('id', o.id, 'title', o.title, 'subtitle', o.subtitle, 'areaId', o.area_id, 'education', o.education, 'skills', to_jsonb(o.skills),
          'regionCode', o.region_code, 'employerName', o.employer_name, 'synthetic', o.synthetic)
        from open o where o.title_key = k.key order by o.published_on desc, o.id limit 1) as example
     from unnest($4::text[]) k(key)`,
    [region, areaId, today, keys],
  );
}

export interface CorrectionRow {
  id: string;
  title: string;
  areaId: number | null;
  isco: string | null;
  note: string | null;
  regionCode: string | null;
  madeBy: string;
  madeAt: Date;
  endedAt: Date | null;
  endedReason: 'superseded' | 'withdrawn' | null;
  vacancies: number | null;
  seekers: number | null;
  /** False while the job that re-codes its titles has not run. */
  recoded: boolean;
  version: number;
}

const CORRECTION = `select id, title, area_id as "areaId", isco, note, region_code as "regionCode", made_by as "madeBy",
    made_at as "madeAt", ended_at as "endedAt", ended_reason as "endedReason", vacancies, seekers,
    coalesce(recoded_version, 0) >= coalesce(ended_version, version) as recoded, version::int as version
  from title_correction`;

/** Corrections, the newest first; `standing`: only those that nobody has replaced or withdrawn. */
export function corrections(
  sql: Sql,
  { standing, before, limit }: { standing: boolean; before: number | null; limit: number },
): Promise<CorrectionRow[]> {
  return rows(
    sql,
    `${CORRECTION} where (not $1 or ended_at is null) and ($2::bigint is null or version < $2) order by version desc limit $3`,
    [standing, before, limit],
  );
}

export async function correctionById(sql: Sql, id: string): Promise<CorrectionRow | undefined> {
  return (await rows<CorrectionRow>(sql, `${CORRECTION} where id = $1`, [id]))[0];
}
