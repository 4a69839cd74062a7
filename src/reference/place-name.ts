import type { Language } from '../i18n/i18n.js';

/** As the classifier has it; a region has an English name of its own. */
interface PlaceNamed {
  nameKk: string;
  nameRu: string;
  nameEn?: string;
}

/** A name of the classifier as people say it: its abbreviations for cities written out, English in Latin letters where it has none. */
export function placeName(language: Language, { nameKk, nameRu, nameEn }: PlaceNamed): string {
  if (language === 'en' && nameEn !== undefined) return nameEn;
  if (language === 'kk')
    return nameKk.replace(CITY_KK, ' қаласы').replace(NAMED_KK, 'атындағы ').replace(DISTRICT_NAMED_KK, '$1аудан');
  const bare = nameRu.replace(CITY_RU, '');
  if (language === 'ru')
    return bare === nameRu ? nameRu.replace(/^Район /u, 'район ').replace(KIND_RU, '$1 ') : `г. ${bare}`;
  const named = bare.replace(VILLAGE_RU, '');
  const district = named.replace(DISTRICT_RU, '');
  return district === named ? latinOf(named) : `${latinOf(district)} district`;
}

/** The classifier's "city administration" (г.а., қ.ә.), which people call the city, and its word for a district. */
const CITY_RU = /^г\.\s*|\s+г\.\s?а\.$/iu;
const CITY_KK = /\s+қ\.\s?(ә\.)?$/iu;
/** «атын.», named after; a district's own word loses its ending behind it. */
const NAMED_KK = /атын\.\s*/u;
const DISTRICT_NAMED_KK = /(атындағы )ауданы$/u;
/** What kind of place it is, which the classifier writes to the name without a space: «с.Тимирязево». */
const VILLAGE_RU = /^с\.\s*(?=\p{Lu})/u;
const KIND_RU = /^(\p{Ll}+\.(?:\p{Ll}\.)?)(?=\p{Lu})/u;
const DISTRICT_RU = /^район\s+|\s+район$/iu;

/** Romanisation of Russian names by the BGN/PCGN table (1947), simplified to letters without diacritics, as maps print them. */
const LATIN: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n',
  о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '',
  э: 'e', ю: 'yu', я: 'ya', ә: 'a', ғ: 'g', қ: 'k', ң: 'ng', ө: 'o', ұ: 'u', ү: 'u', һ: 'h', і: 'i',
}; // prettier-ignore

export function latinOf(name: string): string {
  return [...name]
    .map((letter) => {
      const latin = LATIN[letter.toLowerCase()];
      if (latin === undefined) return letter;
      return letter === letter.toLowerCase() ? latin : latin.charAt(0).toUpperCase() + latin.slice(1);
    })
    .join('');
}
