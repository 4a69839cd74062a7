import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import robotsParserModule from 'robots-parser';
import { Problem } from '../../shared/problem.js';
import { publicAddresses } from './network-address.js';

/** How the fetcher names itself, in requests and to robots.txt. */
export const USER_AGENT = 'QonysBot/1.0 (+vacancy pages by request; obeys robots.txt)';
const ROBOTS_NAME = 'QonysBot';

export interface FetchSettings {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Least time between two requests to one host; a longer `Crawl-delay` counts instead. */
  minimumIntervalMs: number;
  timeoutMs: number;
  maxBytes: number;
  /** Only for tests: lets a server on this machine be fetched. */
  allowPrivateAddresses: boolean;
}

export const DEFAULT_FETCH_SETTINGS: FetchSettings = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  minimumIntervalMs: 3_000,
  timeoutMs: 20_000,
  maxBytes: 5 * 1_048_576,
  allowPrivateAddresses: false,
};

/** A page as it was fetched, or that the server says it is gone for good (HTTP 410, Enbek's answer for an unknown vacancy). */
export type FetchedPage = { gone: false; url: string; bytes: Uint8Array } | { gone: true; url: string };

interface Answer {
  status: number;
  location: string | null;
  bytes: Uint8Array;
}

interface Robots {
  allows(url: string): boolean;
  crawlDelayMs: number;
  readAtMs: number;
}

interface Host {
  /** The last request's end; the next waits for it: one request at a time. */
  turn: Promise<void>;
  lastRequestAtMs: number;
  robots: Robots | null;
}

const MAX_REDIRECTS = 3;
/** RFC 9309 §2.4: a robots.txt may be kept for a day. */
const ROBOTS_KEPT_MS = 24 * 3_600_000;
const MAX_ROBOTS_BYTES = 512 * 1024;
/** A longer wish than this is not waited for in one request of a person. */
const MAX_CRAWL_DELAY_MS = 60_000;

/**
 * Fetches single pages politely: obeys robots.txt (RFC 9309), one request at a time and host with a pause between, names itself,
 * follows redirects inside the host only, never reaches private addresses.
 *
 * Throws `Problem`: `fetch.invalid_url`, `fetch.private_address`, `fetch.unknown_host`, `fetch.robots`, `fetch.robots_unavailable`,
 * `fetch.not_found`, `fetch.status`, `fetch.redirect_elsewhere`, `fetch.too_many_redirects`, `fetch.timeout`, `fetch.failed`, `file.too_large`.
 */
export class PageFetcher {
  private readonly settings: FetchSettings;
  private readonly hosts = new Map<string, Host>();

  constructor(settings: Partial<FetchSettings> = {}) {
    this.settings = { ...DEFAULT_FETCH_SETTINGS, ...settings };
  }

  async fetch(address: string): Promise<FetchedPage> {
    let url = checkedUrl(address);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const answer = await this.inTurn(url, async (host) => {
        await this.obeyRobots(url, host);
        return this.get(url, host, this.settings.maxBytes);
      });
      if (answer.status === 410) return { gone: true, url: url.href };
      if (answer.status === 200) return { gone: false, url: url.href, bytes: answer.bytes };
      if (answer.status === 404) throw new Problem('fetch.not_found', 422);
      if (!isRedirect(answer)) throw new Problem('fetch.status', 502, { status: answer.status });
      url = redirected(url, answer.location);
    }
    throw new Problem('fetch.too_many_redirects', 422);
  }

  /** Does one thing with a host after everything asked of it before. */
  private async inTurn<Result>(url: URL, act: (host: Host) => Promise<Result>): Promise<Result> {
    const host = this.hosts.get(url.host) ?? { turn: Promise.resolve(), lastRequestAtMs: -Infinity, robots: null };
    this.hosts.set(url.host, host);
    const before = host.turn;
    let done: () => void = () => undefined;
    host.turn = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    try {
      return await act(host);
    } finally {
      done();
    }
  }

  private async obeyRobots(url: URL, host: Host): Promise<void> {
    const { now } = this.settings;
    if (host.robots === null || now() - host.robots.readAtMs > ROBOTS_KEPT_MS)
      host.robots = await this.readRobots(url, host);
    if (!host.robots.allows(url.href)) throw new Problem('fetch.robots', 422, { host: url.host });
  }

  /** RFC 9309 §2.3.1: no file (4xx) allows everything, an unreachable one (5xx, failure) nothing. */
  private async readRobots(url: URL, host: Host): Promise<Robots> {
    let at = new URL('/robots.txt', url);
    const unavailable = new Problem('fetch.robots_unavailable', 502, { host: url.host });
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const answer = await this.get(at, host, MAX_ROBOTS_BYTES).catch((fault: unknown) => {
        throw fault instanceof Problem && fault.code === 'fetch.private_address' ? fault : unavailable;
      });
      const readAtMs = this.settings.now();
      if (answer.status === 200) return { ...parseRobots(at.href, new TextDecoder().decode(answer.bytes)), readAtMs };
      if (isRedirect(answer)) at = redirected(at, answer.location);
      else if (answer.status >= 400 && answer.status < 500) return { allows: () => true, crawlDelayMs: 0, readAtMs };
      else throw unavailable;
    }
    throw unavailable;
  }

  private async get(url: URL, host: Host, maxBytes: number): Promise<Answer> {
    const { now, sleep, minimumIntervalMs } = this.settings;
    const interval = Math.max(minimumIntervalMs, Math.min(host.robots?.crawlDelayMs ?? 0, MAX_CRAWL_DELAY_MS));
    const wait = host.lastRequestAtMs + interval - now();
    if (wait > 0) await sleep(wait);
    host.lastRequestAtMs = now();
    return this.request(url, maxBytes);
  }

  private async request(url: URL, maxBytes: number): Promise<Answer> {
    const [target] = await publicAddresses(url.hostname, this.settings.allowPrivateAddresses);
    if (target === undefined) throw new Problem('fetch.unknown_host', 422, { host: url.hostname });
    const expired = AbortSignal.timeout(this.settings.timeoutMs);
    try {
      return await receive(url, target, expired, maxBytes);
    } catch (fault) {
      if (fault instanceof Problem) throw fault;
      if (expired.aborted) throw new Problem('fetch.timeout', 504, { host: url.host });
      throw new Problem('fetch.failed', 502, { host: url.host });
    }
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

/** Only the same host may be followed to (with or without `www.`, and from http to https): another one has other rules. */
function redirected(from: URL, location: string | null): URL {
  const to = checkedUrl(URL.canParse(location ?? '', from.href) ? new URL(location ?? '', from).href : '');
  const bare = (url: URL): string => url.hostname.replace(/^www\./, '');
  if (bare(to) !== bare(from) || (to.port !== from.port && to.protocol === from.protocol))
    throw new Problem('fetch.redirect_elsewhere', 422, { host: to.host });
  return to;
}

async function receive(
  url: URL,
  target: { address: string; family: number },
  signal: AbortSignal,
  maxBytes: number,
): Promise<Answer> {
  const options: RequestOptions = {
    signal,
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
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps(url.href, options) : requestHttp(url.href, options);
    request.on('response', resolve).on('error', reject).end();
  });
  const status = message.statusCode ?? 0;
  const location = message.headers.location ?? null;
  if (status !== 200) {
    message.destroy();
    return { status, location, bytes: new Uint8Array(0) };
  }
  return { status, location, bytes: await bodyOf(message, maxBytes) };
}

async function bodyOf(message: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
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
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const part of body) {
      const bytes = part as Uint8Array;
      total += bytes.length;
      if (total > maxBytes)
        throw new Problem('file.too_large', 413, { maxMegabytes: Math.max(1, Math.round(maxBytes / 1_048_576)) });
      parts.push(bytes);
    }
  } finally {
    message.destroy();
  }
  return Buffer.concat(parts);
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
