import 'reflect-metadata';
import { jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { AccountsService } from '../../src/auth/accounts.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { firstRow, rows } from '../../src/database/sql.js';
import { FollowUpsService } from '../../src/outcomes/follow-ups.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { startBrowser } from '../support/browser.js';
import { BUILT_AT, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { layoutOf } from '../support/page-checks.js';
import { until } from '../support/until.js';
import { type Browser as Visitor, migrant, staff } from '../support/visitors.js';

jest.setTimeout(300_000);

/** The whole way in two browsers, a phone's and a desk's, with a clock that is moved; the program's own jobs carry every message. */
let now = new Date(BUILT_AT);
let gateway: DemoGateway;
let database: TestDatabase;
let running: TestApp;
let browser: Browser;

beforeAll(async () => {
  gateway = await startDemoGateway();
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), now);
  running = await startTestApp({
    database,
    clock: { now: () => now },
    config: { sms: gateway.sms, smtp: gateway.smtp },
  });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await running.close();
  await database.drop();
  await gateway.close();
});

const PHONE = '+77015550177';

/** A browser of somebody who has signed in. */
async function pageOf(
  visitor: Visitor,
  options: Parameters<Browser['newContext']>[0],
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(30_000);
  await context.addCookies(
    visitor.cookies.split('; ').map((cookie) => {
      const at = cookie.indexOf('=');
      return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url: running.url };
    }),
  );
  return { context, page: await context.newPage() };
}

const text = (page: Page): Promise<string> => page.locator('main').innerText();

/** The latest of so many SMS to the household that say something. */
const smsWith = (words: RegExp, count = 1): Promise<string> =>
  until(() => {
    const sent = gateway.arrivals.filter(
      ({ channel, to, text: said }) => channel === 'sms' && to === PHONE && words.test(said),
    );
    return sent.length >= count ? sent.at(-1)!.text : undefined;
  });

describe('a household', () => {
  it('goes from the proposal to the follow-up of twelve months, in the browser, the clock moved', async () => {
    const { id: accountId, browser: visitor } = await migrant(running, gateway);
    const household = await makeHousehold(running.dataSource, {
      adults: [{}],
      columns: { channel: 'sms', phone: PHONE, language: 'kk' },
    });
    await running.app.get(AccountsService).linkHousehold(accountId, household.id);
    const vacancy = await makeVacancy(running.dataSource, { openings: 3, columns: { valid_until: '2028-01-01' } });
    const { id: proposalId } = await makeProposal(running.dataSource, { household, vacancies: [vacancy] });
    const { browser: officer } = await staff(running, gateway, { role: 'officer', regionCode: 'KZ-59' });
    const { context: deskContext, page: desk } = await pageOf(officer, { viewport: { width: 1280, height: 800 } });
    const { context: phoneContext, page: phone } = await pageOf(visitor, {
      viewport: { width: 360, height: 740 },
      javaScriptEnabled: false,
    });

    // The centre approves what waits in its queue, with the money of the move in sight.
    await desk.goto(`${running.url}/ru/centre`);
    await desk.locator(`a[href*="/centre/cases/${proposalId}"]`).first().click();
    await desk.locator('section[aria-labelledby=money]').waitFor();
    await desk.locator('form[action$="/approve"] button').first().click();
    await desk.waitForURL(/done=approve/);
    await smsWith(/жұмыс/i);

    // The household says yes and applies.
    await phone.goto(`${running.url}/kk/my`);
    await phone.locator(`a.button[href$="/my/matches/${proposalId}"]`).click();
    await phone.locator('form[action$="/interest"] button').click();
    await phone.waitForURL(/#interest$/);
    await phone.locator('form[action$="/apply"] button').click();
    await phone.waitForURL(/\/kk\/my\/application$/);
    expect(await text(phone)).toMatch(/Өтініш қабылданды[^]*2026 ж\. 23 қараша/);

    // The centre forwards, decides, notes the contract and the arrival: two keys a step.
    const step = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await desk.keyboard.press(key);
      await desk.waitForURL(/done=yes/);
      await desk.locator('[role=status]').waitFor();
      await desk.goto(desk.url().replace(/\?.*/, ''));
    };
    await desk.goto(`${running.url}/ru/centre/applications`);
    await desk.locator('main ol.plain a').first().click();
    await desk.waitForURL(/\/centre\/applications\/[0-9a-f-]{36}/);
    await step('f', 'Enter');
    await step('a', 'Enter');
    await phone.reload();
    expect(await text(phone)).toContain('Квотадан отбасыңызға орын сақталды');
    await step('c', 'Enter');
    now = new Date('2026-12-10T05:00:00Z');
    await desk.reload();
    await desk.locator('input[name=arrivedOn]').fill('2026-12-09');
    await step('v', 'Enter');
    await phone.reload();
    expect(await text(phone)).toMatch(/Қош келдіңіздер![^]*2027 ж\. 9 желтоқсан/);
    expect(
      await firstRow(
        running.dataSource,
        `select reserved, taken from quota_balance where year = 2026 and region_code = 'KZ-59' and category = 'settlers'`,
      ),
    ).toEqual({ reserved: 0, taken: household.persons });

    // One, three, six and twelve months later it is asked, and answers in two taps.
    const followUps = () =>
      rows<{ due: string; state: string }>(
        running.dataSource,
        'select due_on::text as due, state from follow_up where household_id = $1 order by due_on',
        [household.id],
      );
    const days = await until(async () => {
      const found = await followUps();
      return found.length === 4 ? found.map(({ due }) => due) : undefined;
    });
    expect(days).toEqual(['2027-01-11', '2027-03-09', '2027-06-09', '2027-12-09']);
    for (const [i, day] of days.entries()) {
      now = new Date(`${day}T10:00:00+05:00`);
      await running.app.get(FollowUpsService).look();
      const link = /http\S+?(\/kk\/settling\/\S+)/.exec(await smsWith(/\/settling\//, i + 1))![1]!;
      await phone.goto(`${running.url}${link}`);
      expect((await layoutOf(phone)).overflow).toBe(0);
      await phone.locator('form[action$="/same"] button').click();
      await until(async () => ((await followUps())[i]!.state === 'answered' ? true : undefined));
      expect(await text(phone)).toContain('Рақмет');
    }
    expect((await followUps()).map(({ state }) => state)).toEqual(['answered', 'answered', 'answered', 'answered']);
    const told = await rows<{ kind: string; on: string }>(
      running.dataSource,
      `select kind, told_on::text as on from outcome where household_id = $1 and person_id is not null order by id`,
      [household.id],
    );
    expect(told).toEqual(days.map((on) => ({ kind: 'employed', on })));

    // The year is over: the centre says so, and the household reads it.
    await desk.goto(`${running.url}/ru/centre/applications`);
    await desk.locator('main ol.plain a').first().click();
    await desk.waitForURL(/\/centre\/applications\/[0-9a-f-]{36}/);
    await step('s', 'Enter');
    await phone.goto(`${running.url}/kk/my/application`);
    expect(await text(phone)).toMatch(/Отбасы қоныстанды[^]*Бір жыл сәтті өтті/);
    await phoneContext.close();
    await deskContext.close();
  });
});
