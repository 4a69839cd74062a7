import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PageFetcher } from '../../src/vacancies/connectors/page-fetch.js';
import { IngestRunsService } from '../../src/vacancies/ingest-runs.service.js';
import { type Caller, signedIn } from '../support/api.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { HandClock, START } from '../support/ingest.js';

type Json = Record<string, unknown>;

const ENBEK = 'https://www.enbek.kz';
const ENBEK_PAGE = readFileSync('src/vacancies/connectors/enbek-page/fixtures/accepted/open-ru.html', 'utf8');
const EMPLOYER_PAGE = readFileSync('src/vacancies/connectors/jobposting/fixtures/accepted/single.json', 'utf8');

/** Asks a server of this machine for what is asked of Enbek; addresses, robots.txt and answers go over HTTP as ever. */
class EnbekNextDoor extends PageFetcher {
  constructor(private readonly base: string) {
    super({ allowPrivateAddresses: true, minimumIntervalMs: 0 });
  }

  override async fetch(address: string): ReturnType<PageFetcher['fetch']> {
    const page = await super.fetch(address.replace(ENBEK, this.base));
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
    test.app.get(IngestRunsService).fetcher = new EnbekNextDoor(base);
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
