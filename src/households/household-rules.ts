import { checkIin } from '../shared/identity-number.js';
import type { FieldProblem } from '../shared/problem.js';
import type { ContactChannel } from './household.entity.js';
import { checkPhone } from './phone.js';

/** Rules that look at several fields at once. Pure: what is wrong comes back as coded fields, nothing is thrown. */

export interface Contact {
  channel: ContactChannel;
  phone: string | null;
  email: string | null;
}

/** How a household is reached, its phone in E.164. The channel SMS needs a mobile number of Kazakhstan, e-mail an address. */
export function readContact(contact: Contact): { contact: Contact; problems: FieldProblem[] } {
  const { channel, phone, email } = contact;
  const problems: FieldProblem[] = [];
  let e164 = phone;
  if (phone !== null) {
    const check = checkPhone(phone);
    if (!check.ok) problems.push({ field: 'phone', code: check.code });
    else {
      e164 = check.e164;
      if (channel === 'sms' && !check.mobile) problems.push({ field: 'phone', code: 'household.phone_not_mobile' });
      else if (channel === 'sms' && check.country !== 'KZ') {
        problems.push({ field: 'phone', code: 'household.phone_not_kazakhstan', params: { country: check.country } });
      }
    }
  }
  if (channel === 'sms' && phone === null) problems.push({ field: 'phone', code: 'household.phone_required' });
  if (channel === 'email' && email === null) problems.push({ field: 'email', code: 'household.email_required' });
  return { contact: { channel, phone: e164, email }, problems };
}

export interface FamilyAndRegions {
  children: number;
  schoolAgeChildren: number;
  relativesRegionCodes: readonly string[];
  wishedRegionCodes: readonly string[];
  excludedRegionCodes: readonly string[];
}

/** What does not fit together in the family's numbers and the regions named. */
export function familyProblems(family: FamilyAndRegions, knownRegions: ReadonlySet<string>): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (family.schoolAgeChildren > family.children) {
    problems.push({ field: 'schoolAgeChildren', code: 'household.school_age_exceeds_children' });
  }
  const named: [string, readonly string[]][] = [
    ['relativesRegionCodes', family.relativesRegionCodes],
    ['wishes.regionCodes', family.wishedRegionCodes],
    ['wishes.excludedRegionCodes', family.excludedRegionCodes],
  ];
  for (const [field, codes] of named) {
    const unknown = codes.find((code) => !knownRegions.has(code));
    if (unknown !== undefined) problems.push({ field, code: 'household.region_unknown', params: { region: unknown } });
  }
  const both = family.wishedRegionCodes.find((code) => family.excludedRegionCodes.includes(code));
  if (both !== undefined) {
    problems.push({
      field: 'wishes.excludedRegionCodes',
      code: 'household.region_wished_and_excluded',
      params: { region: both },
    });
  }
  return problems;
}

export interface Identity {
  /** As given; null: none. */
  iin: string | null;
  birthDate: string | null;
}

const YOUNGEST = 16;
const OLDEST = 100;

/**
 * An adult's IIN (digits only) and birth date, which must agree; the IIN alone gives the date. Work from 16 is the rule of
 * the Labour Code, article 31. `today` is a calendar date.
 */
export function readIdentity(
  given: Identity,
  today: string,
): { iin: string | null; birthDate: string | null; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const check = given.iin === null ? null : checkIin(given.iin);
  if (check && !check.ok) problems.push({ field: 'iin', code: check.code });
  const fromIin = check?.ok ? check.birthDate : null;
  if (fromIin !== null && given.birthDate !== null && fromIin !== given.birthDate) {
    problems.push({ field: 'birthDate', code: 'iin.birth_date_differs' });
  }
  const birthDate = given.birthDate ?? fromIin;
  if (birthDate === null) {
    if (problems.length === 0) problems.push({ field: 'birthDate', code: 'seeker.birth_date_required' });
  } else if (birthDate > today || ageOn(birthDate, today) > OLDEST) {
    problems.push({ field: 'birthDate', code: 'seeker.birth_date_implausible' });
  } else if (ageOn(birthDate, today) < YOUNGEST) {
    problems.push({ field: 'birthDate', code: 'seeker.too_young' });
  }
  return { iin: check?.ok ? check.iin : null, birthDate, problems };
}

/** Full years on a day, both as `YYYY-MM-DD`. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
