import type { Browser, BrowserContext, Page } from 'playwright-core';
import { TokenService } from '../../src/auth/token.service.js';
import { type Arrival, type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { loadReferenceData } from '../../src/reference-data.js';
import type { TokenRole } from '../../src/shared/access.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, makeVacancy } from '../support/builders.js';
import { startBrowser } from '../support/browser.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { keepScreen, layoutOf, violationsOf } from '../support/page-checks.js';
import { EVIL, type ReadPage, Reader, injected } from '../support/reader.js';
import { until } from '../support/until.js';
import { Browser as Visitor, migrant } from '../support/visitors.js';

/** Questions as people read and ask them, and as a centre answers: pages from real servers, sent by their own forms. */
let database: TestDatabase;
let gateway: DemoGateway;
let program: TestApp;
let now = BUILT_AT;

beforeAll(async () => {
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), BUILT_AT);
  gateway = await startDemoGateway();
  program = await startTestApp({
    database,
    clock: { now: () => now },
    config: { sms: gateway.sms, smtp: gateway.smtp },
  });
  // Somebody works at these centres; what concerns the others is the programme's desk's.
  for (const region of ['KZ-59', 'KZ-55']) await token('officer', region);
});
beforeEach(() => {
  now = BUILT_AT;
  gateway.arrivals.length = 0;
});
afterAll(async () => {
  await program.close();
  await gateway.close();
  await database.drop();
});

async function token(role: TokenRole, regionCode: string | null = null): Promise<string> {
  return (await program.app.get(TokenService).create({ role, label: `${role} Сынақ`, regionCode })).token;
}
const someone = async (role: TokenRole, regionCode: string | null = null): Promise<Reader> =>
  new Reader(program, { authorization: `Bearer ${await token(role, regionCode)}` });
/** A browser says where its forms come from. */
const anyone = (): Reader => new Reader(program, { 'sec-fetch-site': 'same-origin' });
const errors = ({ $ }: ReadPage): string => $('.error-summary').text().replace(/\s+/g, ' ').trim();

let phones = 0;
const phone = (): string => `8 702 ${String(++phones).padStart(3, '0')} 00 11`;
const e164 = (typed: string): string => `+7${typed.replace(/\D/g, '').slice(1)}`;

const arrivalTo = (to: string): Promise<Arrival> => until(() => gateway.arrivals.find((arrival) => arrival.to === to));

/** Asks as a reader without script does, and answers the page of the question. */
async function ask(
  values: Record<string, string> = {},
  { language = 'ru', query = '?about=region&region=KZ-59', contact = phone() } = {},
): Promise<ReadPage> {
  const reader = anyone();
  const first = await reader.open(`/${language}/questions/ask${query}`);
  const text = values['text'] ?? 'Есть ли школа с казахским языком?';
  const second = await reader.send(first, { text, step: 'look', ...values }, '/questions/ask');
  return reader.send(second, { contact, step: 'send' }, '/questions/ask');
}
const idOf = async (page: ReadPage): Promise<string> => {
  const [row] = await program.dataSource.query<{ id: string }[]>('select id from question order by id desc limit 1');
  expect(page.path).toContain('/asked/');
  return row!.id;
};

const TEXTS = {
  topic: 'family',
  'question.kk': 'Петропавлда қазақ мектебі бар ма?',
  'question.ru': 'Есть ли в Петропавловске казахская школа?',
  'question.en': 'Is there a Kazakh school in Petropavl?',
  'answer.kk': 'Бар. Мектепке көшпей тұрып жазыңыз.',
  'answer.ru': 'Есть. Напишите в школу до переезда.',
  'answer.en': 'There is. Write to the school before you move.',
};

describe('asking on a page', () => {
  it('takes the question in two steps and says who answers it and until when', async () => {
    const page = await ask();
    expect(page.status).toBe(200);
    expect(page.text).toContain('Вопрос принят');
    expect(page.text).toContain('Центр занятости, Северо-Казахстанская область');
    expect(page.text).toMatch(/25 ноября 2026/);
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  it('says what is wrong and keeps what was typed', async () => {
    const reader = anyone();
    const first = await reader.open('/kk/questions/ask');
    const empty = await reader.send(first, { step: 'look' }, '/questions/ask');
    expect([empty.status, errors(empty)]).toEqual([422, expect.stringContaining('Сұрағыңызды жазыңыз')]);
    const second = await reader.send(
      empty,
      { text: 'Менің ЖСН 910415300123, не істеймін?', step: 'look' },
      '/questions/ask',
    );
    const refused = await reader.send(second, { contact: '8 701 111 22 33', step: 'send' }, '/questions/ask');
    expect(refused.status).toBe(422);
    expect(errors(refused)).toContain('ЖСН');
    expect(refused.$('textarea[name=text]').text()).toContain('не істеймін');
    const wrong = await reader.send(
      refused,
      { text: 'Не істеймін?', contact: 'Айгүл', step: 'send' },
      '/questions/ask',
    );
    expect(errors(wrong)).toContain('ұялы телефон');
    const region = await reader.send(wrong, { about: 'region', contact: phone(), step: 'send' }, '/questions/ask');
    expect(errors(region)).toContain('Өңірді таңдаңыз');
    expect((await reader.send(region, { about: 'programme', step: 'send' }, '/questions/ask')).path).toContain(
      '/asked/',
    );
  });

  it('sent twice is asked once', async () => {
    const reader = anyone();
    const first = await reader.open('/ru/questions/ask?about=region&region=KZ-59');
    const second = await reader.send(first, { text: 'Двойное нажатие?', step: 'look' }, '/questions/ask');
    const contact = phone();
    const [one, two] = await Promise.all(
      [1, 2].map(() => reader.send(second, { contact, step: 'send' }, '/questions/ask')),
    );
    expect(one!.path).toBe(two!.path);
  });

  it('about a vacancy goes to its region and names it; the way there stands on its page', async () => {
    const vacancy = await makeVacancy(program.dataSource, { districtKato: '551000000' });
    const reader = anyone();
    const shown = await reader.open(`/ru/vacancies/${vacancy.id}`);
    const link = shown.$('main a[href*="/questions/ask"]').attr('href')!;
    expect(link).toContain(vacancy.id);
    const form = await reader.open(link);
    expect(form.text).toContain(vacancy.title);
    const second = await reader.send(form, { text: 'Дают ли общежитие?', step: 'look' }, '/questions/ask');
    const asked = await reader.send(second, { contact: phone(), step: 'send' }, '/questions/ask');
    expect(asked.text).toContain('Центр занятости, Павлодарская область');
  });

  it('is offered from the start, the regions, the calculator and every footer', async () => {
    for (const path of ['/kk/', '/kk/regions/KZ-59', '/kk/support']) {
      const page = await anyone().open(path);
      expect([path, page.$('a[href*="/questions"]').length > 0]).toEqual([path, true]);
    }
    expect((await anyone().open('/kk/regions/KZ-59')).$('a[href*="region=KZ-59"][href*="/questions/ask"]').length).toBe(
      1,
    );
  });

  it('can be taken back behind its link, and then says nothing', async () => {
    const page = await ask({ text: 'Личный вопрос, который я заберу?' });
    const reader = anyone();
    const own = await reader.open(page.path);
    const gone = await reader.send(own, {}, '/withdraw');
    expect(gone.text).toContain('Вопрос отозван');
    expect(gone.text).not.toContain('Личный');
    expect((await reader.open('/ru/asked/AAAA')).status).toBe(404);
  });

  it('by somebody signed in needs no contact, and stands in their own list', async () => {
    const { browser } = await migrant(program, gateway);
    const reader = anyone();
    reader.take((browser as Visitor).cookies);
    const first = await reader.open('/kk/questions/ask?about=region&region=KZ-59');
    const second = await reader.send(first, { text: 'Өз сұрағым: көшу қашан?', step: 'look' }, '/questions/ask');
    expect(second.$('input[name=contact]').length).toBe(0);
    expect((await reader.send(second, { step: 'send' }, '/questions/ask')).path).toContain('/kk/asked/');
    const own = await reader.open('/kk/questions/own');
    expect(own.text).toContain('Өз сұрағым: көшу қашан?');
    expect((await anyone().open('/kk/questions/own')).path).toContain('/sign-in');
  });

  it('shows whatever is typed as text', async () => {
    const page = await ask({ text: EVIL.join(' ') });
    expect(injected(page)).toEqual([]);
    const officer = await someone('officer', 'KZ-59');
    const id = await idOf(page);
    for (const path of ['/ru/centre/questions', `/ru/centre/questions/${id}`]) {
      expect(injected(await officer.open(path))).toEqual([]);
    }
  });
});

describe('a centre’s pages of questions', () => {
  it('show what is overdue first, and the number on the page of today', async () => {
    const officer = await someone('officer', 'KZ-39');
    now = new Date('2026-11-10T04:00:00Z');
    await ask({ text: 'Давний вопрос?' }, { query: '?about=region&region=KZ-39' });
    now = BUILT_AT;
    await ask({ text: 'Свежий вопрос?' }, { query: '?about=region&region=KZ-39' });
    const list = await officer.open('/ru/centre/questions');
    expect(list.text.indexOf('Давний вопрос?')).toBeLessThan(list.text.indexOf('Свежий вопрос?'));
    expect(list.text).toContain('Ждут ответа: 2, из них просрочено: 1.');
    const overdue = await officer.open('/ru/centre/questions?list=overdue');
    expect([overdue.text.includes('Давний'), overdue.text.includes('Свежий')]).toEqual([true, false]);
    const today = await officer.open('/ru/centre/today');
    expect(today.$('a[href$="/centre/questions?list=overdue"]').text()).toBe('1, всего открытых – 2');
  });

  it('are nobody else’s: another region’s officer finds nothing behind the address, nor in a form', async () => {
    const id = await idOf(await ask());
    const other = await someone('officer', 'KZ-55');
    expect((await other.open(`/ru/centre/questions/${id}`)).status).toBe(404);
    const fields = new URLSearchParams({ text: 'Чужой ответ' });
    expect((await other.post(`/ru/centre/questions/${id}/answer`, fields)).status).toBe(404);
    expect((await other.post(`/ru/centre/questions/${id}/close`, new URLSearchParams())).status).toBe(404);
    expect((await someone('officer', 'KZ-59').then((own) => own.open(`/ru/centre/questions/${id}`))).text).toContain(
      'Пока никто не взял',
    );
  });

  it('refuse an empty answer, a desk and a reason that nobody chose, with what was typed', async () => {
    const id = await idOf(await ask());
    const officer = await someone('officer', 'KZ-59');
    const page = await officer.open(`/ru/centre/questions/${id}`);
    for (const [form, words] of [
      ['/answer', 'Напишите ответ.'],
      ['/pass-on', 'Выберите центр.'],
      ['/close', 'Выберите причину.'],
    ] as const) {
      const refused = await officer.send(page, {}, form);
      expect([form, refused.status, errors(refused)]).toEqual([form, 422, expect.stringContaining(words)]);
    }
  });

  it('give a question on, and close one with a reason that the asker reads', async () => {
    const officer = await someone('officer', 'KZ-59');
    const id = await idOf(await ask({ text: 'Вопрос не туда?' }));
    const list = await officer.send(await officer.open(`/ru/centre/questions/${id}`), { to: 'KZ-55' }, '/pass-on');
    expect([list.path, list.text.includes('Вопрос передан')]).toEqual(['/ru/centre/questions?done=pass_on', true]);
    const other = await someone('officer', 'KZ-55');
    const there = await other.open(`/ru/centre/questions/${id}`);
    const desk = await other.send(there, { to: 'programme' }, '/pass-on');
    expect(desk.status).toBe(200);
    const administrator = await someone('administrator');
    expect((await administrator.open('/ru/centre/questions')).text).toContain('Отдел программы');
    const choice = await administrator.open('/ru/centre/questions');
    expect(choice.text).toMatch(/Отдел программы\s*ждут \d+, просрочено \d+/);
    expect(choice.$('main a[href$="/ru/centre/questions?region=programme"]')).toHaveLength(1);
    const programme = await administrator.open('/ru/centre/questions?region=programme');
    expect(programme.text).toContain('Вопрос не туда?');
    const whole = await administrator.open(`/ru/centre/questions/${id}`);
    const closed = await administrator.send(whole, { reason: 'unclear' }, '/close');
    expect(closed.text).toContain('Вопрос закрыт');
    const asked = await ask({ text: 'Ещё один вопрос для закрытия?' });
    const second = await officer.open(`/ru/centre/questions/${await idOf(asked)}`);
    await officer.send(second, { reason: 'repeated' }, '/close');
    expect((await anyone().open(asked.path)).text).toContain('На такой вопрос уже ответили');
  });

  it('publish only what is whole and names nobody, keep a draft meanwhile, and take back', async () => {
    const officer = await someone('officer', 'KZ-59');
    const id = await idOf(await ask({ text: 'Есть ли в городе казахская школа?' }));
    const page = await officer.open(`/ru/centre/questions/${id}`);
    const answered = await officer.send(page, { text: 'Есть. Напишите в школу до переезда.' }, '/answer');
    expect(answered.text).toContain('Ответ отправлен.');
    const kept = await officer.send(answered, { 'question.kk': 'Қазақ мектебі бар ма?', do: 'draft' }, '/publication');
    expect(kept.text).toContain('Черновик сохранён');
    expect(kept.$('textarea[name="question.kk"]').text()).toContain('Қазақ мектебі бар ма?');
    const missing = await officer.send(kept, { do: 'publish' }, '/publication');
    expect(missing.status).toBe(422);
    expect(missing.$('.error-summary a').length).toBe(3);
    const leading = await officer.send(
      missing,
      { ...TEXTS, 'answer.ru': 'Звоните Айгуль: 8 701 111 22 33', do: 'publish' },
      '/publication',
    );
    expect(errors(leading)).toContain('В тексте есть телефон');
    const published = await officer.send(leading, { ...TEXTS, do: 'publish' }, '/publication');
    expect(published.text).toContain('Ответ опубликован.');
    const read = await anyone().open(`/kk/questions/${id}`);
    expect(read.text).toContain('Бар. Мектепке көшпей тұрып жазыңыз.');
    expect(read.headers.get('cache-control')).toBe('no-cache');
    const structured = JSON.parse(read.$('script[type="application/ld+json"]').text()) as object;
    expect(structured).toMatchObject({
      '@type': 'QAPage',
      mainEntity: { name: TEXTS['question.kk'], acceptedAnswer: { text: TEXTS['answer.kk'] } },
    });
    const helped = await new Reader(program, { 'sec-fetch-site': 'same-origin' }).send(
      read,
      { helped: 'yes' },
      '/helped',
    );
    expect(helped.text).toContain('Рақмет');
    const gone = await officer.send(await officer.open(`/ru/centre/questions/${id}`), {}, '/unpublish');
    expect(gone.text).toContain('снят с публикации');
    expect((await anyone().open(`/kk/questions/${id}`)).status).toBe(404);
  });
});

describe('a question asked on a phone', () => {
  let browser: Browser;
  const opened: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((context) => context.close()));
  });
  afterAll(() => browser.close());

  async function screen(width: number, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 780 }, ...options });
    opened.push(context);
    return context.newPage();
  }

  it('without script is answered by an officer, delivered and published, and is found by the next who asks', async () => {
    const asker = await screen(360, { javaScriptEnabled: false });
    await asker.goto(`${program.url}/kk/`);
    await asker.locator('footer a[href$="/questions"]').click();
    await asker.locator('main a[href*="/questions/ask"]').click();
    await asker.locator('input[name=about][value=region]').check();
    await asker.locator('select[name=region]').selectOption('KZ-59');
    await asker.locator('textarea[name=text]').fill('Қызылжар ауданында балабақша бар ма, екі балам бар');
    await asker.locator('button[value=look]').click();
    const typed = '8 747 555 44 33';
    await asker.locator('input[name=contact]').fill(typed);
    await asker.locator('button[value=send]').click();
    await asker.waitForURL(/\/kk\/asked\//);
    expect(await asker.locator('main').innerText()).toContain('Сұрағыңыз қабылданды');

    const officer = await screen(1280, {
      extraHTTPHeaders: { authorization: `Bearer ${await token('officer', 'KZ-59')}` },
    });
    await officer.goto(`${program.url}/kk/centre/questions`);
    await officer.getByRole('link', { name: /Қызылжар ауданында/ }).click();
    await officer.locator('form[action$="/take"] button').click();
    await officer
      .locator('textarea[name=text]')
      .fill('Бар. Ауданда бірнеше балабақша жұмыс істейді, орынды орталықтан сұраңыз.');
    await officer.locator('form[action$="/answer"] button').click();
    await officer.locator('textarea[name="question.kk"]').waitFor();

    const sms = await arrivalTo(e164(typed));
    expect(sms.text).toContain('Бар. Ауданда бірнеше балабақша');
    const link = /http\S+\/kk\/asked\/\S+/.exec(sms.text)![0];
    await asker.goto(link.replace(/^https?:\/\/[^/]+/, program.url));
    expect(await asker.locator('main').innerText()).toContain('Ауданда бірнеше балабақша жұмыс істейді');

    const words = {
      ...TEXTS,
      'question.kk': 'Қызылжар ауданында балабақша бар ма?',
      'question.ru': 'Есть ли детские сады в Кызылжарском районе?',
    };
    await officer.locator('select[name=topic]').selectOption('family');
    for (const [name, text] of Object.entries(words)) {
      if (name !== 'topic') await officer.locator(`textarea[name="${name}"]`).fill(text);
    }
    await officer.locator('button[value=publish]').click();
    await officer.locator('form[action$="/unpublish"]').waitFor();

    const next = await screen(360, { javaScriptEnabled: false });
    await next.goto(`${program.url}/ru/questions/ask`);
    await next.locator('textarea[name=text]').fill('скажите есть ли десткий сад в Кызылжарском районе');
    await next.locator('button[value=look]').click();
    expect(await next.locator('main').innerText()).toContain('Есть ли детские сады в Кызылжарском районе?');
    await next.goto(`${program.url}/kk/questions?q=балабакша`);
    expect(await next.locator('main').innerText()).toContain('Қызылжар ауданында балабақша бар ма?');

    // With script the same stands beneath the words while they are written, and nothing of them in an address.
    const live = await screen(360);
    const addresses: string[] = [];
    live.on('request', (request) => addresses.push(request.url()));
    await live.goto(`${program.url}/kk/questions/ask`);
    await live.locator('textarea[name=text]').pressSequentially('балабақша бар ма Қызылжар ауданында');
    const offered = live.locator('[data-likely] summary');
    await offered.first().waitFor();
    expect(await offered.first().innerText()).toContain('Қызылжар ауданында балабақша бар ма?');
    await offered.first().click();
    expect(await live.locator('[data-likely] details[open]').innerText()).toContain('балабақша');
    expect(await live.locator('[data-likely]').innerText()).not.toContain('Жіберіңіз');
    expect((await layoutOf(live)).overflow).toBe(0);
    expect(await violationsOf(live)).toEqual([]);
    expect(addresses.map(decodeURIComponent).filter((address) => address.includes('балабақша'))).toEqual([]);
    await live.locator('textarea[name=text]').fill('');
    await offered.first().waitFor({ state: 'detached' });
    // What is written goes on to the next step as without it.
    await live.locator('textarea[name=text]').fill('балабақша бар ма екен');
    await live.locator('button[value=look]').click();
    await live.locator('input[name=contact]').waitFor();
  });

  it.each(['kk', 'ru'])('finds pages that are whole, clear and no wider than the phone, in %s', async (language) => {
    const asked = await ask({}, { language });
    const id = await idOf(asked);
    const officer = await someone('officer', 'KZ-59');
    const page = await officer.open(`/${language}/centre/questions/${id}`);
    const answered = await officer.send(page, { text: TEXTS[`answer.${language as 'kk' | 'ru'}`] }, '/answer');
    await officer.send(answered, { ...TEXTS, do: 'publish' }, '/publication');
    const open = await ask({ text: 'Басқа сұрақ бар ма екен?' }, { language });
    const openId = await idOf(open);
    const public360 = await screen(360);
    const desk = { extraHTTPHeaders: { authorization: `Bearer ${await token('supervisor', 'KZ-59')}` } };
    const desk360 = await screen(360, desk);
    const faults: string[] = [];
    const look = async (reader: Page, path: string, name: string): Promise<void> => {
      await reader.goto(program.url + path);
      await check(reader, name);
    };
    const check = async (reader: Page, name: string): Promise<void> => {
      const { overflow, untranslated } = await layoutOf(reader);
      if (overflow > 0) faults.push(`${name}: ${overflow} px too wide`);
      faults.push(...untranslated.map((key) => `${name}: no words for ${key}`));
      faults.push(...(await violationsOf(reader)).map((violation) => `${name}: ${violation}`));
      await keepScreen(reader, `questions-${name}-${language}-360`);
    };
    await look(public360, `/${language}/questions`, 'list');
    await look(public360, `/${language}/questions?q=мектеп`, 'found');
    await look(public360, `/${language}/questions/${id}`, 'answer');
    await look(public360, asked.path, 'asked');
    await look(public360, open.path, 'open');
    await look(public360, `/${language}/questions/ask?about=region&region=KZ-59`, 'ask');
    await public360.locator('textarea[name=text]').fill('қазақ мектебі казахская школа');
    await public360.locator('button[value=look]').click();
    await public360.locator('input[name=contact]').waitFor();
    await check(public360, 'send');
    await look(desk360, `/${language}/centre/questions`, 'desk');
    await look(desk360, `/${language}/centre/questions/${openId}`, 'desk-open');
    await look(desk360, `/${language}/centre/questions/${id}`, 'desk-public');
    await look(desk360, `/${language}/centre/today`, 'desk-today');
    expect(faults).toEqual([]);
  });
});
