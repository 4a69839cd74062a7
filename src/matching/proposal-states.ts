import type { TransitionTable } from '../shared/transitions.js';

/** States of a proposal, as the table `proposal` allows them. */
export const PROPOSAL_STATUSES = [
  'waiting',
  'claimed',
  'returned',
  'approved',
  'rejected',
  'referred',
  'withdrawn',
] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

export type ProposalAction = 'claim' | 'release' | 'put_back' | 'approve' | 'return' | 'refer' | 'reject' | 'withdraw';

/** States in which a household still has the proposal: at most one of them for a household and a district. */
export const OPEN_PROPOSAL_STATUSES = [
  'waiting',
  'claimed',
  'returned',
  'approved',
] as const satisfies ProposalStatus[];

/** The household still has it. */
export const isOpenStatus = (status: ProposalStatus): boolean =>
  (OPEN_PROPOSAL_STATUSES as readonly ProposalStatus[]).includes(status);

/**
 * The life of a proposal. A lease that has run out leaves the proposal `claimed` until somebody claims it anew, so `claim`
 * leads from `claimed` to itself. A claim on a proposal whose household has been asked for something is put back among the
 * returned ones, where the answer is waited for. Approval is not the end: a vacancy that closes later withdraws it, and
 * an approved proposal whose household moves goes on as an application.
 */
export const PROPOSAL_STATES: TransitionTable<ProposalStatus, ProposalAction> = {
  waiting: {
    claim: 'claimed',
    approve: 'approved',
    return: 'returned',
    refer: 'referred',
    reject: 'rejected',
    withdraw: 'withdrawn',
  },
  claimed: {
    claim: 'claimed',
    release: 'waiting',
    put_back: 'returned',
    approve: 'approved',
    return: 'returned',
    refer: 'referred',
    reject: 'rejected',
    withdraw: 'withdrawn',
  },
  returned: {
    claim: 'claimed',
    approve: 'approved',
    refer: 'referred',
    reject: 'rejected',
    withdraw: 'withdrawn',
  },
  approved: { withdraw: 'withdrawn' },
  rejected: {},
  referred: {},
  withdrawn: {},
};
