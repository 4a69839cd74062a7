import { createHmac, timingSafeEqual } from 'node:crypto';

/** Base64 of the 32 bytes of an HMAC-SHA-256. */
const SIGNATURE_LENGTH = 44;

/**
 * The token that a session's cookie names, as the library writes it: `token.signature`, percent-encoded, the signature an
 * HMAC-SHA-256 of the token in base64. Null where there is no such cookie, or another hand has written it. Of two cookies of
 * one name the first counts, as for the library.
 */
export function sessionToken(cookies: string, name: string, key: string): string | null {
  const value = cookieValue(cookies, name);
  if (value === null) return null;
  const end = value.lastIndexOf('.');
  if (end < 1 || value.length - end - 1 !== SIGNATURE_LENGTH) return null;
  const token = value.slice(0, end);
  const written = Buffer.from(value.slice(end + 1), 'base64');
  const right = createHmac('sha256', key).update(token).digest();
  return written.length === right.length && timingSafeEqual(written, right) ? token : null;
}

function cookieValue(cookies: string, name: string): string | null {
  for (const pair of cookies.split(';')) {
    const equals = pair.indexOf('=');
    if (equals < 0 || pair.slice(0, equals).trim() !== name) continue;
    try {
      return decodeURIComponent(pair.slice(equals + 1).trim());
    } catch {
      return null;
    }
  }
  return null;
}
