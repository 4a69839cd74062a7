import type { INestApplicationContext } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { ApplicationFlow, type StepActor } from '../../applications/application-flow.service.js';
import type { Application } from '../../applications/application.entity.js';
import { Interest } from '../../applications/interest.entity.js';
import { deadlineFrom, readDeadlines } from '../../applications/deadlines.js';
import { recordAudits } from '../../audit/audit.js';
import { DemoAccounts } from '../../auth/demo-accounts.js';
import { changeProposal } from '../../centres/proposal-change.js';
import { ReferralService } from '../../centres/referral.service.js';
import { WithdrawalService } from '../../centres/withdrawal.service.js';
import { Proposal } from '../../matching/proposal.entity.js';
import type { ProposalDraft } from '../../matching/proposal.queries.js';
import { type QuotaBalance, openBalance } from '../../programme/quota-ledger.js';
import type { Actor } from '../../shared/access.js';
import { seededChance } from '../../shared/chance.js';
import { dateInKazakhstan } from '../../shared/clock.js';
import { groupBy } from '../../shared/group-by.js';
import { newId } from '../../shared/ids.js';
import { asOf } from '../../shared/past.js';
import { bundleWrites } from './bundled-writes.js';
import { backdate, endConsent, placementsOf, settleEvents } from './history.queries.js';
import { type Life, type PlannedDecision, type PlannedStep, planLives } from './lives.js';
import { DEMO_OFFICERS } from './officers.js';
import { enterSettling } from './settled.js';

/** Everybody who acts in the past: the program's services, and the officers of each region, now one and now another. */
export interface Cast {
  services: INestApplicationContext;
  /** The present, from which on nothing is past. */
  now: Date;
  officerOf(regionCode: string, at: Date): Actor;
}

/** Plans the past of those households of `told` (they are told by SMS or letter) to which a run proposes something. */
export function planHistory(made: readonly ProposalDraft[], told: ReadonlySet<string>, now: Date): Life[] {
  const eligible = made.filter(({ householdId }) => told.has(householdId));
  const candidates = [...groupBy(eligible, ({ householdId }) => householdId)]
    .map(([householdId, proposals]) => ({ householdId, proposals: proposals.toSorted((a, b) => b.score - a.score) }))
    .sort((a, b) => (a.householdId < b.householdId ? -1 : 1));
  return planLives(candidates, now, readDeadlines());
}

/** Enters planned lives in a transaction; throws the signal's reason between two regions. */
export type EnterHistory = (whole: EntityManager, lives: readonly Life[], signal?: AbortSignal) => Promise<void>;

/**
 * Who enters a planned past by the program's own rules, as if each step were taken at its time: decisions of officers, applications with
 * their ledger, arrivals, follow-ups, support paid; nobody is written to. The officers of that past are entered here.
 */
export async function historian(services: INestApplicationContext, now: Date): Promise<EnterHistory> {
  const cast: Cast = { services, now, officerOf: await officers(services) };
  return async (whole, lives, signal) => {
    await backdate(whole, lives);
    const lanes = groupBy(
      lives,
      ({ application, decisions }) => application?.regionCode ?? decisions[0]?.regionCode ?? '',
    );
    for (const [regionCode, lane] of lanes) {
      signal?.throwIfAborted();
      const { tx, flush } = bundleWrites(whole);
      await enterDecisions(tx, cast, lane);
      const applications = await enterApplications(tx, cast, lane);
      await enterSettling(tx, cast, applications);
      await endConsent(
        tx,
        lane.filter(gaveUp).map(({ householdId }) => householdId),
      );
      await flush();
      await settleEvents(tx, { present: now, regionCode, looksToday: regionCode === SEARCHING_REGION });
    }
  };
}

async function officers(services: INestApplicationContext): Promise<Cast['officerOf']> {
  const ids = await services.get(DemoAccounts).enterPeople(DEMO_OFFICERS.map((one) => ({ ...one, role: 'officer' })));
  const staff = DEMO_OFFICERS.map(({ label, regionCode }, i): Actor => {
    return { id: ids[i]!, label, role: 'officer', regionCode, employerId: null, householdId: null, via: 'session' };
  });
  return (regionCode, at) => {
    const there = staff.filter((one) => one.regionCode === regionCode);
    const officer = there[Math.floor(at.getTime() / MINUTE_MS) % there.length];
    if (officer === undefined) throw new Error(`Nobody works in ${regionCode}.`);
    return officer;
  };
}

const MINUTE_MS = 60_000;

/** The demo's own officers are there: they see what a second chance brings. */
const SEARCHING_REGION = 'KZ-59';

/** They went back, or gave the move up: nothing is proposed to them any more. */
function gaveUp({ application, returned }: Life): boolean {
  return returned !== null || (application?.steps.some(({ action }) => action === 'withdraw') ?? false);
}

async function enterDecisions(tx: EntityManager, cast: Cast, lives: readonly Life[]): Promise<void> {
  const decisions = lives
    .flatMap((life) => life.decisions.map((decision) => ({ ...decision, householdId: life.householdId })))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const ids = [...new Set(decisions.map(({ proposalId }) => proposalId))];
  const found = await tx.find(Proposal, { where: { id: In(ids) }, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } }); // prettier-ignore
  const proposals = new Map(found.map((proposal) => [proposal.id, proposal]));
  for (const decision of decisions) {
    const proposal = proposals.get(decision.proposalId);
    if (proposal !== undefined) await asOf(decision.at, () => decide(tx, cast, proposal, decision));
  }
}

async function decide(
  tx: EntityManager,
  { services, officerOf }: Cast,
  proposal: Proposal,
  { action, at, reason, toRegion, regionCode, householdId }: PlannedDecision & { householdId: string },
): Promise<void> {
  if (action === 'withdraw') {
    const household = { id: householdId, role: 'migrant' };
    await services.get(WithdrawalService).withdraw(tx, proposal, 'household_asked', household, []);
  } else if (action === 'refer') {
    const wish = { version: proposal.version, reason };
    await services.get(ReferralService).referWithin(tx, officerOf(regionCode, at), proposal.id, toRegion!, wish);
  } else {
    await changeProposal(tx, proposal, { action, actor: officerOf(regionCode, at), at, reason });
  }
}

/** An application of the past as it stands, and the life it belongs to. */
export interface EnteredApplication {
  application: Application;
  life: Life;
}

/**
 * Applications in the order in which their commissions decided, so that a quota's places go to who was first. The balance of a year is
 * opened once: nobody else knows of the demo's quotas yet.
 */
async function enterApplications(tx: EntityManager, cast: Cast, lives: readonly Life[]): Promise<EnteredApplication[]> {
  const applying = lives.flatMap((life) => (life.application === null ? [] : [{ ...life.application, life }]));
  await enterInterests(tx, applying);
  const decidedAt = ({ steps }: { steps: readonly PlannedStep[] }): Date =>
    (steps.find(({ action }) => action === 'approve') ?? steps.at(-1)!).at;
  const flow = cast.services.get(ApplicationFlow);
  const entered: EnteredApplication[] = [];
  let balance: QuotaBalance | null = null;
  for (const one of applying.toSorted((a, b) => decidedAt(a).getTime() - decidedAt(b).getTime())) {
    const { life, proposalId, regionCode, steps } = one;
    const { householdId } = life;
    const migrant = { id: householdId, role: 'migrant' };
    const application = await flow.start(tx, { householdId, proposalId, regionCode }, migrant, steps[0]!.at);
    const day = dateInKazakhstan(decidedAt(one));
    if (balance === null || balance.year !== Number(day.slice(0, 4))) {
      const hand = { actor: cast.officerOf(regionCode, decidedAt(one)).id, at: decidedAt(one) };
      balance = await openBalance(tx, { regionCode, category: 'settlers' }, day, hand);
    }
    await carryOn(tx, cast, { application, balance, steps: steps.slice(1) });
    entered.push({ life, application });
  }
  return entered;
}

/** The steps of one application. Who finds no place waits for one, and whatever was planned after that has not happened. */
async function carryOn(
  tx: EntityManager,
  cast: Cast,
  { application, balance, steps }: { application: Application; balance: QuotaBalance; steps: readonly PlannedStep[] },
): Promise<void> {
  const flow = cast.services.get(ApplicationFlow);
  for (const { action, at, reason } of steps) {
    // Settling comes after the year of follow-ups, which is entered later.
    if (action === 'interest' || action === 'settle') continue;
    await flow.carryOut(tx, balance, application, {
      action,
      actor: actorOf(cast, application, action, at),
      at,
      reason,
    });
    if (action === 'withdraw') {
      const standing = { proposalId: application.proposalId, withdrawnAt: IsNull() };
      await tx.update(Interest, standing, { withdrawnAt: at, sharedAt: null });
    }
    if (application.state === 'waiting_quota') break;
  }
  while (application.state === 'waiting_quota') {
    const at = new Date(`${application.dueOn}T16:00:00+05:00`);
    if (at >= cast.now) break;
    const actor = cast.officerOf(application.regionCode, at);
    const { dueOn } = deadlineFrom(flow.deadlines, 'waiting_quota', application.dueOn!)!;
    await flow.carryOut(tx, balance, application, { action: 'extend', actor, at, reason: 'quota_still_full', dueOn });
  }
}

const CALENDAR: StepActor = { id: 'keep-applications', role: 'system' };

function actorOf(
  cast: Cast,
  { regionCode, householdId }: Application,
  action: PlannedStep['action'],
  at: Date,
): StepActor {
  if (action === 'lapse') return CALENDAR;
  if (action === 'apply' || action === 'withdraw') return { id: householdId, role: 'migrant' };
  return cast.officerOf(regionCode, at);
}

/** Interest in each job of the approved proposals, seven in ten of those with a phone let the employer see it and the name. */
async function enterInterests(
  tx: EntityManager,
  applying: readonly { life: Life; proposalId: string; regionCode: string; steps: readonly PlannedStep[] }[],
): Promise<void> {
  const chance = seededChance(applying.length);
  const jobs = groupBy(await placementsOf(tx, applying.map(({ proposalId }) => proposalId)), (job) => job.proposalId); // prettier-ignore
  const said = applying.map(({ life, proposalId, regionCode, steps }) => {
    const at = steps[0]!.at;
    const shares = chance.happens(0.7);
    const interests = (jobs.get(proposalId) ?? []).map((job): Interest => ({
      id: newId(), householdId: life.householdId, proposalId, placementId: job.id, vacancyId: job.vacancyId, employerId: job.employerId,
      regionCode, expressedAt: at, sharedAt: shares && job.employerId !== null ? at : null, withdrawnAt: null,
    })); // prettier-ignore
    return { at, regionCode, proposalId, householdId: life.householdId, interests };
  });
  await tx.insert(Interest, said.flatMap(({ interests }) => interests)); // prettier-ignore
  await tx.query(
    `update interest i set shared_at = null from household h where h.id = i.household_id and h.phone is null and i.proposal_id = any($1)`,
    [said.map(({ proposalId }) => proposalId)],
  );
  await recordAudits(
    tx,
    said.map(({ at, regionCode, proposalId, householdId, interests }) => ({
      at, actor: { id: householdId, role: 'migrant' }, regionCode, subject: 'proposal', subjectId: proposalId, action: 'express_interest',
      from: 'approved', to: 'approved', details: { interestId: interests[0]!.id },
    })),
  ); // prettier-ignore
}
