import type { Sql } from '../database/sql.js';

/**
 * The temporary table whose rows `resolveEmployers` gives an employer. `key` tells claims apart; the caller fills every
 * column but `employer_id`.
 */
export const EMPLOYER_CLAIM_COLUMNS = `
  key text primary key, name text not null, name_normalised text not null, legal_form text,
  bin text, enbek_id integer, activity text, headcount integer, employer_id uuid`;

/**
 * Finds or makes the employer of every row of the temporary table `employer_claim`, set by set, and fills `employer_id`.
 * A firm is known by its BIN; without one by Enbek's id; without that by its normalised name. A name joins two records only
 * where their numbers do not contradict each other and where exactly one firm fits, so two schools of one name stay two.
 * A firm known by less takes on the number that a claim adds. Runs in the caller's transaction, one such at a time.
 */
export async function resolveEmployers(tx: Sql, synthetic: boolean, at: Date): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('employers', 0))`);
  await match(tx);
  for (const group of INSERTS) {
    if (!(await anyUnknown(tx))) break;
    await tx.query(group, [synthetic, at]);
    await match(tx);
  }
  await tx.query(LATEST_FACTS);
}

async function anyUnknown(tx: Sql): Promise<boolean> {
  const [row] = await tx.query<{ unknown: boolean }[]>(
    `select exists (select from employer_claim where employer_id is null) as unknown`,
  );
  return row?.unknown ?? false;
}

async function match(tx: Sql): Promise<void> {
  for (const statement of [
    BY_BIN,
    BY_ENBEK_ID,
    ADOPT_BIN,
    RELEASE,
    BY_BIN,
    BY_NAME,
    ADOPT_BIN,
    ADOPT_ENBEK_ID,
    RELEASE,
  ]) {
    await tx.query(statement);
  }
}

const BY_BIN = `
  update employer_claim c set employer_id = e.id from employer e
  where c.employer_id is null and e.bin = c.bin`;

const BY_ENBEK_ID = `
  update employer_claim c set employer_id = e.id from employer e
  where c.employer_id is null and e.enbek_id = c.enbek_id and (c.bin is null or e.bin is null)`;

/** One firm of the name whose numbers do not contradict; among several, the one known by nothing but its name. */
const BY_NAME = `
  with candidate as (
    select c.key, count(*) as firms, count(*) filter (where e.bin is null and e.enbek_id is null) as bare_firms,
      min(e.id::text) as id, min(e.id::text) filter (where e.bin is null and e.enbek_id is null) as bare_id
    from employer_claim c
    join employer e on e.name_normalised = c.name_normalised
      and (c.bin is null or e.bin is null) and (c.enbek_id is null or e.enbek_id is null)
    where c.employer_id is null
    group by c.key
  )
  update employer_claim c set employer_id = (case when k.firms = 1 then k.id else k.bare_id end)::uuid
  from candidate k where k.key = c.key and (k.firms = 1 or k.bare_firms = 1)`;

const ADOPT_BIN = `
  with offered as (
    select distinct on (c.bin) c.bin, c.employer_id from employer_claim c join employer e on e.id = c.employer_id
    where c.bin is not null and e.bin is null order by c.bin, c.employer_id
  ), chosen as (select distinct on (employer_id) employer_id, bin from offered order by employer_id, bin)
  update employer e set bin = chosen.bin from chosen where e.id = chosen.employer_id`;

const ADOPT_ENBEK_ID = `
  with offered as (
    select distinct on (c.enbek_id) c.enbek_id, c.employer_id from employer_claim c join employer e on e.id = c.employer_id
    where c.enbek_id is not null and e.enbek_id is null
      and not exists (select from employer other where other.enbek_id = c.enbek_id)
    order by c.enbek_id, c.employer_id
  ), chosen as (select distinct on (employer_id) employer_id, enbek_id from offered order by employer_id, enbek_id)
  update employer e set enbek_id = chosen.enbek_id from chosen where e.id = chosen.employer_id`;

/** A claim whose own number contradicts what its firm took on from another claim belongs to a different firm. */
const RELEASE = `
  update employer_claim c set employer_id = null from employer e
  where e.id = c.employer_id and (c.bin <> e.bin or (c.bin is null and c.enbek_id <> e.enbek_id))`;

const insertInto = (distinctOn: string, where: string): string => `
  insert into employer (id, name, name_normalised, legal_form, bin, enbek_id, activity, headcount, synthetic, created_at)
  select uuidv7(), name, name_normalised, legal_form, bin, enbek_id, activity, headcount, $1, $2::timestamptz from (
    select distinct on (${distinctOn}) * from (
      select c.name, c.name_normalised, c.legal_form, c.bin, c.activity, c.headcount,
        case when not exists (select from employer e where e.enbek_id = c.enbek_id)
          and row_number() over (partition by c.enbek_id order by c.key) = 1 then c.enbek_id end as enbek_id
      from employer_claim c where c.employer_id is null and ${where}
    ) claim order by ${distinctOn}, enbek_id nulls last, name
  ) firm`;

/** First the firms that are known best, so that poorer claims of the same file find them. */
const INSERTS = [
  insertInto('bin', 'c.bin is not null'),
  insertInto('enbek_id', 'c.bin is null and c.enbek_id is not null'),
  insertInto('name_normalised', 'c.bin is null and c.enbek_id is null'),
];

const LATEST_FACTS = `
  with fact as (
    select employer_id, max(activity) as activity, max(headcount) as headcount from employer_claim
    where activity is not null or headcount is not null group by employer_id
  )
  update employer e set activity = coalesce(fact.activity, e.activity), headcount = coalesce(fact.headcount, e.headcount)
  from fact where e.id = fact.employer_id
    and (coalesce(fact.activity, e.activity), coalesce(fact.headcount, e.headcount)) is distinct from (e.activity, e.headcount)`;
