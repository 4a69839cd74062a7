import { parse } from 'csv-parse/sync';

export type PlaceLevel = 'region' | 'district' | 'sub_district' | 'settlement';
export type SettlementType = 'urban' | 'rural';

/** One object of the classifier КАТО. Codes are nine digits and stay text. */
export interface KatoPlace {
  kato: string;
  parentKato: string | null;
  /** ISO 3166-2: its number is the first two digits of the code. */
  regionCode: string;
  /** The district it lies in, itself for a district; for a city of republican significance and its parts the city. */
  districtKato: string | null;
  level: PlaceLevel;
  settlementType: SettlementType | null;
  nameRu: string;
  nameKk: string;
  classifier: string;
}

interface KatoRecord {
  kato: string;
  kato_version: string;
  level: 'oblast' | 'district' | 'sub_district' | 'settlement';
  type_code: string;
  name_ru: string;
  name_kk: string;
}

/**
 * Urban or rural by the classifier's type code: 1 urban, 2 rural, 3 (a city or settlement administration with rural
 * places under it) urban because its seat is, 4 (a district with urban places) and 0 (a region) not stated.
 */
const TYPE_OF_CODE: Record<string, SettlementType | undefined> = { 1: 'urban', 2: 'rural', 3: 'urban' };

/** The classifier's CSV as places, in its order, parents found from the codes. */
export function readKato(csv: string): KatoPlace[] {
  const records = parse<KatoRecord>(csv, { columns: true });
  const codes = new Set(records.map((record) => record.kato));
  const cities = new Set(records.filter((r) => r.level === 'oblast' && r.type_code === '1').map((r) => r.kato));
  return records.map((record) => {
    const { kato, level } = record;
    const region = `${kato.slice(0, 2)}0000000`;
    const district = `${kato.slice(0, 4)}00000`;
    return {
      kato,
      parentKato: parentOf(kato, codes),
      regionCode: `KZ-${kato.slice(0, 2)}`,
      districtKato: cities.has(region) ? region : level !== 'oblast' && codes.has(district) ? district : null,
      level: level === 'oblast' ? 'region' : level,
      settlementType: TYPE_OF_CODE[record.type_code] ?? null,
      nameRu: tidyName(record.name_ru),
      nameKk: tidyName(record.name_kk),
      classifier: record.kato_version,
    };
  });
}

/** The nearest code above that exists: sub-district (six digits, or five for a city's quarters), district, region. */
function parentOf(kato: string, codes: ReadonlySet<string>): string | null {
  for (const digits of [6, 5, 4, 2]) {
    const above = kato.slice(0, digits).padEnd(9, '0');
    if (above !== kato && codes.has(above)) return above;
  }
  return null;
}

/** The classifier has no-break and double spaces, and Ќ once for Қ. */
function tidyName(name: string): string {
  return name.replace(/\s+/gu, ' ').replaceAll('ќ', 'қ').replaceAll('Ќ', 'Қ').trim();
}
