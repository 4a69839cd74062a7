import { readFileSync } from 'node:fs';
import { fromRoot } from '../config/paths.js';
import { normaliseTitle } from '../occupations/title.js';
import type { Regulated } from './core/types.js';

/** Terms by speciality, for each field whose papers are for a speciality. */
export type SpecialityTable = Record<'teaching' | 'medicine', Record<string, readonly string[]>>;

/** The specialities that a title names in a field, by code and in their order; empty when it names none or is not known. */
export type SpecialityReader = (title: string | null, field: Regulated | null) => string[];

/** Doctors' specialities beyond the table: a title tells them by how the word ends, the same in Kazakh and in Russian. */
const MEDICAL_ENDING = /(?<!\p{L})\p{L}{2,}?(?:олог|иатр|хирург|терапевт)/gu;

/** A reader over a table; it remembers the titles it has read, so one is made for each load. */
export function createSpecialityReader(table: SpecialityTable): SpecialityReader {
  const patterns = {
    teaching: patternsOf(table.teaching),
    medicine: patternsOf(table.medicine),
  };
  const known = new Map<string, string[]>();
  return (title, field) => {
    if (title === null || (field !== 'teaching' && field !== 'medicine')) return [];
    const key = `${field} ${title}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = read(normaliseTitle(title), field, patterns[field])));
    return found;
  };
}

/** The table that ships. */
export function readSpecialityTable(): SpecialityTable {
  return JSON.parse(readFileSync(fromRoot('data', 'matching', 'specialities.json'), 'utf8')) as SpecialityTable;
}

/** Shorter terms (УЗИ, ЛОР) stand for themselves only: too many words begin like them. */
const LONGEST_WORD_OF_ITS_OWN = 4;

type Pattern = readonly [code: string, pattern: RegExp];

function patternsOf(specialities: Record<string, readonly string[]>): Pattern[] {
  return Object.entries(specialities).map(([code, terms]) => {
    const spelled = terms.map((term) => normaliseTitle(term.replaceAll('*', ' STAR')).replaceAll(' star', '\\p{L}*'));
    const bounded = spelled.map((term) => (term.length > LONGEST_WORD_OF_ITS_OWN ? term : `${term}(?!\\p{L})`));
    return [code, new RegExp(`(?<!\\p{L})(?:${bounded.join('|')})`, 'u')];
  });
}

function read(title: string, field: 'teaching' | 'medicine', patterns: readonly Pattern[]): string[] {
  const found = patterns.filter(([, pattern]) => pattern.test(title)).map(([code]) => code);
  if (field === 'medicine') {
    for (const [word] of title.matchAll(MEDICAL_ENDING)) {
      if (!patterns.some(([, pattern]) => pattern.test(word))) found.push(word);
    }
  }
  return [...new Set(found)].sort();
}
