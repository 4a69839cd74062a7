import { rawTension } from '../../matching/core/shortage.js';
import type { OccupationMismatch } from '../../matching/mismatch.service.js';
import type { RegionGrouping } from '../../programme/groupings.js';
import type { Order } from './mismatch.form.js';

export interface SideCount {
  openings: number;
  seekers: number;
  /** Openings ÷ (seekers + 1) of the side's regions together. */
  tension: number;
}

/** An occupation where people leave and where they arrive. */
export interface OccupationSides {
  isco: string;
  sector: string;
  titles: { kk: string | null; ru: string | null; en: string };
  north: SideCount;
  south: SideCount;
}

/** Occupations of a sector (null: of all) that have an opening or a seeker on either side, the one that is looked for first. */
export function occupationSides(
  occupations: readonly OccupationMismatch[],
  { north, south }: RegionGrouping,
  wish: { sector: string | null; order: Order },
): OccupationSides[] {
  return occupations
    .filter(({ sector }) => wish.sector === null || sector === wish.sector)
    .map(({ isco, sector, titleKk, titleRu, titleEn, regions }) => ({
      isco,
      sector,
      titles: { kk: titleKk, ru: titleRu, en: titleEn },
      north: sideOf(regions, north),
      south: sideOf(regions, south),
    }))
    .filter((one) => one.north.openings + one.north.seekers + one.south.openings + one.south.seekers > 0)
    .sort((a, b) => RANK[wish.order](b) - RANK[wish.order](a) || (a.isco < b.isco ? -1 : 1));
}

const RANK: Record<Order, (occupation: OccupationSides) => number> = {
  north: ({ north }) => north.tension,
  south: ({ south }) => south.tension,
  difference: ({ north, south }) => north.tension - south.tension,
  openings: ({ north, south }) => north.openings + south.openings,
  seekers: ({ north, south }) => north.seekers + south.seekers,
};

function sideOf(regions: OccupationMismatch['regions'], side: readonly string[]): SideCount {
  const found = regions.filter(({ region }) => side.includes(region));
  const openings = found.reduce((sum, one) => sum + one.openings, 0);
  const seekers = found.reduce((sum, one) => sum + one.seekers, 0);
  return { openings, seekers, tension: rawTension(openings, seekers) };
}
