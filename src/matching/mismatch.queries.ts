import { type Sql, firstRow, rows } from '../database/sql.js';
import type { MismatchCount } from './core/mismatch.js';
import { ARRIVED } from './market.queries.js';

/**
 * Vacancies that stand on a date and their openings, and consenting people who seek work and have not arrived, by region and sector.
 * `source` null: every source.
 */
export function mismatchCounts(sql: Sql, source: string | null, date: string): Promise<MismatchCount[]> {
  return rows(
    sql,
    `select region_code as region, sector, count(*)::int as vacancies, sum(coalesce(openings, 1))::int as openings, 0 as seekers
     from vacancy where status = 'open' and (valid_until is null or valid_until >= $2::date) and ($1::text is null or source = $1)
     group by 1, 2
     union all
     select h.home_region_code, coalesce(o.sector, 'unstated'), 0, 0, count(*)::int
     from seeker s join household h on h.id = s.household_id join occupation o on o.isco = s.isco
     where s.seeks_work and h.consent_matching_at is not null and not ${ARRIVED} group by 1, 2`,
    [source, date],
  );
}

/** The same by occupation; `sector` is the occupation's own. Vacancies without a known occupation are left out. */
export interface OccupationCount {
  isco: string;
  titleEn: string;
  titleRu: string | null;
  titleKk: string | null;
  sector: string;
  region: string;
  vacancies: number;
  openings: number;
  seekers: number;
}

export function occupationCounts(sql: Sql, source: string | null, date: string): Promise<OccupationCount[]> {
  return rows(
    sql,
    `select o.isco, o.title_en as "titleEn", o.title_ru as "titleRu", o.title_kk as "titleKk",
            coalesce(o.sector, 'unstated') as sector, c.region,
            sum(c.vacancies)::int as vacancies, sum(c.openings)::int as openings, sum(c.seekers)::int as seekers
     from (
       select isco, region_code as region, count(*) as vacancies, sum(coalesce(openings, 1)) as openings, 0 as seekers
       from vacancy
       where status = 'open' and (valid_until is null or valid_until >= $2::date) and isco is not null
         and ($1::text is null or source = $1) group by 1, 2
       union all
       select s.isco, h.home_region_code, 0, 0, count(*)
       from seeker s join household h on h.id = s.household_id
       where s.seeks_work and h.consent_matching_at is not null and not ${ARRIVED} group by 1, 2
     ) c join occupation o on o.isco = c.isco
     group by o.isco, c.region order by o.isco, c.region`,
    [source, date],
  );
}

export async function sourceExists(sql: Sql, source: string): Promise<boolean> {
  const row = await firstRow<{ found: boolean }>(
    sql,
    'select exists (select from vacancy where source = $1) as found',
    [source],
  );
  return row?.found === true;
}
