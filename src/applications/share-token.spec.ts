import { newId } from '../shared/ids.js';
import { shareIdOf, shareToken } from './share-token.js';

const SECRET = Buffer.alloc(32, 7);

describe('a share token', () => {
  it('names the id it was made for', () => {
    const id = newId();
    expect(shareIdOf(shareToken(id, SECRET), SECRET)).toBe(id);
  });

  it('opens nothing of another purpose', () => {
    const id = newId();
    const token = shareToken(id, SECRET, 'follow-up');
    expect([shareIdOf(token, SECRET, 'follow-up'), shareIdOf(token, SECRET)]).toEqual([id, null]);
  });

  it('is nothing when any byte was changed, cut off or signed with another key', () => {
    const token = shareToken(newId(), SECRET);
    const bytes = Buffer.from(token, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 1;
      expect(shareIdOf(changed.toString('base64url'), SECRET)).toBeNull();
    }
    expect(shareIdOf(token.slice(0, -4), SECRET)).toBeNull();
    expect(shareIdOf('', SECRET)).toBeNull();
    expect(shareIdOf(token, Buffer.alloc(32, 8))).toBeNull();
  });

  it('opens only what it was made for', () => {
    const id = newId();
    expect(shareIdOf(shareToken(id, SECRET, 'question'), SECRET, 'question')).toBe(id);
    expect(shareIdOf(shareToken(id, SECRET, 'question'), SECRET)).toBeNull();
    expect(shareIdOf(shareToken(id, SECRET), SECRET, 'question')).toBeNull();
  });
});
