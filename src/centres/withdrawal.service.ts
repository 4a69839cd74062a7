import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, In, IsNull } from 'typeorm';
import { rows } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { Placement } from '../matching/placement.entity.js';
import { OPEN_PROPOSAL_STATUSES } from '../matching/proposal-states.js';
import { Proposal } from '../matching/proposal.entity.js';
import { recordEvent } from '../outbox/outbox.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { type ChangeActor, changeProposal } from './proposal-change.js';
import type { ReasonCode } from './reasons.js';
import { type BrokenPlacement, brokenPlacements, takenBackBy } from './truth.js';

/** Proposals withdrawn in one transaction: few enough that nobody waits long for their locks. */
const CHUNK = 100;
/** Households matched anew one by one; beyond that one run over all of them is cheaper. */
const MOST_SINGLE_MATCHES = 20;

const VACANCY_JOB: ChangeActor = { id: 'apply-vacancy-changes', role: 'system' };

/**
 * Takes back proposals that are no longer true. A proposal is withdrawn whole, even where only one of a couple's two jobs
 * is lost: what was promised to them was work for both in one place, and with one job gone the move must be weighed anew.
 * The same transaction asks for a new match of the household, so that the chance that remains comes back as a proposal
 * of its own.
 */
@Injectable()
export class WithdrawalService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Withdraws the open proposals whose promise is broken, as the vacancies are now: one that opened again in the meantime
   * breaks nothing. Looks at every open proposal whose vacancy differs from what was promised, whatever was changed and when:
   * many small changes, none of which breaks it, break a promise together. Answers how many it withdrew; a second run
   * withdraws none.
   */
  async applyVacancyChanges(): Promise<number> {
    const { manager } = this.dataSource;
    const touched = await proposalsTouched(manager, this.today());
    const broken = await brokenPlacements(manager, touched, this.today());
    const ids = [...new Set(broken.map(({ proposalId }) => proposalId))].sort();
    const single = ids.length <= MOST_SINGLE_MATCHES;
    let withdrawn = 0;
    for (let start = 0; start < ids.length; start += CHUNK) {
      const last = start + CHUNK >= ids.length;
      withdrawn += await inTransaction(this.dataSource, async (tx) => {
        // In the last transaction: a job that dies before it finds the rest when it runs again, and asks then.
        if (last && !single) await this.requestMatch(tx, null);
        return this.withdrawBroken(tx, ids.slice(start, start + CHUNK), single);
      });
    }
    return withdrawn;
  }

  /**
   * Withdraws every open proposal of a household, in all regions, where it has taken back its consent or its wish to move. Which of
   * them, its row says: both may have been given again, or the other one taken back too, before the job that tells of it ran.
   */
  async withdrawTakenBack(householdId: string, actor: ChangeActor): Promise<number> {
    return inTransaction(this.dataSource, async (tx) => {
      const reason = await takenBackBy(tx, householdId);
      return reason === null ? 0 : this.withdrawAll(tx, householdId, reason, actor);
    });
  }

  /** Withdraws every open proposal of a household, in all regions, because it asked for that. */
  withdrawAsked(householdId: string, actor: ChangeActor): Promise<number> {
    return inTransaction(this.dataSource, (tx) => this.withdrawAll(tx, householdId, 'household_asked', actor));
  }

  private async withdrawAll(
    tx: EntityManager,
    householdId: string,
    reason: ReasonCode,
    actor: ChangeActor,
  ): Promise<number> {
    const open = await this.lockOpen(tx, { householdId });
    for (const proposal of open) await this.withdraw(tx, proposal, reason, actor, []);
    return open.length;
  }

  /**
   * Withdraws the open proposals of a household that were made for other people than are in it now, and asks for a new match.
   * A proposal that a match run has rewritten since stands.
   */
  async withdrawChanged(householdId: string, actor: ChangeActor): Promise<number> {
    return inTransaction(this.dataSource, async (tx) => {
      const open = await this.lockOpen(tx, { householdId });
      const others = new Set(await madeForOthers(tx, householdId));
      const changed = open.filter(({ id }) => others.has(id));
      for (const proposal of changed) await this.withdraw(tx, proposal, 'household_changed', actor, []);
      if (changed.length > 0) await this.requestMatch(tx, householdId, 'household.changed');
      return changed.length;
    });
  }

  /** Withdraws the open proposals of what a household said it is not interested in, and asks for a new match. */
  async withdrawDismissed(householdId: string, actor: ChangeActor): Promise<number> {
    return inTransaction(this.dataSource, async (tx) => {
      const open = await this.lockOpen(tx, { householdId });
      const unwanted = new Set(await dismissedProposals(tx, householdId));
      const dismissed = open.filter(({ id }) => unwanted.has(id));
      for (const proposal of dismissed) await this.withdraw(tx, proposal, 'household_dismissed', actor, []);
      await this.requestMatch(tx, householdId, 'household.changed');
      return dismissed.length;
    });
  }

  /**
   * Withdraws what was proposed for a second chance that has ended, or that looks for another. What a household has taken is fulfilled
   * and stands.
   */
  async withdrawSecondChance(proposalId: string, actor: ChangeActor): Promise<number> {
    return inTransaction(this.dataSource, async (tx) => {
      const open = await this.lockOpen(tx, { id: proposalId });
      const [waits] = await rows(tx, `select 1 from second_chance where proposal_id = $1 and state = 'proposed'`, [
        proposalId,
      ]);
      if (waits !== undefined) return 0;
      for (const proposal of open) await this.withdraw(tx, proposal, 'second_chance_over', actor, []);
      return open.length;
    });
  }

  /** Of the proposals given, withdraws those that are open and broken. Locks them in the order of their ids. */
  private async withdrawBroken(tx: EntityManager, ids: string[], rematch: boolean): Promise<number> {
    const open = await this.lockOpen(tx, { id: In(ids) });
    const openIds = open.map(({ id }) => id);
    const broken = await brokenPlacements(tx, openIds, this.today());
    let withdrawn = 0;
    for (const proposal of open) {
      const lost = broken.filter(({ proposalId }) => proposalId === proposal.id);
      if (lost.length === 0) continue;
      await this.withdraw(tx, proposal, lost[0]!.broken, VACANCY_JOB, lost);
      if (rematch) await this.requestMatch(tx, proposal.householdId);
      withdrawn++;
    }
    return withdrawn;
  }

  /** Asks for a new match of one household, or with null of all. */
  async requestMatch(
    tx: EntityManager,
    householdId: string | null,
    reason: 'vacancies.changed' | 'household.changed' = 'vacancies.changed',
  ): Promise<void> {
    const payload = { reason, ...(householdId !== null && { householdId }) };
    await recordEvent(tx, { topic: 'match.requested', regionCode: null, payload }, this.clock.now());
  }

  /** Withdraws a locked proposal and all its placements; those not lost themselves go with the proposal. */
  async withdraw(
    tx: EntityManager,
    proposal: Proposal,
    reason: ReasonCode,
    actor: ChangeActor,
    lost: BrokenPlacement[],
  ): Promise<void> {
    const at = this.clock.now();
    for (const { placementId, broken } of lost) {
      await tx.update(Placement, { id: placementId }, { withdrawnAt: at, withdrawnReason: broken });
    }
    const rest: ReasonCode = lost.length > 0 ? 'partner_placement_lost' : reason;
    await tx.update(
      Placement,
      { proposalId: proposal.id, withdrawnAt: IsNull() },
      { withdrawnAt: at, withdrawnReason: rest },
    );
    const vacancyIds = lost.map(({ vacancyId }) => vacancyId);
    await changeProposal(tx, proposal, {
      action: 'withdraw',
      actor,
      at,
      reason,
      ...(vacancyIds.length > 0 && { details: { vacancyIds } }),
    });
  }

  private today(): string {
    return dateInKazakhstan(this.clock.now());
  }

  private lockOpen(tx: EntityManager, where: object): Promise<Proposal[]> {
    return tx.find(Proposal, {
      where: { ...where, status: In([...OPEN_PROPOSAL_STATUSES]), fulfilledAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }
}

/** Proposals of a household in a region or district, or on a vacancy, that it dismissed. */
async function dismissedProposals(tx: EntityManager, householdId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select p.id from proposal p
     where p.household_id = $1 and exists (
       select 1 from dismissal d where d.household_id = p.household_id and (
         d.region_code = p.region_code or d.district_kato = p.district_kato
         or exists (select 1 from placement pl
                    where pl.proposal_id = p.id and pl.withdrawn_at is null and pl.vacancy_id = d.vacancy_id)))`,
    [householdId],
  );
  return found.map(({ id }) => id);
}

/** Proposals of a household that place somebody who is no longer in it, or count another number of persons. */
async function madeForOthers(tx: EntityManager, householdId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select p.id from proposal p join household h on h.id = p.household_id
     where h.id = $1
       -- An application counts its persons anew itself: with the same adults at work it still has its jobs.
       and (p.persons <> h.children + h.other_members + (select count(*) from seeker s where s.household_id = h.id)
              and not exists (select from application a where a.proposal_id = p.id and a.ended_at is null and a.state <> 'interested')
            or exists (select 1 from placement pl join seeker s on s.id = pl.seeker_id
                       where pl.proposal_id = p.id and s.household_id is distinct from h.id))`,
    [householdId],
  );
  return found.map(({ id }) => id);
}

/**
 * Open proposals on a vacancy that is over or says another thing than was promised, for better or worse. Times of change are
 * not asked: a feed's are those of its beginning, and a proposal may be made between that and its commit.
 */
async function proposalsTouched(tx: EntityManager, today: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select distinct p.id
     from proposal p
     join placement pl on pl.proposal_id = p.id and pl.withdrawn_at is null
     join vacancy v on v.id = pl.vacancy_id
     where p.status = any($2::text[]) and p.fulfilled_at is null
       -- With a contract the post is theirs: a vacancy may well have closed because they take it.
       and not exists (select from application a
                       where a.proposal_id = p.id and a.state in ('contracted', 'arrived', 'settled', 'returned'))
       and (v.status = 'closed' or v.valid_until < $1::date
            or v.district_kato is distinct from pl.promise ->> 'districtKato'
            or v.pay_min_tenge is distinct from (pl.promise ->> 'payMinTenge')::int
            or v.pay_max_tenge is distinct from (pl.promise ->> 'payMaxTenge')::int
            or v.housing is distinct from pl.promise ->> 'housing'
            or v.employment is distinct from pl.promise ->> 'employment'
            or (pl.promise ? 'isco' and v.isco is distinct from pl.promise ->> 'isco'))`,
    [today, OPEN_PROPOSAL_STATUSES],
  );
  return found.map(({ id }) => id);
}
