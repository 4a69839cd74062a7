import { createHmac, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const MAC_BYTES = 16;

/** What a link opens: the signature of one opens no other. */
export type LinkPurpose = 'share link' | 'question' | 'follow-up';

/** The address of a link that needs no account: its id and a signature of it (HMAC-SHA-256, 128 bits), in base64url. */
export function shareToken(id: string, secret: Buffer, purpose: LinkPurpose = 'share link'): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes, signature(bytes, secret, purpose)]).toString('base64url');
}

/** The id that a token names; null when it was not signed here. */
export function shareIdOf(token: string, secret: Buffer, purpose: LinkPurpose = 'share link'): string | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== ID_BYTES + MAC_BYTES) return null;
  const id = bytes.subarray(0, ID_BYTES);
  if (!timingSafeEqual(bytes.subarray(ID_BYTES), signature(id, secret, purpose))) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function signature(id: Buffer, secret: Buffer, purpose: LinkPurpose): Buffer {
  return createHmac('sha256', secret).update(purpose).update(id).digest().subarray(0, MAC_BYTES);
}
