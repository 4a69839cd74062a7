import 'reflect-metadata';
import { jest } from '@jest/globals';
import pg from 'pg';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { rows } from '../../src/database/sql.js';
import { inTransaction } from '../../src/database/transaction.js';
import { recordEvent } from '../../src/outbox/outbox.js';
import { SweeperService } from '../../src/outbox/sweeper.service.js';
import { QueueService } from '../../src/queue/queue.service.js';
import { type Topic, notifyQueueName } from '../../src/queue/queues.js';
import { makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { refuseRealName, serverUrl } from '../support/database.js';
import { until as untilSomething } from '../support/until.js';

jest.setTimeout(180_000);

const NOTICES = notifyQueueName('KZ-59');
const HOUR_MS = 3_600_000;

describe.each(['postgres', 'redis'] as const)('a job in BullMQ on %s', (queue) => {
  let app: TestApp;
  let gateway: DemoGateway;
  let number = 0;

  beforeAll(async () => {
    gateway = await startDemoGateway();
    app = await startTestApp({ queue, config: { sms: gateway.sms, smtp: gateway.smtp, logLevel: 'silent' } });
  });
  beforeEach(() => {
    gateway.arrivals.length = 0;
  });
  afterAll(async () => {
    await app.close();
    await gateway.close();
  });

  const queues = () => app.app.get(QueueService);
  const sweep = (at: Date) => app.app.get(SweeperService).sweep(at);
  const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
  /** The database may be away yet while it is asked. */
  const until = <T>(look: () => Promise<T | undefined | false>): Promise<T> =>
    untilSomething(() => look().catch(() => undefined));
  const record = (topic: Topic, regionCode: string | null, payload: Record<string, string>, relayed = false) =>
    inTransaction(app.dataSource, async (tx) => {
      const id = await recordEvent(tx, { topic, regionCode, payload }, new Date());
      if (relayed) await tx.query(`update outbox_event set enqueued_at = now() where id = $1`, [id]);
      return id;
    });
  const approval = async (relayed = false): Promise<string> => {
    const phone = `+7703${String(++number).padStart(7, '0')}`;
    const household = await makeHousehold(app.dataSource, { adults: [{}], columns: { channel: 'sms', phone } });
    const vacancies = [await makeVacancy(app.dataSource)];
    const { id } = await makeProposal(app.dataSource, { status: 'approved', household, vacancies });
    return record('proposal.approved', 'KZ-59', { proposalId: id }, relayed);
  };
  const receipt = async (eventId: string) =>
    (
      await rows<{ status: string; in_doubt: boolean; finished_at: Date | null }>(
        app.dataSource,
        `select status, in_doubt, finished_at from delivery where event_id = $1`,
        [eventId],
      )
    )[0];
  const isFinished = async (eventId: string): Promise<boolean> =>
    (await rows(app.dataSource, `select from outbox_event where id = $1 and finished_at is not null`, [eventId]))
      .length > 0;
  const inQueue = (name: string, eventId: string) => until(async () => (await queues().job(name, eventId)) ?? false);

  it('marks its event when it is done', async () => {
    const id = await approval();
    await until(() => isFinished(id));
    expect(await receipt(id)).toMatchObject({ status: 'sent' });
  });

  it('outlives twenty seconds without a database, and uses up no attempt', async () => {
    await queues().pause('match');
    await queues().pause(NOTICES);
    const run = await record('match.requested', null, { reason: 'test' });
    const notice = await approval();
    const [runJob, noticeJob] = [await inQueue('match', run), await inQueue(NOTICES, notice)];
    // The jobs are started while their database is away; where BullMQ lives in the same one, just before.
    if (queue === 'redis') await withoutDatabase(app, async () => resume().then(() => pause(20_000)));
    else await resume().then(() => withoutDatabase(app, () => pause(20_000)));
    await until(() => isFinished(run));
    await until(() => isFinished(notice));
    expect(await rows(app.dataSource, `select status from match_run where id = $1`, [run])).toEqual([
      { status: 'done' },
    ]);
    expect(await receipt(notice)).toMatchObject({ status: 'sent' });
    expect(gateway.arrivals).toHaveLength(1);
    if (queue === 'redis') {
      for (const [name, job] of [
        ['match', runJob],
        [NOTICES, noticeJob],
      ] as const) {
        expect((await queues().job(name, job.id!))!.attemptsMade).toBe(1);
      }
    }
    async function resume(): Promise<void> {
      await queues().resume('match');
      await queues().resume(NOTICES);
    }
  });

  it('is added again when its queue has lost it', async () => {
    const id = await approval(true);
    expect(await sweep(new Date())).toBe(0);
    expect(await sweep(new Date(Date.now() + HOUR_MS))).toBe(1);
    await until(() => isFinished(id));
    expect(await receipt(id)).toMatchObject({ status: 'sent' });
    expect(gateway.arrivals).toHaveLength(1);
  });

  it('is tried again when it has failed, and each time later', async () => {
    // As after sixteen attempts: the next failure is the last.
    await app.dataSource.query(`alter table delivery rename to delivery_away`);
    const id = await approval(true);
    await queues()
      .queue(NOTICES)
      .addBulk([{ name: 'notify', data: { eventId: id }, opts: { jobId: id, attempts: 1 } as { jobId: string } }]);
    const job = await inQueue(NOTICES, id);
    await until(async () => (await job.getState()) === 'failed');
    await app.dataSource.query(`alter table delivery_away rename to delivery`);
    const failedAt = (await inQueue(NOTICES, id)).finishedOn!;
    const afterFailing = (ms: number) => new Date(failedAt + ms);

    await app.dataSource.query(`update outbox_event set created_at = $2, enqueued_at = $2 where id = $1`, [
      id,
      afterFailing(-2 * HOUR_MS),
    ]);
    expect(await sweep(afterFailing(1.9 * HOUR_MS))).toBe(0);
    expect(await sweep(afterFailing(2.1 * HOUR_MS))).toBe(1);
    await until(() => isFinished(id));
    expect(await receipt(id)).toMatchObject({ status: 'sent', in_doubt: false });
    expect(gateway.arrivals).toHaveLength(1);
  });
});

/** Takes the database away from everybody, the program's owner included, while `work` runs. */
async function withoutDatabase(app: TestApp, work: () => Promise<void>): Promise<void> {
  const name = refuseRealName(new URL(app.config.databaseUrl!).pathname.slice(1));
  const server = new pg.Client({ connectionString: serverUrl('QONYS_TEST_POSTGRES_URL') });
  await server.connect();
  try {
    await server.query(`alter database ${name} with allow_connections false`);
    await server.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [name]);
    await work();
  } finally {
    await server.query(`alter database ${name} with allow_connections true`);
    await server.end();
  }
}
