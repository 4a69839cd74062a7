import { translate } from '../i18n/i18n.js';

/** What an officer may do to a proposal with a reason, and what the program itself does. */
export type ReasonUse = 'return' | 'refer' | 'reject' | 'withdraw';

/**
 * Every reason of a change, with the actions it fits. Its words are `reason.<code>` in `i18n/locales`; the code
 * stands in `proposal.reason` and in the audit log. The reasons of `withdraw` are facts that the program finds, or the
 * household's own wish; no officer picks them.
 */
export const REASONS = {
  diploma_missing: ['return', 'reject'],
  experience_unclear: ['return'],
  household_unclear: ['return'],
  wishes_unclear: ['return'],
  contact_failed: ['return', 'reject'],
  quota_exhausted: ['refer', 'reject'],
  household_wishes_region: ['refer'],
  housing_missing: ['refer', 'reject'],
  schools_missing: ['refer', 'reject'],
  better_chance_elsewhere: ['refer'],
  employer_refused: ['reject'],
  post_filled: ['reject'],
  qualification_short: ['reject'],
  household_declined: ['reject'],
  rules_not_met: ['reject'],
  vacancy_closed: ['withdraw'],
  pay_reduced: ['withdraw'],
  housing_lost: ['withdraw'],
  employment_worsened: ['withdraw'],
  moved: ['withdraw'],
  occupation_changed: ['withdraw'],
  partner_placement_lost: ['withdraw'],
  wish_changed: ['withdraw'],
  household_changed: ['withdraw'],
  consent_withdrawn: ['withdraw'],
  household_asked: ['withdraw'],
  household_dismissed: ['withdraw'],
  second_chance_over: ['withdraw'],
  superseded: ['withdraw'],
} as const satisfies Record<string, readonly ReasonUse[]>;

export type ReasonCode = keyof typeof REASONS;

/** The codes that fit an action, in the table's order. */
export function reasonsFor(use: ReasonUse): ReasonCode[] {
  return (Object.keys(REASONS) as ReasonCode[]).filter((code) => (REASONS[code] as readonly ReasonUse[]).includes(use));
}

export interface ReasonWords {
  code: ReasonCode;
  uses: ReasonUse[];
  words: { kk: string; ru: string; en: string };
}

/** The whole table with its words. */
export function reasonTable(): ReasonWords[] {
  return (Object.keys(REASONS) as ReasonCode[]).map((code) => {
    const words = (language: 'kk' | 'ru' | 'en'): string => translate(language, `reason.${code}`);
    return { code, uses: [...REASONS[code]], words: { kk: words('kk'), ru: words('ru'), en: words('en') } };
  });
}
