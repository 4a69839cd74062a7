import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, Not } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import { eachAlone } from '../queue/each-alone.js';
import { isOutage } from '../queue/outage.js';
import { RegionProposalService } from '../matching/region-proposal.service.js';
import type { SecondChanceWish } from '../matching/snapshot.service.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { LOSSES, type Loss } from './outcome-kinds.js';
import {
  type ArrivalState,
  arrivalState,
  lapsedChances,
  searchingChances,
  seekersWithoutLoss,
} from './outcomes.queries.js';
import { TRY_AGAIN_MS, approvedInVain } from '../matching/second-chance-dates.js';
import { SecondChance } from './second-chance.entity.js';

const AT_ONCE = 50;

interface ChangeActor {
  id: string;
  role: string;
}
const CALENDAR: ChangeActor = { id: 'follow-up', role: 'system' };

/**
 * A household that lost its job or its home after it had arrived is matched again inside the region: the best proposal goes into the same
 * region's queue, marked as a second chance. Where there is none it is looked for each day, until the household says that it has found
 * something, or has gone back.
 */
@Injectable()
export class SecondChancesService {
  private readonly logger = new Logger(SecondChancesService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly proposals: RegionProposalService,
  ) {}

  /** Opens one, or adds to the one that is open, in the caller's transaction; the search itself follows by its event's job. */
  async open(tx: EntityManager, arrival: ArrivalState, lost: readonly Loss[], actor: ChangeActor): Promise<void> {
    const at = this.clock.now();
    const { arrivalId, householdId, regionCode } = arrival;
    const standing = await tx.findOne(SecondChance, {
      where: { arrivalId, state: Not('ended') },
      lock: { mode: 'pessimistic_write' },
    });
    if (standing !== null) {
      await tx.update(SecondChance, { id: standing.id }, { lost: [...new Set([...standing.lost, ...lost])] });
      return;
    }
    const id = newId();
    const row = { id, arrivalId, householdId, regionCode, lost: [...lost], state: 'searching' as const, openedAt: at };
    await tx.insert(SecondChance, { ...row, proposalId: null, triedAt: null, endedAt: null, endedReason: null });
    await recordEvent(tx, { topic: 'settling.told', regionCode: null, payload: { arrivalId } }, at);
    await audit(
      tx,
      { id, regionCode },
      { actor, action: 'create', from: null, to: 'searching', reason: lostCode(lost), at },
    );
  }

  /**
   * What of the open one's losses is missing still, in the caller's transaction: once a home is found again, posts without one count too,
   * and it is looked for at once.
   */
  async narrow(tx: EntityManager, arrivalId: string, missing: readonly Loss[], actor: ChangeActor): Promise<void> {
    const at = this.clock.now();
    const standing = await tx.findOne(SecondChance, {
      where: { arrivalId, state: Not('ended') },
      lock: { mode: 'pessimistic_write' },
    });
    if (standing === null || standing.lost.every((one) => missing.includes(one))) return;
    const still = standing.lost.filter((one) => missing.includes(one));
    const lost = still.length > 0 ? still : [...missing];
    const again = standing.state === 'searching' ? { triedAt: null } : {};
    await tx.update(SecondChance, { id: standing.id }, { lost, ...again });
    await recordEvent(tx, { topic: 'settling.told', regionCode: null, payload: { arrivalId } }, at);
    const { state } = standing;
    await audit(tx, standing, { actor, action: 'change', from: state, to: state, reason: lostCode(lost), at });
  }

  /** Ends the open one, if any, in the caller's transaction; what it proposed and nobody took is taken back by its event's job. */
  async end(tx: EntityManager, arrivalId: string, reason: 'found' | 'returned'): Promise<void> {
    const at = this.clock.now();
    const standing = await tx.findOne(SecondChance, {
      where: { arrivalId, state: Not('ended') },
      lock: { mode: 'pessimistic_write' },
    });
    if (standing === null) return;
    await tx.update(SecondChance, { id: standing.id }, { state: 'ended', endedAt: at, endedReason: reason });
    if (standing.proposalId !== null) {
      const payload = { proposalId: standing.proposalId };
      await recordEvent(tx, { topic: 'second_chance.over', regionCode: null, payload }, at);
    }
    await audit(tx, standing, { actor: CALENDAR, action: 'close', from: standing.state, to: 'ended', reason, at });
  }

  /** Looks again for a household that had not gone back after all, in the caller's transaction. */
  async resume(tx: EntityManager, arrivalId: string): Promise<void> {
    const at = this.clock.now();
    const last = await tx.findOne(SecondChance, {
      where: { arrivalId },
      order: { openedAt: 'DESC', id: 'DESC' },
      lock: { mode: 'pessimistic_write' },
    });
    if (last === null || last.endedReason !== 'returned') return;
    const again = { state: 'searching', triedAt: null, endedAt: null, endedReason: null } as const;
    await tx.update(SecondChance, { id: last.id }, again);
    await audit(tx, last, { actor: CALENDAR, action: 'release', from: 'ended', to: 'searching', reason: null, at });
  }

  /** Tries everyone who searches and was not tried lately; answers how many got a proposal. */
  async search(): Promise<number> {
    const since = new Date(this.clock.now().getTime() - TRY_AGAIN_MS);
    let found = 0;
    const tryOne = async ({ id }: { id: string }): Promise<void> => {
      try {
        if (await inTransaction(this.dataSource, (tx) => this.try(tx, id))) found += 1;
      } catch (error) {
        // Its turn comes again tomorrow: those that cannot be tried do not keep all others waiting. An outage is no try.
        const { manager } = this.dataSource;
        if (!isOutage(error)) {
          await manager.update(SecondChance, { id, state: 'searching' }, { triedAt: this.clock.now() });
        }
        throw error;
      }
    };
    const nameOf = ({ id }: { id: string }): string => `The second chance ${id} could not be looked for`;
    const lapsed = await lapsedChances(this.dataSource, approvedInVain(this.clock.now()));
    try {
      await eachAlone(lapsed, ({ id }) => this.searchAgain(id), this.logger, nameOf);
    } finally {
      // Without those whose proposal its event's job has still to withdraw: theirs is the next look.
      const searching = await searchingChances(this.dataSource, since, AT_ONCE);
      await eachAlone(searching, tryOne, this.logger, nameOf);
    }
    return found;
  }

  private async try(tx: EntityManager, id: string): Promise<boolean> {
    const at = this.clock.now();
    const chance = await tx.findOne(SecondChance, {
      where: { id, state: 'searching' },
      lock: { mode: 'pessimistic_write' },
    });
    const arrival = chance === null ? undefined : await arrivalState(tx, chance.arrivalId);
    if (chance === null || arrival === undefined) return false;
    const proposalId = await this.proposals.proposeInRegion(tx, {
      householdId: chance.householdId,
      regionCode: chance.regionCode,
      referredFromId: arrival.proposalId,
      secondChance: await wishOf(tx, chance),
    });
    if (proposalId === null) {
      await tx.update(SecondChance, { id }, { triedAt: at });
      return false;
    }
    await tx.update(SecondChance, { id }, { triedAt: at, state: 'proposed', proposalId });
    await audit(tx, chance, {
      actor: CALENDAR,
      action: 'propose',
      from: 'searching',
      to: 'proposed',
      reason: null,
      at,
    });
    return true;
  }

  /** The centre turned its proposal down, what it promised is gone, or the household has not taken it in time. */
  private async searchAgain(id: string): Promise<void> {
    await inTransaction(this.dataSource, async (tx) => {
      const chance = await tx.findOne(SecondChance, {
        where: { id, state: 'proposed' },
        lock: { mode: 'pessimistic_write' },
      });
      if (chance === null) return;
      const at = this.clock.now();
      await tx.update(SecondChance, { id }, { state: 'searching', triedAt: null });
      // Where the proposal is still open its post goes to others.
      const payload = { proposalId: chance.proposalId! };
      await recordEvent(tx, { topic: 'second_chance.over', regionCode: null, payload }, at);
      await audit(tx, chance, {
        actor: CALENDAR,
        action: 'release',
        from: 'proposed',
        to: 'searching',
        reason: null,
        at,
      });
    });
  }
}

/** `job`, `home` or `job_and_home`, in whatever order they were lost. */
const lostCode = (lost: readonly Loss[]): string => LOSSES.filter((one) => lost.includes(one)).join('_and_');

/**
 * Who has work keeps it: a lost job is looked for of those alone who look for one. A lost home may take all of them to another district, so
 * that whoever seeks work is looked for.
 */
async function wishOf(
  tx: EntityManager,
  { arrivalId, lost, openedAt }: Pick<SecondChance, 'arrivalId' | 'lost' | 'openedAt'>,
): Promise<SecondChanceWish> {
  const needsHome = lost.includes('home');
  const exceptSeekers = needsHome ? [] : await seekersWithoutLoss(tx, arrivalId);
  return { needsHome, exceptSeekers, since: openedAt };
}

function audit(
  tx: EntityManager,
  { id, regionCode }: { id: string; regionCode: string },
  line: {
    actor: ChangeActor;
    action: 'create' | 'change' | 'propose' | 'release' | 'close';
    from: string | null;
    to: string;
    reason: string | null;
    at: Date;
  },
): Promise<void> {
  return recordAudit(tx, { ...line, regionCode, subject: 'second_chance', subjectId: id });
}
