import { Validator } from '@seriousme/openapi-schema-validator';
import { Controller, Get } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { jest } from '@jest/globals';
import { ClosedRoutes } from '../../src/auth/closed-routes.service.js';
import { TokenService } from '../../src/auth/token.service.js';
import { rows } from '../../src/database/sql.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { type Caller, callerWith, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { startBrowser } from '../support/browser.js';
import { createTestDatabase } from '../support/database.js';

let now = new Date('2026-11-22T06:00:00Z');
let running: TestApp;
let nobody: Caller;
let administrator: Caller;
const logged: string[] = [];

beforeAll(async () => {
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
    logged.push(String(line));
    return true;
  });
  const database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), now);
  running = await startTestApp({ role: 'api', database, clock: { now: () => now }, config: { logLevel: 'info' } });
  nobody = callerWith(running, null);
  administrator = await signedIn(running, { role: 'administrator' });
});

afterAll(async () => {
  await running.close();
  await running.database.drop();
  jest.restoreAllMocks();
});

describe('errors', () => {
  it('are problem documents that name the request', async () => {
    const { status, headers, body } = await nobody('/nowhere');
    expect(status).toBe(404);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(body).toEqual({
      type: '/api/problems/request.not_found',
      title: 'Not found',
      status: 404,
      detail: 'There is nothing at this address.',
      code: 'request.not_found',
      instance: `urn:request:${headers.get('x-request-id')}`,
    });
    const explained = await nobody(body.type);
    expect(explained.body.words.ru).toBe('По этому адресу ничего нет.');
    expect((await nobody('/api/problems/no.such_code')).status).toBe(404);
  });

  it.each([
    ['/nowhere', { 'accept-language': 'kk-KZ, ru;q=0.5' }, 'kk', 'Бұл мекенжайда ештеңе жоқ.'],
    ['/nowhere', { 'accept-language': 'ru' }, 'ru', 'По этому адресу ничего нет.'],
    ['/nowhere?lang=kk', { 'accept-language': 'ru' }, 'kk', 'Бұл мекенжайда ештеңе жоқ.'],
    ['/nowhere?lang=de', { 'accept-language': 'fr' }, 'en', 'There is nothing at this address.'],
  ])('speak the language of the caller: %s %j', async (path, headers, language, detail) => {
    const answer = await nobody(path, { headers });
    expect([answer.headers.get('content-language'), answer.body.detail]).toEqual([language, detail]);
    expect(answer.headers.get('vary')).toContain('Accept-Language');
  });

  it.each([
    ['/vacancies?region=KZ-59', 'ru-KZ,en;q=0.5', '/ru/vacancies?region=KZ-59', 200],
    ['/nowhere', 'de', '/kk/nowhere', 404],
    ['//evil.example/x', 'en', '/en//evil.example/x', 404],
  ])('lead a browser that left out the language to the page in its own: %s', async (path, language, to, status) => {
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': language };
    const led = await fetch(running.url + path, { headers, redirect: 'manual' });
    expect([led.status, led.headers.get('location')]).toEqual([302, to]);
    expect(led.headers.get('vary')).toContain('Accept-Language');
    const page = await fetch(running.url + to, { headers });
    expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    const api = await fetch(`${running.url}/api/v1/nowhere`, { headers, redirect: 'manual' });
    expect(api.status).toBe(404);
  });

  it('tell search engines what is for programs', async () => {
    const answer = await fetch(`${running.url}/robots.txt`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await answer.text()).toBe('User-agent: *\nDisallow: /api/\n');
  });

  it.each<[string, string, Record<string, string>, number, string]>([
    ['broken JSON', '{"role":', {}, 400, 'request.invalid_json'],
    ['an empty body', '', {}, 400, 'request.invalid'],
    ['a list', '[]', {}, 400, 'request.invalid'],
    ['a bare number', '7', {}, 400, 'request.invalid'],
    ['another type', '{}', { 'content-type': 'text/plain' }, 400, 'request.body_missing'],
    [
      'another character set',
      '{}',
      { 'content-type': 'application/json; charset=iso-8859-1' },
      415,
      'request.unsupported_media_type',
    ],
    ['a body too large', `{"label":"${'x'.repeat(1_100_000)}"}`, {}, 413, 'request.too_large'],
    ['text that no database keeps', '{"role":"system","label":"a\\u0000b"}', {}, 400, 'request.malformed'],
    ['half a character', '{"role":"system","label":"a\\ud800b"}', {}, 400, 'request.malformed'],
    ['a poisoned prototype', '{"__proto__":{"role":"system"},"label":"x"}', {}, 400, 'request.invalid'],
  ])('refuse %s', async (_, body, headers, status, code) => {
    const answer = await administrator('/api/v1/tokens', { body, headers });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each([
    ['/api/v1/tokens/not-an-id', 'DELETE', 400, 'request.malformed'],
    ['/api/v1/tokens/%zz', 'DELETE', 400, 'request.malformed'],
    ['/api/v1/tokens', 'PUT', 404, 'request.not_found'],
  ])('refuse %s %s', async (path, method, status, code) => {
    const answer = await administrator(path, { method });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('that nobody foresaw say a number and nothing else; the log says the rest', async () => {
    await running.dataSource.query('alter table household rename to household_away');
    const answer = await administrator('/api/v1/households', { headers: { 'accept-language': 'ru' } });
    await running.dataSource.query('alter table household_away rename to household');
    expect(answer.status).toBe(500);
    expect(answer.body).toMatchObject({ code: 'server.error', title: 'Ошибка на сервере' });
    expect(answer.body.detail).toContain(answer.body.errorId);
    expect(answer.text).not.toMatch(/household|select|\.ts|\.js|at /i);
    const line = logged.find((l) => l.includes(answer.body.errorId));
    expect(JSON.parse(line!)).toMatchObject({
      level: 'error',
      requestId: answer.headers.get('x-request-id'),
      err: { type: 'QueryFailedError', code: '42P01' },
    });
  });
});

describe('access', () => {
  it.each([
    [undefined, 'auth.token_missing', 'Bearer realm="qonys"'],
    ['Basic YTpi', 'auth.token_missing', 'Bearer realm="qonys"'],
    ['Bearer qny_unknown', 'auth.token_invalid', 'Bearer realm="qonys", error="invalid_token"'],
    ['Bearer something', 'auth.token_invalid', 'Bearer realm="qonys", error="invalid_token"'],
  ])('with %s ends in 401 %s', async (authorization, code, challenge) => {
    const answer = await nobody('/api/v1/me', { headers: authorization ? { authorization } : {} });
    expect([answer.status, answer.body.code, answer.headers.get('www-authenticate')]).toEqual([401, code, challenge]);
  });

  it('is what the token says', async () => {
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    expect((await officer('/api/v1/me')).body).toMatchObject({
      role: 'officer',
      regionCode: 'KZ-59',
      employerId: null,
    });
    const refused = await officer('/api/v1/tokens');
    expect([refused.status, refused.body.code]).toEqual([403, 'auth.forbidden']);
  });

  it('is listed in pages, the newest first and without secrets', async () => {
    const tokens = running.app.get(TokenService);
    const made = [
      await tokens.create({ role: 'analyst', label: 'a' }),
      await tokens.create({ role: 'analyst', label: 'b' }),
    ];
    type Listed = { items: { id: string }[]; nextCursor: string | null };
    const page = async (query: string): Promise<Listed> =>
      (await administrator(`/api/v1/tokens?${query}`)).body as unknown as Listed;
    const first = await page('limit=1');
    const second = await page(`limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([made[1]!.id, made[0]!.id]);
    expect(JSON.stringify([first, second])).not.toMatch(/hash|qny_/);
    expect((await administrator('/api/v1/tokens?cursor=bm8')).status).toBe(400);
  });

  it('ends when a token expires or is revoked, and keeps only its hash', async () => {
    const tokens = running.app.get(TokenService);
    const made = await tokens.create({ role: 'analyst', label: 'short', expiresAt: new Date(now.getTime() + 60_000) });
    const caller = callerWith(running, made.token);
    expect((await caller('/api/v1/me')).status).toBe(200);
    const start = now;
    now = new Date(now.getTime() + 60_000);
    expect((await caller('/api/v1/me')).body.code).toBe('auth.token_expired');
    now = start;
    expect((await administrator(`/api/v1/tokens/${made.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await administrator(`/api/v1/tokens/${made.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await caller('/api/v1/me')).body.code).toBe('auth.token_revoked');
    const stored = await rows<{ row: string }>(
      running.dataSource,
      'select row_to_json(t)::text as row from api_token t',
    );
    expect(stored.some(({ row }) => row.includes(made.token))).toBe(false);
    const audit = await rows(
      running.dataSource,
      'select action from audit_entry where subject_id = $1 order by at, id',
      [made.id],
    );
    expect(audit).toEqual([{ action: 'create' }, { action: 'revoke' }]);
  });

  it('writes the last use at most every ten minutes', async () => {
    const made = await running.app.get(TokenService).create({ role: 'analyst', label: 'used' });
    const caller = callerWith(running, made.token);
    const lastUse = async () =>
      (await administrator('/api/v1/tokens')).body.items.find((t: { id: string }) => t.id === made.id).lastUsedAt;
    expect(await lastUse()).toBeNull();
    const start = now;
    const seen: string[] = [];
    for (const minutes of [0, 9, 10]) {
      now = new Date(start.getTime() + minutes * 60_000);
      await caller('/api/v1/me');
      seen.push(await lastUse());
    }
    now = start;
    const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000).toISOString();
    expect(seen).toEqual([at(0), at(0), at(10)]);
  });

  it.each([
    [{ role: 'officer', label: 'x' }, 'auth.region_required'],
    [{ role: 'analyst', label: 'x', regionCode: 'KZ-59' }, 'auth.region_not_allowed'],
    [{ role: 'officer', label: 'x', regionCode: 'KZ-99' }, 'auth.region_unknown'],
    [{ role: 'employer', label: 'x' }, 'auth.employer_required'],
    [{ role: 'system', label: 'x', employerId: crypto.randomUUID() }, 'auth.employer_not_allowed'],
    [{ role: 'employer', label: 'x', employerId: crypto.randomUUID() }, 'auth.employer_unknown'],
    [{ role: 'system', label: 'x', expiresAt: '2026-11-22T05:59:59Z' }, 'auth.expiry_in_past'],
  ])('cannot be made as %j', async (wish, code) => {
    const { status, body } = await administrator('/api/v1/tokens', { body: wish });
    expect([status, body.code]).toEqual([400, code]);
  });

  it.each([
    [{ role: 'king', label: 'x' }, ['role field.not_one_of']],
    [{ role: 'system', label: '' }, ['label field.too_short']],
    [{ role: 'system', label: 'x', expiresAt: 'tomorrow' }, ['expiresAt field.not_date']],
    [{}, ['role field.required', 'label field.required']],
  ])('names the wrong fields of %j', async (wish, codes) => {
    const { body } = await administrator('/api/v1/tokens', { body: wish });
    expect(body.errors.map((e: { field: string; code: string }) => `${e.field} ${e.code}`)).toEqual(codes);
  });

  it('must be stated by every route, or the program does not start', () => {
    @Controller('silent')
    class SilentController {
      @Get('route')
      route(): void {}
    }
    const discovery = { getControllers: () => [{ metatype: SilentController }] } as unknown as DiscoveryService;
    const closed = new ClosedRoutes(discovery, new MetadataScanner(), new Reflector());
    expect(() => closed.onApplicationBootstrap()).toThrow('SilentController.route');
  });
});

describe('request ids and the log', () => {
  it('take over a sane id and make one otherwise', async () => {
    const given = await nobody('/health/live', { headers: { 'x-request-id': 'chain-0001' } });
    expect(given.headers.get('x-request-id')).toBe('chain-0001');
    const made = await nobody('/health/live', { headers: { 'x-request-id': 'no good' } });
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('say the route, status and actor, but no query, body or token', async () => {
    await administrator('/api/v1/households?regionCode=KZ-59&limit=3', { headers: { 'x-request-id': 'log-test-1' } });
    const line = JSON.parse(logged.find((l) => l.includes('log-test-1'))!) as Record<string, unknown>;
    expect(line).toMatchObject({
      level: 'info',
      requestId: 'log-test-1',
      method: 'GET',
      path: '/api/v1/households',
      status: 200,
    });
    expect(line['actor']).toMatch(/^[0-9a-f-]{36}$/);
    expect(line['durationMs']).toEqual(expect.any(Number));
    expect(JSON.stringify(line)).not.toMatch(/limit|qny_|authorization/i);
    await nobody('/health/live', { headers: { 'x-request-id': 'log-test-2' } });
    expect(logged.join('')).not.toContain('log-test-2');
  });
});

describe('health', () => {
  it('is live and ready', async () => {
    expect((await nobody('/health/live')).body).toEqual({ status: 'up' });
    expect((await nobody('/health/ready')).body).toEqual({
      status: 'up',
      checks: { database: 'up', queue: 'up', migrations: 'current' },
    });
  });

  it('is not ready with a migration missing', async () => {
    await running.dataSource.query('create table kept as select * from migrations');
    await running.dataSource.query('delete from migrations where id = (select max(id) from migrations)');
    const answer = await nobody('/health/ready');
    await running.dataSource.query('truncate migrations');
    await running.dataSource.query('insert into migrations select * from kept');
    await running.dataSource.query('drop table kept');
    expect([answer.status, answer.body.checks.migrations]).toEqual([503, 'pending']);
    expect((await nobody('/health/ready')).status).toBe(200);
  });

  it('stays live, is not ready and answers 503 when its database goes', async () => {
    const other = await startTestApp({
      role: 'api',
      config: { logLevel: 'silent', metricsToken: 'prometheus-secret' },
    });
    const caller = callerWith(other, null);
    expect((await caller('/metrics')).status).toBe(401);
    expect((await caller('/metrics', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await caller('/metrics', { headers: { authorization: 'Bearer prometheus-secret' } })).status).toBe(200);
    await other.database.drop();
    expect((await caller('/health/live')).status).toBe(200);
    const ready = await caller('/health/ready');
    expect([ready.status, ready.body.checks.database]).toEqual([503, 'down']);
    const refused = await caller('/api/v1/me', { headers: { authorization: 'Bearer qny_x' } });
    expect([refused.status, refused.body.code]).toEqual([503, 'server.unavailable']);
    await other.close();
  });
});

it('measures requests by route, queues by region, the outbox and deliveries', async () => {
  await administrator('/api/v1/me');
  const { text, headers } = await nobody('/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  expect(text).toMatch(
    /qonys_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/me",status="200"\} \d+/,
  );
  expect(text).toMatch(/route="unmatched",status="404"/);
  expect(text).toContain('qonys_queue_jobs{queue="notify-kz-59",state="waiting"} 0');
  // Nobody settles in the capital; its queue carries the answers of the programme's desk.
  expect(text).toContain('qonys_queue_jobs{queue="notify-kz-71",state="failed"} 0');
  expect(text).toContain('qonys_queue_jobs{queue="review",state="failed"} 0');
  expect(text).toMatch(/^qonys_outbox_lag_seconds \d/m);
  expect(text).toContain('# TYPE qonys_deliveries gauge');
  expect(text).toContain('process_resident_memory_bytes');
});

it('sends security headers with everything', async () => {
  for (const path of ['/health/live', '/nowhere', '/api/openapi.json']) {
    const { headers } = await nobody(path);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: object;
}

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { body } = await nobody('/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const result = await new Validator().validate(body);
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
  });

  it('requires of a caller only what has no default', async () => {
    const { body } = await nobody('/api/openapi.json');
    const paths = Object.values(body.paths as Record<string, Record<string, { parameters?: Parameter[] }>>);
    const parameters = paths.flatMap((path) => Object.values(path).flatMap((operation) => operation.parameters ?? []));
    const required = parameters.filter((parameter) => parameter.required && parameter.in !== 'path');
    // Without a title there is nothing to resolve, without people and a place no support to work out, nor without a place the
    // conditions of a move to it.
    expect(required.map(({ name }) => name).sort()).toEqual(['kato', 'kato', 'members', 'title']);
    expect(parameters.find(({ name }) => name === 'limit')?.schema).toMatchObject({ default: 50, maximum: 200 });
    const keys = parameters.filter(({ name }) => name.toLowerCase() === 'idempotency-key');
    // Households, vacancies, corrections of titles and questions are sent once.
    expect(keys.map(({ name }) => name)).toEqual(Array(4).fill('Idempotency-Key'));
  });

  it('holds every route that is not for machines of the house, with its roles and its errors', async () => {
    const { body } = await nobody('/api/openapi.json');
    const described = Object.entries<Record<string, object>>(body.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = routesOf(running).filter(
      (route) => !/ \/(health|metrics|robots|kk|ru|en|$)/.test(route) && !/ \/api\/(docs|openapi)/.test(route),
    );
    expect(served.length).toBeGreaterThan(8);
    expect(described.sort()).toEqual(served.sort());
    for (const operations of Object.values<Record<string, Record<string, never>>>(body.paths))
      for (const operation of Object.values(operations)) {
        expect(operation['responses']?.['default']).toBeDefined();
        expect(operation['summary']).toBeTruthy();
        expect(operation['operationId']).toBeTruthy();
      }
    expect(body.paths['/api/v1/tokens'].get['x-roles']).toEqual(['administrator']);
    expect(body.paths['/api/v1/tokens'].get.security).toEqual([{ token: [] }]);
    expect(body.paths['/api/problems/{code}'].get.security).toBeUndefined();
  });

  it("says of bodies and queries what the validators' rules say", async () => {
    const { body } = await nobody('/api/openapi.json');
    const { NewHouseholdDto, AdultDto, NewTokenDto } = body.components.schemas;
    expect(NewTokenDto.required.sort()).toEqual(['label', 'role']);
    expect(NewTokenDto.properties.label).toMatchObject({ type: 'string', minLength: 1, maxLength: 120 });
    expect(NewHouseholdDto.properties.adults).toMatchObject({
      type: 'array',
      minItems: 1,
      maxItems: 2,
      items: { $ref: '#/components/schemas/AdultDto' },
    });
    expect(AdultDto.properties.languages).toMatchObject({
      type: 'array',
      uniqueItems: true,
      items: { type: 'string' },
    });
    const limit = body.paths['/api/v1/households'].get.parameters.find((p: { name: string }) => p.name === 'limit');
    expect(limit).toMatchObject({ in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200 } });
  });

  it('is a page that works in a browser without asking anybody else', async () => {
    const browser = await startBrowser();
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      const outside: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
      page.on('request', (request) => {
        if (!request.url().startsWith(running.url) && !request.url().startsWith('data:')) outside.push(request.url());
      });
      const answer = await page.goto(`${running.url}/api/docs`);
      expect(answer!.headers()['content-security-policy']).not.toContain('unsafe-inline');
      // Swagger UI escapes the dot of an operation's id, and calls that an id.
      const create = page.locator('.opblock[id^="operations-households-"][id$="create"]');
      await create.waitFor();
      expect(await page.locator('.opblock').count()).toBe(
        routesOf(running).filter((route) => / \/api\/(v1|problems)/.test(route)).length,
      );
      await create.locator('.opblock-summary').click();
      await page.waitForSelector('text=Idempotency-Key');
      expect(complaints).toEqual([]);
      expect(outside).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

/** `GET /api/v1/households/{id}` for every route that Express serves. */
function routesOf({ app }: TestApp): string[] {
  interface Layer {
    route?: { path: string; methods: Record<string, boolean> };
  }
  const { router } = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  return router.stack.flatMap(({ route }) =>
    route
      ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path.replace(/:(\w+)/g, '{$1}')}`)
      : [],
  );
}
