import { AccountRegister } from '../../src/auth/account-register.service.js';
import { AccountsService } from '../../src/auth/accounts.service.js';
import { TokenService } from '../../src/auth/token.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { Browser, PASSWORD, type StaffMember, migrant, staff, tokenSentTo, totpOf } from '../support/visitors.js';

let gateway: DemoGateway;
let running: TestApp;
let administrator: StaffMember;

beforeAll(async () => {
  gateway = await startDemoGateway();
  running = await startTestApp({ role: 'api', config: { sms: gateway.sms, smtp: gateway.smtp } });
  administrator = await staff(running, gateway, { role: 'administrator' });
});
afterAll(async () => {
  await running.close();
  await gateway.close();
});
beforeEach(() => running.dataSource.query('delete from auth_rate_limit'));

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}
const ask = (browser: Browser, path: string, { headers = {}, ...rest }: Asked = {}): Promise<Response> =>
  fetch(running.url + path, { ...rest, headers: { cookie: browser.cookies, ...headers }, redirect: 'manual' });
const codeOf = async (response: Response): Promise<unknown> => ((await response.json()) as { code?: unknown }).code;
const SAME = { 'sec-fetch-site': 'same-origin' };

describe('a session’s cookie', () => {
  it('stands for its account, as a token does', async () => {
    const response = await ask(administrator.browser, '/api/v1/me');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id: administrator.id, role: 'administrator', via: 'session' });
    const officer = await staff(running, gateway, { role: 'officer', regionCode: 'KZ-59' });
    expect(await (await ask(officer.browser, '/api/v1/me')).json()).toMatchObject({
      role: 'officer',
      regionCode: 'KZ-59',
    });
    const { browser } = await migrant(running, gateway);
    expect(await (await ask(browser, '/api/v1/me')).json()).toMatchObject({ role: 'migrant', householdId: null });
  });

  it('opens what its role may and nothing else', async () => {
    const { browser } = await migrant(running, gateway);
    for (const path of [
      '/api/v1/tokens',
      '/api/v1/centre/queue',
      '/api/v1/households',
      '/api/v1/employer',
      '/api/v1/match-runs/x',
    ]) {
      const response = await ask(browser, path);
      expect([path, response.status]).toEqual([path, 403]);
    }
    expect((await ask(administrator.browser, '/api/v1/tokens')).status).toBe(200);
    const none = await ask(new Browser(), '/api/v1/tokens');
    expect([none.status, await codeOf(none)]).toEqual([401, 'auth.token_missing']);
  });

  it('gives way to a token that comes with it', async () => {
    const { token, id } = await running.app.get(TokenService).create({ role: 'analyst', label: 'test' });
    const response = await ask(administrator.browser, '/api/v1/me', { headers: { authorization: `Bearer ${token}` } });
    expect(await response.json()).toMatchObject({ id, role: 'analyst', via: 'token' });
  });

  it('opens nothing before the second factor has been enrolled', async () => {
    const [accounts, register] = [running.app.get(AccountsService), running.app.get(AccountRegister)];
    const email = `${newId()}@example.kz`;
    await register.invite({ email, label: 'Тест', role: 'administrator', language: 'ru' }, null);
    const browser = new Browser();
    await accounts.setPassword(tokenSentTo(gateway, email), PASSWORD, browser.visitor);
    browser.keep(await accounts.signInEmail(email, PASSWORD, browser.visitor));
    for (const path of ['/api/v1/me', '/api/v1/tokens']) {
      const response = await ask(browser, path);
      expect([response.status, await codeOf(response)]).toEqual([403, 'auth.second_factor_required']);
    }
    expect((await ask(browser, '/api/v1/vacancies?limit=1')).status).toBe(200);
    const { uri } = await accounts.enrolment(browser.visitor);
    browser.keep(await accounts.enrolTotp(await totpOf(uri), browser.visitor));
    expect((await ask(browser, '/api/v1/tokens')).status).toBe(200);
  });

  it('is renewed with an answer once a day', async () => {
    const { id, browser } = await migrant(running, gateway);
    expect((await ask(browser, '/api/v1/me')).headers.getSetCookie()).toEqual([]);
    await running.dataSource.query(
      `update auth_session set updated_at = now() - interval '2 days', expires_at = now() + interval '28 days' where user_id = $1`,
      [id],
    );
    expect((await ask(browser, '/api/v1/me')).headers.getSetCookie().join()).toContain('session_token=');
  });
});

describe('another site', () => {
  const change = (headers: Record<string, string>): Promise<Response> =>
    ask(administrator.browser, `/api/v1/tokens/${newId()}`, { method: 'DELETE', headers });

  it('changes nothing with somebody’s session', async () => {
    const host = new URL(running.url).host;
    const foreign: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: `http://${host}` },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { referer: 'https://evil.example/' },
      { origin: `http://${host}.evil.example` },
      { 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' },
    ];
    for (const headers of foreign) {
      const response = await change(headers);
      expect([headers, response.status, await codeOf(response)]).toEqual([headers, 403, 'auth.cross_site']);
    }
    const own: Record<string, string>[] = [
      SAME,
      { 'sec-fetch-site': 'none' },
      { origin: `http://${host}` },
      { referer: `http://${host}/kk/` },
      { origin: running.config.publicUrl },
    ];
    for (const headers of own) expect((await change(headers)).status).toBe(404);
  });

  it('need not be feared with a token, which no browser sends by itself', async () => {
    const { token } = await running.app.get(TokenService).create({ role: 'administrator', label: 'test' });
    const response = await ask(new Browser(), `/api/v1/tokens/${newId()}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}`, 'sec-fetch-site': 'cross-site' },
    });
    expect(response.status).toBe(404);
  });
});

describe('by https', () => {
  it('cookies are secure and bound to the host', async () => {
    const secure = await startTestApp({
      role: 'api',
      config: { sms: gateway.sms, smtp: gateway.smtp, publicUrl: 'https://qonys.kz' },
    });
    try {
      const { browser } = await migrant(secure, gateway);
      const line = browser.lines.find((cookie) => cookie.includes('session_token'))!;
      expect(line).toMatch(/^__Host-qonys\.session_token=/);
      expect(line).toMatch(/; Secure/i);
      expect(line).not.toMatch(/domain=/i);
      const response = await fetch(`${secure.url}/api/v1/me`, { headers: { cookie: browser.cookies } });
      expect(response.status).toBe(200);
    } finally {
      await secure.close();
    }
  });
});
