import { FEWEST_SHOWN } from './small-counts.js';
import { type IsHoliday, isKazakhHoliday, workingDaysBetween } from './working-days.js';

/** So many things that began and ended on the same calendar dates, `YYYY-MM-DD`. */
export interface DurationCount {
  from: string;
  to: string;
  count: number;
}

export interface Durations {
  /** Working days; null with fewer than five that ended. */
  medianDays: number | null;
  p90Days: number | null;
}

/** How long things took: the least number of working days within which half, and nine of ten, ended. `ended` is null for fewer than five. */
export function durationsIn(
  counts: readonly DurationCount[],
  isHoliday: IsHoliday = isKazakhHoliday,
): Durations & { ended: number | null } {
  const ended = counts.reduce((sum, { count }) => sum + count, 0);
  if (ended < FEWEST_SHOWN) return { ended: ended === 0 ? 0 : null, medianDays: null, p90Days: null };
  const taken = counts
    .map(({ from, to, count }) => ({ days: workingDaysBetween(from, to, isHoliday), count }))
    .sort((a, b) => a.days - b.days);
  const within = (share: number): number => {
    let sum = 0;
    return taken.find(({ count }) => (sum += count) >= share * ended)!.days;
  };
  return { ended, medianDays: within(0.5), p90Days: within(0.9) };
}
