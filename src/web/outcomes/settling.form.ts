import {
  ACTIVITIES,
  type Activity,
  type Answer,
  HOUSING,
  type Housing,
  RETURN_REASONS,
  type ReturnReason,
} from '../../outcomes/outcome-kinds.js';
import type { ArrivalState } from '../../outcomes/outcomes.queries.js';
import type { FieldProblem } from '../../shared/problem.js';
import { type Typed, one } from '../site/form.js';

/** The form's field of an adult. */
export const activityField = (position: number): string => `activity${position}`;

/** Whether the approved job of a second chance was taken; asked while there is one. */
export const TOOK_JOB = 'tookJob';

/** What a form says of how a household is: an answer, or what is missing of it. */
export function readSettling(
  typed: Typed,
  { adults, approvedJobs }: ArrivalState,
): { answer: Answer; problems: [] } | { answer: null; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const choice = <Code extends string>(field: string, codes: readonly Code[]): Code => {
    const found = codes.find((code) => code === one(typed, field));
    if (found === undefined) problems.push({ field, code: 'settling.answer_missing' });
    return found ?? codes[0]!;
  };
  const stays = choice('stays', ['yes', 'no']) === 'yes';
  if (problems.length > 0) return { answer: null, problems };
  const answer: Answer = stays
    ? {
        stays,
        adults: adults.map(({ personId, position }) => ({
          personId,
          activity: choice<Activity>(activityField(position), ACTIVITIES),
        })),
        housing: choice<Housing>('housing', HOUSING),
        ...(approvedJobs.length > 0 && { tookJob: choice(TOOK_JOB, ['yes', 'no']) === 'yes' }),
      }
    : { stays, reason: choice<ReturnReason>('reason', RETURN_REASONS) };
  return problems.length > 0 ? { answer: null, problems } : { answer, problems: [] };
}

/**
 * How a household stands as far as is known, to be confirmed with one tap: as it told last, and before that with the jobs it came for
 * and a home; an approved job that it has not said to have taken is not taken. Null where something would have to be guessed: an
 * adult who came without a job and was never heard of.
 */
export function asKnown({
  adults,
  housing,
  returned,
  approvedJobs,
}: ArrivalState): Extract<Answer, { stays: true }> | null {
  if (returned) return null;
  const known = adults.map(({ personId, activity, cameFor }) => ({
    personId,
    activity: activity ?? (cameFor === null ? null : ('employed' as const)),
  }));
  if (known.some(({ activity }) => activity === null)) return null;
  return {
    stays: true,
    housing: housing ?? 'housed',
    adults: known.map(({ personId, activity }) => ({ personId, activity: activity! })),
    ...(approvedJobs.length > 0 && { tookJob: false }),
  };
}
