import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../audit/audit.js';
import { RateLimits } from '../auth/rate-limits.js';
import { asSystem } from '../database/scope.js';
import { firstRow } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { LANGUAGES, type Language } from '../i18n/language.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { isUuid } from '../shared/ids.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import { type FieldProblem, Problem } from '../shared/problem.js';
import { lockQuestion } from './ask.service.js';
import { mayWork } from './desk.service.js';
import { mayHoldContacts } from './personal-numbers.js';
import {
  type AnswerDraft,
  type AnswerFilter,
  ENOUGH,
  type PublicAnswer,
  countHelped,
  draftOf,
  nearestAnswers,
  publicAnswerById,
  publicAnswers,
  setPublished,
  writeDraft,
} from './public-answers.queries.js';
import type { AnswerTopic } from './question-states.js';
import { tellingWords } from './question-words.js';
import type { Question } from './question.entity.js';

export interface AnswersWish extends AnswerFilter {
  q?: string;
  cursor?: string;
  limit: number;
}

/** What is to become public of a question. Texts may be missing until it does. */
export interface DraftWish {
  topic: AnswerTopic;
  question: Partial<Record<Language, string>>;
  answer: Partial<Record<Language, string>>;
  /** The day on which what it says was checked; today by default. */
  checkedOn?: string;
}

/** How many likely answers are offered to whoever is about to ask. */
const MOST_OFFERED = 3;

/** Answers for everybody: search, and what a desk makes public of its own. */
@Injectable()
export class PublicAnswersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Public answers, the latest first; of words the nearest, all on one page, misspelt or in another language than they were
   * asked in. Error: `page.cursor_invalid` (400).
   */
  async list({ q = '', cursor, limit, ...filter }: AnswersWish): Promise<Page<PublicAnswer>> {
    const words = tellingWords(q);
    if (words.length > 0) {
      const items = await inTransaction(this.dataSource, (tx) =>
        nearestAnswers(tx, filter, { words, enough: ENOUGH.search, limit }),
      );
      return { items: items.map(({ nearness: _, ...item }) => item), nextCursor: null };
    }
    const before = cursor === undefined ? null : keyOf(cursor);
    return toPage(
      await publicAnswers(this.dataSource, filter, { before, limit: limit + 1 }),
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  /** What may answer a question already, the likeliest first; few, and none rather than a bad one. */
  async likely(
    text: string,
    nearTo: { region?: string | null; vacancy?: string | null } = {},
  ): Promise<PublicAnswer[]> {
    const words = tellingWords(text);
    if (words.length === 0) return [];
    const vacancy = nearTo.vacancy && isUuid(nearTo.vacancy) ? nearTo.vacancy : null;
    return inTransaction(this.dataSource, (tx) =>
      nearestAnswers(tx, {}, { words, enough: ENOUGH.offer, limit: MOST_OFFERED, nearTo: { ...nearTo, vacancy } }),
    );
  }

  /** Error: `answer.unknown` (404), also for one that is not public, or no longer. */
  async one(id: string): Promise<PublicAnswer> {
    const found = isUuid(id) ? await publicAnswerById(this.dataSource, id) : undefined;
    if (found === undefined) throw new Problem('answer.unknown', 404);
    return found;
  }

  /** Notes whether an answer helped; more from one address than a household would say are not counted. Error: `answer.unknown` (404). */
  async helped(id: string, helped: boolean, address: string): Promise<void> {
    await this.one(id);
    if (!(await this.limits.within('answer_helped', `${address} ${id}`))) return;
    // Whoever reads is nobody to the database and changes no word of it.
    await asSystem(() => countHelped(this.dataSource, id, helped));
  }

  /** What there is of a public answer of a question; null: nothing yet. The caller may see the question. */
  async draft(questionId: string): Promise<AnswerDraft | null> {
    return (await draftOf(this.dataSource, questionId)) ?? null;
  }

  /**
   * Keeps a draft. Errors: `question.unknown` (404), `answer.not_answered` (409), `answer.published` (409: what is public is
   * changed by publishing it anew).
   */
  async save(actor: Actor, questionId: string, wish: DraftWish): Promise<void> {
    await this.change(actor, questionId, async (tx, question, at) => {
      if ((await draftOf(tx, questionId))?.publishedAt) throw new Problem('answer.published', 409);
      await writeDraft(tx, await this.rowOf(tx, question, wish, at));
      await this.audit(tx, actor, question, 'change', at);
    });
  }

  /**
   * Makes an answer public in three languages, or changes what is public. Errors: as `save`, `field.required` for every text that
   * is missing, `answer.contacts_in_text` for one that leads to a person (422).
   */
  async publish(actor: Actor, questionId: string, wish: DraftWish): Promise<void> {
    const problems = (['question', 'answer'] as const).flatMap((what) =>
      LANGUAGES.flatMap((language) => problemOf(`${what}.${language}`, wish[what][language])),
    );
    if (problems.length > 0) throw new Problem('request.invalid', 422, { count: problems.length }, problems);
    await this.change(actor, questionId, async (tx, question, at) => {
      const was = (await draftOf(tx, questionId))?.publishedAt ? 'public' : 'draft';
      await writeDraft(tx, await this.rowOf(tx, question, wish, at));
      await setPublished(tx, questionId, actor.id, at);
      await this.audit(tx, actor, question, 'publish', at, was, 'public');
    });
  }

  /** Takes an answer out of the public; its texts stay as a draft. Errors: `question.unknown` (404), `answer.not_public` (409). */
  async unpublish(actor: Actor, questionId: string): Promise<void> {
    await this.change(actor, questionId, async (tx, question, at) => {
      if (!(await draftOf(tx, questionId))?.publishedAt) throw new Problem('answer.not_public', 409);
      await setPublished(tx, questionId, null, at);
      await this.audit(tx, actor, question, 'unpublish', at, 'public', 'draft');
    });
  }

  private async change(
    actor: Actor,
    questionId: string,
    work: (tx: EntityManager, question: Question, at: Date) => Promise<void>,
  ): Promise<void> {
    const at = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      const question = await lockQuestion(tx, questionId);
      if (!mayWork(actor, question.regionCode)) throw new Problem('question.unknown', 404);
      if (question.status !== 'answered') throw new Problem('answer.not_answered', 409);
      await work(tx, question, at);
    });
  }

  private async rowOf(
    tx: EntityManager,
    question: Question,
    wish: DraftWish,
    at: Date,
  ): Promise<Parameters<typeof writeDraft>[1]> {
    const { id, about, vacancyId, regionCode, synthetic } = question;
    return {
      id, about, vacancyId, regionCode, synthetic, at, topic: wish.topic,
      aboutRegionCode: question.aboutRegionCode ?? (await regionOfVacancy(tx, vacancyId)),
      checkedOn: wish.checkedOn ?? dateInKazakhstan(at), question: trimmed(wish.question), answer: trimmed(wish.answer),
    }; // prettier-ignore
  }

  private async audit(
    tx: EntityManager,
    actor: Actor,
    { id, regionCode }: Question,
    action: 'change' | 'publish' | 'unpublish',
    at: Date,
    from: string | null = null,
    to: string | null = null,
  ): Promise<void> {
    await recordAudit(tx, { at, actor, regionCode, subject: 'question', subjectId: id, action, from, to });
  }
}

function problemOf(field: string, text: string | undefined): FieldProblem[] {
  if (!text?.trim()) return [{ field, code: 'field.required' }];
  return mayHoldContacts(text) ? [{ field, code: 'answer.contacts_in_text' }] : [];
}

function trimmed(texts: Partial<Record<Language, string>>): Partial<Record<Language, string | null>> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, texts[language]?.trim() || null]));
}

async function regionOfVacancy(tx: EntityManager, vacancyId: string | null): Promise<string | null> {
  if (vacancyId === null) return null;
  const found = await firstRow<{ code: string }>(tx, 'select region_code as code from vacancy where id = $1', [
    vacancyId,
  ]);
  return found?.code ?? null;
}

function keyOf(cursor: string): string {
  const [id] = decodeCursor(cursor, 1);
  if (!isUuid(String(id))) throw new Problem('page.cursor_invalid', 400);
  return String(id);
}
