import autocannon from 'autocannon';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './spread.js';
import { withSite } from './web-site.js';

/**
 * Pages a second and their 99th percentile, beside a handler of the same program that authenticates in the same way and
 * answers the same bytes ready-made: the difference is what reading and rendering cost.
 */
export interface WebResult {
  bench: 'web';
  rounds: number;
  seconds: number;
  connections: number;
  pages: Record<
    string,
    { pagesPerSecond: number; p99Ms: number; readyPerSecond: number; readyP99Ms: number; ratio: number }
  >;
}

const QUESTION = new URLSearchParams({
  profession: 'медсестра',
  partner: 'водитель',
  region: 'KZ-61',
  children: '2',
  wish: 'any',
});

type Reader = 'anyone' | 'migrant' | 'officer';

export async function benchWeb(rounds: number, seconds: number, connections: number): Promise<WebResult> {
  return withSite({}, async (site) => {
    const listed = (await (await fetch(`${site.url}/api/v1/vacancies?region=KZ-59&limit=1`)).json()) as {
      items: { id: string }[];
    };
    const pages: [string, string, Reader][] = [
      ['start', '/ru/', 'anyone'],
      ['quick match', `/ru/match?${QUESTION.toString()}`, 'anyone'],
      ['vacancies', '/ru/vacancies?q=%D0%BC%D0%B5%D0%B4%D1%81%D0%B5%D1%81%D1%82%D1%80%D0%B0', 'anyone'],
      ['vacancy', `/ru/vacancies/${listed.items[0]!.id}`, 'anyone'],
      ['my matches', '/ru/my', 'migrant'],
      ['review queue', '/ru/centre', 'officer'],
    ];
    const result: WebResult = { bench: 'web', rounds, seconds, connections, pages: {} };
    for (const [name, path, reader] of pages) {
      const cookie = reader === 'anyone' ? undefined : site[reader];
      const measure = (address: string) => run(`${site.url}${address}`, cookie, seconds, connections);
      const ready = `/ready?path=${encodeURIComponent(path)}`;
      const [own, beside]: [Measured[], Measured[]] = [[], []];
      await measure(path);
      for (let round = 0; round < rounds; round++) {
        own.push(await measure(path));
        beside.push(await measure(ready));
      }
      result.pages[name] = {
        pagesPerSecond: median(own.map(({ rate }) => rate)),
        p99Ms: median(own.map(({ p99 }) => p99)),
        readyPerSecond: median(beside.map(({ rate }) => rate)),
        readyP99Ms: median(beside.map(({ p99 }) => p99)),
        ratio: median(own.map(({ rate }, round) => rate / beside[round]!.rate)),
      };
    }
    return result;
  });
}

interface Measured {
  rate: number;
  p99: number;
}

async function run(url: string, cookie: string | undefined, duration: number, connections: number): Promise<Measured> {
  const headers = { 'accept-encoding': 'gzip', ...(cookie === undefined ? {} : { cookie }) };
  const { requests, latency, non2xx, errors } = await autocannon({
    url,
    duration,
    connections,
    headers,
    // As many visitors as requests: one address alone would come to its limit.
    requests: [{ setupRequest: (request) => ({ ...request, headers: { ...request.headers, ...fromAnywhere() } }) }],
  });
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} answers were no page, ${errors} requests failed.`);
  return { rate: requests.average, p99: latency.p99 };
}

export function fromAnywhere(): Record<string, string> {
  const part = (): number => Math.floor(Math.random() * 256);
  return { 'x-forwarded-for': `10.${part()}.${part()}.${part()}` };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
      connections: { type: 'string', default: '10' },
    },
  });
  const result = await benchWeb(Number(values.rounds), Number(values.seconds), Number(values.connections));
  if (values.json) console.log(JSON.stringify(result));
  else {
    for (const [name, page] of Object.entries(result.pages)) {
      const { pagesPerSecond, p99Ms, readyPerSecond, readyP99Ms, ratio } = page;
      console.log(
        `${name.padEnd(14)} ${pagesPerSecond.toFixed(0).padStart(5)} pages/s, p99 ${p99Ms} ms; ready-made ${readyPerSecond.toFixed(0)}/s, p99 ${readyP99Ms} ms; ratio ${ratio.toFixed(2)}`,
      );
    }
  }
}
