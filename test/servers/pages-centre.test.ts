import { jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { TokenService } from '../../src/auth/token.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { loadReferenceData } from '../../src/reference-data.js';
import type { TokenRole } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, type MadeProposal, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { EVIL, type FormValues, type ReadPage, Reader, injected } from '../support/reader.js';
import { staff } from '../support/visitors.js';

jest.setTimeout(180_000);

/** A region that each block has for itself, with a place in it. */
const PAVLODAR = ['KZ-55', '551000000'] as const;
const KOSTANAY = ['KZ-39', '391000000'] as const;
const NORTH = ['KZ-59', '591000000'] as const;
const EAST = ['KZ-63', '631000000'] as const;

let database: TestDatabase;
let gateway: DemoGateway;
let program: TestApp;
let dataSource: DataSource;
let now = new Date(BUILT_AT);

beforeAll(async () => {
  gateway = await startDemoGateway();
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), now);
  program = await startTestApp({
    database,
    role: 'api',
    clock: { now: () => now },
    config: { sms: gateway.sms, smtp: gateway.smtp },
  });
  dataSource = program.dataSource;
});
beforeEach(() => {
  now = new Date(BUILT_AT);
});
afterAll(async () => {
  await program.close();
  await database.drop();
  await gateway.close();
});

/** Somebody of a centre, with a token of their own. */
async function someone(role: TokenRole, regionCode: string | null = null) {
  const { id, token } = await program.app.get(TokenService).create({ role, label: `${role} Сынақ`, regionCode });
  const headers = { authorization: `Bearer ${token}` };
  const reader = new Reader(program, headers);
  const api = async (method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> => {
    const answer = await fetch(`${program.url}/api/v1/centre/${path}`, {
      method,
      headers: { ...headers, 'accept-language': 'ru', ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  };
  return { id, reader, api };
}

/** Presses a button of the case that stands on a page. */
function decide(reader: Reader, page: ReadPage, action: string, values: FormValues = {}): Promise<ReadPage> {
  return reader.send(page, values, `/${action}`);
}

const caseIn = (page: ReadPage): string | undefined => /\/centre\/cases\/([0-9a-f-]{36})/.exec(page.path)?.[1];

async function standing(id: string): Promise<{ status: string; version: number; reason: string | null }> {
  const [row] = await dataSource.query('select status, version, reason from proposal where id = $1', [id]);
  return row as { status: string; version: number; reason: string | null };
}

const actionsOf = async (id: string): Promise<string[]> =>
  (
    await dataSource.query<{ action: string }[]>(
      `select action from audit_entry where subject_id = $1 and action <> 'read_contact' order by at, id`,
      [id],
    )
  ).map(({ action }) => action);

describe('the queue', () => {
  let made: MadeProposal[];

  beforeAll(async () => {
    const vacancy = await makeVacancy(dataSource, { districtKato: KOSTANAY[1], openings: 9 });
    const bare = await makeVacancy(dataSource, { districtKato: KOSTANAY[1], housing: null });
    made = [
      await makeProposal(dataSource, { vacancies: [vacancy], dueOn: '2026-11-18' }),
      await makeProposal(dataSource, { vacancies: [bare], dueOn: '2026-11-24', status: 'returned' }),
      await makeProposal(dataSource, { vacancies: [bare], dueOn: '2026-11-26' }),
    ];
    await makeProposal(dataSource, { vacancies: [await makeVacancy(dataSource, { districtKato: EAST[1] })] });
  });

  const shown = ({ $ }: ReadPage): string[] =>
    $('a[data-case]')
      .toArray()
      .map((one) => /cases\/([0-9a-f-]{36})/.exec($(one).attr('href')!)![1]!);

  it('says each case in one line, the overdue first, with the quota in sight', async () => {
    const { reader } = await someone('officer', KOSTANAY[0]);
    const page = await reader.open('/ru/centre');
    expect(page.status).toBe(200);
    expect(shown(page)).toEqual(made.map(({ id }) => id));
    expect(page.$('a[data-case]').first().text()).toMatch(
      /^3 человека: .+\. Туркестанская область → г\. Костанай\. 60 из 100$/,
    );
    expect(page.text).toContain('Просрочено: 18 ноября 2026 г.');
    expect(page.$('.desk-bar .quota').text()).toMatch(
      /^Квота на 2026 год: с учётом обещанного осталось [\d\s]+ из [\d\s]+$/,
    );
    const mark = (verified: boolean) =>
      dataSource.query('update programme_quota set verified = $1 where region_code = $2', [verified, KOSTANAY[0]]);
    await mark(false);
    expect((await reader.open('/ru/centre')).$('.desk-bar .quota .tag.warn').text()).toBe('не проверено');
    await mark(true);
    const kazakh = await reader.open('/kk/centre');
    expect(kazakh.text).toContain('3 адам:');
    expect(kazakh.text).not.toMatch(/\bиз 100|Очередь|Просрочено/);
  });

  it.each([
    ['overdue', [0]],
    ['returned', [1]],
    ['housing', [0]],
    ['mine', []],
    ['nonsense', [0, 1, 2]],
  ])('filtered as %s shows what it says', async (list, wanted) => {
    const { reader } = await someone('officer', KOSTANAY[0]);
    expect(shown(await reader.open(`/ru/centre?list=${list}`))).toEqual(wanted.map((i) => made[i]!.id));
  });

  it('has what the reader holds on top, and says to others whose it is', async () => {
    const [one, another] = [await someone('officer', KOSTANAY[0]), await someone('officer', KOSTANAY[0])];
    const page = await one.reader.open(`/ru/centre/cases/${made[2]!.id}`);
    await decide(one.reader, page, 'claim');
    const mine = await one.reader.open('/ru/centre');
    expect(shown(mine)).toEqual([2, 0, 1].map((i) => made[i]!.id));
    expect(mine.$('h2').first().text()).toBe('У меня в работе');
    expect((await another.reader.open('/ru/centre')).text).toContain('В работе: officer Сынақ, до 09:15');
    expect(shown(await one.reader.open('/ru/centre?list=mine'))).toEqual([made[2]!.id]);
  });

  it('asks an administrator which region, and goes on in it', async () => {
    const { reader } = await someone('administrator');
    const asked = await reader.open('/ru/centre');
    expect(asked.$('select[name=region] option').length).toBe(20);
    const page = await reader.send(asked, { region: KOSTANAY[0] });
    expect(shown(page).length).toBe(3);
    const overdue = page.$('.lists a').eq(1).attr('href')!;
    expect(shown(await reader.open(overdue))).toEqual([made[0]!.id]);
  });

  it('takes the next case that nobody works on', async () => {
    const { reader } = await someone('officer', KOSTANAY[0]);
    const page = await reader.send(await reader.open('/ru/centre'), {}, '/claim-next');
    expect(caseIn(page)).toBe(made[0]!.id);
    expect(page.$('[role=status]').text()).toContain('Вы взяли в работу');
    const back = await decide(reader, page, 'release');
    expect(back.path).toMatch(/^\/ru\/centre\?done=release/);
    // The table of states allows the step back.
    const again = await reader.send(back, {}, `${made[0]!.id}/claim`);
    expect(caseIn(again)).toBe(made[0]!.id);
    expect((await standing(made[0]!.id)).status).toBe('claimed');
  });

  it('takes the next case of the list that is open, and goes on in it', async () => {
    const { reader } = await someone('officer', KOSTANAY[0]);
    const list = await reader.open('/ru/centre?list=returned');
    const page = await reader.send(list, {}, '/claim-next');
    expect(shown(list)).toContain(caseIn(page));
    expect(page.path).toMatch(/list=returned/);
    await decide(reader, page, 'release');
    // With a case or without one, the officer stays in the list.
    const none = await reader.send(await reader.open('/ru/centre?list=housing'), {}, '/claim-next');
    expect(none.path).toMatch(/list=housing/);
  });

  it('is no page for a migrant’s, an employer’s or an analyst’s token, nor for nobody', async () => {
    const { reader } = await someone('analyst');
    expect((await reader.open('/ru/centre')).status).toBe(403);
    expect((await new Reader(program).open('/ru/centre')).path).toBe('/ru/sign-in?next=%2Fcentre');
  });
});

describe('a case', () => {
  it('shows household and jobs, why, what to check, the quota and the mismatch, and no injected code', async () => {
    const household = await makeHousehold(dataSource, {
      adults: [
        { columns: { occupation_title: EVIL[0], given_name: EVIL[1], family_name: EVIL[0] } },
        { isco: '6130', columns: { occupation_title: EVIL[1] } },
      ],
      columns: { phone: '+77011234567', housing_required: true, wished_region_codes: ['KZ-39'] },
    });
    const vacancy = await makeVacancy(dataSource, {
      districtKato: PAVLODAR[1],
      columns: { title: EVIL[0], subtitle: EVIL[1], employer_name: EVIL[0], location_text: EVIL[1] },
    });
    const { id, placementIds } = await makeProposal(dataSource, { household, vacancies: [vacancy] });
    await dataSource.query('update placement set parts = $2, mismatch = $3 where id = $1', [
      placementIds[0],
      JSON.stringify([
        { code: 'part.pay', value: 0.8, weight: 30, contribution: 24 },
        { code: 'part.congestion', value: -0.5, weight: 8, contribution: -4 },
        { code: 'part.occupation', value: 1, weight: 1, contribution: 1, needsCheck: ['speciality_differs'] },
      ]),
      JSON.stringify({
        tensionHome: 0.4,
        tensionThere: 2.5,
        mismatch: 6.25,
        sector: 'medicine',
        sectorNorthSouth: { north: 98, south: 40, ratio: 2.45 },
      }),
    ]);
    const { reader } = await someone('officer', PAVLODAR[0]);
    const before = await reader.open(`/ru/centre/cases/${id}`);
    for (const words of [
      'Семья, 4 человека',
      'Без жилья не поедет',
      'предоставляется (со слов работодателя, не проверено)',
      'баллы: -4',
      'специальность',
      'остаётся',
      '2,50',
      'в этом районе работы не нашлось',
      'Имена и номер появятся, когда вы возьмёте предложение в работу.',
    ]) {
      expect(before.text).toContain(words);
    }
    expect(before.html).not.toContain('+77011234567');
    expect(injected(before)).toEqual([]);
    expect(before.text).toContain(EVIL[0]);
    const claimed = await decide(reader, before, 'claim');
    expect(claimed.text).toContain('+77011234567');
    expect(injected(claimed)).toEqual([]);
    expect(claimed.path).not.toContain('7701');
    expect(claimed.headers.get('cache-control')).toBe('no-store');
    const kazakh = await reader.open(`/kk/centre/cases/${id}`);
    expect(kazakh.text).toContain('Баспанасыз көшпейді');
    expect(kazakh.text).not.toMatch(/page\.centre|Семья|Решение/);
  });

  it('carries the support and the month in both places, as the household reads them', async () => {
    const { id } = await makeProposal(dataSource, {
      vacancies: [await makeVacancy(dataSource, { districtKato: PAVLODAR[1] })],
    });
    const { reader, api } = await someone('officer', PAVLODAR[0]);
    const page = await reader.open(`/ru/centre/cases/${id}`);
    const money = page.$('section[aria-labelledby=money]').text();
    // Three persons by the index of 2026.
    expect(money).toMatch(/Поддержка за первый год: от/);
    expect(money).toMatch(/908\s250/);
    expect(money).toMatch(/Остаётся[^]*со слов семьи/);
    expect(money).not.toContain('с ваших слов');
    const { body } = await api('GET', `proposals/${id}`);
    expect(body).toMatchObject({
      support: { refusal: null, sheet: { mciTenge: 4325 }, budget: { members: 3 } },
    });
    const kazakh = await reader.open(`/kk/centre/cases/${id}`);
    expect(kazakh.$('section[aria-labelledby=money]').text()).toContain('отбасының айтуынша');
  });

  it('of another region, or of none, is not there', async () => {
    const { id } = await makeProposal(dataSource, {
      vacancies: [await makeVacancy(dataSource, { districtKato: EAST[1] })],
    });
    const { reader } = await someone('officer', PAVLODAR[0]);
    for (const wrong of [id, newId(), 'x']) {
      expect((await reader.open(`/ru/centre/cases/${wrong}`)).status).toBe(404);
      expect((await reader.open(`/ru/centre/cases/${wrong}/alike`)).status).toBe(404);
      for (const action of ['claim', 'release', 'approve', 'return', 'refer', 'reject', 'alike']) {
        const sent = await reader.post(
          `/ru/centre/cases/${wrong}/${action}`,
          new URLSearchParams({ version: '1', cases: `${id}:1`, decision: 'approve' }),
        );
        expect([action, sent.status]).toEqual([action, 404]);
      }
    }
    expect(await standing(id)).toEqual({ status: 'waiting', version: 1, reason: null });
  });
});

describe('a decision', () => {
  const three = async (): Promise<MadeProposal[]> => {
    await dataSource.query(
      `update proposal set status = 'rejected', claimed_by = null, claimed_until = null where region_code = $1`,
      [NORTH[0]],
    );
    const made: MadeProposal[] = [];
    for (const dueOn of ['2026-11-23', '2026-11-24', '2026-11-25']) {
      made.push(
        await makeProposal(dataSource, {
          vacancies: [await makeVacancy(dataSource, { districtKato: NORTH[1] })],
          dueOn,
        }),
      );
    }
    return made;
  };

  it('opens the next case and says what was done; sent twice it is one', async () => {
    const [first, second] = await three();
    const { reader } = await someone('officer', NORTH[0]);
    const page = await reader.open(`/ru/centre/cases/${first!.id}`);
    const next = await decide(reader, page, 'approve');
    expect(caseIn(next)).toBe(second!.id);
    expect(next.$('[role=status]').text()).toContain('Вы одобрили');
    expect(next.$('[role=status]').text()).toContain('Отменить это нельзя');
    expect(next.$('[role=status] form').length).toBe(0);
    const again = await decide(reader, page, 'approve');
    expect([again.status, caseIn(again)]).toEqual([200, second!.id]);
    expect(await standing(first!.id)).toMatchObject({ status: 'approved', version: 2 });
    expect(await actionsOf(first!.id)).toEqual(['approve']);
  });

  it('by who works with claims claims the next case, which no other officer gets', async () => {
    const [first, second, third] = await three();
    const [one, another] = [await someone('officer', NORTH[0]), await someone('officer', NORTH[0])];
    const claimed = await decide(one.reader, await one.reader.open(`/ru/centre/cases/${first!.id}`), 'claim');
    const next = await decide(one.reader, claimed, 'reject', { reason: 'post_filled' });
    expect(caseIn(next)).toBe(second!.id);
    expect(await standing(second!.id)).toMatchObject({ status: 'claimed' });
    expect(await standing(first!.id)).toMatchObject({ status: 'rejected', reason: 'post_filled' });
    const taken = await another.reader.send(await another.reader.open('/ru/centre'), {}, '/claim-next');
    expect(caseIn(taken)).toBe(third!.id);
  });

  it('of two officers is taken once; the second sees what happened', async () => {
    const [first] = await three();
    const [one, another] = [await someone('officer', NORTH[0]), await someone('supervisor', NORTH[0])];
    const page = await one.reader.open(`/ru/centre/cases/${first!.id}`);
    const theirs = await another.reader.open(`/ru/centre/cases/${first!.id}`);
    await decide(one.reader, page, 'approve');
    const late = await decide(another.reader, theirs, 'reject', { reason: 'employer_refused' });
    expect(late.status).toBe(409);
    expect(late.$('[role=alert]').text()).toContain('Ваше решение не принято');
    expect(late.$('[role=alert]').text()).toContain('состояние – одобрено');
    expect(late.$('[role=alert]').text()).toMatch(/Последнее изменение: Одобрение, officer Сынақ, 22 ноября 2026/);
    expect(late.$('[role=alert]').text()).toContain('proposal.changed_meanwhile');
    expect(await standing(first!.id)).toMatchObject({ status: 'approved' });
  });

  it('on what is no longer true is refused with what broke', async () => {
    const [first] = await three();
    const { reader } = await someone('officer', NORTH[0]);
    const page = await reader.open(`/kk/centre/cases/${first!.id}`);
    await dataSource.query(
      `update vacancy set status = 'closed', closed_at = now() where id in (select vacancy_id from placement where proposal_id = $1)`,
      [first!.id],
    );
    const refused = await decide(reader, page, 'approve');
    expect(refused.status).toBe(409);
    expect(refused.$('[role=alert]').text()).toContain('жабылды. Ұсыныс қайтарып алынды');
    expect(await standing(first!.id)).toMatchObject({ status: 'withdrawn' });
  });

  it('asks for a reason, keeps what was typed, and sends the household’s question', async () => {
    const [first] = await three();
    const { reader } = await someone('officer', NORTH[0]);
    const page = await reader.open(`/ru/centre/cases/${first!.id}`);
    const refused = await decide(reader, page, 'return', { note: EVIL[0] });
    expect(refused.status).toBe(422);
    expect(refused.$('.error-summary').text()).toContain('Выберите причину.');
    expect(refused.$('#note-return').val()).toBe(EVIL[0]);
    expect(refused.$('details[data-panel][open]').length).toBe(1);
    expect(injected(refused)).toEqual([]);
    await decide(reader, refused, 'return', { reason: 'diploma_missing', note: 'Пришлите диплом' });
    const [row] = await dataSource.query('select status, reason, note from proposal where id = $1', [first!.id]);
    expect(row).toEqual({ status: 'returned', reason: 'diploma_missing', note: 'Пришлите диплом' });
  });

  it('hands over only to a region where something fits, and says so by its name', async () => {
    const [first] = await three();
    const { reader } = await someone('officer', NORTH[0]);
    const page = await reader.open(`/ru/centre/cases/${first!.id}`);
    expect(page.$('form[action$="/refer"] option[selected]').length).toBe(0);
    const none = await decide(reader, page, 'refer', { reason: 'quota_exhausted' });
    expect([none.status, none.$('.error-summary').text()]).toEqual([
      422,
      expect.stringContaining('Выберите, в какой регион'),
    ]);
    const [{ household_id: householdId }] = await dataSource.query('select household_id from proposal where id = $1', [
      first!.id,
    ]);
    await dataSource.query('update household set excluded_region_codes = $2 where id = $1', [householdId, ['KZ-15']]);
    const unfit = await decide(reader, page, 'refer', { reason: 'quota_exhausted', region: 'KZ-15' });
    expect(unfit.status).toBe(422);
    expect(unfit.$('.error-summary').text()).toMatch(/Актюбинск/);
    expect(await standing(first!.id)).toMatchObject({ status: 'waiting' });
  });

  it('hands over with two keys: the region of the best match elsewhere is chosen, or the one that is wished', async () => {
    const [first] = await three();
    const { reader } = await someone('officer', NORTH[0]);
    const [household] = await dataSource.query('select household_id as id from proposal where id = $1', [first!.id]);
    const { id: householdId } = household as { id: string };
    for (const [kato, score] of [
      [KOSTANAY[1], 41],
      [EAST[1], 77],
    ] as const) {
      const other = await makeProposal(dataSource, {
        vacancies: [await makeVacancy(dataSource, { districtKato: kato })],
        columns: { score },
      });
      await dataSource.query('update proposal set household_id = $2 where id = $1', [other.id, householdId]);
    }
    const chosen = async (): Promise<string | undefined> =>
      (await reader.open(`/ru/centre/cases/${first!.id}`)).$('form[action$="/refer"] option[selected]').attr('value');
    expect(await chosen()).toBe('KZ-63');
    await dataSource.query('update household set wished_region_codes = $2 where id = $1', [householdId, ['KZ-39']]);
    expect(await chosen()).toBe('KZ-39');
  });

  it('after a claim has run out needs a new claim', async () => {
    const [first] = await three();
    const { reader } = await someone('officer', NORTH[0]);
    await decide(reader, await reader.open(`/ru/centre/cases/${first!.id}`), 'claim');
    now = new Date(now.getTime() + 16 * 60_000);
    const page = await reader.open(`/ru/centre/cases/${first!.id}`);
    expect(page.text).toContain('Время, на которое его взяли, истекло.');
    expect(page.$('form[action$="/approve"]').length).toBe(0);
    const sent = await reader.post(`/ru/centre/cases/${first!.id}/approve`, new URLSearchParams({ version: '2' }));
    expect([sent.status, sent.$('[role=alert]').text()]).toEqual([
      409,
      expect.stringContaining('proposal.lease_expired'),
    ]);
  });

  it('of a colleague’s case is left to the colleague; a supervisor may give it back', async () => {
    const [first] = await three();
    const holder = await someone('officer', NORTH[0]);
    await decide(holder.reader, await holder.reader.open(`/ru/centre/cases/${first!.id}`), 'claim');
    const officer = await someone('officer', NORTH[0]);
    const seen = await officer.reader.open(`/ru/centre/cases/${first!.id}`);
    expect(seen.$('.decide form').length).toBe(0);
    const sent = await officer.reader.post(
      `/ru/centre/cases/${first!.id}/approve`,
      new URLSearchParams({ version: '2' }),
    );
    expect([sent.status, sent.text]).toEqual([409, expect.stringContaining('работает другой сотрудник')]);
    const supervisor = await someone('supervisor', NORTH[0]);
    const theirs = await supervisor.reader.open(`/ru/centre/cases/${first!.id}`);
    await decide(supervisor.reader, theirs, 'release');
    expect(await standing(first!.id)).toMatchObject({ status: 'waiting' });
    // Tapped twice, given back once.
    expect((await decide(supervisor.reader, theirs, 'release')).status).toBe(200);
    expect(await actionsOf(first!.id)).toEqual(['claim', 'release']);
  });

  it('that approved is followed by the household’s yes, where it said so', async () => {
    const vacancies = [await makeVacancy(dataSource, { districtKato: NORTH[1], columns: { title: EVIL[1] } })];
    const { id, householdId, placementIds } = await makeProposal(dataSource, { vacancies, status: 'approved' });
    await dataSource.query(
      `insert into interest (id, household_id, proposal_id, placement_id, vacancy_id, region_code, expressed_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), householdId, id, placementIds[0], vacancies[0]!.id, NORTH[0], now],
    );
    const { reader } = await someone('officer', NORTH[0]);
    const page = await reader.open(`/ru/centre/cases/${id}`);
    expect(page.text).toContain(`Семье интересна эта работа: ${EVIL[1]} (22 ноября 2026 г.)`);
    expect(injected(page)).toEqual([]);
    expect(page.$('.decide form').length).toBe(0);
  });

  it('by a signed-in person stands under their name, and from another site it is refused', async () => {
    const [first] = await three();
    const { browser } = await staff(program, gateway, {
      role: 'officer',
      regionCode: NORTH[0],
      label: 'Гүлнар Сейітова',
    });
    const reader = new Reader(program);
    reader.take(browser.cookies);
    const page = await reader.open(`/kk/centre/cases/${first!.id}`);
    const forged = await reader.post(`/kk/centre/cases/${first!.id}/approve`, new URLSearchParams({ version: '1' }), {
      'sec-fetch-site': 'cross-site',
    });
    expect(forged.status).toBe(403);
    expect(await standing(first!.id)).toMatchObject({ status: 'waiting' });
    const claimed = await decide(reader, page, 'claim');
    expect(claimed.text).toContain('Гүлнар Сейітова');
    const other = await someone('officer', NORTH[0]);
    expect((await other.reader.open('/kk/centre')).text).toContain('Гүлнар Сейітова қарап жатыр');
  });
});

describe('alike cases', () => {
  let made: MadeProposal[];

  beforeEach(async () => {
    await dataSource.query(
      `update proposal set status = 'rejected', claimed_by = null, claimed_until = null where region_code = $1`,
      [EAST[0]],
    );
    const vacancy = await makeVacancy(dataSource, { districtKato: EAST[1], openings: 5 });
    made = [];
    for (let i = 0; i < 3; i++) made.push(await makeProposal(dataSource, { vacancies: [vacancy] }));
    // The same post for another occupation, and the same occupation for another post.
    await makeProposal(dataSource, {
      vacancies: [vacancy],
      household: await makeHousehold(dataSource, { adults: [{ isco: '6130' }] }),
    });
    await makeProposal(dataSource, { vacancies: [await makeVacancy(dataSource, { districtKato: EAST[1] })] });
  });

  it('are approved together, each by itself; what failed is named with its reason', async () => {
    const { reader } = await someone('officer', EAST[0]);
    expect((await reader.open('/ru/centre')).text).toContain('Ещё 2 таких же предложения');
    const page = await reader.open(`/ru/centre/cases/${made[0]!.id}/alike`);
    expect(page.$('input[name=cases]').length).toBe(3);
    await dataSource.query('update household set consent_matching_at = null where id = $1', [made[2]!.householdId]);
    const done = await reader.send(page, { cases: made.map(({ id }) => `${id}:1`), decision: 'approve' }, '/alike');
    expect(done.status).toBe(200);
    // The answer is a page that may be read again, and in another language.
    expect(done.path).toContain(`/ru/centre/cases/${made[0]!.id}/alike/decided?case=`);
    const again = await reader.open(done.path);
    expect(again.text).toBe(done.text);
    expect((await reader.open(done.$('.languages a[hreflang=kk]').attr('href')!)).status).toBe(200);
    expect(done.text).toContain('Решено 2 из 3.');
    expect(done.$('section[aria-labelledby=failed] li').text()).toContain('Семья не дала согласия');
    expect((await standing(made[0]!.id)).status).toBe('approved');
    expect((await standing(made[1]!.id)).status).toBe('approved');
    for (const { id } of made.slice(0, 2)) expect(await actionsOf(id)).toEqual(['approve']);
  });

  it('lead an administrator back to the queue of their region', async () => {
    const { reader } = await someone('administrator');
    const page = await reader.open(`/ru/centre/cases/${made[0]!.id}/alike`);
    expect(page.$('a.back').attr('href')).toBe(`/ru/centre?region=${EAST[0]}`);
  });

  it('are rejected together with one reason', async () => {
    const { reader } = await someone('officer', EAST[0]);
    const page = await reader.open(`/kk/centre/cases/${made[0]!.id}/alike`);
    await reader.send(
      page,
      { cases: made.slice(0, 2).map(({ id }) => `${id}:1`), decision: 'employer_refused' },
      '/alike',
    );
    expect(await Promise.all(made.map(async ({ id }) => (await standing(id)).status))).toEqual([
      'rejected',
      'rejected',
      'waiting',
    ]);
  });

  it('whose outcome is read by others of the region only, as it stands', async () => {
    const address = `/ru/centre/cases/${made[0]!.id}/alike/decided?${made.map(({ id }) => `case=${id}`).join('&')}`;
    const { reader } = await someone('officer', EAST[0]);
    const held = `${address}:proposal.claimed_by_another`;
    await dataSource.query(
      `update proposal set status = 'claimed', claimed_by = $2, claimed_until = $3 where id = $1`,
      [made[2]!.id, newId(), new Date(now.getTime() + 600_000)],
    );
    const page = await reader.open(held);
    expect(page.$('section[aria-labelledby=failed] li').text()).toContain('до 09:10 работает другой сотрудник');
    const { reader: stranger } = await someone('officer', NORTH[0]);
    expect((await stranger.open(address)).status).toBe(404);
    expect((await reader.open(`${address}&case=nonsense`)).status).toBe(200);
  });

  it('must be alike and ticked, or nothing is decided', async () => {
    const { reader, api } = await someone('officer', EAST[0]);
    const page = await reader.open(`/ru/centre/cases/${made[0]!.id}/alike`);
    const none = await reader.send(page, { decision: 'approve' }, '/alike');
    expect([none.status, none.$('.error-summary').text()]).toEqual([
      422,
      expect.stringContaining('Отметьте хотя бы одно'),
    ]);
    const [other] = await dataSource.query<{ id: string }[]>(
      `select id from proposal where region_code = $1 and status = 'waiting' and id <> all($2::uuid[]) limit 1`,
      [EAST[0], made.map(({ id }) => id)],
    );
    const mixed = [made[0]!.id, other!.id];
    const refused = await reader.send(page, { cases: mixed.map((id) => `${id}:1`), decision: 'approve' }, '/alike');
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('не одинаковы')]);
    const called = await api('POST', 'queue/batch', {
      action: 'approve',
      cases: mixed.map((id) => ({ id, version: 1 })),
    });
    expect(called).toMatchObject({ status: 422, body: { code: 'batch.not_alike' } });
    expect((await standing(made[0]!.id)).status).toBe('waiting');
  });

  it('are the same by the API, which reports each', async () => {
    const { api } = await someone('officer', EAST[0]);
    const found = await api('GET', `proposals/${made[1]!.id}/alike`);
    expect((found.body as { items: { id: string }[] }).items.map(({ id }) => id).sort()).toEqual(
      made.map(({ id }) => id).sort(),
    );
    const cases = [
      { id: made[0]!.id, version: 1 },
      { id: made[1]!.id, version: 7 },
    ];
    const { status, body } = await api('POST', 'queue/batch', { action: 'reject', reason: 'post_filled', cases });
    expect(status).toBe(200);
    expect(body).toEqual([
      { id: made[0]!.id, state: expect.objectContaining({ status: 'rejected' }), code: null, text: null },
      { id: made[1]!.id, state: null, code: 'proposal.changed_meanwhile', text: expect.stringContaining('изменилось') },
    ]);
    expect((await api('POST', 'queue/batch', { action: 'reject', cases })).status).toBe(400);
  });
});

describe('the region beside its queue', () => {
  it('is paused and resumed by its supervisor only, who also sets the rule once', async () => {
    const supervisor = await someone('supervisor', EAST[0]);
    const page = await supervisor.reader.open('/ru/centre/today');
    const paused = await supervisor.reader.send(page, {}, '/pause');
    expect(paused.text).toContain('Уведомления остановлены. Ничего не потеряно');
    await supervisor.reader.send(paused, {}, '/resume');
    const officer = await someone('officer', EAST[0]);
    const seen = await officer.reader.open('/ru/centre/today');
    expect(seen.$('main form').length).toBe(0);
    for (const action of ['pause', 'resume', 'rule']) {
      expect((await officer.reader.post(`/ru/centre/today/${action}`, new URLSearchParams())).status).toBe(403);
    }
    const rule = {
      enabled: 'yes',
      minScore: '72,5',
      sectors: ['medicine', 'education'],
      housingRequired: 'yes',
      allAdultsPlaced: [],
    };
    for (let i = 0; i < 2; i++) {
      const saved = await supervisor.reader.send(await supervisor.reader.open('/ru/centre/today'), rule, '/rule');
      expect(saved.text).toContain('Правило сохранено.');
    }
    const rows = await dataSource.query(
      `select min_score, sectors, enabled, all_adults_placed from auto_approve_rule where region_code = $1`,
      [EAST[0]],
    );
    expect(rows).toEqual([
      { min_score: 72.5, sectors: ['medicine', 'education'], enabled: true, all_adults_placed: false },
    ]);
    const anySector = { ...rule, sectors: [] };
    await supervisor.reader.send(await supervisor.reader.open('/ru/centre/today'), anySector, '/rule');
    expect((await supervisor.reader.open('/kk/centre/today')).text).toContain('Қай салалардакез келген');
    const wrong = await supervisor.reader.send(
      await supervisor.reader.open('/ru/centre/today'),
      { ...rule, minScore: '720' },
      '/rule',
    );
    expect([wrong.status, wrong.$('#f-minScore').val()]).toEqual([422, '720']);
  });

  it('counts today’s receipts and waits as the API does', async () => {
    await dataSource.query(`update proposal set created_at = $2 where region_code = $1`, [
      PAVLODAR[0],
      new Date(now.getTime() - 48 * 3_600_000),
    ]);
    const { reader, api } = await someone('officer', PAVLODAR[0]);
    const { body } = await api('GET', 'summary');
    expect(body).toMatchObject({
      waits: { waitingDays: 2, decidedDays: null },
      notices: { receipts: { sent: 0, failed: 0, suppressed: 0, inDoubt: 0 } },
    });
    expect((await reader.open('/ru/centre/today')).text).toContain('Обычно ждёт2 дн.');
  });

  it('shows refused records with reason, field and raw text; an administrator reads them again', async () => {
    const runId = newId();
    await dataSource.query(
      `insert into ingest_run (id, source, connector, origin, status, started_at) values ($1, 'enbek', 'enbek-feed', 'a.ndjson', 'applied', $2)`,
      [runId, now],
    );
    await dataSource.query(
      `insert into rejected_record (id, run_id, source, connector, origin, ref, code, field, params, raw, region_code, rejected_at,
         as_of)
       values ($1, $2, 'enbek', 'enbek-feed', 'a.ndjson', 'line 17', 'record.missing_field', 'title', '{}', $3, $4, $5, $5)`,
      [newId(), runId, `{"uid": "1"} ${EVIL[0]}`, KOSTANAY[0], now],
    );
    const officer = await someone('officer', KOSTANAY[0]);
    const page = await officer.reader.open('/ru/centre/rejected');
    expect(page.$('main h2').text()).toMatch(/поле «?title|title/i);
    expect(page.$('pre').text()).toBe(`{"uid": "1"} ${EVIL[0]}`);
    expect(page.text).toContain('line 17');
    expect(injected(page)).toEqual([]);
    expect(page.$('main form').length).toBe(0);
    expect((await (await someone('officer', EAST[0])).reader.open('/ru/centre/rejected')).$('pre').length).toBe(0);
    const administrator = await someone('administrator');
    const all = await administrator.reader.open(`/ru/centre/rejected?region=${KOSTANAY[0]}`);
    const retried = await administrator.reader.send(all, {});
    expect(retried.text).toContain('Запись снова не принята.');
  });

  it('has its firms checked by its own centre', async () => {
    const firmId = newId();
    await dataSource.query(
      `insert into employer (id, name, name_normalised, bin, created_at) values ($1, $2, 'firm', '940140000385', $3)`,
      [firmId, `ТОО ${EVIL[1]}`, now],
    );
    await makeVacancy(dataSource, {
      districtKato: KOSTANAY[1],
      columns: { employer_id: firmId, source: `employer:${firmId}` },
    });
    const other = await someone('officer', EAST[0]);
    expect((await other.reader.post(`/ru/centre/employers/${firmId}/verify`, new URLSearchParams())).status).toBe(403);
    const { reader, api } = await someone('officer', KOSTANAY[0]);
    const page = await reader.open('/ru/centre/employers');
    expect(page.text).toContain('1 своя вакансия ждёт проверки');
    // One press opens the question, another answers it.
    expect(page.$('main form[action$="/verify"]').closest('details').text()).toContain('БИН 940140000385 сверен');
    expect(injected(page)).toEqual([]);
    expect((await api('GET', 'employers')).body).toMatchObject({ items: [{ id: firmId, ownPosts: 1, vacancies: 1 }] });
    const numbered = [1, 10, 2].map((number) => [newId(), `Школа 59-${number}`] as const);
    for (const [id, name] of numbered) {
      await dataSource.query(
        `insert into employer (id, name, name_normalised, created_at) values ($1, $2, lower($2), $3)`,
        [id, name, now],
      );
      await makeVacancy(dataSource, { districtKato: KOSTANAY[1], columns: { employer_id: id } });
    }
    const all = await reader.open('/ru/centre/employers');
    // Folded: what can be done something about is not far down on a phone.
    expect(all.$('main li.card h2')).toHaveLength(1);
    const folded = all.$('main details').filter((_, one) => all.$(one).text().includes('Предприятия без БИН: 3'));
    const names = folded.find('li').toArray();
    expect(names.map((one) => /Школа 59-\d+/.exec(all.$(one).text())?.[0])).toEqual([
      'Школа 59-1',
      'Школа 59-2',
      'Школа 59-10',
    ]);
    // Without a BIN there is nothing to check a firm by.
    expect(all.$('form[action$="/verify"]').length).toBe(1);
    expect(folded.text()).toContain('сначала им нужно указать БИН');
    const refused = await reader.post(`/ru/centre/employers/${numbered[0]![0]}/verify`, new URLSearchParams());
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('нет БИН')]);
    await dataSource.query(
      `update vacancy set status = 'closed', closed_at = now() where employer_id = any($1::uuid[])`,
      [numbered.map(([id]) => id)],
    );
    const done = await reader.send(page, {});
    expect(done.text).toContain('Отмечено как проверенное: ТОО');
    expect(done.text).toContain('Проверять некого.');
    const trail = await reader.open('/ru/centre/trail?subject=employer');
    expect(trail.$('tbody tr').text()).toContain('Проверка работодателя');
  });

  it('has a trail that is filtered, paged, and nobody else’s', async () => {
    const { reader, api } = await someone('officer', EAST[0]);
    const rejected = await reader.open('/ru/centre/trail?action=reject&from=2026-11-22&to=2026-11-22');
    expect(rejected.$('tbody tr').length).toBeGreaterThan(0);
    expect(
      rejected
        .$('tbody tr')
        .toArray()
        .every((row) => rejected.$(row).text().includes('Отклонение')),
    ).toBe(true);
    expect((await reader.open('/ru/centre/trail?to=2026-11-21')).text).toContain('Записей нет.');
    const wrong = await reader.open('/ru/centre/trail?from=2026-02-30');
    expect([wrong.status, wrong.$('.error-summary').length]).toEqual([422, 1]);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await api('GET', `trail?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      const slice = body as { items: { id: string }[]; nextCursor: string | null };
      seen.push(...slice.items.map(({ id }) => id));
      cursor = slice.nextCursor;
    } while (cursor !== null);
    const ids = await dataSource.query<{ id: string }[]>(
      `select id from audit_entry where region_code = $1 order by at desc, id desc`,
      [EAST[0]],
    );
    expect(seen).toEqual(ids.map(({ id }) => id));
    expect((await api('GET', 'trail?cursor=x')).status).toBe(400);
  });
});
