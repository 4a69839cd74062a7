import type { DecisionCount } from './delays.queries.js';
import { hideSmall } from '../shared/small-counts.js';
import { workingDaysBetween } from '../shared/working-days.js';
import { decisionsOf, durationsOf, mondayOf, reasonsOf } from './delays.js';

const never = (): boolean => false;
const count = (over: Partial<DecisionCount>): DecisionCount => ({
  regionCode: 'KZ-59',
  action: 'approve',
  reason: null,
  proposedOn: '2026-11-02',
  decidedOn: '2026-11-03',
  decisions: 1,
  ...over,
});

describe('delays', () => {
  it('count working days: no weekend, no holiday, not the first day', () => {
    expect(workingDaysBetween('2026-11-20', '2026-11-20', never)).toBe(0);
    expect(workingDaysBetween('2026-11-20', '2026-11-23', never)).toBe(1);
    expect(workingDaysBetween('2026-11-16', '2026-11-27', never)).toBe(9);
    expect(workingDaysBetween('2026-11-16', '2026-11-27', (date) => date === '2026-11-18')).toBe(8);
  });

  it('know the Monday of a week', () => {
    expect(['2026-11-22', '2026-11-23', '2026-11-29'].map(mondayOf)).toEqual([
      '2026-11-16',
      '2026-11-23',
      '2026-11-23',
    ]);
  });

  it('give the days within which half and nine of ten were decided, not for fewer than five', () => {
    const counts = [
      count({ decisions: 6 }),
      count({ decidedOn: '2026-11-06', decisions: 3 }),
      count({ decidedOn: '2026-11-13', decisions: 1 }),
    ];
    expect(durationsOf(counts, never)).toEqual({ decided: 10, medianDays: 1, p90Days: 4 });
    expect(durationsOf([count({ decisions: 4 })], never)).toEqual({ decided: null, medianDays: null, p90Days: null });
    expect(durationsOf([], never)).toEqual({ decided: 0, medianDays: null, p90Days: null });
  });

  it('hide what is small, and another with it when it could be found by subtraction', () => {
    expect(hideSmall([20, 4, 9, 0])).toEqual([20, null, null, 0]);
    expect(hideSmall([20, 4, 1, 0])).toEqual([20, null, null, 0]);
    expect(hideSmall([20, 5, 0, 0])).toEqual([20, 5, 0, 0]);
    expect(hideSmall([20, 30, 1, 1])).toEqual([null, 30, null, null]);
    expect(hideSmall([3])).toEqual([null]);
    expect(decisionsOf([count({ decisions: 7 }), count({ action: 'reject', decisions: 2 })])).toEqual({
      approve: null,
      return: 0,
      refer: 0,
      reject: null,
    });
  });

  it('add up reasons over the centres', () => {
    const reasons = reasonsOf([
      count({ action: 'return', reason: 'diploma_missing', decisions: 3 }),
      count({ action: 'return', reason: 'diploma_missing', decisions: 4, regionCode: 'KZ-39' }),
      count({ action: 'reject', reason: 'diploma_missing', decisions: 2 }),
    ]);
    expect(reasons).toEqual([
      { action: 'return', reason: 'diploma_missing', decisions: 7 },
      { action: 'reject', reason: 'diploma_missing', decisions: null },
    ]);
  });

  it('hide a second reason where one small one could be found from the sum of the returned', () => {
    const reasons = reasonsOf([
      count({ action: 'return', reason: 'diploma_missing', decisions: 9 }),
      count({ action: 'return', reason: 'housing_unchecked', decisions: 6 }),
      count({ action: 'return', reason: 'other', decisions: 1 }),
    ]);
    expect(reasons.map(({ decisions }) => decisions)).toEqual([9, null, null]);
  });
});
