import { randomBytes } from 'node:crypto';
import { bearerToken, formToken, hashToken } from './token.js';

describe('tokens', () => {
  it('hold 256 random bits behind a prefix that people and scanners recognise', () => {
    const token = formToken(randomBytes);
    expect(token).toMatch(/^qny_[A-Za-z0-9_-]{43}$/);
    expect(formToken(randomBytes)).not.toBe(token);
    expect(formToken((size) => Buffer.alloc(size, 255))).toBe(`qny_${'_'.repeat(42)}8`);
  });

  it('are kept as SHA-256', () => {
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it.each([
    ['Bearer qny_a-b_c', 'qny_a-b_c'],
    ['bearer   abc==', 'abc=='],
    ['Basic abc', null],
    ['Bearer', null],
    ['Bearer a b', null],
    [undefined, null],
  ])('%s → %s', (header, token) => expect(bearerToken(header)).toBe(token));
});
