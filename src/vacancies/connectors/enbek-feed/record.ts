import { checkBin } from '../../../shared/identity-number.js';
import type { EmployerClaim, Housing, VacancyClaim, Warning } from '../../connector.js';
import {
  drivingCategory,
  educationOfId,
  employmentOfId,
  ENBEK_REGION_IDS,
  experienceOfId,
  languageOfId,
  scheduleOfId,
} from '../enbek-codes.js';
import { RecordFault, RecordFields, refuseReversedPay, shown } from '../record-fields.js';
import { webAddressOf } from '../web-address.js';

/** The fields of a record by group; employer's and relocation's become `employer_…` and `relocation_…` columns in CSV. */
export const RECORD_FIELDS: ReadonlySet<string> = new Set(
  `id uid url title subtitle profobl region_id kato location address salary_from salary_to employment schedule education experience
  openings openings_youth duties skills languages driving tags source employer relocation published valid_until archived`.split(
    /\s+/,
  ),
);
export const EMPLOYER_FIELDS: ReadonlySet<string> = new Set(['id', 'name', 'bin', 'activity', 'headcount']);
export const RELOCATION_FIELDS: ReadonlySet<string> = new Set(['offered', 'permanent_years', 'housing']);

/** A record without what the contract does not name. An object where the contract has none stays as an empty one. */
export function contractPart(record: Record<string, unknown>): Record<string, unknown> {
  const partOf = (whole: object, known: ReadonlySet<string>): [string, unknown][] =>
    Object.entries(whole).filter(([name]) => known.has(name));
  const bare = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(bare) : typeof value === 'object' && value !== null ? {} : value;
  const groups: Record<string, ReadonlySet<string>> = { employer: EMPLOYER_FIELDS, relocation: RELOCATION_FIELDS };
  const kept = partOf(record, RECORD_FIELDS).map(([name, value]): [string, unknown] => {
    const known = groups[name];
    if (known === undefined || typeof value !== 'object' || value === null || Array.isArray(value))
      return [name, bare(value)];
    return [name, Object.fromEntries(partOf(value, known).map(([field, inner]) => [field, bare(inner)]))];
  });
  return Object.fromEntries(kept);
}

const FIRST_AREA = 101;
const LAST_AREA = 125;
const HOUSING: readonly string[] = ['provided', 'help', 'none'] satisfies Housing[];

/**
 * One feed record → claim. The feed speaks of every field of its contract, so what is absent is null ("not stated").
 * Throws `RecordFault` for the first broken rule; what can be dropped without harm (a wrong BIN, a URL that is none,
 * an unknown language) is dropped or kept as text with a warning.
 */
export function readFeedRecord(record: Record<string, unknown>): { claim: VacancyClaim; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const fields = new RecordFields(record, warnings);
  const externalId = fields.requiredText('id', 64);
  if (/\s/.test(externalId)) throw new RecordFault('record.invalid_id', 'id', { value: shown(externalId) });
  const tags = fields.texts('tags', 50, 100);
  const claim: VacancyClaim = {
    externalId,
    title: fields.requiredText('title', 500),
    ...readPlace(fields),
    employer: readEmployer(fields, warnings),
    publishedOn: readPublished(fields),
    uid: fields.text('uid', 64),
    url: readUrl(fields, warnings),
    subtitle: fields.text('subtitle', 1_000),
    areaId: readArea(fields),
    ...readPay(fields),
    employment: fields.code('employment', employmentOfId),
    schedule: fields.code('schedule', scheduleOfId),
    education: fields.code('education', educationOfId),
    experience: fields.code('experience', experienceOfId),
    openings: fields.integer('openings', 0, 100_000),
    openingsYouth: fields.integer('openings_youth', 0, 100_000),
    duties: fields.longText('duties', 100_000),
    skills: fields.texts('skills', 500, 500),
    languages: readLanguages(fields, warnings),
    driving: [...new Set(fields.texts('driving', 30, 20).map(drivingCategory))],
    tags,
    enbekSource: fields.integer('source', 0, 32_767),
    ...readRelocation(fields, tags),
    validUntil: fields.date('valid_until'),
    archived: fields.boolean('archived') ?? false,
  };
  if (claim.validUntil && claim.validUntil < claim.publishedOn)
    throw new RecordFault('record.dates_reversed', 'valid_until', { from: claim.publishedOn, to: claim.validUntil });
  fields.warnUnknown(RECORD_FIELDS);
  return { claim, warnings };
}

function readPlace(
  fields: RecordFields,
): Pick<VacancyClaim, 'enbekRegionId' | 'kato' | 'locationText' | 'addressText'> {
  const enbekRegionId = fields.integer('region_id', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (enbekRegionId === null) throw new RecordFault('record.missing_field', 'region_id');
  if (!ENBEK_REGION_IDS.has(enbekRegionId))
    throw new RecordFault('record.unknown_region', 'region_id', { value: enbekRegionId });
  const kato = fields.text('kato', 20);
  if (kato !== null && !/^\d{9}$/.test(kato))
    throw new RecordFault('record.invalid_kato', 'kato', { value: shown(kato) });
  if (kato !== null && Number(kato.slice(0, 2)) !== enbekRegionId)
    throw new RecordFault('record.kato_outside_region', 'kato', { kato, region: enbekRegionId });
  return {
    enbekRegionId,
    kato,
    locationText: fields.requiredText('location', 1_000),
    addressText: fields.text('address', 1_000),
  };
}

function readEmployer(fields: RecordFields, warnings: Warning[]): EmployerClaim {
  const employer = fields.part('employer');
  if (employer === null) throw new RecordFault('record.missing_field', 'employer.name');
  employer.warnUnknown(EMPLOYER_FIELDS);
  const bin = employer.text('bin', 100);
  const check = bin === null ? null : checkBin(bin);
  // The number itself is not repeated in the warning: it may be a sole trader's own.
  if (check && !check.ok) warnings.push({ code: 'employer.bin_invalid', field: 'employer.bin' });
  return {
    name: employer.requiredText('name', 1_000),
    enbekId: employer.integer('id', 0, Number.MAX_SAFE_INTEGER),
    bin: check?.ok ? check.bin : null,
    activity: employer.text('activity', 1_000),
    headcount: employer.integer('headcount'),
  };
}

function readPublished(fields: RecordFields): string {
  const published = fields.date('published');
  if (published === null) throw new RecordFault('record.missing_field', 'published');
  return published;
}

function readUrl(fields: RecordFields, warnings: Warning[]): string | null {
  const url = fields.text('url', 2_000);
  if (url === null || webAddressOf(url) !== null) return url;
  warnings.push({ code: 'record.invalid_url', field: 'url' });
  return null;
}

function readArea(fields: RecordFields): number | null {
  const area = fields.integer('profobl', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (area !== null && (area < FIRST_AREA || area > LAST_AREA))
    throw new RecordFault('record.unknown_area', 'profobl', { value: area });
  return area;
}

function readPay(fields: RecordFields): Pick<VacancyClaim, 'payMinTenge' | 'payMaxTenge'> {
  const payMinTenge = fields.integer('salary_from');
  const payMaxTenge = fields.integer('salary_to');
  refuseReversedPay('salary_to', payMinTenge, payMaxTenge);
  return { payMinTenge, payMaxTenge };
}

/** Known ids become ISO 639-1; Enbek has more languages than its public list shows, so an unknown id is kept as it is. */
function readLanguages(fields: RecordFields, warnings: Warning[]): string[] {
  const languages = fields.texts('languages', 50, 100).map((id) => {
    const language = languageOfId(id);
    if (language === null)
      warnings.push({ code: 'record.unknown_language', field: 'languages', params: { value: shown(id) } });
    return language ?? id;
  });
  return [...new Set(languages)];
}

/** The tag `housing` («С предоставлением жилья») is the employer's claim too, where the record does not speak of housing itself. */
function readRelocation(
  fields: RecordFields,
  tags: string[],
): Pick<VacancyClaim, 'relocationOffered' | 'permanentYears' | 'housing'> {
  const relocation = fields.part('relocation');
  relocation?.warnUnknown(RELOCATION_FIELDS);
  const housing = relocation?.text('housing', 100) ?? null;
  if (housing !== null && !HOUSING.includes(housing))
    throw new RecordFault('record.unknown_code', 'relocation.housing', { value: shown(housing) });
  return {
    relocationOffered: relocation?.boolean('offered') ?? null,
    permanentYears: relocation?.number('permanent_years', 0, 100) ?? null,
    housing: (housing as Housing | null) ?? (tags.includes('housing') ? 'provided' : null),
  };
}
