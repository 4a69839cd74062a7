import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The days to take the job of a second chance are counted from its approval, but not from before this date: whoever's centre approved
 * one when no such days were counted has them all still. New chances have none.
 */
export class SecondChanceTakeFrom1764995000000 implements MigrationInterface {
  name = 'SecondChanceTakeFrom1764995000000';

  async up(runner: QueryRunner): Promise<void> {
    // A default for the moment fills the rows that stand there; no policy of the table keeps it from one of them.
    await runner.query(`alter table second_chance add column take_from timestamptz default now()`);
    await runner.query(`alter table second_chance alter column take_from drop default`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
