import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Finding vacancies by words as people type them: without regard to case, and Kazakh letters also as the Russian ones that
 * stand in for them on most keyboards ("мугалим" for «мұғалім»). Indexes for the words and for each order of the list.
 */
export class VacancySearch1764500000000 implements MigrationInterface {
  name = 'VacancySearch1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function plain_words(text) returns text language sql immutable strict parallel safe
      return translate(lower($1 collate pg_c_utf8), 'әғқңөұүһіё', 'агкноуухие')`);
    await runner.query('drop index vacancy_words');
    await runner.query(
      `create index vacancy_words on vacancy using gin (plain_words(title || ' ' || coalesce(subtitle, '')) gin_trgm_ops)`,
    );
    await runner.query(`create index vacancy_newest on vacancy (published_on desc, id desc) where status = 'open'`);
    await runner.query(
      `create index vacancy_best_paid on vacancy (coalesce(pay_min_tenge, pay_max_tenge, 0) desc, id desc) where status = 'open'`,
    );
    await runner.query(`create index vacancy_district on vacancy (district_kato) where status = 'open'`);
    await runner.query(`create index vacancy_settlement on vacancy (kato) where status = 'open'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
