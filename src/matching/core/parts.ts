import type { Value } from './utility.js';

export const PART_CODES = [
  'part.pay',
  'part.housing',
  'part.partner',
  'part.services',
  'part.settlement',
  'part.shortage',
  'part.support',
  'part.corridor',
  'part.occupation',
  'part.qualification',
  'part.experience',
  'part.language',
  'part.competition',
  'part.congestion',
  'part.adult',
  'part.partner_without_job',
] as const;
export type PartCode = (typeof PART_CODES)[number];

/** What a person must look at before a placement is approved; every code has words in the locales. */
export const CHECKS = ['speciality_differs'] as const;
export type Check = (typeof CHECKS)[number];

/**
 * One reason of a score. `contribution` is in points of the score, and **the contributions of a score add up to it** (1e-9):
 * - a utility part i gives 100·wᵢ·vᵢ ÷ Σw, the points it would bring if the person surely got the post; `weight` is wᵢ ÷ Σw;
 * - a chance part j, taken in the order of `PART_CODES`, takes away the points lost with it: U·f₁…fⱼ₋₁·(fⱼ − 1), where U is the
 *   sum of the utility parts and f its factors; `weight` is 1. The sum telescopes: U + U·(f₁…f₅ − 1) = 100·u·p;
 * - the congestion price takes away its points, never more than there are; `weight` is the full price, `value` the share of it.
 */
export interface Part {
  code: PartCode;
  /** 0..1 */
  value: number;
  weight: number;
  contribution: number;
  /** Present and true when a source is silent, so that the value is neutral. */
  notStated?: boolean;
  /** Present when a person must look at this part first. Never empty. */
  needsCheck?: readonly Check[];
  /** On household parts: whose. */
  seekerId?: string;
}

/** A score with everything it is made of. */
export interface Explained {
  /** 0..100 */
  score: number;
  /** 0..1 */
  chance: number;
  /** 0..1 */
  utility: number;
  parts: Part[];
}

/** The value of a chance part. */
export interface Factor extends Value {
  needsCheck?: readonly Check[];
}

/** Puts utility values and chance factors together by the formula that `Part` documents; the weights are divided by `weightSum`. */
export function explain(
  values: [PartCode, number, Value][],
  weightSum: number,
  factors: [PartCode, Factor][],
): Explained {
  const parts: Part[] = values.map(([code, weight, { value, stated }]) => ({
    code,
    value,
    weight: weight / weightSum,
    contribution: (100 * weight * value) / weightSum,
    ...(stated ? {} : { notStated: true }),
  }));
  const sure = parts.reduce((sum, part) => sum + part.contribution, 0);
  let chance = 1;
  for (const [code, { value, stated, needsCheck }] of factors) {
    const contribution = sure * chance * (value - 1);
    const marks = { ...(stated ? {} : { notStated: true }), ...(needsCheck === undefined ? {} : { needsCheck }) };
    parts.push({ code, value, weight: 1, contribution, ...marks });
    chance *= value;
  }
  const score = Math.min(
    100,
    Math.max(
      0,
      parts.reduce((sum, part) => sum + part.contribution, 0),
    ),
  );
  return { score, chance, utility: sure / 100, parts };
}
