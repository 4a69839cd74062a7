import type { EntityManager } from 'typeorm';
import { Problem } from '../shared/problem.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

export interface CreatingRequest {
  actorId: string;
  /** The `Idempotency-Key` header; undefined when the caller sent none. */
  key: string | undefined;
  /** Hash of route and body; keyed where the body holds personal data. */
  requestHash: Buffer;
  at: Date;
}

const KEY = /^[A-Za-z0-9_-]{8,128}$/;

/** What a request made when it was sent before; null when it is new or has no key. Errors: as `createOnce`. */
export async function madeBefore(
  tx: EntityManager,
  { actorId, key, requestHash }: Omit<CreatingRequest, 'at'>,
): Promise<string | null> {
  if (key === undefined) return null;
  if (!KEY.test(key)) throw new Problem('request.idempotency_key_invalid', 400);
  const done = await tx.findOneBy(IdempotencyKey, { actorId, key });
  if (done && !done.requestHash.equals(requestHash)) throw new Problem('request.idempotency_key_reused', 422);
  return done?.madeId ?? null;
}

/**
 * Carries out a creation once for each key of an actor and answers the id it made, in the caller's transaction. Two
 * requests with one key at the same time wait for each other. Without a key it simply creates.
 * Errors: `request.idempotency_key_invalid` (400), `request.idempotency_key_reused` (422).
 */
export async function createOnce(
  tx: EntityManager,
  request: CreatingRequest,
  create: () => Promise<string>,
): Promise<{ id: string; repeated: boolean }> {
  const { actorId, key, requestHash, at } = request;
  if (key === undefined) return { id: await create(), repeated: false };
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`idempotency ${actorId} ${key}`]);
  const made = await madeBefore(tx, request);
  if (made !== null) return { id: made, repeated: true };
  const id = await create();
  await tx.insert(IdempotencyKey, { actorId, key, requestHash, madeId: id, createdAt: at });
  return { id, repeated: false };
}
