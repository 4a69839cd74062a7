import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a household does by itself: the entry of itself in steps, what it is not interested in, interest in an approved
 * match with its consent, and links to a match for relatives. Every row belongs to a household (a draft to an account).
 */
export class MigrantDesk1764700000000 implements MigrationInterface {
  name = 'MigrantDesk1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rules] of Object.entries(policies)) {
      await runner.query(`alter table ${table} enable row level security, force row level security`);
      const { select, write, remove } = rules;
      await runner.query(`grant select, insert, update${remove === null ? '' : ', delete'} on ${table} to qonys_app`);
      await runner.query(`create policy ${table}_select on ${table} for select using (${select})`);
      await runner.query(`create policy ${table}_insert on ${table} for insert with check (${write})`);
      await runner.query(`create policy ${table}_update on ${table} for update using (${write}) with check (${write})`);
      if (remove !== null) {
        await runner.query(`create policy ${table}_delete on ${table} for delete using (${remove})`);
      }
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

const tables = `
create table household_draft (
  id uuid primary key, account_id uuid not null unique references auth_user on delete cascade,
  answers jsonb not null, updated_at timestamptz not null
);
create table dismissal (
  id uuid primary key, household_id uuid not null references household on delete cascade,
  scope text not null check (scope in ('vacancy','district','region')),
  vacancy_id uuid references vacancy, district_kato text references place, region_code text references region,
  reason text not null check (reason in ('pay','place','housing','profession','not_now','other')),
  at timestamptz not null,
  check ((scope = 'vacancy') = (vacancy_id is not null)),
  check ((scope = 'district') = (district_kato is not null)),
  check ((scope = 'region') = (region_code is not null)),
  unique nulls not distinct (household_id, vacancy_id, district_kato, region_code)
);
create index dismissal_vacancy on dismissal (vacancy_id) where vacancy_id is not null;
create table interest (
  id uuid primary key, household_id uuid not null references household on delete cascade,
  proposal_id uuid not null references proposal on delete cascade,
  placement_id uuid not null unique references placement on delete cascade,
  vacancy_id uuid not null references vacancy, employer_id uuid references employer, region_code text not null references region,
  expressed_at timestamptz not null,
  -- Since when this employer may see name and phone; null: not, or no longer.
  shared_at timestamptz, withdrawn_at timestamptz,
  check (withdrawn_at is null or shared_at is null)
);
create index interest_proposal on interest (proposal_id);
create index interest_vacancy on interest (vacancy_id) where withdrawn_at is null;
create index interest_employer on interest (employer_id) where withdrawn_at is null;
create table share_link (
  id uuid primary key, household_id uuid not null references household on delete cascade,
  proposal_id uuid not null references proposal on delete cascade,
  created_at timestamptz not null, expires_at timestamptz not null, revoked_at timestamptz
);
create index share_link_proposal on share_link (proposal_id);
`;

/** Each in a subquery of its own: computed once for a statement, not once for a row. */
const settingId = (name: string): string => `(select nullif(current_setting('qonys.${name}', true), '')::uuid)`;
const is = (...roles: string[]): string =>
  `(select current_setting('qonys.role', true) in (${roles.map((role) => `'${role}'`).join(', ')}))`;
const wide = is('program', 'administrator');
const registrar = is('program', 'administrator', 'system');
const ownHousehold = `(${is('migrant')} and household_id = ${settingId('household')})`;
const ownRegion = `(${is('officer', 'supervisor')} and region_code = (select current_setting('qonys.region', true)))`;
/** A firm sees only whoever consented that it does. */
const sharedWithFirm = `(${is('employer')} and employer_id = ${settingId('employer')} and shared_at is not null and withdrawn_at is null)`;
const ownDraft = `${is('program')} or (${is('migrant')} and account_id = ${settingId('actor')})`;

const policies: Record<string, { select: string; write: string; remove: string | null }> = {
  household_draft: { select: ownDraft, write: ownDraft, remove: ownDraft },
  dismissal: {
    // A centre sees it with the household: it must not refer them to what they do not want.
    select: `${registrar} or ${ownHousehold}
      or (${is('officer', 'supervisor')} and exists (select from household h where h.id = dismissal.household_id))`,
    write: `${registrar} or ${ownHousehold}`,
    remove: `${registrar} or ${ownHousehold}`,
  },
  interest: {
    select: `${wide} or ${ownRegion} or ${ownHousehold} or ${sharedWithFirm}`,
    write: `${registrar} or ${ownHousehold}`,
    remove: null,
  },
  share_link: {
    select: `${registrar} or ${ownHousehold}`,
    write: `${registrar} or ${ownHousehold}`,
    remove: `${registrar} or ${ownHousehold}`,
  },
};
