import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A firm's first account owns it: whoever registered the firm. A firm has one owner at a time, however many register its BIN at
 * the same moment; colleagues act for the firm and own nothing.
 */
export class FirmOwner1764830000000 implements MigrationInterface {
  name = 'FirmOwner1764830000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(owner);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

const owner = `
alter table auth_user add column firm_owner boolean not null default false check (not firm_owner or role = 'employer');
update auth_user set firm_owner = true where id in (
  select distinct on (employer_id) id from auth_user
  where role = 'employer' and disabled_at is null order by employer_id, created_at, id);
create unique index auth_user_firm_owner on auth_user (employer_id) where firm_owner and disabled_at is null;
`;
