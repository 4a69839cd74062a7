import type { Education } from '../../vacancies/connector.js';
import { DEMO_OCCUPATIONS, type DemoOccupation } from './demo-occupations.js';
import { addDays, sharesOf } from './feed.js';
import { type Chance, seededChance } from '../../shared/chance.js';

/**
 * What the survey of the seed paper found of 354 people who had moved (§4–5): 73.3 % with family, almost 80 % of families
 * couples with children, 38 % of respondents under 30, 10.7 % on the advice of relatives already in the north.
 */
export const SURVEY = { withFamily: 0.733, couplesWithChildren: 0.8, under30: 0.38, relatives: 0.107 } as const;

export const SOUTHERN_HOUSEHOLDS = 3_000;
export const NORTHERN_HOUSEHOLDS = 1_200;

/** Where southern households of the demo live: roughly as the regions send people; a choice, not a statistic. */
const ORIGINS: Record<string, number> = {
  'KZ-61': 44, 'KZ-31': 14, 'KZ-19': 13, 'KZ-43': 8, 'KZ-79': 9, 'KZ-47': 5, 'KZ-33': 4, 'KZ-75': 3,
}; // prettier-ignore

/** Corridors of the seed paper (§5): who leaves which region goes where. */
const CORRIDORS: Record<string, string[]> = {
  'KZ-61': ['KZ-39', 'KZ-55', 'KZ-59'],
  'KZ-79': ['KZ-39', 'KZ-55', 'KZ-59'],
  'KZ-19': ['KZ-63', 'KZ-55'],
  'KZ-33': ['KZ-63', 'KZ-55'],
};
const NORTH = ['KZ-59', 'KZ-55', 'KZ-39', 'KZ-63', 'KZ-10', 'KZ-35', 'KZ-62', 'KZ-11'];
const NORTHERN_HOMES: Record<string, number> = {
  'KZ-35': 27, 'KZ-63': 17, 'KZ-39': 16, 'KZ-55': 15, 'KZ-11': 10, 'KZ-59': 8, 'KZ-10': 5, 'KZ-62': 2,
}; // prettier-ignore

export interface DemoAdult {
  isco: string;
  occupationTitle: string;
  birthDate: string;
  education: Education;
  experienceYears: number;
  languages: string[];
  driving: string[];
  diplomas: string[];
  payTenge: number | null;
  minimumPayTenge: number | null;
  seeksWork: boolean;
}

export interface DemoHousehold {
  homeKato: string;
  adults: DemoAdult[];
  children: number;
  schoolAgeChildren: number;
  relativesRegionCodes: string[];
  wishedRegionCodes: string[];
  excludedRegionCodes: string[];
  settlementWish: 'urban' | 'rural' | 'any';
  housingRequired: boolean;
  corridorOff: boolean;
  wishesMove: boolean;
  language: 'kk' | 'ru';
  channel: 'sms' | 'email' | 'in_app';
  phone: string | null;
  email: string | null;
}

export interface DemoHome {
  kato: string;
  regionCode: string;
}

/** The exact make-up of the southern households, so that the survey's shares come out to the household. */
interface Shape {
  family: boolean;
  coupleWithChildren: boolean;
  under30: boolean;
}

function shapes(chance: Chance, total: number): Shape[] {
  const families = Math.round(total * SURVEY.withFamily);
  const couples = Math.round(families * SURVEY.couplesWithChildren);
  const young = Math.round(total * SURVEY.under30);
  const ages = chance.shuffle(Array.from({ length: total }, (_, i) => i < young));
  return chance.shuffle(
    Array.from({ length: total }, (_, i) => ({
      family: i < families,
      coupleWithChildren: i < couples,
      under30: ages[i]!,
    })),
  );
}

/** Southern households that want to move, then northern ones that look for work where they live. */
export function demoHouseholds(homes: readonly DemoHome[], today: string, seed = 354): DemoHousehold[] {
  const chance = seededChance(seed);
  const homesOf = (regionCode: string): DemoHome[] => homes.filter((home) => home.regionCode === regionCode);
  const spread = (weights: Record<string, number>, total: number): string[] =>
    chance.shuffle(sharesOf(weights, total).flatMap(([region, n]) => Array.from({ length: n }, () => region)));
  const byRegion = new Map([...Object.keys(ORIGINS), ...NORTH].map((region) => [region, homesOf(region)]));
  const origins = spread(ORIGINS, SOUTHERN_HOUSEHOLDS);
  const southern = shapes(chance, SOUTHERN_HOUSEHOLDS).map((shape, i) =>
    demoHousehold(chance, shape, origins[i]!, chance.pick(byRegion.get(origins[i]!)!).kato, today, i),
  );
  const northern = spread(NORTHERN_HOMES, NORTHERN_HOUSEHOLDS).map((region, i) =>
    northernHousehold(chance, chance.pick(byRegion.get(region)!).kato, today, SOUTHERN_HOUSEHOLDS + i),
  );
  return [...southern, ...northern];
}

function demoHousehold(
  chance: Chance,
  shape: Shape,
  region: string,
  homeKato: string,
  today: string,
  number: number,
): DemoHousehold {
  const first = demoAdult(chance, today, shape.under30 ? [19, 29] : [30, 56], true);
  // A family without children is a couple; one without a couple is a parent with children.
  const couple = shape.family && (shape.coupleWithChildren || chance.happens(0.5));
  const partner = couple ? [demoAdult(chance, today, shape.under30 ? [19, 31] : [28, 56], chance.happens(0.85))] : [];
  const children = shape.family && (shape.coupleWithChildren || !couple) ? demoChildren(chance) : 0;
  const corridor = CORRIDORS[region] ?? NORTH;
  const relatives = chance.happens(SURVEY.relatives) ? [chance.pick(corridor)] : [];
  return {
    homeKato,
    adults: [first, ...partner],
    children,
    schoolAgeChildren: schoolAge(chance, children, shape.under30),
    relativesRegionCodes: relatives,
    wishedRegionCodes: chance.happens(0.35) ? [relatives[0] ?? chance.pick(corridor)] : [],
    excludedRegionCodes: chance.happens(0.05) ? [chance.pick(NORTH.filter((code) => code !== relatives[0]))] : [],
    settlementWish: chance.pickWeighted(
      ['any', 'urban', 'rural'] as const,
      (w) => ({ any: 60, urban: 30, rural: 10 })[w],
    ),
    housingRequired: chance.happens(children > 0 ? 0.3 : 0.1),
    corridorOff: chance.happens(0.04),
    wishesMove: true,
    ...demoContact(chance, number),
  };
}

/** Someone of the north who looks for work at home: the other side of the labour market's tension. */
function northernHousehold(chance: Chance, homeKato: string, today: string, number: number): DemoHousehold {
  return {
    homeKato,
    adults: [demoAdult(chance, today, [19, 60], true)],
    children: 0,
    schoolAgeChildren: 0,
    relativesRegionCodes: [],
    wishedRegionCodes: [],
    excludedRegionCodes: [],
    settlementWish: 'any',
    housingRequired: false,
    corridorOff: false,
    wishesMove: false,
    ...demoContact(chance, number),
  };
}

function demoChildren(chance: Chance): number {
  return chance.pickWeighted([1, 2, 3, 4, 5], (n) => ({ 1: 22, 2: 32, 3: 26, 4: 14, 5: 6 })[n]!);
}

function schoolAge(chance: Chance, children: number, youngParents: boolean): number {
  return Array.from({ length: children }, () => chance.happens(youngParents ? 0.25 : 0.65)).filter(Boolean).length;
}

function demoAdult(chance: Chance, today: string, [youngest, oldest]: [number, number], seeksWork: boolean): DemoAdult {
  const occupation = chance.pickWeighted(DEMO_OCCUPATIONS, southernSupply);
  const age = chance.whole(youngest, oldest);
  const startedWorking = ['higher', 'postgraduate'].includes(occupation.education) ? 22 : 19;
  const paid = chance.happens(0.55);
  const pay = Math.round((occupation.payThousandTenge * chance.whole(60, 105)) / 100) * 1_000;
  return {
    isco: occupation.isco,
    occupationTitle: occupation.title,
    birthDate: addDays(`${Number(today.slice(0, 4)) - age}${today.slice(4)}`, -chance.whole(1, 300)),
    education: occupation.education,
    experienceYears: Math.max(0, Math.round((age - startedWorking) * (chance.whole(30, 100) / 100))),
    languages: ['kk', ...(chance.happens(0.7) ? ['ru'] : []), ...(chance.happens(0.1) ? ['en'] : [])],
    driving: occupation.driving.length > 0 ? occupation.driving : chance.happens(0.35) ? ['B'] : [],
    diplomas: diplomasOf(occupation),
    payTenge: paid ? pay : 0,
    minimumPayTenge: chance.happens(0.3) ? Math.round((pay * 0.9) / 10_000) * 10_000 : null,
    seeksWork,
  };
}

/** Teachers crowd the south and nurses are few there: supply leans the way the seed paper describes demand. */
function southernSupply({ areaId, weight }: DemoOccupation): number {
  const lean: Record<number, number> = {
    119: 1.6,
    112: 0.7,
    121: 0.9,
    115: 1.6,
    109: 1.4,
    106: 1.2,
    111: 1.3,
    118: 1.5,
  };
  return weight * (lean[areaId] ?? 0.8);
}

function diplomasOf({ areaId, education }: DemoOccupation): string[] {
  if (education === 'general_secondary' || education === 'basic_secondary') return [];
  if (areaId === 112) return ['medicine'];
  return areaId === 119 ? ['teaching'] : [];
}

/**
 * Numbers under +7 700 000 and addresses under example.org: nobody's, as far as can be known. Notices of synthetic
 * households go only to the demo's own gateway in any case.
 */
function demoContact(chance: Chance, number: number): Pick<DemoHousehold, 'language' | 'channel' | 'phone' | 'email'> {
  const channel = chance.pickWeighted(
    ['sms', 'email', 'in_app'] as const,
    (c) => ({ sms: 65, email: 15, in_app: 20 })[c],
  );
  return {
    language: chance.happens(0.75) ? 'kk' : 'ru',
    channel,
    phone: channel === 'sms' ? `+7700000${String(number).padStart(4, '0')}` : null,
    email: channel === 'email' ? `household-${number}@example.org` : null,
  };
}
