/** Skill level of ISCO-08: 1 simple manual work, 2 trades and machines, 3 technicians, 4 professions. */
export type SkillLevel = 1 | 2 | 3 | 4;

/** Armed forces and the managers of hotels, shops and other services stand apart from their major groups. */
const BY_SUB_MAJOR_GROUP: Readonly<Record<string, SkillLevel>> = { '01': 4, '02': 2, '03': 1, '14': 3 };
const BY_MAJOR_GROUP: Readonly<Record<string, SkillLevel>> = { '1': 4, '2': 4, '3': 3, '9': 1 };

/** The skill level of a unit group (ILO, ISCO-08 volume 1, 2012, table 2): groups 4 to 8 have level 2. */
export function skillLevelOf(isco: string): SkillLevel {
  return BY_SUB_MAJOR_GROUP[isco.slice(0, 2)] ?? BY_MAJOR_GROUP[isco.charAt(0)] ?? 2;
}

/** The education that work of a level usually asks for, in Enbek's words; null: what every school gives. */
export type AskedEducation = 'vocational' | 'higher' | null;

/**
 * ILO, ISCO-08 volume 1, table 1: level 4 goes with a degree, level 3 with a college, level 2 with secondary education, which
 * everybody in Kazakhstan has. Of one who works at a level at least this is taken to be held.
 */
export function educationAskedBy(level: SkillLevel): AskedEducation {
  return level === 4 ? 'higher' : level === 3 ? 'vocational' : null;
}
