import { Column, Entity, PrimaryColumn } from 'typeorm';

export const EDUCATION_LEVELS = [
  'postgraduate',
  'higher',
  'post_secondary',
  'vocational',
  'general_secondary',
  'basic_secondary',
] as const;
export type EducationLevel = (typeof EDUCATION_LEVELS)[number];

/** PostgreSQL gives `numeric` as text; half years are exact in a number. */
const asNumber = { to: (value: number) => value, from: (value: string | number) => Number(value) };

/** A working adult of a household. `position` 1 or 2. The IIN is encrypted; its keyed index finds a person again. */
@Entity('seeker')
export class Seeker {
  @PrimaryColumn('uuid') id!: string;
  /** Null: removed from the household; the row stays without personal data, because placements hang on it. */
  @Column({ name: 'household_id', type: 'uuid', nullable: true }) householdId!: string | null;
  @Column({ type: 'smallint' }) position!: 1 | 2;
  @Column({ name: 'given_name', type: 'text', nullable: true }) givenName!: string | null;
  @Column({ name: 'family_name', type: 'text', nullable: true }) familyName!: string | null;
  @Column({ name: 'iin_cipher', type: 'bytea', nullable: true }) iinCipher!: Buffer | null;
  @Column({ name: 'iin_index', type: 'bytea', nullable: true }) iinIndex!: Buffer | null;
  @Column({ name: 'birth_date', type: 'date' }) birthDate!: string;
  @Column({ type: 'text' }) isco!: string;
  @Column({ name: 'occupation_title', type: 'text', nullable: true }) occupationTitle!: string | null;
  /** False: read out of the title, not chosen. */
  @Column({ name: 'isco_stated', type: 'boolean', default: true }) iscoStated!: boolean;
  /** Under which officers correct the title (`occupations/title-key.ts`); null where it has none. */
  @Column({ name: 'title_key', type: 'text', nullable: true }) titleKey!: string | null;
  @Column({ type: 'text', nullable: true }) education!: EducationLevel | null;
  @Column({ name: 'experience_years', type: 'numeric', precision: 4, scale: 1, transformer: asNumber })
  experienceYears!: number;
  @Column({ type: 'text', array: true }) languages!: string[];
  @Column({ type: 'text', array: true }) driving!: string[];
  @Column({ type: 'text', array: true }) diplomas!: string[];
  @Column({ name: 'pay_tenge', type: 'integer', nullable: true }) payTenge!: number | null;
  @Column({ name: 'minimum_pay_tenge', type: 'integer', nullable: true }) minimumPayTenge!: number | null;
  @Column({ name: 'permanent_only', type: 'boolean' }) permanentOnly!: boolean;
  @Column({ name: 'seeks_work', type: 'boolean' }) seeksWork!: boolean;
}
