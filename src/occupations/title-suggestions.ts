import type { Language } from '../i18n/language.js';

/** A title as it is printed, with its key (`normaliseTitle`). */
export interface PrintedTitle {
  title: string;
  titleNormalised: string;
  language: Language;
  isco: string;
}

/** Titles by their key's order, each with where its words begin. */
export interface Suggestions {
  titles: readonly (PrintedTitle & { words: readonly string[] })[];
}

export function buildSuggestions(titles: readonly PrintedTitle[]): Suggestions {
  return { titles: titles.map((one) => ({ ...one, words: one.titleNormalised.split(/[\s(),;/]+/u) })) };
}

/**
 * Titles for the beginning of what somebody types: every word typed must begin a word of the title. Titles of the reader's
 * language come first, then those that begin as typed, then the shorter. One title stands once.
 */
export function suggestTitles({ titles }: Suggestions, key: string, language: Language, limit: number): string[] {
  const typed = key.split(/[\s(),;/]+/u).filter((word) => word !== '');
  if (typed.length === 0) return [];
  const found = titles.filter(({ words }) => typed.every((part) => words.some((word) => word.startsWith(part))));
  const rank = (one: PrintedTitle): number =>
    (one.language === language ? 0 : 2) + (one.titleNormalised.startsWith(key) ? 0 : 1);
  found.sort((a, b) => rank(a) - rank(b) || a.title.length - b.title.length || a.title.localeCompare(b.title, 'ru'));
  return [...new Map(found.map(({ title }) => [title.toLowerCase(), title])).values()].slice(0, limit);
}
