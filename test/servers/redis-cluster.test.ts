import 'reflect-metadata';
import { jest } from '@jest/globals';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { rows } from '../../src/database/sql.js';
import { inTransaction } from '../../src/database/transaction.js';
import { recordEvent } from '../../src/outbox/outbox.js';
import { QueueService } from '../../src/queue/queue.service.js';
import { NOTIFY_QUEUE, type Topic, notifyQueueName } from '../../src/queue/queues.js';
import { type Caller, callerWith, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestCluster, startRedisCluster } from '../support/redis-cluster.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const NOTICES = notifyQueueName('KZ-59');
/** Households in a shard of a rematch: few, so that it has several. */
const SHARD = 10;

describe('BullMQ on a cluster of three Redis servers', () => {
  let cluster: TestCluster;
  let gateway: DemoGateway;
  let app: TestApp;
  let supervisor: Caller;
  let number = 0;

  beforeAll(async () => {
    [cluster, gateway] = await Promise.all([startRedisCluster(), startDemoGateway()]);
    app = await startTestApp({
      config: {
        redisCluster: cluster.access,
        matchShardHouseholds: SHARD,
        sms: gateway.sms,
        smtp: gateway.smtp,
        logLevel: 'silent',
      },
    });
    supervisor = await signedIn(app, { role: 'supervisor', regionCode: 'KZ-59' });
  });
  beforeEach(() => {
    gateway.arrivals.length = 0;
  });
  afterAll(async () => {
    await app?.close();
    await gateway?.close();
    await cluster?.stop();
  });

  const record = (topic: Topic, regionCode: string | null, payload: Record<string, string>): Promise<string> =>
    inTransaction(app.dataSource, (tx) => recordEvent(tx, { topic, regionCode, payload }, new Date()));
  /** An approval whose household is told by SMS. */
  const approval = async (): Promise<string> => {
    const phone = `+7705${String(++number).padStart(7, '0')}`;
    const household = await makeHousehold(app.dataSource, { adults: [{}], columns: { channel: 'sms', phone } });
    const vacancies = [await makeVacancy(app.dataSource)];
    const { id } = await makeProposal(app.dataSource, { status: 'approved', household, vacancies });
    return record('proposal.approved', 'KZ-59', { proposalId: id });
  };
  const finished = (...eventIds: string[]): Promise<unknown> =>
    until(async () => {
      const sql = `select from outbox_event where id = any ($1) and finished_at is not null`;
      return (await rows(app.dataSource, sql, [eventIds])).length === eventIds.length;
    });
  const waiting = async (): Promise<number> => {
    const { waiting = 0, paused = 0 } = await app.app.get(QueueService).counts(NOTICES);
    return waiting + paused;
  };

  it('carries notices, more of them at once than a region may send in a second', async () => {
    const events = [];
    for (let n = 0; n <= NOTIFY_QUEUE.limiter!.max; n++) events.push(await approval());
    await finished(...events);
    expect(gateway.arrivals).toHaveLength(events.length);
  });

  it('carries a rematch with its shards, which are jobs of another queue', async () => {
    for (let n = 0; n < 2 * SHARD; n++) await makeHousehold(app.dataSource, { adults: [{}] });
    const run = await record('match.requested', null, { reason: 'test' });
    await finished(run);
    const done = await rows(app.dataSource, `select status from match_run where id = $1`, [run]);
    expect(done).toEqual([{ status: 'done' }]);
    const { completed } = await app.app.get(QueueService).counts('match-shards');
    expect(completed).toBeGreaterThanOrEqual(2);
  });

  it('keeps every queue on one node, so that jobs of two may belong together', async () => {
    const node = await cluster.nodeOf(app.config.queuePrefix);
    for (const [other, keys] of (await cluster.keys()).entries()) expect(keys > 0).toBe(other === node);
  });

  it('holds a region back and lets it go on', async () => {
    expect(await supervisor('/api/v1/centre/notices/pause', { method: 'POST' })).toMatchObject({ status: 200 });
    const event = await approval();
    await until(async () => (await waiting()) === 1);
    expect(gateway.arrivals).toEqual([]);
    expect(await supervisor('/api/v1/centre/notices/resume', { method: 'POST' })).toMatchObject({ status: 200 });
    await finished(event);
    expect(gateway.arrivals).toHaveLength(1);
  });

  it('refuses while the node is away, and loses nothing when it is back', async () => {
    const node = await cluster.nodeOf(app.config.queuePrefix);
    await supervisor('/api/v1/centre/notices/pause', { method: 'POST' });
    const queued = await approval();
    await until(async () => (await waiting()) === 1);
    let recorded: string;
    await cluster.kill(node);
    try {
      const unavailable = { status: 503, body: { code: 'queue.unavailable' } };
      expect(await supervisor('/api/v1/centre/summary')).toMatchObject(unavailable);
      expect(await supervisor('/api/v1/centre/notices/resume', { method: 'POST' })).toMatchObject(unavailable);
      const ready = await callerWith(app, null)('/health/ready');
      expect(ready).toMatchObject({ status: 503, body: { checks: { queue: 'down', database: 'up' } } });
      recorded = await approval();
    } finally {
      await cluster.revive(node);
    }

    await until(async () => (await supervisor('/api/v1/centre/summary')).status === 200);
    await until(async () => (await waiting()) === 2);
    expect(gateway.arrivals).toEqual([]);
    await supervisor('/api/v1/centre/notices/resume', { method: 'POST' });
    await finished(queued, recorded);
    expect(gateway.arrivals).toHaveLength(2);
  });
});
