import { type Sql, firstRow, rows } from '../database/sql.js';
import type { CursorKeys } from '../shared/page.js';
import type { Education, Employment, Experience, Housing, Schedule } from './connector.js';

/** A name in Kazakh, Russian and English. */
export interface PlaceNames {
  kk: string;
  ru: string;
  /** The classifier has no English names of districts and settlements: null there. */
  en: string | null;
}

export interface VacancyRow {
  id: string;
  source: string;
  externalId: string;
  url: string | null;
  title: string;
  subtitle: string | null;
  areaId: number | null;
  sector: string;
  isco: string | null;
  iscoSure: boolean;
  region: string;
  districtKato: string | null;
  kato: string | null;
  settlementType: 'urban' | 'rural' | null;
  placeMatch: string;
  locationText: string;
  addressText: string | null;
  regionNames: PlaceNames;
  districtNames: PlaceNames | null;
  settlementNames: PlaceNames | null;
  payMinTenge: number | null;
  payMaxTenge: number | null;
  employment: Employment | null;
  schedule: Schedule | null;
  education: Education | null;
  experience: Experience | null;
  openings: number | null;
  openingsYouth: number | null;
  duties: string | null;
  skills: string[];
  languages: string[];
  driving: string[];
  tags: string[];
  relocationOffered: boolean | null;
  permanentYears: number | null;
  housing: Housing | null;
  housingProvenance: 'employer_claim' | 'inspected' | null;
  publishedOn: string;
  validUntil: string | null;
  status: 'open' | 'closed';
  closedReason: string | null;
  closedAt: Date | null;
  employerId: string | null;
  employerName: string;
  employerVerified: boolean;
  synthetic: boolean;
  changedAt: Date;
}

const names = (place: string): string =>
  `case when ${place}.kato is not null then jsonb_build_object('kk', ${place}.name_kk, 'ru', ${place}.name_ru, 'en', null) end`;

const SELECT = `
  select v.id, v.source, v.external_id as "externalId", v.url, v.title, v.subtitle, v.area_id as "areaId", v.sector, v.isco,
    v.isco_sure as "iscoSure", v.region_code as region, v.district_kato as "districtKato", v.kato,
    v.settlement_type as "settlementType", v.place_match as "placeMatch", v.location_text as "locationText",
    v.address_text as "addressText",
    jsonb_build_object('kk', r.name_kk, 'ru', r.name_ru, 'en', r.name_en) as "regionNames",
    ${names('d')} as "districtNames", ${names('s')} as "settlementNames",
    v.pay_min_tenge as "payMinTenge", v.pay_max_tenge as "payMaxTenge", v.employment, v.schedule, v.education, v.experience,
    v.openings, v.openings_youth as "openingsYouth", v.duties, v.skills, v.languages, v.driving, v.tags,
    v.relocation_offered as "relocationOffered", v.permanent_years::float8 as "permanentYears", v.housing,
    v.housing_provenance as "housingProvenance", v.published_on as "publishedOn", v.valid_until as "validUntil", v.status,
    v.closed_reason as "closedReason", v.closed_at as "closedAt", v.employer_id as "employerId",
    v.employer_name as "employerName", e.verified_at is not null as "employerVerified", v.synthetic, v.changed_at as "changedAt"
  from vacancy v
  join region r on r.code = v.region_code
  left join place d on d.kato = v.district_kato
  left join place s on s.kato = v.kato and v.place_match = 'settlement'
  left join employer e on e.id = v.employer_id`;

export function vacancyById(sql: Sql, id: string): Promise<VacancyRow | undefined> {
  return firstRow(sql, `${SELECT} where v.id = $1`, [id]);
}

/** Keeps a vacancy as it is for everybody else until the transaction ends. */
export async function lockVacancy(tx: Sql, id: string): Promise<void> {
  await tx.query('select 1 from vacancy where id = $1 for no key update', [id]);
}

export type VacancySort = 'newest' | 'pay';

export interface VacancyFilter {
  region?: string[];
  district?: string;
  sector?: string[];
  area?: number;
  isco?: string;
  words?: string;
  payMin?: number;
  housing?: string[];
  employment?: string[];
  source?: string;
  employerId?: string;
  status: 'open' | 'closed' | 'any';
  sort: VacancySort;
  after: CursorKeys | null;
  limit: number;
}

/** Each order has a last key, the id, so that it is total; `pay` counts a pay that is not stated as nothing. */
const SORTS: Record<VacancySort, { key: string; type: string; row: (row: VacancyRow) => string | number }> = {
  newest: { key: 'v.published_on', type: 'date', row: (row) => row.publishedOn },
  pay: {
    key: 'coalesce(v.pay_min_tenge, v.pay_max_tenge, 0)',
    type: 'integer',
    row: (row) => row.payMinTenge ?? row.payMaxTenge ?? 0,
  },
};

/** Number of sort keys of a cursor. */
export const VACANCY_KEYS = 2;

export function vacancyKeys(sort: VacancySort): (row: VacancyRow) => CursorKeys {
  return (row) => [SORTS[sort].row(row), row.id];
}

/** Vacancies that pass every filter given, at most `limit`, from after the keys of a row. */
export function vacancies(sql: Sql, filter: VacancyFilter): Promise<VacancyRow[]> {
  const parameters: unknown[] = [];
  const conditions: string[] = [];
  const where = (condition: (parameter: string) => string, value: unknown): void => {
    if (value === undefined || value === null) return;
    parameters.push(value);
    conditions.push(condition(`$${parameters.length}`));
  };
  where((p) => `v.status = ${p}`, filter.status === 'any' ? undefined : filter.status);
  where((p) => `v.region_code = any(${p}::text[])`, filter.region);
  where((p) => `(v.district_kato = ${p} or v.kato = ${p})`, filter.district);
  where((p) => `v.sector = any(${p}::text[])`, filter.sector);
  where((p) => `v.area_id = ${p}`, filter.area);
  where((p) => `v.isco like ${p}`, filter.isco && `${escapeLike(filter.isco)}%`);
  where((p) => `coalesce(v.pay_min_tenge, v.pay_max_tenge) >= ${p}`, filter.payMin);
  where((p) => `v.housing = any(${p}::text[])`, filter.housing);
  where((p) => `v.employment = any(${p}::text[])`, filter.employment);
  where((p) => `v.source = ${p}`, filter.source);
  where((p) => `v.employer_id = ${p}`, filter.employerId);
  for (const word of (filter.words ?? '').split(/\s+/).filter((text) => text !== '')) {
    where((p) => `(v.title || ' ' || coalesce(v.subtitle,'')) ilike ${p}`, `%${escapeLike(word)}%`);
  }
  const { key, type } = SORTS[filter.sort];
  if (filter.after !== null) {
    parameters.push(...filter.after);
    const last = parameters.length;
    conditions.push(`(${key}, v.id) < ($${last - 1}::${type}, $${last}::uuid)`);
  }
  parameters.push(filter.limit);
  const condition = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  return rows(sql, `${SELECT} ${condition} order by ${key} desc, v.id desc limit $${parameters.length}`, parameters);
}

/** `%`, `_` and the escape sign stand for themselves. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
