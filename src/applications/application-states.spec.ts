import { tableFaults } from '../shared/transitions.js';
import {
  APPLICATION_STATES,
  APPLICATION_TABLE,
  CENTRE_ACTIONS,
  OPEN_APPLICATION_STATES,
  OWNER_OF,
  RESERVED_STATES,
  centreActionsIn,
  usuallyNext,
} from './application-states.js';

describe('the states of an application', () => {
  it('can all be reached, and every one comes to an end', () => {
    expect(tableFaults(APPLICATION_TABLE, 'interested')).toEqual([]);
    expect(Object.keys(APPLICATION_TABLE)).toEqual([...APPLICATION_STATES]);
  });

  it('have an owner until the application is over; from then on only who has settled may still go back', () => {
    for (const state of APPLICATION_STATES) {
      const next = Object.values(APPLICATION_TABLE[state]);
      const open = next.length > 0 && state !== 'settled';
      expect([state, OWNER_OF[state] !== null]).toEqual([state, open]);
      expect(OPEN_APPLICATION_STATES.includes(state)).toBe(open);
      if (!open) expect([state, next]).toEqual([state, state === 'settled' ? ['returned'] : []]);
    }
    expect(centreActionsIn('settled')).toEqual(['return']);
    // A return recorded by mistake is taken back, which is no step of its life.
    expect(centreActionsIn('returned')).toEqual(['take_back']);
  });

  it('can be withdrawn by the household until it has arrived, and then no more', () => {
    for (const state of APPLICATION_STATES) {
      const withdrawable = OWNER_OF[state] !== null && state !== 'arrived';
      expect([state, APPLICATION_TABLE[state].withdraw]).toEqual([state, withdrawable ? 'withdrawn' : undefined]);
    }
  });

  it('hold a place from the decision to the arrival: whatever leads into them approves or goes on, whatever leads out ends or arrives', () => {
    for (const from of APPLICATION_STATES) {
      for (const [action, to] of Object.entries(APPLICATION_TABLE[from])) {
        const [before, after] = [RESERVED_STATES.has(from), RESERVED_STATES.has(to)];
        if (!before && after) expect(action).toBe('approve');
        if (before && !after) expect(['arrive', 'refuse', 'withdraw', 'lapse']).toContain(action);
      }
    }
  });

  it('let a centre decide only what has been forwarded; each action has its place', () => {
    expect(centreActionsIn('forwarded')).toEqual(['ask', 'decide', 'refuse']);
    expect(centreActionsIn('waiting_quota')).toEqual(['refuse', 'extend']);
    const used = new Set(APPLICATION_STATES.flatMap(centreActionsIn));
    expect([...used].sort()).toEqual([...CENTRE_ACTIONS].sort());
  });

  it('say what usually comes next, up to the end', () => {
    expect(usuallyNext('papers_missing')).toBe('applied');
    expect(usuallyNext('waiting_quota')).toBe('approved');
    expect(usuallyNext('arrived')).toBe('settled');
    for (const state of APPLICATION_STATES.filter((one) => OWNER_OF[one] === null))
      expect(usuallyNext(state)).toBeNull();
  });
});
