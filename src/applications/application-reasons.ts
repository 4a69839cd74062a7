import { translate } from '../i18n/i18n.js';
import type { ApplicationState } from './application-states.js';

/** What a reason is given with. `lapse` and the reasons of the program itself are picked by nobody. */
export type ApplicationReasonUse =
  'ask' | 'refuse' | 'extend' | 'withdraw' | 'lapse' | 'return' | 'take_back' | 'program';

/** Every reason of a step, with what it fits. Its words are `application.reason.<code>`. */
export const APPLICATION_REASONS = {
  papers_incomplete: ['ask', 'refuse'],
  papers_expired: ['ask', 'refuse'],
  not_registered_as_seeker: ['ask', 'refuse'],
  residence_too_short: ['refuse'],
  rules_not_met: ['refuse'],
  region_without_quota: ['refuse'],
  employer_declined: ['refuse'],
  job_gone: ['refuse'],
  housing_gone: ['refuse', 'withdraw', 'return'],
  household_unreachable: ['refuse'],
  household_needs_time: ['extend'],
  employer_needs_time: ['extend'],
  papers_on_the_way: ['extend'],
  road_or_weather: ['extend'],
  quota_still_full: ['extend'],
  changed_mind: ['withdraw'],
  work_at_home: ['withdraw'],
  other_region: ['withdraw'],
  family_reasons: ['extend', 'withdraw', 'return'],
  work_lost: ['return'],
  pay_too_low: ['return'],
  schools_or_services: ['return'],
  climate: ['return'],
  other: ['withdraw', 'return'],
  told_by_mistake: ['take_back'],
  noted_by_mistake: ['take_back'],
  deadline_passed: ['lapse'],
  interest_lapsed: ['lapse'],
  consent_withdrawn: ['program'],
  match_withdrawn: ['program'],
  interest_withdrawn: ['program'],
} as const satisfies Record<string, readonly ApplicationReasonUse[]>;

export type ApplicationReason = keyof typeof APPLICATION_REASONS;

/** By which words a household is told where it stands: a mere interest that lapsed was no application. */
export function toldAs({
  state,
  reason,
}: {
  state: ApplicationState;
  reason: string | null;
}): ApplicationState | 'interest_lapsed' {
  return state === 'lapsed' && reason === 'interest_lapsed' ? reason : state;
}

/** The codes that fit a use, in the table's order. */
export function applicationReasonsFor(use: ApplicationReasonUse): ApplicationReason[] {
  return (Object.keys(APPLICATION_REASONS) as ApplicationReason[]).filter((code) =>
    (APPLICATION_REASONS[code] as readonly ApplicationReasonUse[]).includes(use),
  );
}

export interface ApplicationReasonWords {
  code: ApplicationReason;
  uses: ApplicationReasonUse[];
  words: { kk: string; ru: string; en: string };
}

/** The whole table with its words. */
export function applicationReasonTable(): ApplicationReasonWords[] {
  return (Object.keys(APPLICATION_REASONS) as ApplicationReason[]).map((code) => {
    const words = (language: 'kk' | 'ru' | 'en'): string => translate(language, `application.reason.${code}`);
    return { code, uses: [...APPLICATION_REASONS[code]], words: { kk: words('kk'), ru: words('ru'), en: words('en') } };
  });
}
