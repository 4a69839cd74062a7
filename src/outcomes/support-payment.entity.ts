import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SupportCode } from '../programme/support-rules.js';

/** Support that was paid for a household, as a centre recorded it. */
@Entity('support_payment')
export class SupportPayment {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'household_id', type: 'uuid' }) householdId!: string;
  @Column({ name: 'region_code', type: 'text' }) regionCode!: string;
  /** A measure's code of `data/programme/support-measures.json`. */
  @Column({ type: 'text' }) measure!: SupportCode;
  @Column({ type: 'text' }) payee!: 'household' | 'employer';
  @Column({ type: 'integer' }) tenge!: number;
  /** `YYYY-MM-DD` */
  @Column({ name: 'paid_on', type: 'date' }) paidOn!: string;
  @Column({ name: 'recorded_by', type: 'text' }) recordedBy!: string;
  @Column({ name: 'recorded_at', type: 'timestamptz' }) recordedAt!: Date;
  /** Taken back: it was recorded wrongly. */
  @Column({ name: 'voided_by', type: 'text', nullable: true }) voidedBy!: string | null;
  @Column({ name: 'voided_at', type: 'timestamptz', nullable: true }) voidedAt!: Date | null;
}
