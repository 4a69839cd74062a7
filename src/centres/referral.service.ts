import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { type Asked, notingRefusals } from '../audit/refusals.js';
import { asSystem, asSystemWithin } from '../database/scope.js';
import { firstRow } from '../database/sql.js';
import { inTransaction, sqlState } from '../database/transaction.js';
import { PROPOSAL_STATES } from '../matching/proposal-states.js';
import { RegionProposalService } from '../matching/region-proposal.service.js';
import { Proposal } from '../matching/proposal.entity.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { nextState } from '../shared/transitions.js';
import { openIn, regionExists, regionsByScore } from './queue.queries.js';
import { type Decision, type ProposalState, isRepeated, lockSeen, refuseDecision, stateOf } from './decision-rules.js';
import { changeProposal } from './proposal-change.js';
import { takenBackBy } from './truth.js';

/** A proposal handed over, and the one that goes on in the other region. */
export interface Referral extends ProposalState {
  referredToId: string;
}

/** The proposal of the other region was made by a match run at the same moment. */
const UNIQUE_VIOLATION = '23505';

/**
 * Hands a household over to another region, where it goes on in that region's queue: with the open proposal that it has
 * there, otherwise with the best one that the matcher finds there now. Where there is neither, the referral is refused and
 * the proposal stays as it is, so that no household is lost between two centres. All of it is one transaction.
 */
@Injectable()
export class ReferralService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly proposals: RegionProposalService,
  ) {}

  /**
   * Where else a household is proposed to move, the best match first, so that a referral begins with it. The officer sees the names
   * of the regions alone.
   */
  bestElsewhere(householdId: string, regionCode: string): Promise<string[]> {
    return asSystem(() => regionsByScore(this.dataSource, householdId, regionCode));
  }

  async refer(actor: Actor, id: string, toRegion: string, decision: Decision): Promise<Referral> {
    const refer = (): Promise<Referral> =>
      notingRefusals(
        this.dataSource,
        () => this.clock.now(),
        (asked) => inTransaction(this.dataSource, (tx) => this.referWithin(tx, actor, id, toRegion, decision, asked)),
      );
    try {
      return await refer();
    } catch (error) {
      if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
      return refer();
    }
  }

  /**
   * The same in the caller's transaction, which notes a refused step of the proposal that it is told is `asked` of. A match run that
   * proposes the same district meanwhile fails it.
   */
  async referWithin(
    tx: EntityManager,
    actor: Actor,
    id: string,
    toRegion: string,
    decision: Decision,
    asked?: (one: Asked) => void,
  ): Promise<Referral> {
    const at = this.clock.now();
    const proposal = await lockSeen(tx, actor, id);
    asked?.({ actor, subject: 'proposal', subjectId: id, regionCode: proposal.regionCode });
    if (isRepeated(actor, proposal, 'referred', decision)) {
      const before = await referralOf(tx, proposal.id);
      if (before?.toRegion === toRegion) return { ...stateOf(proposal), referredToId: before.referredToId };
    }
    refuseDecision(actor, proposal, decision, at);
    // Before anything is looked for elsewhere: what is over is refused as that.
    nextState(PROPOSAL_STATES, proposal.status, 'refer');
    if (toRegion === proposal.regionCode) throw new Problem('proposal.same_region', 422);
    if (!(await regionExists(tx, toRegion))) throw new Problem('centre.region_unknown', 422, { region: toRegion });
    // The household goes on in a queue that the officer does not see; only the new proposal's id comes back.
    const referredToId = await asSystemWithin(tx, async () => {
      // The household stays as it is until the new proposal stands: who withdraws its consent finds that one too.
      const takenBack = await takenBackBy(tx, proposal.householdId);
      if (takenBack !== null)
        throw new Problem(takenBack === 'wish_changed' ? 'proposal.move_unwished' : 'proposal.consent_missing', 409);
      return (await this.takeUp(tx, actor, proposal, toRegion, at)) ?? (await this.propose(tx, proposal, toRegion));
    });
    const { reason = null, note = null } = decision;
    const details = { toRegion, referredToId };
    const referred = await changeProposal(tx, proposal, { action: 'refer', actor, at, reason, note, details });
    return { ...stateOf(referred), referredToId };
  }

  /** The open proposal the household already has there: marked as referred, its state and its place in the queue stay. */
  private async takeUp(
    tx: EntityManager,
    actor: Actor,
    proposal: Proposal,
    toRegion: string,
    at: Date,
  ): Promise<string | undefined> {
    const there = await openIn(tx, proposal.householdId, toRegion);
    if (there === undefined) return undefined;
    await tx.query('update proposal set referred_from_id = coalesce(referred_from_id, $2) where id = $1', [
      there.id,
      proposal.id,
    ]);
    await recordAudit(tx, {
      at,
      actor,
      regionCode: toRegion,
      subject: 'proposal',
      subjectId: there.id,
      action: 'take_referral',
      from: there.status,
      to: there.status,
      details: { referredFromId: proposal.id },
    });
    return there.id;
  }

  private async propose(tx: EntityManager, proposal: Proposal, toRegion: string): Promise<string> {
    const wish = { householdId: proposal.householdId, regionCode: toRegion, referredFromId: proposal.id };
    const id = await this.proposals.proposeInRegion(tx, wish);
    if (id === null) throw new Problem('proposal.no_match_there', 409, { region: toRegion });
    return id;
  }
}

function referralOf(tx: EntityManager, id: string): Promise<{ toRegion: string; referredToId: string } | undefined> {
  return firstRow(
    tx,
    `select details->>'toRegion' as "toRegion", details->>'referredToId' as "referredToId" from audit_entry
     where subject = 'proposal' and subject_id = $1 and action = 'refer'`,
    [id],
  );
}
