import 'reflect-metadata';
import { jest } from '@jest/globals';
import { type DemoGateway, type Arrival, type Treatment, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { AnswerDelayed, AnswerDeliveryService } from '../../src/questions/answer-delivery.service.js';
import { OwnDataService } from '../../src/applications/own-data.service.js';
import { AskService } from '../../src/questions/ask.service.js';
import { AccountRegister } from '../../src/auth/account-register.service.js';
import { RegionStaff } from '../../src/auth/region-staff.js';
import { TokenService } from '../../src/auth/token.service.js';
import { ForgetContactsService } from '../../src/questions/forget-contacts.service.js';
import type { Actor } from '../../src/shared/access.js';
import { type Caller, callerWith, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, makeHousehold, makeVacancy } from '../support/builders.js';
import { until } from '../support/until.js';
import { migrant, textOf } from '../support/visitors.js';

jest.setTimeout(120_000);

/** Sunday noon in Kazakhstan, moved by the tests. */
let now = BUILT_AT;
const clock = { now: () => now };

let gateway: DemoGateway;
let treat: (arrival: Arrival) => Treatment = () => ({ do: 'take' });
let running: TestApp;
let anyone: Caller;
let officer: Caller;
let other: Caller;
let supervisor: Caller;
let administrator: Caller;

beforeAll(async () => {
  gateway = await startDemoGateway({ treat: (arrival) => treat(arrival) });
  running = await startTestApp({ clock, config: { sms: gateway.sms, smtp: gateway.smtp } });
  anyone = callerWith(running, null);
  officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
  other = await signedIn(running, { role: 'officer', regionCode: 'KZ-55' });
  supervisor = await signedIn(running, { role: 'supervisor', regionCode: 'KZ-59' });
  administrator = await signedIn(running, { role: 'administrator' });
});
beforeEach(() => {
  now = BUILT_AT;
  treat = () => ({ do: 'take' });
  gateway.arrivals.length = 0;
});
afterAll(async () => {
  await running.close();
  await gateway.close();
});

const QUESTION = { language: 'ru', about: 'region', region: 'KZ-59', text: 'Есть ли детские сады в Петропавловске?' };
let phones = 0;
const phone = (): string => `+7702${String(++phones).padStart(7, '0')}`;

interface Asked {
  id: string;
  token: string;
  dueOn: string;
  regionCode: string | null;
  contact: string;
}

async function ask(wish: object = {}): Promise<Asked> {
  const contact = phone();
  const { status, body } = await anyone('/api/v1/questions', { body: { ...QUESTION, contact, ...wish } });
  expect(status).toBe(201);
  return { contact, ...(body as Omit<Asked, 'contact'>) };
}

const arrivalTo = (to: string): Promise<Arrival> => until(() => gateway.arrivals.find((arrival) => arrival.to === to));
const desk = (path: string): string => `/api/v1/centre/questions${path}`;
const audit = (id: string): Promise<{ action: string; actor_role: string; to_state: string | null }[]> =>
  running.dataSource.query(`select action, actor_role, to_state from audit_entry where subject_id = $1 order by id`, [
    id,
  ]);

const TEXTS = {
  topic: 'family',
  question: {
    kk: 'Петропавлда балабақша бар ма?',
    ru: 'Есть ли в Петропавловске детские сады?',
    en: 'Are there kindergartens in Petropavl?',
  },
  answer: {
    kk: 'Бар. Көшпей тұрып орталыққа жазыңыз.',
    ru: 'Есть. Напишите в центр до переезда.',
    en: 'There are. Write to the centre before you move.',
  },
};

async function answered(wish: object = {}): Promise<Asked> {
  const asked = await ask(wish);
  expect((await officer(desk(`/${asked.id}/answer`), { body: { text: 'Есть, и места бывают.' } })).status).toBe(200);
  return asked;
}

describe('asking', () => {
  it('gives a question an owner, a due date in working days and a link, without an account', async () => {
    const asked = await ask();
    // Monday to Wednesday: Sunday itself is none.
    expect(asked).toMatchObject({ regionCode: 'KZ-59', dueOn: '2026-11-25' });
    const { status, body } = await anyone(`/api/v1/questions/asked/${asked.token}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ text: QUESTION.text, status: 'waiting', overdue: false, answer: null });
    expect(JSON.stringify(body)).not.toContain(asked.contact);
    expect(await audit(asked.id)).toEqual([{ action: 'ask', actor_role: 'anyone', to_state: 'waiting' }]);
  });

  it('of a region at whose centre nobody works is the programme’s desk’s to answer', async () => {
    const question = { about: 'region', region: 'KZ-23' };
    const asked = await ask(question);
    expect(asked.regionCode).toBeNull();
    expect((await administrator(desk(`/${asked.id}`))).body).toMatchObject({ aboutRegionCode: 'KZ-23' });
    const tokens = running.app.get(TokenService);
    const token = await tokens.create({ role: 'officer', regionCode: 'KZ-23', label: 'test' });
    expect((await ask(question)).regionCode).toBe('KZ-23');
    await running.dataSource.query(`update api_token set revoked_at = now() where id = $1`, [token.id]);
    expect((await ask(question)).regionCode).toBeNull();
  });

  it('keeps where the answer goes encrypted, and shows it to nobody', async () => {
    const asked = await ask();
    const [row] = await running.dataSource.query<{ all: string }[]>(
      `select to_jsonb(q)::text || encode(contact_cipher, 'escape') as all from question q where id = $1`,
      [asked.id],
    );
    expect(row!.all).not.toContain(asked.contact.slice(-7));
    expect((await officer(desk(`/${asked.id}`))).text).not.toContain(asked.contact.slice(-7));
  });

  it('is done once, however often the form is sent, also at the same moment', async () => {
    const contact = phone();
    const send = (text = QUESTION.text): ReturnType<Caller> =>
      anyone('/api/v1/questions', {
        body: { ...QUESTION, text, contact },
        headers: { 'idempotency-key': `key-of-${contact.slice(1)}` },
      });
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map(({ body }) => (body as Asked).id)).size).toBe(1);
    expect((await send('Другой вопрос?')).body).toMatchObject({ code: 'request.idempotency_key_reused' });
  });

  it('goes to the centre of the vacancy, of the region, of the home, or to the programme’s own desk', async () => {
    const vacancy = await makeVacancy(running.dataSource, { districtKato: '551000000' });
    expect(await ask({ about: 'vacancy', vacancy: vacancy.id, region: undefined })).toMatchObject({
      regionCode: 'KZ-55',
    });
    for (const regionCode of ['KZ-39', 'KZ-61']) await signedIn(running, { role: 'officer', regionCode });
    expect(await ask({ about: 'region', region: 'KZ-39' })).toMatchObject({ regionCode: 'KZ-39' });
    // Who was only invited does not answer yet.
    const invitation = { role: 'officer', regionCode: 'KZ-35', label: 'Invited', email: 'invited@centre.kz' } as const;
    await running.app.get(AccountRegister).invite({ ...invitation, language: 'ru' }, null);
    expect(await running.app.get(RegionStaff).worksAt(running.dataSource, 'KZ-35', now)).toBe(false);
    expect(await ask({ about: 'programme', region: undefined })).toMatchObject({ regionCode: null });
    const { id: householdId } = await makeHousehold(running.dataSource, { homeKato: '612000000' });
    const { id, phone: own } = await migrant(running, gateway);
    await running.dataSource.query('update auth_user set household_id = $2 where id = $1', [id, householdId]);
    const actor: Actor = {
      id, label: '', role: 'migrant', regionCode: null, employerId: null, householdId, via: 'session',
    }; // prettier-ignore
    const asked = await running.app
      .get(AskService)
      .ask({ language: 'kk', about: 'programme', text: 'Қашан көшеміз?' }, { actor, address: '203.0.113.9' });
    expect(asked).toMatchObject({ regionCode: 'KZ-61' });
    expect(own).toMatch(/^\+7701/);
  });

  it.each([
    [{ text: 'Менің ЖСН 910415 300123, көмектесіңіз' }, 422, 'question.iin_in_text'],
    [{ contact: undefined }, 422, 'question.contact_missing'],
    [{ contact: '+7 7152 46 00 00' }, 422, 'question.phone_invalid'],
    [{ contact: 'a@b' }, 422, 'question.email_invalid'],
    [{ region: undefined }, 422, 'question.region_missing'],
    [{ region: 'KZ-99' }, 422, 'question.region_unknown'],
    [{ about: 'vacancy', vacancy: '0192f0aa-0000-7000-8000-000000000001' }, 404, 'vacancy.not_found'],
    [{ text: '?' }, 400, 'request.invalid'],
    [{ text: 'а'.repeat(2_001) }, 400, 'request.invalid'],
    [{ language: 'de' }, 400, 'request.invalid'],
    [{ about: 'weather' }, 400, 'request.invalid'],
  ])('refuses %j with %i %s', async (wish, status, code) => {
    const found = await anyone('/api/v1/questions', { body: { ...QUESTION, contact: phone(), ...wish } });
    expect([found.status, (found.body as { code: string }).code]).toEqual([status, code]);
  });

  it('is limited for each number, and says when it may go on', async () => {
    const contact = phone();
    const send = (): ReturnType<Caller> => anyone('/api/v1/questions', { body: { ...QUESTION, contact } });
    for (let i = 0; i < 10; i++) expect((await send()).status).toBe(201);
    const refused = await send();
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([429, 'auth.too_many']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('lets the asker take it back until it is answered; its words and the contact are gone then', async () => {
    const asked = await ask();
    const gone = await anyone(`/api/v1/questions/asked/${asked.token}`, { method: 'DELETE' });
    expect(gone.status).toBe(204);
    const [row] = await running.dataSource.query<Record<string, unknown>[]>(
      'select text, contact_cipher, contact_channel, status from question where id = $1',
      [asked.id],
    );
    expect(row).toEqual({ text: null, contact_cipher: null, contact_channel: null, status: 'withdrawn' });
    const late = await answered();
    const refused = await anyone(`/api/v1/questions/asked/${late.token}`, { method: 'DELETE' });
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([409, 'transition.illegal']);
  });

  it('opens nothing by a link that was not signed here', async () => {
    const { token } = await ask();
    const changed = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    for (const wrong of [changed, token.slice(0, -2), 'x']) {
      expect((await anyone(`/api/v1/questions/asked/${wrong}`)).body).toMatchObject({ code: 'question.unknown' });
    }
  });
});

describe('a centre’s desk', () => {
  it('sees its own questions, overdue first, and nobody else’s', async () => {
    now = new Date('2026-11-10T04:00:00Z');
    const old = await ask();
    now = BUILT_AT;
    const fresh = await ask();
    const foreign = await ask({ region: 'KZ-55' });
    const { body } = await officer(desk('?limit=200'));
    const ids = (body as { items: { id: string; overdue: boolean }[] }).items.map(({ id }) => id);
    expect(ids.indexOf(old.id)).toBeLessThan(ids.indexOf(fresh.id));
    expect(ids).not.toContain(foreign.id);
    const overdue = (await officer(desk('?overdue=true&limit=200'))).body as {
      items: { id: string; overdue: boolean }[];
    };
    expect(overdue.items.every((item) => item.overdue)).toBe(true);
    expect(overdue.items.map(({ id }) => id)).toContain(old.id);
    expect(overdue.items.map(({ id }) => id)).not.toContain(fresh.id);
  });

  it('is read page by page without a gap', async () => {
    const all = ((await officer(desk('?limit=200'))).body as { items: { id: string }[] }).items.map(({ id }) => id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await officer(desk(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`));
      const page = body as { items: { id: string }[]; nextCursor: string | null };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all);
    expect((await officer(desk('?cursor=nonsense'))).body).toMatchObject({ code: 'page.cursor_invalid' });
  });

  it('keeps another region’s officer out of everything', async () => {
    const { id } = await ask();
    const tries: [string, object?][] = [
      [`/${id}`],
      [`/${id}/take`, { method: 'POST' }],
      [`/${id}/release`, { method: 'POST' }],
      [`/${id}/answer`, { body: { text: 'Чужой ответ' } }],
      [`/${id}/close`, { body: { reason: 'abuse' } }],
      [`/${id}/pass-on`, { body: { to: 'KZ-55' } }],
      [`/${id}/draft`, { method: 'PUT', body: TEXTS }],
      [`/${id}/publication`, { method: 'PUT', body: TEXTS }],
      [`/${id}/publication`, { method: 'DELETE' }],
    ];
    for (const [path, call] of tries) {
      const { status, body } = await other(desk(path), call);
      expect([path, status, (body as { code: string }).code]).toEqual([path, 404, 'question.unknown']);
    }
    expect((await other(desk('?region=KZ-59'))).body).toMatchObject({ code: 'auth.region_forbidden' });
    expect((await officer(desk(`/${id}`))).body).toMatchObject({ status: 'waiting' });
  });

  it('lets one officer hold a question: a colleague neither answers nor takes it, a supervisor gives it back', async () => {
    const { id } = await ask();
    const colleague = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    expect((await officer(desk(`/${id}/take`), { method: 'POST' })).body).toMatchObject({
      status: 'taken',
      mine: true,
    });
    // Pressed twice.
    expect((await officer(desk(`/${id}/take`), { method: 'POST' })).status).toBe(200);
    for (const path of ['take', 'release']) {
      const refused = await colleague(desk(`/${id}/${path}`), { method: 'POST' });
      expect([refused.status, (refused.body as { code: string }).code]).toEqual([409, 'question.held']);
    }
    expect((await colleague(desk(`/${id}/answer`), { body: { text: 'Я тоже' } })).body).toMatchObject({
      code: 'question.held',
    });
    expect((await supervisor(desk(`/${id}/release`), { method: 'POST' })).body).toMatchObject({
      status: 'waiting',
      owner: null,
    });
    expect((await colleague(desk(`/${id}/take`), { method: 'POST' })).status).toBe(200);
  });

  it('answers once, whoever presses at the same moment', async () => {
    const { id, contact } = await ask();
    const colleague = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const both = await Promise.all(
      [officer, colleague].map((by, i) => by(desk(`/${id}/answer`), { body: { text: `Ответ ${i}` } })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await arrivalTo(contact);
    expect(gateway.arrivals.filter(({ to }) => to === contact)).toHaveLength(1);
  });

  it('is seen by the analyst: how long its answers took, and how many it owes', async () => {
    const east = await signedIn(running, { role: 'officer', regionCode: 'KZ-63' });
    const analyst = await signedIn(running, { role: 'analyst' });
    const times = async () =>
      (await analyst('/api/v1/analysis/times')).body.answers.find((one: { region: string }) => one.region === 'KZ-63');
    const asked = [];
    for (let i = 0; i < 11; i++) asked.push(await ask({ region: 'KZ-63' }));
    expect(await times()).toEqual({ region: 'KZ-63', ended: 0, medianDays: null, p90Days: null, open: 11, overdue: 0 });
    // Five answers: three on Monday, the first working day, two on the Thursday after, a day late.
    for (const [i, { id }] of asked.slice(0, 5).entries()) {
      now = new Date(i < 3 ? '2026-11-23T06:00:00Z' : '2026-11-26T06:00:00Z');
      expect((await east(desk(`/${id}/answer`), { body: { text: 'Есть.' } })).status).toBe(200);
    }
    expect(await times()).toEqual({ region: 'KZ-63', ended: 5, medianDays: 1, p90Days: 4, open: 6, overdue: 6 });
  });

  it('of the programme’s own desk is seen by the analyst too', async () => {
    const analyst = await signedIn(running, { role: 'analyst' });
    const times = async () =>
      (await analyst('/api/v1/analysis/times')).body.answers.find(
        (one: { region: string }) => one.region === 'programme',
      );
    const { open } = await times();
    const asked = [];
    for (let i = 0; i < 10; i++) asked.push(await ask({ region: 'KZ-33' }));
    const before = await times();
    expect(before.open).toBeGreaterThanOrEqual((open ?? 0) + 10);
    for (const { id } of asked.slice(0, 5)) {
      expect((await administrator(desk(`/${id}/answer`), { body: { text: 'Да.' } })).status).toBe(200);
    }
    expect(await times()).toMatchObject({ open: before.open - 5 });
    expect((await times()).ended).toBeGreaterThanOrEqual(5);
    const page = (await analyst('/en/analyst/times')).text;
    expect(page).toContain('The programme’s own desk');
    // So many from one address are the test's, not a flood.
    await running.dataSource.query('delete from auth_rate_limit');
  });

  it('gives a question on with its promise, to another region and to the programme’s desk', async () => {
    const { id, dueOn } = await ask();
    expect((await officer(desk(`/${id}/pass-on`), { body: { to: 'KZ-59' } })).body).toMatchObject({
      code: 'question.same_desk',
    });
    expect((await officer(desk(`/${id}/pass-on`), { body: { to: 'KZ-99' } })).body).toMatchObject({
      code: 'question.region_unknown',
    });
    // Nobody works at the desk of Zhetysu: nobody would see it there.
    expect((await officer(desk(`/${id}/pass-on`), { body: { to: 'KZ-33' } })).body).toMatchObject({
      status: 422,
      code: 'question.desk_unstaffed',
    });
    expect((await officer(desk(`/${id}/pass-on`), { body: { to: 'KZ-55' } })).status).toBe(204);
    expect((await officer(desk(`/${id}`))).status).toBe(404);
    expect((await other(desk(`/${id}`))).body).toMatchObject({ regionCode: 'KZ-55', status: 'waiting', dueOn });
    expect((await other(desk(`/${id}/pass-on`), { body: { to: 'programme' } })).status).toBe(204);
    const listed = (await administrator(desk('?region=programme'))).body as { items: { id: string }[] };
    expect(listed.items.map((item) => item.id)).toContain(id);
    // What is overdue stays overdue, however often it is given on.
    now = new Date('2026-12-01T04:00:00Z');
    expect((await administrator(desk(`/${id}/pass-on`), { body: { to: 'KZ-59' } })).status).toBe(204);
    expect((await officer(desk(`/${id}`))).body).toMatchObject({ dueOn, overdue: true });
    expect((await audit(id)).map(({ action }) => action)).toEqual(['ask', 'pass_on', 'pass_on', 'pass_on']);
  });

  it('closes with a reason that the asker is told and reads, and forgets the contact then', async () => {
    const { id, token, contact } = await ask();
    expect((await officer(desk(`/${id}/close`), { body: { reason: 'weather' } })).status).toBe(400);
    expect((await officer(desk(`/${id}/close`), { body: { reason: 'repeated' } })).body).toMatchObject({
      status: 'closed',
    });
    expect((await anyone(`/api/v1/questions/asked/${token}`)).body).toMatchObject({
      status: 'closed',
      closedReason: 'repeated',
    });
    expect((await officer(desk(`/${id}/answer`), { body: { text: 'Поздно' } })).body).toMatchObject({
      code: 'transition.illegal',
    });
    expect((await audit(id)).at(-1)).toMatchObject({ action: 'refused_action', to_state: null });
    // Nor does its asker take it back, which leaves a line too.
    expect((await anyone(`/api/v1/questions/asked/${token}`, { method: 'DELETE' })).body).toMatchObject({
      code: 'transition.illegal',
    });
    expect((await audit(id)).slice(-2)).toEqual([
      { action: 'refused_action', actor_role: 'officer', to_state: null },
      { action: 'refused_action', actor_role: 'anyone', to_state: null },
    ]);
    const { text } = await arrivalTo(contact);
    expect(text).toMatch(/закрыт без ответа[^]*На такой вопрос уже ответили/);
    expect(text).toContain(`/ru/asked/${token}`);
    await until(async () => {
      const { body } = await officer(desk(`/${id}`));
      return (body as { receipts: { finishedAt: string | null }[] }).receipts[0]?.finishedAt ?? undefined;
    });
    const kept = async (of: string): Promise<unknown[]> =>
      running.dataSource.query('select 1 from question where id = $1 and contact_cipher is not null', [of]);
    await running.app.get(ForgetContactsService).forget();
    expect(await kept(id)).toEqual([]);
    // Whoever only insults is told nothing.
    const insult = await ask();
    await officer(desk(`/${insult.id}/close`), { body: { reason: 'abuse' } });
    expect(await kept(insult.id)).toEqual([]);
    const events = await running.dataSource.query<unknown[]>(
      `select 1 from outbox_event where payload ->> 'questionId' = $1`,
      [insult.id],
    );
    expect(events).toEqual([]);
  });

  it('takes no IIN into an answer', async () => {
    const { id } = await ask();
    const { body } = await officer(desk(`/${id}/answer`), { body: { text: 'Ваш ИИН 910415300123 найден' } });
    expect(body).toMatchObject({ code: 'question.iin_in_text' });
  });

  it('is asked for by an administrator, who has no region of their own', async () => {
    expect((await administrator(desk(''))).body).toMatchObject({ code: 'centre.region_required' });
    expect((await administrator(desk('?region=KZ-98'))).body).toMatchObject({ code: 'centre.region_unknown' });
  });
});

describe('the answer', () => {
  it('reaches the asker by SMS in their language, with the link, and leaves a receipt', async () => {
    const asked = await ask({ language: 'kk' });
    await officer(desk(`/${asked.id}/answer`), { body: { text: 'Иә, балабақшалар бар.' } });
    const { text } = await arrivalTo(asked.contact);
    expect(text).toContain('Иә, балабақшалар бар.');
    expect(text).toContain(`/kk/asked/${asked.token}`);
    const whole = await until(async () => {
      const { body } = await officer(desk(`/${asked.id}`));
      return (body as { receipts: { status: string }[] }).receipts[0]?.status === 'sent' ? (body as object) : undefined;
    });
    expect(whole).toMatchObject({ status: 'answered', receipts: [{ channel: 'sms', status: 'sent' }] });
    expect((await anyone(`/api/v1/questions/asked/${asked.token}`)).body).toMatchObject({
      answer: 'Иә, балабақшалар бар.',
    });
    expect((await audit(asked.id)).map(({ action, actor_role }) => `${action} ${actor_role}`)).toEqual([
      'ask anyone',
      'answer officer',
    ]);
  });

  it('reaches an e-mail address with the question in full', async () => {
    const contact = 'asker@example.kz';
    const asked = await answered({ contact });
    const { text } = await arrivalTo(contact);
    expect(textOf(text)).toContain(QUESTION.text);
    expect(textOf(text)).toContain(`/ru/asked/${asked.token}`);
  });

  it('reaches an account by its own number, and a household among its messages where SMS fails for good', async () => {
    const { id, phone: own } = await migrant(running, gateway);
    const by = (householdId: string | null): Actor => ({
      id, label: '', role: 'migrant', regionCode: null, employerId: null, householdId, via: 'session',
    }); // prettier-ignore
    const asking = running.app.get(AskService);
    const wish = { language: 'kk', about: 'region', regionCode: 'KZ-59', text: 'Мектеп бар ма?' } as const;
    const first = await asking.ask(wish, { actor: by(null), address: '203.0.113.9' });
    gateway.arrivals.length = 0;
    await officer(desk(`/${first.id}/answer`), { body: { text: 'Бар.' } });
    await arrivalTo(own);

    const household = await makeHousehold(running.dataSource, { columns: { channel: 'sms', phone: '+77029999999' } });
    await running.dataSource.query('update auth_user set household_id = $2 where id = $1', [id, household.id]);
    treat = () => ({ do: 'refuse', code: 7 });
    const second = await asking.ask(wish, { actor: by(household.id), address: '203.0.113.9' });
    await officer(desk(`/${second.id}/answer`), { body: { text: 'Иә, бар.' } });
    const [message] = await until(async () => {
      const found = await running.dataSource.query<{ body: string }[]>(
        'select body from in_app_message where household_id = $1',
        [household.id],
      );
      return found.length > 0 ? found : undefined;
    });
    expect(message!.body).toContain('Иә, бар.');
    expect((await officer(desk(`/${second.id}`))).body).toMatchObject({
      receipts: [
        { channel: 'sms', status: 'failed', errorCode: 'sms.invalid_number' },
        { channel: 'in_app', status: 'sent', errorCode: 'sms.invalid_number' },
      ],
    });
  });

  it('of the programme’s desk leaves a receipt that belongs to no region', async () => {
    const asked = await ask({ about: 'programme', region: undefined });
    expect((await administrator(desk(`/${asked.id}/answer`), { body: { text: 'В порядке очереди.' } })).status).toBe(
      200,
    );
    await arrivalTo(asked.contact);
    const receipts = await running.dataSource.query<object[]>(
      'select region_code, channel from delivery where subject_id = $1',
      [asked.id],
    );
    expect(receipts).toEqual([{ region_code: null, channel: 'sms' }]);
    const ofCapital = await signedIn(running, { role: 'officer', regionCode: 'KZ-71' });
    expect((await ofCapital('/api/v1/deliveries')).body).toMatchObject({ items: [] });
    const everybodys = (await administrator('/api/v1/deliveries')).body as { items: { region: string | null }[] };
    expect(everybodys.items.map(({ region }) => region)).toContain(null);
  });

  describe('when its job is run by hand', () => {
    async function eventOf(questionId: string): Promise<string> {
      const [event] = await running.dataSource.query<{ id: string }[]>(
        `select id from outbox_event where payload->>'questionId' = $1`,
        [questionId],
      );
      return event!.id;
    }

    it('is sent once, and is tried again after a failure that passes', async () => {
      let failing = true;
      treat = () => (failing ? { do: 'refuse', code: 3 } : { do: 'take' });
      const asked = await answered();
      const event = await eventOf(asked.id);
      await until(async () => {
        const { body } = await officer(desk(`/${asked.id}`));
        return (
          (body as { receipts: { errorCode: string | null }[] }).receipts[0]?.errorCode === 'sms.no_money' || undefined
        );
      });
      const service = running.app.get(AnswerDeliveryService);
      await expect(service.deliver(event, false)).rejects.toThrow(AnswerDelayed);
      failing = false;
      await service.deliver(event, false);
      await service.deliver(event, false);
      expect(gateway.arrivals.filter(({ to }) => to === asked.contact).length).toBeGreaterThanOrEqual(1);
      expect((await officer(desk(`/${asked.id}`))).body).toMatchObject({
        receipts: [{ status: 'sent', errorCode: null }],
      });
    });

    it('says nothing of what was erased meanwhile', async () => {
      treat = () => ({ do: 'refuse', code: 3 });
      const asked = await answered();
      const event = await eventOf(asked.id);
      await until(async () => {
        const { body } = await officer(desk(`/${asked.id}`));
        return (
          (body as { receipts: { errorCode: string | null }[] }).receipts[0]?.errorCode === 'sms.no_money' || undefined
        );
      });
      await running.dataSource.query(
        `update question set text = null, answer = null, erased_at = now() where id = $1`,
        [asked.id],
      );
      treat = () => ({ do: 'take' });
      await running.app.get(AnswerDeliveryService).deliver(event, false);
      expect((await officer(desk(`/${asked.id}`))).body).toMatchObject({
        receipts: [{ status: 'suppressed', suppressedReason: 'question_withdrawn' }],
      });
    });
  });

  it('lets the contact be forgotten thirty days after it went out, and not before', async () => {
    const asked = await answered();
    await arrivalTo(asked.contact);
    await until(async () => {
      const { body } = await officer(desk(`/${asked.id}`));
      return (body as { receipts: { finishedAt: string | null }[] }).receipts[0]?.finishedAt ?? undefined;
    });
    const kept = async (): Promise<number> =>
      (
        await running.dataSource.query<unknown[]>(
          'select 1 from question where id = $1 and contact_cipher is not null',
          [asked.id],
        )
      ).length;
    const forget = running.app.get(ForgetContactsService);
    now = new Date(BUILT_AT.getTime() + 29 * 86_400_000);
    await forget.forget();
    expect(await kept()).toBe(1);
    now = new Date(BUILT_AT.getTime() + 31 * 86_400_000);
    expect(await forget.forget()).toBeGreaterThan(0);
    expect(await kept()).toBe(0);
    expect((await anyone(`/api/v1/questions/asked/${asked.token}`)).body).toMatchObject({ status: 'answered' });
  });
});

describe('one’s own questions', () => {
  it('are in the download of one’s data, and lose their words when the account or the household goes', async () => {
    const ownData = running.app.get(OwnDataService);
    const asking = running.app.get(AskService);
    const wish = { language: 'kk', about: 'region', regionCode: 'KZ-59', text: 'Құпия сұрағым' } as const;
    const { id } = await migrant(running, gateway);
    const alone: Actor = {
      id, label: '', role: 'migrant', regionCode: null, employerId: null, householdId: null, via: 'session',
    }; // prettier-ignore
    const first = await asking.ask(wish, { actor: alone, address: '203.0.113.9' });
    expect(await ownData.download(alone)).toMatchObject({ questions: [{ id: first.id, text: 'Құпия сұрағым' }] });
    await ownData.erase(alone);

    const { id: householdId } = await makeHousehold(running.dataSource);
    const other = await migrant(running, gateway);
    await running.dataSource.query('update auth_user set household_id = $2 where id = $1', [other.id, householdId]);
    const second = await asking.ask(wish, { actor: { ...alone, id: other.id, householdId }, address: '203.0.113.9' });
    const third = await asking.ask(
      { ...wish, text: 'Екінші құпия' },
      { actor: { ...alone, id: other.id, householdId }, address: '203.0.113.9' },
    );
    await officer(desk(`/${third.id}/answer`), { body: { text: 'Құпия жауап' } });
    expect((await administrator(`/api/v1/households/${householdId}`, { method: 'DELETE' })).status).toBe(204);
    const left = await running.dataSource.query<object[]>(
      `select text, answer, status, account_id, household_id from question where id = any($1) order by id`,
      [[first.id, second.id, third.id]],
    );
    const nothing = { text: null, answer: null, account_id: null, household_id: null };
    expect(left).toEqual([
      { ...nothing, status: 'withdrawn' },
      { ...nothing, status: 'withdrawn' },
      { ...nothing, status: 'answered' },
    ]);
  });
});

describe('a public answer', () => {
  const publish = (id: string, body: object = TEXTS, by: Caller = officer): ReturnType<Caller> =>
    by(desk(`/${id}/publication`), { method: 'PUT', body });

  it('needs an answer, all three languages and no way to a person', async () => {
    const open = await ask();
    expect((await publish(open.id)).body).toMatchObject({ code: 'answer.not_answered' });
    const { id } = await answered();
    const missing = (await publish(id, { ...TEXTS, answer: { ru: TEXTS.answer.ru } })).body as {
      errors: { field: string }[];
    };
    expect(missing).toMatchObject({ code: 'request.invalid' });
    expect(JSON.stringify(missing)).toContain('answer.kk');
    const leading = { ...TEXTS, answer: { ...TEXTS.answer, en: 'Call Aigul, +7 701 234 56 78.' } };
    expect((await publish(id, leading)).text).toContain('answer.contacts_in_text');
    const iin = { ...TEXTS, question: { ...TEXTS.question, kk: 'Менің ЖСН 910415300123?' } };
    expect((await publish(id, iin)).text).toContain('answer.contacts_in_text');
    expect((await anyone(`/api/v1/answers/${id}`)).body).toMatchObject({ code: 'answer.unknown' });
  });

  it('is read by anybody from its publication to its taking back, and by nobody as a draft', async () => {
    const { id, token } = await answered();
    expect((await officer(desk(`/${id}/draft`), { method: 'PUT', body: TEXTS })).status).toBe(204);
    expect((await anyone(`/api/v1/answers/${id}`)).status).toBe(404);
    expect((await publish(id)).status).toBe(204);
    expect((await officer(desk(`/${id}/draft`), { method: 'PUT', body: TEXTS })).body).toMatchObject({
      code: 'answer.published',
    });
    const read = await anyone(`/api/v1/answers/${id}`);
    expect(read.body).toMatchObject({
      question: TEXTS.question,
      answer: TEXTS.answer,
      checkedOn: '2026-11-22',
      aboutRegionCode: 'KZ-59',
    });
    expect((await anyone(`/api/v1/questions/asked/${token}`)).body).toMatchObject({ published: true });
    const changed = { ...TEXTS, answer: { ...TEXTS.answer, en: 'There are many.' } };
    expect((await publish(id, changed)).status).toBe(204);
    expect((await anyone(`/api/v1/answers/${id}`)).body).toMatchObject({ answer: { en: 'There are many.' } });
    expect((await supervisor(desk(`/${id}/publication`), { method: 'DELETE' })).status).toBe(204);
    expect((await anyone(`/api/v1/answers/${id}`)).status).toBe(404);
    expect((await supervisor(desk(`/${id}/publication`), { method: 'DELETE' })).body).toMatchObject({
      code: 'answer.not_public',
    });
    expect((await audit(id)).map(({ action, to_state }) => `${action} ${to_state}`)).toEqual([
      'ask waiting', 'answer answered', 'change null', 'publish public', 'publish public', 'unpublish draft',
    ]); // prettier-ignore
  });

  describe('is found', () => {
    let garden: string;
    let money: string;
    beforeAll(async () => {
      garden = (await answered()).id;
      expect((await publish(garden)).status).toBe(204);
      money = (await answered({ about: 'programme', text: 'Сколько денег дают на переезд?' })).id;
      const texts = {
        topic: 'support',
        question: {
          kk: 'Көшуге қанша ақша беріледі?',
          ru: 'Сколько денег дают на переезд?',
          en: 'How much money is paid for moving?',
        },
        answer: {
          kk: '2026 жылы әр адамға 302 750 теңге.',
          ru: 'В 2026 году 302 750 тенге на каждого члена семьи.',
          en: 'In 2026, 302,750 tenge for each member of the family.',
        },
      };
      expect((await publish(money, texts)).status).toBe(204);
    });

    const search = async (query: string): Promise<string[]> => {
      const { status, body } = await anyone(`/api/v1/answers?${query}`);
      expect(status).toBe(200);
      return (body as { items: { id: string }[] }).items.map(({ id }) => id);
    };

    it.each([
      ['детский сад', 'garden'],
      ['детски садик Петропавлавск', 'garden'],
      ['балабакша', 'garden'],
      ['балабақшалар', 'garden'],
      ['kindergarden', 'garden'],
      ['деньги переезд', 'money'],
      ['пиреезд', 'money'],
      ['Көшуге ақша', 'money'],
      ['кошуге акша', 'money'],
      ['moving money', 'money'],
      ['mony for movin', 'money'],
    ])('by «%s»', async (words, which) => {
      const found = await search(`q=${encodeURIComponent(words)}`);
      const [right, wrong] = which === 'garden' ? [garden, money] : [money, garden];
      expect(found).toContain(right);
      expect(found).not.toContain(wrong);
    });

    it('by topic, region and matter', async () => {
      expect(await search('topic=support')).toContain(money);
      expect(await search('topic=support')).not.toContain(garden);
      expect(await search('region=KZ-59')).toContain(garden);
      expect(await search('about=programme')).toEqual(expect.arrayContaining([money]));
      expect(await search('q=xylophone')).toEqual([]);
      expect((await anyone('/api/v1/answers?cursor=nonsense')).body).toMatchObject({ code: 'page.cursor_invalid' });
      expect((await anyone('/api/v1/answers?topic=weather')).status).toBe(400);
    });

    it('before somebody asks the same again, in a whole sentence and with the words in no address', async () => {
      const { body } = await anyone('/api/v1/answers/likely', {
        body: { text: 'Скажите, сколько денег дадут нам на переезд?' },
      });
      expect((body as { id: string }[])[0]!.id).toBe(money);
      const none = await anyone('/api/v1/answers/likely', { body: { text: 'Можно ли взять корову?' } });
      expect(none.body).toEqual([]);
    });

    it('and says whom it helped', async () => {
      for (const helped of [true, true, false]) {
        expect((await anyone(`/api/v1/answers/${garden}/helped`, { body: { helped } })).status).toBe(204);
      }
      expect((await anyone(`/api/v1/answers/${garden}`)).body).toMatchObject({ helpful: 2, unhelpful: 1 });
    });
  });
});
