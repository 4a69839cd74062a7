import type { Language } from '../../i18n/language.js';
import {
  type KnownStem,
  type Mending,
  SHORTEST_MENDED,
  completed,
  completions,
  mendingOf,
  nearest,
} from './mending.js';
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

/** Beyond it a word is no word. */
const LONGEST_WORD = 40;

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
    inCyrillic(word).find(
      (one) => surfaces.has(one) || ABBREVIATIONS.has(one) || IDLE_WORDS.has(one) || PLACES.has(one),
    );
  let isCyrillic = false;
  for (const word of latin) {
    const other = written(word);
    if (other === undefined && word.length >= SHORTEST_ENGLISH && surfaces.has(word)) return title;
    if (other !== undefined && !PLACES.has(other) && !surfaces.has(word)) isCyrillic = true;
  }
  if (!isCyrillic) return title;
  const spelt: TitleWords = { words: [], parts: [], cut: [] };
  for (const [i, word] of title.words.entries()) {
    const own = isLatin(word) ? (written(word) ?? word) : word;
    for (const one of (ABBREVIATIONS.get(own) ?? own).split(' ')) {
      if (IDLE_WORDS.has(one) || PLACES.has(one)) continue;
      spelt.words.push(one);
      spelt.parts.push(title.parts[i]!);
      spelt.cut.push(title.cut[i]! && one === own);
    }
  }
  return spelt;
}

/**
 * The words of a title with those put together that people write apart («ware house manager», «вет санитар»): two of one part that are
 * one word of the labels.
 */
export function joined({ surfaces }: Vocabulary, title: TitleWords): TitleWords {
  const { words, parts, cut } = title;
  const isOne = (at: number): boolean =>
    at + 1 < words.length && !cut[at]! && parts[at] === parts[at + 1] && surfaces.has(words[at]! + words[at + 1]!);
  if (!words.some((_, at) => isOne(at))) return title;
  const whole: TitleWords = { words: [], parts: [], cut: [] };
  for (let at = 0; at < words.length; at++) {
    const first = at;
    if (isOne(at)) at += 1;
    whole.words.push(at === first ? words[at]! : words[first]! + words[at]!);
    whole.parts.push(parts[first]!);
    whole.cut.push(cut[at]!);
  }
  return whole;
}

/**
 * The stems of a folded word: its own where the labels have it in some form; else, of two words run together («жуктиеуши»), those of
 * both; else that of the nearest word of the labels, one letter away (two in words of nine or more), the most used of several; else of the
 * word that it is the beginning of («бульдоз.»); else those of which it is composed («теплоэнергетик»). Empty: an unknown word.
 * A nearest word is a guess unless it sounds the same or is one slip away (`isSlip`), and no other word is as near: «курыкшы» is no
 * «куракшы», and «псечник» may be a «печник» as well as a «пасечник».
 */
export function stemsOfWord(vocabulary: Vocabulary, word: string, isCut = false): KnownStem[] {
  const spelt = inCyrillic(word);
  const own = ownStem(vocabulary, word, spelt);
  if (isCut && word.length >= SHORTEST_CUT && word.length <= LONGEST_WORD) return cutShort(vocabulary, word, own);
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

/** A word of fewer letters is too short to be told from its beginning. */
const SHORTEST_CUT = 3;

/** A word that a full stop follows: itself, for the stop may end a sentence, or one that it is the beginning of. */
function cutShort(vocabulary: Vocabulary, word: string, own: number | undefined): KnownStem[] {
  const mending = vocabulary.mending();
  if (own !== undefined) {
    const others = completions(mending, word, 1).filter(({ stem }) => stem !== own);
    return [{ stem: own, reading: 'own', others }];
  }
  const whole = completed(mending, word, 1);
  return whole === null ? stemsOfWord(vocabulary, word) : [whole];
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
