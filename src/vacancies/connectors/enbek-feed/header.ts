import { Problem } from '../../../shared/problem.js';
import type { Warning } from '../../connector.js';
import { hasOffset, readInstant } from '../dates.js';

/** What the head of an enbek-feed file states about the whole of it. */
export interface FeedHeader {
  /** True: vacancies of the source that are absent from the file are closed. */
  complete: boolean;
  /** Vacancy lines in the file, the header not counted. */
  count: number;
  generatedAt: Date | null;
  /** Generated example vacancies, marked as such wherever they show. */
  synthetic: boolean;
  warnings: Warning[];
}

export const FEED_NAME = 'enbek-feed';
export const FEED_VERSION = 1;

/** Reads the first line of an NDJSON feed. Throws `feed.header_missing`, `feed.unknown_name`, `feed.unknown_version`, `feed.header_field`. */
export function readNdjsonHeader(line: string): FeedHeader {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new Problem('feed.header_missing', 422);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed) || !Object.hasOwn(parsed, 'feed'))
    throw new Problem('feed.header_missing', 422);
  const header = parsed as Record<string, unknown>;
  requireFeed(header['feed'], header['version']);
  return checkedHeader(header['complete'], header['count'], header['generated_at'], header['synthetic']);
}

const CSV_HEADER = /^#\s*(\S+)\s+(\S+)((?:\s+[a-z_]+=\S*)*)\s*$/;

/** Reads the comment line `# enbek-feed 1 generated_at=… complete=true count=…`, quoted or followed by empty cells as spreadsheets save it. */
export function readCsvHeader(line: string): FeedHeader {
  const bare = line
    .trim()
    .replace(/[,;\t]+$/, '')
    .replace(/^"(.*)"$/, '$1');
  const match = CSV_HEADER.exec(bare);
  if (!match) throw new Problem('feed.header_missing', 422);
  const [, name = '', version = '', rest = ''] = match;
  requireFeed(name, /^\d+$/.test(version) ? Number(version) : version);
  const stated = new Map(
    rest
      .trim()
      .split(/\s+/)
      .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  return checkedHeader(
    readBoolean(stated.get('complete')),
    /^\d+$/.test(stated.get('count') ?? '') ? Number(stated.get('count')) : stated.get('count'),
    stated.get('generated_at'),
    readBoolean(stated.get('synthetic')),
  );
}

/** `true`/`false` as spreadsheets write it; anything else stays as it is, to be refused by type. */
export function readBoolean(text: string | undefined): boolean | string | undefined {
  const word = text?.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : text;
}

function requireFeed(name: unknown, version: unknown): void {
  if (name !== FEED_NAME) throw new Problem('feed.unknown_name', 422, { name: String(name).slice(0, 60) });
  if (version !== FEED_VERSION)
    throw new Problem('feed.unknown_version', 422, { version: String(version).slice(0, 60) });
}

function checkedHeader(complete: unknown, count: unknown, generatedAt: unknown, synthetic: unknown): FeedHeader {
  const refuse = (field: string): never => {
    throw new Problem('feed.header_field', 422, { field });
  };
  const at = typeof generatedAt === 'string' ? readInstant(generatedAt) : null;
  if (generatedAt !== undefined && generatedAt !== null && generatedAt !== '' && at === null) refuse('generated_at');
  return {
    complete: typeof complete === 'boolean' ? complete : refuse('complete'),
    count: typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : refuse('count'),
    generatedAt: at,
    synthetic: synthetic === true,
    warnings:
      at === null || hasOffset(String(generatedAt))
        ? []
        : [{ code: 'feed.time_without_offset', field: 'generated_at' }],
  };
}
