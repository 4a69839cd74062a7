import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Language } from '../i18n/language.js';

export const CHANNELS = ['sms', 'email', 'in_app'] as const;
export type ContactChannel = (typeof CHANNELS)[number];

export const SETTLEMENT_WISHES = ['urban', 'rural', 'any'] as const;
export type SettlementWish = (typeof SETTLEMENT_WISHES)[number];

/** A household that moves as one: where it lives, who is in it, what it wishes and how it may be told. */
@Entity('household')
export class Household {
  @PrimaryColumn('uuid') id!: string;
  @Column({ name: 'home_kato', type: 'text' }) homeKato!: string;
  @Column({ name: 'home_region_code', type: 'text' }) homeRegionCode!: string;
  @Column({ name: 'home_district_kato', type: 'text', nullable: true }) homeDistrictKato!: string | null;
  @Column({ type: 'smallint' }) children!: number;
  @Column({ name: 'school_age_children', type: 'smallint' }) schoolAgeChildren!: number;
  /** Who moves along beside the adults entered and the children: a grandparent, a grown child. */
  @Column({ name: 'other_members', type: 'smallint', default: 0 }) otherMembers!: number;
  @Column({ name: 'relatives_region_codes', type: 'text', array: true }) relativesRegionCodes!: string[];
  @Column({ name: 'settlement_wish', type: 'text' }) settlementWish!: SettlementWish;
  @Column({ name: 'wished_region_codes', type: 'text', array: true }) wishedRegionCodes!: string[];
  @Column({ name: 'excluded_region_codes', type: 'text', array: true }) excludedRegionCodes!: string[];
  @Column({ name: 'housing_required', type: 'boolean' }) housingRequired!: boolean;
  @Column({ name: 'corridor_off', type: 'boolean' }) corridorOff!: boolean;
  @Column({ name: 'wishes_move', type: 'boolean' }) wishesMove!: boolean;
  @Column({ type: 'text' }) language!: Language;
  @Column({ type: 'text' }) channel!: ContactChannel;
  @Column({ type: 'text', nullable: true }) phone!: string | null;
  @Column({ type: 'text', nullable: true }) email!: string | null;
  @Column({ name: 'consent_matching_at', type: 'timestamptz', nullable: true }) consentMatchingAt!: Date | null;
  @Column({ name: 'consent_notices_at', type: 'timestamptz', nullable: true }) consentNoticesAt!: Date | null;
  @Column({ name: 'consent_sharing_at', type: 'timestamptz', nullable: true }) consentSharingAt!: Date | null;
  @Column({ type: 'boolean' }) synthetic!: boolean;
  /** When its personal data was erased; what is left carries the proposals that were made. */
  @Column({ name: 'erased_at', type: 'timestamptz', nullable: true }) erasedAt!: Date | null;
  /** Rises with every change; a change names the version it was made on. */
  @Column({ type: 'integer' }) version!: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
}
