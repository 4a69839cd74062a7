import { createHash } from 'node:crypto';
import { removeContacts } from './personal-contacts.js';

/**
 * Refusals of a line that could not be taken apart: nobody knows which of its words belong to which field. No retry can read it; it is put
 * right in its file.
 */
export const UNREAD_CODES: readonly string[] = [
  'record.invalid_json', 'record.not_object', 'record.invalid_csv', 'record.wrong_columns', 'record.too_long',
]; // prettier-ignore

/**
 * What is kept of such a line: why, a digest by which the same line is the same again, and of a line that was meant as a JSON object the
 * `agreed` fields that can be told, without contacts: names that mean one thing wherever they stand, for what object holds a pair cannot be told. What else stands there may be a person's name.
 */
export function rawOfUnread(text: string, code: string, agreed: ReadonlySet<string>): string {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 32);
  const fields = code === 'record.invalid_json' ? agreedPairs(text, agreed) : [];
  return [code, `sha256:${digest}`, ...fields].join('\n');
}

/** `"key": value`, where the value is a whole string, number or word; of a list or an object nothing. */
const PAIR = /"([a-z_]{1,32})"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d[\d.]*|true|false|null)/g;

const agreedPairs = (text: string, agreed: ReadonlySet<string>): string[] =>
  [...text.matchAll(PAIR)]
    .filter(([, key]) => agreed.has(key!))
    .map(([, key, value]) => `"${key}": ${removeContacts(value!)}`);
