import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import robotsParserModule from 'robots-parser';
import { Problem } from '../../shared/problem.js';
import { LARGEST_FILE_BYTES, atMost, limited } from '../byte-limit.js';
import { publicAddresses } from './network-address.js';

/** How the fetcher names itself, in requests and to robots.txt. */
export const USER_AGENT = 'QonysBot/1.0 (+vacancy pages by request; obeys robots.txt)';
const ROBOTS_NAME = 'QonysBot';

export interface FetchSettings {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Does something later. Answers how to leave it undone. */
  after(ms: number, act: () => void): () => void;
  /** Least time between two requests to one host; a longer `Crawl-delay` counts instead. */
  minimumIntervalMs: number;
  /** Most time to an answer, for the whole of a page, and between two parts of a file. */
  timeoutMs: number;
  /** Most time that the parts of one file are waited for, all together. */
  maxFileWaitMs: number;
  /** Of a page of HTML. Everything else is a file, which is never held in memory. */
  maxPageBytes: number;
  maxFileBytes: number;
  /** Only for tests: lets a server on this machine be fetched. */
  allowPrivateAddresses: boolean;
}

export const DEFAULT_FETCH_SETTINGS: FetchSettings = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  minimumIntervalMs: 3_000,
  timeoutMs: 20_000,
  maxFileWaitMs: 3_600_000,
  maxPageBytes: 5 * 1_048_576,
  maxFileBytes: LARGEST_FILE_BYTES,
  allowPrivateAddresses: false,
};

/**
 * A page or file as it is fetched, or that the server says it is gone for good (HTTP 410, Enbek's answer for an unknown vacancy).
 * Whoever has `bytes` reads them to their end or lets go of them; while reading they throw what `PageFetcher.fetch` throws.
 */
export type FetchedPage = { gone: false; url: string; bytes: AsyncIterable<Uint8Array> } | { gone: true; url: string };

/** Keeps everybody else, in whatever process, from asking a host, until whoever fetches is done and the host has had its pause. */
export type HoldHost = (host: string) => Promise<void>;

interface Answer {
  status: number;
  location: string | null;
  isHtml: boolean;
  body: AsyncGenerator<Uint8Array>;
}

interface Robots {
  allows(url: string): boolean;
  crawlDelayMs: number;
  readAtMs: number;
}

const MAX_REDIRECTS = 3;
/** RFC 9309 §2.4: a robots.txt may be kept for a day. */
const ROBOTS_KEPT_MS = 24 * 3_600_000;
const MAX_ROBOTS_BYTES = 512 * 1024;
/** A longer wish than this is not waited for in one request of a person. */
const MAX_CRAWL_DELAY_MS = 60_000;

/**
 * Fetches single pages and files politely: obeys robots.txt (RFC 9309), one request at a time and host (`HoldHost`) with a pause
 * between, names itself, follows redirects inside the host only, never reaches private addresses. A page is read whole, a
 * file as a stream.
 *
 * Throws `Problem`: `fetch.invalid_url`, `fetch.private_address`, `fetch.unknown_host`, `fetch.robots`, `fetch.robots_unavailable`,
 * `fetch.not_found`, `fetch.status`, `fetch.redirect_elsewhere`, `fetch.too_many_redirects`, `fetch.timeout`, `fetch.failed`, `file.too_large`.
 */
export class PageFetcher {
  private readonly settings: FetchSettings;
  /** By host, with its port. */
  private readonly robots = new Map<string, Robots>();
  /** Milliseconds since the epoch, by bare name. */
  private readonly lastRequests = new Map<string, number>();

  constructor(settings: Partial<FetchSettings> = {}) {
    this.settings = { ...DEFAULT_FETCH_SETTINGS, ...settings };
  }

  async fetch(address: string, hold: HoldHost): Promise<FetchedPage> {
    const { maxPageBytes, maxFileBytes } = this.settings;
    let url = checkedUrl(address);
    await hold(bareName(url));
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      await this.obeyRobots(url);
      const answer = await this.get(url);
      if (answer.status === 410) return { gone: true, url: url.href };
      if (answer.status === 200) {
        const bytes = answer.isHtml
          ? parts(await this.wholeOf(url, answer, maxPageBytes))
          : limited(answer.body, maxFileBytes);
        return { gone: false, url: url.href, bytes };
      }
      if (answer.status === 404) throw new Problem('fetch.not_found', 422);
      if (!isRedirect(answer)) throw new Problem('fetch.status', 502, { status: answer.status });
      url = redirected(url, answer.location);
    }
    throw new Problem('fetch.too_many_redirects', 422);
  }

  /** Waits until the pause after the last request to an address's host is over, or the signal says to stop. */
  async rest(address: string, signal?: AbortSignal): Promise<void> {
    const wait = URL.canParse(address) ? this.pauseOf(new URL(address)) : 0;
    if (wait === 0 || signal?.aborted === true) return;
    let stop = (): void => undefined;
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    signal?.addEventListener('abort', stop, { once: true });
    await Promise.race([this.settings.sleep(wait), stopped]);
    signal?.removeEventListener('abort', stop);
  }

  private async obeyRobots(url: URL): Promise<void> {
    let robots = this.robots.get(url.host);
    if (robots === undefined || this.settings.now() - robots.readAtMs > ROBOTS_KEPT_MS) {
      robots = await this.readRobots(url);
      this.robots.set(url.host, robots);
    }
    if (!robots.allows(url.href)) throw new Problem('fetch.robots', 422, { host: url.host });
  }

  /** RFC 9309 §2.3.1: no file (4xx) allows everything, an unreachable one (5xx, failure) nothing. */
  private async readRobots(url: URL): Promise<Robots> {
    let at = new URL('/robots.txt', url);
    const unavailable = new Problem('fetch.robots_unavailable', 502, { host: url.host });
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const { answer, text } = await this.robotsAt(at).catch((fault: unknown) => {
        throw fault instanceof Problem && fault.code === 'fetch.private_address' ? fault : unavailable;
      });
      const readAtMs = this.settings.now();
      if (answer.status === 200) return { ...parseRobots(at.href, text), readAtMs };
      if (isRedirect(answer)) at = redirected(at, answer.location);
      else if (answer.status >= 400 && answer.status < 500) return { allows: () => true, crawlDelayMs: 0, readAtMs };
      else throw unavailable;
    }
    throw unavailable;
  }

  private async robotsAt(at: URL): Promise<{ answer: Answer; text: string }> {
    const answer = await this.get(at);
    const bytes = await this.wholeOf(at, answer, MAX_ROBOTS_BYTES);
    return { answer, text: new TextDecoder().decode(bytes) };
  }

  /** Milliseconds until a host may be asked again, under whichever of its names it was asked or wishes for a delay. */
  private pauseOf(url: URL): number {
    const { now, minimumIntervalMs } = this.settings;
    const name = bareName(url);
    const delays = [...this.robots].map(([host, { crawlDelayMs }]) =>
      bareName(new URL(`http://${host}`)) === name ? crawlDelayMs : 0,
    );
    const interval = Math.max(minimumIntervalMs, Math.min(Math.max(0, ...delays), MAX_CRAWL_DELAY_MS));
    return Math.max(0, (this.lastRequests.get(name) ?? -Infinity) + interval - now());
  }

  private async get(url: URL): Promise<Answer> {
    const wait = this.pauseOf(url);
    if (wait > 0) await this.settings.sleep(wait);
    this.lastRequests.set(bareName(url), this.settings.now());
    const [target] = await publicAddresses(url.hostname, this.settings.allowPrivateAddresses);
    if (target === undefined) throw new Problem('fetch.unknown_host', 422, { host: url.hostname });
    return receive(url, target, new Patience(url, this.settings));
  }

  /** All of a small answer. Throws `file.too_large`, or `fetch.timeout` where it comes too slowly. */
  private async wholeOf(url: URL, { body }: Answer, maxBytes: number): Promise<Uint8Array> {
    const { now, timeoutMs } = this.settings;
    const until = now() + timeoutMs;
    const all: Uint8Array[] = [];
    for await (const part of atMost(body, maxBytes)) {
      if (now() > until) throw new Problem('fetch.timeout', 504, { host: url.host });
      all.push(part);
    }
    return Buffer.concat(all);
  }
}

/** Ends a request that keeps us waiting, and says what became of it. */
class Patience {
  private readonly ending = new AbortController();
  private disarm = (): void => undefined;
  private begunAt: number | null = null;
  /** Of all waits that are still to come. */
  private leftMs: number;
  readonly signal = this.ending.signal;

  constructor(
    private readonly url: URL,
    private readonly settings: Pick<FetchSettings, 'now' | 'after' | 'timeoutMs' | 'maxFileWaitMs'>,
  ) {
    this.leftMs = settings.maxFileWaitMs;
  }

  begin(): void {
    const { now, after, timeoutMs } = this.settings;
    this.begunAt = now();
    this.disarm = after(Math.max(0, Math.min(timeoutMs, this.leftMs)), () => this.ending.abort());
  }

  end(): void {
    this.disarm();
    if (this.begunAt !== null) this.leftMs -= this.settings.now() - this.begunAt;
    this.begunAt = null;
  }

  problemOf(fault: unknown): Problem {
    if (fault instanceof Problem) return fault;
    const { host } = this.url;
    return this.signal.aborted
      ? new Problem('fetch.timeout', 504, { host })
      : new Problem('fetch.failed', 502, { host });
  }
}

function checkedUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    url.hostname === '' ||
    url.username !== '' ||
    url.password !== ''
  )
    throw new Problem('fetch.invalid_url', 422);
  url.hash = '';
  return url;
}

function isRedirect({ status, location }: Answer): boolean {
  return [301, 302, 303, 307, 308].includes(status) && location !== null;
}

/** A host with and without `www.`, whatever the port, is one that is asked. */
const bareName = (url: URL): string => url.hostname.replace(/^www\./, '');

/** Only the same host may be followed to (with or without `www.`, and from http to https): another one has other rules. */
function redirected(from: URL, location: string | null): URL {
  const to = checkedUrl(URL.canParse(location ?? '', from.href) ? new URL(location ?? '', from).href : '');
  if (bareName(to) !== bareName(from) || (to.port !== from.port && to.protocol === from.protocol))
    throw new Problem('fetch.redirect_elsewhere', 422, { host: to.host });
  return to;
}

async function receive(url: URL, target: { address: string; family: number }, patience: Patience): Promise<Answer> {
  const options: RequestOptions = {
    signal: patience.signal,
    method: 'GET',
    agent: false,
    headers: {
      'user-agent': USER_AGENT,
      accept: 'text/html,application/xhtml+xml,application/ld+json,application/json,text/plain;q=0.8,*/*;q=0.5',
      'accept-encoding': 'gzip, deflate, br',
      'accept-language': 'ru,kk;q=0.9',
    },
    // The address that was checked is the one connected to, whatever the name answers by now.
    lookup: (_host, wish, answer) => {
      if (wish.all === true) answer(null, [target]);
      else answer(null, target.address, target.family);
    },
  };
  patience.begin();
  try {
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = url.protocol === 'https:' ? requestHttps(url.href, options) : requestHttp(url.href, options);
      request.on('response', resolve).on('error', reject).end();
    });
    const status = message.statusCode ?? 0;
    if (status !== 200) message.destroy();
    return {
      status,
      location: message.headers.location ?? null,
      isHtml: /\bx?html\b/i.test(message.headers['content-type'] ?? ''),
      body: status === 200 ? bodyOf(message, patience) : parts(),
    };
  } catch (fault) {
    throw patience.problemOf(fault);
  } finally {
    patience.end();
  }
}

/** The unpacked bytes of an answer as they come. Only the wait for them counts, not what is done with them between. */
async function* bodyOf(message: IncomingMessage, patience: Patience): AsyncGenerator<Uint8Array> {
  const encoding = (message.headers['content-encoding'] ?? '').trim().toLowerCase();
  const unpack =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'br'
        ? createBrotliDecompress()
        : encoding === 'deflate'
          ? createInflate()
          : null;
  if (unpack !== null) message.on('error', (fault) => unpack.destroy(fault));
  const body = unpack === null ? message : message.pipe(unpack);
  patience.begin();
  try {
    for await (const part of body) {
      patience.end();
      yield part as Uint8Array;
      patience.begin();
    }
  } catch (fault) {
    throw patience.problemOf(fault);
  } finally {
    patience.end();
    message.destroy();
  }
}

/** The same bytes as a stream of them. */
async function* parts(...all: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all;
}

interface RobotsParser {
  isAllowed(url: string, agent?: string): boolean | undefined;
  getCrawlDelay(agent?: string): number | undefined;
}
/** The package's types declare a default export where the module is the function itself. */
const robotsParser = robotsParserModule as unknown as (url: string, text: string) => RobotsParser;

/**
 * robots.txt as RFC 9309 §2.2.2 compares it: rules and paths in one percent-encoding, so that a rule with Cyrillic letters
 * meets an address in either spelling.
 */
export function parseRobots(url: string, text: string): Pick<Robots, 'allows' | 'crawlDelayMs'> {
  const encoded = text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .map((line) =>
      line.replace(
        /^(\s*(?:dis)?allow\s*:\s*)([^#]*)/i,
        (_, name: string, path: string) => name + samePath(path.trim()) + ' ',
      ),
    )
    .join('\n');
  const rules = robotsParser(url, encoded);
  return {
    allows: (address) => {
      const { origin, pathname, search } = new URL(address);
      return rules.isAllowed(origin + samePath(pathname + search), ROBOTS_NAME) !== false;
    },
    crawlDelayMs: Math.max(0, (rules.getCrawlDelay(ROBOTS_NAME) ?? 0) * 1_000),
  };
}

/** One spelling for a path: every character outside ASCII percent-encoded, escapes in upper case, needless ones undone. */
function samePath(path: string): string {
  return path
    .replace(/\P{ASCII}+/gu, (text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')))
    .replace(/%[0-9a-f]{2}/gi, (escape) => {
      const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
      return /[A-Za-z0-9._~-]/.test(character) ? character : escape.toUpperCase();
    });
}
