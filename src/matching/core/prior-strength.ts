import type { Weights } from './weights.js';

/** How much a small count leans: see the fields in `data/matching/weights.json`. */
export type PriorRules = Weights['shortage'];

/** One cell of a level: what was counted in it, and the tension that stands above it. */
export interface PriorCell {
  openings: number;
  competitors: number;
  prior: number;
}

/** Cells that expect less than one opening say too little of scatter: Pearson's statistic is unsound there (Cochran, Annals of Mathematical Statistics 23, 1952). */
const LEAST_EXPECTED = 1;
const HALVINGS = 24;

/**
 * How many openings the prior of a level weighs, for a prior tension. Estimated from the level itself. Openings come in lots: a vacancy
 * for twenty posts is one event, so their variance is `lot` times a Poisson's (a compound Poisson; `lot` = Σ openings² ÷ Σ openings of
 * the single vacancies). With eᵢ = priorᵢ·competitorsᵢ expected openings and a gamma prior worth a openings, a cell's variance is
 * lot·(eᵢ + eᵢ² ÷ a), and a is chosen so that Pearson's Σ (openingsᵢ − eᵢ)² ÷ variance is the number of cells less one (Breslow,
 * Applied Statistics 33, 1984: extra-Poisson variation by the method of moments). The sum only rises with a, so there is one answer,
 * bounded by `leastPriorOpenings` and `mostPriorOpenings`. Cells that scatter more than lots explain get a weak prior, alike ones a strong one.
 * With fewer cells than `estimatedFromCells` the prior weighs `priorSeekers` people, whatever it is.
 */
export function priorOpeningsOf(
  cells: readonly PriorCell[],
  lot: number,
  rules: PriorRules,
): (prior: number) => number {
  const told = cells
    .map(({ openings, competitors, prior }) => ({ openings, expected: competitors * prior }))
    .filter(({ expected }) => expected >= LEAST_EXPECTED);
  if (told.length < rules.estimatedFromCells) return (prior) => rules.priorSeekers * prior;
  const tooAlike = (a: number): boolean => {
    let sum = 0;
    for (const { openings, expected } of told) {
      sum += (openings - expected) ** 2 / (lot * expected * (1 + expected / a));
    }
    return sum <= told.length - 1;
  };
  let [low, high] = [rules.leastPriorOpenings, rules.mostPriorOpenings];
  if (tooAlike(high)) low = high;
  for (let i = 0; i < HALVINGS && low < high; i += 1) {
    const middle = Math.sqrt(low * high);
    if (tooAlike(middle)) low = middle;
    else high = middle;
  }
  return () => low;
}
