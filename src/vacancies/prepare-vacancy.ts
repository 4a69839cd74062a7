import { hash } from 'node:crypto';
import { type EmployerName, readEmployerName } from '../employers/employer-name.js';
import type { AskedTitle } from '../occupations/occupation.service.js';
import { isArea, sectorOfArea } from '../reference/sectors.js';
import { type Refusal, faultOf } from './claim-rules.js';
import type { VacancyClaim, Warning } from './connector.js';
import { removeContacts } from './connectors/personal-contacts.js';
import { leadsToMessenger, webAddressOf } from './connectors/web-address.js';
import { type CopyValue, copyLine } from './copy-text.js';
import { VACANCY_COLUMNS, statedBits } from './vacancy-columns.js';
import { type PlaceLookup, type VacancyPlace, placeOf } from './vacancy-place.js';
import { cleanLine, cleanText } from './vacancy-text.js';

/** What is asked of the occupation service. */
export interface OccupationLookup {
  resolve(asked: AskedTitle): { isco: string | null; sure: boolean };
  /** Null when there is no such unit group. */
  occupation(isco: string): object | null;
  sectorOf(isco: string): string | null;
  /** Under which key officers correct a title; null where it has none. */
  keyOf(title: string, areaId: number | null): string | null;
}

/** Occupation, sector and place as they were read from a claim's words. */
export interface RecognisedVacancy {
  /** Null when the title names no occupation that is known. */
  isco: string | null;
  /** False: guessed from a word of the title. */
  iscoSure: boolean;
  sector: string;
  place: VacancyPlace;
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
  /** What its words were understood to mean. */
  recognised: RecognisedVacancy;
  /** Values in the order of `VACANCY_COLUMNS`. */
  values: CopyValue[];
  /** The values as part of a COPY line. */
  columns: string;
  /** Changes when anything does that the source states or that follows from it. */
  contentHash: string;
}

export type Preparation = { ok: true; vacancy: PreparedVacancy; warnings: Warning[] } | ({ ok: false } & Refusal);

/**
 * Turns a source's claim into a row: cleans its words, takes contacts of persons out of them, reads a pay of zero as "not stated", finds its place, occupation
 * and sector, and checks what the tables ask for. A claim that breaks a rule comes back with the code of the first rule it breaks, never half-prepared.
 */
export function prepareVacancy(claim: VacancyClaim, places: PlaceLookup, occupations: OccupationLookup): Preparation {
  const warnings: Warning[] = [];
  const cleaned = cleanClaim(claim, warnings);
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
  warnings.push(...where.warnings);
  const areaId = knownArea(cleaned.areaId, warnings);
  const url = webAddress(cleaned.url, warnings);
  const occupation = occupationOf(cleaned, areaId ?? null, occupations);
  const known: VacancyClaim = { ...cleaned, areaId, url };
  const sector = sectorOf(areaId, occupation, occupations);
  const titleKey = occupations.keyOf(cleaned.title, areaId ?? null);
  const values = valuesOf(known, { place: where.place, occupation, sector, titleKey });
  const recognised = {
    isco: occupation?.isco ?? null,
    iscoSure: occupation?.sure ?? false,
    sector,
    place: where.place,
  };
  const columns = copyLine(values);
  const employer = preparedEmployer(known);
  const bits = statedBits(known);
  const archived = cleaned.archived === true;
  const contentHash = hash('md5', `${bits} ${archived} ${employer.key}\t${columns}`);
  return {
    ok: true,
    vacancy: {
      externalId: cleaned.externalId,
      archived,
      statedBits: bits,
      employer,
      recognised,
      values,
      columns,
      contentHash,
    },
    warnings,
  };
}

/** The claim's own unit group, or that of its titles; null where they name none. */
function occupationOf(
  { isco, iscoStated = true, title, subtitle = null, education = null, skills = [] }: VacancyClaim,
  areaId: number | null,
  occupations: OccupationLookup,
): ReadOccupation | null {
  if (isco) return { isco, sure: true, stated: iscoStated };
  const found = occupations.resolve({ title, secondTitle: subtitle, areaId, education, skills });
  return found.isco === null ? null : { isco: found.isco, sure: found.sure, stated: false };
}

interface ReadOccupation {
  isco: string;
  sure: boolean;
  /** By the source, not read out of the title. */
  stated: boolean;
}

/**
 * Every text tidy and without contacts of persons, whatever it came by, and no pay of zero; what identifies the vacancy stays as
 * it was.
 */
function cleanClaim(claim: VacancyClaim, warnings: Warning[]): VacancyClaim {
  const line = (text: string): string => removeContacts(cleanLine(text));
  const maybeLine = (text: string | null | undefined): string | null | undefined => (text ? line(text) || null : text);
  const list = (items: string[] | undefined): string[] | undefined => items?.map(line).filter((item) => item !== '');
  return {
    ...claim,
    externalId: cleanLine(claim.externalId),
    title: line(claim.title),
    locationText: line(claim.locationText),
    employer: { ...claim.employer, name: line(claim.employer.name), activity: maybeLine(claim.employer.activity) },
    uid: claim.uid ? cleanLine(claim.uid) || null : claim.uid,
    subtitle: maybeLine(claim.subtitle),
    addressText: maybeLine(claim.addressText),
    duties: claim.duties ? removeContacts(cleanText(claim.duties)) || null : claim.duties,
    skills: list(claim.skills),
    languages: list(claim.languages),
    driving: list(claim.driving),
    tags: list(claim.tags),
    payMinTenge: statedPay(claim.payMinTenge, 'salary_from', warnings),
    payMaxTenge: statedPay(claim.payMaxTenge, 'salary_to', warnings),
  };
}

/** Nobody works for nothing: whoever fills in a zero has not said what they pay, only that their form wanted a number. */
function statedPay(pay: number | null | undefined, field: string, warnings: Warning[]): number | null | undefined {
  if (pay !== 0) return pay;
  warnings.push({ code: 'record.zero_pay', field });
  return null;
}

/** An area outside Enbek's list costs the record its area, not its life: the list grows from time to time. */
function knownArea(areaId: number | null | undefined, warnings: Warning[]): number | null | undefined {
  if (areaId === null || areaId === undefined || isArea(areaId)) return areaId;
  warnings.push({ code: 'vacancy.area_unknown', field: 'profobl', params: { value: areaId } });
  return null;
}

/** Only addresses that a page may link to, and none of a person's. */
function webAddress(url: string | null | undefined, warnings: Warning[]): string | null | undefined {
  if (!url) return url;
  const href = webAddressOf(url);
  if (href !== null && !leadsToMessenger(href)) return href;
  warnings.push({ code: href === null ? 'vacancy.url_invalid' : 'vacancy.url_messenger', field: 'url' });
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
  read: { place: VacancyPlace; occupation: ReadOccupation | null; sector: string; titleKey: string | null },
): CopyValue[] {
  const { place, occupation, sector, titleKey } = read;
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
    sector_follows: claim.areaId === undefined,
    title_key: titleKey,
    isco: occupation?.isco,
    isco_sure: occupation?.sure ?? false,
    isco_stated: occupation?.stated ?? false,
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
