import { manyLines, oneLine, storable } from './connectors/plain-text.js';

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }),
);
/** Elements after which a reader sees a new line. */
const BLOCK = /<\/?(?:p|div|li|ul|ol|br|tr|h[1-6])\b[^>]*>/gi;
const SILENT = /<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;
const TAG = /<\/?[a-z][^<>]*>/gi;

/** What most texts are already: letters and signs one by one, single spaces, no sign that markup begins with. */
const TIDY = /^(?:[!-%'-;=-~\u0400-\u0482\u048a-\u04ff№«»–—](?: (?! ))?)*$/;

/** One line of a source's text: no markup, no invisible characters, every run of spaces (NBSP too) one space. */
export function cleanLine(text: string): string {
  if (TIDY.test(text) && !text.endsWith(' ')) return text;
  return oneLine(withoutMarkup(text));
}

/** A longer text as plain lines: markup gone, its blocks on lines of their own, at most one empty line between them. */
export function cleanText(text: string): string {
  return manyLines(withoutMarkup(text));
}

/** Markup is read once only, so that a written `&lt;b&gt;` stays the text `<b>` and never becomes an element. */
function withoutMarkup(text: string): string {
  if (!text.includes('<') && !text.includes('&')) return text;
  return storable(text)
    .replace(SILENT, ' ')
    .replace(BLOCK, '\n')
    .replace(TAG, '')
    .replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]+);/gi, decodeEntity);
}

function decodeEntity(entity: string, name: string): string {
  const lower = name.toLowerCase();
  if (!lower.startsWith('#')) return ENTITIES.get(lower) ?? entity;
  const point = lower.startsWith('#x') ? Number.parseInt(lower.slice(2), 16) : Number.parseInt(lower.slice(1), 10);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
}
