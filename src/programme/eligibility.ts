import {
  type ApplicationPlace,
  ELIGIBILITY_CODES,
  type EligibilityCode,
  type EligibilityRules,
  type OwnAnswer,
  type PaperRule,
  inForceOn,
} from './eligibility-rules.js';

/** Whether something holds, by whose word; `holds` of null: nobody could verify it. */
export interface Fact {
  holds: boolean | null;
  by: 'programme' | 'vacancy' | 'household' | null;
  /** False where what it rests on comes from no written source. */
  verified: boolean;
}

export const ELIGIBILITY_STATES = ['met', 'missing', 'unknown'] as const;
export type EligibilityState = (typeof ELIGIBILITY_STATES)[number];

/** One rule and how it stands. `unknown`: nobody could verify it, so the centre will look. */
export interface EligibilityLine {
  code: EligibilityCode;
  state: EligibilityState;
  /** Whose word it rests on; `exception`: it is waived; null: nobody's. */
  by: Fact['by'] | 'exception';
  source: string;
  /** False where the rule, or the list it is judged by, comes from no written source. */
  verified: boolean;
}

export interface Paper extends Omit<PaperRule, 'from'> {
  code: string;
}

/** Who may apply on a day, with which papers, and where. */
export interface Eligibility {
  on: string;
  /** `missing` when a rule is not met, else `unknown` when one could not be verified. */
  state: EligibilityState;
  rules: EligibilityLine[];
  papers: Paper[];
  places: Omit<ApplicationPlace, 'from'>[];
}

export type OwnAnswers = Partial<Record<OwnAnswer, boolean>>;

/** What is known of a move without asking the household. */
export type KnownFacts = Record<'departure_region' | 'reception_region' | 'quota' | 'permanent_job', Fact>;

export interface EligibilityQuestion {
  on: string;
  known: KnownFacts;
  /** What the household says of itself; what it does not say nobody could verify. */
  answers: OwnAnswers;
  /** Null: not known, so that their papers are listed. */
  children: number | null;
}

/** Each rule in force on a day as met, missing or not to be verified; the papers and the places of that day. Pure. */
export function eligibilityOn(rules: EligibilityRules, question: EligibilityQuestion): Eligibility {
  const { on, known, answers } = question;
  const facts: Record<EligibilityCode, Fact> = {
    ...known,
    citizen: ownFact(answers.citizen),
    job_seeker: ownFact(answers.job_seeker),
    registered_year: ownFact(answers.registered_year),
    place_listed: NOBODYS,
  };
  const lines = inForceOn(rules.rules, on)
    .map(({ code, waivedBy, source, verified }): EligibilityLine => {
      const { holds, by, verified: seen } = facts[code];
      if (waivedBy !== undefined && holds !== true && answers[waivedBy] === true) {
        return { code, state: 'met', by: 'exception', source, verified };
      }
      return { code, state: stateOf(holds), by, source, verified: verified && seen };
    })
    .sort((a, b) => ELIGIBILITY_CODES.indexOf(a.code) - ELIGIBILITY_CODES.indexOf(b.code));
  const worst = (['missing', 'unknown'] as const).find((state) => lines.some((line) => line.state === state));
  return {
    on,
    state: worst ?? 'met',
    rules: lines,
    papers: inForceOn(rules.papers, on)
      .filter(({ when }) => isNeeded(when, question))
      .map(({ from: _, ...paper }) => paper),
    places: inForceOn(rules.places, on).map(({ from: _, ...place }) => place),
  };
}

const NOBODYS: Fact = { holds: null, by: null, verified: true };

const ownFact = (answer: boolean | undefined): Fact =>
  answer === undefined ? NOBODYS : { holds: answer, by: 'household', verified: true };

const stateOf = (holds: boolean | null): EligibilityState => (holds === null ? 'unknown' : holds ? 'met' : 'missing');

/** A paper that concerns only some stays on the list until the household has said that it is not one of them. */
function isNeeded(when: PaperRule['when'], { children, answers }: EligibilityQuestion): boolean {
  if (when === 'children') return children === null || children > 0;
  if (when === 'divorced' || when === 'graduate') return answers[when] !== false;
  return true;
}
