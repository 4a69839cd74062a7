import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemRussian } from '@orama/stemmers/russian';
import { licenceWords } from './driving-licences.js';
import { DIGIT, LONGEST_TITLE, foldText, isWordy, kindOf } from './folding.js';
import { ABBREVIATIONS, ABSENCE, CONTRACTIONS, GRADES, IDLE_WORDS, MAY_GRADE, PLACES, STROKES } from './word-lists.js';

/** «Кара жұмыс» is a trade of its own, while «жұмыс» alone is what everybody looks for; a «рабочий день» is no worker. */
const UNSKILLED = /(?<!\p{L})кара жумыс(?!\p{L})/gu;
const WORKING_DAY = /(?<!\p{L})рабоч(?:ий|его|ем) (?:день|дня|места?|времени|график\p{L}?)(?!\p{L})/gu;

/** «мастер п/о», «м/с», «I&C»; a stroke divides parts everywhere else. */
const STROKE = /(?<![\p{L}/])\p{L}[/&]\p{L}{1,6}(?![\p{L}/])/gu;

/** «Со знанием каз. яз.»: what somebody should know beside the work. */
const KNOWLEDGE = /(?<!\p{L})со? (?:знани|владени)ем (?:\p{L}{2,20}[.\s]{1,2}){0,2}(?:яз\p{L}{0,4}|1с)(?!\p{L})/gu;

/** «Есіл ауданы», «Петропавл қаласы»; «с. Пресновка»; «Мамлютский р-н»: where, not what. */
const KAZAKH_PLACE = /(?<!\p{L})\p{L}{3,20} (?:каласы|ауданы|ауылы|облысы|селосы|кенти|округи)\p{L}{0,4}(?!\p{L})/gu;
const VILLAGE = /(?<!\p{L})(?:с|г|п|пос|аул)\.\s?\p{L}{3,20}/gu;
const DISTRICT = /(?<!\p{L})\p{L}{3,20}(?:ск|цк)(?:ий|ого|ому?|ая|ой|ую) (?:район|р-н|обл|город)\p{L}{0,4}(?!\p{L})/gu;

/** «рук-ль», «упр-я»: the beginning and the end of a word. */
const CONTRACTION = /(?<![\p{L}-])\p{L}{1,8}-\p{L}{1,4}(?![\p{L}-])/gu;

/** «инженерПТО»: where small letters turn into capitals, another word begins. */
const JOINT = /(?<=[а-яёәғқңөұүһі]{3})(?=[А-ЯЁӘҒҚҢӨҰҮҺІ]{2})/gu;

/** «нач. кл.»: «нач» alone is a head of something. */
const PRIMARY = /(?<!\p{L})нач[а-я]{0,7}[.\s-]{1,3}кл[а-я]{0,5}(?!\p{L})/gu;

/** «Учитель 1-4 классов», «3-сынып мұғалімі»: which classes somebody teaches is no grade of theirs. */
const TEACHES = /учител|мугалим/u;
const FIRST_CLASSES =
  /(?<![\p{L}\p{N}-])[0-4](?:\s?-?\s?(?:го|х|й|ши|[1-4]))?\s?-?\s?(класс|сынып)\p{L}{0,5}(?![\p{L}\p{N}])/gu;

/** «Социальный работник на дому» cares for people in their homes; others who work «на дому» only stay in their own. */
const CARE = /соц|уход|сидел/u;
const AT_HOME = /(?<!\p{L})на дому(?!\p{L})/gu;

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

/** Titles come out of pages with their markup; what a script or a style says is no title at all. */
const SCRIPT = /<(script|style)(?!\p{L})[^<>]{0,200}>[^<]{0,400}/giu;
const TAG = /<[/!]?[a-z][^<>]{0,200}>?|&(?:[a-z]{2,8}|#\d{1,6});/giu;
/** Addresses name a site or a person. */
const ADDRESS = /(?:https?:\/\/|www\.)\S{1,300}|[\w.+-]{1,60}@[\w.-]{1,60}/giu;

const withoutMarkup = (title: string): string =>
  /[<&@]|\/\/|www/u.test(title) ? title.replace(SCRIPT, ' ').replace(TAG, ' ').replace(ADDRESS, ' ') : title;

const withoutEmployer = (title: string): string =>
  /[«"“]/u.test(title) && !HEADS.test(title) ? title.replace(EMPLOYER, ' ') : title;

/** What «эл.» and «эн.» are written out as: the beginning of the word that follows. */
const BEGINNINGS: ReadonlySet<string> = new Set(['электро', 'энерго']);

const MOST_WORDS = 24;

export interface TitleWords {
  /** Folded words in their order, without grades, conditions and other idle words. */
  words: string[];
  /** For each word the part of the title it stands in: parts are divided by commas, slashes, brackets and the like. */
  parts: number[];
  /** For each word whether a full stop follows it: people cut words short by one. */
  cut: boolean[];
}

/**
 * The telling words of a title: lower case, Kazakh letters folded, look-alikes put right, abbreviations written out, grades,
 * rates, hours and numbers away. Takes any text; linear in its length.
 */
export function wordsOf(title: string): TitleWords {
  const text = withoutConditions(
    `${foldText(
      withoutEmployer(withoutMarkup(title.slice(0, LONGEST_TITLE)))
        .replaceAll('№', ' ')
        .replace(JOINT, ' '),
    )} `,
  );
  const found: TitleWords = { words: [], parts: [], cut: [] };
  if (!MAY_GRADE.test(text)) {
    addWords(found, text, 0);
    return found;
  }
  let part = 0;
  for (const piece of text.split(/[(),;/\\|+&•\n]| - | – | — /u)) {
    addWords(found, piece.replace(GRADES, ' '), part);
    part += 1;
  }
  return found;
}

/** Says in the words of the labels what has its own way of writing, and leaves away why and when somebody is sought. */
function withoutConditions(folded: string): string {
  let text = folded;
  // Most titles have nothing of all this, and to see so costs less than to look for it.
  if (/отпуск|декрет/u.test(text)) text = text.replace(ABSENCE, ' ');
  if (/[/&]/u.test(text)) text = text.replace(STROKE, (stroke) => STROKES.get(stroke) ?? stroke);
  if (/(?:сы|ны|лы|нти|уги)/u.test(text)) text = text.replace(KAZAKH_PLACE, ' ');
  if (/[сгпл]\./u.test(text)) text = text.replace(VILLAGE, ' ');
  if (/ со? (?:зна|вла)/u.test(text)) text = text.replace(KNOWLEDGE, ' ');
  if (/р-н|район|обл|город/u.test(text)) text = text.replace(DISTRICT, ' ');
  if (text.includes('-')) text = text.replace(CONTRACTION, (short) => CONTRACTIONS.get(short) ?? short);
  if (/от|енбекти/u.test(text)) text = text.replace(SAFETY, ' охране труда ');
  if (TEACHES.test(text)) {
    text = text.replace(FIRST_CLASSES, (_, word) => (word === 'класс' ? ' начальных классов ' : ' бастауыш '));
  }
  if (text.includes('нач')) text = text.replace(PRIMARY, ' начальных классов ');
  if (text.includes('на дому') && CARE.test(text)) text = text.replace(AT_HOME, 'надомный');
  if (text.includes('кара ')) text = text.replace(UNSKILLED, ' кара жумысшы ');
  if (text.includes('рабоч')) text = text.replace(WORKING_DAY, ' ');
  return licenceWords(text);
}

const DIVIDERS = new Set(Array.from('(),;/\\|+&•\n', (sign) => sign.charCodeAt(0)));
const DASHES = new Set(Array.from('-–—', (sign) => sign.charCodeAt(0)));
const SPACE = 0x20;
const STOP = 0x2e;

/** Adds the words of a text whose first part has the number `firstPart`. */
function addWords(found: TitleWords, text: string, firstPart: number): void {
  let part = firstPart;
  let from = -1;
  let begun = '';
  // The end of the last sign that divided parts: a space belongs to one dash only.
  let divided = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : SPACE;
    if (isWordy(kindOf(code))) {
      if (from < 0) from = i;
      continue;
    }
    if (from >= 0) {
      begun = addWord(found, begun, text.slice(from, i), part, code === STOP);
      from = -1;
    }
    const isDash =
      DASHES.has(code) && i > divided && text.charCodeAt(i - 1) === SPACE && text.charCodeAt(i + 1) === SPACE;
    if (!isDash && !DIVIDERS.has(code)) continue;
    divided = isDash ? i + 2 : i + 1;
    begun = '';
    part += 1;
  }
}

/** Adds what a word is written out as; answers the beginning that the next word completes. */
function addWord({ words, parts, cut }: TitleWords, begun: string, word: string, part: number, isCut: boolean): string {
  const written = begun + (ABBREVIATIONS.get(word) ?? word);
  // «эл. монтер» is an «электромонтер».
  if (BEGINNINGS.has(written)) return written;
  for (const whole of written.includes(' ') ? written.split(' ') : [written]) {
    if (words.length < MOST_WORDS && isTelling(whole)) {
      words.push(whole);
      parts.push(part);
      cut.push(isCut && whole === word);
    }
  }
  return '';
}

const SILENT = new Set([...IDLE_WORDS, ...PLACES]);

/** «Оператор 112», «1С», «3D»: who answers calls is no operator of a line. */
const TELLING_NUMBERS: ReadonlySet<string> = new Set(['1с', '1c', '3d', '3д', '101', '102', '103', '109', '112']);

function isTelling(word: string): boolean {
  if (word.length < 2 || (kindOf(word.charCodeAt(0)) === DIGIT && !TELLING_NUMBERS.has(word))) return false;
  return !SILENT.has(word);
}

/** Cyrillic letters, folded, of what is written in Latin ones: Russian and Kazakh as people and as the drafts of the new alphabet spell them. */
const SPELT: readonly (readonly [string, string])[] = [
  ['shch', 'щ'], ['sch', 'щ'], ['tsh', 'тш'], ['sh', 'ш'], ['ch', 'ч'], ['zh', 'ж'], ['kh', 'х'], ['ts', 'ц'], ['gh', 'г'], ['ng', 'н'],
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
  // «y» is й after a vowel, and ы otherwise, and «i» may be й there too; «e» that begins a word is э as often as е; at the end of a Russian
  // word «y» may be ий.
  const likely = spelt.replace(/(?<=[аеиоуыэюя])ы/gu, 'й');
  return [
    ...new Set([
      likely,
      spelt,
      likely.replace(/^е/u, 'э'),
      likely.replace(/(?<=[аеоуыэюя])и/gu, 'й'),
      spelt.replaceAll('ы', 'и'),
      likely.replaceAll('х', 'г'),
    ]),
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
