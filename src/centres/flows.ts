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
 * Those who said yes are some of the approved, and those who went back of the arrived: both they and the others must not be few, of
 * one origin as of all origins together whose number is hidden.
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
  for (const [part, whole] of SOME_OF) {
    for (const reception of new Set(counts.map((count) => count.reception))) {
      const cells = flows.flatMap((flow, i): Cell[] => {
        const [some, all] = [counts[i]![`${part}Households`], counts[i]![`${whole}Households`]];
        return flow.reception === reception && some > 0 ? [{ flow, some, others: all - some }] : [];
      });
      hideBeside(cells, part);
    }
  }
  return flows;
}

/** Of a flow that is not empty: those who are of a part, and the others of its whole. */
interface Cell {
  flow: Flow;
  some: number;
  others: number;
}

/** Hides the next smallest until the sum of a reception region, which stands on other pages, tells of no hidden one. */
function hideBeside(cells: readonly Cell[], part: FlowState): void {
  const shown = cells.filter(({ flow }) => flow[part].households !== null).sort((a, b) => a.some - b.some);
  const hidden = cells.filter(({ flow }) => flow[part].households === null);
  const sumOf = (of: 'some' | 'others'): number => hidden.reduce((sum, cell) => sum + cell[of], 0);
  const isTold = (): boolean =>
    hidden.length === 1 || hideSmall([sumOf('some')])[0] === null || hideSmall([sumOf('others')])[0] === null;
  for (const next of shown) {
    if (!isTold()) return;
    next.flow[part] = HIDDEN;
    hidden.push(next);
  }
}
