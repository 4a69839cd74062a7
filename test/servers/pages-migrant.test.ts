import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AccountRegister } from '../../src/auth/account-register.service.js';
import { AccountsService } from '../../src/auth/accounts.service.js';
import { TokenService } from '../../src/auth/token.service.js';
import { WithdrawalService } from '../../src/centres/withdrawal.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { asSystem, scopeOf, withScope } from '../../src/database/scope.js';
import { inTransaction } from '../../src/database/transaction.js';
import { MarketService } from '../../src/matching/market.service.js';
import { MatchingService } from '../../src/matching/matching.service.js';
import { NotificationsService } from '../../src/notifications/notifications.service.js';
import { recordEvent } from '../../src/outbox/outbox.js';
import { JobHandlers } from '../../src/queue/job-handlers.js';
import type { Actor, Role } from '../../src/shared/access.js';
import { checkIin } from '../../src/shared/identity-number.js';
import { newId } from '../../src/shared/ids.js';
import { type Caller, callerWith, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type MadeHousehold, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { Reader } from '../support/reader.js';
import { otherEnd } from '../support/tokens.js';
import { type Browser, migrant, staff, textOf } from '../support/visitors.js';

const EVIL = '<script>alert(1)</script>';
const EVIL_TOO = '"><img src=x onerror=alert(1)>';

/** With what the mail server refuses the next letters to an address. */
const refusals = new Map<string, number[]>();

/** What a handler uses of its job. */
const aJob = () => ({
  attemptsMade: 0,
  attemptsStarted: 1,
  progress: 0 as unknown,
  updateProgress(progress: unknown): Promise<void> {
    this.progress = progress;
    return Promise.resolve();
  },
});

let gateway: DemoGateway;
let running: TestApp;
let owner: DataSource;

beforeAll(async () => {
  gateway = await startDemoGateway({
    treat: ({ to }) => {
      const code = to === 'full@example.kz' ? 550 : refusals.get(to)?.shift();
      return code === undefined ? { do: 'take' } : { do: 'refuse', code };
    },
  });
  running = await startTestApp({ role: 'api', config: { sms: gateway.sms, smtp: gateway.smtp } });
  owner = running.dataSource;
});
afterAll(async () => {
  await running.close();
  await gateway.close();
});
beforeEach(() => owner.query('delete from auth_rate_limit'));

/** Twelve digits with a check digit: the birth date, the century and what comes before the check digit. */
function validIin(start: string): string {
  for (let n = 0; n < 100; n++) {
    for (let digit = 0; digit < 10; digit++) {
      const iin = `${start}${String(n).padStart(2, '0')}${digit}`;
      if (checkIin(iin).ok) return iin;
    }
  }
  throw new Error('There is no such IIN.');
}

interface Answer {
  status: number;
  location: string | null;
  text: string;
  headers: Headers;
}

type Fields = Record<string, string | string[]>;

/** A phone's browser without script: follows nothing by itself. */
class Pages {
  constructor(private readonly browser: Browser | null) {}

  get(path: string): Promise<Answer> {
    return this.ask(path, {});
  }

  /** Sends a form as a browser does, with its proof of where it comes from. */
  post(path: string, fields: Fields = {}): Promise<Answer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
    return this.ask(path, { method: 'POST', body, headers: { origin: running.url } });
  }

  /** A call of the API with the session's cookie. */
  json(method: string, path: string, body: object = {}): Promise<Answer> {
    const headers = { origin: running.url, 'content-type': 'application/json' };
    return this.ask(path, { method, headers, body: JSON.stringify(body) });
  }

  private async ask(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(running.url + path, {
      redirect: 'manual',
      ...init,
      headers: { ...(init.headers as object), cookie: this.browser?.cookies ?? '' },
    });
    return {
      status: response.status,
      location: response.headers.get('location'),
      text: await response.text(),
      headers: response.headers,
    };
  }
}

const STEPS: [string, Fields][] = [
  ['home', { home: 'Кентау', regionCode: 'KZ-61' }],
  ['you', { title: 'медицинская сестра', birthDate: '8.3.1996', experienceYears: '5,5', seeksWork: 'yes' }],
  ['you-skills', { diplomas: 'medicine', languages: ['kk', 'ru'] }],
  ['you-pay', { payTenge: '180 000' }],
  ['you-name', { givenName: EVIL, familyName: EVIL_TOO }],
  ['partner', { hasPartner: 'no' }],
  ['children', { children: '2', schoolAgeChildren: '1', otherMembers: '1' }],
  ['wishes', { move: 'yes', settlement: 'any' }],
  ['contact', { channel: 'in_app', phone: '+7 701 000 00 01', language: 'kk' }],
  ['consents', { matching: 'yes', notices: 'yes' }],
]; // prettier-ignore

/** Somebody signed in who has entered and registered their household over the pages. */
async function registered(): Promise<{ id: string; pages: Pages; householdId: string; browser: Browser }> {
  const { id, browser } = await migrant(running, gateway);
  const pages = new Pages(browser);
  for (const [step, fields] of STEPS) {
    const answer = await pages.post(`/kk/my/household/${step}`, fields);
    expect({ step, status: answer.status }).toEqual({ step, status: 303 });
  }
  const done = await pages.post('/kk/my/household/register');
  expect(done.location).toBe('/kk/my?registered=yes');
  const { householdId } = await running.app.get(AccountsService).one(id);
  return { id, pages, householdId: householdId!, browser };
}

/** Somebody signed in whose household, made by the builders, has an approved match of one vacancy. */
async function matched(wish: { employer?: boolean } = {}) {
  const { id, browser } = await migrant(running, gateway);
  const household = await makeHousehold(owner, { adults: [{}], columns: { phone: '+77010000077' } });
  await running.app.get(AccountsService).linkHousehold(id, household.id);
  const employerId = newId();
  await owner.query(
    `insert into employer (id, name, name_normalised, verified_at, created_at) values ($1::uuid, $2::text, $1::text, now(), now())`,
    [employerId, EVIL],
  );
  const vacancy = await makeVacancy(owner, {
    columns: { title: EVIL_TOO, employer_name: EVIL, employer_id: wish.employer === false ? null : employerId },
  });
  const proposal = await makeProposal(owner, { household, vacancies: [vacancy], status: 'approved' });
  return { id, pages: new Pages(browser), household, vacancy, proposal, employerId };
}

const interestsIn = (proposalId: string) =>
  owner.query<{ id: string; shared_at: Date | null; withdrawn_at: Date | null }[]>(
    'select id, shared_at, withdrawn_at from interest where proposal_id = $1',
    [proposalId],
  );

describe('entering a household', () => {
  it('begins with what the quick match was asked', async () => {
    const { browser } = await migrant(running, gateway);
    const pages = new Pages(browser);
    const question = { profession: 'медсестра', partner: 'ветеринар', region: 'KZ-61', children: '3', wish: 'rural' };
    const begin = await pages.get(`/kk/my?${new URLSearchParams(question).toString()}`);
    expect(begin.text).toContain('name="profession" value="медсестра"');
    expect((await pages.post('/kk/my/household/take-over', question)).location).toBe('/kk/my/household/home');
    expect((await pages.get('/kk/my/household/you')).text).toContain('value="медсестра"');
    expect((await pages.get('/kk/my/household/partner')).text).toContain('value="ветеринар"');
    expect((await pages.get('/kk/my/household/children')).text).toContain('value="3"');
    expect((await pages.get('/kk/my/household/home')).text).toMatch(/value="KZ-61" selected|selected value="KZ-61"/);
  });

  it('keeps each step at once, shows it again, and registers at the end, once for two taps', async () => {
    const { id, browser } = await migrant(running, gateway);
    const pages = new Pages(browser);
    expect((await pages.post('/kk/my/household/home', STEPS[0]![1])).location).toBe('/kk/my/household/you');
    // The connection was lost; the phone comes back later.
    expect((await pages.get('/kk/my/household/home')).text).toContain('value="Кентау"');
    expect((await pages.post('/kk/my/household/register')).location).toBe('/kk/my/household/you');
    for (const [step, fields] of STEPS.slice(1)) await pages.post(`/kk/my/household/${step}`, fields);
    const overview = await pages.get('/kk/my/household');
    expect(overview.text).toContain('action="/kk/my/household/register"');
    const taps = await Promise.all([pages.post('/kk/my/household/register'), pages.post('/kk/my/household/register')]);
    expect(taps.map(({ status }) => status)).toEqual([303, 303]);
    const made = await owner.query<{ id: string; otherMembers: number }[]>(
      `select h.id, h.other_members as "otherMembers" from household h join audit_entry a on a.subject_id = h.id and a.action = 'create' where a.actor = $1`,
      [id],
    );
    expect(made).toMatchObject([{ otherMembers: 1 }]);
    expect((await pages.get('/kk/my/household/children')).text).toMatch(/name="otherMembers"[^>]* value="1"/);
    expect((await running.app.get(AccountsService).one(id)).householdId).toBe(made[0]!.id);
    expect(await owner.query('select 1 from household_draft where account_id = $1', [id])).toHaveLength(0);
  });

  it('refuses in words, field by field, and shows again what was typed', async () => {
    const { browser } = await migrant(running, gateway);
    const pages = new Pages(browser);
    const undated = await pages.post('/ru/my/household/you', { title: 'медсестра', birthDate: '' });
    expect(undated.status).toBe(422);
    expect(undated.text).toContain('value="медсестра"');
    const unclear = await pages.post('/ru/my/household/you', { title: 'медсестра', birthDate: '8 марта' });
    expect(unclear.status).toBe(422);
    expect(unclear.text).toContain('Напишите день, месяц и год так: 08.03.1996.');
    expect(unclear.text).toContain('value="8 марта"');
    const wrong = await pages.post('/ru/my/household/you-name', { givenName: 'Айгүл', iin: '123' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('ИИН состоит из 12 цифр');
    expect(wrong.text).toContain('value="Айгүл"');
    expect(wrong.text).not.toContain('value="123"');
    const lost = await pages.post('/kk/my/household/home', { home: EVIL_TOO });
    expect(lost.status).toBe(422);
    expect(lost.text).not.toContain('<img');
    const children = await pages.post('/kk/my/household/children', { children: '1', schoolAgeChildren: '2' });
    expect(children.text).toContain('Мектеп жасындағы балалар саны');
    expect((await pages.post('/kk/my/household/nothing')).status).toBe(404);
  });

  it('offers what an unclear place or profession may mean, and takes the choice', async () => {
    const { id, browser } = await migrant(running, gateway);
    const pages = new Pages(browser);
    const unclear = await pages.post('/ru/my/household/home', { home: 'Кинтау', regionCode: 'KZ-61' });
    expect(unclear.status).toBe(422);
    const offered = [...unclear.text.matchAll(/name="place" value="([^"]+)"/gu)].map((found) => found[1]!);
    expect(offered[0]).toContain('Кентау');
    const chosen = { home: 'Кинтау', regionCode: 'KZ-61', place: offered[0]!, placeFor: 'Кинтау' };
    expect((await pages.post('/ru/my/household/home', chosen)).status).toBe(303);
    // A choice for other words is forgotten.
    expect((await pages.post('/ru/my/household/home', { ...chosen, home: 'Жамбылл' })).status).toBe(422);
    const [draft] = await owner.query<{ answers: { home: object } }[]>(
      'select answers from household_draft where account_id = $1',
      [id],
    );
    expect(draft!.answers.home).toEqual({ text: offered[0] });
    const teacher = await pages.post('/kk/my/household/you', { title: 'мұғалім', birthDate: '1990-01-01' });
    const groups = [...teacher.text.matchAll(/name="isco" value="(\d+)"/gu)].map((found) => found[1]!);
    expect(groups).toEqual(expect.arrayContaining(['2330', '2341', '2342', '2320']));
  });

  it('says in words of people, field by field, what is missing or no number', async () => {
    const { browser } = await migrant(running, gateway);
    const pages = new Pages(browser);
    const empty = await pages.post('/kk/my/household/partner', { hasPartner: 'yes', birthDate: '1990-01-01' });
    expect(empty.text).toContain('Мамандықты жазыңыз.');
    expect(empty.text).not.toContain('ISCO');
    const wrong = await pages.post('/ru/my/household/children', { children: 'двое' });
    const summary = /class="error-summary"[^]*?<\/ul>/.exec(wrong.text)![0];
    expect(summary).toMatch(/>Сколько детей[^<]*: [^<]+<\/a>/u);
    const { pages: own } = await registered();
    await own.post('/ru/my/household/children', { children: '3', version: '1' });
    const late = await own.post('/ru/my/household/children', { children: '4', version: '1' });
    expect(late.text).toContain('Пока эта страница была открыта, сведения о семье изменили');
    expect(late.text).not.toContain('сейчас версия');
  });

  it('keeps an IIN encrypted, never shows it again, and registers with it', async () => {
    const { id, browser } = await migrant(running, gateway);
    const pages = new Pages(browser);
    for (const [step, fields] of STEPS) await pages.post(`/kk/my/household/${step}`, fields);
    const iin = validIin('960308400');
    const you = STEPS[1]![1];
    // Of another person: the birth date that is known says otherwise.
    const wrong = await pages.post('/kk/my/household/you-name', { iin: validIin('910308400') });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toMatch(/id="f-iin"[^>]*aria-invalid="true"/u);
    expect((await pages.post('/kk/my/household/you-name', { iin })).status).toBe(303);
    const [draft] = await owner.query<{ answers: object }[]>(
      'select answers from household_draft where account_id = $1',
      [id],
    );
    expect(JSON.stringify(draft!.answers)).toContain('iinCipher');
    expect(JSON.stringify(draft!.answers)).not.toContain(iin);
    for (const path of ['/you-name', '']) expect((await pages.get(`/kk/my/household${path}`)).text).not.toContain(iin);
    expect((await pages.get('/kk/my/data.json')).text).not.toContain(iin);
    // Another step's visit and an empty field leave it as it is; it says the birth date too.
    expect((await pages.post('/kk/my/household/you-name', { givenName: 'Айгүл' })).status).toBe(303);
    expect((await pages.post('/kk/my/household/you', { ...you, birthDate: '' })).status).toBe(303);
    expect((await pages.post('/kk/my/household/register')).location).toBe('/kk/my?registered=yes');
    const [seeker] = await owner.query<{ iin_index: Buffer | null; birth_date: string }[]>(
      `select s.iin_index, s.birth_date::text from seeker s join auth_user u on u.household_id = s.household_id where u.id = $1`,
      [id],
    );
    expect(seeker!.iin_index).not.toBeNull();
    expect(seeker!.birth_date).toBe('1996-03-08');
    // Whoever changes their own number to this one is told that it is taken, not that the program failed.
    const other = await registered();
    const taken = await other.pages.post('/kk/my/household/you-name', { iin });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain('ЖСН иесі тіркеліп қойған');
    expect((await other.pages.post('/kk/my/household/you-name', { iin: validIin('910308400') })).status).toBe(422);
  });

  it('asks of a second adult only when there is one, each part by itself', async () => {
    const { pages, householdId } = await registered();
    const overview = async (): Promise<string> => (await pages.get('/kk/my/household')).text;
    expect(await overview()).not.toContain('/household/partner-skills');
    expect((await pages.get('/kk/my/household/partner-skills')).location).toBe('/kk/my/household/partner');
    expect((await pages.post('/kk/my/household/partner-pay', { payTenge: '1' })).location).toBe(
      '/kk/my/household/partner',
    );
    const partner = { hasPartner: 'yes', title: 'ветеринар', birthDate: '1990-05-05', experienceYears: '7' };
    expect((await pages.post('/kk/my/household/partner', partner)).status).toBe(303);
    expect((await pages.get('/kk/my/household/partner')).text).toContain('value="05.05.1990"');
    expect(await overview()).toContain('/household/partner-skills');
    expect((await pages.post('/kk/my/household/partner-skills', { driving: ['B', 'C'] })).status).toBe(303);
    expect((await pages.post('/kk/my/household/partner-pay', { minimumPayTenge: '300000' })).status).toBe(303);
    const adults = await owner.query<object[]>(
      `select position, driving, diplomas, minimum_pay_tenge as minimum, pay_tenge as pay, experience_years::float as years
       from seeker where household_id = $1 order by position`,
      [householdId],
    );
    expect(adults).toEqual([
      { position: 1, driving: [], diplomas: ['medicine'], minimum: null, pay: 180_000, years: 5.5 },
      { position: 2, driving: ['B', 'C'], diplomas: [], minimum: 300_000, pay: null, years: 7 },
    ]);
    // What was said of them goes only when that is said too; what else stands on the page does not hinder it.
    const none = { hasPartner: 'no', title: 'x', birthDate: 'never' };
    const asked = await pages.post('/kk/my/household/partner', none);
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('Екінші ересек туралы барлық жауаптар өшіріледі');
    expect(asked.text).toContain('name="removePartner"');
    const adultCount = async (): Promise<number> =>
      (await owner.query<object[]>('select 1 from seeker where household_id = $1', [householdId])).length;
    expect(await adultCount()).toBe(2);
    expect((await pages.post('/kk/my/household/partner', { ...none, removePartner: 'yes' })).status).toBe(303);
    expect(await adultCount()).toBe(1);
  });

  it('leads through the parts of each adult in the order of the pages', async () => {
    const { browser } = await migrant(running, gateway);
    const pages = new Pages(browser);
    const way: (string | null)[] = [];
    const partner = { hasPartner: 'yes', title: 'ветеринар', birthDate: '1990-05-05' };
    const steps = STEPS.map(([step, fields]): [string, Fields] => [step, step === 'partner' ? partner : fields]);
    const second: [string, Fields][] = [['partner-skills', {}], ['partner-pay', {}], ['partner-name', {}]]; // prettier-ignore
    const at = steps.findIndex(([step]) => step === 'partner') + 1;
    for (const [step, fields] of [...steps.slice(0, at), ...second, ...steps.slice(at)]) {
      way.push(
        (await pages.post(`/kk/my/household/${step}`, fields)).location?.replace('/kk/my/household', '') ?? null,
      );
    }
    expect(way).toEqual([
      '/you', '/you-skills', '/you-pay', '/you-name', '/partner', '/partner-skills', '/partner-pay', '/partner-name',
      '/children', '/wishes', '/contact', '/consents', '',
    ]); // prettier-ignore
  });

  it('changes a registered household step by step, once for two taps, and names a conflict', async () => {
    const { pages, householdId } = await registered();
    const form = await pages.get('/kk/my/household/children');
    const version = /name="version" value="(\d+)"/.exec(form.text)![1]!;
    const change = { children: '4', schoolAgeChildren: '2', version, once: newId() };
    expect((await pages.post('/kk/my/household/children', change)).location).toBe('/kk/my/household?saved=children');
    expect((await pages.post('/kk/my/household/children', change)).status).toBe(303);
    const [row] = await owner.query<{ children: number; version: number }[]>(
      'select children, version from household where id = $1',
      [householdId],
    );
    expect(row).toEqual({ children: 4, version: Number(version) + 1 });
    const late = await pages.post('/kk/my/household/children', { children: '5', version, once: newId() });
    expect(late.status).toBe(422);
    // The home is sent back as it was shown, and stays the same place.
    const home = (await pages.get('/kk/my/household/home')).text;
    const known = /name="knownHome" value="([^"]+)"/.exec(home)![1]!;
    const kato = /name="knownKato" value="(\d+)"/.exec(home)![1]!;
    const again = { home: known, knownHome: known, knownKato: kato, regionCode: 'KZ-61' };
    expect((await pages.post('/kk/my/household/home', again)).status).toBe(303);
    expect(await owner.query('select home_kato from household where id = $1', [householdId])).toEqual([
      { home_kato: kato },
    ]);
  });

  it('escapes every name it shows', async () => {
    const { pages } = await registered();
    const { text } = await pages.get('/kk/my/household');
    expect(text).toContain('&lt;script>alert(1)');
    expect(text).not.toContain(EVIL);
    expect(text).not.toContain('<img src=x');
  });
});

describe('no match', () => {
  it('is explained by what keeps the open posts away, with the step where it can be changed, also over the API', async () => {
    const { id, browser } = await migrant(running, gateway);
    const household = await makeHousehold(owner, {
      adults: [{ columns: { minimum_pay_tenge: 9_000_000 } }, { isco: '6130' }],
      columns: { housing_required: true },
    });
    await running.app.get(AccountsService).linkHousehold(id, household.id);
    await makeVacancy(owner, { housing: 'none' });
    const pages = new Pages(browser);
    const { text } = await pages.get('/kk/my');
    expect(text).toMatch(/Әзірге неге лайықты жұмыс жоқ: Айгүл/u);
    expect(text).toMatch(/Жалақы қалаған ең аз мөлшерден төмен немесе көрсетілмеген: \d+ бос орын/u);
    expect(text).toContain('href="/kk/my/household/you-pay"');
    expect(text).toMatch(/Жұмыс берушіден баспана керек, ал ол бермейді: \d+ бос орын/u);
    expect(text).toContain('href="/kk/my/household/wishes"');
    const answer = await pages.get(`/api/v1/households/${household.id}/obstacles`);
    const { failures, seekers } = JSON.parse(answer.text) as { failures: unknown[]; seekers: unknown[] };
    expect(failures).toEqual([]);
    expect(seekers).toEqual([
      {
        seekerId: household.seeker.id,
        vacancies: expect.any(Number),
        obstacles: expect.arrayContaining([
          { code: 'obstacle.minimum_pay', vacancies: expect.any(Number), text: expect.stringContaining('pay') },
        ]),
      },
      expect.objectContaining({ seekerId: household.seekers[1]!.id }),
    ]);
    const other = await makeHousehold(owner, {});
    expect((await pages.get(`/api/v1/households/${other.id}/obstacles`)).status).toBe(404);
  });

  it('is followed by what would help most, and why a vacancy is not proposed', async () => {
    const { id, browser } = await migrant(running, gateway);
    const household = await makeHousehold(owner, { adults: [{ columns: { minimum_pay_tenge: 9_000_000 } }] });
    await running.app.get(AccountsService).linkHousehold(id, household.id);
    const vacancy = await makeVacancy(owner, {});
    // Read anew: the market of the tests before may be a minute old.
    Reflect.set(running.app.get(MarketService), 'latest', null);
    const pages = new Pages(browser);
    expect((await pages.get('/ru/my')).text).toContain('href="/ru/my/changes"');
    const changes = await pages.get('/ru/my/changes');
    expect(changes.text).toContain('Сейчас вам подходит 0 вакансий в регионах приёма.');
    expect(changes.text).toMatch(
      /Согласиться на зарплату меньше названной.*Подходящих вакансий станет \d+ вместо 0\. Лучшая из них – \d+ балл(?:а|ов)? из 100\./su,
    );
    expect(changes.text).toContain('href="/ru/my/household/you-pay"');
    const { now, changes: told } = JSON.parse((await pages.get(`/api/v1/households/${household.id}/changes`)).text) as {
      now: unknown;
      changes: { code: string; seekerId: string | null; effect: string; outlook: { vacancies: number } }[];
    };
    expect(now).toEqual({ vacancies: 0, best: null, regionCode: null });
    expect(told[0]).toMatchObject({ code: 'change.minimum_pay', seekerId: household.seeker.id });
    expect(told[0]!.outlook.vacancies).toBeGreaterThan(0);
    const why = await pages.get(`/ru/my/why?vacancy=${vacancy.id}`);
    expect(why.text).toContain('Зарплата ниже той, на которую согласен этот человек.');
    expect((await pages.get(`/ru/vacancies/${vacancy.id}`)).text).toContain(`href="/ru/my/why?vacancy=${vacancy.id}"`);
    await owner.query('update seeker set minimum_pay_tenge = null where id = $1', [household.seeker.id]);
    const fits = await pages.get(`/kk/my/why?vacancy=${vacancy.id}`);
    expect(fits.text).toContain('Кедергі жоқ, бірақ ұсыныс саны шектеулі');
    // Far below what is proposed: the least fitting in everything.
    const poor = await makeVacancy(owner, { isco: '2221', columns: { isco_sure: false, education: 'postgraduate', experience: '5+', pay_min_tenge: 1, pay_max_tenge: 1, housing: 'none' } }); // prettier-ignore
    expect((await pages.get(`/ru/my/why?vacancy=${poor.id}`)).text).toMatch(
      /Препятствий нет, но подходит слабо: \d+ из 100\. Мы предлагаем работу от 15\./u,
    );
    const refusedProposal = await makeProposal(owner, { household, vacancies: [vacancy], status: 'rejected' });
    expect((await pages.get(`/ru/my/why?vacancy=${vacancy.id}`)).text).toContain('пока вакансия не изменится');
    await owner.query(
      `insert into dismissal (id, household_id, scope, vacancy_id, reason, at) values ($1, $2, 'vacancy', $3, 'other', now())`,
      [newId(), household.id, vacancy.id],
    );
    const dismissed = (await pages.get(`/ru/my/why?vacancy=${vacancy.id}`)).text;
    expect(dismissed).toContain('Вы сами отказались от этой вакансии');
    expect(dismissed).not.toContain('пока вакансия не изменится');
    await owner.query('delete from proposal where id = $1', [refusedProposal.id]);
    // The page speaks with its reader, not of «the household».
    await owner.query(
      `update household set excluded_region_codes = '{KZ-59}', consent_matching_at = null where id = $1`,
      [household.id],
    );
    const hindered = (await pages.get(`/ru/my/why?vacancy=${vacancy.id}`)).text;
    for (const words of ['Вы исключили этот регион.', 'Вы не дали согласия на подбор работы.'])
      expect(hindered).toContain(words);
    expect((await pages.get('/ru/my/changes')).text).toContain('Вы не дали согласия на подбор работы.');
    const other = await makeHousehold(owner, {});
    expect((await pages.get(`/api/v1/households/${other.id}/changes`)).status).toBe(404);
    expect((await pages.get('/ru/my/why?vacancy=00000000-0000-4000-8000-000000000000')).status).toBe(404);
  });

  it('calls a vacancy a poor fit for two adults only where it is one with work for both', async () => {
    const { id, browser } = await migrant(running, gateway);
    const household = await makeHousehold(owner, { adults: [{}, {}] });
    await running.app.get(AccountsService).linkHousehold(id, household.id);
    const pages = new Pages(browser);
    const verdictOn = async (columns: object): Promise<'poor' | 'fair with work for both' | 'fair'> => {
      const vacancy = await makeVacancy(owner, { isco: '2221', columns: { housing: 'none', ...columns } }); // prettier-ignore
      const address = `/api/v1/households/${household.id}/vacancies/${vacancy.id}/eligibility`;
      const answer = JSON.parse((await pages.get(address)).text) as { seekers: { score: number; mostScore: number }[] };
      const { score, mostScore } = answer.seekers[0]!;
      const { text } = await pages.get(`/ru/my/why?vacancy=${vacancy.id}`);
      expect(text.includes('подходит слабо')).toBe(mostScore < 15);
      return mostScore < 15 ? 'poor' : score < 15 ? 'fair with work for both' : 'fair';
    };
    expect(await verdictOn({ education: 'postgraduate', pay_min_tenge: 1, pay_max_tenge: 1 })).toBe('poor');
    // What a job is worth depends on what else is in the market: demands and pay are sought at which the partner's work decides.
    const found = new Set<string>();
    for (const demands of [
      { education: 'postgraduate', housing: 'provided' },
      { experience: '5+', isco_sure: false, education: 'higher' },
      { isco: '2222' },
    ]) {
      let [low, high] = [1, 2_000_000];
      for (let tries = 0; tries < 14 && !found.has('fair with work for both'); tries++) {
        const pay = Math.round((low + high) / 2);
        const verdict = await verdictOn({ ...demands, pay_min_tenge: pay, pay_max_tenge: pay });
        found.add(verdict);
        if (verdict === 'poor') low = pay;
        else high = pay;
      }
    }
    expect(found).toContain('fair with work for both');
  });

  it('says of a proposed vacancy that it is there, and of a household that nothing can be proposed to, why', async () => {
    const { pages, proposal, vacancy } = await matched();
    const why = await pages.get(`/ru/my/why?vacancy=${vacancy.id}`);
    expect(why.text).toContain('Эта вакансия есть среди ваших предложений: Центр занятости одобрил.');
    expect(why.text).toContain(`href="/ru/my/matches/${proposal.id}"`);
    await owner.query(`update proposal set status = 'rejected' where id = $1`, [proposal.id]);
    const was = await pages.get(`/ru/my/why?vacancy=${vacancy.id}`);
    expect(was.text).toContain('Эта вакансия уже была среди ваших предложений: не одобрено.');
    expect(was.text).toContain('Эту работу для вас уже отклонили');
    const { id, browser } = await migrant(running, gateway);
    const household = await makeHousehold(owner, { consent: { matching: false } });
    await running.app.get(AccountsService).linkHousehold(id, household.id);
    const none = await new Pages(browser).get('/kk/my/changes');
    expect(none.text).toContain('Жұмыс іріктеуге келісім бермегенсіз.');
    expect(none.text).not.toContain('class="card"');
  });

  it('is not announced to a household that cannot be matched: it is told what is missing', async () => {
    const { id, browser } = await migrant(running, gateway);
    const household = await makeHousehold(owner, { consent: { matching: false } });
    await running.app.get(AccountsService).linkHousehold(id, household.id);
    const { text } = await new Pages(browser).get('/kk/my?registered=yes');
    expect(text).toContain('Жұмыс іріктеуге келісім бермегенсіз.');
    expect(text).not.toContain('Қазір жұмыс іріктеп жатырмыз');
    await owner.query('update household set consent_matching_at = now() where id = $1', [household.id]);
    expect((await new Pages(browser).get('/kk/my?registered=yes')).text).toContain('Қазір жұмыс іріктеп жатырмыз');
  });
});

describe('an approved match', () => {
  it('takes interest in Kazakh without script, once, and tells the centre', async () => {
    const { pages, proposal } = await matched();
    const list = await pages.get('/kk/my');
    expect(list.text).toContain('Жұмыспен қамту орталығы мақұлдады');
    expect(list.text).toMatch(/«Медицина» саласы бойынша солтүстікте \d+ бос орын бар, оңтүстікте жоқ/u);
    expect(list.text).not.toContain(EVIL);
    expect(list.text).not.toContain('<img src=x');
    const page = await pages.get(`/kk/my/matches/${proposal.id}`);
    expect(page.text).toContain(`action="/kk/my/matches/${proposal.id}/interest"`);
    // One main button: to answer; applying comes after it, and says so.
    const buttons = (text: string): string[] =>
      [...text.matchAll(/action="[^"]*\/(interest|apply)".*?<button[^>]*class="button (\w+)/gs)].map(
        ([, form, kind]) => `${form} ${kind}`,
      );
    expect(buttons(page.text)).toEqual(['interest main', 'apply quiet']);
    expect(page.text).toContain('Әзірге жоғарыда қызықтыратынын ғана айтып');
    expect(page.text).not.toMatch(/ересектің отбасы/u);
    for (let tap = 0; tap < 2; tap++) {
      const sent = await pages.post(`/kk/my/matches/${proposal.id}/interest`);
      expect(sent.location).toBe(`/kk/my/matches/${proposal.id}#interest`);
    }
    const [interest, ...more] = await interestsIn(proposal.id);
    expect(more).toHaveLength(0);
    expect(interest).toMatchObject({ shared_at: null, withdrawn_at: null });
    const after = await pages.get(`/kk/my/matches/${proposal.id}`);
    expect(buttons(after.text)).toEqual(['apply main']);
    expect(after.text).not.toContain('Әзірге жоғарыда қызықтыратынын ғана айтып');
    const events = await owner.query(`select 1 from outbox_event where payload->>'interestId' = $1`, [interest!.id]);
    expect(events).toHaveLength(1);
    expect((await pages.get('/kk/my')).text).toContain('Қызығушылық білдірдіңіз');
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    expect((await officer(`/api/v1/proposals/${proposal.id}/interests`)).body).toMatchObject([
      { id: interest!.id, standing: true, contact: null },
    ]);
    const other = await signedIn(running, { role: 'officer', regionCode: 'KZ-55' });
    expect((await other(`/api/v1/proposals/${proposal.id}/interests`)).status).toBe(404);
  });

  it('asks for a number first where there is none that a firm could call', async () => {
    const { pages, proposal, household } = await matched();
    for (const [phone, boxes] of [
      [null, 0],
      ['+77015550199', proposal.placementIds.length],
    ] as const) {
      await owner.query('update household set phone = $2 where id = $1', [household.id, phone]);
      const { text } = await pages.get(`/ru/my/matches/${proposal.id}`);
      expect([...text.matchAll(/name="shareWith"/g)]).toHaveLength(boxes);
      expect(text.includes('/ru/my/household/contact?then=overview')).toBe(phone === null);
    }
  });

  it('says until when the centre looks at one that waits', async () => {
    const { pages, proposal } = await matched();
    await owner.query(
      `update proposal set status = 'waiting', decided_at = null, decided_by = null, due_on = '2026-11-27' where id = $1`,
      [proposal.id],
    );
    expect((await pages.get(`/ru/my/matches/${proposal.id}`)).text).toMatch(
      /рассмотреть его не позднее 27 ноября 2026/,
    );
  });

  it('tells the officer who approved it by a letter that names nobody, and no other', async () => {
    const [decider, colleague] = [
      await staff(running, gateway, { role: 'officer', regionCode: 'KZ-59' }),
      await staff(running, gateway, { role: 'supervisor', regionCode: 'KZ-59' }),
    ];
    const { pages, proposal } = await matched();
    await owner.query('update proposal set decided_by = $2 where id = $1', [proposal.id, decider.id]);
    await pages.post(`/kk/my/matches/${proposal.id}/interest`, { shareWith: proposal.placementIds });
    const [event] = await owner.query<{ id: string }[]>(
      `select id from outbox_event where topic = 'interest.expressed' order by id desc limit 1`,
    );
    const letters = () => gateway.arrivals.filter(({ channel }) => channel === 'email');
    const before = letters().length;
    const job = running.app.get(JobHandlers).handlerOf('review', 'tell-centre');
    await job({ eventId: event!.id }, aJob() as Parameters<typeof job>[1]);
    const [letter, ...more] = letters().slice(before);
    expect(more).toHaveLength(0);
    expect(letter!.to).toBe(decider.email);
    expect(letter!.to).not.toBe(colleague.email);
    const text = textOf(letter!.text);
    expect(text).toContain(`/ru/centre/cases/${proposal.id}`);
    for (const personal of ['Айгүл', 'Сынақ', '0000077']) expect(text).not.toContain(personal);
    // Taken back before the job ran: nobody is told.
    await pages.post(`/kk/my/matches/${proposal.id}/interest/withdraw`);
    await job({ eventId: event!.id }, aJob() as Parameters<typeof job>[1]);
    expect(letters()).toHaveLength(before + 1);
  });

  it('tells them once more, until when, as the household applies, also without a word of interest before', async () => {
    const decider = await staff(running, gateway, { role: 'officer', regionCode: 'KZ-59' });
    const { pages, proposal } = await matched();
    await owner.query('update proposal set decided_by = $2 where id = $1', [proposal.id, decider.id]);
    await pages.post(`/kk/my/matches/${proposal.id}/apply`);
    const [application] = await owner.query<{ id: string }[]>('select id from application where proposal_id = $1', [
      proposal.id,
    ]);
    const events = await owner.query<{ id: string }[]>(
      `select id from outbox_event where topic = 'application.handed_in' and payload ->> 'applicationId' = $1`,
      [application!.id],
    );
    expect(events).toHaveLength(1);
    const job = running.app.get(JobHandlers).handlerOf('review', 'tell-centre');
    const before = gateway.arrivals.length;
    await job({ eventId: events[0]!.id }, aJob() as Parameters<typeof job>[1]);
    const letters = gateway.arrivals.slice(before).filter(({ to }) => to === decider.email);
    expect(letters).toHaveLength(1);
    const text = textOf(letters[0]!.text);
    expect(text).toContain(`/ru/centre/applications/${application!.id}`);
    expect(text).toMatch(/срок – \d{1,2} \p{L}+ 20\d\d/u);
    for (const personal of ['Айгүл', 'Сынақ', '0000077']) expect(text).not.toContain(personal);
    // Forwarded before the job ran again: nobody is told.
    await owner.query(`update application set state = 'forwarded' where id = $1`, [application!.id]);
    await job({ eventId: events[0]!.id }, aJob() as Parameters<typeof job>[1]);
    expect(gateway.arrivals.slice(before)).toHaveLength(letters.length);
  });

  it('writes to each supervisor once, whatever becomes of the letters to the others', async () => {
    const [gone, late, well] = [
      await staff(running, gateway, { role: 'supervisor', regionCode: 'KZ-59' }),
      await staff(running, gateway, { role: 'supervisor', regionCode: 'KZ-59' }),
      await staff(running, gateway, { role: 'supervisor', regionCode: 'KZ-59' }),
    ];
    const { pages, proposal } = await matched();
    await pages.post(`/kk/my/matches/${proposal.id}/interest`, { shareWith: proposal.placementIds });
    const [event] = await owner.query<{ id: string }[]>(
      `select id from outbox_event where topic = 'interest.expressed' order by id desc limit 1`,
    );
    const job = running.app.get(JobHandlers).handlerOf('review', 'tell-centre');
    const repeated = aJob();
    refusals.set(gone.email, [550, 550]).set(late.email, [451]);
    const before = gateway.arrivals.length;
    const timesTo = ({ email }: { email: string }): number =>
      gateway.arrivals.slice(before).filter(({ to }) => to === email).length;
    await expect(job({ eventId: event!.id }, repeated as Parameters<typeof job>[1])).rejects.toThrow('email.deferred');
    expect([gone, late, well].map(timesTo)).toEqual([0, 0, 1]);
    repeated.attemptsMade = 1;
    await job({ eventId: event!.id }, repeated as Parameters<typeof job>[1]);
    expect([gone, late, well].map(timesTo)).toEqual([0, 1, 1]);
  });

  it('shows name and phone to its employer only with consent, and no longer once it is taken back', async () => {
    const { pages, proposal, vacancy, employerId } = await matched();
    const firm = await signedIn(running, { role: 'employer', employerId });
    const seen = async (): Promise<unknown[]> => (await firm(`/api/v1/vacancies/${vacancy.id}/interests`)).body;
    await pages.post(`/kk/my/matches/${proposal.id}/interest`);
    expect(await seen()).toEqual([]);
    const { id } = (await interestsIn(proposal.id))[0]!;
    await pages.post(`/kk/my/interests/${id}/sharing`, { share: 'yes', match: proposal.id });
    expect(await seen()).toMatchObject([{ contact: { phone: '+77010000077', adults: [{ givenName: 'Айгүл' }] } }]);
    const reading = await owner.query(
      `select 1 from audit_entry where subject_id = $1 and action = 'read_contact' and actor_role = 'employer'`,
      [proposal.id],
    );
    expect(reading).toHaveLength(1);
    await pages.post(`/kk/my/interests/${id}/sharing`, { share: 'no', match: proposal.id });
    expect(await seen()).toEqual([]);
    await pages.post(`/kk/my/interests/${id}/sharing`, { share: 'yes', match: proposal.id });
    await pages.post(`/kk/my/matches/${proposal.id}/interest/withdraw`);
    expect(await seen()).toEqual([]);
    expect(await interestsIn(proposal.id)).toMatchObject([{ shared_at: null }]);
  });

  it('shows nobody to a firm that no centre has checked, nor to another firm', async () => {
    const { pages, proposal, vacancy, employerId } = await matched();
    await pages.post(`/kk/my/matches/${proposal.id}/interest`, { shareWith: proposal.placementIds });
    const stranger = await matched();
    const other = await signedIn(running, { role: 'employer', employerId: stranger.employerId });
    expect((await other(`/api/v1/vacancies/${vacancy.id}/interests`)).status).toBe(404);
    const firm = await signedIn(running, { role: 'employer', employerId });
    expect((await firm(`/api/v1/vacancies/${vacancy.id}/interests`)).body).toHaveLength(1);
    await owner.query('update employer set verified_at = null where id = $1', [employerId]);
    expect((await firm(`/api/v1/vacancies/${vacancy.id}/interests`)).body).toEqual([]);
  });

  it('shows nobody to a firm that a vacancy came to after they had consented to the former one', async () => {
    const { pages, proposal, vacancy } = await matched();
    await pages.post(`/kk/my/matches/${proposal.id}/interest`, { shareWith: proposal.placementIds });
    const { employerId } = await matched();
    await owner.query('update vacancy set employer_id = $2 where id = $1', [vacancy.id, employerId]);
    const later = await signedIn(running, { role: 'employer', employerId });
    expect(await later(`/api/v1/vacancies/${vacancy.id}/interests`)).toMatchObject({ status: 200, body: [] });
  });

  it('is nobody else’s: another’s ids are not found', async () => {
    const { proposal } = await matched();
    const { pages } = await matched();
    for (const path of ['', '/print', '/dismiss']) {
      expect((await pages.get(`/kk/my/matches/${proposal.id}${path}`)).status).toBe(404);
    }
    expect(
      (await pages.post(`/kk/my/matches/${proposal.id}/dismiss`, { target: 'region', reason: 'pay' })).status,
    ).toBe(404);
    expect((await pages.post(`/kk/my/matches/${proposal.id}/share`)).status).toBe(404);
    await pages.post(`/kk/my/matches/${proposal.id}/interest`);
    expect(await interestsIn(proposal.id)).toHaveLength(0);
    expect((await new Pages(null).get('/kk/my')).location).toContain('/kk/sign-in');
  });

  it('takes no interest before its centre approved it', async () => {
    const { pages, proposal } = await matched();
    await owner.query(`update proposal set status = 'waiting' where id = $1`, [proposal.id]);
    const refused = await pages.post(`/ru/my/matches/${proposal.id}/interest`);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('ещё не одобрил');
  });

  it('says of every firm whether a centre has checked it, on the card, the page, the sheet and to a relative', async () => {
    const { pages, proposal, employerId } = await matched();
    await pages.post(`/kk/my/matches/${proposal.id}/share`);
    const own = await pages.get(`/kk/my/matches/${proposal.id}`);
    const shared = /\/kk\/shared\/[\w-]+/.exec(own.text)![0];
    const paths = ['/kk/my', `/kk/my/matches/${proposal.id}`, `/kk/my/matches/${proposal.id}/print`, shared];
    const said = (): Promise<string[]> => Promise.all(paths.map(async (path) => (await pages.get(path)).text));
    for (const text of await said()) {
      expect(text).toContain('(жұмыспен қамту орталығы тексерген)');
      expect(text).not.toContain('жұмыспен қамту орталығы әлі тексермеген');
    }
    await owner.query('update employer set verified_at = null where id = $1', [employerId]);
    for (const text of await said()) expect(text).toContain('(жұмыспен қамту орталығы әлі тексермеген)');
  });

  it('prints on a sheet', async () => {
    const { pages, proposal } = await matched();
    const { status, text } = await pages.get(`/ru/my/matches/${proposal.id}/print`);
    expect(status).toBe(200);
    expect(text).toMatch(/около 1\s?\d{3} км/);
    expect(text).toContain('data-print');
  });
});

describe('a link for a relative', () => {
  it('shows the jobs to anybody and no person, until it is taken back or over', async () => {
    const { pages, proposal } = await matched();
    await pages.post(`/kk/my/matches/${proposal.id}/share`);
    await pages.post(`/kk/my/matches/${proposal.id}/share`);
    const links = await owner.query<{ id: string }[]>('select id from share_link where proposal_id = $1', [
      proposal.id,
    ]);
    expect(links).toHaveLength(1);
    const { text } = await pages.get(`/kk/my/matches/${proposal.id}`);
    const path = /\/kk\/shared\/[\w-]+/.exec(text)![0];
    const anybody = new Pages(null);
    const shown = await anybody.get(path);
    expect(shown.status).toBe(200);
    for (const personal of ['Айгүл', 'Сынақ', '0000077', EVIL, '<img src=x'])
      expect(shown.text).not.toContain(personal);
    expect((await anybody.get(otherEnd(path))).status).toBe(404);
    await owner.query(`update share_link set expires_at = now() - interval '1 second' where id = $1`, [links[0]!.id]);
    expect((await anybody.get(path)).status).toBe(410);
    await owner.query(`update share_link set expires_at = now() + interval '1 day' where id = $1`, [links[0]!.id]);
    await pages.post(`/kk/my/matches/${proposal.id}/share/revoke`);
    expect((await anybody.get(path)).status).toBe(410);
  });
});

describe('not being interested', () => {
  const statusOf = async (id: string): Promise<unknown> =>
    (await owner.query<object[]>('select status, reason from proposal where id = $1', [id]))[0];
  const rematch = async (household: MadeHousehold): Promise<string[]> => {
    await running.app.get(MatchingService).run('test', { householdId: household.id });
    const open = await owner.query<{ vacancyId: string }[]>(
      `select pl.vacancy_id as "vacancyId" from proposal p join placement pl on pl.proposal_id = p.id
       where p.household_id = $1 and p.status = 'waiting'`,
      [household.id],
    );
    return open.map(({ vacancyId }) => vacancyId);
  };

  it.each(['vacancy', 'district', 'region'] as const)(
    'in a %s: it is withdrawn, no run proposes it again, and it can be taken back',
    async (scope) => {
      const { id, browser } = await migrant(running, gateway);
      const pages = new Pages(browser);
      const household = await makeHousehold(owner, { adults: [{}] });
      await running.app.get(AccountsService).linkHousehold(id, household.id);
      await owner.query(`update vacancy set status = 'closed', closed_at = now() where status = 'open'`);
      // Posts that keep the competition low, and that nobody is moved to: they are not permanent.
      await makeVacancy(owner, { openings: 200, employment: 'temporary' });
      const vacancy = await makeVacancy(owner);
      expect(await rematch(household)).toEqual([vacancy.id]);
      const [proposal] = await owner.query<{ id: string }[]>('select id from proposal where household_id = $1', [
        household.id,
      ]);
      const target = scope === 'vacancy' ? `vacancy ${vacancy.id}` : scope;
      const refused = await pages.post(`/kk/my/matches/${proposal!.id}/dismiss`, { target });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('Себебін таңдаңыз');
      const sent = await pages.post(`/kk/my/matches/${proposal!.id}/dismiss`, { target, reason: 'not_now' });
      expect(sent.location).toBe('/kk/my?done=dismissed');
      expect((await pages.get('/kk/my')).text).not.toContain(`/kk/my/matches/${proposal!.id}`);
      const actor = { id: 'withdraw-household', role: 'system' };
      expect(await running.app.get(WithdrawalService).withdrawDismissed(household.id, actor)).toBe(1);
      expect(await statusOf(proposal!.id)).toEqual({ status: 'withdrawn', reason: 'household_dismissed' });
      expect(await rematch(household)).toEqual([]);
      const [dismissal] = await owner.query<{ id: string }[]>('select id from dismissal where household_id = $1', [
        household.id,
      ]);
      const stranger = await matched();
      expect((await stranger.pages.post(`/kk/my/dismissals/${dismissal!.id}/undo`)).status).toBe(404);
      expect((await pages.post(`/kk/my/dismissals/${dismissal!.id}/undo`)).location).toBe('/kk/my');
      expect(await rematch(household)).toEqual([vacancy.id]);
    },
  );
});

describe('why somebody is not interested', () => {
  it('becomes a wish in one press, with the number in the sentence, and the ranking respects it', async () => {
    const { pages, household, proposal, vacancy } = await matched();
    await owner.query('update vacancy set pay_min_tenge = 254000, pay_max_tenge = 300000 where id = $1', [vacancy.id]);
    const dismiss = (reason: string) =>
      pages.post(`/ru/my/matches/${proposal.id}/dismiss`, { target: `vacancy ${vacancy.id}`, reason });
    const wishOf = async () =>
      (
        await owner.query<{ least: number | null; housing: boolean }[]>(
          `select s.minimum_pay_tenge as least, h.housing_required as housing from household h join seeker s on s.household_id = h.id
           where h.id = $1`,
          [household.id],
        )
      )[0];
    const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
    const after = await pages.get((await dismiss('pay')).location!);
    expect(plain(after.text)).toContain('Предлагать дальше только работу с зарплатой от 260 000 ₸?');
    // After the dismissal and in the list of what was dismissed.
    const [path] = /\/ru\/my\/dismissals\/[0-9a-f-]{36}\/wish/.exec(after.text)!;
    expect(after.text.split(path)).toHaveLength(3);
    expect(await wishOf()).toEqual({ least: null, housing: false });
    const stranger = await matched();
    expect((await stranger.pages.post(path)).status).toBe(404);
    expect(await wishOf()).toEqual({ least: null, housing: false });
    const kept = await pages.get((await pages.post(path)).location!);
    expect(kept.text).toContain('Пожелание сохранено');
    expect(kept.text).not.toContain(path);
    expect(await wishOf()).toEqual({ least: 260_000, housing: false });
    const asked = await owner.query(
      `select 1 from outbox_event where topic = 'match.requested' and payload->>'householdId' = $1`,
      [household.id],
    );
    expect(asked).toHaveLength(1);
    const like = await makeVacancy(owner, { columns: { pay_min_tenge: 254_000 } });
    expect((await pages.get(`/ru/my/why?vacancy=${like.id}`)).text).toContain('Зарплата ниже той');

    await owner.query(`update vacancy set housing = 'none' where id = $1`, [vacancy.id]);
    expect((await pages.get((await dismiss('housing')).location!)).text).toContain('только работу с жильём');
    await pages.post(path);
    await pages.post(path);
    expect(await wishOf()).toEqual({ least: 260_000, housing: true });
  });

  it('becomes a wish of a district and a region too: above what was proposed there, or the region left out', async () => {
    const { pages, household, proposal, vacancy } = await matched();
    await owner.query('update vacancy set pay_min_tenge = 254000, pay_max_tenge = 300000 where id = $1', [vacancy.id]);
    const wish = async (target: string, reason: string): Promise<string> => {
      const after = await pages.get(
        (await pages.post(`/ru/my/matches/${proposal.id}/dismiss`, { target, reason })).location!,
      );
      const [path] = /\/ru\/my\/dismissals\/[0-9a-f-]{36}\/wish/.exec(after.text)!;
      await pages.post(path);
      return after.text.replace(/[\u00a0\u202f]/g, ' ');
    };
    expect(await wish('region', 'pay')).toContain('Предлагать дальше только работу с зарплатой от 260 000 ₸?');
    expect(await wish('district', 'place')).toContain(
      'Больше ничего не предлагать во всём регионе: Северо-Казахстанская область?',
    );
    const [made] = await owner.query<{ least: number; left: string[] }[]>(
      `select s.minimum_pay_tenge as least, h.excluded_region_codes as left from household h join seeker s on s.household_id = h.id
       where h.id = $1`,
      [household.id],
    );
    expect(made).toEqual({ least: 260_000, left: ['KZ-59'] });
  });
});

describe('one’s own data', () => {
  it('comes whole, with receipts and audit, and with nobody else’s', async () => {
    const { pages, household, proposal } = await matched();
    const other = await matched();
    await pages.post(`/kk/my/matches/${proposal.id}/interest`);
    const { status, headers, text } = await pages.get('/kk/my/data.json');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    const data = JSON.parse(text) as Record<string, unknown>;
    expect(data).toMatchObject({
      household: { id: household.id },
      proposals: [{ id: proposal.id }],
      interests: [{ proposal_id: proposal.id }],
      receipts: [],
      messages: [],
      // The first interest begins an application.
      audit: [{ action: 'express_interest' }, { action: 'start', subject: 'application' }],
    });
    for (const id of [other.household.id, other.proposal.id]) expect(text).not.toContain(id);
  });

  it('is erased after a confirmation, with the account, and signs out', async () => {
    const { id, pages, household, proposal } = await matched();
    await pages.post(`/kk/my/matches/${proposal.id}/interest`, { shareWith: proposal.placementIds });
    expect((await pages.post('/kk/my/delete')).status).toBe(422);
    const gone = await pages.post('/kk/my/delete', { sure: 'yes' });
    expect(gone.location).toBe('/kk/?done=erased');
    expect((await new Pages(null).get(gone.location!)).text).toContain('Мәліметтеріңіз бен тіркелгіңіз өшірілді');
    expect(await owner.query('select 1 from auth_user where id = $1', [id])).toHaveLength(0);
    const [row] = await owner.query<{ phone: string | null }[]>(
      'select phone, erased_at from household where id = $1',
      [household.id],
    );
    expect(row).toMatchObject({ phone: null, erased_at: expect.any(Date) });
    expect(await interestsIn(proposal.id)).toMatchObject([{ shared_at: null, withdrawn_at: expect.any(Date) }]);
    expect((await pages.get('/kk/my')).status).not.toBe(200);
  });

  it('is erased by somebody else’s program with its account; the number begins anew', async () => {
    const { id, pages, household, vacancy } = await matched();
    const system = await signedIn(running, { role: 'system' });
    const vacancyPage = `/kk/vacancies/${vacancy.id}`;
    expect((await pages.get(vacancyPage)).status).toBe(200);
    expect((await system(`/api/v1/households/${household.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await owner.query('select 1 from auth_user where id = $1', [id])).toHaveLength(0);
    expect((await pages.get('/kk/my')).location).toContain('/sign-in');
    expect((await pages.get(vacancyPage)).status).toBe(200);
  });

  it('loses its account also where the program died right after it was erased', async () => {
    const { id, household } = await matched();
    const system = await signedIn(running, { role: 'system' });
    const died = jest.spyOn(AccountRegister.prototype, 'delete').mockRejectedValueOnce(new Error('killed'));
    expect((await system(`/api/v1/households/${household.id}`, { method: 'DELETE' })).status).toBe(500);
    died.mockRestore();
    expect(await owner.query('select 1 from auth_user where id = $1', [id])).toHaveLength(1);
    const [event] = await owner.query<{ id: string }[]>(
      `select id from outbox_event where topic = 'household.erased' and payload ->> 'accountId' = $1`,
      [id],
    );
    const endAccount = running.app.get(JobHandlers).handlerOf('review', 'end-account');
    // Redelivered, it finds nothing left.
    for (let run = 0; run < 2; run++) {
      await endAccount({ eventId: event!.id }, undefined as never);
      expect(await owner.query('select 1 from auth_user where id = $1', [id])).toHaveLength(0);
    }
  });

  it('keeps the account of who has registered anew before the job of the erasure ran', async () => {
    const { id, household } = await matched();
    const another = await makeHousehold(owner, { adults: [{}] });
    const system = await signedIn(running, { role: 'system' });
    const died = jest.spyOn(AccountRegister.prototype, 'delete').mockRejectedValue(new Error('killed'));
    try {
      expect((await system(`/api/v1/households/${household.id}`, { method: 'DELETE' })).status).toBe(500);
      await owner.query('update auth_user set household_id = $2 where id = $1', [id, another.id]);
    } finally {
      died.mockRestore();
    }
    const [event] = await owner.query<{ id: string }[]>(
      `select id from outbox_event where topic = 'household.erased' and payload ->> 'accountId' = $1`,
      [id],
    );
    await running.app.get(JobHandlers).handlerOf('review', 'end-account')({ eventId: event!.id }, undefined as never);
    expect(await owner.query('select 1 from auth_user where id = $1', [id])).toHaveLength(1);
  });

  it('reads a vacancy as everybody does in the moment after its household was erased', async () => {
    const { pages, household, vacancy } = await matched();
    await owner.query('update household set erased_at = now() where id = $1', [household.id]);
    expect((await pages.get(`/kk/vacancies/${vacancy.id}`)).status).toBe(200);
  });

  it('shows messages and marks one’s own as read, not another’s', async () => {
    const { pages, household, proposal } = await matched();
    const [eventId, deliveryId, id] = [newId(), newId(), newId()];
    await owner.query(
      `insert into outbox_event (id, topic, payload, created_at) values ($1, 'proposal.approved', '{}', now())`,
      [eventId],
    );
    await owner.query(
      `insert into delivery (id, event_id, channel, recipient, topic, subject_id, status, message_ref, created_at)
       values ($1::uuid, $2, 'in_app', $3, 'proposal.approved', $4, 'sent', $1::text, now())`,
      [deliveryId, eventId, household.id, proposal.id],
    );
    await owner.query(
      `insert into in_app_message (id, delivery_id, household_id, title, body, language, created_at)
       values ($1, $2, $3, $4, 'екі\n\nабзац', 'kk', now())`,
      [id, deliveryId, household.id, EVIL],
    );
    const list = await pages.get('/kk/my/messages');
    expect(list.text).toContain('абзац');
    expect(list.text).not.toContain(EVIL);
    expect((await (await matched()).pages.post(`/kk/my/messages/${id}/read`)).status).toBe(404);
    expect((await pages.post(`/kk/my/messages/${id}/read`)).location).toBe('/kk/my/messages');
    const [row] = await owner.query<{ read_at: Date | null }[]>('select read_at from in_app_message where id = $1', [
      id,
    ]);
    expect(row!.read_at).not.toBeNull();
  });

  it('tells the centre whom its own channel did not reach, until the message is read over the API', async () => {
    const officer = { role: 'officer', regionCode: 'KZ-59' } as const;
    const { token } = await running.app.get(TokenService).create({ ...officer, label: 'test' });
    const api = callerWith(running, token);
    const desk = new Reader(running, { authorization: `Bearer ${token}` });
    const counted = async () => (await api('/api/v1/centre/summary')).body.notices.unreached;
    const caseOf = async (id: string) => {
      const { unreached, notices } = (await api(`/api/v1/centre/proposals/${id}`)).body;
      const read = notices.map(({ channel, status, readAt }: Record<string, unknown>) => [
        channel,
        status,
        readAt !== null,
      ]);
      return { unreached, read, page: (await desk.open(`/ru/centre/cases/${id}`)).text };
    };
    const told = async (channel: string) => {
      const one = await matched({ employer: false });
      const { id: proposalId, regionCode } = one.proposal;
      await owner.query(`update household set channel = $2, email = 'full@example.kz' where id = $1`, [
        one.household.id,
        channel,
      ]);
      const event = { topic: 'proposal.approved', regionCode, payload: { proposalId } } as const;
      const eventId = await asSystem(() => inTransaction(owner, (tx) => recordEvent(tx, event, new Date())));
      expect((await caseOf(proposalId)).unreached).toBeNull();
      await asSystem(() => running.app.get(NotificationsService).notify(eventId, true));
      return { ...one, id: proposalId };
    };
    const before = await counted();
    const mail = await told('email');
    const failed = await caseOf(mail.id);
    expect(failed).toMatchObject({
      unreached: 'failed',
      read: [
        ['email', 'failed', false],
        ['in_app', 'sent', false],
      ],
    });
    expect(failed.page).toContain('Позвоните ей.');
    const inApp = await told('in_app');
    const unread = await caseOf(inApp.id);
    expect(unread).toMatchObject({ unreached: 'unread', read: [['in_app', 'sent', false]] });
    expect(unread.page).toContain('ещё не прочла последнее уведомление');
    expect((await caseOf((await told('sms')).id)).unreached).toBeNull();
    expect(await counted()).toEqual({ failed: before.failed + 1, unread: before.unread + 1 });
    for (const { pages, id } of [mail, inApp]) {
      const [message, ...more] = JSON.parse((await pages.get('/api/v1/own-household/messages')).text);
      expect([message.readAt, more]).toEqual([null, []]);
      const path = `/api/v1/own-household/messages/${message.id}/read`;
      expect((await (id === mail.id ? inApp : mail).pages.json('PUT', path)).status).toBe(404);
      expect((await caseOf(id)).unreached).not.toBeNull();
      expect((await pages.json('PUT', path)).status).toBe(204);
      const { unreached, read, page } = await caseOf(id);
      expect([unreached, read.at(-1)]).toEqual([null, ['in_app', 'sent', true]]);
      expect(page).not.toMatch(/Позвоните ей|ещё не прочла последнее/);
    }
    expect(await counted()).toEqual(before);
  });
});

describe('row-level security of the desk’s tables', () => {
  const TABLES = ['household_draft', 'dismissal', 'interest', 'share_link'] as const;

  it('shows and takes only one’s own rows, whatever the query forgets', async () => {
    const mine = await matched();
    const theirs = await matched();
    for (const { id, pages, proposal } of [mine, theirs]) {
      await pages.post(`/kk/my/matches/${proposal.id}/interest`);
      await pages.post(`/kk/my/matches/${proposal.id}/share`);
      await pages.json('POST', '/api/v1/own-household/dismissals', {
        scope: 'region',
        regionCode: 'KZ-10',
        reason: 'pay',
      });
      await owner.query(
        `insert into household_draft (id, account_id, answers, updated_at) values ($1, $2, '{}', now())`,
        [newId(), id],
      );
    }
    const application = running.app.get(DataSource);
    const as = <Result>(role: Role, wish: Partial<Actor>, work: () => Promise<Result>): Promise<Result> =>
      withScope(scopeOf({ id: newId(), role, regionCode: null, employerId: null, ...wish }), work);
    const asMe = { id: mine.id, householdId: mine.household.id };
    for (const table of TABLES) {
      const seen = await as('migrant', asMe, () =>
        application.query<Record<string, string>[]>(`select * from ${table}`),
      );
      expect([table, seen.length]).toEqual([table, 1]);
      expect(JSON.stringify(seen)).not.toContain(theirs.household.id);
      const [, touched] = await as('migrant', asMe, () =>
        application.query<[unknown, number]>(`update ${table} set id = id`),
      );
      expect([table, touched]).toEqual([table, 1]);
      for (const role of ['analyst', 'employer'] as const) {
        const others = await as(role, role === 'employer' ? { employerId: mine.employerId } : {}, () =>
          application.query<unknown[]>(`select * from ${table}`),
        );
        expect([table, role, others.length]).toEqual([table, role, 0]);
      }
    }
    const elsewhere = await as('officer', { regionCode: 'KZ-55' }, () =>
      application.query<unknown[]>('select * from interest'),
    );
    expect(elsewhere).toHaveLength(0);
    const forged = as('migrant', asMe, () =>
      application.query(
        `insert into dismissal (id, household_id, scope, region_code, reason, at) values ($1, $2, 'region', 'KZ-35', 'pay', now())`,
        [newId(), theirs.household.id],
      ),
    );
    await expect(forged).rejects.toThrow('row-level security');
  });
});

describe('the own household over the API', () => {
  it('says the same as the pages', async () => {
    const { pages, proposal } = await matched();
    expect(JSON.parse((await pages.get('/api/v1/own-household/interests')).text)).toEqual([]);
    await pages.post(`/kk/my/matches/${proposal.id}/interest`);
    expect(JSON.parse((await pages.get('/api/v1/own-household/interests')).text)).toMatchObject([
      { proposalId: proposal.id, standing: true },
    ]);
    const officer: Caller = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    expect((await officer('/api/v1/own-household/interests')).status).toBe(403);
    const { id } = (await interestsIn(proposal.id))[0]!;
    const shared = await pages.json('PUT', `/api/v1/own-household/interests/${id}/sharing`, { share: true });
    expect([shared.status, shared.text]).toEqual([204, '']);
    expect(await interestsIn(proposal.id)).toMatchObject([{ shared_at: expect.any(Date) }]);
    const stranger = (await matched()).pages;
    expect((await stranger.json('PUT', `/api/v1/own-household/interests/${id}/sharing`, { share: false })).status).toBe(
      404,
    );
    expect((await pages.json('DELETE', `/api/v1/own-household/matches/${proposal.id}/interest`)).status).toBe(204);
    const dismissal = { scope: 'region', regionCode: 'KZ-59', reason: 'place' };
    const made = await pages.json('POST', '/api/v1/own-household/dismissals', dismissal);
    expect(made.status).toBe(201);
    const { id: dismissalId } = JSON.parse(made.text) as { id: string };
    expect((await stranger.json('DELETE', `/api/v1/own-household/dismissals/${dismissalId}`)).status).toBe(404);
    expect((await pages.json('DELETE', `/api/v1/own-household/dismissals/${dismissalId}`)).status).toBe(204);
    expect(JSON.parse((await pages.get('/api/v1/own-household/dismissals')).text)).toEqual([]);
  });
});
