import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { type TrailLine, regionTrail } from '../audit/audit.queries.js';
import { AccountLabels } from '../auth/account-labels.js';
import { isUuid } from '../shared/ids.js';
import { type Page, decodeCursor, toPage } from '../shared/page.js';
import { Problem } from '../shared/problem.js';

export interface TrailWish {
  subject?: string;
  action?: string;
  /** Calendar days in Kazakhstan, `YYYY-MM-DD`, both counted in. A day that there is not is refused. */
  from?: string;
  to?: string;
  cursor?: string;
  limit: number;
}

/** What happened in a region, for those who work there and for whoever checks their work. */
@Injectable()
export class TrailService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly accounts: AccountLabels,
  ) {}

  /** Lines of the region's audit log, newest first. The caller has checked the region. */
  async list(regionCode: string, wish: TrailWish): Promise<Page<TrailLine>> {
    const { subject, action, limit } = wish;
    const from = wish.from === undefined ? undefined : startOf('from', wish.from);
    const until = wish.to === undefined ? undefined : new Date(startOf('to', wish.to).getTime() + DAY_MS);
    const before = wish.cursor === undefined ? null : keysOf(wish.cursor);
    const slice = { before, limit: limit + 1 };
    const read = await regionTrail(this.dataSource, regionCode, { subject, action, from, until }, slice);
    const labels = await this.accounts.of(read.map(({ actor }) => actor));
    return toPage(
      read,
      limit,
      ({ atKey, id }) => [atKey, id],
      ({ atKey: _, ...line }) => ({ ...line, actorLabel: line.actorLabel ?? labels.get(line.actor) ?? null }),
    );
  }
}

const DAY_MS = 86_400_000;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

/** Midnight in Kazakhstan. `2026-02-30` is no day. */
function startOf(field: string, day: string): Date {
  const start = new Date(`${day}T00:00:00+05:00`);
  const real = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(start.getTime()) || !real.toISOString().startsWith(day)) {
    throw new Problem('request.invalid', 400, { count: 1 }, [{ field, code: 'field.wrong_format' }]);
  }
  return start;
}

function keysOf(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor, 2).map(String) as [string, string];
  if (!TIMESTAMP.test(at) || Number.isNaN(Date.parse(at)) || !isUuid(id)) throw new Problem('page.cursor_invalid', 400);
  return { at, id };
}
