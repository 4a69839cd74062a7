import { mayHoldContacts, mayHoldIin } from './personal-numbers.js';

describe('mayHoldIin', () => {
  it.each(['ИИН 910415300123', 'менің ЖСН: 910415 300123', '910415-3-00123', 'жсн910415300123?'])(
    'finds one in %s',
    (text) => {
      expect(mayHoldIin(text)).toBe(true);
    },
  );

  it.each(['302 750 теңге', 'с 2026-01-01 по 2026-12-31', 'квота 2820 человек', '7 028 125 ₸', 'BIN 190640012345'])(
    'takes %s for none',
    (text) => {
      expect(mayHoldIin(text)).toBe(false);
    },
  );
});

describe('mayHoldContacts', () => {
  it.each([
    'Позвоните +7 701 234 56 78',
    '8 (701) 2345678 нөміріне хабарласыңыз',
    '87012345678',
    'пишите на aigul@example.kz',
    'wa.me/77012345678',
    'Контактное лицо: Айгүл Сынақова',
    'ИИН 910415300123',
    'тел. 21-45-67',
  ])('finds what leads to a person in %s', (text) => {
    expect(mayHoldContacts(text)).toBe(true);
  });

  it.each([
    'В 2026 году это 302 750 ₸ на каждого: 70 МРП × 4 325 ₸.',
    'Отбасына айына 64 875 – 129 750 ₸, 12 ай бойы.',
    'The certificate is at most 1,625 MCI, which is 7,028,125 tenge in 2026.',
    'Приказ № 234 от 22 июня 2023 года, рег. 32880; действует с 2026-01-01.',
    'Сертификат: 7 028 125 тенге, с 01.01.2026.',
    'Звоните 1414.',
    'Квота на 2026 год: 2 820 человек, 1 655 человек.',
  ])('lets pass %s', (text) => {
    expect(mayHoldContacts(text)).toBe(false);
  });
});
