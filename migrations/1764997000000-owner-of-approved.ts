import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever is approved waits for the centre of the reception region, which records the contract: the employer has no page of
 * applications and is told of none, so a wait that it owned was nobody's.
 */
export class OwnerOfApproved1764997000000 implements MigrationInterface {
  name = 'OwnerOfApproved1764997000000';

  async up(runner: QueryRunner): Promise<void> {
    // The owner too is held by the policies: without this the updates below would see no row.
    await runner.query(`select set_config('qonys.role', 'program', true)`);
    for (const table of ['application', 'application_step']) {
      await runner.query(`update ${table} set owner = 'reception_centre' where owner = 'employer'`);
    }
    await runner.query('alter table application drop constraint application_owner_check');
    await runner.query(
      `alter table application add constraint application_owner_check
         check (owner in ('household','career_centre','reception_centre'))`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
