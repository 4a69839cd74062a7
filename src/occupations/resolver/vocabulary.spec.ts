import fc from 'fast-check';
import { buildVocabulary, editDistance, stemsOfWord } from './vocabulary.js';

const uses = (ru: number, kk = 0) => ({ ru, kk, en: 0 });
const vocabulary = buildVocabulary(
  new Map([
    ['мастер', uses(40)],
    ['ростер', uses(1)],
    ['слесарь', uses(30)],
    ['электрик', uses(20)],
    ['электро', uses(9)],
    ['мугалим', uses(0, 30)],
  ]),
);
const read = (word: string) =>
  stemsOfWord(vocabulary, word).map(
    ({ stem, reading }) => `${vocabulary.stems[stem]}${{ own: '', mended: '~', guessed: '?' }[reading]}`,
  );

describe('a word', () => {
  it.each([
    ['слесаря', ['слесар']],
    ['мугалими', ['мугалим']],
    ['слисарь', ['слесар~']],
    ['мсатер', ['мастер?']],
    ['слемарь', ['слесар?']],
    ['электрослесарь', ['электр~', 'слесар~']],
    ['кот', []],
    ['щщщщщщ', []],
  ])('%s is read as %s', (word, stems) => {
    expect(read(word)).toEqual(stems);
  });

  it('misspelt is the more used of two that are as near', () => {
    expect(read('мостер')).toEqual(['мастер~']);
  });
});

describe('the distance of two words', () => {
  it.each([
    ['учитель', 'учитель', 0],
    ['учитель', 'учетель', 1],
    ['учитель', 'учиетль', 1],
    ['учитель', 'учител', 1],
    ['учитель', 'читатель', 3],
  ])('%s and %s is %i, and more than asked where it is more', (a, b, away) => {
    expect(editDistance(a, b, 4)).toBe(away);
    expect(editDistance(a, b, 0)).toBe(away === 0 ? 0 : 1);
  });

  it('is the same both ways and never more than the longer word', () => {
    const word = fc.string({ unit: fc.constantFrom('а', 'б', 'в'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 9)).toBe(editDistance(b, a, 9));
        expect(editDistance(a, b, 9)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
