import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Education, Employment, Experience, Housing, Schedule } from './connector.js';

/** One vacancy of one source. What a source does not state is null. */
@Entity('vacancy')
export class Vacancy {
  @PrimaryColumn('uuid') id!: string;
  @Column({ type: 'text' }) source!: string;
  @Column({ name: 'external_id', type: 'text' }) externalId!: string;
  @Column({ type: 'text' }) connector!: string;
  @Column({ type: 'text', nullable: true }) uid!: string | null;
  @Column({ type: 'text', nullable: true }) url!: string | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text', nullable: true }) subtitle!: string | null;
  @Column({ name: 'area_id', type: 'smallint', nullable: true }) areaId!: number | null;
  @Column({ type: 'text' }) sector!: string;
  @Column({ type: 'text', nullable: true }) isco!: string | null;
  @Column({ name: 'isco_sure', type: 'boolean', default: false }) iscoSure!: boolean;
  /** By the source or the employer; false: read out of the title. */
  @Column({ name: 'isco_stated', type: 'boolean', default: false }) iscoStated!: boolean;
  /** The source knows no areas: the sector is that of the occupation. */
  @Column({ name: 'sector_follows', type: 'boolean', default: false }) sectorFollows!: boolean;
  /** Under which officers correct the title (`occupations/title-key.ts`); null where it has none. */
  @Column({ name: 'title_key', type: 'text', nullable: true }) titleKey!: string | null;
  @Column({ name: 'region_code', type: 'text' }) regionCode!: string;
  @Column({ name: 'district_kato', type: 'text', nullable: true }) districtKato!: string | null;
  @Column({ type: 'text', nullable: true }) kato!: string | null;
  @Column({ name: 'settlement_type', type: 'text', nullable: true }) settlementType!: 'urban' | 'rural' | null;
  @Column({ name: 'place_match', type: 'text' }) placeMatch!: string;
  @Column({ name: 'location_text', type: 'text' }) locationText!: string;
  @Column({ name: 'address_text', type: 'text', nullable: true }) addressText!: string | null;
  @Column({ name: 'pay_min_tenge', type: 'integer', nullable: true }) payMinTenge!: number | null;
  @Column({ name: 'pay_max_tenge', type: 'integer', nullable: true }) payMaxTenge!: number | null;
  @Column({ type: 'text', nullable: true }) employment!: Employment | null;
  @Column({ type: 'text', nullable: true }) schedule!: Schedule | null;
  @Column({ type: 'text', nullable: true }) education!: Education | null;
  @Column({ type: 'text', nullable: true }) experience!: Experience | null;
  @Column({ type: 'integer', nullable: true }) openings!: number | null;
  @Column({ name: 'openings_youth', type: 'integer', nullable: true }) openingsYouth!: number | null;
  @Column({ type: 'text', nullable: true }) duties!: string | null;
  @Column({ type: 'text', array: true, default: '{}' }) skills!: string[];
  @Column({ type: 'text', array: true, default: '{}' }) languages!: string[];
  @Column({ type: 'text', array: true, default: '{}' }) driving!: string[];
  @Column({ type: 'text', array: true, default: '{}' }) tags!: string[];
  @Column({ name: 'enbek_source', type: 'smallint', nullable: true }) enbekSource!: number | null;
  @Column({ name: 'employer_id', type: 'uuid', nullable: true }) employerId!: string | null;
  @Column({ name: 'employer_name', type: 'text' }) employerName!: string;
  @Column({ name: 'relocation_offered', type: 'boolean', nullable: true }) relocationOffered!: boolean | null;
  @Column({ name: 'permanent_years', type: 'numeric', precision: 4, scale: 1, nullable: true }) permanentYears!:
    string | null;
  @Column({ type: 'text', nullable: true }) housing!: Housing | null;
  @Column({ name: 'housing_provenance', type: 'text', nullable: true }) housingProvenance!:
    'employer_claim' | 'inspected' | null;
  /** The day of the first reading where the source has never stated a date (`listing.published_unknown` in its run). */
  @Column({ name: 'published_on', type: 'date' }) publishedOn!: string;
  @Column({ name: 'valid_until', type: 'date', nullable: true }) validUntil!: string | null;
  @Column({ type: 'text' }) status!: 'open' | 'closed';
  @Column({ name: 'closed_reason', type: 'text', nullable: true }) closedReason!: string | null;
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true }) closedAt!: Date | null;
  @Column({ name: 'content_hash', type: 'text' }) contentHash!: string;
  @Column({ type: 'boolean', default: false }) synthetic!: boolean;
  @Column({ name: 'last_run_id', type: 'uuid', nullable: true }) lastRunId!: string | null;
  /** When it was last read outside of a feed, changed or not: from a page, a list of cards or its firm's form. */
  @Column({ name: 'read_apart_at', type: 'timestamptz', nullable: true }) readApartAt!: Date | null;
  @Column({ name: 'first_seen_at', type: 'timestamptz' }) firstSeenAt!: Date;
  @Column({ name: 'changed_at', type: 'timestamptz' }) changedAt!: Date;
}
