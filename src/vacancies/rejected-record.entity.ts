import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProblemParams } from '../shared/problem.js';
import type { ResolvedReason } from './rejected.queries.js';

/** A record that broke a rule, kept as it was read until it is put right. */
@Entity('rejected_record')
export class RejectedRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'run_id', type: 'uuid' }) runId!: string;
  @Column({ type: 'text' }) source!: string;
  @Column({ type: 'text' }) connector!: string;
  @Column({ type: 'text' }) origin!: string;
  @Column({ type: 'text' }) ref!: string;
  @Column({ name: 'external_id', type: 'text', nullable: true }) externalId!: string | null;
  @Column({ type: 'text' }) code!: string;
  @Column({ type: 'text', nullable: true }) field!: string | null;
  @Column({ type: 'jsonb', default: {} }) params!: ProblemParams;
  @Column({ type: 'text' }) raw!: string;
  @Column({ name: 'region_code', type: 'text', nullable: true }) regionCode!: string | null;
  /** The moment of which the raw text speaks: when its feed was made, else when it was first read. */
  @Column({ name: 'as_of', type: 'timestamptz' }) asOf!: Date;
  @Column({ name: 'rejected_at', type: 'timestamptz' }) rejectedAt!: Date;
  @Column({ name: 'retried_at', type: 'timestamptz', nullable: true }) retriedAt!: Date | null;
  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true }) resolvedAt!: Date | null;
  @Column({ name: 'resolved_reason', type: 'text', nullable: true }) resolvedReason!: ResolvedReason | null;
}
