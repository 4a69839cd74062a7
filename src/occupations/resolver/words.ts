import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemRussian } from '@orama/stemmers/russian';
import { ABBREVIATIONS, ABSENCE, GRADES, IDLE_WORDS, PLACES, STROKES } from './word-lists.js';

/** Latin letters, and a few signs, that stand for Cyrillic ones inside a Cyrillic word: the same look, another key. */
const LOOK_ALIKES: Record<string, string> = {
  a: 'а', b: 'в', c: 'с', e: 'е', h: 'һ', i: 'и', k: 'к', m: 'м', n: 'п', o: 'о', p: 'р', r: 'г', t: 'т', u: 'и',
  x: 'х', y: 'у', ə: 'а', '3': 'з', '0': 'о',
}; // prettier-ignore

/**
 * Kazakh letters as those type them who have only a Russian keyboard. Titles and labels are folded alike, so that «жүргізуші»
 * and «жургизуши» are one word.
 */
const FOLDED: Record<string, string> = {
  ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и', ё: 'е', ў: 'у', ї: 'и', є: 'е', ґ: 'г',
}; // prettier-ignore

/** Longer input is cut: no title is so long, and the time for one stays bounded. */
export const LONGEST_TITLE = 400;
const MOST_WORDS = 24;

/** Driving licences, which tell a lorry's driver from a bus's: their letters become the words `licb` to `licd`, `lice`. */
const DRIVES = /водит|шофер|жургизу|driver/u;
const LICENCES =
  /[\s(,]{0,3}(?:категори\p{L}{0,3}|кат|санат\p{L}{0,6}|category|права)[\s."(]{0,3}([авсдеabcde](?:[\s,.;/+и]{0,3}[авсдеabcde]){0,4})(?!\p{L})[\s)]{0,2}|(?<!\p{L})([авсдеabcde](?:[\s,.;/+]{0,3}[авсдеabcde]){0,4})[\s")]{0,3}(?:санат|категори|категор)\p{L}{0,6}/gu;
const LICENCE_LETTERS: Record<string, string> = {
  а: 'a',
  в: 'b',
  с: 'c',
  д: 'd',
  е: 'e',
  a: 'a',
  b: 'b',
  c: 'c',
  d: 'd',
  e: 'e',
};

function licenceWords(text: string): string {
  if (!DRIVES.test(text)) return text;
  return text.replace(LICENCES, (_, after: string | undefined, before: string | undefined) => {
    const letters = [...(after ?? before ?? '')].flatMap((letter) => LICENCE_LETTERS[letter] ?? []);
    const highest = letters.sort().findLast((letter) => letter !== 'e') ?? 'c';
    return ` lic${highest} `;
  });
}

/** The driving licence that a driver's title asks for: `B`, `C`, `CE`, `D`, `DE`; null when it writes none. */
export function licenceOf(title: string): string | null {
  const text = `${foldText(title.slice(0, LONGEST_TITLE))} `;
  if (!DRIVES.test(text)) return null;
  const letters = [...text.matchAll(LICENCES)].flatMap(([, after, before]) =>
    [...(after ?? before ?? '')].flatMap((letter) => LICENCE_LETTERS[letter] ?? []),
  );
  const highest = letters
    .filter((letter) => letter !== 'e')
    .sort()
    .at(-1);
  const trailer = letters.includes('e') ? 'E' : '';
  if (highest === undefined) return trailer === '' ? null : 'CE';
  return `${highest.toUpperCase()}${trailer}`;
}

/** «Кара жұмыс» is a trade of its own, while «жұмыс» alone is what everybody looks for; a «рабочий день» is no worker. */
const UNSKILLED = /(?<!\p{L})кара жумыс(?!\p{L})/gu;
const WORKING_DAY = /(?<!\p{L})рабоч(?:ий|его|ем) (?:день|дня|места?|времени|график\p{L}?)(?!\p{L})/gu;

/** «мастер п/о», «м/с», «I&C»; a stroke divides parts everywhere else. */
const STROKE = /(?<![\p{L}/])\p{L}[/&]\p{L}{1,6}(?![\p{L}/])/gu;

/** «нач. кл.»: «нач» alone is a head of something. */
const PRIMARY = /(?<!\p{L})нач[а-я]{0,7}[.\s-]{1,3}кл[а-я]{0,5}(?!\p{L})/gu;

/** «ОТ и ТБ» and «по ОТ»: «от» alone is a preposition. */
const SAFETY = /(?<!\p{L})(?:от\s?(?:и|,|&)?\s?(?:тб|пб|ос)|по от|отитб|енбекти коргау жане тк)(?!\p{L})/gu;

/** «ТОО \"Алтын Дән\"», «\"ҚазМұнайСервис\" ЖШС»: the name of an employer says what it is called, not what is done there. */
const LEGAL_FORM =
  '(?:тоо|ип|ао|ооо|гкп|гккп|кгп|кгу|гу|ргу|рго|ргп|чу|оо|кх|фх|жшс|жк|ақ|ак|кмм|мкк|мккк|кмк|шжқ|шжк|рмк|рмм|ққ|llp|jsc|ltd)';
const EMPLOYER = new RegExp(
  `(?<!\\p{L})${LEGAL_FORM}(?: на пхв| на праве хозяйственного ведения)?\\s{0,2}(?:«[^»]{1,60}»|"[^"]{1,60}"|“[^”]{1,60}”)|(?:«[^«»]{1,60}»|"[^"]{1,60}"|“[^“”]{1,60}”)\\s{0,2}(?:шжқ |шжк )?${LEGAL_FORM}(?!\\p{L})`,
  'giu',
);

/** Of those who head an employer its name tells what they head: «директор ГККП \"Ясли-сад\"». */
const HEADS =
  /директор|руковод|заведующ|начальник|главврач|главный врач|меңгеруш|басшы|бас дәрігер|director|head|зав\.|зам\./iu;

const withoutEmployer = (title: string): string =>
  /[«"“]/u.test(title) && !HEADS.test(title) ? title.replace(EMPLOYER, ' ') : title;

/** What «эл.» is written out as: the beginning of the word that follows it. */
const BEGINNING = 'электро';

export interface TitleWords {
  /** Folded words in their order, without grades, conditions and other idle words. */
  words: string[];
  /** For each word the part of the title it stands in: parts are divided by commas, slashes, brackets and the like. */
  parts: number[];
}

/**
 * The telling words of a title: lower case, Kazakh letters folded, look-alikes put right, abbreviations written out, grades,
 * rates, hours and numbers away. Takes any text; linear in its length.
 */
export function wordsOf(title: string): TitleWords {
  const folded = `${foldText(withoutEmployer(title.slice(0, LONGEST_TITLE)).replaceAll('№', ' '))} `;
  const plain = licenceWords(
    folded
      .replace(ABSENCE, ' ')
      .replace(STROKE, (stroke) => STROKES.get(stroke) ?? stroke)
      .replace(SAFETY, ' охране труда ')
      .replace(PRIMARY, ' начальных классов ')
      .replace(UNSKILLED, ' кара жумысшы ')
      .replace(WORKING_DAY, ' '),
  );
  const words: string[] = [];
  const parts: number[] = [];
  let part = 0;
  for (const piece of plain.split(/[(),;/\\|+&•\n]| - | – | — /u)) {
    let begun = '';
    for (const word of piece.replace(GRADES, ' ').split(/[^\p{L}\p{N}]+/u)) {
      const written = begun + (ABBREVIATIONS.get(word) ?? word);
      // «эл. монтер» is an «электромонтер».
      begun = written === BEGINNING ? BEGINNING : '';
      if (begun !== '') continue;
      for (const whole of written.split(' ')) {
        if (whole.length < 2 || (/^\p{N}/u.test(whole) && whole !== '1с') || IDLE_WORDS.has(whole) || PLACES.has(whole))
          continue;
        if (words.length === MOST_WORDS) return { words, parts };
        words.push(whole);
        parts.push(part);
      }
    }
    part += 1;
  }
  return { words, parts };
}

/** Every word of a text, folded; nothing is left out. */
export function foldedWords(text: string): string[] {
  return foldText(text.slice(0, LONGEST_TITLE))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Lower case with every letter folded; dots of abbreviations divide words («эл.монтер»), quotes go. */
function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[«»"'`’“”„]/gu, '')
    .replace(/[\p{L}\p{N}]+/gu, foldWord);
}

/** Folded letters by the code of the letter; 0: itself. Every letter that is folded lies below U+0530. */
const FOLDED_CODES = new Uint16Array(0x530);
for (const [letter, folded] of Object.entries({ ...LOOK_ALIKES, ...FOLDED }))
  FOLDED_CODES[letter.charCodeAt(0)] = folded.charCodeAt(0);

function foldWord(word: string): string {
  if (!/\p{Script=Cyrillic}/u.test(word)) return word;
  let folded = '';
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    const other = code < FOLDED_CODES.length ? FOLDED_CODES[code]! : 0;
    folded += other === 0 ? word[i] : String.fromCharCode(other);
  }
  return folded;
}

/** Cyrillic letters, folded, of what is written in Latin ones: Russian and Kazakh as people and as the drafts of the new alphabet spell them. */
const SPELT: readonly (readonly [string, string])[] = [
  ['shch', 'щ'], ['sch', 'щ'], ['sh', 'ш'], ['ch', 'ч'], ['zh', 'ж'], ['kh', 'х'], ['ts', 'ц'], ['gh', 'г'], ['ng', 'н'],
  ['yo', 'е'], ['yu', 'ю'], ['ya', 'я'], ['ia', 'ия'], ['a', 'а'], ['b', 'б'], ['c', 'ц'], ['d', 'д'], ['e', 'е'], ['f', 'ф'],
  ['g', 'г'], ['h', 'х'], ['i', 'и'], ['j', 'ж'], ['k', 'к'], ['l', 'л'], ['m', 'м'], ['n', 'н'], ['o', 'о'], ['p', 'п'],
  ['q', 'к'], ['r', 'р'], ['s', 'с'], ['t', 'т'], ['u', 'у'], ['v', 'в'], ['w', 'у'], ['x', 'х'], ['y', 'ы'], ['z', 'з'],
  ['ä', 'а'], ['á', 'а'], ['ə', 'а'], ['ğ', 'г'], ['ǵ', 'г'], ['ı', 'и'], ['ñ', 'н'], ['ń', 'н'], ['ŋ', 'н'], ['ö', 'о'], ['ó', 'о'],
  ['ü', 'у'], ['ú', 'у'], ['ū', 'у'], ['ý', 'у'], ['ş', 'ш'], ['ç', 'ч'], ['ī', 'и'],
]; // prettier-ignore
const SPELT_LETTERS: ReadonlyMap<string, string> = new Map(SPELT);
const LONGEST_SPELT = 4;

/** What a word in Latin letters may be in Cyrillic ones, folded, the likelier first; none for other words. */
export function inCyrillic(word: string): string[] {
  if (!/^\p{Script=Latin}+$/u.test(word)) return [];
  let spelt = '';
  for (let at = 0; at < word.length;) {
    let length = LONGEST_SPELT;
    while (length > 0 && !SPELT_LETTERS.has(word.slice(at, at + length))) length -= 1;
    if (length === 0) return [];
    spelt += SPELT_LETTERS.get(word.slice(at, at + length))!;
    at += length;
  }
  // «y» is й after a vowel, and ы otherwise; «e» that begins a word is э as often as е; at the end of a Russian word «y» may be ий.
  const likely = spelt.replace(/(?<=[аеиоуыэюя])ы/gu, 'й');
  return [
    ...new Set([likely, spelt, likely.replace(/^е/u, 'э'), spelt.replaceAll('ы', 'и'), likely.replaceAll('х', 'г')]),
  ];
}

/** Kazakh endings as they stand after folding, outermost first; what is left keeps three letters at least. */
const KAZAKH_ENDINGS: readonly (readonly string[])[] = [
  ['дагы', 'деги', 'тагы', 'теги', 'ндагы', 'ндеги'],
  ['нын', 'нин', 'дын', 'дин', 'тын', 'тин', 'ына', 'ине', 'сына', 'сине', 'ында', 'инде', 'сында', 'синде', 'ынан', 'инен',
   'дан', 'ден', 'тан', 'тен', 'нан', 'нен', 'мен', 'бен', 'пен', 'га', 'ге', 'ка', 'ке', 'да', 'де', 'та', 'те',
   'ны', 'ни', 'ды', 'ди', 'ты', 'ти'],
  ['лары', 'лери', 'дары', 'дери', 'тары', 'тери', 'сы', 'си'],
  ['ы', 'и'],
  ['лар', 'лер', 'дар', 'дер', 'тар', 'тер'],
]; // prettier-ignore

/** A Kazakh word without its case, its possessive and its plural. The word is folded. */
export function stemKazakh(word: string): string {
  let stem = word;
  for (const endings of KAZAKH_ENDINGS) {
    const ending = endings.find((one) => stem.endsWith(one) && stem.length - one.length >= 3);
    if (ending !== undefined) stem = stem.slice(0, -ending.length);
  }
  return stem;
}

/** The stem of a folded word in a language. Words in Latin letters are stemmed as English in all of them. */
export function stemOf(word: string, language: 'kk' | 'ru' | 'en'): string {
  if (/^[a-z]+$/u.test(word)) return word.length > 3 ? stemEnglish(word) : word;
  return language === 'kk' ? stemKazakh(word) : stemRussian(word);
}
