import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Members of a household beside its working adults and children who move along: a grandparent, a grown child. */
export class OtherMembers1764990000000 implements MigrationInterface {
  name = 'OtherMembers1764990000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table household add column other_members smallint not null default 0 check (other_members between 0 and 7)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
