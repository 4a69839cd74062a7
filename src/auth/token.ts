import { createHash } from 'node:crypto';

/** What every token starts with, so that a leaked one is recognised by secret scanners and by people. */
export const TOKEN_PREFIX = 'qny_';
const RANDOM_BYTES = 32;

/** A new token from 32 random bytes. Only its hash is kept. */
export function formToken(randomBytes: (size: number) => Buffer): string {
  return TOKEN_PREFIX + randomBytes(RANDOM_BYTES).toString('base64url');
}

/**
 * SHA-256 in hex. 256 random bits need neither salt nor stretching, and the look-up by hash compares nothing secret
 * byte by byte, so its time tells nothing.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The token of an `Authorization: Bearer …` header (RFC 6750 §2.1); null when there is none. */
export function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization ?? '')?.[1] ?? null;
}
