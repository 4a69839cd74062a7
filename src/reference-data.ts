import type { DataSource } from 'typeorm';
import { inTransaction } from './database/transaction.js';
import { loadOccupations } from './occupations/load-occupations.js';
import { loadProgramme } from './programme/load-programme.js';
import { loadReference } from './reference/load-reference.js';
import { keepTitleKeys } from './vacancies/title-keys.js';

/** Any fixed number: processes that start together load one after the other. */
const REFERENCE_LOCK = 7_145_221_991;

/**
 * Brings all reference tables up to the files in `data/`, in one transaction, and answers the files that were loaded (none on
 * a later start). Call it after migrating and before the application starts, because its services read these tables once.
 */
export async function loadReferenceData(dataSource: DataSource, at: Date): Promise<string[]> {
  return inTransaction(dataSource, async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [REFERENCE_LOCK]);
    const loaded = [
      ...(await loadReference(tx, at)),
      ...(await loadOccupations(tx, at)),
      ...(await loadProgramme(tx, at)),
    ];
    await keepTitleKeys(tx, at);
    if (loaded.length > 0) await tx.query('analyze region, place, occupation');
    return loaded;
  });
}
