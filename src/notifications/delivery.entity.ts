import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChannelCode } from '../channels/channel.js';
import type { DeliveryStatus } from '../channels/receipts.queries.js';

/** The receipt of one notice on one channel: unique for event, channel and recipient. Holds no address and no text. */
@Entity('delivery')
export class Delivery {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'event_id', type: 'uuid' }) eventId!: string;
  @Column({ type: 'text' }) channel!: ChannelCode;
  /** The household's id. */
  @Column({ type: 'text' }) recipient!: string;
  @Column({ name: 'region_code', type: 'text', nullable: true }) regionCode!: string | null;
  @Column({ type: 'text' }) topic!: string;
  /** The proposal's id. */
  @Column({ name: 'subject_id', type: 'uuid' }) subjectId!: string;
  @Column({ type: 'text' }) status!: DeliveryStatus;
  /** Our id of the message at the gateway, and the local part of its Message-ID: the same in every repeat. */
  @Column({ name: 'message_ref', type: 'text' }) messageRef!: string;
  @Column({ name: 'gateway_ref', type: 'text', nullable: true }) gatewayRef!: string | null;
  @Column({ type: 'smallint', nullable: true }) parts!: number | null;
  /** True when the message may have gone out more than once, or may have gone out although the status does not say so. */
  @Column({ name: 'in_doubt', type: 'boolean', insert: false, update: false }) inDoubt!: boolean;
  /** How many attempts may have got through without an answer. */
  @Column({ type: 'smallint' }) doubts!: number;
  @Column({ type: 'integer' }) attempts!: number;
  /** Why it failed; on an in-app receipt that is `sent`, why the household's own channel was not used. */
  @Column({ name: 'error_code', type: 'text', nullable: true }) errorCode!: string | null;
  @Column({ name: 'suppressed_reason', type: 'text', nullable: true }) suppressedReason!: string | null;
  @Column({ type: 'text', nullable: true }) language!: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'first_sent_at', type: 'timestamptz', nullable: true }) firstSentAt!: Date | null;
  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true }) finishedAt!: Date | null;
}
