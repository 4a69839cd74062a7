import type { FollowUpDates, FollowUpMonth } from '../../outcomes/follow-up-dates.js';
import type { Activity, Answer, Housing, ReturnReason } from '../../outcomes/outcome-kinds.js';
import { type SupportCode, type SupportRules, knownIndexOn } from '../../programme/support-rules.js';
import { type SettlementKind, supportSheet } from '../../programme/support.js';
import type { Chance } from '../../shared/chance.js';
import { addWorkingDays } from '../../shared/working-days.js';
import { addMonths } from '../../outcomes/follow-up-dates.js';
import { addDays } from './feed.js';

/** What happened to one follow-up. */
export type PlannedContact = { months: FollowUpMonth; at: Date } & (
  { kind: 'asked' | 'missed' | 'closed' } | { kind: 'answered'; via: 'household' | 'centre'; answer: Answer }
);

export interface SettlingHousehold {
  followUps: readonly FollowUpDates[];
  adults: readonly { personId: string; cameForWork: boolean }[];
  returned: { months: FollowUpMonth; reason: ReturnReason } | null;
  /** The follow-up that nobody has answered yet, and for which the centre has not called. */
  unanswered?: FollowUpMonth | null;
}

/** How adults stand when they are first heard of: those who came for a post, and their partners. */
const FIRST: Record<'cameForWork' | 'partner', Record<Activity, number>> = {
  cameForWork: { employed: 73, own_business: 7, active_otherwise: 8, looking: 9, not_looking: 3 },
  partner: { employed: 34, own_business: 12, active_otherwise: 24, looking: 14, not_looking: 16 },
};
const ACTIVITIES = Object.keys(FIRST.partner) as Activity[];

/**
 * What became of a household that arrived, follow-up by follow-up, in the order of time and nothing of it on `today` or later. About
 * nine in ten answer, most of them by the link; some are called, and some are not reached.
 */
export function planContacts(
  chance: Chance,
  { followUps, adults, returned, unanswered = null }: SettlingHousehold,
  today: string,
): PlannedContact[] {
  const contacts: PlannedContact[] = [];
  let housing: Housing = chance.happens(0.07) ? 'housing_trouble' : 'housed';
  const stands = new Map<string, Activity>();
  for (const { months, dueOn, answerBy, closesOn } of followUps) {
    const happen = (contact: PlannedContact, day: string): boolean => day < today && contacts.push(contact) > 0;
    if (!happen({ kind: 'asked', months, at: timeOn(chance, dueOn, 0) }, dueOn)) break;
    if (months === unanswered) break;
    const goesBack = returned?.months === months ? returned : null;
    const manner = goesBack !== null ? 'link' : chance.pickWeighted(['link', 'call', 'late', 'never'] as const, (one) => ({ link: 64, call: 22, late: 7, never: 7 })[one]); // prettier-ignore
    if (manner === 'never') {
      for (const after of [3, 12]) {
        const day = addWorkingDays(answerBy, after);
        happen({ kind: 'missed', months, at: timeOn(chance, day) }, day);
      }
      happen({ kind: 'closed', months, at: new Date(`${closesOn}T00:10:00+05:00`) }, closesOn);
      continue;
    }
    const missedOn = addWorkingDays(answerBy, chance.whole(1, 3));
    if (manner === 'late') happen({ kind: 'missed', months, at: timeOn(chance, missedOn) }, missedOn);
    const day = { link: addWorkingDays(dueOn, chance.whole(1, 4)), call: addWorkingDays(answerBy, chance.whole(1, 6)), late: addWorkingDays(missedOn, chance.whole(2, 6)) }[manner]; // prettier-ignore
    const via = manner === 'link' ? 'household' : 'centre';
    if (goesBack !== null) {
      const answer = { stays: false, reason: goesBack.reason } as const;
      happen({ kind: 'answered', months, at: timeOn(chance, day), via, answer }, day);
      break;
    }
    for (const { personId, cameForWork } of adults)
      stands.set(personId, nextActivity(chance, stands.get(personId), cameForWork));
    const answer: Answer = {
      stays: true,
      housing,
      adults: adults.map(({ personId }) => ({ personId, activity: stands.get(personId)! })),
    };
    happen({ kind: 'answered', months, at: timeOn(chance, day), via, answer }, day);
    if (housing === 'housing_trouble' ? chance.happens(0.85) : chance.happens(0.03))
      housing = housing === 'housed' ? 'housing_trouble' : 'housed';
  }
  return contacts.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function nextActivity(chance: Chance, before: Activity | undefined, cameForWork: boolean): Activity {
  const drawn = chance.pickWeighted(ACTIVITIES, (one) => FIRST[cameForWork ? 'cameForWork' : 'partner'][one]);
  if (before === undefined) return drawn;
  if (before === 'looking') return chance.happens(0.7) ? 'employed' : 'looking';
  return chance.happens(0.9) ? before : drawn;
}

export interface PlannedPayment {
  measure: SupportCode;
  tenge: number;
  /** `YYYY-MM-DD` */
  paidOn: string;
  recordedAt: Date;
}

export interface PaidHousehold {
  arrivedOn: string;
  /** Nothing is paid from this day on; null: it stayed. */
  returnedOn: string | null;
  members: number;
  settlementType: SettlementKind;
}

/**
 * The support that a household got before `today`, by the rules of each day: the moving grant soon after it came, the rent month by
 * month, for some the certificate for a home of their own or what its employer gets.
 */
export function planPayments(
  chance: Chance,
  rules: SupportRules,
  { arrivedOn, returnedOn, members, settlementType }: PaidHousehold,
  today: string,
): PlannedPayment[] {
  const buys = chance.happens(0.1) ? chance.whole(70, 200) : null;
  const employerPaid = chance.happens(0.14) ? chance.whole(40, 110) : null;
  const wishes: [SupportCode, string][] = [
    ['moving_grant', addWorkingDays(arrivedOn, chance.whole(5, 14))],
    ...Array.from({ length: 12 }, (_, i): [SupportCode, string] => [
      'rent',
      addWorkingDays(addMonths(arrivedOn, i + 1), chance.whole(1, 4)),
    ]),
  ];
  if (buys !== null) wishes.push(['housing_certificate', addWorkingDays(addDays(arrivedOn, buys), 1)]);
  if (employerPaid !== null) wishes.push(['employer_subsidy', addWorkingDays(addDays(arrivedOn, employerPaid), 1)]);
  return wishes.flatMap(([measure, paidOn]): PlannedPayment[] => {
    if (paidOn >= today || (returnedOn !== null && paidOn >= returnedOn)) return [];
    if (knownIndexOn(rules, paidOn) === null) return [];
    const line = supportSheet(rules, { members, settlementType, on: paidOn }).lines.find(
      ({ code }) => code === measure,
    );
    if (line === undefined || line.tenge === null) return [];
    // A certificate pays what the home costs, up to its cap.
    const tenge = line.atMost ? Math.round((line.tenge * chance.whole(62, 100)) / 1_000_000) * 10_000 : line.tenge;
    return [{ measure, tenge, paidOn, recordedAt: timeOn(chance, paidOn, 420) }];
  });
}

/** Some minute of the working hours of a day in Kazakhstan, at the earliest so many minutes after nine. */
function timeOn(chance: Chance, day: string, fromMinute = 30): Date {
  return new Date(new Date(`${day}T09:00:00+05:00`).getTime() + chance.whole(fromMinute, fromMinute + 90) * 60_000);
}
