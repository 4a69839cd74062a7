import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which wishes for a match a run over all has met: those whose transaction the run's reading saw. Clocks cannot say it, because
 * an ingest begins long before it commits.
 */
export class MatchRunSnapshot1764750000000 implements MigrationInterface {
  name = 'MatchRunSnapshot1764750000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table outbox_event add column made_in xid8 not null default pg_current_xact_id()`);
    await runner.query(`alter table match_run add column read_snapshot pg_snapshot`);
    await runner.query(
      `create index match_run_whole on match_run (pg_snapshot_xmax(read_snapshot)) where status = 'done' and household_id is null`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
