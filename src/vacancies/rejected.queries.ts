import { type Sql, firstRow, rows } from '../database/sql.js';
import type { ConnectorName } from './connector.js';
import { UNREAD_CODES } from './connectors/unread-line.js';
import { madeHere } from './made-ids.js';

/**
 * A refused record met before (the same raw text, or the one that a retry read) is brought up to date in its row. A retry reads
 * an old text: what it speaks of and when it was refused stay as they are.
 */
const KEEP_KNOWN = `
  update rejected_record r set run_id = $1, ref = s.ref, origin = case when s.rejected_id is null then $5 else r.origin end, external_id = s.external_id, code = s.code, field = s.field,
    params = coalesce(s.params, '{}'), region_code = s.region_code, rejected_at = case when s.rejected_id is null then $3::timestamptz else r.rejected_at end,
    as_of = case when s.rejected_id is null then greatest(r.as_of, $4::timestamptz) else r.as_of end,
    retried_at = case when s.rejected_id is null then r.retried_at else $3::timestamptz end
  from staged_vacancy s
  where s.code is not null and r.source = $2 and r.resolved_at is null
    and (r.id = s.rejected_id or (s.rejected_id is null and md5(r.raw) = md5(s.raw)))`;

const KEEP_NEW = `
  insert into rejected_record (id, run_id, source, connector, origin, ref, external_id, code, field, params, raw, region_code,
    rejected_at, as_of)
  select uuidv7(), $1, $2, $4, $5, s.ref, s.external_id, s.code, s.field, coalesce(s.params, '{}'), s.raw, s.region_code,
    $3::timestamptz, $6::timestamptz
  from staged_vacancy s
  where s.code is not null and s.rejected_id is null and not exists (
    select from rejected_record r where r.source = $2 and r.resolved_at is null and md5(r.raw) = md5(s.raw)
  )
  order by s.seq`;

/** A record is put right by its own retry, or when its id arrives again and nothing of it is refused. */
const RESOLVE = `
  update rejected_record r set resolved_at = $2::timestamptz, resolved_reason = 'accepted',
    retried_at = case when retry.rejected_id is null then r.retried_at else $2::timestamptz end
  from rejected_record open
  left join staged_vacancy retry on retry.rejected_id = open.id and retry.code is null
  where r.id = open.id and open.source = $1 and open.resolved_at is null
    and (retry.rejected_id is not null or (
      exists (select from staged_vacancy s where s.external_id = open.external_id and s.code is null)
      and not exists (select from staged_vacancy s where s.external_id = open.external_id and s.code is not null)))`;

/**
 * A complete feed that names a record no more has dropped it: a retry would bring back what the source has withdrawn. Not a
 * record of this run, nor one that was read from elsewhere (a page), or of a feed made, after this feed had been made, nor a row of a table
 * whose id was made here.
 */
const RESOLVE_ABSENT = `
  update rejected_record r set resolved_at = $3::timestamptz, resolved_reason = 'absent'
  where r.source = $1 and r.resolved_at is null and r.run_id <> $2 and r.as_of <= $4::timestamptz and not ${madeHere('r')}
    and not exists (select from staged_vacancy s where s.external_id = r.external_id)`;

/** Resolves what a complete feed, made at `feedOf`, has dropped. After `keepRejected`, and only when every record of the feed could be named. */
export async function resolveAbsent(
  tx: Sql,
  run: { runId: string; source: string; at: Date },
  feedOf: Date,
): Promise<void> {
  await tx.query(RESOLVE_ABSENT, [run.source, run.runId, run.at, feedOf]);
}

/** Keeps what a run refused and resolves what it put right. `asOf`: the moment of which the run's records speak. Reads its staging table. */
export async function keepRejected(
  tx: Sql,
  run: { runId: string; source: string; connector: string; origin: string; at: Date },
  asOf: Date,
): Promise<void> {
  await tx.query(RESOLVE, [run.source, run.at]);
  await tx.query(KEEP_KNOWN, [run.runId, run.source, run.at, asOf, run.origin]);
  await tx.query(KEEP_NEW, [run.runId, run.source, run.at, run.connector, run.origin, asOf]);
}

export type RejectedToRetry = Pick<
  RejectedRow,
  'id' | 'ref' | 'raw' | 'externalId' | 'origin' | 'code' | 'field' | 'params'
>;

/** What one retry reads together: one source, one connector, all synthetic or none. */
export interface RetryGroup {
  source: string;
  connector: ConnectorName;
  synthetic: boolean;
}

/**
 * Ids of the records asked for; null: every open one but repeated lines, whose first line was taken in already, and lines of which no text
 * is kept that could be read again.
 */
export type RetryIds = string[] | null;

const ASKED = `r.resolved_at is null and (r.id = any($1::uuid[]) or ($1::uuid[] is null and r.code <> all('{${['record.duplicate_id', ...UNREAD_CODES].join(',')}}')))`;

export function retryGroups(sql: Sql, ids: RetryIds, source: string | null): Promise<RetryGroup[]> {
  return rows(
    sql,
    `select distinct r.source, r.connector, i.synthetic from rejected_record r join ingest_run i on i.id = r.run_id
     where ${ASKED} and ($2::text is null or r.source = $2) order by 1, 2, 3`,
    [ids, source],
  );
}

/** The next records of a group before an id, the newest first: of two versions of a record the newer one counts. */
export function rejectedOf(
  sql: Sql,
  group: RetryGroup,
  ids: RetryIds,
  before: string | null,
  limit: number,
): Promise<RejectedToRetry[]> {
  return rows(
    sql,
    `select r.id, r.ref, r.raw, r.external_id as "externalId", r.origin, r.code, r.field, r.params
     from rejected_record r join ingest_run i on i.id = r.run_id
     where ${ASKED} and r.source = $2 and r.connector = $3 and i.synthetic = $4 and ($5::uuid is null or r.id < $5)
     order by r.id desc limit $6`,
    [ids, group.source, group.connector, group.synthetic, before, limit],
  );
}

/** `accepted`: it was put right; `absent`: a complete feed of its source has dropped it. */
export const RESOLVED_REASONS = ['accepted', 'absent'] as const;
export type ResolvedReason = (typeof RESOLVED_REASONS)[number];

export interface RejectedRow {
  id: string;
  runId: string;
  source: string;
  connector: string;
  origin: string;
  ref: string;
  externalId: string | null;
  code: string;
  field: string | null;
  params: Record<string, string | number | boolean | null>;
  raw: string;
  regionCode: string | null;
  rejectedAt: Date;
  retriedAt: Date | null;
  resolvedAt: Date | null;
  resolvedReason: ResolvedReason | null;
}

export interface RejectedFilter {
  source?: string;
  region?: string;
  runId?: string;
  code?: string;
  /** Also those that were put right or dropped by their source. */
  resolved?: boolean;
  after: string | null;
  limit: number;
}

const WANTED = `($1::text is null or source = $1) and ($2::text is null or region_code = $2)
       and ($3::uuid is null or run_id = $3) and ($4::text is null or code = $4) and ($5::boolean or resolved_at is null)`;
const wantedValues = ({ source, region, runId, code, resolved }: Partial<RejectedFilter>): unknown[] => [
  source ?? null,
  region ?? null,
  runId ?? null,
  code ?? null,
  resolved ?? false,
];

/** How many refused records there are. */
export async function countRejected(sql: Sql, filter: Partial<RejectedFilter>): Promise<number> {
  const counted = `select count(*)::int as total from rejected_record where ${WANTED}`;
  return (await firstRow<{ total: number }>(sql, counted, wantedValues(filter)))?.total ?? 0;
}

/** How many waiting lines of a source, or of all, no retry can read: they are put right in their file. */
export async function countUnreadLines(sql: Sql, source: string | null): Promise<number> {
  const counted = `select count(*)::int as total from rejected_record
    where resolved_at is null and code = any($1) and ($2::text is null or source = $2)`;
  return (await firstRow<{ total: number }>(sql, counted, [UNREAD_CODES, source]))?.total ?? 0;
}

/** Refused records in the order of refusal, from after an id. */
export function rejectedRecords(sql: Sql, filter: RejectedFilter): Promise<RejectedRow[]> {
  return rows(
    sql,
    `select id, run_id as "runId", source, connector, origin, ref, external_id as "externalId", code, field, params, raw,
       region_code as "regionCode", rejected_at as "rejectedAt", retried_at as "retriedAt", resolved_at as "resolvedAt",
       resolved_reason as "resolvedReason"
     from rejected_record
     where ${WANTED} and ($6::uuid is null or id > $6)
     order by id limit $7`,
    [...wantedValues(filter), filter.after, filter.limit],
  );
}
