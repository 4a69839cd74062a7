import type { NorthSouth } from './mismatch.js';

/** Open vacancies in north and south of a grouping: of each sector, and of each occupation with its own sector. */
export interface MarketSides {
  sectors: Readonly<Record<string, NorthSouth>>;
  occupations: ReadonlyMap<string, { sector: string | null; north: number; south: number }>;
}

/** What somebody of an occupation is told of work in north and south. */
export interface OccupationSides {
  /** ISCO-08 unit group. */
  isco: string;
  /** The occupation's usual sector; null when it belongs to none. */
  sector: string | null;
  /** The side of the home region; null when it stands on neither. */
  home: 'north' | 'south' | null;
  /** Vacancies of the sector, counted; null when neither side has any. */
  bySector: NorthSouth | null;
  /** The occupation's own vacancies with their smoothed ratio; null while fewer than `LEAST_COUNTED` are open. */
  byOccupation: NorthSouth | null;
}

/** Fewer vacancies than this, both sides together, are said to be few, and an occupation with fewer is told its sector's ratio. */
export const LEAST_COUNTED = 30;
/** So many vacancies the sector's ratio weighs in an occupation's. */
const PRIOR_VACANCIES = 20;

/**
 * North ÷ south of an occupation's vacancies, leaning to its sector's: with the sector's northern share π as the mean of a beta prior
 * worth k = 20 vacancies, (north + k·π) ÷ (south + k·(1 − π)) is the ratio of the posterior means of the two shares (beta-binomial: Gelman et al.,
 * Bayesian Data Analysis, ch. 2). It lies between the counted and the sector's ratio, and turned round it is the south's. Without a
 * sector the counted ratio; null when the south has nothing.
 */
export function smoothedRatio(counted: { north: number; south: number }, sector: NorthSouth | null): number | null {
  const northern = sector === null ? 0 : PRIOR_VACANCIES * (sector.north / (sector.north + sector.south));
  const southern = sector === null ? 0 : PRIOR_VACANCIES - northern;
  const south = counted.south + southern;
  return south === 0 ? null : (counted.north + northern) / south;
}

/** The facts for one occupation; null when nothing is open of it or of its sector on either side. */
export function sidesOf(market: MarketSides, isco: string, home: OccupationSides['home']): OccupationSides | null {
  const counted = market.occupations.get(isco);
  const sector = counted?.sector ?? null;
  const bySector = sector === null ? null : openSomewhere(market.sectors[sector]);
  const enough = counted !== undefined && counted.north + counted.south >= LEAST_COUNTED;
  const byOccupation = enough
    ? { north: counted.north, south: counted.south, ratio: smoothedRatio(counted, bySector) }
    : null;
  return bySector === null && byOccupation === null ? null : { isco, sector, home, bySector, byOccupation };
}

function openSomewhere(sides: NorthSouth | undefined): NorthSouth | null {
  return sides === undefined || sides.north + sides.south === 0 ? null : sides;
}
