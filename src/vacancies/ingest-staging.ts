import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Refusal } from './claim-rules.js';
import { type CopyValue, copyLine } from './copy-text.js';
import { COPY_STAGING, STAGED_COLUMNS } from './ingest.queries.js';
import type { PreparedVacancy } from './prepare-vacancy.js';
import { SeenIds } from './seen-ids.js';
import { VACANCY_COLUMNS } from './vacancy-columns.js';

/** What COPY is fed in one piece. */
const CHUNK_CHARACTERS = 64 * 1024;
/** Firms whose attributes were written lately; more than that are written again. */
const MOST_FIRMS = 20_000;

/** A record on its way into the staging table. `rejectedId`: the refused record that a retry reads again. */
export type StagedRecord = { ref: string; raw: string; rejectedId: string | null } & (
  | { kind: 'accepted'; vacancy: PreparedVacancy }
  | { kind: 'refused'; externalId: string | null; refusal: Refusal }
  | { kind: 'gone'; externalId: string }
);

const REFUSED_WIDTH = VACANCY_COLUMNS.length;
const REGION_COLUMN = VACANCY_COLUMNS.findIndex(({ name }) => name === 'region_code');
const HEAD_WIDTH = STAGED_COLUMNS.length - REFUSED_WIDTH;

/** Writes records as lines of COPY text, in pieces of some 64 kB. Memory: one piece, and the two bounded sets. */
export async function* stagedLines(records: AsyncIterable<StagedRecord>): AsyncGenerator<string> {
  const seen = new SeenIds();
  const firms = new Set<string>();
  let seq = 0;
  let chunk = '';
  for await (const record of records) {
    seq += 1;
    chunk += `${lineOf(record, seq, seen, firms)}\n`;
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

function lineOf(record: StagedRecord, seq: number, seen: SeenIds, firms: Set<string>): string {
  switch (record.kind) {
    case 'accepted':
      return `${copyLine(acceptedHead(record, seq, seen, firms))}\t${record.vacancy.columns}`;
    case 'refused':
      return copyLine(refusedValues(record, seq));
    case 'gone':
      return copyLine([
        seq,
        record.externalId,
        record.ref,
        ...new Array<CopyValue>(STAGED_COLUMNS.length - 3).fill(null),
      ]);
  }
}

/** What comes before the vacancy's columns. The raw text is needed only where a second line of one id may have to be refused. */
function acceptedHead(
  record: Extract<StagedRecord, { kind: 'accepted' }>,
  seq: number,
  seen: SeenIds,
  firms: Set<string>,
): CopyValue[] {
  const { ref, rejectedId, vacancy } = record;
  const { externalId, employer } = vacancy;
  const keepRaw = seen.addAndAsk(externalId) || rejectedId !== null;
  const isNewFirm = !firms.has(employer.key);
  if (isNewFirm) {
    if (firms.size >= MOST_FIRMS) firms.clear();
    firms.add(employer.key);
  }
  const firm = isNewFirm
    ? [employer.normalised, employer.legalForm, employer.bin, employer.enbekId, employer.activity, employer.headcount]
    : [null, null, null, null, null, null];
  return [
    seq, externalId, ref, null, null, null, keepRaw ? storableRaw(record.raw) : null, rejectedId, vacancy.statedBits, vacancy.archived,
    vacancy.contentHash, employer.key, ...firm,
  ]; // prettier-ignore
}

function refusedValues(
  { ref, raw, rejectedId, externalId, refusal }: Extract<StagedRecord, { kind: 'refused' }>,
  seq: number,
): CopyValue[] {
  const { code, field, params, regionCode } = refusal;
  const head: CopyValue[] = [
    seq,
    externalId && externalId.replaceAll('\0', ''),
    ref,
    code,
    field,
    storableRaw(JSON.stringify(params)).replaceAll('\\u0000', ''),
    storableRaw(raw),
    rejectedId,
  ];
  const empty = new Array<CopyValue>(HEAD_WIDTH - head.length + REFUSED_WIDTH).fill(null);
  empty[HEAD_WIDTH - head.length + REGION_COLUMN] = regionCode;
  return [...head, ...empty];
}

/** PostgreSQL stores every character but NUL; half a surrogate pair is no character. */
function storableRaw(raw: string): string {
  return raw.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

/**
 * Feeds the staging table. A fault of the source ends the copy in good order and is thrown afterwards, so that the connection
 * stays usable; the staged rows are then of no use.
 */
export async function copyStaged(client: PoolClient, records: AsyncIterable<StagedRecord>): Promise<void> {
  const faults: Error[] = [];
  async function* lines(): AsyncGenerator<string> {
    try {
      yield* stagedLines(records);
    } catch (error) {
      faults.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  await pipeline(Readable.from(lines(), { objectMode: false, encoding: 'utf8' }), client.query(copyFrom(COPY_STAGING)));
  const [fault] = faults;
  if (fault !== undefined) throw fault;
}
