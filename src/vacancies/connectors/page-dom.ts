import { createRequire } from 'node:module';
import type { CheerioAPI } from 'cheerio';

const requireLater = createRequire(import.meta.url);

/** Parses HTML as browsers do. The parser is read with the first page that comes: most programs see none, and it is large. */
export function parsePage(html: string): CheerioAPI {
  const { load } = requireLater('cheerio') as typeof import('cheerio');
  return load(html);
}
