import { load } from 'cheerio';
import type { Browser } from 'playwright-core';
import { AccountsService } from '../../src/auth/accounts.service.js';
import { TokenService } from '../../src/auth/token.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { translate } from '../../src/i18n/i18n.js';
import { OccupationService } from '../../src/occupations/occupation.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { startBrowser } from '../support/browser.js';
import { BUILT_AT, type MadeVacancy, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { violationsOf } from '../support/page-checks.js';
import { migrant } from '../support/visitors.js';

/** A site with real people and vacancies, into which somebody has loaded the demo. */
let gateway: DemoGateway;
let database: TestDatabase;
let running: TestApp;
let browser: Browser;
let real: MadeVacancy;
let invented: MadeVacancy;
let closed: MadeVacancy;
let mixed: { id: string; householdId: string };
let ofInvented: { id: string };
let officer: Record<string, string>;
let employer: Record<string, string>;
let mover: Record<string, string>;

const INVENTED = { title: 'Медсестра ойдан', synthetic: true };
const REAL = { title: 'Медсестра нақты', synthetic: false };

async function read(path: string, headers: Record<string, string> = {}, from = running) {
  const response = await fetch(`${from.url}${path}`, { headers });
  const html = await response.text();
  return { status: response.status, html, $: load(html), json: (): unknown => JSON.parse(html) };
}

/** Of each element that the selector finds and whose text has one of both titles: the title's kind, and whether it is marked. */
function marked(
  { $ }: Awaited<ReturnType<typeof read>>,
  selector: string,
  language: 'kk' | 'ru',
): Record<string, boolean> {
  const found: Record<string, boolean> = {};
  for (const one of $(selector).toArray()) {
    const text = $(one).text();
    for (const { title } of [INVENTED, REAL]) {
      if (!text.includes(title)) continue;
      const isMarked = text.includes(translate(language, 'page.site.invented'));
      if (found[title] === !isMarked) throw new Error(`${title} is marked only here and there.`);
      found[title] = isMarked;
    }
  }
  return found;
}

const ONE_OF_TWO = { [INVENTED.title]: true, [REAL.title]: false };

beforeAll(async () => {
  gateway = await startDemoGateway();
  database = await createTestDatabase();
  const sql = await database.dataSource();
  await loadReferenceData(sql, BUILT_AT);
  const wish = { database, role: 'api', clock: { now: () => BUILT_AT } } as const;
  running = await startTestApp({ ...wish, config: { demo: false, sms: gateway.sms, smtp: gateway.smtp } });
  await running.app.get(OccupationService).reload();
  const firm = newId();
  await sql.query(
    `insert into employer (id, name, name_normalised, created_at, verified_at) values ($1::uuid, 'Аурухана', $1::text, $2, $2)`,
    [firm, BUILT_AT],
  );
  const columns = { employer_id: firm };
  real = await makeVacancy(sql, { columns: { ...columns, ...REAL } });
  invented = await makeVacancy(sql, { columns: { ...columns, ...INVENTED } });
  closed = await makeVacancy(sql, {
    columns: { ...INVENTED, status: 'closed', closed_reason: 'expired', closed_at: BUILT_AT },
  });
  // A first match is one for each district: each of these has one kind only.
  await makeVacancy(sql, { districtKato: '551000000', openings: 9, columns: REAL });
  await makeVacancy(sql, { districtKato: '391000000', openings: 9, columns: INVENTED });
  // At home, one invented job beside the move.
  const atHome = await makeVacancy(sql, { districtKato: '612000000', columns: { ...INVENTED, title: 'Үйдегі орын' } });
  const local = {
    placements: [
      {
        seekerId: newId(), vacancyId: atHome.id, title: 'Үйдегі орын', employerName: 'Үй', districtKato: '612000000',
        payMinTenge: 100_000, payMaxTenge: null, score: 30, parts: [],
      },
    ],
  }; // prettier-ignore
  const household = await makeHousehold(sql, {
    adults: [{ isco: '2221' }, { isco: '2221' }],
    columns: { synthetic: false },
  });
  mixed = await makeProposal(sql, {
    household,
    vacancies: [real, invented],
    columns: { local_alternative: JSON.stringify(local) },
  });
  ofInvented = await makeProposal(sql, { vacancies: [real] });
  await makeProposal(sql, {
    household: await makeHousehold(sql, { adults: [{}], columns: { synthetic: false } }),
    vacancies: [real],
  });
  const tokens = running.app.get(TokenService);
  const token = async (wanted: Parameters<TokenService['create']>[0]): Promise<Record<string, string>> => ({
    authorization: `Bearer ${(await tokens.create(wanted)).token}`,
  });
  officer = await token({ role: 'officer', label: 'officer', regionCode: 'KZ-59' });
  employer = await token({ role: 'employer', label: 'firm', employerId: firm });
  const somebody = await migrant(running, gateway);
  await running.app.get(AccountsService).linkHousehold(somebody.id, household.id);
  mover = { cookie: somebody.browser.cookies };
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await running.close();
  await database.drop();
  await gateway.close();
});

describe.each(['kk', 'ru'] as const)('invented rows beside real ones, in %s', (language) => {
  it('are marked in the search, one by one', async () => {
    const list = await read(`/${language}/vacancies`);
    expect(marked(list, 'article.vacancy', language)).toEqual(ONE_OF_TWO);
  });

  it('say so on their own page, which is kept from search engines and is no JobPosting', async () => {
    const own = await read(`/${language}/vacancies/${invented.id}`);
    expect(own.$('main').text()).toContain(translate(language, 'page.vacancy.invented'));
    expect(own.$('meta[name=robots]').attr('content')).toBe('noindex');
    expect(own.html).not.toContain('application/ld+json');
    const other = await read(`/${language}/vacancies/${real.id}`);
    expect(other.$('main').text()).not.toContain(translate(language, 'page.vacancy.invented'));
    expect(other.$('meta[name=robots]')).toHaveLength(0);
    expect(other.html).toContain('application/ld+json');
    const over = await read(`/${language}/vacancies/${closed.id}`);
    expect([over.status, over.$('h1 + .tag').text()]).toEqual([410, translate(language, 'page.site.invented')]);
  });

  it('are marked among first matches and among one’s own, with the job at home', async () => {
    const question = new URLSearchParams({
      profession: 'медсестра',
      partner: 'медсестра',
      region: 'KZ-61',
      children: '2',
    });
    const quick = await read(`/${language}/match?${question.toString()}`);
    expect(marked(quick, 'article section', language)).toEqual(ONE_OF_TWO);
    expect(quick.$('#local ~ .card .tag').first().text()).toBe(translate(language, 'page.site.invented'));
    for (const path of [`/my/matches/${mixed.id}`, `/my/matches/${mixed.id}/print`]) {
      const own = await read(`/${language}${path}`, mover);
      expect(marked(own, 'main section', language)).toEqual(ONE_OF_TWO);
      expect(own.$('a[href$="vacancies"] ~ .tag, p > a ~ .tag').text()).toBe(translate(language, 'page.site.invented'));
    }
  });

  it('are marked to the officer: the household and each job', async () => {
    const queue = await read(`/${language}/centre`, officer);
    const lines = queue
      .$('.cases li')
      .toArray()
      .map((one) => queue.$(one));
    const isMarked = (line: (typeof lines)[number]): boolean =>
      line.text().includes(translate(language, 'page.site.invented'));
    const of = (id: string) => lines.filter((line) => line.find('a').attr('href')!.includes(id)).map(isMarked);
    expect([of(mixed.id), of(ofInvented.id), lines.filter(isMarked).length]).toEqual([[true], [true], 2]);
    const ofReal = await read(`/${language}/centre/cases/${mixed.id}`, officer);
    expect(marked(ofReal, '.case-sides article', language)).toEqual(ONE_OF_TWO);
    expect(ofReal.$('#household + .tag')).toHaveLength(0);
    const made = await read(`/${language}/centre/cases/${ofInvented.id}`, officer);
    expect(made.$('#household + .tag').text()).toBe(translate(language, 'page.site.invented'));
    expect(marked(made, '.case-sides article', language)).toEqual({ [REAL.title]: false });
  });

  it('are marked to the firm', async () => {
    const list = await read(`/${language}/employer`, employer);
    expect(marked(list, 'li.card', language)).toEqual(ONE_OF_TWO);
  });

  it('leave nothing for axe to find', async () => {
    const paths: [string, Record<string, string>][] = [
      ['/vacancies', {}],
      [`/vacancies/${invented.id}`, {}],
      [`/my/matches/${mixed.id}`, mover],
      ['/centre', officer],
      [`/centre/cases/${mixed.id}`, officer],
      ['/employer', employer],
    ];
    for (const [path, extraHTTPHeaders] of paths) {
      const page = await browser.newPage({ viewport: { width: 360, height: 780 }, extraHTTPHeaders });
      await page.goto(`${running.url}/${language}${path}`);
      expect([path, await violationsOf(page)]).toEqual([path, []]);
      await page.close();
    }
  });
});

it('are marked in the API’s answers', async () => {
  const list = (await read('/api/v1/vacancies')).json() as { items: { id: string; synthetic: boolean }[] };
  const of = (id: string): boolean => list.items.find((one) => one.id === id)!.synthetic;
  expect([of(real.id), of(invented.id)]).toEqual([false, true]);
  const found = (await read(`/api/v1/centre/proposals/${mixed.id}`, officer)).json() as {
    synthetic: boolean;
    household: { synthetic: boolean };
    placements: { vacancy: { synthetic: boolean } }[];
    localAlternative: { placements: { synthetic: boolean }[] };
  };
  expect(found).toMatchObject({
    synthetic: true,
    household: { synthetic: false },
    placements: [{ vacancy: { synthetic: false } }, { vacancy: { synthetic: true } }],
    localAlternative: { placements: [{ synthetic: true }] },
  });
  const matches = (await read(`/api/v1/households/${mixed.householdId}/matches`, mover)).json();
  expect(matches).toMatchObject([
    {
      placements: [{ synthetic: false }, { synthetic: true }],
      localAlternative: { placements: [{ synthetic: true }] },
    },
  ]);
});

it('need no tag each where the banner says it of the whole site', async () => {
  const demo = await startTestApp({ database, role: 'api', clock: { now: () => BUILT_AT }, config: { demo: true } });
  try {
    for (const path of ['/kk/vacancies', `/kk/vacancies/${invented.id}`]) {
      const page = await read(path, {}, demo);
      expect(page.$('.demo-mark').text()).toContain(translate('kk', 'page.site.demo_note'));
      expect(page.$('main').text()).not.toContain(translate('kk', 'page.site.invented'));
      expect(page.$('meta[name=robots]').attr('content')).toBe('noindex');
    }
  } finally {
    await demo.close();
  }
});
