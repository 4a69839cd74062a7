import type { EntityManager } from 'typeorm';
import { recordAudits } from '../audit/audit.js';
import { analyzeAfterLoad } from '../database/analyze.js';
import { recordEvent } from '../outbox/outbox.js';
import { dateInKazakhstan } from '../shared/clock.js';
import { type Allotment, stillFitting } from './core/congestion.js';
import type { Weights } from './core/weights.js';
import { addWorkingDays, isKazakhHoliday } from './due-date.js';
import { draftOf, localAlternativeOf, saysTheSame, standingOf } from './proposal-draft.js';
import {
  type DraftContext,
  type OpenProposal,
  type ProposalDraft,
  insertProposals,
  lockWaitingProposals,
  openProposals,
  stillMoving,
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
  householdId: string | null;
  at: Date;
  snapshot: Snapshot;
  /** Waiting proposals that stay, then new ones. */
  allotments: readonly Allotment[];
}

const ACTOR = { id: 'rematch', role: 'system' };

/** Which open proposals a run decides on: waiting ones, neither referred nor told of, of its household where it has one. */
export function decidedAnew(householdId: string | null): (proposal: OpenProposal) => boolean {
  return ({ status, referred, told, householdId: owner }) =>
    status === 'waiting' && !referred && !told && (householdId === null || owner === householdId);
}

/**
 * Writes a run's outcome in the caller's transaction: proposals made, rewritten in their place where they say something else
 * now, and withdrawn, each with its audit line, and the event `proposals.made`. Answers what it changed.
 */
export async function writeRun(tx: EntityManager, run: ComputedRun, weights: Weights): Promise<MatchRunResult> {
  const { runId, reason, at, snapshot } = run;
  // An officer may have claimed a proposal while the run computed: what stands now decides.
  await lockWaitingProposals(tx);
  const open = await openProposals(tx);
  const drafts = await draftsThatFit(tx, run, open);
  const { made, changed, superseded } = changesOf(drafts, open.filter(decidedAnew(run.householdId)), weights.version);
  const context = draftContext(weights, runId, at);
  const gone = superseded.map(({ id }) => id);
  await withdrawSuperseded(tx, gone, ACTOR.id, at);
  await updateProposals(tx, changed, context);
  await insertProposals(tx, made, context);
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
  await auditProposals(tx, made, { ...line, action: 'propose', from: null, to: 'waiting' });
  await recordEvent(tx, { topic: 'proposals.made', regionCode: null, payload: { runId } }, at);
  return {
    runId,
    reason,
    weightsVersion: weights.version,
    asOf: at,
    households: snapshot.households.length,
    seekers: snapshot.households.reduce((sum, { seekers }) => sum + seekers.length, 0),
    vacancies: snapshot.offers.size,
    pairsScored: snapshot.ranker.pairsScored,
    proposalsMade: made.length,
    proposalsUpdated: changed.length,
    proposalsUnchanged: drafts.length - made.length - changed.length,
    proposalsWithdrawn: superseded.length,
  };
}

async function draftsThatFit(
  tx: EntityManager,
  { householdId, allotments, snapshot }: ComputedRun,
  open: readonly OpenProposal[],
): Promise<ProposalDraft[]> {
  // A household may have taken back its consent, or been erased, while the run computed: nothing is proposed to it any more.
  const moving = await stillMoving(tx, [...new Set(allotments.map((allotment) => allotment.householdId))]);
  const standing = standingOf(open, decidedAnew(householdId));
  const still = allotments.filter((allotment) => moving.has(allotment.householdId));
  return draftsOf(stillFitting(still, standing, snapshot.ranker, snapshot.scorer), snapshot);
}

type Rewritten = ProposalDraft & { version: number };

/** Drafts against the proposals that a run decides on: a draft for a district that its household has is that proposal's. */
function changesOf(
  drafts: readonly ProposalDraft[],
  decided: readonly OpenProposal[],
  weightsVersion: number,
): { made: ProposalDraft[]; changed: Rewritten[]; superseded: OpenProposal[] } {
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

function draftsOf(allotments: readonly Allotment[], snapshot: Snapshot): ProposalDraft[] {
  const alternatives = new Map<string, ReturnType<typeof localAlternativeOf>>();
  return allotments.map(({ householdId, plan }) => {
    const household = snapshot.ranker.household(householdId)!;
    let local = alternatives.get(householdId);
    if (local === undefined) alternatives.set(householdId, (local = localAlternativeOf(household, snapshot)));
    return draftOf(household, plan, local, snapshot);
  });
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
  change: { action: string; from: string | null; to: string; reason?: string; at: Date; weightsVersion: number },
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
