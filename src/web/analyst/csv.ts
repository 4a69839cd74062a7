import type { Language } from '../../i18n/i18n.js';

export type CsvValue = string | number | null;

/** What Excel takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A table as a file that opens by double click in the Excel of the reader's language: UTF-8 with a mark of byte order
 * (without it Excel reads Kazakh letters wrongly). Where Windows speaks Kazakh or Russian, Excel parts columns at semicolons and
 * decimals at commas (`1.5` would become the first of May); in English at commas and points. Texts that would run as
 * formulas get an apostrophe before them; values that are null stay empty.
 */
export function csvOf(language: Language, head: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  const [separator, point] = language === 'en' ? [',', '.'] : [';', ','];
  const cell = (value: CsvValue): string => {
    if (value === null) return '';
    if (typeof value === 'number') return String(value).replace('.', point);
    const safe = FORMULA.test(value) ? `'${value}` : value;
    return /["\r\n;,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [head, ...rows].map((row) => row.map(cell).join(separator));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}
