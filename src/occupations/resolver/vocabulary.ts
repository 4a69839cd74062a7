import type { Language } from '../../i18n/language.js';
import { ABBREVIATIONS, IDLE_WORDS, PLACES } from './word-lists.js';
import { type TitleWords, inCyrillic, stemOf } from './words.js';

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

/** How a word of a title comes by its stem: as it stands, by a slip of the pen that is plainly one, or by a guess. */
export type Reading = 'own' | 'mended' | 'guessed';

/** A word of a title as a stem. */
export interface KnownStem {
  stem: number;
  reading: Reading;
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
  const numbers = new Map<string, number>();
  for (const [number, stem] of stems.entries()) numbers.set(stem, number);
  return {
    stems,
    surfaces,
    uses,
    numbers,
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

const isLatin = (word: string): boolean => word >= 'a' && word < '{';

/** Shorter words in Latin letters («HR», «IT») stand in titles of any language. */
const SHORTEST_ENGLISH = 4;

/**
 * The words of a title that is Russian or Kazakh in Latin letters («zam. dir. po vr», «master smeny») in Cyrillic ones, also those that
 * English has too. It is so when none of its words is English alone, and one is no word of a label but in Cyrillic letters; any other
 * title stays as it is.
 */
export function respelt({ surfaces }: Vocabulary, title: TitleWords): TitleWords {
  const latin = title.words.filter(isLatin);
  if (latin.every((word) => surfaces.has(word))) return title;
  const written = (word: string): string | undefined =>
    inCyrillic(word).find((one) => surfaces.has(one) || ABBREVIATIONS.has(one) || IDLE_WORDS.has(one) || PLACES.has(one));
  let isCyrillic = false;
  for (const word of latin) {
    const other = written(word);
    if (other === undefined && word.length >= SHORTEST_ENGLISH && surfaces.has(word)) return title;
    if (other !== undefined && !PLACES.has(other) && !surfaces.has(word)) isCyrillic = true;
  }
  if (!isCyrillic) return title;
  const spelt: TitleWords = { words: [], parts: [] };
  for (const [i, word] of title.words.entries()) {
    const own = isLatin(word) ? (written(word) ?? word) : word;
    for (const one of (ABBREVIATIONS.get(own) ?? own).split(' ')) {
      if (IDLE_WORDS.has(one) || PLACES.has(one)) continue;
      spelt.words.push(one);
      spelt.parts.push(title.parts[i]!);
    }
  }
  return spelt;
}

/**
 * The stems of a folded word: its own where the labels have it in some form; else, of two words run together («жуктиеуши»), those of
 * both; else that of the nearest word of the labels, one letter away (two in words of nine or more), the most used of several; else of the
 * word that it is the beginning of («бульдоз.»); else those of which it is composed («теплоэнергетик»). Empty: an unknown word.
 * A nearest word is a guess unless it sounds the same or is one slip away (`isSlip`), and no other word is as near: «курыкшы» is no
 * «куракшы», and «псечник» may be a «печник» as well as a «пасечник».
 */
export function stemsOfWord(vocabulary: Vocabulary, word: string): KnownStem[] {
  const spelt = inCyrillic(word);
  const own = ownStem(vocabulary, word, spelt);
  if (own !== undefined) return [{ stem: own, reading: 'own' }];
  if (word.length > LONGEST_WORD) return [];
  for (const one of spelt) {
    if (IDLE_WORDS.has(one) || PLACES.has(one)) return [];
    const stem = ownStem(vocabulary, one);
    if (stem !== undefined) return [{ stem, reading: 'own' }];
  }
  if (word.length < SHORTEST_MENDED) return [];
  const both = runTogether(vocabulary, word);
  if (both.length > 0) return both;
  const mending = vocabulary.mending();
  let guess: KnownStem | null = null;
  for (const one of [word, ...spelt]) {
    const near = nearest(mending, one);
    if (near?.reading === 'mended') return [near];
    const whole = completed(mending, one);
    if (whole?.reading === 'mended') return [whole];
    guess ??= near ?? whole;
  }
  return guess === null ? composedOf(vocabulary, word) : [guess];
}

/** `spelt` are readings of the word in other letters: what a label has letter for letter goes before what shares a stem with it. */
function ownStem({ surfaces, numbers }: Vocabulary, word: string, spelt: readonly string[] = []): number | undefined {
  let own = surfaces.get(word);
  for (const one of spelt) own ??= surfaces.get(one);
  return own ?? numbers.get(stemOf(word, 'ru')) ?? numbers.get(stemOf(word, 'kk'));
}

/** Of two words that are run together the first has three letters at least, the second too, and one of them five. */
const SHORTEST_RUN = 3;
const LONGER_RUN = 5;

/** The stems of two known words of which a word consists, letter for letter; the pair with the longest second word. */
function runTogether({ surfaces }: Vocabulary, word: string): KnownStem[] {
  for (let at = SHORTEST_RUN; at <= word.length - SHORTEST_RUN; at++) {
    if (at < LONGER_RUN && word.length - at < LONGER_RUN) continue;
    const second = surfaces.get(word.slice(at));
    const first = second === undefined ? undefined : surfaces.get(word.slice(0, at));
    if (first === undefined) continue;
    return [first, second!].map((stem) => ({ stem, reading: 'mended' }));
  }
  return [];
}

function nearest({ grams, words, stems, uses }: Mending, word: string): KnownStem | null {
  const own = gramsOf(word);
  const shared = new Map<number, number>();
  for (const gram of own) for (const i of grams.get(gram) ?? []) shared.set(i, (shared.get(i) ?? 0) + 1);
  const most = word.length >= 9 ? 2 : 1;
  const sound = soundOf(word);
  let best: number | null = null;
  let least = most + 1;
  let often = -1;
  const asNear: number[] = [];
  for (const [i, count] of shared) {
    const other = words[i]!;
    // Each edit changes three grams at most (four for two letters changed about).
    if (Math.abs(other.length - word.length) > most || count < own.size - 4 * most || count < 2) continue;
    // What sounds the same is nearer than what is written with one letter less or more.
    const away = editDistance(word, other, most) - (sound === soundOf(other) ? 0.5 : 0);
    if (away > least) continue;
    if (away < least) asNear.length = 0;
    asNear.push(i);
    if (away < least || uses[i]! > often) [best, least, often] = [i, away, uses[i]!];
  }
  if (best === null || least > most) return null;
  const isPlain = isSlip(word, words[best]!) && asNear.every((i) => stems[i] === stems[best] || isKin(words[i]!, words[best]!));
  return { stem: stems[best]!, reading: isPlain ? 'mended' : 'guessed' };
}

const KINDRED_LETTERS = 5;

/** Words that begin alike: forms of one, as often as not. */
const isKin = (a: string, b: string): boolean => a.slice(0, KINDRED_LETTERS) === b.slice(0, KINDRED_LETTERS);

/** A word cut short has as many letters less at least; fewer are a slip, or another form. */
const LEAST_CUT = 2;
/** A beginning tells its word where so much of what begins so is one stem. */
const PLAINLY_ONE = 0.8;

/** The word that a word is the beginning of, the most used of several: plainly so where hardly another begins so. */
function completed({ grams, words, stems, uses }: Mending, beginning: string): KnownStem | null {
  const used = new Map<number, number>();
  let all = 0;
  for (const i of grams.get(`^${beginning.slice(0, 2)}`) ?? []) {
    if (words[i]!.length < beginning.length + LEAST_CUT || !words[i]!.startsWith(beginning)) continue;
    used.set(stems[i]!, (used.get(stems[i]!) ?? 0) + uses[i]!);
    all += uses[i]!;
  }
  let stem: number | null = null;
  for (const [one, count] of used) if (stem === null || count > used.get(stem)!) stem = one;
  if (stem === null) return null;
  return { stem, reading: used.get(stem)! >= PLAINLY_ONE * all ? 'mended' : 'guessed' };
}

/** Letters that people write for one another because they hear the same, by the one that stands for all; signs and й are not heard. */
const SOUNDS: Record<string, string> = {
  о: 'а', я: 'а', е: 'и', э: 'и', ы: 'и', у: 'у', ю: 'у', д: 'т', б: 'п', з: 'с', ц: 'с', г: 'к', х: 'к', ж: 'ш', щ: 'ш', ч: 'ш', в: 'ф', й: '',
  ь: '', ъ: '',
}; // prettier-ignore

/** How a folded word sounds, roughly: letters that are taken for one another are one, and doubled ones single. */
function soundOf(word: string): string {
  let sound = '';
  for (const letter of word) {
    const heard = SOUNDS[letter] ?? letter;
    if (heard !== sound.at(-1)) sound += heard;
  }
  return sound;
}

/** In shorter words one letter makes another word. */
const SHORTEST_SLIP = 7;
const SHORTEST_EXCHANGED = 10;

/**
 * Whether a word is plainly another one misspelt: they sound the same, or a letter but the first is left out, put in or changed about
 * in a word of seven, exchanged in one of ten, two of them in longer ones that still begin alike.
 */
function isSlip(word: string, meant: string): boolean {
  if (soundOf(word) === soundOf(meant)) return true;
  if (word[0] !== meant[0] || word.length < SHORTEST_SLIP) return false;
  if (editDistance(word, meant, 1) > 1) {
    return word.length > SHORTEST_EXCHANGED && editDistance(soundOf(word), soundOf(meant), 1) <= 1;
  }
  const changedAbout = word.length === meant.length && [...word].sort().join('') === [...meant].sort().join('');
  return word.length !== meant.length || changedAbout || word.length >= SHORTEST_EXCHANGED;
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
function composedOf({ surfaces, numbers }: Vocabulary, word: string): KnownStem[] {
  const found: number[] = [];
  // Letters of the word that neither part has: none but a vowel between them in «газоэлектросварщик».
  let rest = word.length;
  for (let from = 1; from <= word.length - SHORTEST_END; from++) {
    const end = surfaces.get(word.slice(from));
    if (end === undefined) continue;
    found.push(end);
    rest = from;
    break;
  }
  for (let to = word.length - 1; to >= SHORTEST_BEGINNING; to--) {
    const begin = numbers.get(word.slice(0, to)) ?? surfaces.get(word.slice(0, to));
    if (begin === undefined) continue;
    if (!found.includes(begin)) found.unshift(begin);
    rest -= to;
    break;
  }
  return found.map((stem) => ({ stem, reading: found.length === 2 && rest <= 1 ? 'mended' : 'guessed' }));
}
