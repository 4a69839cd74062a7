import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProblemParams } from '../shared/problem.js';
import type { RunStatus } from './ingest-run.queries.js';

/** One reading of one file, page or form. */
@Entity('ingest_run')
export class IngestRun {
  @PrimaryColumn('uuid') id!: string;
  @Column({ type: 'text' }) source!: string;
  @Column({ type: 'text' }) connector!: string;
  @Column({ type: 'text' }) origin!: string;
  @Column({ type: 'text' }) status!: RunStatus;
  @Column({ type: 'boolean', nullable: true }) complete!: boolean | null;
  @Column({ name: 'generated_at', type: 'timestamptz', nullable: true }) generatedAt!: Date | null;
  @Column({ type: 'boolean', default: false }) synthetic!: boolean;
  @Column({ name: 'error_code', type: 'text', nullable: true }) errorCode!: string | null;
  @Column({ name: 'error_params', type: 'jsonb', nullable: true }) errorParams!: ProblemParams | null;
  @Column({ type: 'integer', default: 0 }) read!: number;
  @Column({ type: 'integer', default: 0 }) inserted!: number;
  @Column({ type: 'integer', default: 0 }) updated!: number;
  @Column({ type: 'integer', default: 0 }) unchanged!: number;
  @Column({ type: 'integer', default: 0 }) closed!: number;
  @Column({ type: 'integer', default: 0 }) rejected!: number;
  @Column({ type: 'jsonb', default: {} }) warnings!: Record<string, number>;
  @Column({ name: 'started_at', type: 'timestamptz' }) startedAt!: Date;
  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true }) finishedAt!: Date | null;
}
