import { DataSource } from 'typeorm';

/** Anything that runs parameterised SQL and answers rows: a data source or a transaction's entity manager. */
export interface Sql {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row>;
}

/** Rows of a read. `parameters` fill `$1…`; values never go into the text. */
export async function rows<Row>(sql: Sql, text: string, parameters: unknown[] = []): Promise<Row[]> {
  return sql.query<Row[]>(text, parameters);
}

/** The only row of a read, or undefined. */
export async function firstRow<Row>(sql: Sql, text: string, parameters: unknown[] = []): Promise<Row | undefined> {
  return (await rows<Row>(sql, text, parameters))[0];
}

/**
 * Reads that do not wait for one another: at once, where each takes a connection of its own; one after another inside a transaction,
 * which has one. The first that fails is thrown.
 */
export async function together<const Reads extends readonly (() => Promise<unknown>)[]>(
  sql: Sql,
  reads: Reads,
): Promise<{ -readonly [Index in keyof Reads]: Awaited<ReturnType<Reads[Index]>> }> {
  const found: unknown[] = [];
  if (sql instanceof DataSource) found.push(...(await Promise.all(reads.map((read) => read()))));
  else for (const read of reads) found.push(await read());
  return found as { -readonly [Index in keyof Reads]: Awaited<ReturnType<Reads[Index]>> };
}
