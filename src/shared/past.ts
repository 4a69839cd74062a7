import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from './clock.js';

const past = new AsyncLocalStorage<Date>();

/**
 * Does `work` as if at another instant: every clock of `clockWithPast` shows it meanwhile, in what `work` awaits too, and nowhere
 * else. For the loader of the demo alone, which enters what invented people did before the demo began; a rule of the import graph
 * (`.dependency-cruiser.cjs`) keeps everybody else away.
 */
export function asOf<Result>(at: Date, work: () => Result): Result {
  return past.run(at, work);
}

/** The clock given, except within `asOf`. */
export function clockWithPast(clock: Clock): Clock {
  return { now: () => past.getStore() ?? clock.now() };
}
