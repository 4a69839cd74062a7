import { Column, Entity, PrimaryColumn } from 'typeorm';

export type PromiseChange =
  'closed' | 'pay_reduced' | 'housing_lost' | 'employment_worsened' | 'moved' | 'occupation_changed';

/** A promise that an open vacancy broke. The rows of one batch go to the review queues under one `vacancies.changed` event. */
@Entity('vacancy_change')
export class VacancyChange {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'batch_id', type: 'uuid' }) batchId!: string;
  @Column({ name: 'vacancy_id', type: 'uuid' }) vacancyId!: string;
  @Column({ type: 'text' }) change!: PromiseChange;
  @Column({ type: 'jsonb', default: {} }) details!: Record<string, string | number | null>;
  @Column({ type: 'timestamptz' }) at!: Date;
}
