import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { QuotaCategory } from '../programme/programme.queries.js';
import type { ApplicationOwner, ApplicationState } from './application-states.js';

/** A household's application to be resettled to the region of an approved proposal. */
@Entity('application')
export class Application {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'household_id', type: 'uuid' }) householdId!: string;
  @Column({ name: 'proposal_id', type: 'uuid' }) proposalId!: string;
  /** Where they would come. */
  @Column({ name: 'region_code', type: 'text' }) regionCode!: string;
  @Column({ name: 'home_region_code', type: 'text' }) homeRegionCode!: string;
  /** Of the quota. */
  @Column({ type: 'text' }) category!: QuotaCategory;
  /** Everybody who comes; counted anew at the decision. */
  @Column({ type: 'smallint' }) persons!: number;
  @Column({ type: 'text' }) state!: ApplicationState;
  /** Who must do the next thing; null: it is over. */
  @Column({ type: 'text', nullable: true }) owner!: ApplicationOwner | null;
  /** Until when, `YYYY-MM-DD`; null: it is over. */
  @Column({ name: 'due_on', type: 'date', nullable: true }) dueOn!: string | null;
  @Column({ type: 'text', nullable: true }) reason!: string | null;
  @Column({ type: 'text', nullable: true }) note!: string | null;
  /** Since when the job that it was made for is gone. */
  @Column({ name: 'job_lost_at', type: 'timestamptz', nullable: true }) jobLostAt!: Date | null;
  @Column({ name: 'job_lost_reason', type: 'text', nullable: true }) jobLostReason!: string | null;
  /** Among those who wait for a quota place, the lowest is the next. */
  @Column({ name: 'wait_order', type: 'bigint', nullable: true }) waitOrder!: string | null;
  /** The year of the quota that its place was taken from. */
  @Column({ name: 'quota_year', type: 'smallint', nullable: true }) quotaYear!: number | null;
  @Column({ name: 'interested_at', type: 'timestamptz', nullable: true }) interestedAt!: Date | null;
  @Column({ name: 'applied_at', type: 'timestamptz', nullable: true }) appliedAt!: Date | null;
  @Column({ name: 'forwarded_at', type: 'timestamptz', nullable: true }) forwardedAt!: Date | null;
  /** The first decision, positive or a refusal, whoever had the application. */
  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true }) decidedAt!: Date | null;
  @Column({ name: 'waiting_since', type: 'timestamptz', nullable: true }) waitingSince!: Date | null;
  @Column({ name: 'reserved_at', type: 'timestamptz', nullable: true }) reservedAt!: Date | null;
  @Column({ name: 'contracted_at', type: 'timestamptz', nullable: true }) contractedAt!: Date | null;
  /** `YYYY-MM-DD` */
  @Column({ name: 'arrived_on', type: 'date', nullable: true }) arrivedOn!: string | null;
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true }) endedAt!: Date | null;
  @Column({ name: 'state_since', type: 'timestamptz' }) stateSince!: Date;
  /** Grows by one with every step; a decision names the one it was made on. */
  @Column({ type: 'integer' }) version!: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
}
