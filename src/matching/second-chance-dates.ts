import { dateInKazakhstan } from '../shared/clock.js';
import { addWorkingDays } from '../shared/working-days.js';

/** So many working days a household has, after its centre has approved what was found, to take the job; then the search goes on. */
export const TAKE_WORKING_DAYS = 10;

/** SQL: since when the approved proposal `p` of a second chance `c` is its household's to take. */
export const TAKE_FROM = 'greatest(p.decided_at, c.take_from)';

/** The last day of these, `YYYY-MM-DD`. */
export const takeBy = (takeFrom: Date): string => addWorkingDays(dateInKazakhstan(takeFrom), TAKE_WORKING_DAYS);

/** Approved before this instant is approved in vain: its time to be taken is over. */
export function approvedInVain(now: Date): Date {
  const today = dateInKazakhstan(now);
  // The latest day whose time is over; working days make it no simple sum, and it is weeks ago at most.
  for (let at = now.getTime(); ; at -= DAY_MS) {
    const day = dateInKazakhstan(new Date(at));
    if (addWorkingDays(day, TAKE_WORKING_DAYS) < today) return new Date(Date.parse(`${day}T00:00:00+05:00`) + DAY_MS);
  }
}

/** Where nothing was found it is looked again after so long: vacancies come and go by the day. */
export const TRY_AGAIN_MS = 24 * 3_600_000;
const DAY_MS = 86_400_000;
