import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of chance: the same seed gives the same demo on every machine. */
export interface Chance {
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  /** True with probability `p`. */
  happens(p: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Picks with the weights of the items. */
  pickWeighted<T>(items: readonly T[], weightOf: (item: T) => number): T;
  /** A new array in random order. */
  shuffle<T>(items: readonly T[]): T[];
}

export function seededChance(seed: number): Chance {
  const generator = xoroshiro128plus(seed);
  const chance: Chance = {
    whole: (min, max) => uniformInt(generator, min, max),
    happens: (p) => uniformFloat64(generator) < p,
    pick: (items) => items[chance.whole(0, items.length - 1)]!,
    pickWeighted: (items, weightOf) => {
      let rest = uniformFloat64(generator) * items.reduce((sum, item) => sum + weightOf(item), 0);
      return items.find((item) => (rest -= weightOf(item)) < 0) ?? items[items.length - 1]!;
    },
    shuffle: (items) => {
      const order = [...items];
      for (let i = order.length - 1; i > 0; i--) {
        const j = chance.whole(0, i);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return order;
    },
  };
  return chance;
}
