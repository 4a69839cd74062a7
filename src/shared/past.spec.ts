import { setTimeout as wait } from 'node:timers/promises';
import { asOf, clockWithPast } from './past.js';

const NOW = new Date('2026-11-23T06:00:00Z');
const THEN = new Date('2026-02-01T06:00:00Z');

describe('a clock with a past', () => {
  it('shows the other instant in what the work awaits, and to nobody else meanwhile', async () => {
    const clock = clockWithPast({ now: () => NOW });
    const inside = asOf(THEN, async () => {
      await wait(1);
      return clock.now();
    });
    expect(clock.now()).toEqual(NOW);
    expect(await inside).toEqual(THEN);
    expect(clock.now()).toEqual(NOW);
  });

  it('shows the present again after work that failed', async () => {
    const clock = clockWithPast({ now: () => NOW });
    await expect(asOf(THEN, () => Promise.reject(new Error('fault')))).rejects.toThrow('fault');
    expect(clock.now()).toEqual(NOW);
  });
});
