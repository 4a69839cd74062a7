import { jest } from '@jest/globals';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { dateInKazakhstan } from '../../src/shared/clock.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { EVIL, Reader, injected } from '../support/reader.js';
import { type StaffMember, staff, tokenSentTo } from '../support/visitors.js';

jest.setTimeout(180_000);

let database: TestDatabase;
let gateway: DemoGateway;
let program: TestApp;

beforeAll(async () => {
  gateway = await startDemoGateway();
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), new Date());
  program = await startTestApp({ database, role: 'api', config: { sms: gateway.sms, smtp: gateway.smtp } });
});
afterAll(async () => {
  await program.close();
  await database.drop();
  await gateway.close();
});

async function someone(wish: Parameters<typeof staff>[2]): Promise<StaffMember & { reader: Reader }> {
  const member = await staff(program, gateway, wish);
  const reader = new Reader(program, { 'user-agent': 'test browser' });
  reader.take(member.browser.cookies);
  return { ...member, reader };
}

/** Waits for what goes out after the answer. */
async function letterTo(email: string): Promise<string> {
  for (let i = 0; i < 100; i++) {
    if (gateway.arrivals.some(({ to }) => to === email)) return tokenSentTo(gateway, email);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No letter to ${email}.`);
}

describe('an administrator', () => {
  it('invites by e-mail, and sees the account in the list', async () => {
    const { reader } = await someone({ role: 'administrator' });
    const wish = { label: EVIL[0], email: 'new@example.kz', role: 'officer', regionCode: 'KZ-59' };
    const page = await reader.send(await reader.open('/ru/admin'), wish, '/accounts');
    expect(page.path).toBe('/ru/admin?done=invited');
    expect(page.text).toContain('Приглашение отправлено.');
    const row = page
      .$('main li.card')
      .filter((_, one) => page.$(one).text().includes('new@example.kz'))
      .text();
    expect(row).toContain(EVIL[0]);
    expect(row).toContain('Северо-Казахстанская область');
    expect(row).toContain('вход ещё не настроен');
    expect(injected(page)).toEqual([]);
    expect(await letterTo('new@example.kz')).toMatch(/^[\w-]{16,}$/);
  });

  it('hears beside its field what is wrong', async () => {
    const { reader } = await someone({ role: 'administrator' });
    const form = await reader.open('/kk/admin');
    const empty = await reader.send(form, {}, '/accounts');
    expect([empty.status, empty.$('.error-summary li').length]).toEqual([422, 3]);
    const wish = { label: 'Айгүл', email: 'x@example.kz', role: 'officer' };
    const bare = await reader.send(form, wish, '/accounts');
    expect(bare.$('#f-regionCode-error').text()).toContain('Орталықтың өңірін таңдаңыз.');
    expect(bare.$('#f-label').val()).toBe('Айгүл');
    const beyond = await reader.send(form, { ...wish, role: 'analyst', regionCode: 'KZ-59' }, '/accounts');
    expect(beyond.$('#f-regionCode-error').text()).toContain('Бұл рөлдің өңірі болмайды.');
    const taken = (await staff(program, gateway, { role: 'analyst' })).email;
    const twice = await reader.send(form, { ...wish, email: taken, role: 'analyst' }, '/accounts');
    expect([twice.status, twice.$('#f-email-error').length]).toEqual([422, 1]);
  });

  it('disables an account, which is signed out at once, and enables it again, but never the own one', async () => {
    const { id: own, reader } = await someone({ role: 'administrator' });
    const other = await someone({ role: 'analyst' });
    expect((await other.reader.open('/ru/account')).path).toBe('/ru/account');
    const account = await reader.open(`/ru/admin/accounts/${other.id}`);
    const done = await reader.send(account, {}, `/${other.id}/disable`);
    expect(done.text).toContain('Учётная запись отключена');
    expect((await other.reader.open('/ru/account')).path).toMatch(/^\/ru\/sign-in/);
    const again = await reader.send(await reader.open(`/ru/admin/accounts/${other.id}`), {}, `/${other.id}/enable`);
    expect(again.text).toContain('Учётная запись снова действует.');
    expect(again.$(`a[href$="/accounts/${own}"]`).length).toBe(0);
    expect((await reader.post(`/ru/admin/accounts/${own}/disable`, new URLSearchParams())).status).toBe(409);
  });

  it('ends all sessions of an account, and resets its second factor with a reason that stays in the log', async () => {
    const { reader } = await someone({ role: 'administrator' });
    const other = await someone({ role: 'officer', regionCode: 'KZ-59' });
    const path = `/ru/admin/accounts/${other.id}`;
    const out = await reader.send(await reader.open(path), {}, `/${other.id}/sign-out`);
    expect(out.text).toContain('Все входы учётной записи завершены.');
    expect((await other.reader.open('/ru/account')).path).toMatch(/^\/ru\/sign-in/);
    const bare = await reader.send(await reader.open(path), {}, `/${other.id}/reset`);
    expect([bare.status, bare.$('#f-reason-error').length]).toEqual([422, 1]);
    const page = await reader.send(bare, { reason: EVIL[0] }, `/${other.id}/reset`);
    expect(page.path).toBe('/ru/admin?done=reset');
    const lines = await program.dataSource.query(
      `select action, reason from audit_entry where subject = 'account' and subject_id = $1 order by id`,
      [other.id],
    );
    expect(lines.slice(-2)).toEqual([
      { action: 'sign_out', reason: null },
      { action: 'reset_second_factor', reason: EVIL[0] },
    ]);
    expect(await program.dataSource.query('select 1 from auth_two_factor where user_id = $1', [other.id])).toEqual([]);
  });

  it('makes a token that is shown once and works, and revokes it', async () => {
    const { reader } = await someone({ role: 'administrator' });
    const form = await reader.open('/ru/admin/tokens');
    const wrong = await reader.send(form, { label: 'Выгрузка', role: 'officer' }, '/tokens');
    expect([wrong.status, wrong.$('#f-regionCode-error').length, wrong.$('#f-label').val()]).toEqual([
      422,
      1,
      'Выгрузка',
    ]);
    const firmless = await reader.send(form, { label: 'Выгрузка', role: 'employer' }, '/tokens');
    expect([firmless.status, firmless.$('#f-bin-error').length]).toEqual([422, 1]);
    const past = await reader.send(form, { label: 'Выгрузка', role: 'analyst', expiresOn: '2020-01-01' }, '/tokens');
    expect(past.$('#f-expiresOn-error').length).toBe(1);
    const made = await reader.send(form, { label: EVIL[1], role: 'analyst', expiresOn: '2999-01-31' }, '/tokens');
    const token = made.$('code.secret').text();
    expect(injected(made)).toEqual([]);
    const ask = async () =>
      (await fetch(`${program.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await ask()).toBe(200);
    const list = await reader.open('/ru/admin/tokens');
    expect(list.html).not.toContain(token);
    expect(list.text).toContain(EVIL[1]);
    const action = list.$('main li.card').filter((_, one) => list.$(one).text().includes(EVIL[1])).find('form').attr('action')!; // prettier-ignore
    const revoked = await reader.send(list, {}, action);
    expect(revoked.text).toContain('Токен отозван.');
    expect(await ask()).toBe(401);
  });

  it('sees the latest runs with what went wrong, and asks for a matching', async () => {
    const { reader } = await someone({ role: 'administrator' });
    await program.dataSource.query(
      `insert into ingest_run (id, source, connector, origin, status, error_code, error_params, started_at, finished_at, read)
       values (uuidv7(), 'enbek', 'enbek-feed', $1, 'refused', 'feed.truncated', '{"count": 10, "read": 3}', now(), now(), 3)`,
      [EVIL[0]],
    );
    const page = await reader.open('/ru/admin/runs');
    expect(page.text).toContain('не принят');
    expect(page.text).toContain('указано 10 вакансий');
    expect(page.text).toContain(EVIL[0]);
    expect(injected(page)).toEqual([]);
    const asked = await reader.send(page, {}, '/match');
    expect(asked.text).toContain('Подбор запрошен');
    const analyst = await someone({ role: 'analyst' });
    const seen = await analyst.reader.open('/ru/admin/runs');
    expect([seen.status, seen.$('main form').length]).toEqual([200, 0]);
  });
});

describe('quotas revised by an administrator', () => {
  const today = dateInKazakhstan(new Date());
  const order = (more: object = {}) => ({
    regionCode: 'KZ-63',
    category: 'settlers',
    persons: '650',
    validFrom: today,
    source: EVIL[0],
    verified: 'no',
    ...more,
  });

  beforeAll(async () => {
    // A quota of this very year, whichever it is when the test runs.
    await program.dataSource.query(
      `insert into programme_quota (year, region_code, category, valid_from, persons, source, verified)
       select extract(year from $1::date), 'KZ-63', 'settlers', date_trunc('year', $1::date), 600, 'an order', true
       on conflict do nothing`,
      [today],
    );
  });

  it('stand once however often the button is pressed, with their order, and what is unverified marked', async () => {
    const { reader } = await someone({ role: 'administrator' });
    const form = await reader.open('/ru/admin/quotas');
    expect(form.text).toContain('Пока нет.');
    const done = await reader.send(form, order());
    expect(done.path).toBe('/ru/admin/quotas?done=revised');
    expect(done.text).toContain('Пересмотр квоты записан.');
    expect((await reader.send(form, order())).path).toBe('/ru/admin/quotas?done=revised');
    const entered = done.$('main table').last().find('tbody tr');
    expect(entered.length).toBe(1);
    const said = entered.text().replace(/\s/gu, ' ');
    for (const part of ['Восточно-Казахстанская область', 'Переселенцы', '650', EVIL[0], 'не проверено'])
      expect(said).toContain(part);
    expect(injected(done)).toEqual([]);
    const inForce = done.$('main table').first().find('tbody tr').filter((_, row) => done.$(row).text().includes('Восточно')); // prettier-ignore
    expect(inForce.first().text()).toContain('650');
  });

  it.each([
    ['regionCode', { regionCode: '' }, 'Выберите регион.'],
    ['regionCode', { regionCode: 'KZ-75' }, 'г. Алматы не входит в регионы приёма'],
    ['category', { category: '' }, 'Выберите, для кого квота.'],
    ['persons', { persons: 'много' }, 'Напишите число человек цифрами.'],
    ['validFrom', { validFrom: '' }, 'Напишите, с какого дня действует.'],
    ['validFrom', { validFrom: '2025-01-01' }, 'Квота 2025 года закрыта.'],
    ['validFrom', { persons: '651' }, 'уже есть'],
    ['source', { source: '' }, 'Назовите приказ'],
    ['verified', { verified: '' }, 'Отметьте, читали ли вы приказ.'],
  ])('are refused at %s with %p, and nothing typed is lost', async (field, wrong, words) => {
    const { reader } = await someone({ role: 'administrator' });
    const page = await reader.send(await reader.open('/ru/admin/quotas'), order(wrong));
    expect(page.status).toBe(422);
    expect(page.$(`#f-${field}-error`).text()).toContain(words);
    expect(page.$('.error-summary li').length).toBe(1);
    expect(page.$('#f-source').val()).toBe('source' in wrong ? '' : EVIL[0]);
    expect(injected(page)).toEqual([]);
  });

  it('are refused below what is given, with the number', async () => {
    const { reader } = await someone({ role: 'administrator' });
    await program.dataSource.query(
      `update quota_balance set taken = 12 where region_code = 'KZ-63' and category = 'settlers'`,
    );
    const page = await reader.send(await reader.open('/ru/admin/quotas'), order({ persons: '11', source: 'приказ' }));
    expect(page.$('#f-persons-error').text().replace(/\s/gu, ' ')).toContain('12');
    expect(page.$('#f-persons-error').text()).toContain('Восточно-Казахстанская область');
  });

  it('are nobody else’s', async () => {
    const { reader } = await someone({ role: 'supervisor', regionCode: 'KZ-63' });
    expect((await reader.open('/ru/admin/quotas')).status).toBe(403);
    expect((await reader.post('/ru/admin/quotas', new URLSearchParams(order() as Record<string, string>))).status).toBe(
      403,
    );
  });
});

describe('a supervisor', () => {
  it('sees and invites the own region only', async () => {
    const { reader } = await someone({ role: 'supervisor', regionCode: 'KZ-55' });
    const there = await staff(program, gateway, { role: 'officer', regionCode: 'KZ-39' });
    const page = await reader.open('/ru/admin');
    expect(page.text).not.toContain(there.email);
    const roles = page
      .$('input[name=role]')
      .toArray()
      .map((one) => page.$(one).val());
    expect(roles).toEqual(['officer', 'supervisor']);
    expect(
      page
        .$('select[name=regionCode] option')
        .toArray()
        .map((one) => page.$(one).val()),
    ).toEqual(['', 'KZ-55']);
    const wish = new URLSearchParams({ label: 'Айгүл', email: 'y@example.kz', role: 'officer', regionCode: 'KZ-39' });
    expect((await reader.post('/ru/admin/accounts', wish)).status).toBe(403);
    for (const action of ['disable', 'sign-out', 'reset'])
      expect(
        (await reader.post(`/ru/admin/accounts/${there.id}/${action}`, new URLSearchParams({ reason: 'просто так' })))
          .status,
      ).toBe(404);
    expect((await reader.open(`/ru/admin/accounts/${there.id}`)).status).toBe(404);
    expect((await reader.open('/ru/admin/tokens')).status).toBe(403);
    expect(page.$('nav.desk a[href="/ru/admin"]').length).toBe(1);
  });
});

it('is closed to everybody else', async () => {
  expect((await new Reader(program).open('/ru/admin')).path).toBe('/ru/sign-in?next=%2Fadmin');
  const { reader } = await someone({ role: 'analyst' });
  expect((await reader.open('/ru/admin')).status).toBe(403);
});
