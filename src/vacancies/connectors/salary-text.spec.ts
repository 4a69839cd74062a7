import { isOtherPeriod, isUnreadPay, readAmountText, readPayFromSummary, readPayText } from './salary-text.js';

describe('readPayText', () => {
  it.each([
    ['от 115 000 до 120 000 тенге', 115000, 120000],
    ['от 170\u00a0000 до 170\u202f000 тенге', 170000, 170000],
    ['от 170 000 тг.', 170000, null],
    ['до 300 000 тг.', null, 300000],
    ['150 000 - 210 000 ₸', 150000, 210000],
    ['250 000 тг.', 250000, 250000],
    ['250000,00 KZT', 250000, 250000],
    ['170 000 теңгеден 200 000 теңгеге дейін', 170000, 200000],
    ['170 000 теңгеден', 170000, null],
    ['200 000 теңгеге дейін', null, 200000],
    ['250 тыс. тенге', 250000, 250000],
    ['250 000 тенге в месяц', 250000, 250000],
    ['250 000 тенге, 8 часов в день', 250000, 250000],
    ['200 000 теңге, күніне 8 сағат', 200000, 200000],
    ['от 250 до 300 тыс тг', 250000, 300000],
    ['300 мың теңгеден', 300000, null],
    ['250 000 тенге + премия 30 %', 250000, 250000],
    ['0 тенге', 0, 0],
    ['от 0 до 250 000 тенге', 0, 250000],
  ])('reads %p', (text, min, max) => expect(readPayText(text)).toEqual({ min, max }));

  it.each([
    '5 000 тенге в день',
    'от 1500 тг за час',
    'күніне 10 000 теңге',
    '12 000 тг/смена',
    '9 000 тг. в смену',
    '50 000 теңге аптасына',
  ])('takes %p for no pay of a month', (text) =>
    expect([readPayText(text), isOtherPeriod(text)]).toEqual([null, true]),
  );

  it.each(['по договорённости', 'Келісім бойынша', '1 500 $', 'от 50 000 руб.', '120000'])(
    'sees no tenge in %p',
    (text) => expect(readPayText(text)).toBeNull(),
  );

  it.each([
    ['1 500 $', true],
    ['120000', true],
    ['по договорённости', false],
    ['0 тенге', false],
    ['от 170 000 тг.', false],
  ])('says whether %p names a pay that it cannot read: %p', (text, unread) => expect(isUnreadPay(text)).toBe(unread));

  it('finds the pay among the parts of a summary', () => {
    const summary =
      'Стаж: 3 года; Образование: высшее (с 1 по 11/12 классы); Оплата труда от 115 000 до 120 000 тенге; г. Павлодар ;';
    expect(readPayFromSummary(summary)).toEqual({ min: 115000, max: 120000 });
    expect(readPayFromSummary('Стаж: 3 года; г. Павлодар;')).toBeNull();
  });
});

describe('readAmountText', () => {
  it.each([
    ['250000', 250000, 250000],
    ['250.000', 250000, 250000],
    ['250 000,00', 250000, 250000],
    ['KZT 250,000', 250000, 250000],
    ['от 250000', 250000, null],
    ['до 300\u00a0000 тг.', null, 300000],
    ['250 000 – 300 000 ₸', 250000, 300000],
    ['170 000 теңгеден 200 000 теңгеге дейін', 170000, 200000],
    ['0', 0, 0],
  ])('reads %p', (text, min, max) => expect(readAmountText(text)).toEqual({ min, max }));

  it.each([
    '',
    '–',
    'по договорённости',
    '250 тыс.',
    '1 500 $',
    '250 000 в год',
    '1e6',
    '-250000',
    '250000 30',
    '9'.repeat(200),
  ])('reads nothing into %p', (text) => expect(readAmountText(text)).toBeNull());
});
