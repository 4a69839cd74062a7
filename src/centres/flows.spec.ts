import { flowsOf } from './flows.js';
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

describe('flows', () => {
  it('hide fewer than five households with their persons, and another of the same region beside them', () => {
    const flows = flowsOf([
      count('KZ-31', { waitingHouseholds: 30, waitingPersons: 120 }),
      count('KZ-43', { waitingHouseholds: 7, waitingPersons: 21 }),
      count('KZ-61', { waitingHouseholds: 2, waitingPersons: 9 }),
      count('KZ-61', { reception: 'KZ-55', waitingHouseholds: 6, waitingPersons: 20 }),
    ]);
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
      flowsOf([count('KZ-61', { approvedHouseholds, interestedHouseholds })])[0]!.interested.households;
    expect(interested(12, 6)).toBe(6);
    expect(interested(12, 12)).toBe(12);
    expect(interested(12, 0)).toBe(0);
    expect(interested(12, 9)).toBeNull();
    expect(interested(12, 3)).toBeNull();
    expect(interested(4, 4)).toBeNull();
  });

  it('hide those who said yes where the approved are hidden for another’s sake', () => {
    const [large] = flowsOf([
      count('KZ-31', { approvedHouseholds: 12, approvedPersons: 40, interestedHouseholds: 6, interestedPersons: 20 }),
      count('KZ-61', { approvedHouseholds: 1, approvedPersons: 4 }),
    ]);
    expect(large!.approved).toEqual(HIDDEN);
    expect(large!.interested).toEqual(HIDDEN);
  });

  it('tell of those who went back only when neither they nor those who stayed are few', () => {
    const returned = (arrivedHouseholds: number, returnedHouseholds: number): number | null =>
      flowsOf([count('KZ-61', { arrivedHouseholds, returnedHouseholds })])[0]!.returned.households;
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
      ).map((flow) => flow.returned.households);
    expect(returned([12, 5], [9, 6])).toEqual([null, null]);
    expect(returned([30, 20], [12, 0], [9, 6], [16, 8])).toEqual([20, 0, null, null]);
    // The rests of two together are two.
    expect(returned([30, 20], [9, 8], [9, 8])).toEqual([null, null, null]);
    expect(returned([12, 5], [20, 8])).toEqual([5, 8]);
  });
});
