import type { IncomingHttpHeaders } from 'node:http';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What a form of any site can send without being asked first. */
const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

export interface Asked {
  method: string;
  headers: IncomingHttpHeaders;
  /** The request came with a session, or stands for nobody and may still begin one. */
  hasSession: boolean;
}

/**
 * True when a request could have been made by another site's page with this browser's cookies, so that it must prove
 * where it comes from: every change by a session, and every form even without one (signing somebody in as another).
 */
export function mustProveOrigin({ method, headers, hasSession }: Asked): boolean {
  return !SAFE.has(method) && (hasSession || FORM.test(headers['content-type'] ?? ''));
}

/**
 * True when the browser says that the request comes from one of our own pages: `Sec-Fetch-Site`, which no page can set;
 * without it (old browsers, plain http) an `Origin`, else a `Referer`, of one of `hosts`. Silence proves nothing.
 */
export function comesFromUs(headers: IncomingHttpHeaders, hosts: readonly (string | undefined)[]): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const from = URL.parse(headers.origin ?? headers.referer ?? '');
  return from !== null && /^https?:$/.test(from.protocol) && hosts.includes(from.host);
}
