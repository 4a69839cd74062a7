import { jest } from '@jest/globals';
import { AccountRegister } from '../../src/auth/account-register.service.js';
import { AccountsService } from '../../src/auth/accounts.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { asSystem } from '../../src/database/scope.js';
import { EmployersService } from '../../src/employers/employers.service.js';
import { EmployerAccountsService } from '../../src/employers/employer-accounts.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { checkDigit } from '../../src/shared/identity-number.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { EVIL, Reader, injected } from '../support/reader.js';
import { Browser, PASSWORD, staff, textOf, tokenSentTo, totpOf } from '../support/visitors.js';

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
beforeEach(() => program.dataSource.query('delete from auth_rate_limit'));

let serial = 700;
function newBin(): string {
  for (;;) {
    const eleven = `250540${String(++serial).padStart(5, '0')}`;
    const digit = checkDigit(eleven);
    if (digit !== null) return `${eleven}${digit}`;
  }
}

async function letterTo(email: string): Promise<string> {
  for (let i = 0; i < 200; i++) {
    const letter = gateway.arrivals.filter(({ to }) => to === email).at(-1);
    if (letter) return textOf(letter.text);
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`No letter came to ${email}.`);
}

/** Somebody who was sent a link: sets the password, enrols an app and reads with a browser of their own. */
async function signedUp(email: string): Promise<Reader> {
  await letterTo(email);
  const accounts = program.app.get(AccountsService);
  const browser = new Browser();
  await accounts.setPassword(tokenSentTo(gateway, email), PASSWORD, browser.visitor);
  browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor));
  const { uri } = await accounts.enrolment(browser.visitor);
  browser.keep(await accounts.enrolTotp(await totpOf(uri), browser.visitor));
  const reader = new Reader(program);
  reader.take(browser.cookies);
  return reader;
}

async function owner(): Promise<{ reader: Reader; email: string; employerId: string }> {
  const [bin, email] = [newBin(), `${newId()}@example.kz`];
  await program.app.get(EmployerAccountsService).signUp({ email, bin, name: 'ТОО «Қоныс»' }, new Browser().visitor);
  const reader = await signedUp(email);
  const [{ id }] = await program.dataSource.query<[{ id: string }]>('select id from employer where bin = $1', [bin]);
  return { reader, email, employerId: id };
}

async function verifiedFirm(districtKato: string): Promise<{ id: string; bin: string }> {
  const bin = newBin();
  const { id } = await program.app
    .get(EmployersService)
    .register({ id: 'test', role: 'administrator' }, { bin, name: `ТОО «${bin}»` });
  await program.dataSource.query('update employer set verified_at = now() where id = $1', [id]);
  await makeVacancy(program.dataSource, { districtKato, columns: { employer_id: id } });
  return { id, bin };
}

async function officer(regionCode: string): Promise<Reader> {
  const member = await staff(program, gateway, { role: 'officer', regionCode });
  const reader = new Reader(program);
  reader.take(member.browser.cookies);
  return reader;
}

describe('the owner of a firm’s account', () => {
  it('invites a colleague by letter, who then acts for the same firm and invites nobody', async () => {
    const { reader, employerId } = await owner();
    const email = `${newId()}@example.kz`;
    const page = await reader.send(await reader.open('/ru/employer/colleagues'), { label: EVIL[0], email });
    expect(page.path).toBe('/ru/employer/colleagues?done=sent');
    const colleague = await signedUp(email);
    const list = await colleague.open('/ru/employer/colleagues');
    expect(list.$('main li.card h2').toArray().map((one) => list.$(one).text())).toContain(EVIL[0]); // prettier-ignore
    expect(injected(list)).toEqual([]);
    expect(list.$('main form').length).toBe(0);
    const fields = new URLSearchParams({ label: 'Үшінші', email: `${newId()}@example.kz` });
    expect((await colleague.post('/ru/employer/colleagues', fields)).status).toBe(403);
    expect((await colleague.open('/ru/employer')).text).toContain('Қоныс');
    const audit = await program.dataSource.query<{ actor_role: string }[]>(
      `select actor_role from audit_entry a join auth_user u on u.id::text = a.subject_id::text
       where a.subject = 'account' and a.action = 'create' and u.email = $1 and u.employer_id = $2 and not u.firm_owner`,
      [email, employerId],
    );
    expect(audit).toEqual([{ actor_role: 'employer' }]);
  });

  it('learns nothing of who has an account: the letter tells its reader', async () => {
    const [{ reader }, other] = [await owner(), await owner()];
    const wish = { label: 'Біреу', email: other.email };
    const page = await reader.send(await reader.open('/kk/employer/colleagues'), wish);
    expect(page.path).toBe('/kk/employer/colleagues?done=sent');
    for (let i = 0; i < 100 && !(await letterTo(other.email)).includes('/sign-in'); i++)
      await new Promise((done) => setTimeout(done, 25));
    expect(await letterTo(other.email)).not.toContain('/account/password/');
    const accounts = await program.dataSource.query('select employer_id from auth_user where email = $1', [
      other.email,
    ]);
    expect(accounts).toEqual([{ employer_id: other.employerId }]);
  });

  it('hears at its field what is wrong', async () => {
    const { reader } = await owner();
    const form = await reader.open('/ru/employer/colleagues');
    expect((await reader.send(form, {})).$('.error-summary li').length).toBe(2);
    const wrong = await reader.send(form, { label: 'Айгүл', email: 'nobody' });
    expect([wrong.status, wrong.$('#f-label').val()]).toEqual([422, 'Айгүл']);
    expect(wrong.$('#f-email').attr('aria-invalid')).toBe('true');
  });
});

describe('a centre', () => {
  it('verifies a firm only with the accounts whose people work there; the others are shut out at once', async () => {
    const { reader: stranger, email, employerId } = await owner();
    await makeVacancy(program.dataSource, {
      districtKato: '591010000',
      columns: { employer_id: employerId, source: `employer:${employerId}` },
    });
    const colleague = `${newId()}@example.kz`;
    await stranger.send(await stranger.open('/ru/employer/colleagues'), { label: EVIL[1], email: colleague });
    const kept = await signedUp(colleague);
    const reader = await officer('KZ-59');
    const page = await reader.open('/ru/centre/employers');
    expect(injected(page)).toEqual([]);
    for (const one of [email, colleague]) expect(page.text).toContain(`Работает ли там владелец учётной записи ${one}`);
    const accounts = await program.dataSource.query<{ id: string; email: string }[]>(
      'select id, email from auth_user where employer_id = $1',
      [employerId],
    );
    const field = (mail: string): string => `account-${accounts.find((one) => one.email === mail)!.id}`;
    const isVerified = async (): Promise<boolean> =>
      (await program.dataSource.query('select 1 from employer where id = $1 and verified_at is not null', [employerId]))
        .length > 0;
    const half = await reader.send(page, { [field(colleague)]: 'yes' }, `${employerId}/verify`);
    expect([half.status, half.$('.field.wrong').length, await isVerified()]).toEqual([422, 1, false]);
    expect(half.$('details[open]').length).toBe(1);
    const done = await reader.send(half, { [field(email)]: 'no' }, `${employerId}/verify`);
    expect([done.status, await isVerified()]).toEqual([200, true]);
    expect((await stranger.open('/ru/employer')).path).toContain('/sign-in');
    expect((await kept.open('/ru/employer')).status).toBe(200);
    const audit = await program.dataSource.query<{ action: string; details: object }[]>(
      `select action, details from audit_entry where actor_role = 'officer' and subject_id in ($1, $2) order by id`,
      [employerId, field(email).slice('account-'.length)],
    );
    expect(audit).toEqual([
      { action: 'disable', details: { employerId } },
      { action: 'verify', details: { accounts: [field(colleague).slice('account-'.length)] } },
    ]);
  });

  it('that verifies a firm while somebody registers its BIN lets no account in that it has not seen', async () => {
    const [bin, email] = [newBin(), `${newId()}@example.kz`];
    const { id } = await program.app
      .get(EmployersService)
      .register({ id: 'test', role: 'administrator' }, { bin, name: 'ТОО «Бір сәтте»' });
    // The centre has read the accounts and holds the firm; the registration has found the firm free.
    const verification = program.dataSource.createQueryRunner();
    await asSystem(async () => {
      await verification.startTransaction();
      await verification.query('select id from employer where id = $1 for update', [id]);
    });
    await program.app
      .get(EmployerAccountsService)
      .signUp({ email, bin, name: 'ТОО «Бір сәтте»' }, new Browser().visitor);
    const accounts = (): Promise<object[]> =>
      program.dataSource.query('select 1 from auth_user where employer_id = $1', [id]);
    for (let i = 0; i < 200 && (await accounts()).length === 0; i++) await new Promise((done) => setTimeout(done, 25));
    await verification.query('update employer set verified_at = now() where id = $1', [id]);
    await verification.commitTransaction();
    await verification.release();
    expect(await letterTo(email)).not.toContain('/account/password/');
    expect(await accounts()).toEqual([]);
  });

  it('invites somebody of a verified firm with a vacancy in its region, who becomes its owner', async () => {
    const reader = await officer('KZ-59');
    const firm = await verifiedFirm('591000000');
    const email = `${newId()}@example.kz`;
    const asked = { bin: firm.bin, label: 'Асқар', email };
    const page = await reader.send(await reader.open('/kk/centre/firms/invite'), asked);
    expect(page.path).toBe('/kk/centre/firms/invite?done=sent');
    const member = await signedUp(email);
    expect((await member.open('/kk/employer/colleagues')).$('main form').length).toBe(1);
    expect(await program.app.get(AccountRegister).ofEmployer(firm.id)).toHaveLength(1);
  });

  it.each([
    ['a BIN nobody has', () => Promise.resolve(newBin()), 422],
    ['a BIN that is none', () => Promise.resolve('123'), 422],
    ['a firm of another region', async () => (await verifiedFirm('551000000')).bin, 403],
  ])('is refused for %s', async (_, binOf, status) => {
    const reader = await officer('KZ-59');
    const form = await reader.open('/ru/centre/firms/invite');
    const page = await reader.send(form, { bin: await binOf(), label: 'Асқар', email: `${newId()}@example.kz` });
    expect(page.status).toBe(status);
    if (status === 422) expect(page.$('#f-bin').attr('aria-invalid')).toBe('true');
  });

  it('is refused for a firm that nobody has verified', async () => {
    const reader = await officer('KZ-59');
    const firm = await verifiedFirm('591000000');
    await program.dataSource.query('update employer set verified_at = null where id = $1', [firm.id]);
    const form = await reader.open('/ru/centre/firms/invite');
    const page = await reader.send(form, { bin: firm.bin, label: 'Асқар', email: `${newId()}@example.kz` });
    expect([page.status, page.$('#f-bin-error').text()]).toEqual([422, expect.stringContaining('не проверено')]);
  });
});
