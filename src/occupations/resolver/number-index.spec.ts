import fc from 'fast-check';
import { NumberIndex } from './number-index.js';

const keys = fc.uniqueArray(fc.maxSafeNat(), { maxLength: 300 });

describe('NumberIndex', () => {
  it('finds each number where it stands, and no other', () => {
    fc.assert(
      fc.property(keys, fc.array(fc.maxSafeNat()), (numbers, others) => {
        const index = new NumberIndex(Float64Array.from(numbers));
        expect(numbers.map((number) => index.at(number))).toEqual(numbers.map((_, i) => i));
        for (const other of others) expect(index.at(other)).toBe(numbers.indexOf(other));
      }),
    );
  });

  it('tells numbers apart that differ only above 32 bits', () => {
    const numbers = Array.from({ length: 1_000 }, (_, i) => i * 2 ** 32 + 7);
    const index = new NumberIndex(Float64Array.from(numbers));
    expect(numbers.map((number) => index.at(number))).toEqual(numbers.map((_, i) => i));
    expect(index.at(7 + 2 ** 31)).toBe(-1);
  });

  it('is empty without numbers', () => {
    expect(new NumberIndex(new Float64Array(0)).at(0)).toBe(-1);
  });
});
