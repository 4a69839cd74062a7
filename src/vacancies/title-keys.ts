import { createHash } from 'node:crypto';
import { type Sql, firstRow, rows } from '../database/sql.js';
import { ABBREVIATIONS, ABSENCE, GRADES, IDLE_WORDS, PLACES, STROKES } from '../occupations/resolver/word-lists.js';
import { titleKey } from '../occupations/title-key.js';

/** The name under which `reference_load` keeps how titles were read last. */
const NAME = 'title-keys';
/** Titles whose keys are written in one statement. */
const AT_ONCE = 5_000;

/** Changes with the way in which titles are read: the lists of words, and the keys of all occupations' names. */
async function readingNow(tx: Sql): Promise<string> {
  const hash = createHash('sha256').update(
    JSON.stringify([[...ABBREVIATIONS], [...IDLE_WORDS], [...STROKES], [...PLACES], GRADES.source, ABSENCE.source]),
  );
  const names = await rows<{ name: string }>(
    tx,
    'select unnest(array[title_kk, title_ru, title_en]) as name from occupation order by isco',
  );
  for (const { name } of names) hash.update(`${titleKey(name, 120)}\n`);
  return hash.digest('hex');
}

/**
 * Brings the keys of all stored titles up to how titles are read now: after an update of the program that reads them otherwise, and
 * once for rows from before there were keys. Answers whether anything had to be done. Of two corrections that share a key
 * now, the newer stands.
 */
export async function keepTitleKeys(tx: Sql, at: Date): Promise<boolean> {
  const reading = await readingNow(tx);
  const known = await firstRow<{ checksum: string }>(tx, 'select checksum from reference_load where name = $1', [NAME]);
  if (known?.checksum === reading) return false;
  await rekey(tx, 'vacancy', 'title', 'area_id');
  await rekey(tx, 'seeker', 'occupation_title', 'null::smallint');
  await rekeyCorrections(tx, at);
  await tx.query(
    `insert into reference_load (name, checksum, loaded_at) values ($1, $2, $3)
     on conflict (name) do update set checksum = excluded.checksum, loaded_at = excluded.loaded_at`,
    [NAME, reading, at],
  );
  return true;
}

async function rekey(tx: Sql, table: 'vacancy' | 'seeker', title: string, area: string): Promise<void> {
  const found = await rows<{ title: string; area: number | null }>(
    tx,
    `select distinct ${title} as title, ${area} as area from ${table} where ${title} is not null`,
  );
  for (let from = 0; from < found.length; from += AT_ONCE) {
    const read = found.slice(from, from + AT_ONCE).map((one) => ({ ...one, key: titleKey(one.title, one.area) }));
    await tx.query(
      `update ${table} t set title_key = k.key
       from jsonb_to_recordset($1::jsonb) k(title text, area smallint, key text)
       where t.${title} = k.title and ${table === 'vacancy' ? 't.area_id' : 'null'} is not distinct from k.area
         and t.title_key is distinct from k.key`,
      [JSON.stringify(read)],
    );
  }
}

async function rekeyCorrections(tx: Sql, at: Date): Promise<void> {
  const standing = await rows<{ id: string; title: string; areaId: number | null; key: string }>(
    tx,
    `select id, title, area_id as "areaId", title_key as key from title_correction where ended_at is null order by version desc`,
  );
  const taken = new Set<string>();
  const renamed: { id: string; key: string }[] = [];
  for (const { id, title, areaId, key: before } of standing) {
    const key = titleKey(title, areaId);
    if (key === null || taken.has(key)) {
      await tx.query(
        `update title_correction set ended_at = $2, ended_by = 'title-keys', ended_reason = 'superseded', ended_version = version
         where id = $1`,
        [id, at],
      );
      continue;
    }
    taken.add(key);
    if (key !== before) renamed.push({ id, key });
  }
  // Keys may change places: none of the old ones must stand in the way.
  for (const { id } of renamed) await tx.query('update title_correction set title_key = id::text where id = $1', [id]);
  for (const { id, key } of renamed)
    await tx.query('update title_correction set title_key = $2 where id = $1', [id, key]);
  if (renamed.length > 0) await tx.query('update title_lexicon set version = version + 1');
}
