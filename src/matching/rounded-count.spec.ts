import { atLeast } from './rounded-count.js';

describe('a count that is shown', () => {
  it.each([
    [0, null],
    [4, null],
    [5, 5],
    [9, 5],
    [10, 10],
    [123, 120],
  ])('of %d households is at least %p', (count, shown) => {
    expect(atLeast(count)).toBe(shown);
  });
});
