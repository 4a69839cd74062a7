import { TABLE_3, countedTable, madeFamilies } from './table-3.js';

describe('the people behind Table 3', () => {
  it.each(TABLE_3.map((row) => [row.regionCode, row] as const))('are as many as %s published', (_, row) => {
    const families = madeFamilies(row);
    const persons = families.flatMap((family) => family.persons);
    const count = (outcome: string): number => persons.filter((person) => person.outcome === outcome).length;
    expect(persons).toHaveLength(row.moved);
    expect(count('returned')).toBe(row.returned ?? 0);
    for (const [activity, published] of Object.entries(row.active ?? {})) expect(count(activity)).toBe(published);
    expect(persons.filter(({ outcome }) => outcome !== null)).toHaveLength(
      (row.returned ?? 0) + Object.values(row.active ?? {}).reduce((sum, one) => sum + one, 0),
    );
  });

  it('go back by families, and only adults work', () => {
    for (const { persons } of TABLE_3.flatMap(madeFamilies)) {
      const gone = persons.filter(({ outcome }) => outcome === 'returned').length;
      expect([0, persons.length]).toContain(gone);
      for (const { adult, outcome } of persons)
        if (!adult) expect(outcome === null || outcome === 'returned').toBe(true);
    }
  });

  it('are families of about four, the same each time', () => {
    const families = madeFamilies(TABLE_3[1]!);
    expect(6765 / families.length).toBeGreaterThan(3.5);
    expect(6765 / families.length).toBeLessThan(4.5);
    expect(families.every(({ persons }) => persons.some(({ adult }) => adult))).toBe(true);
    expect(madeFamilies(TABLE_3[1]!)).toEqual(families);
  });
});

describe('a counted table', () => {
  const none = { returned: 0, employed: 0, ownBusiness: 0, activeOtherwise: 0 };

  it('leaves unknown what nobody told, and adds up who is known', () => {
    const { rows, returnedOfKnown } = countedTable([
      { regionCode: 'KZ-59', moved: 200, known: 120, returned: 20, employed: 60, ownBusiness: 30, activeOtherwise: 10 },
      { regionCode: 'KZ-55', moved: 900, known: 0, ...none },
    ]);
    expect(rows.map(({ returned, active, activePercent }) => [returned, active, activePercent])).toEqual([
      [20, 100, 50],
      [null, null, null],
    ]);
    expect(returnedOfKnown).toEqual({ returned: 20, moved: 200, percent: 10 });
    expect(countedTable([]).returnedOfKnown).toBeNull();
  });
});
