import type { DataSource } from 'typeorm';
import { MARKET_OLDEST_MS, MarketService } from '../../src/matching/market.service.js';
import { QuickMatchService } from '../../src/matching/quick-match.service.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type MadeVacancy, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

/** The market that all requests of a process share: how old it may be, in every process, and that a day's end ends it. */
const START = new Date('2026-11-22T06:00:00Z');
let database: TestDatabase;
let owner: DataSource;
let now = START;
const clock = { now: () => now };
let processes: TestApp[];
let welder: MadeVacancy;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await database.dataSource();
  await loadReferenceData(owner, START);
  welder = await makeVacancy(owner, { isco: '7212', sector: 'manufacturing' });
  processes = [];
  for (let i = 0; i < 2; i++) processes.push(await startTestApp({ role: 'api', database, clock }));
});
afterAll(async () => {
  for (const running of processes) await running.close();
  await database.drop();
});

const later = (ms: number): void => void (now = new Date(now.getTime() + ms));
const vacanciesIn = async ({ app }: TestApp): Promise<number> => (await app.get(QuickMatchService).counts()).vacancies;
const question = {
  adults: [{ isco: '7212', title: 'сварщик' }],
  homeRegionCode: 'KZ-61',
  children: 0,
  wish: 'any',
} as const;
const matchesIn = async ({ app }: TestApp): Promise<string[]> =>
  (await app.get(QuickMatchService).answer(question)).matches.flatMap(({ placements }) =>
    placements.map(({ vacancyId }) => vacancyId),
  );

describe('the shared market', () => {
  it('shows a change in every process when the stated time is over', async () => {
    for (const running of processes) expect(await matchesIn(running)).toEqual([welder.id]);
    await owner.query(`update vacancy set status = 'closed', closed_reason = 'filled', closed_at = $2 where id = $1`, [
      welder.id,
      now,
    ]);
    later(MARKET_OLDEST_MS);
    for (const running of processes) {
      expect(await matchesIn(running)).toEqual([]);
      expect(await vacanciesIn(running)).toBe(0);
    }
  });

  it('is read once for many who ask at the same moment', async () => {
    later(MARKET_OLDEST_MS);
    const markets = processes[0]!.app.get(MarketService);
    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => markets.current()));
    for (const other of others) expect(other).toBe(first);
  });

  it('is read anew behind readers who are given the last one, before it is too old', async () => {
    const [running] = processes as [TestApp, TestApp];
    later(MARKET_OLDEST_MS);
    expect(await vacanciesIn(running)).toBe(0);
    await makeVacancy(owner, { isco: '7212', sector: 'manufacturing' });
    later(MARKET_OLDEST_MS - 1);
    expect(await vacanciesIn(running)).toBe(0);
    // Well before the first one is too old by the clock, which stands still here.
    for (let tries = 0; (await vacanciesIn(running)) === 0 && tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(await vacanciesIn(running)).toBe(1);
  });

  it('ends with the day: what was valid until yesterday is gone at midnight in Kazakhstan', async () => {
    now = new Date('2026-11-22T18:59:59Z');
    await owner.query(`update vacancy set valid_until = '2026-11-22' where status = 'open'`);
    for (const running of processes) expect(await vacanciesIn(running)).toBe(1);
    later(1_000);
    for (const running of processes) expect(await vacanciesIn(running)).toBe(0);
  });

  it('is not lost for good when the database did not answer once', async () => {
    const [running] = processes as [TestApp, TestApp];
    later(MARKET_OLDEST_MS);
    await owner.query('alter table vacancy rename to vacancy_away');
    await expect(vacanciesIn(running)).rejects.toThrow('vacancy');
    await owner.query('alter table vacancy_away rename to vacancy');
    expect(await vacanciesIn(running)).toBe(0);
  });
});
