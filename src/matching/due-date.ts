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
    days = new Set(listed.map((holiday) => holiday.date.slice(0, 10)));
    byYear.set(year, days);
  }
  return days.has(date);
};

const DAY_MS = 86_400_000;

/** The date some working days after another: Saturdays, Sundays and holidays are passed over; the first day does not count. */
export function addWorkingDays(from: string, workingDays: number, isHoliday: IsHoliday): string {
  let at = Date.parse(`${from}T00:00:00Z`);
  for (let left = workingDays; left > 0;) {
    at += DAY_MS;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !isHoliday(dateOf(at))) left -= 1;
  }
  return dateOf(at);
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
