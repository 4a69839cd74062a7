import { normaliseTitle, shortenedHeads, titleReadings } from './title.js';

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

/**
 * `sure`: the title itself is known (or is once grade, rate and hours are away), not only a part of it, nothing beside it speaks of
 * another occupation, and it is no word that many occupations share.
 */
export interface OccupationMatch {
  isco: string;
  sure: boolean;
}

export interface TitleIndex {
  occupations: Map<string, OccupationRow>;
  byTitle: Map<string, string[]>;
  /** Of each word that many occupations share: the unit groups of each sector whose titles hold it. */
  sharedWords: Map<string, Map<string | null, Set<string>>>;
}

/** Words too general to tell the occupation: sure only in a sector where one unit group has them; no sign of it inside a title. */
const GENERAL = new Set(
  `специалист маман менеджер оператор машинист инженер мастер шебер инспектор консультант техник эксперт сарапшы рабочий жұмысшы
   руководитель басшы аналитик талдаушы ведущий директор преподаватель оқытушы бригадир аппаратчик сборщик приемщик учетчик чистильщик
   specialist manager engineer operator driver`.split(/\s+/u),
);

/** Words of a family of occupations: as little sure alone as general ones, but they do tell something inside a longer title. */
const FAMILIES = new Set('врач дәрігер doctor учитель мұғалім teacher водитель жүргізуші'.split(' '));

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
  const known = new Map(occupations.map((row) => [row.isco, row]));
  return { occupations: known, byTitle, sharedWords: sharedWords(known, titles) };
}

const isShared = (word: string): boolean => GENERAL.has(word) || FAMILIES.has(word);

/** Kazakh titles put the word into the possessive: «автобус жүргізушісі». */
const POSSESSIVE = /с?[іы]$/u;

function sharedWords(occupations: TitleIndex['occupations'], titles: TitleRow[]): TitleIndex['sharedWords'] {
  const shared: TitleIndex['sharedWords'] = new Map();
  for (const { titleNormalised, isco } of titles) {
    const sector = occupations.get(isco)?.sector ?? null;
    for (const inTitle of titleNormalised.split(/[\s(),;/]+/u)) {
      const word = [inTitle, inTitle.replace(POSSESSIVE, '')].find(isShared);
      if (word === undefined) continue;
      const sectors = shared.get(word) ?? new Map<string | null, Set<string>>();
      shared.set(word, sectors.set(sector, (sectors.get(sector) ?? new Set()).add(isco)));
    }
  }
  return shared;
}

/**
 * The ISCO-08 unit group of a vacancy title. The title is looked up as it stands and with what it says beside itself opened; then
 * without that. Words beside it that name another occupation, or that nobody knows, make the answer unsure; beside a word that
 * many occupations share, they name the occupation. Else: the title before a slash or without its rank, the words beside it, the
 * longest known title inside it (all unsure). `sector` is the sector of the vacancy's area, to choose between readings of one
 * word. Null when nothing is known: no guess.
 */
export function findOccupation(index: TitleIndex, title: string, sector: string | null): OccupationMatch | null {
  const readings = titleReadings(title);
  for (const { head, asides } of readings) {
    const isco = choose(index, head, sector);
    if (isco === null) continue;
    const beside = asides.map((aside) => choose(index, aside, sector));
    const other = beside.find((named) => named !== null && named !== isco) ?? null;
    if (other !== null && isShared(head)) return { isco: other, sure: false };
    return { isco, sure: beside.every((named) => named === isco) && !isTooGeneral(index, head, sector) };
  }
  for (const part of [...shortenedHeads(title), ...readings.at(-1)!.asides]) {
    const isco = choose(index, part, sector);
    if (isco !== null) return { isco, sure: false };
  }
  const isco = longestInside(index, normaliseTitle(title), sector);
  return isco === null ? null : { isco, sure: false };
}

function choose(index: TitleIndex, form: string, sector: string | null): string | null {
  const reading = sector === null ? undefined : READINGS[form]?.[sector];
  if (reading !== undefined) return reading;
  const codes = index.byTitle.get(form) ?? [];
  if (codes.length <= 1) return codes[0] ?? null;
  return codes.find((isco) => index.occupations.get(isco)?.sector === sector) ?? null;
}

/** A word that many occupations share tells one only where the sector has one of them. */
function isTooGeneral(index: TitleIndex, form: string, sector: string | null): boolean {
  return isShared(form) && index.sharedWords.get(form)?.get(sector)?.size !== 1;
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
