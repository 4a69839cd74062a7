import { createHash } from 'node:crypto';
import { type Language, WORDS } from '../../../i18n/i18n.js';
import { Problem } from '../../../shared/problem.js';
import type {
  Connector,
  Education,
  Employment,
  Experience,
  Housing,
  ReadContext,
  ReadEvent,
  Schedule,
  VacancyClaim,
} from '../../connector.js';
import { readDate } from '../dates.js';
import { joinQuotedLines, parseRow } from '../enbek-feed/csv.js';
import { type Line, MAX_LINE_CHARACTERS, splitLines } from '../lines.js';
import { removeContactsDeep } from '../personal-contacts.js';
import { RecordFault, shown } from '../record-fields.js';
import { rawOfUnread } from '../unread-line.js';
import { TABLE_COLUMNS, type TableColumn, codeOfCell, columnOfHead } from './columns.js';
import { comparable, readTableText } from './table-text.js';

/** A firm of more vacancies than this sends a feed. */
const MOST_ROWS = 10_000;
const DELIMITERS = [';', ',', '\t'] as const;
/** Columns that only a feed has: a feed whose head was lost is not read as a table. */
const FEED_ONLY = ['region_id', 'employer_name'];

interface Head {
  columns: (TableColumn | null)[];
  delimiter: string;
}

/**
 * A firm's own list of vacancies out of a spreadsheet (CSV by semicolon, comma or tab; UTF-8, UTF-16 or Windows-1251). The first
 * row names the columns by their keys or their names in Kazakh, Russian or English; rows that begin with `#` are remarks. A row
 * without an `id` is known by its title and place (and how many such rows came before it), so sending a file again changes what
 * changed in it and posts nothing twice.
 *
 * Refused as a whole: `file.empty`, `file.too_large`, `table.spreadsheet`, `table.not_text`, `table.head_missing`,
 * `table.column_missing`, `table.column_repeated`, `table.no_rows`, `table.too_many_rows`, `table.no_firm` (it names no
 * employer, so only a firm's own source may be read from it). Refused alone: `record.…`.
 */
export const vacancyTable: Connector = {
  name: 'vacancy-table',
  defaultSource: 'table',

  recognises(head) {
    const first = head.replace(/^\ufeff/, '').split(/\r?\n/).find((line) => line.trim() !== '' && !isRemark(line)); // prettier-ignore
    if (first === undefined || /^"?#\s*enbek-feed\b/.test(head.trimStart()) || first.startsWith('{')) return false;
    const { columns, delimiter } = headOf(first);
    const names = (parseRow(first, delimiter) ?? []).map((name) => name.trim().toLowerCase());
    return missingOf(columns).length === 0 && !FEED_ONLY.some((name) => names.includes(name));
  },

  async *read(bytes, context) {
    if (!context.firm) throw new Problem('table.no_firm', 422);
    const text = await readTableText(bytes);
    const lines = splitLines(once(text));
    const first = await firstRow(lines);
    const head = headOf(first.text);
    refuseHead(head);
    yield { kind: 'header', complete: false, generatedAt: null, count: null };
    const times = new Map<string, number>();
    let rows = 0;
    for await (const line of joinQuotedLines(lines, head.delimiter)) {
      if (isEmptyRow(line.text, head.delimiter) || isRemark(line.text)) continue;
      rows += 1;
      if (rows > MOST_ROWS) throw new Problem('table.too_many_rows', 422, { most: MOST_ROWS });
      yield readRow(line, head, times, context as ReadContext & { firm: Firm });
    }
    if (rows === 0) throw new Problem('table.no_rows', 422);
  },
};

type Firm = NonNullable<ReadContext['firm']>;

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

const isRemark = (line: string): boolean => /^\s*"?#/.test(line);
const isEmptyRow = (line: string, delimiter: string): boolean => line.replaceAll(delimiter, '').trim() === '';

async function firstRow(lines: AsyncGenerator<Line>): Promise<Line> {
  for (let next = await lines.next(); !next.done; next = await lines.next())
    if (next.value.text.replace(/[;,\t]/g, '').trim() !== '' && !isRemark(next.value.text)) return next.value;
  throw new Problem('table.no_rows', 422);
}

/** The head by whichever delimiter finds most of the columns. */
function headOf(line: string): Head {
  const heads = DELIMITERS.map((delimiter) => ({
    delimiter,
    columns: (parseRow(line, delimiter) ?? []).map(columnOfHead),
  }));
  const known = ({ columns }: Head): number => columns.filter((column) => column !== null).length;
  return heads.reduce((best, one) => (known(one) > known(best) ? one : best));
}

const missingOf = (columns: Head['columns']): TableColumn[] =>
  TABLE_COLUMNS.filter((column) => column.required && !columns.includes(column));

/** A column in the words of each language, as the template's head has it. */
function namesOf({ key }: TableColumn): Record<string, string> {
  const named = (language: Language): string => WORDS[language][`table.column.${key}`] ?? key;
  return { column: key, columnKk: named('kk'), columnRu: named('ru'), columnEn: named('en') };
}

function refuseHead({ columns }: Head): void {
  const missing = missingOf(columns);
  const known = columns.filter((column) => column !== null);
  if (known.length === 0 || missing.length > 1) throw new Problem('table.head_missing', 422);
  if (missing[0] !== undefined) throw new Problem('table.column_missing', 422, namesOf(missing[0]));
  const repeated = known.find((column, index) => known.indexOf(column) !== index);
  if (repeated !== undefined) throw new Problem('table.column_repeated', 422, namesOf(repeated));
}

function readRow(
  line: Line,
  head: Head,
  times: Map<string, number>,
  context: { firm: Firm; today: string },
): ReadEvent {
  const ref = `line ${line.number}`;
  let cells: Record<string, string> | null = null;
  let externalId: string | null = null;
  try {
    if (line.overlong) throw new RecordFault('record.too_long', null, { maxCharacters: MAX_LINE_CHARACTERS });
    cells = cellsOf(line.text, head);
    externalId = idOf(cells, times);
    // What is read again after a repair is the same vacancy.
    const raw = rawOf({ ...cells, ...(externalId === null ? {} : { id: externalId }) });
    return { kind: 'vacancy', ref, claim: claimOf(cells, externalId ?? '', context), raw, warnings: [] };
  } catch (fault) {
    if (!(fault instanceof RecordFault)) throw fault;
    const raw =
      cells === null
        ? rawOfUnread(line.text, fault.code, new Set())
        : rawOf({ ...cells, ...(externalId === null ? {} : { id: externalId }) });
    return { kind: 'rejected', ref, externalId, code: fault.code, field: fault.field, params: fault.params, raw };
  }
}

const rawOf = (cells: Record<string, string>): string => JSON.stringify(removeContactsDeep(cells));

function cellsOf(text: string, { columns, delimiter }: Head): Record<string, string> {
  const row = parseRow(text, delimiter);
  if (row === null) throw new RecordFault('record.invalid_csv', null);
  while (row.length > columns.length && row.at(-1)?.trim() === '') row.pop();
  if (row.length > columns.length)
    throw new RecordFault('record.wrong_columns', null, { expected: columns.length, found: row.length });
  return Object.fromEntries(
    columns.flatMap((column, index) => {
      const cell = row[index]?.trim() ?? '';
      return column === null || cell === '' ? [] : [[column.key, cell]];
    }),
  );
}

/** The firm's own number of the vacancy, or one that is made of its title and place; null without these. */
function idOf({ id, title, location }: Record<string, string>, times: Map<string, number>): string | null {
  if (id !== undefined) {
    if (id.length > 64 || /\s/.test(id)) throw new RecordFault('record.invalid_id', 'id', { value: shown(id) });
    return id;
  }
  if (title === undefined || location === undefined) return null;
  const words = `${comparable(title)}\n${comparable(location)}`;
  const before = times.get(words) ?? 0;
  times.set(words, before + 1);
  return `row-${createHash('sha256').update(`${words}\n${before}`).digest('hex').slice(0, 24)}`;
}

function claimOf(
  cells: Record<string, string>,
  externalId: string,
  { firm, today }: { firm: Firm; today: string },
): VacancyClaim {
  const missing = TABLE_COLUMNS.find(({ key, required }) => required && cells[key] === undefined);
  if (missing !== undefined) throw new RecordFault('record.missing_field', missing.key);
  const [title, locationText] = [text(cells, 'title', 500)!, text(cells, 'location', 500)!];
  return {
    externalId,
    title,
    locationText,
    employer: { name: firm.name, bin: firm.bin },
    publishedOn: today,
    publishedUnstated: true,
    payMinTenge: integer(cells, 'salary_from', 0, 100_000_000),
    payMaxTenge: integer(cells, 'salary_to', 0, 100_000_000),
    openings: integer(cells, 'openings', 0, 10_000),
    employment: choice(cells, 'employment') as Employment | null,
    schedule: choice(cells, 'schedule') as Schedule | null,
    education: choice(cells, 'education') as Education | null,
    experience: choice(cells, 'experience') as Experience | null,
    housing: choice(cells, 'housing') as Housing | null,
    relocationOffered: yesNo(cells, 'relocation'),
    validUntil: date(cells, 'valid_until'),
    duties: text(cells, 'duties', 20_000),
  };
}

function text(cells: Record<string, string>, key: string, maxCharacters: number): string | null {
  const cell = cells[key];
  if (cell === undefined) return null;
  if (cell.length > maxCharacters) throw new RecordFault('record.text_too_long', key, { maxCharacters });
  return cell;
}

/** Whole numbers as people write them: `250 000`, `250 000 ₸`, `250000,00`. */
function integer(cells: Record<string, string>, key: string, min: number, max: number): number | null {
  const cell = cells[key];
  if (cell === undefined) return null;
  const digits = cell.replace(/[\s\u00a0\u202f]/g, '').replace(/(₸|тг\.?|тенге|теңге|kzt)$/iu, '').replace(/[.,]00?$/, ''); // prettier-ignore
  if (!/^-?\d{1,12}$/.test(digits)) throw new RecordFault('record.wrong_type', key, { expected: 'integer' });
  const value = Number(digits);
  if (value < min || value > max) throw new RecordFault('record.out_of_range', key, { value, min, max });
  return value;
}

function choice(cells: Record<string, string>, key: string): string | null {
  const cell = cells[key];
  if (cell === undefined) return null;
  const code = codeOfCell(
    TABLE_COLUMNS.find((column) => column.key === key)!,
    cell,
  );
  if (code === null) throw new RecordFault('record.unknown_code', key, { value: shown(cell) });
  return code;
}

const YES = /^(да|иә|ия|yes|true|1|\+)$/u;
const NO = /^(нет|жоқ|no|false|0|-)$/u;

function yesNo(cells: Record<string, string>, key: string): boolean | null {
  const cell = cells[key];
  if (cell === undefined) return null;
  const said = comparable(cell);
  if (!YES.test(said) && !NO.test(said)) throw new RecordFault('record.unknown_code', key, { value: shown(cell) });
  return YES.test(said);
}

function date(cells: Record<string, string>, key: string): string | null {
  const cell = cells[key];
  if (cell === undefined) return null;
  const day = readDate(cell);
  if (day === null) throw new RecordFault('record.invalid_date', key, { value: shown(cell) });
  return day;
}

/** A table of the one row that `raw` kept. */
export function tableOfOne(raw: string): string {
  const { title = '', location = '', ...rest } = JSON.parse(raw) as Record<string, string>;
  const cells = Object.entries({ title, location, ...rest });
  const row = cells.map(([, cell]) => `"${cell.replaceAll('"', '""')}"`);
  return `${cells.map(([name]) => name).join(';')}\n${row.join(';')}\n`;
}
