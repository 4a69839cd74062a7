import { makeSignature } from 'better-auth/crypto';
import { sessionToken } from './session-cookie.js';

const KEY = 'a key of the test, long enough for the library';
const NAME = 'qonys.session_token';

const signed = async (token: string, key = KEY): Promise<string> =>
  encodeURIComponent(`${token}.${await makeSignature(token, key)}`);

describe('the cookie of a session', () => {
  it('names the token that the library signed', async () => {
    const cookies = `a=b; ${NAME}=${await signed('token/of=a session')}; c=d`;
    expect(sessionToken(cookies, NAME, KEY)).toBe('token/of=a session');
  });

  it('is nothing without a signature of this key over this very token', async () => {
    const right = await signed('token');
    const of = (value: string): string | null => sessionToken(`${NAME}=${value}`, NAME, KEY);
    expect(of(right)).toBe('token');
    expect(of(await signed('token', 'another key, as long as the first of them'))).toBeNull();
    expect(of(right.replace('token', 'taken'))).toBeNull();
    expect(of('token')).toBeNull();
    expect(of(`token.${'A'.repeat(43)}%3D`)).toBeNull();
    expect(of(right.slice(0, -3))).toBeNull();
    expect(of(`${right}A`)).toBeNull();
    expect(of('%E0%A4%A')).toBeNull();
    expect(of(encodeURIComponent(`.${await makeSignature('', KEY)}`))).toBeNull();
    expect(of('')).toBeNull();
  });

  it('is looked for by its whole name, and the first of two counts', async () => {
    const [first, second] = [await signed('first'), await signed('second')];
    expect(sessionToken(`x${NAME}=${first}`, NAME, KEY)).toBeNull();
    expect(sessionToken(`${NAME}=${first}; ${NAME}=${second}`, NAME, KEY)).toBe('first');
    expect(sessionToken('', NAME, KEY)).toBeNull();
  });
});
