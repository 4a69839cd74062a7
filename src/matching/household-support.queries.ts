import { type Sql, firstRow, rows } from '../database/sql.js';
import type { JobThere } from './move-of-jobs.js';

/** A vacancy as its money, its place and its term go. */
export interface SupportedJob extends Omit<JobThere, 'seekerId'> {
  id: string;
  title: string;
  isco: string | null;
  regionCode: string;
  employment: 'permanent' | 'temporary' | 'seasonal' | 'remote' | null;
  /** Years for which the employer says that it hires; null: not stated. */
  permanentYears: number | null;
}

const MONEY = `v.pay_min_tenge as "payMinTenge", v.pay_max_tenge as "payMaxTenge", v.housing, v.settlement_type as "settlementType"`;

export function supportedJob(sql: Sql, vacancyId: string): Promise<SupportedJob | undefined> {
  return firstRow(
    sql,
    `select v.id, v.title, v.isco, v.region_code as "regionCode", v.employment, v.permanent_years::float8 as "permanentYears", ${MONEY}
     from vacancy v where v.id = $1`,
    [vacancyId],
  );
}

/** The jobs, as they are today, of the household's best open proposal that a vacancy is part of; none where it is part of none. */
export function jobsProposedWith(sql: Sql, householdId: string, vacancyId: string): Promise<JobThere[]> {
  return rows(
    sql,
    `select pl.seeker_id as "seekerId", ${MONEY}
     from placement pl join vacancy v on v.id = pl.vacancy_id
     where pl.withdrawn_at is null and pl.proposal_id = (
       select p.id from proposal p join placement own on own.proposal_id = p.id
       where p.household_id = $1 and own.vacancy_id = $2 and own.withdrawn_at is null
         and p.status in ('waiting', 'claimed', 'returned', 'approved')
       order by p.score desc, p.id limit 1)`,
    [householdId, vacancyId],
  );
}
