import fc from 'fast-check';
import { LeastOfBest } from './least-of-best.js';

describe('the least of the best', () => {
  it('is the k-th best of what was put in, -1 while there are fewer, whatever stood in it before', () => {
    const best = new LeastOfBest();
    const score = fc.double({ min: 0, max: 9, noNaN: true }).map((one) => Math.round(one * 4) / 4);
    const scores = fc.array(score, { maxLength: 60, size: 'max' });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 12 }), (given, k) => {
        best.clear(k);
        given.forEach((score, at) => {
          const sorted = given.slice(0, at + 1).sort((a, b) => b - a);
          expect(best.put(score)).toBe(sorted[k - 1] ?? -1);
        });
      }),
    );
  });
});
