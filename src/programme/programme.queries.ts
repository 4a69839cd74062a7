import { firstRow, rows, type Sql } from '../database/sql.js';
import type { ListedVersion } from './dated-programme.js';

export const QUOTA_CATEGORIES = ['settlers', 'kandas'] as const;
export type QuotaCategory = (typeof QUOTA_CATEGORIES)[number];

/** A version of the programme's rules, in force from `validFrom` until the day before `validTo`. Dates are `YYYY-MM-DD`. */
export interface ProgrammeVersion {
  code: string;
  validFrom: string;
  validTo: string | null;
  name: string;
  source: string;
  /** False when no written source gave the version's lists as a whole. */
  verified: boolean;
}

export interface Quota {
  year: number;
  regionCode: string;
  category: QuotaCategory;
  /** The day from which this revision counts. */
  validFrom: string;
  persons: number;
  source: string;
  verified: boolean;
}

const QUOTA = 'year, region_code as "regionCode", category, valid_from::text as "validFrom", persons, source, verified';
const VERSION = `code, valid_from::text as "validFrom", valid_to::text as "validTo", name, source, verified`;

export function programmeVersionOn(sql: Sql, date: string): Promise<ProgrammeVersion | undefined> {
  return firstRow(
    sql,
    `select ${VERSION} from programme_version
     where valid_from <= $1::date and (valid_to is null or $1::date < valid_to) order by valid_from desc limit 1`,
    [date],
  );
}

export function programmeVersions(sql: Sql): Promise<ProgrammeVersion[]> {
  return rows(sql, `select ${VERSION} from programme_version order by valid_from`);
}

/** Every version with its lists, in the order of their dates. */
export function listedVersions(sql: Sql): Promise<ListedVersion[]> {
  const list = (role: 'departure' | 'reception'): string =>
    `coalesce((select jsonb_agg(jsonb_build_object('regionCode', r.region_code, 'verified', r.verified) order by r.region_code)
               from programme_region r where r.version_code = v.code and r.role = '${role}'), '[]') as ${role}`;
  return rows(
    sql,
    `select ${VERSION}, ${list('departure')}, ${list('reception')} from programme_version v order by valid_from`,
  );
}

/** Every revision of every region's quota, in the order of their dates. */
export function everyQuota(sql: Sql): Promise<Quota[]> {
  return rows(sql, `select ${QUOTA} from programme_quota order by valid_from, category desc, region_code`);
}

/** A region in the lists of a version; `verified`: by a written source. */
export interface ListedRole {
  regionCode: string;
  role: 'departure' | 'reception';
  verified: boolean;
}

export function programmeRoles(sql: Sql, version: string): Promise<ListedRole[]> {
  return rows(sql, `select region_code as "regionCode", role, verified from programme_region where version_code = $1`, [
    version,
  ]);
}

export async function programmeRegions(sql: Sql, version: string, role: 'departure' | 'reception'): Promise<string[]> {
  const found = await rows<{ code: string }>(
    sql,
    `select region_code as code from programme_region where version_code = $1 and role = $2 order by 1`,
    [version, role],
  );
  return found.map(({ code }) => code);
}

export async function regionsEverReceiving(sql: Sql): Promise<string[]> {
  const found = await rows<{ code: string }>(
    sql,
    `select distinct region_code as code from programme_region where role = 'reception' order by 1`,
  );
  return found.map(({ code }) => code);
}

/** The latest revision of the year's quota in force on the date; a quota ends with its year. */
export function quotaOn(
  sql: Sql,
  regionCode: string,
  date: string,
  category: QuotaCategory,
): Promise<Quota | undefined> {
  return firstRow(
    sql,
    `select ${QUOTA} from programme_quota
     where region_code = $1 and category = $3 and valid_from <= $2::date and year = extract(year from $2::date)
     order by valid_from desc limit 1`,
    [regionCode, date, category],
  );
}

/**
 * Settlers of all regions together by year, the newest first, each region by the revision in force on the date; of a year that is over
 * by its last one, of a year to come by its first. `sources` are all that these revisions come from.
 */
export function quotaSources(
  sql: Sql,
  date: string,
): Promise<{ year: number; persons: number; sources: string[]; verified: boolean }[]> {
  return rows(
    sql,
    `select year, sum(persons)::int as persons, array_agg(distinct source order by source) as sources,
            bool_and(verified) as verified
     from (select distinct on (year, region_code) year, persons, source, verified from programme_quota
           where category = 'settlers' and valid_from <= greatest($1::date, make_date(year, 1, 1))
           order by year, region_code, valid_from desc) in_force
     group by year order by year desc`,
    [date],
  );
}
