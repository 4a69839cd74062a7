import fc from 'fast-check';
import { checkBin, checkDigit, checkIin, isCalendarDate } from './identity-number.js';

const digits = (n: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }).map((d) => d.join(''));

const birthDate = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2026-11-22T00:00:00Z'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));

const closed = (elevenDigits: string): string | null => {
  const digit = checkDigit(elevenDigits);
  return digit === null ? null : elevenDigits + digit;
};

const issuedIin = fc
  .tuple(birthDate, fc.integer({ min: 0, max: 1 }), digits(4))
  .map(([date, parity, serial]) => ({
    date,
    iin: closed(date.slice(2).replaceAll('-', '') + ((Number(date.slice(0, 2)) - 18) * 2 + 1 + parity) + serial),
  }))
  .filter((issued): issued is { date: string; iin: string } => issued.iin !== null);

const issuedBin = fc
  .tuple(
    digits(2),
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom('4', '5', '6'),
    fc.constantFrom('0', '1', '2', '3'),
    digits(5),
  )
  .map(([year, month, kind, division, serial]) =>
    closed(year + String(month).padStart(2, '0') + kind + division + serial),
  )
  .filter((bin): bin is string => bin !== null);

const replaceDigit = (number: string, at: number, digit: number): string =>
  number.slice(0, at) + digit + number.slice(at + 1);

describe('checkIin', () => {
  it('accepts every number that can be issued and reads the birth date from it', () => {
    fc.assert(
      fc.property(issuedIin, ({ date, iin }) => expect(checkIin(iin)).toEqual({ ok: true, iin, birthDate: date })),
    );
  });

  it('always finds one wrong digit, but for the two gaps of the rule', () => {
    const byFirstWeights = (iin: string): boolean =>
      [...iin.slice(0, 11)].reduce((sum, d, i) => sum + Number(d) * (i + 1), 0) % 11 !== 10;
    fc.assert(
      fc.property(issuedIin, fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 9 }), ({ iin }, at, digit) => {
        const wrong = replaceDigit(iin, at, digit);
        fc.pre(wrong !== iin && byFirstWeights(iin) === byFirstWeights(wrong));
        fc.pre(at !== (byFirstWeights(iin) ? 10 : 8)); // weight 11 ≡ 0 (mod 11)
        expect(checkIin(wrong).ok).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });

  it('finds nearly every wrong digit that changes the weights too', () => {
    let missed = 0;
    let tried = 0;
    for (let serial = 0; serial < 2_000; serial++) {
      const iin = closed(`910415${3 + (serial % 2)}${String(serial * 5).padStart(4, '0')}`);
      if (iin === null) continue;
      for (const at of [7, 9, 11]) {
        for (let digit = 0; digit < 10; digit++) {
          if (Number(iin[at]) === digit) continue;
          tried++;
          if (checkIin(replaceDigit(iin, at, digit)).ok) missed++;
        }
      }
    }
    expect(tried).toBeGreaterThan(50_000);
    expect(missed / tried).toBeLessThan(0.02);
  });

  it('takes spaces as people write them', () => {
    const iin = closed('91041540012')!;
    expect(checkIin(` ${iin.slice(0, 6)} ${iin.slice(6)} `)).toMatchObject({ ok: true, birthDate: '1991-04-15' });
  });

  it.each([
    ['', 'iin.length'],
    ['12345678901', 'iin.length'],
    ['١٢٣٤٥٦٧٨٩٠١٢', 'iin.length'],
    ['910415O00123', 'iin.length'],
    ['910415000123', 'iin.century'],
    ['910415700123', 'iin.century'],
    ['910230300123', 'iin.date'],
    ['911315300123', 'iin.date'],
    ['230229500123', 'iin.date'],
  ])('refuses %p with %s', (text, code) => {
    expect(checkIin(text)).toEqual({ ok: false, code });
  });

  it('refuses a number whose check digit would be 10 twice', () => {
    const never = Array.from({ length: 10_000 }, (_, n) => `9104153${String(n).padStart(4, '0')}`).find(
      (e) => checkDigit(e) === null,
    )!;
    for (let digit = 0; digit < 10; digit++)
      expect(checkIin(never + digit)).toEqual({ ok: false, code: 'iin.check_digit' });
  });
});

describe('checkBin', () => {
  it('accepts every number that can be issued', () => {
    fc.assert(fc.property(issuedBin, (bin) => expect(checkBin(bin)).toMatchObject({ ok: true, bin })));
  });

  it.each([
    ['9912400000', 'bin.length'],
    ['991340000001', 'bin.month'],
    ['991230000001', 'bin.kind'],
    ['991249000001', 'bin.division'],
  ])('refuses %s with %s', (text, code) => {
    expect(checkBin(text)).toEqual({ ok: false, code });
  });

  it('is never an IIN: no number passes both checks', () => {
    fc.assert(fc.property(issuedBin, (bin) => expect(checkIin(bin).ok).toBe(false)));
    fc.assert(fc.property(issuedIin, ({ iin }) => expect(checkBin(iin).ok).toBe(false)));
  });

  it('refuses a wrong check digit', () => {
    const bin = closed('99124000000')!;
    expect(checkBin(replaceDigit(bin, 11, (Number(bin[11]) + 1) % 10))).toEqual({ ok: false, code: 'bin.check_digit' });
  });
});

describe('isCalendarDate', () => {
  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2026-11-31', false],
    ['22-11-2026', false],
    ['2026-1-1', false],
  ])('%s → %s', (text, exists) => expect(isCalendarDate(text)).toBe(exists));
});
