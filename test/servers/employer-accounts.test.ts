import { AccountRegister } from '../../src/auth/account-register.service.js';
import { AccountsService } from '../../src/auth/accounts.service.js';
import { AuthLibraryHost } from '../../src/auth/auth-library-host.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { EmployerAccountsService } from '../../src/employers/employer-accounts.service.js';
import { EmployersService } from '../../src/employers/employers.service.js';
import { rows } from '../../src/database/sql.js';
import { checkDigit } from '../../src/shared/identity-number.js';
import { newId } from '../../src/shared/ids.js';
import { type Caller, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { makeHousehold } from '../support/builders.js';
import { until } from '../support/until.js';
import { Browser, PASSWORD, textOf, tokenSentTo, totpOf } from '../support/visitors.js';

let gateway: DemoGateway;
let running: TestApp;
let signUps: EmployerAccountsService;
let accounts: AccountsService;

beforeAll(async () => {
  gateway = await startDemoGateway();
  running = await startTestApp({ role: 'api', config: { sms: gateway.sms, smtp: gateway.smtp } });
  signUps = running.app.get(EmployerAccountsService);
  accounts = running.app.get(AccountsService);
});
afterAll(async () => {
  await running.close();
  await gateway.close();
});
beforeEach(() => running.dataSource.query('delete from auth_rate_limit'));

let serial = 100;
/** A BIN that nobody has yet. */
function newBin(): string {
  for (;;) {
    const eleven = `250540${String(++serial).padStart(5, '0')}`;
    const digit = checkDigit(eleven);
    if (digit !== null) return `${eleven}${digit}`;
  }
}
const refused = (code: string, status: number) => expect.objectContaining({ code, status });

/** A letter goes out after the answer. */
async function letterTo(email: string): Promise<string> {
  for (let i = 0; i < 200; i++) {
    const letter = gateway.arrivals.filter(({ to }) => to === email).at(-1);
    if (letter) return textOf(letter.text);
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`No letter came to ${email}.`);
}

/** A firm whose person has confirmed the address, chosen a password and enrolled an app. */
async function employer(): Promise<{ bin: string; email: string; call: Caller }> {
  const [bin, email, browser] = [newBin(), `${newId()}@example.kz`, new Browser()];
  await signUps.signUp({ email, bin, name: 'ТОО «Жаңа қоныс»' }, browser.visitor);
  await letterTo(email);
  await accounts.setPassword(tokenSentTo(gateway, email), PASSWORD, browser.visitor);
  browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor));
  const { uri } = await accounts.enrolment(browser.visitor);
  browser.keep(await accounts.enrolTotp(await totpOf(uri), browser.visitor));
  const call: Caller = async (path, { method, body } = {}) => {
    const response = await fetch(running.url + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        cookie: browser.cookies,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
        'idempotency-key': newId(),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  return { bin, email, call };
}

describe('a firm', () => {
  it('registers itself by a letter and acts for itself only', async () => {
    const { bin, call } = await employer();
    expect((await call('/api/v1/employer')).body).toMatchObject({ bin, name: 'ТОО «Жаңа қоныс»', verified: false });
    expect((await call('/api/v1/me')).body).toMatchObject({ role: 'employer', via: 'session' });
    expect((await call('/api/v1/employers', { body: { name: 'ТОО «Басқа»' } })).status).toBe(403);
  });

  it.each([
    ['bin.check_digit', { bin: '250540000121' }],
    ['bin.length', { bin: '12345' }],
    ['employer.name_invalid', { name: '«»' }],
    ['auth.email_invalid', { email: 'nobody' }],
  ])('is refused by %s', async (code, wrong) => {
    const wish = { email: `${newId()}@example.kz`, bin: newBin(), name: 'ТОО «Жаңа қоныс»', ...wrong };
    await expect(signUps.signUp(wish, new Browser().visitor)).rejects.toEqual(refused(code, 422));
  });

  it('has one account: another address with its BIN, and the same address, get a letter and no more', async () => {
    const { bin, email } = await employer();
    const visitor = new Browser().visitor;
    const stranger = { email: `${newId()}@example.kz`, bin, name: 'ТОО «Жаңа қоныс»' };
    await expect(signUps.signUp(stranger, visitor)).resolves.toBeUndefined();
    expect(await letterTo(stranger.email)).toContain('Предприятие уже есть в Qonys');
    expect(await letterTo(stranger.email)).not.toContain('/account/password/');
    const before = gateway.counts.email;
    expect(await signUps.signUp({ email, bin: newBin(), name: 'ТОО «Екінші»' }, visitor)).toBeUndefined();
    for (let i = 0; i < 200 && gateway.counts.email === before; i++) await new Promise((done) => setTimeout(done, 25));
    const letter = await letterTo(email);
    expect(letter).toContain('/ru/sign-in');
    expect(letter).not.toContain('/account/password/');
  });

  it('that never confirmed its address does not stand in the way for longer than its link', async () => {
    const bin = newBin();
    const visitor = new Browser().visitor;
    const wish = (): { email: string; bin: string; name: string } => ({
      email: `${newId()}@example.kz`,
      bin,
      name: 'ТОО «Жаңа қоныс»',
    });
    const letters: string[] = [];
    const register = async (): Promise<void> => {
      const one = wish();
      await signUps.signUp(one, visitor);
      letters.push(await letterTo(one.email));
    };
    await register();
    await register();
    await running.dataSource.query(
      `update auth_user set created_at = created_at - interval '4 days' where not email_verified`,
    );
    await register();
    expect(letters.map((letter) => letter.includes('/account/password/'))).toEqual([true, false, true]);
  });

  it('has one owner, however many register its BIN at the same moment', async () => {
    const bin = newBin();
    const wishes = Array.from({ length: 6 }, () => ({ email: `${newId()}@example.kz`, bin, name: 'ТОО «Бір сәтте»' }));
    await Promise.all(wishes.map((wish, i) => signUps.signUp(wish, new Browser(`198.51.100.${i}`).visitor)));
    const letters = await Promise.all(wishes.map(({ email }) => letterTo(email)));
    expect(letters.filter((letter) => letter.includes('/account/password/'))).toHaveLength(1);
    const owners = await running.dataSource.query<object[]>(
      `select 1 from auth_user u join employer e on e.id = u.employer_id where e.bin = $1`,
      [bin],
    );
    expect(owners).toHaveLength(1);
  });

  it('gives no account to whom it invites while a centre shuts it out', async () => {
    const { bin, email } = await employer();
    const [firm] = await running.dataSource.query<{ id: string }[]>('select id from employer where bin = $1', [bin]);
    const register = running.app.get(AccountRegister);
    const owner = (await register.byEmail(email))!;
    const colleague = `${newId()}@example.kz`;
    await running.dataSource.transaction(async (tx) => {
      // As a centre does that verifies the firm and says that the owner does not work there.
      await tx.query('select from employer where id = $1 for update', [firm!.id]);
      await register.inviteToFirm(
        { email: colleague, label: 'Colleague', language: 'kk', employerId: firm!.id },
        { id: owner.id, role: 'employer' },
      );
      // Accounts are of another database role, whose statements are not shown; who waits for this transaction is.
      const waits = 'select from pg_locks where not granted and transactionid = pg_current_xact_id()::xid';
      await until(async () => (await rows(tx, waits)).length > 0);
      await register.disableOfEmployer(firm!.id, [owner.id]);
    });
    await running.app.get(AuthLibraryHost).settled();
    expect(await register.byEmail(colleague)).toBeNull();
    expect(gateway.arrivals.filter(({ to }) => to === colleague)).toEqual([]);
  });

  it('is told nothing by the answer of what is known of an address or a BIN', async () => {
    const { bin, email } = await employer();
    const visitor = new Browser('198.51.100.77').visitor;
    const name = 'ТОО «Жаңа қоныс»';
    const answers = await Promise.all(
      [
        { email: `${newId()}@example.kz`, bin: newBin(), name },
        { email: `${newId()}@example.kz`, bin, name },
        { email, bin: newBin(), name },
      ].map((wish) => signUps.signUp(wish, visitor)),
    );
    expect(answers).toEqual([undefined, undefined, undefined]);
  });

  it('that a centre has checked is not handed to whoever knows its BIN, and loses nothing by the attempt', async () => {
    const bin = newBin();
    const employers = running.app.get(EmployersService);
    const { id } = await employers.register({ id: 'test', role: 'administrator' }, { bin, name: 'ТОО «Бұрынғы»' });
    await running.dataSource.query('update employer set verified_at = now() where id = $1', [id]);
    const stranger = { email: `${newId()}@example.kz`, bin, name: 'ТОО «Бұрынғы»' };
    await signUps.signUp(stranger, new Browser().visitor);
    expect(await letterTo(stranger.email)).not.toContain('/account/password/');
    expect((await employers.one(id)).verifiedAt).not.toBeNull();
    expect(await running.app.get(AccountRegister).ofEmployer(id)).toHaveLength(0);
  });
});

describe('a post of a firm that nobody has checked', () => {
  it('is public, and is proposed to movers only after a centre of its region has checked the firm', async () => {
    const { call, email } = await employer();
    const firm = (await call('/api/v1/employer')).body as { id: string };
    const posted = await call('/api/v1/employer/vacancies', {
      body: {
        title: 'Медицинская сестра',
        location: 'Северо-Казахстанская область / г. Петропавловск',
        isco: '2221',
        payMinTenge: 300_000,
        employment: 'permanent',
        openings: 2,
        housing: 'provided',
      },
    });
    expect([posted.status, posted.body]).toEqual([201, expect.objectContaining({ region: 'KZ-59' })]);
    const nobody = await fetch(`${running.url}/api/v1/vacancies/${posted.body.id}`);
    expect(nobody.status).toBe(200);

    const household = await makeHousehold(running.dataSource, { adults: [{}] });
    const administrator = await signedIn(running, { role: 'administrator' });
    const path = `/api/v1/households/${household.id}/vacancies/${posted.body.id}/eligibility`;
    const failures = async (): Promise<string[]> =>
      ((await administrator(path)).body.failures as { code: string }[])
        .map(({ code }) => code)
        .filter((code) => code.includes('employer'));
    expect(await failures()).toEqual(['eligibility.employer_unchecked']);

    const elsewhere = await signedIn(running, { role: 'officer', regionCode: 'KZ-55' });
    expect((await elsewhere(`/api/v1/employers/${firm.id}/verify`, { body: {} })).status).toBe(403);
    const centre = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    // BINs are public: nothing is verified before the centre has said of the account whether the person works there.
    expect(await centre(`/api/v1/employers/${firm.id}/verify`, { body: {} })).toMatchObject({
      status: 422,
      body: { code: 'employer.account_unanswered', errors: [{ code: 'employer.account_unanswered' }] },
    });
    for (const body of [{ worksThere: null }, { worksNot: null }]) {
      expect((await centre(`/api/v1/employers/${firm.id}/verify`, { body })).status).toBe(400);
    }
    const listed = (await centre('/api/v1/centre/employers')).body.items as {
      accounts: { id: string; email: string }[];
    }[];
    const accountsOfFirm = listed.flatMap(({ accounts: all }) => all);
    expect(accountsOfFirm).toEqual([expect.objectContaining({ email })]);
    const body = { worksThere: accountsOfFirm.map(({ id }) => id) };
    expect((await centre(`/api/v1/employers/${firm.id}/verify`, { body })).body).toMatchObject({ verified: true });
    expect(await failures()).toEqual([]);
    const asked = await running.dataSource.query<object[]>(
      `select 1 from outbox_event where topic = 'match.requested' and payload->>'reason' = 'employer_verified'`,
    );
    expect(asked).toHaveLength(1);
  });
});
