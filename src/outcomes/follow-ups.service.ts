import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { type Asked, notingRefusals } from '../audit/refusals.js';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import { CLOCK, type Clock, dateInKazakhstan, timeInKazakhstan } from '../shared/clock.js';
import { type Actor, seesRegion } from '../shared/access.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import { Problem } from '../shared/problem.js';
import { isUuid } from '../shared/ids.js';
import { nextState } from '../shared/transitions.js';
import { enterArrivals } from './arrivals.queries.js';
import { FollowUp } from './follow-up.entity.js';
import { FOLLOW_UP_TRANSITIONS, type FollowUpAction, REOPENED } from './follow-up-states.js';
import {
  type FollowUpList,
  type FollowUpRow,
  dueFollowUps,
  followUpCounts,
  followUpRow,
  followUpsIn,
  overFollowUps,
} from './outcomes.queries.js';

/** Written in one transaction: few enough that nobody waits long for their locks. */
const CHUNK = 100;
/** Nobody is asked in the night: a message comes between these times of day in Kazakhstan. */
const ASKED_FROM = '09:00';
const ASKED_UNTIL = '20:00';

/** How what the calendar does stands in the audit log. */
export const CALENDAR = { id: 'follow-up', role: 'system' };

/** What one look at the calendar did. */
export interface CalendarLook {
  arrivals: number;
  asked: number;
  closed: number;
}

/** Follow-ups by the calendar and in the hands of their centre. */
@Injectable()
export class FollowUpsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Does everything whose day has come by the program's clock: enters new arrivals, asks whose follow-up is due, closes what nobody
   * answered. Done twice, the second look finds nothing; any number of processes may look.
   */
  async look(): Promise<CalendarLook> {
    const arrivals = await this.untilNone((tx) => enterArrivals(tx, this.clock.now(), CHUNK));
    const closed = await this.untilNone((tx) => this.closeOver(tx));
    const time = timeInKazakhstan(this.clock.now());
    const awake = time >= ASKED_FROM && time < ASKED_UNTIL;
    const asked = awake ? await this.untilNone((tx) => this.askDue(tx)) : 0;
    return { arrivals, asked, closed };
  }

  /** A region's follow-ups of a list, the earliest first. Error: `page.cursor_invalid` (400). */
  async list(
    regionCode: string,
    ask: { list: FollowUpList; cursor?: string; limit: number },
  ): Promise<Page<FollowUpRow>> {
    const { list, cursor, limit } = ask;
    const [dueOn, id] = cursor === undefined ? [] : decodeCursor(cursor, 2).map(String);
    if (cursor !== undefined && (!isUuid(id ?? '') || !/^\d{4}-\d{2}-\d{2}$/.test(dueOn ?? ''))) {
      throw new Problem('page.cursor_invalid', 400);
    }
    const after = cursor === undefined ? null : { dueOn: dueOn!, id: id! };
    const found = await followUpsIn(this.dataSource, {
      regionCode,
      today: this.today(),
      list,
      after,
      limit: limit + 1,
    });
    return toPage(
      found,
      limit,
      (row) => [row.dueOn, row.id],
      (row) => row,
    );
  }

  counts(regionCode: string): Promise<Record<FollowUpList, number>> {
    return followUpCounts(this.dataSource, regionCode, this.today());
  }

  /** One of a region that the actor sees. Error: `follow_up.unknown` (404). */
  async one(actor: Actor, id: string): Promise<FollowUpRow> {
    const found = await followUpRow(this.dataSource, id);
    if (found === undefined || !seesRegion(actor, found.regionCode)) throw new Problem('follow_up.unknown', 404);
    return found;
  }

  /** Takes a follow-up in hand; said again, nothing changes. Errors: `follow_up.unknown` (404), `follow_up.over` (409). */
  async take(actor: Actor, id: string): Promise<void> {
    await inTransaction(this.dataSource, async (tx) => {
      const followUp = await lockFollowUp(tx, actor, id);
      if (Object.keys(FOLLOW_UP_TRANSITIONS[followUp.state]).length === 0) throw new Problem('follow_up.over', 409);
      if (followUp.ownerId === actor.id) return;
      const { state, version } = followUp;
      await tx.update(FollowUp, { id }, { ownerId: actor.id, ownerLabel: actor.label, version: version + 1 });
      await auditFollowUp(tx, followUp, { actor, action: 'claim', to: state, at: this.clock.now() });
    });
  }

  /**
   * Notes that the centre called and reached nobody. Errors: `follow_up.unknown` (404), `follow_up.changed_meanwhile` (409),
   * `transition.illegal` (409).
   */
  async miss(actor: Actor, id: string, version: number): Promise<void> {
    const at = this.clock.now();
    const miss = async (tx: EntityManager, asked: (one: Asked) => void): Promise<void> => {
      const followUp = await lockFollowUp(tx, actor, id);
      asked({ actor, subject: 'follow_up', subjectId: id, regionCode: followUp.regionCode });
      refuseOldVersion(followUp, version);
      const owner = { ownerId: actor.id, ownerLabel: actor.label };
      await changeFollowUp(tx, followUp, {
        action: 'miss',
        actor,
        at,
        set: { ...owner, missed: followUp.missed + 1, missedAt: at },
      });
    };
    await notingRefusals(
      this.dataSource,
      () => at,
      (asked) => inTransaction(this.dataSource, (tx) => miss(tx, asked)),
    );
  }

  private async untilNone(chunk: (tx: EntityManager) => Promise<number>): Promise<number> {
    for (let sum = 0; ;) {
      const done = await inTransaction(this.dataSource, chunk);
      sum += done;
      if (done < CHUNK) return sum;
    }
  }

  private async askDue(tx: EntityManager): Promise<number> {
    const at = this.clock.now();
    const due = await dueFollowUps(tx, dateInKazakhstan(at), CHUNK);
    for (const { id, householdId, regionCode, version } of due) {
      const followUp = { id, regionCode, state: 'due' as const, version };
      await changeFollowUp(tx, followUp, { action: 'ask', actor: CALENDAR, at, set: { askedAt: at } });
      const payload = { householdId, subjectId: id };
      await recordEvent(tx, { topic: 'follow_up.asked', regionCode, payload }, at);
    }
    return due.length;
  }

  private async closeOver(tx: EntityManager): Promise<number> {
    const at = this.clock.now();
    const over = await overFollowUps(tx, dateInKazakhstan(at), CHUNK);
    for (const followUp of over) {
      const set = { closedAt: at, closedReason: 'no_answer' as const };
      await changeFollowUp(tx, followUp, { action: 'close', actor: CALENDAR, at, reason: 'no_answer', set });
    }
    return over.length;
  }

  private today(): string {
    return dateInKazakhstan(this.clock.now());
  }
}

type Changed = Pick<FollowUp, 'id' | 'regionCode' | 'state' | 'version'>;
type ChangeActor = Pick<Actor, 'id'> & { role: string };

/** The only way a follow-up changes state: by the table, with its version and its audit line. Error: `transition.illegal` (409). */
export async function changeFollowUp(
  tx: EntityManager,
  followUp: Changed,
  change: { action: FollowUpAction; actor: ChangeActor; at: Date; reason?: string; set: Partial<FollowUp> },
): Promise<void> {
  const { action, actor, at, reason, set } = change;
  const to = nextState(FOLLOW_UP_TRANSITIONS, followUp.state, action);
  await tx.update(FollowUp, { id: followUp.id }, { ...set, state: to, version: followUp.version + 1 });
  await auditFollowUp(tx, followUp, { actor, action, to, at, reason });
}

/** Opens one again that was closed because a return was recorded by mistake: it waits for its day, or is asked now. */
export async function reopenFollowUp(
  tx: EntityManager,
  followUp: Changed,
  { actor, at }: { actor: ChangeActor; at: Date },
): Promise<void> {
  const set = { state: REOPENED.to, closedAt: null, closedReason: null, version: followUp.version + 1 };
  await tx.update(FollowUp, { id: followUp.id, state: REOPENED.from }, set);
  await auditFollowUp(tx, followUp, { actor, action: 'take_back', to: REOPENED.to, at });
}

async function auditFollowUp(
  tx: EntityManager,
  { id, regionCode, state, version }: Changed,
  line: { actor: ChangeActor; action: FollowUpAction | 'claim' | 'take_back'; to: string; at: Date; reason?: string },
): Promise<void> {
  const { actor, action, to, at, reason = null } = line;
  const details = { version: version + 1 };
  const named = action === 'ask' ? 'ask_household' : action === 'answer' ? 'record_answer' : action;
  await recordAudit(tx, {
    at,
    actor,
    regionCode,
    subject: 'follow_up',
    subjectId: id,
    action: named,
    from: state,
    to,
    reason,
    details,
  });
}

/** A follow-up of a region that the actor sees, locked. Error: `follow_up.unknown` (404). */
export async function lockFollowUp(tx: EntityManager, actor: Actor, id: string): Promise<FollowUp> {
  const followUp = await tx.findOne(FollowUp, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (followUp === null || !seesRegion(actor, followUp.regionCode)) throw new Problem('follow_up.unknown', 404);
  return followUp;
}

/** Error: `follow_up.changed_meanwhile` (409). */
export function refuseOldVersion(followUp: FollowUp, version: number): void {
  if (followUp.version !== version) throw new Problem('follow_up.changed_meanwhile', 409);
}
