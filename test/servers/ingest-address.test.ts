import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { rows } from '../../src/database/sql.js';
import { type HoldHost, PageFetcher } from '../../src/vacancies/connectors/page-fetch.js';
import { HOST_LOCK, SOURCE_LOCK, ingestRun, isBusy, queueRun } from '../../src/vacancies/ingest-run.queries.js';
import { IngestService } from '../../src/vacancies/ingest.service.js';
import { OutboxEvent } from '../../src/outbox/outbox-event.entity.js';
import { OccupationService } from '../../src/occupations/occupation.service.js';
import { PlaceService } from '../../src/reference/place.service.js';
import { newId } from '../../src/shared/ids.js';
import { type Caller, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { HandClock, START, type TestIngest, feed, record, startIngest } from '../support/ingest.js';

type Json = Record<string, unknown>;

const ENBEK = 'https://www.enbek.kz';
const ENBEK_PAGE = readFileSync('src/vacancies/connectors/enbek-page/fixtures/accepted/open-ru.html', 'utf8');
const EMPLOYER_PAGE = readFileSync('src/vacancies/connectors/jobposting/fixtures/accepted/single.json', 'utf8');

/** Asks a server of this machine for what is asked of Enbek; addresses, robots.txt and answers go over HTTP as ever. */
class EnbekNextDoor extends PageFetcher {
  constructor(private readonly base: string) {
    super({ allowPrivateAddresses: true, minimumIntervalMs: 0 });
  }

  override async fetch(address: string, hold: HoldHost): ReturnType<PageFetcher['fetch']> {
    const page = await super.fetch(address.replace(ENBEK, this.base), hold);
    return { ...page, url: page.url.replace(this.base, address.startsWith(ENBEK) ? ENBEK : this.base) };
  }
}

describe.each(['postgres', 'redis'] as const)('a page read by its address, as a job of BullMQ on %s', (queue) => {
  let test: TestApp;
  let site: Server;
  let base: string;
  let administrator: Caller;
  const asked: string[] = [];
  /** What the site answers, by path: a status, or a page. */
  const answers = new Map<string, number | string>();

  beforeAll(async () => {
    site = createServer(({ url = '' }, response) => {
      asked.push(url);
      const answer = answers.get(url) ?? 404;
      if (typeof answer === 'number') response.writeHead(answer).end('x');
      else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(answer);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    answers.set('/robots.txt', 'User-agent: *\nDisallow: /*/search/*\n');
    test = await startTestApp({ queue, clock: new HandClock(new Date(START)) });
    test.app.get(IngestService).fetcher = new EnbekNextDoor(base);
    administrator = await signedIn(test, { role: 'administrator' });
  });
  afterAll(async () => {
    await test.close();
    site.closeAllConnections();
    await new Promise((resolve) => site.close(resolve));
  });

  /** Queues the reading of an address, and waits for the run's end. */
  const read = async (url: string): Promise<Json> => {
    const queued = await administrator('/api/v1/ingest-runs', { body: { url } });
    expect(queued.status).toBe(202);
    for (let tries = 0; tries < 600; tries++) {
      const { body } = await administrator(queued.headers.get('location')!);
      if (!['queued', 'running'].includes(String((body as Json)['status']))) return body as Json;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The run did not end.');
  };
  const vacancies = async (): Promise<Json[]> => {
    const { body } = await administrator('/api/v1/vacancies?status=any');
    return (body as { items: Json[] }).items;
  };

  it('takes Enbek’s page in, and closes its vacancy when the page answers 410', async () => {
    answers.set('/ru/vacancy/x~7000101', ENBEK_PAGE);
    const url = `${ENBEK}/ru/vacancy/x~7000101`;
    const counts = { source: 'enbek', origin: url, read: 1, rejected: 0, errorCode: null, status: 'applied' };
    expect(await read(url)).toMatchObject({ ...counts, inserted: 1, closed: 0 });
    expect(asked).toEqual(['/robots.txt', '/ru/vacancy/x~7000101']);
    const [open] = await vacancies();
    expect(open).toMatchObject({ externalId: '7000101', title: 'Ветеринарный врач', region: 'KZ-59', status: 'open' });
    answers.set('/ru/vacancy/x~7000101', 410);
    expect(await read(url)).toMatchObject({ ...counts, updated: 1, closed: 1 });
    expect(await vacancies()).toEqual([expect.objectContaining({ id: open?.['id'], status: 'closed' })]);
    // Still gone: nothing changes; and a vacancy that was never known closes nothing.
    expect(await read(url)).toMatchObject({ ...counts, updated: 0, unchanged: 1, closed: 0 });
    answers.set('/ru/vacancy/x~7000999', 410);
    expect(await read(`${ENBEK}/ru/vacancy/x~7000999`)).toMatchObject({ status: 'applied', inserted: 0, closed: 0 });
  });

  it('takes an employer’s JobPosting in under its own name', async () => {
    answers.set('/jobs/1', `<html><script type="application/ld+json">${EMPLOYER_PAGE}</script></html>`);
    expect(await read(`${base}/jobs/1`)).toMatchObject({
      status: 'applied',
      source: 'jobposting',
      read: 1,
      inserted: 1,
    });
  });

  it.each([
    ['/ru/search/vacancy', 'fetch.robots'],
    ['/missing', 'fetch.not_found'],
    ['/gone', 'fetch.not_found'],
    ['/broken', 'fetch.status'],
    ['/empty', 'file.empty'],
    ['/words', 'file.unknown_format'],
  ])('says why nothing was read of %s', async (path, errorCode) => {
    answers.set('/gone', 410).set('/broken', 503).set('/empty', '').set('/words', '<html><p>Вакансий нет</p></html>');
    const before = await vacancies();
    asked.length = 0;
    expect(await read(base + path)).toMatchObject({ status: 'refused', errorCode, inserted: 0, closed: 0 });
    expect(asked).toEqual(errorCode === 'fetch.robots' ? [] : [path]);
    expect(await vacancies()).toEqual(before);
  });
});

/** Files of several MB that are refused by their start, by path: `/code/file`. */
const MANY_LINES = `${JSON.stringify({ id: '1', duties: 'Мыть полы. '.repeat(9_000) })}\n`.repeat(40);
const header = (more: Json): string =>
  `${JSON.stringify({ feed: 'enbek-feed', complete: true, count: 40, ...more })}\n`;
const refused = new Map<string, string | Buffer>([
  ['/file.unknown_format/page', 'words '.repeat(1_000_000)],
  ['/feed.unknown_version/feed.ndjson', header({ version: 99 }) + MANY_LINES],
  ['/feed.unknown_version/feed.ndjson.gz', gzipSync(header({ version: 99 }) + randomBytes(4_000_000).toString('hex'))],
  ['/feed.from_future/feed.ndjson', header({ version: 1, generated_at: '2036-09-03T06:00:00+05:00' }) + MANY_LINES],
]);

describe('two programs that read from one host', () => {
  const PAUSE_MS = 250;
  let ingest: TestIngest;
  let programs: IngestService[];
  let site: Server;
  let base: string;
  let open = 0;
  let mostOpen = 0;
  const times: number[] = [];
  const closed: string[] = [];

  const program = async (): Promise<IngestService> => {
    const dataSource = await ingest.database.dataSource(OutboxEvent);
    const [places, occupations] = [new PlaceService(dataSource), new OccupationService(dataSource)];
    await Promise.all([places.reload(), occupations.reload()]);
    const service = new IngestService(dataSource, ingest.clock, places, occupations);
    service.fetcher = new PageFetcher({ allowPrivateAddresses: true, minimumIntervalMs: PAUSE_MS });
    return service;
  };

  beforeAll(async () => {
    ingest = await startIngest();
    programs = [await program(), await program()];
    site = createServer(({ url = '' }, response) => {
      times.push(performance.now());
      mostOpen = Math.max(mostOpen, ++open);
      response.on('close', () => (open -= 1));
      if (url === '/robots.txt') response.writeHead(404).end();
      else if (refused.has(url)) {
        // Never ends by itself.
        response.on('close', () => closed.push(url));
        response.writeHead(200, { 'content-type': 'application/x-ndjson' }).write(refused.get(url));
      } else if (url.endsWith('.ndjson'))
        response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(LARGE);
      // Longer than the pause: only its end lets the next one in.
      else setTimeout(() => response.writeHead(200).end(EMPLOYER_PAGE), 2 * PAUSE_MS);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await ingest.close();
    site.closeAllConnections();
    await new Promise((resolve) => site.close(resolve));
  });

  it('ask it one thing at a time, with the pause between', async () => {
    const reports = await Promise.all(
      [1, 2].flatMap((page) => programs.map((each) => each.ingest({ origin: `${base}/jobs/${page}` }))),
    );
    expect(reports.map(({ status }) => status)).toEqual(Array(4).fill('applied'));
    expect([mostOpen, times.length]).toEqual([1, 6]);
    const gaps = times.slice(1).map((at, index) => at - times[index]!);
    expect(Math.min(...gaps)).toBeGreaterThan(PAUSE_MS - 20);
  });

  it.each([...refused.keys()])('leave no request open when they refuse %s', async (path) => {
    expect(await programs[0]!.ingest({ origin: base + path })).toMatchObject({
      status: 'refused',
      error: { code: path.split('/')[1] },
    });
    for (let tries = 0; tries < 100 && !closed.includes(path); tries++) await sleep(20);
    expect(closed).toContain(path);
  });

  it('have the host back once the file is read, while its source is still waited for', async () => {
    const other = ingest.dataSource.createQueryRunner();
    await other.query(`select pg_advisory_lock(${SOURCE_LOCK})`, ['jobposting']);
    try {
      const waiting = programs[0]!.ingest({ origin: `${base}/jobs/3`, source: 'jobposting' });
      const host = `select pg_try_advisory_xact_lock(${HOST_LOCK}) as free`;
      const isFree = async (): Promise<boolean> =>
        (await rows<{ free: boolean }>(ingest.dataSource, host, ['127.0.0.1']))[0]?.free === true;
      const becomes = async (free: boolean): Promise<boolean> => {
        for (let tries = 0; tries < 1_000 && (await isFree()) !== free; tries++) await sleep(5);
        return (await isFree()) === free;
      };
      expect(await becomes(false)).toBe(true);
      expect(await becomes(true)).toBe(true);
      await other.query(`select pg_advisory_unlock(${SOURCE_LOCK})`, ['jobposting']);
      expect(await waiting).toMatchObject({ status: 'applied' });
    } finally {
      await other.query('select pg_advisory_unlock_all()');
      await other.release();
    }
  });

  it('say that the host is busy, not a source, and leave a queued run queued', async () => {
    const other = ingest.dataSource.createQueryRunner();
    await other.query(`select pg_advisory_lock(${HOST_LOCK})`, ['127.0.0.1']);
    const [service] = programs as [IngestService];
    const { mostWaitMs } = service;
    service.mostWaitMs = 50;
    try {
      const origin = `${base}/jobs/4`;
      expect(await service.ingest({ origin })).toMatchObject({
        status: 'refused',
        error: { code: 'ingest.host_busy', message: expect.stringContaining('of 127.0.0.1 is being read') },
      });
      const runId = newId();
      const queued = { id: runId, origin, source: 'unknown', connector: 'unknown', synthetic: false };
      await queueRun(ingest.dataSource, queued, ingest.clock.now());
      await expect(service.ingest({ origin, runId })).rejects.toMatchObject({ code: 'ingest.host_busy' });
      await expect(service.ingest({ origin, runId }).catch(isBusy)).resolves.toBe(true);
      expect(await ingestRun(ingest.dataSource, runId)).toMatchObject({ status: 'queued', errorCode: null });
    } finally {
      service.mostWaitMs = mostWaitMs;
      await other.query('select pg_advisory_unlock_all()');
      await other.release();
    }
  });

  it('read a feed from it that is larger than any page', async () => {
    expect(LARGE.length).toBeGreaterThan(5 * 1_048_576);
    expect(await programs[0]!.ingest({ origin: `${base}/export.ndjson` })).toMatchObject({
      status: 'applied',
      source: 'enbek',
      read: 70,
      inserted: 70,
    });
  });
});

/** Some 7 MB. */
const LARGE = feed(
  Array.from({ length: 70 }, (_, at) => record({ id: String(at + 1), duties: 'Мыть полы. '.repeat(9_000) })),
);
