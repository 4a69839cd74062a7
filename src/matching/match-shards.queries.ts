import { type Sql, firstRow, rows } from '../database/sql.js';

/** A run that was handed out and has not ended. */
export interface OpenSnapshot {
  id: string;
  runId: string;
  takenAt: Date;
  /** When it was taken or, later, a shard of it was last done. */
  aliveAt: Date;
  /** What PostgreSQL showed when it was taken. */
  readSnapshot: string;
  /** The run that it came in the place of. */
  supersedes: string | null;
}

const OPEN = `
  select s.id, s.run_id as "runId", s.taken_at as "takenAt", s.read_snapshot::text as "readSnapshot", r.supersedes,
         coalesce((select max(h.finished_at) from match_shard h where h.snapshot_id = s.id), s.taken_at) as "aliveAt"
  from match_snapshot s join match_run r on r.id = s.run_id and r.status = 'running'`;

export function openSnapshotOf(sql: Sql, runId: string): Promise<OpenSnapshot | undefined> {
  return firstRow(sql, `${OPEN} where s.run_id = $1`, [runId]);
}

export async function openSnapshots(sql: Sql): Promise<OpenSnapshot[]> {
  return rows(sql, `${OPEN} order by s.taken_at, s.id`);
}

export async function writeSnapshot(
  sql: Sql,
  snapshot: Pick<OpenSnapshot, 'id' | 'runId' | 'takenAt' | 'readSnapshot'>,
  market: Buffer,
): Promise<void> {
  const { id, runId, takenAt, readSnapshot } = snapshot;
  await sql.query(
    `insert into match_snapshot (id, run_id, taken_at, read_snapshot, market) values ($1, $2, $3, $4::pg_snapshot, $5)`,
    [id, runId, takenAt, readSnapshot, market],
  );
}

export async function writeShard(
  sql: Sql,
  { snapshotId, number }: { snapshotId: string; number: number },
  households: Buffer,
): Promise<void> {
  await sql.query('insert into match_shard (snapshot_id, number, households) values ($1, $2, $3)', [
    snapshotId,
    number,
    households,
  ]);
}

/** Notes that shards are handed out once more; answers how often they were. */
export async function countRound(sql: Sql, snapshotId: string): Promise<number> {
  const [[row]] = await sql.query<[{ rounds: number }[], number]>(
    'update match_snapshot set rounds = rounds + 1 where id = $1 returning rounds',
    [snapshotId],
  );
  return row?.rounds ?? 0;
}

/** Ends runs in whose place another comes, which has read what they have. */
export async function supersede(sql: Sql, runIds: readonly string[], at: Date): Promise<void> {
  await sql.query(`update match_run set status = 'superseded', finished_at = $2 where id = any($1::uuid[])`, [
    runIds,
    at,
  ]);
  await dropSnapshots(sql, runIds);
}

/** Forgets what runs were computed from: of these runs, and of every one that is not running any more. */
export async function dropSnapshots(sql: Sql, runIds: readonly string[]): Promise<void> {
  await sql.query(
    `delete from match_snapshot s using match_run r
     where r.id = s.run_id and (r.status <> 'running' or r.id = any($1::uuid[]))`,
    [runIds],
  );
}

export async function marketOf(sql: Sql, snapshotId: string): Promise<Buffer | undefined> {
  const row = await firstRow<{ market: Buffer }>(sql, 'select market from match_snapshot where id = $1', [snapshotId]);
  return row?.market;
}

/** The households of a shard; undefined once it is done, or its run ended without it. */
export async function shardToDo(sql: Sql, snapshotId: string, number: number): Promise<Buffer | undefined> {
  const row = await firstRow<{ households: Buffer }>(
    sql,
    'select households from match_shard where snapshot_id = $1 and number = $2 and finished_at is null',
    [snapshotId, number],
  );
  return row?.households;
}

/** Keeps a shard's answer; of two workers that did the same shard the first one's counts, and they are alike. */
export async function finishShard(
  sql: Sql,
  shard: { snapshotId: string; number: number },
  shortlists: Buffer,
  { pairsScored, at }: { pairsScored: number; at: Date },
): Promise<void> {
  await sql.query(
    `update match_shard set shortlists = $3, pairs_scored = $4, finished_at = $5
     where snapshot_id = $1 and number = $2 and finished_at is null`,
    [shard.snapshotId, shard.number, shortlists, pairsScored, at],
  );
}

export async function shardsToDo(sql: Sql, snapshotId: string): Promise<number[]> {
  const found = await rows<{ number: number }>(
    sql,
    'select number from match_shard where snapshot_id = $1 and finished_at is null order by number',
    [snapshotId],
  );
  return found.map(({ number }) => number);
}

/** How far a run is; null for one that was not handed out, and once it has ended. */
export async function shardProgress(sql: Sql, runId: string): Promise<{ done: number; all: number } | null> {
  const row = await firstRow<{ done: number; all: number }>(
    sql,
    `select count(h.finished_at)::int as done, count(*)::int as "all"
     from match_snapshot s join match_shard h on h.snapshot_id = s.id where s.run_id = $1 having count(*) > 0`,
    [runId],
  );
  return row ?? null;
}

export interface ShardRow {
  households: Buffer;
  shortlists: Buffer;
  pairsScored: number;
}

/** A finished run's shards, one after the other in their order. */
export async function* finishedShards(sql: Sql, snapshotId: string): AsyncIterable<ShardRow> {
  for (let number = 0; ; number++) {
    const row = await firstRow<ShardRow>(
      sql,
      `select households, shortlists, pairs_scored::float8 as "pairsScored" from match_shard
       where snapshot_id = $1 and number = $2 and finished_at is not null`,
      [snapshotId, number],
    );
    if (row === undefined) return;
    yield row;
  }
}
