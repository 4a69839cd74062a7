import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApplicationOwner, ApplicationState } from './application-states.js';

/** One step of an application, kept for the household and its centre: what happened, who had it then and until when. */
@Entity('application_step')
export class ApplicationStep {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'application_id', type: 'uuid' }) applicationId!: string;
  @Column({ name: 'household_id', type: 'uuid' }) householdId!: string;
  @Column({ name: 'region_code', type: 'text' }) regionCode!: string;
  @Column({ type: 'text' }) action!: string;
  @Column({ name: 'from_state', type: 'text', nullable: true }) fromState!: ApplicationState | null;
  @Column({ name: 'to_state', type: 'text' }) toState!: ApplicationState;
  @Column({ type: 'text', nullable: true }) owner!: ApplicationOwner | null;
  /** `YYYY-MM-DD` */
  @Column({ name: 'due_on', type: 'date', nullable: true }) dueOn!: string | null;
  @Column({ type: 'text', nullable: true }) reason!: string | null;
  @Column({ type: 'text', nullable: true }) note!: string | null;
  @Column({ type: 'timestamptz' }) at!: Date;
  /** A token's or account's id, or the name of the rule or job that acted. */
  @Column({ type: 'text' }) actor!: string;
  @Column({ name: 'actor_role', type: 'text' }) actorRole!: string;
}
