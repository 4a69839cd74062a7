import type { MismatchCell } from '../../matching/core/mismatch.js';
import { rawTension } from '../../matching/core/shortage.js';
import { PRINTED_TABLE_1, type RegionGrouping } from '../../programme/groupings.js';
import { SEED_SECTORS } from '../../reference/sectors.js';

/** What a cell may show; the first is the paper's. */
export const MEASURES = ['vacancies', 'openings', 'seekers', 'tension'] as const;
export type Measure = (typeof MEASURES)[number];

export type Side = 'alone' | 'north' | 'south';

export interface Table1Row {
  /** Null: the sum of the side's regions. */
  region: string | null;
  side: Side;
  /** By sector. */
  live: Record<string, number>;
  /** What the seed paper prints for the same; null for a region, a sector or a measure that it does not print. */
  printed: Record<string, number | null>;
}

/**
 * The layout of the seed paper's Table 1: regions on neither side, those of the north with their sum, those of the south with theirs.
 * `regions` are all that may stand alone. A side's tension is of its openings and seekers, not a mean of its regions'.
 */
export function table1(
  cells: readonly MismatchCell[],
  wish: { grouping: RegionGrouping; alone: readonly string[]; sectors: readonly string[]; measure: Measure },
): Table1Row[] {
  const { grouping, alone, sectors, measure } = wish;
  const sum = (regions: readonly string[], sector: string): number => {
    const found = cells.filter((cell) => cell.sector === sector && regions.includes(cell.region));
    const total = (field: 'vacancies' | 'openings' | 'seekers'): number =>
      found.reduce((all, cell) => all + cell[field], 0);
    return measure === 'tension' ? rawTension(total('openings'), total('seekers')) : total(measure);
  };
  const row = (side: Side, region: string | null, regions: readonly string[]): Table1Row => ({
    region,
    side,
    live: Object.fromEntries(sectors.map((sector) => [sector, sum(regions, sector)])),
    printed: Object.fromEntries(
      sectors.map((sector) => [sector, measure === 'vacancies' ? printedSum(regions, sector) : null]),
    ),
  });
  const side = (name: 'north' | 'south'): Table1Row[] => [
    ...grouping[name].map((region) => row(name, region, [region])),
    row(name, null, grouping[name]),
  ];
  return [...alone.map((region) => row('alone', region, [region])), ...side('north'), ...side('south')];
}

/** The paper's number for some regions together; null unless it prints every one of them. */
export function printedSum(regions: readonly string[], sector: string): number | null {
  const seed = SEED_SECTORS.find((name) => name === sector);
  const printed = regions.map((region) => PRINTED_TABLE_1[region]);
  if (seed === undefined || printed.length === 0 || printed.includes(undefined)) return null;
  return printed.reduce((sum, row) => sum + row![seed], 0);
}
