import type { ConsentsDto } from './household.dto.js';
import type { Household } from './household.entity.js';

/** When each consent was given; null: not, or no longer. */
export type Consents = Pick<Household, 'consentMatchingAt' | 'consentNoticesAt' | 'consentSharingAt'>;

export const NO_CONSENT: Consents = { consentMatchingAt: null, consentNoticesAt: null, consentSharingAt: null };

/** A consent given again keeps its first time; one withdrawn loses it. */
export function consentTimes(given: ConsentsDto, before: Consents, at: Date): Consents {
  const time = (consent: boolean | undefined, since: Date | null): Date | null =>
    consent === undefined ? since : consent ? (since ?? at) : null;
  return {
    consentMatchingAt: time(given.matching, before.consentMatchingAt),
    consentNoticesAt: time(given.notices, before.consentNoticesAt),
    consentSharingAt: time(given.sharing, before.consentSharingAt),
  };
}

/** What a change takes back of what open proposals rest on: the consent to matching, or only the wish to move; null: neither. */
export function takenBack(
  before: Pick<Household, 'consentMatchingAt' | 'wishesMove'>,
  after: Pick<Household, 'consentMatchingAt' | 'wishesMove'>,
): 'consent' | 'wish' | null {
  if (before.consentMatchingAt !== null && after.consentMatchingAt === null) return 'consent';
  return before.wishesMove && !after.wishesMove ? 'wish' : null;
}
