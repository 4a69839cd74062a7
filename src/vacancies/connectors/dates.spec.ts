import fc from 'fast-check';
import { readDate, readInstant } from './dates.js';

describe('readDate', () => {
  it.each([
    ['2026-09-03', '2026-09-03'],
    ['03-09-2026', '2026-09-03'],
    [' 03.09.2026 ', '2026-09-03'],
    ['2026-09-03T23:30:00Z', '2026-09-04'],
    ['2026-09-03T23:30:00', '2026-09-03'],
    ['2026-09-03T06:00:00+0500', '2026-09-03'],
    ['29-02-2024', '2024-02-29'],
    ['29-02-2026', null],
    ['2026-13-01', null],
    ['00-01-2026', null],
    ['2026-02-31T10:00:00Z', null],
    ['0026-01-01', null],
    ['3 сентября', null],
    ['', null],
  ])('reads %p as %p', (text, expected) => expect(readDate(text)).toBe(expected));

  it('reads every day of the calendar in both orders, and only those', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }), (at) => {
        const iso = at.toISOString().slice(0, 10);
        expect(readDate(iso)).toBe(iso);
        expect(readDate(iso.split('-').reverse().join('-'))).toBe(iso);
      }),
    );
    const part = fc.nat(99).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(part, part, (month, day) => {
        const at = new Date(`2026-${month}-${day}T00:00:00Z`);
        const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`2026-${month}-${day}`);
        expect(readDate(`2026-${month}-${day}`) !== null).toBe(exists);
      }),
    );
  });

  it('reads an instant by its offset, and without one as Kazakhstan’s time', () => {
    expect(readInstant('2026-09-03T06:00:00+05:00')?.toISOString()).toBe('2026-09-03T01:00:00.000Z');
    expect(readInstant('2026-09-03T06:00:00Z')?.toISOString()).toBe('2026-09-03T06:00:00.000Z');
    expect(readInstant('2026-09-03T06:00:00.123456')?.toISOString()).toBe('2026-09-03T01:00:00.123Z');
    expect(readInstant('2026-09-03 06:00')?.toISOString()).toBe('2026-09-03T01:00:00.000Z');
    for (const none of ['2026-09-03', '2026-09-03T25:00:00', '2026-02-30T06:00:00', 'today'])
      expect(readInstant(none)).toBeNull();
  });
});
