import type { MarketCount } from './types.js';

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
