import { parse } from 'csv-parse/sync';
import type { Sql } from '../database/sql.js';
import type { Language } from '../i18n/language.js';
import { loadOnce } from '../reference/reference-file.js';
import { labelsText, readLabels } from './labels.js';

/** ISCO-08 unit groups with their sector, and their preferred titles in the three languages. Idempotent. Answers what was loaded. */
export async function loadOccupations(tx: Sql, at: Date): Promise<string[]> {
  const file = 'occupations/occupations.csv';
  return (await loadOnce(tx, file, at, (text) => loadUnitGroups(tx, text), labelsText())) ? [file] : [];
}

async function loadUnitGroups(tx: Sql, text: string): Promise<void> {
  const preferred = readLabels().filter((label) => label.preferred);
  const names = new Map(preferred.map(({ isco, language, title }) => [`${isco} ${language}`, title]));
  const nameOf = (isco: string, language: Language): string => names.get(`${isco} ${language}`) ?? isco;
  const groups = parse<Record<string, string>>(text, {
    columns: true,
    cast: (value) => (value === '' ? null : value),
  }).map((group) => ({
    ...group,
    title_en: nameOf(group['isco']!, 'en'),
    title_ru: nameOf(group['isco']!, 'ru'),
    title_kk: nameOf(group['isco']!, 'kk'),
  }));
  await tx.query(
    `insert into occupation (isco, title_en, title_ru, title_kk, sector, regulated)
     select isco, title_en, title_ru, title_kk, sector, regulated
     from jsonb_to_recordset($1::jsonb) as o(isco text, title_en text, title_ru text, title_kk text, sector text, regulated text)
     on conflict (isco) do update set title_en = excluded.title_en, title_ru = excluded.title_ru, title_kk = excluded.title_kk,
       sector = excluded.sector, regulated = excluded.regulated`,
    [JSON.stringify(groups)],
  );
}
