import { createReadStream } from 'node:fs';
import { Problem } from '../../shared/problem.js';
import { enbekIdOfUrl } from './enbek-address.js';
import type { HoldHost, PageFetcher } from './page-fetch.js';

/** The bytes of a file, which is opened when the first is asked for. A missing or unreadable file is `file.unreadable`. */
export async function* openFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of createReadStream(path)) yield part as Uint8Array;
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EPERM'].includes(code ?? ''))
      throw new Problem('file.unreadable', 422);
    throw fault;
  }
}

/**
 * The bytes of the page or file at an http(s) address (see `PageFetcher`), which is asked when the first is asked for. A vacancy
 * of Enbek's that the server calls gone (410) becomes a page that says so, which the enbek-page connector reads as `gone`; any
 * other gone page is `fetch.not_found`.
 */
export async function* openAddress(
  address: string,
  fetcher: Pick<PageFetcher, 'fetch'>,
  hold: HoldHost,
): AsyncGenerator<Uint8Array> {
  const page = await fetcher.fetch(address, hold);
  if (!page.gone) yield* page.bytes;
  else if (enbekIdOfUrl(page.url) !== null) yield Buffer.from(gonePage(page.url));
  else throw new Problem('fetch.not_found', 422);
}

export const isWebAddress = (origin: string): boolean => /^https?:\/\//i.test(origin);

/** What stands for the answer 410: the address and the status, nothing else. */
export function gonePage(url: string): string {
  const href = url.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  return `<!doctype html><html><head><link rel="canonical" href="${href}"><meta name="http-status" content="410"></head><body></body></html>`;
}
