import { titleForms } from './title.js';

export interface OccupationRow {
  /** ISCO-08 unit group, four digits. */
  isco: string;
  titleEn: string;
  titleRu: string | null;
  titleKk: string | null;
  sector: string | null;
  regulated: 'medicine' | 'teaching' | 'driving' | null;
}

export interface TitleRow {
  titleNormalised: string;
  isco: string;
}

/** `sure`: the title itself is known (or is once brackets, grade and what follows a comma are away), not only a part of it. */
export interface OccupationMatch {
  isco: string;
  sure: boolean;
}

export interface TitleIndex {
  occupations: Map<string, OccupationRow>;
  byTitle: Map<string, string[]>;
}

/** Words too general to tell the occupation: sure only in an area of the occupation's own sector. */
const GENERAL = new Set(
  `специалист маман менеджер оператор машинист инженер мастер шебер инспектор консультант техник эксперт сарапшы рабочий жұмысшы
   руководитель басшы аналитик талдаушы ведущий директор преподаватель оқытушы бригадир аппаратчик сборщик приемщик учетчик чистильщик
   specialist manager engineer operator driver`.split(/\s+/u),
);

/** The same word for another occupation in another sector. */
const READINGS: Record<string, Record<string, string>> = {
  лаборант: { medicine: '3212' },
  зертханашы: { medicine: '3212' },
  техник: { energy: '3113', construction: '3112', it: '3511' },
  администратор: { hospitality: '4224' },
  методист: { culture_sport: '3435' },
  әдіскер: { culture_sport: '3435' },
  диспетчер: { medicine: '3258', energy: '3131', utilities: '4322', manufacturing: '4322' },
  инструктор: { culture_sport: '3422', education: '3423' },
  фельдшер: { agriculture: '3240' },
  оператор: { mining: '8113', trade: '4132', finance: '4211', agriculture: '6121' },
  преподаватель: { culture_sport: '2354' },
};

/** Shorter titles are not looked for inside others: too many words contain them. */
const SHORTEST_CONTAINED = 4;

export function buildTitleIndex(occupations: OccupationRow[], titles: TitleRow[]): TitleIndex {
  const byTitle = new Map<string, string[]>();
  for (const { titleNormalised, isco } of titles) {
    const known = byTitle.get(titleNormalised);
    if (known === undefined) byTitle.set(titleNormalised, [isco]);
    else if (!known.includes(isco)) known.push(isco);
  }
  return { occupations: new Map(occupations.map((row) => [row.isco, row])), byTitle };
}

/**
 * The ISCO-08 unit group of a vacancy title: the title as it stands; without grade, brackets and what follows a comma; without
 * rank; else the longest known title inside it (not sure). `sector` is the sector of the vacancy's area, to choose between
 * readings of one word. Null when nothing is known: no guess.
 */
export function findOccupation(index: TitleIndex, title: string, sector: string | null): OccupationMatch | null {
  const forms = titleForms(title);
  for (const { form, clean } of forms) {
    const isco = choose(index, form, sector);
    if (isco !== null) return { isco, sure: clean && !isTooGeneral(index, form, isco, sector) };
  }
  const isco = longestInside(index, forms[0]?.form ?? '', sector);
  return isco === null ? null : { isco, sure: false };
}

function choose(index: TitleIndex, form: string, sector: string | null): string | null {
  const reading = sector === null ? undefined : READINGS[form]?.[sector];
  if (reading !== undefined) return reading;
  const codes = index.byTitle.get(form) ?? [];
  if (codes.length <= 1) return codes[0] ?? null;
  return codes.find((isco) => index.occupations.get(isco)?.sector === sector) ?? null;
}

function isTooGeneral(index: TitleIndex, form: string, isco: string, sector: string | null): boolean {
  return GENERAL.has(form) && index.occupations.get(isco)?.sector !== sector;
}

/** Every run of words of the title, the longest text first; among equals the earlier. */
function longestInside(index: TitleIndex, title: string, sector: string | null): string | null {
  const words = title.split(/[\s(),;/]+/u).filter((word) => word !== '').slice(0, 16); // prettier-ignore
  let best: { isco: string; length: number } | null = null;
  for (let from = 0; from < words.length; from++) {
    for (let to = words.length; to > from; to--) {
      const run = words.slice(from, to).join(' ');
      if (run.length < SHORTEST_CONTAINED || run.length <= (best?.length ?? 0) || GENERAL.has(run)) continue;
      const isco = choose(index, run, sector);
      if (isco !== null) best = { isco, length: run.length };
    }
  }
  return best?.isco ?? null;
}
