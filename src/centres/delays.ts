import type { IsHoliday } from '../shared/working-days.js';
import { groupBy } from '../shared/group-by.js';
import { type Durations, durationsIn } from '../shared/durations.js';
import { hideSmall } from '../shared/small-counts.js';
import type { DecisionCount } from './delays.queries.js';

export const DECISIONS = ['approve', 'return', 'refer', 'reject'] as const;
export type Decision = (typeof DECISIONS)[number];

const DAY_MS = 86_400_000;

/** The Monday of a date's week. */
export function mondayOf(date: string): string {
  const at = Date.parse(date);
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10);
}

export interface DecidedIn extends Durations {
  /** Decisions together; null: fewer than five. */
  decided: number | null;
}

/** How long decisions took. */
export function durationsOf(counts: readonly DecisionCount[], isHoliday: IsHoliday): DecidedIn {
  const { ended, ...days } = durationsIn(
    counts.map(({ proposedOn, decidedOn, decisions }) => ({ from: proposedOn, to: decidedOn, count: decisions })),
    isHoliday,
  );
  return { decided: ended, ...days };
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
