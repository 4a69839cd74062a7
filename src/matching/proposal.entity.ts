import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProposalStatus } from './proposal-states.js';

/** One addend of a score; the parts add up to it. */
export interface StoredPart {
  code: string;
  value: number;
  weight: number;
  contribution: number;
  /** True when a source is silent, so that the value is neutral. */
  notStated?: boolean;
  /** Codes of what a person must look at before the placement is approved: `speciality_differs`. */
  needsCheck?: readonly string[];
  /** On a household's parts: whose. */
  seekerId?: string;
}

/** A household's chance in one district: the unit that a centre decides on. */
@Entity('proposal')
export class Proposal {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'household_id', type: 'uuid' }) householdId!: string;
  @Column({ type: 'smallint' }) persons!: number;
  @Column({ name: 'region_code', type: 'text' }) regionCode!: string;
  @Column({ name: 'district_kato', type: 'text' }) districtKato!: string;
  @Column({ type: 'text' }) status!: ProposalStatus;
  @Column({ type: 'double precision' }) score!: number;
  @Column({ name: 'score_parts', type: 'jsonb' }) scoreParts!: StoredPart[];
  @Column({ name: 'weights_version', type: 'integer' }) weightsVersion!: number;
  @Column({ name: 'run_id', type: 'uuid', nullable: true }) runId!: string | null;
  @Column({ name: 'local_alternative', type: 'jsonb', nullable: true }) localAlternative!: object | null;
  @Column({ name: 'claimed_by', type: 'uuid', nullable: true }) claimedBy!: string | null;
  @Column({ name: 'claimed_until', type: 'timestamptz', nullable: true }) claimedUntil!: Date | null;
  /** `YYYY-MM-DD` */
  @Column({ name: 'due_on', type: 'date' }) dueOn!: string;
  @Column({ type: 'text', nullable: true }) reason!: string | null;
  @Column({ type: 'text', nullable: true }) note!: string | null;
  @Column({ name: 'referred_from_id', type: 'uuid', nullable: true }) referredFromId!: string | null;
  /** A token's id, or the name of the rule or job that decided. */
  @Column({ name: 'decided_by', type: 'text', nullable: true }) decidedBy!: string | null;
  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true }) decidedAt!: Date | null;
  /** When its household had arrived: what it promised is no longer to be kept open. */
  @Column({ name: 'fulfilled_at', type: 'timestamptz', nullable: true }) fulfilledAt!: Date | null;
  /** Grows by one with every change of state; a decision names the one it was made on. */
  @Column({ type: 'integer' }) version!: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
}
