import { queueOptions } from './queues.js';

describe('a region’s queue', () => {
  it('has the pace and the number at once that were set for it, and the table’s where none was', () => {
    const limits = { noticesPerSecond: { 'KZ-59': 20 }, noticesAtOnce: { 'KZ-59': 8 } };
    const table = queueOptions('notify-kz-55');
    expect(queueOptions('notify-kz-55', limits)).toEqual(table);
    expect(queueOptions('notify-kz-59', limits)).toEqual({
      ...table,
      concurrency: 8,
      limiter: { max: 20, durationMs: 1_000 },
    });
  });
});

describe('a notice whose gateway is away', () => {
  it('is tried for an evening, however the waits are shortened at random', () => {
    const { attempts, backoffMs } = queueOptions('notify-kz-59');
    const waits = Array.from({ length: attempts - 1 }, (_, n) => backoffMs * 2 ** n);
    // Half of each wait is random (QueueService).
    const atLeastMs = waits.reduce((sum, wait) => sum + wait / 2, 0);
    expect(atLeastMs).toBeGreaterThan(8 * 3_600_000);
    expect(waits.at(-1)).toBeLessThan(12 * 3_600_000);
  });
});
