import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { rows } from '../../src/database/sql.js';
import type { IngestReport } from '../../src/vacancies/ingest-report.js';
import { startIngest, type TestIngest } from '../support/ingest.js';

const FIXTURES = 'src/vacancies/connectors/enbek-feed/fixtures';

describe('one feed in each of its forms', () => {
  let ingest: TestIngest;
  beforeAll(async () => {
    ingest = await startIngest();
  });
  afterAll(() => ingest.close());
  beforeEach(() => ingest.empty());

  const file = (path: string): Promise<IngestReport> =>
    ingest.service.ingest({ bytes: createReadStream(`${FIXTURES}/${path}`), origin: path });
  const bytes = (content: Uint8Array, origin: string): Promise<IngestReport> => {
    async function* inPieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < content.length; at += 101) yield content.subarray(at, at + 101);
    }
    return ingest.service.ingest({ bytes: inPieces(), origin });
  };
  /** Everything the file decides, without ids and times of this run. */
  const stored = (): Promise<Record<string, unknown>[]> =>
    rows(
      ingest.dataSource,
      `select v.*, e.bin as employer_bin, null as id, null as employer_id, null as last_run_id from vacancy v
       join employer e on e.id = v.employer_id order by v.external_id`,
    );

  const FORMS: [string, () => Promise<IngestReport>][] = [
    ['NDJSON with a byte order mark and CRLF', () => file('accepted/three-bom-crlf.ndjson')],
    ['gzipped NDJSON', () => file('accepted/three.ndjson.gz')],
    ['CSV', () => file('accepted/three.csv')],
    ['CSV with semicolons and CRLF', () => file('accepted/three-semicolon-crlf.csv')],
    [
      'gzipped CSV, without the ending that says so',
      async () => bytes(gzipSync(await readFile(`${FIXTURES}/accepted/three.csv`)), 'upload'),
    ],
  ];

  it.each(FORMS)('%s fills the tables as plain NDJSON does, and is then nothing new', async (_, take) => {
    const plain = await file('accepted/three.ndjson');
    expect(plain).toMatchObject({ status: 'applied', read: 3, inserted: 3, rejectedCount: 0 });
    const expected = await stored();
    expect(expected).toHaveLength(3);
    await ingest.empty();
    expect(await take()).toMatchObject({ status: 'applied', source: 'enbek', read: 3, inserted: 3, rejectedCount: 0 });
    expect(await stored()).toEqual(expected);
    expect(await file('accepted/three.ndjson')).toMatchObject({ inserted: 0, updated: 0, unchanged: 3, closed: 0 });
  });

  it.each([
    'file.gzip--cut.ndjson.gz',
    'file.gzip--damaged.ndjson.gz',
    'feed.truncated--cut-in-quotes.csv',
    'file.encoding--windows-1251.csv',
    'feed.column_missing--no-title.csv',
  ])('%s is refused as a whole and leaves the tables as they were', async (name) => {
    await file('accepted/three.csv');
    const before = await rows(ingest.dataSource, 'select * from vacancy order by id');
    const report = await file(`refused/${name}`);
    expect(report).toMatchObject({ status: 'refused', inserted: 0, updated: 0, closed: 0 });
    expect(report.error?.code).toBe(name.split('--')[0]);
    expect(await rows(ingest.dataSource, 'select * from vacancy order by id')).toEqual(before);
    expect(await rows(ingest.dataSource, 'select status, error_code from ingest_run order by id desc limit 1')).toEqual(
      [{ status: 'refused', error_code: report.error?.code }],
    );
  });

  it('keeps a short CSV row as a refused record, and takes the rest in', async () => {
    const report = await file('refused/record.wrong_columns--short-row.csv');
    expect(report.rejected).toMatchObject([{ code: 'record.wrong_columns' }]);
    expect(report).toMatchObject({ status: 'applied', rejectedCount: 1 });
    expect(await rows(ingest.dataSource, 'select code from rejected_record')).toEqual([
      { code: 'record.wrong_columns' },
    ]);
  });
});
