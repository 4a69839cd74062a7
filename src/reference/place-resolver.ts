import type { SettlementType } from './kato.js';
import { type Allows, type IndexedPlace, type PlaceIndex, called } from './place-index.js';
import { splitRegion } from './place-region.js';
import { type PlacePart, readLocation } from './place-text.js';

/**
 * Where a location text lies.
 * - `settlement`: one settlement, city or quarter of a city; `kato` is its code.
 * - `district`: the text names a district (`kato` is its code) or a rural district in it (`kato` is that one's code).
 * - `region`: the text names no more than the region; `kato` is the region's code.
 * - `ambiguous`: several places fit and the text does not choose; `candidates` are their codes. What they share is answered.
 * - `unknown`: nothing fits; region and district are answered as far as the text and the caller gave them. `candidates` are
 *   places of that name elsewhere in the asked region or in a region that was parted from it.
 * `conflict` is true (and `regionCode` null) when the text names another region than the caller: one of the two is wrong.
 */
export interface PlaceMatch {
  match: 'settlement' | 'district' | 'region' | 'ambiguous' | 'unknown';
  regionCode: string | null;
  districtKato: string | null;
  kato: string | null;
  settlementType: SettlementType | null;
  candidates: string[];
  conflict: boolean;
}

/**
 * Regions that were parted from another, so that an older text names the other: Abai, Zhetysu and Ulytau (June 2022), Shymkent
 * (2018), and the two capitals, which old habit puts into the region around them. Not a conflict: such a text resolves to
 * today's region when the caller names today's region or none.
 */
const PARTED_FROM: Record<string, string[] | undefined> = {
  'KZ-63': ['KZ-10'],
  'KZ-19': ['KZ-33', 'KZ-75'],
  'KZ-35': ['KZ-62'],
  'KZ-61': ['KZ-79'],
  'KZ-11': ['KZ-71'],
};

/** Of these, the regions of June 2022: the codes of the regions that lost them stayed, so older records name a code that holds no more. */
const MOVED_IN_2022: Record<string, string[] | undefined> = {
  'KZ-63': ['KZ-10'],
  'KZ-19': ['KZ-33'],
  'KZ-35': ['KZ-62'],
};

const NOWHERE: PlaceMatch = {
  match: 'unknown', regionCode: null, districtKato: null, kato: null, settlementType: null, candidates: [], conflict: false,
}; // prettier-ignore

/** Finds a location text's place, inside `regionCode` (ISO 3166-2) when that is given. Never guesses, never leaves the region. */
export function resolvePlace(index: PlaceIndex, text: string, regionCode: string | null): PlaceMatch {
  if (regionCode !== null && !index.regionKato.has(regionCode)) return NOWHERE;
  const parts = readLocation(text);
  const { named, foreign, places, city } = splitRegion(index, parts, regionCode);
  if (foreign) return { ...NOWHERE, conflict: regionCode !== null };
  const heirs = named.flatMap((code) => PARTED_FROM[code] ?? []);
  if (regionCode !== null) {
    if (named.length > 0 && !named.includes(regionCode) && !heirs.includes(regionCode))
      return { ...NOWHERE, conflict: true };
    const inherits = named.length > 0 && !named.includes(regionCode);
    if (places.length === 0) return inherits ? { ...NOWHERE, conflict: true } : ofRegion(index, regionCode);
    const found = besideCity(index, search(index, places, [regionCode]), places, city);
    if (found.match !== 'unknown') return found;
    if (inherits) return { ...NOWHERE, conflict: true };
    const elsewhere = search(index, places, heirs);
    return { ...found, regionCode, candidates: [...found.candidates, ...placesOf(elsewhere)] };
  }
  if (places.length === 0) return named.length === 1 ? ofRegion(index, named[0]!) : NOWHERE;
  if (named.length === 0) return search(index, places, [...index.regionKato.keys()]);
  const found = besideCity(index, search(index, places, named), places, city);
  if (found.match !== 'unknown') return found;
  const elsewhere = search(index, places, heirs);
  if (elsewhere.match !== 'unknown') return elsewhere;
  return named.length === 1 ? { ...found, regionCode: named[0]! } : found;
}

/**
 * Where a place is today that `regionCode` lost in June 2022, for a text that names that region or none and that is unknown in
 * it (the caller has asked `resolvePlace` before); null when the heir has no such place, or not one only. An unmarked name may be
 * a street, so that only a city that heads a district of its own is found by it.
 */
export function resolveMoved(index: PlaceIndex, text: string, regionCode: string): PlaceMatch | null {
  const heirs = MOVED_IN_2022[regionCode] ?? [];
  const { named, foreign, places, city } = splitRegion(index, readLocation(text), regionCode);
  if (foreign || places.length === 0 || (named.length > 0 && !named.includes(regionCode))) return null;
  const match = besideCity(index, search(index, places, heirs), places, city);
  if (match.kato === null) return null;
  const isMarked = places.some(({ kind }) => kind !== 'bare');
  return isMarked || index.byKato.get(match.kato)?.major === true ? match : null;
}

/** The answer for a code itself; null when the classifier has no such code. */
export function matchOf(index: PlaceIndex, kato: string): PlaceMatch | null {
  const place = index.byKato.get(kato);
  return place === undefined ? null : found(index, place);
}

/** «Павлодар, Торайгырова»: an unmarked name after a city's may be a street of it as well as a village far from it. */
function besideCity(
  index: PlaceIndex,
  match: PlaceMatch,
  places: PlacePart[],
  city: IndexedPlace | undefined,
): PlaceMatch {
  const place = match.kato === null ? undefined : index.byKato.get(match.kato);
  if (city === undefined || place === undefined || places.some((part) => part.kind !== 'bare')) return match;
  return place.kind === 'city' || place.districtKato === city.districtKato ? match : ambiguous([city, place]);
}

/** Searches the parts below the region in some regions. */
function search(index: PlaceIndex, allParts: PlacePart[], regions: string[]): PlaceMatch {
  if (regions.length === 0) return NOWHERE;
  const parts = allParts.filter((part) => !isHouse(index, part, regions));
  const target = targetOf(parts);
  const around = parts.filter((part) => part !== target);
  const districts = around.filter((part) => part.kind === 'district');
  const hitDistricts = districts.flatMap((part) =>
    called(index, regions, part.key, (p) => p.kind === 'district' || p.kind === 'quarter'),
  );
  const context = contextOf(index, regions, around, hitDistricts);
  if (target === undefined) return searchDistrict(index, regions, parts, hitDistricts, districts.length > 0);

  const hits = called(index, regions, target.key, (place) => fits(index, place, target));
  const inside = hits.filter((place) => context.every((allows) => allows(place)));
  const chosen = prefer(inside, target);
  if (chosen.length === 1) return found(index, quarterOf(chosen[0]!, hitDistricts) ?? chosen[0]!);
  if (chosen.length > 1) return ambiguous(chosen);
  // An old quarter that the classifier no longer has does not make its city unknown.
  if (districts.length > 0 && hitDistricts.length === 0) {
    const city = hits.filter((place) => place.major && target.kind === 'city');
    if (city.length === 1) return found(index, city[0]!);
  }
  const district = hitDistricts.length === 1 ? hitDistricts[0]! : undefined;
  return {
    ...NOWHERE,
    regionCode: district?.regionCode ?? (regions.length === 1 ? regions[0]! : null),
    districtKato: district?.districtKato ?? null,
    candidates: hits.map((place) => place.kato),
  };
}

/** «Торайгырова 70» without a marker is a street and house, unless a place is called so («зимовка Акши 2»). */
function isHouse(index: PlaceIndex, part: PlacePart, regions: string[]): boolean {
  return part.kind === 'bare' && /\d/u.test(part.key) && called(index, regions, part.key, () => true).length === 0;
}

/** The finest part: a village before a city before an unmarked name; the last of its kind. */
function targetOf(parts: PlacePart[]): PlacePart | undefined {
  for (const kind of ['village', 'halt', 'city', 'bare'] as const) {
    const last = parts.findLast((part) => part.kind === kind);
    if (last !== undefined) return last;
  }
  return undefined;
}

/** What the parts around the target demand of it. An administration that is not found demands nothing, a district does. */
function contextOf(index: PlaceIndex, regions: string[], around: PlacePart[], hitDistricts: IndexedPlace[]): Allows[] {
  const allows: Allows[] = [];
  if (around.some((part) => part.kind === 'district')) {
    const codes = new Set(hitDistricts.map((district) => district.districtKato));
    allows.push((place) => codes.has(place.districtKato));
  }
  for (const part of around) {
    if (part.kind === 'city' || (part.kind === 'bare' && around.length > 0)) {
      const heads = called(index, regions, part.key, (place) =>
        part.kind === 'city' ? place.kind === 'city' : place.major || place.kind === 'district',
      );
      const codes = new Set(heads.map((head) => head.districtKato));
      if (codes.size > 0) allows.push((place) => codes.has(place.districtKato));
    } else if (part.kind === 'administration') {
      const heads = called(index, regions, part.key, (place) => place.kind === 'administration');
      const codes = new Set(heads.map((head) => head.kato));
      if (codes.size > 0)
        allows.push((place) => codes.has(place.parentKato ?? '') || codes.has(place.districtKato ?? ''));
    }
  }
  return allows;
}

function searchDistrict(
  index: PlaceIndex,
  regions: string[],
  parts: PlacePart[],
  hitDistricts: IndexedPlace[],
  namesDistrict: boolean,
): PlaceMatch {
  const regionCode = regions.length === 1 ? regions[0]! : null;
  if (namesDistrict && hitDistricts.length === 0) return { ...NOWHERE, regionCode };
  const quarters = hitDistricts.filter((place) => place.kind === 'quarter');
  if (quarters.length === 1 && hitDistricts.length === 1) return found(index, quarters[0]!);
  const codes = new Set(hitDistricts.map((district) => district.districtKato));
  const administrations = parts
    .filter((part) => part.kind === 'administration')
    .flatMap((part) => called(index, regions, part.key, (place) => place.kind === 'administration'))
    .filter((place) => !namesDistrict || codes.has(place.districtKato));
  const hits = administrations.length > 0 ? administrations : hitDistricts;
  if (hits.length === 1) return found(index, hits[0]!);
  return hits.length > 1 ? ambiguous(hits) : { ...NOWHERE, regionCode };
}

/** «г.» does not make a village of a city's name elsewhere; other markers and none may be loosely used. */
function fits(index: PlaceIndex, place: IndexedPlace, target: PlacePart): boolean {
  if (place.kind === 'city') return true;
  if (target.kind === 'city')
    return (place.kind === 'village' || place.kind === 'outpost') && !index.cityKeys.has(target.key);
  if (target.kind === 'village' || target.kind === 'halt') return place.kind === 'village' || place.kind === 'outpost';
  return true;
}

/**
 * Among places of one name the one whose kind the text states wins: «г.» the city, «с.» the village. Without a marker only a
 * city that heads a district of its own wins, then settlements before the districts and administrations named after them.
 */
function prefer(hits: IndexedPlace[], target: PlacePart): IndexedPlace[] {
  const of = (...kinds: IndexedPlace['kind'][]): IndexedPlace[] => hits.filter((place) => kinds.includes(place.kind));
  const orders =
    target.kind === 'city'
      ? [of('city'), of('village'), of('outpost')]
      : target.kind === 'village'
        ? [...(target.township ? [of('village').filter(isTownship)] : []), of('village'), of('outpost'), of('city')]
        : target.kind === 'halt'
          ? [of('outpost'), of('village'), of('city')]
          : [
              hits.filter((place) => place.major),
              of('city', 'village', 'outpost', 'quarter'),
              of('district'),
              of('administration'),
            ];
  return orders.find((order) => order.length > 0) ?? [];
}

/** «п.Ботакара» is not the village beside it; the other way round people write «с.» of a посёлок too. */
const isTownship = (place: IndexedPlace): boolean => /^п\.|\sп\.$/u.test(place.nameRu);

function quarterOf(city: IndexedPlace, hitDistricts: IndexedPlace[]): IndexedPlace | undefined {
  const quarters = hitDistricts.filter((place) => place.kind === 'quarter' && place.districtKato === city.districtKato);
  return city.kind === 'city' && quarters.length === 1 ? quarters[0] : undefined;
}

function found(index: PlaceIndex, place: IndexedPlace): PlaceMatch {
  const match =
    place.kind === 'region'
      ? 'region'
      : place.kind === 'district' || place.kind === 'administration'
        ? 'district'
        : 'settlement';
  const { regionCode, districtKato, kato, settlementType } = place;
  return { match, regionCode, districtKato, kato, settlementType, candidates: [], conflict: false };
}

function ofRegion(index: PlaceIndex, regionCode: string): PlaceMatch {
  const kato = index.regionKato.get(regionCode)!;
  const place = index.byKato.get(kato);
  return place === undefined ? { ...NOWHERE, regionCode } : found(index, place);
}

function ambiguous(places: IndexedPlace[]): PlaceMatch {
  const shared = <Value>(values: Value[]): Value | null => (new Set(values).size === 1 ? values[0]! : null);
  return {
    ...NOWHERE,
    match: 'ambiguous',
    regionCode: shared(places.map((place) => place.regionCode)),
    districtKato: shared(places.map((place) => place.districtKato)),
    settlementType: shared(places.map((place) => place.settlementType)),
    candidates: places.map((place) => place.kato),
  };
}

function placesOf(match: PlaceMatch): string[] {
  return match.kato === null ? match.candidates : [match.kato];
}
