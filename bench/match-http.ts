import autocannon from 'autocannon';
import { once } from 'node:events';
import { Agent, type IncomingMessage, get } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { type Spread, quantile, spreadOf } from './spread.js';
import { fromAnywhere } from './web.js';
import { withSite } from './web-site.js';

/** Households' own matches with their explanations over HTTP, as so many users at once ask for them. */
export interface MatchHttpBench {
  users: number;
  /** Bytes of one answer before compression, on the average. */
  bytes: number;
  /** Each user asks once a second, at a moment of the second of their own, as people do. */
  spread: HttpFigures;
  /** Each user asks once a second, and all of them at the same instant. */
  paced: HttpFigures;
  /** Each user asks again as soon as the answer is there. */
  unpaced: HttpFigures;
}

interface HttpFigures {
  own: HttpRun;
  /** A handler of the same program with the same authentication that answers the same bytes ready-made. */
  ready: HttpRun;
  /** p99 of the own answers ÷ that of the ready-made, medians of rounds. */
  ratioOfP99: number;
}

interface HttpRun {
  perSecond: number;
  p50Ms: number;
  p99Ms: Spread;
}

const USERS = 50;
const SECONDS = 8;

export async function benchMatchHttp(rounds: number): Promise<MatchHttpBench> {
  return withSite({ BENCH_HOUSEHOLDS: String(USERS) }, async (site) => {
    const own = site.households.map(({ householdId, cookie }) => ({ path: `/api/v1/households/${householdId}/matches`, cookie })); // prettier-ignore
    if (own.length < USERS) throw new Error(`The demo has ${own.length} households with matches, ${USERS} are needed.`);
    const ready = own.map(({ path, cookie }) => ({ path: `/ready?path=${encodeURIComponent(path)}`, cookie }));
    const sizes = await Promise.all(own.map((user) => bytesOf(site.url, user)));
    // Both are warm before anything counts.
    const unpacedly: Ask = (users) => asked(site.url, users, undefined);
    await unpacedly(own);
    await unpacedly(ready);
    const spread = await figures((users) => askedApart(site.url, users), own, ready, rounds);
    const paced = await figures((users) => asked(site.url, users, USERS), own, ready, rounds);
    const unpaced = await figures(unpacedly, own, ready, rounds);
    return { users: USERS, bytes: sizes.reduce((sum, size) => sum + size, 0) / sizes.length, spread, paced, unpaced };
  });
}

interface User {
  path: string;
  cookie: string;
}

async function bytesOf(url: string, { path, cookie }: User): Promise<number> {
  const answer = await fetch(`${url}${path}`, { headers: { cookie } });
  const matches = (await answer.clone().json()) as { length?: number };
  if (answer.status !== 200 || !matches.length) throw new Error(`${path}: ${answer.status}, no matches.`);
  return (await answer.arrayBuffer()).byteLength;
}

type Ask = (users: readonly User[]) => Promise<Measured>;

async function figures(ask: Ask, own: readonly User[], ready: readonly User[], rounds: number): Promise<HttpFigures> {
  const runs: { own: Measured; ready: Measured }[] = [];
  for (let round = 0; round < rounds; round++) {
    runs.push({ own: await ask(own), ready: await ask(ready) });
  }
  const [ownRun, readyRun] = [runs.map((run) => run.own), runs.map((run) => run.ready)].map(summed) as [
    HttpRun,
    HttpRun,
  ];
  return { own: ownRun, ready: readyRun, ratioOfP99: ownRun.p99Ms.median / readyRun.p99Ms.median };
}

interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
}

const summed = (runs: readonly Measured[]): HttpRun => ({
  perSecond: spreadOf(runs.map((run) => run.perSecond)).median,
  p50Ms: spreadOf(runs.map(({ p50 }) => p50)).median,
  p99Ms: spreadOf(runs.map(({ p99 }) => p99)),
});

/** One connection a user; `perSecond`: of all together. */
async function asked(url: string, users: readonly User[], perSecond: number | undefined): Promise<Measured> {
  let next = 0;
  const { requests, latency, non2xx, errors } = await autocannon({
    url,
    duration: SECONDS,
    connections: users.length,
    ...(perSecond !== undefined && { overallRate: perSecond }),
    setupClient: (client) => {
      const { path, cookie } = users[next++ % users.length]!;
      const headers = { cookie, 'accept-encoding': 'gzip' };
      // From many addresses: one alone would come to its limit.
      const setupRequest: NonNullable<autocannon.Request['setupRequest']> = (request) => ({
        ...request,
        headers: { ...headers, ...fromAnywhere() },
      });
      client.setRequests([{ method: 'GET', path, setupRequest }]);
    },
  });
  if (non2xx > 0 || errors > 0) throw new Error(`${non2xx} answers were no matches, ${errors} requests failed.`);
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99 };
}

/** One connection a user, who asks at the same moment of every second; a wait counts from that moment, whatever went before. */
async function askedApart(url: string, users: readonly User[]): Promise<Measured> {
  const begun = performance.now();
  const moments = momentsOfSecond(users.length);
  const waits = await Promise.all(
    users.map(async ({ path, cookie }, user) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const own: number[] = [];
      for (let second = 0; second < SECONDS; second++) {
        const moment = begun + 1_000 * (second + moments[user]!);
        await after(Math.max(0, moment - performance.now()));
        await answered(`${url}${path}`, agent, { cookie, 'accept-encoding': 'gzip', ...fromAnywhere() });
        own.push(performance.now() - moment);
      }
      agent.destroy();
      return own;
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  const all = waits.flat();
  return { perSecond: all.length / seconds, p50: quantile(all, 0.5), p99: quantile(all, 0.99) };
}

async function answered(address: string, agent: Agent, headers: Record<string, string>): Promise<void> {
  const [answer] = (await once(get(address, { agent, headers }), 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`${address}: ${answer.statusCode}.`);
  await once(answer.resume(), 'end');
}

/** Seeded, so that every run has the same crowds and the same lulls; in 0..1. */
function momentsOfSecond(count: number): number[] {
  const modulus = 2_147_483_647;
  let state = 20_261_123;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % modulus;
    return state / modulus;
  });
}
