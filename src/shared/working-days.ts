import { createRequire } from 'node:module';

/** The calendar is read when the first date is asked for: it is large, and most starts of the program need none. */
const requireLater = createRequire(import.meta.url);

/** Tells a public holiday of Kazakhstan, substitute days included, from its date `YYYY-MM-DD`. */
export type IsHoliday = (date: string) => boolean;

const byYear = new Map<string, Set<string>>();

/** Public holidays as `date-holidays` lists them for KZ; to be checked against the official calendar each year. */
export const isKazakhHoliday: IsHoliday = (date) => {
  const year = date.slice(0, 4);
  let days = byYear.get(year);
  if (days === undefined) {
    const Holidays = requireLater('date-holidays') as (typeof import('date-holidays'))['default'];
    const listed = new Holidays('KZ').getHolidays(Number(year)).filter(({ type }) => type === 'public');
    const dates = (substitutes: boolean): string[] =>
      listed.filter(({ substitute = false }) => substitute === substitutes).map(({ date }) => date.slice(0, 10));
    days = new Set(dates(false));
    // A day given for a holiday at a weekend is the first working day after it: the calendar also gives days that are holidays
    // themselves (21 and 22 March 2026 fall on a weekend and are given for on 24 and 25, not on 23).
    for (const date of dates(true).sort()) days.add(firstFree(date, days));
    byYear.set(year, days);
  }
  return days.has(date);
};

const DAY_MS = 86_400_000;

/** The date itself or the first after it that is neither at a weekend nor among the days. */
function firstFree(date: string, days: ReadonlySet<string>): string {
  for (let at = timeOf(date); ; at += DAY_MS) {
    if (isWorkingTime(at, (day) => days.has(day))) return dateOf(at);
  }
}

/** True from Monday to Friday but for public holidays and the days given for them. The date is `YYYY-MM-DD`. */
export function isWorkingDay(date: string, isHoliday: IsHoliday = isKazakhHoliday): boolean {
  return isWorkingTime(timeOf(date), isHoliday);
}

/**
 * The date some working days after another, `YYYY-MM-DD`: Saturdays, Sundays and holidays are passed over; the first day does
 * not count, and 0 days answer it itself. Dates have no hours, so that no change of the clocks (2024-03-01) moves one. Throws a
 * `RangeError` for a text that is no date and for days that cannot be counted.
 */
export function addWorkingDays(from: string, workingDays: number, isHoliday: IsHoliday = isKazakhHoliday): string {
  if (!Number.isInteger(workingDays) || workingDays < 0) throw new RangeError(`Not a number of days: ${workingDays}.`);
  let at = timeOf(from);
  for (let left = workingDays; left > 0;) {
    at += DAY_MS;
    if (isWorkingTime(at, isHoliday)) left -= 1;
  }
  return dateOf(at);
}

/** Working days after `from` up to and with `to`: what was done on the same day took 0. Dates are `YYYY-MM-DD`. */
export function workingDaysBetween(from: string, to: string, isHoliday: IsHoliday = isKazakhHoliday): number {
  let days = 0;
  for (let at = timeOf(from) + DAY_MS; at <= timeOf(to); at += DAY_MS) if (isWorkingTime(at, isHoliday)) days += 1;
  return days;
}

function isWorkingTime(at: number, isHoliday: IsHoliday): boolean {
  const weekday = new Date(at).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !isHoliday(dateOf(at));
}

function timeOf(date: string): number {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at) || dateOf(at) !== date) throw new RangeError(`Not a calendar date: ${date}.`);
  return at;
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
