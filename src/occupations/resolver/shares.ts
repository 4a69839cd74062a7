/** The numbers of the highest scores, best first; of equal ones the lower number. */
export function best(scores: Float32Array, count: number): number[] {
  const found: number[] = [];
  let least = -Infinity;
  for (let group = 0; group < scores.length; group++) {
    const score = scores[group]!;
    if (score <= least) continue;
    let at = found.length === count ? count - 1 : found.length;
    for (; at > 0 && scores[found[at - 1]!]! < score; at--) found[at] = found[at - 1]!;
    found[at] = group;
    if (found.length === count) least = scores[found[count - 1]!]!;
  }
  return found;
}

/** Points behind the best from which a group adds less than a ten-millionth. */
const NEGLIGIBLE = 16;

/** Exponentials cost most of a title's time: those of minus `k` / `STEPS` stand here, and what lies between is told to eight digits by a parabola. */
const STEPS = 256;
const EXPONENTIALS = Float64Array.from({ length: NEGLIGIBLE * STEPS + 1 }, (_, k) => Math.exp(-k / STEPS));

/** What some groups, the best of all first, have of the softmax of all scores. */
export function sharesOf(scores: Float32Array, groups: readonly number[]): number[] {
  const most = scores[groups[0]!]!;
  let sum = 0;
  for (let group = 0; group < scores.length; group++) {
    const behind = most - scores[group]!;
    if (behind >= NEGLIGIBLE) continue;
    const step = (behind * STEPS) | 0;
    const rest = behind - step / STEPS;
    sum += EXPONENTIALS[step]! * (1 - rest * (1 - rest / 2));
  }
  return groups.map((group) => Math.exp(scores[group]! - most) / sum);
}
