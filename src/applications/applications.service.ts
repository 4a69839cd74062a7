import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { notingRefusals } from '../audit/refusals.js';
import { asSystemWithin } from '../database/scope.js';
import { rows } from '../database/sql.js';
import { inTransaction, isTaken } from '../database/transaction.js';
import { ownHouseholdOf } from '../households/dismissal.service.js';
import { hasMoved } from '../matching/market.queries.js';
import type { QuotaBalance } from '../programme/quota-ledger.js';
import { type Actor, seesRegion } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { isUuid } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { isWorkingDay } from '../shared/working-days.js';
import { ApplicationFlow, IllegalStep, type StepActor } from './application-flow.service.js';
import { type ApplicationReason, type ApplicationReasonUse, applicationReasonsFor } from './application-reasons.js';
import { type CentreAction, centreActionsIn, isBeforeYear } from './application-states.js';
import { Application } from './application.entity.js';
import { stateBeforeReturn, withdrawnUnder } from './applications.queries.js';
import { Interest } from './interest.entity.js';
import { lockApprovedPlacements } from './interests.queries.js';
import { refuseOthersMatch } from './interests.service.js';

/** What an officer does to an application, and the version that it was decided on. */
export interface CentreStep {
  action: CentreAction;
  version: number;
  reason?: ApplicationReason | null;
  note?: string | null;
  /** With `extend`, which needs it. */
  dueOn?: string;
  /** With `arrive`; today without. */
  arrivedOn?: string;
}

/** The actions that a reason must be given with. */
export const REASON_NEEDED: Partial<Record<CentreAction, ApplicationReasonUse>> = {
  ask: 'ask',
  refuse: 'refuse',
  extend: 'extend',
  return: 'return',
  take_back: 'take_back',
};

/** A wait may be lengthened again, each time by half a year at most. */
const LONGEST_EXTENSION_DAYS = 183;
const DAY_MS = 86_400_000;

/** What a household and its centre do to an application, each in one transaction. */
@Injectable()
export class ApplicationsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly flow: ApplicationFlow,
  ) {}

  /**
   * Applies for an approved proposal of one's own; said twice it stands once. A household has one application on its way at a time.
   * Errors: `match.unknown` (404), `match.not_approved`, `application.open_already`, `application.not_needed` (409: it has moved
   * already, and this is another job for it there), `household.none` (409).
   */
  async apply(actor: Actor, proposalId: string): Promise<string> {
    const householdId = ownHouseholdOf(actor);
    return this.audited(actor, (tx) =>
      asSystemWithin(tx, async () => {
        const [job] = isUuid(proposalId) ? await lockApprovedPlacements(tx, proposalId, householdId) : [];
        if (job === undefined) {
          await refuseOthersMatch(tx, proposalId, householdId);
          throw new Problem('match.not_approved', 409);
        }
        const at = this.clock.now();
        const known = await tx.findOneBy(Application, { proposalId, endedAt: IsNull() });
        if (known?.state !== 'arrived' && (await hasMoved(tx, householdId)))
          throw new Problem('application.not_needed', 409);
        const { id } =
          known ?? (await this.flow.start(tx, { householdId, proposalId, regionCode: job.regionCode }, actor, at));
        await this.flow.locked(tx, id, actor, async (application, balance) => {
          if (application.state !== 'interested') return;
          await this.flow.carryOut(tx, balance, application, { action: 'apply', actor, at });
        });
        return id;
      }),
    );
  }

  /** The papers that were asked for have been brought. Errors: `application.unknown` (404), `transition.illegal` (409). */
  bringPapers(actor: Actor, id: string): Promise<void> {
    return this.ofOwn(actor, id, async (tx, application, balance) => {
      if (application.state !== 'papers_missing') throw new IllegalStep(application, 'apply');
      await this.flow.carryOut(tx, balance, application, { action: 'apply', actor, at: this.clock.now() });
    });
  }

  /**
   * Takes one's application back, with its interest; a reserved place goes to the next. Errors: `application.unknown` (404),
   * `transition.illegal` (409), `application.reason_unfit` (422).
   */
  withdraw(actor: Actor, id: string, reason: ApplicationReason): Promise<void> {
    return this.ofOwn(actor, id, async (tx, application, balance) => {
      refuseUnfit(reason, 'withdraw');
      const at = this.clock.now();
      await this.flow.carryOut(tx, balance, application, { action: 'withdraw', actor, at, reason });
      await tx.update(
        Interest,
        { proposalId: application.proposalId, withdrawnAt: IsNull() },
        { withdrawnAt: at, sharedAt: null },
      );
    });
  }

  /**
   * A step of the centre. An illegal one is refused and stands in the audit log. Errors: `application.unknown` (404),
   * `application.changed_meanwhile` (409), `transition.illegal` (409), `application.reason_needed`, `application.reason_unfit`,
   * `application.due_invalid`, `application.arrival_invalid`, `application.settled_early` (422); `application.moved_on` (409): the
   * return was no mistake any more, its household has applied again.
   */
  async act(actor: Actor, id: string, step: CentreStep): Promise<Application> {
    return this.audited(actor, async (tx) => {
      await this.refuseUnseen(tx, actor, id);
      return asSystemWithin(tx, () =>
        this.flow.locked(tx, id, actor, async (application, balance) => {
          const { action, version, note = null } = step;
          if (application.version !== version) {
            const { state } = application;
            throw new Problem('application.changed_meanwhile', 409, { state, version: application.version });
          }
          if (!centreActionsIn(application.state).includes(action)) throw new IllegalStep(application, action);
          const use = REASON_NEEDED[action];
          if (use !== undefined) refuseUnfit(step.reason ?? null, use);
          const at = this.clock.now();
          if (action === 'settle') refuseBeforeYear(application, dateInKazakhstan(at));
          const left = action === 'take_back' ? await stateBeforeReturn(tx, id) : null;
          const changed = await this.flow.carryOut(tx, balance, application, {
            action: action === 'decide' ? 'approve' : action,
            actor,
            at,
            reason: use === undefined ? null : step.reason,
            note,
            ...(action === 'extend' && { dueOn: this.extension(application, step.dueOn) }),
            ...(action === 'arrive' && { arrivedOn: this.arrival(application, step.arrivedOn) }),
          });
          return left === 'settled'
            ? this.flow.carryOut(tx, balance, changed, { action: 'settle', actor, at, restores: true })
            : changed;
        }),
      );
    });
  }

  /** Every application of an erased household ends and gives its place back; those who have come stay counted. */
  async withdrawErased(householdId: string, actor: StepActor): Promise<number> {
    const open = await rows<{ id: string }>(
      this.dataSource,
      `select a.id from application a join household h on h.id = a.household_id
       where h.id = $1 and h.erased_at is not null and a.ended_at is null and a.state <> 'arrived'`,
      [householdId],
    );
    let withdrawn = 0;
    for (const { id } of open) {
      withdrawn += await inTransaction(this.dataSource, (tx) =>
        this.flow.locked(tx, id, actor, async (application, balance) => {
          if (application.endedAt !== null || application.state === 'arrived') return 0;
          const change = { action: 'withdraw', actor, at: this.clock.now(), reason: 'consent_withdrawn' } as const;
          await this.flow.carryOut(tx, balance, application, change);
          return 1;
        }),
      );
    }
    return withdrawn;
  }

  /**
   * After proposals were withdrawn: where nothing but interest was said the application ends with them; where papers are on their
   * way the household and the centre are told that the job is gone. Each in a transaction of its own: run again it finds what is
   * left. Answers how many it told.
   */
  async afterWithdrawals(actor: StepActor): Promise<number> {
    let told = 0;
    for (const { id } of await withdrawnUnder(this.dataSource)) {
      told += await inTransaction(this.dataSource, (tx) =>
        this.flow.locked(tx, id, actor, async (application, balance) => {
          // Somebody may have acted since the list was made.
          const [still] = await withdrawnUnder(tx, id);
          if (still === undefined) return 0;
          if (still.state === 'interested') {
            const change = { action: 'withdraw', actor, at: this.clock.now(), reason: 'match_withdrawn' } as const;
            await this.flow.carryOut(tx, balance, application, change);
          } else {
            await this.flow.loseJob(tx, application, still.reason ?? 'other', actor);
          }
          return 1;
        }),
      );
    }
    return told;
  }

  private async ofOwn(
    actor: Actor,
    id: string,
    work: (tx: EntityManager, application: Application, balance: QuotaBalance) => Promise<void>,
  ): Promise<void> {
    const householdId = ownHouseholdOf(actor);
    await this.audited(actor, async (tx) => {
      const own = isUuid(id) && (await tx.existsBy(Application, { id, householdId }));
      if (!own) throw new Problem('application.unknown', 404);
      await asSystemWithin(tx, () =>
        this.flow.locked(tx, id, actor, (application, balance) => work(tx, application, balance)),
      );
    });
  }

  /** Another region's application is answered as one that does not exist. */
  private async refuseUnseen(tx: EntityManager, actor: Actor, id: string): Promise<void> {
    const [found] = isUuid(id)
      ? await rows<{ regionCode: string }>(tx, 'select region_code as "regionCode" from application where id = $1', [
          id,
        ])
      : [];
    if (found === undefined || !seesRegion(actor, found.regionCode)) throw new Problem('application.unknown', 404);
  }

  /** One transaction; an illegal step, which undoes it, is noted after it. */
  private audited<Result>(actor: Actor, work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    return notingRefusals(
      this.dataSource,
      () => this.clock.now(),
      async (asked) => {
        try {
          // Two that apply for one proposal at once: the second finds the first's.
          return await inTransaction(this.dataSource, work, (error) => isTaken(error, 'application_of_proposal'));
        } catch (error) {
          if (error instanceof IllegalStep) {
            const { id: subjectId, regionCode } = error.application;
            asked({ actor, subject: 'application', subjectId, regionCode });
          }
          throw error;
        }
      },
    );
  }

  private extension(application: Application, dueOn: string | undefined): string {
    const today = dateInKazakhstan(this.clock.now());
    const latest = dateInKazakhstan(new Date(this.clock.now().getTime() + LONGEST_EXTENSION_DAYS * DAY_MS));
    const later = application.dueOn !== null && application.dueOn > today ? application.dueOn : today;
    if (dueOn === undefined || !isDate(dueOn) || dueOn <= later || dueOn > latest || !isWorkingDay(dueOn)) {
      throw new Problem('application.due_invalid', 422, { after: later, latest });
    }
    return dueOn;
  }

  private arrival(application: Application, arrivedOn: string | undefined): string {
    const today = dateInKazakhstan(this.clock.now());
    const day = arrivedOn ?? today;
    // The contract may be noted some days after the family has come: the day it applied is the first that cannot be wrong.
    const earliest = dateInKazakhstan(application.appliedAt ?? application.createdAt);
    if (!isDate(day) || day > today || day < earliest) {
      throw new Problem('application.arrival_invalid', 422, { earliest, latest: today });
    }
    return day;
  }
}

function refuseUnfit(reason: ApplicationReason | null, use: ApplicationReasonUse): void {
  if (reason === null) throw new Problem('application.reason_needed', 422, { use });
  if (!applicationReasonsFor(use).includes(reason)) throw new Problem('application.reason_unfit', 422, { reason, use });
}

function isDate(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Whoever has come is asked for a year how they are: nobody has settled before that. */
function refuseBeforeYear(application: Application, today: string): void {
  if (isBeforeYear(application, today)) {
    throw new Problem('application.settled_early', 422, { day: application.dueOn });
  }
}
