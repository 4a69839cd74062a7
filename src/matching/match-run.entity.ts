import { Column, Entity, PrimaryColumn } from 'typeorm';

export type MatchRunStatus = 'running' | 'done' | 'failed' | 'superseded';

/** One run of the matcher: what it saw, with which weights, and what it changed. */
@Entity('match_run')
export class MatchRun {
  @PrimaryColumn('uuid') id!: string;
  @Column({ type: 'text' }) reason!: string;
  /** The one household of the run; null: a run over all, over vacancies, or over several households. */
  @Column({ name: 'household_id', type: 'uuid', nullable: true }) householdId!: string | null;
  /** New or changed vacancies whose households it looked at, none for several that asked together; null: over all, or one household. */
  @Column({ name: 'vacancy_ids', type: 'uuid', array: true, nullable: true }) vacancyIds!: string[] | null;
  @Column({ name: 'weights_version', type: 'integer' }) weightsVersion!: number;
  @Column({ name: 'as_of', type: 'timestamptz' }) asOf!: Date;
  /** `superseded`: a newer run over all, which has read the same and more, came in its place. */
  @Column({ type: 'text' }) status!: MatchRunStatus;
  /** The run over all in whose place this one came. */
  @Column({ type: 'uuid', nullable: true }) supersedes!: string | null;
  @Column({ type: 'integer' }) households!: number;
  @Column({ type: 'integer' }) seekers!: number;
  @Column({ type: 'integer' }) vacancies!: number;
  /** A count; PostgreSQL's bigint comes as text. */
  @Column({ name: 'pairs_scored', type: 'bigint' }) pairsScored!: string | number;
  @Column({ name: 'proposals_made', type: 'integer' }) proposalsMade!: number;
  @Column({ name: 'proposals_withdrawn', type: 'integer' }) proposalsWithdrawn!: number;
  /** What PostgreSQL showed when the run began to read: a wish of a transaction that it saw is met by the run. */
  @Column({ name: 'read_snapshot', type: 'text', nullable: true, select: false }) readSnapshot?: string;
  @Column({ name: 'started_at', type: 'timestamptz' }) startedAt!: Date;
  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true }) finishedAt!: Date | null;
}
