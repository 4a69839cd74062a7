import { queueOptions } from './queues.js';

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
