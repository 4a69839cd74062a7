import { rows, type Sql } from '../database/sql.js';
import type { OccupationRow, TitleRow } from './title-index.js';
import type { PrintedTitle } from './title-suggestions.js';

export function allOccupations(sql: Sql): Promise<OccupationRow[]> {
  return rows(
    sql,
    `select isco, title_en as "titleEn", title_ru as "titleRu", title_kk as "titleKk", sector, regulated from occupation order by isco`,
  );
}

export function allTitles(sql: Sql): Promise<TitleRow[]> {
  return rows(sql, 'select distinct title_normalised as "titleNormalised", isco from occupation_title order by 1, 2');
}

/** Titles as people write them, with their keys. */
export function printedTitles(sql: Sql): Promise<PrintedTitle[]> {
  return rows(
    sql,
    'select title, title_normalised as "titleNormalised", lang as language, isco from occupation_title order by title, isco',
  );
}
