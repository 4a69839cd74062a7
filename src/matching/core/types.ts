/**
 * What the matching core reads: plain facts of people, posts and the labour market. A `null` always means "not stated".
 * Sex, ethnicity, religion, marital status, health and return risk have no field here, so nothing can rank by them.
 */

export const EDUCATIONS = [
  'basic_secondary',
  'general_secondary',
  'vocational',
  'post_secondary',
  'higher',
  'postgraduate',
] as const;
/** Levels of education, from the lowest to the highest. */
export type EducationLevel = (typeof EDUCATIONS)[number];

/** Professions that the law closes to people without the paper. */
export type Regulated = 'medicine' | 'teaching' | 'driving';

/** A working adult who looks for work. */
export interface SeekerProfile {
  id: string;
  /** ISCO-08 unit group, four digits. */
  isco: string;
  /** Specialities that the seeker's own title of the occupation names, in a field whose papers are for one; empty: none stated. */
  specialities: readonly string[];
  education: EducationLevel | null;
  experienceYears: number;
  /** `kk`, `ru`, `en` … */
  languages: readonly string[];
  /** Driving categories: `B`, `C`, `CE` … */
  driving: readonly string[];
  /** Regulated fields for which the seeker holds the diploma: `medicine`, `teaching`. */
  diplomas: readonly string[];
  /** Today's monthly pay; 0 = no pay today, null = not stated. */
  payTenge: number | null;
  minimumPayTenge: number | null;
  permanentOnly: boolean;
}

/** A household moves as one: everybody in it, and the one or two adults who look for work. */
export interface HouseholdProfile {
  id: string;
  /** ISO 3166-2 code. */
  homeRegionCode: string;
  homeDistrictKato: string | null;
  children: number;
  schoolAgeChildren: number;
  /** Every member, adults who do not look for work included. */
  persons: number;
  relativesRegionCodes: readonly string[];
  settlementWish: 'urban' | 'rural' | 'any';
  wishedRegionCodes: readonly string[];
  excludedRegionCodes: readonly string[];
  /** Districts that the household said it is not interested in; none when absent. */
  excludedDistrictKatos?: readonly string[];
  housingRequired: boolean;
  corridorOff: boolean;
  wishesMove: boolean;
  consentsToMatching: boolean;
  /** One or two, in the order of their position; none when nobody in it looks for work any more. */
  seekers: readonly SeekerProfile[];
}

/** A vacancy as the matching core sees it. */
export interface VacancyOffer {
  id: string;
  status: 'open' | 'closed';
  /** `YYYY-MM-DD`, the last day it stands. */
  validUntil: string | null;
  sector: string;
  isco: string | null;
  /** False when the occupation was guessed from a title. */
  iscoSure: boolean;
  regulated: Regulated | null;
  /** Specialities that the title names, by the same codes as a seeker's; empty: none stated. */
  specialities: readonly string[];
  regionCode: string;
  districtKato: string | null;
  settlementType: 'urban' | 'rural' | null;
  payMinTenge: number | null;
  payMaxTenge: number | null;
  employment: 'permanent' | 'temporary' | 'seasonal' | 'remote' | null;
  education: EducationLevel | null;
  experience: 'any' | 'none' | '1-3' | '3-5' | '5+' | null;
  /** Posts; null = not stated and counts as one. */
  openings: number | null;
  languages: readonly string[];
  driving: readonly string[];
  housing: 'provided' | 'help' | 'none' | null;
  /** A firm posted it here itself and no centre has checked that firm. What an exchange brings, the exchange has checked. */
  employerUnchecked: boolean;
}

/** Facts of a region that bear on a life there; null where no source states them. */
export interface RegionFacts {
  code: string;
  /** Spending per head and month: here compared between regions only; a household's month is `programme/budget.ts`. */
  livingCostTenge: number | null;
  averagePayTenge: number | null;
  /** 0 = the least served region of the country, 1 = the best. */
  schools: number | null;
  medicine: number | null;
}

/** Openings and seekers of one occupation in one region at the moment of a run. */
export interface MarketCount {
  regionCode: string;
  /** Of the occupation, one for all counts of it; of the vacancy's area where the occupation is not known. */
  sector: string;
  /** Null: vacancies whose occupation no source states. They count for their sector only. */
  isco: string | null;
  openings: number;
  /** Sum of the squares of each vacancy's openings; as if every vacancy had one when absent. */
  squaredOpenings?: number;
  seekers: number;
  /** Of the seekers, those who wish to move; none when absent. */
  movers?: number;
}

/** A documented route of people from one region to others. */
export interface Corridor {
  from: string;
  to: readonly string[];
}

/** What a run knows of the market and the rules on its date; the same for every pair it scores. */
export interface LabourMarket {
  counts: readonly MarketCount[];
  regions: readonly RegionFacts[];
  corridors: readonly Corridor[];
}

/** The programme's rules on the date of a run. */
export interface MoveRules {
  /** `YYYY-MM-DD` in Kazakhstan. */
  date: string;
  receptionRegions: ReadonlySet<string>;
  departureRegions: ReadonlySet<string>;
  /** The move is to be supported by the programme, which asks for permanent work. */
  supportClaimed: boolean;
}

/** Posts that a vacancy has: what it states, otherwise one. */
export function openingsOf(vacancy: Pick<VacancyOffer, 'openings'>): number {
  return vacancy.openings ?? 1;
}

/** The pay an employer promises to everybody: the lower bound, or the upper one where only that is stated. */
export function promisedPayTenge(vacancy: Pick<VacancyOffer, 'payMinTenge' | 'payMaxTenge'>): number | null {
  return vacancy.payMinTenge ?? vacancy.payMaxTenge;
}
