import { type Language, translate } from '../../i18n/i18n.js';
import { TABLE_COLUMNS, choiceWords } from '../../vacancies/connectors/vacancy-table/columns.js';
import { csvOf } from '../analyst/csv.js';

/** What a column of the table wants, in words. */
export function columnHint(language: Language, { key, codes }: (typeof TABLE_COLUMNS)[number]): string {
  const words = codes?.map((code) => choiceWords(language, key, code)).join(', ') ?? '';
  return translate(language, `table.hint.${key}`, { words });
}

export const columnName = (language: Language, key: string): string => translate(language, `table.column.${key}`);

/** The table to be filled in: the columns' names in the reader's language, and what each wants as remarks, which are not read. */
export function tableTemplate(language: Language): string {
  const required = translate(language, 'page.import.required');
  const remarks = TABLE_COLUMNS.map((column) => {
    const name = columnName(language, column.key);
    return [`# ${name}${column.required ? ` (${required})` : ''}: ${columnHint(language, column)}`];
  });
  return csvOf(
    language,
    TABLE_COLUMNS.map(({ key }) => columnName(language, key)),
    remarks,
  );
}
