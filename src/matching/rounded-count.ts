const STEP = 5;

/** The largest multiple of five that a count reaches; null below five, where a number could tell of a single household. */
export function atLeast(count: number): number | null {
  return count < STEP ? null : Math.floor(count / STEP) * STEP;
}
