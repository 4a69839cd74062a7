import fc from 'fast-check';
import { addWorkingDays, isKazakhHoliday } from './due-date.js';

describe('the due date', () => {
  it('passes over weekends', () => {
    expect(addWorkingDays('2026-11-20', 3, () => false)).toBe('2026-11-25');
    expect(addWorkingDays('2026-11-22', 1, () => false)).toBe('2026-11-23');
  });

  it('passes over holidays of Kazakhstan and the days given for them', () => {
    expect(addWorkingDays('2026-12-14', 3, isKazakhHoliday)).toBe('2026-12-18');
    expect(addWorkingDays('2026-10-23', 1, isKazakhHoliday)).toBe('2026-10-27');
    expect(addWorkingDays('2026-12-31', 1, isKazakhHoliday)).toBe('2027-01-05');
  });

  it('always falls on a working day after the start', () => {
    const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 15 }), (start, days) => {
        const from = start.toISOString().slice(0, 10);
        const due = addWorkingDays(from, days, isKazakhHoliday);
        expect(due > from).toBe(true);
        expect([0, 6]).not.toContain(new Date(`${due}T00:00:00Z`).getUTCDay());
        expect(isKazakhHoliday(due)).toBe(false);
      }),
    );
  });
});
