import type { TransitionTable } from '../shared/transitions.js';

/** States of an application, as the table `application` allows them. */
export const APPLICATION_STATES = [
  'interested', 'applied', 'papers_missing', 'forwarded', 'waiting_quota', 'approved', 'contracted', 'arrived', 'settled',
  'returned', 'refused', 'withdrawn', 'lapsed',
] as const; // prettier-ignore
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export type ApplicationAction =
  | 'apply'
  | 'ask'
  | 'forward'
  | 'refuse'
  | 'approve'
  | 'wait'
  | 'extend'
  | 'contract'
  | 'arrive'
  | 'settle'
  | 'return'
  | 'take_back'
  | 'withdraw'
  | 'lapse';

/** Who must do the next thing. */
export const APPLICATION_OWNERS = ['household', 'career_centre', 'reception_centre'] as const;
export type ApplicationOwner = (typeof APPLICATION_OWNERS)[number];

/**
 * The life of an application, from the interest in an approved proposal to a household that has settled. A positive decision
 * leads to `approved` where the quota has a place and to `waiting_quota` where it has none; from there `approve` is the
 * program's own, in the order of the waiting. `extend` gives a wait a new due date. After the arrival nothing lapses, and who
 * came cannot withdraw: they settle or return. Who has settled may go back later, and is then matched again like anybody.
 */
export const APPLICATION_TABLE: TransitionTable<ApplicationState, ApplicationAction> = {
  interested: { apply: 'applied', withdraw: 'withdrawn', lapse: 'lapsed' },
  applied: { ask: 'papers_missing', forward: 'forwarded', refuse: 'refused', withdraw: 'withdrawn' },
  papers_missing: {
    apply: 'applied',
    extend: 'papers_missing',
    refuse: 'refused',
    withdraw: 'withdrawn',
    lapse: 'lapsed',
  },
  forwarded: {
    ask: 'papers_missing',
    approve: 'approved',
    wait: 'waiting_quota',
    refuse: 'refused',
    withdraw: 'withdrawn',
  },
  waiting_quota: { approve: 'approved', extend: 'waiting_quota', refuse: 'refused', withdraw: 'withdrawn' },
  approved: { contract: 'contracted', extend: 'approved', refuse: 'refused', withdraw: 'withdrawn', lapse: 'lapsed' },
  contracted: { arrive: 'arrived', extend: 'contracted', refuse: 'refused', withdraw: 'withdrawn', lapse: 'lapsed' },
  arrived: { settle: 'settled', return: 'returned' },
  settled: { return: 'returned' },
  returned: {},
  refused: {},
  withdrawn: {},
  lapsed: {},
};

/**
 * What takes back a step that was recorded by mistake; no part of the life of an application, so that its ends are ends. Who has not
 * gone back has arrived, as before, or has settled.
 */
export const APPLICATION_CORRECTIONS: Partial<Record<ApplicationState, { take_back: ApplicationState }>> = {
  returned: { take_back: 'arrived' },
};

/** The state that an action leads to by the table or as a correction; undefined: neither allows it. */
export function stateAfter(state: ApplicationState, action: ApplicationAction): ApplicationState | undefined {
  return action === 'take_back' ? APPLICATION_CORRECTIONS[state]?.take_back : APPLICATION_TABLE[state][action];
}

/** Who has an application in each state; null: nobody, it is over. Of what is over only who has settled may still go back. */
export const OWNER_OF: Readonly<Record<ApplicationState, ApplicationOwner | null>> = {
  interested: 'household',
  applied: 'career_centre',
  papers_missing: 'household',
  forwarded: 'reception_centre',
  waiting_quota: 'reception_centre',
  approved: 'reception_centre',
  contracted: 'household',
  arrived: 'reception_centre',
  settled: null,
  returned: null,
  refused: null,
  withdrawn: null,
  lapsed: null,
};

export const OPEN_APPLICATION_STATES = APPLICATION_STATES.filter((state) => OWNER_OF[state] !== null);

/** States in which a quota place is held for the household. */
export const RESERVED_STATES: ReadonlySet<ApplicationState> = new Set(['approved', 'contracted']);

/** What a household whose job is gone keeps all the same: its turn among those who wait for a place, or the place that it has. */
export function keptWithoutJob(state: ApplicationState): 'turn' | 'place' | 'nothing' {
  if (state === 'waiting_quota') return 'turn';
  return RESERVED_STATES.has(state) ? 'place' : 'nothing';
}

/** What a centre may do by hand, each with what it must say with it. `decide` is a positive decision. */
export const CENTRE_ACTIONS = [
  'forward', 'ask', 'decide', 'refuse', 'extend', 'contract', 'arrive', 'settle', 'return', 'take_back',
] as const; // prettier-ignore
export type CentreAction = (typeof CENTRE_ACTIONS)[number];

/** The centre's actions that a state allows, in the order of `CENTRE_ACTIONS`; who waits for quota is approved by the order alone. */
export function centreActionsIn(state: ApplicationState): CentreAction[] {
  return CENTRE_ACTIONS.filter((action) =>
    action === 'decide' ? state === 'forwarded' : stateAfter(state, action) !== undefined,
  );
}

/** The way that an application goes when nothing hinders it; the rest are turns from it. */
export const USUAL_WAY = [
  'interested', 'applied', 'forwarded', 'approved', 'contracted', 'arrived', 'settled',
] as const satisfies readonly ApplicationState[]; // prettier-ignore

/** What usually comes after a state; null after the end. A wait leads back to the way. */
export function usuallyNext(state: ApplicationState): ApplicationState | null {
  if (state === 'papers_missing') return 'applied';
  if (state === 'waiting_quota') return 'approved';
  const at = (USUAL_WAY as readonly ApplicationState[]).indexOf(state);
  return at === -1 ? null : (USUAL_WAY[at + 1] ?? null);
}

/** The twelve months of follow-up after an arrival are not over yet. `today`, `dueOn`: `YYYY-MM-DD`. */
export const isBeforeYear = (
  { state, dueOn }: { state: ApplicationState; dueOn: string | null },
  today: string,
): boolean => state === 'arrived' && dueOn !== null && today < dueOn;
