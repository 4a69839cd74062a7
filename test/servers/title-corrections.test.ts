import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { WithdrawalService } from '../../src/centres/withdrawal.service.js';
import { OccupationService } from '../../src/occupations/occupation.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { newId } from '../../src/shared/ids.js';
import { PlaceService } from '../../src/reference/place.service.js';
import { IngestService } from '../../src/vacancies/ingest.service.js';
import { insertClaim, updateClaim } from '../../src/vacancies/apply-claim.js';
import { prepareVacancy } from '../../src/vacancies/prepare-vacancy.js';
import { RecodeTitlesService } from '../../src/vacancies/recode-titles.service.js';
import { titleKey } from '../../src/occupations/title-key.js';
import { keepTitleKeys } from '../../src/vacancies/title-keys.js';
import { type Caller, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type VacancyWish, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { chunks, feed, record } from '../support/ingest.js';

const NOW = new Date('2026-11-22T06:00:00Z');

/** Two processes over one database: an officer talks to `here`; `there` works, and must hear of it. */
let database: TestDatabase;
let here: TestApp;
let there: TestApp;
let sql: DataSource;
let officer: Caller;
let colleague: Caller;

beforeAll(async () => {
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), NOW);
  const clock = { now: () => NOW };
  here = await startTestApp({ role: 'api', database, clock });
  there = await startTestApp({ role: 'api', database, clock });
  sql = here.dataSource;
  officer = await signedIn(here, { role: 'officer', regionCode: 'KZ-59' });
  colleague = await signedIn(here, { role: 'officer', regionCode: 'KZ-55' });
});
afterAll(async () => {
  await here.close();
  await there.close();
  await database.drop();
});
beforeEach(async () => {
  await sql.transaction(async (tx) => {
    // The ledgers that hang on a household are append-only; a test begins with none all the same.
    await tx.query('set local session_replication_role = replica');
    await tx.query('truncate vacancy, household, title_correction, outbox_event, ingest_run, idempotency_key cascade');
  });
  await sql.query('update title_lexicon set version = version + 1');
  await Promise.all([here, there].map(({ app }) => app.get(OccupationService).learn()));
});

const OCCUPATIONS = '/api/v1/occupations';
/** «Жүлдегер», a prize-winner: no occupation, so the packs of labels have no such word, and no near one. */
const PRIZED = 'Жүлдегер';
const BREEDER = '6121';

/** An open post whose occupation was read out of its title. */
function guessed(title: string, wish: VacancyWish & { isco?: string } = {}, isco: string | null = null) {
  return makeVacancy(sql, {
    openings: 1,
    ...wish,
    columns: { title, isco, isco_sure: false, isco_stated: false, ...wish.columns },
  });
}

interface Read {
  isco: string | null;
  sure: boolean;
  sector: string;
}
async function stored(id: string): Promise<Read> {
  const [row] = await sql.query<Read[]>('select isco, isco_sure as sure, sector from vacancy where id = $1', [id]);
  return row!;
}
const correct = (title: string, isco: string | null, by = officer, more: object = {}) =>
  by(`${OCCUPATIONS}/corrections`, { body: { title, isco, ...more } });
const resolved = async (
  title: string,
  area?: number,
): Promise<{ isco: string | null; sure: boolean; confidence: number }> =>
  (
    await officer(
      `${OCCUPATIONS}/resolve?${new URLSearchParams({ title, ...(area && { area: String(area) }) }).toString()}`,
    )
  ).body;
const eventsOf = async (topic: string): Promise<Record<string, string>[]> =>
  (
    await sql.query<{ payload: Record<string, string> }[]>(
      'select payload from outbox_event where topic = $1 order by id',
      [topic],
    )
  ).map(({ payload }) => payload);

describe('unsure titles', () => {
  it('stand once for all spellings, those with the most openings first, with areas, an example and guesses', async () => {
    await guessed('Апсейлер', { openings: 2, columns: { area_id: 120 } });
    const newest = await guessed(PRIZED, { openings: 4, columns: { area_id: 121, published_on: '2026-11-20' } });
    await guessed('ЖУЛДЕГЕР 2 санат', { openings: 3, districtKato: '551000000', columns: { area_id: 120 } });
    await makeVacancy(sql, { columns: { title: 'Апсейлер' } });
    await guessed('Дропшиппер', { columns: { status: 'closed', closed_at: NOW } });
    await guessed('Дропшиппер', { columns: { valid_until: '2026-11-21' } });
    await makeHousehold(sql, {
      adults: [{ isco: BREEDER, columns: { occupation_title: 'жүлдегер', title_key: 'жулдегер' } }],
    });
    const { body } = await officer(`${OCCUPATIONS}/unsure`);
    expect(body.total).toBe(2);
    expect(body.items.map(({ spellings }: { spellings: string[] }) => spellings.toSorted())).toEqual([
      ['ЖУЛДЕГЕР 2 санат', PRIZED].toSorted(),
      ['Апсейлер'],
    ]);
    expect(body.items[0]).toMatchObject({
      vacancies: 2, openings: 7, seekers: 1, areaIds: [120, 121], example: { id: newest.id, title: PRIZED, regionCode: 'KZ-59' },
    }); // prettier-ignore
    const ofRegion = await officer(`${OCCUPATIONS}/unsure?region=KZ-55`);
    expect(ofRegion.body.items).toMatchObject([{ vacancies: 1, openings: 3, spellings: ['ЖУЛДЕГЕР 2 санат'] }]);
    expect((await officer(`${OCCUPATIONS}/unsure?area=121`)).body.items).toMatchObject([{ openings: 4 }]);
  });

  it('of a family stand by their area', async () => {
    await guessed('Мастер', { columns: { area_id: 120 } });
    await guessed('мастер 5 разряда', { columns: { area_id: 120 } });
    await guessed('Мастер', { columns: { area_id: 116 } });
    await guessed('Мастер');
    const { body } = await officer(`${OCCUPATIONS}/unsure`);
    expect(body.items.map((one: { areaIds: number[]; vacancies: number }) => [one.areaIds, one.vacancies])).toEqual(
      expect.arrayContaining([
        [[120], 2],
        [[116], 1],
      ]),
    );
    expect(body.total).toBe(2);
    expect(body.items[0].guesses[0]).toMatchObject({ isco: expect.stringMatching(/^\d{4}$/) });
  });

  it('come in pages that miss none and show none twice', async () => {
    const words = ['апсейлер', 'дропшиппер', 'чекер', 'пикапер', 'жүлдегер'];
    for (const [i, title] of words.entries()) await guessed(title, { openings: i < 3 ? 2 : 1 });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await officer(`${OCCUPATIONS}/unsure?limit=2${more}`);
      seen.push(...body.items.map(({ spellings }: { spellings: string[] }) => spellings[0]!));
      cursor = body.nextCursor;
    }
    expect(seen.toSorted()).toEqual(words.toSorted());
    expect(new Set(seen.slice(0, 3))).toEqual(new Set(words.slice(0, 3)));
    for (const wrong of [
      'x',
      Buffer.from('[1,2]').toString('base64url'),
      Buffer.from('["a",1,"b"]').toString('base64url'),
    ])
      expect(await officer(`${OCCUPATIONS}/unsure?cursor=${wrong}`)).toMatchObject({
        status: 400,
        body: { code: 'page.cursor_invalid' },
      });
  });
});

describe('a correction', () => {
  it('teaches the title, its other spellings and longer ones, and says how many it re-coded', async () => {
    expect(await resolved('жүлдегер шаруашылыққа')).toMatchObject({ sure: false });
    const [same, other, longer] = [
      await guessed(PRIZED),
      await guessed('ЖУЛДЕГЕР (вахта)'),
      // With what the work asks for, by which its title was read as well.
      await guessed('жүлдегер шаруашылыққа', { columns: { skills: ['мал күту', 'жылқы бағу'] } }),
    ];
    const stated = await makeVacancy(sql, { isco: '9211', columns: { title: PRIZED } });
    const stranger = await guessed('апсейлер');
    const { status, body } = await correct(PRIZED, BREEDER);
    expect([status, body]).toMatchObject([
      201,
      { title: PRIZED, isco: BREEDER, vacancies: 3, seekers: 0, recoded: true },
    ]);
    for (const { id } of [same, other]) expect(await stored(id)).toMatchObject({ isco: BREEDER, sure: true });
    expect(await stored(longer.id)).toMatchObject({ isco: BREEDER });
    expect(await stored(stated.id)).toMatchObject({ isco: '9211', sure: true });
    expect(await stored(stranger.id)).toMatchObject({ isco: null, sure: false });
    expect(await resolved('жүлдегер')).toEqual(
      expect.objectContaining({ isco: BREEDER, sure: true, confidence: 0.98, alternatives: [] }),
    );
    expect((await officer(`${OCCUPATIONS}/unsure`)).body.items).toMatchObject([{ spellings: ['апсейлер'] }]);
    expect(await eventsOf('match.requested')).toEqual([{ reason: 'titles.corrected' }]);
  });

  it('is known in other processes within seconds', async () => {
    const service = there.app.get(OccupationService);
    expect(service.resolve({ title: PRIZED }).isco).toBeNull();
    await correct(PRIZED, BREEDER);
    for (let i = 0; i < 50 && service.resolve({ title: PRIZED }).isco === null; i++) await sleep(100);
    expect(service.resolve({ title: PRIZED })).toMatchObject({ isco: BREEDER, sure: true });
  });

  it('says that a title names no occupation: what was guessed of it is taken back, and it is asked no more', async () => {
    const { id } = await guessed('Апсейлер', {}, '5221');
    expect((await correct('апсейлер', null)).body).toMatchObject({ isco: null, vacancies: 1 });
    expect(await stored(id)).toMatchObject({ isco: null, sure: false });
    expect((await officer(`${OCCUPATIONS}/unsure`)).body.total).toBe(0);
  });

  it('holds in its area where the title says no more than a family', async () => {
    const [mine, other] = [
      await guessed('Мастер', { columns: { area_id: 120 } }),
      await guessed('Мастер', { columns: { area_id: 116 } }, '5142'),
    ];
    expect(await correct('Мастер', '3122')).toMatchObject({ status: 422, body: { code: 'correction.area_required' } });
    await correct('Мастер', '3122', officer, { area: 120 });
    expect(await stored(mine.id)).toMatchObject({ isco: '3122', sure: true });
    expect(await stored(other.id)).toMatchObject({ isco: '5142', sure: false });
    expect(await resolved('мастер', 120)).toMatchObject({ isco: '3122', sure: true });
    expect(await resolved('мастер')).toMatchObject({ sure: false });
  });

  it('takes the sector along where the source knows no areas, and only there', async () => {
    const follows = await guessed(PRIZED, { sector: 'unstated', columns: { sector_follows: true } });
    const stated = await guessed(PRIZED, { sector: 'services', columns: { area_id: 120 } });
    const { body } = await correct(PRIZED, BREEDER);
    expect((await stored(follows.id)).sector).toBe('agriculture');
    expect((await stored(stated.id)).sector).toBe('services');
    await officer(`${OCCUPATIONS}/corrections/${body.id}`, { method: 'DELETE' });
    expect(await stored(follows.id)).toEqual({ isco: null, sure: false, sector: 'unstated' });
  });

  it('re-codes people who were read so, not those who chose', async () => {
    const columns = { occupation_title: 'апсейлер', title_key: 'апсейлер', isco_stated: false };
    const read = await makeHousehold(sql, { adults: [{ isco: '5221', columns }] });
    const chose = await makeHousehold(sql, { adults: [{ isco: '5221', columns: { ...columns, isco_stated: true } }] });
    const { body } = await correct('Апсейлер', '5223');
    expect(body).toMatchObject({ vacancies: 0, seekers: 1 });
    const iscoOf = async ({ seeker }: typeof read) =>
      (await sql.query<{ isco: string }[]>('select isco from seeker where id = $1', [seeker.id]))[0]!.isco;
    expect([await iscoOf(read), await iscoOf(chose)]).toEqual(['5223', '5221']);
    expect(await sql.query('select action, actor, details from audit_entry where subject_id = $1', [read.id])).toEqual([
      { action: 'recode', actor: 'recode-titles', details: { correctionId: body.id } },
    ]);
    expect((await correct('Апсейлер', null)).body.seekers).toBe(0);
    expect(await iscoOf(read)).toBe('5223');
  });

  it('withdraws what was proposed to people whose occupation has nothing to do with it, and leaves the others', async () => {
    const vacancy = await guessed('Апсейлер', { openings: 5 }, '5221');
    const [seller, nurse] = [
      await makeHousehold(sql, { adults: [{ isco: '5223' }] }),
      await makeHousehold(sql, { adults: [{ isco: '2221' }] }),
    ];
    const proposals = [];
    for (const household of [seller, nurse]) {
      const made = await makeProposal(sql, { household, vacancies: [vacancy], status: 'approved' });
      await sql.query(`update placement set promise = promise || '{"isco":"5221"}' where id = $1`, [
        made.placementIds[0],
      ]);
      proposals.push(made);
    }
    await correct('апсейлер', '5222');
    const [change] = await sql.query<{ id: string }[]>('select change, details, vacancy_id as id from vacancy_change');
    expect(change).toEqual({ change: 'occupation_changed', details: { from: '5221', to: '5222' }, id: vacancy.id });
    expect(await eventsOf('vacancies.changed')).toHaveLength(1);
    expect(await here.app.get(WithdrawalService).applyVacancyChanges()).toBe(1);
    const states = await Promise.all(
      proposals.map(async ({ id }) => (await sql.query('select status, reason from proposal where id = $1', [id]))[0]),
    );
    expect(states).toEqual([
      { status: 'approved', reason: null },
      { status: 'withdrawn', reason: 'occupation_changed' },
    ]);
    expect(await here.app.get(WithdrawalService).applyVacancyChanges()).toBe(0);
  });

  it('is noted with who made it and what was said before; the older one is kept', async () => {
    const first = (await correct(PRIZED, '9212')).body;
    const second = (await correct('ЖУЛДЕГЕР', BREEDER, colleague, { note: 'Мал бағады' })).body;
    expect(await resolved(PRIZED)).toMatchObject({ isco: BREEDER });
    const { body } = await officer(`${OCCUPATIONS}/corrections`);
    expect(body.items).toMatchObject([
      { id: second.id, regionCode: 'KZ-55', note: 'Мал бағады', endedAt: null },
      { id: first.id, regionCode: 'KZ-59', endedReason: 'superseded', endedAt: NOW.toISOString() },
    ]);
    expect((await officer(`${OCCUPATIONS}/corrections?standing=true&limit=1`)).body).toMatchObject({
      items: [{ id: second.id }],
      nextCursor: null,
    });
    const audit = await sql.query(
      `select action, from_state as "from", to_state as "to", region_code as region, details from audit_entry
       where subject = 'title_correction' and subject_id = any($1::uuid[]) order by id`,
      [[first.id, second.id]],
    );
    expect(audit).toEqual([
      { action: 'correct', from: null, to: '9212', region: 'KZ-59', details: { replaces: null, areaId: null } },
      { action: 'correct', from: '9212', to: BREEDER, region: 'KZ-55', details: { replaces: first.id, areaId: null } },
    ]);
  });

  it('taken back leaves the title to the program, whatever was said before it; once', async () => {
    const { id } = await guessed('Тауар рәсімдеуші');
    const before = await resolved('Тауар рәсімдеуші');
    await correct('тауар рәсімдеуші', '5223');
    const { body } = await correct('тауар рәсімдеуші', '4321');
    const undo = () => colleague(`${OCCUPATIONS}/corrections/${body.id}`, { method: 'DELETE' });
    expect(await undo()).toMatchObject({ status: 200, body: { endedReason: 'withdrawn', vacancies: 1 } });
    expect(await stored(id)).toMatchObject({ isco: before.isco, sure: false });
    expect(await resolved('Тауар рәсімдеуші')).toEqual(before);
    expect((await officer(`${OCCUPATIONS}/unsure`)).body.total).toBe(1);
    expect(await undo()).toMatchObject({ status: 409, body: { code: 'correction.ended' } });
    const unknown = await officer(`${OCCUPATIONS}/corrections/${newId()}`, { method: 'DELETE' });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'correction.unknown' } });
    expect((await officer(`${OCCUPATIONS}/corrections/none`, { method: 'DELETE' })).status).toBe(404);
  });

  it.each([
    ['an unknown group', { title: PRIZED, isco: '9999' }, 422, 'correction.isco_unknown'],
    ['no group', { title: PRIZED, isco: 'x' }, 400, 'request.invalid'],
    ['no answer at all', { title: PRIZED }, 400, 'request.invalid'],
    ['an empty title', { title: '', isco: BREEDER }, 400, 'request.invalid'],
    ['a title of noise', { title: '12 345 😀 <b></b>', isco: BREEDER }, 422, 'correction.title_empty'],
    ['10 kB', { title: 'жүлдегер '.repeat(1_100), isco: BREEDER }, 400, 'request.invalid'],
    ['an area that there is not', { title: PRIZED, isco: BREEDER, area: 126 }, 400, 'request.invalid'],
    ['the bare word of a family', { title: 'Инженер', isco: '2141' }, 422, 'correction.area_required'],
  ])('of %s is refused and teaches nothing', async (_, body, status, code) => {
    expect(await officer(`${OCCUPATIONS}/corrections`, { body })).toMatchObject({ status, body: { code } });
    expect(await sql.query('select 1 from title_correction')).toEqual([]);
  });

  it.each(['жүлдегер\u0000', 'жүлдегер \ud800'])(
    'with characters that no table takes is refused: %j',
    async (title) => {
      expect(await correct(title, BREEDER)).toMatchObject({ status: 400, body: { code: 'request.malformed' } });
    },
  );

  it('of two officers at once: both are kept, one stands, and everything stored says what it says', async () => {
    const { id } = await guessed(PRIZED);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        correct(PRIZED, i % 2 === 0 ? BREEDER : '9212', i % 2 === 0 ? officer : colleague),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
    const standing = await sql.query<{ isco: string }[]>('select isco from title_correction where ended_at is null');
    expect(standing).toHaveLength(1);
    expect(await stored(id)).toMatchObject({ isco: standing[0]!.isco, sure: true });
    expect(await resolved(PRIZED)).toMatchObject({ isco: standing[0]!.isco });
  });

  it('sent twice is made once, and saying what stands changes nothing', async () => {
    await guessed(PRIZED);
    const send = () =>
      officer(`${OCCUPATIONS}/corrections`, {
        body: { title: PRIZED, isco: BREEDER },
        headers: { 'idempotency-key': 'one-tap-of-two' },
      });
    const [one, two] = await Promise.all([send(), send()]);
    expect(two.body).toEqual(one.body);
    expect((await correct('жүлдегер', BREEDER)).body.id).toBe(one.body.id);
    expect(one.body.vacancies).toBe(1);
    expect(await sql.query('select 1 from title_correction')).toHaveLength(1);
    const reused = await officer(`${OCCUPATIONS}/corrections`, {
      body: { title: PRIZED, isco: '9212' },
      headers: { 'idempotency-key': 'one-tap-of-two' },
    });
    expect(reused).toMatchObject({ status: 422, body: { code: 'request.idempotency_key_reused' } });
  });

  it('of many vacancies is left to a job, which says the number afterwards', async () => {
    const { id } = await guessed(PRIZED);
    const recoding = here.app.get(RecodeTitlesService);
    recoding.mostAtOnce = 0;
    try {
      const { body } = await correct(PRIZED, BREEDER);
      expect(body).toMatchObject({ recoded: false, vacancies: null });
      expect(await stored(id)).toMatchObject({ isco: null });
      const worker = await startTestApp({ role: 'worker', database, clock: { now: () => NOW } });
      try {
        for (let i = 0; i < 100 && (await stored(id)).isco === null; i++) await sleep(100);
      } finally {
        await worker.close();
      }
      expect(await stored(id)).toMatchObject({ isco: BREEDER, sure: true });
      const known = await sql.query('select vacancies, seekers from title_correction where id = $1', [body.id]);
      expect(known).toEqual([{ vacancies: 1, seekers: 0 }]);
    } finally {
      recoding.mostAtOnce = 5_000;
    }
  });
});

describe('a feed', () => {
  const ingest = (records: object[], hour = 6) =>
    here.app.get(IngestService).ingest({
      bytes: chunks(feed(records as Record<string, unknown>[], { generatedAt: `2026-11-22T0${hour}:00:00+05:00` })),
      origin: 'test.ndjson',
    });
  const shearer = (id: string): object =>
    record({ id, title: PRIZED, profobl: 121, published: '2026-11-20', valid_until: '2027-01-01' });
  const all = (): Promise<unknown[]> => sql.query('select * from vacancy order by external_id');

  it('read again changes nothing after a correction, and brings no old guess back', async () => {
    await ingest([shearer('1'), shearer('2')]);
    await correct(PRIZED, BREEDER);
    const before = await all();
    expect(before).toMatchObject([{ isco: BREEDER, isco_sure: true }, { isco: BREEDER }]);
    for (const hour of [6, 7]) {
      expect(await ingest([shearer('1'), shearer('2')], hour)).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 });
      expect(await all()).toEqual(before);
    }
    expect(await eventsOf('vacancies.changed')).toEqual([]);
  });

  it('read next by another process knows what was taught here', async () => {
    await correct(PRIZED, BREEDER);
    await there.app
      .get(IngestService)
      .ingest({ bytes: chunks(feed([shearer('7') as Record<string, unknown>])), origin: 'x' });
    expect(await all()).toMatchObject([{ external_id: '7', isco: BREEDER, isco_sure: true, isco_stated: false }]);
  });

  it('that was read while somebody taught is re-coded by a job', async () => {
    const [places, occupations] = [here.app.get(PlaceService), here.app.get(OccupationService)];
    const lexiconVersion = occupations.lexiconVersion;
    const employer = newId();
    await sql.query(`insert into employer (id, name, name_normalised, created_at) values ($1, 'x', $2, now())`, [
      employer,
      employer,
    ]);
    const prepared = prepareVacancy(
      {
        externalId: '9', title: PRIZED, areaId: 121, locationText: 'Карагандинская область, г. Темиртау', publishedOn: '2026-11-20',
        employer: { name: 'x' },
      },
      places,
      occupations,
    ); // prettier-ignore
    if (!prepared.ok) throw new Error(prepared.code);
    await correct(PRIZED, BREEDER);
    const run = {
      runId: newId(),
      source: 'enbek',
      connector: 'test',
      synthetic: false,
      today: '2026-11-22',
      at: NOW,
      lexiconVersion,
    };
    await sql.transaction((tx) => insertClaim(tx, { run, vacancy: prepared.vacancy, employerId: employer }));
    expect(await all()).toMatchObject([{ isco: null }]);
    const since = (await eventsOf('titles.corrected')).find((payload) => payload['since'] !== undefined);
    expect(since).toEqual({ since: String(lexiconVersion) });
    await here.app.get(RecodeTitlesService).recodeSince(lexiconVersion);
    expect(await all()).toMatchObject([{ isco: BREEDER, isco_sure: true }]);
    // Read by what is known now, nothing is asked for.
    const fresh = { ...run, runId: newId(), lexiconVersion: occupations.lexiconVersion };
    await sql.transaction((tx) => updateClaim(tx, { run: fresh, vacancy: prepared.vacancy, employerId: employer }));
    expect((await eventsOf('titles.corrected')).filter((payload) => payload['since'] !== undefined)).toHaveLength(1);
  });
});

describe('an employer’s own post', () => {
  it('follows the corrections of its title until the employer chooses an occupation', async () => {
    const employer = newId();
    await sql.query(
      `insert into employer (id, name, name_normalised, bin, created_at) values ($1, 'ТОО Сынақ', $2, '980140000009', now())
       on conflict do nothing`,
      [employer, employer],
    );
    const firm = await signedIn(here, { role: 'employer', employerId: employer });
    const form = { title: PRIZED, location: 'Северо-Казахстанская область / г. Петропавловск' };
    const { status, body } = await firm('/api/v1/employer/vacancies', { body: form });
    expect([status, body.isco]).toEqual([201, null]);
    await correct(PRIZED, BREEDER);
    expect(await stored(body.id)).toMatchObject({ isco: BREEDER, sure: true, sector: 'agriculture' });
    const change = (fields: object) => firm(`/api/v1/employer/vacancies/${body.id}`, { method: 'PATCH', body: fields });
    expect((await change({ openings: 3 })).status).toBe(200);
    await correct(PRIZED, '9212');
    expect(await stored(body.id)).toMatchObject({ isco: '9212' });
    await change({ isco: '6130' });
    await correct(PRIZED, BREEDER);
    expect(await stored(body.id)).toMatchObject({ isco: '6130' });
  });
});

describe('keys of titles', () => {
  const keyOf = (title: string): string => titleKey(title, null)!;
  const lexiconVersion = async (): Promise<number> =>
    Number((await sql.query<{ version: string }[]>('select version from title_lexicon'))[0]!.version);

  it('are given to rows from before, once, and to all when titles are read otherwise', async () => {
    const [{ id }, mine] = [await guessed(PRIZED), await guessed('Мастер', { columns: { area_id: 120 } })];
    await makeHousehold(sql, { adults: [{ columns: { occupation_title: PRIZED } }] });
    await correct('апсейлер', '5223');
    await sql.query(`update vacancy set title_key = null`);
    await sql.query(`update title_correction set title_key = 'old'`);
    await sql.query(`update reference_load set checksum = 'other' where name = 'title-keys'`);
    expect(await sql.transaction((tx) => keepTitleKeys(tx, NOW))).toBe(true);
    expect(await sql.transaction((tx) => keepTitleKeys(tx, NOW))).toBe(false);
    const keys = await sql.query<{ key: string }[]>('select title_key as key from vacancy where id = any($1::uuid[])', [
      [id, mine.id],
    ]);
    expect(keys.map(({ key }) => key).sort()).toEqual(['жулдегер', 'мастер @120']);
    expect(await sql.query('select title_key as key from seeker')).toEqual([{ key: 'жулдегер' }]);
    expect(await sql.query('select title_key as key from title_correction')).toEqual([{ key: 'апсейлер' }]);
  });

  it('that corrections share now leave the newer one standing, and keys that changed places go to their titles', async () => {
    await correct('апсейлер', '5223');
    await correct('пробный апсейлер', '3322');
    await correct(PRIZED, BREEDER);
    await correct('Дүлдүлші', '2652');
    // As a program would have left them that read titles otherwise.
    await sql.query(`update title_correction set title = 'Апсейлер', title_key = 'old' where isco = '3322'`);
    const swap = (isco: string, key: string) =>
      sql.query('update title_correction set title_key = $2 where isco = $1', [isco, key]);
    await swap('2652', 'between');
    const singer = keyOf('Дүлдүлші');
    await swap(BREEDER, singer);
    await swap('2652', keyOf(PRIZED));
    const version = await lexiconVersion();
    await sql.query(`update reference_load set checksum = 'other' where name = 'title-keys'`);
    expect(await sql.transaction((tx) => keepTitleKeys(tx, NOW))).toBe(true);
    const standing = await sql.query<{ isco: string; key: string }[]>(
      'select isco, title_key as key from title_correction where ended_at is null order by isco',
    );
    expect(standing).toEqual(
      [
        { isco: '2652', key: singer },
        { isco: '3322', key: keyOf('апсейлер') },
        { isco: BREEDER, key: keyOf(PRIZED) },
      ].sort((a, b) => (a.isco < b.isco ? -1 : 1)),
    );
    expect(await sql.query(`select ended_reason from title_correction where isco = '5223'`)).toEqual([
      { ended_reason: 'superseded' },
    ]);
    expect(await lexiconVersion()).toBe(version + 1);
  });
});
