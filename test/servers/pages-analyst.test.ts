import { jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { AnswersService } from '../../src/outcomes/answers.service.js';
import { FollowUpsService } from '../../src/outcomes/follow-ups.service.js';
import { TokenService } from '../../src/auth/token.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { MismatchService } from '../../src/matching/mismatch.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import type { TokenRole } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { makeArrival } from '../support/arrivals.js';
import { BUILT_AT, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { EVIL, type ReadPage, Reader, injected } from '../support/reader.js';

jest.setTimeout(180_000);

let database: TestDatabase;
let gateway: DemoGateway;
let program: TestApp;
let dataSource: DataSource;
let analyst: Reader;

beforeAll(async () => {
  gateway = await startDemoGateway();
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), BUILT_AT);
  program = await startTestApp({
    database,
    role: 'api',
    clock: { now: () => BUILT_AT },
    config: { sms: gateway.sms, smtp: gateway.smtp },
  });
  dataSource = program.dataSource;
  analyst = await readerOf('analyst');
  // Three posts of nurses in the north and one in the south; of teachers one in each; one seeker, a nurse of the south.
  for (let i = 0; i < 3; i++) await makeVacancy(dataSource, { districtKato: '591000000', openings: 4 });
  await makeVacancy(dataSource, { districtKato: '611000000', openings: 1 });
  for (const districtKato of ['391000000', '611000000'])
    await makeVacancy(dataSource, { districtKato, isco: '2330', sector: 'education', openings: 3 });
  await makeVacancy(dataSource, { columns: { source: 'other' }, sector: 'it', isco: '2512', openings: 7 });
  await makeHousehold(dataSource, { adults: [{ isco: '2221' }] });
  for (const source of ['test', EVIL[1]])
    await dataSource.query(
      `insert into ingest_run (id, source, connector, origin, status, started_at) values ($1, $2, 'enbek-feed', 'test', 'applied', now())`,
      [newId(), source],
    );
});
afterAll(async () => {
  await program.close();
  await database.drop();
  await gateway.close();
});

async function readerOf(role: TokenRole, regionCode: string | null = null): Promise<Reader> {
  const { token } = await program.app.get(TokenService).create({ role, label: role, regionCode });
  return new Reader(program, { authorization: `Bearer ${token}` });
}

/** Cells of a table's rows by the row's name. */
function tableOf({ $ }: ReadPage, index: number): Record<string, string[]> {
  const rows = $('main table').eq(index).find('tbody tr').toArray();
  return Object.fromEntries(
    rows.map((row) => [
      $(row).find('th').text(),
      $(row)
        .find('td')
        .toArray()
        .map((cell) => $(cell).text()),
    ]),
  );
}

async function fileOf(path: string): Promise<{ headers: Headers; bytes: Buffer; lines: string[] }> {
  const { token } = await program.app.get(TokenService).create({ role: 'analyst', label: 'file' });
  const answer = await fetch(program.url + path, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { headers: answer.headers, bytes, lines: bytes.toString('utf8').slice(1).trimEnd().split('\r\n') };
}

describe('Table 1', () => {
  it('shows live numbers with the printed ones beside them, in the picture and in the table alike', async () => {
    const page = await analyst.open('/en/analyst');
    expect(page.status).toBe(200);
    const rows = tableOf(page, 0);
    expect(Object.keys(rows)).toHaveLength(14);
    // Education, printed, medicine, printed, agriculture, printed.
    expect(rows['North Kazakhstan Region']).toEqual(['0', '66', '3', '98', '0', '38']);
    expect(rows['North together']).toEqual(['1', '565', '3', '1,064', '0', '470']);
    expect(rows['South together']).toEqual(['1', '1,264', '1', '551', '0', '230']);
    const inPicture = page
      .$('main svg[role=img] .tile text')
      .toArray()
      .map((text) => page.$(text).text());
    const inTable = Object.entries(rows)
      .filter(([name]) => !name.endsWith('together'))
      .flatMap(([, cells]) => cells.filter((_, i) => i % 2 === 0));
    expect(inPicture).toEqual(inTable);
  });

  it('gives the ratios that the service gives, and the paper’s', async () => {
    const page = await analyst.open('/en/analyst');
    const { northSouth } = await program.app.get(MismatchService).mismatch();
    const rows = tableOf(page, 1);
    expect(Object.keys(rows)).toHaveLength(Object.keys(northSouth).length);
    expect(northSouth['medicine']).toEqual({ north: 3, south: 1, ratio: 3 });
    expect(rows['Medicine']).toEqual(['3', '1', '3.00', '1,064', '551', '1.93']);
    expect(rows['Education and science']).toEqual(['1', '1', '1.00', '565', '1,264', '0.45']);
    expect(rows['IT and telecommunications']).toEqual(['1', '0', '–', '–', '–', '–']);
  });

  it('counts another measure, one source, every sector, and the programme’s sides on a date', async () => {
    const openings = await analyst.open('/en/analyst?measure=openings');
    expect(tableOf(openings, 0)['North together']).toEqual(['3', '12', '0']);
    const tension = await analyst.open('/en/analyst?measure=tension');
    expect(tableOf(tension, 0)['Turkistan Region']).toEqual(['3.0', '0.5', '0.0']);
    const every = await analyst.open('/en/analyst?sectors=all&source=other');
    expect(every.$('main table').first().find('thead').text()).toContain('IT and telecommunications');
    expect(tableOf(every, 1)['IT and telecommunications']!.slice(0, 2)).toEqual(['1', '0']);
    expect(tableOf(every, 1)['Medicine']!.slice(0, 2)).toEqual(['0', '0']);
    const programme = await analyst.open('/en/analyst?grouping=programme&on=2023-05-01');
    const rows = tableOf(programme, 0);
    expect(Object.keys(rows).length).toBeGreaterThan(14);
    expect(rows['North Kazakhstan Region']![3]).toBe('98');
    // The programme takes settlers to regions that the paper does not print.
    expect(rows['North together']).toHaveLength(6);
    expect(rows['North together']![1]).toBe('–');
  });

  it('says beside its field what is wrong with a question', async () => {
    const page = await analyst.open('/ru/analyst?on=2023-05-01');
    expect(page.status).toBe(422);
    expect(page.$('.field.wrong input').attr('name')).toBe('on');
    expect(page.$('main table')).toHaveLength(0);
    expect((await analyst.open('/ru/analyst?grouping=programme&on=2023-13-41')).status).toBe(422);
    expect((await analyst.open('/ru/analyst?measure=nonsense')).status).toBe(422);
    expect((await analyst.open('/ru/analyst/mismatch.csv?measure=nonsense')).status).toBe(400);
  });

  it('comes as a file for the Excel of the reader’s language', async () => {
    const kk = await fileOf('/kk/analyst/mismatch.csv');
    expect(kk.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(kk.headers.get('content-disposition')).toBe('attachment; filename="qonys-mismatch-2026-11-22.csv"');
    expect(kk.headers.get('cache-control')).toBe('no-store');
    expect([...kk.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(kk.lines).toContain('Түркістан облысы;KZ-61;Медицина;1;1;1;0,5;272');
    const en = await fileOf('/en/analyst/ratios.csv');
    expect(en.lines.find((line) => line.startsWith('Medicine'))).toBe(`Medicine,3,1,3,1064,551,${1064 / 551}`);
    const { cells } = await program.app.get(MismatchService).mismatch();
    expect(kk.lines).toHaveLength(cells.length + 1);
  });

  it('is shut to those who do not analyse', async () => {
    for (const path of ['', '/mismatch.csv', '/ratios.csv', '/occupations', '/occupations.csv']) {
      expect((await (await readerOf('officer', 'KZ-59')).open(`/ru/analyst${path}`)).status).toBe(403);
      expect((await new Reader(program).open(`/ru/analyst${path}`)).path).toMatch(/^\/ru\/sign-in/);
    }
    expect((await (await readerOf('administrator')).open('/ru/analyst')).status).toBe(200);
  });
});

describe('occupations', () => {
  it('stand in the picture as in the table, the scarcest in the north first', async () => {
    const page = await analyst.open('/en/analyst/occupations');
    expect(page.status).toBe(200);
    const rows = Object.values(tableOf(page, 0));
    expect(rows.map(([isco, , north, south]) => [isco, north, south])).toEqual([
      ['2221', '12.0', '0.5'],
      ['2512', '7.0', '0.0'],
      ['2330', '3.0', '3.0'],
    ]);
    expect(page.$('svg.dots[role=img] circle')).toHaveLength(3);
  });

  it('are those of a sector, in another order, as a file', async () => {
    const education = await analyst.open('/kk/analyst/occupations?sector=education');
    expect(Object.values(tableOf(education, 0)).map(([isco]) => isco)).toEqual(['2330']);
    const south = await fileOf('/ru/analyst/occupations.csv?order=south');
    expect(south.lines[1]).toMatch(/;2330;Образование и наука;3;3;3;3;0;0$/);
    expect((await analyst.open('/kk/analyst/occupations?sector=tourism')).$('main table')).toHaveLength(0);
  });

  it('show a name that tries to be markup or a formula as the text it is', async () => {
    for (const evil of EVIL) {
      await dataSource.query('update occupation set title_en = $1, title_ru = $2, title_kk = $1 where isco = $3', [
        evil,
        '=HYPERLINK("http://x")',
        '2512',
      ]);
      const page = await analyst.open('/en/analyst/occupations');
      expect(injected(page)).toEqual([]);
      expect(page.$('main').text()).toContain(evil);
    }
    const { lines } = await fileOf('/ru/analyst/occupations.csv');
    expect(lines.some((line) => line.startsWith(`"'=HYPERLINK(""http://x"")";2512`))).toBe(true);
    expect(injected(await analyst.open('/ru/analyst'))).toEqual([]);
  });
});

describe('delays', () => {
  type Status = 'approved' | 'returned' | 'rejected';
  const ACTIONS = { approved: 'approve', returned: 'return', rejected: 'reject' } as const;

  /** Cases of 2 November that were decided on a later day, by a person unless said otherwise. */
  async function decided(cases: number, status: Status, wish: { kato?: string; day?: string; actor?: string } = {}) {
    const { kato = '591000000', day = '2026-11-05', actor = newId() } = wish;
    const vacancy = await makeVacancy(dataSource, { districtKato: kato });
    for (let i = 0; i < cases; i++) {
      const { id, regionCode } = await makeProposal(dataSource, {
        vacancies: [vacancy],
        status,
        at: new Date('2026-11-02T06:00:00Z'),
        columns: { due_on: '2026-11-04' },
      });
      await dataSource.query(
        `insert into audit_entry (id, at, actor, actor_role, region_code, subject, subject_id, action, reason)
         values ($1, $2, $3, 'officer', $4, 'proposal', $5, $6, $7)`,
        [
          newId(),
          `${day}T06:00:00Z`,
          actor,
          regionCode,
          id,
          ACTIONS[status],
          status === 'approved' ? null : 'diploma_missing',
        ],
      );
    }
  }

  beforeAll(async () => {
    await decided(8, 'approved');
    await decided(6, 'returned', { day: '2026-11-12' });
    await decided(2, 'rejected', { day: '2026-11-12' });
    await decided(9, 'approved', { actor: 'rule', day: '2026-11-02' });
    await decided(3, 'approved', { kato: '551000000' });
    const vacancy = await makeVacancy(dataSource, { districtKato: '391000000' });
    for (let i = 0; i < 12; i++)
      await makeProposal(dataSource, { vacancies: [vacancy], dueOn: i < 5 ? '2026-11-20' : '2026-11-25' });
    await makeProposal(dataSource, {
      vacancies: [await makeVacancy(dataSource, { districtKato: '631000000' })],
    });
  });

  it('stand side by side by centre, people’s decisions only, nothing that tells of fewer than five', async () => {
    const page = await analyst.open('/en/analyst/delays');
    expect(page.status).toBe(200);
    const rows = tableOf(page, 0);
    // The regions that take settlers today; Akmola does no more.
    expect(Object.keys(rows)).toHaveLength(7);
    expect(Object.keys(rows)).not.toContain('Akmola');
    // Waiting, overdue, decided, median, nine of ten, approved, returned, referred, rejected, shares.
    expect(rows['North Kazakhstan']).toEqual(['0', '0', '16', '3', '8', '8', '<5', '0', '<5', '–', '–']);
    expect(rows['Pavlodar']).toEqual(['0', '0', '<5', '–', '–', '<5', '0', '0', '0', '–', '–']);
    expect(rows['Kostanay']!.slice(0, 3)).toEqual(['12', '5', '0']);
    expect(rows['East Kazakhstan']!.slice(0, 2)).toEqual(['<5', '0']);
    // The heading says it already.
    expect(page.$('caption > span:not(.hidden)').length).toBe(0);
  });

  it('are the same in the picture, the table by week, the files and the API', async () => {
    const page = await analyst.open('/en/analyst/delays');
    const weeks = Object.entries(tableOf(page, 1));
    const inPicture = page
      .$('main svg[role=img] .tile text')
      .toArray()
      .map((text) => page.$(text).text());
    expect(inPicture).toEqual(weeks.flatMap(([, cells]) => cells));
    expect(Object.fromEntries(weeks)['North Kazakhstan']!.slice(-4)).toEqual(['–', '3', '8', '–']);
    const { lines } = await fileOf('/ru/analyst/delays-centres.csv');
    expect(lines.find((line) => line.startsWith('Северо-Казахстанская'))).toMatch(/;0;0;16;3;8;8;<5;0;<5;;$/);
    expect((await fileOf('/ru/analyst/delays-reasons.csv')).lines.slice(1)).toEqual([
      'Нет диплома или свидетельства;Возвращено;6',
      'Нет диплома или свидетельства;Отклонено;<5',
    ]);
    expect((await fileOf('/kk/analyst/delays-weeks.csv')).lines).toHaveLength(weeks.length + 1);
    const { token } = await program.app.get(TokenService).create({ role: 'analyst', label: 'api' });
    const answer = await fetch(`${program.url}/api/v1/analysis/delays`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { centres } = (await answer.json()) as { centres: { region: string; decided: number | null }[] };
    expect(centres.find(({ region }) => region === 'KZ-59')).toMatchObject({
      decided: 16,
      medianDays: 3,
      return: null,
    });
    expect(centres.find(({ region }) => region === 'KZ-55')).toMatchObject({ decided: null, medianDays: null });
  });

  it('are shut to an officer', async () => {
    const officer = await readerOf('officer', 'KZ-59');
    for (const path of ['delays', 'delays-centres.csv', 'delays-weeks.csv', 'delays-reasons.csv'])
      expect((await officer.open(`/ru/analyst/${path}`)).status).toBe(403);
  });
});

describe('flows', () => {
  const PATH = '/en/analyst/flows';

  /** Households of a place, of three persons each, with a proposal in Ulytau; `yes`: how many of them agreed. */
  async function flow(homeKato: string, households: number, status: 'waiting' | 'claimed' | 'approved', yes = 0) {
    const vacancy = await makeVacancy(dataSource, { districtKato: '621000000' });
    for (let i = 0; i < households; i++) {
      const household = await makeHousehold(dataSource, { homeKato, adults: [{}] });
      const { id, placementIds } = await makeProposal(dataSource, { household, vacancies: [vacancy], status });
      if (i < yes)
        await dataSource.query(
          `insert into interest (id, household_id, proposal_id, placement_id, vacancy_id, region_code, expressed_at)
           values ($1, $2, $3, $4, $5, 'KZ-62', $6)`,
          [newId(), household.id, id, placementIds[0], vacancy.id, BUILT_AT],
        );
    }
  }

  /** What a row of the page's table says in the column of Ulytau. */
  async function toUlytau(question: string): Promise<Record<string, string>> {
    const page = await analyst.open(`${PATH}${question}`);
    expect(page.status).toBe(200);
    const head = page.$('main table thead th').toArray();
    const column = head.findIndex((cell) => page.$(cell).text() === 'Ulytau');
    return Object.fromEntries(Object.entries(tableOf(page, 0)).map(([name, cells]) => [name, cells[column - 1]!]));
  }

  beforeAll(async () => {
    await flow('431000000', 9, 'waiting');
    await flow('431000000', 1, 'claimed');
    await flow('311000000', 6, 'waiting');
    await flow('471000000', 2, 'waiting');
    await flow('431000000', 12, 'approved', 5);
    await flow('311000000', 7, 'approved', 6);
  });

  it('count households and persons by state, and hide what tells of fewer than five', async () => {
    expect(await toUlytau('')).toMatchObject({
      Kyzylorda: '10',
      Zhambyl: '<5',
      Mangystau: '<5',
    });
    expect(await toUlytau('?measure=persons')).toMatchObject({
      Kyzylorda: '30',
      Zhambyl: '–',
      Mangystau: '–',
    });
    expect(await toUlytau('?state=approved&measure=persons')).toMatchObject({
      Kyzylorda: '36',
      Zhambyl: '21',
    });
    // One of the seven approved did not say yes: six would tell of that one.
    expect(await toUlytau('?state=interested')).toEqual({ Kyzylorda: '5', Zhambyl: '<5' });
  });

  it('are the same in the picture, the file and the API, with no household in them', async () => {
    const page = await analyst.open(PATH);
    const inPicture = page
      .$('main svg[role=img] .tile text')
      .toArray()
      .map((text) => page.$(text).text());
    expect(inPicture).toEqual(Object.values(tableOf(page, 0)).flat());
    expect(page.$('main h2').first().text()).toBe('Waiting for the centre: families');
    const { lines } = await fileOf('/ru/analyst/flows.csv');
    const line = (origin: string): string | undefined =>
      lines.find((one) => one.includes(`;${origin};`) && one.includes(';KZ-62;'));
    expect(line('KZ-43')).toMatch(/;KZ-62;10;30;12;36;5;15;0;0;0;0$/);
    expect(line('KZ-31')).toMatch(/;KZ-62;<5;;7;21;<5;;0;0;0;0$/);
    const { token } = await program.app.get(TokenService).create({ role: 'analyst', label: 'api' });
    const answer = await fetch(`${program.url}/api/v1/analysis/flows`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    const { flows } = (await answer.json()) as { flows: { origin: string; reception: string }[] };
    expect(flows).toHaveLength(lines.length - 1);
    expect(flows.find(({ origin, reception }) => origin === 'KZ-31' && reception === 'KZ-62')).toEqual({
      origin: 'KZ-31',
      reception: 'KZ-62',
      waiting: { households: null, persons: null },
      approved: { households: 7, persons: 21 },
      interested: { households: null, persons: null },
      arrived: { households: 0, persons: 0 },
      returned: { households: 0, persons: 0 },
    });
  });

  it('count who has moved and gone back from where they applied, and whose application ended no more as approved', async () => {
    const made = [];
    for (let i = 0; i < 12; i++) {
      const household = { homeKato: '471000000', adults: [{}], children: 2 };
      made.push(await makeArrival(dataSource, { arrivedOn: '2026-10-01', districtKato: '621000000', household }));
    }
    await dataSource.query(`update application set home_region_code = 'KZ-47' where id = any($1)`, [
      made.map(({ applicationId }) => applicationId),
    ]);
    // They have written their new town as their home since.
    await dataSource.query(
      `update household set home_region_code = 'KZ-62', home_district_kato = '621000000' where id = any($1)`,
      [made.map(({ household }) => household.id)],
    );
    await dataSource.query(
      `update application set state = 'returned', owner = null, due_on = null, ended_at = now() where id = any($1)`,
      [made.slice(0, 5).map(({ applicationId }) => applicationId)],
    );
    await program.app.get(FollowUpsService).look();
    await program.app.get(AnswersService).noteReturns();
    const flowOf = async (origin: string) => {
      const { token } = await program.app.get(TokenService).create({ role: 'analyst', label: 'api' });
      const answer = await fetch(`${program.url}/api/v1/analysis/flows`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const { flows } = (await answer.json()) as { flows: { origin: string; reception: string }[] };
      return flows.find((one) => one.origin === origin && one.reception === 'KZ-62');
    };
    expect(await flowOf('KZ-47')).toMatchObject({
      arrived: { households: 12, persons: 36 },
      returned: { households: 5, persons: 15 },
    });
    expect(await flowOf('KZ-62')).toBeUndefined();
    expect(await toUlytau('?state=returned')).toEqual({ Mangystau: '5' });
    // Four of the seven approved of Zhambyl are refused: fewer than five are left, and Kyzylorda's twelve hide them.
    await dataSource.query(
      `insert into application (id, household_id, proposal_id, region_code, home_region_code, category, persons, state,
         ended_at, state_since, created_at, updated_at)
       select gen_random_uuid(), p.household_id, p.id, 'KZ-62', 'KZ-31', 'settlers', 3, 'refused', now(), now(), now(), now()
       from proposal p join household h on h.id = p.household_id
       where p.region_code = 'KZ-62' and p.status = 'approved' and h.home_region_code = 'KZ-31' order by p.id limit 4`,
    );
    expect(await toUlytau('?state=approved')).toMatchObject({ Zhambyl: '<5', Kyzylorda: '<5' });
  });

  it('refuse a wrong question, and an officer', async () => {
    expect((await analyst.open(`${PATH}?state=rejected`)).status).toBe(422);
    const officer = await readerOf('officer', 'KZ-59');
    for (const path of ['flows', 'flows.csv']) expect((await officer.open(`/ru/analyst/${path}`)).status).toBe(403);
    expect((await analyst.open('/kk/analyst')).$('nav.desk a[href="/kk/analyst/flows"]').text()).toBe('Ағындар');
  });
});

describe('quotas', () => {
  async function approved(kato: string, households: number, day: string): Promise<void> {
    const vacancy = await makeVacancy(dataSource, { districtKato: kato });
    for (let i = 0; i < households; i++)
      await makeProposal(dataSource, {
        vacancies: [vacancy],
        status: 'approved',
        columns: { decided_at: `${day}T06:00:00Z` },
      });
  }

  beforeAll(async () => {
    await approved('101000000', 6, '2026-03-02');
    await approved('631000000', 4, '2026-03-02');
    await approved('101000000', 5, '2025-03-02');
  });

  it('stand beside the persons approved in their year, none of fewer than five families', async () => {
    const page = await analyst.open('/en/analyst/quotas');
    expect(page.status).toBe(200);
    const settlers = tableOf(page, 0);
    const { lines } = await fileOf('/en/analyst/quotas.csv?on=2026-11-22');
    expect(lines).toContainEqual(expect.stringMatching(/^Abai Region,Settlers,275,18,0,0,275,2026-01-01,/));
    expect(lines).toContainEqual(expect.stringMatching(/^East Kazakhstan Region,Settlers,600,,0,0,600,2026-01-01,/));
    expect(lines).not.toContainEqual(expect.stringMatching(/^Akmola Region,Settlers/));
    // A file keeps dates that programs read; a page writes them out.
    expect(page.$('main table').text()).toContain('1 January 2026');
    expect(page.$('main').text()).not.toMatch(/\d{4}-\d{2}-\d{2}/);
    expect(lines).toContainEqual(expect.stringMatching(/^Akmola Region,Kandas,\d+,,,,,2026-01-01,/));
    expect(settlers['Ulytau Region']!.slice(0, 2)).toEqual(['Settlers', '125']);
    expect(page.$('main svg[role=img] text').text()).toContain('Abai Region: 18 / 275');
    expect(page.$('main svg[role=img] text').text()).toContain('East Kazakhstan Region: – / 600');
    const earlier = await fileOf('/en/analyst/quotas.csv?on=2025-02-01');
    expect(earlier.lines).toContainEqual(expect.stringMatching(/^Abai Region,Settlers,\d*,15,/));
  });

  it('are the same in the API, and mark what is not verified', async () => {
    await dataSource.query(
      `update programme_quota set verified = false where year = 2026 and region_code = 'KZ-10' and category = 'settlers'`,
    );
    const { token } = await program.app.get(TokenService).create({ role: 'analyst', label: 'api' });
    const ask = (question: string): Promise<Response> =>
      fetch(`${program.url}/api/v1/analysis/quotas${question}`, { headers: { authorization: `Bearer ${token}` } });
    const { quotas, national } = (await (await ask('?on=2026-11-22')).json()) as {
      quotas: { region: string }[];
      national: object[];
    };
    expect(national).toEqual([expect.objectContaining({ year: 2026, settlers: 5997, kandas: 2281, verified: true })]);
    expect(quotas.find(({ region }) => region === 'KZ-10')).toMatchObject({
      category: 'settlers',
      quota: { persons: 275, verified: false },
      approvedPersons: 18,
      few: false,
      reserved: 0,
      taken: 0,
      left: 275,
    });
    expect(quotas.find(({ region }) => region === 'KZ-63')).toMatchObject({
      approvedPersons: null,
      few: true,
      left: 600,
    });
    expect((await ask('?on=2026-13-01')).status).toBe(400);
    expect(tableOf(await analyst.open('/en/analyst/quotas'), 0)['Ulytau Region']!.at(-1)).not.toContain('unverified');
    const marked = await analyst.open('/en/analyst/quotas');
    expect(marked.$('main table').text()).toContain('(unverified)');
    expect(marked.$('main svg[role=img] text').text()).toContain('Abai Region: 18 / 275 *');
    expect(marked.$('main figcaption').text()).toContain('* unverified.');
  });

  it('have the total of the country beside them: the one in force, and one whose day is not known', async () => {
    const of = async (day: string): Promise<string> =>
      (await analyst.open(`/ru/analyst/quotas?on=${day}`)).text.replace(/\s/gu, ' ');
    const today = await of('2026-11-22');
    expect(today).toContain('Квота всей страны с 1 января 2026 г.: 5 997 переселенцев и 2 281 кандас.');
    const revised = await of('2024-08-24');
    expect(revised).toContain('с 24 августа 2024 г.: 6 450 переселенцев');
    expect(revised).not.toContain('7 050');
    expect(await of('2024-08-23')).toContain('с 1 января 2024 г.: 7 050 переселенцев');
    const undated = await of('2023-06-01');
    expect(undated).toContain('с 1 января 2023 г.: 6 727 переселенцев');
    expect(undated).toContain('В течение 2023 года, день неизвестен, квота всей страны стала: 6 592 переселенца');
  });

  it('refuse a wrong date beside its field, and an officer', async () => {
    const page = await analyst.open('/ru/analyst/quotas?on=2026-13-01');
    expect(page.status).toBe(422);
    expect(page.$('.field.wrong input').attr('name')).toBe('on');
    const officer = await readerOf('officer', 'KZ-59');
    for (const path of ['quotas', 'quotas.csv']) expect((await officer.open(`/ru/analyst/${path}`)).status).toBe(403);
  });
});
