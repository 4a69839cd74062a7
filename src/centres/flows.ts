import { hideSmall } from '../shared/small-counts.js';
import type { FlowCount } from './flows.queries.js';

export const FLOW_STATES = ['waiting', 'approved', 'interested'] as const;
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

const HIDDEN: FlowSize = { households: null, persons: null };

/**
 * Flows without a number that tells of fewer than five households. How many wait for a region, and how many persons were
 * approved there, stands on other pages: numbers are hidden so that the rest of a reception region does not give them away.
 * Those who said yes are some of the approved: both they and the others must not be few.
 */
export function flowsOf(counts: readonly FlowCount[]): Flow[] {
  const flows = counts.map((count): Flow => ({
    origin: count.origin,
    reception: count.reception,
    waiting: { households: count.waitingHouseholds, persons: count.waitingPersons },
    approved: { households: count.approvedHouseholds, persons: count.approvedPersons },
    interested: { households: count.interestedHouseholds, persons: count.interestedPersons },
  }));
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
    const { approvedHouseholds, interestedHouseholds } = counts[i]!;
    const [interested] = hideSmall([interestedHouseholds, approvedHouseholds - interestedHouseholds]);
    const approvedHidden = flow.approved.households === null && interestedHouseholds > 0;
    if (interested === null || approvedHidden) flow.interested = HIDDEN;
  });
  return flows;
}
