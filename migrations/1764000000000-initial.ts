import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The whole schema of the first version. Tables are singular, money is integer tenge, places are KATO strings.
 * Foreign keys, checks and indexes live here only; the entities carry columns.
 */
export class Initial1764000000000 implements MigrationInterface {
  name = 'Initial1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create extension if not exists pg_trgm`);
    for (const statements of [reference, auth, employers, households, vacancies, matching, centres, outbox]) {
      await runner.query(statements);
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

const reference = `
create table region (
  code text primary key check (code ~ '^KZ-[0-9]{2}$'),
  kato text not null unique check (kato ~ '^[0-9]{9}$'),
  enbek_region_id smallint not null unique,
  name_kk text not null, name_ru text not null, name_en text not null,
  aliases text[] not null default '{}',
  capital_name_ru text, lat double precision, lon double precision,
  population integer, population_on date
);
create table place (
  kato text primary key check (kato ~ '^[0-9]{9}$'),
  parent_kato text references place,
  region_code text not null references region,
  district_kato text references place,
  level text not null check (level in ('region','district','sub_district','settlement')),
  settlement_type text check (settlement_type in ('urban','rural')),
  name_ru text not null, name_kk text not null,
  classifier text not null
);
create index place_region on place (region_code);
create index place_district on place (district_kato);
create table place_alias (
  kato text not null references place, alias text not null, note text not null,
  primary key (kato, alias)
);
create table area (
  id smallint primary key,
  sector text not null,
  name_ru text not null, name_kk text not null, name_en text not null,
  source text not null
);
create table programme_version (
  code text primary key,
  valid_from date not null, valid_to date,
  name text not null, source text not null, verified boolean not null,
  check (valid_to is null or valid_to > valid_from)
);
create table programme_region (
  version_code text not null references programme_version on delete cascade,
  region_code text not null references region,
  role text not null check (role in ('departure','reception')),
  verified boolean not null,
  primary key (version_code, region_code, role)
);
create table programme_quota (
  year smallint not null, region_code text not null references region,
  category text not null check (category in ('settlers','kandas')),
  valid_from date not null, persons integer not null check (persons >= 0),
  source text not null, verified boolean not null,
  primary key (year, region_code, category, valid_from)
);
create table occupation (
  isco text primary key check (isco ~ '^[0-9]{4}$'),
  title_en text not null, title_ru text, title_kk text,
  sector text, regulated text check (regulated in ('medicine','teaching','driving'))
);
create table occupation_title (
  title_normalised text not null, lang text not null check (lang in ('kk','ru','en')),
  isco text not null references occupation on delete cascade,
  title text not null,
  primary key (title_normalised, isco, lang)
);
create table region_statistic (
  region_code text not null references region, code text not null, period text not null,
  value double precision not null, unit text not null, source text not null, verified boolean not null,
  primary key (region_code, code, period)
);
create table reference_load (name text primary key, checksum text not null, loaded_at timestamptz not null);
`;

const auth = `
create table api_token (
  id uuid primary key, hash text not null unique, label text not null,
  role text not null check (role in ('employer','officer','supervisor','analyst','administrator','system')),
  region_code text references region, employer_id uuid,
  created_at timestamptz not null, expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz,
  check ((role in ('officer','supervisor')) = (region_code is not null)),
  check ((role = 'employer') = (employer_id is not null))
);
create table idempotency_key (
  actor_id uuid not null references api_token, key text not null,
  request_hash bytea not null, made_id uuid not null, created_at timestamptz not null,
  primary key (actor_id, key)
);
create table audit_entry (
  id uuid primary key, at timestamptz not null,
  actor text not null, actor_role text not null, region_code text,
  subject text not null, subject_id uuid not null,
  action text not null, from_state text, to_state text, reason text, details jsonb not null default '{}'
);
create index audit_entry_subject on audit_entry (subject, subject_id, at);
create index audit_entry_region on audit_entry (region_code, at);
create function refuse_change() returns trigger language plpgsql as $$
begin raise exception 'audit entries are append-only'; end $$;
create trigger audit_entry_append_only before update or delete on audit_entry for each row execute function refuse_change();
`;

const employers = `
create table employer (
  id uuid primary key, name text not null, name_normalised text not null, legal_form text,
  bin text unique check (bin ~ '^[0-9]{12}$'),
  enbek_id integer unique, activity text, headcount integer,
  verified_at timestamptz, synthetic boolean not null default false, created_at timestamptz not null
);
create index employer_name on employer (name_normalised);
alter table api_token add foreign key (employer_id) references employer;
`;

const households = `
create table household (
  id uuid primary key,
  home_kato text not null references place, home_region_code text not null references region, home_district_kato text references place,
  children smallint not null default 0 check (children between 0 and 20),
  school_age_children smallint not null default 0 check (school_age_children between 0 and children),
  relatives_region_codes text[] not null default '{}',
  settlement_wish text not null default 'any' check (settlement_wish in ('urban','rural','any')),
  wished_region_codes text[] not null default '{}', excluded_region_codes text[] not null default '{}',
  housing_required boolean not null default false, corridor_off boolean not null default false,
  wishes_move boolean not null default true,
  language text not null default 'kk' check (language in ('kk','ru','en')),
  channel text not null default 'in_app' check (channel in ('sms','email','in_app')),
  phone text check (phone ~ '^\\+[0-9]{8,15}$'), email text,
  consent_matching_at timestamptz, consent_notices_at timestamptz, consent_sharing_at timestamptz,
  synthetic boolean not null default false, erased_at timestamptz,
  version integer not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
  check (channel <> 'sms' or phone is not null), check (channel <> 'email' or email is not null)
);
create index household_home_region on household (home_region_code);
create table seeker (
  -- Null: removed from the household; the row stays, without personal data, because placements hang on it.
  id uuid primary key, household_id uuid references household on delete cascade,
  position smallint not null check (position in (1,2)),
  given_name text, family_name text,
  iin_cipher bytea, iin_index bytea unique,
  birth_date date not null,
  isco text not null references occupation, occupation_title text,
  education text check (education in ('postgraduate','higher','post_secondary','vocational','general_secondary','basic_secondary')),
  experience_years numeric(4,1) not null default 0 check (experience_years between 0 and 70),
  languages text[] not null default '{}', driving text[] not null default '{}', diplomas text[] not null default '{}',
  pay_tenge integer check (pay_tenge >= 0), minimum_pay_tenge integer check (minimum_pay_tenge >= 0),
  permanent_only boolean not null default false,
  seeks_work boolean not null default true,
  unique (household_id, position)
);
create index seeker_isco on seeker (isco);
`;

const vacancies = `
create table ingest_run (
  id uuid primary key, source text not null, connector text not null, origin text not null,
  status text not null check (status in ('queued','running','applied','refused','failed')),
  complete boolean, generated_at timestamptz, synthetic boolean not null default false, error_code text, error_params jsonb,
  read integer not null default 0, inserted integer not null default 0, updated integer not null default 0,
  unchanged integer not null default 0, closed integer not null default 0, rejected integer not null default 0,
  warnings jsonb not null default '{}',
  started_at timestamptz not null, finished_at timestamptz
);
create index ingest_run_unfinished on ingest_run (started_at) where status = 'running';
create index ingest_run_newest_feed on ingest_run (source, generated_at) where status = 'applied';
create table rejected_record (
  id uuid primary key, run_id uuid not null references ingest_run on delete cascade,
  source text not null, connector text not null, origin text not null, ref text not null, external_id text,
  code text not null, field text, params jsonb not null default '{}',
  raw text not null, region_code text,
  rejected_at timestamptz not null, retried_at timestamptz, resolved_at timestamptz
);
create index rejected_record_open on rejected_record (source, id) where resolved_at is null;
create index rejected_record_external on rejected_record (source, external_id) where resolved_at is null;
create table vacancy (
  id uuid primary key,
  source text not null, external_id text not null, connector text not null,
  uid text, url text, title text not null, subtitle text,
  area_id smallint references area, sector text not null, isco text references occupation, isco_sure boolean not null default false,
  region_code text not null references region, district_kato text references place, kato text references place,
  settlement_type text check (settlement_type in ('urban','rural')),
  place_match text not null check (place_match in ('settlement','district','region','ambiguous','unknown')),
  location_text text not null, address_text text,
  pay_min_tenge integer check (pay_min_tenge >= 0), pay_max_tenge integer check (pay_max_tenge >= 0),
  employment text check (employment in ('permanent','temporary','seasonal','remote')),
  schedule text check (schedule in ('full_day','part_day','part_week','home','rotation','shifts','other')),
  education text check (education in ('postgraduate','higher','post_secondary','vocational','general_secondary','basic_secondary')),
  experience text check (experience in ('any','none','1-3','3-5','5+')),
  openings integer check (openings >= 0), openings_youth integer check (openings_youth >= 0),
  duties text, skills text[] not null default '{}', languages text[] not null default '{}', driving text[] not null default '{}', tags text[] not null default '{}',
  enbek_source smallint,
  employer_id uuid references employer, employer_name text not null,
  relocation_offered boolean, permanent_years numeric(4,1),
  housing text check (housing in ('provided','help','none')),
  housing_provenance text check (housing_provenance in ('employer_claim','inspected')),
  published_on date not null, valid_until date,
  status text not null check (status in ('open','closed')), closed_reason text, closed_at timestamptz,
  content_hash text not null, synthetic boolean not null default false,
  last_run_id uuid references ingest_run, first_seen_at timestamptz not null, changed_at timestamptz not null,
  unique (source, external_id),
  check (pay_max_tenge is null or pay_min_tenge is null or pay_max_tenge >= pay_min_tenge),
  check ((status = 'closed') = (closed_at is not null))
);
create index vacancy_open on vacancy (region_code, sector) where status = 'open';
create index vacancy_isco on vacancy (isco, region_code) where status = 'open';
create index vacancy_valid_until on vacancy (valid_until) where status = 'open';
create index vacancy_words on vacancy using gin ((title || ' ' || coalesce(subtitle,'')) gin_trgm_ops);
create table vacancy_change (
  id uuid primary key, batch_id uuid not null, vacancy_id uuid not null references vacancy,
  change text not null check (change in ('closed','pay_reduced','housing_lost','employment_worsened','moved')),
  details jsonb not null default '{}', at timestamptz not null
);
create index vacancy_change_batch on vacancy_change (batch_id);
`;

const matching = `
create table match_run (
  id uuid primary key, reason text not null, household_id uuid, weights_version integer not null, as_of timestamptz not null,
  status text not null check (status in ('running','done','failed')),
  households integer not null default 0, seekers integer not null default 0, vacancies integer not null default 0,
  pairs_scored bigint not null default 0, proposals_made integer not null default 0, proposals_withdrawn integer not null default 0,
  started_at timestamptz not null, finished_at timestamptz
);
create table proposal (
  id uuid primary key, household_id uuid not null references household, persons smallint not null check (persons > 0),
  region_code text not null references region, district_kato text not null references place,
  status text not null check (status in ('waiting','claimed','returned','approved','rejected','referred','withdrawn')),
  score double precision not null check (score between 0 and 100), score_parts jsonb not null,
  weights_version integer not null, run_id uuid references match_run, local_alternative jsonb,
  claimed_by uuid, claimed_until timestamptz,
  due_on date not null, reason text, note text, referred_from_id uuid references proposal,
  decided_by text, decided_at timestamptz,
  version integer not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
  check ((status = 'claimed') = (claimed_by is not null and claimed_until is not null))
);
create unique index proposal_open_once on proposal (household_id, district_kato) where status in ('waiting','claimed','returned','approved');
create index proposal_queue on proposal (region_code, due_on, created_at, id) where status in ('waiting','claimed','returned');
create index proposal_household on proposal (household_id);
create index proposal_region on proposal (region_code, status, decided_at);
create table placement (
  id uuid primary key, proposal_id uuid not null references proposal on delete cascade,
  seeker_id uuid not null references seeker, vacancy_id uuid not null references vacancy,
  score double precision not null, parts jsonb not null, promise jsonb not null,
  withdrawn_at timestamptz, withdrawn_reason text,
  unique (proposal_id, seeker_id)
);
create index placement_vacancy on placement (vacancy_id) where withdrawn_at is null;
`;

const centres = `
create table auto_approve_rule (
  id uuid primary key, region_code text not null references region, enabled boolean not null default true,
  min_score double precision not null check (min_score between 0 and 100), sectors text[] not null default '{}',
  housing_required boolean not null default true, all_adults_placed boolean not null default true,
  created_by text not null, created_at timestamptz not null
);
`;

const outbox = `
create table outbox_event (
  id uuid primary key, topic text not null, region_code text, payload jsonb not null,
  created_at timestamptz not null, enqueued_at timestamptz
);
create index outbox_event_unsent on outbox_event (id) where enqueued_at is null;
create table delivery (
  id uuid primary key, event_id uuid not null references outbox_event, channel text not null, recipient text not null,
  region_code text, topic text not null, subject_id uuid not null,
  status text not null check (status in ('sending','sent','delivered','failed','suppressed')),
  message_ref text not null, gateway_ref text, parts smallint, in_doubt boolean not null default false,
  attempts smallint not null default 0, error_code text, suppressed_reason text, language text,
  created_at timestamptz not null, first_sent_at timestamptz, finished_at timestamptz,
  unique (event_id, channel, recipient)
);
create index delivery_subject on delivery (subject_id);
create index delivery_region on delivery (region_code, status);
create table in_app_message (
  id uuid primary key, delivery_id uuid not null unique references delivery, household_id uuid not null references household on delete cascade,
  title text not null, body text not null, language text not null, created_at timestamptz not null, read_at timestamptz
);
`;
