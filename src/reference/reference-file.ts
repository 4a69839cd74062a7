import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fromRoot } from '../config/paths.js';
import { firstRow, type Sql } from '../database/sql.js';

/** Raised when the way of reading files into tables changes, so that unchanged files are read again. */
const READER_VERSION = 1;

/**
 * Hands the text of `data/<name>` to `load` unless this very text was loaded before (`reference_load` keeps its checksum).
 * Runs in the caller's transaction. Answers whether it loaded. `beside`: what else is loaded with it, and loads it anew when it changes.
 */
export async function loadOnce(
  tx: Sql,
  name: string,
  at: Date,
  load: (text: string) => Promise<void>,
  beside = '',
): Promise<boolean> {
  const text = await readFile(fromRoot('data', name), 'utf8');
  const checksum = createHash('sha256').update(`${READER_VERSION}\n`).update(text).update(beside).digest('hex');
  const known = await firstRow<{ checksum: string }>(tx, 'select checksum from reference_load where name = $1', [name]);
  if (known?.checksum === checksum) return false;
  await load(text);
  await tx.query(
    `insert into reference_load (name, checksum, loaded_at) values ($1, $2, $3)
     on conflict (name) do update set checksum = excluded.checksum, loaded_at = excluded.loaded_at`,
    [name, checksum, at],
  );
  return true;
}
