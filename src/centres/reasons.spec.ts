import { WORDS } from '../i18n/i18n.js';
import { reasonTable, reasonsFor } from './reasons.js';

describe('the table of reasons', () => {
  it('has different words for every reason in every language', () => {
    for (const language of ['kk', 'ru', 'en'] as const) {
      const words = reasonTable().map((reason) => reason.words[language]);
      expect(words.every((text) => text !== '' && !text.startsWith('reason.'))).toBe(true);
      expect(new Set(words).size).toBe(words.length);
    }
  });

  it('has no words for reasons that do not exist', () => {
    const codes = reasonTable().map(({ code }) => `reason.${code}`);
    expect(
      Object.keys(WORDS.en)
        .filter((key) => key.startsWith('reason.'))
        .sort(),
    ).toEqual([...codes].sort());
  });

  it('gives every decision of an officer reasons, and none that only the program may find', () => {
    for (const use of ['return', 'refer', 'reject'] as const) {
      expect(reasonsFor(use).length).toBeGreaterThan(2);
      expect(reasonsFor(use)).not.toContain('vacancy_closed');
    }
  });
});
