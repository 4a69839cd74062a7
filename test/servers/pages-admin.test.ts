import { jest } from '@jest/globals';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { loadReferenceData } from '../../src/reference-data.js';
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
    const done = await reader.send(await reader.open('/ru/admin'), {}, `/${other.id}/disable`);
    expect(done.text).toContain('Учётная запись отключена');
    expect((await other.reader.open('/ru/account')).path).toMatch(/^\/ru\/sign-in/);
    const again = await reader.send(done, {}, `/${other.id}/enable`);
    expect(again.text).toContain('Учётная запись снова действует.');
    expect(again.$(`form[action$="/${own}/disable"]`).length).toBe(0);
    expect((await reader.post(`/ru/admin/accounts/${own}/disable`, new URLSearchParams())).status).toBe(409);
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
    expect((await reader.post(`/ru/admin/accounts/${there.id}/disable`, new URLSearchParams())).status).toBe(404);
  });
});

it('is closed to everybody else', async () => {
  expect((await new Reader(program).open('/ru/admin')).path).toBe('/ru/sign-in?next=%2Fadmin');
  const { reader } = await someone({ role: 'analyst' });
  expect((await reader.open('/ru/admin')).status).toBe(403);
});
