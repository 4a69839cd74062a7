import { LANGUAGES, type Language, formatTenge, translate } from '../../i18n/i18n.js';
import { spanInWords } from './money-blocks.js';
import type { PageContext } from './page-context.js';

const reading = (language: Language): PageContext =>
  ({
    t: (code: string, values) => translate(language, code, values),
    tenge: (amount: number) => formatTenge(language, amount),
  }) as PageContext;

const plain = (text: string): string => text.replace(/\s/gu, ' ');

describe('what is left of a month', () => {
  const words = (language: Language, min: number | null, max: number | null): string =>
    plain(spanInWords(reading(language), { min, max }));

  it.each([
    ['kk', -61_620, null, 'ең көбі 61 620 ₸ жетпейді'],
    ['ru', -61_620, null, 'не хватает не больше 61 620 ₸'],
    ['en', -61_620, null, 'at most ₸61,620 short'],
    ['kk', null, -648, 'кемінде 648 ₸ жетпейді'],
    ['ru', null, -648, 'не хватает не меньше 648 ₸'],
    ['en', null, -648, 'at least ₸648 short'],
    ['kk', -61_620, 20_000, '61 620 ₸ жетпеуі де, 20 000 ₸ қалуы да мүмкін'],
    ['ru', -61_620, 20_000, 'от нехватки 61 620 ₸ до остатка 20 000 ₸'],
    ['en', -61_620, 20_000, 'between ₸61,620 short and ₸20,000 left'],
    ['kk', -61_620, 0, 'ең көбі 61 620 ₸ жетпейді'],
    ['kk', -66_644, -14_644, '14 644 ₸ – 66 644 ₸ жетпейді'],
    ['kk', 0, null, 'кемінде 0 ₸'],
    ['kk', 5_000, null, 'кемінде 5 000 ₸'],
    ['kk', 5_000, 7_000, '5 000 ₸ – 7 000 ₸'],
    ['kk', null, 7_000, 'ең көбі 7 000 ₸'],
  ] as const)('%s: from %p to %p is «%s»', (language, min, max, expected) => {
    expect(words(language, min, max)).toBe(expected);
  });

  it('never writes a sum below zero, which would stand beside a «short» as its contrary', () => {
    for (const language of LANGUAGES)
      for (const min of [null, -9, -1, 0, 4])
        for (const max of [null, -1, 0, 4, 9])
          if (min === null || max === null || min <= max) expect(words(language, min, max)).not.toMatch(/[-−]\s?₸?\d/);
  });
});
