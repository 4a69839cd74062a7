import type { Logger } from '@nestjs/common';
import { isOutage } from './outage.js';

/**
 * Does the work of a job for each item by itself: one that fails keeps no other from its turn. Each fault is logged, named by `nameOf`,
 * and the first is thrown after all have had their turn, so that the job fails and runs again. An outage says nothing of an item: it is
 * thrown at once, and the job is put back.
 */
export async function eachAlone<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  log: Pick<Logger, 'warn'>,
  nameOf: (item: Item) => string,
): Promise<void> {
  const faults: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      if (isOutage(error)) throw error;
      log.warn(`${nameOf(item)}: ${error instanceof Error ? error.message : String(error)}`);
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
}
