import type { Education, Employment, Experience, Schedule, Warning } from '../connector.js';
import { readDate } from './dates.js';
import { educationOfWords, experienceOfWords, experienceOfYears } from './enbek-codes.js';
import { isObject, type JsonObject } from './json-ld.js';
import { oneLine } from './plain-text.js';
import { RecordFault, shown, unknownWords } from './record-fields.js';
import { type StatedPay, isUnreadPay, readAmountText } from './salary-text.js';
import { leadsToMessenger } from './web-address.js';

/** What a schema.org JobPosting states, field by field; null = not stated, or stated in a way that cannot be read. */
export interface Posting {
  identifier: string | null;
  /** Addresses that the posting gives for itself. */
  urls: string[];
  title: string | null;
  description: string | null;
  employerName: string | null;
  publishedOn: string | null;
  validUntil: string | null;
  locationText: string | null;
  addressText: string | null;
  /** Where the post can be filled besides, as `locationText`: each once, in the posting's order. */
  otherLocations: string[];
  /** Undefined: stated in words that nobody knows, so that what is known of it already stays. `exact`: one amount is both bounds. */
  pay: (StatedPay & { exact: boolean }) | null | undefined;
  employment: Employment | null;
  schedule: Schedule | null;
  education: Education | null;
  experience: Experience | null;
  openings: number | null;
  skills: string[];
}

/** A text or number as one line; null for anything else and for empty text. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? oneLine(value) || null : null;
}

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : value);

/**
 * Reads a JobPosting (https://schema.org/JobPosting). Throws `RecordFault` `record.invalid_date` for a date that is none;
 * pay in another currency or per hour, day or week becomes "not stated" with a warning, pay in unknown words stays as it was.
 */
export function readPosting(posting: JsonObject, warnings: Warning[]): Posting {
  const identifier = firstOf(posting['identifier']);
  const organisation = firstOf(posting['hiringOrganization']);
  const [address, ...others] = [posting['jobLocation']].flat().map(addressOf);
  return {
    identifier: textOf(isObject(identifier) ? identifier['value'] : identifier),
    urls: ['url', '_url', '@id', 'mainEntityOfPage', 'sameAs'].flatMap((key) => webAddress(posting, key, warnings)),
    title: textOf(posting['title']) ?? textOf(posting['name']),
    description: typeof posting['description'] === 'string' ? posting['description'].trim() || null : null,
    employerName: textOf(isObject(organisation) ? organisation['name'] : organisation),
    publishedOn: dateOf(posting, 'datePosted'),
    validUntil: dateOf(posting, 'validThrough'),
    locationText: address?.locationText ?? null,
    addressText: address?.addressText ?? null,
    otherLocations: [...new Set(others.flatMap(({ locationText }) => locationText ?? []))].filter(
      (text) => text !== address?.locationText,
    ),
    pay: payOf(posting, warnings),
    ...employmentOf(posting),
    education: educationOf(firstOf(posting['educationRequirements'])),
    experience: experienceOf(firstOf(posting['experienceRequirements'])),
    openings: wholeNumber(posting['totalJobOpenings']),
    skills: skillsOf(posting['skills']),
  };
}

function webAddress(posting: JsonObject, key: string, warnings: Warning[]): string[] {
  const value = posting[key];
  const text = textOf(isObject(value) ? value['@id'] : value);
  if (text === null || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return [];
  if (!leadsToMessenger(new URL(text).href)) return [text];
  // Such an address would become the vacancy's id, too.
  warnings.push({ code: 'vacancy.url_messenger', field: key });
  return [];
}

function dateOf(posting: JsonObject, field: string): string | null {
  const text = textOf(posting[field]);
  if (text === null) return null;
  const date = readDate(text);
  if (date === null) throw new RecordFault('record.invalid_date', field, { value: shown(text) });
  return date;
}

function addressOf(place: unknown): Pick<Posting, 'locationText' | 'addressText'> {
  const address = isObject(place) ? firstOf(place['address'] ?? place['name']) : place;
  if (!isObject(address)) return { locationText: textOf(address), addressText: null };
  const region = textOf(
    isObject(address['addressRegion']) ? address['addressRegion']['name'] : address['addressRegion'],
  );
  const locality = textOf(address['addressLocality']);
  const repeated = region !== null && locality?.toLowerCase().includes(region.toLowerCase());
  const parts = [repeated ? null : region, locality].filter((part) => part !== null);
  return { locationText: parts.join(', ') || null, addressText: textOf(address['streetAddress']) };
}

/** A pay's amount: a number as it is, a text as people write amounts; null = not stated, undefined = in words that nobody knows. */
function amountOf(value: unknown): StatedPay | null | undefined {
  if (typeof value === 'number') return value >= 0 && value < Infinity ? { min: value, max: value } : null;
  const text = textOf(value);
  if (text === null) return null;
  return isUnreadPay(text, readAmountText) ? undefined : readAmountText(text);
}

const MONTHS_OF_UNIT: Record<string, number> = { MONTH: 1, YEAR: 12 };

function payOf(posting: JsonObject, warnings: Warning[]): Posting['pay'] {
  const salary = firstOf(posting['baseSalary']);
  const amount = isObject(salary) ? salary : { value: salary };
  const value = isObject(amount['value']) ? amount['value'] : amount;
  const amounts = ['value', 'minValue', 'maxValue'].map((key) => ({ stated: value[key], read: amountOf(value[key]) }));
  const unread = amounts.find(({ read }) => read === undefined);
  const [one, least, most] = amounts.map(({ read }) => read ?? null);
  const min = least?.min ?? least?.max ?? one?.min ?? null;
  const max = most?.max ?? most?.min ?? (least ? null : (one?.max ?? null));
  const exact = one != null && one.min === one.max && min === one.min && max === one.max;
  if (unread === undefined && min === null && max === null) return null;
  // Nothing is nothing in every currency and for every period.
  if (unread === undefined && !min && !max) return { min, max, exact };
  const currency = (textOf(amount['currency'] ?? value['currency'] ?? posting['salaryCurrency']) ?? '–').toUpperCase();
  if (currency !== 'KZT') {
    warnings.push({ code: 'jobposting.pay_currency', field: 'baseSalary', params: { currency: shown(currency) } });
    return null;
  }
  const unit = (textOf(value['unitText'] ?? amount['unitText']) ?? '–').toUpperCase();
  const months = Object.hasOwn(MONTHS_OF_UNIT, unit) ? MONTHS_OF_UNIT[unit] : undefined;
  if (months === undefined) {
    warnings.push({ code: 'jobposting.pay_unit', field: 'baseSalary', params: { unit: shown(unit) } });
    return null;
  }
  if (unread !== undefined) {
    warnings.push(unknownWords('baseSalary', textOf(unread.stated) ?? ''));
    return undefined;
  }
  const monthly = (sum: number | null): number | null => {
    const tenge = sum === null ? null : Math.round(sum / months);
    return tenge !== null && tenge <= 2_147_483_647 ? tenge : null;
  };
  return { min: monthly(min), max: monthly(max), exact };
}

/** schema.org says how much one works; of permanence it says only that a post is temporary. */
function employmentOf(posting: JsonObject): Pick<Posting, 'employment' | 'schedule'> {
  const types = [posting['employmentType']]
    .flat()
    .flatMap((type) => (textOf(type) ?? '').split(','))
    .map((type) => type.trim().toUpperCase().replace(/[\s-]/g, '_'));
  const remote = textOf(posting['jobLocationType'])?.toUpperCase() === 'TELECOMMUTE';
  const temporary = types.includes('TEMPORARY') || types.includes('INTERN');
  return {
    employment: remote ? 'remote' : temporary ? 'temporary' : types.includes('SEASONAL') ? 'seasonal' : null,
    schedule: types.includes('FULL_TIME') ? 'full_day' : types.includes('PART_TIME') ? 'part_day' : null,
  };
}

/** Credential categories as Google's job posting guidelines name them. */
const CREDENTIALS = new Map<string, Education>([
  ['high school', 'general_secondary'],
  ['associate degree', 'post_secondary'],
  ['professional certificate', 'vocational'],
  ['bachelor degree', 'higher'],
  ['postgraduate degree', 'postgraduate'],
]);

function educationOf(requirement: unknown): Education | null {
  const text = textOf(isObject(requirement) ? requirement['credentialCategory'] : requirement);
  return text === null ? null : (CREDENTIALS.get(text.toLowerCase()) ?? educationOfWords(text));
}

function experienceOf(requirement: unknown): Experience | null {
  if (!isObject(requirement)) return experienceOfWords(textOf(requirement) ?? '');
  const months = Number(textOf(requirement['monthsOfExperience']) ?? NaN);
  return Number.isFinite(months) && months > 0 ? experienceOfYears(months / 12) : null;
}

function wholeNumber(value: unknown): number | null {
  const text = textOf(value);
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}

function skillsOf(value: unknown): string[] {
  const items = Array.isArray(value)
    ? (value as unknown[])
    : typeof value === 'string'
      ? value.split(/[,;]\s/)
      : [value];
  const names = items.map(
    (item) =>
      textOf(isObject(item) ? item['name'] : item)
        ?.replace(/[;,.]$/, '')
        .trim() ?? '',
  );
  return [...new Set(names.filter((name) => name !== ''))].slice(0, 500);
}
