import fc from 'fast-check';
import { editDistance } from './mending.js';
import { wordsOf } from './words.js';
import { buildVocabulary, joined, respelt, stemsOfWord } from './vocabulary.js';

const uses = (ru: number, kk = 0) => ({ ru, kk, en: 0 });
const vocabulary = buildVocabulary(
  new Map([
    ['мастер', uses(40)],
    ['ростер', uses(1)],
    ['слесарь', uses(30)],
    ['электрик', uses(20)],
    ['электро', uses(9)],
    ['печник', uses(5)],
    ['пасечник', uses(5)],
    ['бульдозерист', uses(8)],
    ['бульдозера', uses(1)],
    ['логист', uses(3)],
    ['логопед', uses(3)],
    ['жук', uses(0, 9)],
    ['тиеуши', uses(0, 9)],
    ['master', { ru: 0, kk: 0, en: 5 }],
    ['office', { ru: 0, kk: 0, en: 5 }],
    ['смены', uses(4)],
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

  it.each([
    ['псечник', ['пасечник?']],
    ['пасечнки', ['пасечник~']],
    ['бульдозер', ['бульдозер']],
    ['бульдоз', ['бульдозерист~']],
    ['логоп', ['логопед~']],
    ['логис', ['логист?']],
    ['жуктиеуши', ['жук~', 'тиеуш~']],
    ['жктиеуши', ['тиеуш?']],
  ])('that is cut short, run together or as near to two is told apart: %s is %s', (word, stems) => {
    expect(read(word)).toEqual(stems);
  });

  it('misspelt is the more used of two that are as near', () => {
    expect(read('мостер')).toEqual(['мастер~']);
  });
});

describe('a title in Latin letters', () => {
  it.each([
    ['master smeny', 'мастер смены'],
    ['zam slesar po smeny', 'заместитель slesar смены'],
    ['master', 'master'],
    ['office slesar', 'office slesar'],
    ['мастер', 'мастер'],
  ])('«%s» is read as «%s»', (title, expected) => {
    const words = title.split(' ');
    const spelt = respelt(vocabulary, { words, parts: words.map((_, i) => i), cut: words.map(() => false) });
    expect(spelt.words.join(' ')).toBe(expected);
    expect(spelt.parts).toHaveLength(expected.split(' ').length);
  });
});

describe('two words of a title', () => {
  it.each([
    ['бульдозе рист', 'бульдозерист'],
    ['слесарь печ ник', 'слесарь печник'],
    ['печ, ник', 'печ ник'],
    ['печ. ник', 'печ ник'],
    ['слесарь электрик', 'слесарь электрик'],
  ])('«%s» are «%s»', (title, expected) => {
    const read = joined(vocabulary, wordsOf(title));
    expect(read.words.join(' ')).toBe(expected);
    expect(read.parts).toHaveLength(read.words.length);
    expect(read.cut).toHaveLength(read.words.length);
  });
});

describe('a word before a full stop', () => {
  const cut = (word: string) =>
    stemsOfWord(vocabulary, word, true).map(({ stem, others = [] }) =>
      [stem, ...others.map((one) => one.stem)].map((one) => vocabulary.stems[one]).join(' '),
    );

  it('may be any that it is the beginning of, or itself', () => {
    expect(cut('лог')).toEqual(['логист логопед']);
    expect(cut('электр')).toEqual(['электр электрик']);
    expect(cut('слес')).toEqual(['слесар']);
    expect(cut('щщщ')).toEqual([]);
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
