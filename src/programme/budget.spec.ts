import fc from 'fast-check';
import { type BudgetQuestion, type LivingCost, type MonthlyBudget, monthlyBudget } from './budget.js';
import { supportSheet } from './support.js';
import { readSupportRules } from './support-rules.js';

const rentSupport = supportSheet(readSupportRules(), {
  members: 5,
  settlementType: 'urban',
  on: '2026-03-01',
}).lines.find(({ code }) => code === 'rent')!;

const cost = (perHeadTenge: number): LivingCost => ({ perHeadTenge, period: '2023', source: 'stat', verified: false });

/** A couple with three children from Turkistan, both employed, and two jobs in North Kazakhstan. */
const FAMILY: BudgetQuestion = {
  members: 5,
  adults: [
    { payTenge: 180_000, job: { payMinTenge: 300_000, payMaxTenge: 350_000 } },
    { payTenge: 120_000, job: { payMinTenge: 200_000, payMaxTenge: 200_000 } },
  ],
  livingCost: { here: cost(56_350), there: cost(88_905) },
  rentTenge: { here: null, there: null },
  housingProvided: false,
  rentSupport,
};

const line = (budget: MonthlyBudget, code: string, adult: number | null = null): MonthlyBudget['lines'][number] =>
  budget.lines.find((one) => one.code === code && one.adult === adult)!;

describe('monthlyBudget', () => {
  it('is what it was worked out to be by hand', () => {
    const budget = monthlyBudget(FAMILY);
    expect(line(budget, 'pay', 0)).toMatchObject({
      here: { min: 180_000, max: 180_000, source: 'household', verified: false },
      there: { min: 300_000, max: 350_000, source: 'employer', verified: false },
    });
    expect(line(budget, 'living_cost')).toMatchObject({
      here: { min: 281_750, max: 281_750, source: 'statistics', reference: 'stat, 2023', verified: false },
      there: { min: 444_525, max: 444_525 },
    });
    expect(line(budget, 'rent')).toMatchObject({ here: null, there: null });
    expect(line(budget, 'rent_support')).toMatchObject({
      months: 12,
      here: null,
      there: { min: 129_750, max: 129_750, source: 'programme', verified: true },
    });
    expect(budget.left).toEqual({
      here: { min: 18_250, max: 18_250 },
      there: { min: 55_475, max: 105_475 },
      thereFirstYear: { min: 55_475, max: 105_475 },
    });
    expect(budget.rentCounted).toEqual({ here: false, there: false });
    expect(budget.notes).toEqual(['rent_not_counted', 'costs_per_head', 'pay_as_stated']);
  });

  it('is compared with nothing once the household lives there', () => {
    const stated = { here: 90_000, there: null };
    const budget = monthlyBudget({ ...FAMILY, livesThere: true, rentTenge: stated });
    expect(budget.compared).toBe(false);
    expect(budget.lines.map(({ here }) => here)).toEqual(budget.lines.map(() => null));
    expect(budget.left).toEqual({ ...monthlyBudget(FAMILY).left, here: null });
    expect(budget.notes).toEqual(['rent_there_not_counted', 'costs_per_head', 'pay_as_stated']);
    const rented = monthlyBudget({ ...FAMILY, livesThere: true, rentTenge: { here: null, there: 100_000 } });
    expect(rented.rentCounted).toEqual({ here: false, there: true });
    expect(rented.notes).not.toContain('rent_there_not_counted');
    expect(monthlyBudget(FAMILY).compared).toBe(true);
  });

  it('takes a stated rent away, the programme’s part of it in the first year less', () => {
    const { left, rentCounted, notes } = monthlyBudget({ ...FAMILY, rentTenge: { here: 0, there: 150_000 } });
    expect(left).toEqual({
      here: { min: 18_250, max: 18_250 },
      there: { min: -94_525, max: -44_525 },
      thereFirstYear: { min: 35_225, max: 85_225 },
    });
    expect(rentCounted).toEqual({ here: true, there: true });
    expect(notes).not.toContain('rent_not_counted');
    // A rent below what is paid towards it leaves nothing over for other things.
    expect(monthlyBudget({ ...FAMILY, rentTenge: { here: null, there: 50_000 } }).left.thereFirstYear).toEqual({
      min: 55_475,
      max: 105_475,
    });
  });

  it('keeps «from» and «to» open at the end that is not stated', () => {
    const open = (job: BudgetQuestion['adults'][number]['job']): MonthlyBudget['left']['there'] =>
      monthlyBudget({ ...FAMILY, adults: [FAMILY.adults[0]!, { payTenge: 0, job }] }).left.there;
    expect(open({ payMinTenge: 200_000, payMaxTenge: null })).toEqual({ min: 55_475, max: null });
    expect(open({ payMinTenge: null, payMaxTenge: 200_000 })).toEqual({ min: null, max: 105_475 });
    expect(open({ payMinTenge: null, payMaxTenge: null })).toBeNull();
  });

  it('counts nothing for an adult without a job there, and says why', () => {
    const budget = monthlyBudget({ ...FAMILY, adults: [FAMILY.adults[0]!, { payTenge: 120_000, job: null }] });
    expect(line(budget, 'pay', 1).there).toEqual({ min: 0, max: 0, source: 'no_job', reference: null, verified: true });
    expect(budget.left.there).toEqual({ min: -144_525, max: -94_525 });
  });

  it('says when the employer provides housing, and that living costs are unknown where no source has them', () => {
    const budget = monthlyBudget({ ...FAMILY, housingProvided: true, livingCost: { here: null, there: cost(1) } });
    expect(budget.notes).toContain('housing_provided');
    expect(line(budget, 'living_cost').here).toBeNull();
    expect(budget.left.here).toBeNull();
    expect(monthlyBudget({ ...FAMILY, livingCost: { here: null, there: null } }).notes).not.toContain('costs_per_head');
  });

  it('has no line of support where the programme pays none', () => {
    expect(line(monthlyBudget({ ...FAMILY, rentSupport: null }), 'rent_support')).toBeUndefined();
  });
});

const tenge = fc.integer({ min: 0, max: 3_000_000 });
const stated = fc.tuple(tenge, tenge).map(([a, b]) => ({ payMinTenge: Math.min(a, b), payMaxTenge: Math.max(a, b) }));
const question: fc.Arbitrary<BudgetQuestion> = fc.record({
  members: fc.integer({ min: 1, max: 20 }),
  adults: fc.array(fc.record({ payTenge: tenge, job: fc.option(stated) }), { minLength: 1, maxLength: 2 }),
  livingCost: fc.record({ here: tenge.map(cost), there: tenge.map(cost) }),
  rentTenge: fc.record({ here: fc.option(tenge), there: fc.option(tenge) }),
  housingProvided: fc.boolean(),
  rentSupport: fc.constantFrom(null, rentSupport),
});

describe('every budget', () => {
  it('adds up: pay less costs less a stated rent is what is left, the least first', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { left } = monthlyBudget(asked);
        const spent = asked.livingCost.here!.perHeadTenge * asked.members + (asked.rentTenge.here ?? 0);
        const here = asked.adults.reduce((sum, { payTenge }) => sum + payTenge!, 0) - spent;
        expect(left.here).toEqual({ min: here, max: here });
        expect(left.there!.min!).toBeLessThanOrEqual(left.there!.max!);
        expect(left.thereFirstYear!.min!).toBeGreaterThanOrEqual(left.there!.min!);
        expect(left.thereFirstYear!.max!).toBeGreaterThanOrEqual(left.there!.max!);
      }),
    );
  });

  it('falls with each member by the cost of a head, and rises with pay by the pay', () => {
    fc.assert(
      fc.property(question, tenge, (asked, more) => {
        const before = monthlyBudget(asked).left;
        const larger = monthlyBudget({ ...asked, members: asked.members + 1 }).left;
        expect(before.here!.min! - larger.here!.min!).toBe(asked.livingCost.here!.perHeadTenge);
        expect(before.there!.max! - larger.there!.max!).toBe(asked.livingCost.there!.perHeadTenge);
        const [first, ...others] = asked.adults;
        const richer = monthlyBudget({
          ...asked,
          adults: [{ ...first!, payTenge: first!.payTenge! + more }, ...others],
        });
        expect(richer.left.here!.min! - before.here!.min!).toBe(more);
        expect(richer.left.there).toEqual(before.there);
      }),
    );
  });

  it('leaves what is not stated not stated', () => {
    const nothingSaid = { payMinTenge: null, payMaxTenge: null };
    fc.assert(
      fc.property(question, (asked) => {
        const [first, ...others] = asked.adults;
        const here = monthlyBudget({ ...asked, adults: [{ ...first!, payTenge: null }, ...others] });
        expect([here.left.here, line(here, 'pay', 0).here]).toEqual([null, null]);
        const there = monthlyBudget({ ...asked, adults: [{ ...first!, job: nothingSaid }, ...others] });
        expect([there.left.there, there.left.thereFirstYear, line(there, 'pay', 0).there]).toEqual([null, null, null]);
      }),
    );
  });
});
