import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { isCalendarDate } from '../shared/identity-number.js';
import { isUuid } from '../shared/ids.js';
import { type CursorKeys, decodeCursor, toPage } from '../shared/page.js';
import { Problem } from '../shared/problem.js';
import type { VacancyAnswer, VacancyPage } from './vacancies.dto.js';
import {
  VACANCY_KEYS,
  type VacancyFilter,
  type VacancyRow,
  type VacancySort,
  vacancies,
  vacancyById,
  vacancyKeys,
} from './vacancies.queries.js';

export type VacancyWish = Omit<VacancyFilter, 'after'> & { cursor?: string };

/** What anybody may read of vacancies. */
@Injectable()
export class VacanciesService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async list({ cursor, ...wish }: VacancyWish): Promise<VacancyPage> {
    const after = cursor === undefined ? null : keysOf(cursor, wish.sort);
    const read = await vacancies(this.dataSource, { ...wish, after, limit: wish.limit + 1 });
    return toPage(read, wish.limit, vacancyKeys(wish.sort), answerOf);
  }

  async one(id: string): Promise<VacancyAnswer> {
    const row = await vacancyById(this.dataSource, id);
    if (row === undefined) throw new Problem('vacancy.not_found', 404);
    return answerOf(row);
  }
}

export function answerOf({ employerId, employerName, employerVerified, ...rest }: VacancyRow): VacancyAnswer {
  return { ...rest, employer: { id: employerId, name: employerName, verified: employerVerified } };
}

function keysOf(cursor: string, sort: VacancySort): CursorKeys {
  const keys = decodeCursor(cursor, VACANCY_KEYS);
  const [key, id] = keys;
  const fits = sort === 'pay' ? isTenge(key) : typeof key === 'string' && isCalendarDate(key);
  if (!fits || typeof id !== 'string' || !isUuid(id)) throw new Problem('page.cursor_invalid', 400);
  return keys;
}

/** What the column can be compared with; PostgreSQL refuses other numbers and dates as a fault of ours. */
const isTenge = (key: unknown): boolean => Number.isInteger(key) && Math.abs(key as number) < 2 ** 31;
