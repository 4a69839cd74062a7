import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { firstRow } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import type { ProposalStatus } from '../matching/proposal-states.js';
import { Proposal } from '../matching/proposal.entity.js';
import { type Actor, seesRegion } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { isUuid } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { nextInQueue } from './centres.queries.js';
import { type ProposalChange, changeProposal, lockProposal } from './proposal-change.js';
import type { ReasonCode } from './reasons.js';
import { type Untruth, brokenPlacements, householdConsents } from './truth.js';
import { WithdrawalService } from './withdrawal.service.js';

/** How long a claim holds. */
export const LEASE_MINUTES = 15;

/** What every answer to a change says of the proposal. */
export interface ProposalState {
  id: string;
  status: ProposalStatus;
  version: number;
  claimedUntil: Date | null;
  reason: string | null;
}

/** A decision, and the version of the proposal that it was made on. */
export interface Decision {
  version: number;
  reason?: ReasonCode | null;
  note?: string | null;
}

type Outcome = { proposal: Proposal } | { untrue: Untruth };

/**
 * What officers do to the proposals of their region, each in one transaction with the row locked. A decision is taken on a
 * version: of many at once one is taken and the others are refused. The same decision sent again by the same officer is
 * answered like the first time. A proposal of another region is answered as one that does not exist.
 */
@Injectable()
export class ReviewService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly withdrawals: WithdrawalService,
  ) {}

  /** Takes a proposal for the officer alone until the lease runs out. The holder's further claims renew the lease. */
  async claim(actor: Actor, id: string, version?: number): Promise<ProposalState> {
    return this.change(actor, id, async (tx, proposal) => {
      if (this.holds(actor, proposal)) return this.extend(tx, proposal);
      this.refuseHeldByAnother(actor, proposal);
      if (version !== undefined) refuseOldVersion(proposal, version);
      return this.take(tx, actor, proposal);
    });
  }

  /** Claims the first proposal of the queue that nobody works on; null when there is none. */
  async claimNext(actor: Actor, regionCode: string): Promise<ProposalState | null> {
    return inTransaction(this.dataSource, async (tx) => {
      const id = await nextInQueue(tx, regionCode, this.clock.now());
      const proposal = id === undefined ? null : await lockProposal(tx, id);
      return proposal === null ? null : stateOf(await this.take(tx, actor, proposal));
    });
  }

  /** Gives a claim back. A supervisor may give back another's. */
  async release(actor: Actor, id: string): Promise<ProposalState> {
    return this.change(actor, id, async (tx, proposal) => {
      if (proposal.status !== 'claimed') throw new Problem('proposal.not_claimed', 409);
      if (actor.role === 'officer') this.refuseHeldByAnother(actor, proposal);
      return changeProposal(tx, proposal, this.by(actor, { action: 'release' }));
    });
  }

  /** Lengthens the officer's own claim. Changes no version: the officer's page stays current. */
  async renew(actor: Actor, id: string): Promise<ProposalState> {
    return this.change(actor, id, async (tx, proposal) => {
      this.refuseHeldByAnother(actor, proposal);
      if (proposal.claimedBy !== actor.id) throw new Problem('proposal.not_claimed', 409);
      if (!this.holds(actor, proposal)) throw new Problem('proposal.lease_expired', 409);
      return this.extend(tx, proposal);
    });
  }

  /**
   * Approves: the household is told through its region's queue. What the proposal says is checked again under the lock;
   * where it is no longer true the proposal is withdrawn instead and the approval refused with `proposal.<what broke>`.
   */
  async approve(actor: Actor, id: string, decision: Decision): Promise<ProposalState> {
    const outcome = await inTransaction(this.dataSource, async (tx): Promise<Outcome> => {
      const proposal = await this.lockSeen(tx, actor, id);
      if (isRepeated(actor, proposal, 'approved', decision)) return { proposal };
      this.refuseDecision(actor, proposal, decision);
      return this.approveIfTrue(tx, proposal, this.by(actor, { action: 'approve' }));
    });
    if ('untrue' in outcome) throw new Problem(`proposal.${outcome.untrue}`, 409);
    return stateOf(outcome.proposal);
  }

  /** Approves a locked proposal, or withdraws it when it is no longer true. */
  async approveIfTrue(tx: EntityManager, proposal: Proposal, change: ProposalChange): Promise<Outcome> {
    if (!(await householdConsents(tx, proposal.householdId))) {
      await this.withdrawals.withdraw(tx, proposal, 'consent_withdrawn', change.actor, []);
      return { untrue: 'consent_missing' };
    }
    const lost = await brokenPlacements(tx, [proposal.id], dateInKazakhstan(change.at));
    const [first] = lost;
    if (first !== undefined) {
      await this.withdrawals.withdraw(tx, proposal, first.broken, change.actor, lost);
      await this.withdrawals.requestMatch(tx, { householdId: proposal.householdId });
      return { untrue: first.broken };
    }
    return { proposal: await changeProposal(tx, proposal, change) };
  }

  /** Asks the household for what is missing; the proposal stays theirs and can be claimed again. */
  async returnForInformation(actor: Actor, id: string, decision: Decision): Promise<ProposalState> {
    return this.decide(actor, id, 'return', 'returned', decision);
  }

  async reject(actor: Actor, id: string, decision: Decision): Promise<ProposalState> {
    return this.decide(actor, id, 'reject', 'rejected', decision);
  }

  private decide(
    actor: Actor,
    id: string,
    action: 'return' | 'reject',
    target: ProposalStatus,
    decision: Decision,
  ): Promise<ProposalState> {
    return this.change(actor, id, (tx, proposal) => {
      if (isRepeated(actor, proposal, target, decision)) return proposal;
      this.refuseDecision(actor, proposal, decision);
      const { reason = null, note = null } = decision;
      return changeProposal(tx, proposal, this.by(actor, { action, reason, note }));
    });
  }

  private async change(
    actor: Actor,
    id: string,
    work: (tx: EntityManager, proposal: Proposal) => Proposal | Promise<Proposal>,
  ): Promise<ProposalState> {
    return inTransaction(this.dataSource, async (tx) => stateOf(await work(tx, await this.lockSeen(tx, actor, id))));
  }

  private by(actor: Actor, change: Omit<ProposalChange, 'actor' | 'at'>): ProposalChange {
    return { ...change, actor: { id: actor.id, role: actor.role }, at: this.clock.now() };
  }

  /** The proposal, locked, when the actor may see it. */
  private async lockSeen(tx: EntityManager, actor: Actor, id: string): Promise<Proposal> {
    const proposal = isUuid(id) ? await lockProposal(tx, id) : null;
    if (proposal === null || !seesRegion(actor, proposal.regionCode)) throw new Problem('proposal.unknown', 404);
    return proposal;
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + LEASE_MINUTES * 60_000);
  }

  private isLive(proposal: Proposal): boolean {
    return proposal.claimedUntil !== null && proposal.claimedUntil > this.clock.now();
  }

  private holds(actor: Actor, proposal: Proposal): boolean {
    return proposal.claimedBy === actor.id && this.isLive(proposal);
  }

  private take(tx: EntityManager, actor: Actor, proposal: Proposal): Promise<Proposal> {
    return changeProposal(tx, proposal, this.by(actor, { action: 'claim', claimedUntil: this.leaseEnd() }));
  }

  private async extend(tx: EntityManager, proposal: Proposal): Promise<Proposal> {
    const claimedUntil = this.leaseEnd();
    await tx.update(Proposal, { id: proposal.id }, { claimedUntil });
    return Object.assign(proposal, { claimedUntil });
  }

  private refuseHeldByAnother(actor: Actor, proposal: Proposal): void {
    if (proposal.claimedBy === null || proposal.claimedBy === actor.id || !this.isLive(proposal)) return;
    throw new Problem('proposal.claimed_by_another', 409, { until: proposal.claimedUntil?.toISOString() ?? null });
  }

  /** A decision needs the version it was made on and either nobody's claim or the officer's own living one. */
  private refuseDecision(actor: Actor, proposal: Proposal, decision: Decision): void {
    this.refuseHeldByAnother(actor, proposal);
    refuseOldVersion(proposal, decision.version);
    if (proposal.status === 'claimed' && !this.isLive(proposal)) throw new Problem('proposal.lease_expired', 409);
  }
}

function refuseOldVersion(proposal: Proposal, version: number): void {
  const { status } = proposal;
  if (proposal.version !== version) {
    throw new Problem('proposal.changed_meanwhile', 409, { status, version: proposal.version });
  }
}

/** The very decision that stands, sent once more by the officer who made it: on the version before, for the same reason. */
function isRepeated(actor: Actor, proposal: Proposal, target: ProposalStatus, decision: Decision): boolean {
  return (
    proposal.status === target &&
    proposal.decidedBy === actor.id &&
    proposal.version === decision.version + 1 &&
    proposal.reason === (decision.reason ?? null)
  );
}

function stateOf({ id, status, version, claimedUntil, reason }: Proposal): ProposalState {
  return { id, status, version, claimedUntil, reason };
}
