import 'reflect-metadata';
import { jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { TokenService } from '../../src/auth/token.service.js';
import { loadConfig } from '../../src/config/config.js';
import { fromRoot } from '../../src/config/paths.js';
import { inTurn } from '../../src/database/advisory-lock.js';
import { firstRow, rows } from '../../src/database/sql.js';
import type { Corridor } from '../../src/matching/core/types.js';
import { type Weights, readWeights } from '../../src/matching/core/weights.js';
import { HouseholdMatchesService } from '../../src/matching/household-matches.service.js';
import { MatchProcessor } from '../../src/matching/match.processor.js';
import { MatchRun } from '../../src/matching/match-run.entity.js';
import { MATCH_LOCK, MatchRunsService } from '../../src/matching/match-runs.service.js';
import { MatchingService } from '../../src/matching/matching.service.js';
import { RegionProposalService } from '../../src/matching/region-proposal.service.js';
import { MatchShardsService } from '../../src/matching/match-shards.service.js';
import { SnapshotService } from '../../src/matching/snapshot.service.js';
import { MarketService } from '../../src/matching/market.service.js';
import { MismatchService } from '../../src/matching/mismatch.service.js';
import { Placement } from '../../src/matching/placement.entity.js';
import { Proposal } from '../../src/matching/proposal.entity.js';
import { OutboxEvent } from '../../src/outbox/outbox-event.entity.js';
import { recordEvent } from '../../src/outbox/outbox.js';
import { ProgrammeService } from '../../src/programme/programme.service.js';
import { SupportService } from '../../src/programme/support.service.js';
import { PlaceService } from '../../src/reference/place.service.js';
import { QueueService } from '../../src/queue/queue.service.js';
import { type JobHandler, JobHandlers } from '../../src/queue/job-handlers.js';
import type { Actor, TokenRole } from '../../src/shared/access.js';
import { WholeRunService } from '../../src/matching/whole-run.service.js';
import { newId } from '../../src/shared/ids.js';
import { Problem } from '../../src/shared/problem.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { untilOneWaits } from '../support/until.js';

jest.setTimeout(120_000);

const readTable = (name: string): unknown => JSON.parse(readFileSync(fromRoot('data', 'matching', name), 'utf8'));
const WEIGHTS: Weights = readWeights(readTable('weights.json'));
const CORRIDORS = (readTable('corridors.json') as { corridors: Corridor[] }).corridors;
const PETROPAVL = '591000000';
const PAVLODAR = '551000000';
const KENTAU = '612000000';

let database: TestDatabase;
let dataSource: DataSource;
let now: Date;
const clock = { now: () => now };
let snapshots: SnapshotService;
let runs: MatchRunsService;
let queues: QueueService | null;
let matching: MatchingService;
let regionProposals: RegionProposalService;
let mismatches: MismatchService;
let matches: HouseholdMatchesService;

beforeEach(async () => {
  now = new Date(BUILT_AT);
  database = await createTestDatabase();
  dataSource = await database.dataSource(Proposal, Placement, MatchRun, OutboxEvent);
  const programme = new ProgrammeService(dataSource);
  snapshots = new SnapshotService(WEIGHTS, CORRIDORS, programme);
  runs = new MatchRunsService(dataSource, clock);
  matching = new MatchingService(dataSource, clock, WEIGHTS, snapshots, runs);
  regionProposals = new RegionProposalService(clock, WEIGHTS, snapshots);
  mismatches = new MismatchService(dataSource, clock, programme, new MarketService(dataSource, clock, snapshots));
  const support = new SupportService(dataSource, new PlaceService(dataSource), clock);
  matches = new HouseholdMatchesService(dataSource, clock, snapshots, support);
});
afterEach(async () => {
  await queues?.onApplicationShutdown();
  queues = null;
  await database.drop();
});

/** Enters the matcher's jobs. Runs over so few households are done in one piece: no queue is needed (shards: match-shards.test.ts). */
function processorIn(handlers: JobHandlers): void {
  const config = { ...loadConfig({}), databaseUrl: database.url };
  const shards = new MatchShardsService(dataSource, config, clock);
  queues = new QueueService(config);
  const wholeRuns = new WholeRunService(dataSource, clock, queues, snapshots, runs, shards);
  new MatchProcessor(dataSource, handlers, matching, wholeRuns, shards).onModuleInit();
}

const actor = (role: Actor['role'], regionCode: string | null = null): Actor => ({
  id: newId(),
  label: 'test',
  role,
  regionCode,
  employerId: null,
  householdId: null,
  via: 'token',
});
const vet = { isco: '2250', sector: 'agriculture' };
const nurseAlone = { adults: [{}] };

/** Posts for nurses that keep the competition low, and that nobody is moved to: they are not permanent. */
const plentyOfWork = (): Promise<unknown> => makeVacancy(dataSource, { openings: 200, employment: 'temporary' });

interface Row {
  id: string;
  householdId: string;
  districtKato: string;
  regionCode: string;
  status: string;
  score: number;
  parts: { code: string; contribution: number; seekerId?: string }[];
  local: { placements: { vacancyId: string }[] } | null;
  dueOn: string;
  version: number;
  reason: string | null;
  placements: {
    vacancyId: string;
    seekerId: string;
    score: number;
    parts: { code: string; contribution: number }[];
    promise: object;
  }[];
}
const proposals = (householdId: string | null = null): Promise<Row[]> =>
  rows(
    dataSource,
    `select p.id, p.household_id as "householdId", p.district_kato as "districtKato", p.region_code as "regionCode", p.status,
            p.score, p.score_parts as parts, p.local_alternative as local, p.due_on::text as "dueOn", p.version, p.reason,
            coalesce((select jsonb_agg(jsonb_build_object('vacancyId', pl.vacancy_id, 'seekerId', pl.seeker_id, 'score', pl.score,
              'parts', pl.parts, 'promise', pl.promise) order by s.position)
              from placement pl join seeker s on s.id = pl.seeker_id where pl.proposal_id = p.id and pl.withdrawn_at is null), '[]') as placements
     from proposal p where $1::uuid is null or p.household_id = $1 order by p.score desc, p.id`,
    [householdId],
  );
const sum = (parts: { contribution: number }[]): number => parts.reduce((total, part) => total + part.contribution, 0);
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Problem ? error.code : Promise.reject(error as Error)),
  );

describe('a match run', () => {
  it('proposes the best pair of jobs of a district to a couple, with parts that add up, a promise and a local alternative', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}, { isco: '2250' }] });
    const nurse = await makeVacancy(dataSource, {});
    const vets = await makeVacancy(dataSource, vet);
    const alone = await makeVacancy(dataSource, { districtKato: PAVLODAR, payMinTenge: 400_000, payMaxTenge: null });
    const local = await makeVacancy(dataSource, { districtKato: KENTAU, payMinTenge: 190_000, payMaxTenge: null });

    const run = await matching.run('test');
    expect(run).toMatchObject({ households: 1, seekers: 2, proposalsMade: 2, proposalsWithdrawn: 0 });

    const [both, single] = await proposals();
    expect(both).toMatchObject({
      districtKato: PETROPAVL,
      status: 'waiting',
      dueOn: '2026-11-25',
      regionCode: 'KZ-59',
    });
    expect(both!.placements.map((one) => [one.seekerId, one.vacancyId])).toEqual([
      [household.seekers[0]!.id, nurse.id],
      [household.seekers[1]!.id, vets.id],
    ]);
    expect(single!.placements.map((one) => one.vacancyId)).toEqual([alone.id]);
    expect(single!.parts).toContainEqual(
      expect.objectContaining({
        code: 'part.partner_without_job',
        seekerId: household.seekers[1]!.id,
        contribution: 0,
      }),
    );
    for (const proposal of [both!, single!]) {
      expect(Math.abs(sum(proposal.parts) - proposal.score)).toBeLessThan(1e-9);
      for (const placement of proposal.placements) {
        expect(Math.abs(sum(placement.parts) - placement.score)).toBeLessThan(1e-9);
      }
      expect(proposal.local?.placements.map((one) => one.vacancyId)).toEqual([local.id]);
    }
    expect(both!.placements[0]!.promise).toEqual({
      isco: '2221',
      title: 'Медицинская сестра',
      employerName: 'ГКП "Областная больница"',
      payMinTenge: 300_000,
      payMaxTenge: 350_000,
      housing: 'provided',
      employment: 'permanent',
      districtKato: PETROPAVL,
    });
  });

  it('records its event and its audit lines with its rows, and changes nothing when it runs again', async () => {
    await makeHousehold(dataSource, nurseAlone);
    await makeVacancy(dataSource);
    const first = await matching.run('test');
    const before = await proposals();
    expect(await rows(dataSource, `select topic, payload from outbox_event`)).toEqual([
      { topic: 'proposals.made', payload: { runId: first.runId } },
    ]);
    expect(
      await rows(dataSource, 'select action, to_state from audit_entry where subject_id = $1', [before[0]!.id]),
    ).toEqual([{ action: 'propose', to_state: 'waiting' }]);
    const second = await matching.run('test');
    expect(second).toMatchObject({
      proposalsMade: 0,
      proposalsUpdated: 0,
      proposalsUnchanged: 1,
      proposalsWithdrawn: 0,
    });
    expect(await proposals()).toEqual(before);
    expect(await matching.runById(second.runId)).toMatchObject({
      status: 'done',
      pairsScored: expect.any(Number),
      weightsVersion: WEIGHTS.version,
    });
  });

  it('rewrites a waiting proposal in its place, withdraws one whose vacancy closed, and leaves a claimed one alone', async () => {
    const household = await makeHousehold(dataSource, nurseAlone);
    const petropavl = await makeVacancy(dataSource);
    const pavlodar = await makeVacancy(dataSource, { districtKato: PAVLODAR });
    const kostanay = await makeVacancy(dataSource, { districtKato: '391000000' });
    await matching.run('test');
    const made = new Map((await proposals()).map((proposal) => [proposal.districtKato, proposal]));
    expect(made.size).toBe(3);

    await dataSource.query(
      `update proposal set status = 'claimed', claimed_by = $2, claimed_until = $3 where id = $1`,
      [made.get('391000000')!.id, newId(), new Date(now.getTime() + 900_000)],
    );
    await dataSource.query(`update vacancy set status = 'closed', closed_at = now() where id = any($1::uuid[])`, [
      [kostanay.id, pavlodar.id],
    ]);
    await dataSource.query(`update vacancy set pay_min_tenge = 345000 where id = $1`, [petropavl.id]);
    now = new Date(now.getTime() + 86_400_000);

    expect(await matching.run('test')).toMatchObject({ proposalsMade: 0, proposalsUpdated: 1, proposalsWithdrawn: 1 });
    const after = new Map((await proposals(household.id)).map((proposal) => [proposal.districtKato, proposal]));
    expect(after.get(PAVLODAR)).toMatchObject({ status: 'withdrawn', reason: 'superseded', placements: [] });
    expect(after.get('391000000')).toMatchObject({ status: 'claimed', version: 1 });
    const rewritten = after.get(PETROPAVL)!;
    expect(rewritten).toMatchObject({ id: made.get(PETROPAVL)!.id, version: 2, dueOn: made.get(PETROPAVL)!.dueOn });
    expect(rewritten.score).not.toBe(made.get(PETROPAVL)!.score);
    expect(rewritten.placements[0]!.promise).toMatchObject({ payMinTenge: 345_000 });
  });

  it('sends at most five proposals to an opening, the later ones at a price that shows, approved ones counted', async () => {
    await plentyOfWork();
    const vacancy = await makeVacancy(dataSource, { openings: 1 });
    const approved = await makeProposal(dataSource, {
      household: await makeHousehold(dataSource, nurseAlone),
      vacancies: [vacancy],
      status: 'approved',
    });
    for (let i = 0; i < 6; i++) await makeHousehold(dataSource, nurseAlone);
    await matching.run('test');
    const made = (await proposals()).filter(({ id }) => id !== approved.id);
    expect(made).toHaveLength(4);
    const prices = made.map(
      ({ placements }) => placements[0]!.parts.find((part) => part.code === 'part.congestion')!.contribution,
    );
    expect(prices.map((price) => -price).sort()).toEqual([2, 4, 6, 8]);
  });

  it('keeps waiting proposals, their price and their score when another of the same vacancy is approved', async () => {
    await plentyOfWork();
    await makeVacancy(dataSource, { openings: 1 });
    for (let i = 0; i < 4; i++) await makeHousehold(dataSource, nurseAlone);
    await matching.run('test');
    const made = await proposals();
    expect(made).toHaveLength(4);
    await dataSource.query(
      `update proposal set status = 'approved', decided_at = $2, decided_by = 'test' where id = $1`,
      [made[2]!.id, now],
    );
    expect(await matching.run('test')).toMatchObject({
      proposalsMade: 0,
      proposalsUpdated: 0,
      proposalsUnchanged: 3,
      proposalsWithdrawn: 0,
    });
    const waiting = ({ status }: Row): boolean => status === 'waiting';
    expect((await proposals()).filter(waiting)).toEqual(made.filter(({ id }) => id !== made[2]!.id));
  });

  it('matches nobody without consent or wish, from outside the departure regions, or to a pair that was refused', async () => {
    const vacancy = await makeVacancy(dataSource);
    await makeHousehold(dataSource, { ...nurseAlone, consent: { matching: false } });
    await makeHousehold(dataSource, { ...nurseAlone, columns: { wishes_move: false } });
    await makeHousehold(dataSource, { ...nurseAlone, homeKato: PAVLODAR });
    const household = await makeHousehold(dataSource, nurseAlone);
    await makeProposal(dataSource, {
      household,
      vacancies: [vacancy],
      status: 'rejected',
      columns: { decided_at: now, decided_by: 'test' },
    });
    expect(await matching.run('test')).toMatchObject({ households: 1, proposalsMade: 0 });
    await dataSource.query(`update vacancy set changed_at = $2 where id = $1`, [
      vacancy.id,
      new Date(now.getTime() + 1),
    ]);
    expect(await matching.run('test')).toMatchObject({ proposalsMade: 1 });
  });

  it('of one household touches no other', async () => {
    await makeVacancy(dataSource, { openings: 1 });
    const first = await makeHousehold(dataSource, nurseAlone);
    await matching.run('test');
    const second = await makeHousehold(dataSource, nurseAlone);
    await dataSource.query(`update household set consent_matching_at = null where id = $1`, [first.id]);
    expect(await matching.run('test', { householdId: second.id })).toMatchObject({
      proposalsMade: 1,
      proposalsWithdrawn: 0,
    });
    expect(await matching.run('test')).toMatchObject({ proposalsMade: 0, proposalsWithdrawn: 1 });
  });

  it('of one household proposes what a run over all does, of the vacancies that may fit it', async () => {
    for (const isco of ['2221', '2250', '6130', '2611', '7115']) {
      await makeVacancy(dataSource, { isco, openings: 200, employment: 'temporary' });
      for (const [i, districtKato] of [PETROPAVL, PAVLODAR, KENTAU].entries()) {
        for (let post = 0; post < 3; post++) {
          const payMinTenge = 250_000 + 40_000 * i + 15_000 * post;
          await makeVacancy(dataSource, { isco, districtKato, payMinTenge, payMaxTenge: null, openings: 1 + post });
        }
      }
    }
    const couples = [['2221'], ['3221'], ['2221', '6130'], ['2250', '7115'], ['3221', '2611'], ['2221'], ['6130']];
    const households: string[] = [];
    for (const couple of couples) {
      households.push(
        (
          await makeHousehold(dataSource, {
            adults: couple.map((isco) => ({ isco, columns: { diplomas: ['medicine'] } })),
          })
        ).id,
      );
    }
    const whole = await matching.run('test');
    expect(whole).toMatchObject({ households: 7, vacancies: 50 });
    const [refused] = await proposals(households[0]);
    await dataSource.query(`update proposal set status = 'rejected', decided_at = $2 where id = $1`, [
      refused!.id,
      now,
    ]);

    const forget = async (householdId: string): Promise<void> => {
      await dataSource.query(
        `delete from placement where proposal_id in (select id from proposal where household_id = $1 and status = 'waiting')`,
        [householdId],
      );
      await dataSource.query(`delete from proposal where household_id = $1 and status = 'waiting'`, [householdId]);
    };
    const said = async (householdId: string): Promise<object[]> =>
      (await proposals(householdId)).map(({ id: _id, version: _version, ...words }) => words);
    let proposed = 0;
    for (const householdId of households) {
      await forget(householdId);
      const single = await matching.run('test', { householdId });
      expect([single.households, single.proposalsWithdrawn]).toEqual([1, 0]);
      expect(single.vacancies).toBeLessThan(50);
      const alone = await said(householdId);
      await forget(householdId);
      await matching.run('test');
      if (alone.some((one) => 'status' in one && one.status === 'waiting')) proposed++;
      expect(alone).toEqual(await said(householdId));
    }
    expect(proposed).toBeGreaterThan(4);
    // Nurses of both degrees and vets are of one block, and a nurse of a college has a university's posts only; the rest of the market stays unread.
    expect((await matching.run('test', { householdId: households[1]! })).vacancies).toBe(20);
  });

  it('of a new vacancy proposes what a run over all would, to those whom it may concern', async () => {
    await plentyOfWork();
    await makeVacancy(dataSource, { districtKato: PAVLODAR, openings: 2 });
    const nurses: string[] = [];
    for (let i = 0; i < 4; i++) nurses.push((await makeHousehold(dataSource, nurseAlone)).id);
    for (let i = 0; i < 3; i++) await makeHousehold(dataSource, { adults: [{ isco: '7115' }] });
    const leftOut = await makeHousehold(dataSource, { ...nurseAlone, columns: { excluded_region_codes: ['KZ-59'] } });
    await matching.run('test');
    const before = new Set((await proposals()).map(({ id }) => id));

    const better = await makeVacancy(dataSource, { districtKato: PETROPAVL, payMinTenge: 600_000, payMaxTenge: null });
    const run = await matching.run('ingest', { vacancyIds: [better.id] });
    expect(run).toMatchObject({ households: 4, proposalsMade: 4, proposalsWithdrawn: 0 });
    const made = (await proposals()).filter(({ id }) => !before.has(id));
    expect(made.map(({ householdId }) => householdId).sort()).toEqual([...nurses].sort());
    expect(made.flatMap(({ placements }) => placements.map(({ vacancyId }) => vacancyId))).toEqual(Array(4).fill(better.id)); // prettier-ignore
    expect(made.some(({ householdId }) => householdId === leftOut.id)).toBe(false);
    expect(await matching.run('test')).toMatchObject({ proposalsMade: 0, proposalsUpdated: 0, proposalsWithdrawn: 0 });

    // It asks for what nobody can do: who waits for it is looked at again, and nobody else.
    await dataSource.query(`update vacancy set driving = '{D}' where id = $1`, [better.id]);
    expect(await matching.run('ingest', { vacancyIds: [better.id] })).toMatchObject({
      households: 4,
      proposalsMade: 0,
      proposalsWithdrawn: 4,
    });
  });

  it('looks once at vacancies that came in a burst, and at one that came later', async () => {
    const handlers = new JobHandlers();
    processorIn(handlers);
    const job = handlers.handlerOf('match', 'rematch');
    await makeHousehold(dataSource, nurseAlone);
    const post = async (districtKato: string): Promise<string> => {
      const { id: vacancyId } = await makeVacancy(dataSource, { districtKato });
      const wish = { topic: 'match.requested', regionCode: null, payload: { reason: 'ingest', vacancyId } } as const;
      return dataSource.transaction((tx) => recordEvent(tx, wish, now));
    };
    const runs = (): Promise<object[]> =>
      rows(dataSource, 'select id, cardinality(vacancy_ids) as vacancies from match_run order by started_at');
    const burst = [await post(PETROPAVL), await post(PAVLODAR), await post('591000000')];
    for (const eventId of [...burst, burst[0]!]) await job({ eventId }, undefined as never);
    expect(await runs()).toEqual([{ id: burst[0], vacancies: 3 }]);
    expect(await proposals()).toHaveLength(2);
    now = new Date(now.getTime() + 1_000);
    const later = await post('631010000');
    await job({ eventId: later }, undefined as never);
    expect(await runs()).toEqual([
      { id: burst[0], vacancies: 3 },
      { id: later, vacancies: 1 },
    ]);
    expect((await proposals()).map(({ districtKato }) => districtKato)).toContain('631010000');
    // Of many at once everything is looked at.
    now = new Date(now.getTime() + 1_000);
    const many: string[] = [];
    for (let i = 0; i < 51; i++) many.push(await post(PAVLODAR));
    await job({ eventId: many[0]! }, undefined as never);
    expect((await runs()).at(-1)).toEqual({ id: many[0], vacancies: null });
  });

  describe('of what is asked for together', () => {
    let job: JobHandler;
    beforeEach(() => {
      const handlers = new JobHandlers();
      processorIn(handlers);
      job = handlers.handlerOf('match', 'rematch');
    });
    const ask = (payload: Record<string, string>): Promise<string> =>
      dataSource.transaction((tx) => recordEvent(tx, { topic: 'match.requested', regionCode: null, payload }, now));
    const household = async (): Promise<{ id: string; eventId: string }> => {
      const { id } = await makeHousehold(dataSource, nurseAlone);
      return { id, eventId: await ask({ householdId: id }) };
    };
    const runs = (): Promise<object[]> =>
      rows(dataSource, 'select id, households, household_id as "householdId", vacancy_ids as "vacancyIds" from match_run order by started_at, id'); // prettier-ignore
    const work = (eventId: string): Promise<unknown> => job({ eventId }, undefined as never);

    it('looks once at households and vacancies, whoever of the workers comes first', async () => {
      await makeVacancy(dataSource, { openings: 9 });
      const asked = [await household(), await household(), await household()];
      const other = await makeHousehold(dataSource, nurseAlone);
      const { id: vacancyId } = await makeVacancy(dataSource, { districtKato: PAVLODAR, openings: 9 });
      const events = [...asked.map(({ eventId }) => eventId), await ask({ vacancyId })];
      await Promise.all(events.map(work));
      const [run, ...more] = await runs();
      expect(run).toMatchObject({ households: 4, householdId: null, vacancyIds: [vacancyId] });
      expect(more).toEqual([]);
      const found = await proposals();
      expect(new Set(found.map(({ householdId }) => householdId))).toEqual(new Set([other.id, ...asked.map(({ id }) => id)])); // prettier-ignore
      expect(found).toHaveLength(8);
      expect(await matching.run('test')).toMatchObject({ proposalsMade: 0, proposalsUpdated: 0, proposalsWithdrawn: 0 }); // prettier-ignore
    });

    it('says of several households that there were several, and takes up the next ones for themselves', async () => {
      await makeVacancy(dataSource, { openings: 9 });
      const [first, second] = [await household(), await household()];
      await work(second.eventId);
      await work(first.eventId);
      expect(await runs()).toEqual([{ id: second.eventId, households: 2, householdId: null, vacancyIds: [] }]);
      now = new Date(now.getTime() + 1_000);
      const third = await household();
      await work(third.eventId);
      expect((await runs()).slice(1)).toEqual([{ id: third.eventId, households: 1, householdId: third.id, vacancyIds: null }]); // prettier-ignore
      expect(await proposals()).toHaveLength(3);
    });

    it('waits for no turn with what is done already', async () => {
      const [first, second] = [await household(), await household()];
      await work(first.eventId);
      await inTurn(dataSource, MATCH_LOCK, () => work(second.eventId));
      expect(await runs()).toHaveLength(1);
    });

    it('looks at 200 of those that ask beside its own, and leaves the others to the next', async () => {
      const asked: string[] = [];
      for (let i = 0; i < 203; i++) asked.push((await household()).eventId);
      asked.sort();
      const [own, next] = [asked[202]!, asked[201]!];
      await work(own);
      const finished = await rows<{ id: string }>(dataSource, 'select id from outbox_event where topic = \'match.requested\' and finished_at is not null order by id'); // prettier-ignore
      expect(finished.map(({ id }) => id)).toEqual(asked.slice(0, 200));
      now = new Date(now.getTime() + 1_000);
      await work(next);
      expect(await runs()).toMatchObject([
        { id: own, households: 201 },
        { id: next, households: 2, vacancyIds: [] },
      ]);
      for (const eventId of asked) await work(eventId);
      expect(await runs()).toHaveLength(2);
    });

    it('tries again alone what has failed, and lets it fail nobody else', async () => {
      await makeVacancy(dataSource, { openings: 9 });
      const [failing, sound] = [await household(), await household()];
      await dataSource.query('alter table placement rename to placement_gone');
      await expect(work(failing.eventId)).rejects.toThrow();
      await dataSource.query('alter table placement_gone rename to placement');
      expect(await rows(dataSource, 'select from outbox_event where finished_at is not null')).toEqual([]);
      now = new Date(now.getTime() + 1_000);
      await work(sound.eventId);
      expect((await proposals()).map(({ householdId }) => householdId)).toEqual([sound.id]);
      const later = await household();
      await work(failing.eventId);
      expect((await proposals()).map(({ householdId }) => householdId).sort()).toEqual([failing.id, sound.id].sort());
      await work(later.eventId);
      expect(await proposals()).toHaveLength(3);
    });
  });

  it('keeps a claim that an officer made while it computed', async () => {
    await makeHousehold(dataSource, nurseAlone);
    const vacancy = await makeVacancy(dataSource);
    await matching.run('test');
    const [waiting] = await proposals();
    await dataSource.query('update vacancy set pay_min_tenge = 340000 where id = $1', [vacancy.id]);
    const officer = dataSource.createQueryRunner();
    await officer.startTransaction();
    await officer.query(
      `update proposal set status = 'claimed', claimed_by = $2, claimed_until = now() + interval '1 hour' where id = $1`,
      [waiting!.id, newId()],
    );
    const running = matching.run('test');
    await untilOneWaits(dataSource, '%for update%');
    await officer.commitTransaction();
    await officer.release();
    expect(await running).toMatchObject({ proposalsMade: 0, proposalsUpdated: 0, proposalsWithdrawn: 0 });
    expect(await proposals()).toMatchObject([{ id: waiting!.id, status: 'claimed', version: 1 }]);
  });

  it('proposes nothing to a household that took back its consent while it computed', async () => {
    await makeHousehold(dataSource, nurseAlone);
    await makeVacancy(dataSource, { openings: 2 });
    await matching.run('test');
    const [waiting] = await proposals();
    await dataSource.query('update vacancy set pay_min_tenge = 340000');
    const late = await makeHousehold(dataSource, nurseAlone);
    const other = dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query(`select from proposal where id = $1 for update`, [waiting!.id]);
    const running = matching.run('test');
    await untilOneWaits(dataSource, '%for update%');
    await dataSource.query('update household set consent_matching_at = null where id = $1', [late.id]);
    await other.commitTransaction();
    await other.release();
    expect(await running).toMatchObject({ proposalsMade: 0 });
    expect(await proposals(late.id)).toEqual([]);
  });

  it('proposes no vacancy that closed while it computed', async () => {
    const household = await makeHousehold(dataSource, nurseAlone);
    const vacancy = await makeVacancy(dataSource);
    const take = snapshots.take.bind(snapshots);
    const spy = jest.spyOn(snapshots, 'take').mockImplementation(async (...given) => {
      const snapshot = await take(...given);
      await dataSource.query(`update vacancy set status = 'closed', closed_at = $2 where id = $1`, [vacancy.id, now]);
      return snapshot;
    });
    expect(await matching.run('test')).toMatchObject({ proposalsMade: 0 });
    const asked = { householdId: household.id, regionCode: 'KZ-59', referredFromId: null };
    await dataSource.query(`update vacancy set status = 'open', closed_at = null`);
    expect(await dataSource.transaction((tx) => regionProposals.proposeInRegion(tx, asked))).toBeNull();
    spy.mockRestore();
    expect(await proposals()).toEqual([]);
  });

  it('withdraws nothing for something better that closed while it computed', async () => {
    await makeHousehold(dataSource, nurseAlone);
    const districts = ['591000000', PAVLODAR, '391000000'];
    for (const districtKato of districts)
      await makeVacancy(dataSource, { districtKato, payMinTenge: 200_000, payMaxTenge: 220_000 });
    expect(await matching.run('test')).toMatchObject({ proposalsMade: 3 });
    const better = await makeVacancy(dataSource, {
      districtKato: '631000000',
      payMinTenge: 900_000,
      payMaxTenge: null,
    });
    const take = snapshots.take.bind(snapshots);
    const spy = jest.spyOn(snapshots, 'take').mockImplementationOnce(async (...given) => {
      const snapshot = await take(...given);
      await dataSource.query(`update vacancy set status = 'closed', closed_at = $2 where id = $1`, [better.id, now]);
      return snapshot;
    });
    expect(await matching.run('test')).toMatchObject({ proposalsMade: 0, proposalsWithdrawn: 0 });
    expect((await proposals()).map(({ status }) => status)).toEqual(['waiting', 'waiting', 'waiting']);
    // Had it stayed open, it would have taken the place of one of them.
    await dataSource.query(`update vacancy set status = 'open', closed_at = null where id = $1`, [better.id]);
    expect(await matching.run('test')).toMatchObject({ proposalsMade: 1, proposalsWithdrawn: 1 });
    spy.mockRestore();
  });

  it('withdraws nothing that an officer gave back while it computed', async () => {
    const [first, second] = [await makeHousehold(dataSource, nurseAlone), await makeHousehold(dataSource, nurseAlone)];
    await makeVacancy(dataSource);
    await matching.run('test');
    const [[held], [rewritten]] = [await proposals(first.id), await proposals(second.id)];
    await dataSource.query(
      `update proposal set status = 'claimed', claimed_by = $2, claimed_until = $3 where id = $1`,
      [held!.id, newId(), now],
    );
    await dataSource.query('update vacancy set pay_min_tenge = 340000');
    const officer = dataSource.createQueryRunner();
    await officer.startTransaction();
    await officer.query(`update proposal set version = version + 1 where id = $1`, [rewritten!.id]);
    const running = matching.run('test');
    await untilOneWaits(dataSource, '%for update%');
    await officer.query(
      `update proposal set status = 'waiting', claimed_by = null, claimed_until = null where id = $1`,
      [held!.id],
    );
    await officer.commitTransaction();
    await officer.release();
    expect(await running).toMatchObject({ proposalsUpdated: 1, proposalsWithdrawn: 0 });
    expect(await proposals(first.id)).toMatchObject([{ id: held!.id, status: 'waiting' }]);
  });

  it('rewrites one proposal while an officer holds another', async () => {
    const [first, second] = [await makeHousehold(dataSource, nurseAlone), await makeHousehold(dataSource, nurseAlone)];
    const vacancy = await makeVacancy(dataSource);
    await matching.run('test');
    await dataSource.query('update vacancy set pay_min_tenge = 340000 where id = $1', [vacancy.id]);
    const [held] = await proposals(second.id);
    const officer = dataSource.createQueryRunner();
    await officer.startTransaction();
    await officer.query('select from proposal where id = $1 for update', [held!.id]);
    try {
      const run = matching.run('test', { householdId: first.id });
      const late = new Promise((resolve) => setTimeout(resolve, 5_000, 'it waits for the officer'));
      expect(await Promise.race([run, late])).toMatchObject({ proposalsUpdated: 1 });
    } finally {
      await officer.commitTransaction();
      await officer.release();
    }
  });

  it('counts the persons of a household anew, in what waits and in what was approved', async () => {
    const { id } = await makeHousehold(dataSource, { adults: [{}], children: 0 });
    const vacancies = [await makeVacancy(dataSource), await makeVacancy(dataSource, { districtKato: PAVLODAR })];
    await matching.run('test');
    const [first] = await proposals();
    await dataSource.query(`update proposal set status = 'approved', decided_at = $2 where id = $1`, [first!.id, now]);
    await dataSource.query('update household set children = 3 where id = $1', [id]);
    expect(await matching.run('test', { householdId: id })).toMatchObject({ proposalsMade: 0, proposalsUpdated: 1 });
    const counted = await rows(dataSource, 'select persons, version, status from proposal order by status');
    expect(counted).toEqual([
      { persons: 4, version: 2, status: 'approved' },
      { persons: 4, version: 2, status: 'waiting' },
    ]);
    const lines = await rows(dataSource, `select action from audit_entry where action = 'recount'`);
    expect(lines).toHaveLength(vacancies.length - 1);
    expect(await matching.run('test')).toMatchObject({ proposalsUpdated: 0, proposalsUnchanged: 1 });
  });

  it('leaves a proposal alone that the household was asked about, also when its claim was given back', async () => {
    await makeHousehold(dataSource, nurseAlone);
    const vacancy = await makeVacancy(dataSource);
    await matching.run('test');
    const [made] = await proposals();
    // Returned for information, claimed anew and released: it waits again, but the household knows of it.
    await dataSource.query(`update proposal set decided_at = $2, decided_by = 'officer' where id = $1`, [
      made!.id,
      now,
    ]);
    await dataSource.query(`update vacancy set isco = '6130', sector = 'agriculture' where id = $1`, [vacancy.id]);
    expect(await matching.run('test')).toMatchObject({ proposalsUpdated: 0, proposalsWithdrawn: 0 });
    expect(await proposals()).toMatchObject([{ id: made!.id, status: 'waiting', version: 1 }]);
  });

  it('gives no proposal a new version for a breath of the market, but for a local job that is gone', async () => {
    const farmer = { isco: '6130', sector: 'agriculture' };
    const household = await makeHousehold(dataSource, nurseAlone);
    await makeVacancy(dataSource);
    await makeVacancy(dataSource, { districtKato: PAVLODAR, openings: 400, ...farmer });
    const local = await makeVacancy(dataSource, { districtKato: KENTAU });
    await matching.run('test');
    const [made] = await proposals(household.id);
    const tension = async (): Promise<number> =>
      (await snapshots.scorer(dataSource, await snapshots.rules(now))).tensions.occupation('KZ-59', '2221', 'medicine');
    const before = await tension();
    await makeVacancy(dataSource, { districtKato: PAVLODAR, ...farmer });
    expect(await tension()).not.toBe(before);
    expect(await matching.run('test')).toMatchObject({ proposalsUpdated: 0, proposalsUnchanged: 1 });
    await dataSource.query(`update vacancy set status = 'closed', closed_at = now() where id = $1`, [local.id]);
    expect(await matching.run('test')).toMatchObject({ proposalsUpdated: 1 });
    const [after] = await proposals(household.id);
    expect(after).toMatchObject({ id: made!.id, version: 2, local: null });
  });

  it('offers the one local post to one of two adults', async () => {
    await makeHousehold(dataSource, { adults: [{}, { isco: '2221' }] });
    await makeVacancy(dataSource, { openings: 2 });
    const local = await makeVacancy(dataSource, { districtKato: KENTAU, openings: 1 });
    await matching.run('test');
    const vacancyIds = async (): Promise<string[]> =>
      (await proposals())[0]!.local!.placements.map(({ vacancyId }) => vacancyId);
    expect(await vacancyIds()).toEqual([local.id]);
    await dataSource.query('update vacancy set openings = 2 where id = $1', [local.id]);
    await matching.run('test');
    expect(await vacancyIds()).toEqual([local.id, local.id]);
  });

  it('proposes a post of another speciality at the fit of a neighbouring occupation, for a person to check', async () => {
    const columns = { occupation_title: 'Врач-хирург', diplomas: ['medicine'] };
    await makeHousehold(dataSource, { adults: [{ isco: '2212', columns }] });
    const other = { isco: '2212', sector: 'medicine', columns: { title: 'Анестезиолог-реаниматолог дәрігер' } };
    await makeVacancy(dataSource, other);
    await makeVacancy(dataSource, { ...other, districtKato: PAVLODAR, columns: { title: 'Хирург дәрігер' } });
    await matching.run('test');
    const made = await rows<{ district: string; checks: string[] }>(
      dataSource,
      `select p.district_kato as district, jsonb_path_query_array(pl.parts, '$[*].needsCheck[*]') as checks
       from placement pl join proposal p on p.id = pl.proposal_id order by 1`,
    );
    expect(made).toEqual([
      { district: PAVLODAR, checks: [] },
      { district: PETROPAVL, checks: ['speciality_differs'] },
    ]);
  });

  it('follows another run instead of crossing it', async () => {
    for (let i = 0; i < 5; i++) await makeHousehold(dataSource, nurseAlone);
    await makeVacancy(dataSource, { openings: 5 });
    const runs = await Promise.all([matching.run('one'), matching.run('two')]);
    expect(runs.map(({ proposalsMade }) => proposalsMade).sort()).toEqual([0, 5]);
    expect(await proposals()).toHaveLength(5);
  });

  it('is done once by its job, however often that runs, and told of its household', async () => {
    await makeHousehold(dataSource, nurseAlone);
    await makeVacancy(dataSource);
    const handlers = new JobHandlers();
    processorIn(handlers);
    const runId = await matching.requestRun('api');
    expect(await matching.runById(runId)).toMatchObject({ status: 'running' });
    const event = await firstRow<{ id: string }>(
      dataSource,
      `select id from outbox_event where topic = 'match.requested'`,
    );
    const job = handlers.handlerOf('match', 'rematch');
    for (let i = 0; i < 2; i++) await job({ eventId: event!.id }, undefined as never);
    expect(await matching.runById(runId)).toMatchObject({ status: 'done', proposalsMade: 1 });
    const made = `select count(*)::int as events from outbox_event where topic = 'proposals.made'`;
    expect(await rows(dataSource, made)).toEqual([{ events: 1 }]);
  });

  it('spares a household a run of its own when a run over all began after it asked', async () => {
    const handlers = new JobHandlers();
    processorIn(handlers);
    const job = handlers.handlerOf('match', 'rematch');
    await makeVacancy(dataSource, { openings: 9 });
    const ask = async (): Promise<string> => {
      const { id: householdId } = await makeHousehold(dataSource, nurseAlone);
      const wish = { topic: 'match.requested', regionCode: null, payload: { householdId } } as const;
      return dataSource.transaction((tx) => recordEvent(tx, wish, now));
    };
    const before = [await ask(), await ask()];
    now = new Date(now.getTime() + 1_000);
    const whole = matching.run('ingest');
    const begun = `select count(*)::int as n from match_run`;
    while ((await firstRow<{ n: number }>(dataSource, begun))!.n === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([whole, ...before.map((eventId) => job({ eventId }, undefined as never))]);
    const runs = (): Promise<object[]> => rows(dataSource, 'select id, household_id is null as whole from match_run');
    expect(await runs()).toMatchObject([{ whole: true }]);
    expect(await proposals()).toHaveLength(2);

    now = new Date(now.getTime() + 1_000);
    const after = await ask();
    await job({ eventId: after }, undefined as never);
    expect(await runs()).toHaveLength(2);
    expect(await runs()).toContainEqual({ id: after, whole: false });
    expect(await proposals()).toHaveLength(3);
  });

  it('runs for what was committed after a later run had read, though it began before', async () => {
    const handlers = new JobHandlers();
    processorIn(handlers);
    const job = handlers.handlerOf('match', 'rematch');
    await makeHousehold(dataSource, nurseAlone);
    const ingest = dataSource.createQueryRunner();
    await ingest.startTransaction();
    await makeVacancy(ingest.manager);
    const wish = { topic: 'match.requested', regionCode: null, payload: { reason: 'ingest' } } as const;
    const eventId = await recordEvent(ingest.manager, wish, now);
    now = new Date(now.getTime() + 60_000);
    expect(await matching.run('api')).toMatchObject({ proposalsMade: 0 });
    await ingest.commitTransaction();
    await ingest.release();
    now = new Date(now.getTime() + 60_000);
    await job({ eventId }, undefined as never);
    expect(await proposals()).toHaveLength(1);
  });

  it('says that it failed when it does', async () => {
    await makeHousehold(dataSource, nurseAlone);
    await makeVacancy(dataSource);
    await dataSource.query('alter table placement rename to placement_gone');
    const runId = newId();
    await expect(matching.run('test', { runId })).rejects.toThrow();
    expect(await matching.runById(runId)).toMatchObject({ status: 'failed' });
  });
});

describe('a referral', () => {
  it('makes the best proposal of the other region, beside those the household has, and none where there is no match', async () => {
    const household = await makeHousehold(dataSource, nurseAlone);
    const vacancy = await makeVacancy(dataSource, { districtKato: PAVLODAR });
    const from = await makeProposal(dataSource, { household, status: 'referred' });
    const wish = { householdId: household.id, referredFromId: from.id };
    const made = await dataSource.transaction((tx) =>
      regionProposals.proposeInRegion(tx, { ...wish, regionCode: 'KZ-55' }),
    );
    const none = await dataSource.transaction((tx) =>
      regionProposals.proposeInRegion(tx, { ...wish, regionCode: 'KZ-39' }),
    );
    expect(none).toBeNull();
    const there = (await proposals(household.id)).find(({ id }) => id === made);
    expect(there).toMatchObject({ status: 'waiting', regionCode: 'KZ-55', placements: [{ vacancyId: vacancy.id }] });
    await dataSource.query(`update vacancy set status = 'closed', closed_at = now()`);
    expect(await matching.run('test')).toMatchObject({ proposalsWithdrawn: 0 });
  });
});

describe('mismatch', () => {
  it('counts open vacancies, openings and people by region and sector, of one source or of all', async () => {
    await makeVacancy(dataSource, { openings: 3 });
    await makeVacancy(dataSource, { columns: { source: 'enbek', openings: null } });
    await makeVacancy(dataSource, { districtKato: KENTAU });
    await makeVacancy(dataSource, { columns: { status: 'closed', closed_at: now } });
    // Over since yesterday, though nothing has closed it yet.
    await makeVacancy(dataSource, { columns: { valid_until: '2026-11-21' } });
    await makeHousehold(dataSource, { adults: [{}, {}] });
    await makeHousehold(dataSource, { adults: [{}], consent: { matching: false } });

    const all = await mismatches.mismatch({}, true);
    const cell = (region: string, sector: string, from = all) =>
      from.cells.find((one) => one.region === region && one.sector === sector);
    expect(all).toMatchObject({ asOf: BUILT_AT.toISOString(), grouping: 'seed-table-1' });
    expect(cell('KZ-59', 'medicine')).toEqual({
      region: 'KZ-59',
      sector: 'medicine',
      vacancies: 2,
      openings: 4,
      seekers: 0,
      tension: 4,
    });
    expect(cell('KZ-61', 'medicine')).toMatchObject({ vacancies: 1, openings: 2, seekers: 2, tension: 2 / 3 });
    expect(all.cells).toHaveLength(36);
    expect(cell('KZ-71', 'agriculture')).toMatchObject({ vacancies: 0, openings: 0, seekers: 0, tension: 0 });
    expect(all.northSouth).toEqual({
      education: { north: 0, south: 0, ratio: null },
      medicine: { north: 2, south: 1, ratio: 2 },
      agriculture: { north: 0, south: 0, ratio: null },
    });
    // What everybody may read tells of no two persons, neither by their number nor by what is divided by it.
    expect(cell('KZ-61', 'medicine', await mismatches.mismatch())).toMatchObject({ seekers: 0, tension: 2 });
    for (const source of ['enbek', 'enbek-feed']) {
      const one = await mismatches.mismatch({ source });
      expect(cell('KZ-59', 'medicine', one)).toMatchObject({ vacancies: 1, openings: 1 });
      expect(one.northSouth['medicine']).toEqual({ north: 1, south: 0, ratio: null });
    }
  });

  it('groups by the programme’s lists on a date, and by occupation', async () => {
    await makeVacancy(dataSource, { districtKato: '111000000' });
    await makeVacancy(dataSource);
    await makeHousehold(dataSource, nurseAlone);
    const north = async (on: string): Promise<number | undefined> =>
      (await mismatches.mismatch({ grouping: 'programme', on })).northSouth['medicine']?.north;
    expect(await north('2021-05-01')).toBe(2);
    expect(await north('2026-11-22')).toBe(1);
    const [nurses] = await mismatches.occupations({}, true);
    expect(nurses).toMatchObject({
      isco: '2221',
      vacancies: 2,
      openings: 4,
      seekers: 1,
      tension: 2,
      northSouth: { north: 2, south: 0 },
    });
    // What everybody may read tells of no single person, in the whole or in a region.
    const [shown] = await mismatches.occupations();
    expect(shown).toMatchObject({ seekers: 0, tension: 4 });
    expect(shown!.regions.map(({ seekers, tension, openings }) => [seekers, tension === openings])).toEqual([
      [0, true],
      [0, true],
      [0, true],
    ]);
    await Promise.all(Array.from({ length: 3 }, () => makeHousehold(dataSource, nurseAlone)));
    expect((await mismatches.occupations())[0]).toMatchObject({ seekers: 5 });
  });

  it('refuses a source, a grouping and a date that do not exist', async () => {
    expect(await refusal(mismatches.mismatch({ source: 'nowhere' }))).toBe('mismatch.source_unknown');
    expect(await refusal(mismatches.mismatch({ grouping: 'east-west' }))).toBe('programme.grouping_unknown');
    expect(await refusal(mismatches.mismatch({ grouping: 'programme', on: '2026-02-30' }))).toBe(
      'programme.date_invalid',
    );
  });
});

describe('questions about a household', () => {
  it('shows an officer the proposals of the own region only', async () => {
    const household = await makeHousehold(dataSource, nurseAlone);
    await makeProposal(dataSource, { household, vacancies: [await makeVacancy(dataSource)] });
    await makeProposal(dataSource, {
      household,
      vacancies: [await makeVacancy(dataSource, { districtKato: PAVLODAR })],
    });
    expect(await matches.matches(actor('administrator'), household.id)).toHaveLength(2);
    expect(await matches.matches(actor('officer', 'KZ-59'), household.id)).toMatchObject([{ regionCode: 'KZ-59' }]);
    expect(await refusal(matches.matches(actor('officer', 'KZ-39'), household.id))).toBe('household.not_found');
    expect(await refusal(matches.matches(actor('administrator'), newId()))).toBe('household.not_found');
  });

  it('says so when nobody in the household seeks work, and knows no erased household', async () => {
    const household = await makeHousehold(dataSource, nurseAlone);
    const vacancy = await makeVacancy(dataSource);
    await makeProposal(dataSource, { household, vacancies: [vacancy] });
    await dataSource.query('update seeker set seeks_work = false where household_id = $1', [household.id]);
    expect(await matches.eligibility(actor('system'), household.id, vacancy.id)).toMatchObject({
      failures: ['eligibility.nobody_seeks_work'],
      seekers: [],
    });
    expect(await matching.run('test')).toMatchObject({ households: 0 });
    await dataSource.query('update household set erased_at = $2 where id = $1', [household.id, now]);
    for (const one of [actor('administrator'), actor('system'), actor('officer', 'KZ-59')]) {
      expect(await refusal(matches.matches(one, household.id))).toBe('household.not_found');
      expect(await refusal(matches.eligibility(one, household.id, vacancy.id))).toBe('household.not_found');
    }
  });

  it('says why a vacancy is not proposed', async () => {
    const household = await makeHousehold(dataSource, {
      adults: [{}, { isco: '6130' }],
      columns: { housing_required: true },
    });
    const vacancy = await makeVacancy(dataSource, { housing: 'help', employment: 'seasonal' });
    const answer = await matches.eligibility(actor('system'), household.id, vacancy.id);
    expect(answer.failures).toEqual(['eligibility.not_permanent', 'eligibility.housing_required']);
    expect(answer.seekers).toMatchObject([
      { eligible: false, failures: [], explained: { score: expect.any(Number) } },
      { eligible: false, failures: expect.arrayContaining(['eligibility.occupation_unrelated']), explained: null },
    ]);
    expect(await refusal(matches.eligibility(actor('officer', 'KZ-59'), household.id, vacancy.id))).toBe(
      'household.not_found',
    );
    expect(await refusal(matches.eligibility(actor('system'), household.id, newId()))).toBe('match.vacancy_not_found');
  });
});

describe('over HTTP', () => {
  let test: TestApp;
  const token = async (role: TokenRole, regionCode?: string): Promise<Record<string, string>> => {
    const made = await test.app.get(TokenService).create({ role, regionCode, label: 'test' }, actor('administrator'));
    return { authorization: `Bearer ${made.token}`, 'accept-language': 'ru' };
  };
  beforeEach(async () => {
    test = await startTestApp({ role: 'api', clock, database });
  });
  afterEach(() => test.close());

  it('answers mismatch to everybody and the rest to those it concerns', async () => {
    const open = await fetch(`${test.url}/api/v1/mismatch?grouping=programme&on=2026-11-22`);
    expect([open.status, ((await open.json()) as { grouping: string }).grouping]).toEqual([200, 'programme']);
    expect((await fetch(`${test.url}/api/v1/mismatch?grouping=x`)).status).toBe(400);
    expect((await fetch(`${test.url}/api/v1/match-runs`, { method: 'POST' })).status).toBe(401);
    const officer = await token('officer', 'KZ-59');
    expect((await fetch(`${test.url}/api/v1/match-runs`, { method: 'POST', headers: officer })).status).toBe(403);
  });

  it('takes a wish for a run, and shows the run, the matches in words and the reasons against a vacancy', async () => {
    const administrator = await token('administrator');
    const asked = await fetch(`${test.url}/api/v1/match-runs`, { method: 'POST', headers: administrator });
    expect(asked.status).toBe(202);
    const run = await fetch(`${test.url}${asked.headers.get('location')}`, { headers: administrator });
    expect(await run.json()).toMatchObject({ status: 'running', reason: 'api' });

    const household = await makeHousehold(dataSource, nurseAlone);
    const vacancy = await makeVacancy(dataSource, { housing: null });
    for (let i = 0; i < 2; i++)
      await makeVacancy(dataSource, { districtKato: KENTAU, payMinTenge: 900_000, payMaxTenge: null, openings: 9 });
    await matching.run('test');
    const officer = await token('officer', 'KZ-59');
    const found = await fetch(`${test.url}/api/v1/households/${household.id}/matches`, { headers: officer });
    const [match] = (await found.json()) as {
      score: number;
      worseThanStaying: boolean;
      localAlternative: {
        placements: { score: number; parts: object[] }[];
        comparison: { moving: number; staying: number };
      };
      placements: { parts: { code: string; text: string }[]; mismatch: object }[];
    }[];
    expect(match!.score).toBeGreaterThan(0);
    expect(match!.placements[0]!.parts).toContainEqual(
      expect.objectContaining({ code: 'part.housing', text: 'Жильё, как его указывает работодатель', notStated: true }),
    );
    expect(match!.placements[0]!.mismatch).toMatchObject({
      tensionHome: expect.any(Number),
      tensionThere: expect.any(Number),
      mismatch: expect.any(Number),
      sector: 'medicine',
      sectorNorthSouth: { north: 1, south: 2, ratio: 0.5 },
      sides: { isco: '2221', home: 'south', bySector: { north: 1, south: 2, ratio: 0.5 }, byOccupation: null },
      texts: [
        expect.stringContaining('На одного человека этой профессии'),
        'В отрасли «Медицина» на каждую вакансию юга приходится 0,50 вакансии севера: там их меньше, чем здесь. Посчитано всего 3 вакансии, так что это может скоро измениться.',
      ],
    });
    expect(match!.worseThanStaying).toBe(true);
    expect(match!.localAlternative.placements[0]!.parts[0]).toMatchObject({
      code: 'part.pay',
      text: 'Зарплата по сравнению с нынешней',
    });
    const { moving, staying } = match!.localAlternative.comparison;
    expect(staying).toBe(match!.localAlternative.placements[0]!.score);
    expect(moving).toBeLessThan(staying);
    await dataSource.query(`update vacancy set region_code = 'KZ-75' where id = $1`, [vacancy.id]);
    const why = await fetch(`${test.url}/api/v1/households/${household.id}/vacancies/${vacancy.id}/eligibility`, {
      headers: officer,
    });
    expect(await why.json()).toMatchObject({
      failures: [
        { code: 'eligibility.not_reception_region', text: 'Регион вакансии не входит в регионы приёма программы.' },
      ],
      seekers: [{ eligible: false, failures: [], score: expect.any(Number) }],
    });
  });
});
