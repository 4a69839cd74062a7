import { jest } from '@jest/globals';
import fc from 'fast-check';
import { DataSource, type EntityManager } from 'typeorm';
import { ApplicationsCalendar } from '../../src/applications/applications-calendar.service.js';
import { ApplicationsService } from '../../src/applications/applications.service.js';
import { QuotaRevisionsService } from '../../src/applications/quota-revisions.service.js';
import { APPLICATION_REASONS } from '../../src/applications/application-reasons.js';
import { CENTRE_ACTIONS } from '../../src/applications/application-states.js';
import { WithdrawalService } from '../../src/centres/withdrawal.service.js';
import { scopeOf, withScope } from '../../src/database/scope.js';
import { firstRow, rows } from '../../src/database/sql.js';
import { inTransaction } from '../../src/database/transaction.js';
import { HouseholdService } from '../../src/households/household.service.js';
import { NotificationsService } from '../../src/notifications/notifications.service.js';
import { loadQuotas } from '../../src/programme/load-programme.js';
import { openBalance, reservePlaces } from '../../src/programme/quota-ledger.js';
import { JobHandlers } from '../../src/queue/job-handlers.js';
import { loadReferenceData } from '../../src/reference-data.js';
import type { Actor } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { Problem } from '../../src/shared/problem.js';
import { type ApiAnswer, type Caller, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, type MadeHousehold, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

jest.setTimeout(240_000);

let database: TestDatabase;
let running: TestApp;
let owner: DataSource;
let now = new Date(BUILT_AT);
let officer: Caller;
let elsewhere: Caller;
let administrator: Caller;

beforeAll(async () => {
  database = await createTestDatabase();
  await loadReferenceData(await database.dataSource(), now);
  running = await startTestApp({ database, role: 'api', clock: { now: () => now } });
  owner = running.dataSource;
  officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
  elsewhere = await signedIn(running, { role: 'officer', regionCode: 'KZ-55' });
  administrator = await signedIn(running, { role: 'administrator' });
});
beforeEach(() => {
  now = new Date(BUILT_AT);
});
afterAll(async () => {
  await running.close();
  await database.drop();
});

/** A whole household of the migrant's desk. */
const actorOf = (householdId: string): Actor => ({
  id: newId(),
  label: 'migrant in a test',
  role: 'migrant',
  regionCode: null,
  employerId: null,
  householdId,
  via: 'session',
});
const asMigrant = <Result>(actor: Actor, work: () => Promise<Result>): Promise<Result> =>
  withScope(scopeOf(actor), work);

interface Made {
  household: MadeHousehold;
  proposalId: string;
  vacancyId: string;
  actor: Actor;
}

/** A household with an approved proposal; `persons` counts its only adult. */
async function approvedFor(districtKato: string, persons = 3): Promise<Made> {
  const household = await makeHousehold(owner, { adults: [{}], children: persons - 1 });
  const vacancy = await makeVacancy(owner, { districtKato, openings: 5 });
  const { id } = await makeProposal(owner, {
    household,
    vacancies: [vacancy],
    status: 'approved',
    columns: { decided_at: BUILT_AT, decided_by: 'test' },
  });
  return { household, proposalId: id, vacancyId: vacancy.id, actor: actorOf(household.id) };
}

const applications = (): ApplicationsService => running.app.get(ApplicationsService);

async function applied(districtKato: string, persons = 3): Promise<Made & { id: string }> {
  const made = await approvedFor(districtKato, persons);
  return { ...made, id: await applications().apply(made.actor, made.proposalId) };
}

interface State {
  state: string;
  version: number;
  owner: string | null;
  dueOn: string | null;
  waitOrder: string | null;
}
const stateOf = async (id: string): Promise<State> =>
  (await firstRow<State>(
    owner,
    `select state, version, owner, due_on::text as "dueOn", wait_order as "waitOrder" from application where id = $1`,
    [id],
  ))!;

/** A step of a centre on the version that stands. */
async function step(id: string, action: string, more: object = {}, as = officer): Promise<ApiAnswer> {
  const { version } = await stateOf(id);
  return as(`/api/v1/applications/${id}/steps`, { body: { action, version, ...more } });
}

async function decided(districtKato: string, persons: number, as = officer): Promise<Made & { id: string }> {
  const made = await applied(districtKato, persons);
  await step(made.id, 'forward', {}, as);
  const answer = await step(made.id, 'decide', {}, as);
  expect(answer.status).toBe(200);
  return made;
}

const quotaOf = (
  regionCode: string,
  year = 2026,
): Promise<{ persons: number; reserved: number; taken: number } | undefined> =>
  firstRow(
    owner,
    `select persons, reserved, taken from quota_balance where region_code = $1 and category = 'settlers' and year = $2`,
    [regionCode, year],
  );

/** Every balance is the sum of its entries, and no household holds two. */
async function expectLedgerTrue(): Promise<void> {
  const wrong = await rows(
    owner,
    `select b.* from quota_balance b left join lateral (
       select coalesce(sum(persons_change), 0) as persons, coalesce(sum(reserved_change), 0) as reserved,
              coalesce(sum(taken_change), 0) as taken
       from quota_ledger l where l.year = b.year and l.region_code = b.region_code and l.category = b.category) as l on true
     where (b.persons, b.reserved, b.taken) <> (l.persons, l.reserved, l.taken) or b.reserved + b.taken > b.persons`,
  );
  expect(wrong).toEqual([]);
  const reserved = await rows(
    owner,
    `select b.region_code, b.year, b.reserved, b.taken, sum(r.persons) filter (where r.state = 'reserved') as live,
            sum(r.persons) filter (where r.state = 'taken') as come
     from quota_balance b left join quota_reservation r using (year, region_code, category)
     group by b.region_code, b.year, b.category, b.reserved, b.taken
     having b.reserved <> coalesce(sum(r.persons) filter (where r.state = 'reserved'), 0)
         or b.taken <> coalesce(sum(r.persons) filter (where r.state = 'taken'), 0)`,
  );
  expect(reserved).toEqual([]);
  const held = await rows(
    owner,
    `select a.id, a.state from application a
     where (a.state in ('approved', 'contracted')) <> exists (
       select 1 from quota_reservation r where r.application_id = a.id and r.state = 'reserved')`,
  );
  expect(held).toEqual([]);
}

/** As a caller does whom a busy server sends away for a moment: so many at once wait long for a connection on a slow machine. */
async function persist<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'server.unavailable') throw error;
    }
  }
}

/** The day in Kazakhstan on which the program now stands. */
const goTo = (day: string): void => {
  now = new Date(`${day}T04:00:00Z`);
};
const keep = (): Promise<unknown> => running.app.get(ApplicationsCalendar).keep();

describe('an application', () => {
  it('goes from the proposal to the arrival and on, each wait with an owner and a working day', async () => {
    const made = await applied('591000000', 4);
    expect(await stateOf(made.id)).toMatchObject({ state: 'applied', owner: 'career_centre', dueOn: '2026-11-23' });
    expect(await applications().apply(made.actor, made.proposalId)).toBe(made.id);
    const before = (await quotaOf('KZ-59'))!;
    await step(made.id, 'forward');
    expect(await stateOf(made.id)).toMatchObject({ state: 'forwarded', owner: 'reception_centre' });
    const yes = await step(made.id, 'decide');
    expect(yes.body).toMatchObject({
      state: 'approved',
      owner: 'reception_centre',
      quotaYear: 2026,
      next: 'contracted',
    });
    expect(await quotaOf('KZ-59')).toMatchObject({ reserved: before.reserved + 4, taken: before.taken });
    await step(made.id, 'contract');
    goTo('2026-12-10');
    const come = await step(made.id, 'arrive', { arrivedOn: '2026-12-09' });
    // The year begins with the arrival, though it was noted a day later.
    expect(come.body).toMatchObject({
      state: 'arrived', arrivedOn: '2026-12-09', dueOn: '2027-12-09', actions: ['return'],
    }); // prettier-ignore
    expect(await quotaOf('KZ-59')).toMatchObject({ reserved: before.reserved, taken: before.taken + 4 });
    goTo('2027-12-08');
    const early = await step(made.id, 'settle');
    expect([early.status, early.body.code]).toEqual([422, 'application.settled_early']);
    goTo('2027-12-09');
    expect((await stateOf(made.id)).state).toBe('arrived');
    const end = await step(made.id, 'settle');
    expect(end.body).toMatchObject({ state: 'settled', owner: null, dueOn: null, deadline: null, actions: ['return'] });
    expect(end.body.steps.map(({ action }: { action: string }) => action)).toEqual([
      'start', 'apply', 'forward', 'approve', 'contract', 'arrive', 'settle',
    ]); // prettier-ignore
    await expectLedgerTrue();
  });

  it('asks for papers, gets them, and refuses only with a reason that fits', async () => {
    const made = await applied('591000000');
    expect((await step(made.id, 'ask')).body).toMatchObject({ code: 'application.reason_needed', status: 422 });
    expect((await step(made.id, 'ask', { reason: 'climate' })).body.code).toBe('application.reason_unfit');
    const asked = await step(made.id, 'ask', { reason: 'papers_incomplete', note: 'Нужен второй паспорт' });
    expect(asked.body).toMatchObject({ state: 'papers_missing', owner: 'household', dueOn: '2026-12-04' });
    await asMigrant(made.actor, () => applications().bringPapers(made.actor, made.id));
    expect(await stateOf(made.id)).toMatchObject({ state: 'applied', dueOn: '2026-11-23' });
    await expect(applications().bringPapers(made.actor, made.id)).rejects.toMatchObject({ code: 'transition.illegal' });
    const no = await step(made.id, 'refuse', { reason: 'residence_too_short' });
    expect(no.body).toMatchObject({ state: 'refused', reason: 'residence_too_short' });
    // It may apply again.
    expect(await applications().apply(made.actor, made.proposalId)).not.toBe(made.id);
  });

  it('takes no step that its state does not allow: it is refused, coded and in the audit log', async () => {
    const made = await applied('591000000');
    for (const action of CENTRE_ACTIONS.filter((one) => !['forward', 'ask', 'refuse'].includes(one))) {
      const answer = await step(made.id, action, { reason: 'family_reasons', dueOn: '2026-12-01' });
      expect(answer.body).toMatchObject({ status: 409, code: 'transition.illegal' });
      expect(answer.body.detail).toMatch(new RegExp(`"${action}".*"applied"`));
    }
    const lines = await rows(
      owner,
      `select details ->> 'asked' as asked, from_state, to_state, reason from audit_entry
       where subject = 'application' and subject_id = $1 and action = 'refused_action' order by at, id`,
      [made.id],
    );
    expect(lines).toEqual(
      ['decide', 'extend', 'contract', 'arrive', 'settle', 'return', 'take_back'].map((asked) => ({
        asked, from_state: 'applied', to_state: null, reason: 'transition.illegal',
      })), // prettier-ignore
    );
    expect(await stateOf(made.id)).toMatchObject({ state: 'applied', version: 2 });
  });

  it('is another region’s to nobody: not seen, not decided, not listed', async () => {
    const made = await applied('591000000');
    expect((await elsewhere(`/api/v1/applications/${made.id}`)).body).toMatchObject({
      status: 404,
      code: 'application.unknown',
    });
    expect((await step(made.id, 'forward', {}, elsewhere)).body.code).toBe('application.unknown');
    expect((await elsewhere('/api/v1/applications?region=KZ-59')).status).toBe(403);
    expect((await elsewhere('/api/v1/applications')).text).not.toContain(made.id);
    const analyst = await signedIn(running, { role: 'analyst' });
    expect((await analyst(`/api/v1/applications/${made.id}`)).status).toBe(403);
    const other = await approvedFor('591000000');
    await asMigrant(other.actor, async () => {
      await expect(applications().withdraw(other.actor, made.id, 'other')).rejects.toMatchObject({
        code: 'application.unknown',
      });
    });
    await expect(applications().apply(other.actor, made.proposalId)).rejects.toMatchObject({ code: 'match.unknown' });
    expect((await officer('/api/v1/applications/no-uuid')).body.code).toBe('application.unknown');
  });

  it('is decided once: of many officers on one version the first decides', async () => {
    const made = await applied('591000000');
    await step(made.id, 'forward');
    const { version } = await stateOf(made.id);
    const body = { action: 'decide', version };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => officer(`/api/v1/applications/${made.id}/steps`, { body })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 200).map((answer) => answer.body.code);
    expect(new Set(others)).toEqual(new Set(['application.changed_meanwhile']));
    await expectLedgerTrue();
  });

  it('is one at a time, also when two are begun in the same moment', async () => {
    const { household, actor, proposalId } = await approvedFor('591000000');
    const there = await makeVacancy(owner, { districtKato: '551000000' });
    const second = await makeProposal(owner, { household, vacancies: [there], status: 'approved' });
    const begun = await Promise.allSettled([
      applications().apply(actor, proposalId),
      applications().apply(actor, proposalId),
      applications().apply(actor, second.id),
      applications().apply(actor, second.id),
    ]);
    const refused = begun.filter((one) => one.status === 'rejected').map(({ reason }) => (reason as Problem).code);
    expect(new Set(refused)).toEqual(new Set(['application.open_already']));
    const open = await rows(owner, `select state from application where household_id = $1 and ended_at is null`, [
      household.id,
    ]);
    expect(open).toEqual([{ state: 'applied' }]);
  });

  it('needs an approved proposal', async () => {
    const household = await makeHousehold(owner, { adults: [{}] });
    const { id } = await makeProposal(owner, { household });
    await expect(applications().apply(actorOf(household.id), id)).rejects.toMatchObject({ code: 'match.not_approved' });
    await expect(applications().apply({ ...actorOf(household.id), householdId: null }, id)).rejects.toMatchObject({
      code: 'household.none',
    });
  });

  it('gets more time to a working day, and arrives on no day that has not come', async () => {
    const made = await decided('591000000', 2);
    const extend = (dueOn?: string): Promise<ApiAnswer> =>
      step(made.id, 'extend', { reason: 'employer_needs_time', dueOn });
    for (const wrong of [undefined, '2026-12-01', '2026-12-26', '2027-09-01', '2026-02-30']) {
      expect([wrong, (await extend(wrong)).body.code]).toEqual([wrong, 'application.due_invalid']);
    }
    expect((await extend('2027-01-15')).body).toMatchObject({ state: 'approved', dueOn: '2027-01-15' });
    await step(made.id, 'contract');
    for (const arrivedOn of ['2026-11-23', '2026-11-21', '2026-11-31']) {
      expect((await step(made.id, 'arrive', { arrivedOn })).body.code).toBe('application.arrival_invalid');
    }
    expect((await step(made.id, 'arrive')).body).toMatchObject({ arrivedOn: '2026-11-22' });
  });
});

describe('an arrival that is noted late', () => {
  it('keeps its own day, also where the contract was noted after it, but none before the family applied', async () => {
    const made = await decided('591000000', 2);
    now = new Date('2026-11-26T06:00:00Z');
    await step(made.id, 'contract');
    expect((await step(made.id, 'arrive', { arrivedOn: '2026-11-21' })).body.code).toBe('application.arrival_invalid');
    expect((await step(made.id, 'arrive', { arrivedOn: '2026-11-24' })).body).toMatchObject({
      state: 'arrived',
      arrivedOn: '2026-11-24',
    });
  });
});

describe('a household that has grown or shrunk since the decision', () => {
  const children = (id: string, change: number): Promise<unknown> =>
    owner.query('update household set children = children + $2 where id = $1', [id, change]);

  it('is counted anew with its contract and its arrival, as far as the quota has places', async () => {
    const before = (await quotaOf('KZ-59')) ?? { reserved: 0, taken: 0 };
    const made = await decided('591000000', 3);
    await children(made.household.id, 1);
    await step(made.id, 'contract');
    expect(await quotaOf('KZ-59')).toMatchObject({ reserved: before.reserved + 4 });
    await children(made.household.id, -2);
    expect((await step(made.id, 'arrive')).body).toMatchObject({ persons: 2 });
    expect(await quotaOf('KZ-59')).toMatchObject({ reserved: before.reserved, taken: before.taken + 2 });
    await expectLedgerTrue();
  });

  it('comes all the same where the quota has no place for the new child', async () => {
    const revisions = running.app.get(QuotaRevisionsService);
    const made = await decided('631000000', 2, administrator);
    const { reserved, taken } = (await quotaOf('KZ-63'))!;
    const by = { id: 'test', role: 'administrator' };
    const revision = { regionCode: 'KZ-63', category: 'settlers', source: 'an order', verified: false } as const;
    await revisions.revise(by, { ...revision, validFrom: '2026-11-22', persons: reserved + taken });
    await children(made.household.id, 1);
    await step(made.id, 'contract', {}, administrator);
    expect((await step(made.id, 'arrive', {}, administrator)).body).toMatchObject({ state: 'arrived', persons: 2 });
    expect(await quotaOf('KZ-63')).toMatchObject({ taken: taken + 2, reserved: reserved - 2 });
    await expectLedgerTrue();
    await owner.query(`delete from programme_quota where region_code = 'KZ-63' and origin = 'revision'`);
  });
});

describe('a household that has moved', () => {
  it('needs no application for another job there, and no second support is promised to it', async () => {
    const { InterestsService } = await import('../../src/applications/interests.service.js');
    const { HouseholdMatchesService } = await import('../../src/matching/household-matches.service.js');
    const made = await decided('591000000', 3);
    await step(made.id, 'contract');
    await step(made.id, 'arrive');
    await owner.query('update proposal set fulfilled_at = $2 where id = $1', [made.proposalId, now]);
    const another = await makeProposal(owner, {
      household: made.household,
      vacancies: [await makeVacancy(owner, { districtKato: '591000000' })],
      status: 'approved',
    });
    await asMigrant(made.actor, async () => {
      await running.app.get(InterestsService).express(made.actor, another.id, []);
      await expect(applications().apply(made.actor, another.id)).rejects.toMatchObject({
        code: 'application.not_needed',
        status: 409,
      });
    });
    const all = await rows(owner, `select state from application where household_id = $1`, [made.household.id]);
    expect(all).toEqual([{ state: 'arrived' }]);
    const matches = await running.app.get(HouseholdMatchesService).matches(made.actor, made.household.id);
    const codes = new Map(matches.map(({ id, support }) => [id, support.refusal?.code ?? null]));
    expect([codes.get(made.proposalId), codes.get(another.id)]).toEqual([null, 'support.moved_already']);
    // Where it came from is compared with nothing any more.
    expect(matches.map(({ support }) => support.budget.compared)).toEqual(matches.map(() => false));
    // In a region where it does not live a month is one of two again.
    const elsewhere = await makeProposal(owner, {
      household: made.household,
      vacancies: [await makeVacancy(owner, { districtKato: '551000000' })],
      status: 'withdrawn',
    });
    const [old] = (await running.app.get(HouseholdMatchesService).matches(made.actor, made.household.id)).filter(
      ({ id }) => id === elsewhere.id,
    );
    expect(old?.support.budget.compared).toBe(true);
    // Whoever goes back may begin anew.
    await step(made.id, 'return', { reason: 'work_lost' });
    await asMigrant(made.actor, () => applications().apply(made.actor, another.id));
  });

  it('is told that it needs no application, not to withdraw what it came by, for a match it liked before', async () => {
    const { InterestsService } = await import('../../src/applications/interests.service.js');
    const made = await applied('591000000', 1);
    const another = await makeProposal(owner, {
      household: made.household,
      vacancies: [await makeVacancy(owner, { districtKato: '551000000' })],
      status: 'approved',
    });
    await asMigrant(made.actor, () => running.app.get(InterestsService).express(made.actor, another.id, []));
    for (const action of ['forward', 'decide', 'contract', 'arrive']) {
      expect((await step(made.id, action)).status).toBe(200);
    }
    await asMigrant(made.actor, async () => {
      await expect(applications().apply(made.actor, another.id)).rejects.toMatchObject({
        code: 'application.not_needed',
      });
      expect(await applications().apply(made.actor, made.proposalId)).toBe(made.id);
    });
  });

  it('takes its place of the quota once, whatever else is approved for it there', async () => {
    const desk = async () =>
      (await officer('/api/v1/centre/queue?limit=1')).body.quota as {
        reserved: number;
        taken: number;
        approvedPersons: number;
        left: number;
      };
    const before = await desk();
    const made = await approvedFor('591000000', 3);
    const promised = await desk();
    expect([promised.approvedPersons - before.approvedPersons, before.left - promised.left]).toEqual([3, 3]);
    const id = await applications().apply(made.actor, made.proposalId);
    for (const action of ['forward', 'decide', 'contract']) await step(id, action);
    const second = async (status: 'approved' | 'waiting') =>
      makeProposal(owner, {
        household: made.household,
        vacancies: [await makeVacancy(owner, { districtKato: '593400000' })],
        status,
        columns: status === 'approved' ? { decided_at: now, decided_by: 'test' } : {},
      });
    const waiting = await second('waiting');
    const one = await officer(`/api/v1/centre/proposals/${waiting.id}`);
    expect(one.body.quota).toMatchObject({ leftAfter: one.body.quota.left });
    await owner.query(`update proposal set status = 'approved', decided_at = $2, decided_by = 'test' where id = $1`, [
      waiting.id,
      now,
    ]);
    expect(await desk()).toMatchObject({ approvedPersons: before.approvedPersons, left: before.left - 3 });
    await step(id, 'arrive');
    expect(await desk()).toMatchObject({ approvedPersons: before.approvedPersons, left: before.left - 3 });
    // In a later year the place of that year is gone with it, and a second chance takes none of the new one.
    goTo('2027-02-01');
    await owner.query(`update proposal set status = 'waiting', decided_at = null, decided_by = null where id = $1`, [
      waiting.id,
    ]);
    const { quota } = (await officer(`/api/v1/centre/proposals/${waiting.id}`)).body;
    expect(quota.leftAfter).toBe(quota.left);
  });

  it('and has gone back is offered what it had moved for no more: it stands among the past ones', async () => {
    const { InterestsService } = await import('../../src/applications/interests.service.js');
    const { OwnMatchesService } = await import('../../src/applications/own-matches.service.js');
    const made = await decided('591000000', 3);
    for (const action of ['contract', 'arrive']) await step(made.id, action);
    await owner.query('update proposal set fulfilled_at = $2 where id = $1', [made.proposalId, now]);
    const listed = async (): Promise<string[][]> => {
      const { matches, past } = await asMigrant(made.actor, () => running.app.get(OwnMatchesService).list(made.actor));
      return [matches, past].map((some) => some.map(({ match }) => match.id));
    };
    expect(await listed()).toEqual([[made.proposalId], []]);
    expect((await step(made.id, 'return', { reason: 'climate' })).status).toBe(200);
    expect(await listed()).toEqual([[], [made.proposalId]]);
    const refused = { code: 'match.not_approved', status: 409 };
    await asMigrant(made.actor, async () => {
      await expect(applications().apply(made.actor, made.proposalId)).rejects.toMatchObject(refused);
      const interest = running.app.get(InterestsService).express(made.actor, made.proposalId, []);
      await expect(interest).rejects.toMatchObject(refused);
    });
    const asked = `select from outbox_event where topic = 'match.requested' and payload ->> 'householdId' = $1`;
    expect(await rows(owner, asked, [made.household.id])).toHaveLength(1);
  });

  it('and took a second chance in one region has that behind it when it has moved to another', async () => {
    const { OwnMatchesService } = await import('../../src/applications/own-matches.service.js');
    const made = await decided('591000000', 3);
    for (const action of ['contract', 'arrive']) await step(made.id, action);
    await owner.query('update proposal set fulfilled_at = $2 where id = $1', [made.proposalId, now]);
    const taken = async (districtKato: string): Promise<string> => {
      const vacancies = [await makeVacancy(owner, { districtKato })];
      const columns = { fulfilled_at: now };
      return (await makeProposal(owner, { household: made.household, vacancies, status: 'approved', columns })).id;
    };
    const [here, elsewhere] = [await taken('591000000'), await taken('551000000')];
    const { past } = await asMigrant(made.actor, () => running.app.get(OwnMatchesService).list(made.actor));
    expect(past.map(({ match }) => match.id)).toContain(elsewhere);
    expect(past.map(({ match }) => match.id)).not.toContain(here);
  });

  it('takes a place again when who went back is approved there anew', async () => {
    const made = await decided('591000000', 3);
    for (const action of ['contract', 'arrive']) await step(made.id, action);
    await owner.query('update proposal set fulfilled_at = $2 where id = $1', [made.proposalId, now]);
    await step(made.id, 'return', { reason: 'climate' });
    const again = await makeProposal(owner, { household: made.household, vacancies: [await makeVacancy(owner)] });
    const { quota } = (await officer(`/api/v1/centre/proposals/${again.id}`)).body;
    expect(quota.left - quota.leftAfter).toBe(3);
  });
});

describe('the interest in a match', () => {
  it('that was taken back leaves the promise of a place: the household may still apply', async () => {
    const { InterestsService } = await import('../../src/applications/interests.service.js');
    const interests = running.app.get(InterestsService);
    const promised = async (): Promise<number> =>
      (await officer('/api/v1/centre/queue?limit=1')).body.quota.approvedPersons;
    const before = await promised();
    const { actor, proposalId } = await approvedFor('591000000', 3);
    await interests.express(actor, proposalId, []);
    expect((await promised()) - before).toBe(3);
    await interests.withdraw(actor, proposalId);
    expect((await promised()) - before).toBe(3);
  });

  it('begins an application that lapses quietly if nobody applies, and ends with the interest', async () => {
    const { actor, proposalId, household } = await approvedFor('591000000');
    const { InterestsService } = await import('../../src/applications/interests.service.js');
    const interests = running.app.get(InterestsService);
    await interests.express(actor, proposalId, []);
    await interests.express(actor, proposalId, []);
    const begun = () =>
      rows<{ id: string; state: string; dueOn: string | null }>(
        owner,
        `select id, state, due_on::text as "dueOn" from application where household_id = $1 order by id`,
        [household.id],
      );
    expect(await begun()).toMatchObject([{ state: 'interested', dueOn: '2026-12-21' }]);
    await interests.withdraw(actor, proposalId);
    expect(await begun()).toMatchObject([{ state: 'withdrawn' }]);
    await interests.express(actor, proposalId, []);
    const [, again] = await begun();
    expect(await applications().apply(actor, proposalId)).toBe(again!.id);
    await expect(interests.withdraw(actor, proposalId)).rejects.toMatchObject({ code: 'interest.applied' });
    await applications().withdraw(actor, again!.id, 'changed_mind');
    expect(await interests.own(actor)).toMatchObject([{ standing: false }]);
  });

  it('that lapses is told of in its own words, and not at all to whose application is on its way', async () => {
    const { InterestsService } = await import('../../src/applications/interests.service.js');
    const interests = running.app.get(InterestsService);
    const alone = await approvedFor('591000000');
    await interests.express(alone.actor, alone.proposalId, []);
    const applying = await applied('591000000');
    const second = await makeProposal(owner, {
      household: applying.household,
      vacancies: [await makeVacancy(owner, { districtKato: '551000000' })],
      status: 'approved',
    });
    await interests.express(applying.actor, second.id, []);
    await step(applying.id, 'forward');
    goTo('2026-12-22');
    await keep();
    const lapsed = (proposalId: string) =>
      firstRow<{ state: string; reason: string; told: number }>(
        owner,
        `select state, reason, (select count(*)::int from outbox_event
           where topic = 'application.changed' and payload ->> 'applicationId' = a.id::text) as told
         from application a where proposal_id = $1`,
        [proposalId],
      );
    expect(await lapsed(alone.proposalId)).toEqual({ state: 'lapsed', reason: 'interest_lapsed', told: 1 });
    expect(await lapsed(second.id)).toEqual({ state: 'lapsed', reason: 'interest_lapsed', told: 0 });
    expect((await stateOf(applying.id)).state).toBe('forwarded');
    // The match still stands: whoever wants to may apply after all.
    expect((await stateOf(await applications().apply(alone.actor, alone.proposalId))).state).toBe('applied');
  });
});

describe('the reasons of steps', () => {
  it('have words of their own in every language', async () => {
    const { body } = await officer('/api/v1/applications/reasons');
    expect(body.map(({ code }: { code: string }) => code).sort()).toEqual(Object.keys(APPLICATION_REASONS).sort());
    for (const { code, uses, words } of body) {
      expect(uses.length).toBeGreaterThan(0);
      const said = [words.kk, words.ru, words.en];
      expect([code, new Set([...said, `application.reason.${code}`]).size]).toEqual([code, 4]);
      expect(said.every((one) => one.length > 3)).toBe(true);
    }
  });
});

describe('the quota', () => {
  it('without a place lets a household wait in order, and a smaller one behind does not overtake', async () => {
    const revisions = running.app.get(QuotaRevisionsService);
    const seven = await decided('351000000', 7, administrator);
    // Karaganda has 37 places in 2026.
    for (let left = 30; left >= 10; left -= 10) await decided('351000000', 10, administrator);
    expect(await quotaOf('KZ-35')).toEqual({ persons: 37, reserved: 37, taken: 0 });
    const [large, small, last] = [
      await decided('351000000', 6, administrator),
      await decided('351000000', 1, administrator),
      await decided('351000000', 2, administrator),
    ];
    const view = await administrator(`/api/v1/applications?region=KZ-35&state=waiting_quota`);
    expect(view.body.items.map(({ id, waitPosition }: Record<string, unknown>) => [id, waitPosition])).toEqual([
      [large.id, 1], [small.id, 2], [last.id, 3],
    ]); // prettier-ignore
    expect(view.body.quota).toMatchObject({ persons: 37, reserved: 37, left: 0, waitingPersons: 9 });
    // Five places are too few for the first, and nobody passes it.
    const admin = { id: 'test', role: 'administrator' };
    const revision = { regionCode: 'KZ-35', category: 'settlers', source: 'an order', verified: false } as const;
    await revisions.revise(admin, { ...revision, validFrom: '2026-11-01', persons: 42 });
    expect((await stateOf(large.id)).state).toBe('waiting_quota');
    expect((await stateOf(small.id)).state).toBe('waiting_quota');
    // With the seven of a household that withdraws there is room for all three.
    await applications().withdraw(seven.actor, seven.id, 'family_reasons');
    for (const { id } of [large, small, last]) expect((await stateOf(id)).state).toBe('approved');
    expect(await quotaOf('KZ-35')).toEqual({ persons: 42, reserved: 39, taken: 0 });
    await expectLedgerTrue();
  });

  it('of Akmola does not exist for settlers: its applications say so, and wait', async () => {
    const made = await applied('111000000', 3);
    const seen = await administrator(`/api/v1/applications/${made.id}`);
    expect(seen.body).toMatchObject({ regionWithoutQuota: true, quotaYearNow: 2026 });
    await step(made.id, 'forward', {}, administrator);
    const answer = await step(made.id, 'decide', {}, administrator);
    expect(answer.body).toMatchObject({ state: 'waiting_quota', waitPosition: 1, regionWithoutQuota: true });
    const list = await administrator('/api/v1/applications?region=KZ-11');
    expect(list.body.quota).toMatchObject({ persons: null, left: null, waitingPersons: 3 });
    expect((await step(made.id, 'refuse', { reason: 'region_without_quota' }, administrator)).status).toBe(200);
  });

  it('is not revised below what is given, by hand or by file, with the number', async () => {
    const made = await decided('101000000', 9, administrator);
    const body = {
      regionCode: 'KZ-10',
      category: 'settlers',
      validFrom: '2026-11-20',
      persons: 8,
      source: 'an order',
      verified: true,
    };
    const refused = await administrator('/api/v1/quotas', { body });
    expect(refused.body).toMatchObject({ status: 409, code: 'quota.below_given' });
    expect(refused.body.detail).toMatch(
      /of 8 persons for KZ-10 in 2026 is refused: 9 are given already \(9 reserved, 0 taken\)/,
    );
    expect((await officer('/api/v1/quotas', { body })).status).toBe(403);
    // A file of orders that says so keeps nothing from starting: the ledger does not follow it, and it is noted with the numbers.
    const file = (persons: number): string => JSON.stringify({ regional: [{ ...body, year: 2026, persons }] });
    const noted = (tx: EntityManager) =>
      rows(
        tx,
        `select reason, details from audit_entry where subject = 'quota' and actor = 'quotas.json' and region_code = 'KZ-10' order by id`,
      );
    const undone = new Error('undone');
    const load = inTransaction(owner, async (tx) => {
      await loadQuotas(tx, file(8), now);
      expect(await noted(tx)).toEqual([
        {
          reason: 'quota.below_given',
          details: { category: 'settlers', year: 2026, persons: 8, reserved: 9, taken: 0 },
        },
      ]);
      const key = { regionCode: 'KZ-10', category: 'settlers' } as const;
      const balance = await openBalance(tx, key, '2026-11-22', { actor: 'test', at: now });
      expect(balance).toMatchObject({ persons: 275, left: -1, refusedPersons: 8 });
      throw undone;
    });
    await expect(load).rejects.toBe(undone);
    expect(await quotaOf('KZ-10')).toEqual({ persons: 275, reserved: 9, taken: 0 });
    const enough = await administrator('/api/v1/quotas', { body: { ...body, persons: 9 } });
    expect([enough.status, enough.body]).toEqual([201, expect.objectContaining({ persons: 9, left: 0, reserved: 9 })]);
    // The ledger's entry names the revision that it follows: its day and its order.
    const entries = await rows(
      owner,
      `select persons_change as change from quota_ledger where region_code = 'KZ-10' and entry = 'revise' and reason = $1`,
      [`${body.validFrom}: ${body.source}`],
    );
    expect(entries).toEqual([{ change: 9 - 275 }]);
    // A button pressed twice enters it once; another number from the same day is refused.
    expect(await administrator('/api/v1/quotas', { body: { ...body, persons: 9 } })).toMatchObject({
      status: 201,
      body: enough.body,
    });
    expect(
      await rows(owner, `select persons from programme_quota where region_code = 'KZ-10' and origin = 'revision'`),
    ).toEqual([{ persons: 9 }]);
    expect((await administrator('/api/v1/quotas', { body: { ...body, persons: 10 } })).body.code).toBe(
      'quota.revision_exists',
    );
    expect((await administrator('/api/v1/quotas', { body: { ...body, validFrom: '2025-01-01' } })).body.code).toBe(
      'quota.year_past',
    );
    const refusedAs = async (more: object): Promise<string> =>
      (await administrator('/api/v1/quotas', { body: { ...body, ...more } })).body.code;
    expect(await refusedAs({ regionCode: 'KZ-99' })).toBe('centre.region_unknown');
    expect(await refusedAs({ regionCode: 'KZ-75' })).toBe('quota.receives_nobody');
    // It took settlers in once, and has a quota for kandas: of settlers it has none.
    expect(await refusedAs({ regionCode: 'KZ-11' })).toBe('quota.receives_nobody');
    expect(await refusedAs({ validFrom: '2026-11-19', persons: 300 })).toBe('quota.revision_overtaken');
    expect(await refusedAs({ source: '   ' })).toBe('quota.source_missing');
    // A revision by hand stays where a file has another number from its day, and that is noted.
    const again = inTransaction(owner, async (tx) => {
      await loadQuotas(tx, file(300), now);
      expect(await noted(tx)).toEqual([
        {
          reason: 'quota.revision_exists',
          details: { category: 'settlers', validFrom: '2026-11-20', persons: 300, stands: 9 },
        },
      ]);
      throw undone;
    });
    await expect(again).rejects.toBe(undone);
    // What the files say later is below it: the start does not fail where somebody has revised by hand.
    await applications().withdraw(made.actor, made.id, 'other');
    await expectLedgerTrue();
  });

  it('that comes into force later lets the waiting move up on its day', async () => {
    const { revise } = { revise: running.app.get(QuotaRevisionsService) };
    const revision = { regionCode: 'KZ-62', category: 'settlers', source: 'an order', verified: false } as const;
    await revise.revise({ id: 'test', role: 'administrator' }, { ...revision, validFrom: '2026-11-21', persons: 2 });
    await revise.revise({ id: 'test', role: 'administrator' }, { ...revision, validFrom: '2026-12-01', persons: 5 });
    const made = await decided('621000000', 4, administrator);
    expect((await stateOf(made.id)).state).toBe('waiting_quota');
    goTo('2026-11-30');
    await keep();
    expect((await stateOf(made.id)).state).toBe('waiting_quota');
    goTo('2026-12-01');
    await keep();
    expect((await stateOf(made.id)).state).toBe('approved');
    await expectLedgerTrue();
  });

  it('that comes into force below what is given takes nothing back, and gives no place until enough have gone', async () => {
    const revisions = running.app.get(QuotaRevisionsService);
    const by = { id: 'test', role: 'administrator' };
    const revision = { regionCode: 'KZ-35', category: 'settlers', source: 'an order', verified: false } as const;
    goTo('2026-11-24');
    const [first, second] = [
      await decided('351000000', 1, administrator),
      await decided('351000000', 2, administrator),
    ];
    const given = ({ reserved, taken }: { reserved: number; taken: number }): number => reserved + taken;
    const before = (await quotaOf('KZ-35'))!;
    expect(before.persons).toBeGreaterThanOrEqual(given(before));
    await revisions.revise(by, { ...revision, validFrom: '2026-11-24', persons: given(before) + 10 });
    // Accepted today: no more is given than that. Two more households follow before it comes into force.
    await revisions.revise(by, { ...revision, validFrom: '2026-12-01', persons: given(before) + 1 });
    await decided('351000000', 3, administrator);
    goTo('2026-12-01');
    await keep();
    const late = await decided('351000000', 1, administrator);
    expect((await stateOf(late.id)).state).toBe('waiting_quota');
    expect(given((await quotaOf('KZ-35'))!)).toBe(given(before) + 3);
    const list = await administrator('/api/v1/applications?region=KZ-35');
    expect(list.body.quota).toMatchObject({ persons: given(before) + 1, left: -2 });
    await applications().withdraw(first.actor, first.id, 'other');
    expect((await stateOf(late.id)).state).toBe('waiting_quota');
    // With two more gone the smaller quota counts, and its last place is given.
    await applications().withdraw(second.actor, second.id, 'other');
    expect((await stateOf(late.id)).state).toBe('approved');
    await keep();
    expect(await quotaOf('KZ-35')).toMatchObject({ persons: given(before) + 1, reserved: before.reserved + 1 });
    await expectLedgerTrue();
  });

  it('tells the analyst no number of persons behind which stand fewer than five households', async () => {
    const made = await decided('391000000', 8, administrator);
    const analyst = await signedIn(running, { role: 'analyst' });
    const { quotas } = (await analyst('/api/v1/analysis/quotas?on=2026-11-22')).body as {
      quotas: { region: string; category: string; reserved: number | null; approvedPersons: number | null }[];
    };
    const of = quotas.find(({ region, category }) => region === 'KZ-39' && category === 'settlers')!;
    expect(await quotaOf('KZ-39')).toMatchObject({ reserved: 8 });
    expect([of.reserved, of.approvedPersons]).toEqual([null, null]);
    await applications().withdraw(made.actor, made.id, 'other');
  });

  it('of the analyst leaves what the ledger leaves, and what was refused takes nothing of it', async () => {
    const analyst = await signedIn(running, { role: 'analyst' });
    const use = async () =>
      (await analyst('/api/v1/analysis/quotas?on=2026-11-23')).body.quotas.find(
        ({ region, category }: { region: string; category: string }) => region === 'KZ-55' && category === 'settlers',
      );
    const { body } = await administrator('/api/v1/applications?region=KZ-55');
    goTo('2026-11-23');
    const made = [];
    for (let i = 0; i < 10; i++) made.push(await decided('551000000', 2, elsewhere));
    for (const { id } of made.slice(0, 5)) await step(id, 'refuse', { reason: 'job_gone' }, elsewhere);
    const { quota, reserved, taken, left } = await use();
    expect([reserved, taken]).toEqual([body.quota.reserved + 10, body.quota.taken]);
    expect(left).toBe(quota.persons - reserved - taken);
    expect(left).toBe((await administrator('/api/v1/applications?region=KZ-55')).body.quota.left);
    for (const { id } of made.slice(5)) await step(id, 'refuse', { reason: 'job_gone' }, elsewhere);
  });

  it('of a new year is another one: a place of the old year stays there', async () => {
    goTo('2026-12-29');
    const made = await decided('591000000', 3);
    goTo('2027-01-11');
    await step(made.id, 'contract');
    const old = (await quotaOf('KZ-59'))!;
    await step(made.id, 'arrive');
    expect(await quotaOf('KZ-59')).toEqual({ ...old, reserved: old.reserved - 3, taken: old.taken + 3 });
    // No quota of 2027 is published: who is decided on now waits.
    const next = await decided('591000000', 1);
    expect((await stateOf(next.id)).state).toBe('waiting_quota');
    expect(await quotaOf('KZ-59', 2027)).toEqual({ persons: 0, reserved: 0, taken: 0 });
    await step(next.id, 'refuse', { reason: 'region_without_quota' });
    await expectLedgerTrue();
  });

  it('has one live reservation a household, whatever asks for a second', async () => {
    const first = await decided('591000000', 2);
    const second = await makeProposal(owner, {
      household: first.household,
      vacancies: [await makeVacancy(owner, { districtKato: '551000000' })],
      status: 'approved',
    });
    const other = newId();
    await owner.query(
      `insert into application (id, household_id, proposal_id, region_code, home_region_code, category, persons, state, owner, due_on,
         state_since, created_at, updated_at)
       values ($1, $2, $3, 'KZ-55', 'KZ-61', 'settlers', 2, 'interested', 'household', '2026-12-01', $4, $4, $4)`,
      [other, first.household.id, second.id, now],
    );
    const hand = { actor: 'test', at: now };
    const reserve = inTransaction(owner, async (tx) => {
      const balance = await openBalance(tx, { regionCode: 'KZ-55', category: 'settlers' }, '2026-11-22', hand);
      return reservePlaces(tx, balance, { applicationId: other, householdId: first.household.id, persons: 2 }, hand);
    });
    await expect(reserve).rejects.toMatchObject({ code: 'application.reserved_elsewhere' });
    await expectLedgerTrue();
  });

  it('is the sum of its entries under 200 concurrent decisions and random releases, and never overdrawn', async () => {
    const seed = 20_261_122;
    const regions = ['631000000', '551000000'];
    // 600 and 1655 places: East Kazakhstan is filled beyond them.
    const sizes = fc.sample(fc.integer({ min: 3, max: 9 }), { numRuns: 200, seed });
    const releases = fc.sample(fc.integer({ min: 0, max: 3 }), { numRuns: 200, seed: seed + 1 });
    const made: (Made & { id: string })[] = [];
    for (const [i, persons] of sizes.entries()) {
      const one = await applied(regions[Number(i % 4 === 0)]!, persons);
      await step(one.id, 'forward', {}, administrator);
      made.push(one);
    }
    const admin: Actor = { ...actorOf(''), id: newId(), role: 'administrator', householdId: null };
    await Promise.all(
      made.map(async ({ id, actor }, i) => {
        await persist(() => applications().act(admin, id, { action: 'decide', version: 3 }));
        if (releases[i] === 0) await persist(() => applications().withdraw(actor, id, 'changed_mind'));
        if (releases[i] === 1) {
          const { version, state } = await stateOf(id);
          // A place may be given to it in between: then it is decided anew.
          if (state === 'approved') await persist(() => applications().act(admin, id, { action: 'contract', version }));
        }
      }),
    );
    await expectLedgerTrue();
    const vko = (await quotaOf('KZ-63'))!;
    expect(vko.reserved).toBeGreaterThan(550);
    const waiting = await rows<{ id: string; persons: number }>(
      owner,
      `select id, persons from application where region_code = 'KZ-63' and state = 'waiting_quota' order by wait_order`,
    );
    // Whoever waits first does not fit, or nobody waits.
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting[0]!.persons).toBeGreaterThan(vko.persons - vko.reserved - vko.taken);
    const before = (
      await rows<{ id: string }>(
        owner,
        `select id from application where region_code = 'KZ-63' and state = 'contracted'`,
      )
    ).map(({ id }) => id);
    await Promise.all(
      before.map(async (id) =>
        persist(async () =>
          applications().act(admin, id, {
            action: 'refuse',
            version: (await stateOf(id)).version,
            reason: 'employer_declined',
          }),
        ),
      ),
    );
    await expectLedgerTrue();
    const after = await rows<{ id: string }>(
      owner,
      `select id from application where region_code = 'KZ-63' and state = 'waiting_quota' order by wait_order`,
    );
    // In order: those who still wait are the last ones.
    expect(after).toEqual(waiting.slice(waiting.length - after.length).map(({ id }) => ({ id })));
    expect(after.length).toBeLessThan(waiting.length);
  });
});

describe('time', () => {
  it('lapses a place that nobody used, over holidays to the day, and gives it to the next', async () => {
    const made = await decided('391000000', 5, administrator);
    const due = (await stateOf(made.id)).dueOn!;
    expect(due).toBe('2026-12-21');
    const before = (await quotaOf('KZ-39'))!;
    goTo('2026-12-22');
    const late = await administrator('/api/v1/applications?region=KZ-39&overdue=true');
    expect(late.body.items.map(({ id }: { id: string }) => id)).toEqual([made.id]);
    const seen = await administrator(`/api/v1/applications/${made.id}`);
    const { lapsesAfter } = seen.body.deadline as { lapsesAfter: string };
    goTo(lapsesAfter);
    await keep();
    expect((await stateOf(made.id)).state).toBe('approved');
    now = new Date(new Date(`${lapsesAfter}T04:00:00Z`).getTime() + 86_400_000);
    const job = running.app.get(JobHandlers).handlerOf('calendar', 'keep-applications');
    await job({ eventId: '' }, {} as never);
    await job({ eventId: '' }, {} as never);
    expect(await stateOf(made.id)).toMatchObject({ state: 'lapsed', owner: null });
    expect(await quotaOf('KZ-39')).toMatchObject({ reserved: before.reserved - 5 });
    await expectLedgerTrue();
  });

  it('counts working days over the change of the clocks of 1 March 2024', async () => {
    now = new Date('2024-02-29T18:30:00Z');
    const before = await applied('591000000');
    expect((await stateOf(before.id)).dueOn).toBe('2024-03-01');
    now = new Date('2024-02-29T19:30:00Z');
    const after = await applied('591000000');
    expect((await stateOf(after.id)).dueOn).toBe('2024-03-04');
    now = new Date('2024-03-01T18:59:59Z');
    const list = async (): Promise<string[]> =>
      (await officer('/api/v1/applications?overdue=true&limit=200')).body.items.map(({ id }: { id: string }) => id);
    expect(await list()).not.toContain(before.id);
    now = new Date('2024-03-01T19:00:00Z');
    expect(await list()).toContain(before.id);
    expect(await list()).not.toContain(after.id);
  });
});

describe('what time does', () => {
  it('to applications is done though a quota cannot be brought up', async () => {
    goTo('2026-11-23');
    const made = await decided('591000000', 1);
    const calendar = running.app.get(ApplicationsCalendar);
    Object.assign(calendar, { bringQuotasUp: () => Promise.reject(new Error('a broken quota')) });
    try {
      goTo('2027-11-23');
      await expect(calendar.keep()).rejects.toThrow('a broken quota');
      expect((await stateOf(made.id)).state).toBe('lapsed');
    } finally {
      delete (calendar as unknown as { bringQuotasUp?: unknown }).bringQuotasUp;
    }
  });
});

describe('the time to a decision', () => {
  const timesOf = async (region: string, of: 'forwards' | 'decisions' = 'decisions') => {
    const analyst = await signedIn(running, { role: 'analyst' });
    const times = (await analyst('/api/v1/analysis/times')).body;
    return times[of].find((one: { region: string }) => one.region === region);
  };

  it('and the time before it, until the centre forwards what it was given, stand side by side', async () => {
    goTo('2026-11-23');
    const made = [];
    for (let i = 0; i < 5; i++) made.push(await applied('471000000', 1));
    goTo('2026-12-07');
    expect(await timesOf('KZ-47', 'forwards')).toMatchObject({ ended: 0, open: 5, overdue: 5 });
    for (const { id } of made) {
      await step(id, 'forward', {}, administrator);
      await step(id, 'decide', {}, administrator);
    }
    // A centre that sat on them for two weeks and decided on the spot was not quick.
    expect(await timesOf('KZ-47')).toMatchObject({ ended: 5, medianDays: 0 });
    expect(await timesOf('KZ-47', 'forwards')).toMatchObject({ ended: 5, medianDays: 10, open: 0, overdue: 0 });
  });

  it('runs from the first forwarding, through papers that were asked for', async () => {
    goTo('2026-11-23');
    const made = [];
    for (let i = 0; i < 5; i++) made.push(await applied('311000000', 1));
    for (const { id } of made) {
      await step(id, 'forward', {}, administrator);
      await step(id, 'ask', { reason: 'papers_incomplete' }, administrator);
    }
    // The papers are the household's to bring: nothing waits for the region.
    expect(await timesOf('KZ-31')).toMatchObject({ ended: 0, open: 0 });
    goTo('2026-12-07');
    for (const { actor, id } of made) {
      await applications().bringPapers(actor, id);
      await step(id, 'forward', {}, administrator);
    }
    expect(await timesOf('KZ-31')).toMatchObject({ ended: 0, open: 5, overdue: 0 });
    goTo('2026-12-09');
    for (const { id } of made) await step(id, 'decide', {}, administrator);
    // Two days after the papers came, twelve working days after the region first had them.
    expect(await timesOf('KZ-31')).toEqual({
      region: 'KZ-31',
      ended: 5,
      medianDays: 12,
      p90Days: 12,
      open: 0,
      overdue: 0,
    });
    for (const { id } of made) await step(id, 'refuse', { reason: 'job_gone' }, administrator);
    expect((await timesOf('KZ-31')).medianDays).toBe(12);
  });

  it('ends with a refusal at any step, and shows what nobody has decided', async () => {
    goTo('2026-11-23');
    const made = [];
    for (let i = 0; i < 5; i++) made.push(await applied('191000000', 1));
    goTo('2026-11-30');
    expect(await timesOf('KZ-19', 'forwards')).toMatchObject({ ended: 0, open: 5, overdue: 5 });
    for (const { id } of made) await step(id, 'refuse', { reason: 'rules_not_met' }, administrator);
    expect(await timesOf('KZ-19')).toMatchObject({ ended: 5, medianDays: 5, open: 0, overdue: 0 });
  });
});

describe('a vacancy that closes', () => {
  const close = async (vacancyId: string): Promise<void> => {
    await owner.query(`update vacancy set status = 'closed', closed_at = $2, closed_reason = 'filled' where id = $1`, [
      vacancyId,
      now,
    ]);
    await running.app.get(WithdrawalService).applyVacancyChanges();
    await applications().afterWithdrawals({ id: 'test', role: 'system' });
  };

  it('ends mere interest, tells whoever has applied, and leaves the contract alone', async () => {
    const interested = await approvedFor('591000000');
    const { InterestsService } = await import('../../src/applications/interests.service.js');
    await running.app.get(InterestsService).express(interested.actor, interested.proposalId, []);
    const waiting = await applied('591000000');
    const contracted = await decided('591000000', 2);
    await step(contracted.id, 'contract');
    for (const { vacancyId } of [interested, waiting, contracted]) await close(vacancyId);
    const states = await rows(
      owner,
      `select a.state, a.job_lost_reason as lost, p.status from application a join proposal p on p.id = a.proposal_id
       where a.household_id = any($1) order by array_position($1, a.household_id)`,
      [[interested, waiting, contracted].map(({ household }) => household.id)],
    );
    expect(states).toEqual([
      { state: 'withdrawn', lost: null, status: 'withdrawn' },
      { state: 'applied', lost: 'vacancy_closed', status: 'withdrawn' },
      { state: 'contracted', lost: null, status: 'approved' },
    ]);
    const event = await firstRow<{ id: string }>(
      owner,
      `select id from outbox_event where topic = 'application.job_lost' and payload ->> 'applicationId' = $1`,
      [waiting.id],
    );
    await running.app.get(NotificationsService).notify(event!.id, false);
    const [message] = await rows<{ body: string }>(
      owner,
      `select body from in_app_message m join delivery d on d.id = m.delivery_id where d.event_id = $1`,
      [event!.id],
    );
    expect(message!.body).toMatch(/Бос орын жабылды[^]*Өтінішіңіз күшінде/);
    // One message is enough: the correction of the offer would say the same, and that somebody looks for other work.
    const told = newId();
    await owner.query(
      `insert into delivery (id, event_id, channel, recipient, region_code, topic, subject_id, status, message_ref, attempts, language, created_at, finished_at)
       select $1::uuid, e.id, 'in_app', $2, 'KZ-59', 'proposal.approved', $3, 'sent', $1::text, 1, 'kk', $4, $4
       from outbox_event e where e.topic = 'application.changed' and e.payload ->> 'applicationId' = $5 limit 1`,
      [told, waiting.household.id, waiting.proposalId, now, waiting.id],
    );
    const correction = await firstRow<{ id: string }>(
      owner,
      `select id from outbox_event where topic = 'proposal.withdrawn' and payload ->> 'proposalId' = $1`,
      [waiting.proposalId],
    );
    await running.app.get(NotificationsService).notify(correction!.id, false);
    expect(
      await firstRow(owner, `select status, suppressed_reason as why from delivery where event_id = $1`, [
        correction!.id,
      ]),
    ).toEqual({ status: 'suppressed', why: 'told_of_application' });
    expect(await applications().afterWithdrawals({ id: 'test', role: 'system' })).toBe(0);
  });
});

describe('a household', () => {
  it('that has become smaller keeps its job on an application that is on its way', async () => {
    const [idle, waiting] = [await approvedFor('591000000'), await applied('591000000')];
    await owner.query('update proposal set persons = persons + 1 where id = any($1::uuid[])', [
      [idle.proposalId, waiting.proposalId],
    ]);
    const withdrawals = running.app.get(WithdrawalService);
    const by = { id: 'test', role: 'system' };
    expect(await withdrawals.withdrawChanged(idle.household.id, by)).toBe(1);
    expect(await withdrawals.withdrawChanged(waiting.household.id, by)).toBe(0);
  });

  it('is told of each change once, with who has it and until when', async () => {
    const made = await applied('591000000');
    await step(made.id, 'forward');
    await step(made.id, 'refuse', { reason: 'papers_expired', note: 'Паспорт до 2025 года' });
    const events = await rows<{ id: string; region: string; payload: Record<string, string> }>(
      owner,
      `select id, region_code as region, payload from outbox_event
       where topic = 'application.changed' and payload ->> 'applicationId' = $1 order by id`,
      [made.id],
    );
    expect(events).toHaveLength(3);
    for (const { region, payload } of events) {
      expect(region).toBe('KZ-59');
      expect(Object.keys(payload).sort()).toEqual(['applicationId', 'proposalId']);
    }
    for (const { id } of events) await running.app.get(NotificationsService).notify(id, false);
    const receipts = await rows(
      owner,
      `select status, suppressed_reason as why from delivery where recipient = $1 order by event_id`,
      [made.household.id],
    );
    // The earlier two are no longer true when they are sent.
    expect(receipts).toEqual([
      { status: 'suppressed', why: 'superseded' },
      { status: 'suppressed', why: 'superseded' },
      { status: 'sent', why: null },
    ]);
    const messages = await rows<{ title: string; body: string }>(
      owner,
      `select title, body from in_app_message where household_id = $1`,
      [made.household.id],
    );
    expect(messages).toHaveLength(1);
    expect(messages[0]!.body).toContain('Паспорт до 2025 года');
  });

  it('that is erased gives its place back; its notes are gone and the ledger stays', async () => {
    const made = await applied('591000000', 2);
    await step(made.id, 'ask', { reason: 'papers_incomplete', note: 'личное' });
    await applications().bringPapers(made.actor, made.id);
    await step(made.id, 'forward');
    await step(made.id, 'decide');
    const before = (await quotaOf('KZ-59'))!;
    await running.app.get(HouseholdService).erase(made.household.id, made.actor);
    const event = await firstRow<{ id: string }>(
      owner,
      `select id from outbox_event where topic = 'household.consent_withdrawn' and payload ->> 'householdId' = $1`,
      [made.household.id],
    );
    await running.app.get(JobHandlers).handlerOf('review', 'withdraw-household')({ eventId: event!.id }, {} as never);
    expect((await stateOf(made.id)).state).toBe('withdrawn');
    expect(await quotaOf('KZ-59')).toMatchObject({ reserved: before.reserved - 2 });
    const notes = await rows(
      owner,
      `select note from application_step where application_id = $1 and note is not null`,
      [made.id],
    );
    expect(notes).toEqual([]);
    await expectLedgerTrue();
  });
});
