import { safeNext } from './next-page.js';

describe('safeNext', () => {
  it('goes on to a page of this site', () => {
    expect(safeNext('/my?profession=%D0%B2&x=1')).toBe('/my?profession=%D0%B2&x=1');
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/my\n//evil',
    '/\t/evil',
    '',
    undefined,
    ['/my'],
  ])('goes nowhere else: %j', (next) => expect(safeNext(next)).toBeNull());
});
