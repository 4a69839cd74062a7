import 'reflect-metadata';
import { jest } from '@jest/globals';
import { TokenService } from '../../src/auth/token.service.js';
import { Channels } from '../../src/channels/channels.js';
import { NoticeWriters } from '../../src/channels/notice-writers.js';
import { SendingTurns } from '../../src/channels/sending-turns.js';
import { type Arrival, type DemoGateway, type Treatment, startDemoGateway } from '../../src/channels/demo-gateway.js';
import type { Config } from '../../src/config/config.js';
import { rows } from '../../src/database/sql.js';
import { inTransaction } from '../../src/database/transaction.js';
import { claimDelivery, type NoticeTopic } from '../../src/notifications/notifications.queries.js';
import { NoticeDelayed, NotificationsService } from '../../src/notifications/notifications.service.js';
import { recordEvent } from '../../src/outbox/outbox.js';
import { QueueService } from '../../src/queue/queue.service.js';
import { NOTIFY_QUEUE, notifyQueueName } from '../../src/queue/queues.js';
import { newId } from '../../src/shared/ids.js';
import {
  BUILT_AT,
  type MadeProposal,
  type ProposalWish,
  makeHousehold,
  makeProposal,
  makeVacancy,
} from '../support/builders.js';
import { until } from '../support/until.js';
import { type TestApp, startTestApp } from '../support/app.js';

jest.setTimeout(120_000);

const clock = { now: () => BUILT_AT };
const DISTRICT: Record<string, string> = {
  'KZ-59': '591000000',
  'KZ-55': '551000000',
  'KZ-39': '391000000',
  'KZ-15': '151000000',
};

let gateway: DemoGateway;
let treat: (arrival: Arrival) => Treatment;
beforeAll(async () => {
  gateway = await startDemoGateway({ treat: (arrival) => treat(arrival) });
});
beforeEach(() => {
  treat = () => ({ do: 'take' });
  gateway.arrivals.length = 0;
});
afterAll(() => gateway.close());

const toGateway = (): Partial<Config> => ({ sms: gateway.sms, smtp: gateway.smtp });

/** Everything a test does to one program. */
function tools(app: () => TestApp) {
  let number = 0;
  const sql = () => app().dataSource;
  return {
    /** A proposal of a household that is reached by SMS in Kazakh unless wished otherwise. */
    async proposal(
      columns: Record<string, unknown> = {},
      regionCode = 'KZ-59',
      more: ProposalWish = {},
    ): Promise<MadeProposal & { phone: string }> {
      const phone = `+7701${String(++number).padStart(7, '0')}`;
      const household = await makeHousehold(sql(), {
        adults: [{}],
        columns: { channel: 'sms', phone, email: 'household@example.kz', ...columns },
      });
      const vacancies = [await makeVacancy(sql(), { districtKato: DISTRICT[regionCode]! })];
      return { ...(await makeProposal(sql(), { status: 'approved', household, vacancies, ...more })), phone };
    },
    /** Records the event as a decision does; `relayed` keeps the relay from carrying it. */
    event(proposal: MadeProposal, topic: NoticeTopic, relayed = false): Promise<string> {
      return inTransaction(sql(), async (tx) => {
        const { regionCode, id: proposalId } = proposal;
        const id = await recordEvent(tx, { topic, regionCode, payload: { proposalId } }, BUILT_AT);
        if (relayed) await tx.query(`update outbox_event set enqueued_at = $2 where id = $1`, [id, BUILT_AT]);
        return id;
      });
    },
    async withdraw(proposal: MadeProposal, reason: string): Promise<void> {
      await sql().query(`update proposal set status = 'withdrawn', reason = $2 where id = $1`, [proposal.id, reason]);
      await sql().query(`update placement set withdrawn_at = $2, withdrawn_reason = $3 where proposal_id = $1`, [
        proposal.id,
        BUILT_AT,
        reason,
      ]);
    },
    receipts: (eventId: string) =>
      rows<{
        id: string;
        channel: string;
        status: string;
        in_doubt: boolean;
        attempts: number;
        error_code: string | null;
        suppressed_reason: string | null;
        region_code: string;
        message_ref: string;
        gateway_ref: string | null;
        parts: number | null;
        finished_at: Date | null;
      }>(sql(), `select * from delivery where event_id = $1 order by id`, [eventId]),
  };
}

describe.each(['postgres', 'redis'] as const)('notices through BullMQ on %s', (queue) => {
  let app: TestApp;
  const { proposal, event, receipts } = tools(() => app);
  beforeAll(async () => {
    app = await startTestApp({ queue, clock, config: toGateway() });
  });
  afterAll(() => app.close());

  const finished = (eventId: string) =>
    until(async () => {
      const found = await receipts(eventId);
      return found.length > 0 && found.every(({ finished_at }) => finished_at !== null) && found;
    });
  const jobOf = (eventId: string, regionCode = 'KZ-59') =>
    app.app.get(QueueService).queue(notifyQueueName(regionCode)).getJob(eventId);

  it('carries an approval to the household and leaves one receipt in its region', async () => {
    const made = await proposal();
    const id = await event(made, 'proposal.approved');
    const [receipt, ...others] = await finished(id);
    expect(others).toEqual([]);
    expect(receipt).toMatchObject({
      channel: 'sms',
      status: 'sent',
      in_doubt: false,
      attempts: 1,
      region_code: 'KZ-59',
    });
    expect(receipt!.parts).toBeLessThanOrEqual(3);
    expect(gateway.arrivals).toHaveLength(1);
    const [{ to, ref, text }] = gateway.arrivals as [Arrival];
    expect({ to, ref }).toEqual({ to: made.phone, ref: receipt!.message_ref });
    expect(text).toMatch(/^ДЕМО\. Qonys: жұмыс: Медицинская сестра 300-350 мың тг/);
  });

  it('sends once though its job is run again', async () => {
    const id = await event(await proposal(), 'proposal.approved');
    await finished(id);
    const job = await until(() => jobOf(id));
    await until(async () => (await job.getState()) === 'completed');
    await job.remove();
    await app.app
      .get(QueueService)
      .addAll(notifyQueueName('KZ-59'), [{ name: 'notify', jobId: id, data: { eventId: id } }]);
    const again = await until(() => jobOf(id));
    await until(async () => (await again.getState()) === 'completed');
    expect(gateway.arrivals).toHaveLength(1);
    expect(await receipts(id)).toHaveLength(1);
  });

  it('tries again when the gateway has no money, and is not in doubt about that', async () => {
    let tries = 0;
    treat = () => (++tries === 1 ? { do: 'refuse', code: 3 } : { do: 'take' });
    const [receipt] = await finished(await event(await proposal(), 'proposal.approved'));
    expect(receipt).toMatchObject({ status: 'sent', attempts: 2, in_doubt: false, error_code: null });
    expect(gateway.arrivals).toHaveLength(1);
  });

  it('holds back a paused region and no other', async () => {
    const queues = app.app.get(QueueService);
    await queues.pause(notifyQueueName('KZ-55'));
    const held = await event(await proposal({}, 'KZ-55'), 'proposal.approved');
    const free = await event(await proposal({}, 'KZ-39'), 'proposal.approved');
    await finished(free);
    await until(() => jobOf(held, 'KZ-55'));
    const { waiting = 0, paused = 0 } = await queues.counts(notifyQueueName('KZ-55'));
    expect(waiting + paused).toBe(1);
    expect(await receipts(held)).toEqual([]);
    expect(gateway.arrivals).toHaveLength(1);
    await queues.resume(notifyQueueName('KZ-55'));
    expect(await finished(held)).toMatchObject([{ status: 'sent', region_code: 'KZ-55' }]);
  });

  it('keeps to the rate that a region’s queue allows', async () => {
    const { max, durationMs } = NOTIFY_QUEUE.limiter!;
    // A region of its own: what an earlier test sent would have begun the first window.
    const region = 'KZ-15';
    const made = [];
    for (let n = 0; n < 2 * max + 5; n++) made.push(await proposal({}, region));
    const events = await Promise.all(made.map((one) => event(one, 'proposal.approved', true)));
    await app.app.get(QueueService).addAll(
      notifyQueueName(region),
      events.map((id) => ({ name: 'notify' as const, jobId: id, data: { eventId: id } })),
    );
    const jobs = await until(async () => {
      const all = await Promise.all(events.map((id) => jobOf(id, region)));
      return all.every((job) => job?.finishedOn !== undefined) ? all.map((job) => job!) : undefined;
    });
    // The first is taken before its window begins and the last is done after two have passed, however slow the machine; Redis
    // ends a window within a millisecond or two.
    const first = Math.min(...jobs.map((job) => job.processedOn!));
    const last = Math.max(...jobs.map((job) => job.finishedOn!));
    expect(last - first).toBeGreaterThanOrEqual(2 * durationMs - 10);
  });
});

describe('a notice', () => {
  let app: TestApp;
  const { proposal, event, withdraw, receipts } = tools(() => app);
  beforeAll(async () => {
    // Without workers: the tests run the jobs themselves, as often and as much at once as they like.
    app = await startTestApp({ role: 'api', clock, config: toGateway() });
  });
  afterAll(() => app.close());
  const notify = (eventId: string, lastAttempt = false) =>
    app.app.get(NotificationsService).notify(eventId, lastAttempt);
  /** What so many attempts without an answer leave behind, among many that were refused. */
  const doubtedBefore = async (eventId: string, doubts: number): Promise<void> => {
    const claim = { deliveryId: newId(), eventId, open: ['sms' as const], at: BUILT_AT };
    await claimDelivery(app.dataSource, claim);
    await app.dataSource.query(
      `update delivery set attempts = 40, doubts = $2, status = 'failed', error_code = 'sms.no_money' where id = $1`,
      [claim.deliveryId, doubts],
    );
  };
  const told = async (wish: Parameters<typeof proposal>[0] = {}) => {
    const made = await proposal(wish);
    await notify(await event(made, 'proposal.approved', true));
    expect(gateway.arrivals).toHaveLength(1);
    return made;
  };

  describe('is suppressed when its turn comes and', () => {
    it('the proposal is withdrawn', async () => {
      const made = await proposal();
      const id = await event(made, 'proposal.approved', true);
      await withdraw(made, 'vacancy_closed');
      await notify(id);
      expect(await receipts(id)).toMatchObject([{ status: 'suppressed', suppressed_reason: 'proposal_withdrawn' }]);
      expect(gateway.arrivals).toEqual([]);
    });

    it.each([
      ['vacancy_closed', `status = 'closed', closed_at = now(), closed_reason = 'absent'`],
      ['vacancy_closed', `valid_until = '2026-11-21'`],
      ['housing_lost', `housing = null, housing_provenance = null`],
      ['pay_reduced', `pay_min_tenge = 100000, pay_max_tenge = null`],
    ])('a vacancy no longer keeps its promise: %s, %s', async (reason, change) => {
      const made = await proposal();
      const id = await event(made, 'proposal.approved', true);
      await app.dataSource.query(
        `update vacancy set ${change} where id = (select vacancy_id from placement where proposal_id = $1)`,
        [made.id],
      );
      // Until the withdrawal has asked again it waits; on its last attempt it waits no longer.
      await expect(notify(id)).rejects.toMatchObject({ code: 'notice.promise_broken' });
      expect(await receipts(id)).toMatchObject([{ status: 'failed', error_code: 'notice.promise_broken' }]);
      await notify(id, true);
      expect(await receipts(id)).toMatchObject([{ status: 'suppressed', suppressed_reason: reason }]);
      expect(gateway.arrivals).toEqual([]);
    });

    it('the household no longer consents to notices', async () => {
      const id = await event(await proposal({ consent_notices_at: null }), 'proposal.approved', true);
      await notify(id);
      expect(await receipts(id)).toMatchObject([{ status: 'suppressed', suppressed_reason: 'consent_missing' }]);
      expect(gateway.arrivals).toEqual([]);
    });
  });

  it.each(['approved', 'returned'] as const)(
    'is told when a feed mends the post before the proposal is withdrawn: %s',
    async (status) => {
      const made = await proposal({}, 'KZ-59', { status });
      const id = await event(made, `proposal.${status}`, true);
      const setLastDay = (day: string | null) =>
        app.dataSource.query(
          `update vacancy set valid_until = $2 where id = (select vacancy_id from placement where proposal_id = $1)`,
          [made.id, day],
        );
      await setLastDay('2026-11-21');
      await expect(notify(id)).rejects.toMatchObject({ code: 'notice.promise_broken' });
      await setLastDay('2026-12-31');
      await notify(id);
      expect(await receipts(id)).toMatchObject([{ status: 'sent' }]);
      expect(gateway.arrivals).toHaveLength(1);
    },
  );

  it('that waits for its proposal to be withdrawn is never told', async () => {
    const made = await proposal();
    const id = await event(made, 'proposal.approved', true);
    await app.dataSource.query(
      `update vacancy set status = 'closed', closed_at = now(), closed_reason = 'absent'
       where id = (select vacancy_id from placement where proposal_id = $1)`,
      [made.id],
    );
    await expect(notify(id)).rejects.toMatchObject({ code: 'notice.promise_broken' });
    await withdraw(made, 'vacancy_closed');
    await notify(id);
    expect(await receipts(id)).toMatchObject([{ status: 'suppressed', suppressed_reason: 'proposal_withdrawn' }]);
    expect(gateway.arrivals).toEqual([]);
  });

  it('goes to the address of this moment, not of the moment of approval', async () => {
    const made = await proposal();
    const id = await event(made, 'proposal.approved', true);
    await app.dataSource.query(`update household set phone = '+77019999999' where id = $1`, [made.householdId]);
    await notify(id);
    expect(gateway.arrivals).toMatchObject([{ to: '+77019999999' }]);
  });

  it('goes by mail and in-app as the household wishes', async () => {
    const mail = await event(await proposal({ channel: 'email', language: 'ru' }), 'proposal.approved', true);
    const inApp = await event(await proposal({ channel: 'in_app', language: 'en' }), 'proposal.approved', true);
    await notify(mail);
    await notify(inApp);
    const [receipt] = await receipts(mail);
    expect(receipt).toMatchObject({ channel: 'email', status: 'sent', parts: null });
    expect(gateway.arrivals).toMatchObject([
      { channel: 'email', ref: `${receipt!.message_ref}@qonys.invalid`, to: 'household@example.kz' },
    ]);
    const [kept] = await receipts(inApp);
    expect(kept).toMatchObject({ channel: 'in_app', status: 'sent', error_code: null });
    const messages = await rows(app.dataSource, `select language, body from in_app_message where delivery_id = $1`, [
      kept!.id,
    ]);
    expect(messages).toMatchObject([{ language: 'en', body: expect.stringContaining('as the employer states') }]);
  });

  it('is sent once by two workers that run the same job at the same time', async () => {
    treat = () => ({ do: 'take', afterMs: 200 });
    const id = await event(await proposal(), 'proposal.approved', true);
    await Promise.allSettled([notify(id), notify(id), notify(id)]);
    await notify(id).catch(() => undefined);
    expect(gateway.arrivals).toHaveLength(1);
    expect(await receipts(id)).toMatchObject([{ status: 'sent' }]);
  });

  it('goes again under the same id, in doubt, when the process that sent it has died', async () => {
    const id = await event(await proposal(), 'proposal.approved', true);
    // What a process leaves that dies between its claim and its receipt.
    const open = ['sms' as const, 'email' as const, 'in_app' as const];
    const claim = await claimDelivery(app.dataSource, { deliveryId: newId(), eventId: id, open, at: BUILT_AT });
    await notify(id);
    expect(gateway.arrivals).toMatchObject([{ ref: claim!.deliveryId }]);
    expect(await receipts(id)).toMatchObject([{ id: claim!.deliveryId, status: 'sent', in_doubt: true, attempts: 2 }]);
  });

  it('is in doubt after an answer that was lost, and the gateway tells that it has the message', async () => {
    const id = await event(await proposal(), 'proposal.approved', true);
    const slow = new NotificationsService(
      app.dataSource,
      app.app.get(Channels),
      new NoticeWriters(),
      app.app.get(SendingTurns),
      clock,
    );
    treat = () => ({ do: 'take_silently' });
    await expect(slow.notify(id, false)).rejects.toThrow(NoticeDelayed);
    expect(await receipts(id)).toMatchObject([
      { status: 'failed', finished_at: null, in_doubt: true, error_code: 'sms.timeout' },
    ]);
    treat = () => ({ do: 'take' });
    await notify(id);
    expect(await receipts(id)).toMatchObject([{ status: 'sent', in_doubt: true }]);
    expect(gateway.arrivals).toHaveLength(1);
  });

  it('goes on after many refusals that reached nobody, although one answer was lost as well', async () => {
    const id = await event(await proposal(), 'proposal.approved', true);
    await doubtedBefore(id, 6);
    treat = () => ({ do: 'take_silently' });
    await expect(notify(id)).rejects.toThrow('sms.timeout');
    expect(await receipts(id)).toMatchObject([{ channel: 'sms', status: 'failed', in_doubt: true, finished_at: null }]);
  });

  it('ends in-app when its answer was lost too often: each time may have reached the household', async () => {
    const id = await event(await proposal(), 'proposal.approved', true);
    await doubtedBefore(id, 7);
    treat = () => ({ do: 'take_silently' });
    await notify(id);
    expect(await receipts(id)).toMatchObject([
      { channel: 'sms', status: 'failed', in_doubt: true, error_code: 'sms.timeout' },
      { channel: 'in_app', status: 'sent' },
    ]);
  });

  it.each([
    ['lasts', { do: 'refuse', code: 7 } as const, false, 'sms.invalid_number'],
    ['is the last of many', { do: 'refuse', code: 4 } as const, true, 'sms.address_blocked'],
  ])('ends in-app, each with a receipt, when its refusal %s', async (_, refusal, last, code) => {
    treat = () => refusal;
    const id = await event(await proposal(), 'proposal.approved', true);
    await notify(id, last);
    const found = await receipts(id);
    expect(found).toMatchObject([
      { channel: 'sms', status: 'failed', error_code: code },
      { channel: 'in_app', status: 'sent', error_code: code },
    ]);
    expect(found.every(({ finished_at }) => finished_at !== null)).toBe(true);
    await notify(id, last);
    expect(await receipts(id)).toHaveLength(2);
    expect(
      await rows(app.dataSource, `select id from in_app_message where delivery_id = $1`, [found[1]!.id]),
    ).toHaveLength(1);
  });

  it.each([
    ['this installation has no gateway', null, [{ channel: 'in_app', status: 'sent', error_code: 'sms.unconfigured' }]],
    [
      'an invented household would be written to for real',
      { url: 'https://smsc.kz/sys/send.php', login: 'l', password: 'p', sender: null },
      [
        { channel: 'sms', status: 'failed', error_code: 'sms.synthetic' },
        { channel: 'in_app', status: 'sent', error_code: 'sms.synthetic' },
      ],
    ],
    [
      'a real household would be told by the demo’s gateway, which reaches nobody',
      'demo gateway' as const,
      [
        { channel: 'sms', status: 'failed', error_code: 'sms.unconfigured' },
        { channel: 'in_app', status: 'sent', error_code: 'sms.unconfigured' },
      ],
    ],
  ])('goes in-app, with the reason, when %s', async (_, sms, expected) => {
    const config = sms === 'demo gateway' ? { ...app.config, reachesNobody: true } : { ...app.config, sms };
    const channels = new Channels(config, clock);
    const made = await proposal();
    if (sms === 'demo gateway')
      await app.dataSource.query('update household set synthetic = false where id = $1', [made.householdId]);
    const id = await event(made, 'proposal.approved', true);
    await new NotificationsService(
      app.dataSource,
      channels,
      new NoticeWriters(),
      app.app.get(SendingTurns),
      clock,
    ).notify(id, false);
    channels.onModuleDestroy();
    expect(await receipts(id)).toMatchObject(expected);
    expect(gateway.arrivals).toEqual([]);
  });

  it('asks a household for what is missing while the proposal stands returned', async () => {
    const made = await proposal({ language: 'ru' }, 'KZ-59', {
      status: 'returned',
      columns: { reason: 'diploma_missing' },
    });
    const id = await event(made, 'proposal.returned', true);
    await notify(id);
    expect(gateway.arrivals[0]!.text).toMatch(/центру занятости нужно: .*диплом/i);
    const late = await event(made, 'proposal.returned', true);
    await app.dataSource.query(`update proposal set status = 'waiting' where id = $1`, [made.id]);
    await notify(late);
    expect(await receipts(late)).toMatchObject([{ status: 'suppressed', suppressed_reason: 'proposal_waiting' }]);
  });

  describe('that corrects', () => {
    it('goes to people who were told, says what changed and apologises', async () => {
      const made = await told();
      await withdraw(made, 'housing_lost');
      const id = await event(made, 'proposal.withdrawn', true);
      await notify(id);
      expect(gateway.arrivals).toHaveLength(2);
      expect(gateway.arrivals[1]!.to).toBe(made.phone);
      expect(gateway.arrivals[1]!.text).toMatch(/кешіріңіз.*баспана ұсынбайды.*жұмыс іздеп жатырмыз/);
      expect(await receipts(id)).toMatchObject([{ status: 'sent' }]);
    });

    it('promises no new search to who no longer wishes to move, and names that wish and no consent', async () => {
      const made = await told();
      await app.dataSource.query('update household set wishes_move = false where id = $1', [made.householdId]);
      await withdraw(made, 'wish_changed');
      await notify(await event(made, 'proposal.withdrawn', true));
      expect(gateway.arrivals[1]!.text).toMatch(/кешіріңіз.*қалауға сай келмейді.*жұмыс іздеуді тоқтаттық/);
      expect(gateway.arrivals[1]!.text).not.toMatch(/келісім|іздеп жатырмыз/);
    });

    it('is not sent to people who were never told', async () => {
      const made = await proposal();
      const approval = await event(made, 'proposal.approved', true);
      await withdraw(made, 'vacancy_closed');
      const id = await event(made, 'proposal.withdrawn', true);
      await notify(id);
      await notify(approval);
      expect(await receipts(id)).toMatchObject([{ status: 'suppressed', suppressed_reason: 'never_told' }]);
      expect(await receipts(approval)).toMatchObject([{ status: 'suppressed' }]);
      expect(gateway.arrivals).toEqual([]);
    });

    it.each([
      ['consent_missing', 'was told and then withdrew the consent to notices', told],
      ['never_told', 'was never told', () => proposal()],
    ])('is not sent, as %s, to who %s', async (reason, _, make) => {
      const made = await make();
      const before = gateway.arrivals.length;
      await app.dataSource.query(`update household set consent_notices_at = null where id = $1`, [made.householdId]);
      await withdraw(made, 'vacancy_closed');
      const id = await event(made, 'proposal.withdrawn', true);
      await notify(id);
      expect(gateway.arrivals).toHaveLength(before);
      expect(await receipts(id)).toMatchObject([{ status: 'suppressed', suppressed_reason: reason }]);
    });

    it('waits for an approval that is on its way, and follows it', async () => {
      treat = () => ({ do: 'take', afterMs: 400 });
      const made = await proposal();
      const approval = notify(await event(made, 'proposal.approved', true));
      await until(() => gateway.arrivals.length === 1);
      await withdraw(made, 'vacancy_closed');
      const id = await event(made, 'proposal.withdrawn', true);
      await Promise.all([approval, notify(id)]);
      expect(await receipts(id)).toMatchObject([{ status: 'sent' }]);
      expect(gateway.arrivals.map(({ text }) => /кешіріңіз/.test(text))).toEqual([false, true]);
    });

    it('is held until a send left by a dead process is decided, and then sent in case it got through', async () => {
      const made = await proposal();
      const approval = await event(made, 'proposal.approved', true);
      await claimDelivery(app.dataSource, { deliveryId: newId(), eventId: approval, open: ['sms'], at: BUILT_AT });
      await withdraw(made, 'vacancy_closed');
      const id = await event(made, 'proposal.withdrawn', true);
      await expect(notify(id)).rejects.toThrow('notice.undecided');
      await notify(approval);
      expect(await receipts(approval)).toMatchObject([{ status: 'suppressed', in_doubt: true }]);
      await notify(id);
      expect(gateway.arrivals).toMatchObject([{ text: expect.stringContaining('кешіріңіз') }]);
    });
  });

  describe('leaves a receipt over HTTP', () => {
    const asked = async (query: string, role: 'officer' | 'administrator', regionCode?: string) => {
      const { token } = await app.app
        .get(TokenService)
        .create({ role, label: 'test', ...(regionCode && { regionCode }) });
      const answer = await fetch(`${app.url}/api/v1/deliveries?${query}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return { status: answer.status, text: await answer.text() };
    };

    it('that an officer of the region sees, without address or text', async () => {
      const made = await told();
      const { status, text } = await asked(`proposal=${made.id}`, 'officer', 'KZ-59');
      expect(status).toBe(200);
      const { items } = JSON.parse(text) as { items: Record<string, unknown>[] };
      expect(items).toMatchObject([
        {
          proposal: made.id,
          household: made.householdId,
          region: 'KZ-59',
          channel: 'sms',
          status: 'sent',
          inDoubt: false,
          text: 'It was sent.',
        },
      ]);
      expect(text).not.toContain(made.phone.slice(2));
      expect(text).not.toContain('Медицинская');
    });

    it('that an officer of another region does not see', async () => {
      const made = await told();
      expect(JSON.parse((await asked(`proposal=${made.id}`, 'officer', 'KZ-55')).text)).toEqual({
        items: [],
        nextCursor: null,
      });
      expect(await asked('region=KZ-59', 'officer', 'KZ-55')).toMatchObject({ status: 403 });
    });

    it('in pages', async () => {
      await told();
      const first = JSON.parse((await asked('limit=1', 'administrator')).text) as {
        items: { id: string }[];
        nextCursor: string;
      };
      const second = JSON.parse(
        (await asked(`limit=1&cursor=${first.nextCursor}`, 'administrator')).text,
      ) as typeof first;
      expect(second.items[0]!.id < first.items[0]!.id).toBe(true);
      expect((await asked('cursor=bm8', 'administrator')).status).toBe(400);
    });
  });
});
