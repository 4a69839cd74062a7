import 'reflect-metadata';
import { jest } from '@jest/globals';
import { ReferralService } from '../../src/centres/referral.service.js';
import { MatchingService } from '../../src/matching/matching.service.js';
import { rows } from '../../src/database/sql.js';
import type { Actor } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { untilOneWaits } from '../support/until.js';

jest.setTimeout(120_000);

/** What the matcher and the centres do to one another at the same moment, over the real program and its policies. */

const officer = (regionCode = 'KZ-59'): Actor => ({
  id: newId(),
  label: 'test',
  role: 'officer',
  regionCode,
  employerId: null,
  householdId: null,
  via: 'token',
});

describe('a program with two connections', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ role: 'api', clock: { now: () => BUILT_AT }, config: { databasePoolSize: 2 } });
  });
  afterAll(() => app.close());

  it('hands over more households at once than it has connections', async () => {
    const vacancies = [await makeVacancy(app.dataSource, { openings: 50 })];
    await makeVacancy(app.dataSource, { districtKato: '551000000', openings: 50 });
    const proposals = await Promise.all(
      Array.from({ length: 6 }, async () =>
        makeProposal(app.dataSource, { household: await makeHousehold(app.dataSource, { adults: [{}] }), vacancies }),
      ),
    );
    const referrals = app.app.get(ReferralService);
    const referred = await Promise.all(
      proposals.map(({ id }) => referrals.refer(officer(), id, 'KZ-55', { version: 1, reason: 'quota_exhausted' })),
    );
    expect(new Set(referred.map(({ referredToId }) => referredToId)).size).toBe(6);
  }, 25_000);

  it('does more match runs at once than it has connections, one after the other', async () => {
    const matching = app.app.get(MatchingService);
    const runs = await Promise.all([1, 2, 3].map(() => matching.run('test')));
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(3);
  }, 25_000);
});

describe('a household that takes back its consent', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ role: 'api', clock: { now: () => BUILT_AT } });
  });
  afterAll(() => app.close());

  it('is handed over to no other region at the same moment', async () => {
    const sql = app.dataSource;
    const household = await makeHousehold(sql, { adults: [{}] });
    const here = await makeProposal(sql, { household, vacancies: [await makeVacancy(sql)] });
    const elsewhere = [await makeVacancy(sql, { districtKato: '551000000' })];
    const there = await makeProposal(sql, { household, vacancies: elsewhere });
    const household2 = await makeHousehold(sql, { adults: [{}] });
    const alone = await makeProposal(sql, { household: household2, vacancies: [await makeVacancy(sql)] });
    const withdrawing = sql.createQueryRunner();
    await withdrawing.startTransaction();
    await withdrawing.query('update household set consent_matching_at = null where id = any($1)', [
      [household.id, household2.id],
    ]);
    const referrals = app.app.get(ReferralService);
    const refer = (id: string): Promise<unknown> =>
      referrals
        .refer(officer(), id, 'KZ-55', { version: 1, reason: 'quota_exhausted' })
        .catch((fault: unknown) => fault);
    const answers = [refer(here.id), refer(alone.id)];
    await new Promise((resolve) => setTimeout(resolve, 500));
    await withdrawing.commitTransaction();
    await withdrawing.release();
    for (const answer of answers) expect(await answer).toMatchObject({ code: 'proposal.consent_missing' });
    const open = await rows(sql, `select id, referred_from_id from proposal order by id`);
    expect(open).toEqual([here.id, there.id, alone.id].sort().map((id) => ({ id, referred_from_id: null })));
  });
});

describe('a run beside another writer of proposals', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ role: 'api', clock: { now: () => BUILT_AT } });
  });
  afterAll(() => app.close());

  it('leaves the proposal that the other made for the same household and district, and is done', async () => {
    const { dataSource } = app;
    const household = await makeHousehold(dataSource, { adults: [{}] });
    const vacancies = [await makeVacancy(dataSource, { openings: 50 })];
    const other = dataSource.createQueryRunner();
    await other.startTransaction();
    const made = await makeProposal(other.manager, { household, vacancies });
    const running = app.app.get(MatchingService).run('test', { householdId: household.id });
    running.catch(() => undefined);
    await untilOneWaits(dataSource, 'insert into proposal%');
    await other.commitTransaction();
    await other.release();
    const { runId, proposalsMade } = await running;
    expect(proposalsMade).toBe(0);
    const open = await rows<{ id: string }>(dataSource, 'select id from proposal where household_id = $1', [
      household.id,
    ]);
    expect(open).toEqual([{ id: made.id }]);
    expect(await rows(dataSource, 'select status from match_run where id = $1', [runId])).toEqual([{ status: 'done' }]);
  });
});
