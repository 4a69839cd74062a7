import { type Sql, rows } from '../database/sql.js';
import type { RegionStatistic } from '../reference/reference.queries.js';

/** What the vacancies of a region open on a date offer, of one occupation or of all. Pay is tenge a month. */
export interface RegionOffer {
  regionCode: string;
  vacancies: number;
  /** Not stated counts as one. */
  openings: number;
  /** Vacancies with a home, and with help in finding one, by the employers' claims. */
  housingProvided: number;
  housingHelp: number;
  /** Vacancies that state a pay, and the median of its lower bounds (of the upper one where only that is stated). */
  paid: number;
  medianPayTenge: number | null;
}

export function regionOffers(sql: Sql, date: string, isco: string | null): Promise<RegionOffer[]> {
  return rows(
    sql,
    `select region_code as "regionCode", count(*)::int as vacancies, sum(coalesce(openings, 1))::int as openings,
       count(*) filter (where housing = 'provided')::int as "housingProvided", count(*) filter (where housing = 'help')::int as "housingHelp",
       count(coalesce(pay_min_tenge, pay_max_tenge))::int as paid,
       percentile_disc(0.5) within group (order by coalesce(pay_min_tenge, pay_max_tenge)) as "medianPayTenge"
     from vacancy where status = 'open' and (valid_until is null or valid_until >= $1::date) and ($2::text is null or isco = $2)
     group by 1`,
    [date, isco],
  );
}

/** Which of some occupations have a vacancy open on a date, wherever it is. */
export async function openOccupations(sql: Sql, date: string, isco: readonly string[]): Promise<Set<string>> {
  const open = await rows<{ isco: string }>(
    sql,
    `select distinct isco from vacancy
     where status = 'open' and (valid_until is null or valid_until >= $1::date) and isco = any($2::text[])`,
    [date, isco],
  );
  return new Set(open.map((one) => one.isco));
}

/** Consenting people who seek work at home, of one occupation or of all, by region. */
export function regionSeekers(sql: Sql, isco: string | null): Promise<{ regionCode: string; seekers: number }[]> {
  return rows(
    sql,
    `select h.home_region_code as "regionCode", count(*)::int as seekers
     from seeker s join household h on h.id = s.household_id
     where s.seeks_work and h.consent_matching_at is not null and ($1::text is null or s.isco = $1) group by 1`,
    [isco],
  );
}

/** Every region's newest value of every statistic. */
export function latestStatistics(sql: Sql): Promise<RegionStatistic[]> {
  return rows(
    sql,
    `select distinct on (region_code, code) region_code as "regionCode", code, period, value, unit, source, verified
     from region_statistic order by region_code, code, period desc`,
  );
}

/** Vacancies open on a date by district of a region, the most first; those whose district is not known are left out. */
export function districtOffers(
  sql: Sql,
  date: string,
  regionCode: string,
  isco: string | null,
): Promise<{ districtKato: string; vacancies: number; openings: number }[]> {
  return rows(
    sql,
    `select district_kato as "districtKato", count(*)::int as vacancies, sum(coalesce(openings, 1))::int as openings
     from vacancy where status = 'open' and (valid_until is null or valid_until >= $1::date)
       and region_code = $2 and district_kato is not null and ($3::text is null or isco = $3)
     group by 1 order by 2 desc, 1`,
    [date, regionCode, isco],
  );
}

/** Each statistic with its source and time, and how many regions it covers. `verified`: confirmed for all of them. */
export function statisticSources(
  sql: Sql,
): Promise<{ code: string; source: string; period: string; regions: number; verified: boolean }[]> {
  return rows(
    sql,
    `select code, source, period, count(*)::int as regions, bool_and(verified) as verified
     from region_statistic group by 1, 2, 3 order by 1, 3, 2`,
  );
}
