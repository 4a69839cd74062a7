import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a vacancy was last read outside of a feed, changed or not: a feed that was made before does not close it. */
export class VacancyReadApart1764200000000 implements MigrationInterface {
  name = 'VacancyReadApart1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table vacancy add column read_apart_at timestamptz');
    await runner.query(
      `update vacancy v set read_apart_at = r.started_at
       from ingest_run r where r.id = v.last_run_id and r.generated_at is null`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
