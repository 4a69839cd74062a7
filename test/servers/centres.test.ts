import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { AuditEntry } from '../../src/audit/audit-entry.entity.js';
import { AutoApproveRule } from '../../src/centres/auto-approve-rule.entity.js';
import { ReviewService } from '../../src/centres/review.service.js';
import { WithdrawalService } from '../../src/centres/withdrawal.service.js';
import { fromRoot } from '../../src/config/paths.js';
import { rows } from '../../src/database/sql.js';
import { readWeights } from '../../src/matching/core/weights.js';
import { Placement } from '../../src/matching/placement.entity.js';
import { PROPOSAL_STATES, type ProposalAction, type ProposalStatus } from '../../src/matching/proposal-states.js';
import { Proposal } from '../../src/matching/proposal.entity.js';
import { OutboxEvent } from '../../src/outbox/outbox-event.entity.js';
import type { Actor } from '../../src/shared/access.js';
import { newId } from '../../src/shared/ids.js';
import { Problem } from '../../src/shared/problem.js';
import { BUILT_AT, type MadeVacancy, makeHousehold, makeProposal, makeVacancy } from '../support/builders.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

jest.setTimeout(120_000);

const officer = (regionCode: string | null, role: Actor['role'] = 'officer'): Actor => ({
  id: newId(),
  label: 'test',
  role,
  regionCode,
  employerId: null,
  householdId: null,
  via: 'token',
});

let database: TestDatabase;
let dataSource: DataSource;
let now: Date;
const clock = { now: () => now };
let withdrawals: WithdrawalService;
let reviews: ReviewService;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await database.dataSource(Proposal, Placement, AuditEntry, OutboxEvent, AutoApproveRule);
  withdrawals = new WithdrawalService(dataSource, clock);
  const weights = readWeights(JSON.parse(readFileSync(fromRoot('data', 'matching', 'weights.json'), 'utf8')));
  reviews = new ReviewService(dataSource, clock, withdrawals, weights);
});
beforeEach(() => {
  now = new Date(BUILT_AT);
});
afterAll(() => database.drop());

const minutesLater = (minutes: number): void => {
  now = new Date(now.getTime() + minutes * 60_000);
};

/** The code that a promise is refused with; fails when it is not refused. */
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  throw new Error('It was not refused.');
}

interface Line {
  action: ProposalAction;
  from: ProposalStatus;
  to: ProposalStatus;
  actor: string;
  reason: string | null;
}
const auditOf = (id: string): Promise<Line[]> =>
  rows(
    dataSource,
    `select action, from_state as "from", to_state as "to", actor, reason from audit_entry
     where subject = 'proposal' and subject_id = $1 order by (details->>'version')::int`,
    [id],
  );
const eventsOf = async (id: string): Promise<string[]> => {
  const events = await rows<{ topic: string; region: string }>(
    dataSource,
    `select topic, region_code as region from outbox_event where payload->>'proposalId' = $1 order by id`,
    [id],
  );
  return events.map(({ topic, region }) => `${topic} ${region}`);
};
const read = (id: string): Promise<Proposal> => dataSource.manager.findOneByOrFail(Proposal, { id });

describe('a claim', () => {
  it('keeps others out until its time has run out, then anybody may claim', async () => {
    const [first, second] = [officer('KZ-59'), officer('KZ-59')];
    const { id } = await makeProposal(dataSource);
    expect(await reviews.claim(first, id)).toMatchObject({ status: 'claimed', version: 2 });
    expect(await refusal(reviews.claim(second, id))).toBe('proposal.claimed_by_another');
    expect(await refusal(reviews.approve(second, id, { version: 2 }))).toBe('proposal.claimed_by_another');
    minutesLater(15);
    expect(await reviews.claim(second, id)).toMatchObject({ status: 'claimed', version: 3 });
    expect(await refusal(reviews.approve(first, id, { version: 2 }))).toBe('proposal.claimed_by_another');
    expect(await reviews.approve(second, id, { version: 3 })).toMatchObject({ status: 'approved', version: 4 });
    expect((await auditOf(id)).map(({ action }) => action)).toEqual(['claim', 'claim', 'approve']);
  });

  it('is renewed by its holder without a change of version, and not once it has run out', async () => {
    const holder = officer('KZ-59');
    const { id } = await makeProposal(dataSource);
    await reviews.claim(holder, id);
    minutesLater(10);
    expect(await reviews.renew(holder, id)).toMatchObject({
      version: 2,
      claimedUntil: new Date('2026-11-22T04:25:00Z'),
    });
    minutesLater(10);
    expect(await reviews.claim(holder, id)).toMatchObject({
      version: 2,
      claimedUntil: new Date('2026-11-22T04:35:00Z'),
    });
    minutesLater(15);
    expect(await refusal(reviews.renew(holder, id))).toBe('proposal.lease_expired');
    expect(await refusal(reviews.approve(holder, id, { version: 2 }))).toBe('proposal.lease_expired');
    expect(await auditOf(id)).toHaveLength(1);
  });

  it('is given back by its holder or a supervisor, not by another officer', async () => {
    const holder = officer('KZ-59');
    const { id } = await makeProposal(dataSource);
    await reviews.claim(holder, id);
    expect(await refusal(reviews.release(officer('KZ-59'), id))).toBe('proposal.claimed_by_another');
    expect(await reviews.release(officer('KZ-59', 'supervisor'), id)).toMatchObject({ status: 'waiting', version: 3 });
    expect(await refusal(reviews.release(holder, id))).toBe('proposal.not_claimed');
  });

  it('of twenty officers at once gives each another proposal, the oldest first', async () => {
    const vacancy = await makeVacancy(dataSource, { districtKato: '551000000', openings: 50 });
    const made: string[] = [];
    for (let day = 10; day < 30; day++) {
      made.push((await makeProposal(dataSource, { vacancies: [vacancy], dueOn: `2026-12-${day}` })).id);
    }
    const claims = await Promise.all(made.map(() => reviews.claimNext(officer('KZ-55'), 'KZ-55')));
    expect(new Set(claims.map((claim) => claim?.id))).toEqual(new Set(made));
    expect(await reviews.claimNext(officer('KZ-55'), 'KZ-55')).toBeNull();
    minutesLater(15);
    expect(await reviews.claimNext(officer('KZ-55'), 'KZ-55')).toMatchObject({ id: made[0], version: 3 });
  });
});

describe('a decision', () => {
  it('is taken once when twenty approvals of two officers come at once', async () => {
    const officers = [officer('KZ-59'), officer('KZ-59')];
    const { id } = await makeProposal(dataSource);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        reviews.approve(officers[i % 2]!, id, { version: 1 }).then(
          (state) => ({ who: i % 2, said: state.status as string }),
          (error: Problem) => ({ who: i % 2, said: error.code }),
        ),
      ),
    );
    const line = await auditOf(id);
    expect(line).toHaveLength(1);
    expect(line[0]).toMatchObject({ action: 'approve', from: 'waiting', to: 'approved' });
    expect(await eventsOf(id)).toEqual(['proposal.approved KZ-59']);
    const winner = officers.findIndex((one) => one.id === line[0]!.actor);
    for (const { who, said } of answers) expect(said).toBe(who === winner ? 'approved' : 'proposal.changed_meanwhile');
    expect(await read(id)).toMatchObject({ status: 'approved', version: 2, decidedBy: officers[winner]!.id });
  });

  it('is refused on an old version', async () => {
    const one = officer('KZ-59');
    const { id } = await makeProposal(dataSource);
    await reviews.claim(one, id);
    await reviews.release(one, id);
    expect(await refusal(reviews.approve(one, id, { version: 1 }))).toBe('proposal.changed_meanwhile');
    expect(await refusal(reviews.claim(one, id, 1))).toBe('proposal.changed_meanwhile');
    expect(await eventsOf(id)).toEqual([]);
  });

  it('is answered the same when it is sent again, and refused when it differs', async () => {
    const one = officer('KZ-59');
    const { id } = await makeProposal(dataSource);
    const rejection = { version: 1, reason: 'employer_refused' as const };
    const first = await reviews.reject(one, id, rejection);
    expect(await reviews.reject(one, id, rejection)).toEqual(first);
    expect(await refusal(reviews.reject(one, id, { ...rejection, reason: 'post_filled' }))).toBe(
      'proposal.changed_meanwhile',
    );
    expect(await refusal(reviews.reject(officer('KZ-59'), id, rejection))).toBe('proposal.changed_meanwhile');
    expect(await auditOf(id)).toHaveLength(1);
    expect(await eventsOf(id)).toEqual([]);
  });

  it('asks the household, which is told, and goes on when the proposal is claimed again', async () => {
    const one = officer('KZ-59');
    const { id } = await makeProposal(dataSource);
    const returned = await reviews.returnForInformation(one, id, {
      version: 1,
      reason: 'diploma_missing',
      note: 'Копия?',
    });
    expect(returned).toMatchObject({ status: 'returned', version: 2, reason: 'diploma_missing' });
    expect(await eventsOf(id)).toEqual(['proposal.returned KZ-59']);
    expect(await reviews.claim(one, id)).toMatchObject({ status: 'claimed', version: 3 });
    expect(await reviews.approve(one, id, { version: 3 })).toMatchObject({ status: 'approved' });
  });

  it('goes back to the returned ones when a claim on it is given back', async () => {
    const one = officer('KZ-59');
    const { id } = await makeProposal(dataSource);
    await reviews.returnForInformation(one, id, { version: 1, reason: 'diploma_missing' });
    await reviews.claim(one, id);
    expect(await reviews.release(one, id)).toMatchObject({ status: 'returned', version: 4, reason: 'diploma_missing' });
    const line = { action: 'put_back', from: 'claimed', to: 'returned' };
    expect((await auditOf(id)).at(-1)).toMatchObject(line);
    expect(await reviews.approve(one, id, { version: 4 })).toMatchObject({ status: 'approved' });
  });

  it('is another one when its note differs', async () => {
    const one = officer('KZ-59');
    const { id } = await makeProposal(dataSource);
    const question = { version: 1, reason: 'diploma_missing' as const };
    await reviews.returnForInformation(one, id, { ...question, note: 'Копия?' });
    expect(await reviews.returnForInformation(one, id, { ...question, note: 'Копия?' })).toMatchObject({ version: 2 });
    expect(await refusal(reviews.returnForInformation(one, id, { ...question, note: 'И перевод' }))).toBe(
      'proposal.changed_meanwhile',
    );
  });

  it('treats another region’s proposal as one that does not exist', async () => {
    const { id } = await makeProposal(dataSource);
    const stranger = officer('KZ-55');
    for (const work of [
      reviews.claim(stranger, id),
      reviews.approve(stranger, id, { version: 1 }),
      reviews.reject(stranger, id, { version: 1, reason: 'post_filled' }),
      reviews.release(stranger, id),
      reviews.approve(stranger, newId(), { version: 1 }),
      reviews.approve(stranger, 'no-id', { version: 1 }),
    ]) {
      expect(await refusal(work)).toBe('proposal.unknown');
    }
    expect(await auditOf(id)).toEqual([]);
    expect(await reviews.claim(officer(null, 'administrator'), id)).toMatchObject({ status: 'claimed' });
  });
});

describe('an approval', () => {
  it.each<[string, string, (vacancy: MadeVacancy) => [string, unknown[]]]>([
    [
      'the vacancy has closed',
      'vacancy_closed',
      ({ id }) => [
        `update vacancy set status = 'closed', closed_reason = 'archived', closed_at = now() where id = $1`,
        [id],
      ],
    ],
    [
      'its last day has passed',
      'vacancy_closed',
      ({ id }) => [`update vacancy set valid_until = '2026-11-21' where id = $1`, [id]],
    ],
    ['it pays less', 'pay_reduced', ({ id }) => [`update vacancy set pay_min_tenge = 280000 where id = $1`, [id]]],
    ['the housing is gone', 'housing_lost', ({ id }) => [`update vacancy set housing = 'none' where id = $1`, [id]]],
    [
      'it is seasonal now',
      'employment_worsened',
      ({ id }) => [`update vacancy set employment = 'seasonal' where id = $1`, [id]],
    ],
  ])('is refused and the proposal withdrawn when %s', async (_, broken, change) => {
    const vacancy = await makeVacancy(dataSource);
    const { id, householdId } = await makeProposal(dataSource, { vacancies: [vacancy] });
    await dataSource.query(...change(vacancy));
    expect(await refusal(reviews.approve(officer('KZ-59'), id, { version: 1 }))).toBe(`proposal.${broken}`);
    expect(await read(id)).toMatchObject({ status: 'withdrawn', reason: broken });
    expect(await eventsOf(id)).toEqual(['proposal.withdrawn KZ-59']);
    expect(await rematchesOf(householdId)).toBe(1);
  });

  it('is refused and the proposal withdrawn when the household does not consent', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}], consent: { matching: false } });
    const { id } = await makeProposal(dataSource, { household });
    expect(await refusal(reviews.approve(officer('KZ-59'), id, { version: 1 }))).toBe('proposal.consent_missing');
    expect(await read(id)).toMatchObject({ status: 'withdrawn', reason: 'consent_withdrawn' });
    expect(await rematchesOf(household.id)).toBe(0);
  });

  it('is refused and the proposal withdrawn when the household no longer wishes to move, and nothing is asked for it', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}], columns: { wishes_move: false } });
    const { id } = await makeProposal(dataSource, { household });
    expect(await refusal(reviews.approve(officer('KZ-59'), id, { version: 1 }))).toBe('proposal.wish_changed');
    expect(await read(id)).toMatchObject({ status: 'withdrawn', reason: 'wish_changed' });
    expect(await rematchesOf(household.id)).toBe(0);
  });

  it.each<[string, string]>([
    ['excludes the region', `update household set excluded_region_codes = '{KZ-59}' where id = $1`],
    ['requires housing', `update household set housing_required = true where id = $1`],
    ['raises its minimum pay', `update seeker set minimum_pay_tenge = 300001 where household_id = $1`],
    ['wants only permanent work', `update seeker set permanent_only = true where household_id = $1`],
    ['looks for no work any more', `update seeker set seeks_work = false where household_id = $1`],
    [
      'says that it is not interested',
      `insert into dismissal (id, household_id, scope, vacancy_id, reason, at)
       select gen_random_uuid(), $1, 'vacancy', pl.vacancy_id, 'pay', now()
       from placement pl join proposal p on p.id = pl.proposal_id where p.household_id = $1`,
    ],
    ['has moved to the region itself', `update household set home_region_code = 'KZ-59' where id = $1`],
  ])('is refused and the proposal withdrawn when the household meanwhile %s', async (_, change) => {
    const vacancy = await makeVacancy(dataSource, { housing: 'help', employment: null });
    const { id, householdId, placementIds } = await makeProposal(dataSource, { vacancies: [vacancy] });
    await dataSource.query(change, [householdId]);
    expect(await refusal(reviews.approve(officer('KZ-59'), id, { version: 1 }))).toBe('proposal.wish_changed');
    expect(await read(id)).toMatchObject({ status: 'withdrawn', reason: 'wish_changed' });
    expect(await dataSource.manager.findOneByOrFail(Placement, { id: placementIds[0]! })).toMatchObject({
      withdrawnReason: 'wish_changed',
    });
    expect(await eventsOf(id)).toEqual(['proposal.withdrawn KZ-59']);
    expect(await rematchesOf(householdId)).toBe(1);
  });

  it('counts the persons that the household has now', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}], children: 0 });
    const { id } = await makeProposal(dataSource, { household });
    await dataSource.query('update household set children = 3 where id = $1', [household.id]);
    await reviews.approve(officer('KZ-59'), id, { version: 1 });
    expect(await read(id)).toMatchObject({ status: 'approved', persons: 4, version: 2 });
  });

  it('holds when the household has become less choosy', async () => {
    const household = await makeHousehold(dataSource, {
      adults: [{ columns: { minimum_pay_tenge: 300_000, permanent_only: true } }],
      columns: { housing_required: true, excluded_region_codes: ['KZ-55'], settlement_wish: 'rural' },
    });
    const { id } = await makeProposal(dataSource, { household });
    expect(await reviews.approve(officer('KZ-59'), id, { version: 1 })).toMatchObject({ status: 'approved' });
  });

  it('holds when the vacancy has become better', async () => {
    const vacancy = await makeVacancy(dataSource, { housing: 'help' });
    const { id } = await makeProposal(dataSource, { vacancies: [vacancy] });
    await dataSource.query(`update vacancy set housing = 'provided', pay_min_tenge = 340000 where id = $1`, [
      vacancy.id,
    ]);
    expect(await reviews.approve(officer('KZ-59'), id, { version: 1 })).toMatchObject({ status: 'approved' });
  });
});

const rematchesOf = async (householdId: string): Promise<number> => {
  const events = await rows(
    dataSource,
    `select 1 from outbox_event where topic = 'match.requested' and payload->>'householdId' = $1`,
    [householdId],
  );
  return events.length;
};

/** Records a change of vacancies as an ingest run does, and closes them. */
async function closeVacancies(...vacancies: MadeVacancy[]): Promise<void> {
  const batchId = newId();
  for (const { id } of vacancies) {
    await dataSource.query(
      `update vacancy set status = 'closed', closed_reason = 'absent', closed_at = $2 where id = $1`,
      [id, now],
    );
    await dataSource.query(
      `insert into vacancy_change (id, batch_id, vacancy_id, change, at) values ($1, $2, $3, 'closed', $4)`,
      [newId(), batchId, id, now],
    );
  }
}

describe('a vacancy that closes', () => {
  it('withdraws waiting, claimed, returned and approved proposals once, and leaves decided ones', async () => {
    const vacancy = await makeVacancy(dataSource);
    const made = new Map<ProposalStatus, string>();
    for (const status of ['waiting', 'claimed', 'returned', 'approved', 'rejected', 'referred'] as const) {
      made.set(status, (await makeProposal(dataSource, { vacancies: [vacancy], status })).id);
    }
    await closeVacancies(vacancy);
    expect(await withdrawals.applyVacancyChanges()).toBe(4);
    expect(await withdrawals.applyVacancyChanges()).toBe(0);
    for (const [status, id] of made) {
      const open = ['waiting', 'claimed', 'returned', 'approved'].includes(status);
      expect(await read(id)).toMatchObject({ status: open ? 'withdrawn' : status });
      expect(await eventsOf(id)).toEqual(open ? ['proposal.withdrawn KZ-59'] : []);
      expect(await auditOf(id)).toEqual(
        open ? [expect.objectContaining({ from: status, to: 'withdrawn', reason: 'vacancy_closed' })] : [],
      );
    }
  });

  it('takes a couple’s proposal back whole and asks for a new match', async () => {
    const [lost, kept] = [await makeVacancy(dataSource), await makeVacancy(dataSource, { isco: '6130' })];
    const household = await makeHousehold(dataSource);
    const { id } = await makeProposal(dataSource, { household, vacancies: [lost, kept], status: 'approved' });
    await closeVacancies(lost);
    await withdrawals.applyVacancyChanges();
    const placements = await dataSource.manager.findBy(Placement, { proposalId: id });
    expect(new Map(placements.map((one) => [one.vacancyId, one.withdrawnReason]))).toEqual(
      new Map([
        [lost.id, 'vacancy_closed'],
        [kept.id, 'partner_placement_lost'],
      ]),
    );
    expect(await read(id)).toMatchObject({ status: 'withdrawn', reason: 'vacancy_closed' });
    expect(await rematchesOf(household.id)).toBe(1);
  });

  it('withdraws nothing when it is open again before the job runs', async () => {
    const vacancy = await makeVacancy(dataSource);
    const { id } = await makeProposal(dataSource, { vacancies: [vacancy] });
    await closeVacancies(vacancy);
    await dataSource.query(`update vacancy set status = 'open', closed_reason = null, closed_at = null where id = $1`, [
      vacancy.id,
    ]);
    expect(await withdrawals.applyVacancyChanges()).toBe(0);
    expect(await read(id)).toMatchObject({ status: 'waiting' });
  });

  it('also withdraws what a feed changed that began before the proposal was made', async () => {
    const vacancy = await makeVacancy(dataSource);
    const { id } = await makeProposal(dataSource, { vacancies: [vacancy], at: new Date(now.getTime() + 60_000) });
    await dataSource.query(`update vacancy set pay_min_tenge = 200000, changed_at = $2 where id = $1`, [
      vacancy.id,
      now,
    ]);
    expect(await withdrawals.applyVacancyChanges()).toBe(1);
    expect(await read(id)).toMatchObject({ status: 'withdrawn', reason: 'pay_reduced' });
  });

  it('withdraws hundreds of proposals and asks for one match of all', async () => {
    const vacancy = await makeVacancy(dataSource, { openings: 300 });
    for (let i = 0; i < 120; i++) await makeProposal(dataSource, { vacancies: [vacancy] });
    const all = `select count(*)::int as n from outbox_event where topic = 'match.requested' and not payload ? 'householdId'`;
    const [before] = await rows<{ n: number }>(dataSource, all);
    await closeVacancies(vacancy);
    expect(await withdrawals.applyVacancyChanges()).toBe(120);
    const [after] = await rows<{ n: number }>(dataSource, all);
    expect(after!.n - before!.n).toBe(1);
  });

  it('never leaves an approved proposal behind when it closes while an officer approves', async () => {
    for (let round = 0; round < 10; round++) {
      const vacancy = await makeVacancy(dataSource);
      const { id } = await makeProposal(dataSource, { vacancies: [vacancy] });
      const [approval] = await Promise.all([
        reviews.approve(officer('KZ-59'), id, { version: 1 }).then(
          () => 'approved',
          (error: Problem) => error.code,
        ),
        closeVacancies(vacancy).then(() => withdrawals.applyVacancyChanges()),
      ]);
      expect(await read(id)).toMatchObject({ status: 'withdrawn' });
      const told = await eventsOf(id);
      expect(told).toEqual(
        approval === 'approved'
          ? ['proposal.approved KZ-59', 'proposal.withdrawn KZ-59']
          : ['proposal.withdrawn KZ-59'],
      );
    }
  });
});

describe('a household that takes back its consent', () => {
  it('has its open proposals withdrawn in every region, once', async () => {
    const household = await makeHousehold(dataSource, { adults: [{}] });
    const here = await makeProposal(dataSource, { household });
    const there = await makeProposal(dataSource, {
      household,
      vacancies: [await makeVacancy(dataSource, { districtKato: '551000000' })],
      status: 'approved',
    });
    const job = { id: 'withdraw-household', role: 'system' };
    expect(await withdrawals.withdrawTakenBack(household.id, job)).toBe(0);
    await dataSource.query(`update household set consent_matching_at = null where id = $1`, [household.id]);
    expect(await withdrawals.withdrawTakenBack(household.id, job)).toBe(2);
    expect(await withdrawals.withdrawTakenBack(household.id, job)).toBe(0);
    for (const { id } of [here, there])
      expect(await read(id)).toMatchObject({ status: 'withdrawn', reason: 'consent_withdrawn' });
    expect(await eventsOf(there.id)).toEqual(['proposal.withdrawn KZ-55']);
    expect(await rematchesOf(household.id)).toBe(0);
  });
});

describe('any sequence of actions', () => {
  const officers = [officer('KZ-59'), officer('KZ-59'), officer('KZ-59', 'supervisor'), officer('KZ-55')];
  type Step = { who: number; what: string; stale: boolean; wait: number };
  const step: fc.Arbitrary<Step> = fc.record({
    who: fc.nat(officers.length - 1),
    what: fc.constantFrom('claim', 'release', 'renew', 'approve', 'return', 'reject', 'close', 'consent'),
    stale: fc.boolean(),
    wait: fc.constantFrom(0, 0, 5, 20),
  });

  /** Decisions on a version, with the state that they lead to. */
  const DECIDED: Readonly<Record<string, ProposalStatus>> = {
    approve: 'approved',
    return: 'returned',
    reject: 'rejected',
  };
  /** What only the holder of a live claim may do; a supervisor may give it back. */
  const BY_ONE: ReadonlySet<string> = new Set(['claim', 'renew', ...Object.keys(DECIDED)]);

  it('stays in the table, refuses others during a claim and decisions on an old version, and the audit log replays to the state', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const vacancy = await makeVacancy(dataSource);
        const { id, householdId } = await makeProposal(dataSource, { vacancies: [vacancy] });
        for (const { who, what, stale, wait } of steps) {
          minutesLater(wait);
          const actor = officers[who]!;
          const before = await read(id);
          const version = before.version - (stale ? 1 : 0);
          const code = await act(actor, what, id, version, vacancy, householdId).then(
            () => null,
            (error: unknown) => {
              if (!(error instanceof Problem)) throw error;
              return error.code;
            },
          );
          const heldByAnother =
            before.status === 'claimed' && before.claimedUntil! > now && before.claimedBy !== actor.id;
          const repeated = before.decidedBy === actor.id && before.status === DECIDED[what];
          if (heldByAnother && BY_ONE.has(what)) expect([what, code]).toEqual([what, expect.any(String)]);
          if (stale && what in DECIDED && !repeated) expect([what, code]).toEqual([what, expect.any(String)]);
          // What is refused leaves nothing behind, but where a refused approval has found the proposal untrue.
          const after = await read(id);
          if (code !== null && after.status !== 'withdrawn') expect(after).toEqual(before);
          if (before.status === 'withdrawn') expect(after).toEqual(before);
        }
        const noted = await auditOf(id);
        // What was refused changed nothing.
        const lines = noted.filter(({ action }) => (action as string) !== 'refused_action');
        let state: ProposalStatus = 'waiting';
        for (const line of lines) {
          expect(line.from).toBe(state);
          expect(PROPOSAL_STATES[state][line.action]).toBe(line.to);
          state = line.to;
        }
        expect(await read(id)).toMatchObject({ status: state, version: lines.length + 1 });
        const told = lines.flatMap(({ action }) => TOPIC[action] ?? []).map((topic) => `${topic} KZ-59`);
        expect(await eventsOf(id)).toEqual(told);
        expect(lines.every(({ actor }) => actor !== officers[3]!.id)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  const TOPIC: Partial<Record<ProposalAction, string>> = {
    approve: 'proposal.approved',
    return: 'proposal.returned',
    withdraw: 'proposal.withdrawn',
  };

  async function act(
    actor: Actor,
    what: string,
    id: string,
    version: number,
    vacancy: MadeVacancy,
    householdId: string,
  ): Promise<unknown> {
    switch (what) {
      case 'claim':
        return reviews.claim(actor, id);
      case 'release':
        return reviews.release(actor, id);
      case 'renew':
        return reviews.renew(actor, id);
      case 'approve':
        return reviews.approve(actor, id, { version });
      case 'return':
        return reviews.returnForInformation(actor, id, { version, reason: 'wishes_unclear' });
      case 'reject':
        return reviews.reject(actor, id, { version, reason: 'post_filled' });
      case 'close':
        await closeVacancies(vacancy);
        return withdrawals.applyVacancyChanges();
      default:
        return withdrawals.withdrawAsked(householdId, { id: 'household', role: 'system' });
    }
  }
});
