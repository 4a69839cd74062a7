import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of which moment a refused record speaks: when its feed was made, or when it was read. A retry does not make it newer. */
export class RejectedAsOf1764996000000 implements MigrationInterface {
  name = 'RejectedAsOf1764996000000';

  async up(runner: QueryRunner): Promise<void> {
    // The owner too is held by the policies: without this the update below would see no row.
    await runner.query(`select set_config('qonys.role', 'program', true)`);
    await runner.query('alter table rejected_record add column as_of timestamptz');
    // Of a record that was retried before, the first run is not known any more: its moment is that of the retry.
    await runner.query(
      `update rejected_record r set as_of = coalesce(i.generated_at, r.rejected_at) from ingest_run i where i.id = r.run_id`,
    );
    await runner.query('alter table rejected_record alter column as_of set not null');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
