import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Language } from '../i18n/language.js';
import type { About, CloseReason, QuestionStatus } from './question-states.js';

/** What somebody asked, whose answer it waits for, and until when. */
@Entity('question')
export class Question {
  @PrimaryColumn('uuid') id!: string;
  @Column({ type: 'text' }) language!: Language;
  @Column({ type: 'text' }) about!: About;
  @Column({ name: 'about_region_code', type: 'text', nullable: true }) aboutRegionCode!: string | null;
  @Column({ name: 'vacancy_id', type: 'uuid', nullable: true }) vacancyId!: string | null;
  /** The centre that owes the answer; null: the programme's own desk. */
  @Column({ name: 'region_code', type: 'text', nullable: true }) regionCode!: string | null;
  /** Null once its asker has taken it back or was erased. */
  @Column({ type: 'text', nullable: true }) text!: string | null;
  @Column({ name: 'account_id', type: 'uuid', nullable: true }) accountId!: string | null;
  @Column({ name: 'household_id', type: 'uuid', nullable: true }) householdId!: string | null;
  @Column({ name: 'contact_channel', type: 'text', nullable: true }) contactChannel!: 'sms' | 'email' | null;
  @Column({ name: 'contact_cipher', type: 'bytea', nullable: true }) contactCipher!: Buffer | null;
  @Column({ type: 'boolean' }) synthetic!: boolean;
  @Column({ type: 'text' }) status!: QuestionStatus;
  /** The token or account that took it; of an answered one, who did last. */
  @Column({ type: 'text', nullable: true }) owner!: string | null;
  @Column({ name: 'due_on', type: 'date' }) dueOn!: string;
  @Column({ type: 'text', nullable: true }) answer!: string | null;
  @Column({ name: 'answered_by', type: 'text', nullable: true }) answeredBy!: string | null;
  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true }) answeredAt!: Date | null;
  @Column({ name: 'closed_reason', type: 'text', nullable: true }) closedReason!: CloseReason | null;
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true }) closedAt!: Date | null;
  @Column({ name: 'erased_at', type: 'timestamptz', nullable: true }) erasedAt!: Date | null;
  @Column({ type: 'integer' }) version!: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
}
