import { type Sql, rows } from '../database/sql.js';
import type { Quota, QuotaCategory } from '../programme/programme.queries.js';

/** Every quota of the date's year in its latest revision on the date. */
export function quotasOn(sql: Sql, date: string): Promise<Quota[]> {
  return rows(
    sql,
    `select distinct on (region_code, category) year, region_code as "regionCode", category,
            valid_from::text as "validFrom", persons, source, verified
     from programme_quota where valid_from <= $1::date and year = extract(year from $1::date)
     order by region_code, category, valid_from desc`,
    [date],
  );
}

/** Households with an approved proposal of a calendar year by region, each once, and their persons. */
export function approvedByRegion(
  sql: Sql,
  year: number,
): Promise<{ regionCode: string; households: number; persons: number }[]> {
  return rows(
    sql,
    `select region_code as "regionCode", count(*)::int as households, sum(persons)::int as persons from (
       select region_code, household_id, max(persons) as persons from proposal
       where status = 'approved' and decided_at >= $1 and decided_at < $2
       group by 1, 2) as moves
     group by 1`,
    [new Date(`${year}-01-01T00:00:00+05:00`), new Date(`${year + 1}-01-01T00:00:00+05:00`)],
  );
}

/** What the ledger of a year holds of each region and category, in persons, with the households behind them. */
export interface BalanceOf {
  regionCode: string;
  category: QuotaCategory;
  reserved: number;
  taken: number;
  reservedHouseholds: number;
  takenHouseholds: number;
}

export function balancesOf(sql: Sql, year: number): Promise<BalanceOf[]> {
  return rows(
    sql,
    `select b.region_code as "regionCode", b.category, b.reserved, b.taken,
            count(r.id) filter (where r.state = 'reserved')::int as "reservedHouseholds",
            count(r.id) filter (where r.state = 'taken')::int as "takenHouseholds"
     from quota_balance b left join quota_reservation r using (year, region_code, category)
     where b.year = $1 group by b.year, b.region_code, b.category`,
    [year],
  );
}
