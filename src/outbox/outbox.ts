import type { EntityManager } from 'typeorm';
import type { NewJob } from '../queue/queue.service.js';
import { JOBS, QUEUE_OF_PROGRAMME, TOPICS, type Topic, notifyQueueName } from '../queue/queues.js';
import { newId } from '../shared/ids.js';
import { OutboxEvent } from './outbox-event.entity.js';

/** The PostgreSQL channel on which a commit wakes the relay. */
export const OUTBOX_CHANNEL = 'qonys_outbox';

export interface NewEvent {
  topic: Topic;
  /** The region whose notice queue carries the event and whose the receipt is; null for work that belongs to no region. */
  regionCode: string | null;
  /** Ids only: no text, no address, nothing that may have changed by the time it is read. */
  payload: Record<string, string>;
}

/** Records an event in the caller's transaction and answers its id: it happens with the change or not at all. */
export async function recordEvent(tx: EntityManager, event: NewEvent, at: Date): Promise<string> {
  if (TOPICS[event.topic] === 'notify' && event.regionCode === null) {
    throw new Error(`The topic ${event.topic} needs the region whose queue carries it.`);
  }
  const id = newId();
  await tx.insert(OutboxEvent, { ...event, id, createdAt: at, enqueuedAt: null, finishedAt: null });
  await tx.query(`select pg_notify($1, '')`, [OUTBOX_CHANNEL]);
  return id;
}

/** The job that an event sets going, and the queue that carries it. The event's id is the job's. */
export function jobOf(event: { id: string; topic: Topic; regionCode: string | null }): {
  queueName: string;
  job: NewJob;
} {
  const name = TOPICS[event.topic];
  const queue = JOBS[name];
  const queueName = queue === 'notify' ? notifyQueueName(event.regionCode ?? QUEUE_OF_PROGRAMME) : queue;
  return { queueName, job: { name, jobId: event.id, data: { eventId: event.id } } };
}
