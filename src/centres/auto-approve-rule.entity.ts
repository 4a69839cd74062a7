import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When a centre approves without looking. A change of the rule is a new row; a region's newest row is its rule. */
@Entity('auto_approve_rule')
export class AutoApproveRule {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'region_code', type: 'text' }) regionCode!: string;
  @Column({ type: 'boolean' }) enabled!: boolean;
  @Column({ name: 'min_score', type: 'double precision' }) minScore!: number;
  /** Sectors that every job of the proposal must be in; empty: any sector. */
  @Column({ type: 'text', array: true }) sectors!: string[];
  /** Every job must come with housing provided by the employer. */
  @Column({ name: 'housing_required', type: 'boolean' }) housingRequired!: boolean;
  /** Every adult of the household who looks for work must have a job in the proposal. */
  @Column({ name: 'all_adults_placed', type: 'boolean' }) allAdultsPlaced!: boolean;
  @Column({ name: 'created_by', type: 'text' }) createdBy!: string;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
}
