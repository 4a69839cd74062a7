import { jest } from '@jest/globals';
import { TokenService } from '../../src/auth/token.service.js';
import { type DemoGateway, startDemoGateway } from '../../src/channels/demo-gateway.js';
import { untilQuiet } from '../../src/cli/demo/main-job.js';
import { asSystem } from '../../src/database/scope.js';
import { rows } from '../../src/database/sql.js';
import { loadReferenceData } from '../../src/reference-data.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { feed, record } from '../support/ingest.js';

jest.setTimeout(180_000);

/** The whole job as the world sees it: what comes in over HTTP, and what arrives at the gateway. Nothing inside is called by hand. */
describe.each(['postgres', 'redis'] as const)('the main job over %s', (queue) => {
  let gateway: DemoGateway;
  let database: TestDatabase;
  let running: TestApp;
  let phones = 77_010_005_000;

  beforeAll(async () => {
    gateway = await startDemoGateway();
    database = await createTestDatabase();
    await loadReferenceData(await database.dataSource(), BUILT_AT);
    const config = { sms: gateway.sms, smtp: gateway.smtp };
    running = await startTestApp({ database, queue, role: 'all', clock: { now: () => BUILT_AT }, config });
  });
  afterAll(async () => {
    await running.close();
    await database.drop();
    await gateway.close();
  });

  type Caller = Parameters<TokenService['create']>[0];

  async function post(caller: Caller, path: string, body: string | object, type = 'application/json') {
    const { token } = await running.app.get(TokenService).create(caller);
    const response = await fetch(`${running.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** Nothing is in the outbox or in a queue any more; whoever waits longer than this waits for something that does not come. */
  const quiet = (): Promise<void> => asSystem(() => untilQuiet(running.app, AbortSignal.timeout(60_000)));

  /** A nurse's household from Kentau that reads SMS at a number of its own. */
  async function household() {
    const phone = `+${++phones}`;
    const columns = { channel: 'sms', phone, language: 'ru' };
    return {
      phone,
      household: await makeHousehold(running.dataSource, {
        adults: [{ isco: '3221', columns: { diplomas: ['medicine'] } }],
        columns,
      }),
    };
  }

  const smsTo = (phone: string): string[] =>
    gateway.arrivals.filter(({ channel, to }) => channel === 'sms' && to === phone).map(({ text }) => text);

  /** What there is on paper of a proposal: each receipt with its topic and region. */
  const receiptsOf = (proposalId: string): Promise<Record<string, string>[]> =>
    rows(
      running.dataSource,
      `select topic, region_code as region, channel, status from delivery where subject_id = $1 order by id`,
      [proposalId],
    );

  const APPROVED = { topic: 'proposal.approved', region: 'KZ-59', channel: 'sms', status: 'sent' };
  const CORRECTED = { ...APPROVED, topic: 'proposal.withdrawn' };

  async function approve(proposalId: string, phone: string): Promise<void> {
    const officer: Caller = { role: 'officer', label: 'officer', regionCode: 'KZ-59' };
    const answer = await post(officer, `/centre/proposals/${proposalId}/approve`, { version: 1 });
    expect(answer).toMatchObject({ status: 200, body: { status: 'approved' } });
    await quiet();
    expect(smsTo(phone)).toEqual([expect.stringMatching(/^ДЕМО\. Qonys: работа: /)]);
    expect(await receiptsOf(proposalId)).toEqual([APPROVED]);
  }

  async function corrected(proposalId: string, phone: string): Promise<void> {
    await quiet();
    expect(smsTo(phone)).toEqual([
      expect.stringMatching(/: работа: /),
      expect.stringMatching(/просим прощения.*Вакансия закрыта/),
    ]);
    expect(await receiptsOf(proposalId)).toEqual([APPROVED, CORRECTED]);
    const [proposal] = await rows(running.dataSource, 'select status, reason from proposal where id = $1', [
      proposalId,
    ]);
    expect(proposal).toEqual({ status: 'withdrawn', reason: 'vacancy_closed' });
  }

  it('tells a household once of an approval over HTTP, and once that its employer has closed the post', async () => {
    const firm = newId();
    await running.dataSource.query(
      `insert into employer (id, name, name_normalised, created_at, verified_at) values ($1::uuid, 'Аурухана', $1::text, $2, $2)`,
      [firm, BUILT_AT],
    );
    const { phone, household: family } = await household();
    const columns = { source: `employer:${firm}`, employer_id: firm };
    const vacancy = await makeVacancy(running.dataSource, { isco: '3221', columns });
    const { id } = await makeProposal(running.dataSource, { household: family, vacancies: [vacancy] });
    await approve(id, phone);
    const employer: Caller = { role: 'employer', label: 'firm', employerId: firm };
    const path = `/employer/vacancies/${vacancy.id}/close`;
    expect(await post(employer, path, { outcome: 'cancelled' })).toMatchObject({ status: 200 });
    await corrected(id, phone);
    // Closed is closed: asked again, nobody is told again.
    await post(employer, path, { outcome: 'cancelled' });
    await corrected(id, phone);
  });

  it('does so too for a vacancy that a feed brought, that was matched by itself, and that the next complete feed leaves out', async () => {
    const { phone, household: family } = await household();
    const nurse = record({
      id: '1', title: 'Медицинская сестра', profobl: 112, region_id: 59, salary_from: 400_000, salary_to: 450_000, openings: 9,
      location: 'Северо-Казахстанская область, г. Петропавловск', published: '2026-11-20', valid_until: '2027-02-01',
    }); // prettier-ignore
    const other = record({ id: '2', published: '2026-11-20', valid_until: '2027-02-01' });
    const administrator: Caller = { role: 'administrator', label: 'exchange' };
    const send = async (text: string): Promise<void> => {
      expect((await post(administrator, '/ingest-runs', text, 'application/x-ndjson')).status).toBe(202);
    };
    await send(feed([nurse, other], { generatedAt: '2026-11-22T07:00:00+05:00' }));
    await quiet();
    const proposals = await rows<{ id: string }>(
      running.dataSource,
      `select p.id from proposal p join placement pl on pl.proposal_id = p.id join vacancy v on v.id = pl.vacancy_id
       where p.household_id = $1 and v.external_id = '1' and p.status = 'waiting'`,
      [family.id],
    );
    expect(proposals).toHaveLength(1);
    const [{ id }] = proposals as [{ id: string }];
    await approve(id, phone);
    await send(feed([other], { generatedAt: '2026-11-22T08:00:00+05:00' }));
    await corrected(id, phone);
  });
});
