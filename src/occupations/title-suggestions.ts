import type { Language } from '../i18n/language.js';
import type { Label } from './labels.js';
import { foldedWords } from './resolver/folding.js';

interface Suggested {
  title: string;
  language: Language;
  /** Folded words of the title. */
  words: readonly string[];
}

/** How many first letters the index knows; what is typed beyond them is compared. */
const INDEXED_LETTERS = 3;

/** Titles to suggest, found by the first letters of any of their words. */
export class TitleSuggestions {
  private readonly titles: Suggested[] = [];
  /** The first letters of a folded word → numbers of titles. */
  private readonly beginnings = new Map<string, number[]>();

  add(labels: readonly Pick<Label, 'title' | 'language'>[]): void {
    for (const { title, language } of labels) {
      const words = foldedWords(title);
      const number = this.titles.push({ title: title[0]!.toUpperCase() + title.slice(1), language, words }) - 1;
      const begins = new Set(words.flatMap((word) => [1, 2, 3].map((letters) => word.slice(0, letters))));
      for (const begin of begins) {
        const known = this.beginnings.get(begin);
        if (known === undefined) this.beginnings.set(begin, [number]);
        else known.push(number);
      }
    }
  }

  /**
   * Titles for the beginning of what somebody types, with or without Kazakh letters: every word typed must begin a word of the
   * title. Titles of the reader's language come first, then those that begin as typed, then the shorter. One title stands once.
   */
  suggest(text: string, language: Language, limit: number): string[] {
    const typed = foldedWords(text);
    if (typed.length === 0) return [];
    const longest = typed.reduce((one, other) => (other.length > one.length ? other : one));
    // What the index knows as a whole needs no comparing: one letter begins thousands of titles.
    const isIndexed = typed.length === 1 && longest.length <= INDEXED_LETTERS;
    const found: Found[] = [];
    for (const number of this.beginnings.get(longest.slice(0, INDEXED_LETTERS)) ?? []) {
      const one = this.titles[number]!;
      if (!isIndexed && !typed.every((part) => one.words.some((word) => word.startsWith(part)))) continue;
      const rank = (one.language === language ? 0 : 2) + (one.words[0]?.startsWith(typed[0]!) ? 0 : 1);
      if (found.length < limit || isBefore(rank, one.title, found.at(-1)!)) keep(found, rank, one.title, limit);
    }
    return found.map(({ title }) => title);
  }
}

interface Found {
  rank: number;
  title: string;
  /** What makes two titles one. */
  key: string;
}

/** By rank, then the shorter, then by the letters. */
function isBefore(rank: number, title: string, other: Found): boolean {
  if (rank !== other.rank) return rank < other.rank;
  if (title.length !== other.title.length) return title.length < other.title.length;
  return title < other.title;
}

/** Puts a title in its place among the first `limit`; of one that stands there already the better. */
function keep(found: Found[], rank: number, title: string, limit: number): void {
  const key = title.toLowerCase();
  const same = found.findIndex((one) => one.key === key);
  if (same >= 0) {
    if (!isBefore(rank, title, found[same]!)) return;
    found.splice(same, 1);
  }
  let at = found.length;
  while (at > 0 && isBefore(rank, title, found[at - 1]!)) at -= 1;
  found.splice(at, 0, { rank, title, key });
  if (found.length > limit) found.pop();
}
