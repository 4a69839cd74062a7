import fc from 'fast-check';
import { tableFaults } from '../shared/transitions.js';
import { isWorkingDay } from '../shared/working-days.js';
import { FOLLOW_UP_MONTHS, addMonths, followUpDates } from './follow-up-dates.js';
import { FOLLOW_UP_STATES, FOLLOW_UP_TRANSITIONS, OPEN_FOLLOW_UPS } from './follow-up-states.js';
import { type Activity, type Answer, lossesIn } from './outcome-kinds.js';

const day = fc
  .date({ min: new Date('2017-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('months on the calendar', () => {
  it('end with the month where it is shorter', () => {
    expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
    expect(addMonths('2026-08-31', 3)).toBe('2026-11-30');
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28');
  });

  it('keep the day where the month has it, over the turn of the year and of the clocks', () => {
    expect(addMonths('2026-11-22', 3)).toBe('2027-02-22');
    expect(addMonths('2026-12-31', 1)).toBe('2027-01-31');
    // All Kazakhstan came to UTC+5 on that day.
    expect(addMonths('2024-02-01', 1)).toBe('2024-03-01');
  });

  it('refuse what is no date', () => {
    for (const text of ['2026-02-30', '', 'today', '2026-2-3']) expect(() => addMonths(text, 1)).toThrow(RangeError);
  });

  it('never leave the month they lead to, and keep the order of days', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 24 }), (a, b, months) => {
        const [y, m] = a.split('-').map(Number) as [number, number];
        const target = addMonths(a, months);
        const [ty, tm] = target.split('-').map(Number) as [number, number];
        expect(ty * 12 + tm).toBe(y * 12 + m + months);
        if (a <= b) expect(target <= addMonths(b, months)).toBe(true);
      }),
    );
  });
});

describe('the follow-ups of an arrival', () => {
  it('are four, counted from the arrival, on working days', () => {
    expect(followUpDates('2026-01-31').map(({ months, dueOn }) => [months, dueOn])).toEqual([
      // 28 February is a Saturday.
      [1, '2026-03-02'],
      [3, '2026-04-30'],
      [6, '2026-07-31'],
      // 31 January 2027 is a Sunday.
      [12, '2027-02-01'],
    ]);
  });

  it('pass over holidays and the days given for them', () => {
    // 22 March 2026 is a Sunday among the days of Nauryz.
    expect(followUpDates('2026-02-22')[0]!.dueOn > '2026-03-23').toBe(true);
  });

  it('always fall on a working day within ten days, in order, and close after the time to answer', () => {
    fc.assert(
      fc.property(day, (arrivedOn) => {
        const dates = followUpDates(arrivedOn);
        expect(dates.map(({ months }) => months)).toEqual([...FOLLOW_UP_MONTHS]);
        for (const { months, dueOn, answerBy, closesOn } of dates) {
          const onTheDay = addMonths(arrivedOn, months);
          expect(isWorkingDay(dueOn)).toBe(true);
          expect(dueOn >= onTheDay).toBe(true);
          expect(Date.parse(dueOn) - Date.parse(onTheDay)).toBeLessThanOrEqual(10 * 86_400_000);
          expect(dueOn < answerBy && answerBy < closesOn).toBe(true);
        }
        expect([...dates].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))).toEqual(dates);
      }),
    );
  });
});

describe('the states of a follow-up', () => {
  it('are all reached from due, and each comes to an end', () => {
    expect(tableFaults(FOLLOW_UP_TRANSITIONS, 'due')).toEqual([]);
  });

  it('are open until answered or closed', () => {
    const ends = FOLLOW_UP_STATES.filter((state) => Object.keys(FOLLOW_UP_TRANSITIONS[state]).length === 0);
    expect([...OPEN_FOLLOW_UPS, ...ends].sort()).toEqual([...FOLLOW_UP_STATES].sort());
    for (const state of OPEN_FOLLOW_UPS) expect(FOLLOW_UP_TRANSITIONS[state].answer).toBe('answered');
  });
});

describe('what is lost by an answer', () => {
  const stays = (activity: Activity, housing: 'housed' | 'housing_trouble' = 'housed'): Answer => ({
    stays: true,
    housing,
    adults: [{ personId: 'a', activity }],
  });
  const placed = new Set(['a']);

  it('is a job when somebody who worked, or came for a post, looks for one', () => {
    expect(lossesIn(stays('looking'), new Map([['a', 'employed']]), new Set())).toEqual(['job']);
    expect(lossesIn(stays('looking'), new Map(), placed)).toEqual(['job']);
  });

  it('is no job again while somebody goes on looking, nor of one who came without', () => {
    expect(lossesIn(stays('looking'), new Map([['a', 'looking']]), placed)).toEqual([]);
    expect(lossesIn(stays('looking'), new Map(), new Set())).toEqual([]);
    expect(lossesIn(stays('not_looking'), new Map([['a', 'employed']]), placed)).toEqual([]);
  });

  it('is a home beside it, and nothing of those who went back', () => {
    expect(lossesIn(stays('employed', 'housing_trouble'), new Map(), placed)).toEqual(['home']);
    expect(lossesIn(stays('looking', 'housing_trouble'), new Map(), placed)).toEqual(['job', 'home']);
    expect(lossesIn({ stays: false, reason: 'housing' }, new Map([['a', 'employed']]), placed)).toEqual([]);
  });
});
