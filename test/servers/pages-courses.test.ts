import type { DataSource } from 'typeorm';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { makeHousehold, makeVacancy } from '../support/builders.js';
import { createTestDatabase } from '../support/database.js';
import { Reader, type ReadPage } from '../support/reader.js';
import { migrant } from '../support/visitors.js';

/** The block on short courses, on the quick match and on a household's own matches. */
const NOW = new Date('2026-11-22T06:00:00Z');
let gateway: DemoGateway;
let running: TestApp;
let owner: DataSource;

beforeAll(async () => {
  const database = await createTestDatabase();
  owner = await database.dataSource();
  await loadReferenceData(owner, NOW);
  gateway = await startDemoGateway();
  running = await startTestApp({
    role: 'api',
    database,
    clock: { now: () => NOW },
    config: { sms: gateway.sms, smtp: gateway.smtp },
  });
  const post = (isco: string, districtKato: string, openings: number, title: string) =>
    makeVacancy(owner, { isco, districtKato, openings, sector: 'services', columns: { title } });
  await post('5120', '591000000', 4, 'Повар');
  await post('5120', '551000000', 2, 'Повар');
  await owner.query(`update vacancy set education = 'vocational' where region_code = 'KZ-55'`);
  await post('5131', '591000000', 7, 'Официант');
  await post('5322', '591000000', 3, 'Социальный работник по уходу');
  await post('7412', '591000000', 30, 'Электромонтёр');
});
afterAll(async () => {
  await running.close();
  await running.database.drop();
  await gateway.close();
});

const block = ({ $ }: ReadPage): string =>
  $('section[aria-labelledby="short-courses"]').text().replace(/\s+/g, ' ').trim();
const quick = (query: Record<string, string>, language = 'ru') =>
  new Reader(running).open(`/${language}/match?${new URLSearchParams({ region: 'KZ-61', ...query }).toString()}`);

describe('short courses on the quick match', () => {
  it('say what is learnt, how long, what is missing and how many posts there are in each region', async () => {
    const words = block(await quick({ profession: 'кухонный рабочий' }));
    expect(words).toContain('После коротких курсов');
    expect(words).toContain('краткосрочный профессиональный курс, примерно 3 месяца (наша оценка, не подтверждена)');
    expect(words).toContain('о других документах нам не известно, только курсы');
    expect(words).toContain(
      'Северо-Казахстанская область: 4; Павлодарская область: 2 (2 из 6 – с образованием выше вашего)',
    );
    expect(words).not.toMatch(/page\.|course\.|missing\.|\{|undefined|null/);
  });

  it.each([
    ['kk', 'ас үй жұмысшысы', 'Қысқа курстан кейін'],
    ['en', 'kitchen helper', 'With a short course'],
  ])('speak %s', async (language, profession, title) => {
    const words = block(await quick({ profession }, language));
    expect(words).toContain(title);
    expect(words).not.toMatch(/page\.|course\.|missing\.|\{|undefined|null/);
  });

  it('name the occupation of each of two adults, each with the best first', async () => {
    const page = await quick({ profession: 'медсестра', partner: 'кухонный рабочий' });
    const titles = page.$('section[aria-labelledby="short-courses"] h3');
    expect(titles.length).toBe(2);
    expect(block(page).match(/Для профессии/g)!.length).toBe(2);
  });

  it('leave out what is matched without a course', async () => {
    expect(block(await quick({ profession: 'электромонтажник' }))).toBe('');
  });

  it('are not there for who has no route with a post today', async () => {
    expect(block(await quick({ profession: 'хирург' }))).toBe('');
  });
});

describe('short courses on a household’s matches', () => {
  const matches = async (adults: { isco: string; columns?: Record<string, unknown> }[], columns = {}) => {
    const { id, browser } = await migrant(running, gateway);
    const household = await makeHousehold(owner, { adults, columns });
    await owner.query('update auth_user set household_id = $1 where id = $2', [household.id, id]);
    const reader = new Reader(running);
    reader.take(browser.cookies);
    return reader.open('/ru/my');
  };

  it('stand for the adults who look for work', async () => {
    const page = await matches([{ isco: '9412', columns: { education: 'general_secondary' } }]);
    expect(page.status).toBe(200);
    expect(block(page)).toContain('Северо-Казахстанская область: 4');
    expect(block(await matches([{ isco: '9412', columns: { seeks_work: false } }]))).toBe('');
  });

  it('leave out regions that the household does not want', async () => {
    const page = await matches([{ isco: '9412' }], { excluded_region_codes: ['KZ-59'] });
    expect(block(page)).toContain('Павлодарская область: 2');
    expect(block(page)).not.toContain('Северо-Казахстанская');
  });

  it('are not there without consent to matching', async () => {
    expect(block(await matches([{ isco: '9412' }], { consent_matching_at: null }))).toBe('');
  });
});
