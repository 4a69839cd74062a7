import type { TransitionTable } from '../shared/transitions.js';

export const QUESTION_STATUSES = ['waiting', 'taken', 'answered', 'closed', 'withdrawn'] as const;
export type QuestionStatus = (typeof QUESTION_STATUSES)[number];

export const QUESTION_ACTIONS = ['take', 'release', 'pass_on', 'answer', 'close', 'withdraw'] as const;
export type QuestionAction = (typeof QUESTION_ACTIONS)[number];

/**
 * A question waits at a desk until somebody there answers it, gives it to the desk that it concerns, or closes it with a reason
 * that its asker reads; until then its asker may take it back. What is answered, closed or taken back stays so.
 */
export const QUESTION_STATES: TransitionTable<QuestionStatus, QuestionAction> = {
  waiting: { take: 'taken', answer: 'answered', pass_on: 'waiting', close: 'closed', withdraw: 'withdrawn' },
  taken: { release: 'waiting', answer: 'answered', pass_on: 'waiting', close: 'closed', withdraw: 'withdrawn' },
  answered: {},
  closed: {},
  withdrawn: {},
};

/** Why a question is closed without an answer of its own; the asker reads the reason in words. */
export const CLOSE_REASONS = ['repeated', 'unclear', 'not_ours', 'abuse'] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

export const ABOUT = ['region', 'vacancy', 'programme'] as const;
export type About = (typeof ABOUT)[number];

/** What public answers are listed by. */
export const TOPICS_OF_ANSWERS = ['support', 'housing', 'work', 'papers', 'family', 'move', 'other'] as const;
export type AnswerTopic = (typeof TOPICS_OF_ANSWERS)[number];

/** Where a question stands that concerns no region: with the administrators, who answer for the programme's pages. */
export const PROGRAMME_DESK = 'programme';

/** Our own promise to the asker. */
export const ANSWER_WITHIN_WORKING_DAYS = 3;
