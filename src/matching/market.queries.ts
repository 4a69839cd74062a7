import { type Sql, firstRow, rows } from '../database/sql.js';
import { blockOf } from './core/chance.js';
import type {
  HouseholdProfile,
  MarketCount,
  RegionFacts,
  Regulated,
  SeekerProfile,
  VacancyOffer,
} from './core/types.js';
import { readSpecialities } from './speciality.js';

/** What a placement promises and a page shows, beside what the core scores. */
export interface OfferedVacancy extends VacancyOffer {
  title: string;
  employerName: string;
  /** Invented, for a demonstration: matched like any other, and shown as what it is. */
  synthetic: boolean;
}

const HOUSEHOLD = `
  select h.id, h.home_region_code as "homeRegionCode", h.home_district_kato as "homeDistrictKato",
         h.children, h.school_age_children as "schoolAgeChildren",
         h.children + h.other_members + (select count(*)::int from seeker a where a.household_id = h.id) as persons,
         h.relatives_region_codes as "relativesRegionCodes", h.settlement_wish as "settlementWish",
         h.wished_region_codes as "wishedRegionCodes", h.excluded_region_codes || array(
           select d.region_code from dismissal d where d.household_id = h.id and d.region_code is not null) as "excludedRegionCodes",
         array(select d.district_kato from dismissal d where d.household_id = h.id and d.district_kato is not null)
           as "excludedDistrictKatos",
         h.housing_required as "housingRequired", h.corridor_off as "corridorOff", h.wishes_move as "wishesMove",
         h.consent_matching_at is not null as "consentsToMatching",
         coalesce(jsonb_agg(jsonb_build_object(
           'id', s.id, 'isco', s.isco, 'title', s.occupation_title, 'regulated', so.regulated, 'education', s.education, 'experienceYears', s.experience_years::float8,
           'languages', s.languages, 'driving', s.driving, 'diplomas', s.diplomas, 'payTenge', s.pay_tenge,
           'minimumPayTenge', s.minimum_pay_tenge, 'permanentOnly', s.permanent_only) order by s.position)
           filter (where s.id is not null), '[]') as seekers
  from household h left join seeker s on s.household_id = h.id and s.seeks_work left join occupation so on so.isco = s.isco`;

type HouseholdRow = Omit<HouseholdProfile, 'seekers'> & {
  seekers: (Omit<SeekerProfile, 'specialities'> & { title: string | null; regulated: Regulated | null })[];
};

/** Profiles from rows: of a title only the specialities that it names go on. */
function profilesOf(found: readonly HouseholdRow[]): HouseholdProfile[] {
  return found.map((household) => ({
    ...household,
    seekers: household.seekers.map(({ title, regulated, ...seeker }) => ({
      ...seeker,
      specialities: readSpecialities(title, seeker.isco, regulated),
    })),
  }));
}

/** States of an application by which a household has moved and has not gone back. */
export const MOVED = ['arrived', 'settled'] as const;
export const MOVED_STATES = `('${MOVED.join(`', '`)}')`;

/** Of a household `h`: it has moved by an application and is not looked at again, but for a second chance in its region. */
export const ARRIVED = `exists (select from application a where a.household_id = h.id and a.state in ${MOVED_STATES})`;

/** SQL: the region that a household `h` has moved to by an application and has not left; null: it has not moved. */
export const MOVED_TO = `(select a.region_code from application a where a.household_id = h.id and a.state in ${MOVED_STATES}
                          order by a.arrived_on desc limit 1)`;

/**
 * Households that may be matched now: consenting, willing to move, in one of the regions, with an adult who seeks work, and not
 * arrived yet.
 */
export async function movingHouseholds(
  sql: Sql,
  regionCodes: readonly string[],
  householdIds: readonly string[] | null,
): Promise<HouseholdProfile[]> {
  const found = await rows<HouseholdRow>(
    sql,
    `${HOUSEHOLD}
     where h.consent_matching_at is not null and h.wishes_move and h.home_region_code = any($1::text[])
       and ($2::uuid[] is null or h.id = any($2::uuid[]))
       and s.id is not null and not ${ARRIVED}
     group by h.id order by h.id`,
    [regionCodes, householdIds],
  );
  return profilesOf(found);
}

/** Of the households that may be matched now (`movingHouseholds`) those with an adult of one of some occupations. */
export async function moversOf(
  sql: Sql,
  regionCodes: readonly string[],
  iscos: readonly string[],
): Promise<HouseholdProfile[]> {
  const found = await rows<{ id: string }>(
    sql,
    'select distinct household_id as id from seeker where seeks_work and isco = any($1::text[])',
    [iscos],
  );
  return movingHouseholds(
    sql,
    regionCodes,
    found.map(({ id }) => id),
  );
}

/** A household that has moved, with the regions of its move. */
export interface ArrivedHousehold {
  profile: HouseholdProfile;
  fromRegionCode: string;
  toRegionCode: string;
}

/**
 * A household that has arrived and consents to be matched again, as one that may move from where it applied, without some of its adults;
 * undefined where nobody else in it seeks work. Where it says to live now does not count: it lives there because it moved.
 */
export async function arrivedHousehold(
  sql: Sql,
  householdId: string,
  { needsHome, exceptSeekers }: { needsHome: boolean; exceptSeekers: readonly string[] },
): Promise<ArrivedHousehold | undefined> {
  const moved = await firstRow<Omit<ArrivedHousehold, 'profile'>>(
    sql,
    `select home_region_code as "fromRegionCode", region_code as "toRegionCode" from application
     where household_id = $1 and state in ${MOVED_STATES} order by arrived_on desc limit 1`,
    [householdId],
  );
  if (moved === undefined) return undefined;
  const found = await rows<HouseholdRow>(
    sql,
    `${HOUSEHOLD} where h.id = $1 and h.consent_matching_at is not null and s.id is not null and s.id <> all($2::uuid[]) group by h.id`,
    [householdId, exceptSeekers],
  );
  const [profile] = profilesOf(found);
  if (profile === undefined) return undefined;
  const housingRequired = profile.housingRequired || needsHome;
  return { ...moved, profile: { ...profile, homeRegionCode: moved.fromRegionCode, wishesMove: true, housingRequired } };
}

/** One household whatever its consent, without seekers when nobody in it seeks work; undefined when it does not exist or was erased. */
export async function householdProfile(sql: Sql, householdId: string): Promise<HouseholdProfile | undefined> {
  return profilesOf(
    await rows<HouseholdRow>(sql, `${HOUSEHOLD} where h.id = $1 and h.erased_at is null group by h.id`, [householdId]),
  )[0];
}

/** The region that a household has moved to and not left; null: it has not moved, or there is no such household. */
export async function movedTo(sql: Sql, householdId: string): Promise<string | null> {
  const [found] = await rows<{ regionCode: string | null }>(
    sql,
    `select ${MOVED_TO} as "regionCode" from household h where h.id = $1`,
    [householdId],
  );
  return found?.regionCode ?? null;
}

/** Whether a household has moved by an application and has not gone back. */
export async function hasMoved(sql: Sql, householdId: string): Promise<boolean> {
  return (await movedTo(sql, householdId)) !== null;
}

/** The adults of a household in their order, with today's monthly pay: 0 without work, null when not stated. */
export function adultPays(sql: Sql, householdId: string): Promise<{ id: string; payTenge: number | null }[]> {
  return rows(sql, 'select id, pay_tenge as "payTenge" from seeker where household_id = $1 order by position', [
    householdId,
  ]);
}

const VACANCY = `
  select v.id, v.status, v.valid_until::text as "validUntil", v.sector, v.isco, v.isco_sure as "iscoSure", o.regulated,
         v.region_code as "regionCode", v.district_kato as "districtKato", v.settlement_type as "settlementType",
         v.pay_min_tenge as "payMinTenge", v.pay_max_tenge as "payMaxTenge", v.employment, v.education, v.experience,
         v.openings, v.languages, v.driving, v.housing, v.title, v.employer_name as "employerName", v.synthetic,
         v.source like 'employer:%' and e.verified_at is null as "employerUnchecked"
  from vacancy v left join occupation o on o.isco = v.isco left join employer e on e.id = v.employer_id`;

type VacancyRow = Omit<OfferedVacancy, 'specialities'>;

function offersOf(found: readonly VacancyRow[]): OfferedVacancy[] {
  return found.map((vacancy) => ({
    ...vacancy,
    specialities: readSpecialities(vacancy.title, vacancy.isco, vacancy.regulated),
  }));
}

/** Vacancies open on a date in some regions or, by null, everywhere; of some occupations where they are given. */
export async function openVacancies(
  sql: Sql,
  regionCodes: readonly string[] | null,
  date: string,
  iscos: readonly string[] | null = null,
): Promise<OfferedVacancy[]> {
  const found = await rows<VacancyRow>(
    sql,
    `${VACANCY}
     where v.status = 'open' and (v.valid_until is null or v.valid_until >= $2::date) and ($1::text[] is null or v.region_code = any($1::text[]))
       and ($3::text[] is null or v.isco = any($3::text[]))
     order by v.id`,
    [regionCodes, date, iscos],
  );
  return offersOf(found);
}

/** The occupations that may fit one another with some of these: those of the same blocks (`blockOf`). */
export async function occupationsNear(sql: Sql, iscos: readonly string[]): Promise<string[]> {
  const blocks = new Set(iscos.map(blockOf));
  const all = await rows<{ isco: string }>(sql, 'select isco from occupation order by isco', []);
  return all.flatMap(({ isco }) => (blocks.has(blockOf(isco)) ? [isco] : []));
}

/** Some vacancies, open or not, in the order of their ids. */
export async function vacancyOffers(sql: Sql, vacancyIds: readonly string[]): Promise<OfferedVacancy[]> {
  return offersOf(await rows<VacancyRow>(sql, `${VACANCY} where v.id = any($1::uuid[]) order by v.id`, [vacancyIds]));
}

/**
 * The market on a date: openings of open vacancies and consenting people who seek work, by region, sector and occupation.
 * Both count in the sector of their occupation, so that the two sides are of one measure; a vacancy whose occupation is not known
 * counts in the sector of its area. Who has arrived by an application seeks no more where they came from.
 */
export function marketCounts(sql: Sql, date: string): Promise<MarketCount[]> {
  return rows(
    sql,
    `select "regionCode", sector, isco, sum(openings)::int as openings,
            sum(openings::float8 * openings) as "squaredOpenings", sum(seekers)::int as seekers, sum(movers)::int as movers
     from (
       select v.region_code as "regionCode", coalesce(o.sector, case when o.isco is null then v.sector else 'unstated' end) as sector,
              v.isco, coalesce(v.openings, 1) as openings, 0 as seekers, 0 as movers
       from vacancy v left join occupation o on o.isco = v.isco
       where v.status = 'open' and (v.valid_until is null or v.valid_until >= $1::date)
       union all
       select h.home_region_code, coalesce(o.sector, 'unstated'), s.isco, 0, 1, h.wishes_move::int
       from seeker s join household h on h.id = s.household_id join occupation o on o.isco = s.isco
       where s.seeks_work and h.consent_matching_at is not null and not ${ARRIVED}
     ) counted
     group by 1, 2, 3 order by 1, 2, 3`,
    [date],
  );
}

/** Facts of every region; schools and medical institutions per head are put on a scale from the least (0) to the best (1). */
export function regionFacts(sql: Sql): Promise<RegionFacts[]> {
  return rows(
    sql,
    `with latest as (
       select distinct on (region_code, code) region_code, code, value from region_statistic order by region_code, code, period desc
     ), scaled as (
       select region_code, code, value,
              (value - min(value) over (partition by code)) / nullif(max(value) over (partition by code) - min(value) over (partition by code), 0) as share
       from latest
     )
     select r.code,
            max(s.value) filter (where s.code = 'spending_per_head') as "livingCostTenge",
            max(s.value) filter (where s.code = 'average_pay') as "averagePayTenge",
            max(s.share) filter (where s.code = 'schools') as schools,
            max(s.share) filter (where s.code = 'medical_institutions') as medicine
     from region r left join scaled s on s.region_code = r.code
     group by r.code order by r.code`,
  );
}
