import { createReadStream } from 'node:fs';
import { Problem } from '../../shared/problem.js';
import { enbekIdOfUrl } from './enbek-address.js';
import { PageFetcher } from './page-fetch.js';

/** One for the process, so that its pauses hold for every run in it. */
export const PAGE_FETCHER = new PageFetcher();

/**
 * The bytes of a file or, when the origin is an http(s) address, of the page there (see `PageFetcher`). The work begins with
 * the first byte asked for. A vacancy of Enbek's that the server calls gone (410) becomes a page that says so, which the
 * enbek-page connector reads as `gone`; any other gone page is `fetch.not_found`. A missing or unreadable file is
 * `file.unreadable`.
 */
export async function* openOrigin(origin: string, fetcher: PageFetcher = PAGE_FETCHER): AsyncGenerator<Uint8Array> {
  if (!/^https?:\/\//i.test(origin)) {
    try {
      for await (const part of createReadStream(origin)) yield part as Uint8Array;
    } catch (fault) {
      const { code } = fault as NodeJS.ErrnoException;
      if (['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EPERM'].includes(code ?? ''))
        throw new Problem('file.unreadable', 422);
      throw fault;
    }
    return;
  }
  const page = await fetcher.fetch(origin);
  if (!page.gone) yield page.bytes;
  else if (enbekIdOfUrl(page.url) !== null) yield Buffer.from(gonePage(page.url));
  else throw new Problem('fetch.not_found', 422);
}

/** What stands for the answer 410: the address and the status, nothing else. */
export function gonePage(url: string): string {
  const href = url.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  return `<!doctype html><html><head><link rel="canonical" href="${href}"><meta name="http-status" content="410"></head><body></body></html>`;
}
