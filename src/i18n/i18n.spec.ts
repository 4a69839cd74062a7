import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { IntlMessageFormat } from 'intl-messageformat';
import { LANGUAGES, WORDS, chooseLanguage, formatDate, formatTenge, argumentsOf, translate } from './i18n.js';

/** The `#` of a plural in the parsed message. */
const POUND = 7;

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('words', () => {
  it('say the same whether they were compiled before or not, with their arguments and without', () => {
    for (const language of LANGUAGES) {
      for (const [code, text] of Object.entries(WORDS[language])) {
        const format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
        if (argumentsOf(format).length > 0 || format.getAst().some(({ type }) => type === POUND)) continue;
        const expected = String(format.format());
        expect([translate(language, code), translate(language, code, { unused: 1 })]).toEqual([expected, expected]);
      }
    }
  });

  it('are the same keys in kk, ru and en', () => {
    const keys = Object.keys(WORDS.en).sort();
    expect(Object.keys(WORDS.ru).sort()).toEqual(keys);
    expect(Object.keys(WORDS.kk).sort()).toEqual(keys);
    expect(keys.length).toBeGreaterThan(50);
  });

  it('use one word for one thing, as the glossary says, and one dash', () => {
    const banned: Record<string, RegExp> = {
      kk: /вакансия|отбасы(?:ға|да|дан|дағы|ны)(?!\p{L})|бос жұмыс орн|тұрғын үй|(?<!\p{L})көзі|есептік жазба|аккаунт|(?<!\p{L})ұйым|(?<!\p{L})еңбек орталы|жұбай|мында|қосымшада|бағал(?:ау|анған)|баға қалай|төменгі баға|(?:отбасы|отбасының|жұмыстың) баға(?:сы)|—/iu,
      // «Ищущий работу» is a status of the law.
      ru: /ищущ(?!ий работу)|не лежит|супруг|(?<!\p{L})(?:мужа?|жен[аеуы])(?!\p{L})|организаци|аккаунт|—/iu,
      en: /does not lie|your partner/iu,
    };
    for (const language of LANGUAGES) {
      const wrong = Object.entries(WORDS[language]).filter(([, text]) => banned[language]!.test(text));
      expect(wrong).toEqual([]);
    }
  });

  it('hang no Kazakh case ending on an inserted value: its vowels are not known beforehand', () => {
    // `{day} дейін` asks for an ending of the day («күніне дейін»), `{min}-ден` for one that fits only some numbers.
    const ending =
      /\{\w+(?:, [^{}]*)?\}(?:-(?:[дтн][ае]н?|[ғгқк][ае]|н[ыі]ң?|[дт][ыі]ң?|[ыі])|\s(?:дейін|бастап|кейін|бері|соң|[мбп]ен))(?!\p{L})/u;
    expect(Object.entries(WORDS.kk).filter(([, text]) => ending.test(text))).toEqual([]);
    for (const wrong of ['{day} дейін', '{min} бастап', 'айына {min}-ден', '{n, number}-ге', '{a} мен {b}'])
      expect(wrong).toMatch(ending);
    for (const right of ['{day} күніне дейін', '{step, number}-қадам', '{n, plural, other {# минуттан}} кейін'])
      expect(right).not.toMatch(ending);
  });

  it('end no Russian sentence on a day: «2026 г.» brings a full stop of its own', () => {
    const double = /\{(?:\w+, date, day|day|on|until|since)\}\./u;
    expect(Object.entries(WORDS.ru).filter(([, text]) => double.test(text))).toEqual([]);
    expect(plain(formatDate('ru', '2026-11-22'))).toMatch(/г\.$/);
  });

  it('are never merged over one another: each feature file keeps its keys to itself', () => {
    for (const language of LANGUAGES) {
      const folder = join(import.meta.dirname, 'locales', language);
      const keys = readdirSync(folder).flatMap((file) =>
        [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {2}'([a-z0-9_.-]+)':/gm)].map((m) => m[1]!),
      );
      expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
      expect(keys.sort()).toEqual(Object.keys(WORDS[language]).sort());
    }
  });

  it.each(Object.keys(WORDS.en))('%s parses in every language and asks for the same values', (code) => {
    const asked = LANGUAGES.map((language) => {
      const text = WORDS[language][code]!;
      expect(text.trim()).not.toBe('');
      const found = argumentsOf(new IntlMessageFormat(text, language, undefined, { ignoreTag: true }));
      // «regionKk» in Kazakh is what «regionRu» is in Russian: the name in the reader's own language.
      const own = new RegExp(`${language[0]!.toUpperCase()}${language[1]!}$`);
      const valueOf = (name: string): string => name.replace(own, 'InOwnLanguage');
      return [...new Set(found.map((p) => `${valueOf(p.name)}:${p.kind === 'choice' ? 'number' : p.kind}`))].sort();
    });
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[2]).toEqual(asked[0]);
  });

  it('give each plural that writes its number every form its language counts in', () => {
    for (const language of LANGUAGES) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const [code, text] of Object.entries(WORDS[language])) {
        for (const element of new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst()) {
          const writesNumber =
            'options' in element && element.options['other']?.value.some((part) => part.type === POUND);
          if ('pluralType' in element && element.pluralType === 'cardinal' && writesNumber)
            expect({
              code,
              forms: Object.keys(element.options)
                .filter((o) => !o.startsWith('='))
                .sort(),
            }).toEqual({
              code,
              forms: [...forms].sort(),
            });
        }
      }
    }
  });

  it('count Russian things by a plural: after a bare number stand only words that no number changes', () => {
    const counted =
      /\{\w+, number\}\s(?!(?:из|до|от|и|вместо|тыс|чел|тенге|МРП|больше|закреплено|занято)(?!\p{L}))\p{Script=Cyrillic}+/u;
    expect(Object.entries(WORDS.ru).filter(([, text]) => counted.test(text))).toEqual([]);
    expect('{best, number} баллов из 100').toMatch(counted);
  });

  it('exist for every code that a Problem is given or a page asks for in src', () => {
    const src = join(import.meta.dirname, '..');
    const files = (readdirSync(src, { recursive: true }) as string[]).filter(
      (f) => /\.tsx?$/.test(f) && !f.endsWith('.spec.ts'),
    );
    const missing = files.flatMap((file) => {
      const text = readFileSync(join(src, file), 'utf8');
      // A problem's code, or a key that a page asks for by its whole name (also as one of two).
      return [...text.matchAll(/(?:new Problem|\bt)\(\s*(?:[\w.!=> ()]+\? )?'([a-z0-9_]+\.[a-z0-9_.]+)'(?!\s*\+)/g)]
        .map((match) => match[1]!)
        .filter((code) => WORDS.en[code] === undefined)
        .map((code) => `${file}: ${code}`);
    });
    expect(missing).toEqual([]);
  });
});

describe('translate', () => {
  it('counts as each language counts', () => {
    expect(translate('ru', 'field.too_many', { max: 1 })).toBe('В списке может быть не более 1 записи.');
    expect(translate('ru', 'field.too_many', { max: 5 })).toBe('В списке может быть не более 5 записей.');
    expect(translate('en', 'request.invalid', { count: 1 })).toBe('The request has a wrong field.');
    expect(translate('kk', 'field.too_few', { min: 3 })).toBe('Тізімде кемінде 3 жазба болуы керек.');
  });

  it('writes moments, days, numbers and countries as a person reads them, not as codes', () => {
    const at = { generatedAt: '2026-09-03T06:00:00.000Z', newest: '2026-09-04T06:00:00.000Z' };
    expect(plain(translate('ru', 'feed.outdated', at))).toContain('3 сентября 2026 г. в 11:00');
    expect(translate('en', 'feed.from_future', at)).toContain('September 3, 2026');
    const before = { date: '2019-01-01', first: '2023-01-01' };
    expect(plain(translate('ru', 'programme.before_first_version', before))).toMatch(
      /1 января 2019 г\..+1 января 2023/,
    );
    expect(translate('ru', 'household.phone_not_kazakhstan', { country: 'RU' })).toContain('Россия');
    expect(translate('kk', 'household.phone_not_kazakhstan', { country: 'RU' })).toContain('Ресей');
    expect(translate('en', 'record.too_long', { maxCharacters: 1_048_576 })).toContain('1,048,576');
    expect(plain(translate('ru', 'feed.truncated', { count: 21, read: 1200 }))).toMatch(/указана 21 вакансия.+1 200/);
  });

  it('answers the code itself when it has no words or a value is missing', () => {
    expect(translate('kk', 'no.such.code')).toBe('no.such.code');
    expect(translate('en', 'transition.illegal', { action: 'approve' })).toBe('transition.illegal');
  });

  it('never throws, whatever the values', () => {
    const value = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(WORDS.en)),
        fc.constantFrom(...LANGUAGES),
        fc.dictionary(fc.constantFrom('min', 'max', 'count', 'values', 'from', 'action', 'region'), value),
        (code, language, values) => typeof translate(language, code, values) === 'string',
      ),
    );
  });

  it('keeps markup in values as text', () => {
    expect(translate('en', 'field.not_one_of', { values: '<b>{x}</b>' })).toBe('Allowed values: <b>{x}</b>.');
  });
});

describe('chooseLanguage', () => {
  it.each([
    ['kk', 'kk'],
    ['ru-KZ,ru;q=0.9,en;q=0.8', 'ru'],
    ['en;q=0.3, kk;q=0.9', 'kk'],
    ['de, fr;q=0.5', 'en'],
    ['ru;q=0', 'en'],
    ['*', 'en'],
    ['ru,kk', 'ru'],
    [';;q=,,', 'en'],
  ])('%s → %s', (header, language) => {
    expect(chooseLanguage(header)).toBe(language);
  });

  it('falls back to what the caller names', () => {
    expect(chooseLanguage(undefined, 'kk')).toBe('kk');
  });
});

describe('numbers and dates', () => {
  it('are written as Kazakhstan reads them', () => {
    expect(plain(formatTenge('ru', 7_028_125))).toBe('7 028 125 ₸');
    expect(plain(formatTenge('kk', 302_750))).toBe('302 750 ₸');
    expect(plain(formatDate('kk', '2026-11-22'))).toBe('2026 ж. 22 қараша');
    expect(plain(formatDate('ru', '2026-11-22'))).toBe('22 ноября 2026 г.');
    expect(formatDate('en', new Date('2026-11-22T20:00:00Z'))).toBe('23 November 2026');
  });
});
