import type { PoolClient, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * A read whose text never changes. Each connection keeps its plan under its name: one with many policies of row-level security
 * takes longer to plan than to run. A name stands for one text.
 */
export interface PreparedRead {
  readonly name: string;
  readonly text: string;
}

/** Rows of a prepared read, in the present scope. `parameters` fill `$1…`. Not for what a transaction reads. */
export async function preparedRows<Row extends QueryResultRow>(
  dataSource: DataSource,
  { name, text }: PreparedRead,
  parameters: unknown[],
): Promise<Row[]> {
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    return (await client.query<Row>({ name, text, values: parameters })).rows;
  } finally {
    await runner.release();
  }
}
