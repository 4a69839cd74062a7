import type { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import type { Sql } from '../database/sql.js';
import type { Accepted, Channel, Message } from './channel.js';

/** Messages kept in the program itself: a row in the delivery's own transaction, so it stands exactly when the receipt does. */
export class InAppChannel implements Channel {
  readonly code = 'in_app';
  readonly configured = true;
  readonly local = true;

  constructor(private readonly clock: Clock) {}

  async send(message: Message, sql: Sql): Promise<Accepted> {
    await sql.query(
      `insert into in_app_message (id, delivery_id, household_id, title, body, language, created_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (delivery_id) do nothing`,
      [newId(), message.ref, message.to, message.title, message.text, message.language, this.clock.now()],
    );
    return { gatewayRef: null, parts: null };
  }

  close(): void {
    // The database connection is not ours.
  }
}
