import type { PageContext } from './page-context.js';

/** A text that names days as `2025-12-24`, such as a printed source, with those days as the reader writes them. */
export function datesInWords({ day }: Pick<PageContext, 'day'>, text: string): string {
  return text.replace(/(?<![\d-])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])/gu, (date) => day(date));
}
