import { Column, Entity, PrimaryColumn } from 'typeorm';

export type TermsChange =
  'closed' | 'pay_reduced' | 'housing_lost' | 'employment_worsened' | 'moved' | 'occupation_changed';

/** Terms of an open vacancy that got worse (`worseTerms`). The rows of one batch go to the review queues under one `vacancies.changed` event. */
@Entity('vacancy_change')
export class VacancyChange {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'batch_id', type: 'uuid' }) batchId!: string;
  @Column({ name: 'vacancy_id', type: 'uuid' }) vacancyId!: string;
  @Column({ type: 'text' }) change!: TermsChange;
  @Column({ type: 'jsonb', default: {} }) details!: Record<string, string | number | null>;
  @Column({ type: 'timestamptz' }) at!: Date;
}
