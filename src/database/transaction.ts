import type { DataSource, EntityManager } from 'typeorm';

/** serialization_failure and deadlock_detected: PostgreSQL asks that the whole transaction be run again. */
const RETRIED = new Set(['40001', '40P01']);
const MOST_ATTEMPTS = 5;

/** True for the refusal of a row that a unique constraint, or a unique index, of this name has already. */
export function isTaken(error: unknown, constraint: string): boolean {
  const { driverError } = (error ?? {}) as { driverError?: { constraint?: unknown } };
  return sqlState(error) === '23505' && driverError?.constraint === constraint;
}

/** The SQLSTATE of a database error, as pg gives it and TypeORM wraps it. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  const state = driverError?.code ?? code;
  return typeof state === 'string' ? state : undefined;
}

/**
 * Runs `work` in one transaction and answers its result. On a serialisation failure or a deadlock the whole of `work`
 * runs again, so it must do nothing that cannot be repeated outside of `tx`. So it does on what `again` says of an error.
 */
export async function inTransaction<Result>(
  dataSource: DataSource,
  work: (tx: EntityManager) => Promise<Result>,
  again: (error: unknown) => boolean = () => false,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !(RETRIED.has(sqlState(error) ?? '') || again(error))) throw error;
    }
  }
}
