import type { ApplicationReason } from '../applications/application-reasons.js';

/** How an adult stands. The first three are what the programme's statistics call economically active. */
export const ACTIVITIES = ['employed', 'own_business', 'active_otherwise', 'looking', 'not_looking'] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** How a household is housed. */
export const HOUSING = ['housed', 'housing_trouble'] as const;
export type Housing = (typeof HOUSING)[number];

/**
 * Every kind of outcome. `returned` is each person's, children too, because the programme counts persons; the way an adult works is that
 * adult's; how they are housed is the household's.
 */
export const OUTCOME_KINDS = [...ACTIVITIES, 'returned', ...HOUSING] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** Why people went back, as they say it. Codes only: nobody's own words are kept. */
export const RETURN_REASONS = [
  'no_job',
  'low_pay',
  'housing',
  'family',
  'climate',
  'health',
  'schools',
  'other',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** What a household lost, so that it gets a second chance inside the region. */
export const LOSSES = ['job', 'home'] as const;
export type Loss = (typeof LOSSES)[number];

/** What a household, or an officer for it, says of how it is. */
export type Answer =
  | { stays: false; reason: ReturnReason }
  | {
      stays: true;
      housing: Housing;
      adults: readonly { personId: string; activity: Activity }[];
      /** Whether they took the job that the centre has approved for their second chance; must be said while there is one. */
      tookJob?: boolean;
    };

/** How one adult stood when last heard of; null: never. */
export type Before = ReadonlyMap<string, Activity | null>;

/**
 * What is lost by an answer. A job: an adult looks for work who did not when last heard of, or of whom nothing was known and who came to
 * take up a post (`cameForWork`). A home: the household has trouble with it. Returning loses nothing here: they are gone.
 */
export function lossesIn(answer: Answer, before: Before, cameForWork: ReadonlySet<string>): Loss[] {
  if (!answer.stays) return [];
  const lostJob = answer.adults.some(({ personId, activity }) => {
    if (activity !== 'looking') return false;
    const last = before.get(personId) ?? null;
    return last === null ? cameForWork.has(personId) : last !== 'looking';
  });
  return [...(lostJob ? (['job'] as const) : []), ...(answer.housing === 'housing_trouble' ? (['home'] as const) : [])];
}

/** What those who stay say that they are without, lost or never had. */
export function missingIn({ adults, housing }: Extract<Answer, { stays: true }>): Loss[] {
  const looks = adults.some(({ activity }) => activity === 'looking');
  return [...(looks ? (['job'] as const) : []), ...(housing === 'housing_trouble' ? (['home'] as const) : [])];
}

/** Why a household went back, as its application says it. */
const APPLICATION_REASON_OF: Record<ReturnReason, ApplicationReason> = {
  no_job: 'work_lost',
  low_pay: 'pay_too_low',
  housing: 'housing_gone',
  family: 'family_reasons',
  climate: 'climate',
  health: 'other',
  schools: 'schools_or_services',
  other: 'other',
};

/** The reason that the application's end is given. */
export const applicationReasonOf = (reason: ReturnReason): ApplicationReason => APPLICATION_REASON_OF[reason];

/** The reason of a return that a centre noted on the application; one that fits none is another reason. */
export function returnReasonOf(reason: string | null): ReturnReason {
  return RETURN_REASONS.find((one) => one !== 'health' && APPLICATION_REASON_OF[one] === reason) ?? 'other';
}
