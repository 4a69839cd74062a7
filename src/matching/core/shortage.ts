import { type PriorRules, priorOpeningsOf } from './prior-strength.js';
import type { MarketCount, MoveRules } from './types.js';

/**
 * Smoothed tensions: openings per person who competes for them. Who competes for the openings of an occupation in a region are
 * the seekers there and one imagined person more, the next to come. Every level is counted over these cells, so that all are of one measure.
 */
export interface Tensions {
  country: number;
  /** Of a sector in a region. */
  sector(regionCode: string, sector: string): number;
  /** Of an ISCO-08 unit group in a region; `sector` serves for an occupation that the market has nowhere, and for none (null). */
  occupation(regionCode: string, isco: string | null, sector: string): number;
}

/** Openings ÷ (seekers + 1), unsmoothed. */
export function rawTension(openings: number, seekers: number): number {
  return openings / (seekers + 1);
}

/**
 * The posterior mean of a tension whose openings are Poisson with mean λ·competitors, and whose λ has a gamma prior of mean `prior`
 * and shape `priorOpenings`: (openings + a) ÷ (competitors + a ÷ prior). The prior weighs as much as `a` openings that were seen
 * among a ÷ prior people: with many openings it is the raw tension, with few it leans to the prior, and it always lies between them
 * (Clayton and Kaldor, Biometrics 43, 1987: the Poisson-gamma empirical Bayes estimator of small-area rates).
 * 0 for a prior of 0: a market without any opening.
 */
export function smoothTension(openings: number, competitors: number, prior: number, priorOpenings: number): number {
  return prior <= 0 ? 0 : (openings + priorOpenings) / (competitors + priorOpenings / prior);
}

/**
 * The market that somebody who moves will find: people who wish to move compete where they may go to, not only where they live.
 * The movers of an occupation are all those of the departure regions; each reception region gets them in proportion to its share
 * of that occupation's openings in all reception regions, because where people go follows where the openings are (Stouffer,
 * American Sociological Review 5(6), 1940: migration in proportion to opportunities). So with M movers and O openings in all, a
 * region with o openings counts its own seekers and M·o ÷ O more. They stay seekers at home as well, until they have gone. Wishes
 * for single regions are left out. Movers whose occupation has no opening there are counted nowhere else. Counts become fractions.
 */
export function withMovers(
  counts: readonly MarketCount[],
  { receptionRegions, departureRegions }: Pick<MoveRules, 'receptionRegions' | 'departureRegions'>,
): MarketCount[] {
  const openings = new Map<string, number>();
  for (const { regionCode, isco, openings: more } of counts) {
    if (isco === null || !receptionRegions.has(regionCode)) continue;
    openings.set(isco, (openings.get(isco) ?? 0) + more);
  }
  const movers = new Map<string, number>();
  for (const { regionCode, isco, movers: more = 0 } of counts) {
    if (isco !== null && departureRegions.has(regionCode)) movers.set(isco, (movers.get(isco) ?? 0) + more);
  }
  return counts.map((count) => {
    const { regionCode, isco } = count;
    const all = isco === null ? 0 : (openings.get(isco) ?? 0);
    if (isco === null || all === 0 || count.openings === 0 || !receptionRegions.has(regionCode)) return count;
    return { ...count, seekers: count.seekers + ((movers.get(isco) ?? 0) * count.openings) / all };
  });
}

interface Sum {
  openings: number;
  /** Seekers, and one more for every occupation of every region; openings of unknown occupations count as one occupation. */
  competitors: number;
}

const NOTHING: Sum = { openings: 0, competitors: 0 };

/** The market summed up: in all, by sector, by occupation, by region and sector, by region and occupation. */
interface Sums {
  country: Sum;
  /** Σ openings² ÷ Σ openings of the single vacancies: how many openings come at once. */
  lot: number;
  sectors: Map<string, Sum>;
  occupations: Map<string, Sum>;
  regionSectors: Map<string, Sum>;
  cells: Map<string, Sum & { regionCode: string; isco: string }>;
  sectorOf: Map<string, string>;
}

function sumUp(counts: readonly MarketCount[]): Sums {
  const sums: Sums = {
    country: { ...NOTHING },
    lot: 1,
    sectors: new Map(),
    occupations: new Map(),
    regionSectors: new Map(),
    cells: new Map(),
    sectorOf: new Map(),
  };
  let squares = 0;
  for (const { regionCode, isco, sector, openings, seekers, squaredOpenings = openings } of counts) {
    squares += squaredOpenings;
    const home = isco === null ? sector : (sums.sectorOf.get(isco) ?? sector);
    let competitors = seekers + 1;
    if (isco !== null) {
      sums.sectorOf.set(isco, home);
      const cell = sums.cells.get(`${regionCode} ${isco}`);
      if (cell !== undefined) competitors = seekers;
      const { openings: before, competitors: others } = cell ?? NOTHING;
      const now = { regionCode, isco, openings: before + openings, competitors: others + competitors };
      sums.cells.set(`${regionCode} ${isco}`, now);
      add(sums.occupations, isco, openings, competitors);
    }
    sums.country.openings += openings;
    sums.country.competitors += competitors;
    add(sums.sectors, home, openings, competitors);
    add(sums.regionSectors, `${regionCode} ${home}`, openings, competitors);
  }
  if (sums.country.openings > 0) sums.lot = squares / sums.country.openings;
  return sums;
}

function add(sums: Map<string, Sum>, key: string, openings: number, competitors: number): void {
  const sum = sums.get(key);
  if (sum === undefined) sums.set(key, { openings, competitors });
  else {
    sum.openings += openings;
    sum.competitors += competitors;
  }
}

/**
 * Tensions of a market, every level leaning to what stands above it by `smoothTension`: a sector to the country, an occupation
 * in the whole country to its sector, a sector in a region to that sector in the country; and an occupation in a region to what
 * both would have there, the region's tension in its sector × the occupation's ÷ the sector's in the country. How much each
 * level leans is estimated from that level's own scatter (`priorOpeningsOf`). Every answer is finite, and positive as soon as the
 * country has one opening. `rules.priorSeekers` must be positive.
 */
export function estimateTensions(counts: readonly MarketCount[], rules: PriorRules): Tensions {
  const sums = sumUp(counts);
  const country = sums.country.openings / Math.max(1, sums.country.competitors);
  const sectors = smoothLevel(sums.sectors, () => country, sums.lot, rules);
  const sectorOf = (isco: string): string => sums.sectorOf.get(isco)!;
  const inCountry = (sector: string): number => sectors(sector, country);
  const regionSectors = smoothLevel(
    sums.regionSectors,
    (key) => inCountry(key.slice(key.indexOf(' ') + 1)),
    sums.lot,
    rules,
  );
  const sector = (regionCode: string, name: string): number => regionSectors(`${regionCode} ${name}`, inCountry(name));
  const occupations = smoothLevel(sums.occupations, (isco) => inCountry(sectorOf(isco)), sums.lot, rules);
  const expected = (regionCode: string, isco: string): number => {
    const name = sectorOf(isco);
    const whole = inCountry(name);
    return whole === 0 ? 0 : (sector(regionCode, name) * occupations(isco, whole)) / whole;
  };
  const cells = smoothLevel(
    sums.cells,
    (_, { regionCode, isco }) => expected(regionCode, isco),
    sums.lot,
    rules,
    // Where nobody seeks and nothing is open, the next to come still competes for nothing.
    { openings: 0, competitors: 1 },
  );
  return {
    country,
    sector,
    occupation: (regionCode, isco, name) => {
      if (isco === null) return sector(regionCode, name);
      const prior = sums.sectorOf.has(isco) ? expected(regionCode, isco) : sector(regionCode, name);
      return cells(`${regionCode} ${isco}`, prior);
    },
  };
}

/**
 * The smoothed tensions of one level, by key; the second argument is the prior of a key that is not among them, for which
 * `unseen` is counted.
 */
function smoothLevel<S extends Sum>(
  sums: ReadonlyMap<string, S>,
  priorOf: (key: string, sum: S) => number,
  lot: number,
  rules: PriorRules,
  unseen: Sum = NOTHING,
): (key: string, prior: number) => number {
  const level = [...sums].map(([key, sum]) => ({ key, ...sum, prior: priorOf(key, sum) }));
  const strengthFor = priorOpeningsOf(level, lot, rules);
  const smooth = ({ openings, competitors }: Sum, prior: number): number =>
    smoothTension(openings, competitors, prior, strengthFor(prior));
  const known = new Map(level.map((one) => [one.key, smooth(one, one.prior)]));
  return (key, prior) => known.get(key) ?? smooth(unseen, prior);
}
