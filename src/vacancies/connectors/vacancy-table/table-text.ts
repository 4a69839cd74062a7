import { Problem } from '../../../shared/problem.js';
import { unpack } from '../bytes.js';

/** A table is a firm's own list of vacancies: some thousands of rows at most, so it may be held whole. */
const LARGEST_TABLE_BYTES = 5 * 1_048_576;

/** Words as they are compared: without case, with `е` for `ё` and one space between words. */
export function comparable(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е').replace(/\s+/gu, ' ').trim();
}

/**
 * The text of a table as spreadsheets save it: UTF-8 with or without its mark, UTF-16 with its mark («Юникод»), otherwise
 * Windows-1251, the usual one of Russian Windows. Throws `file.empty`, `file.too_large`, `table.spreadsheet` for a workbook
 * that was not saved as CSV, and `table.not_text` for anything that is no text.
 */
export async function readTableText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // One past the limit is enough to know: nothing more is kept.
  for await (const part of unpack(bytes)) {
    length += part.length;
    if (length > LARGEST_TABLE_BYTES)
      throw new Problem('file.too_large', 413, { maxMegabytes: LARGEST_TABLE_BYTES / 1_048_576 });
    parts.push(part);
  }
  const whole = Buffer.concat(parts);
  if (isWorkbook(whole)) throw new Problem('table.spreadsheet', 422);
  const text = decode(whole).replace(/^\ufeff/, '');
  if (text.trim() === '') throw new Problem('file.empty', 422);
  // No text has these; a picture, a PDF or a file in another encoding does.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000e-\u001f\u0080-\u009f\ufffd]/.test(text)) throw new Problem('table.not_text', 422);
  return text;
}

/** The starts of an .xlsx or .ods (zip) and of an old .xls. */
function isWorkbook(bytes: Buffer): boolean {
  return ['504b0304', 'd0cf11e0'].includes(bytes.subarray(0, 4).toString('hex'));
}

function decode(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}
