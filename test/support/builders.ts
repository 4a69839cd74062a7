import { rows, type Sql } from '../../src/database/sql.js';
import { titleKey } from '../../src/occupations/title-key.js';
import { newId } from '../../src/shared/ids.js';

/** Rows of the domain for tests: each builder writes a whole, plausible thing and takes what the test cares about. */

type Row = Record<string, unknown>;

export interface MadeSeeker {
  id: string;
  position: 1 | 2;
  isco: string;
}

export interface MadeHousehold {
  id: string;
  persons: number;
  seekers: MadeSeeker[];
  /** The first working adult. */
  seeker: MadeSeeker;
}

export interface MadeVacancy {
  id: string;
  externalId: string;
  title: string;
  regionCode: string;
  districtKato: string;
  payMinTenge: number | null;
  payMaxTenge: number | null;
  housing: 'provided' | 'help' | 'none' | null;
  employment: 'permanent' | 'temporary' | 'seasonal' | 'remote' | null;
}

export interface MadeProposal {
  id: string;
  householdId: string;
  regionCode: string;
  version: number;
  placementIds: string[];
}

/** When rows come to be unless a test says otherwise: the morning of 22 November 2026 in Kazakhstan. */
export const BUILT_AT = new Date('2026-11-22T04:00:00Z');

/** A nurse and her household of four from Kentau, who consented to everything and are told in the app. */
export interface HouseholdWish {
  id?: string;
  homeKato?: string;
  children?: number;
  /** Working adults, one or two; a second one makes a couple. `columns` are further columns of `seeker`. */
  adults?: { isco?: string; columns?: Row }[];
  consent?: { matching?: boolean; notices?: boolean; sharing?: boolean };
  at?: Date;
  /** Further columns of `household`. */
  columns?: Row;
}

export async function makeHousehold(sql: Sql, wish: HouseholdWish = {}): Promise<MadeHousehold> {
  const homeKato = wish.homeKato ?? '612000000';
  const at = wish.at ?? BUILT_AT;
  const children = wish.children ?? 2;
  const adults = wish.adults ?? [{}, { isco: '6130' }];
  const given = (consent: boolean | undefined): Date | null => (consent === false ? null : at);
  await ensurePlace(sql, homeKato);
  const id = wish.id ?? newId();
  await insertRow(sql, 'household', {
    id,
    home_kato: homeKato,
    home_region_code: regionOf(homeKato),
    home_district_kato: districtOf(homeKato),
    children,
    school_age_children: Math.min(children, 1),
    consent_matching_at: given(wish.consent?.matching),
    consent_notices_at: given(wish.consent?.notices),
    consent_sharing_at: given(wish.consent?.sharing),
    synthetic: true,
    created_at: at,
    updated_at: at,
    ...wish.columns,
  });
  const seekers: MadeSeeker[] = [];
  for (const [index, adult] of adults.entries()) {
    const seeker: MadeSeeker = { id: newId(), position: index === 0 ? 1 : 2, isco: adult.isco ?? '2221' };
    await ensureOccupation(sql, seeker.isco);
    await insertRow(sql, 'seeker', {
      id: seeker.id,
      household_id: id,
      position: seeker.position,
      given_name: index === 0 ? 'Айгүл' : 'Ерлан',
      family_name: 'Сынақ',
      birth_date: index === 0 ? '1996-03-08' : '1993-05-21',
      isco: seeker.isco,
      education: 'vocational',
      experience_years: 5,
      languages: ['kk', 'ru'],
      diplomas: seeker.isco === '2221' ? ['medicine'] : [],
      pay_tenge: 180_000,
      ...adult.columns,
    });
    seekers.push(seeker);
  }
  return { id, persons: adults.length + children, seekers, seeker: seekers[0]! };
}

/** An open post of a nurse in Petropavl, 300–350 thousand tenge, permanent, with a home by the employer's claim. */
export interface VacancyWish {
  id?: string;
  districtKato?: string;
  isco?: string;
  sector?: string;
  payMinTenge?: number | null;
  payMaxTenge?: number | null;
  housing?: MadeVacancy['housing'];
  employment?: MadeVacancy['employment'];
  openings?: number;
  at?: Date;
  /** Further columns of `vacancy`. */
  columns?: Row;
}

let serial = 0;

export async function makeVacancy(sql: Sql, wish: VacancyWish = {}): Promise<MadeVacancy> {
  const districtKato = wish.districtKato ?? '591000000';
  const at = wish.at ?? BUILT_AT;
  const isco = wish.isco ?? '2221';
  await ensurePlace(sql, districtKato);
  await ensureOccupation(sql, isco);
  const made: MadeVacancy = {
    id: wish.id ?? newId(),
    externalId: `test-${++serial}`,
    title: isco === '2221' ? 'Медицинская сестра' : 'Животновод',
    regionCode: regionOf(districtKato),
    districtKato,
    payMinTenge: wish.payMinTenge === undefined ? 300_000 : wish.payMinTenge,
    payMaxTenge: wish.payMaxTenge === undefined ? 350_000 : wish.payMaxTenge,
    housing: wish.housing === undefined ? 'provided' : wish.housing,
    employment: wish.employment === undefined ? 'permanent' : wish.employment,
  };
  await insertRow(sql, 'vacancy', {
    id: made.id,
    source: 'test',
    external_id: made.externalId,
    connector: 'enbek-feed',
    title: made.title,
    sector: wish.sector ?? (isco === '2221' ? 'medicine' : 'agriculture'),
    isco,
    isco_sure: true,
    isco_stated: true,
    title_key: titleKey(String(wish.columns?.['title'] ?? made.title), (wish.columns?.['area_id'] as number) ?? null),
    region_code: made.regionCode,
    district_kato: districtKato,
    kato: districtKato,
    settlement_type: 'urban',
    place_match: 'district',
    location_text: 'Северо-Казахстанская область / г. Петропавловск',
    pay_min_tenge: made.payMinTenge,
    pay_max_tenge: made.payMaxTenge,
    employment: made.employment,
    schedule: 'full_day',
    openings: wish.openings ?? 2,
    employer_name: 'ГКП "Областная больница"',
    housing: made.housing,
    housing_provenance: made.housing === null ? null : 'employer_claim',
    published_on: '2026-11-01',
    valid_until: '2027-02-01',
    status: 'open',
    content_hash: made.externalId,
    synthetic: true,
    first_seen_at: at,
    changed_at: at,
    ...wish.columns,
  });
  return made;
}

/** A waiting proposal: one placement for each vacancy given, in the order of the household's working adults. */
export interface ProposalWish {
  id?: string;
  household?: MadeHousehold;
  vacancies?: MadeVacancy[];
  status?: 'waiting' | 'claimed' | 'returned' | 'approved' | 'rejected' | 'referred' | 'withdrawn';
  score?: number;
  dueOn?: string;
  runId?: string | null;
  claimedBy?: string;
  claimedUntil?: Date;
  at?: Date;
  /** Further columns of `proposal`. */
  columns?: Row;
}

export async function makeProposal(sql: Sql, wish: ProposalWish = {}): Promise<MadeProposal> {
  const household = wish.household ?? (await makeHousehold(sql, wish.vacancies?.length === 2 ? {} : { adults: [{}] }));
  const vacancies = wish.vacancies ?? [await makeVacancy(sql)];
  const at = wish.at ?? BUILT_AT;
  const id = wish.id ?? newId();
  const { regionCode, districtKato } = vacancies[0]!;
  const score = wish.score ?? 60;
  if (wish.runId) await ensureMatchRun(sql, wish.runId, at);
  await insertRow(sql, 'proposal', {
    id,
    household_id: household.id,
    persons: household.persons,
    region_code: regionCode,
    district_kato: districtKato,
    status: wish.status ?? 'waiting',
    score,
    score_parts: JSON.stringify([{ code: 'pay_gain', value: score / 100, weight: 1, contribution: score }]),
    weights_version: 1,
    run_id: wish.runId ?? null,
    claimed_by: wish.status === 'claimed' ? (wish.claimedBy ?? newId()) : null,
    claimed_until: wish.status === 'claimed' ? (wish.claimedUntil ?? new Date(at.getTime() + 900_000)) : null,
    due_on: wish.dueOn ?? '2026-11-25',
    created_at: at,
    updated_at: at,
    ...wish.columns,
  });
  const placementIds: string[] = [];
  for (const [index, vacancy] of vacancies.entries()) {
    const placementId = newId();
    await insertRow(sql, 'placement', {
      id: placementId,
      proposal_id: id,
      seeker_id: household.seekers[index]!.id,
      vacancy_id: vacancy.id,
      score,
      parts: '[]',
      promise: JSON.stringify(promiseOf(vacancy)),
    });
    placementIds.push(placementId);
  }
  return { id, householdId: household.id, regionCode, version: 1, placementIds };
}

/** What a vacancy says of itself when a placement on it is made: what the household is told, and must find. */
function promiseOf(vacancy: MadeVacancy): Row {
  const { payMinTenge, payMaxTenge, housing, employment, districtKato } = vacancy;
  return { payMinTenge, payMaxTenge, housing, employment, districtKato };
}

/** A run of the matcher that ended well. */
export async function ensureMatchRun(sql: Sql, id: string, at: Date = BUILT_AT): Promise<void> {
  await sql.query(
    `insert into match_run (id, reason, weights_version, as_of, status, started_at, finished_at)
     values ($1, 'test', 1, $2, 'done', $2, $2) on conflict do nothing`,
    [id, at],
  );
}

/** `59…` → `KZ-59`: the first two digits of KATO are the region's number (ISO 3166-2). */
function regionOf(kato: string): string {
  return `KZ-${kato.slice(0, 2)}`;
}

function districtOf(kato: string): string | null {
  const district = `${kato.slice(0, 4)}00000`;
  return kato.slice(2) === '0000000' ? null : district;
}

/** The region, district and place of a code, made where the reference data has not been loaded. */
async function ensurePlace(sql: Sql, kato: string): Promise<void> {
  const number = kato.slice(0, 2);
  const region = `${number}0000000`;
  await sql.query(
    `insert into region (code, kato, enbek_region_id, name_kk, name_ru, name_en) values ($1, $2, $3, $1, $1, $1)
     on conflict do nothing`,
    [regionOf(kato), region, Number(number)],
  );
  const chain = [...new Set([region, districtOf(kato), kato])].filter((code) => code !== null);
  for (const [depth, code] of chain.entries()) {
    await sql.query(
      `insert into place (kato, parent_kato, region_code, district_kato, level, name_ru, name_kk, classifier)
       values ($1, $2, $3, $4, $5, $1, $1, 'test') on conflict do nothing`,
      [
        code,
        chain[depth - 1] ?? null,
        regionOf(kato),
        depth === 0 ? null : districtOf(kato),
        ['region', 'district', 'settlement'][depth],
      ],
    );
  }
}

async function ensureOccupation(sql: Sql, isco: string): Promise<void> {
  await sql.query(
    `insert into occupation (isco, title_en, title_ru, title_kk) values ($1, $1, $1, $1) on conflict do nothing`,
    [isco],
  );
}

/** One row of any table; columns as the table names them. */
export async function insertRow(sql: Sql, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  await rows(
    sql,
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  );
}
