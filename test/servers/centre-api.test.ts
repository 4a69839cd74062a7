import 'reflect-metadata';
import { jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { TokenService } from '../../src/auth/token.service.js';
import { AutoApproveService } from '../../src/centres/auto-approve.service.js';
import { lockQuota } from '../../src/centres/quota.service.js';
import { ReviewSummaryService } from '../../src/centres/review-summary.service.js';
import { rows } from '../../src/database/sql.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { JobHandlers } from '../../src/queue/job-handlers.js';
import type { JobName } from '../../src/queue/queues.js';
import type { TokenRole } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, insertRow, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

jest.setTimeout(120_000);

let database: TestDatabase;
let program: TestApp;
let dataSource: DataSource;
let now = new Date(BUILT_AT);

beforeAll(async () => {
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), now);
  program = await startTestApp({ database, role: 'api', clock: { now: () => now } });
  dataSource = program.dataSource;
});
beforeEach(() => {
  now = new Date(BUILT_AT);
});
afterAll(async () => {
  await program.close();
  await database.drop();
});

interface Answer<Body> {
  status: number;
  etag: string | null;
  body: Body;
}
/** What every body of these tests may hold; each test reads what it expects. */
interface Body {
  [key: string]: unknown;
  id: string;
  code: string;
  status: string;
  version: number;
}

/** Somebody with a token, and a way to call the API as them. */
async function signedIn(role: TokenRole, regionCode: string | null = null) {
  const { id, token } = await program.app.get(TokenService).create({ role, label: `${role} in a test`, regionCode });
  const call = async <T = Body>(method: string, path: string, body?: object, headers = {}): Promise<Answer<T>> => {
    const response = await fetch(`${program.url}/api/v1/centre/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, etag: response.headers.get('etag'), body: (text ? JSON.parse(text) : null) as T };
  };
  return { id, call };
}

interface QueueBody {
  items: { id: string; dueOn: string; overdue: boolean; status: string }[];
  nextCursor: string | null;
  numbers: Record<string, number>;
  quota: Record<string, number | string | null>;
}

describe('the queue', () => {
  it('gives overdue proposals first, then the oldest, page after page and only the region’s', async () => {
    const vacancy = await makeVacancy(dataSource, { districtKato: '391000000', openings: 20 });
    const made: string[] = [];
    const wishes = [
      { dueOn: '2026-11-18' },
      { dueOn: '2026-11-20', at: new Date('2026-11-15T04:00:00.000Z') },
      { dueOn: '2026-11-20', at: new Date('2026-11-15T04:00:00.001Z') },
      { dueOn: '2026-11-22', status: 'returned' as const },
      { dueOn: '2026-11-30', status: 'claimed' as const },
    ];
    for (const wish of wishes) made.push((await makeProposal(dataSource, { ...wish, vacancies: [vacancy] })).id);
    await makeProposal(dataSource, { vacancies: [vacancy], dueOn: '2026-11-01', status: 'approved' });
    await makeProposal(dataSource, { dueOn: '2026-11-01' });
    // Two of one millisecond, apart by less than JavaScript can tell.
    await dataSource.query(`update proposal set created_at = '2026-11-15T04:00:00.000001Z' where id = $1`, [made[2]]);
    const officer = await signedIn('officer', 'KZ-39');
    const found: QueueBody['items'] = [];
    let cursor: string | null = null;
    do {
      const page: Answer<QueueBody> = await officer.call('GET', `queue?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      expect(page.status).toBe(200);
      found.push(...page.body.items);
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    expect(found.map(({ id }) => id)).toEqual(made);
    expect(found.map(({ overdue }) => overdue)).toEqual([true, true, true, false, false]);
    const returned = await officer.call<QueueBody>('GET', 'queue?status=returned');
    expect(returned.body.items.map(({ id }) => id)).toEqual([made[3]]);
  });

  it('refuses a cursor that it did not give', async () => {
    const officer = await signedIn('officer', 'KZ-39');
    const at = '2026-11-15T04:00:00.000001Z';
    const impossible = [
      ['2026-13-45', at, newId()],
      ['2026-02-30', at, newId()],
      ['2026-11-25', at.replace('11-15', '02-30'), newId()],
      ['0000-01-01', at, newId()],
    ];
    for (const keys of [...impossible, ['a'], [1, 2, 3]]) {
      const cursor = Buffer.from(JSON.stringify(keys)).toString('base64url');
      expect((await officer.call('GET', `queue?cursor=${cursor}`)).body.code).toBe('page.cursor_invalid');
    }
  });

  it('shows the household whole, its jobs with who claims what, and the quota, but no identity', async () => {
    const household = await makeHousehold(dataSource, {
      columns: { phone: '+77011234567', email: 'secret@example.kz' },
    });
    const vacancies = [
      await makeVacancy(dataSource, { districtKato: '631000000' }),
      await makeVacancy(dataSource, { districtKato: '631000000', isco: '6130', housing: null }),
    ];
    const { id } = await makeProposal(dataSource, { household, vacancies });
    await makeProposal(dataSource, {
      vacancies: [vacancies[0]!],
      status: 'approved',
      columns: { decided_at: now, decided_by: 'rule' },
    });
    const officer = await signedIn('officer', 'KZ-63');
    const { body } = await officer.call<QueueBody>('GET', 'queue');
    expect(body.items).toEqual([
      expect.objectContaining({
        id,
        persons: 4,
        household: expect.objectContaining({ id: household.id, children: 2, homeRegionCode: 'KZ-61' }),
        adults: [expect.objectContaining({ isco: '2221', birthYear: 1996 }), expect.objectContaining({ isco: '6130' })],
        placements: [
          expect.objectContaining({
            promise: expect.objectContaining({ payMinTenge: 300_000, housing: 'provided' }),
            vacancy: expect.objectContaining({
              title: 'Медицинская сестра',
              employerName: 'ГКП "Областная больница"',
              employerVerified: false,
              housing: 'provided',
              housingProvenance: 'employer_claim',
              validUntil: '2027-02-01',
            }),
          }),
          expect.objectContaining({ vacancy: expect.objectContaining({ housing: null, housingProvenance: null }) }),
        ],
      }),
    ]);
    expect(body.quota).toEqual({
      year: 2026,
      category: 'settlers',
      persons: 600,
      verified: true,
      reserved: 0,
      taken: 0,
      approvedPersons: 3,
      left: 597,
    });
    expect(JSON.stringify(body)).not.toMatch(/7011234567|secret@|iin|Айгүл|Сынақ|contact/i);
    const one = await officer.call('GET', `proposals/${id}`);
    expect(one).toMatchObject({ status: 200, etag: '"1"', body: { id, version: 1 } });
  });

  it('knows that Akmola has no quota for settlers', async () => {
    const { body } = await (await signedIn('officer', 'KZ-11')).call<QueueBody>('GET', 'queue');
    expect(body.quota).toMatchObject({ persons: null, approvedPersons: 0, left: null });
  });

  it('says of each household, and of each approval, what it means for the quota', async () => {
    const officer = await signedIn('officer', 'KZ-62');
    const vacancies = [await makeVacancy(dataSource, { districtKato: '621000000' })];
    const full = { status: 'approved' as const, columns: { persons: 122, decided_at: now, decided_by: 'rule' } };
    await makeProposal(dataSource, { vacancies, ...full });
    const fits = await makeProposal(dataSource, { vacancies, columns: { persons: 3 } });
    const five = await makeHousehold(dataSource, { adults: [{}], children: 4 });
    const beyond = await makeProposal(dataSource, { vacancies, household: five });
    const asked = { 'accept-language': 'ru', 'if-match': '"1"' };
    const { body } = await officer.call<{ items: { id: string; quota: object }[] }>('GET', 'queue');
    const said = new Map(body.items.map(({ id, quota }) => [id, quota]));
    expect(said.get(fits.id)).toMatchObject({ code: 'quota.enough', persons: 3, left: 3, leftAfter: 0, beyond: 0 });
    expect(said.get(beyond.id)).toMatchObject({
      code: 'quota.exceeded',
      persons: 5,
      left: 3,
      leftAfter: -2,
      beyond: 2,
    });
    expect(await officer.call('POST', `proposals/${fits.id}/approve`, undefined, asked)).toMatchObject({
      status: 200,
      body: { status: 'approved', quota: { code: 'quota.enough', left: 0, leftAfter: 0 } },
    });
    const over = await officer.call<Body>('POST', `proposals/${beyond.id}/approve`, undefined, asked);
    expect(over).toMatchObject({ status: 200, body: { quota: { code: 'quota.exceeded', left: -5, beyond: 5 } } });
    expect(over.body).toMatchObject({
      quota: {
        text: 'Сверх квоты: с этой семьёй (5 человек) квота региона для переселенцев на 2026 год превышена на 5 человек.',
      },
    });
    expect(await officer.call('POST', `proposals/${beyond.id}/approve`, undefined, asked)).toEqual(over);
  });

  it('warns of nothing where there is no quota to pass', async () => {
    const vacancies = [await makeVacancy(dataSource, { districtKato: '111000000' })];
    await makeProposal(dataSource, { vacancies });
    const { body } = await (await signedIn('officer', 'KZ-11')).call<{ items: object[] }>('GET', 'queue');
    expect(body.items).toMatchObject([{ quota: { code: 'quota.none', left: null, leftAfter: null, beyond: 0 } }]);
  });
});

describe('the places of a proposal', () => {
  it('are named as the notices name them', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}] });
    const vacancies = [await makeVacancy(dataSource, { districtKato: '392400000' })];
    const { id } = await makeProposal(dataSource, { household, vacancies });
    const { body } = await (await signedIn('officer', 'KZ-39')).call('GET', `proposals/${id}`);
    expect(body).toMatchObject({ districtNameRu: 'г. Рудный', districtNameKk: 'Рудный қаласы' });
    expect(JSON.stringify(body)).not.toMatch(/Г\.А\.|Қ\.Ә\./);
  });
});

describe('a household’s contact', () => {
  const columns = { phone: '+77011234567', email: 'family@example.kz', channel: 'sms', language: 'kk' };
  const reachable = {
    adults: [expect.objectContaining({ givenName: 'Айгүл', familyName: 'Сынақ' })],
    phone: '+77011234567',
    email: 'family@example.kz',
    channel: 'sms',
    language: 'kk',
  };
  const readings = (id: string) =>
    rows<{ actor: string; version: string }>(
      dataSource,
      `select actor, details->>'version' as version from audit_entry
       where subject_id = $1 and action = 'read_contact' order by at, id`,
      [id],
    );

  it('is shown to who has claimed the proposal, and to the centre once it is approved; each reading is recorded once', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}], columns });
    const { id } = await makeProposal(dataSource, { household });
    const [mine, other] = [await signedIn('officer', 'KZ-59'), await signedIn('officer', 'KZ-59')];
    const seenBy = async ({ call }: typeof mine) => {
      const { body } = await call('GET', `proposals/${id}`);
      return { contact: body.contact, contactWithheld: body.contactWithheld };
    };
    const notInHand = { contact: null, contactWithheld: 'not_in_hand' };
    expect(await seenBy(mine)).toEqual(notInHand);
    await mine.call('POST', `proposals/${id}/claim`);
    expect(await seenBy(mine)).toEqual({ contact: reachable, contactWithheld: null });
    expect(await seenBy(mine)).toEqual({ contact: reachable, contactWithheld: null });
    expect(await seenBy(other)).toEqual(notInHand);
    expect(await readings(id)).toEqual([{ actor: mine.id, version: '2' }]);
    expect(JSON.stringify(await mine.call('GET', 'queue?limit=100'))).not.toMatch(/Айгүл|7011234567|family@/);
    now = new Date(now.getTime() + 15 * 60_000);
    expect(await seenBy(mine)).toEqual(notInHand);
    await mine.call('POST', `proposals/${id}/claim`);
    await mine.call('POST', `proposals/${id}/approve`, { version: 3 });
    expect(await seenBy(other)).toEqual({ contact: reachable, contactWithheld: null });
    expect(await seenBy(mine)).toEqual({ contact: reachable, contactWithheld: null });
    expect(await readings(id)).toEqual([
      { actor: mine.id, version: '2' },
      { actor: other.id, version: '4' },
      { actor: mine.id, version: '4' },
    ]);
  });

  it('is shown for a returned proposal, which waits for the household’s answer', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}], columns });
    const { id } = await makeProposal(dataSource, { household, status: 'returned' });
    const { body } = await (await signedIn('officer', 'KZ-59')).call('GET', `proposals/${id}`);
    expect(body.contact).toEqual(reachable);
  });

  it('says that the household has answered once it has changed something since it was asked', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}], columns });
    const { id } = await makeProposal(dataSource, { household, status: 'returned' });
    const officer = await signedIn('officer', 'KZ-59');
    await dataSource.query(`update proposal set decided_at = $2 where id = $1`, [id, BUILT_AT]);
    await dataSource.query(`update household set updated_at = $2 where id = $1`, [household.id, BUILT_AT]);
    expect((await officer.call('GET', `proposals/${id}`)).body).toMatchObject({ answered: false });
    const later = new Date(BUILT_AT.getTime() + 60_000);
    await dataSource.query(`update household set updated_at = $2 where id = $1`, [household.id, later]);
    expect((await officer.call('GET', `proposals/${id}`)).body).toMatchObject({ answered: true });
  });

  it('is withheld where the household does not consent to sharing, whoever asks', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}], consent: { sharing: false }, columns });
    const { id } = await makeProposal(dataSource, { household });
    const officer = await signedIn('officer', 'KZ-59');
    for (const step of ['', '/claim', '/approve']) {
      if (step !== '') await officer.call('POST', `proposals/${id}${step}`, { version: step === '/claim' ? 1 : 2 });
      const { body } = await officer.call('GET', `proposals/${id}`);
      expect(body).toMatchObject({ contact: null, contactWithheld: 'no_sharing_consent' });
      expect(JSON.stringify(body)).not.toMatch(/Айгүл|7011234567|family@/);
    }
    expect(await readings(id)).toEqual([]);
  });
});

describe('whether a household is told', () => {
  it('is known to the officer before the decision, in the queue and in the proposal', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}], consent: { notices: false } });
    const vacancies = [await makeVacancy(dataSource, { districtKato: '231000000' })];
    const { id } = await makeProposal(dataSource, { household, vacancies });
    const officer = await signedIn('officer', 'KZ-23');
    const { body } = await officer.call('GET', 'queue');
    expect(body.items).toMatchObject([{ household: { consentsToNotices: false } }]);
    await dataSource.query('update household set consent_notices_at = now() where id = $1', [household.id]);
    expect((await officer.call('GET', `proposals/${id}`)).body).toMatchObject({
      household: { consentsToNotices: true },
      notices: [],
    });
  });

  /** An SMS to a household about its proposal, as the worker left it; answers the delivery's id. */
  async function notify(proposalId: string, householdId: string, topic: string, columns: object): Promise<string> {
    const id = newId();
    await insertRow(dataSource, 'outbox_event', { id, topic, payload: '{}', created_at: now });
    const row = { id, event_id: id, channel: 'sms', recipient: householdId, region_code: 'KZ-59', topic, subject_id: proposalId,
      message_ref: 'r', attempts: 1, created_at: now, ...columns }; // prettier-ignore
    await insertRow(dataSource, 'delivery', row);
    return id;
  }

  it('and why it was not, stands beside the proposal', async () => {
    const { id, householdId } = await makeProposal(dataSource, { status: 'approved' });
    await notify(id, householdId, 'proposal.withdrawn', {
      status: 'suppressed',
      suppressed_reason: 'consent_missing',
      finished_at: now,
    });
    const { body } = await (await signedIn('officer', 'KZ-59')).call('GET', `proposals/${id}`);
    expect(body.notices).toMatchObject([
      { topic: 'proposal.withdrawn', channel: 'sms', status: 'suppressed', suppressedReason: 'consent_missing' },
    ]);
    expect(JSON.stringify(body.notices)).not.toContain(householdId);
  });

  it('is nothing that failed while it waits for a job to keep its promise again', async () => {
    const household = await makeHousehold(dataSource, { columns: { consent_notices_at: now } });
    const { id } = await makeProposal(dataSource, { household, status: 'approved' });
    const officer = await signedIn('officer', 'KZ-59');
    const failed = async (): Promise<unknown> => (await officer.call('GET', 'summary')).body;
    const before = await failed();
    const waits = { status: 'failed', error_code: 'notice.promise_broken' };
    const deliveryId = await notify(id, household.id, 'proposal.approved', waits);
    const waiting = (await officer.call('GET', `proposals/${id}`)).body;
    expect(waiting).toMatchObject({ unreached: null, notices: [{ errorCode: 'notice.promise_broken' }] });
    expect(await failed()).toEqual(before);
    await dataSource.query(`update delivery set error_code = 'sms.no_money' where id = $1`, [deliveryId]);
    expect((await officer.call('GET', `proposals/${id}`)).body.unreached).toBe('failed');
  });
});

describe('a centre’s token', () => {
  it('answers another region’s proposal word for word as one that does not exist', async () => {
    const { id } = await makeProposal(dataSource);
    const stranger = await signedIn('officer', 'KZ-55');
    const bodyOf = ({ body }: Answer<Body>) => ({ ...body, instance: null });
    const unknown = await stranger.call('GET', `proposals/${newId()}`);
    expect(unknown).toMatchObject({ status: 404, body: { code: 'proposal.unknown' } });
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/audit', undefined],
      ['POST', '/claim', undefined],
      ['POST', '/renew', undefined],
      ['POST', '/release', undefined],
      ['POST', '/approve', { version: 1 }],
      ['POST', '/return', { version: 1, reason: 'wishes_unclear' }],
      ['POST', '/refer', { version: 1, reason: 'quota_exhausted', region: 'KZ-55' }],
      ['POST', '/reject', { version: 1, reason: 'post_filled' }],
    ] as const) {
      const answer = await stranger.call(method, `proposals/${id}${path}`, body);
      expect(answer.status).toBe(404);
      expect(bodyOf(answer)).toEqual(bodyOf(unknown));
    }
    expect((await (await signedIn('officer', 'KZ-59')).call('GET', `proposals/${id}`)).status).toBe(200);
  });

  it('is needed, of the right role, and an administrator says which region', async () => {
    expect((await fetch(`${program.url}/api/v1/centre/queue`)).status).toBe(401);
    expect((await (await signedIn('analyst')).call('GET', 'queue')).status).toBe(403);
    const administrator = await signedIn('administrator');
    expect((await administrator.call('GET', 'queue')).body.code).toBe('centre.region_required');
    expect((await administrator.call('GET', 'queue?region=KZ-98')).body.code).toBe('centre.region_unknown');
    expect((await administrator.call('GET', 'queue?region=KZ-59')).body.regionCode).toBe('KZ-59');
  });

  it('opens its own region alone: another one asked for is refused, never taken for the own', async () => {
    const officer = await signedIn('officer', 'KZ-59');
    expect((await officer.call('GET', 'summary?region=KZ-59')).body.regionCode).toBe('KZ-59');
    for (const [method, path] of [
      ['GET', 'queue'],
      ['GET', 'summary'],
      ['POST', 'queue/claim-next'],
    ] as const) {
      const answer = await officer.call(method, `${path}?region=KZ-55`);
      expect({ path, status: answer.status, code: answer.body.code }).toEqual({
        path,
        status: 403,
        code: 'auth.region_forbidden',
      });
    }
  });
});

describe('decisions over HTTP', () => {
  it('claim, approve on the ETag, and leave the trail of both', async () => {
    const officer = await signedIn('officer', 'KZ-59');
    const { id } = await makeProposal(dataSource);
    const claimed = await officer.call('POST', `proposals/${id}/claim`);
    expect(claimed).toMatchObject({ status: 200, etag: '"2"', body: { status: 'claimed', version: 2 } });
    expect(await officer.call('POST', `proposals/${id}/approve`, undefined, { 'accept-language': 'ru' })).toMatchObject(
      { status: 428, body: { code: 'proposal.version_required', title: 'Не указана версия' } },
    );
    const approve = () => officer.call('POST', `proposals/${id}/approve`, undefined, { 'if-match': claimed.etag });
    const approved = await approve();
    expect(approved).toMatchObject({ status: 200, etag: '"3"', body: { status: 'approved' } });
    expect(await approve()).toEqual(approved);
    const trail = await officer.call<Body[]>('GET', `proposals/${id}/audit`);
    expect(trail.body).toMatchObject([
      { action: 'claim', fromState: 'waiting', toState: 'claimed', actor: officer.id, actorLabel: 'officer in a test' },
      { action: 'approve', fromState: 'claimed', toState: 'approved', actor: officer.id },
    ]);
    await expect(dataSource.query('update audit_entry set reason = null where subject_id = $1', [id])).rejects.toThrow(
      'append-only',
    );
    await expect(dataSource.query('truncate audit_entry')).rejects.toThrow('append-only');
  });

  it('say in the caller’s language who works on it and what changed', async () => {
    const { id } = await makeProposal(dataSource);
    await (await signedIn('officer', 'KZ-59')).call('POST', `proposals/${id}/claim`);
    const other = await signedIn('officer', 'KZ-59');
    const claim = await other.call('POST', `proposals/${id}/claim`, undefined, { 'accept-language': 'ru' });
    expect(claim).toMatchObject({ status: 409, body: { code: 'proposal.claimed_by_another' } });
    expect(claim.body.detail).toBe('С этим предложением до 09:15 работает другой сотрудник.');
    const mine = await signedIn('supervisor', 'KZ-59');
    await mine.call('POST', `proposals/${id}/release`);
    const stale = await mine.call('POST', `proposals/${id}/approve`, { version: 1 }, { 'accept-language': 'kk' });
    expect(stale.body.detail).toBe('Сіз ашқаннан кейін ұсыныс өзгерді: қазіргі күйі – күтуде, нұсқасы – 3.');
  });

  it('need a reason that fits', async () => {
    const officer = await signedIn('officer', 'KZ-59');
    const { id } = await makeProposal(dataSource);
    for (const reason of ['because', 'vacancy_closed', undefined]) {
      expect(await officer.call('POST', `proposals/${id}/reject`, { version: 1, reason })).toMatchObject({
        status: 400,
        body: { code: 'request.invalid' },
      });
    }
    expect((await officer.call('POST', `proposals/${id}/reject`, { reason: 'post_filled' })).status).toBe(428);
    const rejected = await officer.call('POST', `proposals/${id}/reject`, { version: 1, reason: 'post_filled' });
    expect(rejected.body).toMatchObject({ status: 'rejected', reason: 'post_filled' });
    const { body } = await officer.call<{ code: string; words: Record<string, string> }[]>('GET', 'reasons');
    expect(body.find(({ code }) => code === 'post_filled')?.words.kk).toBe('Жұмыс орнына басқа адам алынды');
  });

  it('claim what the household was asked about only once it has answered', async () => {
    const officer = await signedIn('officer', 'KZ-62');
    const household = await makeHousehold(dataSource, { adults: [{}] });
    const vacancies = [await makeVacancy(dataSource, { districtKato: '621000000' })];
    const { id } = await makeProposal(dataSource, { household, vacancies, status: 'returned' });
    await dataSource.query(`update proposal set decided_at = $2 where id = $1`, [id, BUILT_AT]);
    const changedAt = (ms: number): Promise<unknown> =>
      dataSource.query(`update household set updated_at = $2 where id = $1`, [
        household.id,
        new Date(BUILT_AT.getTime() + ms),
      ]);
    await changedAt(0);
    expect(await officer.call('POST', 'queue/claim-next')).toMatchObject({ status: 204 });
    await changedAt(60_000);
    const claimed = await officer.call<{ version: number }>('POST', 'queue/claim-next');
    expect(claimed).toMatchObject({ status: 200, body: { id } });
    const { version } = claimed.body;
    const rejected = await officer.call('POST', `proposals/${id}/reject`, { version, reason: 'post_filled' });
    expect(rejected.body).toMatchObject({ status: 'rejected' });
  });

  it('claim the next one, and nothing when nothing waits', async () => {
    const officer = await signedIn('officer', 'KZ-62');
    expect(await officer.call('POST', 'queue/claim-next')).toMatchObject({ status: 204, body: null });
    const { id } = await makeProposal(dataSource, {
      vacancies: [await makeVacancy(dataSource, { districtKato: '621000000' })],
    });
    expect(await officer.call('POST', 'queue/claim-next')).toMatchObject({ status: 200, body: { id, version: 2 } });
    now = new Date(now.getTime() + 600_000);
    expect((await officer.call('POST', `proposals/${id}/renew`)).body).toMatchObject({
      version: 2,
      claimedUntil: '2026-11-22T04:25:00.000Z',
    });
  });
});

describe('a referral', () => {
  const wish = { version: 1, region: 'KZ-55', reason: 'quota_exhausted' };

  it('makes the household’s best proposal in the other region', async () => {
    const officer = await signedIn('officer', 'KZ-59');
    const household = await makeHousehold(dataSource, { adults: [{}] });
    const { id } = await makeProposal(dataSource, { household });
    const vacancy = await makeVacancy(dataSource, { districtKato: '551000000' });
    const referred = await officer.call('POST', `proposals/${id}/refer`, wish);
    expect(referred).toMatchObject({
      status: 200,
      body: { status: 'referred', version: 2, reason: 'quota_exhausted' },
    });
    const there = await (
      await signedIn('officer', 'KZ-55')
    ).call('GET', `proposals/${String(referred.body.referredToId)}`);
    expect(there.body).toMatchObject({
      status: 'waiting',
      regionCode: 'KZ-55',
      referredFromId: id,
      household: { id: household.id },
      placements: [{ vacancy: { id: vacancy.id } }],
    });
    expect(await officer.call('POST', `proposals/${id}/refer`, wish)).toEqual(referred);
    expect((await officer.call('POST', `proposals/${id}/refer`, { ...wish, region: 'KZ-39' })).status).toBe(409);
    const made = await rows(dataSource, `select 1 from proposal where household_id = $1`, [household.id]);
    expect(made).toHaveLength(2);
    await dataSource.query(`update vacancy set status = 'closed', closed_at = now() where id = $1`, [vacancy.id]);
  });

  it('goes on with the proposal that already waits there', async () => {
    const officer = await signedIn('officer', 'KZ-59');
    const household = await makeHousehold(dataSource, { adults: [{}] });
    const { id } = await makeProposal(dataSource, { household });
    const there = await makeProposal(dataSource, {
      household,
      vacancies: [await makeVacancy(dataSource, { districtKato: '551000000', columns: { openings: 0 } })],
    });
    expect((await officer.call('POST', `proposals/${id}/refer`, wish)).body.referredToId).toBe(there.id);
    const other = await signedIn('officer', 'KZ-55');
    expect((await other.call('GET', `proposals/${there.id}`)).body).toMatchObject({
      status: 'waiting',
      referredFromId: id,
    });
    expect((await other.call<Body[]>('GET', `proposals/${there.id}/audit`)).body).toMatchObject([
      { action: 'take_referral', fromState: 'waiting', toState: 'waiting', details: { referredFromId: id } },
    ]);
  });

  it('is refused where the household has no match, and loses nothing', async () => {
    const officer = await signedIn('officer', 'KZ-59');
    const { id } = await makeProposal(dataSource);
    expect(await officer.call('POST', `proposals/${id}/refer`, { ...wish, region: 'KZ-10' })).toMatchObject({
      status: 409,
      body: { code: 'proposal.no_match_there' },
    });
    expect((await officer.call('POST', `proposals/${id}/refer`, { ...wish, region: 'KZ-59' })).body.code).toBe(
      'proposal.same_region',
    );
    expect((await officer.call('POST', `proposals/${id}/refer`, { ...wish, region: 'KZ-98' })).body.code).toBe(
      'centre.region_unknown',
    );
    expect((await officer.call('GET', `proposals/${id}`)).body).toMatchObject({ status: 'waiting', version: 1 });
  });
});

describe('a centre’s rule', () => {
  const rule = { enabled: true, minScore: 70, sectors: ['medicine'], housingRequired: true, allAdultsPlaced: true };

  it('is set by the region’s supervisor only and kept with its history', async () => {
    const officer = await signedIn('officer', 'KZ-35');
    const supervisor = await signedIn('supervisor', 'KZ-35');
    expect((await officer.call('GET', 'auto-approve-rule')).body).toMatchObject({ enabled: false, createdAt: null });
    expect((await officer.call('PUT', 'auto-approve-rule', rule)).status).toBe(403);
    expect((await supervisor.call('PUT', 'auto-approve-rule', { ...rule, minScore: 101 })).status).toBe(400);
    expect((await supervisor.call('PUT', 'auto-approve-rule', rule)).body).toMatchObject({
      regionCode: 'KZ-35',
      minScore: 70,
    });
    now = new Date(now.getTime() + 1_000);
    await supervisor.call('PUT', 'auto-approve-rule', { ...rule, enabled: false });
    expect((await officer.call('GET', 'auto-approve-rule')).body).toMatchObject({ enabled: false, minScore: 70 });
    const trail = await rows(
      dataSource,
      `select from_state, to_state, actor from audit_entry where subject = 'auto_approve_rule' and region_code = 'KZ-35' order by at`,
    );
    expect(trail).toEqual([
      { from_state: null, to_state: 'enabled', actor: supervisor.id },
      { from_state: 'enabled', to_state: 'disabled', actor: supervisor.id },
    ]);
  });

  it('approves what meets it in a run, once, up to the quota, and leaves the rest to officers', async () => {
    const rules = program.app.get(AutoApproveService);
    now = new Date(now.getTime() + 60_000); // after the rules of the test before
    await (await signedIn('supervisor', 'KZ-35')).call('PUT', 'auto-approve-rule', rule);
    const runId = newId();
    const nurses = await makeVacancy(dataSource, { districtKato: '351000000', openings: 99 });
    const farm = await makeVacancy(dataSource, { districtKato: '351000000', isco: '6130' });
    const closed = await makeVacancy(dataSource, { districtKato: '351000000' });
    const single = () => makeHousehold(dataSource, { adults: [{}], children: 2 });
    const make = async (wish: Parameters<typeof makeProposal>[1]) =>
      (
        await makeProposal(dataSource, {
          runId,
          at: now,
          score: 80,
          vacancies: [nurses],
          household: await single(),
          ...wish,
        })
      ).id;
    const good = await make({});
    const left = {
      low: await make({ score: 69.9 }),
      farm: await make({ vacancies: [farm] }),
      couple: await make({ household: await makeHousehold(dataSource) }),
      otherRun: await make({ runId: newId() }),
    };
    const taken = await make({ status: 'claimed' });
    const broken = await make({ vacancies: [closed] });
    await dataSource.query(`update vacancy set status = 'closed', closed_at = now() where id = $1`, [closed.id]);

    expect(await rules.applyRules(runId)).toBe(1);
    expect(await rules.applyRules(runId)).toBe(0);
    const statusOf = async (id: string) =>
      (await rows<{ status: string }>(dataSource, 'select status from proposal where id = $1', [id]))[0]!.status;
    expect(await statusOf(good)).toBe('approved');
    for (const id of Object.values(left)) expect(await statusOf(id)).toBe('waiting');
    expect(await statusOf(taken)).toBe('claimed');
    expect(await statusOf(broken)).toBe('withdrawn');
    const [line] = await rows(
      dataSource,
      `select actor, actor_role, action, details->>'ruleId' is not null as named from audit_entry where subject_id = $1`,
      [good],
    );
    expect(line).toEqual({ actor: 'rule', actor_role: 'system', action: 'approve', named: true });
    const events = await rows(dataSource, `select topic from outbox_event where payload->>'proposalId' = $1`, [good]);
    expect(events).toEqual([{ topic: 'proposal.approved' }]);

    // Karaganda's quota of 2026 is 37 persons; three are approved: eleven households of three more, not twelve.
    const second = newId();
    for (let i = 0; i < 14; i++) await make({ runId: second });
    expect(await rules.applyRules(second)).toBe(11);
    const { body } = await (await signedIn('officer', 'KZ-35')).call<QueueBody>('GET', 'queue');
    expect(body.quota).toMatchObject({ persons: 37, approvedPersons: 36, left: 1 });
    expect(body.numbers).toMatchObject({ approved: 12, byRule: 12, withdrawn: 1 });
  });
});

describe('the centres’ rules and one household', () => {
  const anything = { enabled: true, minScore: 0, sectors: [], housingRequired: false, allAdultsPlaced: false };
  const statusOf = async (id: string) =>
    (await rows<{ status: string }>(dataSource, 'select status from proposal where id = $1', [id]))[0]!.status;

  it('approve one of its proposals, in whichever region; an officer may approve a second', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}] });
    const runId = newId();
    const made: string[] = [];
    for (const [regionCode, districtKato] of [
      ['KZ-31', '311000000'],
      ['KZ-19', '191000000'],
    ] as const) {
      await (await signedIn('supervisor', regionCode)).call('PUT', 'auto-approve-rule', anything);
      const vacancies = [await makeVacancy(dataSource, { districtKato })];
      made.push((await makeProposal(dataSource, { household, vacancies, runId })).id);
    }
    const rules = program.app.get(AutoApproveService);
    const both = await Promise.all([rules.applyRules(runId), rules.applyRules(runId)]);
    expect(both[0] + both[1]).toBe(1);
    const statuses = await Promise.all(made.map(statusOf));
    expect([...statuses].sort()).toEqual(['approved', 'waiting']);
    const waiting = statuses.indexOf('waiting');
    // What a household has moved for is no news to it: whoever went back may be approved by a rule again.
    const fulfil = (at: Date | null) =>
      dataSource.query(`update proposal set fulfilled_at = $2 where id = $1`, [made[1 - waiting]!, at]);
    await fulfil(now);
    expect(await rules.applyRules(runId)).toBe(1);
    await fulfil(null);
    await dataSource.query(
      `update proposal set status = 'waiting', version = 1, decided_at = null, decided_by = null where id = $1`,
      [made[waiting]!],
    );
    const officer = await signedIn('officer', waiting === 0 ? 'KZ-31' : 'KZ-19');
    expect(await officer.call('POST', `proposals/${made[waiting]!}/approve`, { version: 1 })).toMatchObject({
      status: 200,
      body: { status: 'approved' },
    });
  });

  it('leave to officers what was made before them, though a later run rewrote it, and what needs an eye', async () => {
    const runId = newId();
    const vacancies = [await makeVacancy(dataSource, { districtKato: '431000000', openings: 9 })];
    const before = await makeProposal(dataSource, { vacancies, runId });
    now = new Date(now.getTime() + 1_000);
    await (await signedIn('supervisor', 'KZ-43')).call('PUT', 'auto-approve-rule', anything);
    const after = await makeProposal(dataSource, { vacancies, runId, at: now });
    const doubtful = await makeProposal(dataSource, { vacancies, runId, at: now });
    const check = { code: 'part.occupation', needsCheck: ['speciality_differs'] };
    await dataSource.query('update placement set parts = $2 where proposal_id = $1', [
      doubtful.id,
      JSON.stringify([{ code: 'part.pay_gain' }, check]),
    ]);
    expect(await program.app.get(AutoApproveService).applyRules(runId)).toBe(1);
    const ids = [before.id, after.id, doubtful.id];
    expect(await Promise.all(ids.map(statusOf))).toEqual(['waiting', 'approved', 'waiting']);
  });

  it('and officers take turns in a region, so that they do not overshoot its quota together', async () => {
    await (await signedIn('supervisor', 'KZ-39')).call('PUT', 'auto-approve-rule', anything);
    const runId = newId();
    const vacancies = [await makeVacancy(dataSource, { districtKato: '391000000', openings: 9 })];
    const { body } = await (await signedIn('officer', 'KZ-39')).call<QueueBody>('GET', 'queue');
    const persons = Number(body.quota.left);
    expect(persons).toBeGreaterThan(0);
    const byRule = await makeProposal(dataSource, { vacancies, runId });
    const last = await makeProposal(dataSource, { vacancies, columns: { persons } });
    const officer = await signedIn('officer', 'KZ-39');
    const approval = dataSource.createQueryRunner();
    await approval.startTransaction();
    await lockQuota(approval.manager, 'KZ-39');
    const waiting: string[] = [];
    const rule = program.app.get(AutoApproveService).applyRules(runId);
    await new Promise((done) => setTimeout(done, 300));
    const second = officer.call('POST', `proposals/${byRule.id}/approve`, { version: 1 }).finally(() => {
      waiting.push('officer');
    });
    await approval.query(
      `update proposal set status = 'approved', decided_at = $2, decided_by = 'test', version = 2 where id = $1`,
      [last.id, now],
    );
    await new Promise((done) => setTimeout(done, 300));
    expect(waiting).toEqual([]);
    await approval.commitTransaction();
    await approval.release();
    expect(await rule).toBe(0);
    expect((await second).body).toMatchObject({ status: 'approved' });
  });

  it('approve nothing more once they are switched off', async () => {
    const runId = newId();
    const supervisor = await signedIn('supervisor', 'KZ-23');
    await supervisor.call('PUT', 'auto-approve-rule', anything);
    const vacancies = [await makeVacancy(dataSource, { districtKato: '231000000' })];
    const { id } = await makeProposal(dataSource, { vacancies, runId });
    const approval = dataSource.createQueryRunner();
    await approval.startTransaction();
    await lockQuota(approval.manager, 'KZ-23');
    let isOff = false;
    const off = supervisor.call('PUT', 'auto-approve-rule', { ...anything, enabled: false }).then(() => (isOff = true));
    await new Promise((done) => setTimeout(done, 300));
    expect(isOff).toBe(false);
    const applied = program.app.get(AutoApproveService).applyRules(runId);
    await new Promise((done) => setTimeout(done, 300));
    await approval.commitTransaction();
    await approval.release();
    await off;
    expect(await applied).toBe(0);
    expect(await statusOf(id)).toBe('waiting');
  });

  it('leave to officers what a household was asked about, and whose number has changed', async () => {
    const runId = newId();
    await (await signedIn('supervisor', 'KZ-27')).call('PUT', 'auto-approve-rule', anything);
    const vacancies = [await makeVacancy(dataSource, { districtKato: '271000000', openings: 9 })];
    const asked = await makeProposal(dataSource, { vacancies, runId, columns: { decided_at: now } });
    const grown = await makeProposal(dataSource, { vacancies, runId });
    await dataSource.query('update household set children = 5 where id = $1', [grown.householdId]);
    expect(await program.app.get(AutoApproveService).applyRules(runId)).toBe(0);
    expect(await Promise.all([asked.id, grown.id].map(statusOf))).toEqual(['waiting', 'waiting']);
  });

  it('leave alone what was rewritten while they looked', async () => {
    const runId = newId();
    await (await signedIn('supervisor', 'KZ-33')).call('PUT', 'auto-approve-rule', anything);
    const vacancies = [await makeVacancy(dataSource, { districtKato: '331000000' })];
    const { id } = await makeProposal(dataSource, { vacancies, runId });
    const held = dataSource.createQueryRunner();
    await held.startTransaction();
    await held.query('update proposal set version = version + 1, score = 1 where id = $1', [id]);
    const applied = program.app.get(AutoApproveService).applyRules(runId);
    await new Promise((done) => setTimeout(done, 300));
    await held.commitTransaction();
    await held.release();
    expect(await applied).toBe(0);
    expect(await statusOf(id)).toBe('waiting');
  });
});

describe('the jobs of the review queue', () => {
  /** Does a job as a worker would: by the id of the event that set it going, twice, as after a worker's death. */
  async function doTwice(job: JobName, topic: string, payload: object): Promise<void> {
    const eventId = newId();
    await dataSource.query(`insert into outbox_event (id, topic, payload, created_at) values ($1, $2, $3, $4)`, [
      eventId,
      topic,
      payload,
      now,
    ]);
    const handler = program.app.get(JobHandlers).handlerOf('review', job);
    for (let run = 0; run < 2; run++) await handler({ eventId }, undefined as never);
  }
  const linesOf = (id: string) =>
    rows(dataSource, `select action, actor, reason from audit_entry where subject_id = $1 order by at, id`, [id]);

  it('withdraw what a batch of changes broke', async () => {
    const vacancy = await makeVacancy(dataSource);
    const { id } = await makeProposal(dataSource, { vacancies: [vacancy], status: 'approved' });
    await dataSource.query(`update vacancy set status = 'closed', closed_at = now() where id = $1`, [vacancy.id]);
    const batchId = newId();
    await dataSource.query(
      `insert into vacancy_change (id, batch_id, vacancy_id, change, at) values ($1, $2, $3, 'closed', $4)`,
      [newId(), batchId, vacancy.id, now],
    );
    await doTwice('apply-vacancy-changes', 'vacancies.changed', { batchId });
    expect(await linesOf(id)).toEqual([
      { action: 'withdraw', actor: 'apply-vacancy-changes', reason: 'vacancy_closed' },
    ]);
  });

  it('withdraw what a household no longer consents to', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}], consent: { matching: false } });
    const { id } = await makeProposal(dataSource, { household });
    await doTwice('withdraw-household', 'household.consent_withdrawn', { householdId: household.id });
    expect(await linesOf(id)).toEqual([
      { action: 'withdraw', actor: 'withdraw-household', reason: 'consent_withdrawn' },
    ]);
  });

  it('withdraw what a household no longer wishes, under that name; of one that took back both, for its consent', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}], columns: { wishes_move: false } });
    const { id } = await makeProposal(dataSource, { household });
    await doTwice('withdraw-household', 'household.wish_withdrawn', { householdId: household.id });
    expect(await linesOf(id)).toEqual([{ action: 'withdraw', actor: 'withdraw-household', reason: 'wish_changed' }]);
    const gone = await makeHousehold(dataSource, {
      adults: [{}],
      consent: { matching: false },
      columns: { wishes_move: false },
    });
    const other = await makeProposal(dataSource, { household: gone });
    await doTwice('withdraw-household', 'household.wish_withdrawn', { householdId: gone.id });
    expect(await linesOf(other.id)).toMatchObject([{ reason: 'consent_withdrawn' }]);
  });

  it('withdraw what was made for a couple when one of them has left, and leave what was rewritten since', async () => {
    const household = await makeHousehold(dataSource);
    const couple = [await makeVacancy(dataSource), await makeVacancy(dataSource, { isco: '6130' })];
    const { id } = await makeProposal(dataSource, { household, vacancies: couple, status: 'approved' });
    const single = [await makeVacancy(dataSource, { districtKato: '551000000' })];
    const columns = { persons: household.persons - 1 };
    const rewritten = await makeProposal(dataSource, { household, vacancies: single, columns });
    await dataSource.query('update seeker set household_id = null where id = $1', [household.seekers[1]!.id]);
    await doTwice('withdraw-household', 'household.adult_removed', { householdId: household.id });
    expect(await linesOf(id)).toEqual([
      { action: 'withdraw', actor: 'withdraw-household', reason: 'household_changed' },
    ]);
    expect(await linesOf(rewritten.id)).toEqual([]);
    const asked = await rows(
      dataSource,
      `select 1 from outbox_event where topic = 'match.requested' and payload->>'householdId' = $1`,
      [household.id],
    );
    expect(asked).toHaveLength(1);
  });

  it('apply the rules to a run', async () => {
    const supervisor = await signedIn('supervisor', 'KZ-63');
    const rule = { enabled: true, minScore: 0, sectors: [], housingRequired: false, allAdultsPlaced: false };
    await supervisor.call('PUT', 'auto-approve-rule', rule);
    const runId = newId();
    const vacancies = [await makeVacancy(dataSource, { districtKato: '631000000', housing: null })];
    const { id } = await makeProposal(dataSource, { runId, vacancies });
    await doTwice('auto-approve', 'proposals.made', { runId });
    expect(await linesOf(id)).toEqual([{ action: 'approve', actor: 'rule', reason: null }]);
  });
});

describe('a region’s notices', () => {
  it('are held back and let go by its centre’s supervisor, which is recorded once', async () => {
    const supervisor = await signedIn('supervisor', 'KZ-10');
    const officer = await signedIn('officer', 'KZ-10');
    for (const change of ['pause', 'resume']) {
      expect((await officer.call('POST', `notices/${change}`)).body.code).toBe('auth.forbidden');
    }
    expect((await supervisor.call('POST', 'notices/pause')).body).toEqual({ queue: 'notify-kz-10', paused: true });
    expect((await supervisor.call('POST', 'notices/pause')).body).toEqual({ queue: 'notify-kz-10', paused: true });
    expect((await officer.call('GET', 'summary')).body).toMatchObject({
      notices: { paused: true, waiting: 0, sent: 0 },
    });
    const others = await (await signedIn('officer', 'KZ-59')).call('GET', 'summary');
    expect(others.body).toMatchObject({ notices: { queue: 'notify-kz-59', paused: false } });
    expect((await supervisor.call('POST', 'notices/resume')).body).toEqual({ queue: 'notify-kz-10', paused: false });
    const trail = await rows(
      dataSource,
      `select action from audit_entry where subject = 'notice_queue' and region_code = 'KZ-10' order by at, id`,
    );
    expect(trail).toEqual([{ action: 'pause' }, { action: 'resume' }]);
  });

  it('stand beside the queue of every reception region', async () => {
    const regions = await program.app.get(ReviewSummaryService).allRegions();
    expect(regions.map(({ regionCode }) => regionCode)).toEqual(expect.arrayContaining(['KZ-55', 'KZ-59', 'KZ-63']));
    expect(regions.find(({ regionCode }) => regionCode === 'KZ-35')).toMatchObject({
      approved: 12,
      quotaLeftPersons: 1,
    });
  });
});
