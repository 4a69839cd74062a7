import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A household's interest in one job of an approved match, and whether this employer may see who they are. */
@Entity('interest')
export class Interest {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'household_id', type: 'uuid' }) householdId!: string;
  @Column({ name: 'proposal_id', type: 'uuid' }) proposalId!: string;
  @Column({ name: 'placement_id', type: 'uuid' }) placementId!: string;
  @Column({ name: 'vacancy_id', type: 'uuid' }) vacancyId!: string;
  @Column({ name: 'employer_id', type: 'uuid', nullable: true }) employerId!: string | null;
  @Column({ name: 'region_code', type: 'text' }) regionCode!: string;
  @Column({ name: 'expressed_at', type: 'timestamptz' }) expressedAt!: Date;
  /** Since when this employer may see name and phone; null: not, or no longer. */
  @Column({ name: 'shared_at', type: 'timestamptz', nullable: true }) sharedAt!: Date | null;
  @Column({ name: 'withdrawn_at', type: 'timestamptz', nullable: true }) withdrawnAt!: Date | null;
}
