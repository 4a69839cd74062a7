/** Network faults of a connection that is no longer, or not yet, there. */
const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * SQLSTATEs of a database that is away, starts, stops, is read-only after a change of servers, or has no room for us: class 08
 * (but 08P01, which is a fault of what we said), class 53, 57P01–57P05, 25006, 25P03, and 55000 of one that takes no
 * connections (PostgreSQL, Appendix A).
 */
const AWAY = /^(08(?!P01)...|53...|57P0[1-5]|25006|25P03|55000)$/;

/** What our own code says of a server that did not answer in time, as a `Problem`. */
const OURS = new Set(['server.unavailable', 'queue.unavailable']);

/** What pg says without a code. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/i;

/** Thrown by a job that ends for a reason outside it, and is to be begun again after so long: it uses up no attempt. */
export class JobPutBack extends Error {
  override readonly name = 'JobPutBack';

  constructor(
    message: string,
    readonly waitMs: number,
  ) {
    super(message);
  }
}

/**
 * True of a fault that says nothing of the job: the database is away. Such a job waits and uses up no attempt, because a few
 * quick failures would otherwise leave an hour's jobs failed for ever. Looks into what TypeORM and Node wrap.
 */
export function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if (error instanceof JobPutBack) return true;
  const { code, message, driverError, errors } = error as Record<string, unknown>;
  if (typeof code === 'string' && (NOT_REACHED.has(code) || AWAY.test(code) || OURS.has(code))) return true;
  if (typeof message === 'string' && LOST.test(message)) return true;
  if (Array.isArray(errors) && errors.some(isOutage)) return true;
  return driverError !== error && isOutage(driverError);
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** How long a job waits after so many starts that an outage has cut off. */
export function outageWaitMs(starts: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(starts, 10));
}
