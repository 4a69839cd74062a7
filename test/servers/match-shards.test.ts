import 'reflect-metadata';
import { jest } from '@jest/globals';
import { MatchRunsService } from '../../src/matching/match-runs.service.js';
import { MatchingService } from '../../src/matching/matching.service.js';
import { MatchShardsService } from '../../src/matching/match-shards.service.js';
import { rows } from '../../src/database/sql.js';
import { QueueService } from '../../src/queue/queue.service.js';
import { seededChance } from '../../src/shared/chance.js';
import { newId } from '../../src/shared/ids.js';
import { Problem } from '../../src/shared/problem.js';
import { signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, makeHousehold, makeVacancy } from '../support/builders.js';
import type { TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

const HOUSEHOLDS = 23;
const SHARD = 5;
const SHARDS = Math.ceil(HOUSEHOLDS / SHARD);
/** More than a shard hands on of each household, so that what it leaves out is asked for. */
const DISTRICTS = Array.from({ length: 16 }, (_, i) => `59${String(10 + i)}00000`).concat(
  Array.from({ length: 12 }, (_, i) => `55${String(10 + i)}00000`),
);
const SHARD_QUEUE = 'match-shards';

describe.each(['postgres', 'redis'] as const)('a run over all in shards, with BullMQ on %s', (queue) => {
  let app: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    const shared = { queue, clock: { now: () => BUILT_AT } } as const;
    app = await startTestApp({ ...shared, config: { matchShardHouseholds: SHARD } });
    const { database, config } = app;
    other = await startTestApp({ ...shared, role: 'worker', database: database as TestDatabase, config });
    const chance = seededChance(22);
    for (const districtKato of DISTRICTS) {
      await makeVacancy(app.dataSource, {
        districtKato,
        payMinTenge: chance.whole(200, 400) * 1_000,
        payMaxTenge: null,
        isco: chance.pick(['2221', '6130']),
        housing: chance.pick(['provided', 'none', null]),
        employment: chance.pick(['permanent', 'temporary']),
      });
    }
    for (let i = 0; i < HOUSEHOLDS; i++) {
      const adult = (isco: string): object => ({ isco, columns: { experience_years: chance.whole(0, 20) } });
      const adults = chance.happens(0.6) ? [adult('2221'), adult('6130')] : [adult(chance.pick(['2221', '6130']))];
      await makeHousehold(app.dataSource, { adults, children: chance.whole(0, 4) });
    }
  });
  beforeEach(() => app.dataSource.query('delete from proposal'));
  afterAll(async () => {
    await other.close();
    await app.close();
  });

  const matching = () => app.app.get(MatchingService);
  const queues = () => app.app.get(QueueService);
  const ended = (id: string) =>
    until(async () => {
      const run = await matching().runById(id);
      return run.status !== 'running' && run.status !== 'failed' && run;
    });
  const proposed = () =>
    rows(
      app.dataSource,
      `select p.household_id, p.district_kato, p.score, p.score_parts, p.local_alternative, pl.seeker_id, pl.vacancy_id, pl.score as own, pl.parts
       from proposal p join placement pl on pl.proposal_id = p.id where p.status = 'waiting' order by 1, 2, 6`,
    );
  const isDone = async (event: string): Promise<boolean> =>
    (await rows(app.dataSource, `select from match_run where id = $1 and status = 'done'`, [event])).length > 0;
  const left = () =>
    rows(app.dataSource, 'select id from match_snapshot union all select snapshot_id from match_shard');
  /** A run whose shards wait until the queue is resumed. */
  const handedOut = async (): Promise<string> => {
    await queues().pause(SHARD_QUEUE);
    const id = await matching().requestRun('test');
    await until(async () => (await matching().progressOf(id))?.all === SHARDS);
    return id;
  };

  it('comes to the very proposals of a run in one piece', async () => {
    const whole = await matching().run('test');
    const expected = await proposed();
    expect(whole.proposalsMade).toBeGreaterThan(HOUSEHOLDS);
    await app.dataSource.query('delete from proposal');
    const run = await ended(await matching().requestRun('test'));
    expect(run).toMatchObject({
      status: 'done',
      households: HOUSEHOLDS,
      proposalsMade: whole.proposalsMade,
      proposalsWithdrawn: 0,
    });
    expect(await proposed()).toEqual(expected);
    expect(run.pairsScored).toBeGreaterThanOrEqual(whole.pairsScored);
    // A second run over the same market changes nothing, and of neither anything is left.
    expect(await ended(await matching().requestRun('test'))).toMatchObject({ proposalsMade: 0, proposalsWithdrawn: 0 });
    expect(await proposed()).toEqual(expected);
    expect(await left()).toEqual([]);
  });

  it('tells how far it is, and counts a shard once however often it is done', async () => {
    const id = await handedOut();
    const [snapshot] = await rows<{ id: string }>(app.dataSource, 'select id from match_snapshot');
    const shard = { snapshotId: snapshot!.id, number: 2 };
    const shards = app.app.get(MatchShardsService);
    const answer = () =>
      rows<{ shortlists: Buffer; finished_at: Date }>(
        app.dataSource,
        'select shortlists, pairs_scored, finished_at, xmin::text as written from match_shard where number = 2',
      );
    await Promise.all([shards.work(shard), shards.work(shard)]);
    const first = await answer();
    await shards.work(shard);
    expect(await answer()).toEqual(first);
    const call = await signedIn(app, { role: 'analyst' });
    const { body } = await call(`/api/v1/match-runs/${id}`);
    expect(body).toMatchObject({ status: 'running', shards: { done: 1, all: SHARDS } });
    await queues().resume(SHARD_QUEUE);
    expect(await ended(id)).toMatchObject({ status: 'done' });
    expect(await matching().progressOf(id)).toBeNull();
  });

  it('is superseded by a newer one, which is then left to its end', async () => {
    const [first, second] = [await handedOut(), await handedOut()];
    expect(await ended(first)).toMatchObject({ status: 'superseded' });
    expect(await matching().runById(second)).toMatchObject({ status: 'running', supersedes: first });
    const third = await matching().requestRun('test');
    await until(async () => (await queues().counts('match'))['delayed']! > 0);
    expect(await matching().runById(second)).toMatchObject({ status: 'running' });
    await queues().resume(SHARD_QUEUE);
    expect(await ended(second)).toMatchObject({ status: 'done' });
    expect(await ended(third)).toMatchObject({ status: 'done', proposalsMade: 0, supersedes: null });
    expect(await ended(first)).toMatchObject({ status: 'superseded', proposalsMade: 0 });
    const made = `select count(*)::int as events from outbox_event where topic = 'proposals.made' and payload ->> 'runId' = any($1)`;
    expect(await rows(app.dataSource, made, [[first, second, third]])).toEqual([{ events: 2 }]);
    expect(await left()).toEqual([]);
  });

  it('proposes nothing that was refused, and nobody who left, while its shards were computed', async () => {
    await matching().run('test');
    const [wanted] = await rows<{ household_id: string; vacancy_id: string }>(
      app.dataSource,
      `select p.household_id, pl.vacancy_id from proposal p join placement pl on pl.proposal_id = p.id order by p.score desc limit 1`,
    );
    await app.dataSource.query('delete from proposal');
    const id = await handedOut();
    await app.dataSource.query(
      `insert into dismissal (id, household_id, scope, vacancy_id, reason, at) values ($1, $2, 'vacancy', $3, 'pay', $4)`,
      [newId(), wanted!.household_id, wanted!.vacancy_id, BUILT_AT],
    );
    const [gone] = await rows<{ id: string }>(
      app.dataSource,
      'select id from household where id <> $1 order by id limit 1',
      [wanted!.household_id],
    );
    await app.dataSource.query('update household set consent_matching_at = null where id = $1', [gone!.id]);
    await queues().resume(SHARD_QUEUE);
    expect(await ended(id)).toMatchObject({ status: 'done' });
    const found = (await proposed()) as { household_id: string; vacancy_id: string }[];
    const own = found.filter((one) => one.household_id === wanted!.household_id).map((one) => one.vacancy_id);
    expect(own.length).toBeGreaterThan(0);
    expect(own).not.toContain(wanted!.vacancy_id);
    expect(found.filter((one) => one.household_id === gone!.id)).toEqual([]);
    await app.dataSource.query('update household set consent_matching_at = $1', [BUILT_AT]);
  });

  it('goes on where it was when its job begins again', async () => {
    const id = await handedOut();
    const [before] = await rows<{ id: string }>(app.dataSource, 'select id from match_snapshot');
    // As after a crash between writing the shards and waiting for them: the event's job runs once more.
    const [event] = await rows<{ id: string }>(
      app.dataSource,
      `select id from outbox_event where payload ->> 'runId' = $1`,
      [id],
    );
    await queues().addAll('match', [{ name: 'rematch', jobId: `again-${id}`, data: { eventId: event!.id } }]);
    const again = async (): Promise<string | undefined> => (await queues().job('match', `again-${id}`))?.getState();
    await until(async () => (await again()) === 'waiting-children');
    expect(await rows(app.dataSource, 'select id from match_snapshot')).toEqual([before]);
    await queues().resume(SHARD_QUEUE);
    expect(await ended(id)).toMatchObject({ status: 'done' });
    const made = `select count(*)::int as events from outbox_event where topic = 'proposals.made' and payload ->> 'runId' = $1`;
    expect(await rows(app.dataSource, made, [id])).toEqual([{ events: 1 }]);
  });

  it('loses no shard to an outage of the queue', async () => {
    const id = await handedOut();
    const shards = app.app.get(MatchShardsService);
    const [snapshot] = await rows<{ id: string }>(app.dataSource, 'select id from match_snapshot');
    await shards.work({ snapshotId: snapshot!.id, number: 0 });
    const runs = app.app.get(MatchRunsService);
    const away = new Problem('queue.unavailable', 503);
    await expect(runs.orFail(id, true, () => Promise.reject(away))).rejects.toBe(away);
    expect(await matching().progressOf(id)).toEqual({ done: 1, all: SHARDS });
    await queues().resume(SHARD_QUEUE);
    expect(await ended(id)).toMatchObject({ status: 'done' });
  });

  it('lets a household and a vacancy that came meanwhile wait for it, and takes nothing from them', async () => {
    const id = await handedOut();
    const { id: householdId } = await makeHousehold(app.dataSource, { adults: [{}] });
    const { id: vacancyId } = await makeVacancy(app.dataSource, { districtKato: '591900000', openings: 30 });
    const asked = async (payload: Record<string, string>): Promise<string> => {
      const eventId = newId();
      await app.dataSource.query(
        `insert into outbox_event (id, topic, payload, created_at) values ($1, 'match.requested', $2, now())`,
        [eventId, JSON.stringify({ reason: 'test', ...payload })],
      );
      return eventId;
    };
    const events = [await asked({ householdId }), await asked({ vacancyId })];
    await until(async () => (await queues().counts('match'))['delayed']! >= events.length);
    expect(await rows(app.dataSource, 'select id from proposal')).toEqual([]);
    await queues().resume(SHARD_QUEUE);
    await ended(id);
    for (const event of events) await until(async () => (await matching().covers(event)) || (await isDone(event)));
    const found = (await proposed()) as { household_id: string; vacancy_id: string }[];
    expect(found.filter((one) => one.household_id === householdId).length).toBeGreaterThan(0);
    expect(found.filter((one) => one.vacancy_id === vacancyId).length).toBeGreaterThan(0);
    await app.dataSource.query('delete from proposal');
    await app.dataSource.query('update vacancy set status = $2, closed_at = now() where id = $1', [
      vacancyId,
      'closed',
    ]);
    await app.dataSource.query('update household set consent_matching_at = null where id = $1', [householdId]);
  });

  it('gives way to one that is done here and now, as by the command line, but not to one that comes to nothing', async () => {
    const id = await handedOut();
    const ctrlC = new AbortController();
    ctrlC.abort(new Error('Ctrl-C'));
    await expect(matching().run('command', { signal: ctrlC.signal })).rejects.toThrow('Ctrl-C');
    expect(await matching().runById(id)).toMatchObject({ status: 'running' });
    expect(await matching().progressOf(id)).toEqual({ done: 0, all: SHARDS });
    const { runId, households } = await matching().run('command');
    expect(households).toBe(HOUSEHOLDS);
    expect(await ended(id)).toMatchObject({ status: 'superseded' });
    expect(await matching().runById(runId)).toMatchObject({ status: 'done', supersedes: id });
    await queues().resume(SHARD_QUEUE);
    expect(await left()).toEqual([]);
  });
});

describe('a shard that fails for ever', () => {
  it('ends its run after some rounds, and the next run is done', async () => {
    const app = await startTestApp({ clock: { now: () => BUILT_AT }, config: { matchShardHouseholds: 1 } });
    for (let i = 0; i < 2; i++) await makeHousehold(app.dataSource, { adults: [{}] });
    await makeVacancy(app.dataSource, { openings: 9 });
    const status = async (id: string): Promise<string> => (await app.app.get(MatchingService).runById(id)).status;
    const broken = jest.spyOn(MatchShardsService.prototype, 'work').mockRejectedValue(new Error('broken on purpose'));
    const id = await app.app.get(MatchingService).requestRun('test');
    await until(async () => (await status(id)) === 'failed');
    expect(await rows(app.dataSource, 'select id from match_snapshot')).toEqual([]);
    broken.mockRestore();
    await until(async () => (await status(id)) === 'done');
    await app.close();
  });
});
