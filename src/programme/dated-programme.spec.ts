import { type ListedVersion, type ProgrammeFacts, knownFacts, programmeOn } from './dated-programme.js';
import { type Move, moveMoney } from './move-money.js';
import { programmeOverview, readNationalQuotas } from './programme-overview.js';
import type { Quota } from './programme.queries.js';
import { readSupportRules } from './support-rules.js';

const version = (code: string, validFrom: string, validTo: string | null, verified: boolean): ListedVersion => ({
  code,
  validFrom,
  validTo,
  name: code,
  source: 'source',
  verified,
  departure: [{ regionCode: 'KZ-61', verified: false }],
  reception: [{ regionCode: 'KZ-59', verified: true }],
});
const quota = (
  regionCode: string,
  validFrom: string,
  persons: number,
  category: Quota['category'] = 'settlers',
): Quota => ({
  year: Number(validFrom.slice(0, 4)),
  regionCode,
  category,
  validFrom,
  persons,
  source: 'order',
  verified: true,
});
const FACTS: ProgrammeFacts = {
  versions: [version('first', '2017-01-01', '2023-01-01', true), version('second', '2023-01-01', null, false)],
  quotas: [
    quota('KZ-59', '2025-01-01', 3_000),
    quota('KZ-59', '2026-01-01', 2_820),
    quota('KZ-11', '2026-01-01', 285, 'kandas'),
    quota('KZ-59', '2026-08-24', 2_500),
  ],
  livingCosts: new Map([['KZ-61', { perHeadTenge: 56_350, period: '2023', source: 'stat', verified: false }]]),
};
const rules = readSupportRules();

describe('programmeOn', () => {
  it('takes the version of the day, its last day too', () => {
    expect(programmeOn(FACTS, '2022-12-31').version.code).toBe('first');
    expect(programmeOn(FACTS, '2023-01-01').version.code).toBe('second');
  });

  it('refuses a day before the first version', () => {
    expect(() => programmeOn(FACTS, '2016-12-31')).toThrow(
      expect.objectContaining({
        code: 'programme.before_first_version',
        params: { date: '2016-12-31', first: '2017-01-01' },
      }),
    );
  });

  it('has of each quota the latest revision within the year', () => {
    const persons = (on: string): number[] => programmeOn(FACTS, on).quotas.map((one) => one.persons);
    expect(persons('2026-08-23')).toEqual([2_820, 285]);
    expect(persons('2026-08-24')).toEqual([2_500, 285]);
    expect(persons('2025-12-31')).toEqual([3_000]);
    expect(persons('2024-06-01')).toEqual([]);
  });
});

describe('knownFacts', () => {
  const move = { homeRegionCode: 'KZ-61', regionCode: 'KZ-59' };
  const on = programmeOn(FACTS, '2026-03-01');

  it('says what lists and quotas hold, and how sure they are', () => {
    expect(knownFacts(on, move, 'permanent')).toEqual({
      departure_region: { holds: true, by: 'programme', verified: false },
      reception_region: { holds: true, by: 'programme', verified: true },
      quota: { holds: true, by: 'programme', verified: true },
      permanent_job: { holds: true, by: 'vacancy', verified: true },
    });
    expect(knownFacts(on, { ...move, homeRegionCode: 'KZ-75' }, 'seasonal')).toMatchObject({
      departure_region: { holds: false, verified: false },
      permanent_job: { holds: false },
    });
  });

  it('does not take what is not said for a no', () => {
    expect(knownFacts(on, { ...move, homeRegionCode: null }, null)).toMatchObject({
      departure_region: { holds: null, by: null },
      permanent_job: { holds: null, by: null },
    });
  });

  it('knows a region without settlers’ quota, and a year without any published', () => {
    expect(knownFacts(on, { ...move, regionCode: 'KZ-11' }, null).quota).toMatchObject({ holds: false });
    expect(knownFacts(programmeOn(FACTS, '2024-03-01'), move, null).quota).toMatchObject({ holds: null, by: null });
  });
});

describe('moveMoney', () => {
  const MOVE: Move = {
    members: 4,
    homeRegionCode: 'KZ-61',
    regionCode: 'KZ-59',
    settlementType: 'urban',
    adults: [{ payTenge: 200_000, job: { payMinTenge: 300_000, payMaxTenge: null } }],
    housingProvided: false,
  };
  const money = (given: Partial<Move>, on = '2026-03-01') =>
    moveMoney(rules, programmeOn(FACTS, on), { ...MOVE, ...given });

  it('has the sheet and the budget of the move', () => {
    const { sheet, refusal, budget } = money({});
    expect(refusal).toBeNull();
    expect(sheet?.householdFirstYearTenge.min).toBe(2_249_000);
    expect(budget.left).toMatchObject({ here: { min: 200_000 - 4 * 56_350 }, there: null });
  });

  it.each([
    ['support.region_not_reception', { regionCode: 'KZ-61' }, '2026-03-01'],
    ['support.region_not_departure', { homeRegionCode: 'KZ-59' }, '2026-03-01'],
    ['support.members_invalid', { members: 30 }, '2026-03-01'],
    ['support.members_invalid', { members: 0 }, '2026-03-01'],
    ['support.index_unknown', {}, '2027-01-01'],
  ])('refuses the support with %s, and still has the budget', (code, given, on) => {
    const { sheet, refusal, budget } = money(given, on);
    expect([sheet, refusal?.code]).toEqual([null, code]);
    expect(budget.lines.some((line) => line.code === 'rent_support')).toBe(false);
    expect(budget.lines.length).toBe(3);
  });

  it('makes the rent a range where neither town nor village is known', () => {
    const { sheet, budget } = money({ settlementType: null, members: 5 });
    expect(sheet?.lines.find(({ code }) => code === 'rent')).toMatchObject({
      mci: null,
      tenge: null,
      months: 12,
      firstYearTenge: { min: 12 * 21 * 4_325, max: 12 * 30 * 4_325 },
    });
    expect(budget.lines.find(({ code }) => code === 'rent_support')?.there).toMatchObject({
      min: 21 * 4_325,
      max: 30 * 4_325,
    });
  });
});

describe('programmeOverview', () => {
  const overview = (on: string) => programmeOverview(rules, programmeOn(FACTS, on), FACTS.quotas, readNationalQuotas());

  it('has everything in force on a day with its source', () => {
    const { mci, measures, quotas, nationalQuotas, departure, reception } = overview('2026-09-01');
    expect(mci).toMatchObject({ tenge: 4325, from: '2026-01-01', verified: true });
    expect(measures.map(({ code }) => code)).toEqual([
      'moving_grant',
      'rent',
      'housing_certificate',
      'short_course',
      'employer_subsidy',
    ]);
    expect(measures[0]).toMatchObject({ mci: 70, tenge: 302_750 });
    expect(quotas.find(({ regionCode }) => regionCode === 'KZ-59')).toMatchObject({ persons: 2_500, revision: 2 });
    expect(nationalQuotas).toMatchObject([{ settlers: 5997, kandas: 2281 }]);
    expect([departure, reception]).toEqual([FACTS.versions[1]!.departure, FACTS.versions[1]!.reception]);
    for (const { source } of [mci, ...measures, ...quotas, ...nationalQuotas]) expect(source).toBeTruthy();
  });

  it('has both totals of 2024, each from its day, and the revision of 2023 whose day nobody published', () => {
    expect(overview('2024-08-23').nationalQuotas).toMatchObject([{ settlers: 7050, kandas: 2433 }]);
    expect(overview('2024-08-24').nationalQuotas).toMatchObject([{ settlers: 6450, kandas: 3033 }]);
    expect(overview('2023-06-01').nationalQuotas).toMatchObject([
      { settlers: 6727, validFrom: '2023-01-01' },
      { settlers: 6592, validFrom: null },
    ]);
  });

  it('says of a year whose index is not known that it is not known', () => {
    expect(() => overview('2027-01-01')).toThrow(expect.objectContaining({ code: 'support.index_unknown' }));
  });
});
