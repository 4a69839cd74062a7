import { type Sql, firstRow } from '../database/sql.js';
import { Problem } from '../shared/problem.js';
import { isUuid } from '../shared/ids.js';
import { employerOfSource } from './source-name.js';

/** The firm that speaks for itself in an employer's source. */
export interface OwnFirm {
  id: string;
  name: string;
  nameNormalised: string;
  bin: string | null;
}

/** The firm of an employer's source; null for any other source. Refuses `employer.not_found`. */
export async function ownFirmOf(sql: Sql, source: string): Promise<OwnFirm | null> {
  const id = employerOfSource(source);
  if (id === null) return null;
  const firm = isUuid(id)
    ? await firstRow<OwnFirm>(
        sql,
        `select id, name, name_normalised as "nameNormalised", bin from employer where id = $1`,
        [id],
      )
    : undefined;
  if (firm === undefined) throw new Problem('employer.not_found', 404);
  return firm;
}
