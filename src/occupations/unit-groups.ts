import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { fromRoot } from '../config/paths.js';

/** A unit group of ISCO-08 by its classification. */
export interface UnitGroup {
  isco: string;
  /** The classification's own name, in English. */
  name: string;
  sector: string | null;
  regulated: 'medicine' | 'teaching' | 'driving' | null;
}

/** The 436 unit groups in the order of their codes. */
export function unitGroups(): UnitGroup[] {
  const rows: Record<'isco' | 'title_en' | 'sector' | 'regulated', string>[] = parse(
    readFileSync(fromRoot('data', 'occupations', 'occupations.csv')),
    { columns: true },
  );
  return rows
    .map((row) => ({
      isco: row.isco,
      name: row.title_en,
      sector: row.sector || null,
      regulated: (row.regulated || null) as UnitGroup['regulated'],
    }))
    .sort((a, b) => (a.isco < b.isco ? -1 : 1));
}
