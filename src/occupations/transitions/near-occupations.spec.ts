import { HIGHLY_VIABLE, VIABLE, readNearOccupations } from './near-occupations.js';
import { skillLevelOf } from './skill-level.js';
import { readTransitionTables } from './transition-tables.js';

const { near } = readTransitionTables();

describe('near occupations', () => {
  it('are known for all 436 unit groups of ISCO-08, at least twelve for each, none of them itself', () => {
    expect(near.iscos.length).toBe(436);
    for (const isco of near.iscos) {
      const list = near.nearTo(isco);
      expect(list.length).toBeGreaterThanOrEqual(12);
      expect(list.map((one) => one.isco)).not.toContain(isco);
      expect(list.every((one) => near.nearTo(one.isco).length > 0)).toBe(true);
    }
  });

  it('have a similarity in [0,1], the nearest first, the same in both directions', () => {
    for (const isco of near.iscos) {
      const values = near.nearTo(isco).map(({ similarity }) => similarity);
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      for (const { isco: other, similarity } of near.nearTo(isco)) {
        expect(near.similarityOf(isco, other)).toBe(similarity);
        expect(near.similarityOf(other, isco)).toBe(similarity);
      }
    }
  });

  it('fall with the distance of skill levels, by the levels that the program reads', () => {
    const most = [0, 0, 0, 0];
    for (const isco of near.iscos) {
      for (const { isco: other, similarity } of near.nearTo(isco)) {
        const apart = Math.abs(skillLevelOf(isco) - skillLevelOf(other));
        most[apart] = Math.max(most[apart]!, similarity);
      }
    }
    expect(most[0]).toBe(1);
    expect(most[1]).toBeLessThanOrEqual(0.8);
    expect(Math.max(most[2]!, most[3]!)).toBeLessThanOrEqual(0.5);
  });

  it('keep the thresholds meaningful: a minor group is mostly highly viable, another major group hardly ever viable', () => {
    const pairs = { minor: [0, 0], other: [0, 0] };
    for (const a of near.iscos) {
      for (const b of near.iscos) {
        if (a >= b) continue;
        const similarity = near.similarityOf(a, b);
        if (a.slice(0, 3) === b.slice(0, 3)) {
          pairs.minor[0]! += Number(similarity >= HIGHLY_VIABLE);
          pairs.minor[1]! += 1;
        } else if (a[0] !== b[0]) {
          pairs.other[0]! += Number(similarity >= VIABLE);
          pairs.other[1]! += 1;
        }
      }
    }
    expect(pairs.minor[0]! / pairs.minor[1]!).toBeGreaterThan(0.75);
    expect(pairs.other[0]! / pairs.other[1]!).toBeLessThan(0.01);
  });

  it.each([
    ['2221', '3221', 'the nurse of a university and the one of a college'],
    ['5120', '9412', 'the cook and the help in the kitchen'],
    ['7411', '7412', 'two kinds of electricians'],
    ['8332', '8331', 'drivers of heavy vehicles'],
  ])('hold %s and %s viable: %s', (from, to) => {
    expect(near.similarityOf(from, to)).toBeGreaterThanOrEqual(VIABLE);
  });

  it.each([
    ['2341', '7212', 'a primary teacher is no welder'],
    ['3221', '8332', 'a nurse is no lorry driver'],
    ['2411', '6121', 'an accountant keeps no cattle'],
    ['2261', '2265', 'a dentist is no dietician'],
  ])('hold %s and %s below viable: %s', (from, to) => {
    expect(near.similarityOf(from, to)).toBeLessThan(VIABLE);
  });

  it('answer 1 for the same occupation, 0 and nothing for an unknown one', () => {
    expect(near.similarityOf('3221', '3221')).toBe(1);
    expect(near.similarityOf('9999', '9999')).toBe(0);
    expect(near.nearTo('9999')).toEqual([]);
  });

  it.each(['1.2', '-0.1', 'x', ''])('refuse a table with the similarity "%s"', (value) => {
    expect(() => readNearOccupations(`isco,near,similarity\n1111,1112,${value}\n`)).toThrow('1111');
  });
});

describe('skill levels', () => {
  it.each([
    ['0110', 4], ['0210', 2], ['0310', 1], ['1120', 4], ['1411', 3], ['2341', 4], ['3221', 3], ['4120', 2], ['5120', 2],
    ['6121', 2], ['7212', 2], ['8332', 2], ['9313', 1],
  ] as const)('of %s is %i', (isco, level) => {
    expect(skillLevelOf(isco)).toBe(level);
  }); // prettier-ignore
});
