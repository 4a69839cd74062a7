import { jest } from '@jest/globals';
import { APPLICATION_STATES } from '../../src/applications/application-states.js';
import { ApplicationsCalendar } from '../../src/applications/applications-calendar.service.js';
import { AccountRegister } from '../../src/auth/account-register.service.js';
import { DelaysService } from '../../src/centres/delays.service.js';
import { FOLLOW_UP_STATES } from '../../src/outcomes/follow-up-states.js';
import { FiguresService } from '../../src/outcomes/figures.service.js';
import { OUTCOME_KINDS } from '../../src/outcomes/outcome-kinds.js';
import { DEMO_OFFICERS } from '../../src/cli/demo/officers.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { runCli } from '../../src/cli/cli.js';
import { asSystem } from '../../src/database/scope.js';
import { type DemoLoad, loadDemo } from '../../src/cli/demo/load.js';
import { mainJobTable, untilQuiet } from '../../src/cli/demo/main-job.js';
import { firstRow, rows } from '../../src/database/sql.js';
import { MismatchService } from '../../src/matching/mismatch.service.js';
import { ProgrammeService } from '../../src/programme/programme.service.js';
import { dateInKazakhstan } from '../../src/shared/clock.js';
import { newId } from '../../src/shared/ids.js';
import { IngestService } from '../../src/vacancies/ingest.service.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { HandClock } from '../support/ingest.js';
import { Reader } from '../support/reader.js';

jest.setTimeout(300_000);

/** Table 1 as printed in the paper (JESR 13(6), 2023): education, medicine, agriculture. Typed off the paper, not off the code. */
const PAPER: [region: string, education: number, medicine: number, agriculture: number][] = [
  ['KZ-71', 189, 329, 22],
  ['KZ-59', 66, 98, 38],
  ['KZ-63', 183, 248, 61],
  ['KZ-39', 90, 295, 57],
  ['KZ-11', 96, 155, 66],
  ['KZ-55', 64, 64, 62],
  ['KZ-35', 66, 204, 186],
  ['KZ-19', 527, 101, 10],
  ['KZ-47', 80, 70, 9],
  ['KZ-43', 41, 42, 10],
  ['KZ-31', 107, 66, 27],
  ['KZ-61', 509, 272, 174],
];
const SEED = ['education', 'medicine', 'agriculture'];
const TODAY = '2026-11-22';
/** What the demo's past is written into. */
const PAST = [
  'application',
  'application_step',
  'interest',
  'arrival',
  'outcome',
  'support_payment',
  'quota_ledger',
] as const;
const silent = { step: () => undefined, ingest: () => undefined };

let running: TestApp;
let gateway: DemoGateway;
let clock: HandClock;
let load: DemoLoad;
/** What stood after a load that Ctrl-C ended while it entered the past, before the one that all tests look at. */
let afterCtrlC: { runs: unknown[]; grown: string[] };

/** The main job as `npm start` runs it, on BullMQ's PostgreSQL backend, at the second start: once for all tests here. */
beforeAll(async () => {
  clock = new HandClock(new Date(`${TODAY}T06:00:00Z`));
  gateway = await startDemoGateway();
  running = await startTestApp({ queue: 'postgres', clock, config: { sms: gateway.sms, smtp: gateway.smtp } });
  afterCtrlC = await asSystem(loadCutOff);
  load = await asSystem(() => loadDemo(running.app, silent));
  await quiet();
}, 600_000);
afterAll(async () => {
  await running?.close();
  await gateway?.close();
});

async function loadCutOff(): Promise<typeof afterCtrlC> {
  const ctrlC = new AbortController();
  const step = (sentence: string): void => {
    if (sentence.startsWith('Entering what happened')) ctrlC.abort(new Error('Ctrl-C'));
  };
  const counts = () =>
    Promise.all(
      ['proposal', ...PAST.filter((table) => table !== 'quota_ledger')].map(
        async (table) => [table, await count(table)] as const,
      ),
    );
  // The ledger is opened by the calendar's own job meanwhile.
  const before = new Map(await counts());
  await expect(loadDemo(running.app, { ...silent, step }, ctrlC.signal)).rejects.toThrow('Ctrl-C');
  const grown = (await counts()).filter(([table, n]) => n > before.get(table)!).map(([table]) => table);
  return { grown, runs: await rows(running.dataSource, 'select reason, status from match_run') };
}

interface DemoAnswer {
  ingest: Record<'read' | 'inserted' | 'updated' | 'unchanged' | 'closed', number> & { rejected: unknown[] };
  householdsInserted: number;
  match: unknown;
}

/** `qonys demo --json`: the same by the command line, its standard output as JSON. */
async function demoCommand(): Promise<DemoAnswer> {
  const out: string[] = [];
  const code = await runCli(['demo', '--json'], {
    config: running.config,
    language: 'en',
    withServices: (work) => asSystem(() => work(running.app)),
    migrate: () => Promise.resolve([]),
    print: (line) => void out.push(line),
    remark: () => undefined,
    signal: new AbortController().signal,
    interactive: false,
  });
  expect(code).toBe(0);
  return JSON.parse(out.join('\n')) as DemoAnswer;
}

const quiet = (): Promise<void> => asSystem(() => untilQuiet(running.app, AbortSignal.timeout(240_000)));

async function count(sql: string, params: unknown[] = []): Promise<number> {
  const row = await firstRow<{ n: number }>(running.dataSource, `select count(*)::int as n from ${sql}`, params);
  return row!.n;
}

describe('the demo', () => {
  it('reads 12,000 vacancies, refuses none, and marks everything as synthetic', async () => {
    const run = { updated: 0, closed: 0, rejected: 0, status: 'applied' };
    expect(
      await rows(
        running.dataSource,
        `select read, inserted, updated, unchanged, closed, rejected, status from ingest_run where source = 'demo' order by started_at, id`,
      ),
    ).toEqual([
      { ...run, read: 12_000, inserted: 12_000, unchanged: 0 },
      { ...run, read: 12_000, inserted: 0, unchanged: 12_000 },
    ]);
    expect(await count('vacancy where synthetic')).toBe(12_000);
    expect(await count('household where synthetic')).toBe(4_200);
    for (const table of ['vacancy', 'household', 'ingest_run']) {
      expect(await count(`${table} where not synthetic`)).toBe(0);
    }
  });

  it('leaves neither proposals nor half a past where Ctrl-C ends its load', () => {
    expect(afterCtrlC).toEqual({ runs: [{ reason: 'demo', status: 'failed' }], grown: [] });
  });

  it('gives Table 1 of the seed paper, cell by cell, and its totals', async () => {
    const { grouping, cells, northSouth } = await running.app.get(MismatchService).mismatch();
    const vacancies = (region: string, sector: string): number | undefined =>
      cells.find((cell) => cell.region === region && cell.sector === sector)?.vacancies;
    expect(grouping).toBe('seed-table-1');
    expect(PAPER.map(([region]) => [region, ...SEED.map((sector) => vacancies(region, sector))])).toEqual(PAPER);
    expect(northSouth['education']).toMatchObject({ north: 565, south: 1264 });
    expect(northSouth['medicine']).toMatchObject({ north: 1064, south: 551 });
    expect(northSouth['agriculture']).toMatchObject({ north: 470, south: 230 });
    expect(northSouth['education']!.ratio).toBeCloseTo(565 / 1264, 4);
    expect(northSouth['medicine']!.ratio).toBeCloseTo(1064 / 551, 4);
    expect(northSouth['agriculture']!.ratio).toBeCloseTo(470 / 230, 4);
    const paperSectors = cells.filter(({ sector }) => ['education', 'medicine', 'agriculture'].includes(sector));
    expect(paperSectors.reduce((sum, cell) => sum + cell.vacancies, 0)).toBe(4_684);
    expect(cells.reduce((sum, cell) => sum + cell.vacancies, 0)).toBe(12_000);
  });

  it('tells a southern teacher 0.45 and a nurse 1.93, in words, on the quick match and by the API', async () => {
    const mismatches = running.app.get(MismatchService);
    for (const isco of ['2330', '2341', '2342']) {
      const teacher = (await mismatches.sidesFor(isco, 'KZ-61'))!;
      expect(teacher).toMatchObject({ sector: 'education', home: 'south', bySector: { north: 565, south: 1264 } });
      expect(teacher.bySector!.ratio).toBeCloseTo(0.45, 2);
      expect(teacher.byOccupation!.ratio).toBeLessThan(0.6);
    }
    for (const isco of ['2221', '3221']) {
      const nurse = (await mismatches.sidesFor(isco, 'KZ-61'))!;
      expect(nurse).toMatchObject({ sector: 'medicine', bySector: { north: 1064, south: 551 } });
      expect(nurse.bySector!.ratio).toBeCloseTo(1.93, 2);
    }
    const quick = async (language: string, profession: string): Promise<string> =>
      (
        await new Reader(running).open(
          `/${language}/match?${new URLSearchParams({ profession, region: 'KZ-61' }).toString()}`,
        )
      ).text;
    expect(await quick('ru', 'учитель математики')).toMatch(/«Образование и наука» – 0,45: там их меньше, чем здесь/u);
    expect(await quick('kk', 'математика мұғалімі')).toMatch(/0,45 орыннан келеді: ол жақта мұндағыдан аз/u);
    expect(await quick('en', 'teacher of mathematics')).toMatch(
      /“Education and science”, 0\.45: fewer there than here/u,
    );
    expect(await quick('ru', 'медсестра')).toMatch(/«Медицина» – 1,93: там их больше, чем здесь/u);
    expect(await quick('kk', 'мейіргер')).toMatch(/1,93 орыннан келеді: ол жақта мұндағыдан көп/u);
    const api = await fetch(`${running.url}/api/v1/mismatch/occupations/3221?from=KZ-61`, {
      headers: { 'accept-language': 'en' },
    });
    expect(await api.json()).toMatchObject({
      bySector: { ratio: 1064 / 551 },
      text: expect.stringContaining('1.93: more there than here'),
    });
    expect((await fetch(`${running.url}/api/v1/mismatch/occupations/9999`)).status).toBe(404);
  });

  it('finds an occupation for every vacancy, and the place inside its region for all but a few names borne twice there', async () => {
    expect(await count(`vacancy where left(kato, 2) <> right(region_code, 2)`)).toBe(0);
    expect(await count('vacancy where kato is null')).toBeLessThan(0.005 * 12_000);
    expect(await count('vacancy where isco is null')).toBe(0);
  });

  it('has seekers on both sides, so that tension says something', async () => {
    const { cells } = await running.app.get(MismatchService).mismatch();
    for (const regions of [
      ['KZ-59', 'KZ-39', 'KZ-55', 'KZ-63'],
      ['KZ-61', 'KZ-31', 'KZ-19'],
    ]) {
      const there = cells.filter((cell) => regions.includes(cell.region) && cell.seekers > 0);
      expect(there.length).toBeGreaterThan(0);
      for (const { openings, seekers, tension } of there) expect(tension).toBeCloseTo(openings / (seekers + 1), 9);
    }
  });

  it('has 3,000 southern households of the make-up that the survey found', async () => {
    const people = await firstRow<Record<'all' | 'families' | 'couples' | 'young' | 'north', number>>(
      running.dataSource,
      `with people as (
         select h.id, h.children, count(s.id)::int as adults, min(s.birth_date) filter (where s.position = 1) as born
         from household h join seeker s on s.household_id = h.id where h.wishes_move group by h.id)
       select count(*)::int as "all", (count(*) filter (where adults + children > 1))::int as families,
              (count(*) filter (where adults = 2 and children > 0))::int as couples,
              (count(*) filter (where born > date '${TODAY}' - interval '30 years'))::int as young,
              (select count(*)::int from household where not wishes_move) as north
       from people`,
    );
    const { all, families, couples, young, north } = people!;
    expect(all).toBe(3_000);
    expect(families / all).toBeCloseTo(0.733, 3);
    expect(couples / families).toBeCloseTo(0.8, 2);
    expect(young / all).toBeCloseTo(0.38, 3);
    expect(all + north).toBe(4_200);
  });

  it('proposes in every reception region of the settlers, and nowhere else', async () => {
    const reception = await running.app.get(ProgrammeService).receptionRegions(dateInKazakhstan(clock.now()));
    const regions = await rows<{ region: string; waiting: number; decided: number }>(
      running.dataSource,
      `select region_code as region, (count(*) filter (where status = 'waiting'))::int as waiting,
              (count(*) filter (where decided_by = 'rule'))::int as decided
       from proposal group by 1 order by 1`,
    );
    expect(regions.map(({ region }) => region)).toEqual([...reception].sort());
    expect(regions.filter(({ waiting }) => waiting === 0)).toEqual([]);
    expect(regions.filter(({ decided }) => decided > 0).map(({ region }) => region)).toEqual([
      'KZ-39',
      'KZ-55',
      'KZ-59',
    ]);
    // What was made beside it is for second chances of people who lost a job or a home.
    expect(load.match.proposalsMade).toBe(await count('proposal where run_id is not null'));
  });

  it('never places a person outside the region of the proposal, nor with a closed vacancy', async () => {
    const wrong = `placement l join proposal p on p.id = l.proposal_id join vacancy v on v.id = l.vacancy_id
      where v.region_code <> p.region_code or v.status <> 'open' or v.district_kato <> p.district_kato`;
    expect(await count(wrong)).toBe(0);
  });

  it('delivers each approved proposal with one receipt, in the queue of its region', async () => {
    const approved = await count(`proposal where status = 'approved'`);
    expect(approved).toBeGreaterThan(0);
    expect(await count(`delivery where topic = 'proposal.approved'`)).toBe(approved);
    const unlike = `proposal p left join delivery d on d.subject_id = p.id and d.topic = 'proposal.approved'
      where p.status = 'approved' and (d.status is null or d.status not in ('sent', 'delivered') or d.region_code <> p.region_code or d.in_doubt)`;
    expect(await count(unlike)).toBe(0);
    expect(await count('outbox_event where enqueued_at is null')).toBe(0);
    for (const channel of ['sms', 'email'] as const) {
      // What was told in the past has a receipt and is not sent now.
      const sentNow = await count('delivery where channel = $1 and created_at >= $2', [channel, clock.now()]);
      expect(gateway.counts[channel]).toBe(sentNow);
    }
    expect(await count('in_app_message')).toBe(await count(`delivery where channel = 'in_app'`));
  });

  it('says so in the table that npm start prints', async () => {
    const table = await asSystem(() => mainJobTable(running.app));
    // Loaded twice before: read twice, inserted once.
    expect(table).toMatch(/^demo +24000 +12000 +0 +12000$/m);
    expect(table).toMatch(/^Households that wish to move: 3000; at home in the north: \d+$/m);
    for (const region of ['KZ-59', 'KZ-55', 'KZ-39']) {
      const [, notices] = new RegExp(`^${region} +\\d+ +[1-9]\\d* +(\\d+) `, 'm').exec(table)!;
      const sent = await count(`delivery where region_code = $1 and status in ('sent', 'delivered')`, [region]);
      expect(sent).toBeGreaterThan(0);
      expect({ region, notices: Number(notices) }).toEqual({ region, notices: sent });
    }
  });

  it('has one line for all employers in that table', async () => {
    const runs = [5, 7].map((read) => ({ id: newId(), source: `employer:${newId()}`, read }));
    for (const { id, source, read } of runs)
      await running.dataSource.query(
        `insert into ingest_run (id, source, connector, origin, status, read, inserted, synthetic, started_at)
         values ($1, $2, 'employer-file', 'posts.csv', 'applied', $3, $3, true, now())`,
        [id, source, read],
      );
    const table = await asSystem(() => mainJobTable(running.app));
    await running.dataSource.query('delete from ingest_run where id = any($1)', [runs.map(({ id }) => id)]);
    expect(table).toMatch(/^employers +12 +12 +0 +0$/m);
    expect(table).not.toContain('employer:');
  });

  describe('has a past', () => {
    it('with applications in every state, and overdue ones at everybody who may be late', async () => {
      const states = await rows<{ state: string }>(running.dataSource, 'select distinct state from application');
      expect(states.map(({ state }) => state).sort()).toEqual([...APPLICATION_STATES].sort());
      const late = await rows<{ owner: string }>(
        running.dataSource,
        'select distinct owner from application where region_code = $1 and due_on < $2',
        ['KZ-59', TODAY],
      );
      expect(late.map(({ owner }) => owner).sort()).toEqual(['career_centre', 'household', 'reception_centre']);
      expect(
        await count(`(select 1 from application group by region_code having count(*) > 10) as regions`),
      ).toBeGreaterThanOrEqual(4);
    });

    it('whose ledger adds up: reservations, entries and balances, nothing overdrawn, and nobody waits where there is room', async () => {
      const unlike = `quota_balance b where (b.persons, b.reserved, b.taken) <> (
        select coalesce(sum(l.persons_change), 0), coalesce(sum(l.reserved_change), 0), coalesce(sum(l.taken_change), 0) from quota_ledger l
        where l.year = b.year and l.region_code = b.region_code and l.category = b.category)`;
      expect(await count(unlike)).toBe(0);
      const came = `application a where a.arrived_on is not null and not exists (
        select from quota_reservation r where r.application_id = a.id and r.state = 'taken' and r.year = a.quota_year and r.persons = a.persons)`;
      expect(await count(came)).toBe(0);
      const held = `application a where a.state in ('approved', 'contracted') and not exists (
        select from quota_reservation r where r.application_id = a.id and r.state = 'reserved' and r.persons = a.persons)`;
      expect(await count(held)).toBe(0);
      const first = `application a join quota_balance b using (region_code, category)
        where a.state = 'waiting_quota' and b.year = 2026 and b.persons - b.reserved - b.taken >= a.persons
          and a.wait_order = (select min(wait_order) from application o where o.region_code = a.region_code)`;
      expect(await count(first)).toBe(0);
    });

    it('in which one thing comes after another, nothing after today and nothing overdue for so long that it would have ended', async () => {
      const now = clock.now();
      const times = await rows<{ id: string; times: Date[] }>(
        running.dataSource,
        `select a.id, array[h.created_at, p.created_at, p.decided_at] || array_agg(s.at order by s.id) as times
         from application a join household h on h.id = a.household_id join proposal p on p.id = a.proposal_id
         join application_step s on s.application_id = a.id group by a.id, h.created_at, p.created_at, p.decided_at`,
      );
      expect(times.length).toBeGreaterThan(250);
      for (const one of times) {
        const at = one.times.map((time) => time.getTime());
        expect(at).toEqual(at.toSorted((a, b) => a - b));
        expect(at.at(-1)).toBeLessThanOrEqual(now.getTime());
      }
      for (const [table, column] of [
        ['audit_entry', 'at'],
        ['application_step', 'at'],
        ['quota_ledger', 'at'],
        ['outcome', 'recorded_at'],
        ['delivery', 'finished_at'],
        ['support_payment', 'recorded_at'],
        ['household', 'created_at'],
      ]) {
        expect([table, await count(`${table} where ${column} > $1`, [new Date(now.getTime() + 60_000)])]).toEqual([
          table,
          0,
        ]);
      }
      const early = `arrival r join application a on a.id = r.application_id where r.created_at < a.contracted_at or r.arrived_on <> a.arrived_on`;
      expect(await count(early)).toBe(0);
      const before = running.app.get(ApplicationsCalendar);
      expect(await asSystem(() => before.keep())).toEqual({ lapsed: 0, movedUp: 0 });
    });

    it('written as the services write it: each step with its version, its line of the audit log and its event', async () => {
      expect(
        await count(
          `application a where a.version <> (select count(*) from application_step s where s.application_id = a.id)`,
        ),
      ).toBe(0);
      const steps = await count('application_step');
      expect(await count(`audit_entry where subject = 'application'`)).toBe(steps);
      const started = await count(`application_step where action = 'start'`);
      expect(await count(`outbox_event where topic = 'application.changed'`)).toBe(steps - started);
      const unlike = `application a join lateral (
          select to_state, due_on, at, reason from application_step s where s.application_id = a.id order by id desc limit 1) as last on true
        where (a.state, a.due_on, a.reason) is distinct from (last.to_state, last.due_on, last.reason)`;
      expect(await count(unlike)).toBe(0);
      const proposals = `proposal p where p.version <> 1 + (select count(*) from audit_entry e
        where e.subject = 'proposal' and e.subject_id = p.id and e.action in ('approve', 'return', 'refer', 'reject', 'withdraw'))`;
      expect(await count(proposals)).toBe(0);
    });

    it('with officers who have names and take their time by region', async () => {
      const actors = await rows<{ actor: string }>(
        running.dataSource,
        `select distinct actor from audit_entry where subject = 'proposal' and actor_role = 'officer'`,
      );
      expect(actors.length).toBe(DEMO_OFFICERS.length);
      const accounts = await asSystem(() => running.app.get(AccountRegister).list(null));
      for (const { actor } of actors) expect(accounts.find(({ id }) => id === actor)?.label).toMatch(/^Демо: /);
      const { centres } = await asSystem(() => running.app.get(DelaysService).delays());
      const median = (region: string): number => centres.find((one) => one.region === region)!.medianDays!;
      expect(median('KZ-63')).toBeGreaterThan(2 * median('KZ-59'));
      for (const centre of centres) expect(centre.decided).toBeGreaterThan(5);
      for (const action of ['approve', 'return', 'refer', 'reject'] as const) {
        expect(centres.some((centre) => (centre[action] ?? 0) > 0)).toBe(true);
      }
      expect(centres.find(({ region }) => region === 'KZ-63')!.overdue).toBeGreaterThan(0);
    });

    it('and people who settled: answered, due and overdue follow-ups, returns near the paper, a second chance, support paid', async () => {
      const states = await rows<{ state: string }>(running.dataSource, 'select distinct state from follow_up');
      expect(states.map(({ state }) => state).sort()).toEqual([...FOLLOW_UP_STATES].sort());
      expect(await count(`follow_up where state = 'asked' and answer_by < $1`, [TODAY])).toBeGreaterThan(0);
      const months = await rows<{ months: number }>(
        running.dataSource,
        `select distinct months from follow_up where state = 'answered' order by 1`,
      );
      expect(months.map((one) => one.months)).toEqual([1, 3, 6, 12]);
      const kinds = await rows<{ kind: string }>(running.dataSource, 'select distinct kind from outcome');
      expect(kinds.map(({ kind }) => kind).sort()).toEqual([...OUTCOME_KINDS].sort());
      const share =
        (await count(
          `arrival r where exists (select from outcome o where o.arrival_id = r.id and o.kind = 'returned')`,
        )) / (await count('arrival'));
      expect(share).toBeGreaterThan(0.05);
      expect(share).toBeLessThan(0.11);
      expect(await count(`second_chance where state = 'proposed'`)).toBeGreaterThan(0);
      expect(await count(`support_payment`)).toBeGreaterThan(200);
      const beyond = `support_payment p join arrival r using (household_id) where p.paid_on < r.arrived_on`;
      expect(await count(beyond)).toBe(0);
      const figures = running.app.get(FiguresService);
      const { adults } = await asSystem(() => figures.outcomes());
      expect(adults.total).toBeGreaterThan(200);
      expect(adults.cells.flat().filter((cell) => (cell ?? 0) > 0).length).toBeGreaterThan(3);
      const { tenge } = await asSystem(() => figures.payments('2026'));
      expect(tenge.total).toBeGreaterThan(0);
    });
  });

  // Last: it moves the clock.
  it('changes nothing but dates when it is loaded again on the next day', async () => {
    const kept = `select external_id, title, region_code, kato, pay_min_tenge, pay_max_tenge, openings, housing, isco, status
      from vacancy order by external_id`;
    const before = JSON.stringify(await rows(running.dataSource, kept));
    const households = await count('household');
    const notices = await count('delivery');
    const past = await Promise.all(PAST.map((table) => count(table)));
    clock.forward({ days: 1 });
    const again = await demoCommand();
    await quiet();
    const { read, inserted, updated, unchanged, closed, rejected } = again.ingest;
    expect({ read, inserted, closed, rejected }).toEqual({ read: 12_000, inserted: 0, closed: 0, rejected: [] });
    expect(updated + unchanged).toBe(12_000);
    // The officers' decisions of the past have freed posts: some who wait get a better proposal for theirs.
    expect(again.match).toMatchObject({ reason: 'demo', proposalsWithdrawn: expect.any(Number) });
    const { proposalsWithdrawn } = again.match as { proposalsWithdrawn: number };
    expect(proposalsWithdrawn).toBeLessThan(load.match.proposalsMade / 50);
    expect((await demoCommand()).match).toMatchObject({ proposalsMade: 0, proposalsWithdrawn: 0 });
    await quiet();
    expect(JSON.stringify(await rows(running.dataSource, kept)) === before).toBe(true);
    expect(again.householdsInserted).toBe(0);
    expect(await count('household')).toBe(households);
    // The day's own: a follow-up that comes due, what a centre's rule approves of the freed posts. Nobody is told anew.
    const more = (await count('delivery')) - notices;
    expect([more >= 0, more < notices / 100]).toEqual([true, true]);
    expect(await Promise.all(PAST.map((table) => count(table)))).toEqual(past);
  });

  it.each([3, 40])('keeps Table 1 for %i more days without being loaded again', async (days) => {
    clock.forward({ days });
    expect(await running.app.get(IngestService).closeExpired()).toBe(0);
    const { cells } = await running.app.get(MismatchService).mismatch();
    const vacancies = (region: string, sector: string): number | undefined =>
      cells.find((cell) => cell.region === region && cell.sector === sector)?.vacancies;
    expect(PAPER.map(([region]) => [region, ...SEED.map((sector) => vacancies(region, sector))])).toEqual(PAPER);
  });
});
