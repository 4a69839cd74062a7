import { AccountRegister } from '../../src/auth/account-register.service.js';
import { AuthLibraryHost } from '../../src/auth/auth-library-host.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { EVIL, Reader, injected } from '../support/reader.js';
import { PASSWORD, codeSentTo, staff, tokenSentTo, totpOf } from '../support/visitors.js';

let gateway: DemoGateway;
let running: TestApp;
let phones = 3_000_000;
const newPhone = (): string => `+7705${++phones}`;

beforeAll(async () => {
  gateway = await startDemoGateway();
  const database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), new Date());
  running = await startTestApp({ role: 'api', database, config: { sms: gateway.sms, smtp: gateway.smtp } });
});
afterAll(async () => {
  await running.close();
  await running.database.drop();
  await gateway.close();
});
beforeEach(() => running.dataSource.query('delete from auth_rate_limit'));

/** Signs in as a person does: number, code from the SMS. */
async function signInByPhone(reader: Reader, phone: string, path = '/kk/sign-in') {
  const asked = await reader.send(await reader.open(path), { phone });
  return reader.send(asked, { code: codeSentTo(gateway, phone) });
}

/** Addresses that lead away from the site, some of them only as a browser reads them. */
const ELSEWHERE = [
  '//evil.example/x',
  'https://evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/%09/evil.example',
];

describe('a migrant', () => {
  it('signs in with a number and a code, without script, and comes to where they were going', async () => {
    const reader = new Reader(running);
    const asked = await reader.send(await reader.open('/kk/sign-in?next=/account'), {
      phone: '8 705 ' + String(++phones),
    });
    expect(asked.path).toBe('/kk/sign-in/code?next=%2Faccount');
    const phone = `+7705${phones}`;
    expect(asked.text).toContain(`••• •• ${phone.slice(-2)}`);
    const page = await reader.send(asked, { code: codeSentTo(gateway, phone) });
    expect(page.path).toBe('/kk/account');
    expect(page.text).toContain(phone);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).toContain('Отбасыммен көшемін');
  });

  it('is led to sign in and back when a page needs it', async () => {
    const page = await new Reader(running).open('/ru/account');
    expect(page.path).toBe('/ru/sign-in?next=%2Faccount');
  });

  it.each(ELSEWHERE)('is led nowhere else by %s', async (next) => {
    const reader = new Reader(running);
    const page = await reader.open(`/ru/sign-in?next=${encodeURIComponent(next)}`);
    expect(page.$('input[name=next]').length).toBe(0);
    const led = page.$('a[href*=evil], form[action*=evil]').toArray();
    expect(led.every((one) => /^\/(kk|ru|en)\/sign-in/.test(page.$(one).attr('href') ?? ''))).toBe(true);
    const phone = newPhone();
    const asked = await reader.post('/ru/sign-in', new URLSearchParams({ phone, next }));
    expect(asked.path).toBe('/ru/sign-in/code');
    const code = codeSentTo(gateway, phone);
    const query = new URLSearchParams({ next }).toString();
    const inside = await reader.post(`/ru/sign-in/code?${query}`, new URLSearchParams({ code, next }));
    expect([inside.status, inside.path]).toEqual([200, '/ru/my']);
    expect((await reader.open(`/ru/sign-in?${query}`)).path).toBe('/ru/my');
  });

  it('hears at the field what is wrong with a number or a code', async () => {
    const reader = new Reader(running);
    const foreign = await reader.send(await reader.open('/ru/sign-in'), { phone: '+7 916 123-45-67' });
    expect(foreign.status).toBe(422);
    expect(foreign.$('#f-phone-error').text()).toContain('номер мобильного телефона');
    expect(foreign.$('#f-phone').val()).toBe('+7 916 123-45-67');
    const asked = await reader.send(foreign, { phone: newPhone() });
    const short = await reader.send(asked, { code: '123' });
    expect(short.$('#f-code-error').text()).toContain('В коде шесть цифр.');
    const wrong = await reader.send(short, { code: '000000' });
    expect(wrong.status).toBe(422);
    expect(wrong.$('#f-code').val()).toBe('');
  });

  it('sees where they are signed in, ends another session, and signs out everywhere', async () => {
    const phone = newPhone();
    const [here, there] = [
      new Reader(running, { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) Chrome/150.0' }),
      new Reader(running),
    ];
    await signInByPhone(there, phone);
    await running.dataSource.query('delete from auth_rate_limit');
    await signInByPhone(here, phone);
    const account = await here.open('/ru/account');
    expect(account.text).toContain('Chrome, Android');
    const ending = account.$('main form[action*="/sessions/"]').attr('action')!;
    const after = await here.send(account, {}, ending);
    expect(after.$('main form[action*="/sessions/"]').length).toBe(0);
    expect((await there.open('/ru/account')).path).toContain('/ru/sign-in');
    const stolen = here.cookie;
    await here.send(after, {}, '/sign-out-everywhere');
    const thief = new Reader(running);
    thief.take(stolen);
    expect((await thief.open('/ru/account')).path).toContain('/ru/sign-in');
  });

  it('cannot end the session of another', async () => {
    const [one, other] = [new Reader(running), new Reader(running)];
    await signInByPhone(one, newPhone());
    const phone = newPhone();
    await signInByPhone(other, phone);
    await running.dataSource.query('delete from auth_rate_limit');
    await signInByPhone(new Reader(running), phone);
    const foreign = (await other.open('/ru/account')).$('main form[action*="/sessions/"]').attr('action')!;
    expect((await one.post(foreign, new URLSearchParams())).status).toBe(404);
    expect((await other.open('/ru/account')).$('main form[action*="/sessions/"]').length).toBe(1);
  });

  it('is signed in by no other site', async () => {
    const fields = new URLSearchParams({ phone: newPhone() });
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, {}]) {
      const page = await new Reader(running).post('/kk/sign-in', fields, headers as Record<string, string>);
      expect(page.status).toBe(403);
      expect(page.text).toContain('auth.cross_site');
    }
  });
});

describe('an officer', () => {
  it('sets a password by the letter, adds the authenticator, and signs in with both', async () => {
    const register = running.app.get(AccountRegister);
    await register.invite({ email: 'asel@example.kz', label: 'А.', role: 'analyst', language: 'kk' }, null);
    const token = tokenSentTo(gateway, 'asel@example.kz');
    const reader = new Reader(running);
    const choose = await reader.open(`/kk/account/password/${token}`);
    const differs = await reader.send(choose, { password: PASSWORD, repeat: `${PASSWORD}!` });
    expect(differs.$('#f-repeat-error').text()).toContain('Екі құпиясөз бірдей емес.');
    expect(differs.$('#f-password').attr('value')).toBeUndefined();
    const signIn = await reader.send(differs, { password: PASSWORD, repeat: PASSWORD });
    expect(signIn.path).toBe('/kk/sign-in/staff?after=password');
    expect(signIn.text).toContain('Жаңа құпиясөз сақталды');
    const enrol = await reader.send(signIn, { email: 'asel@example.kz', password: PASSWORD });
    expect(enrol.path).toBe('/kk/account/authenticator');
    expect(enrol.$('.qr svg').length).toBe(1);
    const secret = enrol.$('code').first().text().replaceAll(' ', '');
    const code = await totpOf(`otpauth://totp/x?secret=${secret}`);
    const done = await reader.send(enrol, { code });
    expect(done.path.startsWith('/kk/analyst')).toBe(true);
    expect((await reader.open('/kk/account')).text).toContain('asel@example.kz');
  });

  it('reaches nothing by the password alone', async () => {
    const { email } = await staff(running, gateway, { role: 'officer', regionCode: 'KZ-59' });
    const reader = new Reader(running);
    const second = await reader.send(await reader.open('/ru/sign-in/staff'), { email, password: PASSWORD });
    expect(second.path).toBe('/ru/sign-in/second');
    expect((await reader.open('/ru/account')).path).toContain('/ru/sign-in');
  });

  it.each(ELSEWHERE)('is led nowhere else by %s, by whichever way they come in', async (next) => {
    const { email, uri, backupCodes } = await staff(running, gateway, { role: 'analyst' });
    const query = new URLSearchParams({ next }).toString();
    const ways: Record<string, string>[] = [{ code: await totpOf(uri) }, { with: 'backup', code: backupCodes[0]! }];
    for (const way of ways) {
      const reader = new Reader(running);
      const signIn = new URLSearchParams({ email, password: PASSWORD, next });
      expect((await reader.post(`/ru/sign-in/staff?${query}`, signIn)).path).toBe('/ru/sign-in/second');
      const inside = await reader.post(`/ru/sign-in/second?${query}`, new URLSearchParams({ ...way, next }));
      expect([inside.status, inside.path]).toEqual([200, '/ru/analyst']);
    }
    const enrolling = 'enrolling' + String(++phones) + '@example.kz';
    await running.app
      .get(AccountRegister)
      .invite({ email: enrolling, label: 'Б.', role: 'analyst', language: 'kk' }, null);
    const reader = new Reader(running);
    const choose = await reader.open(`/kk/account/password/${tokenSentTo(gateway, enrolling)}`);
    await reader.send(choose, { password: PASSWORD, repeat: PASSWORD });
    const enrol = await reader.post('/kk/sign-in/staff', new URLSearchParams({ email: enrolling, password: PASSWORD, next })); // prettier-ignore
    const secret = enrol.$('code').first().text().replaceAll(' ', '');
    const code = await totpOf(`otpauth://totp/x?secret=${secret}`);
    const done = await reader.post(`/kk/account/authenticator?${query}`, new URLSearchParams({ code, next }));
    expect([done.status, done.path]).toEqual([200, '/kk/analyst']);
  });

  it('is told why they begin again after a second step without the first, and still goes where they were going', async () => {
    const { email, uri } = await staff(running, gateway, { role: 'officer', regionCode: 'KZ-59' });
    const reader = new Reader(running);
    const back = await reader.send(await reader.open('/ru/sign-in/second?next=/account'), { code: '123456' });
    expect(back.path).toBe('/ru/sign-in/staff?next=%2Faccount&after=second');
    expect(back.text).toContain('Начните с почты и пароля');
    const second = await reader.send(back, { email, password: PASSWORD });
    expect((await reader.send(second, { code: await totpOf(uri) })).path).toBe('/ru/account');
  });

  it('comes in with a backup code, once', async () => {
    const { email, backupCodes } = await staff(running, gateway, { role: 'officer', regionCode: 'KZ-59' });
    const enter = async () => {
      const reader = new Reader(running);
      await reader.send(await reader.open('/ru/sign-in/staff?next=/account'), { email, password: PASSWORD });
      return reader.send(await reader.open('/ru/sign-in/second?with=backup&next=/account'), { code: backupCodes[0]! });
    };
    expect((await enter()).path).toBe('/ru/account');
    expect((await enter()).status).toBe(422);
  });

  it('reads the same words for a wrong password and for nobody', async () => {
    const { email } = await staff(running, gateway, { role: 'officer', regionCode: 'KZ-59' });
    const say = async (address: string) => {
      const reader = new Reader(running);
      const page = await reader.send(await reader.open('/ru/sign-in/staff'), {
        email: address,
        password: 'wrong password',
      });
      return { status: page.status, words: page.$('.error-summary').text() };
    };
    expect(await say(email)).toEqual(await say('nobody@example.kz'));
  });
});

describe('a firm', () => {
  it('registers with its BIN and gets a letter', async () => {
    const reader = new Reader(running);
    const page = await reader.open('/ru/employer/register');
    const wrong = await reader.send(page, { bin: '123456789012', name: 'ТОО «Север»', email: 'sever@example.kz' });
    expect(wrong.status).toBe(422);
    expect(wrong.$('#f-bin').attr('aria-invalid')).toBe('true');
    const sent = await reader.send(wrong, { bin: '050440003275', remember: 'register' });
    expect(sent.text).toContain('Проверьте почту');
    // Reloading asks for no second letter; the script that kept what was typed is told that it was accepted.
    expect(sent.path).toBe('/ru/employer/register?sent=yes#accepted-register');
    await running.app.get(AuthLibraryHost).settled();
    expect(tokenSentTo(gateway, 'sever@example.kz')).toMatch(/./);
  });

  it.each(EVIL)('is shown %s as text', async (name) => {
    const reader = new Reader(running);
    const page = await reader.send(await reader.open('/kk/employer/register'), { bin: name, name, email: name });
    expect(page.$('#f-name').val()).toBe(name);
    expect(injected(page)).toEqual([]);
  });
});

describe('the demo’s codes', () => {
  it('are nowhere outside of the demo', async () => {
    expect((await new Reader(running).open('/kk/demo')).status).toBe(404);
  });
});
