import { readFileSync } from 'node:fs';
import { fromRoot } from '../config/paths.js';
import type { DatedProgramme, ListedRegion, ProgrammeFacts } from './dated-programme.js';
import type { ProgrammeVersion, Quota } from './programme.queries.js';
import { type IndexRow, type Measure, type SupportRules, indexOn, measuresOn } from './support-rules.js';

/** A year's total, or a revision of it; `validFrom` of null: the day is not known. */
export interface NationalQuota {
  year: number;
  validFrom: string | null;
  settlers: number;
  kandas: number;
  source: string;
  verified: boolean;
}

/** Totals as `data/programme` has them: of some years and revisions no split by regions was published. */
export function readNationalQuotas(): NationalQuota[] {
  const file = readFileSync(fromRoot('data', 'programme', 'quotas.json'), 'utf8');
  return (JSON.parse(file) as { national: NationalQuota[] }).national;
}

/** The year's total in force on a day, and those of the year whose day is not known. */
export function nationalQuotasOn(all: readonly NationalQuota[], on: string): NationalQuota[] {
  const ofYear = all.filter(({ year }) => year === Number(on.slice(0, 4)));
  const inForce = ofYear.findLast(({ validFrom }) => validFrom !== null && validFrom <= on);
  const undated = ofYear.filter(({ validFrom }) => validFrom === null);
  return inForce === undefined ? undated : [inForce, ...undated];
}

/** What is in force on a day, each row with its source and whether one was seen. */
export interface ProgrammeOverview {
  on: string;
  mci: IndexRow;
  /** `tenge` by the day's index, for measures of one amount. */
  measures: (Measure & { tenge?: number })[];
  version: ProgrammeVersion;
  departure: ListedRegion[];
  reception: ListedRegion[];
  /** `revision`: the how-manieth of its year this is. */
  quotas: (Omit<Quota, 'year'> & { revision: number })[];
  nationalQuotas: Omit<NationalQuota, 'year'>[];
}

/** Pure. Error: `support.index_unknown` (422) before the first and after the last year whose index is known. */
export function programmeOverview(
  rules: SupportRules,
  { on, version: { departure, reception, ...version }, quotas }: DatedProgramme,
  every: ProgrammeFacts['quotas'],
  national: readonly NationalQuota[],
): ProgrammeOverview {
  const mci = indexOn(rules, on);
  const year = Number(on.slice(0, 4));
  const revisionOf = ({ regionCode, category, validFrom }: Quota): number =>
    every.filter(
      (one) =>
        one.year === year && one.regionCode === regionCode && one.category === category && one.validFrom <= validFrom,
    ).length;
  return {
    on,
    mci,
    measures: measuresOn(rules, on).map((measure) =>
      'mci' in measure ? { ...measure, tenge: measure.mci * mci.tenge } : measure,
    ),
    version,
    departure,
    reception,
    quotas: quotas.map((quota) => {
      const { year: _, ...rest } = quota;
      return { ...rest, revision: revisionOf(quota) };
    }),
    nationalQuotas: nationalQuotasOn(national, on).map(({ validFrom, settlers, kandas, source, verified }) => {
      return { validFrom, settlers, kandas, source, verified };
    }),
  };
}
