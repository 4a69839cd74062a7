import { type Sql, rows } from '../../database/sql.js';
import type { DemoPlace } from './feed.js';
import type { DemoHome } from './households.js';

/**
 * Every settlement where a demo vacancy may stand. A town stands under its region (`Павлодарская область, г.Павлодар`), a
 * village under its district, and a quarter of one of the three great cities under the city. Words alone find the villages
 * and towns whose name stands once in their district; sidings, camps and the like need their code.
 */
export async function demoPlaces(sql: Sql): Promise<DemoPlace[]> {
  return rows<DemoPlace>(
    sql,
    `select p.kato, p.region_code as "regionCode", p.settlement_type as "settlementType",
            case when d.level = 'region' or (p.settlement_type = 'urban' and d.name_ru like '%Г.А.')
                 then r.name_ru || ', ' || p.name_ru
                 else r.name_ru || ', ' || d.name_ru || ', ' || p.name_ru end as location,
            count(*) over (partition by p.district_kato, p.name_ru) = 1 and p.name_ru ~ '^(с|г)[.]' as "wordsSuffice"
       from place p
       join place d on d.kato = p.district_kato
       join region r on r.code = p.region_code
      where p.settlement_type is not null
        and (p.level = 'settlement' or (p.level = 'sub_district' and (p.name_ru like 'г.%' or d.level = 'region')))
      order by p.kato`,
  );
}

/** Where demo households live: towns and villages alike. */
export async function demoHomes(sql: Sql): Promise<DemoHome[]> {
  return (await demoPlaces(sql)).map(({ kato, regionCode }) => ({ kato, regionCode }));
}

/** Average pay of each region against the mean of all, around 1; a region without a figure stands at 1. */
export async function payIndexes(sql: Sql): Promise<Map<string, number>> {
  const found = await rows<{ regionCode: string; index: number }>(
    sql,
    `select region_code as "regionCode", value / avg(value) over () as index
       from region_statistic where code = 'average_pay'`,
  );
  // Oil regions pay double on average but not in a school or a farm: half of the difference stays.
  return new Map(found.map(({ regionCode, index }) => [regionCode, 1 + (index - 1) / 2]));
}
