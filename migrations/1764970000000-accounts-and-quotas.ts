import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Policies behind the conditions of the accounts' own pool, and of quotas: a forgotten `where` must not show a supervisor another
 * region's accounts, an employer another firm's, or anybody another's sessions.
 */
export class AccountsAndQuotas1764970000000 implements MigrationInterface {
  name = 'AccountsAndQuotas1764970000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(accounts);
    await runner.query(quotas);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

const setting = (name: string): string => `(select nullif(current_setting('qonys.${name}', true), ''))`;
const is = (...roles: string[]): string =>
  `(select current_setting('qonys.role', true) in (${roles.map((role) => `'${role}'`).join(', ')}))`;
const program = is('program');

/** Signing in, and every change, is the program's; who lists is shown no more than is theirs. */
const accounts = `
alter table auth_user enable row level security, force row level security;
create policy auth_user_program on auth_user using (${program}) with check (${program});
create policy auth_user_select on auth_user for select using (
  ${is('administrator')} or id::text = ${setting('actor')}
  or (${is('supervisor')} and region_code = ${setting('region')})
  or (${is('employer')} and employer_id::text = ${setting('employer')}));
alter table auth_session enable row level security, force row level security;
create policy auth_session_program on auth_session using (${program}) with check (${program});
create policy auth_session_select on auth_session for select using (user_id::text = ${setting('actor')});
create policy auth_session_delete on auth_session for delete using (user_id::text = ${setting('actor')});
`;

/** Published figures, read by all; revised by the program, whoever's order it enters. */
const quotas = `
alter table programme_quota enable row level security, force row level security;
create policy programme_quota_select on programme_quota for select using (true);
create policy programme_quota_insert on programme_quota for insert with check (${program});
create policy programme_quota_delete on programme_quota for delete using (${program});
`;
