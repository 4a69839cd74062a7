import { loadReferenceData } from '../../src/reference-data.js';
import { newId } from '../../src/shared/ids.js';
import { type Caller, callerWith, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type MadeHousehold, type MadeVacancy, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { createTestDatabase } from '../support/database.js';

const NOW = new Date('2026-03-01T06:00:00Z');
let running: TestApp;
let anyone: Caller;
let system: Caller;
let household: MadeHousehold;
let nurse: MadeVacancy;
let farm: MadeVacancy;

beforeAll(async () => {
  const database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), NOW);
  running = await startTestApp({ role: 'api', database, clock: { now: () => NOW } });
  anyone = callerWith(running, null);
  system = await signedIn(running, { role: 'system' });
  // A nurse who earns 180,000 and a stock farmer who earns 120,000, with two children, from Kentau.
  household = await makeHousehold(running.dataSource, {
    adults: [{}, { isco: '6130', columns: { pay_tenge: 120_000 } }],
  });
  nurse = await makeVacancy(running.dataSource, { columns: { permanent_years: 3 } });
  farm = await makeVacancy(running.dataSource, {
    isco: '6130',
    payMinTenge: 200_000,
    payMaxTenge: null,
    housing: null,
    columns: { settlement_type: 'rural' },
  });
  await makeProposal(running.dataSource, { household, vacancies: [nurse, farm], status: 'approved' });
});
afterAll(async () => {
  await running.close();
  await running.database.drop();
});

const path = (vacancyId: string, query = '', householdId = household.id): string =>
  `/api/v1/households/${householdId}/vacancies/${vacancyId}/support${query}`;

describe('GET /api/v1/households/:id/matches', () => {
  it('has the support sheet and the budget with every match', async () => {
    const { status, body } = await system(`/api/v1/households/${household.id}/matches`);
    expect(status).toBe(200);
    const { sheet, refusal, budget } = body[0].support;
    expect(refusal).toBeNull();
    expect(sheet).toMatchObject({ on: '2026-03-01', mciTenge: 4325, settlementType: null });
    // Moving money of four, and a year's rent between a village's written least and a town's written most.
    expect(sheet.householdFirstYearTenge).toEqual({
      min: 4 * 302_750 + 12 * 15 * 4_325,
      max: 4 * 302_750 + 12 * 30 * 4_325 + 7_028_125,
    });
    expect(budget.left).toEqual({
      here: { min: 300_000 - 4 * 56_350, max: 300_000 - 4 * 56_350 },
      there: { min: 500_000 - 4 * 88_905, max: null },
      thereFirstYear: { min: 500_000 - 4 * 88_905, max: null },
    });
    expect(budget.notes).toEqual(['rent_not_counted', 'housing_provided', 'costs_per_head', 'pay_as_stated']);
  });

  it('leaves a job that was taken back out of the move', async () => {
    const other = await makeHousehold(running.dataSource, { adults: [{}] });
    const { placementIds } = await makeProposal(running.dataSource, { household: other, vacancies: [nurse] });
    await running.dataSource.query('update placement set withdrawn_at = $2, withdrawn_reason = $3 where id = $1', [
      placementIds[0],
      NOW,
      'vacancy_closed',
    ]);
    const { body } = await system(`/api/v1/households/${other.id}/matches`);
    expect(body[0].support.budget.lines[0].there).toMatchObject({ min: 0, max: 0, source: 'no_job' });
  });

  it('says in the reader’s language why there is no support for people of another region', async () => {
    const northern = await makeHousehold(running.dataSource, { homeKato: '551000000' });
    await makeProposal(running.dataSource, { household: northern, vacancies: [nurse] });
    const { body } = await system(`/api/v1/households/${northern.id}/matches`, {
      headers: { 'accept-language': 'ru' },
    });
    expect(body[0].support).toMatchObject({
      sheet: null,
      refusal: { code: 'support.region_not_departure', text: expect.stringContaining('1 марта 2026'), verified: false },
    });
    expect(body[0].support.budget.left.here).not.toBeNull();
  });
});

describe('GET /api/v1/households/:id/vacancies/:vacancyId/support', () => {
  it('has sheet, budget of both jobs, conditions, eligibility and papers', async () => {
    const { status, body } = await system(path(nurse.id, '?on=2025-06-01'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ on: '2025-06-01', mciTenge: 3932, vacancyId: nurse.id, regionCode: 'KZ-59' });
    expect(body.employerConditions).toEqual([
      { code: 'permanent', state: 'met' },
      { code: 'years', state: 'met' },
      { code: 'housing', state: 'met' },
    ]);
    expect(body.budget.lines.filter(({ code }: { code: string }) => code === 'pay')).toMatchObject([
      { here: { min: 180_000 }, there: { min: 300_000, max: 350_000 } },
      { here: { min: 120_000 }, there: { min: 200_000, max: null } },
    ]);
    const states = Object.fromEntries(
      body.eligibility.rules.map(({ code, state }: { code: string; state: string }) => [code, state]),
    );
    expect(states).toMatchObject({ departure_region: 'met', quota: 'met', permanent_job: 'met', citizen: 'unknown' });
    expect(body.eligibility.papers.length).toBeGreaterThan(4);
  });

  it('counts a vacancy that nobody proposed for the adult whose occupation is nearest', async () => {
    const spare = await makeVacancy(running.dataSource, {
      isco: '6130',
      payMinTenge: 150_000,
      payMaxTenge: 150_000,
      housing: 'help',
    });
    const { body } = await system(path(spare.id));
    expect(body.settlementType).toBe('urban');
    expect(body.budget.lines.slice(0, 2)).toMatchObject([{ there: { source: 'no_job' } }, { there: { min: 150_000 } }]);
    expect(body.employerConditions).toEqual([
      { code: 'permanent', state: 'met' },
      { code: 'years', state: 'unknown' },
      { code: 'housing', state: 'missing' },
    ]);
  });

  it('takes a stated rent into account', async () => {
    const { body } = await system(path(nurse.id, '?rentHere=50000&rentThere=150000'));
    expect(body.budget.rentCounted).toEqual({ here: true, there: true });
    expect(body.budget.left.here).toEqual({ min: 24_600, max: 24_600 });
    expect(body.budget.left.there).toEqual({ min: -5_620, max: null });
  });

  it('refuses with a code', async () => {
    const code = async (address: string): Promise<[number, string]> => {
      const { status, body } = await system(address);
      return [status, body.code];
    };
    const south = await makeVacancy(running.dataSource, { districtKato: '611000000' });
    const northern = await makeHousehold(running.dataSource, { homeKato: '551000000' });
    expect(await code(path(south.id))).toEqual([422, 'support.region_not_reception']);
    expect(await code(path(nurse.id, '', northern.id))).toEqual([422, 'support.region_not_departure']);
    expect(await code(path(nurse.id, '?on=2027-01-01'))).toEqual([422, 'support.index_unknown']);
    expect(await code(path(nurse.id, '?on=2016-12-31'))).toEqual([422, 'programme.before_first_version']);
    expect(await code(path(nurse.id, '?on=2026-02-30'))).toEqual([400, 'programme.date_invalid']);
    expect(await code(path(nurse.id, '?rentThere=-1'))).toEqual([400, 'request.invalid']);
    expect(await code(path(newId()))).toEqual([404, 'match.vacancy_not_found']);
    expect(await code(path(nurse.id, '', newId()))).toEqual([404, 'household.not_found']);
  });

  it('is shown to officers of a region that the household is proposed to, and to nobody else', async () => {
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const elsewhere = await signedIn(running, { role: 'officer', regionCode: 'KZ-55' });
    expect((await officer(path(nurse.id))).status).toBe(200);
    expect((await elsewhere(path(nurse.id))).status).toBe(404);
    expect((await anyone(path(nurse.id))).status).toBe(401);
  });
});

describe('GET /api/v1/support/eligibility', () => {
  const ask = (query: string) => anyone(`/api/v1/support/eligibility?${query}`);

  it('says what is met, missing, and what nobody could verify', async () => {
    const { status, body } = await ask('home=KZ-61&kato=591010000&children=0&citizen=yes&jobSeeker=no');
    expect(status).toBe(200);
    expect(body).toMatchObject({ on: '2026-03-01', state: 'missing' });
    const of = (code: string) => body.rules.find((rule: { code: string }) => rule.code === code);
    expect(of('departure_region')).toMatchObject({ state: 'met', verified: false });
    expect(of('quota')).toMatchObject({ state: 'met', verified: true });
    expect(of('citizen')).toMatchObject({ state: 'met', by: 'household' });
    expect(of('job_seeker')).toMatchObject({ state: 'missing' });
    expect(of('registered_year')).toMatchObject({ state: 'unknown', by: null });
    expect(body.papers.map(({ code }: { code: string }) => code)).not.toContain('children');
    expect(body.places.map(({ url }: { url: string }) => url)).toContain('https://migration.enbek.kz');
  });

  it.each([
    [422, 'support.not_reception', 'kato=611010000'],
    [400, 'support.place_unknown', 'kato=999999999'],
    [422, 'support.index_unknown', 'kato=591010000&on=2027-01-01'],
    [422, 'programme.before_first_version', 'kato=591010000&on=2016-12-31'],
    [400, 'programme.date_invalid', 'kato=591010000&on=2026-02-30'],
    [400, 'request.invalid', 'kato=591010000&citizen=perhaps'],
    [400, 'request.invalid', 'home=KZ-61'],
  ])('refuses with %i %s', async (status, code, query) => {
    expect(await ask(query)).toMatchObject({ status, body: { code } });
  });

  it.each([
    ['en', 'Turkestan'],
    ['ru', 'г. Туркестан'],
    ['kk', 'Түркістан қаласы'],
  ])('refuses a place by its name as people write it in %s', async (language, name) => {
    const refused = await fetch(`${running.url}/api/v1/support/eligibility?kato=611010000`, {
      headers: { 'accept-language': language },
    });
    expect(await refused.text()).toContain(`${name}.`);
  });
});

describe('GET /api/v1/programme', () => {
  it('has index, measures, lists and quotas of the day, each with its source and its mark', async () => {
    const { status, body } = await anyone('/api/v1/programme?on=2022-05-01');
    expect(status).toBe(200);
    expect(body.mci).toMatchObject({ tenge: 3180, from: '2022-04-01', verified: false });
    expect(body.version).toMatchObject({ code: 'strong-regions-2022' });
    expect(body.reception).toContainEqual({ regionCode: 'KZ-11', verified: true });
    expect(body.departure).toContainEqual({ regionCode: 'KZ-33', verified: false });
    expect(body.quotas).toEqual([]);
    expect(body.nationalQuotas).toMatchObject([{ settlers: 6587, kandas: 1499 }]);
  });

  it('has today’s quotas with their revision; Akmola has none for settlers', async () => {
    const { body } = await anyone('/api/v1/programme');
    const settlers = body.quotas.filter(({ category }: { category: string }) => category === 'settlers');
    expect(settlers).toHaveLength(7);
    expect(settlers.find(({ regionCode }: { regionCode: string }) => regionCode === 'KZ-59')).toMatchObject({
      persons: 2820,
      revision: 1,
      verified: true,
    });
    expect(settlers.some(({ regionCode }: { regionCode: string }) => regionCode === 'KZ-11')).toBe(false);
  });

  it.each(['2016-12-31', '2027-01-01'])('does not make up rules for %s', async (on) => {
    expect(await anyone(`/api/v1/programme?on=${on}`)).toMatchObject({
      status: 422,
      body: { code: 'support.index_unknown' },
    });
  });
});
