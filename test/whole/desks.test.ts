import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { type Desk, DemoDesks, submit } from '../support/demo-desks.js';
import { violationsOf } from '../support/page-checks.js';

/** Each desk's main path in a real browser, with script and without, in one running demo. */
let demo: DemoDesks;
let browser: Browser;

beforeAll(async () => {
  demo = await DemoDesks.start();
  browser = await startBrowser();
}, 600_000);
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

it('npm start prints what the main job did: the vacancies read, the households, and each reception region', () => {
  const { printed } = demo;
  expect(printed).toMatch(/^demo +12000 +12000 +0 +12000$/m);
  expect(printed).toMatch(/^Households that wish to move: 3000; at home in the north: 1200$/m);
  const regions = [...printed.matchAll(/^(KZ-\d\d) +(\d+) +(\d+) +(\d+) +(-?\d+)$/gm)].map(([, code, ...counts]) => ({
    code,
    counts: counts.map(Number),
  }));
  expect(regions.map(({ code }) => code)).toEqual(['KZ-10', 'KZ-35', 'KZ-39', 'KZ-55', 'KZ-59', 'KZ-62', 'KZ-63']);
  for (const { counts } of regions) expect(counts.slice(0, 3).every((count) => count > 0)).toBe(true);
});

const WITH_SCRIPT = [true, false];
const EVIL = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>'] as const;

async function at(
  desk: Desk | null,
  options: Parameters<Browser['newContext']>[0],
  work: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  // What is not there by then is not there.
  context.setDefaultTimeout(30_000);
  if (desk !== null) await demo.enter(context, desk);
  const page = await context.newPage();
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await work(page, context);
  expect(dialogs).toEqual([]);
  await context.close();
}

const open = (page: Page, path: string): Promise<unknown> => page.goto(demo.url + path);

it.each([
  ['officer', '/kk/centre/questions', 'Қызылжар ауданына көшсек'],
  ['administrator', '/kk/centre/questions?region=programme', 'Нужно ли возвращать деньги'],
] as const)('what is asked of the demo waits where somebody of the demo answers it: %s', async (desk, path, text) => {
  await at(desk, {}, async (page) => {
    await open(page, path);
    expect(await page.locator('main').innerText()).toContain(text);
  });
});

describe('somebody who moves, in Kazakh', () => {
  it.each(WITH_SCRIPT)(
    'goes over the code to an approved match and says that it interests them; with script: %s',
    async (javaScriptEnabled) => {
      await at(null, { javaScriptEnabled }, async (page, context) => {
        await open(page, '/kk/');
        await page.locator('input[name=profession]').fill('мейірбике');
        await page.locator('select[name=region]').selectOption('KZ-61');
        await page.locator('input[name=children]').fill('2');
        await page.locator('main form button').first().click();
        await page.getByRole('link', { name: 'Телефон нөмірімен жалғастыру' }).click();
        await page.getByRole('heading', { level: 1, name: 'Кіру' }).waitFor();
        await demo.enter(context, 'migrant');
        await open(page, '/kk/my');
        await page.getByRole('link', { name: 'Толығырақ және жауап беру' }).first().click();
        const form = page.locator('form[action$="/interest"]');
        await form.locator('input[type=checkbox]').first().check();
        await form.locator('button').click();
        const withdraw = page.locator('form[action$="/interest/withdraw"]');
        await withdraw.waitFor();
        const match = page.url();
        await open(page, '/kk/my');
        await page.locator('main .notice.good').first().waitFor();
        await page.goto(match);
        await withdraw.locator('button').click();
        await form.waitFor();
      });
    },
  );
});

describe('somebody new, in Kazakh', () => {
  it.each(WITH_SCRIPT)(
    'goes from the start page over every step to a registered household, and without script to interest in an approved match; with script: %s',
    async (javaScriptEnabled) => {
      await at(null, { javaScriptEnabled }, async (page, context) => {
        await open(page, '/kk/');
        await page.locator('input[name=profession]').fill('мейірбике');
        await page.locator('select[name=region]').selectOption('KZ-61');
        await page.locator('input[name=children]').fill('2');
        await page.locator('main form button').first().click();
        await page.getByRole('link', { name: 'Телефон нөмірімен жалғастыру' }).click();
        const phone = javaScriptEnabled ? '+77010000801' : '+77010000802';
        await page.locator('input[name=phone]').fill(phone);
        await submit(page);
        await page.locator('input[name=code]').fill(await demo.newestCode(context, phone));
        await submit(page);
        // What was asked of the quick match is offered, and taken over.
        await page.locator('form[action$="/take-over"] button').click();
        await page.waitForURL(/\/household\/home$/);
        expect(await page.locator('select[name=regionCode]').inputValue()).toBe('KZ-61');
        await page.locator('input[name=home]').fill('Кентау');
        await submit(page);
        await page.waitForURL(/\/household\/you/);
        expect(await page.locator('input[name=title]').inputValue()).toBe('мейірбике');
        await page.locator('input[name=birthDate]').fill('1996-03-08');
        await page.locator('input[name=experienceYears]').fill('5');
        await submit(page);
        await page.waitForURL(/\/household\/you-skills/);
        await page.locator('input[name=diplomas][value=medicine]').check();
        await page.locator('input[name=languages][value=kk]').check();
        await submit(page);
        await page.waitForURL(/\/household\/you-pay/);
        await page.locator('input[name=payTenge]').fill('180 000');
        await submit(page);
        await page.waitForURL(/\/household\/you-name/);
        await submit(page);
        await page.waitForURL(/\/household\/partner/);
        await page.locator('input[name=hasPartner][value=no]').check();
        await submit(page);
        await page.waitForURL(/\/household\/children/);
        expect(await page.locator('input[name=children]').inputValue()).toBe('2');
        await page.locator('input[name=schoolAgeChildren]').fill('1');
        await submit(page);
        await page.waitForURL(/\/household\/wishes/);
        await submit(page);
        await page.waitForURL(/\/household\/contact/);
        expect(await page.locator('input[name=phone]').inputValue()).toContain(phone.slice(-4));
        await submit(page);
        await page.waitForURL(/\/household\/consents/);
        for (const consent of await page.locator('main input[type=checkbox]').all()) await consent.check();
        await submit(page);
        await page.waitForURL(/\/my\/household(?:#.*)?$/);
        await page.locator('form[action$="/household/register"] button').click();
        await page.waitForURL(/\/kk\/my\?registered=yes/);
        await page.locator('main .notice.good').waitFor();
        await open(page, '/kk/my/household');
        expect(await page.locator('main').innerText()).toContain('Кентау');
        expect(await page.locator('form[action$="/household/register"]').count()).toBe(0);
        if (!javaScriptEnabled) await approvedAndAnswered(page);
      });
    },
  );

  /** What was just registered is matched, it is approved by one who decides for every region, and the household says that it is interested. */
  async function approvedAndAnswered(page: Page): Promise<void> {
    const cards = page.locator('main a[href^="/kk/my/matches/"]:not([href$="/dismiss"])');
    for (let i = 0; i < 90 && (await cards.count()) === 0; i++) {
      await page.waitForTimeout(1_000);
      await open(page, '/kk/my');
    }
    const matches = await cards.evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
    let approved: string | undefined;
    await at('administrator', { javaScriptEnabled: false }, async (desk) => {
      for (const match of matches) {
        await open(desk, match.replace('/my/matches/', '/centre/cases/'));
        if ((await desk.locator('main [data-key=a]').count()) === 0) continue;
        await desk.locator('main [data-key=a]').click();
        await desk.waitForLoadState();
        approved = match;
        break;
      }
    });
    expect(approved).toBeDefined();
    await open(page, approved!);
    const form = page.locator('form[action$="/interest"]');
    await form.locator('input[type=checkbox]').first().check();
    await form.locator('button').click();
    await page.locator('form[action$="/interest/withdraw"]').waitFor();
  }
});

describe('an officer', () => {
  it.each(WITH_SCRIPT)(
    'refers a case to another region, and reads in its trail that they did; with script and keys: %s',
    async (javaScriptEnabled) => {
      await at('officer', { javaScriptEnabled, viewport: { width: 1280, height: 800 } }, async (page) => {
        await open(page, '/kk/centre');
        const href = (await page.locator('a[data-case]').first().getAttribute('href'))!.replace(/\?.*/, '');
        await open(page, href);
        const form = page.locator('form[action$="/refer"]');
        const regions = await form.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value)); // prettier-ignore
        // A region where nothing fits the household keeps the case here and says so.
        for (const region of regions.filter((one) => one !== '')) {
          if (javaScriptEnabled) await page.keyboard.press('f');
          else if (!(await form.isVisible())) await page.locator('summary', { has: page.locator('kbd:text-is("f")') }).click(); // prettier-ignore
          // A region stands chosen already, so that 'f' leaves the digits free; who wants another goes into the list, and Escape leads out.
          await form.locator('select').focus();
          await form.locator('select').selectOption(region);
          if (javaScriptEnabled) {
            await page.keyboard.press('Escape');
            await Promise.all([page.waitForNavigation(), page.keyboard.press('1')]);
          } else await form.locator('button[name=reason]').first().click();
          if (!(await form.count()) || page.url().includes('done=refer')) break;
        }
        expect(page.url()).toContain('done=refer');
        await open(page, '/kk/centre/trail');
        await page.locator(`main table a[href="${href}"]`).first().click();
        await page.waitForURL((address) => address.pathname === href);
        const history = page.locator('table', { has: page.locator('caption') }).last();
        expect(await history.locator('tbody tr').count()).toBeGreaterThan(0);
        expect(await history.innerText()).toContain('Басқа өңірге');
        expect(await page.locator('form[action$="/refer"]').count()).toBe(0);
      });
    },
  );

  it.each(WITH_SCRIPT)('decides alike cases together; with script and keys: %s', async (javaScriptEnabled) => {
    await at('officer', { javaScriptEnabled, viewport: { width: 1280, height: 800 } }, async (page) => {
      await open(page, '/kk/centre');
      await page.locator('a[href$="/alike"]').first().click();
      await page.waitForURL(/\/alike$/);
      const cases = page.locator('input[name=cases]');
      const count = await cases.count();
      expect(count).toBeGreaterThan(1);
      for (const one of await cases.all()) {
        if (javaScriptEnabled) await one.press('Space');
        else await one.check();
      }
      if (javaScriptEnabled) {
        await page.keyboard.press('x');
        await page.keyboard.press('1');
      } else await page.locator('button[value=approve]').click();
      await page.waitForURL(/\/alike\/decided\?case=/);
      expect(await page.locator('section[aria-labelledby=decided] li').count()).toBeGreaterThan(0);
      expect(await page.locator('main section li').count()).toBe(count);
      if (javaScriptEnabled) expect(await violationsOf(page)).toEqual([]);
      const said = await page.locator('main').innerText();
      await page.reload();
      expect(await page.locator('main').innerText()).toBe(said);
    });
  });

  it('decides in two keys', async () => {
    await at('officer', { viewport: { width: 1280, height: 800 } }, async (page) => {
      await open(page, '/kk/centre');
      const first = page.locator('a[data-case]').first();
      const href = (await first.getAttribute('href'))!.replace(/\?.*/, '');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === href);
      await page.keyboard.press('a');
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname !== href);
      await open(page, href);
      expect(await page.locator('main [data-key=a]').count()).toBe(0);
    });
  });

  it('goes through the queue, takes a case, gives it back and asks for help by keys', async () => {
    await at('officer', { viewport: { width: 1280, height: 800 } }, async (page) => {
      await open(page, '/kk/centre');
      const cases = await page.locator('a[data-case]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
      const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement!.getAttribute('href'));
      await page.keyboard.press('Shift+Slash');
      await page.locator('[data-keys-dialog]').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('[data-keys-dialog]').waitFor({ state: 'hidden' });
      for (const [key, at] of [['j', 0], ['j', 1], ['k', 0]] as const) {
        await page.keyboard.press(key);
        expect([key, await focused()]).toEqual([key, cases[at]]);
      } // prettier-ignore
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/centre\/cases\//);
      const form = page.locator('form[action$="/return"]');
      await page.keyboard.press('r');
      await form.waitFor();
      await page.keyboard.press('Escape');
      await form.waitFor({ state: 'hidden' });
      await page.keyboard.press('u');
      await page.waitForURL((url) => url.pathname === '/kk/centre');
      await open(page, cases[0]!);
      await page.keyboard.press('c');
      await page.keyboard.press('Enter');
      await page.locator('main [data-key=l]').waitFor();
      await page.keyboard.press('l');
      await page.keyboard.press('Enter');
      await page.waitForURL(/done=release/);
      await open(page, cases[0]!);
      await page.locator('main [data-key=c]').waitFor();
    });
  });

  it('takes and approves by the plain forms without script', async () => {
    await at('officer', { javaScriptEnabled: false }, async (page) => {
      await open(page, '/kk/centre');
      const href = (await page.locator('a[data-case]').first().getAttribute('href'))!.replace(/\?.*/, '');
      await open(page, href);
      await page.locator('main [data-key=c]').click();
      await page.locator('main [data-key=l]').waitFor();
      await page.locator('main [data-key=a]').click();
      await page.waitForURL((url) => !url.pathname.startsWith(href));
      await open(page, href);
      expect(await page.locator('main [data-key=a]').count()).toBe(0);
    });
  });

  it.each([
    ['return', 'Толықтыруға қайтарылды'],
    ['reject', 'Қабылданбады'],
  ])('decides by plain forms without script: %s, with its reason', async (action, state) => {
    await at('officer', { javaScriptEnabled: false }, async (page) => {
      await open(page, '/kk/centre');
      const href = (await page.locator('a[data-case]').first().getAttribute('href'))!.replace(/\?.*/, '');
      await open(page, href);
      const form = page.locator(`form[action$="/${action}"]`);
      await page.locator('summary', { has: page.locator(`kbd:text-is("${action === 'return' ? 'r' : 'x'}")`) }).click();
      await form.locator('textarea').fill(EVIL[0]);
      await form.locator('button[name=reason]').first().click();
      await page.waitForURL((url) => url.pathname !== `${href}/${action}`);
      await open(page, href);
      expect(await page.locator('main').textContent()).toContain(state);
      expect(await page.locator('main script').count()).toBe(0);
    });
  });
});

describe('a supervisor', () => {
  it.each(WITH_SCRIPT)(
    "pauses the region's notices and lets them go on; with script: %s",
    async (javaScriptEnabled) => {
      await at('supervisor', { javaScriptEnabled }, async (page) => {
        await open(page, '/kk/centre/today');
        const [pause, resume] = ['pause', 'resume'].map((act) => page.locator(`form[action$="/today/${act}"] button`));
        await pause!.press('Enter');
        await page.waitForURL(/done=pause/);
        await page.locator('#notices ~ .notice.warn').waitFor();
        expect(await pause!.count()).toBe(0);
        await resume!.click();
        await page.waitForURL(/done=resume/);
        expect(await page.locator('#notices ~ .notice.warn').count()).toBe(0);
        expect(await pause!.count()).toBe(1);
      });
    },
  );
});

describe('an employer', () => {
  it.each(WITH_SCRIPT)('checks, posts once and closes a vacancy; with script: %s', async (javaScriptEnabled) => {
    await at('employer', { javaScriptEnabled }, async (page) => {
      const title = `Медицинская сестра ${javaScriptEnabled ? 'бір' : 'екі'}`;
      await open(page, '/ru/employer/vacancies/new');
      await page.locator('input[name=title]').fill(title);
      await page.locator('input[name=location]').fill('Северо-Казахстанская область, г. Петропавловск');
      await page.locator('input[name=payMinTenge]').fill('300 000');
      await page.locator('button[value=check]').click();
      await page.locator('#checked').waitFor();
      expect(await page.locator('main section.card').first().innerText()).toMatch(/семь/);
      await page.locator('button[value=save]').dblclick({ noWaitAfter: true });
      await page.waitForURL(/done=posted/);
      await open(page, '/ru/employer');
      expect(await page.getByRole('link', { name: title, exact: true }).count()).toBe(1);
      await page.locator('li.card', { hasText: title }).locator('a[href$="/close"]').click();
      await page.locator('input[value=filled]').check();
      await page.locator('input[name=hired]').fill('1');
      await page.locator('main form button').last().click();
      await page.waitForURL(/done=closed/);
    });
  });

  it.each(WITH_SCRIPT)('imports a file, and sees each refused row; with script: %s', async (javaScriptEnabled) => {
    await at('employer', { javaScriptEnabled }, async (page) => {
      await open(page, '/kk/employer/import');
      const table = `мамандық;жұмыс қайда;ең аз жалақы\n"${EVIL[1].replaceAll('"', '""')}";Петропавл;200000\nТокарь;Петропавл;көп\n`;
      await page.locator('input[type=file]').setInputFiles({
        name: `${EVIL[0].replaceAll('/', '-')}.csv`,
        mimeType: 'text/csv',
        buffer: Buffer.from(table),
      });
      await page.locator('main form button').click();
      await page.waitForURL(/\/employer\/import\/[0-9a-f-]{36}$/);
      expect(await page.locator('tbody tr').innerText()).toMatch(/3\s+ең аз жалақы/);
      expect(await page.locator('main').innerText()).toContain('<script>alert(1)<-script>.csv');
      await open(page, '/kk/employer');
      expect(await page.locator('main img, main script').count()).toBe(0);
    });
  });

  it('is offered places while typing, with the keyboard alone', async () => {
    await at('employer', {}, async (page) => {
      await open(page, '/ru/employer/vacancies/new');
      await page.locator('input[name=location]').pressSequentially('петропав', { delay: 10 });
      // Lists of fewer letters may come before.
      await page.locator('#f-location-list li:first-child', { hasText: 'г. Петропавловск' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await page.locator('input[name=location]').inputValue()).toBe(
        'Северо-Казахстанская область, г. Петропавловск',
      );
    });
  });

  it('loses nothing that was typed when the connection breaks', async () => {
    await at('employer', {}, async (page, context) => {
      await open(page, '/ru/employer/vacancies/new');
      await page.locator('input[name=title]').pressSequentially('Сварщик', { delay: 5 });
      await context.setOffline(true);
      await page.locator('button[value=check]').click({ noWaitAfter: true });
      await page.waitForTimeout(300);
      await context.setOffline(false);
      await open(page, '/ru/employer/vacancies/new');
      expect(await page.locator('input[name=title]').inputValue()).toBe('Сварщик');
    });
  });
});

describe('an analyst', () => {
  it.each(WITH_SCRIPT)('reads the map as a table and as a file; with script: %s', async (javaScriptEnabled) => {
    await at('analyst', { javaScriptEnabled }, async (page, context) => {
      await open(page, '/ru/analyst');
      expect(await page.locator('main svg').count()).toBeGreaterThan(0);
      expect(await page.locator('main table').count()).toBeGreaterThan(0);
      const csv = await page.locator('main a[href*=".csv"]').first().getAttribute('href');
      const file = await context.request.get(demo.url + csv!);
      expect([file.status(), (await file.text()).charCodeAt(0)]).toEqual([200, 0xfeff]);
      for (const path of ['/ru/analyst/flows', '/ru/analyst/delays', '/ru/analyst/quotas']) {
        await open(page, path);
        expect(await page.locator('main table').count()).toBeGreaterThan(0);
      }
    });
  });
});

const PATHS: readonly [Desk | null, string][] = [
  [null, '/kk/'],
  [null, '/kk/vacancies'],
  ['migrant', '/kk/my'],
  ['employer', '/kk/employer/vacancies/new'],
  ['employer', '/kk/employer/import'],
  ['officer', '/kk/centre'],
  ['analyst', '/kk/analyst'],
  ['administrator', '/kk/admin/tokens'],
];

describe('with the keyboard alone', () => {
  it.each(PATHS)(
    '%s: %s begins with the skip link, shows where the focus is and catches it nowhere',
    async (desk, path) => {
      await at(desk, {}, async (page) => {
        await open(page, path);
        await page.keyboard.press('Tab');
        expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#main');
        // Everything that can be reached: what is shown, of a group of radio buttons one.
        const count = await page.evaluate(() => {
          const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
          const shown = [...document.querySelectorAll<HTMLElement>(kinds)].filter(
            (one) => one.checkVisibility() && one.tabIndex >= 0 && !one.matches(':disabled'),
          );
          return new Set(shown.map((one) => (one.matches('[type=radio]') ? (one as HTMLInputElement).name : one))).size;
        });
        const seen = new Set<string>();
        let invisible = 0;
        let isThrough = false;
        let last: string | null = null;
        // A date has stops of its own for day, month and year.
        for (let i = 0; i < 2 * count + 10 && !isThrough; i++) {
          await page.keyboard.press('Tab');
          const focus = await page.evaluate(() => {
            const element = document.activeElement;
            if (element === null || element === document.body) return null;
            const style = getComputedStyle(element);
            const all = [...document.querySelectorAll('*')];
            const isShown = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
            return { index: String(all.indexOf(element)), isShown };
          });
          isThrough = focus === null || (focus.index !== last && seen.has(focus.index));
          last = focus?.index ?? null;
          // The calendar's button inside a date draws a ring of its own.
          if (focus !== null && !seen.has(focus.index) && !focus.isShown) invisible++;
          if (focus !== null) seen.add(focus.index);
        }
        // A trap would come round too, having shown a part of the page.
        expect({ isThrough, invisible, all: seen.size >= count - 1 }).toEqual({
          isThrough: true,
          invisible: 0,
          all: true,
        });
      });
    },
  );
});

describe('in the dark', () => {
  it.each(PATHS)('%s: %s can be read', async (desk, path) => {
    await at(desk, { colorScheme: 'dark' }, async (page) => {
      await open(page, path);
      expect(await violationsOf(page)).toEqual([]);
    });
  });
});

describe('on paper', () => {
  it('a match is whole pages of A4 with nothing cut off', async () => {
    await at('migrant', { viewport: { width: 794, height: 1123 } }, async (page) => {
      await open(page, '/kk/my');
      const href = await page.locator('main a[href^="/kk/my/matches/"]').first().getAttribute('href');
      await open(page, `${href!.replace(/[?#].*/, '')}/print`);
      await page.emulateMedia({ media: 'print' });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(794);
      const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
      const pages = pdf.match(/\/Type\s*\/Page\b/g)!.length;
      expect(pages).toBeGreaterThanOrEqual(1);
      expect(pages).toBeLessThanOrEqual(4);
    });
  });
});
