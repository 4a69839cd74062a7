import { request as ask } from 'node:http';
import { shareToken } from '../../src/applications/share-token.js';
import { TokenService } from '../../src/auth/token.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type MadeProposal, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { createTestDatabase } from '../support/database.js';
import { EVIL, Reader, injected } from '../support/reader.js';
import { codeSentTo, migrant } from '../support/visitors.js';

let gateway: DemoGateway;
let running: TestApp;
let proposal: MadeProposal;
let vacancyId: string;
let sharedToken: string;

beforeAll(async () => {
  gateway = await startDemoGateway();
  const database = await createTestDatabase();
  const owner = await database.dataSource();
  await loadReferenceData(owner, new Date());
  const config = { sms: gateway.sms, smtp: gateway.smtp, demo: true, publicUrl: 'http://qonys.example' };
  running = await startTestApp({ role: 'api', database, config });
  const vacancy = await makeVacancy(owner, { districtKato: '591000000' });
  vacancyId = vacancy.id;
  proposal = await makeProposal(owner, { household: await makeHousehold(owner), vacancies: [vacancy] });
  sharedToken = await shared(proposal);
});
afterAll(async () => {
  await running.close();
  await running.database.drop();
  await gateway.close();
});
beforeEach(() => running.dataSource.query('delete from auth_rate_limit'));

async function shared({ id, householdId }: MadeProposal): Promise<string> {
  const linkId = newId();
  await running.dataSource.query(
    `insert into share_link (id, household_id, proposal_id, created_at, expires_at)
     values ($1, $2, $3, now(), now() + interval '1 day')`,
    [linkId, householdId, id],
  );
  return shareToken(linkId, running.config.authSecret!);
}

/** Somebody signed in by phone, over the pages' own cookies. */
async function somebody(householdId: string | null = null): Promise<Reader> {
  const { id, browser } = await migrant(running, gateway);
  if (householdId !== null)
    await running.dataSource.query('update auth_user set household_id = $2 where id = $1', [id, householdId]);
  const reader = new Reader(running);
  reader.take(browser.cookies);
  return reader;
}

describe('a page', () => {
  it.each(['/kk/sign-in', '/kk/account/password/secret', '/kk/demo', '/kk/employer/register', '/kk/account/password'])(
    '%s is stored by no cache',
    async (path) => {
      const page = await new Reader(running).open(path);
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    },
  );

  it('of a shared match is stored by no cache', async () => {
    const page = await new Reader(running).open(`/kk/shared/${sharedToken}`);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  it('that asks the code, and the way from a page that needs an account, are stored by no cache', async () => {
    const reader = new Reader(running);
    const asked = await reader.send(await reader.open('/kk/sign-in'), { phone: '+77051112233' });
    expect([asked.path, asked.headers.get('cache-control')]).toEqual(['/kk/sign-in/code', 'no-store']);
    const led = await fetch(`${running.url}/kk/account`, { redirect: 'manual' });
    expect([led.status, led.headers.get('cache-control')]).toEqual([303, 'no-store']);
  });

  it.each(['/kk/', '/kk/vacancies', '/kk/regions', '/kk/match'])(
    '%s is kept by caches for a stranger, not for somebody',
    async (path) => {
      expect((await new Reader(running).open(path)).headers.get('cache-control')).toBe('no-cache');
      expect((await (await somebody()).open(path)).headers.get('cache-control')).toBe('no-store');
    },
  );
});

describe('an absolute address', () => {
  /** A page asked for under a name that is not ours, as whoever asks may write it. */
  const under = (host: string, path: string, cookie = ''): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = { host, 'x-forwarded-host': host, 'x-forwarded-proto': 'https', cookie };
      ask(running.url + path, { headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
      })
        .on('error', reject)
        .end();
    });

  it('is never made of the Host that a request names', async () => {
    const vacancy = await under('evil.example', `/kk/vacancies/${vacancyId}`);
    expect(vacancy).not.toContain('evil.example');
    expect(vacancy).toContain(`http://qonys.example/kk/vacancies/${vacancyId}`);
    const reader = await somebody(proposal.householdId);
    const own = await under('evil.example', `/kk/my/matches/${proposal.id}`, reader.cookie);
    expect(own).not.toContain('evil.example');
    expect(own).toContain(`http://qonys.example/kk/shared/${sharedToken}`);
    for (const path of ['/kk/', '/ru/regions', '/en/vacancies'])
      expect(await under('evil.example', path)).not.toContain('evil.example');
  });
});

describe('what costs much to answer', () => {
  const useUp = (limit: string): Promise<unknown> =>
    running.dataSource.query(`update auth_rate_limit set points = 100000 where key like $1`, [`${limit}:%`]);

  it('is refused to an address that asks without end, in its language, and the question is kept', async () => {
    const question = new URLSearchParams({ profession: 'медсестра', region: 'KZ-61', children: '2', wish: 'any' });
    const path = `/kk/match?${question.toString()}`;
    const reader = new Reader(running);
    expect((await reader.open(path)).status).toBe(200);
    await useUp('quick_match_address');
    const refused = await reader.open(path);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.$('.error-summary').text()).toContain('Тым көп әрекет жасалды');
    expect(refused.$('input[name=profession]').val()).toBe('медсестра');
    // Somebody who is signed in has a measure of their own, and the empty form costs nothing.
    expect((await (await somebody()).open(path)).status).toBe(200);
    expect((await reader.open('/kk/match')).status).toBe(200);
  });

  it('a household makes so many links an hour', async () => {
    const reader = await somebody((await makeHousehold(running.dataSource)).id);
    const path = `/ru/my/matches/${proposal.id}/share`;
    expect((await reader.post(path, new URLSearchParams())).status).toBe(404);
    await useUp('share_link');
    const refused = await reader.post(path, new URLSearchParams());
    expect(refused.status).toBe(429);
    expect(refused.text).toContain('Слишком много');
  });

  it('a firm counts households so often an hour, and its form is kept', async () => {
    const employerId = newId();
    await running.dataSource.query(
      `insert into employer (id, name, name_normalised, created_at) values ($1, 'ТОО', $2, now())`,
      [employerId, employerId],
    );
    const { token } = await running.app.get(TokenService).create({ role: 'employer', label: 'Тест', employerId });
    const reader = new Reader(running, { authorization: `Bearer ${token}` });
    const fields = {
      title: 'Медицинская сестра',
      location: 'Северо-Казахстанская область, г. Петропавловск',
      openings: '1',
      employment: 'permanent',
      do: 'check',
    };
    const check = async () => reader.send(await reader.open('/ru/employer/vacancies/new'), fields);
    expect((await check()).status).toBe(200);
    await useUp('suitable_count');
    const refused = await check();
    expect(refused.status).toBe(429);
    expect(refused.$('input[name=title]').val()).toBe('Медицинская сестра');
  });
});

describe('a form that comes after its session has ended', () => {
  const typed = { home: EVIL[1], regionCode: 'KZ-61' };
  const send = (reader: Reader, headers?: Record<string, string>) =>
    reader.post('/kk/my/household/home', new URLSearchParams(typed), headers);

  it('is not lost: what was typed stands in the page, and is sent again after signing in', async () => {
    const reader = new Reader(running);
    const over = await send(reader);
    expect([over.status, over.headers.get('cache-control')]).toEqual([401, 'no-store']);
    expect(over.text).toContain('Жүйеден шығып қалдыңыз');
    expect(over.$('main form input[name=home]').val()).toBe(EVIL[1]);
    expect(injected(over)).toEqual([]);
    const door = over.$('main a[target=_blank]').attr('href')!;
    const asked = await reader.send(await reader.open(door), { phone: '+77057778899' });
    await reader.send(asked, { code: codeSentTo(gateway, '+77057778899') });
    const again = await reader.send(over, {});
    // The step's own page: it does not know the place, and shows the words as they were typed.
    expect(again.path).toBe('/kk/my/household/home');
    expect(again.$('input[name=home]').val()).toBe(EVIL[1]);
    const right = await reader.send(over, { home: 'Кентау' });
    expect(right.path).not.toBe('/kk/my/household/home');
  });

  it('of another site is not kept', async () => {
    for (const [name, value] of [
      ['sec-fetch-site', 'cross-site'],
      ['origin', 'https://evil.example'],
    ] as const) {
      const refused = await send(new Reader(running), { [name]: value });
      expect(refused.status).toBe(401);
      expect(refused.$('input[name=home]').length).toBe(0);
    }
  });
});

describe('what is kept of a migrant', () => {
  it('holds where they are signed in: since when, last seen, from which device', async () => {
    const reader = await somebody();
    const { sessions } = JSON.parse((await reader.open('/kk/my/data.json')).html) as { sessions: object[] };
    const when = expect.stringMatching(/^20\d\d-/);
    expect(sessions).toEqual([{ signedInAt: when, lastUsedAt: when, expiresAt: when, device: 'test browser' }]);
    expect(JSON.stringify(sessions)).not.toContain('token');
  });
});
