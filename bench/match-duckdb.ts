import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SCALE_WEIGHTS } from './market-at-scale.js';
import { type Table, linesOf, marketTables } from './market-tables.js';
import { scoredPairsSql } from './pair-score-sql.js';
import { type Rows, emptyRows } from './same-rows.js';
import { K, scaleScorer } from './scale-engine.js';

/** So many seekers at once: their eligible pairs must fit into memory. */
const BATCH = 10_000;

export interface DuckdbRun {
  rows: Rows;
  /** The queries alone: their answers stay in the database meanwhile. */
  ms: number;
  version: string;
}

/** The best moves of the first `measured` of so many seekers by DuckDB, in memory and with two threads: join, score, window. */
export async function searchByDuckdb(seekers: number, vacancies: number, measured: number): Promise<DuckdbRun> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    const { scorer, offers } = scaleScorer(seekers, vacancies);
    for (const table of marketTables(scorer, offers, 0, measured)) await load(connection, table);
    await connection.run('create table best (seeker int, place int, vacancy int, score float8)');
    const start = performance.now();
    for (let first = 0; first < measured; first += BATCH) {
      await connection.run(`
        insert into best
        select seeker, place, vacancy, score from (
          select *, row_number() over (partition by seeker order by score desc, vacancy) as place
          from (${scoredPairsSql(SCALE_WEIGHTS, 'seeker s join ', '')} where seeker >= ${first} and seeker < ${first + BATCH})
        ) where place <= ${K}`);
    }
    const ms = performance.now() - start;
    const [[version]] = (await (await connection.run('select version()')).getRows()) as [[string]];
    return { rows: await readRows(connection, measured), ms, version };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function load(connection: DuckDBConnection, { name, columns, rows }: Table): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'qonys-duckdb-'));
  try {
    const file = join(folder, name);
    await pipeline(Readable.from(linesOf(rows)), createWriteStream(file));
    await connection.run(`create table ${name} (${columns})`);
    await connection.run(`copy ${name} from '${file}' (format csv, delimiter '\t', nullstr '\\N', header false)`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function readRows(connection: DuckDBConnection, measured: number): Promise<Rows> {
  const rows = emptyRows(measured);
  const result = await connection.stream('select seeker, place, vacancy, score from best');
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const [seeker, place, vacancy, score] = chunk.getColumns() as [number[], number[], number[], number[]];
    for (let i = 0; i < chunk.rowCount; i++) {
      const at = seeker[i]! * K + place[i]! - 1;
      rows.found[at] = vacancy[i]!;
      rows.scores[at] = score[i]!;
    }
  }
  return rows;
}
