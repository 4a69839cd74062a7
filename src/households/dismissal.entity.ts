import { Column, Entity, PrimaryColumn } from 'typeorm';

export const DISMISSAL_SCOPES = ['vacancy', 'district', 'region'] as const;
export type DismissalScope = (typeof DISMISSAL_SCOPES)[number];

export const DISMISSAL_REASONS = ['pay', 'place', 'housing', 'profession', 'not_now', 'other'] as const;
export type DismissalReason = (typeof DISMISSAL_REASONS)[number];

/** What a household does not want to be proposed: one vacancy, a district or a whole region. */
@Entity('dismissal')
export class Dismissal {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'household_id', type: 'uuid' }) householdId!: string;
  @Column({ type: 'text' }) scope!: DismissalScope;
  @Column({ name: 'vacancy_id', type: 'uuid', nullable: true }) vacancyId!: string | null;
  @Column({ name: 'district_kato', type: 'text', nullable: true }) districtKato!: string | null;
  @Column({ name: 'region_code', type: 'text', nullable: true }) regionCode!: string | null;
  @Column({ type: 'text' }) reason!: DismissalReason;
  @Column({ type: 'timestamptz' }) at!: Date;
}
