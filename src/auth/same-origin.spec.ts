import { comesFromUs, mustProveOrigin } from './same-origin.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a request from another site', () => {
  it.each([
    ['GET', {}, true, false],
    ['HEAD', FORM, true, false],
    ['POST', {}, true, true],
    ['DELETE', {}, true, true],
    ['POST', { 'content-type': 'application/json' }, true, true],
    ['POST', { 'content-type': 'application/json' }, false, false],
    ['POST', FORM, false, true],
    ['POST', { 'content-type': 'Multipart/Form-Data; boundary=x' }, false, true],
    ['POST', { 'content-type': 'text/plain' }, false, true],
  ])('%s %j, session %s: must prove itself: %s', (method, headers, hasSession, must) => {
    expect(mustProveOrigin({ method, headers, hasSession })).toBe(must);
  });

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://qonys.kz' }, false],
    [{ origin: 'https://qonys.kz' }, true],
    [{ origin: 'http://localhost:3000' }, true],
    [{ origin: 'https://qonys.kz.evil.example' }, false],
    [{ origin: 'https://evil.example', referer: 'https://qonys.kz/kk/' }, false],
    [{ origin: 'null' }, false],
    [{ origin: 'null', referer: 'https://qonys.kz/kk/' }, false],
    [{ referer: 'https://qonys.kz/kk/sign-in' }, true],
    [{ referer: 'https://evil.example/https://qonys.kz/' }, false],
    [{ referer: 'https://qonys.kz@evil.example/' }, false],
    [{}, false],
  ])('%j comes from us: %s', (headers, ours) => {
    expect(comesFromUs(headers, ['qonys.kz', 'localhost:3000'])).toBe(ours);
  });
});
