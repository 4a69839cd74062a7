import { isWorkingDay } from '../shared/working-days.js';
import { APPLICATION_STATES, APPLICATION_TABLE, OPEN_APPLICATION_STATES } from './application-states.js';
import { deadlineFrom, deadlineOn, deadlineRule, readDeadlines } from './deadlines.js';

const rules = readDeadlines();

describe('the deadlines', () => {
  it('are there for every open state, with a source, and for no end', () => {
    for (const state of APPLICATION_STATES) {
      const rule = deadlineRule(rules, state, '2026-11-22');
      expect([state, rule !== null]).toEqual([state, OPEN_APPLICATION_STATES.includes(state)]);
      if (rule !== null) expect(rule.source.length).toBeGreaterThan(20);
    }
  });

  it('let lapse only what may lapse by the table, and everything that may has a day', () => {
    for (const rule of rules) {
      const mayLapse = APPLICATION_TABLE[rule.state].lapse !== undefined;
      expect([rule.state, rule.lapseAfterWorkingDays !== null]).toEqual([rule.state, mayLapse]);
    }
  });

  it('give the career centre one working day, over a weekend and holidays, by a verified rule', () => {
    expect(deadlineFrom(rules, 'applied', '2026-11-20')).toMatchObject({ dueOn: '2026-11-23', verified: true });
    expect(deadlineFrom(rules, 'applied', '2026-12-15')).toMatchObject({ dueOn: '2026-12-17', lapsesAfter: null });
    expect(deadlineFrom(rules, 'applied', '2024-02-29')).toMatchObject({ dueOn: '2024-03-01' });
  });

  it('of a place that is held leave time after they have passed, and say so to the day', () => {
    const { dueOn, lapsesAfter } = deadlineFrom(rules, 'approved', '2026-11-23')!;
    expect([dueOn, lapsesAfter]).toEqual(['2026-12-22', '2027-01-08']);
    expect(deadlineOn(rules, 'approved', '2026-11-23', '2026-12-30').lapsesAfter).toBe('2027-01-18');
  });

  it('of months fall on a working day, and on the last one of a short month', () => {
    expect(deadlineFrom(rules, 'arrived', '2026-11-23')!.dueOn).toBe('2027-11-23');
    const leap = deadlineFrom(rules, 'arrived', '2028-02-29')!.dueOn;
    expect(leap).toBe('2029-02-28');
    expect(isWorkingDay(deadlineFrom(rules, 'arrived', '2026-12-16')!.dueOn)).toBe(true);
  });

  it('begin anew with a later row', () => {
    const first = rules.find(({ state }) => state === 'forwarded')!;
    const later = [...rules, { ...first, from: '2027-01-01', workingDays: 5, months: undefined }];
    expect(deadlineRule(later, 'forwarded', '2026-12-31')).toBe(first);
    expect(deadlineFrom(later, 'forwarded', '2027-01-11')!.dueOn).toBe('2027-01-18');
    expect(deadlineRule(rules, 'forwarded', '2016-01-01')).toBe(first);
  });
});
