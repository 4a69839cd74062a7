import { buildSuggestions, suggestTitles } from './title-suggestions.js';

const suggestions = buildSuggestions([
  { title: 'Мұғалім', titleNormalised: 'мұғалім', language: 'kk', isco: '2330' },
  { title: 'Учитель', titleNormalised: 'учитель', language: 'ru', isco: '2330' },
  { title: 'Учитель математики', titleNormalised: 'учитель математики', language: 'ru', isco: '2330' },
  { title: 'Математика мұғалімі', titleNormalised: 'математика мұғалімі', language: 'kk', isco: '2330' },
  { title: 'Старший учитель', titleNormalised: 'старший учитель', language: 'ru', isco: '2341' },
  { title: 'учитель', titleNormalised: 'учитель', language: 'ru', isco: '2341' },
]);

describe('suggestTitles', () => {
  it('finds a title by the beginning of any of its words', () => {
    expect(suggestTitles(suggestions, 'матем', 'ru', 5)).toEqual(['Учитель математики', 'Математика мұғалімі']);
  });

  it('puts the language of the reader first', () => {
    expect(suggestTitles(suggestions, 'матем', 'kk', 5)[0]).toBe('Математика мұғалімі');
  });

  it('puts first what begins as typed, then the shorter, and says a title once', () => {
    expect(suggestTitles(suggestions, 'учит', 'ru', 5)).toEqual(['Учитель', 'Учитель математики', 'Старший учитель']);
  });

  it('needs every word typed to begin a word of the title', () => {
    expect(suggestTitles(suggestions, 'учит матем', 'ru', 5)).toEqual(['Учитель математики']);
    expect(suggestTitles(suggestions, 'учит физ', 'ru', 5)).toEqual([]);
  });

  it('suggests nothing for nothing', () => {
    expect(suggestTitles(suggestions, '', 'ru', 5)).toEqual([]);
  });
});
