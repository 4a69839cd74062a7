import { type Sql, firstRow, rows } from '../database/sql.js';
import type { CursorKeys } from '../shared/page.js';
import { VACANCY_FIELDS, VACANCY_JOINS, VACANCY_WORDS, type VacancyRow } from './vacancies.queries.js';

export const VACANCY_SORTS = ['newest', 'pay', 'nearest'] as const;
export type VacancySort = (typeof VACANCY_SORTS)[number];

export interface VacancyFilter {
  /** Regions that the programme takes settlers into, where only those are wished for; see `SUPPORTED`. */
  supportedRegions?: readonly string[];
  region?: string[];
  district?: string;
  sector?: string[];
  area?: number;
  isco?: string;
  /** All must stand in title or post name, unless the occupation is one of `groups`. */
  words?: readonly string[];
  /** Unit groups (ISCO-08) that the words name in any language. */
  groups?: readonly string[];
  /** Instead, each word must only resemble one of the title: for words that stand in none. After `setLikeness`. */
  loosely?: boolean;
  payMin?: number;
  housing?: string[];
  employment?: string[];
  schedule?: string[];
  education?: string[];
  source?: string;
  employerId?: string;
  id?: string;
  status: 'open' | 'closed' | 'any';
}

export interface VacancyOrder {
  sort: VacancySort;
  after: CursorKeys | null;
  limit: number;
}

/**
 * How alike a word and a part of a title must be (pg_trgm's strict word similarity) to be taken for each other: «учетель»
 * and «учитель» reach 0.45, «повар» and «товар» 0.33.
 */
const LEAST_LIKENESS = 0.44;

/** Makes the operator `<<%` mean `LEAST_LIKENESS` until the transaction ends: unlike the function, it can use the index. */
export async function setLikeness(tx: Sql): Promise<void> {
  await tx.query(`select set_config('pg_trgm.strict_word_similarity_threshold', $1, true)`, [String(LEAST_LIKENESS)]);
}

/**
 * Work for which the programme supports the move: in a region that takes settlers, not stated to be temporary, and posted by
 * the exchange or by a firm that a centre has verified.
 */
const SUPPORTED = (regions: string): string => `v.region_code = any(${regions}::text[])
  and (v.employment is null or v.employment = 'permanent')
  and (v.source not like 'employer:%' or exists (select from employer f where f.id = v.employer_id and f.verified_at is not null))`;

/** Conditions of a filter with their values, in the order of the parameters. */
class Conditions {
  readonly texts: string[] = [];
  readonly values: unknown[] = [];

  add(condition: (parameter: string) => string, value: unknown): void {
    if (value === undefined || value === null) return;
    this.texts.push(condition(this.parameter(value)));
  }
  parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
  where(): string {
    return this.texts.length === 0 ? '' : `where ${this.texts.map((text) => `(${text})`).join(' and ')}`;
  }
}

/** What a search by words asks. */
interface WordsSql {
  condition: string;
  /** How near a vacancy is to the words, 0 to 1000; only what sorts by it gives its values to the statement. */
  nearness(): string;
}

function conditionsOf(filter: VacancyFilter): { conditions: Conditions; words: WordsSql | null } {
  const c = new Conditions();
  c.add((p) => `v.status = ${p}`, filter.status === 'any' ? undefined : filter.status);
  c.add(SUPPORTED, filter.supportedRegions);
  c.add((p) => `v.region_code = any(${p}::text[])`, filter.region);
  c.add((p) => `v.district_kato = ${p} or v.kato = ${p}`, filter.district);
  c.add((p) => `v.sector = any(${p}::text[])`, filter.sector);
  c.add((p) => `v.area_id = ${p}`, filter.area);
  c.add((p) => `v.isco like ${p}`, filter.isco && `${escapeLike(filter.isco)}%`);
  c.add((p) => `coalesce(v.pay_min_tenge, v.pay_max_tenge) >= ${p}`, filter.payMin);
  c.add((p) => `v.housing = any(${p}::text[])`, filter.housing);
  c.add((p) => `v.employment = any(${p}::text[])`, filter.employment);
  c.add((p) => `v.schedule = any(${p}::text[])`, filter.schedule);
  c.add((p) => `v.education = any(${p}::text[])`, filter.education);
  c.add((p) => `v.source = ${p}`, filter.source);
  c.add((p) => `v.employer_id = ${p}`, filter.employerId);
  c.add((p) => `v.id = ${p}`, filter.id);
  const words = wordsSql(c, filter);
  if (words !== null) c.texts.push(words.condition);
  return { conditions: c, words };
}

/**
 * Titles that have every word (900, with those words alone 1000, beginning with them 950), and vacancies of an occupation that
 * the words name (500 to 800 by the share of the words that the title has). Loosely: titles in which each word resembles one,
 * by their likeness.
 */
function wordsSql(c: Conditions, { words = [], groups = [], loosely }: VacancyFilter): WordsSql | null {
  if (words.length === 0) return null;
  if (loosely) {
    const plain = words.map((word) => `plain_words(${c.parameter(word)})`);
    const likenesses = plain.map((word) => `strict_word_similarity(${word}, ${VACANCY_WORDS})`);
    return {
      condition: plain.map((word) => `${word} <<% ${VACANCY_WORDS}`).join(' and '),
      nearness: () => `round(1000 * (${likenesses.join(' + ')}) / ${words.length})::int`,
    };
  }
  const inside = words.map((word) => `${VACANCY_WORDS} like plain_words(${c.parameter(`%${escapeLike(word)}%`)})`);
  const inTitle = inside.join(' and ');
  return {
    condition: `(${inTitle}) or v.isco = any(${c.parameter(groups)}::text[])`,
    nearness: () => {
      const phrase = `plain_words(${c.parameter(words.join(' '))})`;
      const beginning = `plain_words(${c.parameter(`${escapeLike(words.join(' '))}%`)})`;
      return `case when ${inTitle} then case when ${phrase} in (plain_words(v.title), plain_words(v.subtitle)) then 1000
          when plain_words(v.title) like ${beginning} then 950 else 900 end
        else 500 + 300 * (${inside.map((condition) => `(${condition})::int`).join(' + ')}) / ${words.length} end`;
    },
  };
}

/** What each order sorts by, downwards; the id makes it total. `pay` counts a pay that is not stated as nothing. */
function sortKey(sort: VacancySort, words: WordsSql | null): { key: string; type: 'date' | 'integer' } {
  if (sort === 'pay') return { key: 'coalesce(v.pay_min_tenge, v.pay_max_tenge, 0)', type: 'integer' };
  if (sort === 'nearest' && words !== null) return { key: words.nearness(), type: 'integer' };
  return { key: 'v.published_on', type: 'date' };
}

/** True when the first key of a cursor of this order is a number, not a date. */
export function sortsByNumber(sort: VacancySort, filter: Pick<VacancyFilter, 'words'>): boolean {
  return sort === 'pay' || (sort === 'nearest' && (filter.words ?? []).length > 0);
}

export type SortedVacancyRow = VacancyRow & { sortKey: string | number };

/** Vacancies that pass every filter given, at most `limit`, from after the keys of a row. */
export async function vacancies(sql: Sql, filter: VacancyFilter, order: VacancyOrder): Promise<SortedVacancyRow[]> {
  const { conditions: c, words } = conditionsOf(filter);
  const { key, type } = sortKey(order.sort, words);
  if (order.after !== null) {
    const [last, id] = order.after.map((value) => c.parameter(value));
    c.texts.push(`(${key}, v.id) < (${last}::${type}, ${id}::uuid)`);
  }
  return rows(
    sql,
    // Found and sorted by the vacancies alone; what is shown beside them is joined to the few that are left.
    `with found as materialized (
       select v.id, ${key} as sort_key from vacancy v ${c.where()} order by ${key} desc, v.id desc limit ${c.parameter(order.limit)}
     )
     select ${VACANCY_FIELDS}, found.sort_key as "sortKey" from found join vacancy v on v.id = found.id ${VACANCY_JOINS}
     order by found.sort_key desc, v.id desc`,
    c.values,
  );
}

/** How many vacancies pass the filter, and how many openings they have (a number that is not stated counts as one). */
export async function countVacancies(
  sql: Sql,
  filter: VacancyFilter,
): Promise<{ vacancies: number; openings: number }> {
  const { conditions } = conditionsOf(filter);
  const row = await firstRow<{ vacancies: number; openings: number }>(
    sql,
    `select count(*)::int as vacancies, coalesce(sum(coalesce(v.openings, 1)), 0)::int as openings
     from vacancy v ${conditions.where()}`,
    conditions.values,
  );
  return row!;
}

/** `%`, `_` and the escape sign stand for themselves. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
