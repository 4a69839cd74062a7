import { rows, type Sql } from '../database/sql.js';

/**
 * How alike a word and a part of a title must be (pg_trgm's strict word similarity) to be taken for each other: «учетель»
 * and «учитель» reach 0.45, «повар» and «товар» 0.33.
 */
export const LEAST_LIKENESS = 0.44;

/** Unit groups that have a known title, in any language, in which each word begins a word of the title or resembles one. */
export async function groupsCalled(sql: Sql, words: readonly string[], limit: number): Promise<string[]> {
  const found = await rows<{ isco: string }>(
    sql,
    `select distinct t.isco from occupation_title t
     where not exists (
       select from unnest($1::text[]) w(word)
       where strpos(' ' || plain_words(t.title_normalised), ' ' || plain_words(w.word)) = 0
         and strict_word_similarity(plain_words(w.word), plain_words(t.title_normalised)) < $2)
     order by 1 limit $3`,
    [words, LEAST_LIKENESS, limit],
  );
  return found.map(({ isco }) => isco);
}
