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

/** States whose households are some of another's. */
const SOME_OF = [
  ['interested', 'approved'],
  ['returned', 'arrived'],
] as const satisfies (readonly [FlowState, FlowState])[];

const HIDDEN: FlowSize = { households: null, persons: null };

/**
 * Flows without a number that tells of fewer than five households. How many wait for a region, and how many persons were
 * approved there, stands on other pages: numbers are hidden so that the rest of a reception region does not give them away.
 * Those who said yes are some of the approved, and those who went back of the arrived: both they and the others must not be few.
 * Of those who went back the sum stands on another page too.
 */
export function flowsOf(counts: readonly FlowCount[]): Flow[] {
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
  for (const state of FLOW_STATES) {
    for (const reception of new Set(counts.map((count) => count.reception))) {
      const ofRegion = flows.filter((flow) => flow.reception === reception);
      const shown = hideSmall(ofRegion.map((flow) => flow[state].households!));
      ofRegion.forEach((flow, i) => {
        if (shown[i] === null) flow[state] = HIDDEN;
      });
    }
  }
  flows.forEach((flow, i) => {
    for (const [part, whole] of SOME_OF) {
      const [some, all] = [counts[i]![`${part}Households`], counts[i]![`${whole}Households`]];
      const [shown] = hideSmall([some, all - some]);
      const wholeHidden = flow[whole].households === null && some > 0;
      if (shown === null || wholeHidden) flow[part] = HIDDEN;
    }
  });
  for (const reception of new Set(counts.map((count) => count.reception))) {
    const cells = flows.flatMap((flow, i): Cell[] => {
      const { returnedHouseholds: returned, arrivedHouseholds } = counts[i]!;
      return flow.reception === reception && returned > 0
        ? [{ flow, returned, stayed: arrivedHouseholds - returned }]
        : [];
    });
    hideBeside(cells);
  }
  return flows;
}

/** A flow from which somebody went back. */
interface Cell {
  flow: Flow;
  returned: number;
  stayed: number;
}

/** How many went back from a reception region stands on another page: hides the next smallest until that sum tells of no hidden one. */
function hideBeside(cells: readonly Cell[]): void {
  const shown = cells.filter(({ flow }) => flow.returned.households !== null).sort((a, b) => a.returned - b.returned);
  const hidden = cells.filter(({ flow }) => flow.returned.households === null);
  const isFew = (of: 'returned' | 'stayed'): boolean =>
    hideSmall([hidden.reduce((sum, cell) => sum + cell[of], 0)])[0] === null;
  for (const next of shown) {
    if (hidden.length !== 1 && !isFew('returned') && !isFew('stayed')) return;
    next.flow.returned = HIDDEN;
    hidden.push(next);
  }
}
