import type { Language } from '../../i18n/language.js';
import { IDLE_WORDS, PLACES } from './word-lists.js';
import { inCyrillic, stemOf } from './words.js';

/** Stems by number, and how words that people write are taken for them. */
export interface Vocabulary {
  stems: readonly string[];
  /** Folded words of the labels → number of the stem. */
  surfaces: ReadonlyMap<string, number>;
  /** In how many labels each of `surfaces` stands, in their order. */
  uses: Uint32Array;
  /** Stem → number. */
  numbers: ReadonlyMap<string, number>;
  /** What misspelt words are compared with; made when the first one comes. */
  mending(): Mending;
}

/** The words of the labels that are long enough for a misspelling to be told. */
interface Mending {
  words: readonly string[];
  stems: Uint32Array;
  uses: Uint32Array;
  /** Three letters → numbers of the words that hold them. */
  grams: ReadonlyMap<string, readonly number[]>;
}

/** A word of a title as a stem; `exact`: neither mended nor cut out of a longer word. */
export interface KnownStem {
  stem: number;
  exact: boolean;
}

/** The vocabulary of words, each with its language and how often it stands in labels of it. */
export function buildVocabulary(words: ReadonlyMap<string, Record<Language, number>>): Vocabulary {
  const stems: string[] = [];
  const numbers = new Map<string, number>();
  const surfaces = new Map<string, number>();
  for (const [word, uses] of words) {
    // A word of both Kazakh and Russian labels gets one stem, that of the language which uses it more.
    const language = uses.kk > uses.ru ? 'kk' : 'ru';
    const stem = stemOf(word, language);
    let number = numbers.get(stem);
    if (number === undefined) {
      number = stems.push(stem) - 1;
      numbers.set(stem, number);
    }
    surfaces.set(word, number);
  }
  return completeVocabulary(
    stems,
    surfaces,
    Uint32Array.from(words.values(), ({ kk, ru, en }) => kk + ru + en),
  );
}

/** A vocabulary from its stored parts. */
export function completeVocabulary(
  stems: readonly string[],
  surfaces: ReadonlyMap<string, number>,
  uses: Uint32Array,
): Vocabulary {
  let mending: Mending | undefined;
  return {
    stems,
    surfaces,
    uses,
    numbers: new Map(stems.map((stem, number) => [stem, number])),
    mending: () => (mending ??= mendingOf(surfaces, uses)),
  };
}

function mendingOf(surfaces: ReadonlyMap<string, number>, uses: Uint32Array): Mending {
  const entries = [...surfaces]
    .map(([word, stem], i) => ({ word, stem, uses: uses[i]! }))
    .filter(({ word }) => word.length >= SHORTEST_MENDED - 1);
  const grams = new Map<string, number[]>();
  for (const [i, { word }] of entries.entries()) {
    for (const gram of gramsOf(word)) {
      const list = grams.get(gram);
      if (list === undefined) grams.set(gram, [i]);
      else list.push(i);
    }
  }
  return {
    words: entries.map(({ word }) => word),
    stems: Uint32Array.from(entries, ({ stem }) => stem),
    uses: Uint32Array.from(entries, (one) => one.uses),
    grams,
  };
}

const SHORTEST_MENDED = 5;
/** Beyond it a word is no word. */
const LONGEST_WORD = 40;

function gramsOf(word: string): Set<string> {
  const framed = `^${word}$`;
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= framed.length; i++) grams.add(framed.slice(i, i + 3));
  return grams;
}

/**
 * The stems of a folded word: its own where the labels have it in some form; else that of the nearest word of the labels, one
 * letter away (two in words of nine or more), the most used of several; else those of which it is composed («теплоэнергетик»). Empty: an unknown word.
 */
export function stemsOfWord(vocabulary: Vocabulary, word: string): KnownStem[] {
  const own = ownStem(vocabulary, word);
  if (own !== undefined) return [{ stem: own, exact: true }];
  if (word.length > LONGEST_WORD) return [];
  const spelt = inCyrillic(word);
  for (const one of spelt) {
    if (IDLE_WORDS.has(one) || PLACES.has(one)) return [];
    const stem = ownStem(vocabulary, one);
    if (stem !== undefined) return [{ stem, exact: true }];
  }
  if (word.length < SHORTEST_MENDED) return [];
  const mending = vocabulary.mending();
  const near = nearest(mending, word) ?? (spelt[0] === undefined ? null : nearest(mending, spelt[0]));
  if (near !== null) return [{ stem: near, exact: false }];
  return composedOf(vocabulary, word).map((stem) => ({ stem, exact: false }));
}

function ownStem({ surfaces, numbers }: Vocabulary, word: string): number | undefined {
  return surfaces.get(word) ?? numbers.get(stemOf(word, 'ru')) ?? numbers.get(stemOf(word, 'kk'));
}

function nearest({ grams, words, stems, uses }: Mending, word: string): number | null {
  const own = gramsOf(word);
  const shared = new Map<number, number>();
  for (const gram of own) for (const i of grams.get(gram) ?? []) shared.set(i, (shared.get(i) ?? 0) + 1);
  const most = word.length >= 9 ? 2 : 1;
  let best: number | null = null;
  let least = most + 1;
  let often = -1;
  for (const [i, count] of shared) {
    const other = words[i]!;
    // Each edit changes three grams at most (four for two letters changed about).
    if (Math.abs(other.length - word.length) > most || count < own.size - 4 * most || count < 2) continue;
    const away = editDistance(word, other, most);
    if (away < least || (away === least && uses[i]! > often)) {
      [best, least, often] = [stems[i]!, away, uses[i]!];
    }
  }
  return least <= most ? best : null;
}

/** Letters put in, left out, exchanged or changed about (Damerau–Levenshtein, optimal string alignment); `most` + 1 for more. */
export function editDistance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(change, above[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, above] = [above, row];
  }
  return Math.min(above[b.length]!, most + 1);
}

const SHORTEST_END = 5;
const SHORTEST_BEGINNING = 4;

/** The longest known word that a word ends with, and the longest known stem that it begins with. */
function composedOf({ surfaces, numbers }: Vocabulary, word: string): number[] {
  const found: number[] = [];
  for (let from = 1; from <= word.length - SHORTEST_END; from++) {
    const end = surfaces.get(word.slice(from));
    if (end === undefined) continue;
    found.push(end);
    break;
  }
  for (let to = word.length - 1; to >= SHORTEST_BEGINNING; to--) {
    const begin = numbers.get(word.slice(0, to)) ?? surfaces.get(word.slice(0, to));
    if (begin === undefined) continue;
    if (!found.includes(begin)) found.unshift(begin);
    break;
  }
  return found;
}
