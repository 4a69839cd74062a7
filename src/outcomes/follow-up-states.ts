import type { TransitionTable } from '../shared/transitions.js';

export const FOLLOW_UP_STATES = ['due', 'asked', 'unreached', 'answered', 'closed'] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

/** `miss`: the centre called and reached nobody; `close`: it is no longer to be answered, with a reason. */
export type FollowUpAction = 'ask' | 'answer' | 'miss' | 'close';

/** What a correction opens again: of a household that had not gone back after all. No step of a follow-up's life: its ends are ends. */
export const REOPENED: { readonly from: FollowUpState; readonly to: FollowUpState } = { from: 'closed', to: 'due' };

/** Why a follow-up ended without an answer. */
export const CLOSING_REASONS = ['no_answer', 'returned', 'erased'] as const;
export type ClosingReason = (typeof CLOSING_REASONS)[number];

/** States in which an answer is still to come. */
export const OPEN_FOLLOW_UPS = ['due', 'asked', 'unreached'] as const satisfies FollowUpState[];

/**
 * The life of a follow-up. It is `due` from the arrival on, waiting for its day; a household may tell how it is before it is asked, on
 * its own page. An unreached household is called again, and may still answer.
 */
export const FOLLOW_UP_TRANSITIONS: TransitionTable<FollowUpState, FollowUpAction> = {
  due: { ask: 'asked', answer: 'answered', close: 'closed' },
  asked: { answer: 'answered', miss: 'unreached', close: 'closed' },
  unreached: { answer: 'answered', miss: 'unreached', close: 'closed' },
  answered: {},
  closed: {},
};
