import fc from 'fast-check';
import { Problem } from '../shared/problem.js';
import { MOST_MEMBERS, type SettlementKind, type SupportSheet, supportSheet } from './support.js';
import { SUPPORT_CONDITIONS, knownIndexOn, readSupportRules } from './support-rules.js';

const rules = readSupportRules();
const sheet = (members: number, on: string, settlementType: SettlementKind | null = 'urban'): SupportSheet =>
  supportSheet(rules, { members, settlementType, on });
const line = (of: SupportSheet, code: string): SupportSheet['lines'][number] | undefined =>
  of.lines.find((one) => one.code === code);
const tenge = (of: SupportSheet, code: string): number | null | undefined => line(of, code)?.tenge;

describe('supportSheet', () => {
  // As printed by the papers and the press of each year; 2022 has two indices.
  it.each([
    ['2022-03-31', 3063, 214_410, 45_945, 91_890, 1_225_200],
    ['2022-04-01', 3180, 222_600, 47_700, 95_400, 1_272_000],
    ['2023-01-01', 3450, 241_500, 51_750, 103_500, 1_380_000],
    ['2024-02-29', 3692, 258_440, 55_380, 110_760, 1_476_800],
    ['2025-12-31', 3932, 275_240, 58_980, 117_960, 1_572_800],
    ['2026-03-01', 4325, 302_750, 64_875, 129_750, 1_730_000],
  ])('pays on %s what was printed for an index of %i', (on, mci, moving, leastRent, mostRent, employer) => {
    const [villager, family] = [sheet(1, on, 'rural'), sheet(5, on)];
    expect(villager.mciTenge).toBe(mci);
    expect(tenge(villager, 'moving_grant')).toBe(moving);
    expect(tenge(family, 'moving_grant')).toBe(5 * moving);
    expect(tenge(villager, 'rent')).toBe(leastRent);
    expect(tenge(family, 'rent')).toBe(mostRent);
    expect(line(family, 'rent')?.months).toBe(12);
    expect(line(family, 'employer_subsidy')).toMatchObject({ tenge: employer, payee: 'employer' });
  });

  // Printed in the seed paper (section 3.1), rounded to hundreds: it mixes both indices of 2022.
  it.each([
    ['one person in a town', 1, 'urban', 61_300],
    ['five in a town', 5, 'urban', 91_900],
    ['one person in a village', 1, 'rural', 45_900],
    ['five in a village', 5, 'rural', 64_300],
  ] as const)('pays %s the rent printed for the first index of 2022', (_, members, where, printed) => {
    expect(Math.round(tenge(sheet(members, '2022-01-15', where), 'rent')! / 100) * 100).toBe(printed);
    expect(Math.round(tenge(sheet(members, '2022-05-15', where), 'rent')! / 100) * 100).not.toBe(printed);
  });

  it.each([
    ['2023-07-01', 4_002_000, 50, false],
    ['2024-07-01', 4_282_720, 50, true],
    ['2025-07-01', 4_561_120, 50, true],
    ['2026-07-01', 7_028_125, null, true],
  ])('caps the housing certificate of %s at %i', (on, cap, priceSharePercent, verified) => {
    const certificate = line(sheet(4, on), 'housing_certificate');
    expect(certificate).toMatchObject({ tenge: cap, atMost: true, priceSharePercent, verified });
  });

  it('names the index with its day and its source, and marks the one that nobody printed', () => {
    expect(sheet(4, '2022-03-31').index).toMatchObject({ from: '2022-01-01', verified: true });
    expect(sheet(4, '2022-04-01').index).toMatchObject({ from: '2022-04-01', verified: false });
    expect(sheet(4, '2026-03-01').index.source).toContain('mgorod.kz');
  });

  it('asks the employer for two years', () => {
    expect(line(sheet(4, '2026-03-01'), 'employer_subsidy')).toMatchObject({ years: 2, firstYearTenge: null });
  });

  it('does not repeat the misprint of the paper, whose rents of 2023 lost a digit', () => {
    const rents = [sheet(1, '2023-06-01', 'rural'), sheet(5, '2023-06-01')].map((one) => tenge(one, 'rent'));
    expect(rents).toEqual([51_750, 103_500]);
    expect(rents).not.toContain(5_175);
  });

  it('caps the housing certificate since 2023, by 1,625 indices since 2026', () => {
    expect(line(sheet(4, '2022-12-31'), 'housing_certificate')).toBeUndefined();
    expect(tenge(sheet(4, '2025-06-01'), 'housing_certificate')).toBe(4_561_120);
    expect(line(sheet(4, '2026-01-01'), 'housing_certificate')).toMatchObject({ tenge: 7_028_125, atMost: true });
  });

  it('sums the first year as a range: a rent between two written steps, and the certificate', () => {
    const { lines, householdFirstYearTenge } = sheet(4, '2026-03-01');
    expect(lines.find(({ code }) => code === 'rent')).toMatchObject({ mci: 25, tenge: 108_125, verified: false });
    expect(householdFirstYearTenge).toEqual({
      min: 4 * 302_750 + 12 * 20 * 4_325,
      max: 4 * 302_750 + 12 * 30 * 4_325 + 7_028_125,
    });
    expect(sheet(1, '2022-05-01', 'rural').householdFirstYearTenge).toEqual({
      min: 222_600 + 12 * 47_700,
      max: 222_600 + 12 * 47_700,
    });
  });

  it.each(['2023-05-01', '2026-03-01'])(
    'says on %s what the certificate and the employer’s subsidy depend on',
    (on) => {
      expect(
        Object.fromEntries(sheet(4, on).lines.map(({ code, conditions, years }) => [code, [conditions, years]])),
      ).toEqual({
        moving_grant: [[], null],
        rent: [[], null],
        housing_certificate: [['home_bought_or_built'], null],
        short_course: [[], null],
        employer_subsidy: [['hired_for_years', 'worker_housed'], 2],
      });
    },
  );

  it('says which figures nobody has printed', () => {
    const unverified = (of: SupportSheet): string[] => of.lines.filter((one) => !one.verified).map(({ code }) => code);
    expect(unverified(sheet(5, '2026-03-01'))).toEqual(['short_course']);
    expect(unverified(sheet(3, '2026-03-01'))).toEqual(['rent', 'short_course']);
    expect(unverified(sheet(5, '2022-05-01'))).toEqual(['moving_grant', 'rent', 'short_course', 'employer_subsidy']);
    expect(unverified(sheet(5, '2019-05-01'))).toEqual(['moving_grant', 'rent', 'short_course', 'employer_subsidy']);
  });

  it.each(['2016-12-31', '2027-01-01', '0001-01-01'])('takes no index for %s, and says which it knows', (on) => {
    expect(() => sheet(4, on)).toThrow(
      expect.objectContaining({ code: 'support.index_unknown', params: { date: on, first: 2017, last: 2026 } }),
    );
  });

  it('carries no index into a year whose own is not known', () => {
    expect(knownIndexOn(rules, '2026-12-31')?.tenge).toBe(4_325);
    expect(knownIndexOn(rules, '2027-01-01')).toBeNull();
  });

  it.each([0, MOST_MEMBERS + 1, 2.5, -1, NaN])('refuses a household of %p', (members) => {
    expect(() => sheet(members, '2026-03-01')).toThrow(Problem);
  });

  it('grows with each member, and nothing else falls', () => {
    const day = fc.date({ min: new Date('2017-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: MOST_MEMBERS - 1 }),
        fc.constantFrom<SettlementKind>('urban', 'rural'),
        (date, members, where) => {
          const on = date.toISOString().slice(0, 10);
          const [fewer, more] = [sheet(members, on, where), sheet(members + 1, on, where)];
          expect(tenge(more, 'moving_grant')! - tenge(fewer, 'moving_grant')!).toBe(70 * fewer.mciTenge);
          for (const { code, tenge: amount } of fewer.lines) {
            if (amount !== null) expect(tenge(more, code)).toBeGreaterThanOrEqual(amount);
          }
          const [one, other] = [fewer.householdFirstYearTenge, more.householdFirstYearTenge];
          for (const { lines, householdFirstYearTenge } of [fewer, more]) {
            const sum = (end: 'min' | 'max'): number =>
              lines.reduce((all, own) => all + (own.firstYearTenge?.[end] ?? 0), 0);
            expect({ min: sum('min'), max: sum('max') }).toEqual(householdFirstYearTenge);
          }
          const anywhere = sheet(members, on, null).householdFirstYearTenge;
          expect(anywhere.min).toBeLessThanOrEqual(one.min);
          expect(anywhere.max).toBeGreaterThanOrEqual(one.max);
          expect(one.min).toBeLessThanOrEqual(one.max);
          expect(other.min).toBeGreaterThan(one.min);
          expect(other.max).toBeGreaterThan(one.max);
          expect(tenge(sheet(members, on, 'rural'), 'rent')!).toBeLessThan(tenge(sheet(members, on), 'rent')!);
        },
      ),
    );
  });
});

describe('the files', () => {
  it('stand in the order of their dates, each figure with a source', () => {
    const dates = rules.indices.map(({ from }) => from);
    expect(dates).toEqual([...dates].sort());
    for (const code of new Set(rules.measures.map((one) => one.code))) {
      const own = rules.measures.filter((one) => one.code === code).map(({ from }) => from);
      expect(own).toEqual([...new Set(own)].sort());
    }
    for (const { source } of [...rules.indices, ...rules.measures]) expect(source.length).toBeGreaterThan(5);
    for (const condition of rules.measures.flatMap(({ conditions = [] }) => conditions))
      expect(SUPPORT_CONDITIONS).toContain(condition);
  });
});
