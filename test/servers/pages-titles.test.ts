import type { Browser, Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { TokenService } from '../../src/auth/token.service.js';
import { OccupationService } from '../../src/occupations/occupation.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import type { TokenRole } from '../../src/shared/access.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, type VacancyWish, makeVacancy } from '../support/builders.js';
import { startBrowser } from '../support/browser.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { violationsOf } from '../support/page-checks.js';
import { EVIL, type ReadPage, Reader, injected } from '../support/reader.js';

/** The page of unsure titles as a browser without script gets it. */
let database: TestDatabase;
let program: TestApp;
let sql: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), BUILT_AT);
  program = await startTestApp({ database, role: 'api', clock: { now: () => BUILT_AT } });
  sql = program.dataSource;
});
afterAll(async () => {
  await program.close();
  await database.drop();
});
beforeEach(async () => {
  await sql.query('truncate vacancy, title_correction cascade');
  await sql.query('update title_lexicon set version = version + 1');
  await program.app.get(OccupationService).learn();
});

async function someone(role: TokenRole, regionCode: string | null = null): Promise<Reader> {
  const { token } = await program.app.get(TokenService).create({ role, label: `${role} Сынақ`, regionCode });
  return new Reader(program, { authorization: `Bearer ${token}` });
}
const guessed = (title: string, isco: string | null, wish: VacancyWish = {}) =>
  makeVacancy(sql, {
    openings: 1,
    ...wish,
    columns: { title, isco, isco_sure: false, isco_stated: false, area_id: 121, ...wish.columns },
  });
const headings = ({ $ }: ReadPage): string[] =>
  $('main ul.plain > li.card > h3')
    .toArray()
    .map((one) => $(one).text());
const state = ({ $ }: ReadPage): string => $('[role=status]').text().replace(/\s+/g, ' ').trim();

/** Presses the button of an occupation on the card of a title. */
function press(reader: Reader, page: ReadPage, title: string, isco: string): Promise<ReadPage> {
  const { $ } = page;
  const form = $('main form')
    .toArray()
    .find((one) => $(one).find('button[name=isco]').length > 0 && $(one).find('input[name=title]').val() === title);
  if (form === undefined) throw new Error(`No card of ${title}.`);
  const fields = new URLSearchParams(
    $(form)
      .serializeArray()
      .map(({ name, value }) => [name, value]),
  );
  fields.set('isco', isco);
  return reader.post($(form).attr('action')!, fields);
}

/** Writes an occupation into the field of the first card, or of the question at the top. */
function write(reader: Reader, { $ }: ReadPage, words: string): Promise<ReadPage> {
  const field = $('main input[name^=other]').first();
  const form = field.closest('form');
  const fields = new URLSearchParams(form.serializeArray().map(({ name, value }) => [name, value]));
  fields.set(field.attr('name')!, words);
  return reader.post(form.attr('action')!, fields);
}

describe('the page of unsure titles', () => {
  it('begins with the officer’s own region; other regions and areas are a choice', async () => {
    await guessed('Апсейлер', null);
    await guessed('Қырқымшы', null, { districtKato: '551000000', columns: { area_id: 120 } });
    const reader = await someone('officer', 'KZ-59');
    const own = await reader.open('/ru/centre/titles');
    expect([own.status, headings(own)]).toEqual([200, ['Апсейлер']]);
    expect(own.$('select[name=region] option[selected]').val()).toBe('KZ-59');
    expect(own.text).toContain('1 неясное название');
    expect(own.text).toContain('Система не видит здесь профессии.');
    expect(headings(await reader.open('/ru/centre/titles?region=all')).sort()).toEqual(['Апсейлер', 'Қырқымшы']);
    expect(headings(await reader.open('/ru/centre/titles?region=all&in=120'))).toEqual(['Қырқымшы']);
    const kazakh = await reader.open('/kk/centre/titles');
    expect(kazakh.$('nav.desk a[aria-current=page]').text()).toBe('Түсініксіз атаулар');
    expect(headings(await (await someone('administrator')).open('/ru/centre/titles'))).toHaveLength(2);
  });

  it('says the guess with its confidence in words, and offers what else it may be', async () => {
    await guessed('Мастер', '3121', { columns: { area_id: 120 } });
    const page = await (await someone('officer', 'KZ-59')).open('/ru/centre/titles');
    expect(page.text).toMatch(/(Скорее всего|Возможно|Только догадка): .+\./);
    const buttons = page.$('button[name=isco]').toArray();
    expect(buttons.length).toBeGreaterThan(2);
    expect(page.$(buttons.at(-1)).text()).toBe('Это не профессия');
    expect(page.$('a[href*="/vacancies/"]').length).toBe(1);
  });

  it('takes a press for an answer, says what it changed, and takes it back', async () => {
    const { id } = await guessed('Мастер', '5142', { columns: { area_id: 120 } });
    const reader = await someone('officer', 'KZ-59');
    const page = await reader.open('/ru/centre/titles');
    const done = await press(reader, page, 'Мастер', '7231');
    expect(done.path).toMatch(/^\/ru\/centre\/titles\?region=KZ-59&done=/);
    expect(state(done)).toMatch(/^«Мастер \(.+\)»: .+\. Профессия изменена: 1 вакансия, 0 человек\./);
    const isco = async () =>
      (await sql.query<{ isco: string }[]>('select isco from vacancy where id = $1', [id]))[0]!.isco;
    expect([await isco(), headings(done)]).toEqual(['7231', []]);
    const undo = done.$('[role=status] form').attr('action')!;
    const undone = await reader.post(undo, new URLSearchParams({ region: 'KZ-59' }));
    expect(state(undone)).toContain('Исправление для «Мастер» отменено.');
    expect(await isco()).not.toBe('7231');
    expect(headings(undone)).toEqual(['Мастер']);
    // Pressed twice, the second press finds it done.
    expect((await reader.post(undo, new URLSearchParams())).status).toBe(200);
  });

  it('sent twice corrects once', async () => {
    await guessed('Апсейлер', null);
    const reader = await someone('officer', 'KZ-59');
    const page = await reader.open('/ru/centre/titles');
    const both = await Promise.all([press(reader, page, 'Апсейлер', 'none'), press(reader, page, 'Апсейлер', 'none')]);
    expect(both[0].path).toBe(both[1].path);
    expect(state(both[1])).toContain('«Апсейлер» – не профессия.');
    expect(await sql.query('select 1 from title_correction')).toHaveLength(1);
  });

  it('reads another occupation in words, and asks where they may be several', async () => {
    await guessed('Апсейлер', null);
    const reader = await someone('officer', 'KZ-59');
    const page = await reader.open('/ru/centre/titles');
    const asked = await write(reader, page, 'инженер');
    expect([asked.status, asked.$('#which').text()]).toEqual([422, 'Какая профессия имеется в виду?']);
    expect(asked.$('.error-summary a').attr('href')).toBe('#f-other');
    expect(asked.$('#f-other').val()).toBe('инженер');
    expect(asked.$('section[aria-labelledby=which] button[name=isco]').length).toBeGreaterThan(2);
    const nothing = await write(reader, asked, 'ъъъъ');
    expect([nothing.status, nothing.text.includes('Профессии «ъъъъ» нет в списке')]).toEqual([422, true]);
    const done = await write(reader, nothing, 'бухгалтер');
    expect(state(done)).toMatch(/^«Апсейлер».+[Бб]ухгалтер/);
  });

  it('refuses what is no answer, in words', async () => {
    await guessed('Апсейлер', null);
    const reader = await someone('officer', 'KZ-59');
    const send = (fields: Record<string, string>) => reader.post('/ru/centre/titles', new URLSearchParams(fields));
    const wrong = [
      [{}, 422],
      [{ title: 'Апсейлер', isco: '9999' }, 422],
      [{ title: 'Апсейлер', isco: 'x' }, 422],
      [{ title: '12 😀', isco: '6121' }, 422],
      [{ title: 'Мастер', isco: '3122' }, 422],
      [{ title: 'x'.repeat(10_000), isco: '6121' }, 422],
      [{ title: 'Апсейлер', isco: '6121', once: 'no key at all' }, 422],
    ] as const;
    for (const [fields, status] of wrong) {
      const page = await send(fields);
      expect([fields, page.status, page.$('.error-summary li').length]).toEqual([fields, status, 1]);
    }
    expect((await send({ title: 'Мастер', isco: '3122' })).text).toContain('Укажите сферу вакансии.');
    expect((await reader.open('/ru/centre/titles?cursor=x')).status).toBe(400);
    expect((await reader.open('/ru/centre/titles?region=nowhere')).status).toBe(422);
    expect(await sql.query('select 1 from title_correction')).toEqual([]);
  });

  it('shows an analyst the list without a button, and nobody else the page', async () => {
    await guessed('Апсейлер', null);
    const page = await (await someone('analyst')).open('/ru/centre/titles');
    expect([page.status, headings(page), page.$('main form[method=post]').length]).toEqual([200, ['Апсейлер'], 0]);
    expect((await new Reader(program).open('/ru/centre/titles')).path).toBe('/ru/sign-in?next=%2Fcentre%2Ftitles');
  });

  it('is paged, and lets no injected code through', async () => {
    // «ООО» says no more than markup does: both would be the title «апсейлер».
    for (const letter of 'абвгдежзийклмнпрс') await guessed(`апсейлер ${letter.repeat(3)}`, null);
    await guessed(`апсейлер ${EVIL[0]}`, null, { openings: 9, columns: { employer_name: EVIL[1] } });
    const reader = await someone('officer', 'KZ-59');
    const first = await reader.open('/ru/centre/titles');
    expect([headings(first).length, injected(first)]).toEqual([15, []]);
    expect(headings(first)[0]).toBe(`апсейлер ${EVIL[0]}`);
    const second = await reader.open(first.$('a[rel=next]').attr('href')!);
    expect(headings(second)).toHaveLength(3);
    const done = await press(reader, first, `апсейлер ${EVIL[0]}`, 'none');
    expect([state(done).includes(EVIL[0]), injected(done)]).toEqual([true, []]);
  });
});

describe.each([true, false])('in a browser on a phone, in Kazakh; with script: %s', (javaScriptEnabled) => {
  let browser: Browser;
  let page: Page;

  beforeEach(async () => {
    browser = await startBrowser();
    const { token } = await program.app
      .get(TokenService)
      .create({ role: 'officer', label: 'Сынақ', regionCode: 'KZ-59' });
    const context = await browser.newContext({
      javaScriptEnabled,
      viewport: { width: 360, height: 740 },
      extraHTTPHeaders: { authorization: `Bearer ${token}` },
    });
    page = await context.newPage();
    await guessed('Мастер', '5142', { columns: { area_id: 120 } });
    await page.goto(`${program.url}/kk/centre/titles`);
  });
  afterEach(() => browser.close());

  const said = (): Promise<string> => page.locator('[role=status]').innerText();

  it('one press says what a title means, pressed twice too, and one takes it back', async () => {
    if (javaScriptEnabled) expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.locator('main button[name=isco]').first().dblclick({ noWaitAfter: true });
    await page.waitForURL(/done=/);
    expect(await said()).toContain('«Мастер');
    expect(await said()).toMatch(/Мамандығы өзгерді: 1 бос орын/);
    expect(await page.locator('section[aria-labelledby=recent] li').count()).toBe(1);
    await page.locator('[role=status] button').click();
    await page.getByText('түзетуі қайтарып алынды').waitFor();
    expect(await page.locator('main li.card h3').innerText()).toBe('Мастер');
  });

  it('another occupation is named by keyboard alone', async () => {
    await page.locator('main li.card summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('бухгалтер');
    if (javaScriptEnabled) {
      await page.locator('[role=option]').first().waitFor();
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=/);
    expect(await said()).toMatch(/«Мастер.*[Бб]ухгалтер/);
  });
});
