import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LegalForm } from './employer-name.js';

/** A firm that offers work: one row each, known by BIN, else by Enbek's id, else by its normalised name. */
@Entity('employer')
export class Employer {
  @PrimaryColumn('uuid') id!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ name: 'name_normalised', type: 'text' }) nameNormalised!: string;
  @Column({ name: 'legal_form', type: 'text', nullable: true }) legalForm!: LegalForm | null;
  @Column({ type: 'text', nullable: true, unique: true }) bin!: string | null;
  @Column({ name: 'enbek_id', type: 'integer', nullable: true, unique: true }) enbekId!: number | null;
  @Column({ type: 'text', nullable: true }) activity!: string | null;
  @Column({ type: 'integer', nullable: true }) headcount!: number | null;
  /** When a centre checked that the firm is who it says; null: unchecked. */
  @Column({ name: 'verified_at', type: 'timestamptz', nullable: true }) verifiedAt!: Date | null;
  @Column({ type: 'boolean', default: false }) synthetic!: boolean;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
}
