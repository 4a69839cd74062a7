import { PRINTED_TABLE_1 } from '../../programme/groupings.js';
import { groupBy } from '../../shared/group-by.js';
import type { Education, Employment, Schedule } from '../../vacancies/connector.js';
import { type Chance, seededChance } from '../../shared/chance.js';
import { DEMO_OCCUPATIONS, type DemoOccupation } from './demo-occupations.js';

/** A settlement where a demo vacancy may stand, with the words Enbek would use for it. */
export interface DemoPlace {
  kato: string;
  regionCode: string;
  /** As Enbek writes it: `Павлодарская область, Иртышский район, с.Каракудук`. */
  location: string;
  settlementType: 'urban' | 'rural';
  /** Whether the words alone find the place; otherwise the record must carry its code. */
  wordsSuffice: boolean;
}

export interface DemoSurroundings {
  places: readonly DemoPlace[];
  /** Average pay of a region against the country's, around 1. */
  payIndexOf(regionCode: string): number;
  /** The day of the feed, `YYYY-MM-DD`. */
  today: string;
}

/** One line of an enbek-feed file. */
export type FeedRecord = Record<string, unknown> & { id: string };

const SECTOR_AREAS = { education: [119, 114], medicine: [112], agriculture: [121] } as const;

/** All vacancies of the demo: the 4,684 of Table 1 and the other areas beside them. */
export const DEMO_VACANCIES = 12_000;

/**
 * On the exchange an advertisement stands 31 or 91 days. A demo is loaded once and looked at for as long as its database is
 * kept: were its vacancies to end like real ones, Table 1 would be short on the third day and empty after three months.
 */
const VALID_DAYS = 10 * 365;

/** Advertisements by area and by region on enbek.kz on 2026-09-03, as its search page counted them. */
export const ADS_BY_AREA: Record<number, number> = {
  101: 460, 102: 544, 103: 739, 104: 1124, 105: 1533, 106: 979, 107: 1102, 108: 1254, 109: 1544, 110: 214, 111: 2137,
  113: 311, 115: 3399, 116: 411, 117: 920, 118: 1365, 120: 3477, 122: 586, 123: 613, 124: 271, 125: 80,
}; // prettier-ignore
export const ADS_BY_REGION: Record<string, number> = {
  'KZ-71': 5134, 'KZ-75': 6948, 'KZ-79': 1706, 'KZ-11': 2771, 'KZ-15': 2113, 'KZ-19': 2237, 'KZ-23': 2191, 'KZ-63': 3680,
  'KZ-31': 2182, 'KZ-27': 2429, 'KZ-35': 4282, 'KZ-39': 3154, 'KZ-43': 455, 'KZ-47': 1028, 'KZ-10': 2262, 'KZ-33': 1284,
  'KZ-62': 957, 'KZ-55': 3003, 'KZ-59': 1972, 'KZ-61': 1517,
}; // prettier-ignore

/** Regions short of labour, where the demo's employers more often offer housing and help with the move. */
const NORTH = new Set(['KZ-59', 'KZ-63', 'KZ-39', 'KZ-11', 'KZ-55', 'KZ-35', 'KZ-10', 'KZ-62']);

const EMPLOYMENT_IDS: Record<Employment, string> = {
  permanent: '00000$55ПО',
  temporary: '00000$55ВО',
  seasonal: '00000$55ПС',
  remote: '00000$55ДИ',
};
const SCHEDULE_IDS: Record<Schedule, string> = {
  full_day: '00000$591',
  part_day: '00000$592',
  part_week: '00000$593',
  home: '00000$594',
  rotation: '00000$595',
  shifts: '00000$596',
  other: '00000$599',
};
const EDUCATION_IDS: Record<Education, string> = {
  postgraduate: '00000$24ПВ',
  higher: '00000$24В',
  post_secondary: '00000$24СС',
  vocational: '00000$24СП',
  general_secondary: '00000$24СО',
  basic_secondary: '00000$24СН',
};

interface Cell {
  regionCode: string;
  areaId: number;
}

/** Which region and area each demo vacancy belongs to: Table 1 to the cell, then the other areas at Enbek's shares. */
export function demoCells(chance: Chance): Cell[] {
  const paper = Object.entries(PRINTED_TABLE_1).flatMap(([regionCode, row]) =>
    (Object.keys(SECTOR_AREAS) as (keyof typeof SECTOR_AREAS)[]).flatMap((sector) => {
      const [main, second] = SECTOR_AREAS[sector];
      // Science and consulting stood beside education at 314 to 15,695 advertisements.
      const seconds = second === undefined ? 0 : Math.round((row[sector] * 314) / (314 + 15_695));
      return Array.from({ length: row[sector] }, (_, i) => ({ regionCode, areaId: i < seconds ? second! : main }));
    }),
  );
  const areas = sharesOf(ADS_BY_AREA, DEMO_VACANCIES - paper.length).flatMap(([areaId, n]) =>
    Array.from({ length: n }, () => Number(areaId)),
  );
  const regions = chance.shuffle(
    sharesOf(ADS_BY_REGION, areas.length).flatMap(([regionCode, n]) => Array.from({ length: n }, () => regionCode)),
  );
  return [...paper, ...areas.map((areaId, i) => ({ areaId, regionCode: regions[i]! }))];
}

/** Splits `total` in proportion to the weights, to the unit, by largest remainders. */
export function sharesOf(weights: Record<string, number>, total: number): [string, number][] {
  const sum = Object.values(weights).reduce((a, b) => a + b, 0);
  const exact = Object.entries(weights).map(([key, weight]) => ({ key, share: (weight * total) / sum }));
  const missing = total - exact.reduce((n, { share }) => n + Math.floor(share), 0);
  const roundedUp = new Set(
    [...exact]
      .sort((a, b) => (b.share % 1) - (a.share % 1) || a.key.localeCompare(b.key))
      .slice(0, missing)
      .map(({ key }) => key),
  );
  return exact.map(({ key, share }) => [key, Math.floor(share) + (roundedUp.has(key) ? 1 : 0)]);
}

/** The demo's vacancies as enbek-feed records, in a fixed order. The same seed and day give the same records. */
export function demoFeed(surroundings: DemoSurroundings, seed = 2026): FeedRecord[] {
  const chance = seededChance(seed);
  const placesByKind = groupBy(surroundings.places, (place) => `${place.regionCode} ${place.settlementType}`);
  const occupationsByArea = groupBy(DEMO_OCCUPATIONS, (occupation) => occupation.areaId);
  return demoCells(chance).map((cell, i) => {
    const occupation = chance.pickWeighted(occupationsByArea.get(cell.areaId)!, ({ weight }) => weight);
    const place = pickPlace(chance, placesByKind, cell.regionCode, occupation);
    const record = demoRecord(chance, String(90_000_001 + i), occupation, place, surroundings);
    const careless = i % CARELESS_EVERY === 0 && !PAPER_AREAS.has(cell.areaId);
    return careless ? { ...record, title: carelessTitle(occupation, i / CARELESS_EVERY), subtitle: null } : record;
  });
}

/** As on the exchange, some employers name a post by the word of a family, which officers put right. None of Table 1. */
const CARELESS_EVERY = 75;
const PAPER_AREAS: ReadonlySet<number> = new Set([112, 114, 119, 121]);
const CARELESS: readonly (readonly [of: RegExp, titles: readonly string[]])[] = [
  [/^Водитель/u, ['Водитель', 'ВОДИТЕЛЬ', 'Жүргізуші']],
  [/^Машинист/u, ['Машинист']],
  [/^Инженер/u, ['Инженер', 'инженер 1 категории']],
  [/^(?:Продавец|Кассир|Товаровед|Мерчендайзер)/u, ['Тауар рәсімдеуші', 'тауар расимдеуши']],
  [/^(?:Главный|Ведущий|Менеджер|Специалист)/u, ['Менеджер', 'МЕНЕДЖЕР']],
];

function carelessTitle({ title, education }: DemoOccupation, turn: number): string {
  const [, titles = null] = CARELESS.find(([of]) => of.test(title)) ?? [];
  const others = ['higher', 'postgraduate'].includes(education)
    ? ['Специалист', 'специалист 1 категории']
    : education === 'vocational' || education === 'post_secondary'
      ? ['Мастер', 'Мастер 5 разряда', 'мастер']
      : ['Рабочий', 'РАБОЧИЙ'];
  const names = titles ?? others;
  return names[turn % names.length]!;
}

/** Farm work stands in villages, the rest mostly in towns. */
function pickPlace(
  chance: Chance,
  placesByKind: Map<string, DemoPlace[]>,
  regionCode: string,
  occupation: DemoOccupation,
): DemoPlace {
  const rural = chance.happens(occupation.areaId === 121 ? 0.9 : 0.4);
  const [wanted, other] = rural ? ['rural', 'urban'] : ['urban', 'rural'];
  return chance.pick(placesByKind.get(`${regionCode} ${wanted}`) ?? placesByKind.get(`${regionCode} ${other}`)!);
}

function demoRecord(
  chance: Chance,
  id: string,
  occupation: DemoOccupation,
  place: DemoPlace,
  { payIndexOf, today }: DemoSurroundings,
): FeedRecord {
  const north = NORTH.has(place.regionCode);
  const permanent = chance.happens(0.9);
  const employment: Employment = permanent ? 'permanent' : chance.pickWeighted(['temporary', 'seasonal', 'remote'] as const, (kind) => ({ temporary: 3879, seasonal: 442, remote: 106 })[kind]); // prettier-ignore
  const housing = demoHousing(chance, north, place.settlementType === 'rural');
  const pay = demoPay(chance, occupation, place, payIndexOf(place.regionCode));
  const openings = chance.happens(0.03) ? null : demoOpenings(chance);
  const publishedOn = addDays(today, -chance.whole(0, 29));
  return {
    id,
    uid: null,
    url: null,
    title: occupation.title,
    subtitle: chance.happens(0.6) ? occupation.titleKk : null,
    profobl: occupation.areaId,
    region_id: Number(place.regionCode.slice(3)),
    kato: chance.happens(0.5) || !place.wordsSuffice ? place.kato : null,
    location: place.location,
    address: null,
    salary_from: pay?.min ?? null,
    salary_to: pay?.max ?? null,
    employment: EMPLOYMENT_IDS[employment],
    schedule: SCHEDULE_IDS[demoSchedule(chance)],
    education: EDUCATION_IDS[occupation.education],
    experience: chance.pickWeighted(['e1', 'e2', 'e3', 'e4'], (code) => ({ e1: 20565, e2: 13800, e3: 6511, e4: 2311 })[code]!), // prettier-ignore
    openings,
    openings_youth: null,
    duties: `Синтетическая вакансия для показа. Профессия: ${occupation.title}.`,
    skills: [],
    languages: chance.happens(0.4) ? [chance.happens(0.5) ? '00000$46КАЗ' : '00000$46РУС'] : [],
    driving: occupation.driving,
    tags: [...(housing === 'provided' ? ['housing'] : []), ...(chance.happens(0.05) ? ['youth'] : [])],
    source: 1,
    employer: { id: null, name: demoEmployer(chance, occupation, place), bin: null, activity: null, headcount: null },
    relocation: north && permanent && (housing !== 'none' || chance.happens(0.2))
      ? { offered: true, permanent_years: chance.happens(0.7) ? 2 : 3, housing }
      : chance.happens(0.5) ? null : { offered: false, permanent_years: null, housing }, // prettier-ignore
    published: publishedOn,
    valid_until: chance.happens(0.6) ? null : addDays(publishedOn, VALID_DAYS),
    archived: false,
  };
}

function demoHousing(chance: Chance, north: boolean, rural: boolean): 'provided' | 'help' | 'none' {
  if (chance.happens(north ? (rural ? 0.24 : 0.12) : 0.03)) return 'provided';
  return chance.happens(north ? 0.1 : 0.02) ? 'help' : 'none';
}

/** Lower and upper bound in whole thousands; some vacancies state only the lower one, some none, as on the exchange. */
function demoPay(
  chance: Chance,
  occupation: DemoOccupation,
  place: DemoPlace,
  payIndex: number,
): { min: number; max: number | null } | null {
  if (chance.happens(0.04)) return null;
  const rural = place.settlementType === 'rural' ? 0.93 : 1;
  const usual = occupation.payThousandTenge * payIndex * rural * (chance.whole(85, 120) / 100);
  // No full-time post pays under the minimum wage of 85,000 tenge (2024–2026).
  const min = Math.max(85, Math.round(usual)) * 1_000;
  return { min, max: chance.happens(0.5) ? null : Math.round((min * chance.whole(100, 130)) / 100_000) * 1_000 };
}

/** 76,510 posts stood behind 43,187 advertisements: 1.77 on average, most with one. */
function demoOpenings(chance: Chance): number {
  const most = chance.pickWeighted([1, 2, 3, 5, 20], (n) => ({ 1: 66, 2: 18, 3: 8, 5: 6, 20: 2 })[n]!);
  return most <= 3 ? most : chance.whole(4, most);
}

function demoSchedule(chance: Chance): Schedule {
  const ads = { full_day: 37755, part_day: 2563, part_week: 305, home: 9, rotation: 1118, shifts: 923, other: 58 };
  return chance.pickWeighted(Object.keys(ads) as Schedule[], (kind) => ads[kind]);
}

/** Every invented firm says in its name that it is one. */
function demoEmployer(chance: Chance, occupation: DemoOccupation, place: DemoPlace): string {
  const number = `${place.regionCode.slice(3)}-${chance.whole(1, 60)}`;
  switch (occupation.areaId) {
    case 119:
      return `Коммунальное государственное учреждение «Демонстрационная школа № ${number}»`;
    case 112:
      return `Коммунальное государственное предприятие на праве хозяйственного ведения «Демонстрационная больница ${number}»`;
    case 121:
      return `Товарищество с ограниченной ответственностью "Демо Агро ${number}"`;
    default:
      return `Товарищество с ограниченной ответственностью "Демо ${number}"`;
  }
}

/** A calendar date some days later (or earlier), `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The feed as NDJSON, header first, exactly as an exchange would send it. */
export function* feedLines(records: readonly FeedRecord[], generatedAt: Date, complete = true): Generator<string> {
  yield `${JSON.stringify({ feed: 'enbek-feed', version: 1, generated_at: generatedAt.toISOString(), complete, count: records.length })}\n`;
  for (const record of records) yield `${JSON.stringify(record)}\n`;
}
