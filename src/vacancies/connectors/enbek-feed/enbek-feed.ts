import { Problem } from '../../../shared/problem.js';
import type { Connector, ReadEvent } from '../../connector.js';
import { decodeUtf8, unpack } from '../bytes.js';
import { MAX_LINE_CHARACTERS, splitLines, type Line } from '../lines.js';
import { mayHoldContacts, removeContactsDeep } from '../personal-contacts.js';
import { RecordFault } from '../record-fields.js';
import { rawOfUnread } from '../unread-line.js';
import { type CsvColumns, joinQuotedLines, readCsvColumns, readCsvRecord } from './csv.js';
import { FEED_NAME, FEED_VERSION, type FeedHeader, readCsvHeader, readNdjsonHeader } from './header.js';
import { RECORD_FIELDS, contractPart, readFeedRecord } from './record.js';

/**
 * The agreed exchange file, version 1: NDJSON or CSV, plain or gzipped, UTF-8 (told apart by content, not by name).
 * Streams: one line in memory. A second line with one id is found by whoever stages the records: a set of a million ids is not
 * kept here.
 *
 * Refused as a whole (`Problem`): `file.empty`, `file.encoding`, `file.gzip`, `feed.header_missing`, `feed.unknown_name`,
 * `feed.unknown_version`, `feed.header_field`, `feed.column_missing`, `feed.column_repeated`, `feed.truncated` (fewer records
 * than `count`, or the last line cut in its middle) and `feed.count_mismatch` (more). The last two are known only at the end
 * of the file, so nothing may be applied before the generator has finished.
 *
 * Refused alone (`rejected`): every `record.…` code; the raw text then holds the contract's fields only, and no contacts of persons;
 * of a line that cannot be taken apart, what `rawOfUnread` tells.
 * A CSV whose last line has no line end is read: `record.no_line_end` warns of it on its last record.
 * A field unknown to the contract is ignored and counted: one warning `record.unknown_field` with its name on its record.
 */
export const enbekFeed: Connector = {
  name: 'enbek-feed',
  defaultSource: 'enbek',

  recognises(head, origin) {
    const start = head.replace(/^\ufeff/, '').trimStart();
    if (/^"?#\s*enbek-feed\b/.test(start)) return true;
    const firstLine = start.slice(0, (start.indexOf('\n') + 1 || start.length + 1) - 1);
    if (start.startsWith('{') && /"feed"\s*:/.test(firstLine)) return true;
    return /\.(ndjson|jsonl|csv)(\.gz)?$/i.test(origin.replace(/[?#].*$/, ''));
  },

  async *read(bytes) {
    const lines = splitLines(decodeUtf8(unpack(bytes)));
    const first = await nextLine(lines);
    if (first === null) throw new Problem('file.empty', 422);
    if (!/^\s*"?#/.test(first.text)) {
      yield* readRecords(readNdjsonHeader(first.text), nonEmpty(lines), parseJson);
      return;
    }
    const header = readCsvHeader(first.text);
    const columnLine = await nextLine(lines);
    if (columnLine === null) throw new Problem('feed.truncated', 422, { count: header.count, read: 0 });
    const columns: CsvColumns = readCsvColumns(columnLine.text);
    const records = nonEmpty(joinQuotedLines(lines, columns.delimiter));
    yield* readRecords(header, records, (text) => readCsvRecord(text, columns), true);
  },
};

/** The next line that is not blank. Steps by hand, because `for await` would close the generator behind it. */
async function nextLine(lines: AsyncGenerator<Line>): Promise<Line | null> {
  for (let next = await lines.next(); !next.done; next = await lines.next())
    if (!isBlank(next.value)) return next.value;
  return null;
}

const isBlank = (line: Line): boolean => !line.overlong && line.text.trim() === '';

async function* nonEmpty(lines: AsyncIterable<Line>): AsyncGenerator<Line> {
  for await (const line of lines) if (!isBlank(line)) yield line;
}

function parseJson(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new RecordFault('record.invalid_json', null);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new RecordFault('record.not_object', null);
  return parsed as Record<string, unknown>;
}

async function* readRecords(
  header: FeedHeader,
  lines: AsyncIterable<Line>,
  parseRecord: (text: string) => Record<string, unknown>,
  // A CSV record that was cut inside its last cell still reads well: only a line end shows it whole, and not every file has one.
  warnsWithoutLineEnd = false,
): AsyncGenerator<ReadEvent> {
  yield { kind: 'header', feed: true, ...header };
  let read = 0;
  for await (const line of lines) {
    read += 1;
    if (read > header.count) throw new Problem('feed.count_mismatch', 422, { count: header.count });
    const event = readLine(line, parseRecord);
    if (!line.terminated && event.kind === 'rejected' && cutOff(event.code))
      throw new Problem('feed.truncated', 422, { count: header.count, read: read - 1 });
    if (!line.terminated && warnsWithoutLineEnd && event.kind === 'vacancy')
      event.warnings.push({ code: 'record.no_line_end' });
    yield event;
  }
  if (read < header.count) throw new Problem('feed.truncated', 422, { count: header.count, read });
}

/** What a record without a line end looks like when the file was cut in its middle: it cannot be parsed at all. */
function cutOff(code: string): boolean {
  return ['record.invalid_json', 'record.invalid_csv', 'record.wrong_columns'].includes(code);
}

function readLine(line: Line, parseRecord: (text: string) => Record<string, unknown>): ReadEvent {
  const ref = `line ${line.number}`;
  let record: Record<string, unknown> | null = null;
  try {
    if (line.overlong) throw new RecordFault('record.too_long', null, { maxCharacters: MAX_LINE_CHARACTERS });
    const parsed = parseRecord(line.text);
    record = parsed;
    const { claim, warnings } = readFeedRecord(record);
    // Looking for contacts in the whole line is work for the few records whose raw text is kept.
    return {
      kind: 'vacancy',
      ref,
      claim,
      get raw() {
        return rawWithoutContacts(line.text, parsed);
      },
      warnings,
    };
  } catch (fault) {
    if (!(fault instanceof RecordFault)) throw fault;
    const { code, field, params } = fault;
    const externalId = readableId(line.text, record);
    const raw = record === null ? rawOfUnread(line.text, code, RECORD_FIELDS) : rawWithoutContacts(line.text, record);
    return { kind: 'rejected', ref, externalId, code, field, params, raw };
  }
}

/** The id of a record that was refused, so that its vacancy is not taken for absent. */
function readableId(text: string, record: Record<string, unknown> | null): string | null {
  const id = record?.['id'];
  if (typeof id === 'string' || typeof id === 'number') return String(id).trim().slice(0, 64) || null;
  return record === null ? (/"id"\s*:\s*"([^"\\\s]{1,64})"/.exec(text)?.[1] ?? null) : null;
}

/**
 * The record as JSON, whatever the file's form, so that it can be read again after a repair. Only fields of the contract are kept: what
 * others hold (a person's name) nobody has agreed upon.
 */
function rawWithoutContacts(text: string, record: Record<string, unknown>): string {
  const agreed = contractPart(record);
  return JSON.stringify(mayHoldContacts(text) ? removeContactsDeep(agreed) : agreed);
}

/** A feed of one record as `raw` keeps it: what reads a refused record again. */
export function feedOfOne(raw: string): string {
  return `${JSON.stringify({ feed: FEED_NAME, version: FEED_VERSION, complete: false, count: 1 })}\n${raw.replace(/\n/g, ' ')}\n`;
}
