import { type Sql, rows } from '../database/sql.js';
import type { EducationLevel } from './core/types.js';

/** Whose posts a route opens: an occupation, and the driving categories that the person then has. */
export interface RouteTarget {
  isco: string;
  driving: readonly string[];
  /** A post of this occupation counts only when it states its driving category: it asks for one in any case. */
  mustStateDriving: boolean;
}

/** Open vacancies of an occupation in a district; `districtKato` null where only the region is known. */
export interface UnlockedPosts {
  isco: string;
  regionCode: string;
  districtKato: string | null;
  vacancies: number;
  /** Not stated counts as one. */
  openings: number;
  /** Of these, at vacancies that ask for more education than one has. */
  openingsAskingMore: number;
}

/**
 * Vacancies open on a date that somebody without experience in the occupation may apply for: surely of it, of an employer that is
 * checked, permanent where that is stated, asking for no experience, for one of
 * the educations `accepted` and for no other category. `own`: the educations that one has.
 */
export function unlockedPosts(
  sql: Sql,
  date: string,
  regionCodes: readonly string[],
  targets: readonly RouteTarget[],
  educations: { own: readonly EducationLevel[]; accepted: readonly EducationLevel[] },
): Promise<UnlockedPosts[]> {
  return rows(
    sql,
    `select v.isco, v.region_code as "regionCode", v.district_kato as "districtKato", count(*)::int as vacancies,
       sum(coalesce(v.openings, 1))::int as openings,
       coalesce(sum(coalesce(v.openings, 1)) filter (where v.education <> all($5::text[])), 0)::int as "openingsAskingMore"
     from jsonb_to_recordset($3::jsonb) as t(isco text, driving text[], "mustStateDriving" boolean)
     join vacancy v on v.isco = t.isco left join employer e on e.id = v.employer_id
     where v.status = 'open' and (v.valid_until is null or v.valid_until >= $1::date) and v.isco_sure
       and v.region_code = any($2::text[]) and coalesce(v.openings, 1) > 0
       and (v.employment is null or v.employment = 'permanent')
       and not (v.source like 'employer:%' and e.verified_at is null)
       and (v.experience is null or v.experience in ('any', 'none'))
       and (v.education is null or v.education = any($4::text[]))
       and v.driving <@ t.driving and (not t."mustStateDriving" or cardinality(v.driving) > 0)
     group by 1, 2, 3 order by 1, 2, 3`,
    [date, regionCodes, JSON.stringify(targets), educations.accepted, educations.own],
  );
}

/** Median pay in tenge a month of an occupation's vacancies that state one: of lower bounds, of upper ones where only they are stated. */
export interface OccupationPay {
  isco: string;
  paid: number;
  medianTenge: number;
}

/** Over the open vacancies of the whole country. */
export function medianPays(sql: Sql, date: string, iscos: readonly string[]): Promise<OccupationPay[]> {
  return rows(
    sql,
    `select isco, count(*)::int as paid,
       percentile_disc(0.5) within group (order by coalesce(pay_min_tenge, pay_max_tenge)) as "medianTenge"
     from vacancy
     where status = 'open' and (valid_until is null or valid_until >= $1::date) and isco_sure and isco = any($2::text[])
       and coalesce(pay_min_tenge, pay_max_tenge) is not null
     group by 1`,
    [date, iscos],
  );
}
