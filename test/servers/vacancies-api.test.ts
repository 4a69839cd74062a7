import { rows } from '../../src/database/sql.js';
import { newId } from '../../src/shared/ids.js';
import { encodeCursor } from '../../src/shared/page.js';
import { TokenService } from '../../src/auth/token.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { OccupationService } from '../../src/occupations/occupation.service.js';
import { PlaceService } from '../../src/reference/place.service.js';
import { SOURCE_LOCK } from '../../src/vacancies/ingest-run.queries.js';
import { VacanciesService } from '../../src/vacancies/vacancies.service.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { HandClock, START, feed, record } from '../support/ingest.js';

type Json = Record<string, unknown>;

const cursorOf = (key: string | number): string => encodeCursor([key, '0199a000-0000-7000-8000-000000000001']);

describe('vacancies over HTTP', () => {
  let test: TestApp;
  const clock = new HandClock(new Date(START));
  const tokens: Record<string, string> = {};
  let employerId = '';

  const call = async (
    method: string,
    path: string,
    role?: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const raw = typeof body === 'string';
    const response = await fetch(`${test.url}/api/v1/${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': raw ? 'application/x-ndjson' : 'application/json' }),
        ...(role ? { authorization: `Bearer ${tokens[role]}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
  };
  const ended = async (id: unknown): Promise<Json> => {
    for (let tries = 0; tries < 300; tries++) {
      const { body } = await call('GET', `ingest-runs/${String(id)}`, 'administrator');
      if (!['queued', 'running'].includes(String(body['status']))) return body;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The run did not end.');
  };

  beforeAll(async () => {
    test = await startTestApp({ clock });
    await loadReferenceData(test.dataSource, clock.now());
    await Promise.all([test.app.get(PlaceService).reload(), test.app.get(OccupationService).reload()]);
    const service = test.app.get(TokenService);
    const system = {
      id: newId(),
      label: 'test',
      role: 'system',
      regionCode: null,
      employerId: null,
      householdId: null,
      via: 'token',
    } as const;
    tokens['administrator'] = (
      await service.create({ role: 'administrator', label: 'a', expiresAt: null }, system)
    ).token;
    const firm = await call('POST', 'employers', 'administrator', { name: 'ТОО «АЯН м.»' });
    expect(firm.status).toBe(201);
    employerId = String(firm.body['id']);
    tokens['employer'] = (
      await service.create({ role: 'employer', label: 'e', employerId, expiresAt: null }, system)
    ).token;
    const regionCode = 'KZ-59';
    tokens['officer'] = (
      await service.create({ role: 'officer', label: 'o', regionCode, expiresAt: null }, system)
    ).token;
  });
  afterAll(() => test.close());

  it('reads an uploaded feed as a job, shows the vacancies and the refused records', async () => {
    const text = feed([
      record({ id: '1' }),
      record({ id: '2', salary_from: 400_000, salary_to: 500_000, title: 'Врач-терапевт', profobl: 112 }),
      record({ id: '3', region_id: 59 }),
    ]);
    const asked = await call('POST', 'ingest-runs?origin=feed.ndjson', 'administrator', text);
    expect(asked.status).toBe(202);
    expect(asked.headers.get('location')).toBe(`/api/v1/ingest-runs/${String(asked.body['id'])}`);
    expect(await ended(asked.body['id'])).toMatchObject({
      status: 'applied',
      read: 3,
      inserted: 2,
      rejected: 1,
      source: 'enbek',
    });
    const best = await call('GET', 'vacancies?sort=pay&limit=1');
    const [first] = best.body['items'] as Json[];
    expect(first).toMatchObject({
      source: 'enbek', externalId: '2', region: 'KZ-35', districtKato: '352400000', payMinTenge: 400_000, openings: 3,
      housing: 'provided', housingProvenance: 'employer_claim', employment: 'permanent', sector: 'medicine', status: 'open',
      employer: { verified: false }, regionNames: { ru: 'Карагандинская область' },
    }); // prettier-ignore
    const next = await call('GET', `vacancies?sort=pay&limit=1&cursor=${String(best.body['nextCursor'])}`);
    expect((next.body['items'] as Json[]).map((item) => item['externalId'])).toEqual(['1']);
    expect(next.body['nextCursor']).toBeNull();
    expect((await call('GET', `vacancies/${String(first?.['id'])}`)).body).toEqual(first);
    const found = async (query: string): Promise<unknown[]> =>
      ((await call('GET', `vacancies?${query}`)).body['items'] as Json[]).map((item) => item['externalId']);
    expect(await found('q=%D1%82%D0%B5%D1%80%D0%B0%D0%BF%D0%B5%D0%B2%D1%82')).toEqual(['2']);
    expect(await found('q=%25')).toEqual([]);
    expect(await found('region=KZ-35,KZ-59&sector=medicine&payMin=300000&housing=provided')).toEqual(['2']);
    expect(await found('status=closed')).toEqual([]);
    const refused = await call('GET', 'rejected-records', 'officer');
    expect(refused.body['items']).toMatchObject([{ externalId: '3', code: 'place.conflict', regionCode: 'KZ-59' }]);
    expect((await call('GET', 'rejected-records?region=KZ-55', 'officer')).status).toBe(403);
    const retried = await call('POST', 'rejected-records/retry', 'administrator', {});
    expect(retried.body).toMatchObject([{ read: 1, rejectedCount: 1 }]);
    const inRussian = await call('POST', 'rejected-records/retry', 'administrator', {}, { 'accept-language': 'ru' });
    expect(inRussian.body).toMatchObject([{ rejected: [{ message: expect.stringMatching(/[а-я]/) }] }]);
  });

  it.each([
    ['vacancies?limit=0', 400, 'request.invalid'],
    ['vacancies?region=Akmola', 400, 'request.invalid'],
    ['vacancies?cursor=abc', 400, 'page.cursor_invalid'],
    ['vacancies?cursor=WyJ4IiwieSJd', 400, 'page.cursor_invalid'],
    [`vacancies?cursor=${cursorOf('2026-02-31')}`, 400, 'page.cursor_invalid'],
    [`vacancies?sort=pay&cursor=${cursorOf(2 ** 31)}`, 400, 'page.cursor_invalid'],
    ['vacancies/0199a000-0000-7000-8000-000000000001', 404, 'vacancy.not_found'],
    ['ingest-runs', 401, 'auth.token_missing'],
  ])('refuses GET %s', async (path, status, code) => {
    expect(await call('GET', path)).toMatchObject({ status, body: { code } });
  });

  it('takes JSON-LD under its own type, however large', async () => {
    const posting = {
      '@context': 'https://schema.org/',
      '@type': 'JobPosting',
      title: 'Уборщик',
      identifier: 'J-1',
      hiringOrganization: { '@type': 'Organization', name: 'ТОО «АЯН м.»' },
      jobLocation: { address: { addressRegion: 'Карагандинская область', addressLocality: 'Темиртау' } },
      datePosted: '2026-09-03',
    };
    const text = JSON.stringify(posting) + ' '.repeat(1_500_000);
    const type = { 'content-type': 'application/ld+json' };
    const asked = await call('POST', 'ingest-runs?origin=job.jsonld', 'administrator', text, type);
    expect(asked.status).toBe(202);
    expect(await ended(asked.body['id'])).toMatchObject({ status: 'applied', source: 'jobposting', inserted: 1 });
  });

  it.each([
    ['application/x-ndjson', 'import'],
    ['text/csv', 'import'],
    ['application/json', 'import'],
    ['application/json; charset=utf-8', 'import'],
    ['application/json', 'Import/'],
  ])('takes a firm’s own feed that is sent as %s to %s', async (type, path) => {
    const employer = { name: 'ТОО «АЯН м.»', bin: null };
    const own = feed([record({ id: `own ${type} ${path}`.replace(/\W+/g, '-'), employer })], { complete: false });
    const done = await call('POST', `employer/vacancies/${path}`, 'employer', own, { 'content-type': type });
    expect(done).toMatchObject({ status: 200, body: { read: 1, inserted: 1, rejectedCount: 0 } });
  });

  it('refuses an empty upload and a bad address', async () => {
    expect(await call('POST', 'ingest-runs?origin=x', 'administrator')).toMatchObject({
      status: 422,
      body: { code: 'file.empty' },
    });
    const bad = await call('POST', 'ingest-runs', 'administrator', { url: 'file:///etc/passwd' });
    expect(bad).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  });

  it('lets a firm post once, change, close and import its own vacancies', async () => {
    const form = {
      title: 'Учитель физики', location: 'Северо-Казахстанская область, г. Петропавловск', payMinTenge: 300_000,
      employment: 'permanent', housing: 'provided', openings: 2,
    }; // prettier-ignore
    const key = { 'idempotency-key': 'post-1234' };
    const posted = await call('POST', 'employer/vacancies', 'employer', form, key);
    expect(posted).toMatchObject({
      status: 201,
      body: {
        source: `employer:${employerId}`,
        region: 'KZ-59',
        districtKato: '591000000',
        employer: { id: employerId },
      },
    });
    const id = String(posted.body['id']);
    expect((await call('POST', 'employer/vacancies', 'employer', form, key)).body['id']).toBe(id);
    const reused = await call('POST', 'employer/vacancies', 'employer', { ...form, openings: 3 }, key);
    expect(reused).toMatchObject({ status: 422, body: { code: 'request.idempotency_key_reused' } });
    for (const [bad, code] of [
      [{ ...form, location: 'Нигде' }, 'place.region_unknown'],
      [{ ...form, kato: '551010000' }, 'place.conflict'],
      [{ ...form, payMaxTenge: 1 }, 'record.pay_reversed'],
      [{ ...form, isco: '0000' }, 'vacancy.isco_unknown'],
    ] as const) {
      expect(await call('POST', 'employer/vacancies', 'employer', bad)).toMatchObject({ status: 422, body: { code } });
    }
    const changed = await call('PATCH', `employer/vacancies/${id}`, 'employer', { payMinTenge: 200_000 });
    expect(changed).toMatchObject({
      status: 200,
      body: { payMinTenge: 200_000, openings: 2, isco: posted.body['isco'] },
    });
    const closed = await call('POST', `employer/vacancies/${id}/close`, 'employer', { outcome: 'filled' });
    expect(closed).toMatchObject({ status: 200, body: { status: 'closed', closedReason: 'filled' } });
    expect(await call('POST', `employer/vacancies/${id}/close`, 'employer', { outcome: 'filled' })).toMatchObject({
      status: 409,
    });
    const changes = await rows(test.dataSource, 'select change from vacancy_change where vacancy_id = $1 order by id', [
      id,
    ]);
    expect(changes).toEqual([{ change: 'pay_reduced' }, { change: 'closed' }]);
    const own = record({ id: 'a1' });
    const foreign = record({ id: 'a2', employer: { name: 'ТОО «Чужая фирма»' } });
    const imported = await call(
      'POST',
      'employer/vacancies/import',
      'employer',
      feed([own, foreign], { complete: false }),
    );
    expect(imported).toMatchObject({
      status: 200,
      body: { inserted: 1, rejectedCount: 1, rejected: [{ code: 'employer.not_own' }] },
    });
    const spoken = async (language: string, text: string): Promise<Json> =>
      (await call('POST', 'employer/vacancies/import', 'employer', text, { 'accept-language': language })).body;
    const firstMessage = ({ rejected }: Json): unknown => (rejected as Json[])[0]!['message'];
    expect(firstMessage(await spoken('kk', feed([foreign], { complete: false })))).toMatch(/[қңүөһі]/);
    expect(await spoken('ru', 'x')).toMatchObject({
      status: 'refused',
      error: { message: expect.stringMatching(/[а-я]/) },
    });
    const [enbek] = await rows<{ id: string }>(
      test.dataSource,
      `select id from vacancy where source = 'enbek' limit 1`,
    );
    const stranger = await call('POST', `employer/vacancies/${enbek?.id ?? newId()}/close`, 'employer', {
      outcome: 'other',
    });
    expect(stranger).toMatchObject({ status: 404, body: { code: 'vacancy.not_found' } });
  });

  it('leaves closed what its firm closed after its feed had been made', async () => {
    const made = (generatedAt: string): ReturnType<typeof call> =>
      call(
        'POST',
        'employer/vacancies/import',
        'employer',
        feed([record({ id: 'dawn', valid_until: null })], { complete: false, generatedAt }),
      );
    const before = new Date(clock.now().getTime() - 1_000).toISOString();
    expect(await made(before)).toMatchObject({ status: 200, body: { inserted: 1 } });
    const [row] = await rows<{ id: string }>(test.dataSource, `select id from vacancy where external_id = 'dawn'`);
    const id = String(row?.id);
    await call('POST', `employer/vacancies/${id}/close`, 'employer', { outcome: 'cancelled' });
    expect(await made(before)).toMatchObject({ status: 200, body: { updated: 0, unchanged: 1 } });
    expect(await call('GET', `vacancies/${id}`)).toMatchObject({ body: { status: 'closed' } });
    const after = new Date(clock.now().getTime() + 1_000).toISOString();
    expect(await made(after)).toMatchObject({ status: 200, body: { updated: 1 } });
  });

  it('closes a firm’s vacancy by its file with no openings; its form asks to close it instead', async () => {
    const table = (openings: number): string =>
      `id;title;location;openings\nslesar-1;Слесарь;г. Петропавловск;${openings}\n`;
    const upload = (openings: number): ReturnType<typeof call> =>
      call('POST', 'employer/vacancies/import', 'employer', table(openings));
    expect(await upload(2)).toMatchObject({ status: 200, body: { inserted: 1, rejectedCount: 0 } });
    const [row] = await rows<{ id: string }>(test.dataSource, `select id from vacancy where external_id = 'slesar-1'`);
    const address = `employer/vacancies/${row?.id ?? ''}`;
    expect(await call('PATCH', address, 'employer', { openings: 0 })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'openings' }] },
    });
    expect(await upload(0)).toMatchObject({ status: 200, body: { updated: 1, closed: 1, rejectedCount: 0 } });
    const shown = (): ReturnType<typeof call> => call('GET', `vacancies/${row?.id ?? ''}`);
    expect(await shown()).toMatchObject({ body: { status: 'closed', closedReason: 'filled', openings: 0 } });
    expect(await upload(1)).toMatchObject({ status: 200, body: { updated: 1, closed: 0 } });
    expect(await shown()).toMatchObject({ body: { status: 'open', closedReason: null, openings: 1 } });
  });

  it('closes by a firm’s complete feed what a feed could name, not what the firm posted by form or without a number', async () => {
    const name = 'ТОО «Тройной ход»';
    const firm = String((await call('POST', 'employers', 'administrator', { name })).body['id']);
    const created = { role: 'employer', label: 'f', employerId: firm, expiresAt: null } as const;
    tokens['firm'] = (await test.app.get(TokenService).create(created)).token;
    const import_ = (file: string): ReturnType<typeof call> =>
      call('POST', 'employer/vacancies/import', 'firm', file, { 'content-type': 'text/csv' });
    const complete = (ids: string[], hours: number): ReturnType<typeof call> => {
      const generatedAt = new Date(clock.now().getTime() + hours * 3_600_000).toISOString();
      return import_(
        feed(
          ids.map((id) => record({ id, employer: { name } })),
          { generatedAt },
        ),
      );
    };
    const state = async (title: string): Promise<Json | undefined> =>
      (
        await rows<Json>(
          test.dataSource,
          'select id, status, closed_reason from vacancy where source = $1 and title = $2',
          [`employer:${firm}`, title],
        )
      )[0];
    const uuid = newId();
    const ofFeed = ['edited', 'dropped', uuid].map((id) => record({ id, title: `Токарь ${id}`, employer: { name } }));
    const location = 'Северо-Казахстанская область, г. Петропавловск';
    const form = { title: 'Повар', location, payMinTenge: 250_000 };
    expect(await call('POST', 'employer/vacancies', 'firm', form)).toMatchObject({ status: 201 });
    const nowhere = 'г. Нигде';
    const table = `id;title;location\n;Швея;${location}\nt-9;Пекарь;${location}\n;Сварщик;${nowhere}\nt-8;Слесарь;${nowhere}\n`;
    expect(await import_(table)).toMatchObject({ status: 200, body: { inserted: 2, rejectedCount: 2 } });
    expect(await import_(feed(ofFeed))).toMatchObject({ status: 200, body: { inserted: 3, closed: 0 } });
    const edited = `employer/vacancies/${String((await state('Токарь edited'))?.['id'])}`;
    expect(await call('PATCH', edited, 'firm', { payMinTenge: 175_000 })).toMatchObject({ status: 200 });
    expect(await complete(['new'], 1)).toMatchObject({ status: 200, body: { inserted: 1, closed: 4 } });
    const open = { status: 'open', closed_reason: null };
    const absent = { status: 'closed', closed_reason: 'absent' };
    expect(await state('Повар')).toMatchObject(open);
    expect(await state('Швея')).toMatchObject(open);
    expect(await state('Пекарь')).toMatchObject(absent);
    for (const id of ['edited', 'dropped', uuid]) expect(await state(`Токарь ${id}`)).toMatchObject(absent);
    const refused = await rows<Json>(
      test.dataSource,
      'select resolved_reason as reason from rejected_record where source = $1 order by external_id like $2 desc',
      [`employer:${firm}`, 'row-%'],
    );
    expect(refused).toEqual([{ reason: null }, { reason: 'absent' }]);
    // Nor has the feed shown what it cannot name.
    const vacancies = test.app.get(VacanciesService);
    expect(await vacancies.readAt(String((await state('Повар'))?.['id']))).toEqual(clock.now());
  });

  it('takes a pay of zero for none, in what a firm posts and in what it changes', async () => {
    const form = { title: 'Повар', location: 'Северо-Казахстанская область, г. Петропавловск' };
    const posted = await call('POST', 'employer/vacancies', 'employer', {
      ...form,
      payMinTenge: 250_000,
      payMaxTenge: 0,
    });
    expect(posted).toMatchObject({ status: 201, body: { payMinTenge: 250_000, payMaxTenge: null } });
    const path = `employer/vacancies/${String(posted.body['id'])}`;
    const changed = await call('PATCH', path, 'employer', { payMinTenge: 0 });
    expect(changed).toMatchObject({ status: 200, body: { payMinTenge: null, payMaxTenge: null } });
  });

  it('lets no change open a vacancy that was closed while the change waited', async () => {
    const form = { title: 'Повар', location: 'Северо-Казахстанская область, г. Петропавловск', payMinTenge: 250_000 };
    const id = String((await call('POST', 'employer/vacancies', 'employer', form)).body['id']);
    const waiting = async (count: number): Promise<void> => {
      for (let found = -1; found < count; await new Promise((resolve) => setTimeout(resolve, 20))) {
        const [row] = await rows<{ found: number }>(
          test.dataSource,
          `select count(*)::int as found from pg_locks l join pg_database d on d.oid = l.database
           where l.locktype = 'advisory' and not l.granted and d.datname = current_database()`,
        );
        found = row?.found ?? 0;
      }
    };
    const run = test.dataSource.createQueryRunner();
    const source = [`employer:${employerId}`];
    await run.query(`select pg_advisory_lock(${SOURCE_LOCK})`, source);
    const closing = call('POST', `employer/vacancies/${id}/close`, 'employer', { outcome: 'filled' });
    await waiting(1); // for the run of the source that is under way
    const changing = call('PATCH', `employer/vacancies/${id}`, 'employer', { payMinTenge: 260_000 });
    await waiting(2);
    await run.query(`select pg_advisory_unlock(${SOURCE_LOCK})`, source);
    await run.release();
    expect(await closing).toMatchObject({ status: 200, body: { status: 'closed' } });
    expect(await changing).toMatchObject({ status: 409, body: { code: 'vacancy.closed' } });
    expect((await call('GET', `vacancies/${id}`)).body).toMatchObject({ status: 'closed', payMinTenge: 250_000 });
  });

  it('loses none of two changes that are made at once', async () => {
    const form = { title: 'Повар', location: 'Северо-Казахстанская область, г. Петропавловск', payMinTenge: 250_000 };
    const id = String((await call('POST', 'employer/vacancies', 'employer', form)).body['id']);
    const runs = async (): Promise<number> =>
      (await rows<{ n: number }>(test.dataSource, 'select count(*)::int as n from ingest_run'))[0]?.n ?? 0;
    const holder = test.dataSource.createQueryRunner();
    await holder.query(`select pg_advisory_lock(${SOURCE_LOCK})`, [`employer:${employerId}`]);
    const waiting = async (count: number): Promise<void> => {
      for (let found = -1; found < count; await new Promise((resolve) => setTimeout(resolve, 20))) {
        const [row] = await rows<{ found: number }>(
          test.dataSource,
          `select count(*)::int as found from pg_locks l join pg_database d on d.oid = l.database
           where l.locktype = 'advisory' and not l.granted and d.datname = current_database()`,
        );
        found = row?.found ?? 0;
      }
    };
    const before = await runs();
    const retitled = call('PATCH', `employer/vacancies/${id}`, 'employer', { title: 'Пекарь' });
    await waiting(1);
    const raised = call('PATCH', `employer/vacancies/${id}`, 'employer', { payMinTenge: 260_000 });
    await waiting(2);
    await holder.query(`select pg_advisory_unlock(${SOURCE_LOCK})`, [`employer:${employerId}`]);
    await holder.release();
    expect(await retitled).toMatchObject({ status: 200, body: { title: 'Пекарь' } });
    expect(await raised).toMatchObject({ status: 200, body: { title: 'Пекарь', payMinTenge: 260_000 } });
    expect((await call('GET', `vacancies/${id}`)).body).toMatchObject({ title: 'Пекарь', payMinTenge: 260_000 });
    expect((await runs()) - before).toBe(2);
  });

  it('keeps the events and the counts of a form’s run', async () => {
    const events = (topic: string): Promise<Json[]> =>
      rows(test.dataSource, `select payload from outbox_event where topic = $1 order by id desc`, [topic]);
    const lastRun = async (): Promise<Json | undefined> =>
      (await rows<Json>(test.dataSource, 'select * from ingest_run order by id desc limit 1'))[0];
    const form = { title: 'Сварщик', location: 'Северо-Казахстанская область, г. Петропавловск', payMinTenge: 250_000 };
    const asked = (await events('match.requested')).length;
    const changed = (await events('vacancies.changed')).length;
    const counts = {
      source: `employer:${employerId}`,
      connector: 'employer-form',
      origin: 'form',
      status: 'applied',
      read: 1,
    };
    const words = {
      duties: 'Резка\nи "сварка"',
      skills: ['"x", {y}', 'z'],
      permanentYears: 2.5,
      validUntil: '2027-01-31',
    };
    const posted = await call('POST', 'employer/vacancies', 'employer', { ...form, ...words });
    expect(posted).toMatchObject({
      status: 201,
      body: { ...words, payMinTenge: 250_000, payMaxTenge: null, status: 'open' },
    });
    expect(await lastRun()).toMatchObject({ ...counts, inserted: 1, updated: 0, unchanged: 0, rejected: 0 });
    const path = `employer/vacancies/${String(posted.body['id'])}`;
    expect((await call('PATCH', path, 'employer', { payMinTenge: 250_000 })).status).toBe(200);
    expect(await lastRun()).toMatchObject({ ...counts, inserted: 0, updated: 0, unchanged: 1 });
    expect((await events('match.requested')).length).toBe(asked + 1);
    expect((await call('PATCH', path, 'employer', { payMinTenge: 200_000 })).status).toBe(200);
    const run = await lastRun();
    expect(run).toMatchObject({ ...counts, updated: 1, unchanged: 0, closed: 0 });
    expect((await events('match.requested')).length).toBe(asked + 2);
    expect((await events('vacancies.changed')).length).toBe(changed + 1);
    expect((await events('vacancies.changed'))[0]).toEqual({ payload: { batchId: run?.['id'] } });
    expect((await call('PATCH', path, 'employer', { validUntil: '2020-01-01' })).status).toBe(422);
    expect((await lastRun())?.['id']).toBe(run?.['id']);
  });

  it('lets the firm’s own region or an administrator verify it, and writes down who did', async () => {
    const firm = async (name: string): Promise<string> =>
      String((await call('POST', 'employers', 'administrator', { name })).body['id']);
    const trail = (id: string): Promise<Json[]> =>
      rows(
        test.dataSource,
        `select action, actor_role as role, region_code as region, from_state, to_state from audit_entry
         where subject = 'employer' and subject_id = $1 order by id`,
        [id],
      );
    const registered = {
      action: 'register',
      role: 'administrator',
      region: null,
      from_state: null,
      to_state: 'unverified',
    };
    const verified = { action: 'verify', from_state: 'unverified', to_state: 'verified' };
    const elsewhere = await firm('ТОО «Без вакансий»');
    expect(await call('POST', `employers/${elsewhere}/verify`, 'officer', {})).toMatchObject({
      status: 403,
      body: { code: 'auth.region_forbidden' },
    });
    expect(await call('POST', `employers/${elsewhere}/verify`, 'administrator', {})).toMatchObject({
      status: 422,
      body: { code: 'employer.bin_missing' },
    });
    expect(await trail(elsewhere)).toEqual([registered]);
    await test.dataSource.query(`update employer set bin = '940140000385' where id = $1`, [elsewhere]);
    await test.dataSource.query(`update employer set bin = '990340005977' where id = $1 and bin is null`, [employerId]);
    expect(await call('POST', `employers/${elsewhere}/verify`, 'administrator', {})).toMatchObject({
      status: 200,
      body: { verified: true },
    });
    expect(await trail(elsewhere)).toEqual([registered, { ...verified, role: 'administrator', region: null }]);
    // The firm of this test has posted in the officer's region; the second call changes nothing.
    for (let times = 0; times < 2; times++)
      expect((await call('POST', `employers/${employerId}/verify`, 'officer', {})).status).toBe(200);
    expect(await trail(employerId)).toEqual([registered, { ...verified, role: 'officer', region: 'KZ-59' }]);
    expect((await call('POST', `employers/${newId()}/verify`, 'officer', {})).status).toBe(404);
  });

  it('takes more posts at once than it has connections', async () => {
    const form = { title: 'Медсестра', location: 'Северо-Казахстанская область, г. Петропавловск' };
    const posts = Array.from({ length: 3 * test.config.databasePoolSize }, (_, n) =>
      call('POST', 'employer/vacancies', 'employer', form, { 'idempotency-key': `crowd-${n % 20}-key` }),
    );
    const answers = await Promise.all(posts);
    expect(answers.map(({ status }) => status)).toEqual(posts.map(() => 201));
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(20);
  });
});
