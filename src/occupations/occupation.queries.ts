import { rows, type Sql } from '../database/sql.js';

export interface OccupationRow {
  /** ISCO-08 unit group, four digits. */
  isco: string;
  titleEn: string;
  titleRu: string;
  titleKk: string;
  sector: string | null;
  /** The paper without which nobody may do the work: of medicine or teaching, or a driving licence. */
  regulated: 'medicine' | 'teaching' | 'driving' | null;
}

export function allOccupations(sql: Sql): Promise<OccupationRow[]> {
  return rows(
    sql,
    `select isco, title_en as "titleEn", title_ru as "titleRu", title_kk as "titleKk", sector, regulated from occupation order by isco`,
  );
}
