import type { Sql } from '../database/sql.js';
import type { Language } from '../i18n/language.js';
import { titleKey } from '../occupations/title-key.js';
import { newId } from '../shared/ids.js';
import type { ContactChannel, SettlementWish } from './household.entity.js';
import type { EducationLevel } from './seeker.entity.js';

/** A working adult ready to be written: checked, the occupation by its code. */
export interface NewSeeker {
  id?: string;
  givenName?: string | null;
  familyName?: string | null;
  iinCipher?: Buffer | null;
  iinIndex?: Buffer | null;
  birthDate: string;
  isco: string;
  occupationTitle?: string | null;
  /** False: read out of the title, not chosen. Default true. */
  iscoStated?: boolean;
  titleKey?: string | null;
  education: EducationLevel | null;
  experienceYears: number;
  languages: readonly string[];
  driving: readonly string[];
  diplomas: readonly string[];
  payTenge: number | null;
  minimumPayTenge: number | null;
  permanentOnly?: boolean;
  seeksWork: boolean;
}

/** A household ready to be written. Region and district follow from `homeKato`. */
export interface NewHousehold {
  id?: string;
  homeKato: string;
  children: number;
  schoolAgeChildren: number;
  /** Others who move along; default none. */
  otherMembers?: number;
  relativesRegionCodes: readonly string[];
  settlementWish: SettlementWish;
  wishedRegionCodes: readonly string[];
  excludedRegionCodes: readonly string[];
  housingRequired: boolean;
  corridorOff: boolean;
  wishesMove: boolean;
  language: Language;
  channel: ContactChannel;
  /** E.164. */
  phone: string | null;
  email: string | null;
  consentMatchingAt: Date | null;
  consentNoticesAt: Date | null;
  consentSharingAt: Date | null;
  synthetic: boolean;
  createdAt: Date;
  /** One or two, in the order of their position. */
  adults: readonly NewSeeker[];
}

/** Households in one statement; a thousand is quick, and the parameter stays well under PostgreSQL's limit. */
const AT_ONCE = 1_000;

/**
 * Writes households with their adults, set by set, and answers their ids in order. Checks nothing but what the table
 * does: the caller has. Throws when a `homeKato` is no place.
 */
export async function insertHouseholds(tx: Sql, households: readonly NewHousehold[]): Promise<string[]> {
  const ids: string[] = [];
  for (let start = 0; start < households.length; start += AT_ONCE) {
    const chunk = households
      .slice(start, start + AT_ONCE)
      .map((household) => ({ ...household, id: household.id ?? newId() }));
    const written = await tx.query<{ id: string }[]>(INSERT_HOUSEHOLDS, [JSON.stringify(chunk.map(householdRow))]);
    if (written.length !== chunk.length)
      throw new Error('A household lives at a place that the classifier does not know.');
    await insertSeekers(
      tx,
      chunk.flatMap(({ id, adults }) => adults.map((adult, i) => ({ ...adult, householdId: id, position: i + 1 }))),
    );
    ids.push(...chunk.map(({ id }) => id));
  }
  return ids;
}

export async function insertSeekers(
  tx: Sql,
  seekers: readonly (NewSeeker & { householdId: string; position: number })[],
): Promise<void> {
  await tx.query(INSERT_SEEKERS, [JSON.stringify(seekers.map(seekerRow))]);
}

function householdRow(household: NewHousehold): object {
  return {
    id: household.id,
    home_kato: household.homeKato,
    children: household.children,
    school_age_children: household.schoolAgeChildren,
    other_members: household.otherMembers ?? 0,
    relatives_region_codes: household.relativesRegionCodes,
    settlement_wish: household.settlementWish,
    wished_region_codes: household.wishedRegionCodes,
    excluded_region_codes: household.excludedRegionCodes,
    housing_required: household.housingRequired,
    corridor_off: household.corridorOff,
    wishes_move: household.wishesMove,
    language: household.language,
    channel: household.channel,
    phone: household.phone,
    email: household.email,
    consent_matching_at: household.consentMatchingAt,
    consent_notices_at: household.consentNoticesAt,
    consent_sharing_at: household.consentSharingAt,
    synthetic: household.synthetic,
    created_at: household.createdAt,
  };
}

function seekerRow(seeker: NewSeeker & { householdId: string; position: number }): object {
  const bytes = (value: Buffer | null | undefined): string | null => (value ? `\\x${value.toString('hex')}` : null);
  return {
    id: seeker.id ?? newId(),
    household_id: seeker.householdId,
    position: seeker.position,
    given_name: seeker.givenName ?? null,
    family_name: seeker.familyName ?? null,
    iin_cipher: bytes(seeker.iinCipher),
    iin_index: bytes(seeker.iinIndex),
    birth_date: seeker.birthDate,
    isco: seeker.isco,
    occupation_title: seeker.occupationTitle ?? null,
    isco_stated: seeker.iscoStated ?? true,
    title_key: seeker.titleKey ?? (seeker.occupationTitle ? titleKey(seeker.occupationTitle) : null),
    education: seeker.education,
    experience_years: seeker.experienceYears,
    languages: seeker.languages,
    driving: seeker.driving,
    diplomas: seeker.diplomas,
    pay_tenge: seeker.payTenge,
    minimum_pay_tenge: seeker.minimumPayTenge,
    permanent_only: seeker.permanentOnly ?? false,
    seeks_work: seeker.seeksWork,
  };
}

const INSERT_HOUSEHOLDS = `
insert into household (
  id, home_kato, home_region_code, home_district_kato, children, school_age_children, other_members, relatives_region_codes,
  settlement_wish, wished_region_codes, excluded_region_codes, housing_required, corridor_off, wishes_move,
  language, channel, phone, email, consent_matching_at, consent_notices_at, consent_sharing_at, synthetic,
  version, created_at, updated_at)
select h.id, h.home_kato, p.region_code, p.district_kato, h.children, h.school_age_children, h.other_members, h.relatives_region_codes,
  h.settlement_wish, h.wished_region_codes, h.excluded_region_codes, h.housing_required, h.corridor_off, h.wishes_move,
  h.language, h.channel, h.phone, h.email, h.consent_matching_at, h.consent_notices_at, h.consent_sharing_at, h.synthetic,
  1, h.created_at, h.created_at
from jsonb_to_recordset($1::jsonb) as h (
  id uuid, home_kato text, children smallint, school_age_children smallint, other_members smallint, relatives_region_codes text[],
  settlement_wish text, wished_region_codes text[], excluded_region_codes text[], housing_required boolean,
  corridor_off boolean, wishes_move boolean, language text, channel text, phone text, email text,
  consent_matching_at timestamptz, consent_notices_at timestamptz, consent_sharing_at timestamptz, synthetic boolean,
  created_at timestamptz)
join place p on p.kato = h.home_kato
returning id`;

const INSERT_SEEKERS = `
insert into seeker (
  id, household_id, position, given_name, family_name, iin_cipher, iin_index, birth_date, isco, occupation_title,
  isco_stated, title_key, education, experience_years, languages, driving, diplomas, pay_tenge, minimum_pay_tenge,
  permanent_only, seeks_work)
select s.* from jsonb_to_recordset($1::jsonb) as s (
  id uuid, household_id uuid, position smallint, given_name text, family_name text, iin_cipher bytea, iin_index bytea,
  birth_date date, isco text, occupation_title text, isco_stated boolean, title_key text, education text, experience_years numeric, languages text[],
  driving text[], diplomas text[], pay_tenge integer, minimum_pay_tenge integer, permanent_only boolean,
  seeks_work boolean)`;
