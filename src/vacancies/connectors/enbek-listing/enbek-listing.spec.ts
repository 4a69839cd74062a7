import { readFileSync } from 'node:fs';
import {
  claimsOf,
  readEvents,
  inPieces,
  readFileEvents,
  readTextEvents,
  rejectedOf,
  vacanciesOf,
} from '../../../../test/support/read-events.js';
import { itRefuses } from '../../../../test/support/refused-fixtures.js';
import { enbekListing } from './enbek-listing.js';

const FIXTURES = 'src/vacancies/connectors/enbek-listing/fixtures';
const CARDS = 'test/fixtures/enbek/enbek_search_cards_excerpt.json';

describe('enbek-listing', () => {
  it('reads the cards of a saved results page, and not the employer block', async () => {
    const events = await readFileEvents(enbekListing, `${FIXTURES}/accepted/two-cards.html`);
    expect(events).toHaveLength(3);
    expect(claimsOf(events)[0]).toEqual({
      externalId: '7000201',
      title: 'Учитель математики',
      subtitle: 'Математика мұғалімі',
      url: 'https://www.enbek.kz/ru/vacancy/uchitel~7000201',
      areaId: 119,
      locationText: 'Костанайская область, Федоровский район, с.Федоровка',
      employer: { name: 'КГУ «Примерная школа»' },
      payMinTenge: 200000,
      payMaxTenge: 240000,
      schedule: 'full_day',
      education: 'higher',
      experience: '3-5',
      tags: ['housing', 'youth'],
      housing: 'provided',
      publishedOn: '2026-09-03',
      archived: false,
    });
    expect(claimsOf(events)[1]).toMatchObject({
      payMinTenge: null,
      payMaxTenge: null,
      subtitle: 'Тел. 8 701 111 22 33',
    });
    expect(
      vacanciesOf(events)
        .map(({ raw }) => raw)
        .join(''),
    ).not.toContain('111 22 33');
  });

  it('states nothing by words nobody knows, and says so', async () => {
    const cards = readFileSync(`${FIXTURES}/accepted/two-cards.html`, 'utf8')
      .replaceAll('полный рабочий день', 'гибкий')
      .replaceAll('высшее', 'любое')
      .replaceAll('3 года стажа', 'бывалый')
      .replaceAll('Образование и воспитание', 'Знания')
      .replace('<span>С предоставлением жилья</span>', '<span>Дом за счёт фирмы</span>');
    const [first] = vacanciesOf(await readTextEvents(enbekListing, cards));
    for (const field of ['schedule', 'education', 'experience', 'areaId', 'tags', 'housing'] as const)
      expect(first!.claim[field]).toBeUndefined();
    expect(first!.warnings.map(({ field }) => field)).toEqual(['profobl', 'time', 'education', 'experience', 'tags']);
  });

  it('keeps nothing of a JSON card but what it reads', async () => {
    const card = JSON.stringify([{ href: '/ru/vacancy/x~7000201', title: 'Учитель', contact_name: 'Примерова' }]);
    expect(rejectedOf(await readTextEvents(enbekListing, card))[0]?.raw).toBe(
      '{"href":"/ru/vacancy/x~7000201","title":"Учитель"}',
    );
  });

  it('reads a listing that found nothing', async () => {
    expect(await readFileEvents(enbekListing, `${FIXTURES}/accepted/no-cards.html`)).toMatchObject([
      { kind: 'header', complete: false, count: 0 },
    ]);
  });

  it('reads the five real cards', async () => {
    const events = await readFileEvents(enbekListing, CARDS);
    expect(rejectedOf(events)).toEqual([]);
    const facts = claimsOf(events).map((c) => [
      c.externalId,
      c.locationText,
      c.payMinTenge,
      c.payMaxTenge,
      c.areaId,
      c.experience,
    ]);
    expect(facts).toEqual([
      ['5916689', 'Алматинская область, г.Қонаев', 150000, 210000, 108, '1-3'],
      ['5916687', 'Карагандинская область, г. Темиртау', 170000, undefined, 120, 'none'],
      ['5916688', 'Жамбылская область, Мойынкумский район, с.Кумозек', 422000, undefined, 119, '1-3'],
      ['5916686', 'Актюбинская область, Мугалжарский район, г.Кандыагаш', 200000, undefined, 115, 'none'],
      ['5916685', 'Область Абай, г.Семей', 100000, undefined, 106, '1-3'],
    ]);
  });

  it('takes the day of reading for a card that does not say when it was published, and says so', async () => {
    const events = await readEvents(enbekListing, inPieces(readFileSync(CARDS)), 'cards.json', '2026-09-05');
    const last = vacanciesOf(events).at(-1);
    expect(last?.claim.publishedOn).toBe('2026-09-05');
    expect(last?.warnings).toEqual([{ code: 'listing.published_unknown', field: 'published' }]);
  });

  it('recognises listings only', () => {
    const head = (path: string) => readFileSync(path, 'utf8').slice(0, 65_536);
    for (const path of [CARDS, `${FIXTURES}/accepted/two-cards.html`, `${FIXTURES}/accepted/no-cards.html`])
      expect(enbekListing.recognises(head(path), 'x')).toBe(true);
    expect(enbekListing.recognises(head('test/fixtures/enbek/enbek_jobposting_jsonld.json'), 'x')).toBe(false);
    expect(enbekListing.recognises(head('test/fixtures/enbek/enbek_vacancy_page_excerpt.html'), 'x')).toBe(false);
  });

  it('reads a refused card again from its raw text', async () => {
    const refused = await readFileEvents(enbekListing, `${FIXTURES}/refused/record.pay_reversed--to-below-from.html`);
    const { raw } = rejectedOf(refused)[0]!;
    expect(claimsOf(await readTextEvents(enbekListing, raw.replace('от 300 000', 'от 100 000')))[0]).toMatchObject({
      externalId: '7000205',
      payMinTenge: 100000,
    });
  });

  itRefuses(enbekListing, `${FIXTURES}/refused`);
});
