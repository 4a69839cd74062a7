import { type Sql, firstRow, rows } from '../database/sql.js';
import type { Education, Employment, Experience, Housing, Schedule } from './connector.js';
import { madeHere } from './made-ids.js';

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

/** What words are looked for in: title and post name in plain letters. The index `vacancy_words` has this very expression. */
export const VACANCY_WORDS = `plain_words(v.title || ' ' || coalesce(v.subtitle, ''))`;

/** SQL of every field of `VacancyRow`. */
export const VACANCY_FIELDS = `v.id, v.source, v.external_id as "externalId", v.url, v.title, v.subtitle, v.area_id as "areaId", v.sector, v.isco,
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
    v.employer_name as "employerName", e.verified_at is not null as "employerVerified", v.synthetic, v.changed_at as "changedAt"`;

/** What those fields need beside the vacancy `v`. */
export const VACANCY_JOINS = `join region r on r.code = v.region_code
  left join place d on d.kato = v.district_kato
  left join place s on s.kato = v.kato and v.place_match = 'settlement'
  left join employer e on e.id = v.employer_id`;

/** The tables of those fields. */
export const VACANCY_TABLES = `vacancy v ${VACANCY_JOINS}`;

const SELECT = `select ${VACANCY_FIELDS} from ${VACANCY_TABLES}`;

export function vacancyById(sql: Sql, id: string): Promise<VacancyRow | undefined> {
  return firstRow(sql, `${SELECT} where v.id = $1`, [id]);
}

/** Keeps a vacancy as it is for everybody else until the transaction ends. Answers whether its occupation was stated. */
export async function lockVacancy(tx: Sql, id: string): Promise<{ iscoStated: boolean }> {
  const found = await firstRow<{ iscoStated: boolean }>(
    tx,
    'select isco_stated as "iscoStated" from vacancy where id = $1 for no key update',
    [id],
  );
  return found ?? { iscoStated: false };
}

/** Open vacancies of the same occupation, or of a like title where it is unknown: the same region first, then the newest. */
export async function similarVacancies(
  sql: Sql,
  to: VacancyRow,
  regions: string[],
  limit: number,
): Promise<VacancyRow[]> {
  const like = to.isco === null ? `strict_word_similarity(plain_words($2), ${VACANCY_WORDS}) >= 0.6` : 'v.isco = $2';
  return rows(
    sql,
    `${SELECT} where v.status = 'open' and v.id <> $1 and v.region_code = any($3::text[]) and ${like}
     order by (v.region_code = $4) desc, v.published_on desc, v.id desc limit $5`,
    [to.id, to.isco ?? to.title, [...regions, to.region], to.region, limit],
  );
}

/**
 * The day until which the source is known to have shown the vacancy: its own last reading, or its source's last complete feed
 * where that could name it.
 */
export async function lastReadAt(sql: Sql, id: string): Promise<Date | null> {
  const row = await firstRow<{ at: Date | null }>(
    sql,
    `select greatest(v.changed_at, v.read_apart_at, case when v.status = 'open' and not ${madeHere('v')} then
       (select max(r.generated_at) from ingest_run r where r.source = v.source and r.status = 'applied' and r.complete) end) as at
     from vacancy v where v.id = $1`,
    [id],
  );
  return row?.at ?? null;
}
