import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A creating request that was carried out: repeated with the same key, it answers what it made then. */
@Entity('idempotency_key')
export class IdempotencyKey {
  @PrimaryColumn({ name: 'actor_id', type: 'uuid' }) actorId!: string;
  @PrimaryColumn({ type: 'text' }) key!: string;
  /** Keyed hash of route and body, so that one key cannot stand for two requests. */
  @Column({ name: 'request_hash', type: 'bytea' }) requestHash!: Buffer;
  @Column({ name: 'made_id', type: 'uuid' }) madeId!: string;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
}
