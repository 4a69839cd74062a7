import { parse } from 'csv-parse/sync';

/** From here a change of occupation is viable, highly viable (Nesta, Mapping Career Causeways, 2020). */
export const VIABLE = 0.3;
export const HIGHLY_VIABLE = 0.4;

export interface NearOccupation {
  /** ISCO-08 unit group. */
  isco: string;
  /** In [0,1]; what it is made of stands in scripts/near-occupations.mjs. */
  similarity: number;
}

/** The nearest occupations of each unit group, from `data/occupations/near-occupations.csv`. */
export interface NearOccupations {
  /** Every unit group that the table knows. */
  iscos: readonly string[];
  /** The nearest first: at least twelve, and all that are viable. Empty for an unknown code. */
  nearTo(isco: string): readonly NearOccupation[];
  /** Between two unit groups, 1 for the same; 0 when the table keeps none, so that they are further apart than `VIABLE`. */
  similarityOf(from: string, to: string): number;
}

/** Throws on a table whose similarities are no numbers in [0,1]. */
export function readNearOccupations(csv: string): NearOccupations {
  const near = new Map<string, NearOccupation[]>();
  for (const row of parse<{ isco: string; near: string; similarity: string }>(csv, { columns: true })) {
    const similarity = row.similarity === '' ? Number.NaN : Number(row.similarity);
    if (!(similarity >= 0 && similarity <= 1)) throw new Error(`${row.isco} to ${row.near}: ${row.similarity}`);
    near.set(row.isco, [...(near.get(row.isco) ?? []), { isco: row.near, similarity }]);
  }
  for (const list of near.values()) list.sort((a, b) => b.similarity - a.similarity || (a.isco < b.isco ? -1 : 1));
  const pairs = new Map(
    [...near].flatMap(([isco, list]) => list.map((one) => [`${isco} ${one.isco}`, one.similarity])),
  );
  return {
    iscos: [...near.keys()].sort(),
    nearTo: (isco) => near.get(isco) ?? [],
    similarityOf: (from, to) =>
      from === to && near.has(from) ? 1 : (pairs.get(`${from} ${to}`) ?? pairs.get(`${to} ${from}`) ?? 0),
  };
}
