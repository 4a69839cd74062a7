import type { EntityManager } from 'typeorm';
import { EMPLOYER_CLAIM_COLUMNS, resolveEmployers } from '../employers/resolve-employers.js';
import { analyzeAfterLoad } from '../database/analyze.js';
import { recordEvent } from '../outbox/outbox.js';
import { Problem, type ProblemParams } from '../shared/problem.js';
import {
  CLAIM_EMPLOYERS,
  REFUSE_REPEATED,
  type RunValues,
  closeAbsent,
  closeExpiredOf,
  closeGone,
  hasNamelessRefusal,
  insertNew,
  newestFeed,
  noteReadApart,
  updateKnown,
} from './ingest.queries.js';
import { keepRejected, resolveAbsent } from './rejected.queries.js';
import { recodeWhatWasTaught } from './taught-meanwhile.js';

/** What queries choose or join vacancies by: the planner need not know of duties and addresses, which cost most to read. */
const SEARCHED = [
  'id', 'source', 'external_id', 'sector', 'area_id', 'isco', 'region_code', 'district_kato', 'kato', 'settlement_type', 'place_match',
  'pay_min_tenge', 'employment', 'housing', 'employer_id', 'published_on', 'valid_until', 'status', 'last_run_id', 'changed_at',
]; // prettier-ignore

export interface Application {
  run: RunValues & { origin: string };
  /** The file holds every vacancy of its source. */
  complete: boolean;
  /** The file says how its source was at one moment; what else is read says how single vacancies are now. */
  feed: boolean;
  /** When the feed was made; null when it does not say. */
  generatedAt: Date | null;
  /** Records staged as acceptable. */
  accepted: number;
  /** The firm that posts for itself; null: firms are found by the records' own words. */
  employerId: string | null;
  /** Ask for a new match when anything changed. */
  rematch: boolean;
}

export interface RepeatedLine {
  ref: string;
  code: string;
  field: string;
  params: ProblemParams;
}

export interface Applied {
  inserted: number;
  updated: number;
  unchanged: number;
  closed: number;
  repeated: RepeatedLine[];
  /** False when a complete feed could close nothing for absence. */
  absenceKnown: boolean;
}

/**
 * Takes the staged records into the tables: employers, vacancies, worse terms with one event, refused records. In the
 * caller's transaction, so all of it happens or none. Throws `feed.outdated` for a feed made before one of its source that was applied.
 */
export async function applyStaged(tx: EntityManager, application: Application): Promise<Applied> {
  const { run, complete } = application;
  await refuseOutdated(tx, application);
  const repeated = await tx.query<RepeatedLine[]>(REFUSE_REPEATED);
  await settleEmployers(tx, application);
  // What does not say when it was made is as of its reading: another time cannot be had.
  const asOf = application.generatedAt ?? run.at;
  const feedOf = application.feed ? asOf : null;
  const known = await updateKnown(tx, run, feedOf);
  const { inserted } = await insertNew(tx, run);
  const absenceKnown = !complete || !(await hasNamelessRefusal(tx));
  const wholeOf = complete && absenceKnown ? feedOf : null;
  const absent = wholeOf === null ? 0 : (await closeAbsent(tx, run, wholeOf)).closed;
  const gone = (await closeGone(tx, run)).closed;
  if (feedOf === null) await noteReadApart(tx, run);
  const expired = (await closeExpiredOf(tx, run)).closed;
  await keepRejected(tx, run, asOf);
  if (wholeOf !== null) await resolveAbsent(tx, run, wholeOf);
  if (known.worsened + absent + gone + expired > 0) {
    await recordEvent(tx, { topic: 'vacancies.changed', regionCode: null, payload: { batchId: run.runId } }, run.at);
  }
  const updated = known.updated + gone;
  const closed = known.closed + absent + gone + expired;
  if (application.rematch && inserted + updated + closed > 0) {
    await recordEvent(tx, { topic: 'match.requested', regionCode: null, payload: { reason: 'ingest' } }, run.at);
  }
  await analyzeAfterLoad(tx, inserted + updated + closed, [`vacancy (${SEARCHED.join(', ')})`, 'employer']);
  await recodeWhatWasTaught(tx, run.lexiconVersion, run.at);
  const unchanged = application.accepted - repeated.length - inserted - updated;
  return { inserted, updated, unchanged, closed, repeated, absenceKnown };
}

async function refuseOutdated(tx: EntityManager, { run, generatedAt }: Application): Promise<void> {
  if (generatedAt === null) return;
  const newest = await newestFeed(tx, run.source);
  if (newest !== null && generatedAt < newest) {
    throw new Problem('feed.outdated', 409, { generatedAt: generatedAt.toISOString(), newest: newest.toISOString() });
  }
}

async function settleEmployers(tx: EntityManager, { run, employerId }: Application): Promise<void> {
  await tx.query(`create temporary table employer_claim (${EMPLOYER_CLAIM_COLUMNS}) on commit drop`);
  await tx.query(CLAIM_EMPLOYERS);
  await tx.query('analyze employer_claim');
  if (employerId === null) await resolveEmployers(tx, run.synthetic, run.at);
  else await tx.query('update employer_claim set employer_id = $1', [employerId]);
}
