import { performance } from 'node:perf_hooks';
import { demoCells } from '../src/cli/demo/feed.js';
import { PRINTED_TABLE_1 } from '../src/programme/groupings.js';
import { DEMO_OCCUPATIONS } from '../src/cli/demo/demo-occupations.js';
import { demoHouseholds } from '../src/cli/demo/households.js';
import { seededChance } from '../src/shared/chance.js';
import { allotProposals } from '../src/matching/core/allot.js';
import type { Allotment } from '../src/matching/core/congestion.js';
import { type HouseholdOptions, householdOptions } from '../src/matching/core/household.js';
import { createIndexedRanker } from '../src/matching/core/columns/indexed-ranker.js';
import { createPlainRanker } from '../src/matching/core/rank.js';
import { Scorer } from '../src/matching/core/score.js';
import type { HouseholdProfile, MarketCount, MoveRules, VacancyOffer } from '../src/matching/core/types.js';
import { readSpecialities } from '../src/matching/speciality.js';
import { sectorOfArea } from '../src/reference/sectors.js';
import { groupBy } from '../src/shared/group-by.js';
import { SCALE_WEIGHTS } from './market-at-scale.js';
import { median } from './spread.js';

/** What a benchmark of the matcher measured: medians over the runs. */
export interface DemoMatch {
  households: number;
  seekers: number;
  vacancies: number;
  pairsScored: number;
  proposals: number;
  runs: number;
  /** Eligible pairs scored in a second, their eligibility included: over columns, and one by one by the plain ranker. */
  pairsPerSecond: number;
  plainPairsPerSecond: number;
  /** Households taken from their facts to their proposals in a second: the whole run without the database. */
  householdsPerSecond: number;
  /** Milliseconds of the whole run without the database. */
  runMs: number;
  plainRunMs: number;
}

const TODAY = '2026-11-22';
const RULES: MoveRules = {
  date: TODAY,
  receptionRegions: new Set(['KZ-59', 'KZ-55', 'KZ-63', 'KZ-39', 'KZ-10', 'KZ-62', 'KZ-35']),
  departureRegions: new Set(['KZ-19', 'KZ-33', 'KZ-31', 'KZ-47', 'KZ-61', 'KZ-43', 'KZ-75', 'KZ-79', 'KZ-71']),
  supportClaimed: true,
};
const DISTRICTS_A_REGION = 13;

const fieldOf = (areaId: number | undefined): 'medicine' | 'teaching' | null =>
  areaId === 112 ? 'medicine' : areaId === 119 ? 'teaching' : null;

/** Vacancies with the demo's numbers by region, area and occupation, in made-up districts: no database is needed. */
function benchVacancies(): VacancyOffer[] {
  const chance = seededChance(2026);
  const byArea = groupBy(DEMO_OCCUPATIONS, ({ areaId }) => areaId);
  return demoCells(chance).map(({ regionCode, areaId }, i): VacancyOffer => {
    const occupation = chance.pickWeighted(byArea.get(areaId)!, ({ weight }) => weight);
    const regulated = fieldOf(areaId);
    const pay = chance.happens(0.04) ? null : occupation.payThousandTenge * chance.whole(850, 1_200);
    return {
      id: `v${String(i).padStart(6, '0')}`,
      status: 'open',
      validUntil: '2027-01-31',
      sector: sectorOfArea(areaId),
      isco: occupation.isco,
      iscoSure: true,
      regulated,
      specialities: readSpecialities(occupation.title, occupation.isco, regulated),
      regionCode,
      districtKato: `${regionCode.slice(3)}${String(chance.whole(10, 9 + DISTRICTS_A_REGION))}00000`,
      settlementType: chance.happens(0.6) ? 'urban' : 'rural',
      payMinTenge: pay,
      payMaxTenge: null,
      employment: chance.happens(0.9) ? 'permanent' : 'temporary',
      education: occupation.education,
      experience: chance.pick(['any', 'none', '1-3', '3-5', '5+'] as const),
      openings: chance.pickWeighted([1, 2, 3, 5], (n) => ({ 1: 66, 2: 18, 3: 8, 5: 8 })[n]!),
      languages: chance.happens(0.4) ? [chance.pick(['kk', 'ru'])] : [],
      driving: occupation.driving,
      housing: chance.pick(['provided', 'help', 'none', null] as const),
      employerUnchecked: false,
    };
  });
}

function benchHouseholds(): HouseholdProfile[] {
  const regions = [...new Set([...Object.keys(PRINTED_TABLE_1), ...RULES.departureRegions, ...RULES.receptionRegions])];
  const areaOf = new Map(DEMO_OCCUPATIONS.map(({ isco, areaId }) => [isco, areaId]));
  const homes = regions.map((regionCode) => ({ kato: `${regionCode.slice(3)}1000000`, regionCode }));
  return demoHouseholds(homes, TODAY)
    .map((household, i): HouseholdProfile => {
      const { adults, homeKato, ...rest } = household;
      const id = `h${String(i).padStart(6, '0')}`;
      return {
        ...rest,
        id,
        homeRegionCode: `KZ-${homeKato.slice(0, 2)}`,
        homeDistrictKato: null,
        persons: adults.length + rest.children,
        consentsToMatching: true,
        seekers: adults
          .filter(({ seeksWork }) => seeksWork)
          .map((adult, n) => ({
            ...adult,
            id: `${id}-${n}`,
            permanentOnly: false,
            specialities: readSpecialities(adult.occupationTitle, adult.isco, fieldOf(areaOf.get(adult.isco))),
          })),
      };
    })
    .filter(({ seekers }) => seekers.length > 0);
}

function countsOf(households: HouseholdProfile[], vacancies: VacancyOffer[]): MarketCount[] {
  const sectorOf = new Map(DEMO_OCCUPATIONS.map(({ isco, areaId }) => [isco, sectorOfArea(areaId)]));
  const openings = vacancies.map(({ regionCode, sector, isco, openings }) => ({
    regionCode,
    sector,
    isco,
    openings: openings ?? 1,
    seekers: 0,
  }));
  const seekers = households.flatMap(({ homeRegionCode: regionCode, seekers }) =>
    seekers.map(({ isco }) => ({
      regionCode,
      sector: sectorOf.get(isco) ?? 'unstated',
      isco,
      openings: 0,
      seekers: 1,
    })),
  );
  return [...openings, ...seekers];
}

/**
 * Takes the demo's market from its facts to its proposals, so many times, by the plain ranker and by the one over columns in turn.
 * Throws when their proposals differ. Deterministic but for the clock.
 */
export function benchDemoMatch(runs = 5): DemoMatch {
  const all = benchHouseholds();
  const vacancies = benchVacancies();
  const counts = countsOf(all, vacancies);
  const households = all.filter(
    ({ homeRegionCode, wishesMove }) => wishesMove && RULES.departureRegions.has(homeRegionCode),
  );
  const seekers = households.reduce((sum, household) => sum + household.seekers.length, 0);
  const measure = (
    create: typeof createPlainRanker,
  ): { runMs: number; pairs: number; pairsPerSecond: number; proposals: Allotment[] } => {
    const start = performance.now();
    const scorer = new Scorer(
      { counts, regions: [], corridors: [{ from: 'KZ-61', to: ['KZ-39', 'KZ-55', 'KZ-59'] }] },
      SCALE_WEIGHTS,
    );
    const ranker = create({ scorer, rules: RULES, households, vacancies });
    const options: HouseholdOptions[] = households.map(({ id }) =>
      householdOptions(ranker.household(id)!, ranker, scorer),
    );
    const proposals = allotProposals(options, { load: new Map(), districts: new Map() }, ranker, scorer);
    const runMs = performance.now() - start;

    const again = create({ scorer, rules: RULES, households, vacancies });
    const scoringStart = performance.now();
    for (const household of households) for (const { id } of household.seekers) again.options(id);
    const scoringMs = performance.now() - scoringStart;
    return { runMs, proposals, pairs: again.pairsScored, pairsPerSecond: (again.pairsScored / scoringMs) * 1000 };
  };
  const measured = Array.from({ length: runs }, () => ({
    plain: measure(createPlainRanker),
    columns: measure(createIndexedRanker),
  }));
  for (const { plain, columns } of measured) {
    if (JSON.stringify(plain.proposals) !== JSON.stringify(columns.proposals)) throw new Error('The rankers differ.');
  }
  const medianOf = (kind: 'plain' | 'columns', figure: 'runMs' | 'pairsPerSecond'): number =>
    Math.round(median(measured.map((one) => one[kind][figure])));
  const [runMs, plainRunMs] = [medianOf('columns', 'runMs'), medianOf('plain', 'runMs')];
  return {
    households: households.length,
    seekers,
    vacancies: vacancies.length,
    pairsScored: measured[0]!.columns.pairs,
    proposals: measured[0]!.columns.proposals.length,
    runs,
    pairsPerSecond: medianOf('columns', 'pairsPerSecond'),
    plainPairsPerSecond: medianOf('plain', 'pairsPerSecond'),
    householdsPerSecond: Math.round((households.length / runMs) * 1000),
    runMs,
    plainRunMs,
  };
}
