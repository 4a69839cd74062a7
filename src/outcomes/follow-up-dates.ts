import { addWorkingDays, isWorkingDay } from '../shared/working-days.js';

/** Months after the arrival at which a household is asked how it is. */
export const FOLLOW_UP_MONTHS = [1, 3, 6, 12] as const;
export type FollowUpMonth = (typeof FOLLOW_UP_MONTHS)[number];

/** So many working days a household has to answer; then it is the centre's turn to call. */
export const ANSWER_WORKING_DAYS = 5;

/** A follow-up that nobody answered so many months after it was due is closed: the answer would be to another question. */
export const CLOSED_AFTER_MONTHS = 2;

/**
 * The calendar date some months after another, both `YYYY-MM-DD`; where that month has no such day, its last one: 31 January and one
 * month is 28 February, in a leap year the 29th. Dates have no hours, so no change of the clocks moves one. Throws a `RangeError` for
 * a text that is no date.
 */
export function addMonths(date: string, months: number): string {
  const [year = NaN, month = NaN, day = NaN] = date.split('-').map(Number);
  const from = new Date(Date.UTC(year, month - 1, day));
  if (Number.isNaN(from.getTime()) || from.toISOString().slice(0, 10) !== date) {
    throw new RangeError(`Not a calendar date: ${date}.`);
  }
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  last.setUTCDate(Math.min(day, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

export interface FollowUpDates {
  months: FollowUpMonth;
  /** When the household is asked: a working day, so that somebody is there whom it can call back. */
  dueOn: string;
  /** The last day on which the household's own answer is waited for; from the next day the centre calls. */
  answerBy: string;
  /** From this day on nobody is asked any more. */
  closesOn: string;
}

/**
 * The follow-ups of an arrival. Each is counted from the day of arrival itself, never from the one before, so that a short
 * month moves no later one; one that falls on a weekend or a holiday is due on the next working day.
 */
export function followUpDates(arrivedOn: string): FollowUpDates[] {
  return FOLLOW_UP_MONTHS.map((months) => {
    const onTheDay = addMonths(arrivedOn, months);
    const dueOn = isWorkingDay(onTheDay) ? onTheDay : addWorkingDays(onTheDay, 1);
    return {
      months,
      dueOn,
      answerBy: addWorkingDays(dueOn, ANSWER_WORKING_DAYS),
      closesOn: addMonths(dueOn, CLOSED_AFTER_MONTHS),
    };
  });
}
