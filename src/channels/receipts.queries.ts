import { type Sql, firstRow } from '../database/sql.js';
import type { ChannelCode } from './channel.js';

/**
 * The table `delivery`: a receipt for each message to somebody, whoever writes it. What all of them do with it stands here; how a
 * receipt is opened and what decides whether the message is true belongs to its kind of message.
 *
 * `sending`: claimed by a worker, perhaps on its way. `sent`: the outside has taken it. `failed`: it was not taken; without
 * `finishedAt` it is tried again. `suppressed`: it was no longer true, or not wished, when its turn came.
 */
export const DELIVERY_STATUSES = ['sending', 'sent', 'delivered', 'failed', 'suppressed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export interface Claim {
  deliveryId: string;
  channel: ChannelCode;
  /** How often the message has been claimed, this time included. */
  attempts: number;
  /** How many earlier attempts may have got through. */
  doubts: number;
}

/** `later`: the next turn is further away than asked for, and was not taken. */
export type Turn = { waitMs: number } | { later: number };

/**
 * Takes the next turn at a channel whose gateway has a pace for the whole account: one for all processes, by the database's
 * clock. Answers the milliseconds to wait for it; a turn more than `withinMs` ahead is left to others, for a process that ends
 * would take it with it.
 */
export async function takeTurn(
  sql: Sql,
  turn: { channel: ChannelCode; everyMs: number; withinMs: number },
): Promise<Turn> {
  const found = await firstRow<{ waitMs: number | null; laterMs: number | null }>(
    sql,
    `with taken as (
       insert into channel_pace as pace (channel, next_at)
       values ($1, clock_timestamp() + $2::float8 * interval '1 ms')
       on conflict (channel) do update set
         next_at = greatest(pace.next_at, clock_timestamp()) + $2::float8 * interval '1 ms'
       where pace.next_at <= clock_timestamp() + $3::float8 * interval '1 ms'
       returning (extract(epoch from next_at - clock_timestamp()) * 1000)::float8 - $2::float8 as wait_ms
     )
     select (select wait_ms from taken) as "waitMs",
            (select (extract(epoch from next_at - clock_timestamp()) * 1000)::float8 from channel_pace where channel = $1) as "laterMs"`,
    [turn.channel, turn.everyMs, turn.withinMs],
  );
  const waitMs = found?.waitMs ?? null;
  if (waitMs !== null) return { waitMs: Math.max(0, waitMs) };
  return { later: Math.max(turn.everyMs, (found?.laterMs ?? 0) - turn.withinMs / 2) };
}

/**
 * Gives up a claim whose message never reached the gateway because of a fault of our own, so that the next one is in no
 * doubt. Does nothing when somebody else has claimed it since.
 */
export async function releaseClaim(sql: Sql, { deliveryId, attempts }: Claim): Promise<void> {
  await sql.query(
    `update delivery set status = 'failed', error_code = 'notice.fault'
     where id = $1 and attempts = $2 and status = 'sending' and finished_at is null`,
    [deliveryId, attempts],
  );
}

/**
 * Locks a claimed receipt until the transaction ends, waiting for whoever holds it. `finished`: they have ended it.
 * `overtaken`: they have written a failure over the claim, so that a send now would leave no trace if it died.
 * What is true now is read by the statements after it: one that had waited itself would answer what was true before the wait.
 */
export async function lockClaimed(sql: Sql, deliveryId: string): Promise<'claimed' | 'finished' | 'overtaken'> {
  const receipt = await firstRow<{ status: DeliveryStatus }>(
    sql,
    `select status from delivery where id = $1 and finished_at is null for update`,
    [deliveryId],
  );
  if (receipt === undefined) return 'finished';
  return receipt.status === 'sending' ? 'claimed' : 'overtaken';
}

export interface Receipt {
  status: DeliveryStatus;
  at: Date;
  /** Null: it is tried again. */
  finished: boolean;
  gatewayRef?: string | null;
  parts?: number | null;
  inDoubt?: boolean;
  errorCode?: string | null;
  suppressedReason?: string | null;
}

/** Writes how an attempt ended. */
export async function writeReceipt(sql: Sql, deliveryId: string, receipt: Receipt): Promise<void> {
  await sql.query(
    `update delivery set status = $2, gateway_ref = $3, parts = $4, doubts = doubts + $5::bool::int, error_code = $6,
       suppressed_reason = $7, first_sent_at = case when $2 = 'sent' then coalesce(first_sent_at, $8) else first_sent_at end,
       finished_at = case when $9 then $8::timestamptz end
     where id = $1`,
    [
      deliveryId,
      receipt.status,
      receipt.gatewayRef ?? null,
      receipt.parts ?? null,
      receipt.inDoubt ?? false,
      receipt.errorCode ?? null,
      receipt.suppressedReason ?? null,
      receipt.at,
      receipt.finished,
    ],
  );
}

/** Opens the receipt of the same message in-app, after its own channel gave up. Null when there is one already. */
export async function openInAppReceipt(
  sql: Sql,
  fallback: { deliveryId: string; after: string; at: Date },
): Promise<{ id: string } | undefined> {
  return firstRow(
    sql,
    `insert into delivery
       (id, event_id, channel, recipient, region_code, topic, subject_id, status, message_ref, attempts, language, created_at)
     select $1::uuid, event_id, 'in_app', recipient, region_code, topic, subject_id, 'sending', $1::text, 1, language, $3
     from delivery where id = $2
     on conflict (event_id, channel, recipient) do nothing returning id`,
    [fallback.deliveryId, fallback.after, fallback.at],
  );
}
