import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';

/** The keys of the IIN: one that encrypts, older ones that can still be read, and one for look-up. 32 bytes each. */
export interface IinKeys {
  current: Buffer;
  old: readonly Buffer[];
  index: Buffer;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Layout of a cipher text: key id (1 byte), nonce (12), tag (16), encrypted digits. */
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** One byte that says which key encrypted, taken from the key itself: nothing to configure, nothing to mix up. */
export function keyId(key: Buffer): number {
  return createHash('sha256').update('qonys iin key').update(key).digest()[0]!;
}

/**
 * Encrypts an IIN for one seeker (AES-256-GCM). The seeker's id is bound in, so that a cipher text that was moved to another
 * row does not decrypt.
 */
export function encryptIin(
  iin: string,
  seekerId: string,
  keys: IinKeys,
  randomBytes: (size: number) => Buffer,
): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keys.current, nonce).setAAD(Buffer.from(seekerId));
  const text = Buffer.concat([cipher.update(iin, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(keyId(keys.current)), nonce, cipher.getAuthTag(), text]);
}

/** The IIN again. Throws when no key fits, or when the text or its row was tampered with. */
export function decryptIin(encrypted: Buffer, seekerId: string, keys: IinKeys): string {
  const candidates = [keys.current, ...keys.old].filter((key) => keyId(key) === encrypted[0]);
  for (const key of candidates) {
    const decipher = createDecipheriv(CIPHER, key, encrypted.subarray(1, 1 + NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(seekerId))
      .setAuthTag(encrypted.subarray(1 + NONCE_BYTES, HEADER_BYTES));
    try {
      return decipher.update(encrypted.subarray(HEADER_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      // Two keys may share an id (1 in 256); the next one may fit.
    }
  }
  throw new Error('An IIN cannot be decrypted: its key is not configured, or the row was tampered with.');
}

/**
 * The look-up key of an IIN: HMAC-SHA-256. Without the key the twelve digits could be found by trying them all, which
 * is why a plain hash would not do.
 */
export function indexIin(iin: string, keys: Pick<IinKeys, 'index'>): Buffer {
  return createHmac('sha256', keys.index).update('iin').update(iin).digest();
}

/** A keyed hash of a request that holds personal data, to recognise its repetition. */
export function fingerprint(text: string, keys: Pick<IinKeys, 'index'>): Buffer {
  return createHmac('sha256', keys.index).update('request').update(text).digest();
}
