import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A second chance can be taken; a return that was recorded by mistake can be taken back, in the ledger too; and households write no
 * application and no follow-up themselves: the program does, whoever asks it to.
 */
export class SecondChancesAndReturns1764985000000 implements MigrationInterface {
  name = 'SecondChancesAndReturns1764985000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(chances);
    await runner.query(corrections);
    await runner.query(rights);
    await runner.query(`create index application_proposal on application (proposal_id)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/** Each in a subquery of its own: computed once for a statement, not once for a row. */
const is = (...roles: string[]): string =>
  `(select current_setting('qonys.role', true) in (${roles.map((role) => `'${role}'`).join(', ')}))`;
const program = is('program');
const wide = is('program', 'administrator');
const ownRegion = `(${is('officer', 'supervisor')} and region_code = (select current_setting('qonys.region', true)))`;
const ownHousehold = `(${is('migrant')} and household_id = (select nullif(current_setting('qonys.household', true), '')::uuid))`;

const chances = `
alter table second_chance drop constraint second_chance_ended_reason_check,
  add constraint second_chance_ended_reason_check check (ended_reason in ('found','taken','returned','erased'));
`;

/** Outcomes are append-only: a correction stands beside them, and what was told of a return before it counts no more. */
const corrections = `
create table return_correction (
  id uuid primary key, arrival_id uuid not null references arrival on delete cascade,
  household_id uuid not null references household on delete cascade, region_code text not null references region,
  corrected_at timestamptz not null
);
create index return_correction_arrival on return_correction (arrival_id, id);
create index return_correction_household on return_correction (household_id);
grant select, insert on return_correction to qonys_app;
alter table return_correction enable row level security, force row level security;
create policy return_correction_select on return_correction for select using (${wide} or ${ownRegion} or ${ownHousehold});
create policy return_correction_insert on return_correction for insert with check (${program});
create view standing_outcome with (security_invoker = true) as
  select o.* from outcome o where o.kind <> 'returned'
    or not exists (select from return_correction c where c.arrival_id = o.arrival_id and c.id > o.id);
grant select on standing_outcome to qonys_app;
`;

const rights = `
alter policy application_insert on application with check (${program});
alter policy application_update on application using (${wide} or ${ownRegion}) with check (${wide} or ${ownRegion});
alter policy follow_up_update on follow_up using (${wide} or ${ownRegion}) with check (${wide} or ${ownRegion});
`;
