import type { Sql } from './sql.js';

/** Fewer rows than this leave the planner's picture of a table as it is. */
const LARGE_LOAD_ROWS = 1_000;

/**
 * Tells the planner of a large load at once. Until autovacuum comes by, a minute later, it takes the tables for empty and
 * reads them whole for every notice and decision. `tables` are names of the schema, never
 * input, each perhaps with the columns that matter: `vacancy (status, isco)`.
 */
export async function analyzeAfterLoad(sql: Sql, rowsWritten: number, tables: readonly string[]): Promise<void> {
  if (rowsWritten >= LARGE_LOAD_ROWS) await sql.query(`analyze ${tables.join(', ')}`);
}
