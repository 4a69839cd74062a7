import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type Language, translate } from '../i18n/i18n.js';
import type { Actor } from '../shared/access.js';
import { isUuid } from '../shared/ids.js';
import { type CursorKeys, type Page, decodeCursor, toPage } from '../shared/page.js';
import { Problem } from '../shared/problem.js';
import {
  type RejectedFilter,
  type RejectedRow,
  countRejected,
  countUnreadLines,
  rejectedRecords,
} from './rejected.queries.js';

export type RejectedWish = Omit<RejectedFilter, 'after'> & { cursor?: string };

const AT_A_TIME = 1_000;

/** What was refused and waits for a fix. */
@Injectable()
export class RejectedService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** How many records of a source wait for a fix. */
  count(source?: string): Promise<number> {
    return countRejected(this.dataSource, { source });
  }

  /** How many of them are lines that could not be taken apart: no retry reads them. */
  countUnread(source?: string): Promise<number> {
    return countUnreadLines(this.dataSource, source ?? null);
  }

  /** Everything that a run refused, however much it is, in the order of refusal. */
  async *ofRun(runId: string): AsyncGenerator<RejectedRow> {
    let after: string | null = null;
    for (;;) {
      const rows = await rejectedRecords(this.dataSource, { runId, resolved: true, after, limit: AT_A_TIME });
      yield* rows;
      if (rows.length < AT_A_TIME) return;
      after = rows.at(-1)?.id ?? null;
    }
  }

  /** Refused records in the order of refusal; an officer's or supervisor's own region only. */
  async list(
    wish: RejectedWish,
    actor: Actor | null,
    language: Language,
  ): Promise<Page<RejectedRow & { message: string }>> {
    const region = actor?.regionCode ?? wish.region;
    if (wish.region !== undefined && region !== wish.region)
      throw new Problem('auth.forbidden', 403, { role: actor?.role ?? '' });
    const after = wish.cursor === undefined ? null : idOfCursor(wish.cursor);
    const read = await rejectedRecords(this.dataSource, { ...wish, region, after, limit: wish.limit + 1 });
    return toPage(
      read,
      wish.limit,
      ({ id }): CursorKeys => [id],
      (row) => ({ ...row, message: translate(language, row.code, { field: row.field, ...row.params }) }),
    );
  }
}

/** The id in a cursor of a list that is ordered by id alone. */
export function idOfCursor(cursor: string): string {
  const [id] = decodeCursor(cursor, 1);
  if (typeof id !== 'string' || !isUuid(id)) throw new Problem('page.cursor_invalid', 400);
  return id;
}
