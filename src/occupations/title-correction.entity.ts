import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an officer said that a title means. The newest of a title stands; those before it, and withdrawn ones, are kept. */
@Entity('title_correction')
export class TitleCorrection {
  @PrimaryColumn('uuid') id!: string;
  /** See `title-key.ts`. */
  @Column({ name: 'title_key', type: 'text' }) titleKey!: string;
  /** The spelling that the officer saw, and the area where it is part of the key. */
  @Column({ type: 'text' }) title!: string;
  @Column({ name: 'area_id', type: 'smallint', nullable: true }) areaId!: number | null;
  /** Null: the title names no occupation. */
  @Column({ type: 'text', nullable: true }) isco!: string | null;
  @Column({ type: 'text', nullable: true }) note!: string | null;
  /** An account's or token's id. */
  @Column({ name: 'made_by', type: 'text' }) madeBy!: string;
  /** The officer's; null for one who belongs to no region. */
  @Column({ name: 'region_code', type: 'text', nullable: true }) regionCode!: string | null;
  @Column({ name: 'made_at', type: 'timestamptz' }) madeAt!: Date;
  /** The lexicon's version that it made. */
  @Column({ type: 'bigint' }) version!: string;
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true }) endedAt!: Date | null;
  @Column({ name: 'ended_by', type: 'text', nullable: true }) endedBy!: string | null;
  @Column({ name: 'ended_reason', type: 'text', nullable: true }) endedReason!: 'superseded' | 'withdrawn' | null;
  @Column({ name: 'ended_version', type: 'bigint', nullable: true }) endedVersion!: string | null;
  /** Open vacancies and people whose occupation it changed, or its withdrawal; null until that is done. */
  @Column({ type: 'integer', nullable: true }) vacancies!: number | null;
  @Column({ type: 'integer', nullable: true }) seekers!: number | null;
  /** The version up to which its titles have been re-coded. */
  @Column({ name: 'recoded_version', type: 'bigint', nullable: true }) recodedVersion!: string | null;
}
