import { createHash } from 'node:crypto';

const BITS = 1 << 24;

/**
 * Tells whether an id may have been seen before, in 2 MB whatever the number of ids: a Bloom filter with four hashes.
 * Never says "new" of an id it has seen; says "maybe" wrongly of about 0.2 % of a million new ids.
 */
export class SeenIds {
  private readonly bits = new Uint8Array(BITS / 8);

  /** True when the id was perhaps added before; adds it. */
  addAndAsk(id: string): boolean {
    const digest = createHash('md5').update(id).digest();
    let seen = true;
    for (let offset = 0; offset < 16; offset += 4) {
      const bit = digest.readUInt32LE(offset) % BITS;
      const mask = 1 << (bit & 7);
      const byte = this.bits[bit >>> 3] ?? 0;
      if ((byte & mask) === 0) {
        seen = false;
        this.bits[bit >>> 3] = byte | mask;
      }
    }
    return seen;
  }
}
