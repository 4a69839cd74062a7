import { versionOf } from './read-version.js';

describe('the version of a request', () => {
  it('stands in If-Match, strong, weak or bare, before the body', () => {
    expect(versionOf('"3"', { version: 2 })).toBe(3);
    expect(versionOf('W/"12"', undefined)).toBe(12);
    expect(versionOf('7', null)).toBe(7);
  });

  it('stands in the body where there is no If-Match', () => {
    expect(versionOf(undefined, { version: 2 })).toBe(2);
    expect(versionOf(undefined, {})).toBeUndefined();
    expect(versionOf(undefined, undefined)).toBeUndefined();
  });

  it.each([['*'], ['"0"'], ['"1", "2"'], ['']])('is not read from If-Match %s', (header) => {
    expect(() => versionOf(header, undefined)).toThrow('request.invalid');
  });

  it.each([['1'], [0], [1.5], [null], [Number.MAX_VALUE]])('is not read from a body with %p', (version) => {
    expect(() => versionOf(undefined, { version })).toThrow('request.invalid');
  });
});
