import { ApplicationsService } from '../../src/applications/applications.service.js';
import { scopeOf, withScope } from '../../src/database/scope.js';
import { firstRow } from '../../src/database/sql.js';
import { inTransaction } from '../../src/database/transaction.js';
import { MatchingService } from '../../src/matching/matching.service.js';
import { enterArrivals } from '../../src/outcomes/arrivals.queries.js';
import { loadReferenceData } from '../../src/reference-data.js';
import type { Actor } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, makeHousehold, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

let now = new Date(BUILT_AT);
let database: TestDatabase;
let running: TestApp;

beforeAll(async () => {
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), BUILT_AT);
  running = await startTestApp({ database, role: 'api', clock: { now: () => now } });
});
afterAll(async () => {
  await running.close();
  await database.drop();
});

/** A household moves as one: a grandmother who comes along is a person of the proposal, of the quota, of the support and of the arrival. */
it('counts a grandmother and a grown child wherever persons are counted', async () => {
  const sql = running.dataSource;
  const household = await makeHousehold(sql, { adults: [{}], children: 2, columns: { other_members: 2 } });
  await makeVacancy(sql, { openings: 5 });
  await running.app.get(MatchingService).run('test', { householdId: household.id });
  const proposal = (await firstRow<{ id: string; persons: number; version: number }>(
    sql,
    'select id, persons, version from proposal where household_id = $1',
    [household.id],
  ))!;
  expect(proposal.persons).toBe(5);

  const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
  const { body: shown } = await officer(`/api/v1/centre/proposals/${proposal.id}`);
  expect(shown).toMatchObject({ persons: 5, household: { children: 2, otherMembers: 2 } });
  expect(shown.quota.left - shown.quota.leftAfter).toBe(5);
  const approved = await officer(`/api/v1/centre/proposals/${proposal.id}/approve`, { body: { version: 1 } });
  expect(approved.status).toBe(200);

  const administrator = await signedIn(running, { role: 'administrator' });
  const { body: matches } = await administrator(`/api/v1/households/${household.id}/matches`);
  const { body: ofFive } = await administrator('/api/v1/support?members=5&kato=591000000&on=2026-11-22');
  expect(matches).toMatchObject([{ persons: 5, support: { sheet: { lines: ofFive.lines } } }]);

  const actor: Actor = {
    id: newId(), label: 'migrant', role: 'migrant', regionCode: null, employerId: null, householdId: household.id, via: 'session',
  }; // prettier-ignore
  const id = await withScope(scopeOf(actor), () => running.app.get(ApplicationsService).apply(actor, proposal.id));
  const step = async (action: string, more: object = {}): Promise<void> => {
    const { version } = (await firstRow<{ version: number }>(sql, 'select version from application where id = $1', [
      id,
    ]))!;
    const answer = await officer(`/api/v1/applications/${id}/steps`, { body: { action, version, ...more } });
    expect([action, answer.status]).toEqual([action, 200]);
  };
  const quota = () =>
    firstRow(
      sql,
      `select reserved, taken from quota_balance where region_code = 'KZ-59' and year = 2026 and category = 'settlers'`,
    );
  await step('forward');
  await step('decide');
  expect(await quota()).toEqual({ reserved: 5, taken: 0 });
  await step('contract');
  now = new Date('2026-12-10T05:00:00Z');
  await step('arrive', { arrivedOn: '2026-12-09' });
  expect(await quota()).toEqual({ reserved: 0, taken: 5 });
  await inTransaction(sql, (tx) => enterArrivals(tx, now, 10));
  const arrived = await firstRow(
    sql,
    `select count(*)::int as persons, (count(*) filter (where adult))::int as adults from arrived_person where household_id = $1`,
    [household.id],
  );
  expect(arrived).toEqual({ persons: 5, adults: 1 });
});

it('counts anew where somebody joins a household that is already proposed', async () => {
  const sql = running.dataSource;
  const household = await makeHousehold(sql, { adults: [{}], children: 0 });
  const matched = () => running.app.get(MatchingService).run('test', { householdId: household.id });
  const persons = async (): Promise<unknown> =>
    (await firstRow<{ persons: number }>(sql, 'select persons from proposal where household_id = $1', [household.id]))
      ?.persons;
  await matched();
  expect(await persons()).toBe(1);
  const administrator = await signedIn(running, { role: 'administrator' });
  const path = `/api/v1/households/${household.id}`;
  const change = (body: object) => administrator(path, { method: 'PATCH', body });
  expect((await change({ version: 1, otherMembers: 8 })).status).toBe(400);
  expect((await change({ version: 1, otherMembers: 1 })).body).toMatchObject({ otherMembers: 1, version: 2 });
  await matched();
  expect(await persons()).toBe(2);
});
