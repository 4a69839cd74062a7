import { dateInKazakhstan } from '../../shared/clock.js';

const YEAR_FIRST = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Enbek's JSON-LD writes 03-09-2026, its pages 03.09.2026. */
const DAY_FIRST = /^(\d{2})[-.](\d{2})[-.](\d{4})$/;
/** The one time of the whole country since March 2024. */
const KAZAKHSTAN_OFFSET = '+05:00';
const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * The calendar date that a source states, as `YYYY-MM-DD`, or null when the text is no possible date.
 * Reads ISO dates, dd-mm-yyyy, dd.mm.yyyy and ISO instants; an instant with an offset becomes its date in Kazakhstan.
 */
export function readDate(text: string): string | null {
  const trimmed = text.trim();
  const instant = INSTANT.exec(trimmed);
  if (instant) {
    const at = instant[2] ? readInstant(trimmed) : null;
    return at ? dateInKazakhstan(at) : calendarDate(YEAR_FIRST.exec(instant[1] ?? ''));
  }
  const dayFirst = DAY_FIRST.exec(trimmed);
  if (dayFirst) return calendarDate(['', dayFirst[3] ?? '', dayFirst[2] ?? '', dayFirst[1] ?? '']);
  return calendarDate(YEAR_FIRST.exec(trimmed));
}

/** An instant as ISO text; without an offset it is Kazakhstan's time. Null when it is none. */
export function readInstant(text: string): Date | null {
  const match = INSTANT.exec(text.trim());
  if (!match || !calendarDate(YEAR_FIRST.exec(match[1] ?? ''))) return null;
  const stated = text
    .trim()
    .replace(' ', 'T')
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const at = new Date(match[2] ? stated : `${stated}${KAZAKHSTAN_OFFSET}`);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** Whether an instant's text says how far its clock is from UTC. */
export const hasOffset = (instant: string): boolean => Boolean(INSTANT.exec(instant.trim())?.[2]);

/** Year, month, day as text → `YYYY-MM-DD`, only for days that exist between 1990 and 2100. */
function calendarDate(parts: readonly string[] | null): string | null {
  const [, year = '', month = '', day = ''] = parts ?? [];
  const iso = `${year}-${month}-${day}`;
  const daysInMonth = [31, isLeap(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1];
  if (daysInMonth === undefined || Number(day) < 1 || Number(day) > daysInMonth) return null;
  return Number(year) >= 1990 && Number(year) <= 2100 ? iso : null;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
