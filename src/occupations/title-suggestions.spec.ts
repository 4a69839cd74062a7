import { TitleSuggestions } from './title-suggestions.js';

const suggestions = new TitleSuggestions();
suggestions.add([
  { title: 'Мұғалім', language: 'kk' },
  { title: 'Учитель', language: 'ru' },
  { title: 'Учитель математики', language: 'ru' },
  { title: 'Математика мұғалімі', language: 'kk' },
  { title: 'Старший учитель', language: 'ru' },
  { title: 'учитель', language: 'ru' },
]);

describe('TitleSuggestions', () => {
  it('finds a title by the beginning of any of its words', () => {
    expect(suggestions.suggest('матем', 'ru', 5)).toEqual(['Учитель математики', 'Математика мұғалімі']);
  });

  it('puts the language of the reader first', () => {
    expect(suggestions.suggest('матем', 'kk', 5)[0]).toBe('Математика мұғалімі');
  });

  it('puts first what begins as typed, then the shorter, and says a title once', () => {
    expect(suggestions.suggest('учит', 'ru', 5)).toEqual(['Учитель', 'Учитель математики', 'Старший учитель']);
  });

  it('needs every word typed to begin a word of the title', () => {
    expect(suggestions.suggest('учит матем', 'ru', 5)).toEqual(['Учитель математики']);
    expect(suggestions.suggest('учит физ', 'ru', 5)).toEqual([]);
  });

  it('reads what is typed without Kazakh letters', () => {
    expect(suggestions.suggest('мугал', 'kk', 5)).toEqual(['Мұғалім', 'Математика мұғалімі']);
  });

  it('suggests nothing for nothing', () => {
    expect(suggestions.suggest('', 'ru', 5)).toEqual([]);
  });
});
