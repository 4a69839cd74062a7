import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FollowUpMonth } from './follow-up-dates.js';
import type { ClosingReason, FollowUpState } from './follow-up-states.js';

/** Asking a household that has arrived how it is: four times, by the calendar. */
@Entity('follow_up')
export class FollowUp {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'arrival_id', type: 'uuid' }) arrivalId!: string;
  @Column({ name: 'household_id', type: 'uuid' }) householdId!: string;
  @Column({ name: 'region_code', type: 'text' }) regionCode!: string;
  @Column({ type: 'smallint' }) months!: FollowUpMonth;
  /** `YYYY-MM-DD`, as are the next two. */
  @Column({ name: 'due_on', type: 'date' }) dueOn!: string;
  /** The last day of the household's own turn. */
  @Column({ name: 'answer_by', type: 'date' }) answerBy!: string;
  @Column({ name: 'closes_on', type: 'date' }) closesOn!: string;
  @Column({ type: 'text' }) state!: FollowUpState;
  /** The officer who has it in hand; null: nobody in particular. */
  @Column({ name: 'owner_id', type: 'text', nullable: true }) ownerId!: string | null;
  @Column({ name: 'owner_label', type: 'text', nullable: true }) ownerLabel!: string | null;
  @Column({ name: 'asked_at', type: 'timestamptz', nullable: true }) askedAt!: Date | null;
  /** Calls that reached nobody. */
  @Column({ type: 'smallint' }) missed!: number;
  @Column({ name: 'missed_at', type: 'timestamptz', nullable: true }) missedAt!: Date | null;
  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true }) answeredAt!: Date | null;
  @Column({ type: 'text', nullable: true }) via!: 'household' | 'centre' | null;
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true }) closedAt!: Date | null;
  @Column({ name: 'closed_reason', type: 'text', nullable: true }) closedReason!: ClosingReason | null;
  @Column({ type: 'integer' }) version!: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
}
