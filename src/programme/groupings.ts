/** Regions seen as two sides of the migration; a region in neither stands alone. */
export interface RegionGrouping {
  name: string;
  north: string[];
  south: string[];
}

/**
 * The sides of the seed paper's Table 1: its reception and departure rows by today's codes. Astana (KZ-71) is in the table
 * and stands alone; its Almaty row is the region before Zhetysu left it in 2022.
 */
export const SEED_TABLE_1 = {
  name: 'seed-table-1',
  north: ['KZ-59', 'KZ-63', 'KZ-39', 'KZ-11', 'KZ-55', 'KZ-35'],
  south: ['KZ-19', 'KZ-47', 'KZ-43', 'KZ-31', 'KZ-61'],
} as const;

export const GROUPINGS = ['seed-table-1', 'programme'] as const;
export type GroupingName = (typeof GROUPINGS)[number];
