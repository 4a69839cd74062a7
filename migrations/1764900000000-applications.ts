import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A household's application to be resettled, each of its steps, and the ledger of the quotas in persons: balances that are never
 * overdrawn, entries that add up to them, and one live reservation a household. Quotas may be revised by an administrator.
 */
export class Applications1764900000000 implements MigrationInterface {
  name = 'Applications1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [applications, ledger, revisions]) await runner.query(statements);
    for (const [table, { select, insert, update }] of Object.entries(policies)) {
      await runner.query(`alter table ${table} enable row level security, force row level security`);
      await runner.query(`grant select, insert${update === null ? '' : ', update'} on ${table} to qonys_app`);
      await runner.query(`create policy ${table}_select on ${table} for select using (${select})`);
      await runner.query(`create policy ${table}_insert on ${table} for insert with check (${insert})`);
      if (update !== null) {
        await runner.query(
          `create policy ${table}_update on ${table} for update using (${update}) with check (${update})`,
        );
      }
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/** Its states are the table of src/applications/application-states.ts. Who has it (`owner`) and until when stands on every open one. */
const applications = `
create sequence application_wait;
grant usage on sequence application_wait to qonys_app;
create table application (
  id uuid primary key,
  household_id uuid not null references household, proposal_id uuid not null references proposal,
  region_code text not null references region, home_region_code text not null references region,
  category text not null check (category in ('settlers','kandas')),
  persons smallint not null check (persons > 0),
  state text not null check (state in ('interested','applied','papers_missing','forwarded','waiting_quota','approved','contracted',
    'arrived','settled','returned','refused','withdrawn','lapsed')),
  owner text check (owner in ('household','career_centre','reception_centre','employer')), due_on date,
  reason text, note text,
  -- The job that it was made for is gone; the centre looks for another or ends it.
  job_lost_at timestamptz, job_lost_reason text,
  -- The place in the order of those who wait for a quota place.
  wait_order bigint unique,
  -- The year of the quota that the reservation was taken from.
  quota_year smallint,
  interested_at timestamptz, applied_at timestamptz, forwarded_at timestamptz, decided_at timestamptz, waiting_since timestamptz,
  reserved_at timestamptz, contracted_at timestamptz, arrived_on date, ended_at timestamptz,
  state_since timestamptz not null,
  version integer not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
  check ((state in ('settled','returned','refused','withdrawn','lapsed')) = (ended_at is not null)),
  check ((owner is null) = (ended_at is not null) and (due_on is null) = (ended_at is not null)),
  check ((state = 'waiting_quota') = (wait_order is not null)),
  check ((state in ('arrived','settled','returned')) = (arrived_on is not null)),
  check (state not in ('approved','contracted','arrived','settled','returned') or quota_year is not null)
);
create unique index application_open_once on application (household_id)
  where state in ('applied','papers_missing','forwarded','waiting_quota','approved','contracted','arrived');
create unique index application_of_proposal on application (proposal_id) where ended_at is null;
create index application_household on application (household_id);
create index application_due on application (region_code, due_on) where ended_at is null;
create index application_state on application (region_code, state, state_since);
create index application_waiting on application (region_code, category, wait_order) where state = 'waiting_quota';
create index application_arrived on application (arrived_on) where arrived_on is not null;
create table application_step (
  id uuid primary key, application_id uuid not null references application,
  household_id uuid not null references household, region_code text not null references region,
  action text not null, from_state text, to_state text not null,
  owner text, due_on date, reason text, note text,
  at timestamptz not null, actor text not null, actor_role text not null
);
create index application_step_application on application_step (application_id, at, id);
create index application_step_region on application_step (region_code, at);
`;

/** Entries are never changed; the balance of a year, region and category is their sum, column by column. */
const ledger = `
create table quota_balance (
  year smallint not null, region_code text not null references region,
  category text not null check (category in ('settlers','kandas')),
  persons integer not null default 0 check (persons >= 0),
  reserved integer not null default 0 check (reserved >= 0), taken integer not null default 0 check (taken >= 0),
  primary key (year, region_code, category),
  constraint quota_never_overdrawn check (reserved + taken <= persons)
);
create table quota_reservation (
  id uuid primary key, application_id uuid not null unique references application, household_id uuid not null references household,
  year smallint not null, region_code text not null, category text not null,
  persons smallint not null check (persons > 0),
  state text not null check (state in ('reserved','taken','released')),
  reserved_at timestamptz not null, ended_at timestamptz,
  foreign key (year, region_code, category) references quota_balance,
  check ((state = 'reserved') = (ended_at is null))
);
create unique index quota_reservation_live on quota_reservation (household_id) where state = 'reserved';
create index quota_reservation_region on quota_reservation (region_code, year);
create table quota_ledger (
  id uuid primary key, at timestamptz not null,
  year smallint not null, region_code text not null, category text not null,
  entry text not null check (entry in ('revise','reserve','take','release')),
  reservation_id uuid references quota_reservation,
  persons_change integer not null default 0, reserved_change integer not null default 0, taken_change integer not null default 0,
  reason text, actor text not null,
  foreign key (year, region_code, category) references quota_balance,
  check ((entry = 'revise') = (reservation_id is null)),
  check (case entry
    when 'revise' then reserved_change = 0 and taken_change = 0
    when 'reserve' then persons_change = 0 and reserved_change > 0 and taken_change = 0
    when 'take' then persons_change = 0 and reserved_change < 0 and taken_change = -reserved_change
    else persons_change = 0 and reserved_change < 0 and taken_change = 0 end)
);
create index quota_ledger_balance on quota_ledger (year, region_code, category, at);
create index quota_ledger_reservation on quota_ledger (reservation_id);
create function refuse_ledger_change() returns trigger language plpgsql as $$
begin raise exception 'entries of the quota ledger are append-only'; end $$;
create trigger quota_ledger_append_only before update or delete on quota_ledger for each row execute function refuse_ledger_change();
create trigger quota_ledger_no_truncate before truncate on quota_ledger for each statement execute function refuse_ledger_change();
`;

/** What an administrator entered stays when the files of the orders are read anew. */
const revisions = `
alter table programme_quota add column origin text not null default 'file' check (origin in ('file','revision')),
  add column made_by text, add column made_at timestamptz;
grant insert on programme_quota to qonys_app;
`;

/** Each in a subquery of its own: computed once for a statement, not once for a row. */
const settingId = (name: string): string => `(select nullif(current_setting('qonys.${name}', true), '')::uuid)`;
const is = (...roles: string[]): string =>
  `(select current_setting('qonys.role', true) in (${roles.map((role) => `'${role}'`).join(', ')}))`;
const program = is('program');
const wide = is('program', 'administrator');
const ownHousehold = `(${is('migrant')} and household_id = ${settingId('household')})`;
const ownRegion = `(${is('officer', 'supervisor')} and region_code = (select current_setting('qonys.region', true)))`;
const theirs = `${wide} or ${ownRegion} or ${ownHousehold}`;

/** The ledger is written by the program alone, whoever's decision it is. */
const policies: Record<string, { select: string; insert: string; update: string | null }> = {
  application: { select: theirs, insert: `${program} or ${ownHousehold}`, update: theirs },
  // Of its steps only an erasure changes something: the officers' notes go.
  application_step: { select: theirs, insert: theirs, update: program },
  // Sums of persons, as the orders publish their quotas: every region may be looked at.
  quota_balance: { select: 'true', insert: program, update: program },
  quota_reservation: { select: theirs, insert: program, update: program },
  quota_ledger: { select: `${wide} or ${ownRegion}`, insert: program, update: null },
};
