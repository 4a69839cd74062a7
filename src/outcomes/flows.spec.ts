import fc from 'fast-check';
import { hiddenSums, housingTable, returnTables } from './figure-tables.js';
import { type HiddenSums, flowsOf } from './flows.js';
import type { FlowCount } from './flows.queries.js';

const count = (origin: string, over: Partial<FlowCount>): FlowCount => ({
  origin,
  reception: 'KZ-59',
  waitingHouseholds: 0,
  waitingPersons: 0,
  approvedHouseholds: 0,
  approvedPersons: 0,
  interestedHouseholds: 0,
  interestedPersons: 0,
  arrivedHouseholds: 0,
  arrivedPersons: 0,
  returnedHouseholds: 0,
  returnedPersons: 0,
  ...over,
});
const HIDDEN = { households: null, persons: null };
const NONE: HiddenSums = { stayed: new Set(), returned: new Set() };

describe('flows', () => {
  it('hide fewer than five households with their persons, and another of the same region beside them', () => {
    const flows = flowsOf(
      [
        count('KZ-31', { waitingHouseholds: 30, waitingPersons: 120 }),
        count('KZ-43', { waitingHouseholds: 7, waitingPersons: 21 }),
        count('KZ-61', { waitingHouseholds: 2, waitingPersons: 9 }),
        count('KZ-61', { reception: 'KZ-55', waitingHouseholds: 6, waitingPersons: 20 }),
      ],
      NONE,
    );
    expect(flows.map(({ waiting }) => waiting)).toEqual([
      { households: 30, persons: 120 },
      HIDDEN,
      HIDDEN,
      { households: 6, persons: 20 },
    ]);
    expect(flows[2]!.approved).toEqual({ households: 0, persons: 0 });
  });

  it('tell of those who said yes only when neither they nor the other approved are few', () => {
    const interested = (approvedHouseholds: number, interestedHouseholds: number): number | null =>
      flowsOf([count('KZ-61', { approvedHouseholds, interestedHouseholds })], NONE)[0]!.interested.households;
    expect(interested(12, 6)).toBe(6);
    expect(interested(12, 12)).toBe(12);
    expect(interested(12, 0)).toBe(0);
    expect(interested(12, 9)).toBeNull();
    expect(interested(12, 3)).toBeNull();
    expect(interested(4, 4)).toBeNull();
  });

  it('hide those who said yes where the approved are hidden for another’s sake', () => {
    const [large] = flowsOf(
      [
        count('KZ-31', { approvedHouseholds: 12, approvedPersons: 40, interestedHouseholds: 6, interestedPersons: 20 }),
        count('KZ-61', { approvedHouseholds: 1, approvedPersons: 4 }),
      ],
      NONE,
    );
    expect(large!.approved).toEqual(HIDDEN);
    expect(large!.interested).toEqual(HIDDEN);
  });

  it('tell of those who went back only when neither they nor those who stayed are few', () => {
    const returned = (arrivedHouseholds: number, returnedHouseholds: number): number | null =>
      flowsOf([count('KZ-61', { arrivedHouseholds, returnedHouseholds })], NONE)[0]!.returned.households;
    expect(returned(20, 5)).toBe(5);
    expect(returned(20, 0)).toBe(0);
    expect(returned(20, 2)).toBeNull();
    expect(returned(9, 6)).toBeNull();
  });

  it('hide another beside one whose rest is few: the sum of the region, told elsewhere, would give it away', () => {
    const returned = (...of: [arrived: number, returned: number][]): (number | null)[] =>
      flowsOf(
        of.map(([arrivedHouseholds, returnedHouseholds], i) =>
          count(`KZ-${31 + i}`, { arrivedHouseholds, returnedHouseholds }),
        ),
        NONE,
      ).map((flow) => flow.returned.households);
    expect(returned([12, 5], [9, 6])).toEqual([null, null]);
    expect(returned([30, 20], [12, 0], [9, 6], [16, 8])).toEqual([20, 0, null, null]);
    // The rests of two together are two.
    expect(returned([30, 20], [9, 8], [9, 8])).toEqual([null, null, null]);
    expect(returned([12, 5], [20, 8])).toEqual([5, 8]);
  });

  it('hide who arrived in the whole region where nothing else is left to hide beside few that stayed', () => {
    const flows = flowsOf(
      [
        count('KZ-31', { arrivedHouseholds: 9, returnedHouseholds: 6 }),
        count('KZ-43', { arrivedHouseholds: 20 }),
        count('KZ-43', { reception: 'KZ-55', arrivedHouseholds: 20 }),
      ],
      NONE,
    );
    expect(flows.map(({ arrived }) => arrived.households)).toEqual([null, null, 20]);
  });

  it('hide who arrived and who went back where another table hides a sum of the region', () => {
    const counts = [
      count('KZ-31', { arrivedHouseholds: 30, returnedHouseholds: 10 }),
      count('KZ-43', { arrivedHouseholds: 30, returnedHouseholds: 0 }),
    ];
    for (const hidden of [
      { ...NONE, stayed: new Set(['KZ-59']) },
      { ...NONE, returned: new Set(['KZ-59']) },
    ]) {
      const flows = flowsOf(counts, hidden);
      expect(flows.map(({ arrived }) => arrived.households)).toEqual([null, null]);
      expect(flows.map(({ returned }) => returned.households)).toEqual([null, 0]);
    }
  });
});

describe('flows, housing and returns together', () => {
  const ORIGINS = ['KZ-31', 'KZ-43', 'KZ-47'];
  const KINDS = ['housed', 'housing_trouble'] as const;
  const REASONS = ['no_job', 'housing'] as const;
  const households = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 5, max: 40 }));
  /** Of each origin: who stayed and went back, each by the column of its table. */
  const oneRegion = fc.array(
    fc.record({ stayed: fc.tuple(households, households), returned: fc.tuple(households, households) }),
    { minLength: 1, maxLength: ORIGINS.length },
  );

  interface Told {
    /** Of the unknowns, those that it adds up. */
    of: number[];
    shown: number | null;
    value: number;
  }

  /** Every number that the three tables show or hide, and who stayed of each flow, which none shows, as sums of the same unknowns. */
  function numbersOf(regions: { stayed: [number, number]; returned: [number, number] }[][]): Told[] {
    const codes = regions.map((_, r) => `KZ-${55 + 4 * r}`);
    const unknowns: number[] = [];
    // By region, origin and what became of them: two kinds of housing, two reasons to return.
    const at = regions.map((origins) =>
      origins.map(({ stayed, returned }) => [...stayed, ...returned].map((value) => unknowns.push(value) - 1)),
    );
    const told = (of: number[], shown: number | null): Told => ({
      of: unknowns.map((_, i) => (of.includes(i) ? 1 : 0)),
      shown,
      value: of.reduce((sum, i) => sum + unknowns[i]!, 0),
    });
    const total = (r: number, places: number[]): number[] => at[r]!.flatMap((origin) => places.map((i) => origin[i]!));
    const valueOf = (of: number[]): number => of.reduce((sum, i) => sum + unknowns[i]!, 0);
    const all = (places: number[]): number[] => codes.flatMap((_, r) => total(r, places));
    const housing = housingTable(
      codes,
      codes.flatMap((regionCode, r) =>
        KINDS.map((kind, k) => ({ regionCode, kind, households: valueOf(total(r, [k])) })),
      ),
    );
    const returns = returnTables(
      codes,
      codes.flatMap((regionCode, r) =>
        REASONS.map((reason, k) => ({ regionCode, reason, households: valueOf(total(r, [2 + k])), persons: 0 })),
      ),
    ).households;
    const counts = codes.flatMap((reception, r) =>
      at[r]!.map((origin, o) =>
        count(ORIGINS[o]!, {
          reception,
          arrivedHouseholds: valueOf(origin),
          returnedHouseholds: valueOf(origin.slice(2)),
        }),
      ),
    );
    const flows = flowsOf(counts, { stayed: hiddenSums(housing), returned: hiddenSums(returns) });
    const tables = [
      { table: housing, columns: KINDS, first: 0 },
      { table: returns, columns: REASONS, first: 2 },
    ].flatMap(({ table, columns, first }) => [
      ...codes.flatMap((_, r) => [
        ...columns.map((column, k) =>
          told(total(r, [first + k]), table.cells[r]![(table.columns as readonly string[]).indexOf(column)]!),
        ),
        told(total(r, [first, first + 1]), table.sums[r]!),
      ]),
      ...columns.map((column, k) =>
        told(all([first + k]), table.columnSums[(table.columns as readonly string[]).indexOf(column)]!),
      ),
      told(all([first, first + 1]), table.total),
    ]);
    const ofFlows = codes.flatMap((reception, r) =>
      at[r]!.flatMap((origin, o) => {
        const flow = flows.find((one) => one.reception === reception && one.origin === ORIGINS[o])!;
        return [
          told(origin, flow.arrived.households),
          told(origin.slice(2), flow.returned.households),
          told(origin.slice(0, 2), null),
        ];
      }),
    );
    return [...tables, ...ofFlows];
  }

  /** An attacker's computation: whether a sum of unknowns is one of sums that are known (Gauss-Jordan over these). */
  function attackerKnowing(known: readonly number[][]): (of: readonly number[]) => boolean {
    const solved: { pivot: number; row: number[] }[] = [];
    const reduce = (given: readonly number[]): number[] =>
      solved.reduce((row, { pivot, row: by }) => row.map((value, i) => value - row[pivot]! * by[i]!), [...given]);
    for (const given of known) {
      const row = reduce(given);
      const pivot = row.findIndex((value) => Math.abs(value) > 1e-9);
      if (pivot < 0) continue;
      const unit = row.map((value) => value / row[pivot]!);
      for (const one of solved) one.row = one.row.map((value, i) => value - one.row[pivot]! * unit[i]!);
      solved.push({ pivot, row: unit });
    }
    return (of) => reduce(of).every((value) => Math.abs(value) < 1e-9);
  }

  /** Numbers of 1 to 4 that are told or can be computed. Where nobody is, nobody is in any part of it either. */
  function givenAway(numbers: readonly Told[]): Told[] {
    const known = numbers.filter(({ shown }) => shown !== null);
    const none = known
      .filter(({ shown }) => shown === 0)
      .flatMap(({ of }) => of.flatMap((is, i) => (is ? [of.map((_, j) => (i === j ? 1 : 0))] : [])));
    const computes = attackerKnowing([...known.map(({ of }) => of), ...none]);
    return numbers.filter(({ of, value }) => value > 0 && value < 5 && computes(of));
  }

  it('tell of no fewer than five, whichever are added and subtracted', () => {
    fc.assert(
      fc.property(fc.array(oneRegion, { minLength: 1, maxLength: 3 }), (regions) => {
        const numbers = numbersOf(regions);
        for (const { shown, value } of numbers) expect(shown === null || shown === value).toBe(true);
        expect(givenAway(numbers)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('the attack finds what any two of them would give away', () => {
    const of = (...of: number[]): number[] => of;
    // Nine arrived and six went back: three stayed.
    const numbers = [
      { of: of(1, 1), shown: 9, value: 9 },
      { of: of(0, 1), shown: 6, value: 6 },
      { of: of(1, 0), shown: null, value: 3 },
    ];
    expect(givenAway(numbers)).toEqual([numbers[2]]);
  });
});
