import { type Sql, firstRow, rows } from '../database/sql.js';
import type { TaughtTitle } from './corrected-titles.js';

interface Taught {
  version: number;
  titles: TaughtTitle[];
}

/** Every correction that stands, with the version of the lexicon that they make; null when it is the known one. */
export async function taughtSince(sql: Sql, known: number | null): Promise<Taught | null> {
  // One statement, so that version and titles are of one moment.
  const found = await firstRow<{ version: string; titles: TaughtTitle[] | null }>(
    sql,
    `select l.version, case when l.version is distinct from $1 then (
       select coalesce(jsonb_agg(jsonb_build_object('key', c.title_key, 'isco', c.isco) order by c.title_key), '[]')
       from title_correction c where c.ended_at is null) end as titles
     from title_lexicon l`,
    [known],
  );
  if (found === undefined || found.titles === null) return null;
  return { version: Number(found.version), titles: found.titles };
}

/**
 * The lexicon's version, which no other transaction changes until this one ends: whoever codes by it knows that nothing was
 * learnt meanwhile. One who corrects a title waits.
 */
export async function heldLexiconVersion(tx: Sql): Promise<number> {
  const [row] = await rows<{ version: string }>(tx, 'select version from title_lexicon for share');
  return Number(row?.version ?? 0);
}

/** Keeps everybody else from teaching, and from coding, until the transaction ends. Answers the version. */
export async function lockLexicon(tx: Sql): Promise<number> {
  const [row] = await rows<{ version: string }>(tx, 'select version from title_lexicon for update');
  return Number(row?.version ?? 0);
}

export async function setLexiconVersion(tx: Sql, version: number): Promise<void> {
  await tx.query('update title_lexicon set version = $1', [version]);
}
