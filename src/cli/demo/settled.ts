import { type EntityManager, In } from 'typeorm';
import { ApplicationFlow } from '../../applications/application-flow.service.js';
import { recordAudits } from '../../audit/audit.js';
import { AnswersService, BY_LINK } from '../../outcomes/answers.service.js';
import { enterArrivals } from '../../outcomes/arrivals.queries.js';
import { FollowUp } from '../../outcomes/follow-up.entity.js';
import { FOLLOW_UP_TRANSITIONS, type FollowUpAction } from '../../outcomes/follow-up-states.js';
import type { FollowUpMonth } from '../../outcomes/follow-up-dates.js';
import { CALENDAR, changeFollowUp } from '../../outcomes/follow-ups.service.js';
import { type ArrivalState, arrivalOfHousehold } from '../../outcomes/outcomes.queries.js';
import { SupportPayment } from '../../outcomes/support-payment.entity.js';
import { recordEvent } from '../../outbox/outbox.js';
import { SupportService } from '../../programme/support.service.js';
import type { Chance } from '../../shared/chance.js';
import { seededChance } from '../../shared/chance.js';
import { dateInKazakhstan } from '../../shared/clock.js';
import { groupBy } from '../../shared/group-by.js';
import { newId } from '../../shared/ids.js';
import { asOf } from '../../shared/past.js';
import { nextState } from '../../shared/transitions.js';
import type { Cast, EnteredApplication } from './history.js';
import { homesOf } from './history.queries.js';
import { type PlannedContact, planContacts, planPayments } from './settling.js';

/** What became of those of the applications whose households arrived: follow-ups and their answers, the end of the year, support paid. */
export async function enterSettling(
  tx: EntityManager,
  cast: Cast,
  entered: readonly EnteredApplication[],
): Promise<void> {
  const came = entered.filter(({ application }) => application.arrivedOn !== null);
  if (came.length === 0) return;
  // One by one, so that each has its own time; the oldest application that is not entered yet comes first, as they stand here.
  for (const { application } of came) await enterArrivals(tx, application.stateSince, 1);
  const standing: Settled[] = [];
  for (const one of came)
    standing.push({ ...one, arrival: (await arrivalOfHousehold(tx, one.life.householdId))!, returnedOn: null });
  const ids = standing.map(({ arrival }) => arrival.arrivalId);
  const all = await tx.find(FollowUp, { where: { arrivalId: In(ids) }, order: { dueOn: 'ASC' } });
  const followUps = groupBy(all, ({ arrivalId }) => arrivalId);
  const chance = seededChance(came.length);
  const late = newestOverdue(standing, followUps, dateInKazakhstan(cast.now));
  for (const one of standing) {
    const own = followUps.get(one.arrival.arrivalId)!;
    const unanswered = own.find((asked) => asked === late)?.months ?? null;
    one.returnedOn = await followUp(tx, cast, { ...one, chance, followUps: own, unanswered });
  }
  for (const one of standing) await settle(tx, cast, one);
  await enterPayments(tx, cast, standing, chance);
}

/** The follow-up of a household that stays whose answer is overdue for the shortest time: no draw may leave a desk without one. */
function newestOverdue(
  standing: readonly Settled[],
  followUps: ReadonlyMap<string, readonly FollowUp[]>,
  today: string,
): FollowUp | undefined {
  return standing
    .filter(({ life }) => life.returned === null)
    .flatMap(({ arrival }) => followUps.get(arrival.arrivalId) ?? [])
    .filter(({ answerBy, closesOn }) => answerBy < today && closesOn > today)
    .reduce<FollowUp | undefined>(
      (newest, one) => (newest && newest.answerBy >= one.answerBy ? newest : one),
      undefined,
    );
}

/** `returnedOn`: the day on which the household said that it had gone back; null: it stays. */
type Settled = EnteredApplication & { arrival: ArrivalState; returnedOn: string | null };

async function followUp(
  tx: EntityManager,
  cast: Cast,
  {
    arrival,
    life,
    followUps,
    chance,
    unanswered,
  }: Settled & { followUps: readonly FollowUp[]; chance: Chance; unanswered: FollowUpMonth | null },
): Promise<string | null> {
  const adults = arrival.adults.map(({ personId, cameFor }) => ({ personId, cameForWork: cameFor !== null }));
  const plan = planContacts(
    chance,
    { followUps, adults, returned: life.returned, unanswered },
    dateInKazakhstan(cast.now),
  );
  for (const contact of plan) {
    const asked = followUps.find(({ months }) => months === contact.months)!;
    await asOf(contact.at, () => enterContact(tx, cast, { followUp: asked, arrival, contact }));
  }
  const gone = plan.find((contact) => contact.kind === 'answered' && !contact.answer.stays);
  return gone === undefined ? null : dateInKazakhstan(gone.at);
}

/** The year is over: the centre closes the application. */
async function settle(tx: EntityManager, cast: Cast, { application, life }: Settled): Promise<void> {
  const step = life.application?.steps.find(({ action }) => action === 'settle');
  if (step === undefined) return;
  const { at } = step;
  const actor = cast.officerOf(application.regionCode, at);
  const flow = cast.services.get(ApplicationFlow);
  await asOf(at, () =>
    flow.locked(tx, application.id, actor, (locked, balance) =>
      flow.carryOut(tx, balance, locked, { action: 'settle', actor, at }),
    ),
  );
}

async function enterContact(
  tx: EntityManager,
  cast: Cast,
  { followUp, arrival, contact }: { followUp: FollowUp; arrival: ArrivalState; contact: PlannedContact },
): Promise<void> {
  const { at, kind } = contact;
  const { id, householdId, regionCode } = followUp;
  const officer = cast.officerOf(regionCode, at);
  const change = async (action: FollowUpAction, actor: { id: string; role: string }, set: Partial<FollowUp>, reason?: string): Promise<void> => {
    await changeFollowUp(tx, followUp, { action, actor, at, set, reason });
    const state = nextState(FOLLOW_UP_TRANSITIONS, followUp.state, action);
    Object.assign(followUp, set, { state, version: followUp.version + 1 });
  }; // prettier-ignore
  switch (kind) {
    case 'asked':
      await change('ask', CALENDAR, { askedAt: at });
      await recordEvent(tx, { topic: 'follow_up.asked', regionCode, payload: { householdId, subjectId: id } }, at);
      return;
    case 'missed': {
      const owner = { ownerId: officer.id, ownerLabel: officer.label };
      return change('miss', officer, { ...owner, missed: followUp.missed + 1, missedAt: at });
    }
    case 'closed':
      return change('close', CALENDAR, { closedAt: at, closedReason: 'no_answer' }, 'no_answer');
    case 'answered': {
      const actor = contact.via === 'household' ? BY_LINK : officer;
      const { answer, via } = contact;
      await cast.services.get(AnswersService).record(tx, arrival, answer, { actor, via, followUp });
      if (!answer.stays) arrival.returned = true;
      else
        for (const { personId, activity } of answer.adults)
          arrival.adults.find((one) => one.personId === personId)!.activity = activity;
      return;
    }
  }
}

async function enterPayments(
  tx: EntityManager,
  cast: Cast,
  standing: readonly Settled[],
  chance: Chance,
): Promise<void> {
  const { rules } = cast.services.get(SupportService);
  const homes = new Map((await homesOf(tx, standing.map(({ arrival }) => arrival.arrivalId))).map((one) => [one.arrivalId, one.settlementType])); // prettier-ignore
  const payments: SupportPayment[] = [];
  for (const { arrival, returnedOn } of standing) {
    const { arrivalId, householdId, regionCode, arrivedOn, persons } = arrival;
    const settled = { arrivedOn, returnedOn, members: persons, settlementType: homes.get(arrivalId) ?? 'rural' };
    for (const payment of planPayments(chance, rules, settled, dateInKazakhstan(cast.now))) {
      const recordedBy = cast.officerOf(regionCode, payment.recordedAt).id;
      const payee = rules.measures.find(({ code }) => code === payment.measure)!.payee;
      payments.push({ ...payment, id: newId(), householdId, regionCode, payee, recordedBy, voidedBy: null, voidedAt: null }); // prettier-ignore
    }
  }
  payments.sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
  await tx.insert(SupportPayment, payments);
  await recordAudits(
    tx,
    payments.map(({ id, regionCode, measure, recordedBy, recordedAt }) => ({
      at: recordedAt, actor: { id: recordedBy, role: 'officer' }, regionCode, subject: 'support_payment', subjectId: id, action: 'create',
      from: null, to: 'paid', details: { measure },
    })),
  ); // prettier-ignore
}
