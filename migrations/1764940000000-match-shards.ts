import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a run over all hands to the workers that compute it, and what they answer; gone when the run has ended. */
export class MatchShards1764940000000 implements MigrationInterface {
  name = 'MatchShards1764940000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [tables, rights]) await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/** The values are packed by the program (src/matching/shards/packing.ts): PostgreSQL need not try again. */
const tables = `
alter table match_run drop constraint match_run_status_check,
  add constraint match_run_status_check check (status in ('running','done','failed','superseded')),
  add column supersedes uuid references match_run;
create table match_snapshot (
  id uuid primary key, run_id uuid not null unique references match_run,
  taken_at timestamptz not null, read_snapshot pg_snapshot not null, market bytea not null,
  -- How often shards were handed out: one that fails for ever must not be tried for ever.
  rounds integer not null default 0
);
create table match_shard (
  snapshot_id uuid not null references match_snapshot on delete cascade, number integer not null check (number >= 0),
  households bytea not null, shortlists bytea, pairs_scored bigint, finished_at timestamptz,
  primary key (snapshot_id, number),
  check ((shortlists is null) = (finished_at is null) and (shortlists is null) = (pairs_scored is null))
);
alter table match_snapshot alter column market set storage external;
alter table match_shard alter column households set storage external, alter column shortlists set storage external;
`;

/** Households as the matcher sees them: the program's own, in nobody's name. */
const rights = `
alter table match_snapshot enable row level security, force row level security;
alter table match_shard enable row level security, force row level security;
grant select, insert, update, delete on match_snapshot to qonys_app;
grant select, insert, update, delete on match_shard to qonys_app;
create policy match_snapshot_program on match_snapshot using ((select current_setting('qonys.role', true) = 'program'))
  with check ((select current_setting('qonys.role', true) = 'program'));
create policy match_shard_program on match_shard using ((select current_setting('qonys.role', true) = 'program'))
  with check ((select current_setting('qonys.role', true) = 'program'));
`;
