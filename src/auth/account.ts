import type { Language } from '../i18n/language.js';
import type { Role } from '../shared/access.js';

/** Everyone who can have an account; `system` only ever has tokens. */
export type AccountRole = Exclude<Role, 'system'>;

/** How long the link of an invitation or a registration is good. */
export const INVITATION_SECONDS = 3 * 24 * 3_600;

/** An account, as lists and pages show it. */
export interface Account {
  id: string;
  /** What lists and the audit log call it; of a migrant it is empty. */
  label: string;
  role: AccountRole;
  regionCode: string | null;
  employerId: string | null;
  householdId: string | null;
  /** Null for migrants. */
  email: string | null;
  /** E.164; null for everyone but migrants. */
  phone: string | null;
  language: Language;
  hasSecondFactor: boolean;
  synthetic: boolean;
  createdAt: Date;
  disabledAt: Date | null;
}

/** What an authenticator app needs, and the codes for the day it is lost. */
export interface Enrolment {
  /** `otpauth://totp/…`, for a QR code or a link. */
  uri: string;
  /** Base32 in groups of four, to be typed. */
  secret: string;
  backupCodes: string[];
}

/** The columns of an account as `Account`, for `select … from auth_user`. */
export const ACCOUNT_COLUMNS = `
  id, label, role, region_code as "regionCode", employer_id as "employerId", household_id as "householdId",
  case when role <> 'migrant' then email end as email, phone_number as phone, language,
  two_factor_enabled as "hasSecondFactor", synthetic, created_at as "createdAt", disabled_at as "disabledAt"`;

/** Mail to a migrant's account goes nowhere: the library wants an address, and nobody has `.invalid` ones (RFC 2606). */
export const NO_MAIL = '@migrant.invalid';

/** Roles that must have a second factor before they reach anything. */
export function needsSecondFactor(role: Role): boolean {
  return role !== 'migrant' && role !== 'system';
}
