import { type Sql, firstRow, rows } from '../database/sql.js';
import type { Language } from '../i18n/language.js';
import type { About, AnswerTopic } from './question-states.js';

export type InThreeLanguages = Record<Language, string>;

/** An answer that everybody may read, in the three languages. */
export interface PublicAnswer {
  id: string;
  about: About;
  /** The region it is about, of a vacancy the vacancy's; null: the programme. */
  aboutRegionCode: string | null;
  vacancyId: string | null;
  topic: AnswerTopic;
  question: InThreeLanguages;
  answer: InThreeLanguages;
  /** The day on which what it says was checked. */
  checkedOn: string;
  publishedAt: Date;
  /** The centre that answers for it; null: the programme's own desk. */
  regionCode: string | null;
  helpful: number;
  unhelpful: number;
  synthetic: boolean;
}

const inThree = (what: 'question' | 'answer'): string =>
  `json_build_object('kk', a.${what}_kk, 'ru', a.${what}_ru, 'en', a.${what}_en) as ${what}`;
const FIELDS = `
  a.question_id as id, a.about, a.about_region_code as "aboutRegionCode", a.vacancy_id as "vacancyId", a.topic,
  ${inThree('question')}, ${inThree('answer')}, a.checked_on::text as "checkedOn", a.published_at as "publishedAt",
  a.region_code as "regionCode", a.helpful, a.unhelpful, a.synthetic`;

export interface AnswerFilter {
  about?: About;
  region?: string;
  vacancy?: string;
  topic?: AnswerTopic;
}

/** How alike a word and a part of a text must be to be taken for each other: as in the search for vacancies. */
const LEAST_LIKENESS = 0.44;

/** What of its words a question must find in an answer: to be listed by a search, and to be offered to whoever is about to ask. */
export const ENOUGH = { search: 0.5, offer: 0.3 } as const;

/** An answer about the very region or vacancy that is asked about comes before one as near that is not. */
const SAME_THING = 0.1;

class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

function filterSql(filter: AnswerFilter, parameters: Parameters): string {
  const { about, region, vacancy, topic } = filter;
  return [
    'a.published_at is not null',
    ...(about === undefined ? [] : [`a.about = ${parameters.add(about)}`]),
    ...(region === undefined ? [] : [`a.about_region_code = ${parameters.add(region)}`]),
    ...(vacancy === undefined ? [] : [`a.vacancy_id = ${parameters.add(vacancy)}`]),
    ...(topic === undefined ? [] : [`a.topic = ${parameters.add(topic)}`]),
  ].join(' and ');
}

/** Public answers, the latest question first, from before an id. */
export function publicAnswers(
  sql: Sql,
  filter: AnswerFilter,
  slice: { before: string | null; limit: number },
): Promise<PublicAnswer[]> {
  const p = new Parameters();
  const where = filterSql(filter, p);
  const before = slice.before === null ? '' : ` and a.question_id < ${p.add(slice.before)}::uuid`;
  return rows(
    sql,
    `select ${FIELDS} from public_answer a where ${where}${before} order by a.question_id desc limit ${p.add(slice.limit)}`,
    p.values,
  );
}

/**
 * Public answers nearest to some words (as `tellingWords` gives them), in whatever language they are. A word that begins one of the
 * question counts 1, one that resembles it 0.7 to 0.9, one of the answer 0.5 or 0.4; the mean of all words must reach `enough`.
 * Sets the likeness for the caller's transaction.
 */
export async function nearestAnswers(
  tx: Sql,
  filter: AnswerFilter,
  ask: {
    words: readonly string[];
    enough: number;
    limit: number;
    /** What the question is about, where that is known: no condition, only nearer. */
    nearTo?: { region?: string | null; vacancy?: string | null };
  },
): Promise<(PublicAnswer & { nearness: number })[]> {
  await tx.query(`select set_config('pg_trgm.strict_word_similarity_threshold', $1, true)`, [String(LEAST_LIKENESS)]);
  const p = new Parameters();
  const where = filterSql(filter, p);
  const words = ask.words.map((word) => ({ word: p.add(word), inside: p.add(`% ${word}%`) }));
  // Each an arm that the trigram index can find by itself.
  const found = words.flatMap(({ word, inside }) =>
    ['question_words', 'answer_words'].flatMap((column) => [`a.${column} like ${inside}`, `${word} <<% a.${column}`]),
  );
  const worth = words.map(({ word, inside }) => {
    const alike = (column: string): string => `strict_word_similarity(${word}, a.${column})`;
    return `greatest(case when a.question_words like ${inside} then 1
        when ${word} <<% a.question_words then 0.6 + 0.3 * ${alike('question_words')} else 0 end,
      case when a.answer_words like ${inside} then 0.5 when ${word} <<% a.answer_words then 0.4 else 0 end)`;
  });
  const { region = null, vacancy = null } = ask.nearTo ?? {};
  return rows(
    tx,
    `select * from (
       select ${FIELDS}, ((${worth.join(' + ')}) / ${words.length})::float8 as nearness,
              case when a.vacancy_id = ${p.add(vacancy)}::uuid or a.about_region_code = ${p.add(region)}::text then ${SAME_THING} else 0 end as same
       from public_answer a where ${where} and (${found.join(' or ')})
     ) nearest where nearness >= ${p.add(ask.enough)} order by nearness + same desc, id desc limit ${p.add(ask.limit)}`,
    p.values,
  );
}

/** Error-free: undefined for what is not public. */
export function publicAnswerById(sql: Sql, id: string): Promise<PublicAnswer | undefined> {
  return firstRow(
    sql,
    `select ${FIELDS} from public_answer a where a.question_id = $1 and a.published_at is not null`,
    [id],
  );
}

/** What an officer has written of a public answer, whether or not it is public; parts may be missing while it is not. */
export interface AnswerDraft {
  topic: AnswerTopic;
  question: Partial<Record<Language, string | null>>;
  answer: Partial<Record<Language, string | null>>;
  checkedOn: string;
  publishedAt: Date | null;
}

export function draftOf(sql: Sql, questionId: string): Promise<AnswerDraft | undefined> {
  return firstRow(
    sql,
    `select a.topic, ${inThree('question')}, ${inThree('answer')}, a.checked_on::text as "checkedOn", a.published_at as "publishedAt"
     from public_answer a where a.question_id = $1`,
    [questionId],
  );
}

/** Writes a draft in place of the one before; what is public already stays so with the new words. */
export async function writeDraft(
  sql: Sql,
  draft: Pick<
    PublicAnswer,
    'id' | 'about' | 'aboutRegionCode' | 'vacancyId' | 'regionCode' | 'topic' | 'checkedOn' | 'synthetic'
  > &
    Pick<AnswerDraft, 'question' | 'answer'> & { at: Date },
): Promise<void> {
  const { question, answer } = draft;
  await sql.query(
    `insert into public_answer (question_id, region_code, about, about_region_code, vacancy_id, topic, checked_on, synthetic, updated_at,
       question_kk, question_ru, question_en, answer_kk, answer_ru, answer_en)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (question_id) do update set topic = excluded.topic, checked_on = excluded.checked_on, updated_at = excluded.updated_at,
       question_kk = excluded.question_kk, question_ru = excluded.question_ru, question_en = excluded.question_en,
       answer_kk = excluded.answer_kk, answer_ru = excluded.answer_ru, answer_en = excluded.answer_en`,
    [
      draft.id,
      draft.regionCode,
      draft.about,
      draft.aboutRegionCode,
      draft.vacancyId,
      draft.topic,
      draft.checkedOn,
      draft.synthetic,
      draft.at,
      ...[question, answer].flatMap((texts) => [texts.kk ?? null, texts.ru ?? null, texts.en ?? null]),
    ],
  );
}

/** Makes a draft public, or takes it back (`by` null). */
export async function setPublished(sql: Sql, questionId: string, by: string | null, at: Date): Promise<void> {
  await sql.query(
    `update public_answer set published_at = case when $2::text is null then null else coalesce(published_at, $3) end,
       published_by = $2, updated_at = $3 where question_id = $1`,
    [questionId, by, at],
  );
}

export async function countHelped(sql: Sql, questionId: string, helped: boolean): Promise<void> {
  await sql.query(
    `update public_answer set helpful = helpful + $2::bool::int, unhelpful = unhelpful + (not $2::bool)::int
     where question_id = $1 and published_at is not null`,
    [questionId, helped],
  );
}
