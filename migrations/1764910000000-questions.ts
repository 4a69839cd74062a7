import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Questions that anybody asks, with an owner and a due date, and the answers that became public. A question is its centre's and
 * its asker's; a public answer is everybody's, in three languages, found by the same `plain_words()` as vacancies.
 */
export class Questions1764910000000 implements MigrationInterface {
  name = 'Questions1764910000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [words, tables, rights]) await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/** Every word behind a space, so that a word is found by its beginning and not in the middle of another («ақша» in «балабақша»). */
const words = `
create function parted_words(text) returns text language sql immutable strict parallel safe
return ' ' || translate(plain_words($1), '«»„“”"()[]{}.,!?:;–—-/\\' || chr(10) || chr(13) || chr(9), repeat(' ', 27));
`;

const tables = `
create table question (
  id uuid primary key,
  language text not null check (language in ('kk','ru','en')),
  about text not null check (about in ('region','vacancy','programme')),
  about_region_code text references region, vacancy_id uuid references vacancy,
  -- The centre that owes the answer; null: the programme's own desk.
  region_code text references region,
  -- Null once its asker has taken it back or was erased.
  text text check (length(text) between 1 and 2000),
  account_id uuid references auth_user on delete set null, household_id uuid references household on delete set null,
  -- Where somebody without an account wants the answer; encrypted, and gone some time after it was sent.
  contact_channel text check (contact_channel in ('sms','email')), contact_cipher bytea,
  synthetic boolean not null default false,
  status text not null check (status in ('waiting','taken','answered','closed','withdrawn')),
  owner text, due_on date not null,
  answer text check (length(answer) between 1 and 4000), answered_by text, answered_at timestamptz,
  closed_reason text check (closed_reason in ('repeated','unclear','not_ours','abuse')), closed_at timestamptz,
  erased_at timestamptz,
  version integer not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
  check ((contact_channel is null) = (contact_cipher is null)),
  check (about <> 'region' or about_region_code is not null),
  check (about <> 'vacancy' or vacancy_id is not null),
  check ((text is null) = (erased_at is not null)),
  check (status <> 'taken' or owner is not null),
  check ((status = 'answered') = (answered_at is not null)),
  check ((answered_at is null) = (answer is null) or erased_at is not null),
  check ((status = 'closed') = (closed_reason is not null))
);
create index question_desk on question (region_code, due_on, id) where status in ('waiting','taken');
create index question_region on question (region_code, id);
create index question_account on question (account_id) where account_id is not null;
create index question_household on question (household_id) where household_id is not null;
create index question_contact on question (updated_at) where contact_cipher is not null;
create table public_answer (
  question_id uuid primary key references question,
  -- The centre that answers for it; null: the programme's own desk.
  region_code text references region,
  about text not null check (about in ('region','vacancy','programme')),
  about_region_code text references region, vacancy_id uuid references vacancy,
  topic text not null check (topic in ('support','housing','work','papers','family','move','other')),
  question_kk text, question_ru text, question_en text, answer_kk text, answer_ru text, answer_en text,
  -- The day on which what it says was checked.
  checked_on date not null,
  published_at timestamptz, published_by text,
  helpful integer not null default 0, unhelpful integer not null default 0,
  synthetic boolean not null default false, updated_at timestamptz not null,
  question_words text not null generated always as (parted_words(
    coalesce(question_kk, '') || ' ' || coalesce(question_ru, '') || ' ' || coalesce(question_en, ''))) stored,
  answer_words text not null generated always as (parted_words(
    coalesce(answer_kk, '') || ' ' || coalesce(answer_ru, '') || ' ' || coalesce(answer_en, ''))) stored,
  check ((published_at is null) = (published_by is null)),
  check (published_at is null
    or num_nulls(question_kk, question_ru, question_en, answer_kk, answer_ru, answer_en) = 0)
);
create index public_answer_words on public_answer using gin (question_words gin_trgm_ops, answer_words gin_trgm_ops)
  where published_at is not null;
`;

/** A question is written for its asker by the program, worked on by its centre, read by its asker. */
const rights = `
alter table question enable row level security, force row level security;
grant select, insert, update on question to qonys_app;
create policy question_select on question for select using (
  (select current_setting('qonys.role', true) in ('program', 'administrator'))
  or ((select current_setting('qonys.role', true) in ('officer', 'supervisor'))
    and region_code = (select current_setting('qonys.region', true)))
  or account_id = (select nullif(current_setting('qonys.actor', true), '')::uuid));
create policy question_insert on question for insert with check ((select current_setting('qonys.role', true) = 'program'));
create policy question_update on question for update using (
  (select current_setting('qonys.role', true) in ('program', 'administrator'))
  or ((select current_setting('qonys.role', true) in ('officer', 'supervisor'))
    and region_code = (select current_setting('qonys.region', true))))
  with check (
  (select current_setting('qonys.role', true) in ('program', 'administrator'))
  or ((select current_setting('qonys.role', true) in ('officer', 'supervisor'))
    and region_code = (select current_setting('qonys.region', true))));
alter table public_answer enable row level security, force row level security;
grant select, insert, update on public_answer to qonys_app;
create policy public_answer_select on public_answer for select using (
  published_at is not null
  or (select current_setting('qonys.role', true) in ('program', 'administrator'))
  or ((select current_setting('qonys.role', true) in ('officer', 'supervisor'))
    and region_code = (select current_setting('qonys.region', true))));
create policy public_answer_insert on public_answer for insert with check (
  (select current_setting('qonys.role', true) in ('program', 'administrator'))
  or ((select current_setting('qonys.role', true) in ('officer', 'supervisor'))
    and region_code = (select current_setting('qonys.region', true))));
create policy public_answer_update on public_answer for update using (
  (select current_setting('qonys.role', true) in ('program', 'administrator'))
  or ((select current_setting('qonys.role', true) in ('officer', 'supervisor'))
    and region_code = (select current_setting('qonys.region', true))))
  with check (
  (select current_setting('qonys.role', true) in ('program', 'administrator'))
  or ((select current_setting('qonys.role', true) in ('officer', 'supervisor'))
    and region_code = (select current_setting('qonys.region', true))));
`;
