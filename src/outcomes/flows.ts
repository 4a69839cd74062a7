import { hideSmall } from '../shared/small-counts.js';
import type { FlowCount } from './flows.queries.js';

export const FLOW_STATES = ['waiting', 'approved', 'interested', 'arrived', 'returned'] as const;
export type FlowState = (typeof FLOW_STATES)[number];

/** Null together: fewer than five households, or hidden because such a number could be found by subtraction. */
export interface FlowSize {
  households: number | null;
  persons: number | null;
}

export interface Flow extends Record<FlowState, FlowSize> {
  origin: string;
  reception: string;
}

/** Regions whose sum of who stayed, or who went back, another table hides. */
export interface HiddenSums {
  stayed: ReadonlySet<string>;
  returned: ReadonlySet<string>;
}

const HIDDEN: FlowSize = { households: null, persons: null };

/**
 * Flows without a number that tells of fewer than five households. How many wait for a region, and how many persons were
 * approved there, stands on other pages: numbers are hidden so that the rest of a reception region does not give them away.
 * Those who said yes are some of the approved: both they and the others must not be few. Who arrived is who stayed and who went back;
 * the sums of these two stand in tables of their own, so that the three are hidden together (`hideMoved`).
 */
export function flowsOf(counts: readonly FlowCount[], hiddenSums: HiddenSums): Flow[] {
  const flows = counts.map((count): Flow => {
    const size = (state: FlowState): FlowSize => ({
      households: count[`${state}Households`],
      persons: count[`${state}Persons`],
    });
    return {
      origin: count.origin,
      reception: count.reception,
      waiting: size('waiting'),
      approved: size('approved'),
      interested: size('interested'),
      arrived: size('arrived'),
      returned: size('returned'),
    };
  });
  for (const reception of new Set(counts.map((count) => count.reception))) {
    const ofRegion = flows.filter((flow) => flow.reception === reception);
    for (const state of FLOW_STATES) {
      const shown = hideSmall(ofRegion.map((flow) => flow[state].households!));
      ofRegion.forEach((flow, i) => {
        if (shown[i] === null) flow[state] = HIDDEN;
      });
    }
    const moved = flows.flatMap((flow, i): Moved[] => {
      const { returnedHouseholds: returned, arrivedHouseholds: arrived } = counts[i]!;
      return flow.reception === reception && arrived > 0 ? [{ flow, returned, stayed: arrived - returned }] : [];
    });
    if (hiddenSums.stayed.has(reception) || hiddenSums.returned.has(reception)) hideAll(moved, ['arrived', 'returned']);
    else hideMoved(moved);
  }
  flows.forEach((flow, i) => {
    const { interestedHouseholds: yes, approvedHouseholds: all } = counts[i]!;
    const [shown] = hideSmall([yes, all - yes]);
    if (shown === null || (flow.approved.households === null && yes > 0)) flow.interested = HIDDEN;
  });
  return flows;
}

/** A flow by which somebody has arrived. */
interface Moved {
  flow: Flow;
  returned: number;
  stayed: number;
}

const isHidden = (flow: Flow, state: FlowState): boolean => flow[state].households === null;
const isFew = (households: number): boolean => hideSmall([households])[0] === null;

/**
 * Of a region whose sums of who stayed and who went back are known: hides who went back where they or those who stayed are few, or who
 * arrived is hidden, and the next smallest beside them until what is hidden tells of no single flow and of no few. Where there is none
 * left to hide, who arrived is hidden of the whole region.
 */
function hideMoved(moved: readonly Moved[]): void {
  const gone = moved.filter(({ returned }) => returned > 0);
  for (const { flow, returned, stayed } of gone) {
    if (isFew(returned) || isFew(stayed) || isHidden(flow, 'arrived')) flow.returned = HIDDEN;
  }
  const shown = gone.filter(({ flow }) => !isHidden(flow, 'returned')).sort((a, b) => a.returned - b.returned);
  const tells = (): boolean => {
    const hidden = gone.filter(({ flow }) => isHidden(flow, 'returned'));
    const either = moved.filter(({ flow }) => isHidden(flow, 'returned') || isHidden(flow, 'arrived'));
    const sum = (of: 'returned' | 'stayed', parts: readonly Moved[]): number =>
      parts.reduce((all, part) => all + part[of], 0);
    return (
      hidden.length === 1 ||
      isFew(sum('returned', hidden)) ||
      isFew(sum('stayed', hidden)) ||
      isFew(sum('stayed', either))
    );
  };
  while (tells()) {
    const next = shown.shift();
    if (next === undefined) return hideAll(moved, ['arrived']);
    next.flow.returned = HIDDEN;
  }
}

/** Where nobody is there is nothing to hide. */
function hideAll(moved: readonly Moved[], states: readonly ('arrived' | 'returned')[]): void {
  for (const { flow } of moved) {
    for (const state of states) if (flow[state].households !== 0) flow[state] = HIDDEN;
  }
}
