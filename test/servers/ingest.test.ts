import type { DataSource } from 'typeorm';
import { rows } from '../../src/database/sql.js';
import type { IngestReport } from '../../src/vacancies/ingest-report.js';
import { feed, record, startIngest, type TestIngest } from '../support/ingest.js';

describe('ingest', () => {
  let ingest: TestIngest;
  let dataSource: DataSource;
  beforeAll(async () => {
    ingest = await startIngest();
    dataSource = ingest.dataSource;
  });
  afterAll(() => ingest.close());
  beforeEach(() => ingest.empty());

  const numbers = ({ read, inserted, updated, unchanged, closed, rejectedCount }: IngestReport): number[] => [
    read, inserted, updated, unchanged, closed, rejectedCount,
  ]; // prettier-ignore
  const vacancy = async (externalId: string): Promise<Record<string, unknown>> => {
    const [row] = await rows<Record<string, unknown>>(dataSource, 'select * from vacancy where external_id = $1', [externalId]);
    return row ?? {};
  };
  const changes = (): Promise<{ change: string; details: unknown }[]> =>
    rows(dataSource, 'select change, details from vacancy_change order by change');
  const events = (): Promise<{ payload: { batchId: string } }[]> =>
    rows(dataSource, `select payload from outbox_event where topic = 'vacancies.changed' order by id`);

  it('takes a feed in, and taking it again changes nothing', async () => {
    const text = feed([record({ id: '1' }), record({ id: '2' }), record({ id: '3', archived: true })]);
    expect(numbers(await ingest.text(text))).toEqual([3, 3, 0, 0, 0, 0]);
    const before = await rows(dataSource, 'select * from vacancy order by external_id');
    ingest.clock.forward({ hours: 1 });
    expect(numbers(await ingest.text(text))).toEqual([3, 0, 0, 3, 0, 0]);
    expect(await rows(dataSource, 'select * from vacancy order by external_id')).toEqual(before);
    expect(await vacancy('1')).toMatchObject({ source: 'enbek', status: 'open', region_code: 'KZ-35' });
    expect(await vacancy('3')).toMatchObject({ status: 'closed', closed_reason: 'archived' });
    expect(await events()).toEqual([]);
  });
});
