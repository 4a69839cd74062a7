import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { type AuditAction, recordAudits } from '../audit/audit.js';
import { analyzeAfterLoad } from '../database/analyze.js';
import type { Sql } from '../database/sql.js';
import { recordEvent } from '../outbox/outbox.js';
import { dateInKazakhstan } from '../shared/clock.js';
import { groupBy } from '../shared/group-by.js';
import { type Allotment, stillFitting } from './core/congestion.js';
import type { Weights } from './core/weights.js';
import { addWorkingDays, isKazakhHoliday } from '../shared/working-days.js';
import { brokenPromise } from './promise.js';
import { type BearingProposals, draftOf, localAlternativeOf, saysTheSame, standingOf } from './proposal-draft.js';
import {
  type DraftContext,
  type OpenProposal,
  type ProposalDraft,
  insertProposals,
  loadOfOthers,
  lockUnchanged,
  openProposals,
  presentVacancies,
  recountPersons,
  stillMoving,
  stillSeeking,
  updateProposals,
  withdrawSuperseded,
} from './proposal.queries.js';
import type { Snapshot } from './snapshot.service.js';

export interface MatchRunResult {
  runId: string;
  reason: string;
  weightsVersion: number;
  asOf: Date;
  households: number;
  seekers: number;
  vacancies: number;
  pairsScored: number;
  proposalsMade: number;
  proposalsUpdated: number;
  proposalsUnchanged: number;
  proposalsWithdrawn: number;
}

/** A run that has computed what it would propose. */
export interface ComputedRun {
  runId: string;
  reason: string;
  /** The households it looked at; null: all. */
  householdIds: readonly string[] | null;
  at: Date;
  snapshot: Snapshot;
  /** Pairs that others scored for it. */
  pairsScored: number;
  /** The open proposals on which it decided, by id: one that came to wait since then is not its to withdraw. */
  decided: ReadonlySet<string>;
  /** Waiting proposals that stay, then new ones, each with the proposal that it would be. */
  drafts: ReadonlyMap<Allotment, ProposalDraft>;
  /** When what is made for a household was made, where that is not `at`. */
  madeAt?: (made: readonly ProposalDraft[]) => ReadonlyMap<string, Date>;
}

const ACTOR = { id: 'rematch', role: 'system' };

/** More households than this that lost a draft are looked at in one run over all. */
const MOST_RUNS_AGAIN = 20;

/** Which open proposals a run decides on: waiting ones, neither referred nor told of, of its households where it has some. */
export function decidedAnew(householdIds: readonly string[] | null): (proposal: OpenProposal) => boolean {
  const own = householdIds === null ? null : new Set(householdIds);
  return ({ status, referred, told, householdId }) =>
    status === 'waiting' && !referred && !told && (own === null || own.has(householdId));
}

/**
 * Writes a run's outcome in the caller's transaction: proposals made, rewritten in their place where they say something else
 * now, and withdrawn, persons of taken-up ones counted anew, each with its audit line, and the event `proposals.made`. Answers what it changed.
 */
export async function writeRun(tx: EntityManager, run: ComputedRun, weights: Weights): Promise<MatchRunResult> {
  const { runId, reason, at, snapshot } = run;
  const { drafts, left, made, changed, superseded } = await lockedChanges(tx, run, weights.version);
  const context = draftContext(weights, runId, at);
  const gone = superseded.map(({ id }) => id);
  await withdrawSuperseded(tx, gone, ACTOR.id, at);
  await updateProposals(tx, changed, context);
  const times = run.madeAt?.(made);
  const madeTogether = groupBy(made, ({ householdId }) => (times?.get(householdId) ?? at).getTime());
  for (const [time, some] of madeTogether)
    await insertProposals(tx, some, draftContext(weights, runId, new Date(time)));
  await analyzeAfterLoad(tx, changed.length + made.length, ['proposal', 'placement']);
  const line = { at, weightsVersion: weights.version };
  await auditProposals(tx, superseded, {
    ...line,
    action: 'withdraw',
    from: 'waiting',
    to: 'withdrawn',
    reason: 'superseded',
  });
  await auditProposals(tx, changed, { ...line, action: 'rescore', from: 'waiting', to: 'waiting' });
  for (const [time, some] of madeTogether) {
    await auditProposals(tx, some, { ...line, at: new Date(time), action: 'propose', from: null, to: 'waiting' });
  }
  for (const proposal of await recountPersons(tx, run.householdIds, at)) {
    const { status } = proposal;
    await auditProposals(tx, [proposal], { ...line, action: 'recount', from: status, to: status });
  }
  await recordEvent(tx, { topic: 'proposals.made', regionCode: null, payload: { runId } }, at);
  for (const payload of left.length > MOST_RUNS_AGAIN
    ? [{ reason: 'again' }]
    : left.map((householdId) => ({ householdId })))
    await recordEvent(tx, { topic: 'match.requested', regionCode: null, payload }, at);
  return {
    runId,
    reason,
    weightsVersion: weights.version,
    asOf: at,
    households: snapshot.households.length,
    seekers: snapshot.households.reduce((sum, { seekers }) => sum + seekers.length, 0),
    vacancies: snapshot.offers.size,
    pairsScored: run.pairsScored + snapshot.ranker.pairsScored,
    proposalsMade: made.length,
    proposalsUpdated: changed.length,
    proposalsUnchanged: drafts.length - made.length - changed.length,
    proposalsWithdrawn: superseded.length,
  };
}

/**
 * The open proposals that a run over all, or over some households, has to know; of others' those on some vacancies. `read`: its own, where
 * they have been read.
 */
export async function bearingOn(
  sql: Sql,
  householdIds: readonly string[] | null,
  vacancyIds: Iterable<string>,
  read?: readonly OpenProposal[],
): Promise<BearingProposals> {
  const own = read ?? (await openProposals(sql, householdIds));
  if (householdIds === null) return { own, others: new Map() };
  return { own, others: await loadOfOthers(sql, householdIds, [...vacancyIds]) };
}

type Rewritten = ProposalDraft & { version: number };

interface Changes {
  made: ProposalDraft[];
  changed: Rewritten[];
  superseded: OpenProposal[];
}

/**
 * What is to be written, with the proposals that it touches locked and no other: officers go on with the rest. An officer may
 * have claimed a proposal while the run computed; then what stands now decides, and the next look has it locked already.
 * Proposals are locked before households and vacancies, as by an officer who approves.
 *
 * A household that loses one of its drafts, because it no longer fits or is no longer true, keeps all that it has: what waits
 * would otherwise be withdrawn for something better that never came. A run of its own is asked for it in the same transaction.
 */
async function lockedChanges(
  tx: EntityManager,
  run: ComputedRun,
  weightsVersion: number,
): Promise<Changes & { drafts: ProposalDraft[]; left: string[] }> {
  const anew = decidedAnew(run.householdIds);
  const { ranker, scorer } = run.snapshot;
  const left = new Set<string>();
  const decides = (one: OpenProposal): boolean => anew(one) && run.decided.has(one.id) && !left.has(one.householdId);
  const drafted = new Set([...run.drafts.values()].flatMap(vacanciesIn));
  for (;;) {
    const open = await bearingOn(tx, run.householdIds, drafted);
    const able = [...run.drafts.keys()].filter(({ householdId }) => !left.has(householdId));
    const fitting = new Set(stillFitting(able, standingOf(open, decides), ranker, scorer));
    if (
      leaveOut(
        able.filter((allotment) => !fitting.has(allotment)),
        left,
      )
    )
      continue;
    const drafts = able.map((allotment) => run.drafts.get(allotment)!);
    const changes = changesOf(drafts, open.own.filter(decides), weightsVersion);
    const rewritten = new Set(changes.changed.map(({ id }) => id));
    const touched = [...open.own.filter(({ id }) => rewritten.has(id)), ...changes.superseded];
    if ((await lockUnchanged(tx, touched)).size < touched.length) continue;
    const broken = await allotmentsBroken(tx, run, [...changes.made, ...changes.changed].map(districtKey));
    if (!leaveOut(broken, left)) return { drafts, left: [...left], ...changes };
  }
}

const vacanciesIn = ({ placements }: ProposalDraft): string[] => placements.map(({ vacancyId }) => vacancyId);

/** Adds the households of lost allotments to those that keep what they have; false when there are none. */
function leaveOut(lost: readonly Allotment[], left: Set<string>): boolean {
  for (const { householdId } of lost) left.add(householdId);
  return lost.length > 0;
}

/**
 * Of what is to be written, what is no longer true. A household may have taken back its consent, or been erased, while the run
 * computed, an adult may have left it, and a vacancy may have closed: nothing is proposed of them any more. The rest stays true until the transaction
 * ends. What is not written anew is watched over by those who withdraw.
 */
async function allotmentsBroken(tx: EntityManager, run: ComputedRun, keys: readonly string[]): Promise<Allotment[]> {
  const asked = new Set(keys);
  const written = [...run.drafts].filter(([, draft]) => asked.has(districtKey(draft)));
  const moving = await stillMoving(tx, [...new Set(written.map(([{ householdId }]) => householdId))]);
  const drafts = written.map(([, draft]) => draft);
  const kept = new Set(await draftsThatHold(tx, drafts, run.snapshot.rules.date));
  const seeking = await stillSeeking(tx, drafts.flatMap(adultsIn));
  const broken = written.filter(
    ([{ householdId }, draft]) =>
      !moving.has(householdId) || !kept.has(draft) || !adultsIn(draft).every((id) => seeking.has(id)),
  );
  return broken.map(([allotment]) => allotment);
}

/** Every adult that a proposal tells of. */
const adultsIn = ({ placements, localAlternative }: ProposalDraft): string[] =>
  [...placements, ...(localAlternative?.placements ?? [])].map(({ seekerId }) => seekerId);

/** The drafts whose vacancies keep what would be promised of them, as they are now and stay until the transaction ends. */
export async function draftsThatHold(
  tx: EntityManager,
  drafts: readonly ProposalDraft[],
  today: string,
): Promise<ProposalDraft[]> {
  const ids = drafts.flatMap(vacanciesIn);
  const present = await presentVacancies(tx, [...new Set(ids)]);
  return drafts.filter(({ placements }) =>
    placements.every(({ vacancyId, promise }) => {
      const now = present.get(vacancyId);
      return now !== undefined && brokenPromise(promise, now, today) === null;
    }),
  );
}

/** Drafts against the proposals that a run decides on: a draft for a district that its household has is that proposal's. */
function changesOf(
  drafts: readonly ProposalDraft[],
  decided: readonly OpenProposal[],
  weightsVersion: number,
): Changes {
  const waiting = new Map(decided.map((proposal) => [districtKey(proposal), proposal]));
  const made: ProposalDraft[] = [];
  const changed: Rewritten[] = [];
  for (const draft of drafts) {
    const old = waiting.get(districtKey(draft));
    waiting.delete(districtKey(draft));
    if (old === undefined) made.push(draft);
    else if (!saysTheSame(old, draft, weightsVersion)) changed.push(inPlaceOf(old, draft));
  }
  return { made, changed, superseded: [...waiting.values()] };
}

const districtKey = ({ householdId, districtKato }: { householdId: string; districtKato: string }): string =>
  `${householdId} ${districtKato}`;

/** Drafts made before the event loop gets a turn. */
const DRAFTS_AT_ONCE = 100;

/** Each allotment as the proposal that it would be. Belongs before the transaction, for it takes its time and holds no lock. */
export async function draftsOf(
  allotments: readonly Allotment[],
  snapshot: Snapshot,
): Promise<Map<Allotment, ProposalDraft>> {
  const alternatives = new Map<string, ReturnType<typeof localAlternativeOf>>();
  const drafts = new Map<Allotment, ProposalDraft>();
  for (const [i, allotment] of allotments.entries()) {
    if (i % DRAFTS_AT_ONCE === 0) await nextTurn();
    const { householdId, plan } = allotment;
    const household = snapshot.ranker.household(householdId)!;
    let local = alternatives.get(householdId);
    if (local === undefined) alternatives.set(householdId, (local = localAlternativeOf(household, snapshot)));
    drafts.set(allotment, draftOf(household, plan, local, snapshot));
  }
  return drafts;
}

/** A draft in the place of a waiting proposal, with the version it is written over. */
function inPlaceOf(proposal: OpenProposal, draft: ProposalDraft): Rewritten {
  const placements = draft.placements.map((placement) => ({ ...placement, proposalId: proposal.id }));
  return { ...draft, id: proposal.id, version: proposal.version, placements };
}

export function draftContext({ version, proposals }: Weights, runId: string | null, at: Date): DraftContext {
  const dueOn = addWorkingDays(dateInKazakhstan(at), proposals.dueWorkingDays, isKazakhHoliday);
  return { runId, weightsVersion: version, dueOn, at };
}

/** One audit line for each proposal that a run changed alike. */
export function auditProposals(
  tx: EntityManager,
  proposals: readonly { id: string; regionCode: string; version?: number }[],
  change: { action: AuditAction; from: string | null; to: string; reason?: string; at: Date; weightsVersion: number },
): Promise<void> {
  const { action, from, to, reason = null, at, weightsVersion } = change;
  return recordAudits(
    tx,
    proposals.map(({ id, regionCode, version = 0 }) => ({
      at,
      actor: ACTOR,
      regionCode,
      subject: 'proposal',
      subjectId: id,
      action,
      from,
      to,
      reason,
      details: { version: version + 1, weightsVersion },
    })),
  );
}
