import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { decryptIin, encryptIin, fingerprint, indexIin, keyId } from './iin-cipher.js';

const keys = { current: Buffer.alloc(32, 1), old: [], index: Buffer.alloc(32, 2) };
const rotated = { current: Buffer.alloc(32, 3), old: [keys.current], index: keys.index };
const seeker = '01936f2a-0000-7000-8000-000000000001';

describe('the encrypted IIN', () => {
  it('comes back whole, and after a rotation of the key too', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{12}$/), (iin) => {
        const encrypted = encryptIin(iin, seeker, keys, randomBytes);
        expect(decryptIin(encrypted, seeker, keys)).toBe(iin);
        expect(decryptIin(encrypted, seeker, rotated)).toBe(iin);
        expect(encrypted.includes(iin)).toBe(false);
      }),
    );
  });

  it('looks different each time and says which key it needs', () => {
    const [one, two] = [1, 2].map(() => encryptIin('910415300123', seeker, keys, randomBytes));
    expect(one!.equals(two!)).toBe(false);
    expect(one![0]).toBe(keyId(keys.current));
    expect(keyId(keys.current)).not.toBe(keyId(rotated.current));
  });

  it('is refused in another row, with another key, or changed in any byte', () => {
    const encrypted = encryptIin('910415300123', seeker, keys, randomBytes);
    expect(() => decryptIin(encrypted, '01936f2a-0000-7000-8000-000000000002', keys)).toThrow('cannot be decrypted');
    expect(() => decryptIin(encrypted, seeker, { ...rotated, old: [] })).toThrow('cannot be decrypted');
    for (let i = 0; i < encrypted.length; i++) {
      const changed = Buffer.from(encrypted);
      changed[i]! ^= 1;
      expect(() => decryptIin(changed, seeker, keys)).toThrow('cannot be decrypted');
    }
  });

  it('is found by its index, which another key would not give', () => {
    expect(indexIin('910415300123', keys)).toEqual(indexIin('910415300123', keys));
    expect(indexIin('910415300123', keys)).not.toEqual(indexIin('910415300124', keys));
    expect(indexIin('910415300123', { index: Buffer.alloc(32, 9) })).not.toEqual(indexIin('910415300123', keys));
    expect(fingerprint('910415300123', keys)).not.toEqual(indexIin('910415300123', keys));
  });
});
