import { jest } from '@jest/globals';
import { TokenService } from '../../src/auth/token.service.js';
import { type Sql, rows } from '../../src/database/sql.js';
import { decryptIin } from '../../src/households/iin-cipher.js';
import { type NewHousehold, insertHouseholds } from '../../src/households/insert-households.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { checkDigit } from '../../src/shared/identity-number.js';
import { type Caller, callerWith, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { makeProposal, makeVacancy } from '../support/builders.js';
import { createTestDatabase } from '../support/database.js';

const NOW = new Date('2026-11-22T06:00:00Z');

let running: TestApp;
let system: Caller;
let token: string;
const logged: string[] = [];
const answered: string[] = [];
const usedIins: string[] = [];

beforeAll(async () => {
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
    logged.push(String(line));
    return true;
  });
  const database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), NOW);
  running = await startTestApp({ role: 'api', database, clock: { now: () => NOW }, config: { logLevel: 'trace' } });
  ({ token } = await running.app.get(TokenService).create({ role: 'system', label: 'test' }));
  const call = callerWith(running, token);
  system = async (path, options) => {
    const answer = await call(path, options);
    answered.push(answer.text);
    return answer;
  };
});

afterAll(async () => {
  await running.close();
  await running.database.drop();
  jest.restoreAllMocks();
});

let serial = 0;
/** A new valid IIN of somebody born on 1991-04-15. */
function newIin(): string {
  for (;;) {
    const start = `9104153${String(++serial).padStart(4, '0')}`;
    const digit = checkDigit(start);
    if (digit === null) continue;
    usedIins.push(start + digit);
    return start + digit;
  }
}

const nurse = () => ({
  givenName: 'Айгүл',
  familyName: 'Сынақова',
  iin: newIin(),
  birthDate: '1991-04-15',
  occupation: { isco: '2221', title: 'Мейіргер' },
  education: 'vocational',
  experienceYears: 7.5,
  languages: ['kk', 'ru'],
  driving: ['B'],
  diplomas: ['medicine'],
  payTenge: 180_000,
  minimumPayTenge: 250_000,
  permanentOnly: true,
});

const family = (change: object = {}) => ({
  home: { kato: '612010000' },
  children: 3,
  schoolAgeChildren: 2,
  relativesRegionCodes: ['KZ-59'],
  wishes: {
    settlement: 'urban',
    regionCodes: ['KZ-59', 'KZ-55'],
    excludedRegionCodes: ['KZ-63'],
    housingRequired: true,
  },
  language: 'kk',
  channel: 'sms',
  phone: '8 (701) 234-56-78',
  email: 'family@example.kz',
  consents: { matching: true, notices: true, sharing: false },
  adults: [nurse(), { birthDate: '1989-01-31', occupation: { title: 'слесарь-сантехник' }, languages: ['kk'] }],
  ...change,
});

const register = (change: object = {}, headers: Record<string, string> = {}) =>
  system('/api/v1/households', { body: family(change), headers });

const fieldCodes = (body: { errors?: { field: string; code: string }[] }) =>
  body.errors?.map((e) => `${e.field} ${e.code}`);

const eventsOf = (householdId: string) =>
  rows<{ topic: string; payload: object }>(
    running.dataSource,
    `select topic, payload from outbox_event where payload->>'householdId' = $1 order by id`,
    [householdId],
  );

/** Parts of scores as a match run writes them: from their values the pay can be computed. */
async function writeTellingParts(proposalId: string, seekerId: string): Promise<void> {
  const parts = JSON.stringify([{ code: 'part.pay', value: 0.7771, weight: 0.28, contribution: 21.76 }]);
  await running.dataSource.query(`update placement set parts = $3 where proposal_id = $1 and seeker_id = $2`, [
    proposalId,
    seekerId,
    parts,
  ]);
  await running.dataSource.query(
    `update proposal set score_parts = $2, local_alternative = jsonb_build_object('placements',
       jsonb_build_array(jsonb_build_object('seekerId', $3::text, 'parts', $2::jsonb))) where id = $1`,
    [proposalId, parts, seekerId],
  );
}

/** The local job of an adult who has none in the proposal. */
async function writeLocalPart(proposalId: string, seekerId: string): Promise<void> {
  const local = { placements: [{ seekerId, parts: [{ code: 'part.pay', value: 0.7772 }] }] };
  await running.dataSource.query(`update proposal set local_alternative = $2 where id = $1`, [proposalId, local]);
}

const everything = async (id: string): Promise<string> => {
  const found = await rows(
    running.dataSource,
    `select to_jsonb(h) as household,
       (select jsonb_agg(to_jsonb(s)) from seeker s where s.household_id = h.id) as seekers,
       (select jsonb_agg(to_jsonb(p)) from proposal p where p.household_id = h.id) as proposals,
       (select jsonb_agg(to_jsonb(pl)) from placement pl join proposal p on p.id = pl.proposal_id
        where p.household_id = h.id) as placements
     from household h where h.id = $1`,
    [id],
  );
  return JSON.stringify(found);
};

describe('registering', () => {
  it('keeps the household whole and gives everything back but the IIN', async () => {
    const { status, body } = await register();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      version: 1,
      home: { kato: '612010000', regionCode: 'KZ-61', districtKato: '612000000' },
      children: 3,
      schoolAgeChildren: 2,
      relativesRegionCodes: ['KZ-59'],
      wishes: {
        move: true,
        settlement: 'urban',
        regionCodes: ['KZ-59', 'KZ-55'],
        excludedRegionCodes: ['KZ-63'],
        housingRequired: true,
        corridorOff: false,
      },
      channel: 'sms',
      phone: '+77012345678',
      email: 'family@example.kz',
      consents: { matching: NOW.toISOString(), notices: NOW.toISOString(), sharing: null },
      synthetic: false,
    });
    expect(body.adults[0]).toMatchObject({
      position: 1,
      givenName: 'Айгүл',
      hasIin: true,
      birthDate: '1991-04-15',
      occupation: { isco: '2221', title: 'Мейіргер' },
      experienceYears: 7.5,
      diplomas: ['medicine'],
      payTenge: 180_000,
      permanentOnly: true,
      seeksWork: true,
    });
    expect(body.adults[1]).toMatchObject({ position: 2, hasIin: false, occupation: { isco: '7126' } });
    expect((await system(`/api/v1/households/${body.id}`)).body).toEqual(body);
  });

  it('encrypts the IIN so that only the key opens it', async () => {
    const { body } = await register();
    const [row] = await rows<{ id: string; iin_cipher: Buffer }>(
      running.dataSource,
      'select id, iin_cipher from seeker where household_id = $1 and position = 1',
      [body.id],
    );
    const { iinKey, iinIndexKey } = running.config;
    const iin = decryptIin(row!.iin_cipher, row!.id, { current: iinKey!, old: [], index: iinIndexKey! });
    expect(iin).toBe(usedIins.at(-1));
    expect(row!.iin_cipher.includes(iin)).toBe(false);
  });

  it('asks for a match in the same transaction, but only with consent and the wish to move', async () => {
    const consenting = (await register()).body;
    expect(await eventsOf(consenting.id)).toEqual([
      { topic: 'match.requested', payload: { householdId: consenting.id } },
    ]);
    expect(await eventsOf((await register({ consents: { matching: false } })).body.id)).toEqual([]);
    expect(await eventsOf((await register({ wishes: { move: false } })).body.id)).toEqual([]);
  });

  it('stands in the audit log without personal data', async () => {
    const { body } = await register();
    const audit = await rows(running.dataSource, 'select * from audit_entry where subject_id = $1', [body.id]);
    expect(audit).toMatchObject([{ action: 'create', actor_role: 'system', region_code: 'KZ-61', details: {} }]);
  });

  it('takes the birth date from the IIN and the home from text', async () => {
    const { body } = await register({
      home: { text: 'Жамбылская область, Мойынкумский район, с.Кумозек' },
      adults: [{ iin: newIin(), occupation: { isco: '2330' } }],
    });
    expect(body.home).toMatchObject({ regionCode: 'KZ-31' });
    expect(body.adults).toMatchObject([{ birthDate: '1991-04-15' }]);
  });

  const adult = (change: object) => ({
    adults: [{ birthDate: '1990-01-01', occupation: { isco: '2221' }, ...change }],
  });
  it.each<[string, object, string[]]>([
    ['an unknown place', { home: { kato: '999999999' } }, ['home.kato household.home_unknown']],
    ['a name no place has', { home: { text: 'Нетакогоместа' } }, ['home.text household.home_unknown']],
    ['a name several places have', { home: { text: 'Жамбылский район' } }, ['home.text household.home_ambiguous']],
    ['a region alone', { home: { kato: '610000000' } }, ['home.kato household.home_too_wide']],
    ['no home', { home: {} }, ['home household.home_required']],
    ['a missing home', { home: undefined }, ['home field.required']],
    ['a home of the wrong kind', { home: 'Кентау' }, ['home field.not_object']],
    [
      'more school-age children than children',
      { children: 1, schoolAgeChildren: 2 },
      ['schoolAgeChildren household.school_age_exceeds_children'],
    ],
    ['half a child', { children: 1.5 }, ['children field.not_integer']],
    ['too many children', { children: 21 }, ['children field.too_large']],
    ['too many others', { otherMembers: 8 }, ['otherMembers field.too_large']],
    ['null for a number', { children: null }, ['children field.not_integer']],
    [
      'a region that does not exist',
      { relativesRegionCodes: ['KZ-99'] },
      ['relativesRegionCodes household.region_unknown'],
    ],
    ['a region named twice', { relativesRegionCodes: ['KZ-59', 'KZ-59'] }, ['relativesRegionCodes field.duplicate']],
    [
      'a region wished and excluded',
      { wishes: { regionCodes: ['KZ-59'], excludedRegionCodes: ['KZ-59'] } },
      ['wishes.excludedRegionCodes household.region_wished_and_excluded'],
    ],
    ['an unknown wish', { wishes: { settlement: 'sea' } }, ['wishes.settlement field.not_one_of']],
    ['SMS without a phone', { phone: null }, ['phone household.phone_required']],
    ['SMS to a landline', { phone: '8 7172 55 55 55' }, ['phone household.phone_not_mobile']],
    ['SMS to Russia', { phone: '+7 916 123-45-67' }, ['phone household.phone_not_kazakhstan']],
    ['no phone number', { phone: '12345' }, ['phone household.phone_invalid']],
    ['e-mail without an address', { channel: 'email', email: null }, ['email household.email_required']],
    ['no e-mail address', { email: 'nobody' }, ['email field.not_email']],
    ['an unknown channel', { channel: 'pigeon' }, ['channel field.not_one_of']],
    ['an unknown language', { language: 'de' }, ['language field.not_one_of']],
    ['a consent that is no yes or no', { consents: { matching: 'yes' } }, ['consents.matching field.not_boolean']],
    ['no adult', { adults: [] }, ['adults field.too_few']],
    ['three adults', { adults: [nurse(), nurse(), nurse()] }, ['adults field.too_many']],
    ['adults of the wrong kind', { adults: 'two' }, ['adults field.not_array']],
    ['a null adult', { adults: [null] }, ['adults.0 field.not_object']],
    [
      'an IIN with a wrong check digit',
      adult({ iin: '910415400122', birthDate: '1991-04-15' }),
      ['adults.0.iin iin.check_digit'],
    ],
    ['an IIN of another day', adult({ iin: '910415400121' }), ['adults.0.birthDate iin.birth_date_differs']],
    ['an IIN too short', adult({ iin: '9104' }), ['adults.0.iin iin.length']],
    ['an IIN as a number', adult({ iin: 910415400121 }), ['adults.0.iin field.not_string']],
    ['an IIN whose date does not exist', adult({ iin: '910230300123' }), ['adults.0.iin iin.date']],
    ['an IIN of no century', adult({ iin: '910415900123' }), ['adults.0.iin iin.century']],
    ['neither birth date nor IIN', adult({ birthDate: undefined }), ['adults.0.birthDate seeker.birth_date_required']],
    ['a day that does not exist', adult({ birthDate: '1990-02-30' }), ['adults.0.birthDate field.not_date']],
    ['a child at work', adult({ birthDate: '2010-11-23' }), ['adults.0.birthDate seeker.too_young']],
    ['somebody not born yet', adult({ birthDate: '2026-11-23' }), ['adults.0.birthDate seeker.birth_date_implausible']],
    [
      'an unknown occupation',
      adult({ occupation: { isco: '0000' } }),
      ['adults.0.occupation.isco seeker.occupation_unknown'],
    ],
    [
      'an unknown title',
      adult({ occupation: { title: 'ыыыы' } }),
      ['adults.0.occupation.title seeker.occupation_unknown'],
    ],
    ['no occupation', adult({ occupation: {} }), ['adults.0.occupation seeker.occupation_required']],
    ['a missing occupation', adult({ occupation: undefined }), ['adults.0.occupation field.required']],
    ['a negative pay', adult({ payTenge: -1 }), ['adults.0.payTenge field.too_small']],
    ['an unknown licence', adult({ driving: ['Z'] }), ['adults.0.driving field.not_one_of']],
    ['an unknown diploma', adult({ diplomas: ['magic'] }), ['adults.0.diplomas field.not_one_of']],
    ['a field that does not exist', { surprise: 1 }, ['surprise field.not_allowed']],
    ['an adult with a field that does not exist', adult({ sex: 'f' }), ['adults.0.sex field.not_allowed']],
  ])('refuses %s', async (_, change, codes) => {
    const { status, headers, body } = await register(change);
    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(fieldCodes(body)).toEqual(codes);
    for (const error of body.errors) expect(error.detail).not.toBe(error.code);
  });

  it('tells every fault at once', async () => {
    const { body } = await register({
      home: { kato: '999999999' },
      schoolAgeChildren: 9,
      phone: '1',
      adults: [{ iin: '1', occupation: {} }],
    });
    expect(fieldCodes(body)).toHaveLength(5);
  });

  it('knows one person once: the same IIN is refused, also at the same moment', async () => {
    const adults = () => [{ ...nurse(), iin }];
    const iin = newIin();
    const attempts = await Promise.all([1, 2, 3, 4].map(() => register({ adults: adults() })));
    expect(attempts.map((a) => a.status).sort()).toEqual([201, 409, 409, 409]);
    const refused = attempts.find((a) => a.status === 409)!.body;
    expect(refused).toMatchObject({
      code: 'seeker.iin_used',
      errors: [{ field: 'adults.0.iin', code: 'seeker.iin_used' }],
    });
    const twice = await register({ adults: [{ ...nurse(), iin: newIin() }].flatMap((a) => [a, a]) });
    expect(fieldCodes(twice.body)).toEqual(['adults.1.iin seeker.iin_repeated']);
  });

  it('is done once for an Idempotency-Key, also at the same moment', async () => {
    const household = family();
    const call = (body: object) =>
      system('/api/v1/households', { body, headers: { 'idempotency-key': 'form-2026-11-22' } });
    const answers = await Promise.all([1, 2, 3].map(() => call(household)));
    expect(answers.map((a) => a.status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
    const other = await call({ ...household, children: 1, schoolAgeChildren: 0 });
    expect([other.status, other.body.code]).toEqual([422, 'request.idempotency_key_reused']);
    const bad = await register({}, { 'idempotency-key': 'no spaces please' });
    expect([bad.status, bad.body.code]).toEqual([400, 'request.idempotency_key_invalid']);
  });
});

describe('changing', () => {
  const change = (id: string, body: object) => system(`/api/v1/households/${id}`, { method: 'PATCH', body });

  it('writes what is given, clears what is null and leaves the rest', async () => {
    const { body: before } = await register();
    const { status, body: after } = await change(before.id, {
      version: 1,
      home: { kato: '791910000' },
      email: null,
      wishes: { corridorOff: true },
      adults: [{ position: 1, payTenge: null, experienceYears: 8 }],
    });
    expect(status).toBe(200);
    expect(after).toEqual({
      ...before,
      version: 2,
      home: after.home,
      email: null,
      wishes: { ...before.wishes, corridorOff: true },
      adults: [{ ...before.adults[0], payTenge: null, experienceYears: 8 }, before.adults[1]],
    });
    expect(after.home.regionCode).toBe('KZ-79');
  });

  it('refuses a version that is no longer the present one, and lets only one of two win', async () => {
    const { body } = await register();
    const answers = await Promise.all([4, 5].map((children) => change(body.id, { version: 1, children })));
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
    expect(answers.find((a) => a.status === 409)!.body).toMatchObject({
      code: 'household.version_conflict',
      params: { version: 2 },
    });
    expect((await change(body.id, { children: 4 })).body.errors).toMatchObject([
      { field: 'version', code: 'field.required' },
    ]);
  });

  it('adds a second adult, who must be whole', async () => {
    const { body } = await register({ adults: [nurse()] });
    const half = await change(body.id, { version: 1, adults: [{ position: 2, givenName: 'Ерлан' }] });
    expect(fieldCodes(half.body)).toEqual([
      'adults.0.occupation seeker.occupation_required',
      'adults.0.birthDate seeker.birth_date_required',
    ]);
    const whole = await change(body.id, {
      version: 1,
      adults: [{ position: 2, birthDate: '1990-05-05', occupation: { isco: '7126' } }],
    });
    expect(whole.body.adults.map((a: { position: number }) => a.position)).toEqual([1, 2]);
  });

  it('removes the second adult, and says so to the centres in the same transaction', async () => {
    const { body } = await register();
    const [first, second] = body.adults as { id: string; position: 1 | 2; occupation: { isco: string } }[];
    const seekers = [first!, second!].map(({ id, position, occupation }) => ({ id, position, isco: occupation.isco }));
    const household = { id: body.id, persons: 5, seekers, seeker: seekers[0]! };
    const vacancies = [await makeVacancy(running.dataSource), await makeVacancy(running.dataSource)];
    const proposal = await makeProposal(running.dataSource, { household, vacancies });
    await writeTellingParts(proposal.id, second!.id);
    // A proposal in which the adult has no job tells of them only in the local alternative.
    const alone = { id: body.id, persons: 5, seekers: seekers.slice(0, 1), seeker: seekers[0]! };
    const other = await makeProposal(running.dataSource, { household: alone, columns: { district_kato: '551000000' } });
    await writeLocalPart(other.id, second!.id);
    expect((await change(body.id, { version: 1, secondAdult: {} })).body.errors).toMatchObject([
      { field: 'secondAdult' },
    ]);
    const { status, body: after } = await change(body.id, { version: 1, secondAdult: null });
    expect([status, after.adults, after.version]).toEqual([200, [body.adults[0]], 2]);
    expect((await eventsOf(body.id)).map((e) => e.topic)).toEqual([
      'match.requested',
      'household.adult_removed',
      'match.requested',
    ]);
    const [left] = await rows(
      running.dataSource,
      `select household_id, given_name, iin_index, birth_date::text as birth_date from seeker where id = $1`,
      [second!.id],
    );
    expect(left).toEqual({ household_id: null, given_name: null, iin_index: null, birth_date: '1900-01-01' });
    expect(await everything(body.id)).not.toMatch(/0\.777[12]/u);
    const again = await change(body.id, {
      version: 2,
      secondAdult: null,
      adults: [{ position: 2, birthDate: '1990-05-05', occupation: { isco: '7126' } }],
    });
    expect(again.body.adults).toHaveLength(2);
    await writeLocalPart(other.id, again.body.adults[1].id);
    await change(body.id, { version: 3, secondAdult: null });
    expect(await everything(body.id)).not.toContain('0.7772');
    const gone = await rows(running.dataSource, `select 1 from seeker where id = $1`, [again.body.adults[1].id]);
    expect(gone).toEqual([]);
  });

  it('holds a changed birth date against the IIN that is kept', async () => {
    const { body } = await register();
    const wrong = await change(body.id, { version: 1, adults: [{ position: 1, birthDate: '1991-04-16' }] });
    expect(fieldCodes(wrong.body)).toEqual(['adults.0.birthDate iin.birth_date_differs']);
    const cleared = await change(body.id, {
      version: 1,
      adults: [{ position: 1, iin: null, birthDate: '1991-04-16' }],
    });
    expect(cleared.body.adults[0]).toMatchObject({ hasIin: false, birthDate: '1991-04-16' });
  });

  it('refuses the IIN of somebody else', async () => {
    await register();
    const taken = usedIins.at(-1);
    const { body } = await register({ adults: [{ birthDate: '1991-04-15', occupation: { isco: '2221' } }] });
    const { status } = await change(body.id, { version: 1, adults: [{ position: 1, iin: taken }] });
    expect(status).toBe(409);
    expect((await system(`/api/v1/households/${body.id}`)).body.version).toBe(1);
  });

  it.each<[string, object, string[]]>([
    ['the same position twice', { adults: [{ position: 1 }, { position: 1 }] }, ['adults field.duplicate']],
    ['a third position', { adults: [{ position: 3 }] }, ['adults.0.position field.not_one_of']],
    ['a phone taken away from SMS', { phone: null }, ['phone household.phone_required']],
    [
      'more school-age children than there are',
      { children: 0 },
      ['schoolAgeChildren household.school_age_exceeds_children'],
    ],
  ])('refuses %s', async (_, body, codes) => {
    const { body: household } = await register();
    const answer = await change(household.id, { version: 1, ...body });
    expect([answer.status, fieldCodes(answer.body)]).toEqual([400, codes]);
  });

  it('records a withdrawn consent as an event, and keeps the time of one given again', async () => {
    const { body } = await register();
    const again = await change(body.id, { version: 1, consents: { matching: true, sharing: true } });
    expect(again.body.consents).toEqual({
      matching: NOW.toISOString(),
      notices: NOW.toISOString(),
      sharing: NOW.toISOString(),
    });
    const { body: after } = await change(body.id, { version: 2, consents: { matching: false } });
    expect(after.consents.matching).toBeNull();
    expect((await eventsOf(body.id)).map((e) => e.topic)).toEqual(['match.requested', 'household.consent_withdrawn']);
  });

  it('withdraws nothing with the consent to notices or to sharing', async () => {
    const { body } = await register();
    await change(body.id, { version: 1, consents: { notices: false, sharing: false } });
    expect((await eventsOf(body.id)).map((e) => e.topic)).toEqual(['match.requested']);
  });

  it('asks for a match only when something changed that the matcher reads', async () => {
    const { body } = await register();
    const runs = async (): Promise<number> =>
      (await eventsOf(body.id)).filter(({ topic }) => topic === 'match.requested').length;
    let version = 1;
    const changed = async (what: object): Promise<number> => {
      const before = await runs();
      expect((await change(body.id, { ...what, version: version++ })).status).toBe(200);
      return (await runs()) - before;
    };
    const [adult] = body.adults as { experienceYears: number }[];
    const { experienceYears } = adult!;
    for (const unread of [
      { phone: '+77011234599' },
      { language: 'ru' },
      { consents: { notices: false } },
      { children: body.children as number },
      { adults: [{ position: 1, givenName: 'Гүлнар', experienceYears }] },
    ]) {
      expect([unread, await changed(unread)]).toEqual([unread, 0]);
    }
    for (const read of [
      { children: (body.children as number) + 1 },
      { otherMembers: 1 },
      { wishes: { housingRequired: false } },
      { relativesRegionCodes: ['KZ-55'] },
      { adults: [{ position: 1, experienceYears: experienceYears + 1 }] },
      { adults: [{ position: 1, minimumPayTenge: 200_000 }] },
    ]) {
      expect([read, await changed(read)]).toEqual([read, 1]);
    }
  });

  it('tells the wish to move that was taken back from a consent', async () => {
    const { body } = await register();
    await change(body.id, { version: 1, wishes: { move: false } });
    expect((await eventsOf(body.id)).map((e) => e.topic)).toEqual(['match.requested', 'household.wish_withdrawn']);
    const both = (await register()).body;
    await change(both.id, { version: 1, wishes: { move: false }, consents: { matching: false } });
    expect((await eventsOf(both.id)).map((e) => e.topic)).toEqual(['match.requested', 'household.consent_withdrawn']);
  });
});

describe('erasing', () => {
  it('removes every row of a household that was never proposed anything', async () => {
    const { body } = await register();
    expect((await system(`/api/v1/households/${body.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await everything(body.id)).toBe('[]');
    expect((await system(`/api/v1/households/${body.id}`)).body.code).toBe('household.not_found');
    expect((await system(`/api/v1/households/${body.id}`, { method: 'DELETE' })).status).toBe(404);
  });

  it('leaves a row that says nothing of anybody where proposals hang on it, and withdraws them', async () => {
    const { body } = await register();
    const seekers = body.adults.map((a: { id: string; position: 1 | 2; occupation: { isco: string } }) => ({
      id: a.id,
      position: a.position,
      isco: a.occupation.isco,
    }));
    await makeProposal(running.dataSource, {
      household: { id: body.id, persons: 5, seekers, seeker: seekers[0] },
      columns: { note: 'Айгүл просила перезвонить' },
    }).then(({ id }) => writeTellingParts(id, seekers[0].id));
    expect(await everything(body.id)).toContain('0.7771');
    expect((await system(`/api/v1/households/${body.id}`, { method: 'DELETE' })).status).toBe(204);
    const left = await everything(body.id);
    for (const word of [
      'Айгүл',
      'Сынақова',
      'Мейіргер',
      '77012345678',
      'example.kz',
      '1991',
      '1989',
      '612010000',
      '180000',
      '0.7771',
    ])
      expect(left).not.toContain(word);
    expect(left).toContain('"iin_index":null');
    expect((await eventsOf(body.id)).at(-1)?.topic).toBe('household.consent_withdrawn');
    expect((await system(`/api/v1/households/${body.id}`)).status).toBe(404);
    expect((await system('/api/v1/households?limit=200')).text).not.toContain(body.id);
    const again = await register({ adults: [{ ...nurse(), iin: usedIins.at(-2) }] });
    expect(again.status).toBe(201);
  });
});

describe('reading', () => {
  it('finds a person by IIN, asked in the body', async () => {
    const { body } = await register();
    const found = await system('/api/v1/households/find-by-iin', { body: { iin: usedIins.at(-1) } });
    expect([found.status, found.body]).toEqual([200, { householdId: body.id, seekerId: body.adults[0].id }]);
    const unknown = await system('/api/v1/households/find-by-iin', { body: { iin: newIin() } });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'household.not_found']);
    const wrong = await system('/api/v1/households/find-by-iin', { body: { iin: '123' } });
    expect(fieldCodes(wrong.body)).toEqual(['iin iin.length']);
  });

  it('leaves a line of the audit log for each household read with its names, and for each IIN found', async () => {
    const { body } = await register();
    await system(`/api/v1/households/${body.id}`);
    await system('/api/v1/households/find-by-iin', { body: { iin: usedIins.at(-1) } });
    await system('/api/v1/households');
    const lines = await rows(
      running.dataSource,
      'select action, actor_role, region_code, details from audit_entry where subject_id = $1 order by id',
      [body.id],
    );
    const line = { actor_role: 'system', region_code: 'KZ-61', details: {} };
    expect(lines).toEqual([
      { action: 'create', ...line },
      { action: 'read_contact', ...line },
      { action: 'find_by_iin', ...line },
    ]);
  });

  it('lists page by page, each household once, by region when asked', async () => {
    const ids: string[] = [];
    const dashes = Buffer.from(JSON.stringify(['-'.repeat(36)])).toString('base64url');
    const odd = await system(`/api/v1/households?cursor=${dashes}`);
    expect([odd.status, odd.body.code]).toEqual([400, 'page.cursor_invalid']);
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await system(`/api/v1/households?limit=7${cursor && `&cursor=${cursor}`}`);
      expect(body.items.length).toBeLessThanOrEqual(7);
      ids.push(...body.items.map((h: { id: string }) => h.id));
      cursor = body.nextCursor;
    }
    const [{ count }] = (await rows<{ count: string }>(
      running.dataSource,
      'select count(*) from household where erased_at is null',
    )) as [{ count: string }];
    expect(new Set(ids).size).toBe(Number(count));
    expect(ids).toEqual(ids.toSorted().reverse());
    const elsewhere = await system('/api/v1/households?regionCode=KZ-31');
    expect(elsewhere.body.items.every((h: { regionCode: string }) => h.regionCode === 'KZ-31')).toBe(true);
    expect(elsewhere.body.items.length).toBeGreaterThan(0);
  });

  it.each([
    ['limit=0', 'field.too_small'],
    ['limit=201', 'field.too_large'],
    ['limit=x', 'field.not_integer'],
    ['regionCode=59', 'field.wrong_format'],
    ['nonsense=1', 'field.not_allowed'],
  ])('refuses the query %s', async (query, code) => {
    const { status, body } = await system(`/api/v1/households?${query}`);
    expect([status, body.errors?.[0]?.code]).toEqual([400, code]);
  });

  it.each(['x', 'W10', 'WyJ4Il0'])('refuses the cursor %s', async (cursor) => {
    const { status, body } = await system(`/api/v1/households?cursor=${cursor}`);
    expect([status, body.code]).toEqual([400, 'page.cursor_invalid']);
  });

  it('is for the system and administrators only', async () => {
    expect((await callerWith(running, null)('/api/v1/households')).status).toBe(401);
    for (const wish of [{ role: 'officer' as const, regionCode: 'KZ-59' }, { role: 'analyst' as const }]) {
      const caller = await signedIn(running, wish);
      for (const [path, method] of [
        ['', 'GET'],
        ['', 'POST'],
        ['/find-by-iin', 'POST'],
        [`/${crypto.randomUUID()}`, 'GET'],
        [`/${crypto.randomUUID()}`, 'DELETE'],
      ]) {
        const { status, body } = await caller(`/api/v1/households${path}`, {
          method,
          body: method === 'POST' ? {} : undefined,
        });
        expect([status, body.code]).toEqual([403, 'auth.forbidden']);
      }
    }
    expect((await (await signedIn(running, { role: 'administrator' }))('/api/v1/households')).status).toBe(200);
  });

  it('refuses an id that is none', async () => {
    const { status, body } = await system('/api/v1/households/910415300123');
    expect([status, body.code]).toEqual([400, 'request.malformed']);
  });
});

it('writes 3,500 households set by set, in eight statements', async () => {
  const household = (i: number): NewHousehold => ({
    homeKato: '612010000',
    children: i % 4,
    schoolAgeChildren: 0,
    relativesRegionCodes: ['KZ-59'],
    settlementWish: 'any',
    wishedRegionCodes: [],
    excludedRegionCodes: [],
    housingRequired: false,
    corridorOff: false,
    wishesMove: true,
    language: 'kk',
    channel: 'in_app',
    phone: null,
    email: null,
    consentMatchingAt: NOW,
    consentNoticesAt: NOW,
    consentSharingAt: null,
    synthetic: true,
    createdAt: NOW,
    adults: [1, 2].map(() => ({
      birthDate: '1990-01-01',
      isco: '2221',
      education: 'higher',
      experienceYears: 3.5,
      languages: ['kk', 'ru'],
      driving: [],
      diplomas: [],
      payTenge: 150_000,
      minimumPayTenge: null,
      seeksWork: true,
    })),
  });
  let ids: string[] = [];
  let statements = 0;
  await running.dataSource.transaction(async (tx) => {
    const counted: Sql = {
      query: (text, parameters) => {
        statements++;
        return tx.query(text, parameters);
      },
    };
    ids = await insertHouseholds(
      counted,
      Array.from({ length: 3_500 }, (_, i) => household(i)),
    );
  });
  expect(statements).toBe(8);
  expect(new Set(ids).size).toBe(3_500);
  const [counted] = await rows(
    running.dataSource,
    `select count(*)::integer as adults, sum(s.experience_years)::float as years, count(distinct h.home_district_kato)::integer as districts
     from household h join seeker s on s.household_id = h.id where h.synthetic and h.id = any($1::uuid[])`,
    [ids],
  );
  expect(counted).toEqual({ adults: 7_000, years: 24_500, districts: 1 });
  await expect(insertHouseholds(running.dataSource, [{ ...household(0), homeKato: '999999999' }])).rejects.toThrow(
    'classifier',
  );
});

it('never wrote an IIN, a name, a phone or a token to the log, nor gave an IIN back', async () => {
  await running.dataSource.query('alter table seeker add constraint test_refuse check (experience_years < 69)');
  const failed = await register({ adults: [{ ...nurse(), experienceYears: 70 }] });
  await running.dataSource.query('alter table seeker drop constraint test_refuse');
  expect([failed.status, failed.body.code]).toEqual([500, 'server.error']);
  const log = logged.join('');
  expect(log).toContain(failed.body.errorId);
  expect(log).toContain('test_refuse');
  expect(log).toContain('"path":"/api/v1/households/:id"');
  expect(usedIins.length).toBeGreaterThan(20);
  for (const iin of usedIins) {
    expect(log).not.toContain(iin);
    expect(answered.join('\n')).not.toContain(iin);
  }
  for (const secret of ['Айгүл', 'Сынақова', '7012345678', 'family@example.kz', token])
    expect(log).not.toContain(secret);
});
