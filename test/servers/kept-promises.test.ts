import 'reflect-metadata';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { AuditEntry } from '../../src/audit/audit-entry.entity.js';
import { WithdrawalService } from '../../src/centres/withdrawal.service.js';
import { rows } from '../../src/database/sql.js';
import { Placement } from '../../src/matching/placement.entity.js';
import { type PlacementPromise, type PresentFacts, brokenPromise } from '../../src/matching/promise.js';
import { Proposal } from '../../src/matching/proposal.entity.js';
import { OutboxEvent } from '../../src/outbox/outbox-event.entity.js';
import { worseTerms } from '../../src/vacancies/worse-terms.js';
import { type MadeVacancy, makeProposal } from '../support/builders.js';
import { type TestIngest, feed, record, startIngest } from '../support/ingest.js';

jest.setTimeout(120_000);

let ingest: TestIngest;
let withdrawals: WithdrawalService;

beforeAll(async () => {
  ingest = await startIngest();
  const dataSource = await ingest.database.dataSource(Proposal, Placement, AuditEntry, OutboxEvent);
  withdrawals = new WithdrawalService(dataSource, ingest.clock);
});
afterAll(() => ingest.close());
beforeEach(() => ingest.empty());

const TODAY = '2026-09-03';
/** Of two regions, the first with two districts. */
const PLACES = [
  { regionCode: 'KZ-59', districtKato: '591000000' },
  { regionCode: 'KZ-59', districtKato: '593200000' },
  { regionCode: 'KZ-59', districtKato: null },
  { regionCode: 'KZ-11', districtKato: '111000000' },
  { regionCode: 'KZ-11', districtKato: null },
] as const;

const pay = fc.constantFrom(null, 250_000, 270_000, 285_000, 290_000, 300_000, 310_000);
const facts: fc.Arbitrary<PresentFacts> = fc
  .record({
    payMinTenge: pay,
    payMaxTenge: pay,
    housing: fc.constantFrom('provided', 'help', 'none', null),
    employment: fc.constantFrom('permanent', 'temporary', null),
    isco: fc.constantFrom('2221', '5322'),
    place: fc.constantFrom(...PLACES),
    status: fc.constantFrom('open', 'open', 'open', 'closed'),
  })
  .filter(({ payMinTenge, payMaxTenge }) => (payMaxTenge ?? Infinity) >= (payMinTenge ?? 0))
  .map(({ place, ...rest }) => ({ ...rest, ...place, validUntil: null }));
/** What a vacancy said when people were promised it, and then step by step. */
const history = fc.tuple(
  facts.filter(({ districtKato, status }) => districtKato !== null && status === 'open'),
  fc.array(facts, { minLength: 1, maxLength: 5 }),
);

describe('a promise', () => {
  it('is never broken without an event of its own', async () => {
    const steps = fc.sample(history, { numRuns: 2_000, seed: 2 }).flatMap(([promised, after]) => {
      const promise: PlacementPromise = { ...promised, districtKato: promised.districtKato! };
      const whole = [promised, ...after];
      const broken = whole.map((now) => brokenPromise(promise, now, TODAY));
      const at = broken.findIndex((what) => what !== null);
      return at === -1 ? [] : [{ before: whole[at - 1]!, after: whole[at]!, broken: broken[at] }];
    });
    const columns = (now: PresentFacts): object => ({
      status: now.status,
      pay_min_tenge: now.payMinTenge,
      pay_max_tenge: now.payMaxTenge,
      housing: now.housing,
      employment: now.employment,
      isco: now.isco,
      region_code: now.regionCode,
      district_kato: now.districtKato,
    });
    const silent = await rows<{ at: number }>(
      ingest.dataSource,
      `select step.at::int - 1 as at from jsonb_array_elements($1::jsonb) with ordinality step (pair, at)
       cross join lateral (select jsonb_populate_record(null::vacancy, pair->0) as o,
                                  jsonb_populate_record(null::vacancy, pair->1) as n) row
       where not exists (${worseTerms('(row.o)', '(row.n)')})`,
      [JSON.stringify(steps.map(({ before, after }) => [columns(before), columns(after)]))],
    );
    expect(new Set(steps.map(({ broken }) => broken)).size).toBe(6);
    expect(silent.map(({ at }) => steps[at])).toEqual([]);
  });

  it.each([
    ['many small falls, none of which breaks it', { salary_from: 300_000 }, [288_000, 276_000], 'salary_from'],
    ['a fall of the only end stated', { salary_from: null, salary_to: 300_000 }, [250_000], 'salary_to'],
  ])('is taken back after %s', async (_, first, falls, field) => {
    const terms = { id: '1', salary_to: null, ...first };
    await ingest.text(feed([record(terms)]));
    const [vacancy] = await rows<MadeVacancy>(
      ingest.dataSource,
      `select id, external_id as "externalId", title, region_code as "regionCode", district_kato as "districtKato", pay_min_tenge as "payMinTenge",
              pay_max_tenge as "payMaxTenge", housing, employment from vacancy`,
    );
    const { id } = await makeProposal(ingest.dataSource, { vacancies: [vacancy!], status: 'approved' });
    for (const fall of falls) {
      await ingest.text(feed([record({ ...terms, [field]: fall })]));
      const events = `with heard as (delete from outbox_event where topic = 'vacancies.changed' returning id) select id from heard`;
      // Only an event sets the withdrawal going.
      for (const _event of await rows(ingest.dataSource, events)) await withdrawals.applyVacancyChanges();
    }
    const found = await rows(ingest.dataSource, 'select status, reason from proposal where id = $1', [id]);
    expect(found).toEqual([{ status: 'withdrawn', reason: 'pay_reduced' }]);
  });
});
