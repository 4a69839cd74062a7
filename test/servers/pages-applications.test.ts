import { jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { AccountsService } from '../../src/auth/accounts.service.js';
import { ApplicationsCalendar } from '../../src/applications/applications-calendar.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { firstRow } from '../../src/database/sql.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { startBrowser } from '../support/browser.js';
import { BUILT_AT, type MadeHousehold, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { type Browser as Visitor, migrant, staff } from '../support/visitors.js';

jest.setTimeout(180_000);

/** The way from an approved proposal to the arrival in a real browser, with a clock that is moved. */
let gateway: DemoGateway;
let database: TestDatabase;
let running: TestApp;
let browser: Browser;
let now = new Date(BUILT_AT);

beforeAll(async () => {
  gateway = await startDemoGateway();
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), now);
  running = await startTestApp({
    database,
    role: 'api',
    clock: { now: () => now },
    config: { sms: gateway.sms, smtp: gateway.smtp },
  });
  browser = await startBrowser();
});
beforeEach(async () => {
  now = new Date(BUILT_AT);
  await running.dataSource.query('delete from auth_rate_limit');
});
afterAll(async () => {
  await browser.close();
  await running.close();
  await database.drop();
  await gateway.close();
});

/** A browser of somebody who has signed in. */
async function contextOf(
  visitor: Visitor,
  options: Parameters<Browser['newContext']>[0],
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(20_000);
  const cookies = visitor.cookies.split('; ').map((cookie) => {
    const at = cookie.indexOf('=');
    return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url: running.url };
  });
  await context.addCookies(cookies);
  return { context, page: await context.newPage() };
}

const PHONE = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false };
const DESK = { viewport: { width: 1280, height: 800 } };

/** A migrant with a household of three and an approved proposal. */
async function mover(
  districtKato: string,
): Promise<{ visitor: Visitor; proposalId: string; householdId: string; household: MadeHousehold }> {
  const { id, browser: visitor } = await migrant(running, gateway);
  const household = await makeHousehold(running.dataSource, { adults: [{}] });
  await running.app.get(AccountsService).linkHousehold(id, household.id);
  const proposal = await makeProposal(running.dataSource, {
    household,
    vacancies: [await makeVacancy(running.dataSource, { districtKato })],
    status: 'approved',
    columns: { decided_at: BUILT_AT, decided_by: 'test' },
  });
  return { visitor, proposalId: proposal.id, householdId: household.id, household };
}

/** Applies for a match on its page and waits for the application's. */
async function applyFor(page: Page, proposalId: string, language: 'kk' | 'ru' = 'ru'): Promise<void> {
  await page.goto(`${running.url}/${language}/my/matches/${proposalId}`);
  await page.locator('form[action$="/apply"] button').click();
  await page.waitForURL(/\/my\/application$/);
}

const text = (page: Page): Promise<string> => page.locator('main').innerText();

async function applicationOf(householdId: string): Promise<{ id: string; state: string }> {
  return (await firstRow<{ id: string; state: string }>(
    running.dataSource,
    'select id, state from application where household_id = $1 order by created_at desc limit 1',
    [householdId],
  ))!;
}

describe('a household and its centre', () => {
  it('go from an approved proposal to the arrival, each seeing who has it and until when', async () => {
    const { visitor, proposalId, householdId } = await mover('591000000');
    const phone = await contextOf(visitor, PHONE);
    const officer = await staff(running, gateway, { role: 'officer', regionCode: 'KZ-59' });
    const desk = await contextOf(officer.browser, DESK);

    await phone.page.goto(`${running.url}/kk/my/application`);
    expect(await text(phone.page)).toContain('Әзірге өтініш берген жоқсыз');
    await applyFor(phone.page, proposalId, 'kk');
    expect(await text(phone.page)).toMatch(
      /жұмыспен қамту орталығы[^]*2026 ж\. 23 қараша[^]*Жарияланған қоныс аудару ережесі/,
    );
    expect(await phone.page.locator('li[aria-current=step]').innerText()).toContain('орталығы тексереді қазір');

    await desk.page.goto(`${running.url}/ru/centre/applications`);
    await desk.page.locator('main ol.plain a').first().click();
    await desk.page.waitForURL(/\/centre\/applications\/[0-9a-f-]{36}/);
    // Two keys a step.
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await desk.page.keyboard.press(key);
      await desk.page.waitForURL(/done=yes/);
      await desk.page.locator('[role=status]').waitFor();
    };
    await press('f', 'Enter');
    expect((await applicationOf(householdId)).state).toBe('forwarded');
    await phone.page.reload();
    expect(await text(phone.page)).toContain('Өңірлік комиссия шешім қабылдайды');
    await desk.page.goto(desk.page.url().replace(/\?.*/, ''));
    await press('a', 'Enter');
    expect((await applicationOf(householdId)).state).toBe('approved');
    expect(await text(desk.page)).toMatch(/Закреплено 3/);

    // The employer's days pass: the household sees that it is late, and the centre has it on top of its list.
    now = new Date('2026-12-23T04:00:00Z');
    await phone.page.reload();
    expect(await text(phone.page)).toMatch(/Бұл күн өтіп кетті[^]*орталыққа қоңырау шалыңыз/);
    await desk.page.goto(`${running.url}/ru/centre/applications?show=overdue`);
    expect(await text(desk.page)).toMatch(/просрочено с 21 декабря 2026/);
    await desk.page.locator('main ol.plain a').first().click();
    await desk.page.locator('summary[data-key=e]').waitFor();
    await desk.page.keyboard.press('e');
    await desk.page.locator('input[name=dueOn]').fill('2026-12-27');
    await desk.page.locator('button[value=employer_needs_time]').click();
    // A Sunday is no working day: said at its field, nothing is lost.
    expect(await desk.page.locator('#f-dueOn-error').innerText()).toContain('рабочим днём');
    await desk.page.locator('input[name=dueOn]').fill('2026-12-30');
    await desk.page.locator('button[value=employer_needs_time]').click();
    await desk.page.waitForURL(/done=yes/);
    await desk.page.goto(desk.page.url().replace(/\?.*/, ''));
    await press('c', 'Enter');
    now = new Date('2027-01-12T04:00:00Z');
    await desk.page.goto(desk.page.url().replace(/\?.*/, ''));
    await desk.page.locator('input[name=arrivedOn]').fill('2027-01-11');
    await press('v', 'Enter');
    expect(await applicationOf(householdId)).toMatchObject({ state: 'arrived' });
    expect(await text(desk.page)).toContain('11 января 2027');
    await phone.page.reload();
    expect(await text(phone.page)).toContain('Қош келдіңіздер!');
    // Who lives there already is asked no more whether to stay at home, on paper neither.
    for (const path of ['', '/print']) {
      await phone.page.goto(`${running.url}/kk/my/matches/${proposalId}${path}`);
      expect(await text(phone.page)).not.toMatch(/Өз өңіріңізде қалсаңыз|Үйіңізден шамамен/);
    }
    await phone.page.goto(`${running.url}/kk/my/application`);
    expect(await phone.page.locator('form[action$="/withdraw"]').count()).toBe(0);
    await phone.context.close();
    await desk.context.close();
  });

  it('part when the household withdraws with a reason, without script', async () => {
    const { visitor, proposalId, householdId } = await mover('591000000');
    const { context, page } = await contextOf(visitor, PHONE);
    await page.goto(`${running.url}/ru/my/matches/${proposalId}`);
    await page.locator('form[action$="/apply"] button').click();
    await page.locator('summary', { hasText: 'Отозвать заявление' }).click();
    await page.locator('form[action$="/withdraw"] button').click();
    expect(await page.locator('#f-reason-error').innerText()).toContain('Выберите причину');
    await page.locator('select[name=reason]').selectOption('work_at_home');
    await page.locator('form[action$="/withdraw"] button').click();
    await page.waitForURL(/\/ru\/my\/application$/);
    expect(await text(page)).toMatch(/Отозвано[^]*Нашли работу дома/);
    expect((await applicationOf(householdId)).state).toBe('withdrawn');
    await context.close();
  });

  it('of Akmola read plainly, before and after, that there is no quota', async () => {
    const { visitor, proposalId } = await mover('111000000');
    const { context, page } = await contextOf(visitor, PHONE);
    await page.goto(`${running.url}/kk/my/matches/${proposalId}`);
    expect(await text(page)).not.toContain('биылғы квотада бос орын');
    const plainly = /2026 жылға қоныс аударушылар квотасы бөлінбеген/;
    expect(await text(page)).toMatch(plainly);
    await page.locator('form[action$="/apply"] button').click();
    await page.waitForURL(/\/kk\/my\/application$/);
    expect(await text(page)).toMatch(plainly);
    await context.close();
  });

  it('are kept apart: another region’s officer does not find the case', async () => {
    const { visitor, proposalId, householdId } = await mover('591000000');
    const phone = await contextOf(visitor, PHONE);
    await applyFor(phone.page, proposalId, 'kk');
    const { id } = await applicationOf(householdId);
    const other = await staff(running, gateway, { role: 'officer', regionCode: 'KZ-55' });
    const desk = await contextOf(other.browser, DESK);
    const answer = await desk.page.goto(`${running.url}/ru/centre/applications/${id}`);
    expect(answer!.status()).toBe(404);
    await desk.page.goto(`${running.url}/ru/centre/applications`);
    expect(await text(desk.page)).toContain('Таких нет');
    await phone.context.close();
    await desk.context.close();
  });

  it('see of a second interest too whose turn it is and until when', async () => {
    const { visitor, proposalId, household } = await mover('591000000');
    const second = await makeProposal(running.dataSource, {
      household,
      vacancies: [await makeVacancy(running.dataSource, { districtKato: '551000000' })],
      status: 'approved',
    });
    const { context, page } = await contextOf(visitor, PHONE);
    for (const id of [proposalId, second.id]) {
      await page.goto(`${running.url}/ru/my/matches/${id}`);
      await page.locator('form[action$="/interest"] button').click();
    }
    await applyFor(page, second.id);
    const other = page.locator('section[aria-labelledby=others]');
    expect(await other.innerText()).toMatch(/Петропавл[^]*Заявление ещё не подано – вы, до 21 декабря 2026/);
    expect(await other.locator('a').getAttribute('href')).toBe(`/ru/my/matches/${proposalId}`);
    // No place is held yet: nobody is told that one goes to the next family.
    expect(await text(page)).not.toContain('следующей семье');
    await context.close();
  });

  it('name on the desk a family that is too large for what is left', async () => {
    const { visitor, proposalId, householdId } = await mover('351000000');
    const phone = await contextOf(visitor, PHONE);
    await applyFor(phone.page, proposalId);
    const { id } = await applicationOf(householdId);
    await running.dataSource.query(
      `update application set state = 'waiting_quota', owner = 'reception_centre', wait_order = nextval('application_wait'), persons = 40
       where id = $1`,
      [id],
    );
    const officer = await staff(running, gateway, { role: 'supervisor', regionCode: 'KZ-35' });
    const desk = await contextOf(officer.browser, DESK);
    await desk.page.goto(`${running.url}/ru/centre/applications`);
    expect(await text(desk.page)).toMatch(/осталось 37[^]*Первой в очереди стоит семья из 40 чел\./);
    await desk.page.locator('.notice.warn a').click();
    await desk.page.waitForURL(new RegExp(`/centre/applications/${id}`));
    // Whoever comes after it reads before applying that there is a line.
    const next = await mover('351000000');
    const nextPhone = await contextOf(next.visitor, PHONE);
    await nextPhone.page.goto(`${running.url}/ru/my/matches/${next.proposalId}`);
    expect(await text(nextPhone.page)).toMatch(/квоте этого года[^]*: 37; ждут места человек: 40/);
    await nextPhone.context.close();
    await phone.context.close();
    await desk.context.close();
  });

  it.each([
    ['waiting_quota', 'ваша очередь сохраняется', 'Очередь семьи сохраняется'],
    [
      'approved',
      'закреплённое место пока остаётся за вами',
      'Закреплённое место остаётся за семьёй, пока вы не решите',
    ],
  ])('read what is kept while the job is gone: %s', async (state, told, onDesk) => {
    const { visitor, proposalId, householdId } = await mover('591000000');
    const phone = await contextOf(visitor, PHONE);
    await applyFor(phone.page, proposalId);
    const { id } = await applicationOf(householdId);
    await running.dataSource.query(
      `update application set state = $2, owner = 'reception_centre', job_lost_at = $3, job_lost_reason = 'vacancy_closed',
         quota_year = 2026, wait_order = case when $2 = 'waiting_quota' then nextval('application_wait') end where id = $1`,
      [id, state, now],
    );
    await phone.page.reload();
    expect(await text(phone.page)).toContain(told);
    expect(await text(phone.page)).not.toContain('Работодатель готовит договор');
    const officer = await staff(running, gateway, { role: 'officer', regionCode: 'KZ-59' });
    const desk = await contextOf(officer.browser, DESK);
    await desk.page.goto(`${running.url}/ru/centre/applications/${id}`);
    expect(await text(desk.page)).toContain(onDesk);
    await phone.context.close();
    await desk.context.close();
  });

  it('see what they had moved for as over once they went back: nothing is offered there', async () => {
    const { visitor, proposalId, household } = await mover('591000000');
    const { context, page } = await contextOf(visitor, PHONE);
    await page.goto(`${running.url}/ru/my/matches/${proposalId}`);
    expect(await page.locator('form[action$="/apply"], form[action$="/interest"]').count()).toBe(2);
    await running.dataSource.query(
      `insert into application (id, household_id, proposal_id, region_code, home_region_code, category, persons, state, quota_year,
         arrived_on, forwarded_at, decided_at, ended_at, reason, state_since, created_at, updated_at)
       values ($1, $2, $3, 'KZ-59', 'KZ-61', 'settlers', $4, 'returned', 2026, $5::date, $5, $5, $5, 'climate', $5, $5, $5)`,
      [newId(), household.id, proposalId, household.persons, now],
    );
    await running.dataSource.query('update proposal set fulfilled_at = $2 where id = $1', [proposalId, now]);
    await page.reload();
    expect(await text(page)).toContain('вы переехали и вернулись');
    expect(await page.locator('form[action$="/apply"], form[action$="/interest"]').count()).toBe(0);
    await page.goto(`${running.url}/ru/my`);
    expect(await page.locator('article').count()).toBe(0);
    expect(await page.locator('main').textContent()).toContain('вы переехали и вернулись');
    await context.close();
  });

  it('are told when nobody acts: the application lapses and says so', async () => {
    const { visitor, proposalId, householdId } = await mover('591000000');
    const { context, page } = await contextOf(visitor, PHONE);
    await page.goto(`${running.url}/kk/my/matches/${proposalId}`);
    const form = page.locator('form[action$="/interest"]');
    await form.locator('button').click();
    await page.goto(`${running.url}/kk/my/application`);
    expect(await text(page)).toMatch(/Өтініш әлі берілмеген[^]*сіз[^]*2026 ж\. 21 желтоқсан/);
    now = new Date('2026-12-22T04:00:00Z');
    await running.app.get(ApplicationsCalendar).keep();
    await page.reload();
    expect((await applicationOf(householdId)).state).toBe('lapsed');
    expect(await text(page)).toContain('Өтініш беру мерзімі өтті');
    expect(await text(page)).toContain('Өтініш болған жоқ, орын да сақталмаған');
    expect(await text(page)).not.toContain('Сізге орын сақталған болса');
    await context.close();
  });
});
