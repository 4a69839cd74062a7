import { readFileSync } from 'node:fs';
import { fromRoot } from '../config/paths.js';
import type { Language } from '../i18n/language.js';

/** A source as the data files name it, and what it is called in each language; in English as it stands unless said otherwise. */
interface SourceWords {
  source: string;
  en?: string;
  kk: string;
  ru: string;
}

const words = new Map(readSourceWords().map((one) => [one.source, one]));

/** The rows of `data/source-words.json`. */
export function readSourceWords(): SourceWords[] {
  return JSON.parse(readFileSync(fromRoot('data', 'source-words.json'), 'utf8')) as SourceWords[];
}

/** Site addresses with days, years or the numbers of pages: no word of any language is among them. */
const SITES_ONLY = /^(?:(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[a-z0-9/_-]+)?(?: \d{4}-\d{2}-\d{2}| \d+)?(?:[;,] |$))+$/;

/**
 * A source of a data file in a language, its days still as `2025-12-24`: sites stand as they are; null for what the files do not
 * name, such as the reason that an administrator wrote for a quota. A period after it (`…, 2023`) stays.
 */
export function sourceIn(language: Language, source: string): string | null {
  if (SITES_ONLY.test(source)) return source;
  const [, named = source, period = ''] = words.has(source) ? [] : (/^(.*)(, \d{4})$/.exec(source) ?? []);
  const found = words.get(named);
  return found === undefined ? null : `${found[language] ?? found.source}${period}`;
}
