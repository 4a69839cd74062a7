import 'reflect-metadata';
import { jest } from '@jest/globals';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { inTransaction } from '../../src/database/transaction.js';
import { rows } from '../../src/database/sql.js';
import { recordEvent } from '../../src/outbox/outbox.js';
import { makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

jest.setTimeout(120_000);

const DISTRICT = { 'KZ-59': '591000000', 'KZ-55': '551000000' };
type Region = keyof typeof DISTRICT;

describe('the pace of notices', () => {
  let gateway: DemoGateway;
  let database: TestDatabase;
  const running: TestApp[] = [];
  let number = 0;
  let delay = (): number => 0;
  /** When each message reached the gateway, by its region's part of the phone number. */
  const at: Record<Region, number[]> = { 'KZ-59': [], 'KZ-55': [] };

  beforeAll(async () => {
    gateway = await startDemoGateway({
      treat: ({ to }) => {
        at[to.startsWith('+770459') ? 'KZ-59' : 'KZ-55'].push(performance.now());
        return { do: 'take', afterMs: delay() };
      },
    });
  });
  beforeEach(async () => {
    database = await createTestDatabase();
    for (const times of Object.values(at)) times.length = 0;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((app) => app.close()));
    await database.drop();
  });
  afterAll(() => gateway.close());

  const start = async (config: object): Promise<TestApp> => {
    const app = await startTestApp({ database, config: { sms: gateway.sms, ...config } });
    running.push(app);
    return app;
  };
  const made = async (app: TestApp, regionCode: Region, count: number): Promise<string[]> => {
    const vacancies = [await makeVacancy(app.dataSource, { districtKato: DISTRICT[regionCode] })];
    const proposalIds: string[] = [];
    for (let n = 0; n < count; n++) {
      const phone = `+7704${regionCode.slice(3)}${String(++number).padStart(5, '0')}`;
      const household = await makeHousehold(app.dataSource, { adults: [{}], columns: { channel: 'sms', phone } });
      proposalIds.push((await makeProposal(app.dataSource, { status: 'approved', household, vacancies })).id);
    }
    return proposalIds;
  };
  const tell = (app: TestApp, regionCode: Region, proposalIds: readonly string[]): Promise<void> =>
    inTransaction(app.dataSource, async (tx) => {
      for (const proposalId of proposalIds)
        await recordEvent(tx, { topic: 'proposal.approved', regionCode, payload: { proposalId } }, new Date());
    });
  const approve = async (app: TestApp, regionCode: Region, count: number): Promise<void> =>
    tell(app, regionCode, await made(app, regionCode, count));
  const arrived = async (count: number): Promise<number[]> => {
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
      const all = Object.values(at).flat();
      if (all.length === count) return all.sort((a, b) => a - b);
    }
    throw new Error('They did not arrive in time.');
  };

  it('is a region’s own where the configuration says so', async () => {
    const app = await start({ noticesPerSecond: { 'KZ-55': 2 } });
    await approve(app, 'KZ-59', 8);
    await approve(app, 'KZ-55', 8);
    await arrived(16);
    const took = (region: Region): number => at[region].at(-1)! - at[region][0]!;
    expect(took('KZ-55')).toBeGreaterThan(2_500);
    expect(took('KZ-59')).toBeLessThan(2_500);
  });

  it('is one of the gateway’s account for all regions and processes together', async () => {
    const [app] = [await start({ smsPerSecond: 5 }), await start({ smsPerSecond: 5 })];
    await approve(app, 'KZ-59', 6);
    await approve(app, 'KZ-55', 6);
    const times = await arrived(12);
    // Eleven turns of a fifth of a second lie between the first and the last.
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(11 * 200 - 150);
  });

  it('holds when a gateway answers nobody for a while, and then everybody', async () => {
    let stalledUntil = 0;
    const app = await start({ smsPerSecond: 5, databasePoolSize: 5 });
    delay = () => Math.max(0, stalledUntil - performance.now());
    const [five, seven] = [await made(app, 'KZ-59', 5), await made(app, 'KZ-55', 7)];
    // From the first notice on, however long it took to make them.
    stalledUntil = performance.now() + 4_000;
    await tell(app, 'KZ-59', five);
    await tell(app, 'KZ-55', seven);
    const times = (await arrived(12)).filter((time) => time > stalledUntil);
    delay = () => 0;
    expect(times.length).toBeGreaterThan(4);
    // Turns are a fifth of a second apart, and one may be used late; all that had gone by would come at once.
    const ofFour = times.slice(3).map((time, i) => time - times[i]!);
    expect(ofFour.filter((took) => took < 150)).toEqual([]);
  });

  it('leaves a far turn to others, and comes back for one', async () => {
    const app = await start({ smsPerSecond: 0.5 });
    await approve(app, 'KZ-59', 5);
    await arrived(5);
    // A receipt is written after the gateway's answer.
    const receipts = (): Promise<{ attempts: number }[]> =>
      rows(app.dataSource, `select attempts from delivery where status = 'sent'`);
    while ((await receipts()).length < 5) await new Promise((done) => setTimeout(done, 50));
    expect((await receipts()).map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1]);
  });

  it('does not hold up the end of the program: who waits for a turn is told by the next one', async () => {
    const slow = await start({ smsPerSecond: 0.25 });
    await approve(slow, 'KZ-59', 2);
    await arrived(1);
    // The second has taken its turn, four seconds later, and waits for it.
    const turnsTaken = async (): Promise<boolean> =>
      (await rows(slow.dataSource, `select from channel_pace where next_at > clock_timestamp() + interval '5 s'`))
        .length > 0;
    while (!(await turnsTaken())) await new Promise((done) => setTimeout(done, 50));
    await Promise.all(running.splice(0).map((app) => app.close()));
    expect(Object.values(at).flat()).toHaveLength(1);
    await start({});
    await arrived(2);
  });
});
