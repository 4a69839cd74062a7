import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { fromRoot } from '../config/paths.js';
import { LANGUAGES } from '../i18n/language.js';
import { readSourceWords, sourceIn } from './source-words.js';

/** Every `source` in a file of the programme, however deep, and of the regions' statistics. */
function namedSources(): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'source' && typeof inner === 'string') found.add(inner);
      else look(inner);
    }
  };
  for (const name of readdirSync(fromRoot('data', 'programme')))
    look(JSON.parse(readFileSync(fromRoot('data', 'programme', name), 'utf8')));
  look(parse(readFileSync(fromRoot('data', 'region-statistics.csv')), { columns: true }));
  return [...found];
}

/** Days, amounts and section numbers of a text, however its thousands are grouped. */
const numbersIn = (text: string): string[] =>
  (text.replace(/(?<=\d)[, \u00a0](?=\d{3}(?!\d))/g, '').match(/\d+/g) ?? []).sort();

/** Without what is printed so in every language: sites, names of publications, numbers of documents. */
const ownWords = (text: string): string =>
  text
    .replace(/Journal of Educational and Social Research|Open Data Kazakhstan|kazakhstannewsgazette|Qonys/g, '')
    .replace(/(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[\w/-]+)?|V\d+/g, '');

describe('sources of the data files', () => {
  it.each(namedSources())('can be said in every language: %s', (source) => {
    for (const language of LANGUAGES)
      expect({ language, said: sourceIn(language, source) }).not.toMatchObject({ said: null });
  });

  it('are said in no two languages at once', () => {
    for (const { kk, ru, en = '', source } of readSourceWords()) {
      for (const said of [kk, ru]) expect(ownWords(said)).not.toMatch(/[A-Za-z]/);
      expect(ownWords(`${en}${source}`)).not.toMatch(/\p{Script=Cyrillic}/u);
      // What only one of the two alphabets has.
      expect(ownWords(ru)).not.toMatch(/[әғқңөұүһі]/i);
    }
  });

  it('keep every number, day and section', () => {
    for (const { source, en, kk, ru } of readSourceWords()) {
      const printed = numbersIn(en ?? source);
      expect({ source, kk: numbersIn(kk), ru: numbersIn(ru) }).toEqual({ source, kk: printed, ru: printed });
    }
  });

  it('have no words that no file asks for', () => {
    const named = new Set(namedSources());
    expect(readSourceWords().filter(({ source }) => !named.has(source))).toEqual([]);
  });

  it('stand as they are where they are sites, and keep the time after them', () => {
    expect(sourceIn('kk', 'mgorod.kz 2025-12-30; inform.kz 2025-12-24')).toBe(
      'mgorod.kz 2025-12-30; inform.kz 2025-12-24',
    );
    expect(sourceIn('ru', 'Journal of Educational and Social Research 13(6), 2023, section 3.1')).toMatch(
      /раздел 3\.1$/,
    );
    expect(sourceIn('ru', 'Open Data Kazakhstan, combined indicators (PDDL), from stat.gov.kz, 2023')).toMatch(
      /^Open Data Kazakhstan: показатели.+, 2023$/,
    );
    expect(sourceIn('kk', 'an order of today')).toBeNull();
  });
});
