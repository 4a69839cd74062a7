import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { ApplicationFlow } from '../applications/application-flow.service.js';
import { APPLICATION_TABLE, type ApplicationState } from '../applications/application-states.js';
import { shareIdOf, shareToken } from '../applications/share-token.js';
import { type Asked, notingRefusals } from '../audit/refusals.js';
import { CONFIG, type Config } from '../config/config.js';
import { asSystem, asSystemWithin } from '../database/scope.js';
import { firstRow } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { ownHouseholdOf } from '../households/dismissal.service.js';
import { MOVED } from '../matching/market.queries.js';
import { eachAlone } from '../queue/each-alone.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { FollowUp } from './follow-up.entity.js';
import type { FollowUpMonth } from './follow-up-dates.js';
import { type FollowUpState, OPEN_FOLLOW_UPS } from './follow-up-states.js';
import { changeFollowUp, lockFollowUp, refuseOldVersion, reopenFollowUp } from './follow-ups.service.js';
import {
  type Answer,
  type ReturnReason,
  applicationReasonOf,
  lossesIn,
  missingIn,
  returnReasonOf,
} from './outcome-kinds.js';
import {
  type ArrivalState,
  type ChanceRow,
  type NewOutcome,
  arrivalOfHousehold,
  arrivalState,
  chancesOfHousehold,
  followUpsOfHousehold,
  insertCorrection,
  insertOutcomes,
  isErased,
  peopleOf,
  returnsNoted,
  returnsTakenBack,
} from './outcomes.queries.js';
import { TRY_AGAIN_MS, takeBy } from '../matching/second-chance-dates.js';
import { SecondChancesService } from './second-chances.service.js';
import { TakenChancesService } from './taken-chances.service.js';

/** Follow-up links are signed for themselves: a share link's signature opens none. */
const PURPOSE = 'follow-up' as const;

/** What a household sees of how it is getting on. */
export interface Settling {
  arrival: ArrivalState;
  followUps: { id: string; months: FollowUpMonth; dueOn: string; answerBy: string; state: FollowUpState }[];
  chances: ChanceView[];
}

/** A chance as its household sees it. */
export interface ChanceView extends Omit<ChanceRow, 'takeFrom'> {
  /** The last day on which an approved job may be taken before it is looked for another, `YYYY-MM-DD`; null: none is approved. */
  takeBy: string | null;
}

/** The follow-up that a link names. */
export interface LinkedFollowUp {
  id: string;
  months: FollowUpMonth;
  state: FollowUpState;
  arrival: ArrivalState;
}

/** Who says how a household is, by which way, and which follow-up it answers. */
export interface Told {
  actor: { id: string; role: string };
  via: 'household' | 'centre';
  /** Null: the household tells by itself, between follow-ups. */
  followUp: FollowUp | null;
}

/**
 * How people are, as they or an officer who called them say it. Answers are only ever added; each ends the follow-up that asked, and one
 * that tells of a lost job or home opens a second chance in the same transaction. Nothing here is read by the matcher.
 */
@Injectable()
export class AnswersService {
  private readonly logger = new Logger(AnswersService.name);
  private readonly secret: Buffer;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly chances: SecondChancesService,
    private readonly takenChances: TakenChancesService,
    private readonly flow: ApplicationFlow,
    @Inject(CONFIG) config: Config,
  ) {
    if (!config.authSecret) throw new Error('The secret of accounts is not configured.');
    this.secret = config.authSecret;
  }

  /** The caller's own household; null before it has arrived. Error: `household.none` (409). */
  async own(actor: Actor): Promise<Settling | null> {
    const householdId = ownHouseholdOf(actor);
    // The titles of the jobs they came for stand in rows that they may read; one question for all of it is the program's.
    return asSystem(async () => {
      const arrival = await arrivalOfHousehold(this.dataSource, householdId);
      if (arrival === undefined) return null;
      const followUps = (await followUpsOfHousehold(this.dataSource, householdId)).filter(
        ({ arrivalId }) => arrivalId === arrival.arrivalId,
      );
      const chances = await chancesOfHousehold(this.dataSource, householdId, TRY_AGAIN_MS);
      return {
        arrival,
        followUps,
        chances: chances.map(({ takeFrom, ...chance }) => ({
          ...chance,
          takeBy: takeFrom === null ? null : takeBy(takeFrom),
        })),
      };
    });
  }

  /**
   * What the caller's own household says; it ends every follow-up that has been asked. Errors: `household.none` (409),
   * `settling.not_arrived` (409), those of `record`.
   */
  async tell(actor: Actor, answer: Answer): Promise<void> {
    const householdId = ownHouseholdOf(actor);
    // Outcome, follow-up and second chance are written together; the household is the caller's own.
    await asSystem(() =>
      inTransaction(this.dataSource, async (tx) => {
        const arrival = await arrivalOfHousehold(tx, householdId);
        if (arrival === undefined) throw new Problem('settling.not_arrived', 409);
        const open = await openAsked(tx, arrival.arrivalId);
        await this.record(tx, arrival, answer, { actor, via: 'household', followUp: open.at(-1) ?? null });
        for (const earlier of open.slice(0, -1)) await this.endAnswered(tx, earlier, { actor, via: 'household' });
      }),
    );
  }

  /** The follow-up of a link that a notice carried. Error: `follow_up.link_unknown` (404). */
  async linked(token: string): Promise<LinkedFollowUp> {
    const id = shareIdOf(token, this.secret, PURPOSE);
    // Whoever holds the link is nobody to the database; its signature says that the program sent it to the household.
    const found = await asSystem(async () => {
      const followUp = id === null ? null : await this.dataSource.manager.findOneBy(FollowUp, { id });
      const arrival = followUp === null ? undefined : await arrivalState(this.dataSource, followUp.arrivalId);
      if (followUp === null || arrival === undefined) return null;
      return { id: followUp.id, months: followUp.months, state: followUp.state, arrival };
    });
    if (found === null) throw new Problem('follow_up.link_unknown', 404);
    return found;
  }

  /** The same by the link. Errors: `follow_up.link_unknown` (404), `follow_up.over` (409), those of `tell`. */
  async tellByLink(token: string, answer: Answer): Promise<void> {
    const { id } = await this.linked(token);
    await asSystem(() =>
      inTransaction(this.dataSource, async (tx) => {
        const followUp = await tx.findOneOrFail(FollowUp, { where: { id }, lock: { mode: 'pessimistic_write' } });
        if (!isOpen(followUp)) throw new Problem('follow_up.over', 409);
        const arrival = (await arrivalState(tx, followUp.arrivalId))!;
        await this.record(tx, arrival, answer, { actor: BY_LINK, via: 'household', followUp });
      }),
    );
  }

  /**
   * What an officer was told on the phone. Errors: `follow_up.unknown` (404), `follow_up.over` (409),
   * `follow_up.changed_meanwhile` (409), those of `record`.
   */
  async recordCall(actor: Actor, id: string, version: number, answer: Answer): Promise<void> {
    const record = async (tx: EntityManager, asked: (one: Asked) => void): Promise<void> => {
      const followUp = await lockFollowUp(tx, actor, id);
      asked({ actor, subject: 'follow_up', subjectId: id, regionCode: followUp.regionCode });
      if (!isOpen(followUp)) throw new Problem('follow_up.over', 409, { from: followUp.state, action: 'answer' });
      refuseOldVersion(followUp, version);
      // Ends with a proposal of the second chance, which the matcher writes.
      await asSystemWithin(tx, async () => {
        const arrival = (await arrivalState(tx, followUp.arrivalId))!;
        await this.record(tx, arrival, answer, { actor, via: 'centre', followUp });
      });
    };
    await notingRefusals(
      this.dataSource,
      () => this.clock.now(),
      (asked) => inTransaction(this.dataSource, (tx) => record(tx, asked)),
    );
  }

  /** How the household of a follow-up stands, for its centre. */
  async ofFollowUp(actor: Actor, id: string): Promise<ArrivalState> {
    const found = await firstRow<{ arrivalId: string; regionCode: string }>(
      this.dataSource,
      'select arrival_id as "arrivalId", region_code as "regionCode" from follow_up where id = $1',
      [id],
    );
    const seen = found !== undefined && (actor.regionCode === null || actor.regionCode === found.regionCode);
    const arrival = seen ? await arrivalState(this.dataSource, found.arrivalId) : undefined;
    if (arrival === undefined) throw new Problem('follow_up.unknown', 404);
    return arrival;
  }

  /**
   * Enters the returns that centres noted on applications, as the program itself; answers how many. One that cannot be entered keeps
   * no other from it; its fault is thrown after them.
   */
  async noteReturns(): Promise<number> {
    const found = await returnsNoted(this.dataSource);
    const nameOf = ({ arrivalId }: { arrivalId: string }): string => `The return of ${arrivalId} could not be entered`;
    await eachAlone(found, (noted) => this.noteReturn(noted), this.logger, nameOf);
    return found.length;
  }

  /** Enters the returns that centres have taken back on the application; answers how many. */
  async noteTakenBack(): Promise<number> {
    const found = await returnsTakenBack(this.dataSource);
    const takeBack = ({ arrivalId }: { arrivalId: string }): Promise<void> =>
      inTransaction(this.dataSource, async (tx) => {
        const arrival = await this.arrivalWhere(tx, arrivalId, (state) => hasCome(state));
        if (arrival === null || !arrival.returned) return;
        const at = this.clock.now();
        await insertCorrection(tx, arrival, at);
        // Of who has erased themselves only the count is set right: nobody asks them, and nothing is looked for.
        if (await isErased(tx, arrival.householdId)) return;
        const closed = await tx.find(FollowUp, {
          where: { arrivalId, state: 'closed', closedReason: 'returned' },
          lock: { mode: 'pessimistic_write' },
        });
        for (const followUp of closed) await reopenFollowUp(tx, followUp, { actor: NOTED, at });
        await this.chances.resume(tx, arrivalId);
      });
    const nameOf = ({ arrivalId }: { arrivalId: string }): string =>
      `The return of ${arrivalId} could not be taken back`;
    await eachAlone(found, takeBack, this.logger, nameOf);
    return found.length;
  }

  private async noteReturn({ arrivalId, reason }: { arrivalId: string; reason: string | null }): Promise<void> {
    await inTransaction(this.dataSource, async (tx) => {
      const arrival = await this.arrivalWhere(tx, arrivalId, (state) => state === 'returned');
      if (arrival === null || arrival.returned) return;
      const answer = { stays: false, reason: returnReasonOf(reason) } as const;
      await this.record(tx, arrival, answer, { actor: NOTED, via: 'centre', followUp: null });
    });
  }

  /**
   * An arrival, where its application stands as is expected; null: it does no more. Locked first, with its quota as every step locks
   * them, so that what a centre says meanwhile comes after.
   */
  private async arrivalWhere(
    tx: EntityManager,
    arrivalId: string,
    expected: (state: ApplicationState) => boolean,
  ): Promise<ArrivalState | null> {
    const { applicationId } = (await arrivalState(tx, arrivalId))!;
    const { state } = await this.flow.locked(tx, applicationId, NOTED, (application) => Promise.resolve(application));
    return expected(state) ? (await arrivalState(tx, arrivalId))! : null;
  }

  /** The address, without its language, at which a household answers a follow-up in two taps, without signing in. */
  linkOf(followUpId: string): string {
    return `/settling/${shareToken(followUpId, this.secret, PURPOSE)}`;
  }

  /**
   * The same in the caller's transaction, as the program itself. Errors: `settling.returned` (409), `settling.adults_differ` (422), and
   * `settling.took_job_missing` (422, with the field) where an approved job waits for them and it is not said whether they took it.
   */
  async record(tx: EntityManager, arrival: ArrivalState, answer: Answer, told: Told): Promise<void> {
    if (arrival.returned) throw new Problem('settling.returned', 409);
    refuseOtherAdults(arrival, answer);
    refuseUnsaidJob(arrival, answer);
    const at = this.clock.now();
    const { arrivalId, householdId, regionCode } = arrival;
    const { actor, via, followUp } = told;
    const lines = await linesOf(tx, arrival, answer);
    const toldOn = dateInKazakhstan(at);
    const of = { arrivalId, householdId, regionCode, followUpId: followUp?.id ?? null, via, toldOn, at, by: actor.id };
    await insertOutcomes(tx, of, lines);
    if (followUp !== null) await this.endAnswered(tx, followUp, told);
    if (!answer.stays) {
      await this.closeAll(tx, arrivalId, actor, at);
      await this.chances.end(tx, arrivalId, 'returned');
      await this.endApplication(tx, arrival.applicationId, answer.reason, actor);
      return;
    }
    const before = new Map(arrival.adults.map(({ personId, activity }) => [personId, activity]));
    const placed = new Set(arrival.adults.filter(({ cameFor }) => cameFor !== null).map(({ personId }) => personId));
    const left = answer.tookJob === true ? await this.takenChances.told(tx, arrivalId, answer, actor) : null;
    const lost = [...new Set([...(left ?? []), ...lossesIn(answer, before, placed)])];
    if (lost.length > 0) await this.chances.open(tx, arrival, lost, actor);
    const missing = missingIn(answer);
    if (missing.length === 0) await this.chances.end(tx, arrivalId, 'found');
    else await this.chances.narrow(tx, arrivalId, missing, actor);
  }

  /** The application ends with it, also of who had settled, unless the centre was quicker: whoever is back may be matched and apply again. */
  private async endApplication(
    tx: EntityManager,
    applicationId: string,
    reason: ReturnReason,
    actor: Told['actor'],
  ): Promise<void> {
    await this.flow.locked(tx, applicationId, actor, async (application, balance) => {
      if (APPLICATION_TABLE[application.state].return === undefined) return;
      const change = { action: 'return', actor, at: this.clock.now(), reason: applicationReasonOf(reason) } as const;
      await this.flow.carryOut(tx, balance, application, change);
    });
  }

  private async endAnswered(
    tx: EntityManager,
    followUp: FollowUp,
    { actor, via }: Omit<Told, 'followUp'>,
  ): Promise<void> {
    const at = this.clock.now();
    await changeFollowUp(tx, followUp, { action: 'answer', actor, at, set: { answeredAt: at, via } });
  }

  /** Nobody is asked who has gone back. */
  private async closeAll(tx: EntityManager, arrivalId: string, actor: Told['actor'], at: Date): Promise<void> {
    const open = (await tx.find(FollowUp, { where: { arrivalId }, lock: { mode: 'pessimistic_write' } })).filter(
      isOpen,
    );
    for (const followUp of open) {
      const set = { closedAt: at, closedReason: 'returned' as const };
      await changeFollowUp(tx, followUp, { action: 'close', actor, at, reason: 'returned', set });
    }
  }
}

/** Who answers by a link has not said who they are; that the household was sent it is all that is known. */
export const BY_LINK = { id: 'follow-up-link', role: 'migrant' };

/** What a centre noted on the application is entered by the calendar's job. */
const NOTED = { id: 'follow-up', role: 'system' };

/** Of whose application says that they have come and not gone back. */
const hasCome = (state: ApplicationState): boolean => (MOVED as readonly ApplicationState[]).includes(state);

const isOpen = ({ state }: FollowUp): boolean => (OPEN_FOLLOW_UPS as readonly string[]).includes(state);

/** Follow-ups that have been asked and not answered, the oldest first, locked. */
async function openAsked(tx: EntityManager, arrivalId: string): Promise<FollowUp[]> {
  const all = await tx.find(FollowUp, {
    where: { arrivalId },
    order: { dueOn: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  return all.filter(({ state }) => state === 'asked' || state === 'unreached');
}

/** An answer names each adult who arrived, once. */
function refuseOtherAdults({ adults }: ArrivalState, answer: Answer): void {
  if (!answer.stays) return;
  const named = answer.adults.map(({ personId }) => personId).sort();
  const there = adults.map(({ personId }) => personId).sort();
  if (named.join() !== there.join()) throw new Problem('settling.adults_differ', 422);
}

/** Silence on an approved job would give it back: whoever says nothing is asked. */
function refuseUnsaidJob({ approvedJobs }: ArrivalState, answer: Answer): void {
  if (!answer.stays || answer.tookJob !== undefined || approvedJobs.length === 0) return;
  const code = 'settling.took_job_missing';
  throw new Problem(code, 422, {}, [{ field: 'tookJob', code }]);
}

async function linesOf(tx: EntityManager, { arrivalId }: ArrivalState, answer: Answer): Promise<NewOutcome[]> {
  if (!answer.stays) {
    const { reason } = answer;
    return (await peopleOf(tx, arrivalId)).map((personId) => ({ id: newId(), personId, kind: 'returned', reason }));
  }
  return [
    ...answer.adults.map(({ personId, activity }) => ({ id: newId(), personId, kind: activity, reason: null })),
    { id: newId(), personId: null, kind: answer.housing, reason: null },
  ];
}
