import { parse } from 'csv-parse/sync';
import type { Sql } from '../database/sql.js';
import { loadOnce } from '../reference/reference-file.js';
import { normaliseTitle } from './title.js';

interface TitleRecord {
  isco: string;
  lang: string;
  title: string;
}

/** ISCO-08 unit groups and the titles under which Enbek asks for them. Idempotent. Answers the files loaded. */
export async function loadOccupations(tx: Sql, at: Date): Promise<string[]> {
  const loaded: string[] = [];
  const files: [string, (text: string) => Promise<void>][] = [
    ['occupations/occupations.csv', (text) => loadUnitGroups(tx, text)],
    ['occupations/titles.csv', (text) => loadTitles(tx, text)],
  ];
  for (const [name, load] of files) if (await loadOnce(tx, name, at, load)) loaded.push(name);
  return loaded;
}

async function loadUnitGroups(tx: Sql, text: string): Promise<void> {
  const groups = parse<Record<string, string>>(text, {
    columns: true,
    cast: (value) => (value === '' ? null : value),
  });
  await tx.query(
    `insert into occupation (isco, title_en, title_ru, title_kk, sector, regulated)
     select isco, title_en, title_ru, title_kk, sector, regulated
     from jsonb_to_recordset($1::jsonb) as o(isco text, title_en text, title_ru text, title_kk text, sector text, regulated text)
     on conflict (isco) do update set title_en = excluded.title_en, title_ru = excluded.title_ru, title_kk = excluded.title_kk,
       sector = excluded.sector, regulated = excluded.regulated`,
    [JSON.stringify(groups)],
  );
}

async function loadTitles(tx: Sql, text: string): Promise<void> {
  const titles = parse<TitleRecord>(text, { columns: true }).map((record) => ({
    ...record,
    normalised: normaliseTitle(record.title),
  }));
  await tx.query('delete from occupation_title');
  await tx.query(
    `insert into occupation_title (title_normalised, lang, isco, title)
     select normalised, lang, isco, min(title)
     from jsonb_to_recordset($1::jsonb) as t(normalised text, lang text, isco text, title text) group by 1, 2, 3`,
    [JSON.stringify(titles)],
  );
}
