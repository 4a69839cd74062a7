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
