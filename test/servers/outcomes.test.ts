import 'reflect-metadata';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AutoApproveService } from '../../src/centres/auto-approve.service.js';
import { approvedPersons, countedHouseholds } from '../../src/centres/centre-numbers.queries.js';
import { openIn, regionsByScore } from '../../src/centres/queue.queries.js';
import { WithdrawalService } from '../../src/centres/withdrawal.service.js';
import { runCli } from '../../src/cli/cli.js';
import { untilQuiet } from '../../src/cli/demo/main-job.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { asSystem } from '../../src/database/scope.js';
import { firstRow, rows } from '../../src/database/sql.js';
import { inTransaction } from '../../src/database/transaction.js';
import { HouseholdService } from '../../src/households/household.service.js';
import { hasMoved, marketCounts, movingHouseholds } from '../../src/matching/market.queries.js';
import { HouseholdMatchesService } from '../../src/matching/household-matches.service.js';
import { RegionProposalService } from '../../src/matching/region-proposal.service.js';
import { MatchingService } from '../../src/matching/matching.service.js';
import { mismatchCounts } from '../../src/matching/mismatch.queries.js';
import { noticeSubject } from '../../src/notifications/notifications.queries.js';
import { recordEvent } from '../../src/outbox/outbox.js';
import { AnswersService } from '../../src/outcomes/answers.service.js';
import { FollowUpsService } from '../../src/outcomes/follow-ups.service.js';
import { flowCounts } from '../../src/outcomes/flows.queries.js';
import type { Answer } from '../../src/outcomes/outcome-kinds.js';
import { SecondChancesService } from '../../src/outcomes/second-chances.service.js';
import { Table3Service } from '../../src/outcomes/table-3.service.js';
import { TakenChancesService } from '../../src/outcomes/taken-chances.service.js';
import { JobHandlers } from '../../src/queue/job-handlers.js';
import { QueueService } from '../../src/queue/queue.service.js';
import type { Actor } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { Problem } from '../../src/shared/problem.js';
import { type Caller, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { makeArrival, ownActor } from '../support/arrivals.js';
import { BUILT_AT, type HouseholdWish, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { Reader } from '../support/reader.js';
import { otherEnd } from '../support/tokens.js';
import { until } from '../support/until.js';
import { migrant } from '../support/visitors.js';

jest.setTimeout(120_000);

let now = BUILT_AT;
let gateway: DemoGateway;
let running: TestApp;
let phones = 2_000_000;

beforeAll(async () => {
  gateway = await startDemoGateway();
  running = await startTestApp({ clock: { now: () => now }, config: { sms: gateway.sms, smtp: gateway.smtp } });
});
afterAll(async () => {
  await running.close();
  await gateway.close();
});
beforeEach(() => {
  now = BUILT_AT;
});

const followUps = () => running.app.get(FollowUpsService);
const answers = () => running.app.get(AnswersService);
const chances = () => running.app.get(SecondChancesService);
const on = (date: string, time = '10:00'): void => {
  now = new Date(`${date}T${time}:00+05:00`);
};
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
const stateOf = (householdId: string) =>
  rows<{ id: string; months: number; state: string; due: string; version: number }>(
    running.dataSource,
    `select id, months, state, due_on::text as due, version from follow_up where household_id = $1 order by due_on`,
    [householdId],
  );
const arrive = async (
  arrivedOn: string,
  columns: Record<string, unknown> = {},
  districtKato?: string,
  adults?: HouseholdWish['adults'],
) => {
  const phone = `+7701${++phones}`;
  const made = await makeArrival(running.dataSource, {
    arrivedOn,
    districtKato,
    household: { columns: { channel: 'sms', phone, ...columns }, ...(adults && { adults }) },
  });
  await followUps().look();
  return { ...made, phone };
};
const settled = async (householdId: string, activity: 'employed' | 'looking' = 'employed'): Promise<Answer> => {
  const { arrival } = (await answers().own(ownActor(householdId)))!;
  const adults = arrival.adults.map(({ personId }) => ({ personId, activity }));
  return { stays: true, housing: 'housed', adults };
};
/** A browser of somebody of a household, signed in. */
const readerOf = async (householdId: string): Promise<Reader> => {
  const { id, browser } = await migrant(running, gateway);
  await running.dataSource.query('update auth_user set household_id = $2 where id = $1', [id, householdId]);
  const reader = new Reader(running);
  reader.take(browser.cookies);
  return reader;
};
const smsTo = (phone: string) => gateway.arrivals.filter(({ channel, to }) => channel === 'sms' && to === phone);

describe('an arrival', () => {
  it('enters each person once and four follow-ups on working days, however many processes look', async () => {
    const { household, proposal } = await makeArrival(running.dataSource, { arrivedOn: '2026-11-22' });
    await Promise.all([followUps().look(), followUps().look(), followUps().look()]);
    await followUps().look();
    expect(
      await rows(
        running.dataSource,
        `select adult, seeker_id is not null as named from arrived_person where household_id = $1 order by position`,
        [household.id],
      ),
    ).toEqual([
      { adult: true, named: true },
      { adult: false, named: false },
      { adult: false, named: false },
    ]);
    expect((await stateOf(household.id)).map(({ months, state, due }) => [months, state, due])).toEqual([
      [1, 'due', '2026-12-22'],
      [3, 'due', '2027-02-22'],
      [6, 'due', '2027-05-24'],
      [12, 'due', '2027-11-22'],
    ]);
    const fulfilled = await firstRow<{ fulfilled: boolean }>(
      running.dataSource,
      'select fulfilled_at is not null as fulfilled from proposal where id = $1',
      [proposal.id],
    );
    expect(fulfilled).toEqual({ fulfilled: true });
    // What is fulfilled is no open proposal that a referral could take up.
    expect(await openIn(running.dataSource, household.id, 'KZ-59')).toBeUndefined();
    expect(await regionsByScore(running.dataSource, household.id, 'KZ-55')).toEqual([]);
  });

  it('counts nobody where they came from any more', async () => {
    const seekers = async () =>
      (await marketCounts(running.dataSource, '2026-11-22')).reduce((sum, count) => sum + count.seekers, 0);
    const people = async () =>
      (await mismatchCounts(running.dataSource, null, '2026-11-22')).reduce((sum, count) => sum + count.seekers, 0);
    const before = [await seekers(), await people()];
    await makeArrival(running.dataSource, { arrivedOn: '2026-11-22' });
    expect([await seekers(), await people()]).toEqual(before);
    await makeHousehold(running.dataSource, { adults: [{}] });
    expect([await seekers(), await people()]).toEqual(before.map((count) => count + 1));
  });

  it('sets the job going by its event, and by the calendar', async () => {
    const { household, applicationId } = await makeArrival(running.dataSource, { arrivedOn: '2026-11-20' });
    await inTransaction(running.dataSource, (tx) =>
      recordEvent(tx, { topic: 'application.arrived', regionCode: null, payload: { applicationId } }, now),
    );
    await until(async () => ((await stateOf(household.id)).length === 4 ? true : undefined));
    const queue = running.app.get(QueueService).queue('calendar') as unknown as {
      getJobScheduler(id: string): Promise<{ every?: number | string } | undefined>;
    };
    expect(Number((await queue.getJobScheduler('follow-up'))?.every)).toBe(600_000);
  });
});

describe('a follow-up', () => {
  it('asks on its day, in the daytime, once, with a link that answers in two taps', async () => {
    const { household, phone } = await arrive('2026-11-22');
    on('2026-12-21');
    await followUps().look();
    on('2026-12-22', '07:30');
    await followUps().look();
    expect((await stateOf(household.id))[0]!.state).toBe('due');
    on('2026-12-22', '09:00');
    await Promise.all([followUps().look(), followUps().look()]);
    await followUps().look();
    expect((await stateOf(household.id))[0]!.state).toBe('asked');
    const [sms] = await until(async () => (smsTo(phone).length > 0 ? smsTo(phone) : undefined));
    const link = /http\S+\/kk(\/settling\/\S+)/.exec(sms!.text)!;
    expect(sms!.text).toContain('ДЕМО');
    const page = await fetch(`${running.url}/kk${link[1]}`);
    expect(page.status).toBe(200);
    expect(await page.text()).not.toContain(household.id);
    const sent = await fetch(`${running.url}/kk${link[1]}/same`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
      redirect: 'manual',
    });
    expect(sent.status).toBe(303);
    expect((await stateOf(household.id)).map(({ state }) => state)).toEqual(['answered', 'due', 'due', 'due']);
    expect(
      await rows(
        running.dataSource,
        `select kind, via, told_on::text as on from outcome where household_id = $1 order by id`,
        [household.id],
      ),
    ).toEqual([
      { kind: 'employed', via: 'household', on: '2026-12-22' },
      { kind: 'housed', via: 'household', on: '2026-12-22' },
    ]);
    expect(smsTo(phone)).toHaveLength(1);
    const again = await fetch(`${running.url}/kk${link[1]}/same`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
      redirect: 'manual',
    });
    // Tapped twice: what was said once stands, and the page says thanks.
    expect([again.status, again.headers.get('location')]).toEqual([303, `/kk${link[1]}`]);
    expect(
      await rows(running.dataSource, 'select 1 from outcome where household_id = $1', [household.id]),
    ).toHaveLength(2);
  });

  it('that nobody could be asked in time, because the arrival was entered late, is left out: one message a day', async () => {
    on('2026-05-28');
    const { household, phone } = await arrive('2026-02-28');
    expect((await stateOf(household.id)).map(({ months, state }) => [months, state])).toEqual([
      [1, 'closed'],
      [3, 'asked'],
      [6, 'due'],
      [12, 'due'],
    ]);
    await until(async () => (smsTo(phone).length > 0 ? true : undefined));
    const events = await rows(
      running.dataSource,
      `select 1 from outbox_event where topic = 'follow_up.asked' and payload ->> 'householdId' = $1`,
      [household.id],
    );
    expect(events).toHaveLength(1);
  });

  it('opens by no link that was signed for something else or changed', async () => {
    const { household } = await arrive('2026-11-22');
    const [{ id }] = (await stateOf(household.id)) as unknown as [{ id: string }];
    const good = answers().linkOf(id).slice('/settling/'.length);
    expect((await answers().linked(good)).id).toBe(id);
    for (const token of [otherEnd(good), 'nothing', good.slice(0, 20)]) {
      expect(await refusal(answers().linked(token))).toBe('follow_up.link_unknown');
    }
  });

  it('is not asked about any more when it was answered before its notice went out', async () => {
    const { household, phone } = await arrive('2026-11-22');
    on('2026-12-22');
    await running.app.get(QueueService).pause('notify-kz-59');
    await followUps().look();
    await answers().tell(ownActor(household.id), await settled(household.id));
    await running.app.get(QueueService).resume('notify-kz-59');
    const receipt = await until(() =>
      firstRow<{ status: string; reason: string }>(
        running.dataSource,
        `select status, suppressed_reason as reason from delivery where recipient = $1 and finished_at is not null`,
        [household.id],
      ),
    );
    expect(receipt).toEqual({ status: 'suppressed', reason: 'follow_up_answered' });
    expect(smsTo(phone)).toEqual([]);
  });

  it('that nobody answers is the centre’s to call, and closes after two months', async () => {
    const { household } = await arrive('2026-11-22', {}, '551000000');
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-55' });
    const other = await signedIn(running, { role: 'officer', regionCode: 'KZ-39' });
    on('2026-12-22');
    await followUps().look();
    const listed = async (list: string): Promise<string[]> =>
      (await officer(`/api/v1/centre/follow-ups?list=${list}`)).body.items
        .filter((item: { householdId: string }) => item.householdId === household.id)
        .map(({ id }: { id: string }) => id);
    const [{ id }] = (await stateOf(household.id)) as unknown as [{ id: string }];
    expect([await listed('asked'), await listed('call')]).toEqual([[id], []]);
    on('2026-12-30');
    expect([await listed('asked'), await listed('call')]).toEqual([[], [id]]);

    const versionOf = async (): Promise<number> => (await officer(`/api/v1/follow-ups/${id}`)).body.version;
    expect((await officer(`/api/v1/follow-ups/${id}/take`, { method: 'POST' })).status).toBe(204);
    expect((await officer(`/api/v1/follow-ups/${id}`)).body.ownerLabel).toBe('test officer');
    const miss = async (caller: Caller, version: number) =>
      (await caller(`/api/v1/follow-ups/${id}/miss`, { body: { version } })).status;
    const version = await versionOf();
    expect([await miss(other, version), await miss(officer, version - 1), await miss(officer, version)]).toEqual([
      404, 409, 204,
    ]);
    expect((await officer(`/api/v1/follow-ups/${id}`)).body).toMatchObject({ state: 'unreached', missed: 1 });
    expect(await listed('call')).toEqual([id]);
    on('2027-02-22');
    await followUps().look();
    const [first, second] = await stateOf(household.id);
    expect([first!.state, second!.state]).toEqual(['closed', 'asked']);
    expect((await officer(`/api/v1/follow-ups/${id}/take`, { method: 'POST' })).body.code).toBe('follow_up.over');
    const trail = await rows<{ action: string }>(
      running.dataSource,
      `select action from audit_entry where subject = 'follow_up' and subject_id = $1 order by at, id`,
      [id],
    );
    expect(trail.map(({ action }) => action)).toEqual(['ask_household', 'claim', 'miss', 'close']);
  });

  it('is answered by phone once; an answer must be whole and name who arrived', async () => {
    const { household } = await arrive('2026-11-22');
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    on('2026-12-22');
    await followUps().look();
    const [{ id, version }] = (await stateOf(household.id)) as unknown as [{ id: string; version: number }];
    const { adults } = (await officer(`/api/v1/follow-ups/${id}/household`)).body;
    const personId = adults[0].personId as string;
    const answer = async (body: object) => {
      const { status, body: said } = await officer(`/api/v1/follow-ups/${id}/answer`, { body: { version, ...body } });
      return said === undefined ? status : [status, said.code, said.errors?.[0]?.field].filter(Boolean);
    };
    expect(await answer({ stays: false })).toEqual([400, 'request.invalid', 'reason']);
    expect(await answer({ stays: true, housing: 'housed' })).toEqual([400, 'request.invalid', 'adults']);
    expect(
      await answer({ stays: true, housing: 'housed', adults: [{ personId: newId(), activity: 'employed' }] }),
    ).toEqual([422, 'settling.adults_differ']);
    const whole = { stays: true, housing: 'housed', adults: [{ personId, activity: 'own_business' }] };
    expect(await answer(whole)).toBe(204);
    expect(await answer(whole)).toEqual([409, 'follow_up.over']);
    expect((await officer(`/api/v1/follow-ups/${id}/household`)).body.adults[0].activity).toBe('own_business');
  });

  it('is closed for those who went back, whose whole household counts as returned', async () => {
    const { household } = await arrive('2026-11-22');
    on('2026-12-22');
    await followUps().look();
    await answers().tell(ownActor(household.id), { stays: false, reason: 'housing' });
    expect((await stateOf(household.id)).map(({ state }) => state)).toEqual(['answered', 'closed', 'closed', 'closed']);
    const told = await rows<{ kind: string; reason: string }>(
      running.dataSource,
      'select kind, reason from outcome where household_id = $1',
      [household.id],
    );
    expect(told).toEqual(Array.from({ length: household.persons }, () => ({ kind: 'returned', reason: 'housing' })));
    expect(await refusal(answers().tell(ownActor(household.id), { stays: false, reason: 'family' }))).toBe(
      'settling.returned',
    );
  });

  it('of a return ends the application, and a return that the centre noted there is entered', async () => {
    const applicationOf = (id: string) =>
      firstRow<{ state: string; reason: string }>(
        running.dataSource,
        'select state, reason from application where id = $1',
        [id],
      );
    const told = await arrive('2026-11-22');
    await answers().tell(ownActor(told.household.id), { stays: false, reason: 'schools' });
    expect(await applicationOf(told.applicationId)).toEqual({ state: 'returned', reason: 'schools_or_services' });

    const noted = await arrive('2026-11-22');
    await running.dataSource.query(
      `update application set state = 'returned', owner = null, due_on = null, ended_at = now(), reason = 'work_lost' where id = $1`,
      [noted.applicationId],
    );
    expect(await answers().noteReturns()).toBe(1);
    expect(await answers().noteReturns()).toBe(0);
    expect(
      await rows(running.dataSource, 'select distinct kind, reason, via from outcome where household_id = $1', [
        noted.household.id,
      ]),
    ).toEqual([{ kind: 'returned', reason: 'no_job', via: 'centre' }]);
    expect(new Set((await stateOf(noted.household.id)).map(({ state }) => state))).toEqual(new Set(['closed']));
  });

  it('of a return that cannot be entered keeps no other from it', async () => {
    const noted = [await arrive('2026-11-22'), await arrive('2026-11-22')];
    await running.dataSource.query(
      `update application set state = 'returned', owner = null, due_on = null, ended_at = now(), reason = 'climate' where id = any($1)`,
      [noted.map(({ applicationId }) => applicationId)],
    );
    const returned = async (): Promise<number> =>
      (
        await rows(running.dataSource, `select from outcome where kind = 'returned' and household_id = any($1)`, [
          noted.map(({ household }) => household.id),
        ])
      ).length;
    const record = answers().record.bind(answers());
    const [first] = noted.map(({ household }) => household.id).sort();
    const broken: AnswersService['record'] = (tx, arrival, answer, told) =>
      arrival.householdId === first ? Promise.reject(new Error('not this one')) : record(tx, arrival, answer, told);
    Object.assign(answers(), { record: broken });
    try {
      await expect(answers().noteReturns()).rejects.toThrow('not this one');
      expect(await returned()).toBe(noted[0]!.household.persons);
    } finally {
      delete (answers() as Partial<AnswersService>).record;
    }
    await answers().noteReturns();
    expect(await returned()).toBe(2 * noted[0]!.household.persons);
  });

  it('of a return ends the application also of who had settled before they answered, so that they are matched and may apply again', async () => {
    const { household, applicationId } = await arrive('2026-11-22');
    on('2027-11-23');
    await followUps().look();
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const settle = { action: 'settle', version: 1 };
    expect((await officer(`/api/v1/applications/${applicationId}/steps`, { body: settle })).status).toBe(200);
    expect(await hasMoved(running.dataSource, household.id)).toBe(true);
    await answers().tell(ownActor(household.id), { stays: false, reason: 'climate' });
    const steps = await rows<{ state: string }>(
      running.dataSource,
      'select to_state as state from application_step where application_id = $1 order by at, id',
      [applicationId],
    );
    expect(steps.map(({ state }) => state)).toEqual(['settled', 'returned']);
    expect(await hasMoved(running.dataSource, household.id)).toBe(false);
    const matched = await movingHouseholds(running.dataSource, ['KZ-61'], [household.id]);
    expect(matched.map(({ id }) => id)).toEqual([household.id]);
  });

  it('of a return can be noted by the centre of who had settled, too', async () => {
    const { household, applicationId } = await arrive('2026-11-22');
    on('2027-11-23');
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const act = (body: object) => officer(`/api/v1/applications/${applicationId}/steps`, { body });
    const settled = await act({ action: 'settle', version: 1 });
    const listed = await officer('/api/v1/applications?state=settled');
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toContain(applicationId);
    expect((await officer(`/api/v1/applications/${applicationId}`)).body.actions).toEqual(['return']);
    expect((await act({ action: 'return', version: settled.body.version, reason: 'climate' })).status).toBe(200);
    await answers().noteReturns();
    expect((await answers().own(ownActor(household.id)))!.arrival.returned).toBe(true);
  });

  it.each(['arrived', 'settled'] as const)(
    'of a return that was recorded by mistake is set right by the centre: who had %s has so again, and figures follow',
    async (before) => {
      const { household, applicationId } = await arrive('2026-11-22');
      const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
      const act = (body: object) => officer(`/api/v1/applications/${applicationId}/steps`, { body });
      if (before === 'settled') {
        on('2027-11-23');
        expect((await act({ action: 'settle', version: 1 })).status).toBe(200);
      }
      await answers().tell(ownActor(household.id), { stays: false, reason: 'climate' });
      expect((await stateOf(household.id)).map(({ state }) => state)).toEqual(Array(4).fill('closed'));
      const { version, actions } = (await officer(`/api/v1/applications/${applicationId}`)).body;
      expect(actions).toEqual(['take_back']);
      expect((await act({ action: 'take_back', version })).body.code).toBe('application.reason_needed');
      const other = await signedIn(running, { role: 'officer', regionCode: 'KZ-55' });
      const steps = `/api/v1/applications/${applicationId}/steps`;
      expect((await other(steps, { body: { action: 'take_back', version, reason: 'told_by_mistake' } })).status).toBe(
        404,
      );
      const news = () =>
        rows(
          running.dataSource,
          `select from outbox_event where topic = 'application.changed' and payload ->> 'applicationId' = $1`,
          [applicationId],
        );
      const newsBefore = (await news()).length;
      // Who has applied again since has gone back indeed.
      const anew = newId();
      // A district of its own, and for nobody else: the run that the return has asked for may propose in the others meanwhile.
      const closed = { status: 'closed', closed_reason: 'expired', closed_at: now };
      const elsewhere = await makeVacancy(running.dataSource, { districtKato: '595000000', columns: closed });
      const again = await makeProposal(running.dataSource, { household, vacancies: [elsewhere], status: 'approved' });
      await running.dataSource.query(
        `insert into application (id, household_id, proposal_id, region_code, home_region_code, category, persons, state, owner, due_on,
           quota_year, state_since, created_at, updated_at)
         select $1, household_id, $2, region_code, home_region_code, category, persons, 'applied', 'career_centre', '2028-01-10', quota_year,
           $3, $3, $3 from application where id = $4`,
        [anew, again.id, now, applicationId],
      );
      const refused = await act({ action: 'take_back', version, reason: 'told_by_mistake' });
      expect([refused.status, refused.body.code]).toEqual([409, 'application.moved_on']);
      await running.dataSource.query('delete from application where id = $1', [anew]);
      await running.dataSource.query(`update proposal set status = 'rejected' where id = $1`, [again.id]);
      const back = await act({ action: 'take_back', version, reason: 'told_by_mistake', note: 'They called.' });
      // Nobody is welcomed again, nor told that a year is over.
      expect(await news()).toHaveLength(newsBefore);
      expect([back.status, back.body.state, back.body.endedAt === null]).toEqual([200, before, before === 'arrived']);
      // Why stands with the step; the household reads that it has arrived, as before.
      expect(back.body).toMatchObject({ reason: null, note: null });
      expect(back.body.steps).toContainEqual(
        expect.objectContaining({ action: 'take_back', reason: 'told_by_mistake', note: 'They called.' }),
      );
      await until(async () => ((await answers().own(ownActor(household.id)))!.arrival.returned ? undefined : true));
      expect(await hasMoved(running.dataSource, household.id)).toBe(true);
      expect((await stateOf(household.id)).map(({ state }) => state)).not.toContain('closed');
      // They go on as before: what they say now counts, also another return.
      await answers().tell(ownActor(household.id), await settled(household.id));
      await answers().tell(ownActor(household.id), { stays: false, reason: 'family' });
      expect((await answers().own(ownActor(household.id)))!.arrival.returned).toBe(true);
    },
  );

  it('of a return is asked once more on the page and by the link before it is recorded', async () => {
    const { household, phone } = await arrive('2026-11-22');
    on('2026-12-22');
    await followUps().look();
    const [sms] = await until(async () => (smsTo(phone).length > 0 ? smsTo(phone) : undefined));
    const link = /http\S+\/kk(\/settling\/\S+)/.exec(sms!.text)![1]!;
    const gone = { stays: 'no', reason: 'climate' };
    const returned = async () => (await answers().own(ownActor(household.id)))!.arrival.returned;
    for (const [reader, path] of [
      [new Reader(running), link],
      [await readerOf(household.id), '/my/settling'],
    ] as const) {
      const asked = await reader.send(await reader.open(`/en${path}`), gone, path);
      expect([asked.status, asked.$('h1').text(), await returned()]).toEqual([
        200,
        'Have you really gone back?',
        false,
      ]);
      if (path !== link) await reader.send(asked, {});
    }
    expect(await returned()).toBe(true);
  });

  it('that cannot be asked keeps no return from being entered: the job does the rest, fails and runs again', async () => {
    const { household, applicationId } = await arrive('2026-11-22');
    await running.dataSource.query(
      `update application set state = 'returned', owner = null, due_on = null, ended_at = now(), reason = 'climate' where id = $1`,
      [applicationId],
    );
    const job = running.app.get(JobHandlers).handlerOf('calendar', 'follow-up');
    const broken = { look: () => Promise.reject(new Error('no look today')) };
    Object.assign(followUps(), broken);
    try {
      await expect(job({ eventId: '' }, {} as never)).rejects.toThrow('no look today');
    } finally {
      delete (followUps() as Partial<FollowUpsService>).look;
    }
    expect((await answers().own(ownActor(household.id)))!.arrival.returned).toBe(true);
  });

  it('is nobody’s who has not arrived', async () => {
    const { id } = await makeHousehold(running.dataSource);
    expect(await answers().own(ownActor(id))).toBeNull();
    expect(await refusal(answers().tell(ownActor(id), { stays: false, reason: 'other' }))).toBe('settling.not_arrived');
  });
});

describe('a step that the table of states does not allow', () => {
  const refusals = (id: string) =>
    rows(
      running.dataSource,
      `select subject, region_code as region, from_state as "from", to_state as "to", reason, details ->> 'asked' as asked
       from audit_entry where subject_id = $1 and action = 'refused_action'`,
      [id],
    );
  const noted = { region: 'KZ-59', to: null, reason: 'transition.illegal' };

  it('of a follow-up is refused and noted', async () => {
    const { household } = await arrive('2026-11-22');
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const { id, version } = (await stateOf(household.id))[0]!;
    const { body } = await officer(`/api/v1/follow-ups/${id}/miss`, { body: { version } });
    expect(body).toMatchObject({ status: 409, code: 'transition.illegal' });
    expect(await refusals(id)).toEqual([{ ...noted, subject: 'follow_up', from: 'due', asked: 'miss' }]);
  });

  it('of a follow-up that is over, told on the phone, is refused and noted', async () => {
    const { household } = await arrive('2026-11-22');
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const { id, version } = (await stateOf(household.id))[0]!;
    const { adults } = (await officer(`/api/v1/follow-ups/${id}/household`)).body;
    const activities = adults.map(({ personId }: { personId: string }) => ({ personId, activity: 'employed' }));
    const said = { version, stays: true, housing: 'housed', adults: activities };
    expect((await officer(`/api/v1/follow-ups/${id}/answer`, { body: said })).status).toBe(204);
    const { body } = await officer(`/api/v1/follow-ups/${id}/answer`, { body: said });
    expect(body).toMatchObject({ status: 409, code: 'follow_up.over' });
    expect(await refusals(id)).toEqual([
      { ...noted, subject: 'follow_up', from: 'answered', asked: 'answer', reason: 'follow_up.over' },
    ]);
  });

  it.each([
    ['reject', { reason: 'post_filled' }],
    ['refer', { reason: 'better_chance_elsewhere', region: 'KZ-55' }],
  ])('of a proposal is refused and noted: %s', async (asked, decision) => {
    const { id, version } = await makeProposal(running.dataSource, { status: 'approved' });
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const { body } = await officer(`/api/v1/centre/proposals/${id}/${asked}`, { body: { version, ...decision } });
    expect(body).toMatchObject({ status: 409, code: 'transition.illegal' });
    expect(await refusals(id)).toEqual([{ ...noted, subject: 'proposal', from: 'approved', asked }]);
  });
});

describe('a household that went back', () => {
  it('is ranked, and approved by a centre’s rule, as one that never moved', async () => {
    const { dataSource } = running;
    const { household: back } = await arrive('2026-11-22');
    await answers().tell(ownActor(back.id), { stays: false, reason: 'climate' });
    // Whoever went back is matched at once, by a job.
    const matched = `select from outbox_event where topic = 'match.requested' and payload ->> 'householdId' = $1
      having bool_and(finished_at is not null)`;
    await until(async () => ((await rows(dataSource, matched, [back.id])).length > 0 ? true : undefined));
    // The same household but for that.
    const columns = { channel: 'sms', phone: `+7701${++phones}` };
    const never = await makeHousehold(dataSource, { adults: [{}], children: 2, columns });
    const region = 'KZ-39';
    await makeVacancy(dataSource, { districtKato: '391600000', openings: 40, housing: 'provided' });
    const rules = running.app.get(AutoApproveService);
    const supervisor = { ...ownActor(''), householdId: null, role: 'supervisor', regionCode: region } as const;
    const terms = { enabled: true, minScore: 1, sectors: [], housingRequired: true, allAdultsPlaced: true };
    await rules.setRule(supervisor, region, terms);
    now = new Date(now.getTime() + 60_000);
    const outcomeOf = async (householdId: string) => {
      const own = [householdId, region];
      await dataSource.query('delete from proposal where household_id = $1 and region_code = $2', own);
      const { runId } = await running.app.get(MatchingService).run('test', { householdId });
      await rules.applyRules(runId);
      return rows(
        dataSource,
        // But for the price of a post to which others were sent already.
        `select p.district_kato, p.status, p.decided_by is not null as decided,
                jsonb_path_query_array(pl.parts, '$[*] ? (@.code != "part.congestion")') as parts
         from proposal p join placement pl on pl.proposal_id = p.id
         where p.household_id = $1 and p.region_code = $2 and p.run_id = $3`,
        [...own, runId],
      );
    };
    const ofBack = await outcomeOf(back.id);
    expect(ofBack).toEqual([expect.objectContaining({ status: 'approved', decided: true })]);
    expect(await outcomeOf(never.id)).toEqual(ofBack);
    await rules.setRule(supervisor, region, { ...terms, enabled: false });
  });
});

describe('a return', () => {
  it('that the centre takes back, or notes again, while others are entered is entered by its last word', async () => {
    const both = [await arrive('2026-11-22'), await arrive('2026-11-22')];
    const arrivals = await rows<{ id: string; applicationId: string; householdId: string }>(
      running.dataSource,
      `select id, application_id as "applicationId", household_id as "householdId" from arrival where household_id = any($1) order by id`,
      [both.map(({ household }) => household.id)],
    );
    const [first, second] = arrivals as [(typeof arrivals)[0], (typeof arrivals)[0]];
    const say = (state: 'returned' | 'arrived', id: string) =>
      running.dataSource.query(
        state === 'returned'
          ? `update application set state = 'returned', owner = null, due_on = null, ended_at = now(), reason = 'climate' where id = $1`
          : `update application set state = 'arrived', owner = 'reception_centre', due_on = '2027-11-22', ended_at = null, reason = null
             where id = $1`,
        [id],
      );
    const hasReturned = async (householdId: string) => (await answers().own(ownActor(householdId)))!.arrival.returned;
    for (const { applicationId } of arrivals) await say('returned', applicationId);
    const record = answers().record.bind(answers());
    const meanwhile: AnswersService['record'] = async (tx, arrival, answer, told) => {
      await record(tx, arrival, answer, told);
      if (arrival.arrivalId === first.id) await say('arrived', second.applicationId);
    };
    Object.assign(answers(), { record: meanwhile });
    try {
      await answers().noteReturns();
    } finally {
      delete (answers() as Partial<AnswersService>).record;
    }
    expect([await hasReturned(first.householdId), await hasReturned(second.householdId)]).toEqual([true, false]);
    await say('returned', second.applicationId);
    await answers().noteReturns();
    for (const { applicationId } of arrivals) await say('arrived', applicationId);
    const resume = chances().resume.bind(chances());
    const again: SecondChancesService['resume'] = async (tx, arrivalId) => {
      await resume(tx, arrivalId);
      if (arrivalId === first.id) await say('returned', second.applicationId);
    };
    Object.assign(chances(), { resume: again });
    try {
      await answers().noteTakenBack();
    } finally {
      delete (chances() as Partial<SecondChancesService>).resume;
    }
    expect([await hasReturned(first.householdId), await hasReturned(second.householdId)]).toEqual([false, true]);
  });

  it('that is taken back of who has erased themselves since is closed all the same: only the count is set right', async () => {
    const { household, applicationId } = await arrive('2026-10-22');
    await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
    await answers().tell(ownActor(household.id), { stays: false, reason: 'climate' });
    const administrator: Actor = { ...ownActor(household.id), role: 'administrator', householdId: null };
    await running.app.get(HouseholdService).erase(household.id, administrator);
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const { version } = (await officer(`/api/v1/applications/${applicationId}`)).body;
    const back = { action: 'take_back', version, reason: 'told_by_mistake' };
    expect((await officer(`/api/v1/applications/${applicationId}/steps`, { body: back })).status).toBe(200);
    await answers().noteTakenBack();
    const found = await firstRow<{ returned: boolean }>(
      running.dataSource,
      `select exists (select from standing_outcome o where o.arrival_id = r.id and o.kind = 'returned') as returned
       from arrival r where r.household_id = $1`,
      [household.id],
    );
    expect(found).toEqual({ returned: false });
    expect(new Set((await stateOf(household.id)).map(({ state }) => state))).toEqual(new Set(['closed']));
    expect(
      await rows(running.dataSource, 'select state from second_chance where household_id = $1', [household.id]),
    ).toEqual([{ state: 'ended' }]);
  });
});

describe('a second chance', () => {
  it('comes as a proposal of the same region, also in the same district, and a run over all leaves it alone', async () => {
    await makeVacancy(running.dataSource, { openings: 200, employment: 'temporary' });
    const { household, proposal } = await arrive('2026-10-22');
    await makeVacancy(running.dataSource, { openings: 3 });
    await makeVacancy(running.dataSource, { openings: 3, districtKato: '551000000' });
    await running.app.get(MatchingService).run('test');
    const made = () =>
      rows<{ id: string; region: string; district: string; status: string; from: string | null }>(
        running.dataSource,
        `select id, region_code as region, district_kato as district, status, referred_from_id as "from" from proposal
         where household_id = $1 and id <> $2`,
        [household.id, proposal.id],
      );
    // Whoever has arrived is matched no more.
    expect(await made()).toEqual([]);
    await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
    const chance = await until(() =>
      firstRow<{ proposal_id: string }>(
        running.dataSource,
        `select proposal_id from second_chance where household_id = $1 and state = 'proposed'`,
        [household.id],
      ),
    );
    const found = await made();
    expect(found).toEqual([
      { id: chance.proposal_id, region: 'KZ-59', district: '591000000', status: 'waiting', from: proposal.id },
    ]);
    await running.app.get(MatchingService).run('test');
    expect(await made()).toEqual(found);
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const { items } = (await officer('/api/v1/centre/queue?limit=200')).body;
    expect(items.find(({ id }: { id: string }) => id === chance.proposal_id)).toMatchObject({ secondChance: ['job'] });
    // The household sees until when the centre decides, and that it has.
    const decidedBy = async () => (await answers().own(ownActor(household.id)))!.chances[0]!.decidedBy;
    const due = await firstRow<{ on: string }>(
      running.dataSource,
      'select due_on::text as on from proposal where id = $1',
      [chance.proposal_id],
    );
    expect(await decidedBy()).toBe(due!.on);
    // Turned down, it is looked for again; found elsewhere, it is over.
    const { version } = items.find(({ id }: { id: string }) => id === chance.proposal_id);
    const turnedDown = await officer(`/api/v1/centre/proposals/${chance.proposal_id}/reject`, {
      body: { version, reason: 'post_filled' },
    });
    expect(turnedDown.status).toBe(200);
    expect(await decidedBy()).toBeNull();
    const settlingPage = await (await readerOf(household.id)).open('/en/my/settling');
    expect(settlingPage.text).toContain(
      'We are looking again in this region for a job. What we found before came to nothing.',
    );
    expect(settlingPage.text).not.toContain('page.settling.');
    expect(settlingPage.$(`main .notice a[href$="/my/matches/${chance.proposal_id}"]`)).toHaveLength(0);
    await running.dataSource.query(
      `update vacancy set status = 'closed', closed_at = now() where district_kato = '591000000'`,
    );
    await chances().search();
    const chanceState = async () =>
      (await firstRow<{ state: string }>(
        running.dataSource,
        'select state from second_chance where household_id = $1',
        [household.id],
      ))!.state;
    expect(await chanceState()).toBe('searching');
    await answers().tell(ownActor(household.id), await settled(household.id));
    expect(await chanceState()).toBe('ended');
  });

  /** A household that lost its job, with the proposal of its second chance, approved by the centre on the present day. */
  const approvedChance = async () => {
    const { household } = await arrive('2026-10-22');
    await makeVacancy(running.dataSource, { openings: 3 });
    await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
    const { id, version } = await until(() =>
      firstRow<{ id: string; version: number }>(
        running.dataSource,
        `select p.id, p.version from second_chance c join proposal p on p.id = c.proposal_id
         where c.household_id = $1 and c.state = 'proposed'`,
        [household.id],
      ),
    );
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    expect((await officer(`/api/v1/centre/proposals/${id}/approve`, { body: { version } })).status).toBe(200);
    return { household, officer, proposalId: id };
  };
  const chanceOf = async (householdId: string) => (await answers().own(ownActor(householdId)))!.chances;
  const endOf = (householdId: string) =>
    rows(
      running.dataSource,
      'select state, ended_reason as reason from second_chance where household_id = $1 order by opened_at',
      [householdId],
    );
  const proposalState = (id: string) =>
    firstRow<{ status: string; reason: string | null; fulfilled: boolean }>(
      running.dataSource,
      'select status, reason, fulfilled_at is not null as fulfilled from proposal where id = $1',
      [id],
    );
  /** Whether a notice on a proposal would say that other work is looked for. */
  const wordsOfSearch = async (householdId: string, proposalId: string): Promise<boolean> => {
    const [eventId, deliveryId] = [newId(), newId()];
    await running.dataSource.query(
      `insert into outbox_event (id, topic, payload, created_at, enqueued_at) values ($1, 'proposal.withdrawn', '{}', $2, $2)`,
      [eventId, now],
    );
    await running.dataSource.query(
      `insert into delivery (id, event_id, channel, recipient, topic, subject_id, status, message_ref, created_at)
       values ($1, $2, 'in_app', $3, 'proposal.withdrawn', $4, 'failed', 'x', $5)`,
      [deliveryId, eventId, householdId, proposalId, now],
    );
    return (await noticeSubject(running.dataSource, deliveryId))!.searching;
  };
  const closeVacancyOf = async (proposalId: string) => {
    await running.dataSource.query(
      `update vacancy set status = 'closed', closed_at = now() where id in (select vacancy_id from placement where proposal_id = $1)`,
      [proposalId],
    );
    await running.app.get(WithdrawalService).applyVacancyChanges();
  };

  it.each(['household', 'centre'] as const)(
    'is taken, as the %s says: a vacancy that closes takes nothing back, and a job lost again is a new one',
    async (who) => {
      const { household, officer, proposalId } = await approvedChance();
      // Ten working days from Sunday: whose turn it is and until when is seen.
      expect(await chanceOf(household.id)).toMatchObject([
        { state: 'proposed', takeBy: '2026-12-04', decidedBy: null },
      ]);
      const reader = await readerOf(household.id);
      const page = await reader.open('/en/my/settling');
      expect(page.text).toContain('say here by December 4, 2026 that you have taken the job');
      const other = await signedIn(running, { role: 'officer', regionCode: 'KZ-55' });
      const noted = `/api/v1/centre/proposals/${proposalId}/taken`;
      expect((await other(noted, { method: 'POST' })).body.code).toBe('proposal.unknown');
      if (who === 'centre') {
        expect((await officer(`/ru/centre/cases/${proposalId}`)).text).toContain('до 4 декабря 2026');
        expect((await officer(noted, { method: 'POST' })).status).toBe(204);
      } else {
        expect((await reader.send(page, {}, '/my/settling/taken')).status).toBe(200);
      }
      expect((await officer(noted, { method: 'POST' })).body.code).toBe('second_chance.none');
      await closeVacancyOf(proposalId);
      expect(await proposalState(proposalId)).toEqual({ status: 'approved', reason: null, fulfilled: true });
      expect(
        await rows(
          running.dataSource,
          'select state, ended_reason as reason from second_chance where household_id = $1',
          [household.id],
        ),
      ).toEqual([{ state: 'ended', reason: 'taken' }]);
      expect((await answers().own(ownActor(household.id)))!.arrival.adults).toMatchObject([{ activity: 'employed' }]);
      // It lives there already: the job promises no second move.
      const matches = await running.app.get(HouseholdMatchesService).matches(ownActor(household.id), household.id);
      const refusals = new Map(matches.map(({ id, support }) => [id, support.refusal?.code ?? null]));
      expect(refusals.get(proposalId)).toBe('support.moved_already');
      await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
      expect((await chanceOf(household.id)).filter(({ state }) => state !== 'ended')).toHaveLength(1);
      // Gone back, it is promised nothing there any more.
      const promised = async () => [
        await approvedPersons(running.dataSource, 'KZ-59', 2026),
        (await flowCounts(running.dataSource, ['KZ-59'])).reduce((sum, flow) => sum + flow.approvedPersons, 0),
        (await countedHouseholds(running.dataSource, 'KZ-59', 2026, [household.id])).size,
      ];
      const [persons, flowing] = await promised();
      await answers().tell(ownActor(household.id), { stays: false, reason: 'climate' });
      expect(await promised()).toEqual([persons, flowing, 0]);
    },
  );

  it.each([
    ['none', ['job'], ['job'], []],
    ['none', ['job', 'home'], ['job', 'home'], []],
    ['provided', ['job', 'home'], ['job'], ['housed']],
  ] as const)(
    'with a post for one of two (housing: %s) is taken: of %j it goes on for %j',
    async (housing, lost, left, homeFound) => {
      const { dataSource } = running;
      const { household } = await arrive('2026-10-22', {}, undefined, [{}, {}]);
      // Nobody seeks: what is proposed is what the test says.
      await dataSource.query('update seeker set seeks_work = false where household_id = $1', [household.id]);
      const answer = await settled(household.id);
      await answers().tell(ownActor(household.id), answer);
      const trouble = lost.some((one) => one === 'home') ? 'housing_trouble' : 'housed';
      const looking = { ...(await settled(household.id, 'looking')), housing: trouble } as Answer;
      await answers().tell(ownActor(household.id), looking);
      const vacancies = [await makeVacancy(dataSource, { housing })];
      const { id } = await makeProposal(dataSource, { household, vacancies, status: 'approved' });
      await dataSource.query(
        `update second_chance set state = 'proposed', proposal_id = $2 where household_id = $1 and state = 'searching'`,
        [household.id, id],
      );
      const outcomes = () =>
        rows<{ id: string; kind: string }>(
          dataSource,
          'select id, kind from outcome where household_id = $1 and person_id is null order by id',
          [household.id],
        );
      const before = await outcomes();
      await running.app.get(TakenChancesService).own(ownActor(household.id));
      expect((await outcomes()).slice(before.length).map(({ kind }) => kind)).toEqual(homeFound);
      const [open, taken] = await chanceOf(household.id);
      expect(taken).toMatchObject({ state: 'ended', lost, proposalId: id });
      expect(open).toMatchObject({ state: 'searching', lost: left, proposalId: null });
      expect((await answers().own(ownActor(household.id)))!.arrival.adults.map(({ activity }) => activity)).toEqual([
        'employed',
        'looking',
      ]);
    },
  );

  it('that nobody takes in time goes back: its post is free, and another is looked for', async () => {
    const { household, proposalId } = await approvedChance();
    on('2026-12-04', '23:00');
    await chances().search();
    expect(await chanceOf(household.id)).toMatchObject([{ state: 'proposed', proposalId }]);
    on('2026-12-05', '00:30');
    const vacanciesOf = async (id: string) =>
      (
        await rows<{ id: string }>(
          running.dataSource,
          'select vacancy_id as id from placement where proposal_id = $1',
          [id],
        )
      ).map((one) => one.id);
    await chances().search();
    await until(async () => ((await proposalState(proposalId))!.status === 'withdrawn' ? true : undefined));
    expect((await proposalState(proposalId))!.reason).toBe('second_chance_over');
    expect(await chanceOf(household.id)).toMatchObject([{ state: 'searching', proposalId, takeBy: null }]);
    expect(await wordsOfSearch(household.id, proposalId)).toBe(true);
    // The one it let go is still the best there is; the notice that is written late still tells the truth.
    await makeVacancy(running.dataSource, { openings: 3 });
    await chances().search();
    const [chance] = await chanceOf(household.id);
    expect(chance).toMatchObject({ state: 'proposed', proposalId: expect.not.stringMatching(proposalId) });
    const [left] = await vacanciesOf(proposalId);
    expect(await vacanciesOf(chance!.proposalId!)).not.toContain(left);
    expect(await wordsOfSearch(household.id, proposalId)).toBe(true);
    await running.dataSource.query('update seeker set seeks_work = false where household_id = $1', [household.id]);
    expect(await wordsOfSearch(household.id, proposalId)).toBe(false);
  });

  it('that was approved before days were counted has all of them from the day on which they began to be', async () => {
    const { household, officer, proposalId } = await approvedChance();
    await running.dataSource.query(`update proposal set decided_at = '2026-10-25' where id = $1`, [proposalId]);
    await running.dataSource.query(`update second_chance set take_from = $2 where proposal_id = $1`, [proposalId, now]);
    await chances().search();
    expect(await chanceOf(household.id)).toMatchObject([{ state: 'proposed', takeBy: '2026-12-04' }]);
    expect((await officer(`/ru/centre/cases/${proposalId}`)).text).toContain('до 4 декабря 2026');
  });

  it('that cannot be looked for again is told of once, and keeps no other from its turn', async () => {
    const [broken, other] = [await approvedChance(), await approvedChance()];
    on('2026-12-05', '00:30');
    // A look that an earlier test asked for would take the one that fails before this one does.
    await asSystem(() => untilQuiet(running.app, AbortSignal.timeout(60_000)));
    const proposals = running.app.get(RegionProposalService);
    Object.assign(proposals, {
      proposeInRegion: (_: unknown, wish: { householdId: string }) =>
        wish.householdId === broken.household.id ? Promise.reject(new Error('not this one')) : Promise.resolve(null),
    });
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    try {
      await chances().search();
      for (const { proposalId } of [broken, other]) {
        await until(async () => (await proposalState(proposalId))!.status === 'withdrawn');
      }
      await expect(chances().search()).rejects.toThrow('not this one');
      const { id } = (await chanceOf(broken.household.id))[0]!;
      const lines = warned.mock.calls.map(([line]) => String(line)).filter((line) => line.includes('not this one'));
      expect(lines).toEqual([`The second chance ${id} could not be looked for: not this one`]);
      expect(await chanceOf(other.household.id)).toMatchObject([{ state: 'searching' }]);
    } finally {
      warned.mockRestore();
      delete (proposals as Partial<RegionProposalService>).proposeInRegion;
    }
  });

  it('of who has gone back takes its proposal with it: nobody is told of a job in the town they left', async () => {
    const { household, proposalId } = await approvedChance();
    await answers().tell(ownActor(household.id), { stays: false, reason: 'climate' });
    await until(async () => ((await proposalState(proposalId))!.status === 'withdrawn' ? true : undefined));
    expect(await proposalState(proposalId)).toEqual({
      status: 'withdrawn',
      reason: 'second_chance_over',
      fulfilled: false,
    });
    // Whoever has gone back is not told that another job is looked for there.
    expect(await wordsOfSearch(household.id, proposalId)).toBe(false);
  });

  it('that an answer ends takes the approved job only where it says so', async () => {
    const { household, proposalId } = await approvedChance();
    const reader = await readerOf(household.id);
    const page = await reader.open('/en/my/settling');
    expect(page.$('input[name=tookJob]')).toHaveLength(2);
    const found = { stays: 'yes', activity1: 'employed', housing: 'housed' };
    const unsaid = await reader.send(page, found, '/my/settling');
    expect(unsaid.status).toBe(422);
    expect((await chanceOf(household.id))[0]).toMatchObject({ state: 'proposed' });
    expect((await reader.send(page, { ...found, tookJob: 'yes' }, '/my/settling')).status).toBe(200);
    await running.app.get(WithdrawalService).withdrawSecondChance(proposalId, { id: 'test', role: 'system' });
    await closeVacancyOf(proposalId);
    expect(await proposalState(proposalId)).toEqual({ status: 'approved', reason: null, fulfilled: true });
    expect(await endOf(household.id)).toEqual([{ state: 'ended', reason: 'taken' }]);
    expect((await reader.open('/en/my/settling')).$('input[name=tookJob]')).toHaveLength(0);
    // It lives there: a job there is applied for nowhere.
    expect((await reader.open(`/en/my/matches/${proposalId}/sheet`)).text).not.toContain('What to bring');
  });

  it('of a lost home and a lost job is for the job alone once a home is found again', async () => {
    const { household } = await arrive('2026-10-22');
    await running.dataSource.query('update seeker set seeks_work = false where household_id = $1', [household.id]);
    const looking = await settled(household.id, 'looking');
    await answers().tell(ownActor(household.id), { ...looking, housing: 'housing_trouble' } as Answer);
    expect((await chanceOf(household.id))[0]).toMatchObject({ state: 'searching', lost: ['job', 'home'] });
    await answers().tell(ownActor(household.id), looking);
    expect(await chanceOf(household.id)).toMatchObject([{ state: 'searching', lost: ['job'] }]);
    expect(
      await rows(
        running.dataSource,
        `select action, reason from audit_entry where subject = 'second_chance'
           and subject_id = (select id from second_chance where household_id = $1) order by id`,
        [household.id],
      ),
    ).toEqual([
      { action: 'create', reason: 'job_and_home' },
      { action: 'change', reason: 'job' },
    ]);
    await answers().tell(ownActor(household.id), await settled(household.id));
    expect(await endOf(household.id)).toEqual([{ state: 'ended', reason: 'found' }]);
  });

  it('is not the post that was lost, nor one that somebody of the household has', async () => {
    const { household, proposal } = await arrive('2026-10-22');
    const lost = await firstRow<{ id: string }>(
      running.dataSource,
      'select vacancy_id as id from placement where proposal_id = $1',
      [proposal.id],
    );
    await running.dataSource.query(
      `update vacancy set openings = 5, housing = 'provided', pay_min_tenge = 900000, pay_max_tenge = 900000 where id = $1`,
      [lost!.id],
    );
    await makeVacancy(running.dataSource, { openings: 3, housing: 'none' });
    await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
    const found = await until(() =>
      firstRow<{ id: string }>(
        running.dataSource,
        `select pl.vacancy_id as id from second_chance c join placement pl on pl.proposal_id = c.proposal_id
         where c.household_id = $1 and c.state = 'proposed'`,
        [household.id],
      ),
    );
    expect(found.id).not.toBe(lost!.id);
  });

  it('of who found other work gives the approved job back; silence on it is no answer', async () => {
    const { household, proposalId, officer } = await approvedChance();
    const silent = await settled(household.id);
    const refused = { status: 422, code: 'settling.took_job_missing', fields: [{ field: 'tookJob' }] };
    await expect(answers().tell(ownActor(household.id), silent)).rejects.toMatchObject(refused);
    const { id, version } = (await stateOf(household.id)).find(({ state }) => state !== 'answered')!;
    const called = await officer(`/api/v1/follow-ups/${id}/answer`, { body: { ...silent, version } });
    expect([called.status, called.body.code]).toEqual([422, 'settling.took_job_missing']);
    expect(await chanceOf(household.id)).toMatchObject([{ state: 'proposed' }]);
    await answers().tell(ownActor(household.id), { ...silent, tookJob: false } as Answer);
    await until(async () => ((await proposalState(proposalId))!.status === 'withdrawn' ? true : undefined));
    expect(await proposalState(proposalId)).toEqual({
      status: 'withdrawn',
      reason: 'second_chance_over',
      fulfilled: false,
    });
    expect(await endOf(household.id)).toEqual([{ state: 'ended', reason: 'found' }]);
  });

  it('of who lost a home is for whoever seeks work, of a lost job for those alone who look for one', async () => {
    const { dataSource } = running;
    const { household } = await arrive('2026-10-22', {}, '391000000', [{}, {}]);
    await makeVacancy(dataSource, { districtKato: '391000000', openings: 5, housing: 'provided' });
    const placed = async () => {
      const found = await until(() =>
        firstRow<{ id: string }>(
          dataSource,
          `select proposal_id as id from second_chance where household_id = $1 and state = 'proposed'`,
          [household.id],
        ),
      );
      const of = await rows<{ position: number }>(
        dataSource,
        'select s.position from placement pl join seeker s on s.id = pl.seeker_id where pl.proposal_id = $1 order by 1',
        [found.id],
      );
      return of.map(({ position }) => position);
    };
    const both = await settled(household.id);
    if (!both.stays) throw new Error('they stay');
    const [first, second] = both.adults;
    const halfWithoutWork: Answer = { ...both, adults: [first!, { ...second!, activity: 'looking' }] };
    await answers().tell(ownActor(household.id), both);
    await answers().tell(ownActor(household.id), halfWithoutWork);
    expect(await placed()).toEqual([2]);
    await answers().tell(ownActor(household.id), both);
    // Until what was found is taken back it holds its district.
    const [{ proposalId: found } = {}] = await chanceOf(household.id);
    await until(async () => (await proposalState(found!))!.status === 'withdrawn');
    await answers().tell(ownActor(household.id), { ...both, housing: 'housing_trouble' });
    expect(await placed()).toEqual([1, 2]);
    await answers().tell(ownActor(household.id), both);
    // Who lost the job is not among those who seek: what the other one seeks helps nobody here.
    await dataSource.query('update seeker set seeks_work = position = 1 where household_id = $1', [household.id]);
    await answers().tell(ownActor(household.id), halfWithoutWork);
    const hindrance = async () => (await answers().own(ownActor(household.id)))!.chances[0]!.hindrance;
    expect(await hindrance()).toBe('nobody_seeks');
    await answers().tell(ownActor(household.id), { ...halfWithoutWork, housing: 'housing_trouble' });
    expect(await hindrance()).toBeNull();
  });

  it('offers a job again that was let go for another one, once that one is lost too', async () => {
    const { dataSource } = running;
    const { household, proposalId } = await approvedChance();
    const posts = (id: string) =>
      rows<{ id: string }>(dataSource, 'select vacancy_id as id from placement where proposal_id = $1', [id]);
    const letGo = await posts(proposalId);
    await answers().tell(ownActor(household.id), { ...(await settled(household.id)), tookJob: false } as Answer);
    await until(async () => ((await proposalState(proposalId))!.status === 'withdrawn' ? true : undefined));
    now = new Date(now.getTime() + 30 * 86_400_000);
    await dataSource.query(
      `update vacancy set status = 'closed', closed_at = now() where status = 'open' and region_code = 'KZ-59' and id <> $1`,
      [letGo[0]!.id],
    );
    await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
    const again = await until(async () =>
      (await chanceOf(household.id)).find(({ state, proposalId: id }) => state === 'proposed' && id !== proposalId),
    );
    expect(await posts(again.proposalId!)).toEqual(letGo);
  });

  it('whose job one of two took, as the centre was told on the phone, goes on for the other', async () => {
    const { dataSource } = running;
    const { household } = await arrive('2026-10-22', {}, undefined, [{}, {}]);
    await dataSource.query('update seeker set seeks_work = false where household_id = $1', [household.id]);
    await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
    const { id: proposalId } = await makeProposal(dataSource, { household, status: 'approved' });
    await dataSource.query(
      `update second_chance set state = 'proposed', proposal_id = $2 where household_id = $1 and state = 'searching'`,
      [household.id, proposalId],
    );
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const { id, version } = (await stateOf(household.id)).find(({ state }) => state !== 'answered')!;
    const { adults, approvedJobs } = (await officer(`/api/v1/follow-ups/${id}/household`)).body;
    expect(approvedJobs).toHaveLength(1);
    const said = {
      version,
      stays: true,
      housing: 'housed',
      adults: adults.map(({ personId, position }: { personId: string; position: number }) => ({
        personId,
        activity: position === 1 ? 'employed' : 'looking',
      })),
      tookJob: true,
    };
    expect((await officer(`/api/v1/follow-ups/${id}/answer`, { body: said })).status).toBe(204);
    expect(await proposalState(proposalId)).toMatchObject({ status: 'approved', fulfilled: true });
    const [open, taken] = await chanceOf(household.id);
    expect(taken).toMatchObject({ state: 'ended', proposalId });
    expect(open).toMatchObject({ state: 'searching', lost: ['job'], proposalId: null });
  });

  it.each([
    ['no_consent', 'update household set consent_matching_at = null where id = $1', '/en/my/household/consents'],
    ['nobody_seeks', 'update seeker set seeks_work = false where household_id = $1', '/en/my/household'],
  ])('that nothing can come of says so, and how to mend it: %s', async (hindrance, change, mendedAt) => {
    const { household } = await arrive('2026-10-22');
    await running.dataSource.query(change, [household.id]);
    await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
    expect(await chanceOf(household.id)).toMatchObject([{ state: 'searching', hindrance }]);
    const page = await (await readerOf(household.id)).open('/en/my/settling');
    expect(page.text).not.toContain('We search every day');
    expect(page.$(`main .notice a[href="${mendedAt}"]`)).toHaveLength(1);
  });

  it('of a lost home looks only for posts with one, and goes on looking', async () => {
    const { household } = await arrive('2026-10-22', {}, '391000000');
    await makeVacancy(running.dataSource, { districtKato: '391000000', housing: 'none', openings: 3 });
    const answer = { ...(await settled(household.id)), housing: 'housing_trouble' } as Answer;
    await running.dataSource.query(`update vacancy set housing = 'none' where region_code = 'KZ-39'`);
    await answers().tell(ownActor(household.id), answer);
    const chance = async () =>
      (await firstRow<{ state: string; lost: string[]; tried: boolean }>(
        running.dataSource,
        `select state, lost, tried_at is not null as tried from second_chance where household_id = $1`,
        [household.id],
      ))!;
    await until(async () => ((await chance()).tried ? true : undefined));
    expect(await chance()).toMatchObject({ state: 'searching', lost: ['home'] });
    // The household sees when it is looked for again.
    expect((await answers().own(ownActor(household.id)))!.chances).toMatchObject([{ searchesOn: '2026-11-23' }]);
    await makeVacancy(running.dataSource, { districtKato: '391000000', housing: 'provided', openings: 3 });
    await chances().search();
    expect((await chance()).state).toBe('searching');
    now = new Date(now.getTime() + 25 * 3_600_000);
    await chances().search();
    expect((await chance()).state).toBe('proposed');
  });

  it.each([
    ['has written its new town as its home', `home_region_code = 'KZ-59', home_district_kato = '591000000'`],
    ['wishes to move no more', 'wishes_move = false'],
  ])('is found and approved for a family that %s', async (_, change) => {
    const { household } = await arrive('2026-10-22');
    await makeVacancy(running.dataSource, { openings: 3 });
    await running.dataSource.query(`update household set ${change} where id = $1`, [household.id]);
    await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
    const chance = await until(() =>
      firstRow<{ id: string; region: string; version: number }>(
        running.dataSource,
        `select p.id, p.region_code as region, p.version from second_chance c join proposal p on p.id = c.proposal_id
         where c.household_id = $1 and c.state = 'proposed'`,
        [household.id],
      ),
    );
    expect(chance.region).toBe('KZ-59');
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const { version } = chance;
    const approved = await officer(`/api/v1/centre/proposals/${chance.id}/approve`, { body: { version } });
    expect([approved.status, approved.body.code, approved.body.status]).toEqual([200, undefined, 'approved']);
  });

  it('that cannot be looked for has had its turn: it is tried again a day later', async () => {
    const { household } = await arrive('2026-10-22');
    const proposals = running.app.get(RegionProposalService);
    Object.assign(proposals, { proposeInRegion: () => Promise.reject(new Error('not now')) });
    try {
      await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
      const tried = `select state from second_chance where household_id = $1 and tried_at is not null`;
      const chance = await until(() => firstRow<{ state: string }>(running.dataSource, tried, [household.id]));
      expect(chance.state).toBe('searching');
    } finally {
      delete (proposals as Partial<RegionProposalService>).proposeInRegion;
    }
  });

  it('that an outage cut off has not had its turn', async () => {
    const { household } = await arrive('2026-10-22');
    const proposals = running.app.get(RegionProposalService);
    const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    Object.assign(proposals, { proposeInRegion: () => Promise.reject(away) });
    try {
      await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
      await expect(chances().search()).rejects.toBe(away);
      expect(
        await rows(running.dataSource, 'select state, tried_at from second_chance where household_id = $1', [
          household.id,
        ]),
      ).toEqual([{ state: 'searching', tried_at: null }]);
    } finally {
      delete (proposals as Partial<RegionProposalService>).proposeInRegion;
    }
  });

  it('is found though the lists have left out both regions of the move since', async () => {
    const { household } = await arrive('2026-10-22');
    await makeVacancy(running.dataSource, { openings: 3 });
    const lists = await rows(
      running.dataSource,
      `delete from programme_region where region_code in ('KZ-59', 'KZ-61') returning *`,
    );
    await answers().tell(ownActor(household.id), await settled(household.id, 'looking'));
    const proposed = `select from second_chance where household_id = $1 and state = 'proposed'`;
    await until(() => firstRow(running.dataSource, proposed, [household.id]));
    await running.dataSource.query(
      'insert into programme_region select * from jsonb_populate_recordset(null::programme_region, $1)',
      [JSON.stringify((lists as unknown as [unknown[]])[0])],
    );
  });

  it('a vacancy that closes takes nothing back from those who have arrived', async () => {
    const { proposal } = await arrive('2026-10-22');
    await running.dataSource.query(
      `update vacancy set status = 'closed', closed_at = now() where id in (select vacancy_id from placement where proposal_id = $1)`,
      [proposal.id],
    );
    await running.app.get(WithdrawalService).applyVacancyChanges();
    expect(await rows(running.dataSource, 'select status from proposal where id = $1', [proposal.id])).toEqual([
      { status: 'approved' },
    ]);
  });
});

describe('support that was paid', () => {
  it('is recorded once by the region’s centre, in force on its day, and can be taken back', async () => {
    const { household } = await arrive('2026-10-22');
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const other = await signedIn(running, { role: 'officer', regionCode: 'KZ-55' });
    const path = `/api/v1/households/${household.id}/payments`;
    const pay = async (body: object, caller = officer) => {
      const answer = await caller(path, {
        body: { measure: 'moving_grant', tenge: 908_250, paidOn: '2026-11-20', ...body },
      });
      return [answer.status, answer.body?.code ?? answer.body?.payee];
    };
    expect(await pay({}, other)).toEqual([404, 'household.not_found']);
    expect(await pay({ paidOn: '2026-11-23' })).toEqual([422, 'payment.ahead']);
    expect(await pay({ paidOn: '2026-02-30' })).toEqual([400, 'programme.date_invalid']);
    expect(await pay({ measure: 'housing_certificate', paidOn: '2022-05-05' })).toEqual([422, 'payment.not_in_force']);
    expect((await pay({ tenge: 0 }))[0]).toBe(400);
    await running.dataSource.query(
      `update application set state = 'refused', arrived_on = null, owner = null, due_on = null, ended_at = now() where household_id = $1`,
      [household.id],
    );
    expect(await pay({})).toEqual([422, 'payment.no_decision']);
    await running.dataSource.query(
      `update application set state = 'settled', arrived_on = '2026-10-22' where household_id = $1`,
      [household.id],
    );
    expect(await pay({})).toEqual([201, 'household']);
    expect(await pay({})).toEqual([409, 'payment.repeated']);
    expect(await pay({ measure: 'employer_subsidy', tenge: 1_730_000 })).toEqual([201, 'employer']);
    const [{ id }] = (await officer(path)).body.filter(
      ({ measure }: { measure: string }) => measure === 'moving_grant',
    );
    expect((await other(`/api/v1/payments/${id}/void`, { method: 'POST' })).body.code).toBe('payment.unknown');
    expect((await officer(`/api/v1/payments/${id}/void`, { method: 'POST' })).status).toBe(204);
    expect((await officer(`/api/v1/payments/${id}/void`, { method: 'POST' })).status).toBe(204);
    expect(await pay({})).toEqual([201, 'household']);
    const analyst = await signedIn(running, { role: 'analyst' });
    const { tenge } = (await analyst('/api/v1/analysis/payments?year=2026')).body;
    const row = tenge.regions.indexOf('KZ-59');
    // Of one household: nothing of it is told.
    expect([tenge.cells[row], tenge.sums[row], tenge.total]).toEqual([[null, 0, 0, 0, null], null, null]);
    expect((await analyst('/api/v1/analysis/payments?year=1999')).body.code).toBe('payment.year_invalid');
  });
});

describe('erasing and having one’s own', () => {
  it('leaves how people were, of nobody, and asks them no more', async () => {
    const { household } = await arrive('2026-11-22');
    const administrator: Actor = { ...ownActor(household.id), role: 'administrator', householdId: null };
    await running.app.get(HouseholdService).erase(household.id, administrator);
    expect((await stateOf(household.id)).map(({ state }) => state)).toEqual(['closed', 'closed', 'closed', 'closed']);
    on('2026-12-22');
    await followUps().look();
    expect((await stateOf(household.id)).map(({ state }) => state)).toEqual(['closed', 'closed', 'closed', 'closed']);
  });
});

describe('a household that was erased before its arrival was entered', () => {
  it('is counted like everybody, of nobody, and asked nothing', async () => {
    // A job of the calendar that another test caused waits here: it would enter the arrival before the erasure.
    const household = await inTransaction(running.dataSource, async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', ['arrivals']);
      const arrived = await makeArrival(running.dataSource, { arrivedOn: '2026-11-20' });
      const administrator: Actor = { ...ownActor(arrived.household.id), role: 'administrator', householdId: null };
      await running.app.get(HouseholdService).erase(arrived.household.id, administrator);
      return arrived.household;
    });
    await followUps().look();
    expect(
      await rows(
        running.dataSource,
        'select adult, seeker_id from arrived_person where household_id = $1 order by position',
        [household.id],
      ),
    ).toEqual([
      { adult: true, seeker_id: null },
      { adult: false, seeker_id: null },
      { adult: false, seeker_id: null },
    ]);
    expect(await stateOf(household.id)).toEqual([]);
  });
});

describe('Table 3', () => {
  it('comes out of the ledger by counting people, entered once', async () => {
    const table = running.app.get(Table3Service);
    const [first, second] = await Promise.all([table.enter(), table.enter()]);
    expect([first, second].sort((a, b) => a - b)).toEqual([0, 16_990]);
    const { rows: counted, returnedOfKnown } = await table.count();
    expect(
      counted.map(({ regionCode, moved, returned, active, employed, ownBusiness, activeOtherwise }) => [
        regionCode, moved, returned, active, employed, ownBusiness, activeOtherwise,
      ]), // prettier-ignore
    ).toEqual([
      ['KZ-39', 2441, 275, 1068, 999, 69, 0],
      ['KZ-59', 6765, 495, 3197, 2242, 378, 577],
      ['KZ-55', 6363, null, null, null, null, null],
      ['KZ-63', 1421, null, null, null, null, null],
    ]);
    expect(counted.map(({ activePercent }) => activePercent?.toFixed(1))).toEqual([
      '43.8',
      '47.3',
      undefined,
      undefined,
    ]);
    expect(returnedOfKnown).toMatchObject({ returned: 770, moved: 9206 });
    expect(returnedOfKnown!.percent.toFixed(2)).toBe('8.36');
  });

  it('is printed by one command', async () => {
    const printed: string[] = [];
    const run = (...args: string[]) =>
      runCli(args, {
        config: running.config,
        language: 'en',
        interactive: false,
        print: (line) => void printed.push(line),
        remark: () => undefined,
        signal: new AbortController().signal,
        migrate: () => Promise.resolve([]),
        withServices: (work) => work(running.app),
      });
    expect(await run('outcomes', '--table-3')).toBe(0);
    expect(printed.join('\n')).toMatch(
      /KZ-39 +2441 +275 +1068 +999 +69 +0 +43\.8\nKZ-59 +6765 +495 +3197 +2242 +378 +577 +47\.3/,
    );
    expect(printed.join('\n')).toContain('Returned: 770 of 9,206, 8.36 %.');
    printed.length = 0;
    expect(await run('outcomes', '--table-3', '--json')).toBe(0);
    expect(JSON.parse(printed.join(''))).toMatchObject({
      source: 'seed-table-3',
      synthetic: true,
      returnedOfKnown: { returned: 770, moved: 9206 },
    });
    printed.length = 0;
    expect(await run('outcomes', '--json')).toBe(0);
    expect(JSON.parse(printed.join(''))).toMatchObject({ source: 'application', synthetic: false });
  });

  it('pollutes no other figure', async () => {
    const analyst = await signedIn(running, { role: 'analyst' });
    const before = (await analyst('/api/v1/analysis/outcomes')).body;
    await running.app.get(Table3Service).enter();
    const { asOf: _, ...after } = (await analyst('/api/v1/analysis/outcomes')).body;
    expect({ ...before, asOf: undefined }).toEqual({ ...after, asOf: undefined });
    expect(Math.max(...after.adults.sums.map((sum: number | null) => sum ?? 0))).toBeLessThan(100);
  });
});

describe('what the analyst is told', () => {
  it('is of no fewer than five households, however many persons they are', async () => {
    // Eight adults, but four families: the persons would tell of them.
    for (let i = 0; i < 4; i++) {
      const { household } = await makeArrival(running.dataSource, {
        arrivedOn: '2026-10-22',
        districtKato: '101000000',
        household: { adults: [{}, {}] },
      });
      await followUps().look();
      await answers().tell(ownActor(household.id), { stays: false, reason: 'climate' });
    }
    const analyst = await signedIn(running, { role: 'analyst' });
    const { adults } = (await analyst('/api/v1/analysis/outcomes')).body;
    const row = adults.regions.indexOf('KZ-10');
    expect([adults.cells[row][adults.columns.indexOf('returned')], adults.sums[row]]).toEqual([null, null]);
  });

  it('is by region and kind, with small numbers and what would give them away as null', async () => {
    for (let i = 0; i < 6; i++) {
      const { household } = await arrive('2026-10-22', {}, '631000000');
      await answers().tell(ownActor(household.id), await settled(household.id));
    }
    for (const reason of ['no_job', 'housing'] as const) {
      const { household } = await arrive('2026-10-22', {}, '631000000');
      await answers().tell(ownActor(household.id), { stays: false, reason });
    }
    const analyst = await signedIn(running, { role: 'analyst' });
    const { adults } = (await analyst('/api/v1/analysis/outcomes')).body;
    const row = adults.regions.indexOf('KZ-63');
    const cell = (column: string): number | null => adults.cells[row][adults.columns.indexOf(column)];
    expect([cell('employed'), cell('returned')].filter((count) => count === 6 || count === null)).toHaveLength(2);
    expect(cell('returned')).toBeNull();
    for (const line of [...adults.cells, adults.sums, adults.columnSums])
      for (const count of line) expect(count === null || count === 0 || count >= 5).toBe(true);
    const returns = (await analyst('/api/v1/analysis/returns')).body;
    expect(
      returns.households.cells.flat().filter((count: number | null) => count !== null && count > 0 && count < 5),
    ).toEqual([]);
    for (const [r, line] of returns.households.cells.entries())
      for (const [c, count] of line.entries()) expect(returns.persons.cells[r][c] === null).toBe(count === null);
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-63' });
    expect((await officer('/api/v1/analysis/outcomes')).status).toBe(403);
  });
});

describe('the analyst’s pages', () => {
  it('and their files say the same in every language, small numbers hidden', async () => {
    const analyst = await signedIn(running, { role: 'analyst' });
    for (const path of ['outcomes', 'payments', 'times', 'quotas']) {
      for (const language of ['kk', 'ru', 'en']) {
        const page = await analyst(`/${language}/analyst/${path}`);
        expect([path, language, page.status]).toEqual([path, language, 200]);
        expect(page.text).not.toMatch(/page\.(analyst|payments)\.|undefined|NaN/);
        // Every page stands somewhere in the menu.
        expect([path, page.text]).toEqual([
          path,
          expect.stringMatching(/<nav class="desk".* aria-current="(page|true)".*<\/nav>/s),
        ]);
      }
    }
    expect((await analyst('/ru/analyst/payments?year=soon')).status).toBe(422);
    for (const file of ['adults', 'housing', 'returns', 'persons'].map((name) => `outcomes-${name}`)) {
      const { status, text, headers } = await analyst(`/ru/analyst/${file}.csv`);
      expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
      const lines = text.trimEnd().split('\r\n');
      expect(new Set(lines.map((line) => line.split(';').length)).size).toBe(1);
      expect(lines.at(-1)).toMatch(/^Всего;/);
    }
    expect((await analyst('/ru/analyst/outcomes-adults.csv')).text).toContain('<5');
    for (const file of ['payments', 'times-forwards', 'times-decisions', 'times-answers'])
      expect((await analyst(`/kk/analyst/${file}.csv`)).status).toBe(200);
    const { decisions } = (await analyst('/api/v1/analysis/times')).body;
    // Each builder's application was decided ten days after it was forwarded.
    const region = decisions.find((one: { region: string }) => one.region === 'KZ-59');
    expect(region.ended).toBeGreaterThanOrEqual(5);
    expect(region.medianDays).toBeGreaterThan(4);
  });
});

describe('the match with which a household has moved', () => {
  it('is compared with nothing on its pages: one month, where it lives', async () => {
    const { household, proposal } = await arrive('2026-11-22', {}, undefined, [{ columns: { pay_tenge: 77_000 } }]);
    const reader = await readerOf(household.id);
    for (const part of ['', '/sheet', '/print']) {
      const page = await reader.open(`/en/my/matches/${proposal.id}${part}`);
      expect([part, page.status]).toEqual([part, 200]);
      expect(page.text).not.toMatch(/77,000|Turkistan|before you move|If you stay|page\.(my|money)\./);
      if (part === '/print') continue;
      expect(page.text).toContain('A month there (North Kazakhstan');
      expect(page.text).toContain('what you pay for a home there is not known');
    }
    const sheet = await reader.open(`/en/my/matches/${proposal.id}/sheet`);
    expect(
      sheet
        .$('main input[name^=rent]')
        .toArray()
        .map((one) => sheet.$(one).attr('name')),
    ).toEqual(['rentThere']);
    const counted = await reader.open(`/en/my/matches/${proposal.id}/sheet?rentThere=50000`);
    expect(counted.text).not.toContain('is not known');
  });
});

describe('the migrant’s and the centre’s pages', () => {
  it('ask, record and refuse in words', async () => {
    on('2026-12-22');
    const { household } = await arrive('2026-11-22');
    await followUps().look();
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-59' });
    const [{ id }] = (await stateOf(household.id)) as unknown as [{ id: string }];
    for (const language of ['kk', 'ru', 'en']) {
      for (const path of [
        `follow-ups`,
        `follow-ups?list=asked`,
        `follow-ups/${id}`,
        `households/${household.id}/payments`,
      ]) {
        const page = await officer(`/${language}/centre/${path}`);
        expect([path, language, page.status]).toEqual([path, language, 200]);
        expect(page.text).not.toMatch(/page\.(follow_ups|settling|payments)\.|undefined/);
      }
    }
    const known = (await officer(`/ru/centre/follow-ups/${id}`)).text.split('Последнее, что известно')[1] ?? '';
    // Whoever came for a job need not have it: an officer reads only what was said.
    expect(known.split('<form')[0]).not.toContain('работает');
    const send = (path: string, fields: Record<string, string>) =>
      officer(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      });
    const empty = await send(`/ru/centre/follow-ups/${id}/answer`, { version: '2' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('Ответьте и на это');
    const wrong = await send(`/ru/centre/households/${household.id}/payments`, {
      measure: 'rent',
      tenge: 'x',
      paidOn: 'y',
    });
    expect(wrong.status).toBe(422);
    const link = answers().linkOf(id);
    const asked = await fetch(`${running.url}/ru${link}`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    expect([asked.status, (await asked.text()).includes('Вы живёте здесь')]).toEqual([422, true]);
    const crossSite = await fetch(`${running.url}/ru${link}/same`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
      // As a browser sends a form.
      body: new URLSearchParams({ nothing: 'known' }),
    });
    expect(crossSite.status).toBe(403);
  });
});

describe('who sees follow-ups', () => {
  it('a household its own through the program’s own policies, another program none', async () => {
    const { household } = await arrive('2026-11-22');
    const system = await signedIn(running, { role: 'system' });
    expect((await system('/api/v1/centre/follow-ups?region=KZ-59')).status).toBe(403);
    const administrator = await signedIn(running, { role: 'administrator' });
    expect((await administrator('/api/v1/centre/follow-ups')).body.code).toBe('centre.region_required');
    expect((await administrator('/api/v1/centre/follow-ups?region=KZ-59&list=coming')).status).toBe(200);
    expect((await administrator('/api/v1/centre/follow-ups?region=KZ-59&cursor=x')).body.code).toBe(
      'page.cursor_invalid',
    );
    const officer = await signedIn(running, { role: 'officer', regionCode: 'KZ-55' });
    expect((await officer('/api/v1/centre/follow-ups?region=KZ-59')).body.code).toBe('auth.region_forbidden');
    const [{ id }] = (await stateOf(household.id)) as unknown as [{ id: string }];
    expect((await officer(`/api/v1/follow-ups/${id}`)).body.code).toBe('follow_up.unknown');
  });
});

it('a proposal that waits beside an arrival is not touched by it', async () => {
  const { household } = await makeArrival(running.dataSource, { arrivedOn: '2026-11-22' });
  const vacancies = [await makeVacancy(running.dataSource, { districtKato: '551000000' })];
  const other = await makeProposal(running.dataSource, { household, vacancies });
  await followUps().look();
  expect(await rows(running.dataSource, 'select status, fulfilled_at from proposal where id = $1', [other.id])).toEqual(
    [{ status: 'waiting', fulfilled_at: null }],
  );
});
