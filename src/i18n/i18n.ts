import { IntlMessageFormat, type Formats } from 'intl-messageformat';
import { type Language } from './language.js';
import { en } from './locales/en.js';
import { kk } from './locales/kk.js';
import { ru } from './locales/ru.js';

export { LANGUAGES, chooseLanguage, isLanguage, type Language } from './language.js';

/** Values of a message's arguments, as ICU calls what stands in its braces. Calendar dates may come as `YYYY-MM-DD`; a `country` as its ISO 3166-1 code. */
export type MessageValues = Record<string, string | number | boolean | Date | null | undefined>;

/** Every word of the program: dotted code → ICU MessageFormat text, by language. */
export const WORDS: Record<Language, Readonly<Record<string, string>>> = { kk, ru, en };

const TIME_ZONE = 'Asia/Almaty';

/** Named formats for messages: `{pay, number, tenge}`, `{on, date, day}`, `{at, date, moment}`. */
const FORMATS: Partial<Formats> = {
  number: { tenge: { style: 'currency', currency: 'KZT', currencyDisplay: 'narrowSymbol', maximumFractionDigits: 0 } },
  date: {
    day: { dateStyle: 'long', timeZone: TIME_ZONE },
    moment: { dateStyle: 'long', timeStyle: 'short', timeZone: TIME_ZONE },
  },
};

/** Plain text, as the parser of messages numbers what they are made of. */
const LITERAL = 0;

interface Compiled {
  format: IntlMessageFormat;
  /** The whole text of a message without arguments; null for one with some. */
  plain: string | null;
  /** Arguments printed as dates: only these turn a `YYYY-MM-DD` into a date. */
  dates: Set<string>;
}

const compiled: Record<Language, Map<string, Compiled>> = { kk: new Map(), ru: new Map(), en: new Map() };

function compile(language: Language, code: string, text: string): Compiled {
  let words = compiled[language].get(code);
  if (!words) {
    const format = new IntlMessageFormat(text, language, FORMATS, { ignoreTag: true });
    words = {
      format,
      plain: format.getAst().every(({ type }) => type === LITERAL) ? String(format.format()) : null,
      dates: new Set(
        argumentsOf(format)
          .filter((p) => p.kind === 'date')
          .map((p) => p.name),
      ),
    };
    compiled[language].set(code, words);
  }
  return words;
}

/** Every argument of a message with what it holds, nested plural and select branches included. */
export function argumentsOf(
  format: IntlMessageFormat,
): { name: string; kind: 'text' | 'number' | 'date' | 'choice' }[] {
  type Element = ReturnType<IntlMessageFormat['getAst']>[number];
  const KINDS: Partial<Record<number, 'text' | 'number' | 'date' | 'choice'>> = {
    1: 'text',
    2: 'number',
    3: 'date',
    4: 'date',
    5: 'choice',
    6: 'choice',
  };
  const walk = (elements: Element[]): { name: string; kind: 'text' | 'number' | 'date' | 'choice' }[] =>
    elements.flatMap((element) => {
      const kind = KINDS[element.type];
      const own = kind && 'value' in element ? [{ name: String(element.value), kind }] : [];
      return 'options' in element ? [...own, ...Object.values(element.options).flatMap((o) => walk(o.value))] : own;
    });
  return walk(format.getAst());
}

/**
 * The words of a code in a language. Never throws: an error message must not fail while it is written, so an unknown
 * code, or words whose values are missing, answer the code itself (the spec finds unknown codes before a user does).
 */
export function translate(language: Language, code: string, values: MessageValues = {}): string {
  const text = WORDS[language][code];
  if (text === undefined) return code;
  try {
    const { format, plain, dates } = compile(language, code, text);
    return plain ?? String(format.format(fillable(language, values, dates)));
  } catch {
    return code;
  }
}

/** True when a code has words. */
export function hasWords(code: string): boolean {
  return WORDS.en[code] !== undefined;
}

const CALENDAR_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** 07:00 UTC is noon in Kazakhstan: the same calendar day here and there. */
const noonInKazakhstan = (date: string): Date => new Date(`${date}T07:00:00Z`);

/** The name of a country by its ISO 3166-1 code; a text that is none stays as it is. */
function countryName(language: Language, code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
}

function fillable(
  language: Language,
  values: MessageValues,
  dates: Set<string>,
): Record<string, string | number | boolean | Date> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (value === null || value === undefined) return [name, '–'];
      if (typeof value === 'string' && dates.has(name))
        return [name, CALENDAR_DATE.test(value) ? noonInKazakhstan(value) : new Date(value)];
      if (typeof value === 'string' && name === 'country') return [name, countryName(language, value)];
      return [name, value];
    }),
  );
}

const LOCALES: Record<Language, string> = { kk: 'kk-KZ', ru: 'ru-KZ', en: 'en-GB' };

/** Making a formatter costs a hundred times what using one does. */
const tengeFormats = new Map<Language, Intl.NumberFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<Language, Intl.DateTimeFormat>();

/** Whole tenge as a person reads them: `7 028 125 ₸`. */
export function formatTenge(language: Language, tenge: number): string {
  let format = tengeFormats.get(language);
  if (format === undefined) {
    format = new Intl.NumberFormat(LOCALES[language], FORMATS.number!['tenge']);
    tengeFormats.set(language, format);
  }
  return format.format(tenge);
}

/** A number with the language's separators: `1 234 567,5`. */
export function formatNumber(language: Language, value: number, options?: Intl.NumberFormatOptions): string {
  const key = options === undefined ? language : `${language} ${JSON.stringify(options)}`;
  let format = numberFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(LOCALES[language], options);
    numberFormats.set(key, format);
  }
  return format.format(value);
}

/** A calendar date (`YYYY-MM-DD`) or the Kazakhstan date of an instant, in words. */
export function formatDate(language: Language, date: string | Date): string {
  const at = typeof date === 'string' ? noonInKazakhstan(date) : date;
  let format = dateFormats.get(language);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: TIME_ZONE });
    dateFormats.set(language, format);
  }
  return format.format(at);
}
