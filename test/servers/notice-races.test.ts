import 'reflect-metadata';
import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ReviewService } from '../../src/centres/review.service.js';
import { WithdrawalService } from '../../src/centres/withdrawal.service.js';
import { type Arrival, type DemoGateway, type Treatment, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { rows } from '../../src/database/sql.js';
import { HouseholdService } from '../../src/households/household.service.js';
import { NotificationsService } from '../../src/notifications/notifications.service.js';
import type { Actor } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { BUILT_AT, type MadeProposal, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestApp, startTestApp } from '../support/app.js';

jest.setTimeout(120_000);

/** What happens to a proposal or a household while its notice is on the way: decisions are those of the real services. */
describe('a notice that something overtakes', () => {
  let app: TestApp;
  let gateway: DemoGateway;
  let treat: (arrival: Arrival) => Treatment;
  /** Called when a message reaches the gateway, before it is treated. */
  let reached: () => void;
  let number = 0;

  beforeAll(async () => {
    gateway = await startDemoGateway({
      treat: (arrival) => {
        reached();
        return treat(arrival);
      },
    });
    app = await startTestApp({
      role: 'api',
      clock: { now: () => BUILT_AT },
      config: { sms: gateway.sms, smtp: gateway.smtp },
    });
  });
  beforeEach(() => {
    treat = () => ({ do: 'take' });
    reached = () => undefined;
    gateway.arrivals.length = 0;
  });
  afterAll(async () => {
    await app.close();
    await gateway.close();
  });

  const officer = (role: Actor['role'] = 'officer'): Actor => ({
    id: newId(),
    label: 'test',
    role,
    regionCode: role === 'officer' ? 'KZ-59' : null,
    employerId: null,
    householdId: null,
    via: 'token',
  });
  const reviews = () => app.app.get(ReviewService);
  const notify = (eventId: string, lastAttempt = false) =>
    app.app.get(NotificationsService).notify(eventId, lastAttempt);
  const proposal = async (): Promise<MadeProposal> => {
    const phone = `+7702${String(++number).padStart(7, '0')}`;
    const household = await makeHousehold(app.dataSource, {
      adults: [{}],
      columns: { channel: 'sms', phone, language: 'ru' },
    });
    return makeProposal(app.dataSource, { household, vacancies: [await makeVacancy(app.dataSource)] });
  };
  const events = (made: MadeProposal, topic: string) =>
    rows<{ id: string }>(
      app.dataSource,
      `select id from outbox_event where payload->>'proposalId' = $1 and topic = $2 order by id`,
      [made.id, topic],
    );
  const eventOf = async (made: MadeProposal, topic: string): Promise<string> => (await events(made, topic)).at(-1)!.id;
  const approved = async (): Promise<{ made: MadeProposal; approval: string }> => {
    const made = await proposal();
    await reviews().approve(officer(), made.id, { version: 1 });
    return { made, approval: await eventOf(made, 'proposal.approved') };
  };
  const receipts = (made: MadeProposal, topic = '%') =>
    rows<{ status: string }>(
      app.dataSource,
      `select channel, status, error_code, suppressed_reason, in_doubt, attempts, finished_at is not null as finished
       from delivery where subject_id = $1 and topic like $2 order by id`,
      [made.id, topic],
    );
  const messages = (made: MadeProposal) =>
    rows<{ title: string }>(app.dataSource, `select title from in_app_message where household_id = $1 order by id`, [
      made.householdId,
    ]);
  /** Resolves when a message is at the gateway, which answers it only when `answer` is called. */
  const held = (): { atGateway: Promise<void> } => ({
    atGateway: new Promise<void>((resolve) => (reached = resolve)),
  });
  const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

  it('is corrected when it falls back in-app while the correction waits for it', async () => {
    const { made, approval } = await approved();
    treat = () => ({ do: 'refuse', code: 7, afterMs: 1_200 });
    const { atGateway } = held();
    const telling = notify(approval);
    await atGateway;
    const actor = { id: 'test', role: 'system' };
    await app.app.get(WithdrawalService).withdrawAsked(made.householdId, actor);
    treat = () => ({ do: 'take' });
    const correcting = notify(await eventOf(made, 'proposal.withdrawn'));
    await Promise.all([telling, correcting]);
    expect(await receipts(made)).toMatchObject([
      { channel: 'sms', status: 'failed', error_code: 'sms.invalid_number' },
      { channel: 'sms', status: 'sent' },
      { channel: 'in_app', status: 'sent' },
    ]);
    expect(gateway.arrivals).toMatchObject([{ text: expect.stringMatching(/просим прощения/i) }]);
    expect(await messages(made)).toHaveLength(1);
  });

  it.each([
    ['erased', (id: string) => app.app.get(HouseholdService).erase(id, officer('administrator'))],
    [
      'without consent',
      (id: string) => app.dataSource.query(`update household set consent_notices_at = null where id = $1`, [id]),
    ],
  ])('writes nothing in-app for a household that is %s by then', async (_, take) => {
    const { made, approval } = await approved();
    treat = () => ({ do: 'refuse', code: 7, afterMs: 800 });
    const { atGateway } = held();
    const telling = notify(approval);
    await atGateway;
    await take(made.householdId);
    await telling;
    expect(await messages(made)).toEqual([]);
    expect(await receipts(made)).toMatchObject([
      { channel: 'sms', status: 'failed', error_code: 'sms.invalid_number', finished: true },
      { channel: 'in_app', status: 'suppressed', suppressed_reason: 'consent_missing', finished: true },
    ]);
  });

  describe('asks for information', () => {
    const returned = async (): Promise<{ made: MadeProposal; first: Actor }> => {
      const made = await proposal();
      const first = officer();
      await reviews().returnForInformation(first, made.id, { version: 1, reason: 'diploma_missing' });
      return { made, first };
    };

    it('once, in the later words, when the proposal was returned twice before the queue came to it', async () => {
      const { made, first } = await returned();
      await reviews().claim(first, made.id);
      await reviews().returnForInformation(first, made.id, { version: 3, reason: 'wishes_unclear' });
      const both = await events(made, 'proposal.returned');
      expect(both).toHaveLength(2);
      for (const { id } of both) await notify(id);
      expect(await receipts(made)).toMatchObject([
        { status: 'suppressed', suppressed_reason: 'superseded' },
        { status: 'sent' },
      ]);
      expect(gateway.arrivals).toHaveLength(1);
      expect(gateway.arrivals[0]!.text).not.toMatch(/диплом/i);
    });

    it('although an officer has taken the proposal up meanwhile, or given it back', async () => {
      const { made } = await returned();
      const second = officer();
      await reviews().claim(second, made.id);
      await notify(await eventOf(made, 'proposal.returned'));
      expect(gateway.arrivals).toMatchObject([{ text: expect.stringMatching(/диплом/i) }]);

      const other = await returned();
      await reviews().claim(second, other.made.id);
      await reviews().release(second, other.made.id);
      await notify(await eventOf(other.made, 'proposal.returned'));
      expect(gateway.arrivals).toHaveLength(2);
    });

    it('no more once the proposal has been decided', async () => {
      const { made } = await returned();
      const second = officer();
      const { version } = await reviews().claim(second, made.id);
      await reviews().reject(second, made.id, { version, reason: 'household_declined' });
      await notify(await eventOf(made, 'proposal.returned'));
      expect(await receipts(made)).toMatchObject([{ status: 'suppressed', suppressed_reason: 'proposal_rejected' }]);
      expect(gateway.arrivals).toEqual([]);
    });
  });

  it('waits for who holds its receipt, on its last attempt too, and is in no doubt about that', async () => {
    const { made, approval } = await approved();
    const program = app.app.get(DataSource);
    const transaction = program.transaction.bind(program) as (work: unknown) => Promise<unknown>;
    const holder = app.dataSource.createQueryRunner();
    // What a correction does that comes between the claim of the receipt and the send.
    const overtaken = jest.spyOn(program, 'transaction').mockImplementationOnce(async (work) => {
      await holder.startTransaction();
      await holder.query(`select from delivery where event_id = $1 for update`, [approval]);
      const sending = transaction(work);
      await Promise.race([sending.catch(() => undefined), pause(500)]);
      await holder.commitTransaction();
      return sending;
    });
    await notify(approval, true);
    overtaken.mockRestore();
    await holder.release();
    expect(await receipts(made)).toMatchObject([{ status: 'sent', in_doubt: false, attempts: 1, finished: true }]);
    expect(gateway.arrivals).toHaveLength(1);
  });

  it('is in no doubt when a fault of our own kept it from the gateway', async () => {
    const { made, approval } = await approved();
    const program = app.app.get(DataSource);
    const fault = jest.spyOn(program, 'transaction').mockRejectedValueOnce(new Error('Connection terminated'));
    await expect(notify(approval)).rejects.toThrow('Connection terminated');
    fault.mockRestore();
    await notify(approval);
    expect(await receipts(made)).toMatchObject([{ status: 'sent', in_doubt: false, attempts: 2, finished: true }]);
  });

  it('leaves a trace of every send, though an older run of its job writes a failure over its claim', async () => {
    const { made, approval } = await approved();
    treat = () => ({ do: 'refuse', code: 3, afterMs: 300 });
    const { atGateway } = held();
    const program = app.app.get(DataSource);
    const transaction = program.transaction.bind(program) as (work: unknown) => Promise<unknown>;
    let newer: Promise<unknown> = Promise.resolve();
    let claimed = (): void => undefined;
    const newerClaimed = new Promise<void>((resolve) => (claimed = resolve));
    const order = jest
      .spyOn(program, 'transaction')
      // The older run has claimed; it locks the receipt only after the newer one has claimed it too.
      .mockImplementationOnce(async (work) => {
        newer = notify(approval);
        await newerClaimed;
        return transaction(work);
      })
      .mockImplementationOnce(async (work) => {
        claimed();
        await atGateway;
        return transaction(work);
      });
    await expect(notify(approval)).rejects.toThrow('sms.no_money');
    const statuses: Promise<{ status: string }[]>[] = [];
    reached = () => statuses.push(receipts(made));
    treat = () => ({ do: 'take', afterMs: 300 });
    await newer;
    order.mockRestore();
    expect(await Promise.all(statuses)).toMatchObject([[{ status: 'sending' }]]);
    expect(await receipts(made)).toMatchObject([{ status: 'sent', finished: true }]);
    expect(gateway.arrivals).toHaveLength(1);
  });
});
