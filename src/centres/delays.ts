import type { IsHoliday } from '../shared/working-days.js';
import { groupBy } from '../shared/group-by.js';
import type { DecisionCount } from './delays.queries.js';

/** Fewer households than this are not told beyond a centre: a person could be recognised. */
export const FEWEST_SHOWN = 5;

export const DECISIONS = ['approve', 'return', 'refer', 'reject'] as const;
export type Decision = (typeof DECISIONS)[number];

/**
 * Counts that add up to a total which is shown, with small ones (1 to 4) as null. Where only one would be hidden, or those
 * hidden are fewer than five together (a rest of 2 in two places is 1 and 1), they could be found by subtraction: the next
 * smallest is hidden with them.
 */
export function hideSmall(counts: readonly number[]): (number | null)[] {
  const isSmall = (count: number): boolean => count > 0 && count < FEWEST_SHOWN;
  const hidden = counts.map(isSmall);
  const small = counts.filter(isSmall);
  const sum = small.reduce((all, count) => all + count, 0);
  if (small.length === 1 || (small.length > 1 && sum < FEWEST_SHOWN)) {
    const others = counts.map((count, index) => ({ count, index })).filter(({ count }) => count >= FEWEST_SHOWN);
    const next = others.sort((a, b) => a.count - b.count)[0];
    if (next !== undefined) hidden[next.index] = true;
  }
  return counts.map((count, index) => (hidden[index] ? null : count));
}

const DAY_MS = 86_400_000;

/** Working days after `from` up to and with `to`: a decision on the same day took 0. Dates are `YYYY-MM-DD`. */
export function workingDaysBetween(from: string, to: string, isHoliday: IsHoliday): number {
  let days = 0;
  for (let at = Date.parse(from) + DAY_MS; at <= Date.parse(to); at += DAY_MS) {
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !isHoliday(new Date(at).toISOString().slice(0, 10))) days += 1;
  }
  return days;
}

/** The Monday of a date's week. */
export function mondayOf(date: string): string {
  const at = Date.parse(date);
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10);
}

export interface DecidedIn {
  /** Decisions together; null: fewer than five. */
  decided: number | null;
  /** Working days from the proposal to a decision; null with fewer than five decisions. */
  medianDays: number | null;
  p90Days: number | null;
}

/** How long decisions took: the least number of days within which half, and nine of ten, were made. */
export function durationsOf(counts: readonly DecisionCount[], isHoliday: IsHoliday): DecidedIn {
  const decided = counts.reduce((sum, { decisions }) => sum + decisions, 0);
  if (decided < FEWEST_SHOWN) return { decided: decided === 0 ? 0 : null, medianDays: null, p90Days: null };
  const taken = counts
    .map(({ proposedOn, decidedOn, decisions }) => ({
      days: workingDaysBetween(proposedOn, decidedOn, isHoliday),
      decisions,
    }))
    .sort((a, b) => a.days - b.days);
  const within = (share: number): number => {
    let sum = 0;
    return taken.find(({ decisions }) => (sum += decisions) >= share * decided)!.days;
  };
  return { decided, medianDays: within(0.5), p90Days: within(0.9) };
}

/** Decisions of each kind, small counts hidden. */
export function decisionsOf(counts: readonly DecisionCount[]): Record<Decision, number | null> {
  const of = (action: Decision): number =>
    counts.reduce((sum, count) => (count.action === action ? sum + count.decisions : sum), 0);
  const [approve, back, refer, reject] = hideSmall(DECISIONS.map(of));
  return { approve: approve!, return: back!, refer: refer!, reject: reject! };
}

export interface ReasonCount {
  action: Decision;
  reason: string;
  /** Null: fewer than five. */
  decisions: number | null;
}

/**
 * Why cases were returned, referred and rejected, the most frequent first, of all centres together. The decisions of each kind
 * are shown with their sum, so that small counts are hidden by `hideSmall`.
 */
export function reasonsOf(counts: readonly DecisionCount[]): ReasonCount[] {
  const given = counts.filter((count) => count.reason !== null);
  const totals = [...groupBy(given, ({ action, reason }) => `${action} ${reason}`).values()]
    .map((alike) => ({
      action: alike[0]!.action,
      reason: alike[0]!.reason!,
      total: alike.reduce((sum, { decisions }) => sum + decisions, 0),
    }))
    .sort((a, b) => b.total - a.total || (a.reason < b.reason ? -1 : 1));
  return DECISIONS.flatMap((decision) => {
    const ofIt = totals.filter(({ action }) => action === decision);
    const shown = hideSmall(ofIt.map(({ total }) => total));
    return ofIt.map(({ action, reason }, i) => ({ action, reason, decisions: shown[i]! }));
  }).sort((a, b) => (b.decisions ?? 0) - (a.decisions ?? 0));
}
