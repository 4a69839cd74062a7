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
 * What is kept of such a line: why, a digest by which the same line is the same again, and of a line that was meant as a JSON object its
 * own `agreed` fields as far as they can be told, without contacts. What else stands there may be a person's name.
 */
export function rawOfUnread(text: string, code: string, agreed: ReadonlySet<string>): string {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 32);
  const fields = code === 'record.invalid_json' ? agreedPairs(text, agreed) : [];
  return [code, `sha256:${digest}`, ...fields].join('\n');
}

/** A string, a bracket, or what stands between them. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^"{}[\]]+/g;
const COLON = /^\s*:\s*(-?\d[\d.]*|true|false|null)?/;

/** `"key": value` of the outermost object, where the value is a whole string, number or word; up to a string that never ends. */
function agreedPairs(text: string, agreed: ReadonlySet<string>): string[] {
  const tokens: string[] = [];
  let end = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (index !== end) break;
    tokens.push(token);
    end += token.length;
  }
  const pairs: string[] = [];
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    const colon = depth === 1 && token.startsWith('"') ? COLON.exec(tokens[i + 1] ?? '') : null;
    if (colon === null || !agreed.has(token.slice(1, -1))) continue;
    const value = colon[1] ?? (tokens[i + 1] === colon[0] ? tokens[i + 2] : undefined);
    const read = value === undefined ? undefined : scalarOf(value);
    if (read !== undefined) pairs.push(`${token}: ${read}`);
  }
  return pairs;
}

/** The value in JSON, its text without contacts, however they were escaped; undefined for what is no value. */
function scalarOf(value: string): string | undefined {
  try {
    const read: unknown = JSON.parse(value);
    return typeof read === 'object' ? (read === null ? 'null' : undefined) : JSON.stringify(typeof read === 'string' ? removeContacts(read) : read); // prettier-ignore
  } catch {
    return undefined;
  }
}
