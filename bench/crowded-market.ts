import { DEMO_OCCUPATIONS } from '../src/cli/demo/demo-occupations.js';
import type { HouseholdProfile, LabourMarket, SeekerProfile, VacancyOffer } from '../src/matching/core/types.js';
import { openingsOf } from '../src/matching/core/types.js';
import { sectorOfArea } from '../src/reference/sectors.js';
import { type Chance, seededChance } from '../src/shared/chance.js';
import { SCALE_RULES, SCALE_WEIGHTS } from './market-at-scale.js';

/** A market in which too many want the same. */
export interface CrowdedMarket {
  market: LabourMarket;
  vacancies: VacancyOffer[];
  /** In the order in which they came. */
  households: HouseholdProfile[];
}

const RECEPTION = [...SCALE_RULES.receptionRegions];
const DEPARTURE = [...SCALE_RULES.departureRegions];
/** None of them needs a paper: whoever is of the occupation may have the post. The first is the most popular. */
const OCCUPATIONS = ['5120', '5223', '7411', '9333', '2411', '7212', '5414', '7233'].map((isco) =>
  DEMO_OCCUPATIONS.find((one) => one.isco === isco)!,
);
const DEMAND = 3;

/** Zipf's law: the n-th most popular is wanted 1/n as often as the first. */
const zipf = (rank: number): number => 1 / rank;

/**
 * The fixed set of the benchmark of crowding: adults who want, at the limit of districts a household, three times the proposals that
 * the vacancies take. Popularity follows Zipf's law thrice: of occupations among people, of the regions that four in ten wish for, and of
 * the posts of one occupation, whose pay falls with the logarithm of their rank (with tastes that scatter as in a logit model, choices
 * then fall as a power of the rank). Three in ten households have two adults. The market's counts are in balance, so that only limit and
 * price act against the crowd: with the movers counted, competition would push most of it under the floor.
 */
export function crowdedMarket(vacancyCount: number, seed = 6): CrowdedMarket {
  const chance = seededChance(seed);
  const vacancies = Array.from({ length: vacancyCount }, (_, i) => crowdedVacancy(chance, i, vacancyCount));
  const { congestion, proposals } = SCALE_WEIGHTS;
  const capacity = vacancies.reduce((sum, one) => sum + congestion.proposalsPerOpening * openingsOf(one), 0);
  const households: HouseholdProfile[] = [];
  for (let adults = 0; adults * proposals.districtsPerHousehold < DEMAND * capacity;) {
    const household = crowdedHousehold(chance, households.length);
    households.push(household);
    adults += household.seekers.length;
  }
  return { market: balancedMarket(), vacancies, households };
}

function balancedMarket(): LabourMarket {
  const counts = [...RECEPTION, ...DEPARTURE].flatMap((regionCode) =>
    OCCUPATIONS.map(({ isco, areaId }) => ({
      regionCode,
      isco,
      sector: sectorOfArea(areaId),
      openings: 50,
      seekers: 50,
    })),
  );
  return { counts, regions: [], corridors: [{ from: 'KZ-61', to: ['KZ-39', 'KZ-55', 'KZ-59'] }] };
}

function crowdedVacancy(chance: Chance, index: number, count: number): VacancyOffer {
  const { areaId, isco, education, payThousandTenge } = OCCUPATIONS[index % OCCUPATIONS.length]!;
  const rank = 1 + Math.floor(index / OCCUPATIONS.length);
  const posts = Math.max(2, Math.ceil(count / OCCUPATIONS.length));
  const regionCode = chance.pick(RECEPTION);
  return {
    id: `v${String(index).padStart(6, '0')}`,
    status: 'open',
    validUntil: '2027-01-31',
    sector: sectorOfArea(areaId),
    isco,
    iscoSure: true,
    regulated: null,
    specialities: [],
    regionCode,
    districtKato: `${regionCode.slice(3)}${chance.whole(10, 22)}00000`,
    settlementType: chance.happens(0.6) ? 'urban' : 'rural',
    payMinTenge: Math.round(payThousandTenge * 1_000 * 2 ** (1 + Math.log(zipf(rank)) / Math.log(posts))),
    payMaxTenge: null,
    employment: 'permanent',
    education,
    experience: chance.pick(['any', 'none', '1-3', '3-5', '5+'] as const),
    openings: chance.pickWeighted([1, 2, 3], (openings) => zipf(openings)),
    languages: chance.happens(0.4) ? [chance.pick(['kk', 'ru'])] : [],
    driving: [],
    housing: chance.pick(['provided', 'help', 'none', null] as const),
    employerUnchecked: false,
  };
}

function crowdedHousehold(chance: Chance, index: number): HouseholdProfile {
  const id = `h${String(index).padStart(6, '0')}`;
  const children = chance.whole(0, 4);
  const adults = chance.happens(0.3) ? 2 : 1;
  return {
    id,
    homeRegionCode: chance.pick(DEPARTURE),
    homeDistrictKato: null,
    children,
    schoolAgeChildren: Math.floor(children / 2),
    persons: adults + children,
    relativesRegionCodes: chance.happens(0.15) ? [chance.pick(RECEPTION)] : [],
    settlementWish: chance.pick(['urban', 'rural', 'any', 'any'] as const),
    wishedRegionCodes: chance.happens(0.4)
      ? [chance.pickWeighted(RECEPTION, (code) => zipf(1 + RECEPTION.indexOf(code)))]
      : [],
    excludedRegionCodes: chance.happens(0.1) ? [chance.pick(RECEPTION)] : [],
    housingRequired: chance.happens(0.2),
    corridorOff: false,
    wishesMove: true,
    consentsToMatching: true,
    seekers: Array.from({ length: adults }, (_, n) => crowdedSeeker(chance, `${id}-${n}`)),
  };
}

function crowdedSeeker(chance: Chance, id: string): SeekerProfile {
  const { isco, education, payThousandTenge } = chance.pickWeighted(OCCUPATIONS, (one) =>
    zipf(1 + OCCUPATIONS.indexOf(one)),
  );
  return {
    id,
    isco,
    specialities: [],
    education: chance.happens(0.8) ? education : 'general_secondary',
    experienceYears: chance.whole(0, 12),
    languages: chance.pick([['kk'], ['kk', 'ru'], ['ru']]),
    driving: [],
    diplomas: [],
    payTenge: chance.happens(0.3) ? 0 : payThousandTenge * chance.whole(700, 1_100),
    minimumPayTenge: chance.happens(0.1) ? payThousandTenge * 900 : null,
    permanentOnly: false,
  };
}
