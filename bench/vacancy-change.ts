import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Spread, median, spreadOf } from './spread.js';
import { withSite } from './web-site.js';

/** How long a firm's change of one vacancy takes to stand in its region's review queue, over HTTP, in milliseconds. */
export interface VacancyChangeBench {
  posts: number;
  /** Of them, those that a household of the demo was proposed within ten seconds: the others suit nobody better than what it has. */
  proposed: number;
  /** From the firm's post to the first proposal of it that the officer's queue shows. */
  postedMs: Spread;
  /**
   * Medians of its parts: until the match is asked for in the post's transaction, until a job stands in the queue, until a run has
   * begun, until it is written, until an officer's page shows it.
   */
  stagesMs: Record<string, number>;
  /** From the firm's closing of it to the officer's page of a proposal of it that says withdrawn. */
  closedMs: Spread;
}

const POSTS = 8;
const LONGEST_MS = 10_000;
const LOOK_EVERY_MS = 10;
const NORTH_KAZAKHSTAN = 'KZ-59';
/** A proposal of a vacancy `$1` in the officer's region. */
const PLACED = `select from placement pl join proposal p on p.id = pl.proposal_id
  where pl.vacancy_id = $1 and p.region_code = '${NORTH_KAZAKHSTAN}' and p.status = 'waiting'`;
const BUSY = `select from outbox_event where topic = 'match.requested' and finished_at is null limit 1`;
/** Milliseconds since `$2` when what a post of the vacancy `$1` starts was done. */
const STAGES = `select (extract(epoch from e.created_at - $2) * 1000)::float8 as asked, (extract(epoch from e.enqueued_at - $2) * 1000)::float8 as relayed,
    (extract(epoch from r.started_at - $2) * 1000)::float8 as begun, (extract(epoch from r.finished_at - $2) * 1000)::float8 as matched
  from outbox_event e join match_run r on r.id = e.id
  where e.topic = 'match.requested' and e.payload ->> 'vacancyId' = $1::text order by e.id limit 1`;
const WITHDRAWN = `select where not exists (select from placement where vacancy_id = $1 and withdrawn_at is null)`;

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
  return withSite({}, async ({ url, databaseUrl, employer, officer }) => {
    // Asking the queue's pages all the time would take the processor from the match that is waited for: the database is asked
    // whether it is time to look.
    const database = new pg.Client({ connectionString: databaseUrl });
    await database.connect();
    const isWritten = async (text: string, vacancyId: string): Promise<boolean> => {
      const { rowCount } = await database.query(text, [vacancyId]);
      if (rowCount === 0) await sleep(LOOK_EVERY_MS);
      return rowCount !== 0;
    };
    const ask = async <Body>(path: string, cookie: string, init: RequestInit = {}): Promise<Body> => {
      const headers = { cookie, origin: url, 'content-type': 'application/json' };
      const answer = await fetch(`${url}/api/v1/${path}`, { ...init, headers });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Body;
    };
    const posted: number[] = [];
    const closed: number[] = [];
    const stages = { asked: [] as number[], relayed: [] as number[], begun: [] as number[], matched: [] as number[], shown: [] as number[] }; // prettier-ignore
    // A new proposal stands at the end of the queue; one that gets a better job keeps its place, on any page of it.
    const pages = async (): Promise<string[]> => {
      const cursors = [''];
      for (let next: string | null; (next = (await pageAt(cursors.at(-1)!)).nextCursor) !== null;) cursors.push(next);
      return cursors.reverse();
    };
    const pageAt = (cursor: string): Promise<QueuePage> =>
      ask<QueuePage>(`centre/queue?limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, officer);
    const proposalOf = async (vacancyId: string, cursors: readonly string[]): Promise<Proposal | undefined> => {
      for (const cursor of cursors) {
        const { items } = await pageAt(cursor);
        const found = items.find(({ placements }) => placements.some(({ vacancy }) => vacancy.id === vacancyId));
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const quiet = async (): Promise<boolean | undefined> => ((await database.query(BUSY)).rowCount === 0 ? true : void (await sleep(LOOK_EVERY_MS))); // prettier-ignore
    // Titles of jobs that wait there: people seek work in them.
    const { items } = await ask<QueuePage>('centre/queue?limit=100', officer);
    const titles = new Set(items.flatMap(({ placements }) => placements.map(({ vacancy }) => vacancy.title)));
    for (const title of [...titles].slice(0, POSTS)) {
      const location = 'Северо-Казахстанская область, г. Петропавловск';
      const post = { title, location, payMinTenge: 450_000, payMaxTenge: 600_000, housing: 'provided', openings: 3, permanentYears: 2, relocationOffered: true }; // prettier-ignore
      const cursors = await pages();
      // What the last closing has left to do is no part of this post.
      if (!(await until(quiet))) throw new Error('The program does not come to rest.');
      let from = performance.now();
      const begun = Date.now();
      const { id } = await ask<{ id: string }>('employer/vacancies', employer, { method: 'POST', body: JSON.stringify(post) }); // prettier-ignore
      const proposal = await until(async () => ((await isWritten(PLACED, id)) ? proposalOf(id, cursors) : undefined));
      if (proposal !== undefined) {
        posted.push(performance.now() - from);
        const { rows } = await database.query<Record<keyof typeof stages, number>>(STAGES, [id, new Date(begun)]);
        const ends = { ...rows[0]!, shown: posted.at(-1)! };
        let before = 0;
        for (const stage of Object.keys(stages) as (keyof typeof stages)[]) {
          stages[stage].push(ends[stage] - before);
          before = ends[stage];
        }
      }
      from = performance.now();
      await ask(`employer/vacancies/${id}/close`, employer, { method: 'POST', body: '{"outcome":"cancelled"}' });
      if (proposal === undefined) continue;
      // Its household may have another job in its place: then it waits on without this one.
      const gone = await until(async () => {
        if (!(await isWritten(WITHDRAWN, id))) return undefined;
        const { status, placements } = await ask<Proposal>(`centre/proposals/${proposal.id}`, officer);
        return status === 'withdrawn' || placements.every(({ vacancy }) => vacancy.id !== id) ? true : undefined;
      });
      if (!gone) throw new Error(`«${title}» was closed and is proposed all the same.`);
      closed.push(performance.now() - from);
    }
    await database.end();
    return {
      posts: POSTS,
      proposed: posted.length,
      postedMs: spreadOf(posted),
      stagesMs: Object.fromEntries(Object.entries(stages).map(([stage, times]) => [stage, Math.round(median(times))])),
      closedMs: spreadOf(closed),
    };
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
