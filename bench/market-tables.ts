import { occupationFit } from '../src/matching/core/chance.js';
import type { Scorer } from '../src/matching/core/score.js';
import { EDUCATIONS, type HouseholdProfile, type VacancyOffer } from '../src/matching/core/types.js';
import { corridorValue, livingCostRatio, servicesValue, supportValue } from '../src/matching/core/utility.js';
import { SCALE_WEIGHTS, scaleHousehold } from './market-at-scale.js';

/** A table for a database that is measured beside the engine: its columns as SQL defines them, and its rows. */
export interface Table {
  name: string;
  columns: string;
  rows: Iterable<readonly (number | boolean | null)[]>;
}

const LANGUAGES = ['kk', 'ru', 'en'];
const CATEGORIES = ['A', 'B', 'C', 'D', 'BE', 'CE', 'DE', 'T'];
export const DIPLOMAS = ['medicine', 'teaching'];
export const SETTLEMENTS = ['urban', 'rural'];
const HOUSINGS = ['provided', 'help', 'none', null];

/** A list as bits, so that SQL compares whole lists by one operation; what has no bit would be compared wrongly. */
function bits(values: readonly string[], among: readonly string[]): number {
  return values.reduce((sum, value) => {
    const at = among.indexOf(value);
    if (at < 0) throw new RangeError(`No bit for ${value}.`);
    return sum | (1 << at);
  }, 0);
}

const rankOf = (education: VacancyOffer['education']): number =>
  education === null ? 0 : EDUCATIONS.indexOf(education) + 1;

/**
 * The market at scale as tables: seekers from `first` up to `last`, all vacancies, and what the core's own functions say of the few
 * different pairs of occupations and of regions. Facts that are the same for everybody in this market (all may move, every post is
 * permanent, nobody names specialities or districts) are left out, which spares the databases work.
 */
export function marketTables(scorer: Scorer, offers: readonly VacancyOffer[], first: number, last: number): Table[] {
  const regions = scorer.market.regions.map(({ code }) => code);
  const occupations = [...new Set(offers.map(({ isco }) => isco!))].sort();
  for (let i = first; i < last; i++) {
    const { isco } = scaleHousehold(i).seekers[0]!;
    if (!occupations.includes(isco)) occupations.push(isco);
  }
  return [
    {
      name: 'seeker',
      columns: `id int, occupation int, education int, years float8, languages int, driving int, diplomas int, today float8,
        minimum_pay float8, housing_required boolean, corridor_off boolean, school_age boolean, home int, settlement int,
        wished int, excluded int, relatives int, support_urban float8, support_rural float8, weight float8`,
      rows: seekerRows(scorer, regions, occupations, first, last),
    },
    {
      name: 'vacancy',
      columns: `id int, occupation int, region int, pay float8, education int, years float8, languages int,
        languages_asked float8, driving int, medicine int, diploma int, settlement int, housing_provided boolean, housing float8,
        sure boolean, competition float8, shortage float8`,
      rows: vacancyRows(scorer, offers, regions, occupations),
    },
    { name: 'fit', columns: 'own int, wanted int, medicine int, sure boolean, fit float8', rows: fitRows(occupations) },
    {
      name: 'destination',
      columns: `home int, region int, region_bit int, cost_ratio float8, corridor float8, services_school float8, services_other float8`,
      rows: destinationRows(scorer, regions),
    },
  ];
}

function* seekerRows(
  scorer: Scorer,
  regions: readonly string[],
  occupations: readonly string[],
  first: number,
  last: number,
): Table['rows'] {
  for (let i = first; i < last; i++) {
    const household: HouseholdProfile = scaleHousehold(i);
    const prepared = scorer.prepareHousehold(household);
    const [{ profile: seeker, comparisonPayTenge }] = prepared.seekers as [(typeof prepared.seekers)[0]];
    const support = (['urban', 'rural'] as const).map(
      (settlementType) =>
        supportValue(household.persons, { settlementType, employment: 'permanent' }, SCALE_WEIGHTS).value,
    ) as [number, number];
    yield [
      i,
      occupations.indexOf(seeker.isco),
      rankOf(seeker.education),
      seeker.experienceYears,
      bits(seeker.languages, LANGUAGES),
      bits(seeker.driving, CATEGORIES),
      bits(seeker.diplomas, DIPLOMAS),
      comparisonPayTenge,
      seeker.minimumPayTenge ?? 0,
      household.housingRequired,
      household.corridorOff,
      household.schoolAgeChildren > 0,
      regions.indexOf(household.homeRegionCode),
      household.settlementWish === 'any' ? 2 : SETTLEMENTS.indexOf(household.settlementWish),
      bits(household.wishedRegionCodes, regions),
      bits(household.excludedRegionCodes, regions),
      bits(household.relativesRegionCodes, regions),
      ...support,
      prepared.weightAlone,
    ];
  }
}

function* vacancyRows(
  scorer: Scorer,
  offers: readonly VacancyOffer[],
  regions: readonly string[],
  occupations: readonly string[],
): Table['rows'] {
  const housing = HOUSINGS.map((one) => SCALE_WEIGHTS.housing[(one as VacancyOffer['housing']) ?? 'notStated']);
  for (const offer of offers) {
    const { payTenge, years, competition, shortage } = scorer.prepareVacancy(offer);
    yield [
      Number(offer.id.slice(1)),
      occupations.indexOf(offer.isco!),
      regions.indexOf(offer.regionCode),
      payTenge,
      rankOf(offer.education),
      years,
      bits(offer.languages, LANGUAGES),
      offer.languages.length,
      bits(offer.driving, CATEGORIES),
      offer.regulated === 'medicine' ? 1 : 0,
      offer.regulated === null ? 0 : bits([offer.regulated], DIPLOMAS),
      SETTLEMENTS.indexOf(offer.settlementType!),
      offer.housing === 'provided',
      housing[HOUSINGS.indexOf(offer.housing)]!,
      offer.iscoSure,
      competition,
      shortage,
    ];
  }
}

/** Pairs of occupations that fit at all; `medicine` 1 for posts that medicine's diploma is asked for. */
function* fitRows(occupations: readonly string[]): Table['rows'] {
  for (const [own, isco] of occupations.entries()) {
    for (const [wanted, of] of occupations.entries()) {
      for (const regulated of [null, 'medicine'] as const) {
        for (const iscoSure of [false, true]) {
          const post = { isco: of, iscoSure, regulated, specialities: [] };
          const fit = occupationFit({ isco, specialities: [] }, post, SCALE_WEIGHTS);
          if (fit > 0) yield [own, wanted, regulated === null ? 0 : 1, iscoSure, fit];
        }
      }
    }
  }
}

function* destinationRows({ market }: Scorer, regions: readonly string[]): Table['rows'] {
  for (const [home, from] of market.regions.entries()) {
    for (const [region, there] of market.regions.entries()) {
      const household = { homeRegionCode: regions[home]!, relativesRegionCodes: [] };
      yield [
        home,
        region,
        1 << region,
        livingCostRatio(there, from),
        corridorValue(household, regions[region]!, market.corridors, SCALE_WEIGHTS),
        servicesValue(there, 1, SCALE_WEIGHTS).value,
        servicesValue(there, 0, SCALE_WEIGHTS).value,
      ];
    }
  }
}

/** Rows as lines that both databases copy in: columns apart by tabs, `\N` where nothing is stated. */
export function* linesOf(rows: Table['rows']): Iterable<string> {
  for (const row of rows) yield `${row.map((value) => (value === null ? '\\N' : String(value))).join('\t')}\n`;
}
