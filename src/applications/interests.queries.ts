import { type Sql, firstRow, rows } from '../database/sql.js';
import type { Language } from '../i18n/language.js';

/** Who a household is and where it is reached: only for an employer that it consented to. */
export interface InterestContact {
  adults: { givenName: string | null; familyName: string | null }[];
  phone: string | null;
  language: Language;
}

export interface InterestRow {
  id: string;
  proposalId: string;
  placementId: string;
  vacancyId: string;
  vacancyTitle: string;
  /** The vacancy is invented, for a demonstration. */
  synthetic: boolean;
  regionCode: string;
  districtKato: string;
  /** Everybody who would come. */
  persons: number;
  expressedAt: Date;
  sharedAt: Date | null;
  withdrawnAt: Date | null;
  /** False when the interest was taken back or the match no longer stands. */
  standing: boolean;
}

const INTEREST = `
  select i.id, i.proposal_id as "proposalId", i.placement_id as "placementId", i.vacancy_id as "vacancyId",
         v.title as "vacancyTitle", v.synthetic, i.region_code as "regionCode", p.district_kato as "districtKato", p.persons,
         i.expressed_at as "expressedAt", i.shared_at as "sharedAt", i.withdrawn_at as "withdrawnAt",
         i.withdrawn_at is null and p.status = 'approved' and pl.withdrawn_at is null as standing
  from interest i join proposal p on p.id = i.proposal_id join placement pl on pl.id = i.placement_id
  join vacancy v on v.id = i.vacancy_id`;

const NEWEST_FIRST = 'order by i.expressed_at desc, i.id desc';

export function interestsOnProposal(sql: Sql, proposalId: string): Promise<InterestRow[]> {
  return rows(sql, `${INTEREST} where i.proposal_id = $1 ${NEWEST_FIRST}`, [proposalId]);
}

export function interestsOfHousehold(sql: Sql, householdId: string): Promise<InterestRow[]> {
  return rows(sql, `${INTEREST} where i.household_id = $1 ${NEWEST_FIRST}`, [householdId]);
}

export function interestsOnVacancy(sql: Sql, vacancyId: string): Promise<InterestRow[]> {
  return rows(sql, `${INTEREST} where i.vacancy_id = $1 ${NEWEST_FIRST}`, [vacancyId]);
}

const SHARED = (condition: string): string => `
  select i.*, h.synthetic as "householdSynthetic", jsonb_build_object('phone', h.phone, 'language', h.language, 'adults',
           (select coalesce(jsonb_agg(jsonb_build_object('givenName', s.given_name, 'familyName', s.family_name)
                                      order by s.position), '[]')
            from placement pl join seeker s on s.id = pl.seeker_id where pl.id = i."placementId")) as contact
  from (${INTEREST} where ${condition}) i
  join interest own on own.id = i.id join household h on h.id = own.household_id
  where i.standing and i."sharedAt" is not null and h.erased_at is null
  order by i."expressedAt" desc, i.id desc`;

export type SharedInterestRow = InterestRow & {
  contact: InterestContact;
  /** The household is invented, for a demonstration. */
  householdSynthetic: boolean;
};

/**
 * Standing interests in a vacancy whose households share their name and phone with this firm, with both. A vacancy may be found
 * to belong to another firm later; whoever consented to the former one has not consented to that.
 */
export function sharedInterestsOnVacancy(
  sql: Sql,
  vacancyId: string,
  employerId: string,
): Promise<SharedInterestRow[]> {
  return rows(sql, SHARED('i.vacancy_id = $1 and i.employer_id = $2 and v.employer_id = $2'), [vacancyId, employerId]);
}

/** The same for all vacancies of a firm: only of households that consented to this very firm. */
export function sharedInterestsOfEmployer(sql: Sql, employerId: string): Promise<SharedInterestRow[]> {
  return rows(sql, SHARED('i.employer_id = $1 and v.employer_id = $1'), [employerId]);
}

/** Standing interest in a firm's vacancies, counted: `shared` are those who let the firm see name and phone. */
export interface InterestCount {
  vacancyId: string;
  vacancyTitle: string;
  /** The vacancy is invented, for a demonstration. */
  synthetic: boolean;
  interested: number;
  shared: number;
}

export function interestCountsOfEmployer(sql: Sql, employerId: string): Promise<InterestCount[]> {
  return rows(
    sql,
    `select i."vacancyId", i."vacancyTitle", i.synthetic, count(*)::int as interested, count(i."sharedAt")::int as shared
     from (${INTEREST} where v.employer_id = $1) i where i.standing
     group by 1, 2, 3 order by max(i."expressedAt") desc, 1`,
    [employerId],
  );
}

export async function isCheckedFirm(sql: Sql, employerId: string): Promise<boolean> {
  const found = await firstRow(sql, 'select 1 from employer where id = $1 and verified_at is not null', [employerId]);
  return found !== undefined;
}

/** A vacancy's firm, and whether a centre has checked it. */
export function firmOfVacancy(
  sql: Sql,
  vacancyId: string,
): Promise<{ employerId: string | null; regionCode: string; verified: boolean } | undefined> {
  return firstRow(
    sql,
    `select v.employer_id as "employerId", v.region_code as "regionCode", e.verified_at is not null as verified
     from vacancy v left join employer e on e.id = v.employer_id where v.id = $1`,
    [vacancyId],
  );
}

/** Jobs of an approved proposal that stand, none of a move that is over, kept from changing until the transaction ends. */
export function lockApprovedPlacements(
  sql: Sql,
  proposalId: string,
  householdId: string,
): Promise<{ id: string; vacancyId: string; employerId: string | null; regionCode: string }[]> {
  return rows(
    sql,
    `select pl.id, pl.vacancy_id as "vacancyId", v.employer_id as "employerId", p.region_code as "regionCode"
     from proposal p join placement pl on pl.proposal_id = p.id join vacancy v on v.id = pl.vacancy_id
     where p.id = $1 and p.household_id = $2 and p.status = 'approved' and pl.withdrawn_at is null
       and (p.fulfilled_at is null or exists (select from application a where a.proposal_id = p.id and a.ended_at is null))
     order by pl.id for share of p`,
    [proposalId, householdId],
  );
}

/** A match that a household acted upon, and who approved it. */
export interface CaseOfCentre {
  proposalId: string;
  regionCode: string;
  decidedBy: string | null;
  synthetic: boolean;
}

/** Who is told of an interest: its region, and who approved the proposal. */
export function interestCase(sql: Sql, interestId: string): Promise<CaseOfCentre | undefined> {
  return firstRow(
    sql,
    `select p.id as "proposalId", p.region_code as "regionCode", p.decided_by as "decidedBy", h.synthetic
     from interest i join proposal p on p.id = i.proposal_id join household h on h.id = i.household_id
     where i.id = $1 and i.withdrawn_at is null and p.status = 'approved'`,
    [interestId],
  );
}

/** The case of an application that waits to be forwarded; undefined once it went on. */
export function applicationCase(
  sql: Sql,
  applicationId: string,
): Promise<(CaseOfCentre & { dueOn: string }) | undefined> {
  return firstRow(
    sql,
    `select p.id as "proposalId", a.region_code as "regionCode", p.decided_by as "decidedBy", h.synthetic,
            a.due_on::text as "dueOn"
     from application a join proposal p on p.id = a.proposal_id join household h on h.id = a.household_id
     where a.id = $1 and a.state = 'applied'`,
    [applicationId],
  );
}
