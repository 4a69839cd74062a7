import { Problem } from './problem.js';

/** A slice of a list. `nextCursor` asks for the slice after it; null at the end. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export const PAGE_LIMIT = { default: 50, most: 200 } as const;

/** The values of the last row's sort keys, which the next slice starts after. */
export type CursorKeys = (string | number | null)[];

export function encodeCursor(keys: CursorKeys): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/** The sort keys of a cursor. Refuses with `page.cursor_invalid` what is not a list of `length` plain values. */
export function decodeCursor(cursor: string, length: number): CursorKeys {
  let keys: unknown;
  try {
    keys = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new Problem('page.cursor_invalid', 400);
  }
  const plain = (key: unknown): key is string | number | null =>
    key === null || typeof key === 'string' || typeof key === 'number';
  if (!Array.isArray(keys) || keys.length !== length || !keys.every(plain))
    throw new Problem('page.cursor_invalid', 400);
  return keys;
}

/** Cuts a read of `limit + 1` rows to a page: the row too many only says that there is a next one. */
export function toPage<Row, Item>(
  read: Row[],
  limit: number,
  keysOf: (row: Row) => CursorKeys,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = read.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(itemOf),
    nextCursor: read.length > limit && last !== undefined ? encodeCursor(keysOf(last)) : null,
  };
}
