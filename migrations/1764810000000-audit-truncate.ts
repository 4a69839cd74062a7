import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Audit lines cannot be emptied away either: TRUNCATE fires no trigger of rows. */
export class AuditTruncate1764810000000 implements MigrationInterface {
  name = 'AuditTruncate1764810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create trigger audit_entry_no_truncate before truncate on audit_entry for each statement execute function refuse_change()`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
