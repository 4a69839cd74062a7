/** Control characters that PostgreSQL or a page cannot carry, and invisible marks that make equal texts differ. */
const UNWANTED =
  // eslint-disable-next-line no-control-regex -- these are the characters to drop
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Plain Latin and Cyrillic letters, figures and marks: nothing to mend, as in most texts. */
const ORDINARY = /^[\n\x20-\x7e«»\u0400-\u052f–—№]*$/;

/** Text as it may be stored: no control characters, no lone surrogates, line ends as LF, composed letters (NFC). */
export function storable(text: string): string {
  if (ORDINARY.test(text)) return text;
  return text.replace(/\r\n?/g, '\n').replace(UNWANTED, '').replace(LONE_SURROGATE, '\ufffd').normalize('NFC');
}

/** Whether `storable` takes out what no store can hold: NUL, or half of a surrogate pair. */
export function losesCharacters(text: string): boolean {
  return !ORDINARY.test(text) && (text.includes('\0') || text.search(LONE_SURROGATE) !== -1);
}

/** One line of text: every run of white space (no-break spaces too) is one space, none at the ends. */
export function oneLine(text: string): string {
  const mended = storable(text);
  return /[^\S ]| {2}|^ | $/.test(mended) ? mended.replace(/\s+/g, ' ').trim() : mended;
}

/** What `manyLines` would change. */
const LOOSE = /[^\S \n]| [ \n]|\n |\n{3}|^\s|\s$/;

/** Text of several lines: spaces collapsed inside lines, at most one empty line in a row, none at the ends. */
export function manyLines(text: string): string {
  const mended = storable(text);
  if (!LOOSE.test(mended)) return mended;
  return mended
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
