import type { Sql } from '../src/database/sql.js';

/** How many approved proposals, in which reception regions, and how the households are reached. */
export interface ApprovedWish {
  count: number;
  regions: string[];
  channels: ('sms' | 'email' | 'in_app')[];
  at: Date;
}

const VACANCIES_A_REGION = 20;

/**
 * Writes so many approved proposals with their households, vacancies and outbox events, in one statement, as if centres
 * had approved them all at `at`. Regions and channels take turns. Needs the reference data.
 */
export async function makeApprovedProposals(sql: Sql, { count, regions, channels, at }: ApprovedWish): Promise<void> {
  await sql.query(
    `with region as materialized (
       select code, (select kato from place where region_code = code and level = 'district' order by kato limit 1) as kato
       from unnest($2::text[]) as code
     ),
     post as materialized (
       select uuidv7() as id, code, kato, turn from region, generate_series(0, ${VACANCIES_A_REGION - 1}) as turn
     ),
     home as (select kato, region_code, district_kato from place where region_code = 'KZ-61' and level = 'district' order by kato limit 1),
     one as materialized (
       select n, uuidv7() as household, uuidv7() as seeker, uuidv7() as proposal, uuidv7() as placement, uuidv7() as event,
              ($2::text[])[1 + n % cardinality($2::text[])] as code,
              ($3::text[])[1 + n % cardinality($3::text[])] as channel
       from generate_series(0, $1::int - 1) as n
     ),
     vacancies as (
       insert into vacancy (id, source, external_id, connector, title, sector, isco, isco_sure, region_code, district_kato, kato,
         settlement_type, place_match, location_text, pay_min_tenge, pay_max_tenge, employment, schedule, openings, employer_name,
         housing, housing_provenance, published_on, status, content_hash, synthetic, first_seen_at, changed_at)
       select id, 'made', 'made-' || id, 'enbek-feed', 'Медицинская сестра', 'medicine', '2221', true, code, kato, kato,
         'urban', 'district', 'made', 300000, 350000, 'permanent', 'full_day', 100, 'Made hospital',
         'provided', 'employer_claim', '2026-11-01', 'open', 'made', true, $4, $4 from post
     ),
     households as (
       insert into household (id, home_kato, home_region_code, home_district_kato, children, language, channel, phone, email,
         consent_matching_at, consent_notices_at, synthetic, created_at, updated_at)
       select household, kato, region_code, district_kato, 2, (array['kk','ru','en'])[1 + n % 3], channel,
         '+7701' || lpad(n::text, 7, '0'), 'household' || n || '@example.kz', $4, $4, true, $4, $4 from one, home
     ),
     seekers as (
       insert into seeker (id, household_id, position, birth_date, isco) select seeker, household, 1, '1996-03-08', '2221' from one
     ),
     proposals as (
       insert into proposal (id, household_id, persons, region_code, district_kato, status, score, score_parts, weights_version,
         due_on, decided_by, decided_at, version, created_at, updated_at)
       select proposal, household, 3, one.code, region.kato, 'approved', 60, '[]', 1, '2026-12-01', 'made', $4, 2, $4, $4
       from one join region on region.code = one.code
     ),
     placements as (
       insert into placement (id, proposal_id, seeker_id, vacancy_id, score, parts, promise)
       select placement, proposal, seeker, post.id, 60, '[]', jsonb_build_object('payMinTenge', 300000, 'payMaxTenge', 350000,
         'housing', 'provided', 'employment', 'permanent', 'districtKato', post.kato)
       from one join post on post.code = one.code and post.turn = one.n % ${VACANCIES_A_REGION}
     )
     insert into outbox_event (id, topic, region_code, payload, created_at)
     select event, 'proposal.approved', code, jsonb_build_object('proposalId', proposal), $4 from one`,
    [count, regions, channels, at],
  );
}
