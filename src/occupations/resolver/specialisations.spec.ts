import { LANGUAGES } from '../../i18n/language.js';
import { hasWords, translate } from '../../i18n/i18n.js';
import { type Label, readLabels } from '../labels.js';
import { titleModel } from './model-file.js';
import { TitleResolver } from './title-resolver.js';

const labels = readLabels();
const marked = labels.filter((label): label is Label & { speciality: string } => label.speciality !== null);
const resolver = new TitleResolver(titleModel(), () => null);
const told = (title: string, isco: string): string[] =>
  resolver.specialisations(title, isco).map(({ kind, code }) => `${kind}:${code}`);

describe('the specialisation of a title', () => {
  it.each([
    ['мектепте биология пәнінің мұғалімі', 'school:biology'],
    ['Учитель биологии (0,5 ставки)', 'school:biology'],
    ['Biology teacher', 'school:biology'],
    ['Учитель НВТП', 'school:military_training'],
    ['қазақ тілі мен әдебиеті пәні мұғалімі', 'school:kazakh_language'],
    ['врач-кардиолог', 'medicine:cardiology'],
    ['Дәрігер-кардиолог', 'medicine:cardiology'],
    ['Врач-хирург', 'medicine:surgery'],
    ['Детский хирург', 'medicine:paediatric_surgery'],
    ['general practitioner', 'medicine:general_practice'],
    ['водитель кат. D', 'licence:D'],
    ['Водитель С, Е категории', 'licence:CE'],
    ['С санатындағы жүргізуші', 'licence:C'],
    ['Водитель автобуса', 'licence:D'],
    ['Стропальщик 4 разряда', 'licence:slinger'],
  ])('%s: %s', (title, expected) => {
    const { specialisation } = resolver.resolve({ title });
    expect(`${specialisation?.kind}:${specialisation?.code}`).toBe(expected);
  });

  it.each(['Учитель', 'Пән мұғалімі', 'Врач', 'Дәрігер', 'Водитель', 'Повар', 'Медсестра', 'Taxi driver', ''])(
    'is none for «%s»',
    (title) => {
      expect(resolver.resolve({ title }).specialisation).toBeNull();
    },
  );

  it('is every subject that a title names', () => {
    expect(told('Учитель химии и биологии', '2330')).toEqual(['school:chemistry', 'school:biology']);
    expect(told('учитель математики с казахским языком обучения', '2330')).toEqual(['school:mathematics']);
  });

  it('is that of the mark for the titles of the packs', () => {
    const wrong = marked.filter(({ title, isco, speciality }) => !told(title, isco).includes(speciality));
    expect(wrong.length / marked.length).toBeLessThan(0.01);
  });

  it('has a name in every language, and no name is of a code that the packs have not', () => {
    const codes = [...new Set(marked.map(({ speciality }) => speciality.replace(':', '.').toLowerCase()))];
    for (const code of codes) {
      expect(hasWords(`specialisation.${code}`)).toBe(true);
      for (const language of LANGUAGES) expect(translate(language, `specialisation.${code}`)).not.toContain('.');
    }
  });

  it('is marked in all three languages, but for what one language has no title of', () => {
    const languages = new Map<string, Set<string>>();
    for (const { speciality, language } of marked) {
      languages.set(speciality, (languages.get(speciality) ?? new Set()).add(language));
    }
    const missing = [...languages].filter(([code, found]) => !code.startsWith('licence:') && found.size < 3);
    expect(missing.map(([code]) => code)).toEqual([]);
  });
});
