import { performance } from 'node:perf_hooks';
import { type Spread, spreadOf } from './spread.js';
import { withSite } from './web-site.js';

/** How long a firm's change of one vacancy takes to stand in its region's review queue, over HTTP, in milliseconds. */
export interface VacancyChangeBench {
  posts: number;
  /** Of them, those that a household of the demo was proposed within ten seconds: the others suit nobody better than what it has. */
  proposed: number;
  /** From the firm's post to the first proposal of it that the officer's queue shows. */
  postedMs: Spread;
  /** From the firm's closing of it to the officer's page of a proposal of it that says withdrawn. */
  closedMs: Spread;
}

const POSTS = 8;
const LONGEST_MS = 10_000;

interface Proposal {
  id: string;
  status: string;
  placements: { vacancy: { id: string; title: string } }[];
}
interface QueuePage {
  items: Proposal[];
  nextCursor: string | null;
}

export function benchVacancyChange(): Promise<VacancyChangeBench> {
  return withSite({}, async ({ url, employer, officer }) => {
    const ask = async <Body>(path: string, cookie: string, init: RequestInit = {}): Promise<Body> => {
      const headers = { cookie, origin: url, 'content-type': 'application/json' };
      const answer = await fetch(`${url}/api/v1/${path}`, { ...init, headers });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Body;
    };
    const posted: number[] = [];
    const closed: number[] = [];
    // A proposal that gets a better job keeps its place in the queue: the new post may stand on any page of it.
    const proposalOf = async (vacancyId: string): Promise<Proposal | undefined> => {
      for (let cursor: string | null = ''; cursor !== null;) {
        const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const { items, nextCursor } = await ask<QueuePage>(`centre/queue?limit=100${after}`, officer);
        const found = items.find(({ placements }) => placements.some(({ vacancy }) => vacancy.id === vacancyId));
        if (found !== undefined) return found;
        cursor = nextCursor;
      }
      return undefined;
    };
    // Titles of jobs that wait there: people seek work in them.
    const { items } = await ask<QueuePage>('centre/queue?limit=100', officer);
    const titles = new Set(items.flatMap(({ placements }) => placements.map(({ vacancy }) => vacancy.title)));
    for (const title of [...titles].slice(0, POSTS)) {
      const location = 'Северо-Казахстанская область, г. Петропавловск';
      const post = { title, location, payMinTenge: 450_000, payMaxTenge: 600_000, housing: 'provided', openings: 3, permanentYears: 2, relocationOffered: true }; // prettier-ignore
      let from = performance.now();
      const { id } = await ask<{ id: string }>('employer/vacancies', employer, { method: 'POST', body: JSON.stringify(post) }); // prettier-ignore
      const proposal = await until(() => proposalOf(id));
      if (proposal !== undefined) posted.push(performance.now() - from);
      from = performance.now();
      await ask(`employer/vacancies/${id}/close`, employer, { method: 'POST', body: '{"outcome":"cancelled"}' });
      if (proposal === undefined) continue;
      // Its household may have another job in its place: then it waits on without this one.
      const gone = await until(async () => {
        const { status, placements } = await ask<Proposal>(`centre/proposals/${proposal.id}`, officer);
        return status === 'withdrawn' || placements.every(({ vacancy }) => vacancy.id !== id) ? true : undefined;
      });
      if (!gone) throw new Error(`«${title}» was closed and is proposed all the same.`);
      closed.push(performance.now() - from);
    }
    return { posts: POSTS, proposed: posted.length, postedMs: spreadOf(posted), closedMs: spreadOf(closed) };
  });
}

/** Asks again and again; undefined when nothing came in time. */
async function until<Found>(look: () => Promise<Found | undefined>): Promise<Found | undefined> {
  for (const from = performance.now(); performance.now() - from < LONGEST_MS;) {
    const found = await look();
    if (found !== undefined) return found;
  }
  return undefined;
}
