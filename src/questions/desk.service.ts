import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type AuditLine, auditTrail } from '../audit/audit.queries.js';
import { type AuditAction, recordAudit } from '../audit/audit.js';
import { type Asked, notingRefusals } from '../audit/refusals.js';
import { AccountLabels } from '../auth/account-labels.js';
import { RegionStaff } from '../auth/region-staff.js';
import { asSystem, asSystemWithin } from '../database/scope.js';
import { inTransaction } from '../database/transaction.js';
import { recordEvent } from '../outbox/outbox.js';
import { PlaceService } from '../reference/place.service.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { isCalendarDate } from '../shared/identity-number.js';
import { isUuid } from '../shared/ids.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import { reach } from '../shared/permissions.js';
import { Problem } from '../shared/problem.js';
import { nextState } from '../shared/transitions.js';
import { lockQuestion } from './ask.service.js';
import { mayHoldIin } from './personal-numbers.js';
import { type CloseReason, PROGRAMME_DESK, QUESTION_STATES, type QuestionAction } from './question-states.js';
import { Question } from './question.entity.js';
import {
  type AnswerReceipt,
  type DeskCounts,
  type QuestionList,
  type QuestionRow,
  answerReceipts,
  deskCounts,
  endedQuestions,
  openByDesk,
  openQuestions,
  questionById,
  waitingQuestions,
} from './questions.queries.js';

/** A question as the desk reads it. */
export interface DeskQuestion extends QuestionRow {
  overdue: boolean;
  /** Who took it, as colleagues are called; null: nobody, or one who has no account any more. */
  ownerLabel: string | null;
  /** The caller holds it. */
  mine: boolean;
}

/** One question with all that the desk knows of it. */
export interface WholeQuestion extends DeskQuestion {
  receipts: AnswerReceipt[];
  trail: AuditLine[];
}

export interface DeskWish {
  list: QuestionList;
  overdue?: boolean;
  cursor?: string;
  limit: number;
}

/** The questions of a centre, or of the programme's own desk: taking, giving on, answering, closing. */
@Injectable()
export class DeskService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly places: PlaceService,
    private readonly accounts: AccountLabels,
    private readonly staff: RegionStaff,
  ) {}

  /**
   * Which desk a caller works at: officers at their region's, whoever has no region names one (`programme`: the programme's own;
   * answered as null). Errors: `auth.region_forbidden` (403), `centre.region_required`, `centre.region_unknown` (400).
   */
  deskOf(actor: Actor, asked: string | undefined): string | null {
    if (actor.regionCode !== null) {
      if (asked !== undefined && asked !== actor.regionCode) throw new Problem('auth.region_forbidden', 403);
      return actor.regionCode;
    }
    if (asked === undefined) throw new Problem('centre.region_required', 400);
    if (asked === PROGRAMME_DESK) return null;
    if (!this.isRegion(asked)) throw new Problem('centre.region_unknown', 400, { region: asked });
    return asked;
  }

  /** Questions of a desk. Error: `page.cursor_invalid` (400). */
  async list(
    actor: Actor,
    desk: string | null,
    { list, overdue, cursor, limit }: DeskWish,
  ): Promise<Page<DeskQuestion>> {
    const today = this.today();
    const open = list === 'open';
    const read = open
      ? await openQuestions(this.dataSource, desk, {
          after: cursor === undefined ? null : openKeys(cursor),
          overdueOn: overdue ? today : null,
          limit: limit + 1,
        })
      : await endedQuestions(this.dataSource, desk, {
          list,
          before: cursor === undefined ? null : endedKey(cursor),
          limit: limit + 1,
        });
    const page = toPage(
      read,
      limit,
      ({ dueOn, id }) => (open ? [dueOn, id] : [id]),
      (row) => row,
    );
    return { ...page, items: await this.named(actor, page.items) };
  }

  /** What waits at each desk where something does, the most overdue first: for whoever looks after all of them. */
  everyDesk(): Promise<(DeskCounts & { regionCode: string | null })[]> {
    return openByDesk(this.dataSource, this.today());
  }

  counts(desk: string | null): Promise<DeskCounts> {
    return deskCounts(this.dataSource, desk, this.today());
  }

  /**
   * What waits at every desk, or at one (`programme`: the programme's own), the day it is due first: for whoever looks after all
   * of them. Error: `centre.region_unknown` (400).
   */
  async waiting({
    region,
    overdue,
    limit,
  }: {
    region?: string;
    overdue?: boolean;
    limit: number;
  }): Promise<DeskQuestion[]> {
    if (region !== undefined && region !== PROGRAMME_DESK && !this.isRegion(region)) {
      throw new Problem('centre.region_unknown', 400, { region });
    }
    const desk = region === PROGRAMME_DESK ? null : region;
    const read = await waitingQuestions(this.dataSource, { desk, overdueOn: overdue ? this.today() : null, limit });
    return this.named(null, read);
  }

  /** Error: `question.unknown` (404), for another region's too. */
  async one(actor: Actor, id: string): Promise<WholeQuestion> {
    const row = isUuid(id) ? await questionById(this.dataSource, id) : undefined;
    if (row === undefined || !mayWork(actor, row.regionCode)) throw new Problem('question.unknown', 404);
    const [question] = await this.named(actor, [row]);
    const [receipts, lines] = await Promise.all([
      answerReceipts(this.dataSource, id),
      auditTrail(this.dataSource, 'question', id),
    ]);
    const labels = await this.accounts.of(lines.map((line) => line.actor));
    const trail = lines.map((line) => ({ ...line, actorLabel: line.actorLabel ?? labels.get(line.actor) ?? null }));
    return { ...question!, receipts, trail };
  }

  /** Takes a question in hand. Errors: `question.unknown` (404), `question.held`, `transition.illegal` (409). */
  async take(actor: Actor, id: string): Promise<void> {
    await this.step(actor, id, 'take', (question) =>
      question.status === 'taken' && question.owner === actor.id ? null : { owner: actor.id },
    );
  }

  /** Gives back what one holds; a supervisor also what a colleague holds. Errors: as `take`. */
  async release(actor: Actor, id: string): Promise<void> {
    await this.step(actor, id, 'release', () => ({ owner: null }));
  }

  /**
   * Answers: the asker is told by their channel. Errors: as `take`, and `question.iin_in_text` (422).
   */
  async answer(actor: Actor, id: string, text: string): Promise<void> {
    const answer = text.trim();
    if (mayHoldIin(answer))
      throw new Problem('question.iin_in_text', 422, {}, [{ field: 'text', code: 'question.iin_in_text' }]);
    await this.step(
      actor,
      id,
      'answer',
      (_, at) => ({ owner: actor.id, answer, answeredBy: actor.id, answeredAt: at }),
      (tx, question, at) => recordOutcome(tx, 'question.answered', question, at),
    );
  }

  /**
   * Closes without an answer of its own: the asker is told why by their channel, and reads it behind their link. Whoever only
   * insults is told nothing, and their contact is forgotten at once. Errors: as `take`.
   */
  async close(actor: Actor, id: string, reason: CloseReason): Promise<void> {
    const told = reason !== 'abuse';
    await this.step(
      actor,
      id,
      'close',
      (_, at) => ({ closedReason: reason, closedAt: at, ...(!told && { contactChannel: null, contactCipher: null }) }),
      async (tx, question, at) => {
        if (told) await recordOutcome(tx, 'question.closed', question, at);
      },
      reason,
    );
  }

  /**
   * Gives a question to the desk that it concerns: another region's or, null, the programme's. The promise to the asker stands, and
   * what is overdue stays overdue. Errors: as `take`, `question.region_unknown`, `question.same_desk`,
   * `question.desk_unstaffed` (422: nobody works there, so that nobody would see it).
   */
  async passOn(actor: Actor, id: string, to: string | null): Promise<void> {
    if (to !== null && !this.isRegion(to)) throw wrongRegion('question.region_unknown');
    // Nobody sees who works elsewhere; that somebody does is the program's to know.
    const seen = to === null || (await asSystem(() => this.staff.worksAt(this.dataSource, to, this.clock.now())));
    await this.step(actor, id, 'pass_on', (question) => {
      if (question.regionCode === to) throw wrongRegion('question.same_desk');
      if (!seen) throw wrongRegion('question.desk_unstaffed');
      return { owner: null, regionCode: to };
    });
  }

  /** A step of the table of states, with its line in the audit log of the desk that took it. `change` null: nothing is to do. */
  private async step(
    actor: Actor,
    id: string,
    action: QuestionAction & AuditAction,
    change: (question: Question, at: Date) => Partial<Question> | null,
    then?: (tx: EntityManager, question: Question, at: Date) => Promise<unknown>,
    reason: string | null = null,
  ): Promise<void> {
    const at = this.clock.now();
    const work = async (tx: EntityManager, asked: (one: Asked) => void): Promise<void> => {
      const question = await lockQuestion(tx, id);
      if (!mayWork(actor, question.regionCode)) throw new Problem('question.unknown', 404);
      asked({ actor, subject: 'question', subjectId: id, regionCode: question.regionCode });
      const changed = change(question, at);
      if (changed === null) return;
      refuseHeld(actor, question, action);
      const status = nextState(QUESTION_STATES, question.status, action);
      const values = { ...changed, status, updatedAt: at, version: question.version + 1 };
      const write = (): Promise<unknown> => tx.update(Question, { id }, values);
      // Another region's row may be written by nobody here: giving it away is the one step that does.
      await (action === 'pass_on' ? asSystemWithin(tx, write) : write());
      await recordAudit(tx, {
        at, actor, regionCode: question.regionCode, subject: 'question', subjectId: id, action, from: question.status, to: status,
        reason, details: action === 'pass_on' ? { to: changed.regionCode ?? PROGRAMME_DESK } : {},
      }); // prettier-ignore
      await then?.(tx, question, at);
    };
    await notingRefusals(
      this.dataSource,
      () => at,
      (asked) => inTransaction(this.dataSource, (tx) => work(tx, asked)),
    );
  }

  private async named(actor: Actor | null, read: readonly QuestionRow[]): Promise<DeskQuestion[]> {
    const today = this.today();
    const labels = await this.accounts.of(read.map(({ owner }) => owner));
    return read.map((row) => ({
      ...row,
      overdue: (row.status === 'waiting' || row.status === 'taken') && row.dueOn < today,
      ownerLabel: row.owner === null ? null : (labels.get(row.owner) ?? null),
      mine: actor !== null && row.owner === actor.id,
    }));
  }

  private isRegion(code: string): boolean {
    return this.places.regions().some((region) => region.code === code);
  }

  private today(): string {
    return dateInKazakhstan(this.clock.now());
  }
}

/** The event whose job tells the asker. */
function recordOutcome(
  tx: EntityManager,
  topic: 'question.answered' | 'question.closed',
  { id, regionCode }: Question,
  at: Date,
): Promise<unknown> {
  return recordEvent(tx, { topic, regionCode, payload: { questionId: id } }, at);
}

/** Officers work on their own region's questions, whoever answers for everything on all. */
export function mayWork(actor: Actor, regionCode: string | null): boolean {
  const far = reach(actor, 'questions.answer');
  return far === 'all' || (far === 'own region' && regionCode === actor.regionCode);
}

/** What a colleague holds is theirs, but a supervisor may give it back. */
function refuseHeld(actor: Actor, { status, owner }: Question, action: QuestionAction): void {
  if (status !== 'taken' || owner === actor.id) return;
  if (action === 'release' && reach(actor, 'queue.take_over') !== 'none') return;
  throw new Problem('question.held', 409);
}

function wrongRegion(code: string): Problem {
  return new Problem(code, 422, {}, [{ field: 'to', code }]);
}

function openKeys(cursor: string): { dueOn: string; id: string } {
  const [dueOn, id] = decodeCursor(cursor, 2);
  if (typeof dueOn !== 'string' || !isCalendarDate(dueOn) || !isUuid(String(id))) {
    throw new Problem('page.cursor_invalid', 400);
  }
  return { dueOn, id: String(id) };
}

function endedKey(cursor: string): string {
  const [id] = decodeCursor(cursor, 1);
  if (!isUuid(String(id))) throw new Problem('page.cursor_invalid', 400);
  return String(id);
}
