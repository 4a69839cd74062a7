import type { PlaceIndex } from './place-index.js';
import { readLocation, readName, soundOf } from './place-text.js';

/** A place by what it may be asked for: cities, districts and villages; not farms, halts and administrations. */
interface SuggestedPlace {
  kato: string;
  /** Its names' keys in both languages, and how they sound. */
  keys: readonly string[];
  sounds: readonly string[];
  /** Sounds of the names of its region and district. */
  around: readonly string[];
  /** Large before small. */
  order: number;
}

export type PlaceSuggestions = readonly SuggestedPlace[];

export function buildPlaceSuggestions(index: PlaceIndex): PlaceSuggestions {
  const namesOf = (kato: string | null | undefined): string[] => {
    const place = index.byKato.get(kato ?? '');
    return place === undefined ? [] : [...new Set([readName(place.nameRu).key, readName(place.nameKk).key])];
  };
  return [...index.byKato.values()].flatMap((place) => {
    const { kato, kind, major, regionCode, districtKato } = place;
    if (kind !== 'city' && kind !== 'district' && kind !== 'village') return [];
    // «Петропавловск Г.А.» is the administration around the city, which stands for itself.
    const keys = namesOf(kato);
    const order = kind === 'city' ? (major ? 0 : 1) : kind === 'district' ? 2 : 3;
    const around = [...namesOf(index.regionKato.get(regionCode)), ...namesOf(districtKato)].map(soundOf);
    return [{ kato, keys, sounds: keys.map(soundOf), around, order }];
  });
}

/**
 * Codes of the places whose name the last part of a text may begin, or may be with a letter or two wrong when none begins so;
 * what stands before it («Павлодарская область, …») must be around them. The likeliest first.
 */
export function suggestPlaces(suggestions: PlaceSuggestions, text: string, limit: number): string[] {
  const parts = readLocation(text);
  const typed = parts.at(-1);
  if (typed === undefined || typed.key.length < 2) return [];
  const sound = soundOf(typed.key);
  const around = parts.slice(0, -1).map(({ key }) => soundOf(key));
  const near = suggestions.filter((place) =>
    around.every((part) => place.around.some((name) => name.startsWith(part.slice(0, Math.max(4, part.length - 2))))),
  );
  const begun = ranked(near, limit, ({ keys, sounds }) =>
    keys.includes(typed.key)
      ? 0
      : keys.some((key) => key.startsWith(typed.key))
        ? 1
        : sounds.some((one) => one.startsWith(sound))
          ? 2
          : null,
  );
  if (begun.length > 0) return begun;
  const mostWrong = sound.length < 4 ? 0 : sound.length < 7 ? 1 : 2;
  return ranked(near, limit, ({ sounds }) => {
    const wrong = Math.min(...sounds.map((one) => distance(one, sound, mostWrong)));
    return wrong <= mostWrong ? wrong : null;
  });
}

function ranked(
  places: readonly SuggestedPlace[],
  limit: number,
  rankOf: (place: SuggestedPlace) => number | null,
): string[] {
  return places
    .flatMap((place) => {
      const rank = rankOf(place);
      return rank === null ? [] : [{ place, rank }];
    })
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        a.place.order - b.place.order ||
        a.place.keys[0]!.length - b.place.keys[0]!.length ||
        a.place.kato.localeCompare(b.place.kato),
    )
    .slice(0, limit)
    .map(({ place }) => place.kato);
}

/** Letters wrong, left out, too many or changed places between two words (Damerau), at most `most` + 1. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
