import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What became of the people: each who arrived, the follow-ups of their household, how they stood whenever they were heard of, the second
 * chance of those who lost a job or a home, and the support that was paid.
 */
export class Outcomes1764920000000 implements MigrationInterface {
  name = 'Outcomes1764920000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
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
    await runner.query(`grant maintain on arrival, arrived_person, outcome to qonys_app`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

const tables = `
create table arrival (
  id uuid primary key,
  -- 'application': of a household that applied here. Any other: people counted elsewhere, as a published table has them.
  source text not null,
  application_id uuid unique references application, household_id uuid references household on delete cascade,
  region_code text not null references region, arrived_on date not null,
  synthetic boolean not null, created_at timestamptz not null,
  check ((source = 'application') = (application_id is not null) and (application_id is null) = (household_id is null))
);
create index arrival_region on arrival (region_code, source);
create index arrival_household on arrival (household_id);
create table arrived_person (
  id uuid primary key, arrival_id uuid not null references arrival on delete cascade,
  household_id uuid references household on delete cascade, region_code text not null references region,
  position smallint not null, adult boolean not null,
  -- Null: a child, or somebody who is counted elsewhere.
  seeker_id uuid references seeker on delete set null,
  unique (arrival_id, position)
);
create index arrived_person_seeker on arrived_person (seeker_id) where seeker_id is not null;
create table follow_up (
  id uuid primary key, arrival_id uuid not null references arrival on delete cascade,
  household_id uuid not null references household on delete cascade, region_code text not null references region,
  months smallint not null check (months in (1,3,6,12)),
  due_on date not null, answer_by date not null, closes_on date not null,
  state text not null check (state in ('due','asked','unreached','answered','closed')),
  -- The officer who has it in hand; null: the centre, once the household's time to answer is over.
  owner_id text, owner_label text,
  asked_at timestamptz, missed smallint not null default 0, missed_at timestamptz,
  answered_at timestamptz, via text check (via in ('household','centre')),
  closed_at timestamptz, closed_reason text check (closed_reason in ('no_answer','returned','erased')),
  version integer not null default 1, created_at timestamptz not null,
  unique (arrival_id, months),
  check (due_on < answer_by and answer_by < closes_on),
  check ((state = 'answered') = (answered_at is not null) and (answered_at is null) = (via is null)),
  check ((state = 'closed') = (closed_at is not null) and (closed_at is null) = (closed_reason is null)),
  check ((owner_id is null) = (owner_label is null))
);
create index follow_up_due on follow_up (due_on) where state = 'due';
create index follow_up_open on follow_up (region_code, answer_by, id) where state in ('due','asked','unreached');
create index follow_up_household on follow_up (household_id);
create table outcome (
  id uuid primary key, arrival_id uuid not null references arrival on delete cascade,
  household_id uuid references household on delete cascade, region_code text not null references region,
  -- Null: of the household as a whole.
  person_id uuid references arrived_person on delete cascade,
  kind text not null check (kind in ('employed','own_business','active_otherwise','looking','not_looking','returned','housed','housing_trouble')),
  reason text check (reason in ('no_job','low_pay','housing','family','climate','health','schools','other')),
  told_on date not null, follow_up_id uuid references follow_up on delete cascade,
  via text not null check (via in ('household','centre','published')),
  recorded_at timestamptz not null, recorded_by text not null,
  check ((person_id is null) = (kind in ('housed','housing_trouble'))),
  check (case when kind <> 'returned' then reason is null else reason is not null or via = 'published' end)
);
create index outcome_person on outcome (person_id, id desc) where person_id is not null;
create index outcome_arrival on outcome (arrival_id, id desc);
create index outcome_household on outcome (household_id);
create function refuse_outcome_change() returns trigger language plpgsql as $$
begin raise exception 'outcomes are append-only: a later one says what has changed'; end $$;
create trigger outcome_append_only before update on outcome for each row execute function refuse_outcome_change();
create trigger outcome_no_truncate before truncate on outcome for each statement execute function refuse_outcome_change();
create table second_chance (
  id uuid primary key, arrival_id uuid not null references arrival on delete cascade,
  household_id uuid not null references household on delete cascade, region_code text not null references region,
  lost text[] not null check (lost <> '{}' and lost <@ '{job,home}'),
  state text not null check (state in ('searching','proposed','ended')),
  -- What the matcher found in the region last; a proposal of the same region's queue.
  proposal_id uuid references proposal,
  opened_at timestamptz not null, tried_at timestamptz, ended_at timestamptz,
  ended_reason text check (ended_reason in ('found','returned','erased')),
  check ((state = 'ended') = (ended_at is not null) and (ended_at is null) = (ended_reason is null)),
  check (state <> 'proposed' or proposal_id is not null)
);
create unique index second_chance_open_once on second_chance (arrival_id) where state <> 'ended';
create index second_chance_proposal on second_chance (proposal_id) where proposal_id is not null;
create index second_chance_household on second_chance (household_id);
create table support_payment (
  id uuid primary key, household_id uuid not null references household on delete cascade,
  region_code text not null references region,
  measure text not null, payee text not null check (payee in ('household','employer')),
  tenge integer not null check (tenge > 0), paid_on date not null,
  recorded_by text not null, recorded_at timestamptz not null, voided_by text, voided_at timestamptz,
  check ((voided_by is null) = (voided_at is null))
);
-- A proposal whose household has arrived is fulfilled: it is no longer open, nothing breaks its promise, and its district may be proposed again.
alter table proposal add column fulfilled_at timestamptz;
drop index proposal_open_once;
create unique index proposal_open_once on proposal (household_id, district_kato)
  where status in ('waiting','claimed','returned','approved') and fulfilled_at is null;
create index support_payment_household on support_payment (household_id);
create index support_payment_region on support_payment (region_code, paid_on) where voided_at is null;
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
/** Nobody says in another's name how people are. */
const inOwnName = `(recorded_by = (select current_setting('qonys.actor', true)) and (${is('administrator')} or ${ownRegion} or ${ownHousehold}))`;

const policies: Record<string, { select: string; insert: string; update: string | null }> = {
  arrival: { select: theirs, insert: program, update: null },
  arrived_person: { select: theirs, insert: program, update: null },
  follow_up: { select: theirs, insert: program, update: theirs },
  outcome: { select: theirs, insert: `${program} or ${inOwnName}`, update: null },
  second_chance: { select: theirs, insert: program, update: program },
  support_payment: {
    select: theirs,
    insert: `${program} or (recorded_by = (select current_setting('qonys.actor', true)) and (${is('administrator')} or ${ownRegion}))`,
    update: `${wide} or ${ownRegion}`,
  },
};
