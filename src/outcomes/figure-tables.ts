import { type SummedTable, hiddenPlaces, shownTable, withSums } from '../shared/small-counts.js';
import { HOUSING, type Housing, RETURN_REASONS, type ReturnReason } from './outcome-kinds.js';

/** A table by region and something else, each with its sums; null: hidden because it tells of fewer than five, or would give one away. */
export interface RegionTable<Column extends string> extends SummedTable<number | null> {
  regions: string[];
  columns: Column[];
}

export const HOUSING_COLUMNS = [...HOUSING, 'not_heard'] as const;
type HousingColumn = (typeof HOUSING_COLUMNS)[number];

/** Households that stayed in a region, by how they are housed; null: not heard of yet. */
export interface HousingCount {
  regionCode: string;
  kind: Housing | null;
  households: number;
}

/** Households that went back from a region for a reason, with everybody in them. */
export interface ReturnCount {
  regionCode: string;
  reason: ReturnReason;
  households: number;
  persons: number;
}

export function housingTable(regions: string[], found: readonly HousingCount[]): RegionTable<HousingColumn> {
  const cells = cellsOf(regions, HOUSING_COLUMNS, found, ({ kind }) => kind ?? 'not_heard', ({ households }) => households); // prettier-ignore
  return {
    regions,
    columns: [...HOUSING_COLUMNS],
    ...shownTable(withSums(cells, HOUSING_COLUMNS.length), hiddenPlaces(cells)),
  };
}

/** Both with the same places hidden, by the households. */
export function returnTables(
  regions: string[],
  found: readonly ReturnCount[],
): Record<'households' | 'persons', RegionTable<ReturnReason>> {
  const cells = (of: 'households' | 'persons'): number[][] =>
    cellsOf(regions, RETURN_REASONS, found, ({ reason }) => reason, (one) => one[of]); // prettier-ignore
  const hidden = hiddenPlaces(cells('households'));
  const table = (of: 'households' | 'persons'): RegionTable<ReturnReason> => ({
    regions,
    columns: [...RETURN_REASONS],
    ...shownTable(withSums(cells(of), RETURN_REASONS.length), hidden),
  });
  return { households: table('households'), persons: table('persons') };
}

/** Codes of the regions of which the table does not tell the sum. */
export function hiddenSums({ regions, sums }: RegionTable<string>): Set<string> {
  return new Set(regions.filter((_, r) => sums[r] === null));
}

/** A row for each region, a cell for each column; what is not found is 0. */
export function cellsOf<Row extends { regionCode: string }, Column extends string>(
  regions: readonly string[],
  columns: readonly Column[],
  found: readonly Row[],
  columnOf: (row: Row) => Column,
  valueOf: (row: Row) => number,
): number[][] {
  return regions.map((region) =>
    columns.map((column) =>
      found
        .filter((row) => row.regionCode === region && columnOf(row) === column)
        .reduce((sum, row) => sum + valueOf(row), 0),
    ),
  );
}
