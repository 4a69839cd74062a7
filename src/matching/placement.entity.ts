import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MoveMismatch } from './core/mismatch.js';
import type { PlacementPromise } from './promise.js';
import type { StoredPart } from './proposal.entity.js';

/** One adult's job in a proposal, with what the household is told of it. */
@Entity('placement')
export class Placement {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'proposal_id', type: 'uuid' }) proposalId!: string;
  @Column({ name: 'seeker_id', type: 'uuid' }) seekerId!: string;
  @Column({ name: 'vacancy_id', type: 'uuid' }) vacancyId!: string;
  @Column({ type: 'double precision' }) score!: number;
  @Column({ type: 'jsonb' }) parts!: StoredPart[];
  @Column({ type: 'jsonb' }) promise!: PlacementPromise;
  @Column({ type: 'jsonb', nullable: true }) mismatch!: MoveMismatch | null;
  @Column({ name: 'withdrawn_at', type: 'timestamptz', nullable: true }) withdrawnAt!: Date | null;
  @Column({ name: 'withdrawn_reason', type: 'text', nullable: true }) withdrawnReason!: string | null;
}
