import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { asSystem } from '../database/scope.js';
import { inTransaction } from '../database/transaction.js';
import { ownHouseholdOf } from '../households/dismissal.service.js';
import { Proposal } from '../matching/proposal.entity.js';
import { type Actor, seesRegion } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import type { Activity, Answer, Loss } from './outcome-kinds.js';
import { arrivalState, insertOutcomes, placedPeople } from './outcomes.queries.js';
import { SecondChance } from './second-chance.entity.js';
import { SecondChancesService } from './second-chances.service.js';

/** Who says that a job was taken: a reader of the site, or whoever answers by a link. */
type TakenBy = Pick<Actor, 'id'> & { role: string };

/**
 * The job of a second chance was taken: the proposal is fulfilled, so that a vacancy which closes because they work there takes nothing
 * back; the chance ends well; and how the people are now is written down, so that a job lost again opens a new one. What the job does not
 * give back, work for another adult who lost theirs or a lost home, is looked for on as a chance of its own.
 */
@Injectable()
export class TakenChancesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly chances: SecondChancesService,
  ) {}

  /** The household says it of its own. Errors: `household.none`, `second_chance.none`, `second_chance.not_approved` (409). */
  async own(actor: Actor): Promise<void> {
    const householdId = ownHouseholdOf(actor);
    // Proposal, chance and outcomes are written together; the household is the caller's own.
    await asSystem(() =>
      inTransaction(this.dataSource, async (tx) => {
        const chance = await tx.findOne(SecondChance, {
          where: { householdId, state: 'proposed' },
          lock: { mode: 'pessimistic_write' },
        });
        if (chance === null) throw new Problem('second_chance.none', 409);
        await this.take(tx, chance, actor, 'household');
      }),
    );
  }

  /** The region's centre notes it. Errors: `proposal.unknown` (404), `second_chance.none`, `second_chance.not_approved` (409). */
  async noted(actor: Actor, proposalId: string): Promise<void> {
    // As above; the region is asked before anything is written.
    await asSystem(() =>
      inTransaction(this.dataSource, async (tx) => {
        const proposal = await tx.findOneBy(Proposal, { id: proposalId });
        if (proposal === null || !seesRegion(actor, proposal.regionCode)) throw new Problem('proposal.unknown', 404);
        const chance = await tx.findOne(SecondChance, {
          where: { proposalId, state: 'proposed' },
          lock: { mode: 'pessimistic_write' },
        });
        if (chance === null) throw new Problem('second_chance.none', 409);
        await this.take(tx, chance, actor, 'centre');
      }),
    );
  }

  /**
   * An answer on how they are says that the approved job was taken, in the caller's transaction, which has written down how everybody is.
   * Answers what is looked for on; null where no approved job waits for them (any more), and nothing has changed.
   */
  async told(
    tx: EntityManager,
    arrivalId: string,
    answer: Extract<Answer, { stays: true }>,
    actor: TakenBy,
  ): Promise<Loss[] | null> {
    const chance = await tx.findOne(SecondChance, {
      where: { arrivalId, state: 'proposed' },
      lock: { mode: 'pessimistic_write' },
    });
    if (chance === null || !(await this.fulfil(tx, chance, actor))) return null;
    return left(chance.lost, answer.adults, answer.housing === 'housed');
  }

  private async take(
    tx: EntityManager,
    chance: SecondChance,
    actor: Actor,
    via: 'household' | 'centre',
  ): Promise<void> {
    const at = this.clock.now();
    const { arrivalId, householdId, regionCode, lost } = chance;
    if (!(await this.fulfil(tx, chance, actor))) throw new Problem('second_chance.not_approved', 409);
    const placed = await placedPeople(tx, arrivalId, chance.proposalId!);
    // The home may have been lost when this job was proposed already: only posts that all come with one give it back.
    const homeFound =
      lost.includes('home') && placed.length > 0 && placed.every(({ housing }) => housing === 'provided');
    await insertOutcomes(
      tx,
      { arrivalId, householdId, regionCode, followUpId: null, via, toldOn: dateInKazakhstan(at), at, by: actor.id },
      [
        ...placed.map(({ personId }) => ({ id: newId(), personId, kind: 'employed' as const, reason: null })),
        ...(homeFound ? [{ id: newId(), personId: null, kind: 'housed' as const, reason: null }] : []),
      ],
    );
    const arrival = (await arrivalState(tx, arrivalId))!;
    const losses = left(lost, arrival.adults, homeFound);
    if (losses.length > 0) await this.chances.open(tx, arrival, losses, actor);
  }

  /** Ends the chance as taken; false, and nothing is changed, where what it proposed is not approved. */
  private async fulfil(
    tx: EntityManager,
    { id, proposalId, regionCode }: SecondChance,
    actor: TakenBy,
  ): Promise<boolean> {
    const at = this.clock.now();
    const proposal = await tx.findOneOrFail(Proposal, {
      where: { id: proposalId! },
      lock: { mode: 'pessimistic_write' },
    });
    if (proposal.status !== 'approved') return false;
    await tx.update(Proposal, { id: proposal.id }, { fulfilledAt: at });
    await tx.update(SecondChance, { id }, { state: 'ended', endedAt: at, endedReason: 'taken' });
    await recordAudit(tx, {
      at,
      actor,
      regionCode,
      subject: 'second_chance',
      subjectId: id,
      action: 'close',
      from: 'proposed',
      to: 'ended',
      reason: 'taken',
      details: { proposalId: proposal.id },
    });
    return true;
  }
}

/** Of what was lost, what the taken job has not given back. */
function left(lost: readonly Loss[], adults: readonly { activity: Activity | null }[], homeFound: boolean): Loss[] {
  const seeksOn = adults.some(({ activity }) => activity === 'looking');
  return lost.filter((one) => (one === 'job' ? seeksOn : !homeFound));
}
