import { type Sql, firstRow } from '../database/sql.js';

/** Whether a firm has or had a vacancy in a region. A firm belongs to no region but by its vacancies. */
export async function hasVacancyIn(sql: Sql, employerId: string, regionCode: string | null): Promise<boolean> {
  const found = await firstRow(sql, `select id from vacancy where employer_id = $1 and region_code = $2 limit 1`, [
    employerId,
    regionCode,
  ]);
  return found !== undefined;
}
