import { hash } from 'node:crypto';
import { type EmployerName, readEmployerName } from '../employers/employer-name.js';
import { isArea, sectorOfArea } from '../reference/sectors.js';
import { isCalendarDate } from '../shared/identity-number.js';
import type { ProblemParams } from '../shared/problem.js';
import type { VacancyClaim, Warning } from './connector.js';
import { webAddressOf } from './connectors/web-address.js';
import { type CopyValue, copyLine } from './copy-text.js';
import { VACANCY_COLUMNS, statedBits } from './vacancy-columns.js';
import { type PlaceLookup, type VacancyPlace, placeOf } from './vacancy-place.js';
import { cleanLine, cleanText } from './vacancy-text.js';

/** What is asked of the occupation service. */
export interface OccupationLookup {
  byTitle(title: string, areaId: number | null): { isco: string; sure: boolean } | null;
  /** Null when there is no such unit group. */
  occupation(isco: string): object | null;
  sectorOf(isco: string): string | null;
}

export interface Refusal {
  code: string;
  field: string | null;
  params: ProblemParams;
  /** When it is known: an officer sees the refused records of their own region. */
  regionCode: string | null;
}

/** A claim made ready for the staging table. */
export interface PreparedVacancy {
  externalId: string;
  archived: boolean;
  statedBits: number;
  employer: EmployerName & {
    key: string;
    bin: string | null;
    enbekId: number | null;
    activity: string | null;
    headcount: number | null;
  };
  /** Values in the order of `VACANCY_COLUMNS`. */
  values: CopyValue[];
  /** The values as part of a COPY line. */
  columns: string;
  /** Changes when anything does that the source states or that follows from it. */
  contentHash: string;
}

export type Preparation = { ok: true; vacancy: PreparedVacancy; warnings: Warning[] } | ({ ok: false } & Refusal);

const MOST_CHARACTERS = { line: 1_000, text: 100_000, employer: 1_000, url: 2_000, id: 200 } as const;
const MOST_LIST_ITEMS = 500;
const MOST_TENGE = 2_000_000_000;
const MOST_OPENINGS = 1_000_000;

/**
 * Turns a source's claim into a row: cleans its words, finds its place, occupation and sector, and checks what the tables
 * ask for. A claim that breaks a rule comes back with the code of the first rule it breaks, never half-prepared.
 */
export function prepareVacancy(claim: VacancyClaim, places: PlaceLookup, occupations: OccupationLookup): Preparation {
  const cleaned = cleanClaim(claim);
  const fault = faultOf(cleaned);
  if (fault !== null) return { ok: false, regionCode: null, ...fault };
  if (cleaned.isco && occupations.occupation(cleaned.isco) === null) {
    return {
      ok: false,
      code: 'vacancy.isco_unknown',
      field: 'isco',
      params: { value: cleaned.isco },
      regionCode: null,
    };
  }
  const where = placeOf(cleaned, places);
  if (!where.ok) return where;
  const warnings = [...where.warnings];
  const areaId = knownArea(cleaned.areaId, warnings);
  const url = webAddress(cleaned.url, warnings);
  const occupation = cleaned.isco
    ? { isco: cleaned.isco, sure: true }
    : occupations.byTitle(cleaned.title, areaId ?? null);
  const known: VacancyClaim = { ...cleaned, areaId, url };
  const values = valuesOf(known, where.place, occupation, sectorOf(areaId, occupation, occupations));
  const columns = copyLine(values);
  const employer = preparedEmployer(known);
  const bits = statedBits(known);
  const archived = cleaned.archived === true;
  const contentHash = hash('md5', `${bits} ${archived} ${employer.key}\t${columns}`);
  return {
    ok: true,
    vacancy: { externalId: cleaned.externalId, archived, statedBits: bits, employer, values, columns, contentHash },
    warnings,
  };
}

function cleanClaim(claim: VacancyClaim): VacancyClaim {
  const line = (text: string | null | undefined): string | null | undefined => (text ? cleanLine(text) || null : text);
  const list = (items: string[] | undefined): string[] | undefined =>
    items?.map(cleanLine).filter((item) => item !== '');
  return {
    ...claim,
    externalId: cleanLine(claim.externalId),
    title: cleanLine(claim.title),
    locationText: cleanLine(claim.locationText),
    employer: { ...claim.employer, name: cleanLine(claim.employer.name), activity: line(claim.employer.activity) },
    uid: line(claim.uid),
    subtitle: line(claim.subtitle),
    addressText: line(claim.addressText),
    duties: claim.duties ? cleanText(claim.duties) || null : claim.duties,
    skills: list(claim.skills),
    languages: list(claim.languages),
    driving: list(claim.driving),
    tags: list(claim.tags),
  };
}

type Fault = Omit<Refusal, 'regionCode'>;

/** The first rule of the tables that a claim breaks, whatever its connector has checked already. */
function faultOf(claim: VacancyClaim): Fault | null {
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

/** An area outside Enbek's list costs the record its area, not its life: the list grows from time to time. */
function knownArea(areaId: number | null | undefined, warnings: Warning[]): number | null | undefined {
  if (areaId === null || areaId === undefined || isArea(areaId)) return areaId;
  warnings.push({ code: 'vacancy.area_unknown', field: 'profobl', params: { value: areaId } });
  return null;
}

/** Only addresses that a page may link to. */
function webAddress(url: string | null | undefined, warnings: Warning[]): string | null | undefined {
  if (!url) return url;
  const href = webAddressOf(url);
  if (href !== null) return href;
  warnings.push({ code: 'vacancy.url_invalid', field: 'url' });
  return null;
}

/**
 * By the area, as Enbek and the paper count. Only where the source has no areas at all (an employer's page) does the occupation
 * speak for it: a feed that leaves the area out has not stated it.
 */
function sectorOf(
  areaId: number | null | undefined,
  occupation: { isco: string; sure: boolean } | null,
  occupations: OccupationLookup,
): string {
  if (areaId !== undefined || occupation === null || !occupation.sure) return sectorOfArea(areaId ?? null);
  return occupations.sectorOf(occupation.isco) ?? sectorOfArea(null);
}

function preparedEmployer(claim: VacancyClaim): PreparedVacancy['employer'] {
  const { employer } = claim;
  const name = readEmployerName(employer.name);
  const bin = employer.bin ?? null;
  const enbekId = employer.enbekId ?? null;
  return {
    name: name.name,
    normalised: name.normalised,
    legalForm: name.legalForm,
    key: `${bin ?? ''}|${enbekId ?? ''}|${name.normalised}`,
    bin,
    enbekId,
    activity: employer.activity ?? null,
    headcount: employer.headcount ?? null,
  };
}

function valuesOf(
  claim: VacancyClaim,
  place: VacancyPlace,
  occupation: { isco: string; sure: boolean } | null,
  sector: string,
): CopyValue[] {
  const row: Record<string, CopyValue> = {
    title: claim.title,
    location_text: claim.locationText,
    employer_name: claim.employer.name,
    published_on: claim.publishedOn,
    uid: claim.uid,
    url: claim.url,
    subtitle: claim.subtitle,
    area_id: claim.areaId,
    sector,
    isco: occupation?.isco,
    isco_sure: occupation?.sure ?? false,
    region_code: place.regionCode,
    district_kato: place.districtKato,
    kato: place.kato,
    settlement_type: place.settlementType,
    place_match: place.placeMatch,
    address_text: claim.addressText,
    pay_min_tenge: claim.payMinTenge,
    pay_max_tenge: claim.payMaxTenge,
    employment: claim.employment,
    schedule: claim.schedule,
    education: claim.education,
    experience: claim.experience,
    openings: claim.openings,
    openings_youth: claim.openingsYouth,
    duties: claim.duties,
    skills: claim.skills ?? [],
    languages: claim.languages ?? [],
    driving: claim.driving ?? [],
    tags: claim.tags ?? [],
    enbek_source: claim.enbekSource,
    relocation_offered: claim.relocationOffered,
    permanent_years:
      claim.permanentYears === null || claim.permanentYears === undefined
        ? null
        : Math.round(claim.permanentYears * 10) / 10,
    housing: claim.housing,
    valid_until: claim.validUntil,
  };
  return VACANCY_COLUMNS.map(({ name }) => row[name]);
}
