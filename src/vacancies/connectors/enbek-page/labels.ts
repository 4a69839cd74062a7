import type { CheerioAPI } from 'cheerio';
import { comparable } from '../enbek-codes.js';
import { oneLine } from '../plain-text.js';

/**
 * The labels of a vacancy page in Russian (as the pages of September 2026 have them) and Kazakh. No Kazakh page was at hand:
 * the Kazakh patterns are those words' usual official translations, by their beginnings.
 */
const LABELS = {
  employment: /^тип занятости|^вид занятости|^жұмыспен қамт|^жұмыс түрі|^еңбек түрі/u,
  schedule: /^график работы|^режим работы|^жұмыс кестесі|^жұмыс тәртібі|^жұмыс режимі/u,
  experience: /^опыт работы|^стаж(?!ир)|^жұмыс тәжірибесі|^жұмыс өтілі|^еңбек өтілі|^тәжірибе/u,
  education: /^образование|^уровень образования|^білім/u,
  openings:
    /^рабочих мест|^количество (рабочих мест|вакансий)|^жұмыс орындары|^жұмыс орындарының саны|^бос (жұмыс )?орын/u,
  openingsYouth: /^(из|в том числе).{0,8} для молодежи|^оның ішінде жастар|^жастар/u,
  duties: /^(должностные )?обязанност|^(лауазымдық )?міндет/u,
  skills: /^профессиональные навыки|^кәсіби дағды|^кәсіптік дағды/u,
  languages: /^знание языков|^владение языками|^тіл(дер)?(ді|дерді)? біл|^тілдер/u,
  driving: /водительск|жүргізуші/u,
  location: /^регион|^область|^өңір|^аймақ|^облыс/u,
  address: /^место работы|^адрес|^жұмыс орны$|^жұмыс мекенжайы|^мекенжай/u,
} as const;

/** Labels of the same pages that no field is read from. A label that is neither here nor above may be a known one in new words. */
const NOT_READ = /^условия труда|^стажировка|^личные качества/u;

export type Label = keyof typeof LABELS;
type Value = ReturnType<CheerioAPI>;

export interface Labels {
  /** The first value of each known label, as an element of the page. */
  values: Map<Label, Value>;
  /** Labels that nobody knows, as they stand on the page. */
  unknown: string[];
}

/** The labelled values of a vacancy page. */
export function readLabels($: CheerioAPI): Labels {
  const values = new Map<Label, Value>();
  const unknown: string[] = [];
  $('.label').each((_, element) => {
    const label = $(element);
    if (label.closest('.item-list').length > 0) return;
    const text = oneLine(label.text());
    const known = labelOf(text);
    if (known === null && text !== '' && !NOT_READ.test(comparable(text))) unknown.push(text);
    const beside = label.nextAll('.value');
    const value = beside.length > 0 ? beside.first() : label.nextAll().first();
    if (known !== null && !values.has(known) && value.length > 0) values.set(known, value);
  });
  return { values, unknown };
}

function labelOf(text: string): Label | null {
  const words = comparable(text);
  return (Object.keys(LABELS) as Label[]).find((name) => LABELS[name].test(words)) ?? null;
}
