import { type Sql, rows } from '../database/sql.js';
import { SEED_TABLE_1 } from '../programme/groupings.js';
import type { MarketSides, OccupationSides } from './core/sides.js';

/** Vacancies open on a date on the two sides of the seed paper's Table 1, by the vacancy's sector and by occupation. */
export async function marketSides(sql: Sql, date: string): Promise<MarketSides> {
  const found = await rows<{ sector: string | null; isco: string | null; north: number; south: number }>(
    sql,
    `with open as (
       select sector, isco, region_code = any($2::text[]) as northern from vacancy
       where status = 'open' and (valid_until is null or valid_until >= $1::date) and region_code = any($2::text[] || $3::text[])
     )
     select sector, null as isco, count(*) filter (where northern)::int as north, count(*) filter (where not northern)::int as south
     from open group by sector
     union all
     select o.sector, o.isco, count(*) filter (where open.northern)::int, count(*) filter (where not open.northern)::int
     from occupation o left join open on open.isco = o.isco group by o.isco`,
    [date, SEED_TABLE_1.north, SEED_TABLE_1.south],
  );
  const sectors = found.flatMap(({ isco, sector, north, south }) =>
    isco === null ? [[sector ?? 'unstated', { north, south, ratio: south === 0 ? null : north / south }] as const] : [],
  );
  const occupations = found.flatMap(({ isco, ...sides }) => (isco === null ? [] : [[isco, sides] as const]));
  return { sectors: Object.fromEntries(sectors), occupations: new Map(occupations) };
}

/** The side of Table 1 that a region stands on. */
export function sideOf(regionCode: string): OccupationSides['home'] {
  const has = (side: readonly string[]): boolean => side.includes(regionCode);
  return has(SEED_TABLE_1.north) ? 'north' : has(SEED_TABLE_1.south) ? 'south' : null;
}
