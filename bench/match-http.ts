import autocannon from 'autocannon';
import { type Spread, spreadOf } from './spread.js';
import { fromAnywhere } from './web.js';
import { withSite } from './web-site.js';

/** Households' own matches with their explanations over HTTP, as so many users at once ask for them. */
export interface MatchHttpBench {
  users: number;
  /** Bytes of one answer before compression, on the average. */
  bytes: number;
  /** Each user asks once a second. */
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
    await asked(site.url, own, undefined);
    await asked(site.url, ready, undefined);
    const paced = await figures(site.url, own, ready, rounds, USERS);
    const unpaced = await figures(site.url, own, ready, rounds, undefined);
    return { users: USERS, bytes: sizes.reduce((sum, size) => sum + size, 0) / sizes.length, paced, unpaced };
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

async function figures(
  url: string,
  own: readonly User[],
  ready: readonly User[],
  rounds: number,
  perSecond: number | undefined,
): Promise<HttpFigures> {
  const runs: { own: Measured; ready: Measured }[] = [];
  for (let round = 0; round < rounds; round++) {
    runs.push({ own: await asked(url, own, perSecond), ready: await asked(url, ready, perSecond) });
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
