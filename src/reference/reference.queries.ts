import { rows, type Sql } from '../database/sql.js';
import type { PlaceAliasRow, PlaceRow, RegionRow } from './place-index.js';

export function allPlaces(sql: Sql): Promise<PlaceRow[]> {
  return rows(
    sql,
    `select kato, parent_kato as "parentKato", region_code as "regionCode", district_kato as "districtKato", level,
       settlement_type as "settlementType", name_ru as "nameRu", name_kk as "nameKk"
     from place order by kato`,
  );
}

export function allRegions(sql: Sql): Promise<RegionRow[]> {
  return rows(
    sql,
    `select code, kato, name_ru as "nameRu", name_kk as "nameKk", name_en as "nameEn", aliases from region order by code`,
  );
}

export interface AreaRow {
  id: number;
  nameRu: string;
  nameKk: string;
  nameEn: string;
}

/** Enbek's areas of work, in its order. */
export function allAreas(sql: Sql): Promise<AreaRow[]> {
  return rows(sql, 'select id, name_ru as "nameRu", name_kk as "nameKk", name_en as "nameEn" from area order by id');
}

export function allPlaceAliases(sql: Sql): Promise<PlaceAliasRow[]> {
  return rows(sql, 'select kato, alias from place_alias order by kato, alias');
}

export interface RegionStatistic {
  regionCode: string;
  code: string;
  period: string;
  value: number;
  unit: string;
  source: string;
  verified: boolean;
}

/**
 * One statistic of every region that has it: `average_pay` and `spending_per_head` (tenge a month), `unemployment` (percent),
 * `population`, … Shymkent has none but its population.
 */
export function regionStatistics(sql: Sql, code: string): Promise<RegionStatistic[]> {
  return rows(
    sql,
    `select distinct on (region_code) region_code as "regionCode", code, period, value, unit, source, verified
     from region_statistic where code = $1 order by region_code, period desc`,
    [code],
  );
}
