import type { PlaceLevel, SettlementType } from './kato.js';
import { type PlacePart, readName, soundOf } from './place-text.js';

/** A place as the table `place` holds it. */
export interface PlaceRow {
  kato: string;
  parentKato: string | null;
  regionCode: string;
  districtKato: string | null;
  level: PlaceLevel;
  settlementType: SettlementType | null;
  nameRu: string;
  nameKk: string;
}

export interface RegionRow {
  code: string;
  kato: string;
  nameRu: string;
  nameKk: string;
  nameEn: string;
  aliases: string[];
}

export interface PlaceAliasRow {
  kato: string;
  alias: string;
}

/**
 * What a place is to the resolver: a town with the status of a city; a village (any other settlement); an outpost (a winter
 * camp, a farm, a halt: it yields to a village of the same name); a district; an administration (rural district, г.а.); a quarter of a city.
 */
export type PlaceKind = 'region' | 'city' | 'village' | 'outpost' | 'district' | 'administration' | 'quarter';

export interface IndexedPlace extends PlaceRow {
  kind: PlaceKind;
  /** A city of republican or regional significance: it heads a district of its own. */
  major: boolean;
}

/** The names inside a region. The sounds are worked out when the first name is not found by its letters. */
export class RegionNames {
  readonly byKey = new Map<string, IndexedPlace[]>();
  private sounds: Map<string, IndexedPlace[]> | null = null;

  bySound(key: string): IndexedPlace[] {
    if (this.sounds === null) {
      this.sounds = new Map();
      for (const [name, places] of this.byKey) for (const place of places) addOnce(this.sounds, soundOf(name), place);
    }
    return this.sounds.get(soundOf(key)) ?? [];
  }
}

export interface PlaceIndex {
  byKato: Map<string, IndexedPlace>;
  regionKato: Map<string, string>;
  /** Names inside each region. */
  namesOf: Map<string, RegionNames>;
  /** Region codes by the name's key and by its sound, cities of republican significance included. */
  regionsByName: Map<string, string[]>;
  cityRegions: ReadonlySet<string>;
  /** Keys of the names of all cities, to tell «г.Семей» from a village that shares the name. */
  cityKeys: ReadonlySet<string>;
}

/** Builds the index in memory; pure. About 15.6 thousand places take some tens of milliseconds. */
export function buildPlaceIndex(places: PlaceRow[], regions: RegionRow[], aliases: PlaceAliasRow[]): PlaceIndex {
  const regionsByName = new Map<string, string[]>();
  for (const region of regions) {
    for (const name of [region.nameRu, region.nameKk, region.nameEn, ...region.aliases]) {
      const { key } = readName(name);
      addOnce(regionsByName, key, region.code);
      addOnce(regionsByName, soundOf(key), region.code);
    }
  }
  const index: PlaceIndex = {
    byKato: new Map(),
    regionKato: new Map(regions.map((region) => [region.code, region.kato])),
    namesOf: new Map(regions.map((region) => [region.code, new RegionNames()])),
    regionsByName,
    cityRegions: new Set(),
    cityKeys: new Set(),
  };
  const cityRegions = new Set<string>();
  const cityKeys = new Set<string>();
  for (const row of places) {
    const ru = readName(row.nameRu);
    const place = indexed(row, ru);
    index.byKato.set(row.kato, place);
    if (row.level === 'region' && place.kind !== 'city') continue;
    if (row.level === 'region') cityRegions.add(row.regionCode);
    const keys = [ru.key, readName(row.nameKk).key, ...shortNames(place, ru.key)];
    for (const key of keys) addName(index, place, key);
    if (place.kind === 'city') for (const key of keys) cityKeys.add(key);
  }
  for (const { kato, alias } of aliases) {
    const place = index.byKato.get(kato);
    if (place === undefined) continue;
    const { key } = readName(alias);
    addName(index, place, key);
    if (place.kind === 'city') cityKeys.add(key);
  }
  return Object.assign(index, { cityRegions, cityKeys });
}

function indexed(row: PlaceRow, ru: PlacePart): IndexedPlace {
  const major = ru.kind === 'city' && row.level !== 'settlement' && row.level !== 'district';
  const { kato, parentKato, regionCode, districtKato, level, settlementType, nameRu, nameKk } = row;
  const kind = kindOf(row, ru);
  return { kato, parentKato, regionCode, districtKato, level, settlementType, nameRu, nameKk, kind, major };
}

function kindOf(row: PlaceRow, ru: PlacePart): PlaceKind {
  if (row.level === 'region') return ru.kind === 'city' ? 'city' : 'region';
  if (row.level === 'district') return ru.kind === 'district' ? 'district' : 'administration';
  if (ru.kind === 'city') return 'city';
  if (ru.kind === 'district' && row.settlementType === 'urban') return 'quarter';
  if (row.level === 'sub_district') return 'administration';
  return /^(с|п)\.|\sс\.$/u.test(row.nameRu) ? 'village' : 'outpost';
}

/** «Карауыльский с.о.» is also asked for by its root, as English texts write it. */
function shortNames(place: IndexedPlace, key: string): string[] {
  if (place.kind !== 'administration') return [];
  const root = /^(.+?)(ский|ской|ская)$/u.exec(key)?.[1];
  return root === undefined ? [] : [root];
}

function addName(index: PlaceIndex, place: IndexedPlace, key: string): void {
  const names = index.namesOf.get(place.regionCode);
  if (names !== undefined && key !== '') addOnce(names.byKey, key, place);
}

function addOnce<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else if (!values.includes(value)) values.push(value);
}

export type Allows = (place: IndexedPlace) => boolean;

/** Places of a name in some regions, by its letters or else by its sound. */
export function called(index: PlaceIndex, regions: string[], key: string, keep: Allows): IndexedPlace[] {
  return regions.flatMap((region) => {
    const names = index.namesOf.get(region);
    const exact = names?.byKey.get(key)?.filter(keep) ?? [];
    return exact.length > 0 ? exact : (names?.bySound(key).filter(keep) ?? []);
  });
}
