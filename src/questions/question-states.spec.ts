import { Problem } from '../shared/problem.js';
import { nextState, tableFaults } from '../shared/transitions.js';
import { QUESTION_ACTIONS, QUESTION_STATES, QUESTION_STATUSES } from './question-states.js';

describe('the states of a question', () => {
  it('are all reached from waiting, and each leads to an end', () => {
    expect(tableFaults(QUESTION_STATES, 'waiting')).toEqual([]);
  });

  it('end when it is answered, closed or taken back: nothing moves it any more', () => {
    for (const end of ['answered', 'closed', 'withdrawn'] as const) {
      for (const action of QUESTION_ACTIONS) expect(() => nextState(QUESTION_STATES, end, action)).toThrow(Problem);
    }
  });

  it('let nobody give back what nobody holds, nor take what is held', () => {
    expect(() => nextState(QUESTION_STATES, 'waiting', 'release')).toThrow('transition.illegal');
    expect(() => nextState(QUESTION_STATES, 'taken', 'take')).toThrow('transition.illegal');
  });

  it('let the asker take it back as long as nobody has answered', () => {
    const open = QUESTION_STATUSES.filter((status) => QUESTION_STATES[status].withdraw !== undefined);
    expect(open).toEqual(['waiting', 'taken']);
  });
});
