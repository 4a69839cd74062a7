import { readFileSync } from 'node:fs';
import { fromRoot } from '../config/paths.js';
import { addWorkingDays } from '../shared/working-days.js';
import { type ApplicationState, OWNER_OF } from './application-states.js';

/** How long an application may wait in a state, from a day on until the next row of the same state. */
export type DeadlineRule = {
  state: ApplicationState;
  /** `YYYY-MM-DD` */
  from: string;
  /** Working days after the due date on which a wait for somebody ends by itself; null: it never does, it is shown as overdue. */
  lapseAfterWorkingDays: number | null;
  source: string;
  /** False where no public source gave it. */
  verified: boolean;
} & ({ workingDays: number; months?: never } | { months: number; workingDays?: never });

/** Until when somebody has an application, and what is known of that. Dates are `YYYY-MM-DD`. */
export interface Deadline {
  dueOn: string;
  /** The last day before it lapses; null: it does not. */
  lapsesAfter: string | null;
  source: string;
  verified: boolean;
}

/** The rules as `data/programme/deadlines.json` has them. A new order is a new row there. */
export function readDeadlines(): DeadlineRule[] {
  return JSON.parse(readFileSync(fromRoot('data', 'programme', 'deadlines.json'), 'utf8')) as DeadlineRule[];
}

/** The rule of a state on a day; of days before the first row the first one. Null where the state is an end. */
export function deadlineRule(
  rules: readonly DeadlineRule[],
  state: ApplicationState,
  date: string,
): DeadlineRule | null {
  if (OWNER_OF[state] === null) return null;
  const own = rules.filter((rule) => rule.state === state);
  const found = own.findLast(({ from }) => from <= date) ?? own[0];
  if (found === undefined) throw new Error(`No deadline for an application that is ${state}.`);
  return found;
}

/** The deadline of a wait that begins on a day; null where the state is an end. */
export function deadlineFrom(rules: readonly DeadlineRule[], state: ApplicationState, date: string): Deadline | null {
  const rule = deadlineRule(rules, state, date);
  if (rule === null) return null;
  const dueOn =
    rule.months === undefined
      ? addWorkingDays(date, rule.workingDays)
      : firstWorkingDay(monthsAfter(date, rule.months));
  return { ...ofDue(rule, dueOn), dueOn };
}

/** What is known of a due date that stands already, also of one that was extended; `since`: when the wait began. */
export function deadlineOn(
  rules: readonly DeadlineRule[],
  state: ApplicationState,
  since: string,
  dueOn: string,
): Deadline {
  const rule = deadlineRule(rules, state, since);
  if (rule === null) throw new Error(`Nothing is due of an application that is ${state}.`);
  return { ...ofDue(rule, dueOn), dueOn };
}

function ofDue(rule: DeadlineRule, dueOn: string): Omit<Deadline, 'dueOn'> {
  const { lapseAfterWorkingDays: days, source, verified } = rule;
  return { lapsesAfter: days === null ? null : addWorkingDays(dueOn, days), source, verified };
}

/** The same day so many months later, or the last one of a shorter month. */
function monthsAfter(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** The day itself, or the first working day after it. */
function firstWorkingDay(date: string): string {
  const before = new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return addWorkingDays(before, 1);
}
