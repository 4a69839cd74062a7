import type { Demands, DiplomaField, Paper } from './papers.js';
import { educationAskedBy, skillLevelOf } from './skill-level.js';

/** Every code has words in the locales. */
export const MISSING_CODES = [
  'missing.education_vocational',
  'missing.education_higher',
  'missing.diploma_medicine',
  'missing.diploma_teaching',
  'missing.speciality_medicine',
  'missing.speciality_teaching',
  'missing.driving',
  'missing.tractor_licence',
  'missing.crane_permit',
  'missing.electrical_group',
  'missing.boiler_permit',
  'missing.guard_training',
] as const;
export type MissingCode = (typeof MISSING_CODES)[number];

/** Something that an occupation asks for and the former one does not. */
export interface Missing {
  code: MissingCode;
  /** Of `missing.driving`: the categories of which one is needed. */
  categories: readonly string[];
}

/** What the law asks for by occupation. */
export interface OccupationRules {
  /** The field whose diploma an occupation needs; null: none. */
  diplomaOf(isco: string): DiplomaField | null;
  demands: Demands;
}

/** What of the papers a person has; null: not asked, and their occupation's are taken to be held. */
export interface HeldPapers {
  diplomas: readonly string[] | null;
  driving: readonly string[] | null;
}

export const NOT_ASKED: HeldPapers = { diplomas: null, driving: null };

/** The driving categories that somebody of an occupation has, stated or taken for granted. */
export function drivingHeld(isco: string, { driving }: HeldPapers, { demands }: OccupationRules): readonly string[] {
  return driving ?? demands.get(isco)?.held ?? [];
}

/** True when somebody of an occupation holds the diploma of a field. */
export function holdsDiploma(isco: string, field: DiplomaField, held: HeldPapers, rules: OccupationRules): boolean {
  return held.diplomas === null ? rules.diplomaOf(isco) === field : held.diplomas.includes(field);
}

/**
 * What somebody of one occupation lacks for another: education where the skill level rises to one that asks for more, the diploma of
 * a regulated profession (or, with a diploma of the field, its check: it is for a speciality), and the paper that the law asks for.
 * Skills are left out: ESCO's essential skills come without the link to occupations in the files used here.
 */
export function missingBetween(from: string, to: string, held: HeldPapers, rules: OccupationRules): Missing[] {
  if (from === to) return [];
  const codes: MissingCode[] = [];
  const asked = educationAskedBy(skillLevelOf(to));
  if (skillLevelOf(to) > skillLevelOf(from) && asked !== null) codes.push(`missing.education_${asked}`);
  const field = rules.diplomaOf(to);
  if (field !== null) {
    codes.push(holdsDiploma(from, field, held, rules) ? `missing.speciality_${field}` : `missing.diploma_${field}`);
  }
  const missing: Missing[] = codes.map((code) => ({ code, categories: [] }));
  const demand = rules.demands.get(to);
  if (demand?.paper === 'driving') {
    const own = drivingHeld(from, held, rules);
    if (!demand.categories.some((one) => own.includes(one))) {
      missing.push({ code: 'missing.driving', categories: demand.categories });
    }
  } else if (demand !== undefined && rules.demands.get(from)?.paper !== demand.paper) {
    missing.push({ code: codeOf(demand.paper), categories: [] });
  }
  return missing;
}

/** The code of a paper that is missing. */
export function codeOf(paper: Paper): MissingCode {
  return `missing.${paper}`;
}
