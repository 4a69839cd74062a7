import { parse } from 'csv-parse/sync';
import { Problem } from '../../../shared/problem.js';
import { MAX_LINE_CHARACTERS, type Line } from '../lines.js';
import { RecordFault } from '../record-fields.js';
import { readBoolean } from './header.js';
import { EMPLOYER_FIELDS, RECORD_FIELDS, RELOCATION_FIELDS } from './record.js';

const REQUIRED_COLUMNS = ['id', 'title', 'region_id', 'location', 'employer_name', 'published'];
const LISTS = new Set(['skills', 'languages', 'driving', 'tags']);
const BOOLEANS = new Set(['archived', 'relocation_offered']);
/** Columns of whole numbers, by their own names: a vacancy's `id` is text, its employer's is a number. */
const INTEGERS = new Set([
  'profobl',
  'region_id',
  'salary_from',
  'salary_to',
  'openings',
  'openings_youth',
  'source',
  'employer_id',
  'employer_headcount',
]);

/** The column line of a CSV feed: how its rows become the records that NDJSON has. */
export interface CsvColumns {
  names: string[];
  delimiter: string;
}

/** Reads the column line. Throws `feed.column_missing` or `feed.column_repeated`. Comma, or `;`/tab as spreadsheets here save it. */
export function readCsvColumns(line: string): CsvColumns {
  const delimiter = [',', ';', '\t'].find((mark) => line.includes(mark)) ?? ',';
  const names = (parseRow(line, delimiter) ?? []).map((name) => name.trim().toLowerCase());
  while (names.at(-1) === '') names.pop();
  const missing = REQUIRED_COLUMNS.find((name) => !names.includes(name));
  if (missing) throw new Problem('feed.column_missing', 422, { column: missing });
  const repeated = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (repeated) throw new Problem('feed.column_repeated', 422, { column: repeated });
  return { names, delimiter };
}

/** Cells of one CSV record; null when its quotes are wrong. */
export function parseRow(text: string, delimiter: string): string[] | null {
  try {
    const rows = parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      max_record_size: 0,
    }) as string[][];
    return rows.length === 1 ? (rows[0] ?? null) : null;
  } catch {
    return null;
  }
}

/**
 * Joins the lines of quoted cells that go over several lines into one record; the number is its first line's.
 * A record that grows past the line limit is cut off as overlong. `terminated` is false too when the file ends inside quotes.
 */
export async function* joinQuotedLines(lines: AsyncIterable<Line>, delimiter: string): AsyncGenerator<Line> {
  let pending: Line[] = [];
  let characters = 0;
  let inside = false;
  const joined = (): Line => {
    const text = pending.map((line) => line.text).join('\n');
    const overlong = characters > MAX_LINE_CHARACTERS || pending.some((line) => line.overlong);
    const record = {
      ...pending[0]!,
      text: overlong ? text.slice(0, 2_000) : text,
      overlong,
      terminated: pending.at(-1)!.terminated,
    };
    pending = [];
    characters = 0;
    inside = false;
    return record;
  };
  for await (const line of lines) {
    pending.push(line);
    characters += line.text.length + 1;
    inside = endsInsideQuotes(line.text, delimiter, inside);
    if (!inside || line.overlong || characters > MAX_LINE_CHARACTERS) yield joined();
  }
  if (pending.length > 0) yield { ...joined(), terminated: false };
}

/** Whether a quoted cell is still open at the end of a line. A quote opens only at the start of a cell. */
function endsInsideQuotes(line: string, delimiter: string, startsInside: boolean): boolean {
  let inside = startsInside;
  let cellStart = !startsInside;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (inside) {
      if (character !== '"') continue;
      if (line[at + 1] === '"') at += 1;
      else inside = false;
    } else if (character === '"' && cellStart) inside = true;
    cellStart = !inside && character === delimiter;
  }
  return inside;
}

/** One CSV record as the object that NDJSON would have: empty cells are null, lists split at `|`, numbers and truth values typed. */
export function readCsvRecord(text: string, { names, delimiter }: CsvColumns): Record<string, unknown> {
  const cells = parseRow(text, delimiter);
  if (cells === null) throw new RecordFault('record.invalid_csv', null);
  while (cells.length > names.length && cells.at(-1) === '') cells.pop();
  if (cells.length !== names.length)
    throw new RecordFault('record.wrong_columns', null, { expected: names.length, found: cells.length });
  const record: Record<string, unknown> = {};
  const parts = { employer: {} as Record<string, unknown>, relocation: {} as Record<string, unknown> };
  names.forEach((name, index) => {
    const cell = cells[index] ?? '';
    if (name === '' || cell.trim() === '') return;
    const [group, field] = splitName(name);
    if (group === null) record[name] = typedCell(name, cell);
    else parts[group][field] = typedCell(name, cell);
  });
  if (Object.keys(parts.employer).length > 0) record['employer'] = parts.employer;
  if (Object.keys(parts.relocation).length > 0) record['relocation'] = parts.relocation;
  return record;
}

function splitName(name: string): ['employer' | 'relocation' | null, string] {
  if (RECORD_FIELDS.has(name)) return [null, name];
  const group = name.startsWith('employer_') ? 'employer' : name.startsWith('relocation_') ? 'relocation' : null;
  const field = group === null ? name : name.slice(group.length + 1);
  const known = group === 'employer' ? EMPLOYER_FIELDS : RELOCATION_FIELDS;
  return group !== null && known.has(field) ? [group, field] : [null, name];
}

/** A cell of the wrong kind stays text, so that the record's reader refuses it by type and names the field. */
function typedCell(name: string, cell: string): unknown {
  if (LISTS.has(name)) return cell.split('|');
  if (BOOLEANS.has(name)) return readBoolean(cell);
  if (INTEGERS.has(name)) return /^\s*-?\d{1,15}\s*$/.test(cell) ? Number(cell) : cell;
  if (name === 'relocation_permanent_years')
    return /^\s*-?\d{1,6}([.,]\d{1,6})?\s*$/.test(cell) ? Number(cell.replace(',', '.')) : cell;
  return cell;
}
