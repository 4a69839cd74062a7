import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { type Asked, notingRefusals } from '../audit/refusals.js';
import { inTransaction } from '../database/transaction.js';
import type { ProposalStatus } from '../matching/proposal-states.js';
import type { Weights } from '../matching/core/weights.js';
import { Proposal } from '../matching/proposal.entity.js';
import { WEIGHTS } from '../matching/weights.provider.js';
import { type Actor, seesRegion } from '../shared/access.js';
import { reach } from '../shared/permissions.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { isUuid } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import {
  type Decision,
  type ProposalState,
  holdsClaim,
  isRepeated,
  lockSeen,
  refuseDecision,
  refuseHeldByAnother,
  refuseOldVersion,
  stateOf,
} from './decision-rules.js';
import { type ProposalChange, changeProposal, lockProposal } from './proposal-change.js';
import { nextInQueue, regionOfProposal } from './queue.queries.js';
import { lockQuota } from './quota.service.js';
import { type Untruth, brokenPlacements, personsIn, takenBackBy, wishesRuleOut } from './truth.js';
import { WithdrawalService } from './withdrawal.service.js';

/** How long a claim holds. */
export const LEASE_MINUTES = 15;

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
    @Inject(WEIGHTS) private readonly weights: Weights,
  ) {}

  /** Takes a proposal for the officer alone until the lease runs out. The holder's further claims renew the lease. */
  async claim(actor: Actor, id: string, version?: number): Promise<ProposalState> {
    return this.change(actor, id, async (tx, proposal, at) => {
      if (holdsClaim(actor, proposal, at)) return this.extend(tx, proposal);
      refuseHeldByAnother(actor, proposal, at);
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

  /** Gives a claim back: the proposal waits, or is returned as it was before the claim. A supervisor may give back another's. */
  async release(actor: Actor, id: string): Promise<ProposalState> {
    return this.change(actor, id, async (tx, proposal, at) => {
      if (proposal.status !== 'claimed') throw new Problem('proposal.not_claimed', 409);
      if (reach(actor, 'queue.take_over') === 'none') refuseHeldByAnother(actor, proposal, at);
      // Only a question to the household leaves a proposal both decided and open.
      const action = proposal.decidedAt === null ? 'release' : 'put_back';
      return changeProposal(tx, proposal, { action, actor, at });
    });
  }

  /** Lengthens the officer's own claim. Changes no version: the officer's page stays current. */
  async renew(actor: Actor, id: string): Promise<ProposalState> {
    return this.change(actor, id, async (tx, proposal, at) => {
      refuseHeldByAnother(actor, proposal, at);
      if (proposal.claimedBy !== actor.id) throw new Problem('proposal.not_claimed', 409);
      if (!holdsClaim(actor, proposal, at)) throw new Problem('proposal.lease_expired', 409);
      return this.extend(tx, proposal);
    });
  }

  /**
   * Approves: the household is told through its region's queue. What the proposal says, and whether the household still
   * wishes it, is checked again under the lock;
   * where it is no longer true the proposal is withdrawn instead and the approval refused with `proposal.<what broke>`.
   */
  async approve(actor: Actor, id: string, decision: Decision): Promise<ProposalState> {
    const decide = async (tx: EntityManager, asked: (one: Asked) => void): Promise<Outcome> => {
      const regionCode = isUuid(id) ? await regionOfProposal(tx, id) : undefined;
      if (regionCode !== undefined && seesRegion(actor, regionCode)) await lockQuota(tx, regionCode);
      const at = this.clock.now();
      const proposal = await lockSeen(tx, actor, id);
      asked({ actor, subject: 'proposal', subjectId: id, regionCode: proposal.regionCode });
      if (isRepeated(actor, proposal, 'approved', decision)) return { proposal };
      refuseDecision(actor, proposal, decision, at);
      return this.approveIfTrue(tx, proposal, { action: 'approve', actor, at });
    };
    const outcome = await this.noting((asked) => inTransaction(this.dataSource, (tx) => decide(tx, asked)));
    if ('untrue' in outcome) throw new Problem(`proposal.${outcome.untrue}`, 409);
    return stateOf(outcome.proposal);
  }

  /** Approves a locked proposal, or withdraws it when it is no longer true. */
  async approveIfTrue(tx: EntityManager, proposal: Proposal, change: ProposalChange): Promise<Outcome> {
    const takenBack = await takenBackBy(tx, proposal.householdId);
    if (takenBack !== null) {
      await this.withdrawals.withdraw(tx, proposal, takenBack, change.actor, []);
      return { untrue: takenBack === 'consent_withdrawn' ? 'consent_missing' : takenBack };
    }
    const lost = await brokenPlacements(tx, [proposal.id], dateInKazakhstan(change.at));
    const [first] = lost;
    if (first !== undefined) {
      await this.withdrawals.withdraw(tx, proposal, first.broken, change.actor, lost);
      await this.withdrawals.requestMatch(tx, proposal.householdId);
      return { untrue: first.broken };
    }
    if (await wishesRuleOut(tx, proposal, this.weights)) {
      await this.withdrawals.withdraw(tx, proposal, 'wish_changed', change.actor, []);
      await this.withdrawals.requestMatch(tx, proposal.householdId, 'household.changed');
      return { untrue: 'wish_changed' };
    }
    const persons = await personsIn(tx, proposal.householdId);
    if (persons === proposal.persons) return { proposal: await changeProposal(tx, proposal, change) };
    // The household has grown or shrunk since; the quota counts those who come.
    await tx.update(Proposal, { id: proposal.id }, { persons });
    const details = { ...change.details, persons, personsBefore: proposal.persons };
    return { proposal: await changeProposal(tx, Object.assign(proposal, { persons }), { ...change, details }) };
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
    return this.change(actor, id, (tx, proposal, at) => {
      if (isRepeated(actor, proposal, target, decision)) return proposal;
      refuseDecision(actor, proposal, decision, at);
      const { reason = null, note = null } = decision;
      return changeProposal(tx, proposal, { action, actor, at, reason, note });
    });
  }

  private async change(
    actor: Actor,
    id: string,
    work: (tx: EntityManager, proposal: Proposal, at: Date) => Proposal | Promise<Proposal>,
  ): Promise<ProposalState> {
    const change = async (tx: EntityManager, asked: (one: Asked) => void): Promise<ProposalState> => {
      const proposal = await lockSeen(tx, actor, id);
      asked({ actor, subject: 'proposal', subjectId: id, regionCode: proposal.regionCode });
      return stateOf(await work(tx, proposal, this.clock.now()));
    };
    return this.noting((asked) => inTransaction(this.dataSource, (tx) => change(tx, asked)));
  }

  /** A step that the table does not allow stands in the audit log. */
  private noting<Result>(work: (asked: (one: Asked) => void) => Promise<Result>): Promise<Result> {
    return notingRefusals(this.dataSource, () => this.clock.now(), work);
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + LEASE_MINUTES * 60_000);
  }

  private take(tx: EntityManager, actor: Actor, proposal: Proposal): Promise<Proposal> {
    return changeProposal(tx, proposal, {
      action: 'claim',
      actor,
      at: this.clock.now(),
      claimedUntil: this.leaseEnd(),
    });
  }

  private async extend(tx: EntityManager, proposal: Proposal): Promise<Proposal> {
    const claimedUntil = this.leaseEnd();
    await tx.update(Proposal, { id: proposal.id }, { claimedUntil });
    return Object.assign(proposal, { claimedUntil });
  }
}
