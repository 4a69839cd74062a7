import { v7 } from 'uuid';

/** A time-ordered id (uuid v7, RFC 9562): the key of every row and, for outbox events, of the BullMQ job. */
export function newId(): string {
  return v7();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
