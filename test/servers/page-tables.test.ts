import type { Browser } from 'playwright-core';
import { TokenService } from '../../src/auth/token.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { startBrowser } from '../support/browser.js';
import { BUILT_AT, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { createTestDatabase } from '../support/database.js';
import { layoutOf } from '../support/page-checks.js';

let running: TestApp;
let browser: Browser;
let staff: string;

beforeAll(async () => {
  const database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), BUILT_AT);
  running = await startTestApp({ database, role: 'api', clock: { now: () => BUILT_AT } });
  ({ token: staff } = await running.app.get(TokenService).create({ role: 'administrator', label: 'tables' }));
  const sql = running.dataSource;
  for (const [districtKato, homeKato] of [
    ['591000000', '431000000'],
    ['391000000', '611000000'],
    ['631000000', '311000000'],
  ] as const) {
    const vacancy = await makeVacancy(sql, { districtKato, openings: 90 });
    for (let i = 0; i < 6; i++) {
      const household = await makeHousehold(sql, { homeKato, adults: [{}] });
      const { id, regionCode } = await makeProposal(sql, { household, vacancies: [vacancy] });
      await sql.query(
        `insert into audit_entry (id, at, actor, actor_role, region_code, subject, subject_id, action)
         values ($1, '2026-11-19T06:00:00Z', $2, 'officer', $3, 'proposal', $4, 'approve')`,
        [newId(), newId(), regionCode, id],
      );
    }
  }
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await running.close();
  await running.database.drop();
});

describe.each(['kk', 'ru', 'en'])('tables in %s', (language) => {
  it.each(['/regions/KZ-59?from=KZ-61', '/regions?from=KZ-61', '/sources', '/programme'])(
    'of few columns show them all, on a phone and on a desk: %s',
    async (path) => {
      for (const width of [320, 360, 1280]) {
        const page = await browser.newPage({ viewport: { width, height: 780 } });
        await page.goto(`${running.url}/${language}${path}`);
        expect(await page.locator('.table-frame').count()).toBeGreaterThan(0);
        // What is folded has no width.
        await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
        expect([width, (await layoutOf(page)).scrolling]).toEqual([width, []]);
        await page.close();
      }
    },
  );

  it.each(['/analyst/delays', '/analyst/flows', '/analyst/quotas', '/admin/quotas'])(
    'show all columns on a desk: %s',
    async (path) => {
      const extraHTTPHeaders = { authorization: `Bearer ${staff}` };
      const page = await browser.newPage({ viewport: { width: 1280, height: 780 }, extraHTTPHeaders });
      await page.goto(`${running.url}/${language}${path}`);
      const widths = await page
        .locator('.table-frame')
        .evaluateAll((all) => all.map((frame) => frame.scrollWidth - frame.clientWidth));
      expect(widths.length).toBeGreaterThan(0);
      expect(widths.filter((beyond) => beyond > 0)).toEqual([]);
      await page.close();
    },
  );
});
