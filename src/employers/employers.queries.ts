import { type Sql, firstRow, rows } from '../database/sql.js';

/** Whether a firm has or had a vacancy in a region. A firm belongs to no region but by its vacancies. */
export async function hasVacancyIn(sql: Sql, employerId: string, regionCode: string | null): Promise<boolean> {
  const found = await firstRow(sql, `select id from vacancy where employer_id = $1 and region_code = $2 limit 1`, [
    employerId,
    regionCode,
  ]);
  return found !== undefined;
}

/** A firm that no centre has checked, with what it offers in one region now. */
export interface UncheckedFirm {
  id: string;
  name: string;
  bin: string | null;
  activity: string | null;
  headcount: number | null;
  vacancies: number;
  /** Posted by the firm itself: proposed to nobody before a centre has checked it. */
  ownPosts: number;
  openings: number;
  /** Invented, for a demonstration. */
  synthetic: boolean;
}

/** A name as it is sorted: every number as wide as the widest, so that «№ 2» stands before «№ 10». */
const NATURAL = `(select string_agg(case when part[1] ~ '^[0-9]' then lpad(part[1], greatest(12, length(part[1])), '0') else part[1] end, ''
  order by place) from regexp_matches(e.name_normalised, '[0-9]+|[^0-9]+', 'g') with ordinality as parts(part, place))`;

/** Unchecked firms with open vacancies in a region: those with posts of their own first, then by name. */
export function uncheckedFirms(
  sql: Sql,
  regionCode: string,
  slice: { after: [number, string, string] | null; limit: number },
): Promise<(UncheckedFirm & { rank: number; nameKey: string })[]> {
  return rows(
    sql,
    `select * from (
       select e.id, e.name, e.bin, e.activity, e.headcount, ${NATURAL} as "nameKey", count(*)::int as vacancies,
              count(*) filter (where v.source = 'employer:' || e.id)::int as "ownPosts",
              coalesce(sum(v.openings), 0)::int as openings, e.synthetic,
              (count(*) filter (where v.source = 'employer:' || e.id) = 0)::int as rank
       from employer e join vacancy v on v.employer_id = e.id
       where v.region_code = $1 and v.status = 'open' and e.verified_at is null
       group by e.id) as firm
     where $2::int is null or (rank, "nameKey", id) > ($2::int, $3::text, $4::uuid)
     order by rank, "nameKey", id limit $5`,
    [regionCode, ...(slice.after ?? [null, null, null]), slice.limit],
  );
}
