import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Attempts at a notice that may have got through are counted, apart from those that were refused. Every occupation has a name in the three
 * languages, from the packs of labels, which a model reads titles by: the table of titles has no reader any more.
 */
export class DoubtsAndNames1764840000000 implements MigrationInterface {
  name = 'DoubtsAndNames1764840000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(doubts);
    await runner.query(names);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

const doubts = `
alter table delivery add column doubts smallint not null default 0;
update delivery set doubts = 1 where in_doubt;
alter table delivery drop column in_doubt;
alter table delivery add column in_doubt boolean not null generated always as (doubts > 0) stored;
`;

// The names come with the next load of the reference data, at the same start.
const names = `
update occupation set title_ru = coalesce(title_ru, title_en), title_kk = coalesce(title_kk, title_en);
alter table occupation alter column title_ru set not null, alter column title_kk set not null;
drop table occupation_title;
`;
