import { DataSource } from 'typeorm';
import { migrate } from './database/migrate.js';
import { loadReferenceData } from './reference-data.js';

/** Brings schema and reference data up to date, safely from many processes at once. Answers what ran and what was loaded. */
export async function prepareDatabase(
  databaseUrl: string,
  at: Date,
): Promise<{ migrations: string[]; loaded: string[] }> {
  const migrations = await migrate(databaseUrl);
  const dataSource = new DataSource({ type: 'postgres', url: databaseUrl, poolSize: 1 });
  await dataSource.initialize();
  try {
    const loaded = await loadReferenceData(dataSource, at);
    return { migrations, loaded };
  } finally {
    await dataSource.destroy();
  }
}

/**
 * True when nobody has entered anything yet and the demo has not been matched. A demo that was interrupted before that leaves it
 * so; loading it again goes on from there.
 */
export async function isUntouched(dataSource: DataSource): Promise<boolean> {
  const found = await dataSource.query<{ untouched: boolean }[]>(
    `select not exists (select from vacancy where not synthetic) and not exists (select from household where not synthetic)
            and not exists (select from match_run where reason = 'demo' and status = 'done') as untouched`,
  );
  return found[0]?.untouched ?? false;
}
