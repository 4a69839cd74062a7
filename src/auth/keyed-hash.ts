import { createHmac } from 'node:crypto';

/**
 * HMAC-SHA-256 in base64url. Phone numbers and six digits are few enough to be tried one by one, so what is kept of them
 * in the database is hashed with a key that is not there. `purpose` keeps the hashes of different uses apart.
 */
export function keyedHash(secret: Buffer, purpose: string, text: string): string {
  return createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url');
}
