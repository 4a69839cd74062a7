import { LANGUAGES } from '../i18n/language.js';
import { isFamilyStem } from './resolver/confidence.js';
import { stemOf, wordsOf } from './resolver/words.js';

/** A telling word of a title as a key has it. Of its own letters only: the packs of labels may change, a key must not. */
function keyWord(word: string): string {
  return stemOf(word, 'ru');
}

/** Folded words of rank and of employment, which beside the word of a family tell no more than it does. */
const RANKS: ReadonlySet<string> = new Set(
  `главный главная старший старшая ведущий ведущая младший младшая сотрудник сотрудница работник работница персонал
   бас ага жетекши киши кызметкер кызметкери кызметкерлер chief senior leading junior employee staff`.split(/\s+/u),
);

/** A word of rank, or of a family of occupations as the resolver's list has its stem in either language. */
function saysLittle(word: string): boolean {
  return RANKS.has(word) || isFamilyStem(word) || LANGUAGES.some((language) => isFamilyStem(stemOf(word, language)));
}

/** The telling words of a title as keys have them, each with the part of the title that it stands in. */
export function keyWords(title: string): { stems: string[]; words: string[]; parts: number[] } {
  const { words, parts } = wordsOf(title);
  return { stems: words.map(keyWord), words, parts };
}

const AREA_SIGN = '@';

/** What spellings of one title share: see `readTitleKey`. Null where the title has no key. */
export function titleKey(title: string, areaId: number | null = null): string | null {
  const read = readTitleKey(title, areaId);
  return read.ok ? read.key : null;
}

export type ReadTitleKey = { ok: true; key: string } | { ok: false; lacks: 'words' | 'area' };

/**
 * The key under which officers correct a title: its telling words in their order, folded and stemmed as the resolver reads them, so
 * that «Мұғалім», «мугалим» and «МҰҒАЛІМ 2 санат» share one. A title that is no more than words of a family («мастер», «главный
 * специалист») says what the area says: the area is part of its key, and without one it has none. Nor has a title without a
 * telling word.
 */
export function readTitleKey(title: string, areaId: number | null): ReadTitleKey {
  const { stems, words } = keyWords(title);
  if (words.length === 0) return { ok: false, lacks: 'words' };
  const key = stems.join(' ');
  if (!words.every(saysLittle)) return { ok: true, key };
  return areaId === null ? { ok: false, lacks: 'area' } : { ok: true, key: `${key} ${AREA_SIGN}${areaId}` };
}

/** True of a key that holds in one area only. */
export function isOfArea(key: string): boolean {
  return key.includes(AREA_SIGN);
}
