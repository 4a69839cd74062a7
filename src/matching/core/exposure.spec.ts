import { exposureOf, gini } from './exposure.js';

describe('the Gini of exposure', () => {
  it('is 0 when all have the same, (n - 1) / n when one has everything, and half the mean difference over the mean', () => {
    expect(gini([3, 3, 3])).toBe(0);
    expect(gini([0, 0, 0, 8])).toBe(0.75);
    const amounts = [5, 1, 0, 2];
    const differences = amounts.flatMap((a) => amounts.map((b) => Math.abs(a - b)));
    const meanDifference = differences.reduce((sum, one) => sum + one, 0) / 16;
    expect(gini(amounts)).toBeCloseTo(meanDifference / 2 / 2, 12);
  });

  it('is 0 where there is nothing to share out', () => {
    expect([gini([]), gini([0, 0])]).toEqual([0, 0]);
  });
});

describe('exposure', () => {
  it('counts vacancies and proposals over capacity, the fullest, and who is covered', () => {
    const proposals = [
      { householdId: 'a', vacancies: [0, 0] },
      { householdId: 'a', vacancies: [1] },
      { householdId: 'b', vacancies: [0, 1] },
    ];
    expect(exposureOf(proposals, [1, 4, 5, 0], 4)).toEqual({
      placements: 5,
      congestion: { vacanciesOver: 1 / 4, placementsOver: 2 / 5, fullest: 3 },
      coverage: { vacancies: 2 / 4, households: 2 / 4 },
      gini: gini([3, 0.5, 0]),
    });
  });

  it('is nothing where nothing is proposed', () => {
    expect(exposureOf([], [], 0)).toEqual({
      placements: 0,
      congestion: { vacanciesOver: 0, placementsOver: 0, fullest: 0 },
      coverage: { vacancies: 0, households: 0 },
      gini: 0,
    });
  });
});
