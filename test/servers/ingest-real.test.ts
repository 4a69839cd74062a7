import { readFileSync } from 'node:fs';
import { fromRoot } from '../../src/config/paths.js';
import { rows } from '../../src/database/sql.js';
import { type TestIngest, startIngest } from '../support/ingest.js';

/** Three JobPostings and five cards of a results page, as Enbek published them in September 2026. */
const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(fromRoot('test', 'fixtures', 'enbek', name), 'utf8')) as T;
const POSTINGS = fixture<object[]>('enbek_jobposting_jsonld.json');
const CARDS = fixture<
  (Record<'id' | 'href' | 'title' | 'price' | 'company' | 'location', string> & {
    subtitle?: string;
    published?: string;
  })[]
>('enbek_search_cards_excerpt.json');

/** A card in the page's own markup. */
const card = ({ id, href, title, subtitle, price, company, location, published }: (typeof CARDS)[number]): string => `
  <div class="item-list" wire:key="item-${id}"><div class="head"><div class="title">
  <a class="stretched" href="${href}">${title}</a></div><div class="subtitle">${subtitle ?? ''}</div></div>
  <div class="price">${price}</div><ul><li class="company">${company}</li><li class="location">${location}</li></ul>
  <div class="right-content"><div class="text-nowrap">${published ?? ''}</div></div></div>`;

describe('real vacancies of Enbek', () => {
  let ingest: TestIngest;
  beforeAll(async () => {
    ingest = await startIngest();
  });
  afterAll(() => ingest.close());
  beforeEach(() => ingest.empty());

  const found = (): Promise<unknown[]> =>
    rows(
      ingest.dataSource,
      `select v.external_id as id, v.region_code as region, p.name_ru as place, v.pay_min_tenge as min, v.pay_max_tenge as max,
         v.isco, v.isco_sure as sure
       from vacancy v left join place p on p.kato = v.kato order by v.external_id`,
    );

  it('three JobPostings find their region, settlement, pay and occupation', async () => {
    const report = await ingest.text(JSON.stringify(POSTINGS), { origin: 'postings.json' });
    expect(report).toMatchObject({ read: 3, inserted: 3, rejectedCount: 0 });
    expect(await found()).toMatchObject([
      {
        id: expect.stringContaining('5500000'),
        region: 'KZ-19',
        place: expect.stringContaining('Алатау'),
        min: 129_750,
        max: null,
        isco: '2330',
        sure: true,
      },
      {
        id: expect.stringContaining('5915950'),
        region: 'KZ-55',
        place: expect.stringContaining('Павлодар'),
        min: 115_000,
        max: 120_000,
        isco: '2611',
        sure: true,
      },
      {
        id: expect.stringContaining('5916687'),
        region: 'KZ-35',
        place: expect.stringContaining('Темиртау'),
        min: 170_000,
        max: 170_000,
        isco: '9112',
        sure: true,
      },
    ]);
  });

  it('five cards find theirs', async () => {
    const html = `<!doctype html><html><body wire:id="vacancy-list">${CARDS.map(card).join('')}</body></html>`;
    const report = await ingest.text(html, { origin: 'search.html', connector: 'enbek-listing' });
    expect(report).toMatchObject({ read: 5, inserted: 5, rejectedCount: 0 });
    expect(await found()).toMatchObject([
      {
        id: '5916685',
        region: 'KZ-10',
        place: expect.stringContaining('Семей'),
        min: 100_000,
        max: null,
        isco: '5120',
        sure: true,
      },
      {
        id: '5916686',
        region: 'KZ-15',
        place: expect.stringContaining('Кандыагаш'),
        min: 200_000,
        max: null,
        isco: '9622',
        sure: true,
      },
      {
        id: '5916687',
        region: 'KZ-35',
        place: expect.stringContaining('Темиртау'),
        min: 170_000,
        max: null,
        isco: '9112',
        sure: true,
      },
      {
        id: '5916688',
        region: 'KZ-31',
        place: expect.stringContaining('озек'),
        min: 422_000,
        max: null,
        isco: '1345',
        sure: true,
      },
      // A pianist by the title, a teacher by the line under it: people look at it.
      {
        id: '5916689',
        region: 'KZ-19',
        place: expect.stringMatching(/онаев/),
        min: 150_000,
        max: 210_000,
        isco: '2652',
        sure: false,
      },
    ]);
  });

  it('cards without a date keep the day they were first read on', async () => {
    const undated = CARDS.map(card)
      .join('')
      .replaceAll(/Опубликовано [\d.]+/g, '');
    const html = `<!doctype html><html><body wire:id="vacancy-list">${undated}</body></html>`;
    const read = { origin: 'search.html', connector: 'enbek-listing' } as const;
    expect(await ingest.text(html, read)).toMatchObject({ inserted: 5 });
    ingest.clock.forward({ days: 3 });
    expect(await ingest.text(html, read)).toMatchObject({ inserted: 0, updated: 0, unchanged: 5 });
    const days = await rows(ingest.dataSource, 'select distinct published_on::text as day from vacancy');
    expect(days).toEqual([{ day: '2026-09-03' }]);
  });
});
