import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { rows } from '../../src/database/sql.js';
import { createTestDatabase } from '../support/database.js';
import { record } from '../support/ingest.js';
import { buildProgram, startProgram } from '../support/program.js';
import serversDown from '../support/servers-down.mjs';
import serversUp from '../support/servers-up.mjs';
import '../../src/database/pg-types.js';

/** What the program itself needs (places, titles) is some 90 MB of it. */
const HEAP_MB = 160;
const ADS = 1_500;
/** V8 keeps Cyrillic in two bytes a letter: all records together would need more than twice what is left of the heap. */
const DUTIES = 'Принимать и выдавать товар, вести журнал. '.repeat(1_600);

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'qonys-ingest-memory-'));
const path = join(folder, 'feed.ndjson');

function* lines(): Generator<string> {
  const header = {
    feed: 'enbek-feed',
    version: 1,
    generated_at: '2026-09-03T06:00:00+05:00',
    complete: true,
    count: ADS,
  };
  yield `${JSON.stringify(header)}\n`;
  for (let id = 1; id <= ADS; id++)
    yield `${JSON.stringify(record({ id: String(id), duties: `${id}. ${DUTIES}`, valid_until: null }))}\n`;
}

beforeAll(async () => {
  await serversUp();
  buildProgram();
  await pipeline(Readable.from(lines()), createWriteStream(path));
}, 120_000);
afterAll(async () => {
  await serversDown();
  rmSync(folder, { recursive: true, force: true });
});

it('takes in a file larger than its heap has room for', async () => {
  expect(statSync(path).size / 1_048_576).toBeGreaterThan(HEAP_MB);
  const database = await createTestDatabase();
  try {
    const env = {
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
      QONYS_HOME: join(folder, 'home'),
      DATABASE_URL: database.url,
      QUEUE_PREFIX: `{${new URL(database.url).pathname.slice(1)}}`,
      QONYS_IIN_KEY: randomBytes(32).toString('base64'),
      QONYS_IIN_INDEX_KEY: randomBytes(32).toString('base64'),
      QONYS_AUTH_SECRET: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'error',
    };
    const program = startProgram(join('dist', 'src', 'qonys.js'), { env, args: ['ingest', path, '--json'] });
    expect({ ended: await program.ended, err: program.stderr }).toEqual({ ended: 0, err: '' });
    expect(JSON.parse(program.stdout)).toMatchObject({ read: ADS, inserted: ADS, rejectedCount: 0, status: 'applied' });
    const dataSource = await database.dataSource();
    expect(
      await rows(dataSource, 'select count(*)::int as open, min(length(duties)) > 60000 as whole from vacancy'),
    ).toEqual([{ open: ADS, whole: true }]);
  } finally {
    await database.drop();
  }
}, 200_000);
