import type { Sql } from '../database/sql.js';
import { madeHere } from './made-ids.js';
import { worseTerms } from './worse-terms.js';
import { VACANCY_COLUMNS } from './vacancy-columns.js';

/** Everything the statements of one run share. */
export interface RunValues {
  runId: string;
  source: string;
  connector: string;
  synthetic: boolean;
  /** `YYYY-MM-DD` in Kazakhstan: a vacancy valid until an earlier day is over. */
  today: string;
  at: Date;
  /** Of the lexicon by which titles were read; absent where no title was. */
  lexiconVersion?: number;
}

/** The columns that COPY fills, in order. A refused record has `code` and `raw`, an accepted one the vacancy's columns. */
export const STAGED_COLUMNS = [
  'seq', 'external_id', 'ref', 'code', 'field', 'params', 'raw', 'rejected_id', 'stated', 'archived', 'content_hash',
  'employer_key', 'employer_normalised', 'employer_form', 'employer_bin', 'employer_enbek_id', 'employer_activity',
  'employer_headcount', ...VACANCY_COLUMNS.map(({ name }) => name),
] as const; // prettier-ignore

/** A table of the run's own connection: a run that dies leaves nothing. */
export const CREATE_STAGING = `
  create temporary table staged_vacancy (
    seq integer not null, external_id text, ref text, code text, field text, params jsonb, raw text, rejected_id uuid,
    stated integer, archived boolean, content_hash text,
    employer_key text, employer_normalised text, employer_form text, employer_bin text, employer_enbek_id integer,
    employer_activity text, employer_headcount integer,
    ${VACANCY_COLUMNS.map(({ name, type }) => `${name} ${type}`).join(', ')}
  )`;

export const COPY_STAGING = `copy staged_vacancy (${STAGED_COLUMNS.join(', ')}) from stdin`;

/** Of several lines with one id the first counts; the others are refused, with their raw text. */
export const REFUSE_REPEATED = `
  with refused as (
  update staged_vacancy s set code = 'record.duplicate_id', field = 'id', params = jsonb_build_object('id', s.external_id)
  from (
    select external_id, min(seq) as first from staged_vacancy where code is null group by external_id having count(*) > 1
  ) repeated
  where s.external_id = repeated.external_id and s.seq > repeated.first and s.code is null
  returning s.ref, s.code, s.field, s.params, s.seq
  ) select ref, code, field, params from refused order by seq`;

/** Attributes of a firm stand on one of its lines only. */
export const CLAIM_EMPLOYERS = `
  insert into employer_claim (key, name, name_normalised, legal_form, bin, enbek_id, activity, headcount)
  select distinct on (employer_key) employer_key, employer_name, employer_normalised, employer_form, employer_bin,
    employer_enbek_id, employer_activity, employer_headcount
  from staged_vacancy where employer_normalised is not null
  order by employer_key, seq desc`;

const columns = VACANCY_COLUMNS.map(({ name }) => name);
const list = (prefix: string): string => columns.map((name) => `${prefix}.${name}`).join(', ');

/** An inspected home stays inspected while the source repeats the same offer. */
const HOUSING_PROVENANCE = `case when t.housing is null then null
  when v.housing = t.housing then v.housing_provenance else 'employer_claim' end`;

/**
 * SQL: why the row `row` closes as it is read, null when it does not. No openings are a post that nobody is sought for any more,
 * whatever else the source says; what is not stated may still be one.
 */
const overReason = (row: string): string => `case when ${row}.archived then 'archived'
  when ${row}.valid_until < $5::date then 'expired' when ${row}.openings = 0 then 'filled' end`;

/** `before`: tables of the statement's own, in place of the run's temporary ones; `only`: a further condition on the row `v`. */
const updateStatement = ({ before = '', only = 'true' }): string => `
  with ${before} merged as (
    select v.id, v.status as status_before, s.archived, s.content_hash, c.employer_id,
      ${VACANCY_COLUMNS.map(({ name, merged }) => `${merged} as ${name}`).join(',\n      ')}
    from staged_vacancy s
    join vacancy v on v.source = $1 and v.external_id = s.external_id
    join employer_claim c on c.key = s.employer_key
    where s.code is null and (v.content_hash <> s.content_hash or v.status = 'closed' or v.valid_until < $5::date or v.openings = 0)
      and ${only}
  ), target as (
    select m.*, over.reason as closed_reason, case when over.reason is null then 'open' else 'closed' end as status
    from merged m cross join lateral (select ${overReason('m')} as reason) over
  ), changed as (
    update vacancy v set ${columns.map((name) => `${name} = t.${name}`).join(', ')},
      employer_id = t.employer_id, housing_provenance = ${HOUSING_PROVENANCE},
      status = t.status,
      closed_reason = case when t.status = 'open' then null when v.status = 'closed' then v.closed_reason else t.closed_reason end,
      closed_at = case when t.status = 'open' then null else coalesce(v.closed_at, $6::timestamptz) end,
      content_hash = t.content_hash, connector = $3, synthetic = $4, last_run_id = $2, changed_at = $6::timestamptz
    from target t
    where v.id = t.id
      and (v.status <> t.status or (v.employer_id, ${list('v')}) is distinct from (t.employer_id, ${list('t')}))
    returning old as before, new as after
  ), worsened as (
    insert into vacancy_change (id, batch_id, vacancy_id, change, details, at)
    select uuidv7(), $2, (c.after).id, worse.change, worse.details, $6::timestamptz
    from changed c cross join lateral (${worseTerms('(c.before)', '(c.after)')}) worse
    returning 1
  )
  select (select count(*)::int from changed) as updated,
    (select count(*)::int from changed c where (c.before).status = 'open' and (c.after).status = 'closed') as closed,
    (select count(*)::int from worsened) as worsened`;

const insertStatement = (before = ''): string => `
  with ${before} added as (
    insert into vacancy (id, source, external_id, connector, ${columns.join(', ')}, employer_id, housing_provenance,
      status, closed_reason, closed_at, content_hash, synthetic, last_run_id, first_seen_at, changed_at)
    select uuidv7(), $1, s.external_id, $3, ${list('s')}, c.employer_id,
      case when s.housing is not null then 'employer_claim' end,
      case when over.reason is null then 'open' else 'closed' end, over.reason,
      case when over.reason is not null then $6::timestamptz end,
      s.content_hash, $4, $2, $6::timestamptz, $6::timestamptz
    from staged_vacancy s
    join employer_claim c on c.key = s.employer_key
    cross join lateral (select ${overReason('s')} as reason) over
    where s.code is null
      and not exists (select from vacancy v where v.source = $1 and v.external_id = s.external_id)
    returning id
  ) select count(*)::int as inserted, min(id::text) as id from added`;

/**
 * A page or a form read after the feed `at` was made knows more of its vacancy than the feed, however late the feed arrives.
 * Null: what is read is no feed.
 */
const notReadSince = (at: string): string => `(v.read_apart_at is null or v.read_apart_at <= ${at}::timestamptz)`;

/** A record that a retry reads again is as old as it was when it was refused, not of the retry's moment. */
const RECORD_OF = '(select coalesce(max(r.as_of), $7::timestamptz) from rejected_record r where r.id = s.rejected_id)';
const UPDATE_KNOWN = updateStatement({ only: `($7::timestamptz is null or ${notReadSince(RECORD_OF)})` });
const INSERT_NEW = insertStatement();

/**
 * One claim as the two temporary tables of a run: for a form they cost more than everything else. Parameters after those of a run:
 * external id, stated bits, archived, content hash, employer, and the vacancy's columns as JSON.
 */
const ONE_STAGED = `
  staged_vacancy as (
    select $7::text as external_id, $8::integer as stated, $9::boolean as archived, $10::text as content_hash,
      null::text as code, 'own' as employer_key, columns.*
    from jsonb_to_record($12::jsonb) columns (${VACANCY_COLUMNS.map(({ name, type }) => `${name} ${type}`).join(', ')})
  ), employer_claim as (select 'own' as key, $11::uuid as employer_id),`;

/** `updateKnown` and `insertNew` of one claim. */
export const UPDATE_ONE = updateStatement({ before: ONE_STAGED });
export const INSERT_ONE = insertStatement(ONE_STAGED);

/** A refused record of an id is put right when the id arrives again and is taken. */
export const RESOLVE_ONE = `
  update rejected_record set resolved_at = $3::timestamptz, resolved_reason = 'accepted'
  where source = $1 and external_id = $2 and resolved_at is null`;

const closing = (reason: string, which: string): string => `
  with gone as (
    update vacancy v set status = 'closed', closed_reason = '${reason}', closed_at = $4::timestamptz,
      changed_at = $4::timestamptz, last_run_id = $2
    where v.status = 'open' and v.source = $1 and ${which}
    returning v.id
  ), promise as (
    insert into vacancy_change (id, batch_id, vacancy_id, change, details, at)
    select uuidv7(), $2, id, 'closed', jsonb_build_object('reason', '${reason}'), $4::timestamptz from gone
  )
  select count(*)::int as closed from gone`;

const CLOSE_ABSENT = closing(
  'absent',
  `$3::date is not null and not exists (select from staged_vacancy s where s.external_id = v.external_id)
   and not ${madeHere('v')} and ${notReadSince('$5')}`,
);
/**
 * Also of what was found unchanged: that is what a later feed of an earlier hour cannot know. A refused page that is read again
 * says what it said when it was refused.
 */
const NOTE_READ_APART = `
  update vacancy v set read_apart_at = greatest(v.read_apart_at, coalesce(r.as_of, $2::timestamptz))
  from staged_vacancy s left join rejected_record r on r.id = s.rejected_id
  where v.source = $1 and v.external_id = s.external_id and s.code is null`;

/** A staged line without a firm says that the source has the vacancy no more. */
const CLOSE_GONE = closing(
  'gone',
  `$3::date is not null and exists (
    select from staged_vacancy s where s.external_id = v.external_id and s.code is null and s.employer_key is null)`,
);
const CLOSE_EXPIRED = closing('expired', `v.valid_until < $3::date`);

async function count<Name extends string>(tx: Sql, text: string, parameters: unknown[]): Promise<Record<Name, number>> {
  const [row] = await tx.query<Record<Name, number>[]>(text, parameters);
  if (row === undefined) throw new Error('A counting statement answered no row.');
  return row;
}

const valuesOf = (run: RunValues): unknown[] => [
  run.source,
  run.runId,
  run.connector,
  run.synthetic,
  run.today,
  run.at,
];
const closingValuesOf = (run: RunValues): unknown[] => [run.source, run.runId, run.today, run.at];

/**
 * Takes staged records into vacancies already known under the run's source; writes which terms they make worse. `feedOf`: when
 * the feed was made; vacancies that were read from elsewhere (a page, their firm's form) later than that stay as they are.
 */
export const updateKnown = (
  tx: Sql,
  run: RunValues,
  feedOf: Date | null,
): Promise<Record<'updated' | 'closed' | 'worsened', number>> => count(tx, UPDATE_KNOWN, [...valuesOf(run), feedOf]);

/** Adds staged records that are new under the run's source. */
export const insertNew = (tx: Sql, run: RunValues): Promise<Record<'inserted', number>> =>
  count(tx, INSERT_NEW, valuesOf(run));

/**
 * Closes the source's open vacancies that no staged record, not even a refused one, names. Not those that were read from
 * elsewhere (a page) after `feedOf`, when the feed was made, nor those that no feed can name (`madeHere`).
 */
export const closeAbsent = (tx: Sql, run: RunValues, feedOf: Date): Promise<Record<'closed', number>> =>
  count(tx, CLOSE_ABSENT, [...closingValuesOf(run), feedOf]);

/** Closes the source's open vacancies of which the source answers that they are gone. */
export const closeGone = (tx: Sql, run: RunValues): Promise<Record<'closed', number>> =>
  count(tx, CLOSE_GONE, closingValuesOf(run));

/** Closes the source's open vacancies whose last day is past. */
export const closeExpiredOf = (tx: Sql, run: RunValues): Promise<Record<'closed', number>> =>
  count(tx, CLOSE_EXPIRED, closingValuesOf(run));

/** Closes every source's open vacancies whose last day is past, as one batch of changes. Answers how many. */
export async function closeExpiredEverywhere(tx: Sql, batchId: string, today: string, at: Date): Promise<number> {
  const { closed } = await count<'closed'>(
    tx,
    `with gone as (
       update vacancy set status = 'closed', closed_reason = 'expired', closed_at = $3::timestamptz, changed_at = $3::timestamptz
       where status = 'open' and valid_until < $2::date returning id
     ), promise as (
       insert into vacancy_change (id, batch_id, vacancy_id, change, details, at)
       select uuidv7(), $1, id, 'closed', '{"reason":"expired"}', $3::timestamptz from gone
     ) select count(*)::int as closed from gone`,
    [batchId, today, at],
  );
  return closed;
}

/** Notes when the staged records' vacancies were read, for a run that reads no feed. */
export async function noteReadApart(tx: Sql, { source, at }: RunValues): Promise<void> {
  await tx.query(NOTE_READ_APART, [source, at]);
}

/** Whether a record without a readable id was refused: then nobody can say which vacancy is absent. */
export async function hasNamelessRefusal(tx: Sql): Promise<boolean> {
  const [row] = await tx.query<{ found: boolean }[]>(
    `select exists (select from staged_vacancy where code is not null and external_id is null) as found`,
  );
  return row?.found ?? false;
}

/** When the newest feed of a source that was applied, complete or of changes, had been made; null when none says so. */
export async function newestFeed(tx: Sql, source: string): Promise<Date | null> {
  const [row] = await tx.query<{ at: Date | null }[]>(
    `select max(generated_at) as at from ingest_run where source = $1 and status = 'applied'`,
    [source],
  );
  return row?.at ?? null;
}
