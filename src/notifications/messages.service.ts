import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';

/** A message as its household reads it. */
export interface OwnMessage {
  id: string;
  title: string;
  body: string;
  createdAt: Date;
  readAt: Date | null;
}

/** The latest are enough for a page; all of them stand in the download of one's own data. */
const MOST = 100;

/** A household's messages in the app. */
@Injectable()
export class MessagesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The newest first; none before a household is registered. */
  async list({ householdId }: Actor): Promise<OwnMessage[]> {
    return rows(
      this.dataSource,
      `select id, title, body, created_at as "createdAt", read_at as "readAt"
       from in_app_message where household_id = $1 order by id desc limit $2`,
      [householdId, MOST],
    );
  }

  /** Marks a message as read; a second time changes nothing. Error: `message.unknown` (404), for another's too. */
  async markRead({ householdId }: Actor, id: string): Promise<void> {
    const found = await rows(
      this.dataSource,
      `with marked as (
         update in_app_message set read_at = coalesce(read_at, $3) where id = $1 and household_id = $2 returning id)
       select id from marked`,
      [id, householdId, this.clock.now()],
    );
    if (found.length === 0) throw new Problem('message.unknown', 404);
  }
}
