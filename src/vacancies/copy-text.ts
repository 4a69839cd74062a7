/** A value of PostgreSQL's COPY text format: https://www.postgresql.org/docs/18/sql-copy.html, "Text Format". */
export type CopyValue = string | number | boolean | null | undefined | readonly string[];

const SPECIAL = /[\\\t\n\r\b\f\v]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/** One field of a COPY line. Undefined and null are SQL null; a list is an array literal. */
export function copyField(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  const text = typeof value === 'string' ? value : arrayLiteral(value);
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r\b\f\v]/g, (character) => ESCAPES[character] ?? character) : text;
}

/** A line of COPY input without its line end. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = '';
  for (let at = 0; at < values.length; at++) line += at === 0 ? copyField(values[at]) : `\t${copyField(values[at])}`;
  return line;
}

function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
