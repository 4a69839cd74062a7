/** What an officer may do to a proposal with a reason, and what the program itself does. */
export type ReasonUse = 'return' | 'refer' | 'reject' | 'withdraw';

/**
 * Every reason of a change, with the actions it fits. The code is the key of its words in `i18n/locales/{kk,ru,en}/centres.ts`
 * and stands in `proposal.reason` and in the audit log. The reasons of `withdraw` are facts that the program finds, or the
 * household's own wish; no officer picks them.
 */
export const REASONS = {
  'reason.diploma_missing': ['return', 'reject'],
  'reason.experience_unclear': ['return'],
  'reason.household_unclear': ['return'],
  'reason.wishes_unclear': ['return'],
  'reason.contact_failed': ['return', 'reject'],
  'reason.quota_exhausted': ['refer', 'reject'],
  'reason.household_wishes_region': ['refer'],
  'reason.housing_missing': ['refer', 'reject'],
  'reason.schools_missing': ['refer', 'reject'],
  'reason.better_chance_elsewhere': ['refer'],
  'reason.employer_refused': ['reject'],
  'reason.post_filled': ['reject'],
  'reason.qualification_short': ['reject'],
  'reason.household_declined': ['reject'],
  'reason.rules_not_met': ['reject'],
  'reason.vacancy_closed': ['withdraw'],
  'reason.pay_reduced': ['withdraw'],
  'reason.housing_lost': ['withdraw'],
  'reason.employment_worsened': ['withdraw'],
  'reason.moved': ['withdraw'],
  'reason.partner_placement_lost': ['withdraw'],
  'reason.consent_withdrawn': ['withdraw'],
  'reason.household_asked': ['withdraw'],
} as const satisfies Record<string, readonly ReasonUse[]>;

export type ReasonCode = keyof typeof REASONS;

/** The codes that fit an action, in the table's order. */
export function reasonsFor(use: ReasonUse): ReasonCode[] {
  return (Object.keys(REASONS) as ReasonCode[]).filter((code) => (REASONS[code] as readonly ReasonUse[]).includes(use));
}
