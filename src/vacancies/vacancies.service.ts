import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asSystem } from '../database/scope.js';
import type { Sql } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { OccupationService } from '../occupations/occupation.service.js';
import { ProgrammeService } from '../programme/programme.service.js';
import { type AreaRow, allAreas } from '../reference/reference.queries.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { isCalendarDate } from '../shared/identity-number.js';
import { isUuid } from '../shared/ids.js';
import { type CursorKeys, decodeCursor, toPage } from '../shared/page.js';
import { Problem } from '../shared/problem.js';
import type { VacancyAnswer, VacancyFilters, VacancyPage } from './vacancies.dto.js';
import { type VacancyRow, lastReadAt, similarVacancies, vacancyById } from './vacancies.queries.js';
import {
  type VacancyFilter,
  type VacancySort,
  countVacancies,
  setLikeness,
  sortsByNumber,
  vacancies,
} from './vacancy-search.queries.js';

/** What is asked of the list: filters as the API names them, and an order; `nearest` with words and `newest` without by default. */
export type VacancyWish = Partial<VacancyFilters> &
  Pick<VacancyFilters, 'status'> & { employerId?: string; sort?: VacancySort; cursor?: string; limit: number };

/** The filters of which one may be the reason why nothing was found. */
export const LOOSENABLE = [
  'q', 'where', 'region', 'district', 'area', 'sector', 'isco', 'payMin', 'housing', 'employment', 'schedule', 'education',
] as const satisfies readonly (keyof VacancyFilters)[]; // prettier-ignore
export type LoosenableFilter = (typeof LOOSENABLE)[number];

/** Sort key and id. */
const CURSOR_KEYS = 2;
const MOST_WORDS = 8;
const MOST_SIMILAR = 5;

/** What anybody may read of vacancies. */
@Injectable()
export class VacanciesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly occupations: OccupationService,
    private readonly programme: ProgrammeService,
  ) {}

  async list({ cursor, sort, limit, ...wish }: VacancyWish): Promise<VacancyPage> {
    const filter = await this.filterOf(wish);
    const order = sort ?? (wish.q === undefined ? 'newest' : 'nearest');
    const after = cursor === undefined ? null : keysOf(cursor, sortsByNumber(order, filter));
    return this.search(filter, async (sql, found, total) => {
      const read = await vacancies(sql, found, { sort: order, after, limit: limit + 1 });
      return {
        ...toPage(
          read,
          limit,
          ({ sortKey, id }) => [sortKey, id],
          ({ sortKey: _, ...row }) => answerOf(row),
        ),
        total,
      };
    });
  }

  /**
   * For a search that found nothing: how many there would be without each of its filters, the most first; filters without
   * which there would be none either are left out.
   */
  async loosened(
    wish: Omit<VacancyWish, 'sort' | 'cursor' | 'limit'>,
  ): Promise<{ filter: LoosenableFilter; vacancies: number }[]> {
    const given = LOOSENABLE.filter(
      (name) => wish[name] !== undefined && !(name === 'where' && wish.where === 'anywhere'),
    );
    const counts = [];
    for (const name of given) {
      const filter = await this.filterOf({ ...wish, [name]: undefined });
      counts.push({ filter: name, vacancies: await this.search(filter, async (_sql, _found, total) => total) });
    }
    return counts.filter(({ vacancies }) => vacancies > 0).sort((a, b) => b.vacancies - a.vacancies);
  }

  async one(id: string): Promise<VacancyAnswer> {
    return answerOf(await this.row(id));
  }

  /** Whether the programme supports a move to this work today. */
  async isSupported({ id }: Pick<VacancyAnswer, 'id'>): Promise<boolean> {
    const filter = await this.filterOf({ status: 'open', where: 'supported' });
    return (await countVacancies(this.dataSource, { ...filter, id })).vacancies > 0;
  }

  /** When the vacancy was last known to stand where it was read: no row of a reading is shown, only this moment. */
  async readAt(id: string): Promise<Date | null> {
    return asSystem(() => lastReadAt(this.dataSource, id));
  }

  /** Open vacancies like one that is gone: in its own region, then in those that the programme takes settlers into. */
  async similar(id: string): Promise<VacancyAnswer[]> {
    const to = await this.row(id);
    const found = await similarVacancies(this.dataSource, to, await this.supportedRegions(), MOST_SIMILAR);
    return found.map(answerOf);
  }

  /** What is open where the programme supports the move. */
  async openInReception(): Promise<{ vacancies: number; openings: number; withHousing: number }> {
    const filter = await this.filterOf({ status: 'open', where: 'supported' });
    const all = await countVacancies(this.dataSource, filter);
    const housed = await countVacancies(this.dataSource, { ...filter, housing: ['provided'] });
    return { ...all, withHousing: housed.vacancies };
  }

  /** Areas of work as Enbek's filter lists them. */
  areas(): Promise<AreaRow[]> {
    return allAreas(this.dataSource);
  }

  private async row(id: string): Promise<VacancyRow> {
    const row = await vacancyById(this.dataSource, id);
    if (row === undefined) throw new Problem('vacancy.not_found', 404);
    return row;
  }

  private supportedRegions(): Promise<string[]> {
    return this.programme.receptionRegions(dateInKazakhstan(this.clock.now()));
  }

  private async filterOf({
    q,
    where,
    ...filter
  }: Omit<VacancyWish, 'sort' | 'cursor' | 'limit'>): Promise<VacancyFilter> {
    const words = wordsOf(q ?? '');
    return {
      ...filter,
      ...(where === 'supported' ? { supportedRegions: await this.supportedRegions() } : {}),
      ...(words.length > 0 ? { words, groups: this.occupations.groupsCalled(words) } : {}),
    };
  }

  /**
   * Counts what passes a filter and hands the filter on; words that stand in no title are taken loosely then, in a transaction of
   * its own for the measure of likeness.
   */
  private async search<Found>(
    filter: VacancyFilter,
    work: (sql: Sql, filter: VacancyFilter, total: number) => Promise<Found>,
  ): Promise<Found> {
    const { vacancies: total } = await countVacancies(this.dataSource, filter);
    if (total > 0 || filter.words === undefined) return work(this.dataSource, filter, total);
    return inTransaction(this.dataSource, async (tx) => {
      await setLikeness(tx);
      const loose = { ...filter, loosely: true };
      return work(tx, loose, (await countVacancies(tx, loose)).vacancies);
    });
  }
}

export function answerOf({ employerId, employerName, employerVerified, ...rest }: VacancyRow): VacancyAnswer {
  return { ...rest, employer: { id: employerId, name: employerName, verified: employerVerified } };
}

/** The words of a question without what stands around them; a sign alone is looked for as it is. */
function wordsOf(text: string): string[] {
  return text
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+(?=.*[\p{L}\p{N}])|(?<=[\p{L}\p{N}].*)[^\p{L}\p{N}+#]+$/gu, ''))
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}

function keysOf(cursor: string, byNumber: boolean): CursorKeys {
  const keys = decodeCursor(cursor, CURSOR_KEYS);
  const [key, id] = keys;
  const fits = byNumber ? isInteger(key) : typeof key === 'string' && isCalendarDate(key);
  if (!fits || typeof id !== 'string' || !isUuid(id)) throw new Problem('page.cursor_invalid', 400);
  return keys;
}

/** What the column can be compared with; PostgreSQL refuses other numbers and dates as a fault of ours. */
const isInteger = (key: unknown): boolean => Number.isInteger(key) && Math.abs(key as number) < 2 ** 31;
