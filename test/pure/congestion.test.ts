import { benchCongestion } from '../../bench/congestion.js';

describe('proposals where demand is three times what the vacancies take', () => {
  it('keep the limits and 97 % of the optimum under them, more than any other way that keeps them', async () => {
    const { demand, topTenthOfChoices, ways } = await benchCongestion(80);
    const { naive, cutOff, firstCome, shuffle, ours } = ways;
    expect(demand).toBeGreaterThanOrEqual(3);
    expect(topTenthOfChoices).toBeGreaterThan(0.4);
    expect(naive.congestion.placementsOver).toBeGreaterThan(0.5);
    expect(ours.congestion).toMatchObject({ vacanciesOver: 0, placementsOver: 0, fullest: 1 });
    expect(ours.ofOptimum).toBeGreaterThanOrEqual(0.97);
    expect(ours.ofOptimum).toBeLessThanOrEqual(1);
    for (const { ofOptimum, congestion } of [cutOff, firstCome, shuffle]) {
      expect(congestion.vacanciesOver).toBe(0);
      expect(ofOptimum).toBeLessThan(ours.ofOptimum);
    }
    expect(ours.gini).toBeLessThan(naive.gini);
    expect(ours.coverage.vacancies).toBeGreaterThan(naive.coverage.vacancies);
  });
});
