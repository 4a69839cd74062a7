import type { Education, Employment, Experience, Schedule } from '../connector.js';

/**
 * Enbek's own code ids and words ↔ ours. The ids stand in the filters of enbek.kz's search page (read 2026-09-03); they mix
 * ASCII, `$` and Cyrillic letters. Words are given in Russian and Kazakh as the pages write them, compared without case.
 */

/** `region_id`: the first two digits of KATO, the 20 regions since June 2022. */
export const ENBEK_REGION_IDS: ReadonlySet<number> = new Set([
  10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79,
]);

const EMPLOYMENT_IDS: Record<string, Employment> = {
  '00000$55ПО': 'permanent',
  '00000$55ВО': 'temporary',
  '00000$55ПС': 'seasonal',
  '00000$55ДИ': 'remote',
};

const SCHEDULE_IDS: Record<string, Schedule> = {
  '00000$591': 'full_day',
  '00000$592': 'part_day',
  '00000$593': 'part_week',
  '00000$594': 'home',
  '00000$595': 'rotation',
  '00000$596': 'shifts',
  '00000$599': 'other',
};

const EDUCATION_IDS: Record<string, Education> = {
  '00000$24ПВ': 'postgraduate',
  '00000$24В': 'higher',
  '00000$24СС': 'post_secondary',
  '00000$24СП': 'vocational',
  '00000$24СО': 'general_secondary',
  '00000$24СН': 'basic_secondary',
};

const EXPERIENCE_IDS: Record<string, Experience> = { e0: 'any', e1: 'none', e2: '1-3', e3: '3-5', e4: '5+' };

/** Languages as ISO 639-1. The public list of ids shows the ten most frequent only. */
const LANGUAGE_IDS: Record<string, string> = {
  '00000$46КАЗ': 'kk',
  '00000$46РУС': 'ru',
  '00000$46АНГЛ': 'en',
  '00000$46КИТ': 'zh',
  '00000$46ТУР': 'tr',
  '00000$46КОР': 'ko',
  '00000$46УЗБ': 'uz',
  '00000$46АЗЕР': 'az',
  '00000$46ИТАЛ': 'it',
  '00000$46ФИН': 'fi',
};

const LATIN_LOOKALIKES = 'ABCEHKMOPTX';
const CYRILLIC_LOOKALIKES = 'АВСЕНКМОРТХ';

/** The id with Latin letters that look Cyrillic (a hand-made file's `24B`) made Cyrillic, as Enbek has them. */
function enbekSpelling(id: string): string {
  return id.trim().replace(/[A-Z]/g, (letter) => CYRILLIC_LOOKALIKES[LATIN_LOOKALIKES.indexOf(letter)] ?? letter);
}

function byId<Word>(ids: Record<string, Word>, id: string): Word | null {
  const known = enbekSpelling(id);
  return Object.hasOwn(ids, known) ? (ids[known] ?? null) : null;
}

/** Our word for Enbek's id; null when the id is unknown. */
export const employmentOfId = (id: string): Employment | null => byId(EMPLOYMENT_IDS, id);
export const scheduleOfId = (id: string): Schedule | null => byId(SCHEDULE_IDS, id);
export const educationOfId = (id: string): Education | null => byId(EDUCATION_IDS, id);
export const experienceOfId = (id: string): Experience | null => byId(EXPERIENCE_IDS, id.trim().toLowerCase());
export const languageOfId = (id: string): string | null => byId(LANGUAGE_IDS, id);

function idOf<Word>(ids: Record<string, Word>, word: Word): string {
  const entry = Object.entries(ids).find(([, known]) => known === word);
  if (!entry) throw new RangeError(`no Enbek id for ${String(word)}`);
  return entry[0];
}

/** Enbek's id for our word, for whoever writes a feed. */
export const employmentId = (word: Employment): string => idOf(EMPLOYMENT_IDS, word);
export const scheduleId = (word: Schedule): string => idOf(SCHEDULE_IDS, word);
export const educationId = (word: Education): string => idOf(EDUCATION_IDS, word);
export const experienceId = (word: Experience): string => idOf(EXPERIENCE_IDS, word);
export const languageId = (word: string): string => idOf(LANGUAGE_IDS, word);

/** Lower case, one space, no trailing marks, ё as е: how words of pages are compared. */
export function comparable(text: string): string {
  return text
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/\s+/g, ' ')
    .replace(/^[\s•·\-–—:;,.]+|[\s:;,.]+$/g, '');
}

function firstMatch<Word>(patterns: readonly (readonly [RegExp, Word])[], text: string): Word | null {
  const word = comparable(text);
  return patterns.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

const EMPLOYMENT_WORDS: readonly (readonly [RegExp, Employment])[] = [
  [/^постоянн|^тұрақты/u, 'permanent'],
  [/^временн|^уақытша/u, 'temporary'],
  [/^сезонн|^маусымдық/u, 'seasonal'],
  [/^дистанц|^удален|^қашықтықтан|^қашықтан/u, 'remote'],
];
/** «постоянная», «тұрақты» … */
export const employmentOfWords = (text: string): Employment | null => firstMatch(EMPLOYMENT_WORDS, text);

const SCHEDULE_WORDS: readonly (readonly [RegExp, Schedule])[] = [
  [/^неполн\S* (рабоч\S* )?недел|^толық емес (жұмыс )?апта/u, 'part_week'],
  [/^неполн|^толық емес|^частичн/u, 'part_day'],
  [/^полн|^толық/u, 'full_day'],
  [/^надомн|^үйде|^үйден/u, 'home'],
  [/^вахт/u, 'rotation'],
  [/посменн|^сменн|ауысым/u, 'shifts'],
  [/^проч|^өзге|^басқа|^иное/u, 'other'],
];
/** «полный рабочий день», «толық жұмыс күні» … */
export const scheduleOfWords = (text: string): Schedule | null => firstMatch(SCHEDULE_WORDS, text);

const EDUCATION_WORDS: readonly (readonly [RegExp, Education])[] = [
  [/^послевуз|^жоғары оқу орнынан кейін/u, 'postgraduate'],
  [/^высшее|^жоғары/u, 'higher'],
  [/^послесредн|^орта білімнен кейінгі|^ортадан кейінгі/u, 'post_secondary'],
  [/^техническ|^профессионально-техн|^среднее (специальн|профессион)|^техникалық|^кәсіптік/u, 'vocational'],
  [/^основное средн|^негізгі орта/u, 'basic_secondary'],
  [/^общее средн|^среднее|^жалпы орта/u, 'general_secondary'],
];
/** «высшее», «общее среднее (с 1 по 11/12 классы)», «жоғары» … */
export const educationOfWords = (text: string): Education | null => firstMatch(EDUCATION_WORDS, text);

/**
 * The experience a page asks for: «Без опыта», «Опыт не требуется», «1 год стажа», «От 3 до 5 лет», «3 жыл өтіл».
 * One number of years falls into the band it opens: 1–2 → `1-3`, 3–4 → `3-5`, 5 and more → `5+`.
 */
export function experienceOfWords(text: string): Experience | null {
  const words = comparable(text);
  if (/не имеет значения|маңызды емес|маңызы жоқ/u.test(words)) return 'any';
  if (/без опыта|без стажа|не требуется|тәжірибесіз|өтілсіз|талап етілмейді|қажет емес/u.test(words)) return 'none';
  if (!/год|лет|года|жыл|year|стаж|өтіл/u.test(words)) return null;
  const months = /^(?:от )?(\d+)\s*(?:мес|ай)/u.exec(words);
  if (months) return Number(months[1]) === 0 ? 'none' : Number(months[1]) < 36 ? '1-3' : '3-5';
  const years = /\d+/.exec(words);
  if (!years) return null;
  return experienceOfYears(Number(years[0]));
}

/** Enbek's band for a number of years. */
export function experienceOfYears(years: number): Experience {
  if (years >= 5) return '5+';
  if (years >= 3) return '3-5';
  return years > 0 ? '1-3' : 'none';
}

const LANGUAGE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^каза[хқ]|^қазақ/u, 'kk'],
  [/^русск|^орыс/u, 'ru'],
  [/^англ|^ағылшын/u, 'en'],
  [/^кита|^қытай/u, 'zh'],
  [/^турец|^түрік/u, 'tr'],
  [/^корей|^кәріс|^корей/u, 'ko'],
  [/^узбек|^өзбек/u, 'uz'],
  [/^азерб|^әзерб|^әзірб/u, 'az'],
  [/^италь/u, 'it'],
  [/^финск|^фин тілі|^фин$/u, 'fi'],
  [/^немец|^неміс/u, 'de'],
  [/^франц/u, 'fr'],
  [/^араб/u, 'ar'],
  [/^уйгур|^ұйғыр/u, 'ug'],
  [/^киргиз|^кыргыз|^қырғыз/u, 'ky'],
  [/^испан/u, 'es'],
  [/^япон|^жапон/u, 'ja'],
];
/** ISO 639-1 of a language named in Russian or Kazakh («Казахский», «орыс тілі»); null when unknown. */
export const languageOfWords = (text: string): string | null => firstMatch(LANGUAGE_WORDS, text);

/** Enbek's 25 areas of September 2026 by their Russian names, without case. */
const AREAS: Record<string, number> = {
  руководители: 101,
  госслужба: 102,
  'it и телекоммуникации': 103,
  'hr и секретариат': 104,
  'финансы и бухучет': 105,
  'проживание и питание': 106,
  'жкх и благоустройство': 107,
  'культура и спорт': 108,
  'торговля и складирование': 109,
  'маркетинг и сми': 110,
  'транспорт и логистика': 111,
  'медицина и фармацевтика': 112,
  'социальное обслуживание': 113,
  'наука и консалтинг': 114,
  'профессии без квалификации': 115,
  'нефть, газ, добыча ресурсов': 116,
  энергетика: 117,
  'строительство и архитектура': 118,
  'образование и воспитание': 119,
  производство: 120,
  'сельское хозяйство': 121,
  'безопасность и чс': 122,
  'индивидуальные услуги и сервис': 123,
  юриспруденция: 124,
  туризм: 125,
};

/** Kazakh names of the areas by their leading words: no public list in Kazakh was seen, so unsure ones answer null. */
const AREA_WORDS_KK: readonly (readonly [RegExp, number])[] = [
  [/^басшылар/u, 101],
  [/^мемлекеттік қызмет/u, 102],
  [/^қаржы/u, 105],
  [/^мәдениет/u, 108],
  [/^сауда/u, 109],
  [/^көлік/u, 111],
  [/^медицина/u, 112],
  [/^әлеуметтік/u, 113],
  [/^ғылым/u, 114],
  [/^біліктілікті қажет етпейтін|^біліктіліксіз/u, 115],
  [/^мұнай/u, 116],
  [/^энергетика/u, 117],
  [/^құрылыс/u, 118],
  [/^білім беру|^білім және/u, 119],
  [/^өндіріс|^өнеркәсіп/u, 120],
  [/^ауыл шаруашылығы/u, 121],
  [/^қауіпсіздік/u, 122],
  [/^құқық|^заң саласы|^юриспруденция/u, 124],
  [/^туризм/u, 125],
];

/** Enbek's area 101–125 by the name on a page; null when the name is not known. */
export function areaOfWords(text: string): number | null {
  const name = comparable(text);
  return Object.hasOwn(AREAS, name) ? (AREAS[name] ?? null) : firstMatch(AREA_WORDS_KK, name);
}

/** Kazakhstan's driving categories; Cyrillic lookalikes («В», «С») become Latin. Unknown marks stay as they are, upper case. */
export function drivingCategory(text: string): string {
  const latin = text
    .trim()
    .toUpperCase()
    .replace(
      /[А-Я]/gu,
      (letter) => ({ А: 'A', В: 'B', С: 'C', Е: 'E', Д: 'D', Т: 'T', М: 'M', Б: 'B' })[letter] ?? letter,
    );
  return latin === 'TM' || latin === 'TB' ? `T${latin.slice(1).toLowerCase()}` : latin;
}
