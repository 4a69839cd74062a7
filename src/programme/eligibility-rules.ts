import { readFileSync } from 'node:fs';
import { fromRoot } from '../config/paths.js';
import type { SupportCode } from './support-rules.js';

/** What the programme asks of a household, of the place it moves to, and of the job there; in the order of reading. */
export const ELIGIBILITY_CODES = [
  'departure_region',
  'reception_region',
  'quota',
  'citizen',
  'job_seeker',
  'registered_year',
  'permanent_job',
  'place_listed',
] as const;
export type EligibilityCode = (typeof ELIGIBILITY_CODES)[number];

/** What only the household can say of itself. `graduate`: of «Серпін» or «Жарқын болашақ», within six months of graduating. */
export const OWN_ANSWERS = ['citizen', 'job_seeker', 'registered_year', 'graduate', 'divorced'] as const;
export type OwnAnswer = (typeof OWN_ANSWERS)[number];

interface DatedRow {
  /** The first day of this wording; it holds until the next row of the same code. */
  from: string;
  source: string;
  verified: boolean;
}

export interface EligibilityRule extends DatedRow {
  code: EligibilityCode;
  /** Whoever is this need not fulfil the rule. */
  waivedBy?: 'graduate';
}

/** A paper to bring: for the application, or for one kind of support. */
export interface PaperRule extends DatedRow {
  code: string;
  for: 'application' | SupportCode;
  /** Only then; null: everybody. */
  when: 'children' | 'divorced' | 'graduate' | 'buys_home' | null;
}

/** Where an application is taken. */
export interface ApplicationPlace extends DatedRow {
  code: string;
  url: string | null;
  /** It hands the application on within so many. */
  forwardsInWorkingDays?: number;
}

/** The dated rules of who may apply, with what and where; each list by code in the order of its dates. */
export interface EligibilityRules {
  rules: readonly EligibilityRule[];
  papers: readonly PaperRule[];
  places: readonly ApplicationPlace[];
}

/** The rules as `data/programme` has them. A new order is a new row there. */
export function readEligibilityRules(): EligibilityRules {
  const read = <Content>(name: string): Content =>
    JSON.parse(readFileSync(fromRoot('data', 'programme', name), 'utf8')) as Content;
  const { papers, places } = read<Pick<EligibilityRules, 'papers' | 'places'>>('papers.json');
  return { rules: read<EligibilityRule[]>('eligibility.json'), papers, places };
}

/** Of each code the wording in force on a day, in the order in which the codes first stand. */
export function inForceOn<Row extends DatedRow & { code: string }>(rows: readonly Row[], date: string): Row[] {
  const latest = new Map<string, Row>();
  for (const row of rows) if (row.from <= date) latest.set(row.code, row);
  return [...latest.values()];
}
