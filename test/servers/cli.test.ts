import { jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountsService } from '../../src/auth/accounts.service.js';
import { type CliEnvironment } from '../../src/cli/environment.js';
import { runCli } from '../../src/cli/cli.js';
import { setTimeout as wait } from 'node:timers/promises';
import { asSystem } from '../../src/database/scope.js';
import { rows } from '../../src/database/sql.js';
import { prepareDatabase } from '../../src/ready-database.js';
import { newId } from '../../src/shared/ids.js';
import { IngestService } from '../../src/vacancies/ingest.service.js';
import { SOURCE_LOCK } from '../../src/vacancies/ingest-run.queries.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { HandClock, feed, record } from '../support/ingest.js';

jest.setTimeout(120_000);

const clock = new HandClock(new Date('2026-09-04T06:00:00Z'));
let running: TestApp;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qonys-test-cli-'));
  running = await startTestApp({ clock, role: 'api' });
});
afterAll(async () => {
  await running?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => running.dataSource.query('truncate vacancy, ingest_run, employer, outbox_event, api_token cascade'));

interface Outcome {
  code: number;
  /** Everything on standard output. */
  out: string;
  /** Everything on standard error. */
  err: string;
  /** Standard output as JSON, all of it. */
  // Tests look into answers of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  json(): any;
}

/** One command line over the test's program, without its process. */
async function qonys(...args: string[]): Promise<Outcome> {
  return run(args, {});
}

async function run(args: string[], changes: Partial<CliEnvironment>): Promise<Outcome> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(args, {
    config: running.config,
    language: 'en',
    withServices: (work) => asSystem(() => work(running.app)),
    migrate: async () => (await prepareDatabase(running.database.url, clock.now())).migrations,
    print: (line) => void out.push(line),
    remark: (line) => void err.push(line),
    signal: new AbortController().signal,
    interactive: false,
    ...changes,
  });
  return { code, out: out.join('\n'), err: err.join('\n'), json: () => JSON.parse(out.join('\n')) as unknown };
}

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const ids = (...all: number[]): Record<string, unknown>[] => all.map((id) => record({ id: String(id) }));

describe('qonys ingest', () => {
  it('prints the counts and the refused records, and nothing but JSON', async () => {
    const path = await file(
      'mixed.ndjson',
      feed([...ids(1, 2), record({ id: '3', salary_from: '170000' }), '{broken']),
    );
    const { code, json, err } = await qonys('ingest', path, '--json');
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(json()).toMatchObject({ read: 4, inserted: 2, updated: 0, unchanged: 0, closed: 0, status: 'applied' });
    expect(json().rejected).toEqual([
      {
        ref: 'line 4',
        code: 'record.wrong_type',
        field: 'salary_from',
        message: expect.stringContaining('salary_from'),
      },
      { ref: 'line 5', code: 'record.invalid_json', field: null, message: expect.stringMatching(/JSON/) },
    ]);
  });

  it('counts what a second feed changes, closes and leaves', async () => {
    await qonys('ingest', await file('one.ndjson', feed(ids(1, 2, 3, 4))));
    const second = [
      record({ id: '1' }),
      record({ id: '2', salary_from: 180_000 }),
      record({ id: '3', archived: true }),
    ];
    const path = await file('two.ndjson', feed(second, { generatedAt: '2026-09-04T06:00:00+05:00' }));
    expect((await qonys('ingest', path, '--json')).json()).toMatchObject({
      ...{ read: 3, inserted: 0, updated: 2, unchanged: 1, closed: 2, rejected: [] },
    });
    expect((await qonys('ingest', path, '--json')).json()).toMatchObject({
      read: 3,
      updated: 0,
      unchanged: 3,
      closed: 0,
    });
  });

  it('keeps sources apart: a feed closes nothing of another one', async () => {
    await qonys('ingest', await file('one.ndjson', feed(ids(1, 2))));
    const path = await file('other.ndjson', feed(ids(9)));
    expect((await qonys('ingest', path, '--source', 'centre', '--json')).json()).toMatchObject({
      ...{ source: 'centre', inserted: 1, closed: 0 },
    });
  });

  it('takes the name of a connector for --source, and then says how to read the file', async () => {
    const path = await file('named.txt', feed(ids(1)));
    const answer = (await qonys('ingest', path, '--source', 'enbek-feed', '--json')).json();
    expect(answer).toMatchObject({ inserted: 1, status: 'applied' });
    expect((await qonys('mismatch', '--source', 'enbek-feed', '--json')).code).toBe(0);
  });

  it.each([
    ['a truncated file', 'bad.ndjson', () => feed(ids(1, 2), { count: 3 }), 'feed.truncated'],
    ['another encoding', 'bad.ndjson', () => Buffer.from(feed(ids(1)), 'utf16le'), 'file.encoding'],
    ['no header', 'bad.ndjson', () => JSON.stringify(record()), 'feed.header_missing'],
    ['an empty file', 'bad.ndjson', () => '', 'file.empty'],
    [
      'a page that is no vacancy',
      'bad.html',
      () => '<!doctype html><html><body><h1>News</h1></body></html>',
      'file.unknown_format',
    ],
  ])('refuses %s whole: a code, a sentence, exit code 1', async (_, name, content, code) => {
    await qonys('ingest', await file('good.ndjson', feed(ids(1, 2))));
    const answer = await qonys('ingest', await file(name, content()), '--json');
    expect(answer.code).toBe(1);
    expect(answer.json()).toMatchObject({ inserted: 0, updated: 0, closed: 0, status: 'refused', error: { code } });
    expect(answer.json().error.message).toMatch(/^[A-Z].+\.$/s);
    expect(await running.dataSource.query(`select status, count(*)::int as n from vacancy group by 1`)).toEqual([
      { status: 'open', n: 2 },
    ]);
  });

  it('says the same in a few lines to a person', async () => {
    const path = await file('mixed.ndjson', feed([...ids(1), record({ id: '3', title: null })]));
    const { code, out } = await qonys('ingest', path);
    expect(code).toBe(0);
    expect(out).toMatch(/2 read, 1 inserted, 0 updated, 0 unchanged, 0 closed, 1 rejected\./);
    expect(out).toMatch(/line 3: .+\(record\.missing_field, title\)/);
    const refused = await qonys('ingest', await file('cut.ndjson', feed(ids(1), { count: 5 })));
    expect(refused).toMatchObject({ code: 1, out: expect.stringMatching(/^Nothing was applied: /) });
  });

  it('says of each kind of warning what it means and where the first is', async () => {
    const path = await file(
      'warned.ndjson',
      feed([...ids(1), record({ id: '2', wage: 1 }), record({ id: '3', wage: 1 })]),
    );
    expect((await qonys('ingest', path)).out).toContain(
      '2 × The field "wage" is not part of the format and was ignored. (record.unknown_field; line 3)',
    );
    expect((await qonys('ingest', path, '--json')).json().warned).toEqual(
      ['line 3', 'line 4'].map((ref) => ({
        ref,
        code: 'record.unknown_field',
        field: 'wage',
        message: 'The field "wage" is not part of the format and was ignored.',
      })),
    );
  });

  it('speaks the language asked for, not only in the reasons', async () => {
    const path = await file('ru.ndjson', feed(ids(1)));
    expect((await qonys('--lang', 'ru', 'ingest', path)).out).toMatch(/^Источник enbek: прочитано 1, добавлено 1,/);
    expect((await qonys('--lang', 'kk', 'rejected')).out).toBe('Қабылданбаған жазба жоқ.');
    expect((await qonys('--lang', 'ru', 'ingest', await file('cut.ndjson', feed(ids(1), { count: 2 })))).out).toMatch(
      /^Ничего не применено: Файл обрезан/,
    );
  });

  it('draws a bar on a terminal only, and never over JSON', async () => {
    const path = await file('one.ndjson', feed(ids(1, 2, 3)));
    const drawn = async (args: string[], interactive: boolean): Promise<string> => {
      const terminal = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
      Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
      const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
      try {
        await run(args, { interactive });
        return write.mock.calls.map(([text]) => String(text)).join('');
      } finally {
        write.mockRestore();
        if (terminal) Object.defineProperty(process.stderr, 'isTTY', terminal);
        else delete (process.stderr as { isTTY?: boolean }).isTTY;
      }
    };
    expect(await drawn(['ingest', path], true)).toMatch(/3 of 3 vacancies, 0 rejected/);
    expect(await drawn(['ingest', path], false)).toBe('');
    expect(await drawn(['ingest', path, '--json'], true)).toBe('');
  });
});

describe('qonys mismatch', () => {
  it('prints cells and ratios as other programs expect them', async () => {
    const north = [record({ id: '1', region_id: 59, location: 'СКО', profobl: 112, openings: null })];
    const south = [2, 3].map((id) =>
      record({ id: String(id), region_id: 61, location: 'Туркестанская область', profobl: 112, openings: 4 }),
    );
    await qonys('ingest', await file('two.ndjson', feed([...north, ...south])));
    const { code, json, err } = await qonys('mismatch', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const answer = json();
    expect(Object.keys(answer)).toEqual(['asOf', 'grouping', 'cells', 'northSouth']);
    expect(answer).toMatchObject({ asOf: clock.now().toISOString(), grouping: 'seed-table-1' });
    expect(answer.cells).toContainEqual({
      ...{ region: 'KZ-59', sector: 'medicine', vacancies: 1, openings: 1, seekers: 0, tension: 1 },
    });
    expect(answer.cells).toContainEqual({
      ...{ region: 'KZ-61', sector: 'medicine', vacancies: 2, openings: 8, seekers: 0, tension: 8 },
    });
    expect(answer.northSouth.medicine).toMatchObject({ north: 1, south: 2, ratio: 0.5 });
  });

  it('counts by Enbek’s areas alone: a feed that leaves the area out has not stated a sector', async () => {
    const nurse = record({ id: '1', title: 'Медсестра', profobl: null });
    await qonys('ingest', await file('nurse.ndjson', feed([nurse])));
    const found = (await qonys('mismatch', '--json'))
      .json()
      .cells.filter((cell: { vacancies: number }) => cell.vacancies);
    expect(found).toMatchObject([{ region: 'KZ-35', sector: 'unstated', vacancies: 1, openings: 3 }]);
  });

  it('counts one source, and says when there is no such source', async () => {
    await qonys('ingest', await file('a.ndjson', feed(ids(1, 2))), '--source', 'a');
    await qonys('ingest', await file('b.ndjson', feed(ids(1))), '--source', 'b');
    const total = async (...args: string[]): Promise<number> =>
      ((await qonys('mismatch', '--json', ...args)).json().cells as { vacancies: number }[]).reduce(
        (sum, cell) => sum + cell.vacancies,
        0,
      );
    expect([await total(), await total('--source', 'a'), await total('--source', 'b')]).toEqual([3, 2, 1]);
    const unknown = await qonys('mismatch', '--json', '--source', 'nowhere');
    expect(unknown.code).toBe(1);
    expect(unknown.json().error).toMatchObject({ code: 'mismatch.source_unknown' });
  });

  it('groups by the programme on a date, and refuses what is no grouping or no date', async () => {
    const grouped = await qonys('mismatch', '--json', '--grouping', 'programme', '--on', '2026-09-01');
    expect(grouped.json()).toMatchObject({ grouping: 'programme' });
    expect((await qonys('mismatch', '--grouping', 'east-west')).code).toBe(2);
    expect((await qonys('mismatch', '--grouping', 'programme', '--on', '2026-02-30')).code).toBe(2);
  });

  it('prints a table for a person', async () => {
    expect((await qonys('mismatch')).out).toMatch(/^Sector +North +South +North per south\neducation /);
  });
});

describe('qonys mismatch --on', () => {
  it.each([
    ['2026-13-45', [], 'is not a date'],
    ['2026-13-45', ['--grouping', 'programme'], 'is not a date'],
    ['2026-11-22', [], 'grouping “programme”'],
    ['2026-11-22', ['--grouping', 'seed-table-1'], 'grouping “programme”'],
  ])('%s %j is called wrongly', async (on, more, words) => {
    const answer = await qonys('mismatch', '--on', on, ...more);
    expect(answer).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) });
  });

  it('names the day of the programme’s lists', async () => {
    expect((await qonys('mismatch', '--grouping', 'programme', '--on', '2026-11-22', '--json')).code).toBe(0);
  });
});

describe('qonys rejected', () => {
  it('lists refused records with code, field and raw text, and reads them again', async () => {
    await qonys(
      'ingest',
      await file('bad.ndjson', feed([record({ id: '1' }), record({ id: '2', salary_to: 'much' })])),
    );
    const [kept, ...more] = (await qonys('rejected', '--json')).json().items;
    expect(more).toEqual([]);
    expect(kept).toMatchObject({
      ...{ source: 'enbek', externalId: '2', ref: 'line 3', code: 'record.wrong_type', field: 'salary_to' },
      raw: expect.stringContaining('"salary_to":"much"'),
    });
    const again = await qonys('rejected', '--retry', '--json');
    expect(again.code).toBe(0);
    expect(again.json()).toMatchObject([{ read: 1, inserted: 0, rejected: [{ code: 'record.wrong_type' }] }]);
    expect((await qonys('rejected', '--json')).json().items).toHaveLength(1);
  });

  it('says how many there are beyond those it lists; the report of a file lists them all', async () => {
    const wrong = Array.from({ length: 1_002 }, (_, at) => record({ id: String(at + 1), salary_to: 'much' }));
    const report = (await qonys('ingest', await file('bad.ndjson', feed(wrong)), '--json')).json();
    expect(report).toMatchObject({
      read: 1_002,
      rejectedCount: 1_002,
      rejectedMore: 0,
      status: 'applied',
      warnings: {},
    });
    expect(report.rejected.map(({ ref }: { ref: string }) => ref)).toEqual(wrong.map((_, at) => `line ${at + 2}`));
    expect(report.rejected[1_001]).toEqual({
      ref: 'line 1003',
      code: 'record.wrong_type',
      field: 'salary_to',
      message: expect.any(String),
    });
    const [again] = (await qonys('rejected', '--retry', '--json')).json();
    expect([again.rejected.length, again.rejectedMore]).toEqual([1_002, 0]);
    const { total, items } = (await qonys('rejected', '--limit', '3', '--json')).json();
    expect([total, items.length]).toEqual([1_002, 3]);
    expect((await qonys('rejected', '--limit', '3')).out).toMatch(/\n… and 999 more: --limit$/);
    expect((await qonys('rejected', '--source', 'elsewhere', '--json')).json()).toEqual({ total: 0, items: [] });
  });

  it('takes over what passes now, once', async () => {
    await qonys(
      'ingest',
      await file('bad.ndjson', feed([record({ id: '1' }), record({ id: '2', salary_to: 'much' })])),
    );
    await running.dataSource.query(`update rejected_record set raw = replace(raw, '"much"', '210000')`);
    expect((await qonys('rejected', '--retry', '--json')).json()).toMatchObject([
      { read: 1, inserted: 1, rejected: [] },
    ]);
    expect((await qonys('rejected', '--json')).json()).toEqual({ total: 0, items: [] });
    expect((await qonys('rejected')).out).toBe('No rejected records.');
    expect((await qonys('rejected', '--retry')).out).toBe('Nothing to retry.');
    expect((await qonys('rejected', '--retry', '--json')).json()).toEqual([]);
  });

  it('says which lines it will never read: they are mended in their file', async () => {
    await qonys('ingest', await file('broken.ndjson', feed([record({ id: '1' }), '{broken'])));
    for (const args of [['rejected'], ['rejected', '--retry']]) {
      expect((await qonys(...args)).err).toMatch(/1 line could not be taken apart.*send the file again/);
    }
    expect((await qonys('rejected', '--source', 'elsewhere', '--retry')).err).not.toContain('taken apart');
  });
});

/** Holds an advisory lock on a connection of its own while `work` runs. */
async function whileLocked<Result>(key: string, values: string[], work: () => Promise<Result>): Promise<Result> {
  const holder = running.dataSource.createQueryRunner();
  try {
    await holder.query(`select pg_advisory_lock(${key})`, values);
    return await work();
  } finally {
    await holder.query('select pg_advisory_unlock_all()');
    await holder.release();
  }
}

describe('a run that has to wait too long for another of its source', () => {
  const ingests = (): IngestService => running.app.get(IngestService);
  beforeEach(() => (ingests().mostWaitMs = 50));
  afterEach(() => (ingests().mostWaitMs = 120_000));

  it('ends rejected --retry with exit code 1, its report printed', async () => {
    await qonys('ingest', await file('bad.ndjson', feed([record({ id: '2', salary_to: 'much' })])));
    const answer = await whileLocked(SOURCE_LOCK, ['enbek'], () => qonys('rejected', '--retry', '--json'));
    expect(answer.code).toBe(1);
    expect(answer.json()).toMatchObject([{ status: 'refused', error: { code: 'ingest.busy' } }]);
  });

  it('ends the demo with exit code 1 before anything else of it', async () => {
    const answer = await whileLocked(SOURCE_LOCK, ['demo'], () => qonys('demo', '--json'));
    expect(answer.code).toBe(1);
    expect(answer.json()).toMatchObject({ error: { code: 'ingest.busy' } });
    expect(await running.dataSource.query('select 1 from household limit 1')).toEqual([]);
  });
});

describe('Ctrl-C', () => {
  /** Aborts the command when another connection than ours waits for a lock: the command then waits where it would wait long. */
  async function stopped(key: string, values: string[], ...args: string[]): Promise<Outcome> {
    const ctrlC = new AbortController();
    return whileLocked(key, values, async () => {
      const ending = run(args, { signal: ctrlC.signal });
      const waits = `select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`;
      while ((await asSystem(() => rows(running.dataSource, waits))).length === 0) await wait(20);
      ctrlC.abort();
      return ending;
    });
  }

  it('ends an ingest at once: exit code 130, nothing applied, the run marked', async () => {
    const path = await file('stopped.ndjson', feed(ids(1, 2)));
    const answer = await stopped(SOURCE_LOCK, ['enbek'], 'ingest', path, '--json');
    expect(answer).toMatchObject({ code: 130, err: 'Stopped. Nothing was applied.' });
    expect(answer.json()).toMatchObject({ error: { code: 'cli.stopped' } });
    const [run] = await asSystem(() => rows(running.dataSource, 'select status, error_code as code from ingest_run'));
    expect(run).toEqual({ status: 'failed', code: 'ingest.interrupted' });
    expect((await qonys('ingest', path, '--json')).json()).toMatchObject({ status: 'applied', inserted: 2 });
  });

  it('ends rejected --retry after what it has applied, and reports that', async () => {
    for (const source of ['early', 'late'])
      await qonys(
        'ingest',
        await file(`${source}.ndjson`, feed([record({ id: '2', salary_to: 'much' })])),
        '--source',
        source,
      );
    await running.dataSource.query(`update rejected_record set raw = replace(raw, '"much"', '210000')`);
    const answer = await stopped(SOURCE_LOCK, ['late'], 'rejected', '--retry', '--json');
    expect(answer).toMatchObject({
      code: 130,
      err: 'Stopped.\nWhat is reported was applied; the rest still waits for its retry.',
    });
    expect(answer.json()).toMatchObject([
      { source: 'early', status: 'applied', inserted: 1 },
      { error: { code: 'cli.interrupted' } },
    ]);
    const sources = 'select source from vacancy';
    expect(await asSystem(() => rows(running.dataSource, sources))).toEqual([{ source: 'early' }]);
    expect((await qonys('rejected', '--retry')).out).toMatch(/^Source late: 1 read, 1 inserted/);
  });

  it('ends a match that waits for its turn', async () => {
    expect(await stopped('7145222017', [], 'match')).toMatchObject({ code: 130, out: '' });
  });

  it('ends the demo before anything of it is there', async () => {
    expect(await stopped(SOURCE_LOCK, ['demo'], 'demo')).toMatchObject({ code: 130, out: '' });
    expect(await asSystem(() => rows(running.dataSource, 'select 1 from household limit 1'))).toEqual([]);
  });
});

describe('qonys token', () => {
  it('makes a token that works, lists it without its secret, and revokes it', async () => {
    const made = await qonys('token', '--role', 'officer', '--region', 'KZ-59', '--label', 'Petropavl', '--json');
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });
    const { id, token } = made.json();
    const me = (): Promise<Response> =>
      fetch(`${running.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(await (await me()).json()).toMatchObject({ role: 'officer' });
    const listed = await qonys('token', '--list', '--json');
    expect(listed.json()).toMatchObject([{ id, label: 'Petropavl', role: 'officer', regionCode: 'KZ-59' }]);
    expect(listed.out).not.toContain(token);
    expect((await qonys('token', '--revoke', id, '--json')).json()).toEqual({ revoked: id });
    expect((await me()).status).toBe(401);
  });

  it('prints the bare secret for a shell, and the remark beside it', async () => {
    const { out, err } = await qonys('token', '--role', 'analyst');
    expect(out).toMatch(/^qny_[\w-]{40,}$/);
    expect(err).toMatch(/shown this once/);
    expect(err).not.toContain(out);
  });

  it.each([
    [['--role', 'officer'], 'auth.region_required'],
    [['--role', 'officer', '--region', 'KZ-51'], 'auth.region_unknown'],
  ])('refuses %j with exit code 2', async (args, code) => {
    const answer = await qonys('token', ...args, '--json');
    expect(answer.code).toBe(2);
    expect(answer.json().error.code).toBe(code);
  });
});

describe('qonys applications and qonys quota', () => {
  it('lists who has each application and until when, the overdue first, and the quota of each region', async () => {
    const made = async (regionCode: string, state: string, dueOn: string, more: object = {}): Promise<string> => {
      const vacancies = [
        await makeVacancy(running.dataSource, { districtKato: regionCode === 'KZ-59' ? '591000000' : '551000000' }),
      ];
      const household = await makeHousehold(running.dataSource, { adults: [{}] });
      const { id: proposal } = await makeProposal(running.dataSource, { household, vacancies, status: 'approved' });
      const row = {
        id: newId(), household_id: household.id, proposal_id: proposal, region_code: regionCode, home_region_code: 'KZ-61',
        category: 'settlers', persons: household.persons, state, owner: 'reception_centre', due_on: dueOn,
        state_since: clock.now(), created_at: clock.now(), updated_at: clock.now(), ...more,
      }; // prettier-ignore
      await running.dataSource.query(
        `insert into application (${Object.keys(row).join(', ')}) values (${Object.keys(row)
          .map((_, i) => `$${i + 1}`)
          .join(', ')})`,
        Object.values(row),
      );
      return row.id;
    };
    const fresh = await made('KZ-59', 'forwarded', '2026-09-25');
    const late = await made('KZ-59', 'forwarded', '2026-09-01');
    const waits = await made('KZ-55', 'waiting_quota', '2026-09-30', { wait_order: 1 });
    type Listed = { regionCode: string; quota: object; counts: object[]; items: { id: string; overdue: boolean }[] };
    const listed = (await qonys('applications', '--json')).json() as Listed[];
    const of = (code: string): Listed => listed.find(({ regionCode }) => regionCode === code)!;
    expect(of('KZ-59').items.map(({ id, overdue }) => [id, overdue])).toEqual([
      [late, true],
      [fresh, false],
    ]);
    expect(of('KZ-55')).toMatchObject({
      items: [{ id: waits, waitPosition: 1 }],
      quota: { persons: 1655, left: 1655, waitingPersons: 3, firstWaiting: { id: waits, persons: 3 } },
    });
    expect(of('KZ-11').quota).toMatchObject({ persons: null, left: null });
    const [only] = (await qonys('applications', '--overdue', '--region', 'KZ-59', '--json')).json() as Listed[];
    expect(only!.items.map(({ id }) => id)).toEqual([late]);
    const { out } = await qonys('applications', '--region', 'KZ-59');
    expect(out).toMatch(/KZ-59\s+2\s+1\s+2820\s+0\s+0\s+2820\s+0/);
    expect(out).toMatch(new RegExp(`${late}\\s+KZ-59\\s+3\\s+forwarded\\s+reception_centre\\s+2026-09-01\\s+overdue`));
    const unknown = await qonys('applications', '--region', 'KZ-99', '--json');
    expect([unknown.code, unknown.json()]).toMatchObject([2, { error: { code: 'centre.region_unknown' } }]);
    for (const table of ['application', 'proposal', 'seeker', 'household'])
      await running.dataSource.query(`delete from ${table}`);
  });

  it('revises a quota from a day on, and refuses one below what is given, with the number', async () => {
    const revise = (...more: string[]): Promise<Outcome> =>
      qonys('quota', '--region', 'KZ-62', '--source', 'an order', ...more, '--json');
    expect((await revise('--persons', '130', '--from', '2026-09-01')).json()).toEqual({
      region: 'KZ-62', category: 'settlers', year: 2026, persons: 130, reserved: 0, taken: 0, left: 130, verified: false,
    }); // prettier-ignore
    expect((await qonys('applications', '--region', 'KZ-62')).out).toMatch(/KZ-62\s.*\sunverified/);
    expect((await qonys('queues')).out).toMatch(/KZ-62\s.*\sunverified/);
    // One of a later day counts from that day.
    expect((await revise('--persons', '140', '--from', '2026-12-01')).json()).toMatchObject({ persons: 130 });
    await running.dataSource.query(
      `update quota_balance set reserved = 9 where region_code = 'KZ-62' and category = 'settlers' and year = 2026`,
    );
    const below = await revise('--persons', '8', '--from', '2026-09-02');
    expect([below.code, below.json()]).toMatchObject([
      1,
      { error: { code: 'quota.below_given', params: { given: 9, persons: 8 } } },
    ]);
    expect((await revise('--persons', '131', '--from', '2026-09-01')).json().error.code).toBe('quota.revision_exists');
    expect((await revise('--persons', 'many', '--from', '2026-09-01')).json().error.code).toBe('quota.persons_invalid');
    expect((await revise('--persons', '1', '--from', '2026-02-30')).json().error.code).toBe('programme.date_invalid');
    expect((await qonys('quota', '--region', 'KZ-62')).code).toBe(2);
    const [audited] = await rows<{ details: object }>(
      running.dataSource,
      `select details from audit_entry where subject = 'quota' and actor = 'command-line' order by at, id limit 1`,
    );
    expect(audited!.details).toMatchObject({ persons: 130, validFrom: '2026-09-01' });
    await running.dataSource.query(
      `update quota_balance set reserved = 0 where region_code = 'KZ-62' and category = 'settlers' and year = 2026`,
    );
  });
});

describe('qonys questions', () => {
  it('lists what waits for an answer, by the day it is due, of one desk or of all', async () => {
    const ids = { late: newId(), fresh: newId(), programme: newId() };
    const ask = (id: string, region: string | null, dueOn: string): Promise<unknown> =>
      running.dataSource.query(
        `insert into question (id, language, about, region_code, text, status, due_on, created_at, updated_at)
         values ($1, 'kk', 'programme', $2, 'Қашан көшеміз?', 'waiting', $3, now(), now())`,
        [id, region, dueOn],
      );
    await makeVacancy(running.dataSource);
    await ask(ids.fresh, 'KZ-59', '2026-09-08');
    await ask(ids.late, 'KZ-59', '2026-09-01');
    await ask(ids.programme, null, '2026-09-02');
    const idsOf = ({ json }: Outcome): string[] => (json() as { id: string }[]).map(({ id }) => id);
    expect(idsOf(await qonys('questions', '--json'))).toEqual([ids.late, ids.programme, ids.fresh]);
    expect(idsOf(await qonys('questions', '--overdue', '--region', 'KZ-59', '--json'))).toEqual([ids.late]);
    expect(idsOf(await qonys('questions', '--region', 'programme', '--json'))).toEqual([ids.programme]);
    expect((await qonys('questions', '--overdue')).out).toContain('2026-09-01 overdue');
    const unknown = await qonys('questions', '--region', 'KZ-99', '--json');
    expect([unknown.code, unknown.json()]).toMatchObject([2, { error: { code: 'centre.region_unknown' } }]);
    await running.dataSource.query('delete from question');
  });
});

describe('qonys match, queues and migrate', () => {
  it('say what they did', async () => {
    expect((await qonys('match', '--json')).json()).toMatchObject({
      reason: 'command',
      households: 0,
      proposalsMade: 0,
    });
    const queues = (await qonys('queues', '--json')).json();
    const regions = await running.dataSource.query<{ code: string }[]>('select code from region order by code');
    expect(queues.map(({ regionCode }: { regionCode: string }) => regionCode)).toEqual(regions.map(({ code }) => code));
    expect(regions.map(({ code }) => code)).toEqual(expect.arrayContaining(['KZ-59', 'KZ-71']));
    expect(queues[0]).toMatchObject({
      waiting: 0,
      overdue: 0,
      claimed: 0,
      approved: 0,
      noticesSent: 0,
      noticesWaiting: 0,
      noticesFailed: 0,
    });
    expect((await qonys('queues')).out.split('\n')).toHaveLength(1 + regions.length);
    expect((await qonys('migrate', '--json')).json()).toEqual({ migrations: [] });
    expect((await qonys('migrate')).out).toBe('The schema is up to date.');
  });
});

describe('qonys called wrongly', () => {
  it.each([
    [[]],
    [['fly']],
    [['ingest']],
    [['ingest', 'a', 'b']],
    [['ingest', 'a', '--connector', 'fax']],
    [['mismatch', '--jsn']],
    [['rejected', '--limit', '0']],
    [['token']],
    [['token', '--role', 'tsar']],
    [['--lang', 'fr', 'queues']],
  ])('%j: exit code 2, the reason on standard error alone', async (args) => {
    const { code, out, err } = await qonys(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/error: |Usage: /);
  });

  it.each(['ingest', 'demo', 'match', 'mismatch', 'queues', 'rejected', 'token', 'migrate'])(
    '%s --help explains it, --json included',
    async (command) => {
      const { code, out } = await qonys(command, '--help');
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`^Usage: qonys ${command} `));
      expect(out).toContain('--json');
    },
  );

  it.each([
    ['en', 'There is no file /no/such.ndjson.'],
    ['ru', 'Файла /no/such.ndjson нет.'],
    ['kk', '/no/such.ndjson файлы жоқ.'],
  ])('a missing file, in %s', async (language, sentence) => {
    const { code, out, err, json } = await qonys('--lang', language, 'ingest', '/no/such.ndjson', '--json');
    expect({ code, err }).toEqual({ code: 1, err: sentence });
    expect(json()).toEqual({
      error: { code: 'path.not_found', params: { path: '/no/such.ndjson' }, message: sentence },
    });
    expect(out.split('\n')).toHaveLength(1);
    expect(await qonys('--lang', language, 'ingest', '/no/such.ndjson')).toMatchObject({
      code: 1,
      out: '',
      err: sentence,
    });
  });

  it('a folder is not a file', async () => {
    expect(await qonys('ingest', folder)).toMatchObject({ code: 1, out: '', err: `${folder} is not a file.` });
  });

  it('refused records come in the language asked for', async () => {
    const path = await file('bad.ndjson', feed([record({ id: '2', title: null })]));
    const message = async (language: string): Promise<string> =>
      (await qonys('--lang', language, 'ingest', path, '--json')).json().rejected[0].message;
    const words = [await message('en'), await message('ru'), await message('kk')];
    expect(new Set(words).size).toBe(3);
    expect(words[1]).toMatch(/^Нет обязательного поля/);
  });
});

describe('qonys account', () => {
  it('makes the first administrator by a link where no mail is set up, lists and shuts out', async () => {
    const made = await qonys('account', 'invite', 'First@Example.kz', '--role', 'administrator');
    expect(made.code).toBe(0);
    const token = /^http:\/\/localhost:\d+\/en\/account\/password\/(\S+)$/.exec(made.out)![1]!;
    const visitor = { address: '203.0.113.1', cookies: '', userAgent: '', language: 'en' } as const;
    await running.app.get(AccountsService).setPassword(token, 'a long enough password', visitor);
    const listed = (await qonys('account', 'list', '--json')).json() as { id: string; email: string; role: string }[];
    expect(listed).toEqual([
      expect.objectContaining({ email: 'first@example.kz', role: 'administrator', disabledAt: null }),
    ]);
    expect((await qonys('account', 'disable', listed[0]!.id)).code).toBe(0);
    expect((await qonys('account', 'list')).out).toMatch(/first@example\.kz\s+administrator\s+disabled/);
    expect((await qonys('account', 'enable', listed[0]!.id)).code).toBe(0);
  });

  it.each([
    [['invite', 'x@example.kz', '--role', 'migrant'], 2, 'One of officer'],
    [['invite', 'x@example.kz'], 2, '--role'],
    [['invite', 'x@example.kz', '--role', 'officer'], 2, 'needs a region'],
    [['invite', 'nobody', '--role', 'analyst'], 1, 'e-mail address'],
    [['disable', '01900000-0000-7000-8000-000000000000'], 1, 'no such account'],
  ])('refuses %j', async (args, code, words) => {
    const refused = await qonys('account', ...args);
    expect([refused.code, refused.err]).toEqual([code, expect.stringContaining(words)]);
  });
});

describe('qonys support', () => {
  const moving = ['support', '--members', '4', '--kato', '591010000', '--on', '2026-03-01'];

  it('prints the sheet as JSON, and nothing else', async () => {
    const { code, json, err } = await qonys(...moving, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const sheet = json();
    expect(sheet).toMatchObject({ on: '2026-03-01', mciTenge: 4325, settlementType: 'urban' });
    expect(sheet.lines.map((line: { code: string }) => line.code)).toEqual([
      'moving_grant',
      'rent',
      'housing_certificate',
      'short_course',
      'employer_subsidy',
    ]);
    expect(sheet.lines[0]).toMatchObject({ mci: 280, tenge: 1_211_000, months: null, payee: 'household' });
    expect(sheet.householdFirstYearTenge).toEqual({ min: 2_249_000, max: 9_796_125 });
  });

  it('tells a village from a town', async () => {
    const kato = (
      await rows<{ kato: string }>(
        running.dataSource,
        `select kato from place where region_code = 'KZ-59' and settlement_type = 'rural' order by kato limit 1`,
      )
    )[0]!.kato;
    const { json } = await qonys('support', '--members', '1', '--kato', kato, '--on', '2026-03-01', '--json');
    expect(json()).toMatchObject({
      settlementType: 'rural',
      lines: [{ tenge: 302_750 }, { tenge: 64_875, months: 12 }, {}, {}, {}],
    });
  });

  it('says in words what is paid to whom', async () => {
    const { out } = await qonys('--lang', 'ru', ...moving);
    expect(out).toMatch(/На переезд, один раз\s+семье\s+280\s+1211000/);
    expect(out).toMatch(/Семье за первый год: от 2\s249\s000 тенге/);
  });

  it.each([
    ['support.index_unknown', 1, ['--members', '4', '--kato', '591010000', '--on', '2027-01-01']],
    ['support.index_unknown', 1, ['--members', '4', '--kato', '591010000', '--on', '2016-12-31']],
    ['support.members_invalid', 2, ['--members', '0', '--kato', '591010000', '--on', '2026-03-01']],
    ['support.members_invalid', 2, ['--members', '30', '--kato', '591010000', '--on', '2026-03-01']],
    ['support.place_unknown', 2, ['--members', '4', '--kato', '999999999', '--on', '2026-03-01']],
    ['support.not_reception', 1, ['--members', '4', '--kato', '611010000', '--on', '2026-03-01']],
    // A whole region, neither town nor village: of one that nobody is sent to, that is what is said.
    ['support.not_reception', 1, ['--members', '4', '--kato', '610000000', '--on', '2026-03-01']],
    ['support.place_unclear', 1, ['--members', '4', '--kato', '590000000', '--on', '2026-03-01']],
    ['programme.date_invalid', 2, ['--members', '4', '--kato', '591010000', '--on', '2026-02-30']],
  ])('answers %s with exit code %i', async (expected, exitCode, args) => {
    const { code, json } = await qonys('support', ...args, '--json');
    expect(json().error.code).toBe(expected);
    expect(code).toBe(exitCode);
  });

  it('calls a region by its own name in each language', async () => {
    const asked = ['support', '--members', '4', '--kato', '610000000', '--on', '2026-03-01'];
    expect((await qonys(...asked)).err).toContain('to Turkistan Region.');
    expect((await qonys('--lang', 'kk', ...asked)).err).toContain('Түркістан облысы');
  });
});

describe('qonys support for stored records', () => {
  it('prints sheet, budget and eligibility of a household in a job', async () => {
    const household = await makeHousehold(running.dataSource);
    const vacancy = await makeVacancy(running.dataSource);
    const stored = ['support', '--household', household.id, '--vacancy', vacancy.id, '--on', '2026-03-01'];
    const { code, err, json } = await qonys(...stored, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json()).toMatchObject({
      on: '2026-03-01',
      mciTenge: 4325,
      householdFirstYearTenge: { min: 2_249_000 },
      budget: { members: 4 },
      eligibility: { state: 'unknown' },
    });
    const { out } = await qonys('--lang', 'ru', ...stored, '--rent-there', '100000');
    expect(out).toMatch(/Аренда жилья\s+–\s+100000\s+не проверено/);
    expect(out).toMatch(/никто не проверил\s+У вас гражданство Казахстана/);
  });

  it.each([
    ['household.not_found', 1, ['--household', '01900000-0000-7000-8000-000000000000']],
    ['support.index_unknown', 1, ['--on', '2027-01-01']],
    ['programme.before_first_version', 1, ['--on', '2016-12-31']],
  ])('answers %s with exit code %i', async (expected, exitCode, change) => {
    const household = await makeHousehold(running.dataSource);
    const vacancy = await makeVacancy(running.dataSource);
    const stored = ['support', '--household', household.id, '--vacancy', vacancy.id, ...change, '--json'];
    const { code, json } = await qonys(...stored);
    expect([json().error.code, code]).toEqual([expected, exitCode]);
  });

  it('asks for one pair of options or the other', async () => {
    const { code, json } = await qonys('support', '--members', '4', '--json');
    expect([code, json().error.code]).toEqual([2, 'support.options']);
    expect((await qonys('support', '--household', 'x', '--vacancy', 'y')).code).toBe(2);
  });
});

describe('qonys figures', () => {
  it.each([
    ['flows', ['asOf', 'receptions', 'flows'], /^Откуда/u],
    ['quotas', ['asOf', 'on', 'year', 'national', 'quotas'], /KZ-59\s+\S.*\s2026-\d\d-\d\d/u],
    ['outcomes', ['asOf', 'adults', 'housing'], /KZ-59(\s+0)+/u],
    ['returns', ['asOf', 'households', 'persons'], /KZ-59(\s+0)+/u],
    ['times', ['asOf', 'forwards', 'decisions', 'answers'], /KZ-59\s+0\s+–\s+–\s+0\s+0/u],
    ['payments', ['asOf', 'year', 'tenge'], /KZ-59(\s+0)+/u],
  ])('prints %s as the API answers them, and in words', async (what, keys, line) => {
    const { code, err, json } = await qonys('figures', what, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(Object.keys(json())).toEqual(keys);
    const { out } = await qonys('--lang', 'ru', 'figures', what);
    expect(out).toMatch(line);
    expect(out).not.toMatch(/\b(?:page|activity|housing_state|return_reason)\.[a-z_]+/u);
  });

  it('asks for a day and a year, and refuses wrong ones', async () => {
    expect((await qonys('figures', 'quotas', '--on', '2024-05-01', '--json')).json()).toMatchObject({ year: 2024 });
    expect((await qonys('figures', 'payments', '--year', '2025', '--json')).json()).toMatchObject({ year: 2025 });
    const day = await qonys('figures', 'quotas', '--on', '2024-02-30', '--json');
    expect([day.code, day.json().error.code]).toEqual([2, 'programme.date_invalid']);
    const year = await qonys('figures', 'payments', '--year', '1999', '--json');
    expect([year.code, year.json().error.code]).toEqual([2, 'payment.year_invalid']);
    const other = await qonys('figures', 'gossip');
    expect(other.code).toBe(2);
    expect(other.err).toContain('flows, quotas, outcomes, returns, times, payments');
  });
});

describe('qonys programme', () => {
  it('prints what is in force on a day', async () => {
    const { code, json } = await qonys('programme', '--on', '2026-03-01', '--json');
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      on: '2026-03-01',
      mci: { tenge: 4325, verified: true },
      nationalQuotas: [{ settlers: 5997, kandas: 2281 }],
    });
    const { out } = await qonys('--lang', 'ru', 'programme', '--on', '2026-03-01');
    expect(out).toMatch(/Квота переселенцев KZ-59 \(1\)\s+2026-01-01\s+2820/);
    expect(out).toMatch(/Регионы выезда.+KZ-61\*.+не проверено/);
  });

  it('refuses a day whose rules are not known', async () => {
    const { code, json } = await qonys('programme', '--on', '2027-01-01', '--json');
    expect([code, json().error.code]).toEqual([1, 'support.index_unknown']);
  });
});
