import { type Tensions, rawTension } from './shortage.js';
import type { OccupationSides } from './sides.js';

/** What one region holds of one sector. */
export interface MismatchCount {
  region: string;
  sector: string;
  vacancies: number;
  openings: number;
  seekers: number;
}

export interface MismatchCell extends MismatchCount {
  /** Openings ÷ (seekers + 1), unsmoothed. */
  tension: number;
}

export interface NorthSouth {
  /** Vacancies. */
  north: number;
  south: number;
  /** north ÷ south; null when the south has none. */
  ratio: number | null;
}

/**
 * Cells by region and sector, ordered so: one for every pair that has anything, and a zero cell for every pair of `always`.
 * Counts of one pair are added up.
 */
export function mismatchCells(
  counts: readonly MismatchCount[],
  always: { regions: readonly string[]; sectors: readonly string[] },
): MismatchCell[] {
  const cells = new Map<string, MismatchCount>();
  const zeros = always.regions.flatMap((region) =>
    always.sectors.map((sector) => ({ region, sector, vacancies: 0, openings: 0, seekers: 0 })),
  );
  for (const count of [...zeros, ...counts]) {
    const key = `${count.region} ${count.sector}`;
    const cell = cells.get(key) ?? { ...count, vacancies: 0, openings: 0, seekers: 0 };
    cell.vacancies += count.vacancies;
    cell.openings += count.openings;
    cell.seekers += count.seekers;
    cells.set(key, cell);
  }
  return [...cells.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, cell]) => ({ ...cell, tension: rawTension(cell.openings, cell.seekers) }));
}

/** Vacancies of every sector on the two sides of a grouping. */
export function northSouthOf(
  cells: readonly MismatchCount[],
  grouping: { readonly north: readonly string[]; readonly south: readonly string[] },
): Record<string, NorthSouth> {
  const sectors = [...new Set(cells.map((cell) => cell.sector))].sort();
  const total = (sector: string, regions: readonly string[]): number =>
    cells.reduce((sum, c) => (c.sector === sector && regions.includes(c.region) ? sum + c.vacancies : sum), 0);
  return Object.fromEntries(
    sectors.map((sector) => {
      const north = total(sector, grouping.north);
      const south = total(sector, grouping.south);
      return [sector, { north, south, ratio: south === 0 ? null : north / south }];
    }),
  );
}

/** What a person is told of scarcity with a move: of the occupation at home and there, and of the sector in north and south. */
export interface MoveMismatch {
  /** Openings per seeker of the occupation in the home region, smoothed. */
  tensionHome: number;
  /** The same where the job is, people who wish to move there counted (see `withMovers`). */
  tensionThere: number;
  /** tensionThere ÷ tensionHome; null when nothing is open at home. */
  mismatch: number | null;
  sector: string;
  /** Vacancies of the sector on the two sides of the seed paper's Table 1; null when neither has any or no sector is stated. */
  sectorNorthSouth: NorthSouth | null;
  /** North and south for the person's own occupation; absent in what was written before this was counted. */
  sides?: OccupationSides | null;
}

/** The facts of one move. `bySector` is what `northSouthOf` answers, `own` what `sidesOf` answers for the person. */
export function moveMismatchFacts(
  tensions: Tensions,
  move: { from: string; to: string; isco: string; sector: string },
  bySector: Readonly<Record<string, NorthSouth>>,
  own: OccupationSides | null,
): MoveMismatch {
  const { from, to, isco, sector } = move;
  const sides = sector === 'unstated' ? undefined : bySector[sector];
  return {
    tensionHome: tensions.occupation(from, isco, sector),
    tensionThere: tensions.occupation(to, isco, sector),
    mismatch: moveMismatch(tensions, from, to, isco, sector),
    sector,
    sectorNorthSouth: sides === undefined || sides.north + sides.south === 0 ? null : sides,
    sides: own,
  };
}

/** How much scarcer an occupation's people are where a move ends than where it starts: τ(there) ÷ τ(here), smoothed. */
export function moveMismatch(
  tensions: Tensions,
  from: string,
  to: string,
  isco: string,
  sector: string,
): number | null {
  const here = tensions.occupation(from, isco, sector);
  return here === 0 ? null : tensions.occupation(to, isco, sector) / here;
}
