import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a refused record is no longer open: it was accepted at last, or its source has dropped it. */
export class RejectedAbsent1764820000000 implements MigrationInterface {
  name = 'RejectedAbsent1764820000000';

  async up(runner: QueryRunner): Promise<void> {
    // The owner too is held by the policies: without this the update below would see no row.
    await runner.query(`select set_config('qonys.role', 'program', true)`);
    await runner.query(
      `alter table rejected_record add column resolved_reason text check (resolved_reason in ('accepted', 'absent'))`,
    );
    await runner.query(`update rejected_record set resolved_reason = 'accepted' where resolved_at is not null`);
    await runner.query(`alter table rejected_record add check ((resolved_at is null) = (resolved_reason is null))`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
