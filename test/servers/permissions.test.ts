import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import { load } from 'cheerio';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { makeSignature } from 'better-auth/crypto';
import { getMetadataStorage } from 'class-validator';
import { shareToken } from '../../src/applications/share-token.js';
import { TokenService } from '../../src/auth/token.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { ROLES, type Role } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { PERMISSION, type Permission, isForAnyone, reach } from '../../src/shared/permissions.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type MadeProposal, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';

/**
 * Every route that Nest knows × every role × own and other region, household, firm and account, against the one table.
 * No list of routes stands here: a new one is walked by itself, and fails until its parameters and body can be built.
 */
let gateway: DemoGateway;
let running: TestApp;

beforeAll(async () => {
  gateway = await startDemoGateway();
  running = await startTestApp({ role: 'api', config: { sms: gateway.sms, smtp: gateway.smtp, demo: true } });
});
afterAll(async () => {
  await running.close();
  await gateway.close();
});

interface Route {
  name: string;
  method: string;
  path: string;
  permission: Permission;
  /** The class of its JSON body, where it has one. */
  body: Class | null;
}
type Class = abstract new (...given: never[]) => object;

/** Nest's own keys of a parameter's source: `3` is the body. */
const ROUTE_ARGUMENTS = '__routeArguments__';
const BODY = 3;

function routes(): Route[] {
  const reflector = running.app.get(Reflector);
  const scanner = running.app.get(MetadataScanner, { strict: false });
  return running.app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      const controller = metatype as Class & { prototype: Record<string, (...given: unknown[]) => unknown> };
      const bases = [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat();
      return scanner.getAllMethodNames(controller.prototype).flatMap((name) => {
        const handler = controller.prototype[name]!;
        const own = Reflect.getMetadata(PATH_METADATA, handler) as string | undefined;
        if (own === undefined) return [];
        const permission = reflector.getAllAndOverride<Permission>(PERMISSION, [handler, controller]);
        const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!;
        const types = (Reflect.getMetadata('design:paramtypes', controller.prototype, name) ?? []) as Class[];
        const sources = (Reflect.getMetadata(ROUTE_ARGUMENTS, controller, name) ?? {}) as Record<
          string,
          { index: number; data?: unknown }
        >;
        const at = Object.entries(sources).find(
          ([key, { data }]) => key.startsWith(`${BODY}:`) && data === undefined,
        )?.[1].index;
        const body = at === undefined || types[at] === Object ? null : types[at]!;
        return bases.slice(0, 1).map((base) => {
          const path = `/${[base, own]
            .map((part) => part.replace(/^\/|\/$/g, ''))
            .filter(Boolean)
            .join('/')}`;
          return { name: `${method} ${path}`, method, path, permission, body };
        });
      });
    });
}

/** What there is of one side: rows of one region, one household, one firm. */
interface World {
  region: string;
  householdId: string;
  proposalId: string;
  employerId: string;
  vacancyId: string;
  runId: string;
  ingestRunId: string;
  /** Of the firm's own file. */
  ownRunId: string;
  tokenId: string;
  accountId: string;
  sessionId: string;
  dismissalId: string;
  interestId: string;
  messageId: string;
  shareId: string;
  correctionId: string;
  questionId: string;
  applicationId: string;
  followUpId: string;
  paymentId: string;
}

async function world(region: string, districtKato: string): Promise<World> {
  const sql = running.dataSource;
  const household = await makeHousehold(sql, { adults: [{}] });
  const employerId = newId();
  await sql.query(`insert into employer (id, name, name_normalised, created_at) values ($1, 'ТОО Сынақ', $2, now())`, [
    employerId,
    employerId,
  ]);
  const columns = { source: `employer:${employerId}`, employer_id: employerId };
  const vacancy = await makeVacancy(sql, { districtKato, columns });
  const [runId, ingestRunId, ownRunId] = [newId(), newId(), newId()];
  const proposal = await makeProposal(sql, { household, vacancies: [vacancy], runId });
  await sql.query(
    `insert into ingest_run (id, source, connector, origin, status, started_at) values ($1, 'test', 'enbek-feed', 'test', 'applied', now())`,
    [ingestRunId],
  );
  await sql.query(
    `insert into ingest_run (id, source, connector, origin, status, started_at) values ($1, $2, 'vacancy-table', 'test', 'applied', now())`,
    [ownRunId, `employer:${employerId}`],
  );
  const { id: tokenId } = await running.app.get(TokenService).create({ role: 'analyst', label: 'test' });
  return {
    region,
    householdId: household.id,
    proposalId: proposal.id,
    employerId,
    vacancyId: vacancy.id,
    runId,
    ingestRunId,
    ownRunId,
    tokenId,
    accountId: newId(),
    sessionId: newId(),
    correctionId: await correction(),
    questionId: await question(region),
    ...(await afterArrival(household.id, proposal)),
    ...(await ofHousehold(household.id, proposal, vacancy.id)),
  };
}

/** What became of the household: it has arrived, is asked how it is, and was paid something. */
async function afterArrival(
  householdId: string,
  { id: proposalId, regionCode }: MadeProposal,
): Promise<Pick<World, 'followUpId' | 'paymentId'>> {
  const sql = running.dataSource;
  const [applicationId, arrivalId, personId, followUpId, paymentId] = [newId(), newId(), newId(), newId(), newId()];
  await sql.query(
    `insert into application (id, household_id, proposal_id, region_code, home_region_code, category, persons, state, quota_year,
       arrived_on, ended_at, state_since, created_at, updated_at)
     values ($1, $2, $3, $4, 'KZ-61', 'settlers', 1, 'settled', 2026, current_date, now(), now(), now(), now())`,
    [applicationId, householdId, proposalId, regionCode],
  );
  await sql.query(
    `insert into arrival (id, source, application_id, household_id, region_code, arrived_on, synthetic, created_at)
     values ($1, 'application', $2, $3, $4, current_date, true, now())`,
    [arrivalId, applicationId, householdId, regionCode],
  );
  await sql.query(
    `insert into arrived_person (id, arrival_id, household_id, region_code, position, adult) values ($1, $2, $3, $4, 1, true)`,
    [personId, arrivalId, householdId, regionCode],
  );
  await sql.query(
    `insert into follow_up (id, arrival_id, household_id, region_code, months, due_on, answer_by, closes_on, state, asked_at, created_at)
     values ($1, $2, $3, $4, 1, current_date - 2, current_date - 1, current_date + 30, 'asked', now(), now())`,
    [followUpId, arrivalId, householdId, regionCode],
  );
  await sql.query(
    `insert into support_payment (id, household_id, region_code, measure, payee, tenge, paid_on, recorded_by, recorded_at)
     values ($1, $2, $3, 'rent', 'household', 1, current_date, 'test', now())`,
    [paymentId, householdId, regionCode],
  );
  return { followUpId, paymentId };
}

/** What an officer of any region said of a title. */
async function correction(): Promise<string> {
  const id = newId();
  await running.dataSource.query(
    `insert into title_correction (id, title_key, title, made_by, made_at, version) values ($1, $2, 'Сынақ', 'test', now(), 1)`,
    [id, id],
  );
  return id;
}

/** What somebody asked a region's centre, answered in public. */
async function question(region: string): Promise<string> {
  const id = newId();
  await running.dataSource.query(
    `insert into question (id, language, about, about_region_code, region_code, text, status, due_on, created_at, updated_at)
     values ($1, 'kk', 'region', $2, $2, 'Сынақ?', 'waiting', '2026-11-25', now(), now())`,
    [id, region],
  );
  await running.dataSource.query(
    `insert into public_answer (question_id, region_code, about, topic, question_kk, question_ru, question_en, answer_kk, answer_ru,
       answer_en, checked_on, published_at, published_by, updated_at)
     values ($1, $2, 'region', 'other', 'a', 'b', 'c', 'd', 'e', 'f', '2026-11-22', now(), 'test', now())`,
    [id, region],
  );
  return id;
}

/** What a household does by itself: one of each. */
async function ofHousehold(
  householdId: string,
  { id: proposalId, regionCode, placementIds }: MadeProposal,
  vacancyId: string,
): Promise<Pick<World, 'dismissalId' | 'interestId' | 'messageId' | 'shareId' | 'applicationId'>> {
  const sql = running.dataSource;
  const [dismissalId, interestId, messageId, shareId, eventId, deliveryId] = Array.from({ length: 6 }, newId);
  await sql.query(
    `insert into dismissal (id, household_id, scope, region_code, reason, at) values ($1, $2, 'region', 'KZ-10', 'pay', now())`,
    [dismissalId, householdId],
  );
  await sql.query(
    `insert into interest (id, household_id, proposal_id, placement_id, vacancy_id, region_code, expressed_at)
     values ($1, $2, $3, $4, $5, $6, now())`,
    [interestId, householdId, proposalId, placementIds[0], vacancyId, regionCode],
  );
  await sql.query(
    `insert into share_link (id, household_id, proposal_id, created_at, expires_at)
     values ($1, $2, $3, now(), now() + interval '1 day')`,
    [shareId, householdId, proposalId],
  );
  await sql.query(
    `insert into outbox_event (id, topic, payload, created_at, enqueued_at, finished_at)
     values ($1, 'proposal.approved', '{}', now(), now(), now())`,
    [eventId],
  );
  await sql.query(
    `insert into delivery (id, event_id, channel, recipient, topic, subject_id, status, message_ref, created_at, finished_at)
     values ($1, $2, 'in_app', $3, 'proposal.approved', $4, 'sent', $5, now(), now())`,
    [deliveryId, eventId, householdId, proposalId, deliveryId],
  );
  await sql.query(
    `insert into in_app_message (id, delivery_id, household_id, title, body, language, created_at)
     values ($1, $2, $3, 'Сынақ', 'Сынақ', 'kk', now())`,
    [messageId, deliveryId, householdId],
  );
  const applicationId = newId();
  await sql.query(
    `insert into application (id, household_id, proposal_id, region_code, home_region_code, category, persons, state, owner, due_on,
       state_since, created_at, updated_at)
     values ($1, $2, $3, $4, 'KZ-61', 'settlers', 3, 'interested', 'household', current_date, now(), now(), now())`,
    [applicationId, householdId, proposalId, regionCode],
  );
  return {
    dismissalId: dismissalId!,
    interestId: interestId!,
    messageId: messageId!,
    shareId: shareId!,
    applicationId,
  };
}

/** What an id in a path stands for, by the word before it. */
const PARAMETERS: Record<string, (world: World) => string> = {
  proposals: ({ proposalId }) => proposalId,
  cases: ({ proposalId }) => proposalId,
  rejected: () => newId(),
  regions: () => 'KZ-59',
  households: ({ householdId }) => householdId,
  employers: ({ employerId }) => employerId,
  firms: ({ employerId }) => employerId,
  vacancies: ({ vacancyId }) => vacancyId,
  occupations: () => '3221',
  tokens: ({ tokenId }) => tokenId,
  'match-runs': ({ runId }) => runId,
  'ingest-runs': ({ ingestRunId }) => ingestRunId,
  import: ({ ownRunId }) => ownRunId,
  dismissals: ({ dismissalId }) => dismissalId,
  matches: ({ proposalId }) => proposalId,
  interests: ({ interestId }) => interestId,
  applications: ({ applicationId }) => applicationId,
  messages: ({ messageId }) => messageId,
  shared: ({ shareId }) => shareToken(shareId, running.config.authSecret!),
  // A step is nobody's; the other side's is one that there is not.
  household: ({ region }) => (region === 'KZ-59' ? 'children' : 'nothing'),
  sessions: ({ sessionId }) => sessionId,
  accounts: ({ accountId }) => accountId,
  problems: () => 'request.invalid',
  'follow-ups': ({ followUpId }) => followUpId,
  settling: ({ followUpId }) => shareToken(followUpId, running.config.authSecret!, 'follow-up'),
  payments: ({ paymentId }) => paymentId,
  corrections: ({ correctionId }) => correctionId,
  titles: ({ correctionId }) => correctionId,
  questions: ({ questionId }) => questionId,
  answers: ({ questionId }) => questionId,
  asked: ({ questionId }) => shareToken(questionId, running.config.authSecret!, 'question'),
  password: () => 'no-token-at-all',
};

function fill(path: string, of: World): string {
  const words = path.split('/');
  return words
    .map((word, i) => {
      if (!word.startsWith(':')) return word;
      const recipe = PARAMETERS[words[i - 1]!];
      if (recipe === undefined) throw new Error(`${path}: say in PARAMETERS what ${word} after "${words[i - 1]}" is.`);
      return recipe(of);
    })
    .join('/');
}

/** A body that its rules let through: required fields only, each by its own validators. */
function bodyOf(type: Class, of: World): Record<string, unknown> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const body: Record<string, unknown> = {};
  for (const property of new Set(rules.map(({ propertyName }) => propertyName))) {
    const own = rules.filter(({ propertyName }) => propertyName === property);
    if (own.some(({ type: kind }) => kind === 'conditionalValidation')) continue;
    body[property] =
      VALUES[property]?.(of) ?? valueBy(own.map(({ name, constraints }) => [name ?? '', constraints as unknown[]]));
  }
  if (rules.some(({ propertyName }) => propertyName === 'version')) body['version'] = 1;
  return body;
}

/** Fields whose rules do not say enough. */
const VALUES: Record<string, (of: World) => unknown> = {
  region: () => 'KZ-39',
  regionCode: () => 'KZ-39',
  location: () => 'Северо-Казахстанская область / г. Петропавловск',
  iin: () => '000000000000',
  paidOn: () => '2026-11-20',
  proposals: ({ proposalId }) => [{ id: proposalId, version: 1 }],
  cases: ({ proposalId }) => [{ id: proposalId, version: 1 }],
  home: () => ({ kato: '612000000' }),
  adults: () => [],
  sectors: () => [],
  to: () => 'KZ-39',
  question: () => ({ kk: 'Сынақ?', ru: 'Проба?', en: 'A test?' }),
  answer: () => ({ kk: 'Сынақ.', ru: 'Проба.', en: 'A test.' }),
};

function valueBy(rules: [string, unknown[]][]): unknown {
  const rule = (name: string): unknown[] | undefined => rules.find(([known]) => known === name)?.[1];
  if (rule('isIn')) return (rule('isIn')![0] as unknown[])[0];
  if (rules.some(([name]) => name === 'isBoolean')) return true;
  if (rules.some(([name]) => name === 'isInt' || name === 'isNumber')) return (rule('min') ?? [1])[0];
  if (rule('isUuid')) return newId();
  if (rule('isArray')) return [];
  return 'Сынақ';
}

/** One who acts: an account with a session of its own (a program: a token), on one side. */
async function headersOf(role: Role | 'anyone', of: World): Promise<Record<string, string>> {
  if (role === 'anyone') return {};
  const sql = running.dataSource;
  const region = role === 'officer' || role === 'supervisor' ? of.region : null;
  if (role === 'system') {
    const { token } = await running.app.get(TokenService).create({ role, label: 'test' });
    return { authorization: `Bearer ${token}` };
  }
  const [id, sessionId, token] = [newId(), newId(), newId()];
  of.accountId = id;
  of.sessionId = sessionId;
  await sql.query('update auth_user set household_id = null where household_id = $1', [of.householdId]);
  await sql.query(
    `insert into auth_user (id, label, email, phone_number, role, region_code, employer_id, household_id, language, two_factor_enabled, created_at, updated_at)
     values ($1, 'Сынақ', $2, $3, $4, $5, $6, $7, 'ru', true, now(), now())`,
    [
      id,
      `${id}@example.kz`,
      role === 'migrant' ? `+7701${String(++phones)}` : null,
      role,
      region,
      role === 'employer' ? of.employerId : null,
      role === 'migrant' ? of.householdId : null,
    ],
  );
  await sql.query(
    `insert into auth_session (id, user_id, token, expires_at, created_at, updated_at) values ($1, $2, $3, now() + interval '1 hour', now(), now())`,
    [sessionId, id, token],
  );
  if (role !== 'migrant')
    await sql.query(`insert into auth_two_factor (id, user_id, secret, backup_codes) values ($1, $2, 'none', 'none')`, [
      newId(),
      id,
    ]);
  const signature = await makeSignature(token, running.config.authSecret!.toString('base64'));
  return {
    cookie: `qonys.session_token=${encodeURIComponent(`${token}.${signature}`)}`,
    'sec-fetch-site': 'same-origin',
  };
}
let phones = 3_000_000;

/** Asks a route as a role of `own`, with the ids of `asked`. */
async function ask(
  route: Route,
  role: Role | 'anyone',
  own: World,
  asked: World,
  region?: string,
): Promise<{ status: number; code: string; text: string }> {
  const { method, path, body } = route;
  const headers = await headersOf(role, own);
  const isUnsafe = method !== 'GET';
  const response = await fetch(running.url + fill(path, asked) + queryOf(route, asked, region), {
    method,
    headers: {
      ...headers,
      accept: 'application/json',
      ...(isUnsafe ? { 'content-type': 'application/json', 'if-match': '"1"', 'sec-fetch-site': 'same-origin' } : {}),
    },
    body: isUnsafe
      ? JSON.stringify({ ...(body === null ? {} : bodyOf(body, asked)), ...(isPage(path) && region ? { region } : {}) })
      : undefined,
    redirect: 'manual',
  });
  const text = await response.text();
  const code = /"code":"([a-z_.]+)"/.exec(text)?.[1] ?? '';
  // A page sends one who is not signed in to the door.
  const status =
    response.status === 303 && /\/sign-in\?next=/.test(response.headers.get('location') ?? '') ? 401 : response.status;
  return { status, code, text };
}

/** Administrators have no region of their own and must name one for a centre's routes. */
function queryOf({ path }: Route, of: World, region?: string): string {
  return path.startsWith('/api/v1/centre/') || region !== undefined ? `?region=${region ?? of.region}` : '';
}

const isPage = (path: string): boolean => /^\/(kk|ru|en)(\/|$)/.test(path);

/** The desk of a centre is of one region, its own or the one that the question or the form names. */
function takesRegion({ path }: Route, far: string): boolean {
  if (OF_NO_REGION.some((end) => path.endsWith(end))) return false;
  return far === 'own region' && /^\/(?:api\/v1|kk|ru|en)\/centre(?:\/|$)/.test(path) && !path.includes(':');
}

/** Of the desk, but asked of cases, of a firm or of nothing in particular. */
const OF_NO_REGION = ['/centre/reasons', '/centre/queue/batch', '/centre/firms/invite'];

const OF_A_REGION_BY_NAME = [
  'GET /api/v1/centre/auto-approve-rule',
  'GET /api/v1/centre/employers',
  'GET /api/v1/centre/queue',
  'GET /api/v1/centre/summary',
  'GET /api/v1/centre/trail',
  'GET /kk/centre',
  'GET /kk/centre/employers',
  'GET /kk/centre/rejected',
  'GET /kk/centre/today',
  'GET /kk/centre/trail',
  'POST /api/v1/centre/notices/pause',
  'POST /api/v1/centre/notices/resume',
  'POST /api/v1/centre/queue/claim-next',
  'POST /kk/centre/claim-next',
  'POST /kk/centre/today/pause',
  'POST /kk/centre/today/resume',
  'POST /kk/centre/today/rule',
  'PUT /api/v1/centre/auto-approve-rule',
];

/** The routes are asked in parts, so that none takes minutes. */
const PARTS = Array.from({ length: 8 }, (_, part) => part);

const KEPT_OUT = new Set([401, 403, 404]);
/** Answers that say that a way of signing in has ended, not that the caller may not ask. */
const NOT_OF_RIGHTS = new Set(['auth.sign_in_again', 'auth.session_required']);

describe('every route', () => {
  it('has a permission of the table, and there are many', () => {
    const all = routes();
    expect(all.length).toBeGreaterThan(50);
    for (const { name, permission } of all) expect([name, typeof permission]).toEqual([name, 'string']);
  });

  const otherRegions = new Set<string>();
  let asked = 0;

  it.each(PARTS)(
    'lets in whom the table lets in and keeps the others out, with own and with others’ ids: part %i',
    async (part) => {
      const wrong: string[] = [];
      let [own, other] = [await world('KZ-59', '591000000'), await world('KZ-55', '551000000')];
      for (const route of routes().filter((_, at) => at % PARTS.length === part)) {
        for (const role of ['anyone', ...ROLES] as const) {
          const far =
            role === 'anyone' ? (isForAnyone(route.permission) ? 'all' : 'none') : reach({ role }, route.permission);
          const namesRegion = takesRegion(route, far);
          const sides = route.path.includes(':') || namesRegion ? (['own', 'other'] as const) : (['own'] as const);
          for (const side of sides) {
            const to = side === 'own' ? own : other;
            // Somebody else's account and session, for what is the caller's own.
            if (side === 'other' && (far === 'own account' || (far === 'all' && route.path.includes('/accounts/:'))))
              await headersOf(role === 'anyone' ? 'migrant' : role, other);
            // Of a list of one's own region only the region can be another's.
            const { status, code, text } = await ask(route, role, own, to, namesRegion ? to.region : undefined);
            asked += 1;
            const out = KEPT_OUT.has(status) && !(isForAnyone(route.permission) && NOT_OF_RIGHTS.has(code));
            const expectOut = far === 'none' || (side === 'other' && far.startsWith('own'));
            const line = `${route.name} (${route.permission}: ${far}) as ${role}, ${side}: ${status} ${code}`;
            if (out !== expectOut) wrong.push(line);
            else if (status >= 500) wrong.push(`${line}: a fault is no answer`);
            else if (far === 'none' && status === 404) wrong.push(`${line}: hides where it should refuse`);
            else if (namesRegion && side === 'other' && !route.path.includes(':') && status !== 403)
              wrong.push(`${line}: another region is refused by name`);
            if (namesRegion && side === 'other' && !route.path.includes(':')) otherRegions.add(route.name);
            if (far.startsWith('own') && side === 'own' && shows(text, other))
              wrong.push(`${line}: shows what is others’`);
            // What was done to it may be done once only.
            if (route.method !== 'GET' && !out) {
              if (side === 'own') own = await world('KZ-59', '591000000');
              else other = await world('KZ-55', '551000000');
            }
          }
        }
      }
      expect(wrong).toEqual([]);
    },
    300_000,
  );

  it('was asked, the desk of a centre also by the name of another region', () => {
    expect(asked).toBeGreaterThan(500);
    // Queue, today, pause, resume, rule, refused records, firms, trail and the next case, as pages and as API.
    expect([...otherRegions].sort()).toEqual(expect.arrayContaining(OF_A_REGION_BY_NAME));
  });
});

describe('every form of a page', () => {
  it('that was refused leads to pages in the other languages that there are', async () => {
    const wrong: string[] = [];
    let seen = 0;
    const own = await world('KZ-59', '591000000');
    const pages = routes().filter(({ method, path }) => method === 'POST' && /^\/(kk|ru|en)(\/|$)/.test(path));
    for (const { name, path, permission } of pages) {
      const one = ROLES.find((role) => reach({ role }, permission) !== 'none');
      for (const role of one === undefined ? (['anyone'] as const) : (['anyone', one] as const)) {
        const headers = await headersOf(role, own);
        // Also after a refusal, when the browser comes from the address that only takes forms.
        const referer = running.url + fill(path, own);
        const answer = await fetch(referer, {
          method: 'POST',
          headers: { ...headers, 'sec-fetch-site': 'same-origin', referer },
          body: new URLSearchParams({ nothing: 'known' }),
          redirect: 'manual',
        });
        const text = await answer.text();
        if (answer.status < 400) continue;
        seen += 1;
        const link = load(text)('.languages a').last().attr('href') ?? 'no link';
        const { status } = await fetch(new URL(link, running.url), { headers, redirect: 'manual' });
        if (status === 404) wrong.push(`${name} as ${role}: ${answer.status} leads to ${link}`);
      }
    }
    expect(wrong).toEqual([]);
    expect([pages.length, seen].map((count) => count > 20)).toEqual([true, true]);
  }, 300_000);
});

/** True when an answer holds an id of the other side. */
function shows(text: string, { householdId, proposalId, accountId, sessionId }: World): boolean {
  return [householdId, proposalId, accountId, sessionId].some((id) => text.includes(id));
}
