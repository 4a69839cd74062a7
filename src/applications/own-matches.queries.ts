import { type Sql, rows } from '../database/sql.js';

/** What the vacancy of a placement says of itself today. */
export interface PlacedVacancy {
  placementId: string;
  vacancyId: string;
  title: string;
  employerName: string;
  /** Invented, for a demonstration. */
  synthetic: boolean;
  /** A centre has checked the firm; of most firms of the exchange none has. */
  employerVerified: boolean;
  kato: string | null;
  open: boolean;
  housing: 'provided' | 'help' | 'none' | null;
  housingInspected: boolean;
  /** Asked for by the vacancy. */
  driving: string[];
  languages: string[];
}

export function placedVacancies(sql: Sql, proposalIds: readonly string[]): Promise<PlacedVacancy[]> {
  return rows(
    sql,
    `select pl.id as "placementId", v.id as "vacancyId", v.title, v.employer_name as "employerName", v.synthetic,
            e.verified_at is not null as "employerVerified", v.kato, v.status = 'open' as open,
            v.housing, coalesce(v.housing_provenance = 'inspected', false) as "housingInspected", v.driving, v.languages
     from placement pl join vacancy v on v.id = pl.vacancy_id left join employer e on e.id = v.employer_id
     where pl.proposal_id = any($1::uuid[])`,
    [proposalIds],
  );
}

/** What a centre said last of each proposal. */
export function decisionsOn(
  sql: Sql,
  proposalIds: readonly string[],
): Promise<{ id: string; reason: string | null; note: string | null }[]> {
  return rows(sql, 'select id, reason, note from proposal where id = any($1::uuid[])', [proposalIds]);
}

export interface Point {
  code: string;
  lat: number;
  lon: number;
}

/** Regions with the coordinates that the reference data has for them: those of their capitals. */
export function regionPoints(sql: Sql): Promise<Point[]> {
  return rows(sql, 'select code, lat, lon from region where lat is not null and lon is not null');
}
