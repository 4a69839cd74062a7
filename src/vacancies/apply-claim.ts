import type { EntityManager } from 'typeorm';
import { firstRow } from '../database/sql.js';
import { recordEvent } from '../outbox/outbox.js';
import type { CopyValue } from './copy-text.js';
import { INSERT_ONE, RESOLVE_ONE, type RunValues, UPDATE_ONE } from './ingest.queries.js';
import type { PreparedVacancy } from './prepare-vacancy.js';
import { recodeWhatWasTaught } from './taught-meanwhile.js';
import { VACANCY_COLUMNS } from './vacancy-columns.js';

/** A claim that comes from no file: a firm's own form. `employerId` is the firm. */
export interface OneClaim {
  run: RunValues;
  vacancy: PreparedVacancy;
  employerId: string;
}

/** Makes a vacancy of a claim whose external id is new. Answers its id. */
export async function insertClaim(tx: EntityManager, claim: OneClaim): Promise<string> {
  await recordRun(tx, claim);
  const made = await firstRow<{ id: string | null }>(tx, INSERT_ONE, valuesOf(claim));
  if (made?.id == null) throw new Error('A claim of a new id met a known vacancy.');
  await endRun(tx, claim, { inserted: 1, updated: 0, closed: 0, worsened: 0 });
  return made.id;
}

/**
 * Takes a claim into the vacancy that it names, as a feed's record would be: what it does not state stays, what gets worse
 * is written down. The caller holds the source and the vacancy, so that what the claim was made of is still true.
 */
export async function updateClaim(tx: EntityManager, claim: OneClaim): Promise<void> {
  await recordRun(tx, claim);
  const counts = await firstRow<Omit<Counts, 'inserted'>>(tx, UPDATE_ONE, valuesOf(claim));
  if (counts === undefined) throw new Error('A counting statement answered no row.');
  await tx.query(RESOLVE_ONE, [claim.run.source, claim.vacancy.externalId, claim.run.at]);
  await endRun(tx, claim, { inserted: 0, ...counts });
}

interface Counts {
  inserted: number;
  updated: number;
  closed: number;
  worsened: number;
}

/** The run that the vacancy names as its last. */
async function recordRun(tx: EntityManager, { run }: OneClaim): Promise<void> {
  await tx.query(
    `insert into ingest_run (id, source, connector, origin, synthetic, status, complete, read, started_at, finished_at)
     values ($1, $2, $3, 'form', $4, 'applied', false, 1, $5, $5)`,
    [run.runId, run.source, run.connector, run.synthetic, run.at],
  );
}

async function endRun(
  tx: EntityManager,
  { run: { runId, source, at, lexiconVersion }, vacancy }: OneClaim,
  { inserted, updated, closed, worsened }: Counts,
): Promise<void> {
  const read = await firstRow<{ id: string }>(
    tx,
    `with read as (update vacancy set read_apart_at = $3 where source = $1 and external_id = $2 returning id) select id from read`,
    [source, vacancy.externalId, at],
  );
  const unchanged = 1 - inserted - updated;
  await tx.query('update ingest_run set inserted = $2, updated = $3, unchanged = $4, closed = $5 where id = $1', [
    runId,
    inserted,
    updated,
    unchanged,
    closed,
  ]);
  if (worsened > 0)
    await recordEvent(tx, { topic: 'vacancies.changed', regionCode: null, payload: { batchId: runId } }, at);
  await recodeWhatWasTaught(tx, lexiconVersion, at);
  if (unchanged === 0) {
    const payload = { reason: 'ingest', ...(read !== undefined && { vacancyId: read.id }) };
    await recordEvent(tx, { topic: 'match.requested', regionCode: null, payload }, at);
  }
}

function valuesOf({ run, vacancy, employerId }: OneClaim): unknown[] {
  const { externalId, statedBits, archived, contentHash, values } = vacancy;
  const row = Object.fromEntries(VACANCY_COLUMNS.map(({ name }, at): [string, CopyValue] => [name, values[at]]));
  return [
    run.source, run.runId, run.connector, run.synthetic, run.today, run.at,
    externalId, statedBits, archived, contentHash, employerId, JSON.stringify(row),
  ]; // prettier-ignore
}
