import { readFileSync } from 'node:fs';
import { Problem } from '../../shared/problem.js';
import { readWeights, weightFaults } from './weights.js';

const table = (): { current: number; versions: Record<string, Record<string, unknown>>[] } =>
  JSON.parse(readFileSync(new URL('../../../data/matching/weights.json', import.meta.url), 'utf8'));

const broken = (change: (version: Record<string, Record<string, unknown>>) => void): string[] => {
  const version = table().versions.at(-1);
  change(version!);
  return weightFaults(version);
};

describe('weights', () => {
  it('reads the current version of the table that ships', () => {
    expect(readWeights(table())).toMatchObject({ version: 4, utility: { corridor: 0.06 } });
  });

  it('refuses text, negatives, shares above one, missing and unknown names', () => {
    expect(broken((w) => void (w['utility']!['pay'] = '0.3'))).toEqual(['utility.pay must be a number']);
    expect(broken((w) => void (w['utility']!['pay'] = -1))).toEqual(['utility.pay must not be negative']);
    expect(broken((w) => void (w['housing']!['help'] = 1.5))).toEqual(['housing.help must not exceed 1']);
    expect(broken((w) => void delete w['utility']!['pay'])).toEqual(['utility.pay must be a number']);
    expect(broken((w) => void (w['utility']!['sex'] = 1))).toEqual(['utility.sex is unknown']);
    expect(broken((w) => void (w['support']!['rentMciUrban'] = [1]))).toHaveLength(1);
    expect(broken((w) => void (w['congestion']!['proposalsPerOpening'] = 0.5))).toHaveLength(1);
  });

  it('refuses weights that sum to nothing and a corridor beyond its bound', () => {
    const zero = broken((w) => {
      for (const name of Object.keys(w['utility']!)) w['utility']![name] = 0;
    });
    expect(zero).toHaveLength(2);
    expect(broken((w) => void (w['corridor']!['boundShare'] = 0.11))).toHaveLength(1);
    expect(broken((w) => void (w['shortage']!['priorSeekers'] = 0))).toHaveLength(1);
    expect(broken((w) => void (w['shortage']!['mostPriorOpenings'] = 0.1))).toHaveLength(1);
  });

  it('refuses a table without its current version, or with one twice', () => {
    const refused = (change: (t: ReturnType<typeof table>) => void): void => {
      const one = table();
      change(one);
      expect(() => readWeights(one)).toThrow(Problem);
    };
    refused((t) => void (t.current = 9));
    refused((t) => void t.versions.push(t.versions[0]!));
    expect(() => readWeights(null)).toThrow(Problem);
  });
});
