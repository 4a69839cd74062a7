import type { VacancyClaim } from './connector.js';

/**
 * The fields a source may be silent about, each with its bit in `staged_vacancy.stated`. A field that was not stated leaves
 * the stored column as it is.
 */
export const SILENT_FIELDS = [
  'uid',
  'url',
  'subtitle',
  'areaId',
  'kato',
  'addressText',
  'payMinTenge',
  'payMaxTenge',
  'employment',
  'schedule',
  'education',
  'experience',
  'openings',
  'openingsYouth',
  'duties',
  'skills',
  'languages',
  'driving',
  'tags',
  'enbekSource',
  'relocationOffered',
  'permanentYears',
  'housing',
  'validUntil',
  'isco',
  'publishedUnstated',
] as const satisfies readonly (keyof VacancyClaim)[];
export type SilentField = (typeof SILENT_FIELDS)[number];

/** The bits of the fields that a claim speaks of. */
export function statedBits(claim: VacancyClaim): number {
  return SILENT_FIELDS.reduce((bits, field, index) => (claim[field] === undefined ? bits : bits | (1 << index)), 0);
}

/** SQL: whether the staged row `s` speaks of a field. */
function states(field: SilentField): string {
  return `s.stated & ${1 << SILENT_FIELDS.indexOf(field)} <> 0`;
}

export interface VacancyColumn {
  name: string;
  type: string;
  /** SQL of the value that the column of the stored row `v` has after the staged row `s` was taken in. */
  merged: string;
}

const always = (name: string, type: string): VacancyColumn => ({ name, type, merged: `s.${name}` });
const when =
  (condition: string) =>
  (name: string, type: string): VacancyColumn => ({
    name,
    type,
    merged: `case when ${condition} then s.${name} else v.${name} end`,
  });
const stated = (field: SilentField, name: string, type: string): VacancyColumn => when(states(field))(name, type);

/** A source that gives no KATO code (a card) still moves a vacancy when its text differs. */
const ofPlace = when(`(${states('kato')} or v.location_text <> s.location_text)`);
const ofArea = when(states('areaId'));
/** The key of a title may hold its area. */
const ofTitle = when(`(${states('areaId')} or v.title <> s.title)`);
/** The occupation is stated, or follows from title and area: it changes with any of them. */
const ofOccupation = when(`(${states('isco')} or ${states('areaId')} or v.title <> s.title)`);

/**
 * The columns of a vacancy that a source decides, in the order of the staging table. One bound of the pay that is stated
 * without the other drops the other where they would contradict each other.
 */
export const VACANCY_COLUMNS: readonly VacancyColumn[] = [
  always('title', 'text'),
  always('location_text', 'text'),
  always('employer_name', 'text'),
  when(`not (${states('publishedUnstated')})`)('published_on', 'date'),
  stated('uid', 'uid', 'text'),
  stated('url', 'url', 'text'),
  stated('subtitle', 'subtitle', 'text'),
  ofArea('area_id', 'smallint'),
  ofArea('sector', 'text'),
  ofArea('sector_follows', 'boolean'),
  ofTitle('title_key', 'text'),
  ofOccupation('isco', 'text'),
  ofOccupation('isco_sure', 'boolean'),
  ofOccupation('isco_stated', 'boolean'),
  ofPlace('region_code', 'text'),
  ofPlace('district_kato', 'text'),
  ofPlace('kato', 'text'),
  ofPlace('settlement_type', 'text'),
  ofPlace('place_match', 'text'),
  stated('addressText', 'address_text', 'text'),
  {
    name: 'pay_min_tenge',
    type: 'integer',
    merged: `case when ${states('payMinTenge')} then s.pay_min_tenge
      when ${states('payMaxTenge')} and v.pay_min_tenge > s.pay_max_tenge then null else v.pay_min_tenge end`,
  },
  {
    name: 'pay_max_tenge',
    type: 'integer',
    merged: `case when ${states('payMaxTenge')} then s.pay_max_tenge
      when ${states('payMinTenge')} and v.pay_max_tenge < s.pay_min_tenge then null else v.pay_max_tenge end`,
  },
  stated('employment', 'employment', 'text'),
  stated('schedule', 'schedule', 'text'),
  stated('education', 'education', 'text'),
  stated('experience', 'experience', 'text'),
  stated('openings', 'openings', 'integer'),
  stated('openingsYouth', 'openings_youth', 'integer'),
  stated('duties', 'duties', 'text'),
  stated('skills', 'skills', 'text[]'),
  stated('languages', 'languages', 'text[]'),
  stated('driving', 'driving', 'text[]'),
  stated('tags', 'tags', 'text[]'),
  stated('enbekSource', 'enbek_source', 'smallint'),
  stated('relocationOffered', 'relocation_offered', 'boolean'),
  stated('permanentYears', 'permanent_years', 'numeric(4,1)'),
  {
    // A page never speaks of housing but by its badge: it takes back what the badge said, not what a feed states without one.
    name: 'housing',
    type: 'text',
    merged: `case when ${states('housing')} then s.housing
      when ${states('tags')} and v.housing = 'provided' and 'housing' = any(v.tags) and 'housing' <> all(s.tags) then null
      else v.housing end`,
  },
  stated('validUntil', 'valid_until', 'date'),
];
