import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What officers say that titles mean, and what re-coding by it needs to know of vacancies and people: the title as the resolver
 * reads it, and whether the occupation was stated or read out of the title.
 */
export class TitleCorrections1764853710000 implements MigrationInterface {
  name = 'TitleCorrections1764853710000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [corrections, readings, promises, rights]) await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/** `version` counts what was learnt: processes that know an older one read the standing corrections anew. */
const corrections = `
create table title_lexicon (one boolean primary key default true check (one), version bigint not null);
insert into title_lexicon (version) values (0);
create table title_correction (
  id uuid primary key,
  title_key text not null check (title_key <> ''), title text not null, area_id smallint references area,
  -- Null: the title names no occupation.
  isco text references occupation,
  note text, made_by text not null, region_code text references region, made_at timestamptz not null, version bigint not null,
  ended_at timestamptz, ended_by text, ended_reason text check (ended_reason in ('superseded','withdrawn')), ended_version bigint,
  -- Open vacancies and people whose occupation it changed; of a withdrawn one, those that went back.
  vacancies integer, seekers integer, recoded_version bigint,
  check ((ended_at is null) = (ended_reason is null) and (ended_at is null) = (ended_version is null))
);
create unique index title_correction_standing on title_correction (title_key) where ended_at is null;
create index title_correction_latest on title_correction (version);
`;

/**
 * Of what was read before, nobody noted what was stated: an occupation that is sure counts as stated until its source says another
 * thing, and of people every one. Keys of titles are filled by the program (src/vacancies/title-keys.ts).
 */
const readings = `
alter table vacancy add column title_key text, add column isco_stated boolean not null default false,
  add column sector_follows boolean not null default false;
update vacancy set isco_stated = isco_sure, sector_follows = area_id is null and sector <> 'unstated'
where isco_sure or (area_id is null and sector <> 'unstated');
create index vacancy_title_key on vacancy (title_key) where not isco_stated;
create index vacancy_unsure on vacancy (region_code, title_key) where status = 'open' and not isco_sure;
alter table seeker add column title_key text, add column isco_stated boolean not null default true;
create index seeker_title_key on seeker (title_key) where title_key is not null;
`;

const promises = `
alter table vacancy_change drop constraint vacancy_change_change_check,
  add constraint vacancy_change_change_check
    check (change in ('closed','pay_reduced','housing_lost','employment_worsened','moved','occupation_changed'));
`;

/** The titles of all regions teach one lexicon: every officer reads and mends it, each in their own name. */
const rights = `
alter table title_correction enable row level security, force row level security;
grant select, insert, update on title_correction to qonys_app;
create policy title_correction_select on title_correction for select using (
  (select current_setting('qonys.role', true) in ('program', 'officer', 'supervisor', 'analyst', 'administrator')));
create policy title_correction_insert on title_correction for insert with check (
  (select current_setting('qonys.role', true) = 'program')
  or (made_by = (select current_setting('qonys.actor', true)) and (
    (select current_setting('qonys.role', true) = 'administrator')
    or ((select current_setting('qonys.role', true) in ('officer', 'supervisor'))
      and region_code = (select current_setting('qonys.region', true))))));
create policy title_correction_update on title_correction for update
  using ((select current_setting('qonys.role', true) in ('program', 'officer', 'supervisor', 'administrator')))
  with check ((select current_setting('qonys.role', true) = 'program') or (
    (select current_setting('qonys.role', true) in ('officer', 'supervisor', 'administrator'))
    and ended_by = (select current_setting('qonys.actor', true))));
grant select, update on title_lexicon to qonys_app;
`;
