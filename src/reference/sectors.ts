/**
 * Sector of each of Enbek's areas (101–125). The seed paper's three sectors are education = 119 + 114,
 * medicine = 112 and agriculture = 121; every other area is a sector of its own.
 */
const SECTOR_OF_AREA = {
  101: 'management',
  102: 'civil_service',
  103: 'it',
  104: 'administration',
  105: 'finance',
  106: 'hospitality',
  107: 'utilities',
  108: 'culture_sport',
  109: 'trade',
  110: 'marketing_media',
  111: 'transport',
  112: 'medicine',
  113: 'social_services',
  114: 'education',
  115: 'unskilled',
  116: 'mining',
  117: 'energy',
  118: 'construction',
  119: 'education',
  120: 'manufacturing',
  121: 'agriculture',
  122: 'safety',
  123: 'personal_services',
  124: 'law',
  125: 'tourism',
} as const;

/** A sector's code; `unstated` is the sector of a vacancy whose area is not stated or not known. */
export type Sector = (typeof SECTOR_OF_AREA)[keyof typeof SECTOR_OF_AREA] | 'unstated';

/** Every sector once, in the order of Enbek's areas; `unstated` last. */
export const SECTORS: readonly Sector[] = [...new Set<Sector>(Object.values(SECTOR_OF_AREA)), 'unstated'];

/** The three sectors of the seed paper's Table 1. */
export const SEED_SECTORS = ['education', 'medicine', 'agriculture'] as const satisfies readonly Sector[];

export function sectorOfArea(areaId: number | null): Sector {
  if (areaId === null) return 'unstated';
  return (SECTOR_OF_AREA as Record<number, Sector>)[areaId] ?? 'unstated';
}

export function isArea(areaId: number): boolean {
  return areaId in SECTOR_OF_AREA;
}
