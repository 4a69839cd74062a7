import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a placement says of scarcity at home and there; null on placements made before. */
export class PlacementMismatch1764100000000 implements MigrationInterface {
  name = 'PlacementMismatch1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table placement add column mismatch jsonb');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
