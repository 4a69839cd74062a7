import type { MarketCount, MoveRules } from './types.js';

/** Smoothed tensions: openings per seeker, where one imagined seeker stands for the next to come. */
export interface Tensions {
  country: number;
  /** Of a sector in a region. */
  sector(regionCode: string, sector: string): number;
  /** Of an ISCO-08 unit group in a region; `sector` is where a small count leans to. */
  occupation(regionCode: string, isco: string | null, sector: string): number;
}

/** Openings ÷ (seekers + 1), unsmoothed. */
export function rawTension(openings: number, seekers: number): number {
  return openings / (seekers + 1);
}

/**
 * The posterior mean of a tension whose openings are Poisson with mean λ·(seekers + 1) and whose λ has a gamma prior of mean `prior`
 * worth `priorSeekers` seekers: (openings + m·prior) ÷ (seekers + 1 + m). With many seekers it is the raw tension, with few it
 * leans to the prior (Clayton and Kaldor, Biometrics 43, 1987: the Poisson-gamma empirical Bayes estimator of small-area rates).
 */
export function smoothTension(openings: number, seekers: number, prior: number, priorSeekers: number): number {
  return (openings + priorSeekers * prior) / (seekers + 1 + priorSeekers);
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
  seekers: number;
}

/**
 * Tensions of a market, each level leaning to the one above: occupation in region → sector in region → sector in the country →
 * country. Every answer is finite; it is positive as soon as the country has one opening and `priorSeekers` is.
 */
export function estimateTensions(counts: readonly MarketCount[], priorSeekers: number): Tensions {
  const country: Sum = { openings: 0, seekers: 0 };
  const bySector = new Map<string, Sum>();
  const byRegionSector = new Map<string, Sum>();
  const byRegionOccupation = new Map<string, Sum>();
  const add = (sums: Map<string, Sum>, key: string, { openings, seekers }: MarketCount): void => {
    const sum = sums.get(key) ?? { openings: 0, seekers: 0 };
    sums.set(key, { openings: sum.openings + openings, seekers: sum.seekers + seekers });
  };
  for (const count of counts) {
    country.openings += count.openings;
    country.seekers += count.seekers;
    add(bySector, count.sector, count);
    add(byRegionSector, `${count.regionCode} ${count.sector}`, count);
    if (count.isco !== null) add(byRegionOccupation, `${count.regionCode} ${count.isco}`, count);
  }
  const whole = rawTension(country.openings, country.seekers);
  const smooth = (sum: Sum | undefined, prior: number): number =>
    smoothTension(sum?.openings ?? 0, sum?.seekers ?? 0, prior, priorSeekers);
  const sector = (regionCode: string, name: string): number =>
    smooth(byRegionSector.get(`${regionCode} ${name}`), smooth(bySector.get(name), whole));
  return {
    country: whole,
    sector,
    occupation: (regionCode, isco, name) =>
      isco === null
        ? sector(regionCode, name)
        : smooth(byRegionOccupation.get(`${regionCode} ${isco}`), sector(regionCode, name)),
  };
}
