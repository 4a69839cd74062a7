import type { EntityManager } from 'typeorm';
import type { ProposalStatus } from '../matching/proposal-states.js';
import type { Proposal } from '../matching/proposal.entity.js';
import { type Actor, seesRegion } from '../shared/access.js';
import { timeInKazakhstan } from '../shared/clock.js';
import { isUuid } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { lockProposal } from './proposal-change.js';
import type { ReasonCode } from './reasons.js';

/** A decision, and the version of the proposal that it was made on. */
export interface Decision {
  version: number;
  reason?: ReasonCode | null;
  note?: string | null;
}

/** What every answer to a change says of the proposal. */
export interface ProposalState {
  id: string;
  status: ProposalStatus;
  version: number;
  claimedUntil: Date | null;
  reason: string | null;
}

export function stateOf({ id, status, version, claimedUntil, reason }: Proposal): ProposalState {
  return { id, status, version, claimedUntil, reason };
}

/** The proposal, locked, when the actor may see it; otherwise the same `proposal.unknown` as for one that does not exist. */
export async function lockSeen(tx: EntityManager, actor: Actor, id: string): Promise<Proposal> {
  const proposal = isUuid(id) ? await lockProposal(tx, id) : null;
  if (proposal === null || !seesRegion(actor, proposal.regionCode)) throw new Problem('proposal.unknown', 404);
  return proposal;
}

/** True while a claim has not run out. */
export function isClaimLive(proposal: Proposal, at: Date): boolean {
  return proposal.claimedUntil !== null && proposal.claimedUntil > at;
}

/** True while the actor has the proposal for themselves. */
export function holdsClaim(actor: Actor, proposal: Proposal, at: Date): boolean {
  return proposal.claimedBy === actor.id && isClaimLive(proposal, at);
}

/** Refuses with `proposal.claimed_by_another` while another officer's claim lives. */
export function refuseHeldByAnother(actor: Actor, proposal: Proposal, at: Date): void {
  const { claimedBy, claimedUntil } = proposal;
  if (claimedBy === null || claimedBy === actor.id || claimedUntil === null || !isClaimLive(proposal, at)) return;
  throw new Problem('proposal.claimed_by_another', 409, { until: timeInKazakhstan(claimedUntil) });
}

/** Refuses with `proposal.changed_meanwhile` what was decided on another version than the one that stands. */
export function refuseOldVersion(proposal: Proposal, version: number): void {
  const { status } = proposal;
  if (proposal.version !== version) {
    throw new Problem('proposal.changed_meanwhile', 409, { status, version: proposal.version });
  }
}

/** A decision needs the version it was made on and either nobody's claim or the officer's own living one. */
export function refuseDecision(actor: Actor, proposal: Proposal, decision: Decision, at: Date): void {
  refuseHeldByAnother(actor, proposal, at);
  refuseOldVersion(proposal, decision.version);
  if (proposal.status === 'claimed' && !isClaimLive(proposal, at)) throw new Problem('proposal.lease_expired', 409);
}

/** The very decision that stands, sent once more by the officer who made it: on the version before, with the same reason and note. */
export function isRepeated(actor: Actor, proposal: Proposal, target: ProposalStatus, decision: Decision): boolean {
  return (
    proposal.status === target &&
    proposal.decidedBy === actor.id &&
    proposal.version === decision.version + 1 &&
    proposal.reason === (decision.reason ?? null) &&
    proposal.note === (decision.note ?? null)
  );
}
