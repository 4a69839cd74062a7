import { getMigrations } from 'better-auth/db/migration';
import type { DataSource } from 'typeorm';
import { AccountRegister } from '../../src/auth/account-register.service.js';
import { AccountsService } from '../../src/auth/accounts.service.js';
import { AuthDatabase } from '../../src/auth/auth-database.js';
import { makeAuthLibrary } from '../../src/auth/auth-library.js';
import { AuthLibraryHost } from '../../src/auth/auth-library-host.js';
import { SessionsService } from '../../src/auth/sessions.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { Browser, PASSWORD, codeSentTo, migrant, staff, textOf, tokenSentTo, totpOf } from '../support/visitors.js';

let gateway: DemoGateway;
let running: TestApp;
let accounts: AccountsService;
let sessions: SessionsService;
let register: AccountRegister;
let host: AuthLibraryHost;
/** The owner of the tables: sees and moves what the program's own roles may not. */
let owner: DataSource;

beforeAll(async () => {
  gateway = await startDemoGateway();
  running = await startTestApp({ role: 'api', config: { sms: gateway.sms, smtp: gateway.smtp, smsCodesPerHour: 40 } });
  accounts = running.app.get(AccountsService);
  sessions = running.app.get(SessionsService);
  register = running.app.get(AccountRegister);
  host = running.app.get(AuthLibraryHost);
  owner = await running.database.dataSource();
});
afterAll(async () => {
  await running.close();
  await gateway.close();
});
beforeEach(() => owner.query('delete from auth_rate_limit'));

const forgetLimits = (): Promise<unknown> => owner.query('delete from auth_rate_limit');
let phones = 2_000_000;
const newPhone = (): string => `+7702${++phones}`;
const refused = (code: string, status = 422) => expect.objectContaining({ code, status });

async function askCode(browser: Browser, phone: string): Promise<string> {
  browser.keep(await accounts.requestCode(phone, browser.visitor));
  return codeSentTo(gateway, phone);
}

describe('the tables', () => {
  it('are the ones the library asks for', async () => {
    const nothing = (): Promise<void> => Promise.resolve();
    const { options } = makeAuthLibrary({
      pool: running.app.get(AuthDatabase).pool,
      secret: running.config.authSecret!,
      publicUrl: 'http://localhost',
      sendCode: nothing,
      sendPasswordLink: nothing,
    });
    const { toBeAdded, toBeCreated } = await getMigrations(options);
    expect([toBeAdded, toBeCreated]).toEqual([[], []]);
  });

  it('are closed to the role of the pages and the API', async () => {
    for (const table of [
      'auth_user',
      'auth_session',
      'auth_account',
      'auth_verification',
      'auth_two_factor',
      'auth_used_code',
      'auth_rate_limit',
    ]) {
      const [row] = await owner.query<{ may: boolean }[]>(
        `select has_table_privilege('qonys_app', $1, 'select') or has_table_privilege('public', $1, 'select') as may`,
        [table],
      );
      expect({ table, ...row }).toEqual({ table, may: false });
    }
  });

  it('are all that the role of the accounts reaches', async () => {
    const reached = await owner.query<{ name: string }[]>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r','p','v','m') and has_table_privilege('qonys_auth', c.oid, 'select, insert, update, delete')`,
    );
    expect(reached.map(({ name }) => name).filter((name) => !name.startsWith('auth_'))).toEqual([]);
  });
});

describe('a migrant', () => {
  it('signs in by the code of an SMS, the first time making an account', async () => {
    const browser = new Browser();
    const phone = newPhone();
    const asked = browser.keep(
      await accounts.requestCode(`8 (${phone.slice(2, 5)}) ${phone.slice(5)}`, browser.visitor),
    );
    expect(asked.shownPhone).toBe(`+7 702 ••• •• ${phone.slice(-2)}`);
    expect(browser.cookies).not.toContain(phone.slice(2));
    const { account } = browser.keep(await accounts.verifyCode(` ${codeSentTo(gateway, phone)} `, browser.visitor));
    expect(account).toMatchObject({ role: 'migrant', phone, email: null, language: 'ru', householdId: null });
    const found = await sessions.recognise(browser.visitor);
    expect(found).toMatchObject({
      mustEnrol: false,
      actor: { id: account.id, role: 'migrant', via: 'session', householdId: null },
    });
    const session = browser.lines.find((line) => line.includes('session_token'))!;
    expect(session).toMatch(/HttpOnly/i);
    expect(session).toMatch(/SameSite=Lax/i);
    expect(session).toMatch(/Path=\//i);
    expect(session).toMatch(/Max-Age=2592000/i);
  });

  it('is known again by the same number', async () => {
    const { id, phone } = await migrant(running, gateway);
    await forgetLimits();
    const other = new Browser();
    const code = await askCode(other, phone);
    const { account } = await accounts.verifyCode(code, other.visitor);
    expect(account.id).toBe(id);
  });

  it.each(['+79161234567', '+77172123456', '12345', '', '+998901234567'])('gets no code at %p', async (phone) => {
    await expect(accounts.requestCode(phone, new Browser().visitor)).rejects.toEqual(refused('auth.phone_invalid'));
  });

  it('may be wrong, and the right code still serves; five wrong ones end it', async () => {
    const browser = new Browser();
    const code = await askCode(browser, newPhone());
    const wrong = code === '000000' ? '000001' : '000000';
    for (let i = 0; i < 4; i++)
      await expect(accounts.verifyCode(wrong, browser.visitor)).rejects.toEqual(refused('auth.code_wrong'));
    await expect(accounts.verifyCode(wrong, browser.visitor)).rejects.toEqual(refused('auth.code_wrong'));
    await expect(accounts.verifyCode(code, browser.visitor)).rejects.toEqual(refused('auth.code_expired'));

    await forgetLimits();
    const second = new Browser();
    const phone = newPhone();
    const good = await askCode(second, phone);
    await expect(accounts.verifyCode(good === '000000' ? '000001' : '000000', second.visitor)).rejects.toEqual(
      refused('auth.code_wrong'),
    );
    await expect(accounts.verifyCode(good, second.visitor)).resolves.toMatchObject({ account: { phone } });
  });

  it('cannot use a code twice, after its time, after a newer one, or from a browser that did not ask', async () => {
    const browser = new Browser();
    const phone = newPhone();
    const code = await askCode(browser, phone);
    const asked = browser.visitor;
    await accounts.verifyCode(code, asked);
    await expect(accounts.verifyCode(code, asked)).rejects.toEqual(refused('auth.code_expired'));

    await forgetLimits();
    const late = await askCode(browser, phone);
    await owner.query(`update auth_verification set expires_at = now() - interval '1 second'`);
    await expect(accounts.verifyCode(late, browser.visitor)).rejects.toEqual(refused('auth.code_expired'));

    await forgetLimits();
    const older = await askCode(browser, phone);
    await forgetLimits();
    const newer = await askCode(browser, phone);
    if (older !== newer)
      await expect(accounts.verifyCode(older, browser.visitor)).rejects.toEqual(refused('auth.code_wrong'));
    await expect(accounts.verifyCode(newer, new Browser().visitor)).rejects.toEqual(refused('auth.code_expired'));
    await expect(accounts.verifyCode(newer, browser.visitor)).resolves.toBeDefined();
    await expect(accounts.verifyCode(older, browser.visitor)).rejects.toEqual(refused('auth.code_expired'));
  });

  it('has one session of a code that is sent twice at the same moment', async () => {
    const browser = new Browser();
    const code = await askCode(browser, newPhone());
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => accounts.verifyCode(code, browser.visitor)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('leaves neither number nor code in the tables of codes and limits', async () => {
    const browser = new Browser();
    const phone = newPhone();
    const code = await askCode(browser, phone);
    await accounts.verifyCode('999999', browser.visitor).catch(() => undefined);
    const kept = await owner.query<object[]>(
      `select identifier as a, value as b from auth_verification union all select key, points::text from auth_rate_limit`,
    );
    expect(kept.length).toBeGreaterThan(3);
    const text = JSON.stringify(kept);
    expect(text).not.toContain(phone.slice(2));
    expect(text).not.toContain(code);
  });

  it('is asked to wait: a minute between codes, five an hour', async () => {
    const browser = new Browser();
    const phone = newPhone();
    await askCode(browser, phone);
    const tooSoon = (await accounts.requestCode(phone, browser.visitor).catch((fault: unknown) => fault)) as {
      params: object;
    };
    expect(tooSoon).toEqual(refused('auth.too_many', 429));
    expect(tooSoon.params).toMatchObject({ minutes: 1, retryAfterSeconds: expect.any(Number) });
    for (let i = 0; i < 4; i++) {
      await owner.query(`update auth_rate_limit set expire = 0 where key like 'code_minute:%'`);
      await askCode(browser, phone);
    }
    await owner.query(`update auth_rate_limit set expire = 0 where key like 'code_minute:%'`);
    await expect(accounts.requestCode(phone, browser.visitor)).rejects.toEqual(refused('auth.too_many', 429));
  });

  it('is not held up by a stranger who asks codes for the same number and guesses at them', async () => {
    const { phone } = await migrant(running, gateway);
    const [stranger, owner_] = [new Browser('198.51.100.1'), new Browser('203.0.113.9')];
    for (let i = 0; i < 12; i++) {
      await owner.query(`update auth_rate_limit set expire = 0 where key like '%\\_minute:%'`);
      const asked = await accounts.requestCode(phone, stranger.visitor).catch(() => null);
      if (asked !== null) stranger.keep(asked);
    }
    for (let i = 0; i < 12; i++) await accounts.verifyCode('000000', stranger.visitor).catch(() => undefined);
    await expect(accounts.verifyCode('000000', stranger.visitor)).rejects.toMatchObject({ code: 'auth.locked' });
    const [code, before] = [await askCode(owner_, phone), gateway.arrivals.length];
    // An SMS went out just now: no second one follows, and the code that is on the phone is good in another browser too.
    const other = new Browser('203.0.113.10');
    other.keep(await accounts.requestCode(phone, other.visitor));
    expect(gateway.arrivals.length).toBe(before);
    await expect(accounts.verifyCode('000000', other.visitor)).rejects.toEqual(refused('auth.code_wrong'));
    await expect(accounts.verifyCode(code, other.visitor)).resolves.toMatchObject({ account: { phone } });
  });

  it('gets no more than an SMS in five minutes after the tenth of a day, however many ask', async () => {
    const phone = newPhone();
    const sent = () => gateway.arrivals.filter(({ to }) => to === phone).length;
    const ask = (address: string) => accounts.requestCode(phone, new Browser(address).visitor);
    for (let i = 0; i < 14; i++) {
      await owner.query(`update auth_rate_limit set expire = 0 where key like '%\\_minute:%'`);
      await ask(`198.51.100.${i}`);
    }
    expect(sent()).toBe(11);
    await owner.query(`update auth_rate_limit set expire = 0 where key like 'sms\\_slow:%' or key like '%\\_minute:%'`);
    await ask('198.51.100.99');
    expect(sent()).toBe(12);
  });

  it('is one of hundreds behind the address of a mobile carrier', async () => {
    await askCode(new Browser('203.0.113.50'), newPhone());
    await owner.query(`update auth_rate_limit set points = 500 where key like 'code\\_address:%'`);
    await expect(accounts.requestCode(newPhone(), new Browser('203.0.113.50').visitor)).resolves.toBeDefined();
    await owner.query(`update auth_rate_limit set points = 600 where key like 'code\\_address:%'`);
    await expect(accounts.requestCode(newPhone(), new Browser('203.0.113.50').visitor)).rejects.toEqual(
      refused('auth.too_many', 429),
    );
  });

  it('takes nothing from its neighbours behind the address by asking too often itself', async () => {
    const [browser, phone] = [new Browser('203.0.113.51'), newPhone()];
    await askCode(browser, phone);
    for (let i = 0; i < 5; i++) await accounts.requestCode(phone, browser.visitor).catch(() => undefined);
    const [row] = await owner.query<{ points: number }[]>(
      `select points from auth_rate_limit where key like 'code\\_address:%'`,
    );
    expect(row).toEqual({ points: 1 });
  });

  it('signs in behind an address whose tries at passwords are used up; a guesser that is locked uses up none', async () => {
    const address = '203.0.113.52';
    const points = async (): Promise<number> =>
      (
        await owner.query<{ points: number }[]>(
          `select max(points)::int as points from auth_rate_limit where key like 'try\\_address:%'`,
        )
      )[0]!.points;
    const guesser = new Browser(address).visitor;
    for (let i = 0; i < 14; i++)
      await accounts.signInEmail('nobody@example.kz', 'wrong password', guesser).catch(() => undefined);
    expect(await points()).toBe(10);
    const { email } = await staff(running, gateway, { role: 'analyst' });
    await accounts.signInEmail(email, PASSWORD, new Browser(address).visitor);
    expect(await points()).toBe(10);
    await owner.query(`update auth_rate_limit set points = 1000 where key like 'try\\_address:%'`);
    await expect(accounts.signInEmail(email, PASSWORD, new Browser(address).visitor)).rejects.toEqual(
      refused('auth.too_many', 429),
    );
    const [browser, phone] = [new Browser(address), newPhone()];
    await expect(accounts.verifyCode(await askCode(browser, phone), browser.visitor)).resolves.toBeDefined();
  });

  it('gets no SMS beyond the hour’s of all numbers together, is told so, and gets one when the hour is over', async () => {
    const phone = newPhone();
    for (let i = 0; i < 40; i++) await accounts.requestCode(newPhone(), new Browser(`198.51.100.${i}`).visitor);
    const before = gateway.counts.sms;
    await expect(accounts.requestCode(phone, new Browser('203.0.113.9').visitor)).rejects.toEqual(
      refused('auth.too_many', 429),
    );
    // Nobody is led on to a code that was never sent.
    await expect(accounts.requestCode(phone, new Browser('203.0.113.10').visitor)).rejects.toEqual(
      refused('auth.too_many', 429),
    );
    expect(gateway.counts.sms).toBe(before);
    await owner.query(`update auth_rate_limit set expire = 0 where key like 'sms\\_budget:%'`);
    await askCode(new Browser('203.0.113.11'), phone);
    expect(gateway.counts.sms).toBe(before + 1);
  });

  it('is locked for fifteen minutes after ten wrong codes, account or not, and then free again', async () => {
    const { phone } = await migrant(running, gateway);
    for (const number of [phone, newPhone()]) {
      await forgetLimits();
      const browser = new Browser();
      await askCode(browser, number);
      for (let i = 0; i < 10; i++) await accounts.verifyCode('000000', browser.visitor).catch(() => undefined);
      const locked = (await accounts.verifyCode('000000', browser.visitor).catch((fault: unknown) => fault)) as {
        params: object;
      };
      expect(locked).toEqual(refused('auth.locked', 429));
      expect(locked.params).toMatchObject({ minutes: 15 });
      await owner.query(`update auth_rate_limit set expire = 0`);
      const code = await askCode(browser, number);
      await expect(accounts.verifyCode(code, browser.visitor)).resolves.toBeDefined();
    }
  });

  it('stays signed in for thirty days, put off once a day, and no longer', async () => {
    const { id, browser } = await migrant(running, gateway);
    expect((await sessions.recognise(browser.visitor))!.setCookies).toEqual([]);
    await owner.query(
      `update auth_session set updated_at = now() - interval '25 hours', expires_at = now() + interval '28 days' where user_id = $1`,
      [id],
    );
    const { setCookies } = (await sessions.recognise(browser.visitor))!;
    expect(setCookies.join()).toMatch(/session_token=.*Max-Age=2592000/i);
    const [session] = await owner.query<{ days: number }[]>(
      `select extract(epoch from expires_at - now()) / 86400 as days from auth_session where user_id = $1`,
      [id],
    );
    expect(Number(session!.days)).toBeGreaterThan(29.9);
    await owner.query(`update auth_session set expires_at = now() - interval '1 second' where user_id = $1`, [id]);
    expect(await sessions.recognise(browser.visitor)).toBeNull();
  });

  it('deletes the account with all that hangs on it', async () => {
    const { id, browser } = await migrant(running, gateway);
    await register.delete(id, { id, role: 'migrant' });
    expect(await sessions.recognise(browser.visitor)).toBeNull();
    const left = await owner.query(
      `select id from auth_session where user_id = $1 union select id from auth_user where id = $1`,
      [id],
    );
    expect(left).toEqual([]);
  });
});

describe('an officer', () => {
  const wish = { role: 'officer', regionCode: 'KZ-59' } as const;

  it('is invited by mail, sets a password once, and must enrol an app before anything else', async () => {
    const email = `${newId()}@example.kz`;
    const { link } = await register.invite({ ...wish, email, label: 'Қызметкер', language: 'kk' }, null);
    expect(link).toBeNull();
    const token = tokenSentTo(gateway, email);
    const browser = new Browser();
    await expect(accounts.setPassword(token, 'short', browser.visitor)).rejects.toEqual(refused('auth.password_short'));
    await accounts.setPassword(token, PASSWORD, browser.visitor);
    await expect(accounts.setPassword(token, PASSWORD, browser.visitor)).rejects.toEqual(
      refused('auth.link_expired', 410),
    );

    expect(browser.keep(await accounts.signInEmail(email.toUpperCase(), PASSWORD, browser.visitor)).next).toBe(
      'enrolment',
    );
    expect(await sessions.recognise(browser.visitor)).toMatchObject({
      mustEnrol: true,
      actor: { role: 'officer', regionCode: 'KZ-59' },
    });
    const passwordOnly = browser.cookie('session_token');
    const first = await accounts.enrolment(browser.visitor);
    expect(await accounts.enrolment(browser.visitor)).toEqual(first);
    expect(first.backupCodes).toHaveLength(10);
    await expect(accounts.enrolTotp('000000', browser.visitor)).rejects.toEqual(refused('auth.code_wrong'));
    const before = browser.visitor;
    browser.keep(await accounts.enrolTotp(await totpOf(first.uri), browser.visitor));
    expect(browser.cookie('session_token')).not.toBe(passwordOnly);
    expect(await sessions.recognise(before)).toBeNull();
    expect(await sessions.recognise(browser.visitor)).toMatchObject({ mustEnrol: false });
    await expect(accounts.enrolment(browser.visitor)).rejects.toEqual(refused('auth.totp_enrolled', 409));
    const line = browser.lines.find((cookie) => cookie.includes('session_token'))!;
    expect(line).not.toMatch(/Max-Age=2592000/i);
  });

  it('signs in by password and code; a code serves once, a clock may be half a minute off and no more', async () => {
    const { email, uri } = await staff(running, gateway, wish);
    const challenged = async (): Promise<Browser> => {
      await forgetLimits();
      const browser = new Browser();
      expect(browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor)).next).toBe('second_factor');
      expect(browser.cookie('session_token')).toBeUndefined();
      expect(await sessions.recognise(browser.visitor)).toBeNull();
      return browser;
    };
    const first = await challenged();
    const code = await totpOf(uri);
    first.keep(await accounts.verifyTotp(code, first.visitor));
    expect(await sessions.recognise(first.visitor)).toMatchObject({ mustEnrol: false });
    const [session] = await owner.query<{ hours: number }[]>(
      `select extract(epoch from s.expires_at - now()) / 3600 as hours from auth_session s join auth_user u on u.id = s.user_id
        where u.email = $1 order by s.created_at desc limit 1`,
      [email],
    );
    expect(Number(session!.hours)).toBeLessThanOrEqual(12);

    await expect(accounts.verifyTotp(code, (await challenged()).visitor)).rejects.toEqual(refused('auth.code_wrong'));
    await expect(accounts.verifyTotp(await totpOf(uri, 1), (await challenged()).visitor)).resolves.toBeDefined();
    for (const steps of [-3, 3])
      await expect(accounts.verifyTotp(await totpOf(uri, steps), (await challenged()).visitor)).rejects.toEqual(
        refused('auth.code_wrong'),
      );
  });

  it('stays signed in when another password is tried in the same browser, until one is right', async () => {
    const { email, browser } = await staff(running, gateway, wish);
    const before = browser.visitor;
    await expect(accounts.signInEmail(email, 'wrong password', before)).rejects.toEqual(refused('auth.sign_in_failed'));
    expect(await sessions.recognise(before)).toMatchObject({ actor: { role: 'officer' } });
    await accounts.signInEmail(email, PASSWORD, before);
    expect(await sessions.recognise(before)).toBeNull();
  });

  it('may use each written code once', async () => {
    const { email, backupCodes } = await staff(running, gateway, wish);
    const browser = new Browser();
    browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor));
    const challenge = browser.visitor;
    await accounts.verifyBackupCode(backupCodes[0]!, challenge);
    browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor));
    await expect(accounts.verifyBackupCode(backupCodes[0]!, browser.visitor)).rejects.toEqual(
      refused('auth.code_wrong'),
    );
    await expect(accounts.verifyBackupCode(backupCodes[1]!, browser.visitor)).resolves.toBeDefined();
    await expect(accounts.verifyBackupCode(backupCodes[2]!, challenge)).rejects.toEqual(
      refused('auth.sign_in_again', 401),
    );
  });

  it('gets no second step without the first, after its time, or after five wrong codes', async () => {
    const { email, uri } = await staff(running, gateway, wish);
    await expect(accounts.verifyTotp(await totpOf(uri), new Browser().visitor)).rejects.toEqual(
      refused('auth.sign_in_again', 401),
    );
    const browser = new Browser();
    browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor));
    for (let i = 0; i < 5; i++)
      await expect(accounts.verifyTotp('000000', browser.visitor)).rejects.toEqual(refused('auth.code_wrong'));
    await expect(accounts.verifyTotp(await totpOf(uri), browser.visitor)).rejects.toEqual(
      refused('auth.sign_in_again', 401),
    );
    browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor));
    await owner.query(`update auth_verification set expires_at = now() - interval '1 second'`);
    await expect(accounts.verifyTotp(await totpOf(uri), browser.visitor)).rejects.toEqual(
      refused('auth.sign_in_again', 401),
    );
  });

  it('is locked out after ten wrong codes of the app, over all tries to sign in', async () => {
    const { email, uri } = await staff(running, gateway, wish);
    for (let round = 0; round < 2; round++) {
      const browser = new Browser();
      browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor));
      for (let i = 0; i < 5; i++) await accounts.verifyTotp('000000', browser.visitor).catch(() => undefined);
    }
    const browser = new Browser();
    browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor));
    await expect(accounts.verifyTotp(await totpOf(uri), browser.visitor)).rejects.toEqual(refused('auth.locked', 429));
    await owner.query(
      `update auth_two_factor set locked_until = now() - interval '1 second' where locked_until is not null`,
    );
    await expect(accounts.verifyTotp(await totpOf(uri), browser.visitor)).resolves.toBeDefined();
  });

  it('is told the same of a wrong password as of an address that has no account, and locked the same', async () => {
    const { email } = await staff(running, gateway, wish);
    const answers: unknown[] = [];
    for (const address of [`${newId()}@example.kz`, `${newId()}@migrant.invalid`, 'no address', email]) {
      await forgetLimits();
      const browser = new Browser();
      const told: unknown[] = [];
      for (let i = 0; i < 11; i++) {
        const fault = (await accounts.signInEmail(address, 'wrong password', browser.visitor).catch((error: unknown) => error)) as {
          code: string; status: number; params: { minutes?: number };
        }; // prettier-ignore
        told.push([fault.code, fault.status, fault.params.minutes]);
      }
      answers.push(told);
    }
    expect(new Set(answers.map((told) => JSON.stringify(told))).size).toBe(1);
    expect(answers[0]).toEqual([
      ...Array<unknown>(10).fill(['auth.sign_in_failed', 422, undefined]),
      ['auth.locked', 429, 15],
    ]);
    // The right password does not open it meanwhile, from wherever it comes.
    const elsewhere = new Browser('198.51.100.1').visitor;
    await expect(accounts.signInEmail(email, PASSWORD, elsewhere)).rejects.toEqual(refused('auth.locked', 429));
  });

  it('takes as long to refuse for an account that does not exist', async () => {
    const { email } = await staff(running, gateway, wish);
    const timed = async (address: string): Promise<number> => {
      const took: number[] = [];
      for (let i = 0; i < 5; i++) {
        await forgetLimits();
        const start = performance.now();
        await accounts.signInEmail(address, 'wrong password', new Browser().visitor).catch(() => undefined);
        took.push(performance.now() - start);
      }
      return took.sort((a, b) => a - b)[0]!;
    };
    const [known, unknown] = [await timed(email), await timed(`${newId()}@example.kz`)];
    // Both hash the password once with scrypt, which is most of it.
    expect(unknown).toBeGreaterThan(known / 3);
    expect(known).toBeGreaterThan(unknown / 3);
  });

  it('gets a link for a new password; nobody learns whether there is an account; old sessions end', async () => {
    const { email, browser } = await staff(running, gateway, wish);
    const before = gateway.counts.email;
    const visitor = new Browser().visitor;
    await accounts.requestPasswordReset(`${newId()}@example.kz`, visitor);
    await accounts.requestPasswordReset(email, visitor);
    await untilMail(before + 1);
    const token = tokenSentTo(gateway, email);
    await owner.query(`update auth_verification set expires_at = now() - interval '1 second'`);
    await expect(accounts.setPassword(token, PASSWORD, visitor)).rejects.toEqual(refused('auth.link_expired', 410));
    await accounts.requestPasswordReset(email, visitor);
    await untilMail(before + 2);
    await accounts.setPassword(tokenSentTo(gateway, email), 'another long password', visitor);
    expect(await sessions.recognise(browser.visitor)).toBeNull();
    await expect(accounts.signInEmail(email, PASSWORD, visitor)).rejects.toEqual(refused('auth.sign_in_failed'));
    expect((await accounts.signInEmail(email, 'another long password', visitor)).next).toBe('second_factor');
    expect(gateway.counts.email).toBe(before + 2);
  });

  it('gets a link however often a stranger asked for the mailbox, and the mailbox is not filled', async () => {
    const { email } = await staff(running, gateway, wish);
    const letters = () => gateway.arrivals.filter(({ to }) => to === email).length;
    const [before, stranger] = [letters(), new Browser('198.51.100.1').visitor];
    for (let i = 0; i < 3; i++) await accounts.requestPasswordReset(email, stranger);
    await expect(accounts.requestPasswordReset(email, stranger)).rejects.toEqual(refused('auth.too_many', 429));
    const own = new Browser('203.0.113.9').visitor;
    await accounts.requestPasswordReset(email, own);
    await host.settled();
    expect(letters()).toBe(before + 4);
    // Many strangers: six a day, then one in half an hour, and whoever asks in between is refused nothing.
    for (let i = 10; i < 20; i++) await accounts.requestPasswordReset(email, new Browser(`198.51.100.${i}`).visitor);
    await accounts.requestPasswordReset(email, own);
    await host.settled();
    expect(letters()).toBe(before + 7);
    await owner.query(`update auth_rate_limit set expire = 0 where key like 'letter\\_slow:%'`);
    await accounts.requestPasswordReset(email, own);
    await host.settled();
    expect(letters()).toBe(before + 8);
    await expect(
      accounts.setPassword(tokenSentTo(gateway, email), 'another long password', own),
    ).resolves.toBeUndefined();
  });

  it('can be invited though strangers asked letters for the mailbox without end', async () => {
    const email = `${newId()}@example.kz`;
    const letters = () => gateway.arrivals.filter(({ to }) => to === email).length;
    for (let i = 0; i < 12; i++) {
      const stranger = new Browser(`198.51.100.${i}`).visitor;
      await register.signUp({ email, label: 'Тест' }, stranger, {
        find: () => Promise.resolve(null),
        isStillToBeHad: () => Promise.resolve(true),
      });
      await accounts.requestPasswordReset(email, stranger);
    }
    await host.settled();
    expect(letters()).toBe(7);
    const employerId = newId();
    await owner.query(
      `insert into employer (id, name, name_normalised, created_at) values ($1, 'ТОО Сынақ', 'сынақ', now())`,
      [employerId],
    );
    await register.inviteToFirm({ email, label: 'Тест', employerId, language: 'kk' }, { id: newId(), role: 'officer' });
    await host.settled();
    expect(letters()).toBe(8);
    await expect(
      accounts.setPassword(tokenSentTo(gateway, email), PASSWORD, new Browser().visitor),
    ).resolves.toBeUndefined();
  });

  it('is shut out at once, and let in again', async () => {
    const { id, email, browser, uri } = await staff(running, gateway, wish);
    await register.disable(id, null);
    expect(await sessions.recognise(browser.visitor)).toBeNull();
    const fresh = new Browser();
    const first = accounts.signInEmail(email, PASSWORD, fresh.visitor);
    await expect(first).rejects.toEqual(refused('auth.sign_in_failed'));
    await register.enable(id, null);
    fresh.keep(await accounts.signInEmail(email, PASSWORD, fresh.visitor));
    await expect(accounts.verifyTotp(await totpOf(uri), fresh.visitor)).resolves.toBeDefined();
  });

  it('loses every session with a change of role or region, and keeps none of the former rights', async () => {
    const { id, browser, email, uri } = await staff(running, gateway, wish);
    await register.change(id, { role: 'officer', regionCode: 'KZ-55' }, null);
    expect(await sessions.recognise(browser.visitor)).toBeNull();
    browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor));
    browser.keep(await accounts.verifyTotp(await totpOf(uri), browser.visitor));
    expect(await sessions.recognise(browser.visitor)).toMatchObject({ actor: { regionCode: 'KZ-55' } });
  });
});

describe('sessions', () => {
  it('are fresh at every sign-in: a planted or former cookie is worth nothing', async () => {
    const browser = new Browser();
    browser.setCookie('qonys.session_token', 'planted.value');
    const phone = newPhone();
    const code = await askCode(browser, phone);
    browser.keep(await accounts.verifyCode(code, browser.visitor));
    const first = browser.visitor;
    expect(browser.cookie('session_token')).not.toContain('planted');
    await forgetLimits();
    const again = await askCode(browser, phone);
    browser.keep(await accounts.verifyCode(again, browser.visitor));
    expect(browser.cookies).not.toBe(first.cookies);
    expect(await sessions.recognise(first)).toBeNull();
    expect(await sessions.recognise(browser.visitor)).not.toBeNull();
  });

  it('are not forged: neither by another signature nor by a token without one', async () => {
    const { id, browser } = await migrant(running, gateway);
    const [{ token }] = (await owner.query<{ token: string }[]>('select token from auth_session where user_id = $1', [
      id,
    ])) as [{ token: string }];
    for (const value of [token, `${token}.`, `${token}.${Buffer.alloc(32).toString('base64')}`]) {
      const thief = new Browser();
      thief.setCookie('qonys.session_token', encodeURIComponent(value));
      expect(await sessions.recognise(thief.visitor)).toBeNull();
    }
    expect(await sessions.recognise(browser.visitor)).not.toBeNull();
  });

  it('are listed and ended by their owner only, one by one or all', async () => {
    const { id, phone, browser } = await migrant(running, gateway);
    const other = await migrant(running, gateway);
    await forgetLimits();
    const second = new Browser();
    second.keep(await accounts.verifyCode(await askCode(second, phone), second.visitor));
    const mine = await sessions.list({ id }, browser.visitor);
    expect(mine.map(({ current }) => current).sort()).toEqual([false, true]);
    const [theirs] = await sessions.list(other, other.browser.visitor);
    await expect(sessions.revoke({ id }, theirs!.id)).rejects.toEqual(refused('auth.session_unknown', 404));
    expect(await sessions.recognise(other.browser.visitor)).not.toBeNull();
    await sessions.revoke({ id }, mine.find(({ current }) => !current)!.id);
    expect(await sessions.recognise(second.visitor)).toBeNull();
    const kept = browser.visitor;
    browser.keep(await sessions.signOutEverywhere({ id }, browser.visitor));
    expect(browser.cookie('session_token')).toBeUndefined();
    expect(await sessions.recognise(kept)).toBeNull();
  });

  it('end with signing out, at the server too', async () => {
    const { browser } = await migrant(running, gateway);
    const before = browser.visitor;
    browser.keep(await accounts.signOut(browser.visitor));
    expect(browser.cookie('session_token')).toBeUndefined();
    expect(await sessions.recognise(before)).toBeNull();
  });
});

describe('invitations', () => {
  it('are given within one’s reach: a supervisor’s own region, an officer none', async () => {
    const by = (role: 'officer' | 'supervisor' | 'administrator', regionCode: string | null) => ({
      id: newId(),
      role,
      regionCode,
    });
    const wish = (role: 'officer' | 'administrator', regionCode: string | null) => ({
      email: `${newId()}@example.kz`,
      label: 'Тест',
      role,
      regionCode,
      language: 'ru' as const,
    });
    await expect(register.invite(wish('officer', 'KZ-59'), by('supervisor', 'KZ-59'))).resolves.toMatchObject({
      link: null,
    });
    await expect(register.invite(wish('officer', 'KZ-55'), by('supervisor', 'KZ-59'))).rejects.toEqual(
      refused('auth.region_forbidden', 403),
    );
    await expect(register.invite(wish('administrator', null), by('supervisor', 'KZ-59'))).rejects.toEqual(
      refused('auth.forbidden', 403),
    );
    await expect(register.invite(wish('officer', 'KZ-59'), by('officer', 'KZ-59'))).rejects.toEqual(
      refused('auth.forbidden', 403),
    );
    await expect(register.invite(wish('officer', null), by('administrator', null))).rejects.toEqual(
      refused('auth.region_required', 400),
    );
    // Whether an address has an account is asked thirty times an hour at most.
    const asker = by('supervisor', 'KZ-59');
    for (let i = 0; i < 30; i++)
      await register.invite({ ...wish('officer', 'KZ-59'), email: 'nobody' }, asker).catch(() => undefined);
    await expect(register.invite(wish('officer', 'KZ-59'), asker)).rejects.toEqual(refused('auth.too_many', 429));
    await expect(register.invite(wish('officer', 'KZ-99'), by('administrator', null))).rejects.toEqual(
      refused('auth.region_unknown', 400),
    );
    const mine = await register.list(by('supervisor', 'KZ-59'));
    expect(new Set(mine.map(({ regionCode }) => regionCode))).toEqual(new Set(['KZ-59']));
    const other = await staff(running, gateway, { role: 'officer', regionCode: 'KZ-55' });
    await expect(register.disable(other.id, by('supervisor', 'KZ-59'))).rejects.toEqual(
      refused('auth.account_unknown', 404),
    );
  });

  it('say in the reader’s language what to do', async () => {
    const email = `${newId()}@example.kz`;
    await register.invite({ email, label: 'Тест', role: 'analyst', language: 'kk' }, null);
    const letter = gateway.arrivals.filter(({ to }) => to === email).at(-1)!;
    expect(textOf(letter.text)).toContain('құпиясөз қойыңыз');
    expect(textOf(letter.text)).toContain(`${running.config.publicUrl}/kk/account/password/`);
  });
});

/** Letters of a reset go out after the answer. */
async function untilMail(count: number): Promise<void> {
  for (let i = 0; i < 200 && gateway.counts.email < count; i++) await new Promise((done) => setTimeout(done, 25));
  expect(gateway.counts.email).toBeGreaterThanOrEqual(count);
}
