import { DataSource, type EntityManager } from 'typeorm';
import { AuthDatabase } from '../../src/auth/auth-database.js';
import { APP_ROLE, urlAsRole } from '../../src/database/app-role.js';
import {
  type ActorScope,
  type Scope,
  ScopeMissing,
  asSystem,
  asSystemWithin,
  scopeOf,
  withScope,
} from '../../src/database/scope.js';
import { ScopedPool } from '../../src/database/scoped-pool.js';
import { inTransaction, sqlState } from '../../src/database/transaction.js';
import { matchedHousehold } from '../../src/matching/household-matches.queries.js';
import type { Role } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { BUILT_AT, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';

/**
 * Two of everything: `a` belongs to KZ-59, to a household with a proposal there and to one firm; `b` to KZ-55, another
 * household and another firm. Everybody below acts for the side `a`, without any `where` in what they ask.
 */
type Side = 'a' | 'b';
type Who = Role | 'anyone';
const PEOPLE: Who[] = ['anyone', 'migrant', 'employer', 'officer', 'supervisor', 'analyst', 'administrator', 'system'];
const REGION: Record<Side, string> = { a: 'KZ-59', b: 'KZ-55' };
const DISTRICT: Record<Side, string> = { a: '591000000', b: '551000000' };

interface World {
  household: string;
  employer: string;
  token: string;
}

/** What each may do with a table's two rows: `ab`, `a`, `''` for none, or `refused`: the statement is an error. */
type Reach = Partial<Record<Who, 'a' | 'ab' | 'refused'>>;
interface Rights {
  select: Reach;
  insert: Reach;
  update: Reach | 'refused';
  /** Absent: nobody may, and is told so. */
  remove?: Reach;
}
const all = (reach: 'a' | 'ab'): Reach => Object.fromEntries(PEOPLE.map((who) => [who, reach]));
const named = (reach: 'a' | 'ab'): Reach => ({ ...all(reach), anyone: undefined });

const keepers: Reach = { migrant: 'a', administrator: 'ab', system: 'ab' };
const centre: Reach = { officer: 'a', supervisor: 'a', administrator: 'ab' };
const seenHousehold: Reach = { ...keepers, officer: 'a', supervisor: 'a' };

const RIGHTS: Record<string, Rights> = {
  household: {
    select: seenHousehold,
    insert: keepers,
    update: { ...keepers, officer: 'refused', supervisor: 'refused' },
    remove: keepers,
  },
  seeker: { select: seenHousehold, insert: keepers, update: keepers, remove: keepers },
  proposal: { select: seenHousehold, insert: {}, update: centre, remove: {} },
  placement: { select: seenHousehold, insert: {}, update: centre, remove: {} },
  delivery: { select: { ...centre, migrant: 'a' }, insert: {}, update: {} },
  in_app_message: { select: { ...centre, migrant: 'a' }, insert: {}, update: { migrant: 'a' }, remove: {} },
  // The line `a` was written by this very officer: nobody else may write it.
  audit_entry: { select: { ...centre, migrant: 'a' }, insert: { officer: 'a' }, update: 'refused' },
  auto_approve_rule: { select: centre, insert: { supervisor: 'a', administrator: 'ab' }, update: 'refused' },
  ingest_run: {
    select: { employer: 'a', supervisor: 'ab', analyst: 'ab', administrator: 'ab' },
    insert: { employer: 'a', administrator: 'ab' },
    update: { employer: 'a' },
  },
  rejected_record: { select: { ...centre, employer: 'a' }, insert: {}, update: { employer: 'a' }, remove: {} },
  vacancy: { select: all('ab'), insert: { employer: 'a' }, update: { employer: 'a', administrator: 'ab' } },
  vacancy_change: { select: { employer: 'a', administrator: 'ab' }, insert: { employer: 'a' }, update: 'refused' },
  employer: {
    select: all('ab'),
    insert: { administrator: 'ab' },
    update: { officer: 'refused', supervisor: 'refused', administrator: 'ab' },
  },
  outbox_event: { select: {}, insert: centre, update: {} },
  match_run: {
    select: { analyst: 'ab', administrator: 'ab', system: 'ab' },
    insert: { administrator: 'ab' },
    update: { administrator: 'ab' },
  },
  // What a run is computed from: the program's, in nobody's name.
  match_snapshot: { select: {}, insert: {}, update: {}, remove: {} },
  match_shard: { select: {}, insert: {}, update: {}, remove: {} },
  idempotency_key: { select: named('a'), insert: named('a'), update: 'refused' },
  api_token: {
    select: { ...named('a'), administrator: 'ab' },
    insert: { administrator: 'ab' },
    update: { administrator: 'ab' },
  },
  // A draft belongs to an account that may have no household yet.
  household_draft: {
    select: { migrant: 'a' },
    insert: { migrant: 'a' },
    update: { migrant: 'a' },
    remove: { migrant: 'a' },
  },
  dismissal: { select: seenHousehold, insert: keepers, update: keepers, remove: keepers },
  // The firm sees whoever consented; another program may note an interest and sees none.
  interest: {
    select: { ...centre, migrant: 'a', employer: 'a' },
    insert: keepers,
    update: { migrant: 'a', administrator: 'ab' },
  },
  // One lexicon for all regions: every officer mends it, each in their own name. The line `a` was made by this very officer.
  title_correction: {
    select: { officer: 'ab', supervisor: 'ab', analyst: 'ab', administrator: 'ab' },
    insert: { officer: 'a', supervisor: 'a', administrator: 'a' },
    update: { officer: 'refused', supervisor: 'refused', administrator: 'refused' },
  },
  share_link: { select: keepers, insert: keepers, update: keepers, remove: keepers },
  application: {
    select: { ...centre, migrant: 'a' },
    insert: {},
    update: centre,
  },
  application_step: { select: { ...centre, migrant: 'a' }, insert: { ...centre, migrant: 'a' }, update: {} },
  // The ledger is the program's, whoever's decision it is; its balances are sums that everybody may see.
  quota_balance: { select: all('ab'), insert: {}, update: {} },
  quota_reservation: { select: { ...centre, migrant: 'a' }, insert: {}, update: {} },
  quota_ledger: { select: centre, insert: {}, update: 'refused' },
  // Published figures; a revision is entered by the program, whoever's order it is.
  programme_quota: { select: all('ab'), insert: {}, update: 'refused' },
  // Seen by its centre and by the account that asked it, which here is everybody's; written down by the program for whoever asks.
  question: { select: { ...named('a'), administrator: 'ab' }, insert: {}, update: centre },
  // Not published yet; what is published is everybody's (below).
  public_answer: { select: centre, insert: centre, update: centre },
  // What became of the people. The lines `a` of outcome and payment were recorded by this very actor.
  arrival: { select: { ...centre, migrant: 'a' }, insert: {}, update: 'refused' },
  arrived_person: { select: { ...centre, migrant: 'a' }, insert: {}, update: 'refused' },
  follow_up: { select: { ...centre, migrant: 'a' }, insert: {}, update: centre },
  return_correction: { select: { ...centre, migrant: 'a' }, insert: {}, update: 'refused' },
  outcome: {
    select: { ...centre, migrant: 'a' },
    insert: { officer: 'a', supervisor: 'a', migrant: 'a', administrator: 'a' },
    update: 'refused',
  },
  second_chance: { select: { ...centre, migrant: 'a' }, insert: {}, update: {} },
  support_payment: {
    select: { ...centre, migrant: 'a' },
    insert: { officer: 'a', supervisor: 'a', administrator: 'a' },
    update: centre,
  },
};

/** Nobody's rows, read by all and written by none, each with why. */
const READ_ONLY: Readonly<Record<string, string>> = {
  area: 'districts as the state publishes them',
  migrations: 'which migrations have run',
  occupation: 'the classification ISCO-08',
  place: 'the classification KATO',
  place_alias: 'other names of its places',
  programme_region: 'regions of the programme as the orders name them',
  programme_version: 'the orders themselves',
  reference_load: 'which files were read when',
  region: 'the twenty regions',
  region_statistic: 'published statistics of regions',
};
/** Nobody's rows, written by the program as it works, each with why. */
const WORKING: Readonly<Record<string, string>> = {
  channel_pace: 'how fast a channel may send now; no recipient',
  title_lexicon: 'the version of what officers taught of titles; a number',
};

/** Of these a region is a fact like any other, published for everybody. */
const PUBLISHED = ['place', 'programme_region', 'region_statistic'];

let running: TestApp;
let owner: DataSource;
let program: DataSource;
const world = {} as Record<Side, World>;
/** What can be written of each table; generated columns cannot. */
let columns: Record<string, string>;
/** The whole row of each side, by table. */
const rowOf: Record<string, Record<Side, Record<string, unknown>>> = {};

beforeAll(async () => {
  running = await startTestApp({ role: 'api' });
  owner = running.dataSource;
  program = running.app.get(DataSource);
  for (const side of ['a', 'b'] as const) world[side] = await makeSide(side);
  const written = await owner.query<{ name: string; columns: string }[]>(
    `select table_name::text as name, string_agg(quote_ident(column_name), ', ') as columns
       from information_schema.columns where table_schema = 'public' and is_generated = 'NEVER' group by 1`,
  );
  columns = Object.fromEntries(written.map(({ name, columns: names }) => [name, names]));
});
afterAll(() => running.close());

/** One row of every protected table that belongs to a side. */
async function makeSide(side: Side): Promise<World> {
  const region = REGION[side];
  const [employer, token, run] = [newId(), newId(), newId()];
  const source = `employer:${employer}`;
  await keep(side, 'employer', { id: employer, name: side, name_normalised: side, created_at: BUILT_AT });
  await keep(side, 'api_token', {
    id: token,
    hash: side,
    label: side,
    role: 'officer',
    region_code: region,
    created_at: BUILT_AT,
  });
  await keep(side, 'ingest_run', {
    id: run,
    source,
    connector: 'c',
    origin: 'o',
    status: 'applied',
    started_at: BUILT_AT,
  });
  const vacancy = await makeVacancy(owner, {
    districtKato: DISTRICT[side],
    columns: { source, employer_id: employer, last_run_id: run },
  });
  const household = await makeHousehold(owner, { adults: [{}] });
  const { id: proposal } = await makeProposal(owner, { household, vacancies: [vacancy] });
  for (const [table, column, id] of [
    ['vacancy', 'id', vacancy.id],
    ['household', 'id', household.id],
    ['seeker', 'household_id', household.id],
    ['proposal', 'id', proposal],
    ['placement', 'proposal_id', proposal],
  ] as const) {
    await remember(side, table, column, id);
  }
  const event = newId();
  const delivery = newId();
  await keep(side, 'rejected_record', {
    id: newId(), run_id: run, source, connector: 'c', origin: 'o', ref: '1', code: 'x', raw: 'x', region_code: region,
    rejected_at: BUILT_AT, as_of: BUILT_AT,
  }); // prettier-ignore
  await keep(side, 'vacancy_change', {
    id: newId(),
    batch_id: run,
    vacancy_id: vacancy.id,
    change: 'closed',
    at: BUILT_AT,
  });
  await keep(side, 'outbox_event', {
    id: event,
    topic: 'proposal.approved',
    region_code: region,
    payload: '{}',
    created_at: BUILT_AT,
  });
  await keep(side, 'delivery', {
    id: delivery, event_id: event, channel: 'in_app', recipient: household.id, region_code: region, topic: 'proposal.approved',
    subject_id: proposal, status: 'sent', message_ref: 'm', created_at: BUILT_AT,
  }); // prettier-ignore
  await keep(side, 'in_app_message', {
    id: newId(), delivery_id: delivery, household_id: household.id, title: 't', body: 'b', language: 'kk', created_at: BUILT_AT,
  }); // prettier-ignore
  await keep(side, 'audit_entry', {
    id: newId(), at: BUILT_AT, actor: token, actor_role: 'officer', region_code: region, subject: 'household',
    subject_id: household.id, action: 'change',
  }); // prettier-ignore
  await keep(side, 'auto_approve_rule', {
    id: newId(),
    region_code: region,
    min_score: 50,
    created_by: token,
    created_at: BUILT_AT,
  });
  const matchRun = newId();
  await keep(side, 'match_run', {
    id: matchRun,
    reason: side,
    weights_version: 1,
    as_of: BUILT_AT,
    status: 'done',
    started_at: BUILT_AT,
  });
  const snapshot = newId();
  await keep(side, 'match_snapshot', {
    id: snapshot, run_id: matchRun, taken_at: BUILT_AT, read_snapshot: '1:1:', market: Buffer.from(side),
  }); // prettier-ignore
  await keep(side, 'match_shard', { snapshot_id: snapshot, number: 0, households: Buffer.from(side) });
  await keep(side, 'idempotency_key', {
    actor_id: token, key: `key-of-${side}`, request_hash: Buffer.from(side), made_id: newId(), created_at: BUILT_AT,
  }); // prettier-ignore
  await owner.query(
    `insert into auth_user (id, label, email, role, phone_number, language, created_at, updated_at)
     values ($1, $2, $3, 'migrant', $4, 'kk', $5, $5)`,
    [token, side, `${side}@test.invalid`, side === 'a' ? '+77010000001' : '+77010000002', BUILT_AT],
  );
  await keep(side, 'household_draft', { id: newId(), account_id: token, answers: '{}', updated_at: BUILT_AT });
  await keep(side, 'dismissal', {
    id: newId(), household_id: household.id, scope: 'region', region_code: region, reason: 'pay', at: BUILT_AT,
  }); // prettier-ignore
  const placement = rowOf['placement']![side]['id'];
  await keep(side, 'interest', {
    id: newId(), household_id: household.id, proposal_id: proposal, placement_id: placement, vacancy_id: vacancy.id,
    employer_id: employer, region_code: region, expressed_at: BUILT_AT, shared_at: BUILT_AT,
  }); // prettier-ignore
  await keep(side, 'share_link', {
    id: newId(), household_id: household.id, proposal_id: proposal, created_at: BUILT_AT, expires_at: BUILT_AT,
  }); // prettier-ignore
  await keep(side, 'title_correction', {
    id: newId(), title_key: side, title: side, made_by: token, region_code: region, made_at: BUILT_AT, version: 1,
  }); // prettier-ignore
  const application = newId();
  await keep(side, 'application', {
    id: application, household_id: household.id, proposal_id: proposal, region_code: region, home_region_code: 'KZ-61',
    category: 'settlers', persons: 3, state: 'approved', owner: 'reception_centre', due_on: '2026-12-01', quota_year: 2031,
    state_since: BUILT_AT, created_at: BUILT_AT, updated_at: BUILT_AT,
  }); // prettier-ignore
  await keep(side, 'application_step', {
    id: newId(), application_id: application, household_id: household.id, region_code: region, action: 'approve', to_state: 'approved',
    at: BUILT_AT, actor: token, actor_role: 'officer',
  }); // prettier-ignore
  const balance = { year: 2031, category: 'settlers' };
  await keep(side, 'programme_quota', {
    source: side, year: 2030, region_code: region, category: 'settlers', valid_from: '2030-01-01', persons: 9, verified: true,
  }); // prettier-ignore
  await keep(side, 'quota_balance', { region_code: region, ...balance, persons: 9, reserved: 3 });
  await keep(side, 'quota_reservation', {
    id: newId(), application_id: application, household_id: household.id, region_code: region, ...balance, persons: 3,
    state: 'reserved', reserved_at: BUILT_AT,
  }); // prettier-ignore
  await keep(side, 'quota_ledger', {
    id: newId(), at: BUILT_AT, region_code: region, ...balance, entry: 'revise', persons_change: 9, actor: 'test',
  }); // prettier-ignore
  const question = newId();
  await keep(side, 'question', {
    id: question, language: 'kk', about: 'region', about_region_code: region, region_code: region, text: 'Сынақ?', account_id: token,
    status: 'waiting', due_on: '2026-11-25', created_at: BUILT_AT, updated_at: BUILT_AT,
  }); // prettier-ignore
  await keep(side, 'public_answer', {
    question_id: question, region_code: region, about: 'region', about_region_code: region, topic: 'other', checked_on: '2026-11-22',
    updated_at: BUILT_AT,
  }); // prettier-ignore
  const arrival = newId();
  const person = newId();
  const theirs = { arrival_id: arrival, household_id: household.id, region_code: region };
  await keep(side, 'arrival', {
    id: arrival, source: 'application', application_id: application, household_id: household.id, region_code: region,
    arrived_on: '2026-10-22', synthetic: true, created_at: BUILT_AT,
  }); // prettier-ignore
  await keep(side, 'arrived_person', { id: person, ...theirs, position: 1, adult: true });
  await keep(side, 'follow_up', {
    id: newId(), ...theirs, months: 1, due_on: '2026-11-23', answer_by: '2026-11-30', closes_on: '2027-01-23', state: 'due',
    created_at: BUILT_AT,
  }); // prettier-ignore
  await keep(side, 'outcome', {
    id: newId(), ...theirs, person_id: person, kind: 'employed', told_on: '2026-11-22', via: 'centre', recorded_at: BUILT_AT,
    recorded_by: token,
  }); // prettier-ignore
  await keep(side, 'second_chance', { id: newId(), ...theirs, lost: ['job'], state: 'searching', opened_at: BUILT_AT });
  await keep(side, 'return_correction', { id: newId(), ...theirs, corrected_at: BUILT_AT });
  await keep(side, 'support_payment', {
    id: newId(), household_id: household.id, region_code: region, measure: 'moving_grant', payee: 'household', tenge: 302_750,
    paid_on: '2026-11-20', recorded_by: token, recorded_at: BUILT_AT,
  }); // prettier-ignore
  return { household: household.id, employer, token };
}

async function keep(side: Side, table: string, row: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_, i) => `$${i + 1}`).join(', ');
  await owner.query(`insert into ${table} (${columns.join(', ')}) values (${places})`, Object.values(row));
  await remember(side, table, columns[0]!, row[columns[0]!]);
}

async function remember(side: Side, table: string, column: string, value: unknown): Promise<void> {
  const found = await owner.query<{ row: Record<string, unknown> }[]>(
    `select to_jsonb(t) as row from ${table} t where ${column} = $1`,
    [value],
  );
  rowOf[table] = { ...rowOf[table], [side]: found[0]!.row } as Record<Side, Record<string, unknown>>;
}

function scopeFor(who: Who, side: Side = 'a'): Scope {
  if (who === 'anyone') return { kind: 'anyone' };
  const { household, employer, token } = world[side];
  return scopeOf({
    id: token,
    role: who,
    regionCode: who === 'officer' || who === 'supervisor' ? REGION[side] : null,
    employerId: who === 'employer' ? employer : null,
    householdId: who === 'migrant' ? household : null,
  });
}

const KEYS: Record<string, string> = {
  idempotency_key: 'actor_id',
  match_shard: 'snapshot_id',
  quota_balance: 'region_code',
  programme_quota: 'source',
  public_answer: 'question_id',
};
const keyOf = (table: string): string => KEYS[table] ?? 'id';

/** The sides whose rows were answered; `refused` when the database took the statement for forbidden. */
async function sidesOf(table: string, work: (tx: EntityManager) => Promise<unknown>): Promise<string> {
  const undone = new Error('undone');
  let sides = '';
  try {
    await program.transaction(async (tx) => {
      const answer = await work(tx);
      // TypeORM answers [rows, count] for changes.
      const rows = (Array.isArray(answer) && Array.isArray(answer[0]) ? answer[0] : answer) as Record<string, string>[];
      sides = (['a', 'b'] as const)
        .filter((side) => rows.some((row) => row['key'] === rowOf[table]![side][keyOf(table)]))
        .join('');
      throw undone;
    });
  } catch (error) {
    if (error === undone) return sides;
    if (sqlState(error) === '42501') return 'refused';
    throw error;
  }
  return sides;
}

describe('row-level security', () => {
  it('is on, and forced, for every table that holds anybody’s rows', async () => {
    const tables = await owner.query<{ name: string; held: boolean; policies: number; may: string }[]>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as held,
              (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
              concat_ws(',', case when has_table_privilege($1, c.oid, 'select') then 'select' end,
                case when has_table_privilege($1, c.oid, 'insert, update, delete, truncate') then 'write' end) as may
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
      [APP_ROLE],
    );
    const named = (list: typeof tables): string[] => list.map(({ name }) => name);
    // Those of the accounts' own role are asked below.
    expect(named(tables.filter(({ held, may }) => held && may !== ''))).toEqual(Object.keys(RIGHTS).sort());
    expect(named(tables.filter(({ held, policies }) => held && policies === 0))).toEqual([]);
    const open = tables.filter(({ held, may }) => !held && may !== '');
    expect(named(open.filter(({ may }) => may === 'select'))).toEqual(Object.keys(READ_ONLY));
    expect(named(open.filter(({ may }) => may !== 'select')).filter((name) => !(name in WORKING))).toEqual([]);
  });

  it('is passed over by no view and no function that works with its owner’s rights', async () => {
    // A view reads as its owner unless it says otherwise; so does a function that is `security definer`.
    const around = await owner.query<{ name: string }[]>(
      `select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
          and has_table_privilege($1, c.oid, 'select')
          and not coalesce(c.reloptions @> array['security_invoker=true'], false)
       union all
       select p.proname from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prosecdef and has_function_privilege($1, p.oid, 'execute')`,
      [APP_ROLE],
    );
    expect(around).toEqual([]);
  });

  it('is left out only where rows say nothing of one region’s work, of a household or of a firm', async () => {
    const open = [...Object.keys(READ_ONLY), ...Object.keys(WORKING)].filter((name) => !PUBLISHED.includes(name));
    const owned = await owner.query<{ name: string }[]>(
      `select distinct table_name::text as name from information_schema.columns
        where table_schema = 'public' and table_name = any($1)
          and (column_name = any($2) or column_name ~ 'region_code$')`,
      [open, ['household_id', 'seeker_id', 'employer_id', 'proposal_id', 'account_id', 'user_id', 'recipient']],
    );
    expect(owned).toEqual([]);
  });

  it('holds the accounts’ own role too, where it reads for somebody; the rest of its tables is for signing in alone', async () => {
    const tables = await owner.query<{ name: string; held: boolean }[]>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as held from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and has_table_privilege('qonys_auth', c.oid, 'select, insert, update, delete') order by 1`,
    );
    expect(tables.filter(({ held }) => held).map(({ name }) => name)).toEqual(['auth_session', 'auth_user']);
    expect(tables.filter(({ held }) => !held).map(({ name }) => name)).toEqual([
      'auth_account', 'auth_rate_limit', 'auth_two_factor', 'auth_used_code', 'auth_verification',
    ]); // prettier-ignore
    const accounts = running.app.get(AuthDatabase);
    const [colleague, clerk] = [newId(), newId()];
    for (const [id, side, role] of [
      [colleague, 'a', 'employer'],
      [newId(), 'b', 'employer'],
      [clerk, 'a', 'officer'],
      [newId(), 'b', 'officer'],
    ] as const) {
      const [region, firm] = role === 'officer' ? [REGION[side], null] : [null, world[side].employer];
      await owner.query(
        `insert into auth_user (id, label, email, role, region_code, employer_id, language, created_at, updated_at)
         values ($1, 'of this test', $2, $3, $4, $5, 'kk', now(), now())`,
        [id, `${id}@example.kz`, role, region, firm],
      );
      await owner.query(
        `insert into auth_session (id, user_id, token, expires_at, created_at, updated_at)
         values (gen_random_uuid(), $1::uuid, $1::text, now() + interval '1 day', now(), now())`,
        [id],
      );
    }
    const seen = async (scope: Scope, sql: string): Promise<string[]> =>
      (await accounts.rowsFor<{ id: string }>(scope as ActorScope, sql)).map(({ id }) => id);
    const everyone = `select id from auth_user where label = 'of this test'`;
    expect(await seen(scopeFor('supervisor'), everyone)).toEqual([clerk]);
    expect(await seen(scopeFor('employer'), everyone)).toEqual([colleague]);
    expect(await seen(scopeFor('administrator'), everyone)).toHaveLength(4);
    for (const who of ['migrant', 'officer', 'analyst', 'system'] as const)
      expect([who, await seen(scopeFor(who), everyone)]).toEqual([who, []]);
    const own = scopeOf({ id: clerk, role: 'officer', regionCode: REGION.a, employerId: null });
    expect(await seen(own, everyone)).toEqual([clerk]);
    expect(await seen(own, 'select user_id as id from auth_session')).toEqual([clerk]);
    expect(await seen(own, 'delete from auth_session returning user_id as id')).toEqual([clerk]);
    expect(await seen(own, `update auth_user set label = 'y' returning id`)).toEqual([]);
    // Nothing of it is left on the connection: signing in goes on.
    expect(await accounts.rows(everyone)).toHaveLength(4);
  });

  it('holds for the role of the application, which neither owns nor passes over anything', async () => {
    await asSystem(async () => {
      const [me] = await program.query<{ name: string; free: boolean }[]>(
        `select current_user::text as name, rolsuper or rolbypassrls or rolcreaterole as free from pg_roles where rolname = current_user`,
      );
      expect(me).toEqual({ name: APP_ROLE, free: false });
      for (const forbidden of [
        'truncate household cascade',
        'create table loot (id int)',
        'alter table household disable row level security',
        'drop policy household_select on household',
        'select * from auth_session',
        'insert into region_statistic select * from region_statistic',
      ]) {
        await expect(program.query(forbidden)).rejects.toMatchObject({ code: '42501' });
      }
      await program.query('reset role');
      const [still] = await program.query<{ name: string }[]>('select current_user::text as name');
      expect(still!.name).toBe(APP_ROLE);
    });
  });

  it('shows the program everything', async () => {
    for (const table of Object.keys(RIGHTS)) {
      const seen = await asSystem(() =>
        sidesOf(table, (tx) => tx.query(`select ${keyOf(table)}::text as key from ${table}`)),
      );
      expect([table, seen]).toEqual([table, 'ab']);
    }
  });

  describe.each(PEOPLE)('for %s', (who) => {
    it('shows only what they may see, without any where', async () => {
      for (const [table, { select }] of Object.entries(RIGHTS)) {
        const seen = await withScope(scopeFor(who), () =>
          sidesOf(table, (tx) => tx.query(`select ${keyOf(table)}::text as key from ${table}`)),
        );
        expect([table, seen]).toEqual([table, select[who] ?? '']);
      }
    });

    it('changes only what they may change', async () => {
      for (const [table, { update }] of Object.entries(RIGHTS)) {
        const key = keyOf(table);
        const changed = await withScope(scopeFor(who), () =>
          sidesOf(table, (tx) => tx.query(`update ${table} set ${key} = ${key} returning ${key}::text as key`)),
        );
        expect([table, changed]).toEqual([table, update === 'refused' ? 'refused' : (update[who] ?? '')]);
      }
    });

    it('deletes only what they may delete', async () => {
      for (const [table, { remove = 'refused' }] of Object.entries(RIGHTS)) {
        const key = keyOf(table);
        let removed = '';
        for (const side of ['a', 'b'] as const) {
          // What hangs on a row keeps it; that it was not kept by the policies shows all the same.
          const outcome = await withScope(scopeFor(who), () =>
            sidesOf(table, (tx) =>
              tx.query(`delete from ${table} where ${key} = $1 returning ${key}::text as key`, [
                rowOf[table]![side][key],
              ]),
            ).catch((fault: unknown) => (sqlState(fault) === '23503' ? side : sqlState(fault))),
          );
          removed += outcome === 'refused' ? (side === 'a' ? 'refused' : '') : outcome;
        }
        expect([table, removed]).toEqual([table, remove === 'refused' ? 'refused' : (remove[who] ?? '')]);
      }
    });

    it('makes no row that belongs to another', async () => {
      for (const [table, { insert }] of Object.entries(RIGHTS)) {
        let taken = '';
        for (const side of ['a', 'b'] as const) {
          // A row that stands already: one that the policies let through meets itself.
          const fault = await withScope(scopeFor(who), () =>
            program
              .query(
                `insert into ${table} (${columns[table]!}) select ${columns[table]!} from jsonb_populate_record(null::${table}, $1)`,
                [rowOf[table]![side]],
              )
              .then(() => null, sqlState),
          );
          expect([table, ['42501', '23505']]).toEqual([table, expect.arrayContaining([fault])]);
          if (fault === '23505') taken += side;
        }
        expect([table, taken]).toEqual([table, insert[who] ?? '']);
      }
    });
  });

  it('lets a centre verify a firm that has work in its region, and no other', async () => {
    const verify = (side: Side): Promise<unknown> =>
      withScope(scopeFor('officer'), () =>
        program.query('update employer set verified_at = now() where id = $1', [world[side].employer]),
      );
    await verify('a');
    await expect(verify('b')).rejects.toMatchObject({ code: '42501' });
  });

  it('shows an officer the adult that a household of theirs has lost, for placements hang on it', async () => {
    const { id } = rowOf['seeker']!.a as { id: string };
    const count = (side: Side): Promise<{ n: number }[]> =>
      withScope(scopeFor('officer', side), () =>
        program.query<{ n: number }[]>('select count(*)::int as n from seeker where id = $1', [id]),
      );
    await owner.query('update seeker set household_id = null where id = $1', [id]);
    expect([await count('a'), await count('b')]).toEqual([[{ n: 1 }], [{ n: 0 }]]);
    await owner.query('update seeker set household_id = $2 where id = $1', [id, world.a.household]);
  });
});

describe('a scope', () => {
  const region = (sql: { query<R>(text: string): Promise<R> }): Promise<string> =>
    sql.query<{ r: string }[]>(`select current_setting('qonys.region', true) as r`).then(([row]) => row!.r);
  const proposals = async (sql: { query<R>(text: string): Promise<R> }): Promise<number> =>
    (await sql.query<{ n: number }[]>('select count(*)::int as n from proposal'))[0]!.n;

  it('is asked for: without one the database is not reached at all', async () => {
    await expect(program.query('select 1')).rejects.toThrow(ScopeMissing);
    await expect(inTransaction(program, () => Promise.resolve())).rejects.toThrow(ScopeMissing);
    const pool = new ScopedPool({ connectionString: urlAsRole(running.database.url, APP_ROLE), max: 1 });
    await expect(pool.query('select 1')).rejects.toThrow(ScopeMissing);
    expect(pool.totalCount).toBe(0);
    await pool.end();
  });

  it('shows nothing on a connection that was told none', async () => {
    const bare = new DataSource({ type: 'postgres', url: urlAsRole(running.database.url, APP_ROLE), poolSize: 1 });
    await bare.initialize();
    expect(await proposals(bare)).toBe(0);
    await bare.destroy();
  });

  it('stays with its transaction, however wide the code around a later question is', async () => {
    await withScope(scopeFor('officer'), () =>
      program.transaction(async (tx) => {
        expect(await asSystem(() => proposals(tx))).toBe(1);
        expect(await asSystem(() => proposals(program))).toBe(2);
      }),
    );
  });

  it('holds a read whose plan its connection has kept, whoever it was made for', async () => {
    const url = urlAsRole(running.database.url, APP_ROLE);
    const one = new DataSource({ type: 'postgres', url, poolSize: 1, driver: { Pool: ScopedPool } });
    await asSystem(() => one.initialize());
    const { household } = world.a;
    const asked = (scope: Scope): Promise<boolean> =>
      withScope(scope, async () => (await matchedHousehold(one, household, null)) !== undefined);
    const mine = scopeFor('migrant');
    await withScope(mine, () => one.query('set plan_cache_mode = force_generic_plan'));
    for (let time = 0; time < 2; time++) expect(await asked(mine)).toBe(true);
    const kept = await withScope(mine, () =>
      one.query<{ plans: string }[]>('select generic_plans as plans from pg_prepared_statements'),
    );
    expect(kept).toEqual([{ plans: '2' }]);
    for (const scope of [scopeFor('migrant', 'b'), scopeFor('officer', 'b'), scopeFor('anyone'), scopeFor('analyst')]) {
      expect([scope, await asked(scope)]).toEqual([scope, false]);
      expect(await asked(mine)).toBe(true);
    }
    expect(await asked(scopeFor('officer'))).toBe(true);
    await one.destroy();
  });

  it('is widened for a part of a transaction, and narrow again after it, whatever happens in it', async () => {
    await withScope(scopeFor('officer'), () =>
      program.transaction(async (tx) => {
        expect(await asSystemWithin(tx, () => proposals(tx))).toBe(2);
        expect(await proposals(tx)).toBe(1);
        await expect(asSystemWithin(tx, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
        expect(await proposals(tx)).toBe(1);
        const inner = tx.transaction((nested) => asSystemWithin(nested, () => nested.query('select 1 / 0')));
        await expect(inner).rejects.toMatchObject({ code: '22012' });
        expect(await proposals(tx)).toBe(1);
      }),
    );
  });

  describe('on a pool of one connection', () => {
    let pool: ScopedPool;
    const one = { query: async <R>(text: string): Promise<R> => (await pool.query(text)).rows as R };
    const as = <R>(side: Side, work: () => Promise<R>): Promise<R> => withScope(scopeFor('officer', side), work);
    beforeEach(() => {
      pool = new ScopedPool({ connectionString: urlAsRole(running.database.url, APP_ROLE), max: 1 });
      pool.on('error', () => undefined);
    });
    afterEach(() => pool.end());

    it('is each caller’s own, however they take turns', async () => {
      const asked = Array.from({ length: 60 }, (_, i): Side => (i % 3 === 0 ? 'b' : 'a'));
      const told = await Promise.all(asked.map((side) => as(side, () => region(one))));
      expect(told).toEqual(asked.map((side) => REGION[side]));
      expect(await withScope({ kind: 'anyone' }, () => proposals(one))).toBe(0);
      expect(await asSystem(() => proposals(one))).toBe(2);
      expect(await as('b', () => proposals(one))).toBe(1);
      expect(pool.totalCount).toBe(1);
    });

    it('outlives no failed statement, transaction left open, thrown away or broken connection', async () => {
      await expect(as('a', () => one.query('select nonsense'))).rejects.toMatchObject({ code: '42703' });
      expect(await as('b', () => region(one))).toBe(REGION.b);

      // Left open: its rollback would bring an older scope back.
      const left = await as('a', () => pool.connect());
      await left.query('begin');
      await left.query(`select set_config('qonys.region', 'KZ-55', false)`);
      left.release();
      expect(await as('a', () => region(one))).toBe(REGION.a);

      const thrown = await asSystem(() => pool.connect());
      thrown.release(true);
      expect(await as('b', () => proposals(one))).toBe(1);
      expect(await as('b', () => region(one))).toBe(REGION.b);

      const broken = await as('a', () => pool.connect());
      broken.on('error', () => undefined);
      const ended = new Promise((done) => broken.once('end', () => done(null)));
      const [backend] = (await broken.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
      await owner.query('select pg_terminate_backend($1)', [backend!.pid]);
      await ended;
      broken.release();
      expect(await as('b', () => region(one))).toBe(REGION.b);
    });

    it('that cannot be told is given to nobody', async () => {
      await asSystem(() => one.query('select 1'));
      const impossible: ActorScope = { ...(scopeFor('officer') as ActorScope), regionCode: 'KZ\u0000' };
      await expect(withScope(impossible, () => one.query('select 1'))).rejects.toMatchObject({ code: '22021' });
      expect(await as('b', () => region(one))).toBe(REGION.b);
    });
  });
});
