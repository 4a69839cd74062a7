import { LANGUAGES, type Language, WORDS, translate } from '../../../i18n/i18n.js';
import { EDUCATIONS, EMPLOYMENTS, EXPERIENCES, HOUSINGS, SCHEDULES } from '../../vacancies.dto.js';
import { educationOfWords, employmentOfWords, experienceOfWords, scheduleOfWords } from '../enbek-codes.js';
import { comparable } from './table-text.js';

/** What a cell of a column holds. */
export type ColumnKind = 'text' | 'integer' | 'date' | 'yes_no' | 'choice';

export interface TableColumn {
  /** The feed's own name of the field, so that one contract has one set of names. */
  key: string;
  kind: ColumnKind;
  required?: boolean;
  /** Of a choice: its codes, and the words that stand for each in every language. */
  codes?: readonly string[];
}

/** The table's columns in the order of the template. */
export const TABLE_COLUMNS: readonly TableColumn[] = [
  { key: 'id', kind: 'text' },
  { key: 'title', kind: 'text', required: true },
  { key: 'location', kind: 'text', required: true },
  { key: 'salary_from', kind: 'integer' },
  { key: 'salary_to', kind: 'integer' },
  { key: 'openings', kind: 'integer' },
  { key: 'employment', kind: 'choice', codes: EMPLOYMENTS },
  { key: 'schedule', kind: 'choice', codes: SCHEDULES },
  { key: 'education', kind: 'choice', codes: EDUCATIONS },
  { key: 'experience', kind: 'choice', codes: EXPERIENCES },
  { key: 'housing', kind: 'choice', codes: HOUSINGS },
  { key: 'relocation', kind: 'yes_no' },
  { key: 'valid_until', kind: 'date' },
  { key: 'duties', kind: 'text' },
];

/** The words of a choice's code, as pages show it. */
export function choiceWords(language: Language, column: string, code: string): string {
  if (column === 'housing') return translate(language, `page.match.housing_${code}`);
  return translate(language, `${column}.${code.replace('-', '_').replace('+', '_more')}`);
}

/** A column by what its head says: the key itself or its name in any language; null for a column that is none of ours. */
export function columnOfHead(head: string): TableColumn | null {
  const said = comparable(head.replace(/[*:]|\(.*\)/g, ''));
  return TABLE_COLUMNS.find((column) => headsOf(column).includes(said)) ?? null;
}

const headsOf = ({ key }: TableColumn): string[] => [
  key,
  ...LANGUAGES.map((language) => comparable(WORDS[language][`table.column.${key}`] ?? '')),
];

const OF_WORDS: Readonly<Record<string, (text: string) => string | null>> = {
  employment: employmentOfWords,
  schedule: scheduleOfWords,
  education: educationOfWords,
  experience: experienceOfWords,
};

/** The code that a cell means, by the code itself or its words in any language; null when it means none. */
export function codeOfCell({ key, codes = [] }: TableColumn, cell: string): string | null {
  const said = comparable(cell);
  const stated = codes.find(
    (code) => code === said || LANGUAGES.some((language) => comparable(choiceWords(language, key, code)) === said),
  );
  return stated ?? OF_WORDS[key]?.(cell) ?? null;
}
