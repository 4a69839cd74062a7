import { withoutEmpty } from './serve-site.js';

describe('withoutEmpty', () => {
  it.each([
    ['/kk/vacancies?q=&region=KZ-59&area=', '/kk/vacancies?region=KZ-59'],
    ['/kk/vacancies?q=', '/kk/vacancies'],
    ['/kk/vacancies?q', '/kk/vacancies'],
    ['/kk/analyst?sectors=a&sectors=&sectors=b', '/kk/analyst?sectors=a&sectors=b'],
    ['/kk/vacancies?q=a?b&area=', '/kk/vacancies?q=a%3Fb'],
    ['/kk/match?profession=%D0%B0+b%26c&partner=', '/kk/match?profession=%D0%B0+b%26c'],
  ])('leaves out what has no value: %s', (address, clean) => {
    expect(withoutEmpty(address)).toBe(clean);
    // Nobody is led round in circles.
    expect(withoutEmpty(clean)).toBeNull();
  });

  it.each([
    '/kk/vacancies',
    '/kk/vacancies?',
    '/kk/vacancies?q=%20',
    '/kk/?a=1&b=2',
    '/kk/vacancies?&&',
    '/kk/..//evil.example?a=',
    '/kk/../\\evil.example?a=',
    '/kk/%2e%2e//evil.example?a=',
    '/kk/../api/docs?a=',
  ])('leaves as it is: %s', (address) => expect(withoutEmpty(address)).toBeNull());
});
