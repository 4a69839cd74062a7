import { type IndexedPlace, type PlaceIndex, called } from './place-index.js';
import { type PlacePart, soundOf } from './place-text.js';

/** A location text taken apart into what it says of the region and what lies below. */
interface SplitText {
  /** Regions that the text may mean. */
  named: string[];
  /** The text names a region that is none of Kazakhstan's. */
  foreign: boolean;
  /** The parts below the region. */
  places: PlacePart[];
  /** The city that an unmarked name of the region may mean as well. */
  city?: IndexedPlace | undefined;
}

/** Finds the region that a text names, by the word «область», by a capital, or by a name that only a region bears. */
export function splitRegion(index: PlaceIndex, parts: PlacePart[], regionCode: string | null): SplitText {
  const stated = parts.filter((part) => part.kind === 'region');
  if (stated.length > 0) {
    const codes = stated.map((part) => regionsCalled(index, part.key).filter((code) => !index.cityRegions.has(code)));
    const named = codes.reduce((common, those) => common.filter((code) => those.includes(code)));
    return { named, foreign: named.length === 0, places: parts.filter((part) => part.kind !== 'region') };
  }
  const capital = parts.find(
    (part) => part.kind === 'city' && regionsCalled(index, part.key).some((c) => index.cityRegions.has(c)),
  );
  if (capital !== undefined) {
    const named = regionsCalled(index, capital.key).filter((code) => index.cityRegions.has(code));
    return { named, foreign: false, places: parts };
  }
  return splitUnmarkedRegion(index, parts, regionCode);
}

/** Without the word «область» a region's name counts in the first place of several (`СКО, Есильский район`) or when no place bears it. */
function splitUnmarkedRegion(index: PlaceIndex, parts: PlacePart[], regionCode: string | null): SplitText {
  const part = parts.find((each, place) => {
    if (each.kind !== 'bare') return false;
    const codes = regionsCalled(index, each.key);
    return codes.length > 0 && (place === 0 || !codes.some((code) => index.namesOf.get(code)?.byKey.has(each.key)));
  });
  if (part === undefined) return { named: [], foreign: false, places: parts };
  const codes = regionsCalled(index, part.key);
  const cities = codes.filter((code) => index.cityRegions.has(code));
  const named = regionCode !== null && codes.includes(regionCode) ? [regionCode] : cities.length > 0 ? cities : codes;
  if (parts.length > 1) {
    if (index.cityRegions.has(named[0]!)) return { named, foreign: false, places: parts };
    const [city] = called(index, named, part.key, (place) => place.major);
    return { named, foreign: false, places: parts.filter((each) => each !== part), city };
  }
  // Alone, «Павлодар» is the city and «СКО» the region; «Абай» may be either and a village besides. A city of another region
  // that once bore the name («Акмола») needs its «г.».
  const heads = called(index, regionCode === null ? codes : [regionCode], part.key, (place) => place.major);
  const isPlace =
    heads.length > 0 || (regionCode === null && index.namesOf.get(named[0]!)?.byKey.has(part.key) === true);
  return isPlace ? { named: [], foreign: false, places: parts } : { named, foreign: false, places: [] };
}

function regionsCalled(index: PlaceIndex, key: string): string[] {
  return index.regionsByName.get(key) ?? index.regionsByName.get(soundOf(key)) ?? [];
}
