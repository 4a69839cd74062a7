import { plainWords, tellingWords } from './question-words.js';

describe('tellingWords', () => {
  it.each([
    ['Сколько денег дают на переезд семье?', ['денег', 'дают', 'переезд', 'семье']],
    ['Көшуге қанша ақша береді?', ['кошуге', 'акша', 'береди']],
    ['How much money do we get for the move?', ['much', 'money', 'move']],
    ['как', ['как']],
    ['  «Жильё»  жильё ', ['жилье']],
    ['?!', []],
  ])('of %j are %j', (text, words) => {
    expect(tellingWords(text)).toEqual(words);
  });

  it('are few, however long the question', () => {
    expect(tellingWords(Array.from({ length: 100 }, (_, i) => `слово${i}`).join(' '))).toHaveLength(12);
  });

  it('are read as the database reads them', () => {
    expect(plainWords('Әғқңөұүһіё ҚОСТАНАЙ')).toBe('агкноуухие костанай');
  });
});
