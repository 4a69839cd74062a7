import type { CheerioAPI } from 'cheerio';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON as pages have it: line breaks and tabs inside texts, which strict JSON forbids, are read as spaces. Throws SyntaxError. */
export function parseLenientJson(text: string): unknown {
  const bare = text
    .trim()
    .replace(/^<!--|-->$/g, '')
    .replace(/^\/\*.*?\*\/|^\/\/<!\[CDATA\[|\/\/\]\]>$/g, '');
  try {
    return JSON.parse(bare);
  } catch {
    // eslint-disable-next-line no-control-regex -- exactly the characters that JSON forbids in texts
    return JSON.parse(bare.replace(/[\u0000-\u001f]+/g, ' '));
  }
}

const MAX_DEPTH = 6;

/** Every schema.org JobPosting in a value: alone, in lists, in `@graph`, or inside another thing. */
export function findPostings(value: unknown, depth = 0): JsonObject[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((item) => findPostings(item, depth + 1));
  if (!isObject(value)) return [];
  const types = [value['@type']].flat();
  if (types.some((type) => typeof type === 'string' && /(^|[/:#])JobPosting$/.test(type))) return [value];
  return ['@graph', 'mainEntity', 'itemListElement', 'item', 'about'].flatMap((key) =>
    findPostings(value[key], depth + 1),
  );
}

/** The postings in the `application/ld+json` scripts of a page, and how many of the scripts could not be parsed. */
export function postingsOfPage($: CheerioAPI): { postings: JsonObject[]; broken: number } {
  const postings: JsonObject[] = [];
  let broken = 0;
  $('script[type*="ld+json"]').each((_, script) => {
    try {
      postings.push(...findPostings(parseLenientJson($(script).text())));
    } catch {
      broken += 1;
    }
  });
  return { postings, broken };
}
