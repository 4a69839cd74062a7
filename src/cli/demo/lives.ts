import type { ApplicationReason } from '../../applications/application-reasons.js';
import { type ApplicationAction, type ApplicationState, OWNER_OF } from '../../applications/application-states.js';
import { type DeadlineRule, deadlineFrom, deadlineRule } from '../../applications/deadlines.js';
import type { ReasonCode } from '../../centres/reasons.js';
import type { ReturnReason } from '../../outcomes/outcome-kinds.js';
import { type FollowUpMonth, addMonths } from '../../outcomes/follow-up-dates.js';
import { type Chance, seededChance } from '../../shared/chance.js';
import { dateInKazakhstan } from '../../shared/clock.js';
import { addWorkingDays, isWorkingDay } from '../../shared/working-days.js';
import { addDays, sharesOf } from './feed.js';
import { paceOf } from './officers.js';

/** A household of the demo with what the matcher proposes to it, the best first. */
export interface Candidate {
  householdId: string;
  proposals: readonly { id: string; regionCode: string; persons: number; score: number }[];
}

/** What a centre decided on a proposal; `withdraw`: the household asked for it, because it goes elsewhere. */
export interface PlannedDecision {
  proposalId: string;
  regionCode: string;
  action: 'approve' | 'return' | 'reject' | 'refer' | 'withdraw';
  at: Date;
  reason: ReasonCode | null;
  /** With `refer`. */
  toRegion?: string;
}

/** A step of an application; `interest` comes before it. */
export interface PlannedStep {
  action: ApplicationAction | 'interest';
  at: Date;
  reason: ApplicationReason | null;
}

/** What a household of the demo lived through until today. Everything in it has happened: nothing is later than now. */
export interface Life {
  householdId: string;
  /** When it had registered, and the run after that had proposed something to it. */
  registeredAt: Date;
  madeAt: Date;
  /** In the order of their times. */
  decisions: PlannedDecision[];
  /** The approved proposal that it went on with; null: none. */
  application: { proposalId: string; regionCode: string; steps: PlannedStep[] } | null;
  /** It went back, and said so at the follow-up of so many months; null: it did not. */
  returned: { months: FollowUpMonth; reason: ReturnReason } | null;
}

/** How an application stands today. `waiting_quota` is no plan: who is approved where no place is left waits. */
type Fate = Exclude<ApplicationState, 'waiting_quota'>;

/**
 * So many applications of each state. Nearly 8 in 100 who came went back (the seed paper: 770 of 9,206; the Ministry in December
 * 2025: 3,600 of 66,200); the rest is a choice, so that each desk has something of everything.
 */
export const FATES: Readonly<Record<Fate, number>> = {
  interested: 9, applied: 12, papers_missing: 11, forwarded: 15, approved: 13, contracted: 15, arrived: 138, settled: 12,
  returned: 15, refused: 13, withdrawn: 12, lapsed: 8,
}; // prettier-ignore

/** Households whose proposals were decided and who have gone no further, and those whose proposals wait for some days. */
const DECIDED = 140;
const WAITING = 100;

/** Where the demo's applications go: most to North Kazakhstan, as the paper and the Ministry's figures have it. */
const REGIONS = { 'KZ-59': 46, 'KZ-55': 26, 'KZ-39': 11, 'KZ-63': 9, 'KZ-10': 5, 'KZ-62': 3 };
/** Karaganda's small quota is given out, and the last of those who are approved wait for a place. */
const FULL_REGION = { code: 'KZ-35', arrivals: 20, youngest: 20, everyDays: 15 };
/** What the centres' rules may approve is left to them (`RULES` of the loader). */
const LEFT_TO_RULES = 62;

/** A step, with the working days that pass before it. */
type WayStep = readonly [action: PlannedStep['action'], days: readonly [fewest: number, most: number]];

const TO_INTEREST: readonly WayStep[] = [['interest', [1, 5]]];
const TO_APPLICATION: readonly WayStep[] = [...TO_INTEREST, ['apply', [1, 6]]];
const ASKED: WayStep = ['ask', [1, 1]];
const BROUGHT: WayStep = ['apply', [3, 9]];
const FORWARDED: WayStep = ['forward', [1, 1]];
const CONTRACTED: WayStep = ['contract', [3, 15]];
const ARRIVED: WayStep = ['arrive', [6, 25]];
const WITHDRAWN: WayStep = ['withdraw', [1, 8]];

const REASONS = {
  ask: ['papers_incomplete', 'papers_expired', 'not_registered_as_seeker'],
  refuse: ['residence_too_short', 'rules_not_met', 'employer_declined', 'job_gone', 'not_registered_as_seeker', 'papers_incomplete'],
  withdraw: ['changed_mind', 'work_at_home', 'family_reasons', 'other_region'],
} as const satisfies Partial<Record<ApplicationAction, readonly ApplicationReason[]>>; // prettier-ignore

const DECISION_REASONS = {
  approve: [null],
  reject: ['qualification_short', 'post_filled', 'employer_refused', 'household_declined', 'housing_missing', 'rules_not_met', 'diploma_missing'],
  return: ['diploma_missing', 'experience_unclear', 'wishes_unclear', 'contact_failed'],
  refer: ['better_chance_elsewhere', 'household_wishes_region', 'schools_missing'],
} as const satisfies Record<string, readonly (ReasonCode | null)[]>; // prettier-ignore

/** Why people went back: work and housing first, as the paper's returnees said. */
const RETURNS: readonly ReturnReason[] = [
  'no_job',
  'no_job',
  'no_job',
  'housing',
  'housing',
  'low_pay',
  'family',
  'climate',
];

/** The longest that a wait which lapses takes, in working days; from so far back a lapse has come by today. */
const LONGEST_LAPSE = 32;

/**
 * Plans the past of some of the candidates, in the order in which it began; of the others nothing has happened yet. The same
 * candidates, instant and seed give the same plan.
 */
export function planLives(
  candidates: readonly Candidate[],
  now: Date,
  deadlines: readonly DeadlineRule[],
  seed = 836,
): Life[] {
  const planner = new Planner(seededChance(seed), dateInKazakhstan(now), deadlines);
  return planner.lives(candidates).sort((a, b) => a.madeAt.getTime() - b.madeAt.getTime());
}

class Planner {
  constructor(
    private readonly chance: Chance,
    private readonly today: string,
    private readonly deadlines: readonly DeadlineRule[],
  ) {}

  lives(candidates: readonly Candidate[]): Life[] {
    const byRules = ({ proposals }: Candidate): boolean => proposals.some(({ score }) => score >= LEFT_TO_RULES);
    const free = this.chance.shuffle(candidates.filter((one) => one.proposals.length > 0 && !byRules(one)));
    const lives: Life[] = [];
    const apply = (regionCode: string, wish: Omit<Wish, 'regionCode'>): void => {
      const at = free.findIndex(({ proposals }) => proposals.some((one) => one.regionCode === regionCode));
      const [candidate] = at === -1 ? [] : free.splice(at, 1);
      if (candidate !== undefined) lives.push(this.applicant(candidate, { ...wish, regionCode }));
    };
    for (const fate of Object.keys(FATES) as Fate[]) {
      const ages = this.ages(fate);
      for (const [regionCode, count] of sharesOf(REGIONS, FATES[fate])) {
        for (let nth = 0; nth < count; nth++) apply(regionCode, { fate, nth, age: ages.pop()! });
      }
    }
    const { code, arrivals, youngest, everyDays } = FULL_REGION;
    for (let nth = 0; nth < arrivals; nth++) apply(code, { fate: 'arrived', nth, age: youngest + nth * everyDays });
    // The demo's own officers are North Kazakhstan's: their desk has a past too, though the matcher proposes it less than others.
    const isOwn = ({ proposals }: Candidate): boolean => proposals.some(({ regionCode }) => regionCode === 'KZ-59');
    const decided = [...free.filter(isOwn).slice(0, DECIDED / 2), ...free.filter((one) => !isOwn(one)).slice(0, DECIDED / 2)]; // prettier-ignore
    lives.push(...decided.map((one) => this.decided(one)));
    const others = free.filter((one) => !decided.includes(one));
    lives.push(...others.slice(0, WAITING).map((one) => this.waiting(one)));
    return lives;
  }

  /** Calendar days since each application ended, or its household arrived; evenly spread. */
  private ages(fate: Fate): number[] {
    const [youngest, oldest] = fate === 'arrived' ? [3, 388] : fate === 'settled' ? [392, 425] : fate === 'returned' ? [70, 385] : [2, 150]; // prettier-ignore
    const count = FATES[fate];
    return this.chance.shuffle(
      Array.from({ length: count }, (_, i) => Math.round(youngest + ((oldest - youngest) * i) / (count - 1))),
    );
  }

  /** A household that went on with the proposal of a region, planned from its last step back to its registration. */
  private applicant(candidate: Candidate, wish: Wish): Life {
    const { regionCode, fate } = wish;
    const own = candidate.proposals.find((one) => one.regionCode === regionCode)!;
    const way: WayStep[] = [['approve', paceOf(regionCode).proposal], ...this.way(fate, regionCode)];
    const days = [this.lastDay(wish)];
    for (const [, between] of way.toReversed())
      days.unshift(workingDaysBefore(days[0]!, this.chance.whole(...between)));
    const made = days.shift()!;
    const [decided, ...steps] = way.map(([action], i): PlannedStep => {
      const reasons = REASONS[action as keyof typeof REASONS] as readonly ApplicationReason[] | undefined;
      return { action, at: this.timeOn(days[i]!), reason: reasons === undefined ? null : this.chance.pick(reasons) };
    });
    steps.push(...this.afterwards(fate, days.at(-1)!, steps.at(-1)!));
    const approve: PlannedDecision = { ...of(own), action: 'approve', at: decided!.at, reason: null };
    const leftAt = steps.find(({ action }) => action === 'apply')?.at ?? null;
    const others = candidate.proposals.filter(({ id }) => id !== own.id);
    return {
      ...this.begun(candidate, made),
      decisions: inTime([approve, ...others.flatMap((other) => this.besides(other, made, leftAt))]),
      application: { ...of(own), steps },
      returned: fate === 'returned' ? this.returnOf(days.at(-1)!) : null,
    };
  }

  private way(fate: Fate, regionCode: string): WayStep[] {
    const asked = this.chance.happens(0.18) ? [ASKED, BROUGHT] : [];
    const forwarded = [...TO_APPLICATION, ...asked, FORWARDED];
    const { commission } = paceOf(regionCode);
    const approved: WayStep[] = [...forwarded, ['approve', commission]];
    switch (fate) {
      case 'interested':
        return [...TO_INTEREST];
      case 'applied':
        return [...TO_APPLICATION];
      case 'papers_missing':
        return [...TO_APPLICATION, ASKED];
      case 'forwarded':
        return forwarded;
      case 'approved':
        return approved;
      case 'contracted':
        return [...approved, CONTRACTED];
      case 'arrived':
      case 'settled':
      case 'returned':
        return [...approved, CONTRACTED, ARRIVED];
      case 'refused':
        return [...forwarded, ['refuse', commission]];
      case 'withdrawn':
        return [...this.chance.pick([TO_APPLICATION, forwarded, approved]), WITHDRAWN];
      case 'lapsed':
        return [...this.chance.pick([TO_INTEREST, TO_INTEREST, approved])];
    }
  }

  /** The day of the last step that somebody took. Of an open wait every third is overdue, as far as its rule lets it be. */
  private lastDay({ fate, nth, age }: Wish): string {
    if (fate === 'lapsed') return workingDaysBefore(addDays(this.today, -age), LONGEST_LAPSE);
    if (OWNER_OF[fate] === null || fate === 'arrived') return workingDaysBefore(addDays(this.today, 1 - age), 1);
    const { workingDays = 1, lapseAfterWorkingDays } = deadlineRule(this.deadlines, fate, this.today)!;
    const longest = Math.min(lapseAfterWorkingDays ?? 9, 9);
    const late = nth % 3 === 2 && longest > 0;
    // One day is left: today may be a Sunday, after the last working day.
    const punctual = Math.max(1, workingDays - 1);
    const waited = late ? workingDays + this.chance.whole(1, longest) : this.chance.whole(1, punctual);
    return workingDaysBefore(this.today, waited);
  }

  /** What the calendar or the twelve months' end added by itself. */
  private afterwards(fate: Fate, lastDay: string, last: PlannedStep): PlannedStep[] {
    if (fate === 'settled') {
      const day = addWorkingDays(addMonths(lastDay, 12), this.chance.whole(6, 12));
      return [{ action: 'settle', at: this.timeOn(day), reason: null }];
    }
    if (fate !== 'lapsed') return [];
    const state = last.action === 'interest' ? 'interested' : 'approved';
    const { lapsesAfter } = deadlineFrom(this.deadlines, state, lastDay)!;
    const reason = state === 'interested' ? 'interest_lapsed' : 'deadline_passed';
    return [{ action: 'lapse', at: new Date(`${addDays(lapsesAfter!, 1)}T00:20:00+05:00`), reason }];
  }

  private returnOf(arrivedOn: string): Life['returned'] {
    const past = ([1, 3, 6] as const).filter((months) => addDays(addMonths(arrivedOn, months), 30) < this.today);
    return { months: this.chance.pick(past), reason: this.chance.pick(RETURNS) };
  }

  /** What became of a household's other proposals: decided by their own centres, or taken back when it applied elsewhere. */
  private besides(other: Proposed, made: string, leftAt: Date | null): PlannedDecision[] {
    const left: PlannedDecision[] =
      leftAt === null ? [] : [{ ...of(other), action: 'withdraw', at: leftAt, reason: 'household_asked' }];
    const at = this.decisionTime(other.regionCode, made);
    if (at === null || (leftAt !== null && at >= leftAt) || this.chance.happens(0.4)) return left;
    if (leftAt !== null && this.chance.happens(0.3)) return [this.decision(other, 'return', at), ...left];
    return [this.decision(other, 'reject', at)];
  }

  /** A household whose centres have decided, as far as they have, and that has not gone on. */
  private decided(candidate: Candidate): Life {
    const made = workingDaysBefore(this.today, this.chance.whole(3, 58));
    const decisions = candidate.proposals.flatMap((one, i): PlannedDecision[] => {
      const at = this.decisionTime(one.regionCode, made);
      const weights = { approve: i === 0 ? 45 : 6, reject: 36, return: 20, refer: 14 };
      const action = this.chance.pickWeighted(['approve', 'reject', 'return', 'refer'] as const, (key) => weights[key]);
      if (at === null) return [];
      return action === 'return' ? this.returned(one, at) : [this.decision(one, action, at)];
    });
    const referred = withReferrals(inTime(decisions), candidate);
    return { ...this.begun(candidate, made), decisions: referred, application: null, returned: null };
  }

  /** Sent back with a question and decided when the household had answered; North Kazakhstan's centre, the demo's own, owes no such answer. */
  private returned(one: Proposed, at: Date): PlannedDecision[] {
    const answered = addWorkingDays(dateInKazakhstan(at), this.chance.whole(3, 12));
    const action = this.chance.happens(0.4) ? 'approve' : 'reject';
    const again = answered < this.today ? this.decision(one, action, this.timeOn(answered)) : null;
    if (again === null && one.regionCode === 'KZ-59') return [this.decision(one, 'reject', at)];
    return [this.decision(one, 'return', at), ...(again === null ? [] : [again])];
  }

  private waiting(candidate: Candidate): Life {
    const made = workingDaysBefore(this.today, this.chance.whole(1, 6));
    return { ...this.begun(candidate, made), decisions: [], application: null, returned: null };
  }

  private begun({ householdId }: Candidate, made: string): Pick<Life, 'householdId' | 'registeredAt' | 'madeAt'> {
    const evening = new Date(`${addDays(made, -1)}T18:00:00+05:00`).getTime() + this.chance.whole(0, 300) * 60_000;
    return { householdId, registeredAt: new Date(evening), madeAt: new Date(`${made}T06:10:00+05:00`) };
  }

  private decision(one: Proposed, action: keyof typeof DECISION_REASONS, at: Date): PlannedDecision {
    // Nobody is promised a place where there is none left.
    if (action === 'approve' && one.regionCode === FULL_REGION.code)
      return { ...of(one), action: 'reject', at, reason: 'quota_exhausted' };
    return { ...of(one), action, at, reason: this.chance.pick<ReasonCode | null>(DECISION_REASONS[action]) };
  }

  /** When the centre of a region decides on what was proposed on a day; null: not before today. */
  private decisionTime(regionCode: string, made: string): Date | null {
    const day = addWorkingDays(made, this.chance.whole(...paceOf(regionCode).proposal));
    return day < this.today ? this.timeOn(day) : null;
  }

  /** Some minute of the working hours of a day in Kazakhstan. */
  private timeOn(day: string): Date {
    return new Date(new Date(`${day}T09:05:00+05:00`).getTime() + this.chance.whole(0, 525 * 60) * 1_000);
  }
}

interface Wish {
  regionCode: string;
  fate: Fate;
  /** Of the households of the same fate and region. */
  nth: number;
  age: number;
}

type Proposed = Candidate['proposals'][number];

const of = ({ id, regionCode }: Proposed): { proposalId: string; regionCode: string } => ({ proposalId: id, regionCode }); // prettier-ignore

const inTime = <Planned extends { at: Date }>(planned: readonly Planned[]): Planned[] =>
  planned.toSorted((a, b) => a.at.getTime() - b.at.getTime());

/** A referral goes to a region where the household's proposal is still open; where there is none it is a rejection. */
function withReferrals(decisions: readonly PlannedDecision[], { proposals }: Candidate): PlannedDecision[] {
  return decisions.map((decision, i) => {
    if (decision.action !== 'refer') return decision;
    const decided = new Set(decisions.slice(0, i).map(({ proposalId }) => proposalId));
    const open = proposals.find((one) => one.regionCode !== decision.regionCode && !decided.has(one.id));
    return open === undefined
      ? { ...decision, action: 'reject', reason: 'qualification_short' }
      : { ...decision, toRegion: open.regionCode };
  });
}

/** The working day that lies so many working days before a date; with 0 days the last one up to it. */
function workingDaysBefore(date: string, workingDays: number): string {
  let day = date;
  while (!isWorkingDay(day)) day = addDays(day, -1);
  for (let left = workingDays; left > 0;) {
    day = addDays(day, -1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}
