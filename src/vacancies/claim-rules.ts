import { readEmployerName } from '../employers/employer-name.js';
import { isCalendarDate } from '../shared/identity-number.js';
import type { ProblemParams } from '../shared/problem.js';
import type { VacancyClaim } from './connector.js';

export interface Refusal {
  code: string;
  field: string | null;
  params: ProblemParams;
  /** When it is known: an officer sees the refused records of their own region. */
  regionCode: string | null;
}

const MOST_CHARACTERS = { line: 1_000, text: 100_000, employer: 1_000, url: 2_000, id: 200 } as const;
const MOST_LIST_ITEMS = 500;
const MOST_TENGE = 2_000_000_000;
const MOST_OPENINGS = 1_000_000;

type Fault = Omit<Refusal, 'regionCode'>;

/** The first rule of the tables that a claim breaks, whatever its connector has checked already. */
export function faultOf(claim: VacancyClaim): Fault | null {
  const missing = [
    ['id', claim.externalId],
    ['title', claim.title],
    ['location', claim.locationText],
    ['employer.name', readEmployerName(claim.employer.name).normalised],
  ].find(([, text]) => text === '');
  if (missing !== undefined) return { code: 'record.missing_field', field: missing[0] ?? null, params: {} };
  return textFault(claim) ?? numberFault(claim) ?? dateFault(claim);
}

function textFault(claim: VacancyClaim): Fault | null {
  const tooLong = (field: string, maxCharacters: number): Fault => ({
    code: 'record.text_too_long',
    field,
    params: { maxCharacters },
  });
  for (const [field, textOf, maxCharacters] of TEXT_LIMITS) {
    if ((textOf(claim)?.length ?? 0) > maxCharacters) return tooLong(field, maxCharacters);
  }
  for (const field of LISTS) {
    if (claim[field]?.some((item) => item.length > MOST_CHARACTERS.line)) return tooLong(field, MOST_CHARACTERS.line);
  }
  for (const field of LISTS) {
    const value = claim[field]?.length ?? 0;
    if (value > MOST_LIST_ITEMS) return outOfRange(field, value, 0, MOST_LIST_ITEMS);
  }
  return null;
}

const LISTS = ['skills', 'languages', 'driving', 'tags'] as const;
const TEXT_LIMITS: readonly [string, (claim: VacancyClaim) => string | null | undefined, number][] = [
  ['id', (claim) => claim.externalId, MOST_CHARACTERS.id],
  ['title', (claim) => claim.title, MOST_CHARACTERS.line],
  ['location', (claim) => claim.locationText, MOST_CHARACTERS.line],
  ['employer.name', (claim) => claim.employer.name, MOST_CHARACTERS.employer],
  ['employer.activity', (claim) => claim.employer.activity, MOST_CHARACTERS.employer],
  ['uid', (claim) => claim.uid, MOST_CHARACTERS.id],
  ['url', (claim) => claim.url, MOST_CHARACTERS.url],
  ['subtitle', (claim) => claim.subtitle, MOST_CHARACTERS.line],
  ['address', (claim) => claim.addressText, MOST_CHARACTERS.line],
  ['duties', (claim) => claim.duties, MOST_CHARACTERS.text],
];

function numberFault(claim: VacancyClaim): Fault | null {
  const limits: [string, number | null | undefined, number, number][] = [
    ['salary_from', claim.payMinTenge, 0, MOST_TENGE],
    ['salary_to', claim.payMaxTenge, 0, MOST_TENGE],
    ['openings', claim.openings, 0, MOST_OPENINGS],
    ['openings_youth', claim.openingsYouth, 0, MOST_OPENINGS],
    ['source', claim.enbekSource, 0, 32_767],
    ['employer.id', claim.employer.enbekId, 0, 2_147_483_647],
    ['employer.headcount', claim.employer.headcount, 0, 2_147_483_647],
  ];
  for (const [field, value, min, max] of limits) {
    if (value === null || value === undefined) continue;
    if (!Number.isInteger(value)) return { code: 'record.wrong_type', field, params: { expected: 'integer' } };
    if (value < min || value > max) return outOfRange(field, value, min, max);
  }
  const years = claim.permanentYears ?? 0;
  if (!(years >= 0 && years <= 100)) return outOfRange('relocation.permanent_years', years, 0, 100);
  const { payMinTenge: from, payMaxTenge: to } = claim;
  if (typeof from === 'number' && typeof to === 'number' && to < from) {
    return { code: 'record.pay_reversed', field: 'salary_to', params: { from, to } };
  }
  return null;
}

function dateFault({ publishedOn, validUntil }: VacancyClaim): Fault | null {
  for (const [field, date] of [
    ['published', publishedOn],
    ['valid_until', validUntil ?? publishedOn],
  ] as const) {
    if (!isDate(date)) return { code: 'record.invalid_date', field, params: { value: date.slice(0, 40) } };
  }
  if (validUntil && validUntil < publishedOn) {
    return { code: 'record.dates_reversed', field: 'valid_until', params: { from: publishedOn, to: validUntil } };
  }
  return null;
}

/** Days that were found to exist: a file of many vacancies has few dates. */
const days = new Set<string>();
const MOST_DAYS = 10_000;

function isDate(text: string): boolean {
  if (days.has(text)) return true;
  const exists = isCalendarDate(text);
  if (exists && days.size < MOST_DAYS) days.add(text);
  return exists;
}

function outOfRange(field: string, value: number, min: number, max: number): Fault {
  return { code: 'record.out_of_range', field, params: { value, min, max } };
}
