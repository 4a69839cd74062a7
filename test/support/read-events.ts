import { createReadStream } from 'node:fs';
import type { Connector, ReadEvent, VacancyClaim } from '../../src/vacancies/connector.js';

/** Bytes in pieces of a size, as a network or a disk would hand them over. */
export async function* inPieces(bytes: Uint8Array, size = 1 << 16): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function readEvents(
  connector: Connector,
  bytes: AsyncIterable<Uint8Array>,
  origin = 'file',
  today = '2026-09-03',
): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const event of connector.read(bytes, { origin, today })) events.push(event);
  return events;
}

export const readFileEvents = (connector: Connector, path: string): Promise<ReadEvent[]> =>
  readEvents(connector, createReadStream(path), path);
export const readTextEvents = (connector: Connector, text: string): Promise<ReadEvent[]> =>
  readEvents(connector, inPieces(Buffer.from(text)));

type Vacancy = Extract<ReadEvent, { kind: 'vacancy' }>;
type Rejected = Extract<ReadEvent, { kind: 'rejected' }>;
export const vacanciesOf = (events: ReadEvent[]): Vacancy[] => events.filter((event) => event.kind === 'vacancy');
export const rejectedOf = (events: ReadEvent[]): Rejected[] => events.filter((event) => event.kind === 'rejected');
export const claimsOf = (events: ReadEvent[]): VacancyClaim[] => vacanciesOf(events).map((event) => event.claim);
