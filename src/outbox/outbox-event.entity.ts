import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Topic } from '../queue/queues.js';

/**
 * Something that happened and must have its effect: written in the transaction of the change itself, carried to its queue
 * by the relay afterwards. The id is the BullMQ job's id. `payload` holds ids only.
 */
@Entity('outbox_event')
export class OutboxEvent {
  @PrimaryColumn('uuid') id!: string;
  @Column({ type: 'text' }) topic!: Topic;
  @Column({ name: 'region_code', type: 'text', nullable: true }) regionCode!: string | null;
  @Column({ type: 'jsonb' }) payload!: Record<string, string>;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'enqueued_at', type: 'timestamptz', nullable: true }) enqueuedAt!: Date | null;
  /** When its job had ended, or another had done its work too. Null after a while: the job was lost or has failed, and is tried again. */
  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true }) finishedAt!: Date | null;
}
