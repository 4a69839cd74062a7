/** Where the present comes from: an argument everywhere, so that a test can stand on any day. */
export interface Clock {
  now(): Date;
}

/** Injection token of the clock. */
export const CLOCK = Symbol('clock');

export const systemClock: Clock = { now: () => new Date() };

/** All Kazakhstan has kept UTC+5 since 2024-03-01. */
const KAZAKHSTAN_OFFSET_MS = 5 * 3_600_000;

/** The calendar date in Kazakhstan at an instant, as `YYYY-MM-DD`. */
export function dateInKazakhstan(at: Date): string {
  return new Date(at.getTime() + KAZAKHSTAN_OFFSET_MS).toISOString().slice(0, 10);
}

/** The time of day in Kazakhstan at an instant, as `HH:MM`. */
export function timeInKazakhstan(at: Date): string {
  return new Date(at.getTime() + KAZAKHSTAN_OFFSET_MS).toISOString().slice(11, 16);
}
