import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Accounts of people: sign-in, sessions, second factors, limits. Read and written only as `qonys_auth`, a role that the
 * program's own pool does not have, so that no query of a page or of the API reaches a session or a password's hash.
 */
export class Accounts1764300000000 implements MigrationInterface {
  name = 'Accounts1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(role);
    await runner.query(tables);
    await runner.query(grants);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/** Roles belong to the whole server: another database of it may be migrated at the same moment. */
const role = `
do $$ begin
  if not exists (select from pg_roles where rolname = 'qonys_auth') then
    begin create role qonys_auth nologin; exception when duplicate_object or unique_violation then null; end;
  end if;
  if not pg_has_role(current_user, 'qonys_auth', 'set') then
    begin execute format('grant qonys_auth to %I', current_user); exception when unique_violation then null; end;
  end if;
end $$;
`;

const tables = `
create table auth_user (
  id uuid primary key,
  label text not null, email text not null unique check (email = lower(email)), email_verified boolean not null default false, image text,
  phone_number text unique check (phone_number ~ '^\\+[0-9]{8,15}$'), phone_number_verified boolean,
  two_factor_enabled boolean not null default false,
  role text not null check (role in ('migrant','employer','officer','supervisor','analyst','administrator')),
  region_code text references region, employer_id uuid references employer, household_id uuid references household on delete set null,
  language text not null check (language in ('kk','ru','en')),
  synthetic boolean not null default false, disabled_at timestamptz,
  created_at timestamptz not null, updated_at timestamptz not null,
  check ((role in ('officer','supervisor')) = (region_code is not null)),
  check ((role = 'employer') = (employer_id is not null)),
  check (role = 'migrant' or household_id is null),
  check ((role = 'migrant') = (phone_number is not null))
);
create index auth_user_employer on auth_user (employer_id) where employer_id is not null;
create unique index auth_user_household on auth_user (household_id) where household_id is not null;
create table auth_session (
  id uuid primary key, user_id uuid not null references auth_user on delete cascade,
  token text not null unique, expires_at timestamptz not null, ip_address text, user_agent text,
  created_at timestamptz not null, updated_at timestamptz not null
);
create index auth_session_user on auth_session (user_id);
create table auth_account (
  id uuid primary key, user_id uuid not null references auth_user on delete cascade,
  account_id text not null, provider_id text not null, password text,
  access_token text, refresh_token text, id_token text,
  access_token_expires_at timestamptz, refresh_token_expires_at timestamptz, scope text,
  created_at timestamptz not null, updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index auth_account_user on auth_account (user_id);
create table auth_verification (
  id uuid primary key, identifier text not null, value text not null, expires_at timestamptz not null,
  created_at timestamptz not null, updated_at timestamptz not null
);
create index auth_verification_identifier on auth_verification (identifier, created_at);
create index auth_verification_expiry on auth_verification (expires_at);
create table auth_two_factor (
  id uuid primary key, user_id uuid not null unique references auth_user on delete cascade,
  secret text not null, backup_codes text not null, verified boolean not null default true,
  failed_verification_count integer not null default 0, locked_until timestamptz
);
-- A one-time password is accepted once (RFC 6238 §5.2): the second use finds its row.
create table auth_used_code (
  user_id uuid not null references auth_user on delete cascade, code_hash text not null, expires_at timestamptz not null,
  primary key (user_id, code_hash)
);
-- The limits' own library writes it; keys are keyed hashes.
create table auth_rate_limit (key text primary key, points integer not null default 0, expire bigint);
create index auth_rate_limit_expire on auth_rate_limit (expire);
-- Who creates may be an account as well as a token.
alter table idempotency_key drop constraint idempotency_key_actor_id_fkey;
`;

const grants = `
revoke all on auth_user, auth_session, auth_account, auth_verification, auth_two_factor, auth_used_code, auth_rate_limit from public;
grant usage on schema public to qonys_auth;
grant select, insert, update, delete
  on auth_user, auth_session, auth_account, auth_verification, auth_two_factor, auth_used_code, auth_rate_limit to qonys_auth;
`;
