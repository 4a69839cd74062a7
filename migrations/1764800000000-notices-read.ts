import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A centre sees whether a household has read what its region wrote to it in the app: where nothing else got through, it must call. */
export class NoticesRead1764800000000 implements MigrationInterface {
  name = 'NoticesRead1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(policy);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/** As in the migration of row-level security, and for an officer the messages whose receipts that officer sees. */
const policy = `
alter policy in_app_message_select on in_app_message using (
  (select current_setting('qonys.role', true) in ('program', 'administrator'))
  or ((select current_setting('qonys.role', true) in ('migrant'))
    and household_id = (select nullif(current_setting('qonys.household', true), '')::uuid))
  or ((select current_setting('qonys.role', true) in ('officer', 'supervisor'))
    and exists (select from delivery d where d.id = delivery_id and d.region_code = (select current_setting('qonys.region', true)))))
`;
