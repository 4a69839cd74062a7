import type { ArrivalState } from '../../outcomes/outcomes.queries.js';
import { asKnown, readSettling } from './settling.form.js';

const arrival = (over: Partial<ArrivalState> = {}): ArrivalState => ({
  arrivalId: 'r',
  householdId: 'h',
  applicationId: 'a',
  proposalId: 'p',
  regionCode: 'KZ-59',
  arrivedOn: '2026-11-22',
  persons: 4,
  housing: null,
  returned: false,
  heardOn: null,
  adults: [
    { personId: 'one', position: 1, activity: null, cameFor: 'Медбике' },
    { personId: 'two', position: 2, activity: 'looking', cameFor: null },
  ],
  approvedJobs: [],
  ...over,
});

describe('a form on how a household is', () => {
  it('asks first whether they stay, then only what belongs to that', () => {
    const asked = (typed: Record<string, string>) => readSettling(typed, arrival()).problems.map(({ field }) => field);
    expect(asked({})).toEqual(['stays']);
    expect(asked({ stays: 'maybe' })).toEqual(['stays']);
    expect(asked({ stays: 'yes' })).toEqual(['activity1', 'activity2', 'housing']);
    expect(asked({ stays: 'no', activity1: 'employed' })).toEqual(['reason']);
  });

  it('is an answer when it is whole', () => {
    expect(readSettling({ stays: 'no', reason: 'climate' }, arrival()).answer).toEqual({
      stays: false,
      reason: 'climate',
    });
    expect(
      readSettling({ stays: 'yes', activity1: 'employed', activity2: 'not_looking', housing: 'housed' }, arrival())
        .answer,
    ).toEqual({
      stays: true,
      housing: 'housed',
      adults: [
        { personId: 'one', activity: 'employed' },
        { personId: 'two', activity: 'not_looking' },
      ],
    });
  });

  it('asks who stays whether they took the job that the centre approved, where there is one', () => {
    const offered = arrival({ approvedJobs: ['Токарь'] });
    const whole = { stays: 'yes', activity1: 'employed', activity2: 'not_looking', housing: 'housed' };
    expect(readSettling(whole, offered).problems).toEqual([{ field: 'tookJob', code: 'settling.answer_missing' }]);
    expect(readSettling({ ...whole, tookJob: 'yes' }, offered).answer).toMatchObject({ tookJob: true });
    expect(readSettling({ ...whole, tookJob: 'no' }, offered).answer).toMatchObject({ tookJob: false });
    expect(readSettling({ stays: 'no', reason: 'other' }, offered).problems).toEqual([]);
    expect(readSettling({ ...whole, tookJob: 'yes' }, arrival()).answer).not.toHaveProperty('tookJob');
  });
});

describe('what is known of a household', () => {
  it('is what it told last, and the job it came for before that', () => {
    expect(asKnown(arrival({ housing: 'housing_trouble' }))).toEqual({
      stays: true,
      housing: 'housing_trouble',
      adults: [
        { personId: 'one', activity: 'employed' },
        { personId: 'two', activity: 'looking' },
      ],
    });
  });

  it('takes an approved job that was not said to be taken for not taken', () => {
    expect(asKnown(arrival({ approvedJobs: ['Токарь'] }))).toMatchObject({ tookJob: false });
    expect(asKnown(arrival())).not.toHaveProperty('tookJob');
  });

  it('guesses nothing of one who came without a job, nor of those who went back', () => {
    expect(asKnown(arrival({ adults: [{ personId: 'one', position: 1, activity: null, cameFor: null }] }))).toBeNull();
    expect(asKnown(arrival({ returned: true }))).toBeNull();
  });
});
