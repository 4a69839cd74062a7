import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A run of the matcher over the households that some new or changed vacancies may concern. */
export class MatchRunVacancies1764930000000 implements MigrationInterface {
  name = 'MatchRunVacancies1764930000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table match_run add column vacancy_ids uuid[] check (vacancy_ids is null or household_id is null)`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
