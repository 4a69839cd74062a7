import { readFileSync } from 'node:fs';
import { DEMO_OCCUPATIONS, type DemoOccupation } from '../src/cli/demo/demo-occupations.js';
import { fromRoot } from '../src/config/paths.js';
import type {
  HouseholdProfile,
  LabourMarket,
  MoveRules,
  SeekerProfile,
  VacancyOffer,
} from '../src/matching/core/types.js';
import { type Weights, readWeights } from '../src/matching/core/weights.js';
import { sectorOfArea } from '../src/reference/sectors.js';

/** A made-up labour market of any size: the same numbers give the same market in every process. */

export const SCALE_RULES: MoveRules = {
  date: '2026-11-22',
  receptionRegions: new Set(['KZ-59', 'KZ-55', 'KZ-63', 'KZ-39', 'KZ-10', 'KZ-62', 'KZ-35']),
  departureRegions: new Set(['KZ-19', 'KZ-33', 'KZ-31', 'KZ-47', 'KZ-61', 'KZ-43', 'KZ-75', 'KZ-79', 'KZ-71']),
  supportClaimed: true,
};
const RECEPTION = [...SCALE_RULES.receptionRegions];
const DEPARTURE = [...SCALE_RULES.departureRegions];
const DISTRICTS_A_REGION = 13;

export const SCALE_WEIGHTS: Weights = readWeights(
  JSON.parse(readFileSync(fromRoot('data', 'matching', 'weights.json'), 'utf8')),
);

/** Marsaglia's xorshift32 over a mixed seed: any item of the market can be made without those before it. */
class Dice {
  private state: number;

  constructor(seed: number) {
    let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    this.state = (mixed ^ (mixed >>> 16)) | 1;
  }

  /** In 0..1, 1 not included. */
  share(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return (x >>> 0) / 4_294_967_296;
  }

  whole(min: number, max: number): number {
    return min + Math.floor(this.share() * (max - min + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.share() * items.length)]!;
  }
}

const sums: number[] = [];
for (const { weight } of DEMO_OCCUPATIONS) sums.push((sums.at(-1) ?? 0) + weight);

/** An occupation with the demo's frequency. */
function pickOccupation(dice: Dice): DemoOccupation {
  const at = dice.share() * sums.at(-1)!;
  return DEMO_OCCUPATIONS[sums.findIndex((sum) => at < sum)]!;
}

const fieldOf = (areaId: number): 'medicine' | 'teaching' | null =>
  areaId === 112 ? 'medicine' : areaId === 119 ? 'teaching' : null;

const EXPERIENCES = ['any', 'none', '1-3', '3-5', '5+'] as const;
const HOUSING = ['provided', 'help', 'none', null] as const;
const SPOKEN = [['kk'], ['kk', 'ru'], ['ru'], ['kk', 'ru', 'en']];

export function scaleVacancy(index: number): VacancyOffer {
  const dice = new Dice(index * 2 + 1);
  const { areaId, isco, education, payThousandTenge, driving } = pickOccupation(dice);
  const regionCode = dice.pick(RECEPTION);
  return {
    id: `v${String(index).padStart(7, '0')}`,
    status: 'open',
    validUntil: '2027-01-31',
    sector: sectorOfArea(areaId),
    isco,
    iscoSure: dice.share() < 0.9,
    regulated: fieldOf(areaId),
    specialities: [],
    regionCode,
    districtKato: `${regionCode.slice(3)}${dice.whole(10, 9 + DISTRICTS_A_REGION)}00000`,
    settlementType: dice.share() < 0.6 ? 'urban' : 'rural',
    payMinTenge: dice.share() < 0.04 ? null : payThousandTenge * dice.whole(850, 1_200),
    payMaxTenge: null,
    employment: 'permanent',
    education,
    experience: dice.pick(EXPERIENCES),
    openings: dice.share() < 0.66 ? 1 : dice.whole(2, 5),
    languages: dice.share() < 0.4 ? [dice.share() < 0.5 ? 'kk' : 'ru'] : [],
    driving,
    housing: dice.pick(HOUSING),
    employerUnchecked: false,
  };
}

/** A household with one seeker; two of these are not scored apart at the seeker's level. */
export function scaleHousehold(index: number): HouseholdProfile {
  const dice = new Dice(index * 2);
  const { areaId, isco, education, payThousandTenge, driving } = pickOccupation(dice);
  const field = fieldOf(areaId);
  const children = dice.whole(0, 4);
  const wishes = dice.share();
  const id = `h${String(index).padStart(7, '0')}`;
  const seeker: SeekerProfile = {
    id,
    isco,
    specialities: [],
    education: dice.share() < 0.1 ? null : dice.share() < 0.75 ? education : 'vocational',
    experienceYears: dice.whole(0, 25),
    languages: dice.pick(SPOKEN),
    driving: driving.length > 0 ? driving : dice.share() < 0.3 ? ['B'] : [],
    diplomas: field === null ? [] : [field],
    payTenge: dice.share() < 0.3 ? 0 : payThousandTenge * dice.whole(700, 1_100),
    minimumPayTenge: dice.share() < 0.1 ? payThousandTenge * dice.whole(600, 1_000) : null,
    permanentOnly: dice.share() < 0.2,
  };
  return {
    id,
    homeRegionCode: dice.pick(DEPARTURE),
    homeDistrictKato: null,
    children,
    schoolAgeChildren: Math.floor(children / 2),
    persons: children + dice.whole(1, 2),
    relativesRegionCodes: dice.share() < 0.11 ? [dice.pick(RECEPTION)] : [],
    settlementWish: wishes < 0.25 ? 'urban' : wishes < 0.4 ? 'rural' : 'any',
    wishedRegionCodes: dice.share() < 0.15 ? [dice.pick(RECEPTION)] : [],
    excludedRegionCodes: dice.share() < 0.05 ? [dice.pick(RECEPTION)] : [],
    housingRequired: dice.share() < 0.3,
    corridorOff: dice.share() < 0.05,
    wishesMove: true,
    consentsToMatching: true,
    seekers: [seeker],
  };
}

/** The market of so many seekers and vacancies; `seekers` are counted from a sample where there are very many. */
export function scaleMarket(seekers: number, vacancies: readonly VacancyOffer[]): LabourMarket {
  const cells = new Map<string, LabourMarket['counts'][number]>();
  const cell = (regionCode: string, sector: string, isco: string): LabourMarket['counts'][number] => {
    const key = `${regionCode} ${isco}`;
    let found = cells.get(key);
    if (found === undefined)
      cells.set(key, (found = { regionCode, sector, isco, openings: 0, squaredOpenings: 0, seekers: 0, movers: 0 }));
    return found;
  };
  const sectors = new Map(DEMO_OCCUPATIONS.map(({ isco, areaId }) => [isco, sectorOfArea(areaId)]));
  for (const { regionCode, isco, openings } of vacancies) {
    const at = cell(regionCode, sectors.get(isco!)!, isco!);
    at.openings += openings ?? 1;
    at.squaredOpenings! += (openings ?? 1) ** 2;
  }
  const sample = Math.min(seekers, 100_000);
  for (let i = 0; i < sample; i++) {
    const {
      homeRegionCode,
      seekers: [seeker],
    } = scaleHousehold(i);
    const at = cell(homeRegionCode, sectors.get(seeker!.isco)!, seeker!.isco);
    at.seekers += seekers / sample;
    at.movers! += seekers / sample;
  }
  return {
    counts: [...cells.values()],
    regions: [...RECEPTION, ...DEPARTURE].map((code, i) => ({
      code,
      livingCostTenge: 60_000 + 2_000 * i,
      averagePayTenge: 240_000 + 5_000 * i,
      schools: (i % 7) / 6,
      medicine: (i % 5) / 4,
    })),
    corridors: [{ from: 'KZ-61', to: ['KZ-39', 'KZ-55', 'KZ-59'] }],
  };
}
