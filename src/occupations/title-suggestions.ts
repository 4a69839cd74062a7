import type { Language } from '../i18n/language.js';
import type { Label } from './labels.js';
import { foldedWords } from './resolver/words.js';

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
    const rank = ({ language: own, words }: Suggested): number =>
      (own === language ? 0 : 2) + (words[0]?.startsWith(typed[0]!) ? 0 : 1);
    const found = (this.beginnings.get(longest.slice(0, INDEXED_LETTERS)) ?? [])
      .map((number) => this.titles[number]!)
      .filter(({ words }) => typed.every((part) => words.some((word) => word.startsWith(part))))
      .map((one) => ({ one, rank: rank(one) }))
      .sort(
        (a, b) => a.rank - b.rank || a.one.title.length - b.one.title.length || (a.one.title < b.one.title ? -1 : 1),
      );
    const titles = new Map<string, string>();
    for (const { one } of found) {
      if (titles.size === limit) break;
      titles.set(one.title.toLowerCase(), titles.get(one.title.toLowerCase()) ?? one.title);
    }
    return [...titles.values()];
  }
}
