import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../config/paths.js';
import { LANGUAGES, type Language } from '../i18n/language.js';

/** A title by which an occupation is called in a language. */
export interface Label {
  /** ISCO-08 unit group, four digits. */
  isco: string;
  language: Language;
  title: string;
  /** The occupation's own name in the language: one for each unit group. */
  preferred: boolean;
  /** School subject, medical speciality or licence, as `school:biology`; null where the title tells none. */
  speciality: string | null;
}

/** A line of a pack that cannot be read. */
export class LabelFault extends Error {}

const HEAD = /^## (\d{4}) \S/u;
const SPECIALITY = /^(.*?) {2}@((?:school|medicine|licence):[a-zA-Z0-9_]+)$/u;

/**
 * The labels of a pack: `## 2330 Group` opens a unit group, `= Title` is its preferred title, every other line is a title that
 * people use, with a speciality after two spaces and `@`. Lines that begin with `# ` and empty ones say nothing. Throws
 * `LabelFault` with the line's number.
 */
export function parseLabels(text: string, language: Language, name = 'pack'): Label[] {
  const labels: Label[] = [];
  let isco: string | null = null;
  for (const [i, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('# ')) continue;
    const head = HEAD.exec(line);
    if (head !== null) {
      isco = head[1]!;
      continue;
    }
    if (isco === null || line.startsWith('##') || line !== line.trim()) {
      throw new LabelFault(`${name}:${i + 1}: ${isco === null ? 'a title before any group' : 'cannot be read'}`);
    }
    const preferred = line.startsWith('= ');
    const text = preferred ? line.slice(2) : line;
    const [, title = text, speciality = null] = SPECIALITY.exec(text) ?? [];
    if (title.includes('@')) throw new LabelFault(`${name}:${i + 1}: a speciality is written after two spaces and @`);
    labels.push({ isco, language, title, preferred, speciality });
  }
  return labels;
}

/** Where the packs lie: a folder for each language, in it a file for each sub-major group. */
export const LABELS = fromRoot('data', 'occupations', 'labels');

/** The text of all packs as they lie: what changes with any of them. */
export function labelsText(folder = LABELS): string {
  const texts = LANGUAGES.flatMap((language) =>
    readdirSync(join(folder, language))
      .sort()
      .map((file) => `${language}/${file}\n${readFileSync(join(folder, language, file), 'utf8')}`),
  );
  return texts.join('');
}

/** Every pack's labels: language by language, group by group. */
export function readLabels(folder = LABELS): Label[] {
  return LANGUAGES.flatMap((language) =>
    readdirSync(join(folder, language))
      .sort()
      .flatMap((file) =>
        parseLabels(readFileSync(join(folder, language, file), 'utf8'), language, `${language}/${file}`),
      ),
  );
}
