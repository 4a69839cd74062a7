import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In, Not } from 'typeorm';
import { type AuditAction, recordAudit } from '../audit/audit.js';
import { isTaken } from '../database/transaction.js';
import { askForMatch } from '../households/household-record.js';
import { recordEvent } from '../outbox/outbox.js';
import {
  type QuotaBalance,
  openBalance,
  releasePlaces,
  reservePlaces,
  resizePlaces,
  takePlaces,
} from '../programme/quota-ledger.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import type { ApplicationReason } from './application-reasons.js';
import {
  type ApplicationAction,
  type ApplicationState,
  OPEN_APPLICATION_STATES,
  OWNER_OF,
  RESERVED_STATES,
  stateAfter,
} from './application-states.js';
import { ApplicationStep } from './application-step.entity.js';
import { Application } from './application.entity.js';
import { householdNow, nextWaitOrder, nextWaiting, quotaKeyOf } from './applications.queries.js';
import { deadlineFrom, readDeadlines } from './deadlines.js';

/** Who acts: a token's or account's id, or the name of the rule or job. */
export interface StepActor {
  id: string;
  role: string;
}

export interface ApplicationChange {
  action: ApplicationAction;
  actor: StepActor;
  at: Date;
  reason?: ApplicationReason | null;
  note?: string | null;
  /** With `extend`: the new due date. */
  dueOn?: string;
  /** With `arrive`. */
  arrivedOn?: string;
  /** With `settle`: it puts back what a return recorded by mistake had ended. The household is told nothing: nothing has happened. */
  restores?: true;
}

/** `transition.illegal` (409) with what it was asked of. */
export class IllegalStep extends Problem {
  constructor(
    readonly application: Application,
    readonly action: string,
  ) {
    super('transition.illegal', 409, { from: application.state, action });
  }
}

/** An application that is on its way, or that the household has moved by. */
const BEYOND_INTEREST: ApplicationState[] = [
  ...OPEN_APPLICATION_STATES.filter((state) => state !== 'interested'),
  'settled',
];

/** The program itself, which goes through the order of the waiting. */
const QUOTA_ORDER: StepActor = { id: 'quota-order', role: 'system' };

/**
 * The only way an application changes: by its table, with its version, its step, its audit line, its event and what it does to
 * the ledger, in the caller's transaction, as the program itself (`asSystemWithin`). The balance of its region is locked before
 * the application, by everybody, and at the end the first of the waiting get the places that are free.
 */
@Injectable()
export class ApplicationFlow {
  readonly deadlines = readDeadlines();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  today(): string {
    return dateInKazakhstan(this.clock.now());
  }

  /** Does `work` with an application locked and its region's balance opened, then lets the waiting move up. Error: `application.unknown` (404). */
  async locked<Result>(
    tx: EntityManager,
    id: string,
    actor: StepActor,
    work: (application: Application, balance: QuotaBalance) => Promise<Result>,
  ): Promise<Result> {
    const key = await quotaKeyOf(tx, id);
    if (key === undefined) throw new Problem('application.unknown', 404);
    const at = this.clock.now();
    const balance = await openBalance(tx, key, dateInKazakhstan(at), { actor: actor.id, at });
    const application = await tx.findOneOrFail(Application, { where: { id }, lock: { mode: 'pessimistic_write' } });
    const result = await work(application, balance);
    await this.moveUp(tx, balance, at);
    return result;
  }

  /** The interest in an approved proposal, from which a household may apply. */
  async start(
    tx: EntityManager,
    of: { householdId: string; proposalId: string; regionCode: string },
    actor: StepActor,
    at: Date,
  ): Promise<Application> {
    const household = await householdNow(tx, of.householdId);
    if (household === undefined) throw new Problem('household.none', 409);
    const day = dateInKazakhstan(at);
    const application: Application = {
      id: newId(),
      ...of,
      homeRegionCode: household.homeRegionCode,
      category: 'settlers',
      persons: household.persons,
      state: 'interested',
      owner: OWNER_OF.interested,
      dueOn: deadlineFrom(this.deadlines, 'interested', day)!.dueOn,
      reason: null,
      note: null,
      jobLostAt: null,
      jobLostReason: null,
      waitOrder: null,
      quotaYear: null,
      interestedAt: at,
      appliedAt: null,
      forwardedAt: null,
      decidedAt: null,
      waitingSince: null,
      reservedAt: null,
      contractedAt: null,
      arrivedOn: null,
      endedAt: null,
      stateSince: at,
      version: 1,
      createdAt: at,
      updatedAt: at,
    };
    await tx.insert(Application, application);
    await this.note(tx, application, 'start', null, { actor, at });
    return application;
  }

  /** A step with what it does to the ledger. `decide` of the centre is `approve` here: without a place left it becomes `wait`. */
  async carryOut(
    tx: EntityManager,
    balance: QuotaBalance,
    application: Application,
    change: ApplicationChange,
  ): Promise<Application> {
    const hand = { actor: change.actor.id, at: change.at };
    const to = stateAfter(application.state, change.action);
    if (to === undefined) throw new IllegalStep(application, change.action);
    if (change.action === 'approve') return this.approve(tx, balance, application, change);
    if (change.action === 'contract' || change.action === 'arrive') await this.recount(tx, balance, application, hand);
    if (RESERVED_STATES.has(application.state) && !RESERVED_STATES.has(to)) {
      if (change.action === 'arrive') await takePlaces(tx, application.id, hand);
      else await releasePlaces(tx, balance, application.id, change.reason ?? null, hand);
    }
    return this.step(tx, application, change);
  }

  /** Gives the places that are free to the first of the waiting; one that does not fit is overtaken by nobody. */
  async moveUp(tx: EntityManager, balance: QuotaBalance, at: Date): Promise<number> {
    let moved = 0;
    while (balance.left > 0) {
      const first = await nextWaiting(tx, balance);
      if (first === undefined) break;
      const application = await tx.findOneByOrFail(Application, { id: first.id });
      const change: ApplicationChange = { action: 'approve', actor: QUOTA_ORDER, at };
      if (!(await this.reserve(tx, balance, application, change))) break;
      moved += 1;
    }
    return moved;
  }

  private async approve(
    tx: EntityManager,
    balance: QuotaBalance,
    application: Application,
    change: ApplicationChange,
  ): Promise<Application> {
    // Who waits already is served first, however few persons this household is.
    if ((await nextWaiting(tx, balance)) === undefined && (await this.reserve(tx, balance, application, change))) {
      return application;
    }
    return this.step(tx, application, { ...change, action: 'wait' }, { waitOrder: await nextWaitOrder(tx) });
  }

  private async reserve(
    tx: EntityManager,
    balance: QuotaBalance,
    application: Application,
    change: ApplicationChange,
  ): Promise<boolean> {
    const { id, householdId } = application;
    // The household may have grown or shrunk since it applied; the quota counts those who come.
    const persons = (await householdNow(tx, householdId))?.persons ?? application.persons;
    if (persons !== application.persons) {
      await tx.update(Application, { id }, { persons });
      application.persons = persons;
    }
    const hand = { actor: change.actor.id, at: change.at };
    if (!(await reservePlaces(tx, balance, { applicationId: id, householdId, persons }, hand))) return false;
    await this.step(tx, application, change, { quotaYear: balance.year, reservedAt: change.at });
    return true;
  }

  /** A child may be born, or somebody stay behind, between decision and arrival: the ledger follows as far as the quota has places. */
  private async recount(
    tx: EntityManager,
    balance: QuotaBalance,
    application: Application,
    hand: { actor: string; at: Date },
  ): Promise<void> {
    const persons = (await householdNow(tx, application.householdId))?.persons ?? application.persons;
    if (persons === application.persons) return;
    if (!(await resizePlaces(tx, balance, application.id, persons, hand))) return;
    await tx.update(Application, { id: application.id }, { persons });
    application.persons = persons;
  }

  private async step(
    tx: EntityManager,
    application: Application,
    change: ApplicationChange,
    more: Partial<Application> = {},
  ): Promise<Application> {
    const { action, at, reason = null, note = null } = change;
    const from = application.state;
    const to = stateAfter(from, action);
    if (to === undefined) throw new IllegalStep(application, action);
    const day = dateInKazakhstan(at);
    const owner = OWNER_OF[to];
    // The year after the arrival begins with it, whenever it is noted.
    const begins = to === 'arrived' ? (application.arrivedOn ?? change.arrivedOn ?? day) : day;
    const after: Partial<Application> = {
      state: to,
      owner,
      dueOn: owner === null ? null : (change.dueOn ?? deadlineFrom(this.deadlines, to, begins)!.dueOn),
      // Why a return is taken back is the centre's own note of the step: the household reads that it has arrived, as before.
      ...(action === 'take_back' ? { reason: null, note: null } : { reason, note }),
      // An extended wait goes on where it stood.
      ...(action !== 'extend' && { stateSince: at, waitOrder: null }),
      ...datesOf(application, to, change),
      ...more,
      version: application.version + 1,
      updatedAt: at,
    };
    try {
      await tx.update(Application, { id: application.id }, after);
    } catch (error) {
      if (isTaken(error, 'application_open_once')) {
        throw new Problem(action === 'take_back' ? 'application.moved_on' : 'application.open_already', 409);
      }
      throw error;
    }
    Object.assign(application, after);
    await this.note(tx, application, action === 'ask' ? 'ask_papers' : action, from, change);
    // Whoever went back may be matched at once, and whoever did not no more.
    if (action === 'return' || action === 'take_back') await askForMatch(tx, application.householdId, at);
    if (await this.isUntold(tx, application)) return application;
    const payload = { applicationId: application.id, proposalId: application.proposalId };
    // The centre's working day begins.
    if (action === 'apply') {
      const handedIn = { applicationId: application.id };
      await recordEvent(tx, { topic: 'application.handed_in', regionCode: null, payload: handedIn }, at);
    }
    // The ledger of arrivals follows.
    if (action === 'arrive' || action === 'take_back') {
      const arrived = { applicationId: application.id };
      await recordEvent(tx, { topic: 'application.arrived', regionCode: null, payload: arrived }, at);
    }
    // A return that never was is no news, and the words of the state, of an arrival or a year after it, would be of another day.
    if (action === 'take_back' || change.restores) return application;
    await recordEvent(tx, { topic: 'application.changed', regionCode: application.regionCode, payload }, at);
    return application;
  }

  /**
   * They did it themselves on the match's page, or are told of the match; and whose application to somewhere else is on its way, or has
   * led there, waits for no word of a mere interest.
   */
  private async isUntold(tx: EntityManager, { id, householdId, reason }: Application): Promise<boolean> {
    if (reason === 'interest_withdrawn' || reason === 'match_withdrawn') return true;
    if (reason !== 'interest_lapsed') return false;
    return tx.existsBy(Application, { id: Not(id), householdId, state: In(BEYOND_INTEREST) });
  }

  /** The step for the household and its centre, and the line of the audit log. */
  private async note(
    tx: EntityManager,
    application: Application,
    action: AuditAction,
    from: ApplicationState | null,
    { actor, at, reason = null, note = null }: Pick<ApplicationChange, 'actor' | 'at' | 'reason' | 'note'>,
  ): Promise<void> {
    const { id, householdId, regionCode, state, owner, dueOn, version, persons, waitOrder } = application;
    await tx.insert(ApplicationStep, {
      id: newId(),
      applicationId: id,
      householdId,
      regionCode,
      action,
      fromState: from,
      toState: state,
      owner,
      dueOn,
      reason,
      note,
      at,
      actor: actor.id,
      actorRole: actor.role,
    });
    await recordAudit(tx, {
      at,
      actor,
      regionCode,
      subject: 'application',
      subjectId: id,
      action,
      from,
      to: state,
      reason,
      details: { version, persons, proposalId: application.proposalId, ...(waitOrder !== null && { waitOrder }) },
    });
  }

  /** The job that it was made for is gone: the household and the centre are told; the places stay reserved until somebody decides. */
  async loseJob(tx: EntityManager, application: Application, reason: string, actor: StepActor): Promise<void> {
    const at = this.clock.now();
    const after = { jobLostAt: at, jobLostReason: reason, version: application.version + 1, updatedAt: at };
    await tx.update(Application, { id: application.id }, after);
    Object.assign(application, after);
    await this.note(tx, application, 'lose_job', application.state, { actor, at });
    const payload = { applicationId: application.id, proposalId: application.proposalId };
    await recordEvent(tx, { topic: 'application.job_lost', regionCode: application.regionCode, payload }, at);
  }
}

/** The dates that a step leaves behind; of applying, forwarding and deciding the first counts. */
function datesOf(
  application: Application,
  to: ApplicationState,
  { action, at, arrivedOn }: ApplicationChange,
): Partial<Application> {
  const { appliedAt, forwardedAt, decidedAt } = application;
  const isDecision = action === 'approve' || action === 'wait' || action === 'refuse';
  return {
    ...(action === 'apply' && { appliedAt: appliedAt ?? at }),
    ...(action === 'forward' && { forwardedAt: forwardedAt ?? at }),
    ...(isDecision && { decidedAt: decidedAt ?? at }),
    ...(action === 'wait' && { waitingSince: at }),
    // Whatever was heard of the post before: the contract is what counts.
    ...(action === 'contract' && { contractedAt: at, jobLostAt: null, jobLostReason: null }),
    ...(action === 'arrive' && { arrivedOn: arrivedOn ?? dateInKazakhstan(at) }),
    ...(OWNER_OF[to] === null && { endedAt: at }),
    ...(action === 'take_back' && { endedAt: null }),
  };
}
