import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DraftAnswers } from './household-draft.js';

/** A household that its account is still entering: what was answered so far. */
@Entity('household_draft')
export class HouseholdDraft {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'account_id', type: 'uuid' }) accountId!: string;
  @Column({ type: 'jsonb' }) answers!: DraftAnswers;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
}
