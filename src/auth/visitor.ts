import { isIP } from 'node:net';
import type { Request } from 'express';
import type { Language } from '../i18n/language.js';

/** The browser in front of us, as far as accounts ask: its cookies, its name, where it is, the reader's language. */
export interface Visitor {
  /** Whose limits count: the IPv4 address or the IPv6 network (`networkOf`), behind as many proxies as TRUST_PROXY says. */
  address: string;
  /** The Cookie header. */
  cookies: string;
  userAgent: string;
  language: Language;
}

export function visitorOf(request: Request, language: Language): Visitor {
  return {
    address: networkOf(request.ip ?? ''),
    cookies: request.headers.cookie ?? '',
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    language,
  };
}

/**
 * What stands for one subscriber: an IPv4 address, also one written as IPv6 (`::ffff:192.0.2.1`), or an IPv6 address's first 64
 * bits. A provider hands out no less than a /64 to one line (RFC 6177), so whoever has one has 2⁶⁴ addresses to ask from.
 */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (isIP(bare) !== 6) return bare;
  // The URL parser writes an IPv6 address in its one canonical form (RFC 5952).
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string | undefined): number[] => (part ? part.split(':').map((hex) => parseInt(hex, 16)) : []);
  const [first, last] = [groups(head), groups(tail)];
  const all = [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
  if (all.slice(0, 5).every((group) => group === 0) && all[5] === 0xffff)
    return all
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  return `${all
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}
