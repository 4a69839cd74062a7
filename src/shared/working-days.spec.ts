import fc from 'fast-check';
import { dateInKazakhstan } from './clock.js';
import { addWorkingDays, isKazakhHoliday, isWorkingDay } from './working-days.js';

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

  it('knows the day given for a holiday that falls on another holiday', () => {
    // Nauryz 2026 is on Saturday, Sunday and Monday: five days off. In 2027 it is on Sunday, Monday and Tuesday: four.
    expect(addWorkingDays('2026-03-20', 1)).toBe('2026-03-26');
    expect(addWorkingDays('2027-03-19', 1)).toBe('2027-03-25');
    expect(addWorkingDays('2025-03-20', 1)).toBe('2025-03-26');
    expect(addWorkingDays('2024-03-20', 1)).toBe('2024-03-26');
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

  it('is not moved by the change of the clocks on 1 March 2024', () => {
    expect(addWorkingDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addWorkingDays('2024-02-29', 1)).toBe('2024-03-01');
    expect(addWorkingDays('2024-03-01', 1)).toBe('2024-03-04');
    expect(dateInKazakhstan(new Date('2024-02-29T18:59:59Z'))).toBe('2024-02-29');
    expect(dateInKazakhstan(new Date('2024-02-29T19:00:00Z'))).toBe('2024-03-01');
  });

  it('of no days is the day itself; no date and no number of days is refused', () => {
    expect(addWorkingDays('2026-11-22', 0)).toBe('2026-11-22');
    for (const wrong of ['22.11.2026', '2026-02-30', '']) expect(() => addWorkingDays(wrong, 1)).toThrow(RangeError);
    for (const wrong of [-1, 1.5, NaN]) expect(() => addWorkingDays('2026-11-22', wrong)).toThrow(RangeError);
  });
});

describe('a working day', () => {
  it('is neither at a weekend nor a holiday nor a day given for one', () => {
    const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-12-16', '2026-10-26', '2026-11-23'];
    expect(days.map((day) => isWorkingDay(day))).toEqual([true, false, false, false, false, true]);
  });
});
