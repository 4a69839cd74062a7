import fc from 'fast-check';
import { measureSms } from './sms-parts.js';

describe('measureSms', () => {
  it('counts GSM-7 as 160 alone and 153 in each of several', () => {
    expect(measureSms('')).toEqual({ alphabet: 'gsm7', units: 0, parts: 1 });
    expect(measureSms('a'.repeat(160))).toEqual({ alphabet: 'gsm7', units: 160, parts: 1 });
    expect(measureSms('a'.repeat(161)).parts).toBe(2);
    expect(measureSms('a'.repeat(306)).parts).toBe(2);
    expect(measureSms('a'.repeat(307)).parts).toBe(3);
  });

  it('counts a character of the extension table as two septets and never cuts it', () => {
    expect(measureSms('€'.repeat(80))).toEqual({ alphabet: 'gsm7', units: 160, parts: 1 });
    expect(measureSms('€'.repeat(81)).units).toBe(162);
    // 152 septets, then an extension character that needs two of the one left: it starts the second part.
    expect(measureSms(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toEqual({ alphabet: 'gsm7', units: 305, parts: 2 });
    expect(measureSms(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toEqual({ alphabet: 'gsm7', units: 306, parts: 3 });
  });

  it('counts Kazakh letters as UCS-2: 70 alone, 67 in each of several', () => {
    expect(measureSms('Құрметті отбасы')).toEqual({ alphabet: 'ucs2', units: 15, parts: 1 });
    expect(measureSms('ә'.repeat(70)).parts).toBe(1);
    expect(measureSms('ә'.repeat(71)).parts).toBe(2);
    expect(measureSms('ә'.repeat(134)).parts).toBe(2);
    expect(measureSms('ә'.repeat(135)).parts).toBe(3);
    expect(measureSms('ә'.repeat(201)).parts).toBe(3);
    expect(measureSms('ә'.repeat(202)).parts).toBe(4);
  });

  it('keeps a surrogate pair in one part', () => {
    expect(measureSms('😀'.repeat(35))).toEqual({ alphabet: 'ucs2', units: 70, parts: 1 });
    // 33 pairs fill 66 of 67 units; the 34th starts the next part.
    expect(measureSms('😀'.repeat(66)).parts).toBe(2);
    expect(measureSms('😀'.repeat(67)).parts).toBe(3);
  });

  it('lets one foreign character decide the alphabet of the whole text', () => {
    expect(measureSms(`${'a'.repeat(100)}₸`)).toEqual({ alphabet: 'ucs2', units: 101, parts: 2 });
  });

  it('never needs fewer parts than its units fill, and never more for a shorter text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const size = measureSms(text);
        const { alone, part } = size.alphabet === 'gsm7' ? { alone: 160, part: 153 } : { alone: 70, part: 67 };
        expect(size.parts).toBeGreaterThanOrEqual(size.units <= alone ? 1 : Math.ceil(size.units / part));
        expect(measureSms(text.slice(0, -1)).parts).toBeLessThanOrEqual(size.parts);
      }),
    );
  });
});
