import { type Sql, rows } from '../database/sql.js';
import type { OpenPost } from './unlocked-posts.js';

/** Vacancies of some occupations that are open on a date, in the whole country. */
export function openPosts(sql: Sql, date: string, iscos: readonly string[]): Promise<(OpenPost & { isco: string })[]> {
  return rows(
    sql,
    `select v.isco, v.isco_sure as "iscoSure", v.region_code as "regionCode", v.district_kato as "districtKato", v.openings,
            v.employment, v.experience, v.education, v.driving, v.pay_min_tenge as "payMinTenge", v.pay_max_tenge as "payMaxTenge",
            v.source like 'employer:%' and e.verified_at is null as "employerUnchecked"
     from vacancy v left join employer e on e.id = v.employer_id
     where v.status = 'open' and (v.valid_until is null or v.valid_until >= $1::date) and v.isco = any($2::text[])`,
    [date, iscos],
  );
}
