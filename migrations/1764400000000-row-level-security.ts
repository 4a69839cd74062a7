import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Row-level security: the application works as the role `qonys_app`, which owns nothing, and every row of a region, a firm
 * or a household is shown and taken by policies that read the settings `qonys.*` of the connection (src/database/scope.ts).
 * A connection without settings sees none of those rows. docs/decisions/row-level-security.md tells why it is so.
 */
export class RowLevelSecurity1764400000000 implements MigrationInterface {
  name = 'RowLevelSecurity1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(makeRole);
    await runner.query(`grant usage on schema public to qonys_app`);
    await runner.query(mayStage);
    await runner.query(`grant select on ${readOnly.join(', ')} to qonys_app`);
    await runner.query(`grant maintain on ${analyzed.join(', ')} to qonys_app`);
    await runner.query(`create index placement_seeker on placement (seeker_id)`);
    for (const [table, rules] of Object.entries(tables)) {
      await runner.query(`alter table ${table} enable row level security, force row level security`);
      for (const statement of statementsOf(table, rules)) await runner.query(statement);
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/**
 * Roles belong to the whole server: another database's migration may make this one at the same moment. A login that may
 * not make roles needs it made beforehand.
 */
const makeRole = `
do $$
begin
  for attempt in 1..20 loop
    begin
      if not exists (select from pg_roles where rolname = 'qonys_app') then
        create role qonys_app nologin noinherit nobypassrls;
      end if;
      if not pg_has_role(current_user, 'qonys_app', 'SET') then
        grant qonys_app to current_user with inherit false, set true;
      end if;
      exit;
    exception
      when duplicate_object or unique_violation or internal_error then
        if attempt = 20 then raise; end if;
        perform pg_sleep(0.05);
      when insufficient_privilege then
        raise exception 'The login % may not make the role qonys_app. Let an administrator of the server run: create role qonys_app nologin; grant qonys_app to %', current_user, quote_ident(current_user);
    end;
  end loop;
  if exists (select from pg_roles where rolname = 'qonys_app' and (rolsuper or rolbypassrls)) then
    raise exception 'The role qonys_app passes over row-level security; take SUPERUSER and BYPASSRLS from it.';
  end if;
end $$`;

/** Feeds are staged in a temporary table, which everybody may make unless the server's administrator has forbidden it. */
const mayStage = `
do $$
begin
  if not has_database_privilege('qonys_app', current_database(), 'TEMPORARY') then
    execute format('grant temporary on database %I to qonys_app', current_database());
  end if;
end $$`;

/** Belongs to nobody and is loaded by the owner. */
const readOnly = [
  'region', 'place', 'place_alias', 'area', 'programme_version', 'programme_region', 'programme_quota', 'occupation',
  'occupation_title', 'region_statistic', 'reference_load', 'migrations',
]; // prettier-ignore

/** Tables whose large loads are told to the planner at once (src/database/analyze.ts). */
const analyzed = ['vacancy', 'employer', 'household', 'seeker', 'proposal', 'placement'];

/** Each in a subquery of its own: computed once for a statement, not once for a row. */
const setting = (name: string): string => `(select current_setting('qonys.${name}', true))`;
const settingId = (name: string): string => `(select nullif(current_setting('qonys.${name}', true), '')::uuid)`;
const is = (...roles: string[]): string =>
  `(select current_setting('qonys.role', true) in (${roles.map((role) => `'${role}'`).join(', ')}))`;

const program = is('program');
/** The program, and administrators, who answer for everything. */
const wide = is('program', 'administrator');
/** Those and another program with a token of its own, which keeps households. */
const registrar = is('program', 'administrator', 'system');
const officer = is('officer', 'supervisor');
const ownRegion = (column: string): string => `(${officer} and ${column} = ${setting('region')})`;
const ownSource = (column: string): string =>
  `(${is('employer')} and ${column} = (select 'employer:' || current_setting('qonys.employer', true)))`;
const ownHousehold = (column: string): string => `(${is('migrant')} and ${column} = ${settingId('household')})`;
const any = (...conditions: string[]): string => conditions.join(' or ');

/**
 * What may be done with the rows of a table: `select`: which are seen; `insert`, `update`, `delete`: which may be written.
 * `reach`, where it is wider than `update`: rows that may be locked although a change of them is refused with an error.
 * What is not named is not granted.
 */
interface Rules {
  select: string;
  insert?: string;
  update?: string;
  reach?: string;
  delete?: string;
}

/** A centre sees a household through its proposals, a migrant sees their own. */
const seenHousehold = any(
  registrar,
  ownHousehold('household.id'),
  `(${officer} and exists (select from proposal p where p.household_id = household.id and p.region_code = ${setting('region')}))`,
);
const seenToken = any(
  wide,
  `api_token.id = ${settingId('actor')}`,
  ownRegion('region_code'),
  // Their labels stand in the audit trail of a region's proposals.
  `(${officer} and api_token.role in ('administrator', 'system'))`,
);
const ownHouseholdRow = (column: string): string => any(registrar, ownHousehold(column));
/** A firm speaks in a source of its own and of itself. */
const ownVacancy = `(${ownSource('source')} and employer_id = ${settingId('employer')})`;
const ownChange = `(${is('employer')} and exists (
  select from vacancy v where v.id = vacancy_id and v.source = (select 'employer:' || current_setting('qonys.employer', true))))`;

const tables: Record<string, Rules> = {
  household: {
    select: seenHousehold,
    insert: ownHouseholdRow('id'),
    update: ownHouseholdRow('id'),
    // An approval keeps the household from changing meanwhile.
    reach: seenHousehold,
    delete: ownHouseholdRow('id'),
  },
  seeker: {
    select: any(
      registrar,
      `exists (select from household h where h.id = seeker.household_id)`,
      // An adult removed from the household: a row that says nothing of anybody, because placements hang on it.
      `(household_id is null and exists (select from placement pl where pl.seeker_id = seeker.id))`,
    ),
    insert: ownHouseholdRow('household_id'),
    update: ownHouseholdRow('household_id'),
    delete: ownHouseholdRow('household_id'),
  },
  proposal: {
    select: any(registrar, ownRegion('region_code'), ownHousehold('household_id')),
    insert: program,
    update: any(wide, ownRegion('region_code')),
    delete: program,
  },
  placement: {
    select: any(registrar, `exists (select from proposal p where p.id = placement.proposal_id)`),
    insert: program,
    update: any(wide, `(${officer} and exists (select from proposal p where p.id = placement.proposal_id))`),
    delete: program,
  },
  delivery: {
    select: any(wide, ownRegion('region_code'), `(${is('migrant')} and recipient = ${setting('household')})`),
    insert: program,
    update: program,
  },
  in_app_message: {
    select: any(wide, ownHousehold('household_id')),
    insert: program,
    update: any(program, ownHousehold('household_id')),
    delete: program,
  },
  audit_entry: {
    select: any(wide, ownRegion('region_code'), `(subject = 'household' and ${ownHousehold('subject_id')})`),
    // Nobody writes a line in another's name.
    insert: any(program, `(actor = ${setting('actor')} and actor_role = ${setting('role')})`),
  },
  auto_approve_rule: {
    select: any(wide, ownRegion('region_code')),
    insert: any(wide, `(${is('supervisor')} and region_code = ${setting('region')})`),
  },
  ingest_run: {
    select: any(wide, is('supervisor', 'analyst'), ownSource('source')),
    insert: any(wide, ownSource('source')),
    update: any(program, ownSource('source')),
  },
  rejected_record: {
    select: any(wide, ownRegion('region_code'), ownSource('source')),
    insert: program,
    update: any(program, ownSource('source')),
    delete: program,
  },
  // Vacancies and firms are public; who writes them is not.
  vacancy: {
    select: 'true',
    insert: any(program, ownVacancy),
    update: any(wide, ownVacancy),
  },
  vacancy_change: {
    select: any(wide, ownChange),
    insert: any(program, ownChange),
  },
  employer: {
    select: 'true',
    insert: wide,
    // A centre verifies firms that have work in its region, and is told when it may not.
    update: any(
      wide,
      `(${officer} and exists (select from vacancy v where v.employer_id = employer.id and v.region_code = ${setting('region')}))`,
    ),
    reach: any(wide, officer),
  },
  outbox_event: {
    select: program,
    insert: any(
      wide,
      `(${is('officer', 'supervisor', 'employer', 'migrant', 'system')} and region_code is null)`,
      ownRegion('region_code'),
    ),
    update: program,
  },
  match_run: {
    select: any(registrar, is('analyst')),
    insert: wide,
    update: wide,
  },
  idempotency_key: {
    select: any(program, `actor_id = ${settingId('actor')}`),
    insert: any(program, `actor_id = ${settingId('actor')}`),
  },
  api_token: {
    select: seenToken,
    insert: wide,
    update: wide,
  },
};

function statementsOf(table: string, rules: Rules): string[] {
  const { select, insert, update, reach = update, delete: remove } = rules;
  const commands = ['select', 'insert', 'update', 'delete'].filter((command) => rules[command as keyof Rules]);
  return [
    `grant ${commands.join(', ')} on ${table} to qonys_app`,
    `create policy ${table}_select on ${table} for select using (${select})`,
    ...(insert ? [`create policy ${table}_insert on ${table} for insert with check (${insert})`] : []),
    ...(update ? [`create policy ${table}_update on ${table} for update using (${reach}) with check (${update})`] : []),
    ...(remove ? [`create policy ${table}_delete on ${table} for delete using (${remove})`] : []),
  ];
}
