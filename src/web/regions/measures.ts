import type { RegionFacts } from '../../matching/regions.service.js';
import type { PageContext } from '../site/page-context.js';

/** What everybody weighs before a move, as Everett Lee's factors are grouped in the study this service rests on. */
export const FACTORS = ['labour', 'housing', 'income', 'social'] as const;
export type Factor = (typeof FACTORS)[number];

/** A measure of a region: one number with its unit, its words at `page.regions.measure_<code>`. */
export interface Measure {
  code: string;
  factor: Factor;
  /** Null: no source gives it. */
  of(region: RegionFacts): number | null;
  /** In a table, with its unit. */
  inWords(page: PageContext, value: number): string;
  /** In a tile of the map: five signs or so. */
  short(page: PageContext, value: number): string;
  /** Where a published figure comes from; the live market's have the page's own line. */
  statistic?: string;
}

const plain = (digits: number) => (page: PageContext, value: number) =>
  page.number(value, { maximumFractionDigits: digits });
const share = (page: PageContext, value: number): string =>
  page.number(value, { style: 'percent', maximumFractionDigits: 0 });
const tenge = (page: PageContext, value: number): string => page.tenge(value);
const thousands = (page: PageContext, value: number): string =>
  page.t('page.regions.thousands', { value: Math.round(value / 1000) });

function statistic(
  code: string,
  factor: Factor,
  inWords: Measure['inWords'],
  short: Measure['short'] = inWords,
): Measure {
  return { code, factor, of: (region) => region.statistics[code]?.value ?? null, inWords, short, statistic: code };
}

export const MEASURES: readonly Measure[] = [
  { code: 'vacancies', factor: 'labour', of: ({ market }) => market.vacancies, inWords: plain(0), short: plain(0) },
  { code: 'openings', factor: 'labour', of: ({ market }) => market.openings, inWords: plain(0), short: plain(0) },
  { code: 'tension', factor: 'labour', of: ({ market }) => market.tension, inWords: plain(1), short: plain(1) },
  statistic('unemployment', 'labour', (page, value) =>
    page.number(value / 100, { style: 'percent', maximumFractionDigits: 1 }),
  ),
  { code: 'housing_share', factor: 'housing', of: ({ market }) => market.housingShare, inWords: share, short: share },
  {
    code: 'housing_provided',
    factor: 'housing',
    of: ({ market }) => market.housingProvided,
    inWords: plain(0),
    short: plain(0),
  },
  {
    code: 'housing_help',
    factor: 'housing',
    of: ({ market }) => market.housingHelp,
    inWords: plain(0),
    short: plain(0),
  },
  {
    code: 'pay_offered',
    factor: 'income',
    of: ({ market }) => market.medianPayTenge,
    inWords: tenge,
    short: thousands,
  },
  statistic('average_pay', 'income', tenge, thousands),
  statistic('spending_per_head', 'income', tenge, thousands),
  statistic('schools', 'social', plain(1)),
  statistic('medical_institutions', 'social', plain(2)),
  statistic('life_expectancy', 'social', plain(1)),
  statistic('air_pollution_index', 'social', plain(0)),
  statistic('population', 'social', plain(0), thousands),
];

export const measureOf = (code: string): Measure | undefined => MEASURES.find((measure) => measure.code === code);
