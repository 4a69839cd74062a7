import { parse } from 'csv-parse/sync';
import type { Sql } from '../database/sql.js';
import { readKato } from './kato.js';
import { loadOnce } from './reference-file.js';
import { sectorOfArea } from './sectors.js';

/**
 * Brings regions, KATO places, their former names, Enbek's areas and the regions' statistics up to the files in `data/`.
 * Idempotent: a file already loaded is not read again. Places are added and changed, never removed, because people and
 * vacancies point at them. Answers the names of the files that were loaded.
 */
export async function loadReference(tx: Sql, at: Date): Promise<string[]> {
  const loaders: [string, (text: string) => Promise<void>][] = [
    ['regions.json', (text) => loadRegions(tx, text)],
    ['kato.csv', (text) => loadPlaces(tx, text)],
    ['place-aliases.csv', (text) => loadPlaceAliases(tx, text)],
    ['areas.csv', (text) => loadAreas(tx, text)],
    ['region-statistics.csv', (text) => loadStatistics(tx, text)],
  ];
  const loaded: string[] = [];
  for (const [name, load] of loaders) if (await loadOnce(tx, name, at, load)) loaded.push(name);
  return loaded;
}

async function loadRegions(tx: Sql, text: string): Promise<void> {
  await tx.query(
    `insert into region (code, kato, enbek_region_id, name_kk, name_ru, name_en, aliases, capital_name_ru, lat, lon, population, population_on)
     select code, kato, "enbekRegionId", "nameKk", "nameRu", "nameEn", aliases, "capitalNameRu", lat, lon, population, "populationOn"
     from jsonb_to_recordset($1::jsonb) as r(code text, kato text, "enbekRegionId" smallint, "nameKk" text, "nameRu" text, "nameEn" text,
       aliases text[], "capitalNameRu" text, lat double precision, lon double precision, population integer, "populationOn" date)
     on conflict (code) do update set kato = excluded.kato, enbek_region_id = excluded.enbek_region_id, name_kk = excluded.name_kk,
       name_ru = excluded.name_ru, name_en = excluded.name_en, aliases = excluded.aliases, capital_name_ru = excluded.capital_name_ru,
       lat = excluded.lat, lon = excluded.lon, population = excluded.population, population_on = excluded.population_on`,
    [text],
  );
}

async function loadPlaces(tx: Sql, text: string): Promise<void> {
  await tx.query(
    `insert into place (kato, parent_kato, region_code, district_kato, level, settlement_type, name_ru, name_kk, classifier)
     select kato, "parentKato", "regionCode", "districtKato", level, "settlementType", "nameRu", "nameKk", classifier
     from jsonb_to_recordset($1::jsonb) as p(kato text, "parentKato" text, "regionCode" text, "districtKato" text, level text,
       "settlementType" text, "nameRu" text, "nameKk" text, classifier text)
     on conflict (kato) do update set parent_kato = excluded.parent_kato, region_code = excluded.region_code,
       district_kato = excluded.district_kato, level = excluded.level, settlement_type = excluded.settlement_type,
       name_ru = excluded.name_ru, name_kk = excluded.name_kk, classifier = excluded.classifier`,
    [JSON.stringify(readKato(text))],
  );
}

async function loadPlaceAliases(tx: Sql, text: string): Promise<void> {
  await tx.query('delete from place_alias');
  await tx.query(
    `insert into place_alias (kato, alias, note)
     select kato, alias, note from jsonb_to_recordset($1::jsonb) as a(kato text, alias text, note text)`,
    [recordsOf(text)],
  );
}

async function loadAreas(tx: Sql, text: string): Promise<void> {
  const areas = parse<Record<string, string>>(text, { columns: true }).map((area) => ({
    ...area,
    sector: sectorOfArea(Number(area['id'])),
  }));
  await tx.query(
    `insert into area (id, sector, name_ru, name_kk, name_en, source)
     select id, sector, name_ru, name_kk, name_en, source
     from jsonb_to_recordset($1::jsonb) as a(id smallint, sector text, name_ru text, name_kk text, name_en text, source text)
     on conflict (id) do update set sector = excluded.sector, name_ru = excluded.name_ru, name_kk = excluded.name_kk,
       name_en = excluded.name_en, source = excluded.source`,
    [JSON.stringify(areas)],
  );
}

async function loadStatistics(tx: Sql, text: string): Promise<void> {
  await tx.query('delete from region_statistic');
  await tx.query(
    `insert into region_statistic (region_code, code, period, value, unit, source, verified)
     select region_code, code, period, value, unit, source, verified
     from jsonb_to_recordset($1::jsonb) as s(region_code text, code text, period text, value double precision, unit text,
       source text, verified boolean)`,
    [recordsOf(text)],
  );
}

/** A CSV file's records as one JSON array of texts; PostgreSQL casts them to the columns' types. */
function recordsOf(csv: string): string {
  return JSON.stringify(parse(csv, { columns: true }));
}
