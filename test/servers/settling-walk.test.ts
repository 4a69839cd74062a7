import 'reflect-metadata';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ApplicationsService } from '../../src/applications/applications.service.js';
import { TokenService } from '../../src/auth/token.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { rows } from '../../src/database/sql.js';
import { FollowUpsService } from '../../src/outcomes/follow-ups.service.js';
import type { Actor } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { startBrowser } from '../support/browser.js';
import { makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { layoutOf, violationsOf } from '../support/page-checks.js';
import { until } from '../support/until.js';

jest.setTimeout(240_000);

/** From the contract to the follow-up of twelve months: the calendar is the test's, the browser a phone. */
let now = new Date('2026-11-23T05:00:00Z');
let gateway: DemoGateway;
let running: TestApp;
let browser: Browser;

beforeAll(async () => {
  gateway = await startDemoGateway();
  running = await startTestApp({ clock: { now: () => now }, config: { sms: gateway.sms, smtp: gateway.smtp } });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await running.close();
  await gateway.close();
});

const PHONE = '+77015550101';
const officer: Actor = {
  id: newId(),
  label: 'test',
  role: 'officer',
  regionCode: 'KZ-59',
  employerId: null,
  householdId: null,
  via: 'token',
};

/** The address in the latest of so many SMS to the household. */
async function linkOf(count: number): Promise<string> {
  const sms = await until(() => {
    const sent = gateway.arrivals.filter(({ to, text }) => to === PHONE && text.includes('/settling/'));
    return sent.length === count ? sent.at(-1) : undefined;
  });
  return `${running.url}${/http\S+?(\/(?:kk|ru)\/settling\/\S+)/.exec(sms.text)![1]!}`;
}

async function looksRight(page: Page): Promise<void> {
  expect(await layoutOf(page)).toEqual({ overflow: 0, untranslated: [], scrolling: [], broken: [] });
}

describe('a household that has a contract', () => {
  it('arrives, answers after 1, 3, 6 and 12 months in two taps on a phone, and gets a second chance on the way', async () => {
    await makeVacancy(running.dataSource, { openings: 200, employment: 'temporary' });
    const household = await makeHousehold(running.dataSource, {
      adults: [{}],
      columns: { channel: 'sms', phone: PHONE },
    });
    const vacancies = [await makeVacancy(running.dataSource, { openings: 3, columns: { valid_until: '2028-01-01' } })];
    // Another than the one that they come for and lose.
    await makeVacancy(running.dataSource, { columns: { valid_until: '2028-01-01' } });
    const proposal = await makeProposal(running.dataSource, { household, vacancies, status: 'approved' });
    const id = newId();
    await running.dataSource.query(
      `insert into quota_balance (year, region_code, category, persons, reserved) values (2026, 'KZ-59', 'settlers', 100, 3)
       on conflict (year, region_code, category) do update set reserved = 3`,
    );
    await running.dataSource.query(
      `insert into application (id, household_id, proposal_id, region_code, home_region_code, category, persons, state, owner, due_on,
         quota_year, contracted_at, state_since, created_at, updated_at)
       values ($1, $2, $3, 'KZ-59', 'KZ-61', 'settlers', 3, 'contracted', 'household', '2026-12-31', 2026, $4, $4, $4, $4)`,
      [id, household.id, proposal.id, now],
    );
    await running.dataSource.query(
      `insert into quota_reservation (id, application_id, household_id, year, region_code, category, persons, state, reserved_at)
       values ($1, $2, $3, 2026, 'KZ-59', 'settlers', 3, 'reserved', $4)`,
      [newId(), id, household.id, now],
    );
    await running.app
      .get(ApplicationsService)
      .act(officer, id, { action: 'arrive', version: 1, arrivedOn: '2026-11-23' });
    const followUps = () =>
      rows<{ due: string; state: string }>(
        running.dataSource,
        `select due_on::text as due, state from follow_up where household_id = $1 order by due_on`,
        [household.id],
      );
    for (const end = Date.now() + 30_000; (await followUps()).length < 4 && Date.now() < end;)
      await new Promise((done) => setTimeout(done, 50));
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const days = (await followUps()).map(({ due }) => due);
    expect(days).toEqual(['2026-12-23', '2027-02-23', '2027-05-24', '2027-11-23']);
    for (const [i, day] of days.entries()) {
      now = new Date(`${day}T10:00:00+05:00`);
      await running.app.get(FollowUpsService).look();
      await page.goto(await linkOf(i + 1));
      await looksRight(page);
      if (i === 0) {
        expect(await violationsOf(page)).toEqual([]);
        await page.goto(page.url().replace('/kk/', '/ru/'));
        await looksRight(page);
      }
      if (i === 1) {
        // The job is lost: two questions more.
        await page.locator('summary').filter({ hasText: 'Жоқ' }).click();
        for (const value of ['yes', 'looking', 'housed'])
          await page.locator(`form input[value="${value}"]`).first().check();
        await page.locator('details form button[type=submit]').click();
      } else {
        await page.locator('.card form button[type=submit]').click();
      }
      await page.waitForURL(/\/settling\//);
      expect((await followUps())[i]!.state).toBe('answered');
      await looksRight(page);
    }
    await context.close();
    const told = await rows<{ kind: string }>(
      running.dataSource,
      'select kind from outcome where household_id = $1 and person_id is not null order by id',
      [household.id],
    );
    expect(told.map(({ kind }) => kind)).toEqual(['employed', 'looking', 'looking', 'looking']);
    expect((await followUps()).map(({ state }) => state)).toEqual(['answered', 'answered', 'answered', 'answered']);
    expect(
      await rows(running.dataSource, 'select lost, state from second_chance where household_id = $1', [household.id]),
    ).toEqual([{ lost: ['job'], state: 'proposed' }]);
  });

  it.each(['kk', 'ru'])('is seen by centre and analyst on a phone in %s', async (language) => {
    const { token } = await running.app.get(TokenService).create({ role: 'administrator', label: 'test' });
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      extraHTTPHeaders: { authorization: `Bearer ${token}` },
    });
    const page = await context.newPage();
    for (const path of [
      'centre/follow-ups?region=KZ-59&list=coming',
      'analyst/outcomes',
      'analyst/payments',
      'analyst/times',
      'analyst/quotas',
    ]) {
      await page.goto(`${running.url}/${language}/${path}`);
      expect([path, (await layoutOf(page)).overflow]).toEqual([path, 0]);
      expect([path, (await layoutOf(page)).untranslated]).toEqual([path, []]);
      expect([path, await violationsOf(page)]).toEqual([path, []]);
    }
    await context.close();
  });
});
