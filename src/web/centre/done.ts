import type { ProposalView } from '../../centres/queue-view.service.js';
import { PROPOSAL_STATES, type ProposalAction } from '../../matching/proposal-states.js';

/** What an officer has just done to a case, as the address of the next page says it. */
export const DONE = ['claim', 'release', 'approve', 'return', 'refer', 'reject'] as const;
export type DoneAction = (typeof DONE)[number];

export interface Done {
  action: DoneAction;
  /** The case as it stands now, which may be no longer what was made of it. */
  view: ProposalView;
}

const STATE_AFTER = {
  claim: 'claimed',
  release: 'waiting',
  approve: 'approved',
  return: 'returned',
  refer: 'referred',
  reject: 'rejected',
} as const;

const UNDO: Partial<Record<DoneAction, 'claim' | 'release'>> = { claim: 'release', release: 'claim' };

/** The action that takes a step back, if there is one and the table of states allows it now. */
export function undoOf({ action, view }: Done): 'claim' | 'release' | null {
  const back = UNDO[action];
  if (back === undefined || !stands({ action, view })) return null;
  const open: { readonly [A in ProposalAction]?: string } = PROPOSAL_STATES[view.status];
  return open[back] === undefined ? null : back;
}

/** True while the case is still what was made of it. */
export function stands({ action, view }: Done): boolean {
  // A claim on a proposal that was returned is put back there.
  return view.status === STATE_AFTER[action] || (action === 'release' && view.status === 'returned');
}
