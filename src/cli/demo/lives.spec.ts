import { readDeadlines } from '../../applications/deadlines.js';
import { seededChance } from '../../shared/chance.js';
import { dateInKazakhstan } from '../../shared/clock.js';
import { isWorkingDay, workingDaysBetween } from '../../shared/working-days.js';
import { type Candidate, FATES, type Life, planLives } from './lives.js';

const REGIONS = ['KZ-59', 'KZ-55', 'KZ-39', 'KZ-63', 'KZ-10', 'KZ-35', 'KZ-62'];

/** Households as a run leaves them: one to three proposals each. */
function candidates(count = 1_500): Candidate[] {
  const chance = seededChance(7);
  return Array.from({ length: count }, (_, i) => ({
    householdId: `h${i}`,
    proposals: Array.from({ length: chance.whole(1, 3) }, (__, n) => ({
      id: `p${i}.${n}`,
      regionCode: chance.pick(REGIONS),
      persons: chance.whole(1, 6),
      score: chance.whole(20, 70),
    })),
  }));
}

const plan = (now: string): Life[] => planLives(candidates(), new Date(now), readDeadlines());

const timesOf = ({ decisions, application }: Life): Date[] => [
  ...decisions.map(({ at }) => at),
  ...(application?.steps ?? []).map(({ at }) => at),
];

// A Monday, the day after a long holiday, a Sunday, the end of February, and the first day of a year.
describe.each([
  '2026-11-23T06:00:00Z',
  '2026-03-25T03:00:00Z',
  '2026-11-22T06:00:00Z',
  '2028-02-29T18:00:00Z',
  '2027-01-01T00:30:00+05:00',
])('the past of the demo on %s', (now) => {
  const lives = plan(now);
  const today = dateInKazakhstan(new Date(now));

  it('is over: no step of anybody is of today or later', () => {
    expect(lives.flatMap(timesOf).filter((at) => dateInKazakhstan(at) >= today)).toEqual([]);
    expect(lives.filter(({ madeAt }) => madeAt >= new Date(now))).toEqual([]);
  });

  it('goes from the registration over the proposal and the decision to each step, in this order', () => {
    const orders = lives.flatMap((life): Date[][] => {
      const { registeredAt, madeAt, decisions, application } = life;
      const approved = decisions.find(({ proposalId }) => proposalId === application?.proposalId);
      const way = [...(approved === undefined ? [] : [approved.at]), ...(application?.steps ?? []).map(({ at }) => at)];
      return [[registeredAt, madeAt, ...decisions.map(({ at }) => at)], way];
    });
    const isOrdered = (times: readonly Date[]): boolean => times.every((at, i) => i === 0 || times[i - 1]! <= at);
    expect(orders.filter((times) => !isOrdered(times))).toEqual([]);
  });

  it('has officers at work on working days and in working hours only', () => {
    const odd = lives
      .flatMap(({ decisions }) => decisions.filter(({ action }) => action !== 'withdraw'))
      .filter(({ at }) => !isWorkingDay(dateInKazakhstan(at)) || at.getUTCHours() < 4 || at.getUTCHours() >= 13);
    expect(odd).toEqual([]);
  });

  it('has as many applications of each state as the table says, and nobody in it twice', () => {
    const planned = lives.filter(({ application }) => application !== null).length;
    const wished = Object.values(FATES).reduce((sum, count) => sum + count, 0);
    expect(planned).toBeGreaterThanOrEqual(wished);
    expect(new Set(lives.map(({ householdId }) => householdId)).size).toBe(lives.length);
  });

  it('leaves what the rules of the centres approve to them', () => {
    const scores = new Map(candidates().map(({ householdId, proposals }) => [householdId, Math.max(...proposals.map(({ score }) => score))])); // prettier-ignore
    expect(lives.filter(({ householdId }) => scores.get(householdId)! >= 62)).toEqual([]);
  });

  it('refers only to a region where the household has a proposal that is still open', () => {
    const referrals = lives.flatMap(({ decisions }) => decisions.filter(({ action }) => action === 'refer').map((one) => ({ one, decisions }))); // prettier-ignore
    expect(referrals.length).toBeGreaterThan(0);
    const lost = referrals.filter(({ one, decisions }) => {
      const before = decisions.slice(0, decisions.indexOf(one)).filter(({ regionCode }) => regionCode === one.toRegion);
      return one.toRegion === undefined || one.toRegion === one.regionCode || before.length > 1;
    });
    expect(lost).toEqual([]);
  });
});

it('is the same for the same day, and its centres differ in pace', () => {
  const [first, second] = [plan('2026-11-23T06:00:00Z'), plan('2026-11-23T06:00:00Z')];
  expect(second).toEqual(first);
  const median = (regionCode: string): number => {
    const days = first
      .flatMap(({ madeAt, decisions }) =>
        decisions
          .filter((one) => one.regionCode === regionCode && one.action !== 'withdraw')
          .map(({ at }) => workingDaysBetween(dateInKazakhstan(madeAt), dateInKazakhstan(at))),
      ) // prettier-ignore
      .sort((a, b) => a - b);
    return days[Math.floor(days.length / 2)]!;
  };
  expect(median('KZ-63')).toBeGreaterThan(2 * median('KZ-59'));
});
