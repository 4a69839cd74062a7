import type { PoolClient } from 'pg';
import { type Sql, firstRow, rows } from '../database/sql.js';
import { sqlState } from '../database/transaction.js';
import { Problem, type ProblemParams } from '../shared/problem.js';

export type RunStatus = 'queued' | 'running' | 'applied' | 'refused' | 'failed';

/** A run as the API shows it. */
export interface IngestRunRow {
  id: string;
  source: string;
  /** Of a firm's own feed: the firm. */
  firm: string | null;
  connector: string;
  origin: string;
  status: RunStatus;
  complete: boolean | null;
  generatedAt: Date | null;
  synthetic: boolean;
  errorCode: string | null;
  errorParams: ProblemParams | null;
  read: number;
  inserted: number;
  updated: number;
  unchanged: number;
  closed: number;
  rejected: number;
  warnings: Record<string, number>;
  startedAt: Date;
  finishedAt: Date | null;
}

const RUN = `id, source,
  (select name from employer e where e.id = case when source like 'employer:%' then substring(source from 10)::uuid end) as firm, connector, origin, status, complete, generated_at as "generatedAt", synthetic,
  error_code as "errorCode", error_params as "errorParams", read, inserted, updated, unchanged, closed, rejected, warnings,
  started_at as "startedAt", finished_at as "finishedAt"`;

export function ingestRun(sql: Sql, id: string): Promise<IngestRunRow | undefined> {
  return firstRow(sql, `select ${RUN} from ingest_run where id = $1`, [id]);
}

/** Runs, the newest first, from before an id. */
export function ingestRuns(
  sql: Sql,
  filter: { source: string | null; before: string | null; limit: number },
): Promise<IngestRunRow[]> {
  return rows(
    sql,
    `select ${RUN} from ingest_run where ($1::text is null or source = $1) and ($2::uuid is null or id < $2)
     order by id desc limit $3`,
    [filter.source, filter.before, filter.limit],
  );
}

/** Every source that a run was asked to read. */
export async function ingestedSources(sql: Sql): Promise<string[]> {
  const found = await rows<{ source: string }>(sql, 'select distinct source from ingest_run order by 1');
  return found.map(({ source }) => source);
}

export interface NewRun {
  id: string;
  source: string;
  connector: string;
  origin: string;
  synthetic: boolean;
}

/** A run that waits for a worker. */
export async function queueRun(sql: Sql, run: NewRun, at: Date): Promise<void> {
  await insertRun(sql, run, 'queued', at);
}

/**
 * The run is under way; a queued, interrupted or failed one of this id is taken up again. False when it has ended: its job was
 * delivered twice, and the run stays as it is. Asked while the caller holds the run's lock.
 */
export function beginRun(sql: Sql, run: NewRun, at: Date): Promise<boolean> {
  return insertRun(sql, run, 'running', at);
}

async function insertRun(sql: Sql, run: NewRun, status: RunStatus, at: Date): Promise<boolean> {
  const begun = await firstRow(
    sql,
    `with begun as (
       insert into ingest_run (id, source, connector, origin, synthetic, status, started_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do update set status = excluded.status, started_at = excluded.started_at, finished_at = null,
         error_code = null, error_params = null, read = 0, rejected = 0
       where ingest_run.status in ('queued', 'running', 'failed')
       returning id
     ) select id from begun`,
    [run.id, run.source, run.connector, run.origin, run.synthetic, status, at],
  );
  return begun !== undefined;
}

/** A run that was begun then waits for a worker again. */
export async function requeueRun(sql: Sql, id: string, begunAt: Date): Promise<void> {
  await sql.query(
    `update ingest_run set status = 'queued', read = 0, rejected = 0
     where id = $1 and status = 'running' and started_at = $2`,
    [id, begunAt],
  );
}

export async function noteProgress(sql: Sql, id: string, read: number, rejected: number): Promise<void> {
  await sql.query(`update ingest_run set read = $2, rejected = $3 where id = $1 and status = 'running'`, [
    id,
    read,
    rejected,
  ]);
}

export interface RunEnd {
  status: 'applied' | 'refused' | 'failed';
  source: string;
  connector: string;
  synthetic: boolean;
  complete: boolean | null;
  generatedAt: Date | null;
  errorCode: string | null;
  errorParams: ProblemParams | null;
  read: number;
  inserted: number;
  updated: number;
  unchanged: number;
  closed: number;
  rejected: number;
  warnings: Record<string, number>;
}

/**
 * `begunAt`: end the run only if it still is the one that was begun then. Who fails by losing the connection has lost the run's
 * lock with it, and another may have taken the run up.
 */
export async function endRun(sql: Sql, id: string, end: RunEnd, at: Date, begunAt: Date | null = null): Promise<void> {
  await sql.query(
    `update ingest_run set status = $2, source = $3, connector = $4, synthetic = $5, complete = $6, generated_at = $7,
       error_code = $8, error_params = $9, read = $10, inserted = $11, updated = $12, unchanged = $13, closed = $14,
       rejected = $15, warnings = $16, finished_at = $17
     where id = $1 and ($18::timestamptz is null or (status = 'running' and started_at = $18::timestamptz))`,
    [
      id, end.status, end.source, end.connector, end.synthetic, end.complete, end.generatedAt, end.errorCode,
      end.errorParams && JSON.stringify(end.errorParams), end.read, end.inserted, end.updated, end.unchanged, end.closed,
      end.rejected, JSON.stringify(end.warnings), at, begunAt,
    ], // prettier-ignore
  );
}

/** How long a caller of the API waits for a run of its source. */
const MOST_HOLD_WAIT_MS = 30_000;

/** The advisory lock that the connection of a run holds as long as the run is alive. */
export const RUN_LOCK = `hashtextextended('ingest-run:' || $1::text, 0)`;
/** The advisory lock that keeps two runs of one source apart. */
export const SOURCE_LOCK = `hashtextextended('ingest-source:' || $1::text, 0)`;

/** The advisory lock by which a run keeps others from asking the host that it asks. */
export const HOST_LOCK = `hashtextextended('ingest-host:' || $1::text, 0)`;

/** Takes a lock that the connection keeps until it lets go or dies. */
export async function lockForRun(
  client: PoolClient,
  key: string,
  value: string,
  mostWaitMs: number,
  busy: () => Problem,
): Promise<void> {
  await client.query(`set lock_timeout = ${mostWaitMs}`);
  try {
    await client.query(`select pg_advisory_lock(${key})`, [value]);
  } catch (fault) {
    throw sqlState(fault) === '55P03' ? busy() : fault;
  } finally {
    await client.query('set lock_timeout = 0');
  }
}

/** Gives back a lock that `lockForRun` took, before the run has ended. */
export async function unlockOfRun(client: PoolClient, key: string, value: string): Promise<void> {
  await client.query(`select pg_advisory_unlock(${key})`, [value]);
}

/** Whether a run gave up waiting for another one of its source or host: nothing is wrong with its file. */
export function isBusy(fault: unknown): fault is Problem {
  return fault instanceof Problem && (fault.code === 'ingest.busy' || fault.code === 'ingest.host_busy');
}

/** Keeps every run of a source out until the transaction ends. Waits for one that is under way, or throws `ingest.busy`. */
export async function holdSource(tx: Sql, source: string): Promise<void> {
  await tx.query(`set local lock_timeout = ${MOST_HOLD_WAIT_MS}`);
  try {
    await tx.query(`select pg_advisory_xact_lock(${SOURCE_LOCK})`, [source]);
  } catch (fault) {
    throw sqlState(fault) === '55P03' ? new Problem('ingest.busy', 409, { source }) : fault;
  }
  await tx.query('set local lock_timeout = 0');
}

/**
 * Marks runs whose process died: they are `running`, and nobody holds their lock. Nothing of them was applied, for a run
 * changes vacancies and its own status in one transaction. Answers their ids.
 */
export async function failAbandoned(sql: Sql, at: Date): Promise<string[]> {
  const running = await rows<{ id: string }>(sql, `select id from ingest_run where status = 'running'`);
  const failed: string[] = [];
  for (const { id } of running) {
    const found = await firstRow<{ id: string }>(
      sql,
      `with dead as materialized (
         select id from ingest_run where id = $1::uuid and status = 'running'
           and pg_try_advisory_xact_lock(${RUN_LOCK})
       ), marked as (
         update ingest_run r set status = 'failed', error_code = 'ingest.interrupted', finished_at = $2
         from dead where r.id = dead.id returning r.id
       ) select id from marked`,
      [id, at],
    );
    if (found !== undefined) failed.push(found.id);
  }
  return failed;
}
