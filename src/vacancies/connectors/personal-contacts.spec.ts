import { mayHoldContacts, removeContacts, removeContactsDeep } from './personal-contacts.js';

describe('removeContacts', () => {
  it.each([
    ['Звоните +7 701 111 22 33', 'Звоните […]'],
    ['8 (7172) 55-44-33 до 18:00', '[…] до 18:00'],
    ['87011112233, 87011112244', '[…], […]'],
    ['тел. 5-35-20', 'тел. […]'],
    ['Байланыс: 87011112233', 'Байланыс: […]'],
    ['пишите на hr.primer@example.kz!', 'пишите на […]!'],
    ['Telegram @primer_hr', 'Telegram […]'],
    ['https://wa.me/77011112233', '[…]'],
    ['Контактное лицо: Примерова А.Б.; график 5/2', 'Контактное лицо: […]; график 5/2'],
    ['ИИН 850101300123', 'ИИН […]'],
    ['Звонить 8 701 111 22 33, Айгүл', 'Звонить […], […]'],
    ['Звонить 87011112233 (Айгуль Сериковна), с 9 до 18', 'Звонить […] ([…]), с 9 до 18'],
    ['87011112233 – Примерова А.Б.; график 5/2', '[…] – […]; график 5/2'],
    ['87011112233, График 5/2', '[…], График 5/2'],
    ['87011112233. Требования: опыт', '[…]. Требования: опыт'],
    ['70 000 - 75 000 тенге, звонить 701 111 22 33', '70 000 - 75 000 тенге, звонить […]'],
    ['701 111 22 33 тг', '[…] тг'],
    ['8 701 000 00 00, оклад 90 000 тенге', '[…], оклад 90 000 тенге'],
    ['№ +7 701 111 22 33', '№ […]'],
    ['сот. №8 701 111 22 33', 'сот. №[…]'],
  ])('takes the contacts out of %p', (text, expected) => {
    expect(removeContacts(text)).toBe(expected);
    expect(mayHoldContacts(text)).toBe(true);
  });

  it.each([
    'Оклад от 250 000 до 320 000 тенге, график 5/2, с 09:00 до 18:00',
    'ул. Абая 150, офис 12, индекс 150000',
    'Опыт 3-5 лет, 2026-09-03, приказ № 234 от 22.06.2023',
    'БИН 110240001235, КАТО 591630100',
    'Телефонист справочной службы',
    'Оператор, оклад 70 000 - 75 000',
    'Оклад 70\u00a0000 – 75\u00a0000, сменный график',
    'Оклад 70 000-75 000 тенге',
    '700 000 0000 тенге',
    '700 000 0000 тг в месяц',
    '700 000 0000₸',
    'Лицензия №8 700 100 2030',
    'Приказ № 700 100 2030',
  ])('leaves %p as it is', (text) => expect(removeContacts(text)).toBe(text));

  it('drops what schema.org says of whom to ask, but no firm that is a person', () => {
    const posting = {
      '@type': 'JobPosting',
      applicationContact: { '@type': 'ContactPoint', name: 'Примерова А.Б.' },
      hiringOrganization: {
        '@type': 'Person',
        name: 'ИП Примеров',
        contactPoint: [{ name: 'Примерова А.Б.', telephone: '5-35-20' }],
        telephone: '5-35-20',
        employee: [{ '@type': 'Person', name: 'Примерова А.Б.' }],
      },
      jobLocation: { '@type': 'Place', address: 'Костанай', owner: { '@type': ['Person'], name: 'Примерова А.Б.' } },
      url: 'https://wa.me/77011112233',
    };
    expect(removeContactsDeep(posting)).toEqual({
      '@type': 'JobPosting',
      hiringOrganization: { '@type': 'Person', name: 'ИП Примеров' },
      jobLocation: { '@type': 'Place', address: 'Костанай' },
      url: '[…]',
    });
  });

  it('keeps the ids of a record and cleans every text of it, at any depth', () => {
    const record = {
      id: '87011112233',
      employer: { bin: '850101300123', note: 'тел. 87011112233' },
      list: ['a@b.kz', 7],
    };
    expect(removeContactsDeep(record)).toEqual({
      id: '87011112233',
      employer: { bin: '[…]', note: 'тел. […]' },
      list: ['[…]', 7],
    });
  });
});
