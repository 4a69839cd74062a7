import { tableFaults } from '../shared/transitions.js';
import { OPEN_PROPOSAL_STATUSES, PROPOSAL_STATES, PROPOSAL_STATUSES } from './proposal-states.js';

describe('the states of a proposal', () => {
  it('can all be reached and all come to an end', () => {
    expect(tableFaults(PROPOSAL_STATES, 'waiting')).toEqual([]);
  });

  it('can be withdrawn from every open state and left by no closed one', () => {
    for (const status of PROPOSAL_STATUSES) {
      const open = (OPEN_PROPOSAL_STATUSES as readonly string[]).includes(status);
      expect(PROPOSAL_STATES[status].withdraw).toBe(open ? 'withdrawn' : undefined);
      if (!open) expect(PROPOSAL_STATES[status]).toEqual({});
    }
  });
});
