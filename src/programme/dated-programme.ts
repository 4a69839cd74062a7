import { Problem } from '../shared/problem.js';
import type { LivingCost } from './budget.js';
import type { Fact, KnownFacts } from './eligibility.js';
import type { ProgrammeVersion, Quota } from './programme.queries.js';

/** A region on a version's list, and whether a written source has it there. */
export interface ListedRegion {
  regionCode: string;
  verified: boolean;
}

export interface ListedVersion extends ProgrammeVersion {
  departure: ListedRegion[];
  reception: ListedRegion[];
}

/** Everything dated that the database holds of the programme, and what living costs by region. */
export interface ProgrammeFacts {
  /** In the order of their dates. */
  versions: readonly ListedVersion[];
  /** Every revision, in the order of their dates. */
  quotas: readonly Quota[];
  /** By region; Shymkent has none. */
  livingCosts: ReadonlyMap<string, LivingCost>;
}

/** The programme's lists and quotas as they stand on a day. */
export interface DatedProgramme {
  on: string;
  version: ListedVersion;
  /** Of each region and category the latest revision within the day's year. */
  quotas: Quota[];
  livingCosts: ProgrammeFacts['livingCosts'];
}

/** What is in force on a day. Error: `programme.before_first_version` (422). Pure. */
export function programmeOn(facts: ProgrammeFacts, on: string): DatedProgramme {
  const version = facts.versions.findLast(({ validFrom, validTo }) => validFrom <= on && (validTo ?? '9') > on);
  if (version === undefined) {
    throw new Problem('programme.before_first_version', 422, { date: on, first: facts.versions[0]?.validFrom ?? null });
  }
  const latest = new Map<string, Quota>();
  for (const quota of facts.quotas) {
    if (quota.year === Number(on.slice(0, 4)) && quota.validFrom <= on) {
      latest.set(`${quota.category} ${quota.regionCode}`, quota);
    }
  }
  return { on, version, quotas: [...latest.values()], livingCosts: facts.livingCosts };
}

/** What is known of a move between two regions for a job; a vacancy of null: none is looked at. */
export function knownFacts(
  { version, quotas }: DatedProgramme,
  { homeRegionCode, regionCode }: { homeRegionCode: string | null; regionCode: string },
  employment: string | null,
): KnownFacts {
  return {
    departure_region: homeRegionCode === null ? UNASKED : listed(version.departure, homeRegionCode, version.verified),
    reception_region: listed(version.reception, regionCode, version.verified),
    quota: quotaFact(quotas, regionCode),
    permanent_job: employment === null ? UNASKED : { holds: employment === 'permanent', by: 'vacancy', verified: true },
  };
}

const UNASKED: Fact = { holds: null, by: null, verified: true };

/** That a region is on no list is as sure as the whole version. */
function listed(regions: readonly ListedRegion[], regionCode: string, wholeVerified: boolean): Fact {
  const found = regions.find((one) => one.regionCode === regionCode);
  return { holds: found !== undefined, by: 'programme', verified: found?.verified ?? wholeVerified };
}

/** A region without settlers' quota has none, unless none of that year was published by regions. */
function quotaFact(quotas: readonly Quota[], regionCode: string): Fact {
  const settlers = quotas.filter(({ category }) => category === 'settlers');
  if (settlers.length === 0) return UNASKED;
  const own = settlers.find((quota) => quota.regionCode === regionCode);
  if (own === undefined) return { holds: false, by: 'programme', verified: settlers.every(({ verified }) => verified) };
  return { holds: own.persons > 0, by: 'programme', verified: own.verified };
}
