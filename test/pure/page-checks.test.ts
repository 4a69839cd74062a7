import { keysIn } from '../support/page-checks.js';

describe('keys of words that stand on a page', () => {
  it.each(['reason.pay_too_low', 'sides.sector', 'local.part.pay', 'file.too_large', 'page.my.no_such_key'])(
    'are seen: %s',
    (key) => {
      expect(keysIn(`Зарплата: ${key}. Дальше`)).toEqual([key]);
    },
  );

  it.each(['file.csv', 'someone@auth.example', 'https://place.kz/page.html', 'The page. reason'])(
    'are not what only looks so: %s',
    (text) => {
      expect(keysIn(text)).toEqual([]);
    },
  );
});
