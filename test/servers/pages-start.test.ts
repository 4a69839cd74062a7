import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { loadReferenceData } from '../../src/reference-data.js';
import { PlaceService } from '../../src/reference/place.service.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { makeVacancy } from '../support/builders.js';
import { createTestDatabase } from '../support/database.js';
import { EVIL, Reader, injected } from '../support/reader.js';

const NOW = new Date('2026-11-22T06:00:00Z');
let running: TestApp;
let reader: Reader;

beforeAll(async () => {
  const database = await createTestDatabase();
  const owner = await database.dataSource();
  await loadReferenceData(owner, NOW);
  running = await startTestApp({ role: 'api', database, clock: { now: () => NOW } });
  // Before the first question: the market is read once a minute.
  await makeVacancy(owner, {
    isco: '3221',
    sector: 'medicine',
    housing: 'provided',
    payMinTenge: 250_000,
    columns: { title: 'Медицинская сестра' },
  });
  await makeVacancy(owner, {
    isco: '7212',
    sector: 'manufacturing',
    housing: null,
    columns: { title: `Сварщик ${EVIL[0]}`, employer_name: EVIL[1] },
  });
  reader = new Reader(running);
});
afterAll(async () => {
  await running.close();
  await running.database.drop();
});

const match = (query: Record<string, string>, language = 'ru'): string =>
  `/${language}/match?${new URLSearchParams(query).toString()}`;

describe('the start page', () => {
  it.each([
    ['kk', 'kk-KZ,ru;q=0.8', 'Жылдам іріктеу'],
    ['ru', 'ru', 'Быстрый подбор'],
    ['en', 'en-US', 'Quick match'],
    ['kk', 'de', 'Жылдам іріктеу'],
  ])('is %s for a browser that asks for %s', async (language, accept, words) => {
    const page = await new Reader(running, { 'accept-language': accept }).open('/');
    expect(page.path).toBe(`/${language}/`);
    expect(page.$('html').attr('lang')).toBe(language);
    expect(page.text).toContain(words);
  });

  it('leads to itself in every language', async () => {
    const { $ } = await reader.open('/ru/');
    expect(
      $('.languages a')
        .toArray()
        .map((one) => $(one).attr('href')),
    ).toEqual(['/kk/', '/ru/', '/en/']);
    expect(
      $('link[rel=alternate]')
        .toArray()
        .map((one) => $(one).attr('hreflang')),
    ).toEqual(['kk', 'ru', 'en']);
  });

  it('runs no script of others, none inside the page, and only its own styles', async () => {
    const page = await reader.open('/kk/');
    const policy = page.headers.get('content-security-policy')!;
    expect(policy).not.toMatch(/unsafe|\*/);
    const style = page.$('style').text();
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(injected(page)).toEqual([]);
    expect(page.$('[style]').length).toBe(0);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('is light: everything that a first visit loads, under 30 kB', async () => {
    const { $ } = await reader.open('/kk/');
    const own = $('link[rel=stylesheet], script[src], link[rel=icon], link[rel=manifest]')
      .toArray()
      .map((one) => $(one).attr('href') ?? $(one).attr('src')!);
    const sizes = await Promise.all(
      ['/kk/', ...own].map(async (path) => {
        const answer = await fetch(running.url + path, { headers: { 'accept-encoding': 'gzip' } });
        expect({ path, status: answer.status }).toEqual({ path, status: 200 });
        if (path !== '/kk/') expect(answer.headers.get('cache-control')).toContain('immutable');
        return compressedSize(await answer.arrayBuffer());
      }),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(30_000);
  });
});

describe('the quick match', () => {
  it('shows jobs for both adults in one district, with what is stated and what is not', async () => {
    const page = await reader.open(
      match({ profession: 'медсестра', partner: 'сварщик', region: 'KZ-61', children: '2', wish: 'any' }),
    );
    expect(page.status).toBe(200);
    expect(page.$('article h2').first().text()).toContain('Петропавловск');
    const jobs = page.$('article').first().text();
    expect(jobs).toContain('Медицинская сестра');
    expect(jobs).toContain('Сварщик');
    expect(jobs).toContain('со слов работодателя, не проверено');
    expect(jobs).toContain('не указано');
    expect(page.$('article .reasons li').length).toBeGreaterThan(5);
    expect(jobs).toContain(EVIL[1]);
    expect(injected(page)).toEqual([]);
  });

  it.each([
    ['kk', '(жұмыс берушінің айтуынша, тексерілмеген)'],
    ['ru', '(со слов работодателя, не проверено)'],
    ['en', '(the employer’s claim, unchecked)'],
  ])('says in %s whose word the pay is', async (language, claim) => {
    const { $ } = await reader.open(match({ profession: 'медсестра', region: 'KZ-61' }, language));
    const pay = $('article dd')
      .toArray()
      .map((one) => $(one).text())
      .filter((text) => text.includes('₸'));
    expect(pay.length).toBeGreaterThan(0);
    for (const text of pay) expect(text).toContain(claim);
  });

  it('can be sent to a relative without script', async () => {
    const asked = match({ profession: 'медсестра', region: 'KZ-61' });
    const { $ } = await reader.open(asked);
    const address = $('input[readonly]').attr('value')!;
    expect(address).toBe(running.config.publicUrl + asked);
    const messages = $('.send a:not([hidden])')
      .toArray()
      .map((link) => decodeURIComponent(link.attribs['href']!));
    expect(messages.length).toBe(3);
    for (const message of messages) expect(message).toContain(address);
  });

  it('keeps to the wish: no job without housing for a family that needs it', async () => {
    const ask = (wish: string) => reader.open(match({ profession: 'сварщик', region: 'KZ-61', wish }));
    expect((await ask('any')).$('article').length).toBe(1);
    const page = await ask('housing');
    expect(page.$('article').length).toBe(0);
    expect(page.text).toContain('Попробуйте без особого пожелания');
  });

  it('names no code of a wish it does not know', async () => {
    const page = await reader.open(match({ profession: 'сварщик', region: 'KZ-61', wish: 'both_work' }));
    expect(page.$('#f-wish-error').text()).toContain('Выберите из списка.');
    expect(page.text).not.toContain('housing');
  });

  it('says so when the state pays no move from a region', async () => {
    const from = (region: string) => reader.open(match({ profession: 'медсестра', region }));
    expect((await from('KZ-63')).text).toContain('без этой помощи');
    expect((await from('KZ-61')).text).not.toContain('без этой помощи');
  });

  it.each([
    ['kk', { region: 'KZ-61' }, 'profession', 'Мамандығыңызды жазыңыз.'],
    ['ru', { profession: 'медсестра' }, 'region', 'Выберите регион, где вы живёте сейчас.'],
    ['ru', { profession: 'медсестра', region: 'KZ-99' }, 'region', 'Выберите регион, где вы живёте сейчас.'],
    ['ru', { profession: 'ыыыыы', region: 'KZ-61' }, 'profession', 'Мы не знаем профессию «ыыыыы».'],
    ['en', { profession: 'nurse', region: 'KZ-61', children: 'two' }, 'children', 'A whole number is expected.'],
  ])('asks again in %s when %j does not do, keeping what was typed', async (language, query, field, words) => {
    const page = await reader.open(match(query, language));
    expect(page.status).toBe(422);
    expect(page.$(`.error-summary a[href="#f-${field}"]`).text()).toContain(words);
    expect(page.$(`#f-${field}`).attr('aria-invalid')).toBe('true');
    for (const [name, value] of Object.entries(query)) {
      const kept = page.$(`[name="${name}"]`).val();
      if (value !== 'KZ-99') expect(kept).toBe(value);
    }
  });

  it.each(EVIL)('shows %s as text', async (evil) => {
    const page = await reader.open(match({ profession: `медсестра, ${evil}`, partner: evil, region: evil }));
    expect(page.$('#f-profession').val()).toBe(`медсестра, ${evil}`);
    expect(injected(page)).toEqual([]);
  });
});

describe('a question', () => {
  it('has an address without what was not answered, also where no script takes it out', async () => {
    const asked = await reader.send(await reader.open('/ru/match'), { profession: 'медсестра', region: 'KZ-61' });
    const clean = match({ wish: 'any', profession: 'медсестра', region: 'KZ-61' });
    expect([asked.status, asked.path]).toEqual([200, clean]);
    const led = await fetch(`${running.url}/kk/vacancies?q=&region=KZ-59`, { redirect: 'manual' });
    expect([led.status, led.headers.get('location')]).toEqual([302, '/kk/vacancies?region=KZ-59']);
    const left = await fetch(`${running.url}${led.headers.get('location')!}`, { redirect: 'manual' });
    expect(left.status).toBe(200);
  });

  it('of a program is answered as it stands', async () => {
    const answer = await fetch(`${running.url}/api/v1/vacancies?region=`, { redirect: 'manual' });
    expect(answer.status).not.toBe(302);
  });
});

describe('suggestions of places', () => {
  const suggest = async (language: string, words: string) =>
    (await (
      await fetch(`${running.url}/${language}/suggest/places?q=${encodeURIComponent(words)}`)
    ).json()) as string[];

  it.each([
    ['ru', 'петроп', 'Северо-Казахстанская область, г. Петропавловск'],
    ['kk', 'көкше', 'Ақмола облысы, Көкшетау қаласы'],
    ['kk', 'Кокшетау', 'Ақмола облысы, Көкшетау қаласы'],
    ['ru', 'Павлодарская область, экибас', 'Павлодарская область, г. Экибастуз'],
    ['ru', 'Экибстуз', 'Павлодарская область, г. Экибастуз'],
    ['ru', 'г. Петрапавлоск', 'Северо-Казахстанская область, г. Петропавловск'],
  ])('in %s “%s” is %s', async (language, words, place) => {
    expect((await suggest(language, words))[0]).toBe(place);
  });

  it('are found again by the program as they stand, in every language', async () => {
    const places = running.app.get(PlaceService);
    for (const language of ['kk', 'ru', 'en']) {
      for (const words of ['ак', 'бес', 'кара', 'сем', 'nur', 'аста', 'район']) {
        for (const text of await suggest(language, words)) {
          const { match, kato } = places.resolve(text, null);
          expect([text, match, typeof kato]).toEqual([text, expect.stringMatching(/settlement|district/), 'string']);
        }
      }
    }
    expect((await suggest('en', 'petro')).length).toBeGreaterThan(0);
  });

  it('are none for what nobody can mean', async () => {
    expect(await suggest('ru', 'щщщщщщщщ')).toEqual([]);
    expect(await suggest('ru', 'а')).toEqual([]);
    expect(await suggest('ru', 'а'.repeat(101))).toEqual([]);
  });
});

describe('suggestions of professions', () => {
  it('come in the reader’s language first', async () => {
    const suggest = async (path: string) => (await (await fetch(running.url + path)).json()) as string[];
    expect(await suggest('/kk/suggest/occupations?q=%D0%BC%D2%B1%D2%93%D0%B0%D0%BB')).toContainEqual(
      expect.stringMatching(/^Мұғалім/),
    );
    expect((await suggest('/ru/suggest/occupations?q=%D1%81%D0%B2%D0%B0%D1%80')).length).toBeGreaterThan(0);
    expect(await suggest('/ru/suggest/occupations')).toEqual([]);
  });
});

describe('an address that does not exist', () => {
  it('is a page in the reader’s language with the same code as the API', async () => {
    const page = await reader.open('/kk/nowhere');
    expect(page.status).toBe(404);
    expect(page.text).toContain('request.not_found');
    expect(page.$('html').attr('lang')).toBe('kk');
  });
});

/** What went over the wire can no longer be read after `fetch` has unpacked it; packed again it is as long. */
function compressedSize(body: ArrayBuffer): number {
  return gzipSync(Buffer.from(body)).length;
}
