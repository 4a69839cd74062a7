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

/**
 * Table 1 of the seed paper (Journal of Educational and Social Research 13(6), 2023) as it is printed: vacancies on the Enbek
 * exchange in education, medicine and agriculture. Its row sums are printed there and hold.
 */
export const PRINTED_TABLE_1: Record<string, { education: number; medicine: number; agriculture: number }> = {
  'KZ-71': { education: 189, medicine: 329, agriculture: 22 },
  'KZ-59': { education: 66, medicine: 98, agriculture: 38 },
  'KZ-63': { education: 183, medicine: 248, agriculture: 61 },
  'KZ-39': { education: 90, medicine: 295, agriculture: 57 },
  'KZ-11': { education: 96, medicine: 155, agriculture: 66 },
  'KZ-55': { education: 64, medicine: 64, agriculture: 62 },
  'KZ-35': { education: 66, medicine: 204, agriculture: 186 },
  'KZ-19': { education: 527, medicine: 101, agriculture: 10 },
  'KZ-47': { education: 80, medicine: 70, agriculture: 9 },
  'KZ-43': { education: 41, medicine: 42, agriculture: 10 },
  'KZ-31': { education: 107, medicine: 66, agriculture: 27 },
  'KZ-61': { education: 509, medicine: 272, agriculture: 174 },
};
