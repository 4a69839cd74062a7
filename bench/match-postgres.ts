import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { SCALE_WEIGHTS } from './market-at-scale.js';
import { type Table, linesOf, marketTables } from './market-tables.js';
import { scoredPairsSql } from './pair-score-sql.js';
import { type Rows, emptyRows } from './same-rows.js';
import { K, scaleScorer } from './scale-engine.js';

export interface PostgresRun {
  rows: Rows;
  /** One connection without parallel workers; two connections at once, each with half of the seekers. */
  oneMs: number;
  twoMs: number;
  version: string;
}

/**
 * The best moves of the first `measured` of so many seekers by PostgreSQL: for each seeker a lateral subquery over the vacancies, by
 * an index over their occupation, kind and region, ordered and cut off. Rows come over the connection, as they do for a program.
 */
export async function searchByPostgres(
  url: string,
  seekers: number,
  vacancies: number,
  measured: number,
): Promise<PostgresRun> {
  const clients = [new pg.Client({ connectionString: url }), new pg.Client({ connectionString: url })] as const;
  const [client] = clients;
  try {
    for (const one of clients) {
      await one.connect();
      await one.query('create schema if not exists scale');
      await one.query('set search_path = scale; set max_parallel_workers_per_gather = 0');
    }
    const { scorer, offers } = scaleScorer(seekers, vacancies);
    for (const table of marketTables(scorer, offers, 0, measured)) await load(client, table);
    await client.query(`
      create index posting on vacancy (occupation, sure, medicine, region);
      cluster vacancy using posting;
      create index on fit (own);
      create index on destination (home);
      alter table seeker add primary key (id);
      analyze`);
    const { rows: version } = await client.query<{ server_version: string }>('show server_version');
    const found = emptyRows(measured);
    await search(client, 0, Math.min(100, measured), found);
    let start = performance.now();
    await search(client, 0, measured, found);
    const oneMs = performance.now() - start;
    const half = Math.ceil(measured / 2);
    start = performance.now();
    await Promise.all([search(clients[0], 0, half, found), search(clients[1], half, measured, found)]);
    return { rows: found, oneMs, twoMs: performance.now() - start, version: version[0]!.server_version };
  } finally {
    await Promise.all(clients.map((one) => one.end()));
  }
}

async function load(client: pg.Client, { name, columns, rows }: Table): Promise<void> {
  await client.query(`create table ${name} (${columns})`);
  await pipeline(Readable.from(linesOf(rows)), client.query(copyFrom(`copy ${name} from stdin`)));
}

async function search(client: pg.Client, first: number, last: number, { found, scores }: Rows): Promise<void> {
  const { rows } = await client.query<[number, number, number]>({
    rowMode: 'array',
    text: `
      select s.id, best.vacancy, best.score
      from seeker s
      cross join lateral (
        select vacancy, score from (${scoredPairsSql(SCALE_WEIGHTS, '', 'offset 0')}) scored
        order by score desc, vacancy
        limit ${K}
      ) best
      where s.id >= ${first} and s.id < ${last}
      order by s.id, best.score desc, best.vacancy`,
  });
  let at = first * K;
  for (const [i, [seeker, vacancy, score]] of rows.entries()) {
    if (i === 0 || seeker !== rows[i - 1]![0]) at = seeker * K;
    found[at] = vacancy;
    scores[at++] = score;
  }
}
