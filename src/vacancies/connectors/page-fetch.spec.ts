import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { claimsOf, readEvents } from '../../../test/support/read-events.js';
import { Problem } from '../../shared/problem.js';
import { enbekPage } from './enbek-page/enbek-page.js';
import { isPrivateAddress } from './network-address.js';
import { gonePage, openAddress, openFile } from './open-origin.js';
import { PageFetcher, parseRobots, USER_AGENT, type FetchSettings } from './page-fetch.js';

/** The rules of enbek.kz as read in September 2026. */
const ENBEK_ROBOTS = [
  'User-agent: *',
  'Disallow: /*.pdf$',
  'Disallow: /*/index.php/*',
  'Disallow: /*/search/*',
  'Disallow: /*/вакансии/*',
  'Disallow: /*/резюме/*',
  'Disallow: /docs/*/node/*',
].join('\n');

/** Nobody else asks. */
const alone = (): Promise<void> => Promise.resolve();

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('PageFetcher', () => {
  let server: Server;
  let base: string;
  let answers: Record<string, Answer>;
  let requests: { path: string; at: number; agent: string | undefined }[];
  let now: number;
  let waits: number[];

  beforeEach(async () => {
    answers = { '/robots.txt': (_, response) => response.end(ENBEK_ROBOTS) };
    requests = [];
    now = 1_000_000;
    waits = [];
    server = createServer((request, response) => {
      requests.push({ path: request.url ?? '', at: now, agent: request.headers['user-agent'] });
      const answer = answers[decodeURIComponent(request.url ?? '')];
      if (answer) answer(request, response);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const fetcher = (settings: Partial<FetchSettings> = {}) =>
    new PageFetcher({
      allowPrivateAddresses: true,
      minimumIntervalMs: 3_000,
      now: () => now,
      sleep: (ms) => {
        waits.push(ms);
        now += ms;
        return Promise.resolve();
      },
      ...settings,
    });
  const page =
    (text: string): Answer =>
    (_, response) =>
      response.end(text);
  const status =
    (code: number, headers: Record<string, string> = {}): Answer =>
    (_, response) =>
      response.writeHead(code, headers).end('x');
  const fetched = async (path: string, by = fetcher()) => {
    const result = await by.fetch(base + path, alone);
    if (result.gone) return 'gone';
    const parts: Uint8Array[] = [];
    for await (const part of result.bytes) parts.push(part);
    return Buffer.concat(parts).toString();
  };
  const code = async (path: string, by = fetcher()) => {
    const outcome = await fetched(path, by).catch((fault: unknown) => fault);
    expect(outcome).toBeInstanceOf(Problem);
    return (outcome as Problem).code;
  };

  it('asks robots.txt first, names itself, and fetches an allowed page', async () => {
    answers['/ru/vacancy/x~1'] = page('вакансия');
    expect(await fetched('/ru/vacancy/x~1')).toBe('вакансия');
    expect(requests.map((request) => request.path)).toEqual(['/robots.txt', '/ru/vacancy/x~1']);
    expect(requests.map((request) => request.agent)).toEqual([USER_AGENT, USER_AGENT]);
  });

  it('does not ask for what robots.txt refuses, however its path is spelled', async () => {
    const by = fetcher();
    for (const path of [
      '/ru/search/vacancy',
      '/ru/вакансии/5',
      `/ru/${encodeURIComponent('вакансии')}/5`,
      '/ru/%d0%b2%d0%b0%d0%ba%d0%b0%d0%bd%d1%81%d0%b8%d0%b8/5',
      '/ru/se%61rch/vacancy',
    ])
      expect(await code(path, by)).toBe('fetch.robots');
    expect(requests.map((request) => request.path)).toEqual(['/robots.txt']);
  });

  it('takes a missing robots.txt for leave, and an unreachable one for refusal', async () => {
    answers['/a'] = page('a');
    answers['/robots.txt'] = status(404);
    expect(await fetched('/a')).toBe('a');
    answers['/robots.txt'] = status(503);
    expect(await code('/a')).toBe('fetch.robots_unavailable');
    answers['/robots.txt'] = (request) => request.socket.destroy();
    expect(await code('/a')).toBe('fetch.robots_unavailable');
  });

  it('asks a host only once it has it for itself, by its name, and lets it rest', async () => {
    answers['/1'] = page('1');
    const by = fetcher();
    const held: string[] = [];
    await expect(
      by.fetch(`${base}/1`, (host) => {
        held.push(host);
        return Promise.reject(new Problem('ingest.busy', 409));
      }),
    ).rejects.toMatchObject({ code: 'ingest.busy' });
    expect([held, requests]).toEqual([['127.0.0.1'], []]);
    await fetched('/1', by);
    expect(requests.map((request) => request.at)).toEqual([1_000_000, 1_003_000]);
    now += 1_000;
    waits = [];
    await by.rest('https://elsewhere.kz/');
    await by.rest(base, AbortSignal.abort());
    expect(waits).toEqual([]);
    await by.rest(base);
    await by.rest(base);
    expect(waits).toEqual([2_000]);
  });

  it('hands a file over as it comes, however large; a page is read whole and has its limit', async () => {
    let goOn = (): void => undefined;
    const read = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const send =
      (type: string): Answer =>
      (_, response) => {
        response.writeHead(200, { 'content-type': type });
        response.write('a'.repeat(200_000));
        void read.then(() => response.end('b'.repeat(200_000)));
      };
    answers['/feed.ndjson'] = send('application/x-ndjson');
    answers['/page'] = send('text/html; charset=utf-8');
    const by = fetcher({ maxPageBytes: 300_000 });
    const file = await by.fetch(`${base}/feed.ndjson`, alone);
    let total = 0;
    for await (const part of file.gone ? [] : file.bytes) {
      total += part.length;
      if (total === 200_000) goOn();
    }
    expect(total).toBe(400_000);
    expect(await code('/page', by)).toBe('file.too_large');
  });

  it('gives up on a file that comes for ever, however steadily, and counts only the wait for it', async () => {
    answers['/drip.ndjson'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      const drip = (): void => {
        now += 10;
        if (!response.destroyed) response.write('x', () => setImmediate(drip));
      };
      drip();
    };
    answers['/whole.ndjson'] = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end('y'.repeat(500_000));
    // No wait is long by itself: only what is left of them all runs out.
    const after = (ms: number, act: () => void) => {
      if (ms === 0) act();
      return () => undefined;
    };
    const by = fetcher({ maxFileWaitMs: 400, after });
    expect(await code('/drip.ndjson', by)).toBe('fetch.timeout');
    const slowlyRead = await by.fetch(`${base}/whole.ndjson`, alone);
    let total = 0;
    for await (const part of slowlyRead.gone ? [] : slowlyRead.bytes) {
      now += 500;
      total += part.length;
    }
    expect(total).toBe(500_000);
  });

  it('lets a host rest under all its names, each with its own robots.txt', async () => {
    answers['/a'] = page('a');
    const other = createServer((request, response) => server.emit('request', request, response));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const by = fetcher();
    await fetched('/a', by);
    await by.fetch(`http://127.0.0.1:${(other.address() as AddressInfo).port}/a`, alone);
    expect(requests.map((request) => request.path)).toEqual(['/robots.txt', '/a', '/robots.txt', '/a']);
    expect(requests.map((request) => request.at - 1_000_000)).toEqual([0, 3_000, 6_000, 9_000]);
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
  });

  it('waits longer when robots.txt asks for it', async () => {
    answers['/robots.txt'] = page('User-agent: *\nCrawl-delay: 10\n');
    answers['/1'] = page('1');
    await fetched('/1');
    expect(waits).toEqual([10_000]);
  });

  it('says gone for 410, and codes the other answers', async () => {
    answers['/gone'] = status(410);
    answers['/broken'] = status(500);
    expect(await fetched('/gone')).toBe('gone');
    expect(await code('/missing')).toBe('fetch.not_found');
    expect(await code('/broken')).toBe('fetch.status');
  });

  it('follows redirects inside the host, under its robots.txt, and nowhere else', async () => {
    answers['/old'] = status(301, { location: '/new' });
    answers['/new'] = page('new');
    answers['/sly'] = status(302, { location: '/ru/search/vacancy' });
    answers['/away'] = status(302, { location: 'http://example.com/' });
    answers['/file'] = status(302, { location: 'file:///etc/passwd' });
    answers['/round'] = status(302, { location: '/round' });
    expect(await fetched('/old')).toBe('new');
    expect(await code('/sly')).toBe('fetch.robots');
    expect(await code('/away')).toBe('fetch.redirect_elsewhere');
    expect(await code('/file')).toBe('fetch.invalid_url');
    expect(await code('/round')).toBe('fetch.too_many_redirects');
  });

  it('does not keep a page that is too large, packed or not', async () => {
    answers['/large'] = (_, response) => response.end(Buffer.alloc(300_000));
    answers['/bomb'] = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)));
    answers['/packed'] = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('қысқа'));
    const by = fetcher({ maxPageBytes: 200_000, maxFileBytes: 200_000 });
    expect(await code('/large', by)).toBe('file.too_large');
    expect(await code('/bomb', by)).toBe('file.too_large');
    expect(await fetched('/packed', by)).toBe('қысқа');
  });

  it('gives up on a server that does not answer in time or breaks off', async () => {
    answers['/silent'] = () => undefined;
    answers['/half'] = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('x');
      setTimeout(() => response.socket?.destroy(), 10);
    };
    const by = fetcher({ timeoutMs: 300 });
    expect(await code('/silent', by)).toBe('fetch.timeout');
    expect(await code('/half', by)).toBe('fetch.failed');
  });

  it('refuses what is no public web address', async () => {
    const by = fetcher({ allowPrivateAddresses: false });
    const codes = async (url: string) =>
      ((await by.fetch(url, alone).catch((fault: unknown) => fault)) as Problem).code;
    for (const url of ['file:///etc/passwd', 'ftp://example.com/', 'nonsense', 'http://user:pass@example.com/'])
      expect(await codes(url)).toBe('fetch.invalid_url');
    for (const host of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '10.1.2.3',
      '169.254.169.254',
      '0x7f000001',
      '2130706433',
      '[::ffff:127.0.0.1]',
    ])
      expect(await codes(`http://${host}/`)).toBe('fetch.private_address');
    expect(requests).toEqual([]);
  });

  it('knows private from public addresses', () => {
    for (const address of [
      '192.168.1.1',
      '172.16.0.1',
      '100.64.0.1',
      '0.0.0.0',
      'fd00::1',
      'fe80::1',
      '::',
      'no address',
    ])
      expect(isPrivateAddress(address)).toBe(true);
    for (const address of ['8.8.8.8', '93.184.216.34', '2a00:1450:4010::1'])
      expect(isPrivateAddress(address)).toBe(false);
  });
});

describe('parseRobots', () => {
  it('keeps Enbek’s rules: single pages are allowed, listings are not', () => {
    const { allows } = parseRobots('https://www.enbek.kz/robots.txt', ENBEK_ROBOTS);
    expect(allows('https://www.enbek.kz/ru/vacancy/uborshchik~5916687')).toBe(true);
    expect(allows('https://www.enbek.kz/kk/vacancy/5916687')).toBe(true);
    expect(allows('https://www.enbek.kz/ru/search/vacancy?page=2')).toBe(false);
    expect(allows('https://www.enbek.kz/ru/вакансии/x')).toBe(false);
    expect(allows('https://www.enbek.kz/ru/вакансия/PR9a61bce3f3b7d5/pdf-new')).toBe(true);
    expect(allows('https://www.enbek.kz/a/file.pdf')).toBe(false);
  });
});

describe('openAddress', () => {
  it('turns Enbek’s answer 410 into an event that closes the vacancy', async () => {
    const fetcher = { fetch: (url: string) => Promise.resolve({ gone: true as const, url }) };
    const url = 'https://www.enbek.kz/ru/vacancy/x~99999999';
    expect(await readEvents(enbekPage, openAddress(url, fetcher, alone), url)).toMatchObject([
      { kind: 'header' },
      { kind: 'gone', externalId: '99999999' },
    ]);
    expect(enbekPage.recognises(gonePage(url), url)).toBe(true);
    await expect(readEvents(enbekPage, openAddress('https://example.kz/a', fetcher, alone))).rejects.toMatchObject({
      code: 'fetch.not_found',
    });
  });
});

describe('openFile', () => {
  it('reads a file, and says in one code that it cannot', async () => {
    const path = 'test/fixtures/enbek/enbek_vacancy_page_excerpt.html';
    expect(claimsOf(await readEvents(enbekPage, openFile(path)))).toHaveLength(1);
    for (const wrong of ['no/such/file.html', 'src'])
      await expect(readEvents(enbekPage, openFile(wrong))).rejects.toMatchObject({ code: 'file.unreadable' });
  });
});
