import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Loss } from './outcome-kinds.js';

/** A household that lost a job or a home after it had arrived, and what the matcher finds for it inside the region. */
@Entity('second_chance')
export class SecondChance {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'arrival_id', type: 'uuid' }) arrivalId!: string;
  @Column({ name: 'household_id', type: 'uuid' }) householdId!: string;
  @Column({ name: 'region_code', type: 'text' }) regionCode!: string;
  @Column({ type: 'text', array: true }) lost!: Loss[];
  /** `searching`: nothing was found yet, and it is looked again; `proposed`: a proposal is in the region's queue. */
  @Column({ type: 'text' }) state!: 'searching' | 'proposed' | 'ended';
  @Column({ name: 'proposal_id', type: 'uuid', nullable: true }) proposalId!: string | null;
  /** The household's days to take an approved job are counted from no earlier than this; null: from the approval. */
  @Column({ name: 'take_from', type: 'timestamptz', nullable: true }) takeFrom!: Date | null;
  @Column({ name: 'opened_at', type: 'timestamptz' }) openedAt!: Date;
  @Column({ name: 'tried_at', type: 'timestamptz', nullable: true }) triedAt!: Date | null;
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true }) endedAt!: Date | null;
  @Column({ name: 'ended_reason', type: 'text', nullable: true }) endedReason!:
    'found' | 'taken' | 'returned' | 'erased' | null;
}
