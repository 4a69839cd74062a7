import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComponentChildren } from 'preact';
import { h } from 'preact';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { fromRoot } from '../../src/config/paths.js';
import { translate } from '../../src/i18n/i18n.js';
import type { Actor } from '../../src/shared/access.js';
import {
  AskForm,
  Button,
  Choices,
  ErrorSummary,
  Form,
  Select,
  TextArea,
  TextField,
} from '../../src/web/site/fields.js';
import { Layout } from '../../src/web/site/layout.js';
import type { PageContext } from '../../src/web/site/page-context.js';
import { renderDocument } from '../../src/web/site/render.js';
import { SendToRelative } from '../../src/web/site/send.js';
import { startBrowser } from '../support/browser.js';

/**
 * The optional script, behaviour by behaviour, in a real browser: the site's own shell and fields around each, and a site
 * that answers as the test says.
 */
const SITE = 'http://localhost';
/** No next page comes: the reader stays where they are. */
const NOTHING = 'nothing';

let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Errors of the script that nobody caught. */
let faults: string[];
/** What the site answers by path: a whole page, or what the function makes of the request. */
let answers: Record<string, string | ((url: URL) => Promise<string> | string)>;
/** What was asked of the site but its static files: `POST /kk/next?…`, with the body behind it. */
let asked: string[];

beforeAll(async () => {
  browser = await startBrowser();
  context = await browser.newContext();
  await context.route('**/*', async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    if (url.pathname.startsWith('/static/')) {
      const name = url.pathname.split('/').at(-1)!;
      const contentType = name.endsWith('.js') ? 'text/javascript' : name.endsWith('.css') ? 'text/css' : undefined;
      return route.fulfill({ body: await readFile(join(fromRoot('web'), name)), contentType });
    }
    asked.push(`${request.method()} ${url.pathname}${url.search} ${request.postData() ?? ''}`.trim());
    const answer = answers[url.pathname];
    if (answer === undefined) return route.fulfill({ status: 404, body: '' });
    if (answer === NOTHING) return route.fulfill({ status: 204 });
    const body = typeof answer === 'string' ? answer : await answer(url);
    const contentType = body.startsWith('[') ? 'application/json' : 'text/html; charset=utf-8';
    return route.fulfill({ body, contentType });
  });
});
afterAll(() => browser.close());
beforeEach(async () => {
  [asked, answers, faults] = [[], {}, []];
  page = await context.newPage();
  page.on('pageerror', ({ message }) => faults.push(message));
});
afterEach(async () => {
  await context.setOffline(false);
  const forgetful = await context.newPage();
  answers['/forget'] = '…';
  await forgetful.goto(`${SITE}/forget`);
  await forgetful.evaluate(() => localStorage.clear());
  await forgetful.close();
  await page.close();
  expect(faults).toEqual([]);
});

const ANYONE: PageContext = {
  language: 'ru',
  actor: undefined,
  path: '/here',
  search: '',
  readable: { path: '/here', search: '' },
  origin: SITE,
  demo: false,
  t: (code, values) => translate('ru', code, values),
  tenge: String,
  number: String,
  day: String,
  href: (path) => `/ru${path}`,
  once: () => 'once-1',
};
const somebody = (id: string): PageContext => ({
  ...ANYONE,
  actor: { id, role: 'migrant', regionCode: null } as Actor,
});

/** A page of the site with these things in its main part. */
const show = (children: ComponentChildren, reader: PageContext = ANYONE): string =>
  renderDocument(Layout({ page: reader, title: 'Т', children }));

const state = (reader: PageContext = ANYONE, typed = {}) => ({ page: reader, typed, problems: [] });

/** A form with every kind of field, kept under a name. */
function keptForm(reader: PageContext = ANYONE, typed: Record<string, string | string[]> = {}): ComponentChildren {
  const given = state(reader, typed);
  const choices = ['a', 'b', 'c'].map((value) => ({ value, label: value }));
  return h(Form, {
    page: reader,
    action: '/next',
    remember: 'house',
    once: true,
    children: [
      h(TextField, { state: given, name: 'title', label: 'Т' }),
      h(TextArea, { state: given, name: 'note', label: 'З' }),
      h(Select, { state: given, name: 'one', label: 'О', choices, empty: '–' }),
      h(Choices, { state: given, name: 'radio', label: 'Р', choices, kind: 'radio' }),
      h(Choices, { state: given, name: 'many', label: 'М', choices, kind: 'checkbox' }),
      h(TextField, { state: given, name: 'twice', label: '1' }),
      h('input', { name: 'twice', 'aria-label': '2' }),
      h(Button, { children: 'Дальше' }),
    ],
  });
}

const open = (path: string): Promise<unknown> => page.goto(SITE + path);
const stored = (): Promise<Record<string, string>> => page.evaluate(() => ({ ...localStorage }));
/** Forms and questions that reached the site, after those on their way have come. */
async function arrived(begin: string): Promise<string[]> {
  await page.waitForTimeout(150);
  return asked.filter((one) => one.startsWith(begin));
}

describe('a form', () => {
  beforeEach(async () => {
    answers['/ru/here'] = show(h(Form, { page: ANYONE, action: '/next', children: h(Button, { children: 'Дальше' }) }));
    answers['/ru/next'] = NOTHING;
    await page.addInitScript(() => {
      const waiting: [() => void, number][] = [];
      Object.assign(window, {
        setTimeout: (work: () => void, ms: number) => waiting.push([work, ms]),
        pass: (passedMs: number) => waiting.forEach(([work, ms]) => (ms <= passedMs ? work() : undefined)),
      });
    });
    await open('/ru/here');
  });
  const pass = (ms: number): Promise<void> =>
    page.evaluate((passed) => (window as unknown as { pass(ms: number): void }).pass(passed), ms);

  const tap = (): Promise<void> => page.getByRole('button', { name: 'Дальше' }).click({ noWaitAfter: true });

  it('is sent once, however often its button is tapped, and again when there was no answer for a while', async () => {
    await tap();
    await tap();
    await tap();
    expect(await arrived('POST')).toHaveLength(1);
    await pass(7_000);
    await tap();
    expect(await arrived('POST')).toHaveLength(1);
    await pass(9_000);
    await tap();
    expect(await arrived('POST')).toHaveLength(2);
  });

  it('can be sent again by who comes back to it by the arrow of the browser', async () => {
    await tap();
    expect(await arrived('POST')).toHaveLength(1);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await tap();
    expect(await arrived('POST')).toHaveLength(2);
  });
});

describe('what is wrong with a form', () => {
  it('is where the reader stands first', async () => {
    const problems = [{ field: 'title', code: 'quick.profession_missing' }];
    answers['/ru/here'] = show(h(ErrorSummary, { state: { ...state(), problems } }));
    await open('/ru/here');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('error-summary');
  });
});

describe('what was typed', () => {
  /** Fills every field of the form that is kept. */
  async function fill(): Promise<void> {
    await page.locator('[name=title]').fill('Медсестра');
    await page.locator('[name=note]').fill('Две строки\nтекста');
    await page.locator('[name=one]').selectOption('b');
    await page.locator('[name=radio][value=c]').check();
    await page.locator('[name=many][value=a]').check();
    await page.locator('[name=many][value=c]').check();
    await page.locator('[name=twice]').first().fill('первый');
    await page.locator('[name=twice]').last().fill('второй');
  }
  const values = (): Promise<[string, string][]> =>
    page.evaluate(() =>
      [...new FormData(document.querySelector('main form') as HTMLFormElement)]
        .map(([name, value]) => [name, String(value)] as [string, string])
        .filter(([name]) => !['once', 'remember'].includes(name)),
    );
  const FILLED = [
    ['title', 'Медсестра'],
    ['note', 'Две строки\nтекста'],
    ['one', 'b'],
    ['radio', 'c'],
    ['many', 'a'],
    ['many', 'c'],
    ['twice', 'первый'],
    ['twice', 'второй'],
  ];
  const EMPTY = [
    ['title', ''],
    ['note', ''],
    ['one', ''],
    ['twice', ''],
    ['twice', ''],
  ];

  beforeEach(() => {
    answers['/ru/here'] = show(keptForm());
    answers['/ru/next'] = show('…');
  });

  it('stands in every kind of field after the page was lost', async () => {
    await open('/ru/here');
    await fill();
    await open('/ru/here');
    expect(await values()).toEqual(FILLED);
    // What is taken back is taken back.
    await page.locator('[name=many][value=a]').uncheck();
    await open('/ru/here');
    expect(await values()).toEqual(FILLED.filter(([, value]) => value !== 'a'));
  });

  it('tells the site which form is kept, and goes only when the site says that it was accepted', async () => {
    await open('/ru/here');
    await fill();
    await page.getByRole('button', { name: 'Дальше' }).click();
    expect(await arrived('POST')).toEqual([expect.stringContaining('remember=house')]);
    await open('/ru/here');
    expect(await values()).toEqual(FILLED);
    await open('/ru/next?done=yes#accepted-house');
    expect(page.url()).toBe(`${SITE}/ru/next?done=yes`);
    await open('/ru/here');
    expect(await values()).toEqual(EMPTY);
  });

  const notice = () => page.getByRole('status').filter({ hasText: translate('ru', 'page.site.restored') });

  it('is said to be what was typed, and what is saved is one button away', async () => {
    answers['/ru/here'] = show(keptForm(ANYONE, { title: 'Повар', one: 'c', many: ['b'] }));
    await open('/ru/here');
    const saved = await values();
    expect(await notice().count()).toBe(0);
    await fill();
    await open('/ru/here');
    expect(await page.locator('[name=title]').inputValue()).toBe('Медсестра');
    await notice()
      .getByRole('button', { name: translate('ru', 'page.site.show_saved') })
      .click();
    expect(await values()).toEqual(saved);
    expect(await notice().count()).toBe(0);
    expect(await stored()).toEqual({});
    // Nothing is said where nothing differs.
    await page.locator('[name=title]').fill('Повар');
    await open('/ru/here');
    expect(await notice().count()).toBe(0);
  });

  it.each([
    ['a copy of something else', {}, { title: 'Ветеринар', many: ['b'] }],
    ['answers that were saved since, on another device', { title: '2' }, { title: '3' }],
  ])('is not put over %s, and stands again where it was typed', async (_, before, now) => {
    answers['/ru/here'] = show(keptForm(ANYONE, before));
    await open('/ru/here');
    await fill();
    answers['/ru/other'] = show(keptForm(ANYONE, now));
    await open('/ru/other');
    expect(await page.locator('[name=title]').inputValue()).toBe(now.title);
    expect(await page.locator('[name=note]').inputValue()).toBe('');
    expect(await notice().count()).toBe(0);
    await open('/ru/here');
    expect(await values()).toEqual(FILLED);
  });

  it('and mended on a page that said what was wrong, or what would come of it, still stands on the form', async () => {
    await open('/ru/here');
    await page.locator('[name=title]').fill('Медсестра');
    const sent = keptForm(ANYONE, { title: 'Медсестра' });
    const problems = [{ field: '', code: 'quick.profession_missing' }];
    for (const before of [h(ErrorSummary, { state: { ...state(), problems } }), h('p', { 'data-again': true }, '…')]) {
      answers['/ru/next'] = show([before, sent]);
      await open('/ru/next');
      expect(await notice().count()).toBe(0);
      await page.locator('[name=note]').fill('текст');
      await open('/ru/here');
      expect(await page.locator('[name=title]').inputValue()).toBe('Медсестра');
      expect(await page.locator('[name=note]').inputValue()).toBe('текст');
    }
  });

  it('of another form stays when one is accepted', async () => {
    await open('/ru/here');
    await fill();
    await open('/ru/next#accepted-flat');
    await open('/ru/here');
    expect(await values()).toEqual(FILLED);
  });

  it('is not put over a page that says what was wrong', async () => {
    await open('/ru/here');
    await fill();
    const problems = [{ field: '', code: 'quick.profession_missing' }];
    answers['/ru/here'] = show([h(ErrorSummary, { state: { ...state(), problems } }), keptForm()]);
    await open('/ru/here');
    expect(await values()).toEqual(EMPTY);
  });

  it.each([
    ['typed', 'title', (field: Element) => ((field as HTMLInputElement).value = 'Повар'), 'Повар'],
    ['ticked', 'many', (field: Element) => ((field as HTMLInputElement).checked = true), 'a'],
    ['chosen', 'one', (field: Element) => ((field as HTMLSelectElement).value = 'c'), 'c'],
  ])('is not put over what the browser brought back by itself: %s', async (_, name, bringBack, value) => {
    await open('/ru/here');
    await page.locator('[name=note]').fill('текст');
    await page.addInitScript(
      ([field, work]) =>
        // Before any script of the page itself.
        document.addEventListener('readystatechange', () => {
          if (document.readyState !== 'interactive') return;
          (0, eval)(`(${work})`)(document.querySelector(`[name=${field}]`));
        }),
      [name, bringBack.toString()] as const,
    );
    await open('/ru/here');
    expect(await values()).toEqual(expect.arrayContaining([[name, value]]));
    expect(await page.locator('[name=note]').inputValue()).toBe('');
  });

  it('is never shown to another reader of the same device, and goes with the one who typed it', async () => {
    const [one, other] = [somebody('one'), somebody('other')];
    answers['/ru/one'] = show(keptForm(one), one);
    answers['/ru/other'] = show(keptForm(other), other);
    await open('/ru/one');
    await fill();
    await open('/ru/one');
    expect(await values()).toEqual(FILLED);
    await open('/ru/other');
    expect(await values()).toEqual(EMPTY);
    expect(await stored()).toEqual({});
    await fill();
    await open('/ru/here');
    expect(await values()).toEqual(EMPTY);
    expect(await stored()).toEqual({});
  });

  it('is not kept of passwords, codes, numbers, names and consents', async () => {
    const secret = [
      'password',
      'code',
      'iin',
      'phone',
      'email',
      'givenName',
      'familyName',
      'birthDate',
      'consentMatching',
    ];
    const children = [
      ...secret.map((name) => h(TextField, { state: state(), name, label: name })),
      h(TextField, { state: state(), name: 'unlock', label: 'П', type: 'password' }),
      h(TextField, { state: state(), name: 'title', label: 'Т' }),
    ];
    answers['/ru/here'] = show(h(Form, { page: ANYONE, action: '/next', remember: 'house', once: true, children }));
    await open('/ru/here');
    for (const name of [...secret, 'unlock']) await page.locator(`[name=${name}]`).fill('тайна');
    await page.locator('[name=title]').fill('Медсестра');
    expect(Object.values(await stored())).toEqual([
      JSON.stringify({ base: '{"title":[""]}', typed: { title: ['Медсестра'] } }),
    ]);
  });

  it('is simply not kept where the browser forbids it', async () => {
    await page.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('no', 'SecurityError');
        },
      }),
    );
    await open('/ru/here');
    await page.locator('[name=title]').fill('Медсестра');
    await page.getByRole('button', { name: 'Дальше' }).click();
    expect(await arrived('POST')).toEqual([expect.stringContaining(`title=${encodeURIComponent('Медсестра')}`)]);
  });
});

describe('a field with suggestions', () => {
  const field = () => page.getByRole('combobox', { name: 'Профессия' });
  const options = () => page.getByRole('option');
  const list = () => page.locator('ul.suggestions');
  const chosen = () => page.locator('[role=option][aria-selected=true]').allInnerTexts();

  beforeEach(async () => {
    answers['/ru/here'] = show(
      h(AskForm, {
        page: ANYONE,
        action: '/match',
        children: [
          h(TextField, { state: state(), name: 'profession', label: 'Профессия', suggestions: '/ru/suggest?kind=x' }),
          h(Button, { children: 'Дальше' }),
        ],
      }),
    );
    answers['/ru/suggest'] = '["Медсестра", "Медбрат", "Мельник"]';
    answers['/ru/match'] = show('…');
    await open('/ru/here');
  });
  const type = (words: string): Promise<void> => field().pressSequentially(words);

  it('asks once the typing rests, from two letters on, and says so to a screen reader', async () => {
    expect(await field().getAttribute('aria-expanded')).toBe('false');
    expect(await field().getAttribute('autocomplete')).toBe('off');
    await type('м');
    expect(await arrived('GET /ru/suggest')).toEqual([]);
    await type('ед');
    await options().first().waitFor();
    expect(asked.filter((one) => one.includes('suggest'))).toEqual([
      `GET /ru/suggest?kind=x&q=${encodeURIComponent('мед')}`,
    ]);
    expect(await options().allInnerTexts()).toEqual(['Медсестра', 'Медбрат', 'Мельник']);
    expect(await field().getAttribute('aria-expanded')).toBe('true');
    expect(await list().getAttribute('aria-label')).toBe('Профессия');
    expect(await field().getAttribute('aria-controls')).toBe(await list().getAttribute('id'));
    await field().fill('м');
    await list().waitFor({ state: 'hidden' });
    expect(await field().getAttribute('aria-expanded')).toBe('false');
  });

  it('is gone through by the arrows, round and round, and Enter takes what is marked', async () => {
    await type('ме');
    await options().first().waitFor();
    await page.keyboard.press('ArrowUp');
    // Up from nothing is the last but one's neighbour: never nothing.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const marked = await chosen();
    expect(marked).toHaveLength(1);
    const id = await field().getAttribute('aria-activedescendant');
    expect(await page.locator(`#${id}`).innerText()).toBe(marked[0]);
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
    expect(await chosen()).toEqual(marked);
    await page.keyboard.press('ArrowUp');
    expect(await chosen()).not.toEqual(marked);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await field().inputValue()).toBe(marked[0]);
    expect(await list().isHidden()).toBe(true);
    expect(await arrived('GET /ru/match')).toEqual([]);
    // With the list closed the key does what it does in every form.
    await page.keyboard.press('Enter');
    expect(await arrived('GET /ru/match')).toHaveLength(1);
  });

  it('begins at the first', async () => {
    await type('ме');
    await options().first().waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await chosen()).toEqual(['Медсестра']);
  });

  it('begins at the last upwards', async () => {
    await type('ме');
    await options().first().waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await chosen()).toEqual(['Мельник']);
  });

  it('takes what is tapped, without asking for it again', async () => {
    await type('ме');
    await options().nth(1).click();
    expect(await field().inputValue()).toBe('Медбрат');
    expect(await list().isHidden()).toBe(true);
    expect(await arrived('GET /ru/suggest')).toHaveLength(1);
  });

  it('closes by Escape with what was typed, and when the reader goes on', async () => {
    await type('ме');
    await options().first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    expect([await field().inputValue(), await list().isHidden()]).toEqual(['ме', true]);
    expect(await field().getAttribute('aria-activedescendant')).toBeNull();
    await type('л');
    await options().first().waitFor();
    await page.keyboard.press('Tab');
    expect(await list().isHidden()).toBe(true);
  });

  it('shows the answer to the last question only, whichever comes last', async () => {
    let late: (body: string) => void = () => undefined;
    const slow = new Promise<string>((resolve) => (late = resolve));
    answers['/ru/suggest'] = (url) => (url.searchParams.get('q') === 'ме' ? slow : '["Мельник"]');
    await type('ме');
    await arrived('GET');
    await page.waitForTimeout(150);
    await type('л');
    await options().first().waitFor();
    late('["Медсестра"]');
    await arrived('GET');
    expect(await options().allInnerTexts()).toEqual(['Мельник']);
  });

  it('keeps the list that the reader walks through, and stays closed once they have chosen or gone on', async () => {
    let late: (body: string) => void = () => undefined;
    const slowly = (): Promise<string> => new Promise((resolve) => (late = resolve));
    answers['/ru/suggest'] = (url) => (url.searchParams.get('q') === 'ме' ? '["Мельник"]' : slowly());
    await type('ме');
    await options().first().waitFor();
    const typing = async (words: string): Promise<unknown> => {
      const question = page.waitForRequest((request) => request.url().includes('/suggest'));
      await type(words);
      return question;
    };
    await typing('л');
    await page.keyboard.press('ArrowDown');
    late('["Медсестра", "Медбрат"]');
    await arrived('GET');
    expect(await options().allInnerTexts()).toEqual(['Мельник']);
    await page.keyboard.press('Enter');
    expect([await field().inputValue(), await list().isHidden()]).toEqual(['Мельник', true]);
    await typing('а');
    await page.keyboard.press('Tab');
    late('["Медсестра"]');
    await arrived('GET');
    expect(await list().isHidden()).toBe(true);
  });

  it('is a plain field where nothing is found and where the connection breaks', async () => {
    answers['/ru/suggest'] = '[]';
    await type('ме');
    await arrived('GET');
    expect(await list().isHidden()).toBe(true);
    delete answers['/ru/suggest'];
    await type('д');
    await arrived('GET');
    expect(await list().isHidden()).toBe(true);
    await context.setOffline(true);
    await type('с');
    await arrived('GET');
    expect(await list().isHidden()).toBe(true);
    expect(await field().inputValue()).toBe('медс');
  });

  it('keeps what was taken, as if it had been typed', async () => {
    answers['/ru/here'] = show(
      h(Form, {
        page: ANYONE,
        action: '/next',
        remember: 'house',
        children: h(TextField, { state: state(), name: 'profession', label: 'Профессия', suggestions: '/ru/suggest' }),
      }),
    );
    await open('/ru/here');
    await type('ме');
    await options().first().click();
    await open('/ru/here');
    expect(await field().inputValue()).toBe('Медсестра');
  });
});

describe('a question', () => {
  it('leaves out of its address what was not answered', async () => {
    answers['/ru/here'] = show(
      h(AskForm, {
        page: ANYONE,
        action: '/match',
        children: [
          h(TextField, { state: state(), name: 'profession', label: 'Профессия' }),
          h(TextField, { state: state(), name: 'partner', label: 'Партнёр' }),
          h(Choices, {
            state: state(),
            name: 'many',
            label: 'М',
            kind: 'checkbox',
            choices: [{ value: 'a', label: 'А' }],
          }),
          h(Button, { children: 'Дальше' }),
        ],
      }),
    );
    answers['/ru/match'] = show('…');
    await open('/ru/here');
    await page.locator('[name=profession]').fill('nurse');
    await page.locator('[name=many]').check();
    await page.getByRole('button', { name: 'Дальше' }).click();
    await page.waitForURL(`${SITE}/ru/match?profession=nurse&many=a`);
    await page.goBack();
    expect(await page.locator('[name=partner]').isEnabled()).toBe(true);
  });
});

describe('a link to a relative', () => {
  const button = () => page.locator('[data-share]');
  beforeEach(() => {
    answers['/ru/here'] = show(h(SendToRelative, { page: ANYONE, path: '/match?x=1', text: 'Т', what: 'quick' }));
  });

  it("is handed to the phone's own sharing", async () => {
    await page.addInitScript(() =>
      Object.assign(navigator, { share: (given: object) => Promise.resolve(Object.assign(window, { given })) }),
    );
    await open('/ru/here');
    await button().click();
    expect(await page.evaluate(() => (window as unknown as { given: object }).given)).toEqual({
      url: `${SITE}/ru/match?x=1`,
      title: await page.title(),
    });
  });

  it('is no fault when the reader thinks better of it', async () => {
    await page.addInitScript(() => Object.assign(navigator, { share: () => Promise.reject(new Error('cancelled')) }));
    await open('/ru/here');
    await button().click();
    await arrived('GET');
  });

  it('is copied where there is no such thing, and the button says so', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'share', { value: undefined }));
    await open('/ru/here');
    await button().click();
    await page.getByRole('button', { name: translate('ru', 'page.site.link_copied') }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${SITE}/ru/match?x=1`);
  });

  it('has no button where the browser can do neither', async () => {
    await page.addInitScript(() => {
      for (const name of ['share', 'clipboard']) Object.defineProperty(Navigator.prototype, name, { value: undefined });
    });
    await open('/ru/here');
    await arrived('GET');
    expect(await button().isHidden()).toBe(true);
  });
});

describe('a page for paper', () => {
  it('has a button that prints it', async () => {
    answers['/ru/here'] = show(h('button', { type: 'button', hidden: true, 'data-print': true }, 'Печать'));
    await page.addInitScript(() => Object.assign(window, { printed: 0, print: () => (window as unknown as { printed: number }).printed++ })); // prettier-ignore
    await open('/ru/here');
    await page.getByRole('button', { name: 'Печать' }).click();
    expect(await page.evaluate(() => (window as unknown as { printed: number }).printed)).toBe(1);
  });
});
